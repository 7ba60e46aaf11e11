//! Records one after the other, out of a WARC or an ARC.
//!
//! The walk never stops at bad bytes while there is anything left to find: it
//! reports the damage with its place and goes to the next thing that begins
//! like a record.

use crate::input::decoded::{Decoded, Trouble};
use crate::input::sniff::{looks_like_arc, looks_like_warc};
use crate::warc::fields::shortened;
use crate::warc::head::{Head, line};
use std::io::{self, BufRead, Read};

/// Damage outside or across records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) at: u64,
    pub(crate) what: String,
    pub(crate) cut: bool,
}

/// What comes next.
pub(crate) enum Step {
    Record(Box<Head>),
    Damage(Damage),
    End,
}

/// How a record ended.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    /// Bytes of the file that the record takes, with the line ends behind it.
    pub(crate) length: u64,
    /// The same as indexes count it: in a plain file without those line ends.
    pub(crate) length_in_index: u64,
    pub(crate) complaints: Vec<String>,
    /// Whether the block is all there, under a container's check sum where there is one.
    pub(crate) whole: bool,
}

/// The walk over a file's records.
pub(crate) struct Records {
    decoded: Decoded,
    arc: bool,
    known: bool,
    /// Records begun in this member.
    in_member: u32,
    told_member: Option<u64>,
    open: Option<u64>,
    left: u64,
    waiting: Vec<Damage>,
    over: bool,
}

impl Records {
    pub(crate) fn new(mut decoded: Decoded) -> Self {
        let head = decoded.peek(crate::input::sniff::HEAD);
        let (warc, arc) = (looks_like_warc(head), looks_like_arc(head));
        Self {
            decoded,
            arc,
            known: warc || arc,
            in_member: 0,
            told_member: None,
            open: None,
            left: 0,
            waiting: Vec::new(),
            over: false,
        }
    }

    /// Whether the file begins like a WARC or an ARC.
    pub(crate) fn is_known(&self) -> bool {
        self.known
    }

    /// What messages call a member of the file; none for a plain one.
    pub(crate) fn packing(&self) -> Option<&'static str> {
        self.decoded.packing()
    }

    pub(crate) fn trouble(&self) -> Option<&Trouble> {
        self.decoded.trouble()
    }

    /// Goes to the record at a place that [`Head::offset`] gave.
    pub(crate) fn go_to(&mut self, at: u64) -> bool {
        (self.in_member, self.open, self.left, self.over) = (0, None, 0, false);
        self.waiting.clear();
        matches!(self.decoded.go_to(at), Ok(true))
    }

    /// The next record or damage. What is left of the record before is skipped.
    pub(crate) fn next(&mut self) -> Step {
        if self.open.is_some() {
            self.finish();
        }
        if let Some(damage) = self.waiting.pop() {
            return Step::Damage(damage);
        }
        while !self.over {
            self.skip_line_ends();
            // A few bytes in front of a cut are not garbage, they are the cut.
            let rest = self.decoded.peek(5).len();
            if rest < 5 && self.decoded.trouble().is_some() {
                self.decoded.consume(rest);
            }
            if self.decoded.fill().is_empty() {
                match self.after_member() {
                    Some(damage) => return Step::Damage(damage),
                    None => continue,
                }
            }
            return self.begin();
        }
        Step::End
    }

    /// At the end of a member: the next one, or why there is none.
    fn after_member(&mut self) -> Option<Damage> {
        if let Some(trouble) = self.decoded.trouble().cloned() {
            return Some(self.recover(&trouble));
        }
        self.in_member = 0;
        if !self.decoded.next_member() {
            if let Some(trouble) = self.decoded.trouble().cloned() {
                return Some(self.recover(&trouble));
            }
            self.over = true;
        }
        None
    }

    fn recover(&mut self, trouble: &Trouble) -> Damage {
        let at = self.decoded.offset();
        let arc = self.arc;
        let found = self.decoded.find_next_member(|head| {
            head.starts_with(b"WARC/") || (arc && head.first().is_some_and(u8::is_ascii_alphabetic))
        });
        self.in_member = 0;
        self.over = !found;
        match trouble {
            Trouble::Cut if !found => {
                Damage { at, what: "the file ends in the middle of what begins here".into(), cut: true }
            }
            Trouble::Cut => Damage { at, what: "what begins here is cut".into(), cut: false },
            Trouble::Broken(why) => Damage { at, what: format!("damaged: {why}"), cut: false },
        }
    }

    /// Reads one header; stands before the block.
    fn begin(&mut self) -> Step {
        let offset = self.decoded.offset();
        if self.decoded.is_packed() && self.in_member == 1 && self.told_member != Some(offset) {
            self.told_member = Some(offset);
            let what = "several records in one gzip member or zstd frame: no record but the first can be found by its place";
            self.waiting.push(Damage { at: offset, what: what.into(), cut: false });
        }
        let begun = if self.arc {
            Head::of_arc(&mut self.decoded, offset)
        } else {
            Head::of_warc(&mut self.decoded, offset)
        };
        match begun {
            Ok(mut head) => {
                self.in_member += 1;
                head.nth = if self.decoded.is_packed() { self.in_member } else { 1 };
                self.open = Some(offset);
                self.left = head.length.unwrap_or(0);
                // A header that is cut has no length either; the cut is told by itself.
                if self.left == 0 && self.decoded.trouble().is_none() {
                    let cut = !self.decoded.is_packed() && !head.ended() && self.decoded.fill().is_empty();
                    let what = match cut {
                        true => "the file ends in the middle of the header that begins here",
                        false => "no Content-Length that can be read: the record has no end",
                    };
                    if cut || head.length.is_none() {
                        self.waiting.push(Damage { at: offset, what: what.into(), cut });
                    }
                }
                Step::Record(Box::new(head))
            }
            Err(line) if !self.arc && !self.decoded.is_packed() && b"WARC/".starts_with(&line) => {
                self.decoded.consume(line.len());
                let what = "the file ends in the first letters of a record".to_owned();
                Step::Damage(Damage { at: offset, what, cut: true })
            }
            Err(line) => {
                let what =
                    format!("bytes that are no record: “{}”", shortened(&String::from_utf8_lossy(&line)));
                self.skip_garbage();
                Step::Damage(Damage { at: offset, what, cut: false })
            }
        }
    }

    fn skip_line_ends(&mut self) -> usize {
        let mut ends = 0;
        loop {
            let bytes = self.decoded.fill();
            let blank = bytes.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n').count();
            if blank == 0 {
                return ends;
            }
            ends += bytes[..blank].iter().filter(|&&byte| byte == b'\n').count();
            self.decoded.consume(blank);
        }
    }

    /// Goes to the next line that begins like a record.
    fn skip_garbage(&mut self) {
        loop {
            let line = line(&mut self.decoded);
            let head = self.decoded.peek(crate::input::sniff::HEAD);
            let here = if self.arc {
                // Up to the line's end and no further: looked at for every line, a whole buffer costs a square.
                let end = memchr::memchr(b'\n', head).unwrap_or(head.len());
                let first = String::from_utf8_lossy(&head[..end]);
                first.split(' ').count() >= 5 && first.contains("://")
            } else {
                head.starts_with(b"WARC/")
            };
            if line.is_empty() || (line.ends_with(b"\n") && here) {
                return;
            }
        }
    }

    /// Ends the record that was begun: skips what is left of it.
    pub(crate) fn finish(&mut self) -> Ending {
        let Some(offset) = self.open.take() else { return Ending::default() };
        let mut ending = Ending { whole: true, ..Ending::default() };
        while self.left > 0 {
            let here = self.block().len();
            if here == 0 {
                break;
            }
            self.consume_block(here);
        }
        if self.left > 0 {
            ending.whole = false;
            ending.complaints.push(format!("{} bytes of the block are missing", self.left));
            if self.decoded.trouble().is_none() {
                let what = "the record is shorter than its Content-Length".to_owned();
                let cut = !self.decoded.is_packed();
                self.waiting.push(Damage { at: offset, what, cut });
            }
            self.left = 0;
        }
        let block_end = self.decoded.offset();
        let ends = self.skip_line_ends();
        if self.decoded.trouble().is_some() {
            ending.whole = false;
            ending.complaints.push("its container is damaged or cut here".into());
        } else if ends < 2 && !self.arc && ending.whole {
            ending.complaints.push("not ended by two line ends".into());
        }
        let end = if self.decoded.is_packed() { self.decoded.raw_at() } else { self.decoded.offset() };
        ending.length = end.saturating_sub(offset);
        ending.length_in_index =
            if self.decoded.is_packed() { ending.length } else { block_end.saturating_sub(offset) };
        ending
    }

    /// The next bytes of the block; empty at its end.
    pub(crate) fn block(&mut self) -> &[u8] {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let bytes = if left == 0 { &[] } else { self.decoded.fill() };
        &bytes[..bytes.len().min(left)]
    }

    /// Up to `wanted` bytes of the block without taking them.
    pub(crate) fn peek_block(&mut self, wanted: usize) -> &[u8] {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let bytes = self.decoded.peek(wanted.min(left));
        &bytes[..bytes.len().min(left)]
    }

    pub(crate) fn consume_block(&mut self, amount: usize) {
        let amount = (amount as u64).min(self.left);
        self.left -= amount;
        self.decoded.consume(amount as usize);
    }

    /// Reads the file on to its last byte, whatever stands there.
    pub(crate) fn drain(&mut self) -> io::Result<()> {
        self.decoded.drain()
    }

    /// Bytes of the file that the record has taken so far.
    pub(crate) fn raw_used(&self) -> u64 {
        self.decoded.raw_at().saturating_sub(self.open.unwrap_or(0))
    }
}

impl Read for Records {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.block();
        let got = bytes.len().min(buffer.len());
        buffer[..got].copy_from_slice(&bytes[..got]);
        self.consume_block(got);
        Ok(got)
    }
}
impl BufRead for Records {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.block())
    }
    fn consume(&mut self, amount: usize) {
        self.consume_block(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(bytes: &[u8]) -> Vec<String> {
        let mut records = Records::new(Decoded::of_bytes(bytes.to_vec()));
        let mut seen = Vec::new();
        loop {
            match records.next() {
                Step::Record(head) => {
                    let mut block = String::new();
                    let _ = records.read_to_string(&mut block);
                    seen.push(format!("{} {block}", head.kind.as_deref().unwrap_or("?")));
                }
                Step::Damage(damage) => {
                    seen.push(format!("{} at {}", if damage.cut { "cut" } else { "damage" }, damage.at));
                }
                Step::End => return seen,
            }
        }
    }

    const ONE: &str = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 3\r\n\r\néé\r\n\r\n";

    #[test]
    fn records_follow_each_other_and_garbage_is_stepped_over() {
        let one = ONE.replace("éé", "abc");
        assert_eq!(walk(one.repeat(2).as_bytes()), ["resource abc", "resource abc"]);
        let with_garbage = format!("{one}volslagen onzin\n再来\n{one}");
        assert_eq!(walk(with_garbage.as_bytes()), ["resource abc", "damage at 59", "resource abc"]);
        for cut in 5..one.len() - 4 {
            let seen = walk(&one.as_bytes()[..cut]);
            assert_eq!(seen.last().map(String::as_str), Some("cut at 0"), "cut at {cut}: {seen:?}");
            let seen = walk([&one, &one[..cut]].concat().as_bytes());
            assert_eq!(seen.last(), Some(&format!("cut at {}", one.len())), "second cut at {cut}: {seen:?}");
        }
        assert_eq!(walk([&one, "WAR"].concat().as_bytes()), ["resource abc", "cut at 59"]);
        let endless = format!("{}{one}", one.replace("Content-Length: 3", "Content-Length: drei"));
        assert_eq!(walk(endless.as_bytes()), ["resource ", "damage at 0", "damage at 55", "resource abc"]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_run_forever(bytes in proptest::collection::vec(0u8..=255, 0..400), warc: bool) {
            let mut all = if warc { b"WARC/1.0\r\nContent-Length: 9\r\n".to_vec() } else { b"\x1f\x8b\x08\0".to_vec() };
            all.extend(bytes);
            walk(&all);
        }
    }
}
