//! Records one after the other, out of a WARC or an ARC.
//!
//! The walk never stops at bad bytes while there is anything left to find: it
//! reports the damage with its place and goes to the next thing that begins
//! like a record.

use crate::container::{looks_like_arc, looks_like_warc};
use crate::fields::{Fields, shortened};
use crate::input::{Decoded, Trouble};
use std::io::{self, BufRead, Read};

const LONGEST_LINE: usize = 64 * 1024;
const LONGEST_HEADER: usize = 1024 * 1024;

/// What a record says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Where it begins: in the file, or its member does.
    pub(crate) offset: u64,
    /// `WARC-Type`; for ARC `arc_header` or `response`.
    pub(crate) kind: Option<String>,
    pub(crate) fields: Fields,
    /// Length of the block; none where the header names none that can be read.
    pub(crate) length: Option<u64>,
    pub(crate) arc: bool,
    /// The header as it stands, its blank line included.
    pub(crate) header: Vec<u8>,
    pub(crate) complaints: Vec<String>,
}

impl Head {
    pub(crate) fn id(&self) -> Option<&str> {
        self.fields.get("WARC-Record-ID")
    }

    /// The address; wget puts angle brackets around it.
    pub(crate) fn uri(&self) -> Option<String> {
        let uri = self.fields.get("WARC-Target-URI")?;
        Some(uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>')).unwrap_or(uri).to_owned())
    }

    pub(crate) fn date(&self) -> Option<&str> {
        self.fields.get("WARC-Date")
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(kind))
    }

    /// Whether the payload is spread over several records.
    pub(crate) fn is_segment(&self) -> bool {
        self.is("continuation") || self.fields.get("WARC-Segment-Number").is_some()
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> String {
        self.id().map_or_else(|| format!("the record at byte {}", self.offset), str::to_owned)
    }
}

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
    /// Bytes of the file that the record takes.
    pub(crate) length: u64,
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
        let head = decoded.peek(crate::container::HEAD);
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
        let found = self.decoded.is_gzip()
            && self.decoded.find_next_member(|head| {
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
        let begun = if self.arc { self.arc_head(offset) } else { self.warc_head(offset) };
        match begun {
            Ok(head) => {
                self.in_member += 1;
                self.open = Some(offset);
                self.left = head.length.unwrap_or(0);
                // A header that is cut has no length either; the cut is told by itself.
                if head.length.is_none() && self.decoded.trouble().is_none() {
                    let what = "no Content-Length that can be read: the record has no end".to_owned();
                    self.waiting.push(Damage { at: offset, what, cut: false });
                }
                Step::Record(Box::new(head))
            }
            Err(line) => {
                let what =
                    format!("bytes that are no record: “{}”", shortened(&String::from_utf8_lossy(&line)));
                self.skip_garbage();
                Step::Damage(Damage { at: offset, what, cut: false })
            }
        }
    }

    fn warc_head(&mut self, offset: u64) -> Result<Head, Vec<u8>> {
        if !self.decoded.peek(5).starts_with(b"WARC/") {
            return Err(self.decoded.peek(60).iter().copied().take(60).collect());
        }
        let version_line = self.line();
        let mut block = Vec::new();
        let mut complaints = Vec::new();
        loop {
            let line = self.line();
            if !line.ends_with(b"\n") {
                complaints.push("the header is not ended by an empty line".to_owned());
                block.extend_from_slice(&line);
                break;
            }
            if line == b"\n" || line == b"\r\n" {
                break;
            }
            block.extend_from_slice(&line);
            if block.len() > LONGEST_HEADER {
                complaints.push(format!("a header of more than {LONGEST_HEADER} bytes"));
                break;
            }
        }
        let version = version_line.trim_ascii_end();
        if !matches!(version, b"WARC/0.17" | b"WARC/0.18" | b"WARC/1.0" | b"WARC/1.1") {
            let version = String::from_utf8_lossy(version).into_owned();
            complaints.push(format!("version “{}” is not one we know", shortened(&version)));
        }
        let (fields, odd) = Fields::read(&block);
        complaints.extend(odd);
        let kind = fields.get("WARC-Type").map(str::to_owned);
        let length = one_length(&fields, &mut complaints);
        complain_of_missing(&fields, &mut complaints);
        let header = [version_line.as_slice(), &block, b"\r\n"].concat();
        Ok(Head { offset, kind, fields, length, arc: false, header, complaints })
    }

    /// `URL address date type length`, or the ten fields of version 2.
    fn arc_head(&mut self, offset: u64) -> Result<Head, Vec<u8>> {
        let line = self.line();
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        let parts: Vec<&str> = text.split(' ').collect();
        let n = parts.len();
        if n < 5 || !parts[0].contains(':') {
            return Err(line);
        }
        let (uri, date, media_type) = if n == 10 && parts[4].len() == 3 {
            (parts[0].to_owned(), parts[2], parts[3])
        } else {
            (parts[..n - 4].join(" "), parts[n - 3], parts[n - 2])
        };
        let kind = match uri.as_str() {
            _ if uri.starts_with("filedesc:") => "arc_header",
            crate::tombstone::ARC_ADDRESS => "metadata",
            _ => "response",
        };
        let mut fields = Fields::default();
        let mut complaints = Vec::new();
        fields.0.push(("WARC-Target-URI".into(), uri));
        match moment(date) {
            Some(date) => fields.0.push(("WARC-Date".into(), date)),
            None => complaints.push(format!("“{}” is no date of 14 digits", shortened(date))),
        }
        fields.0.push(("Content-Type".into(), media_type.to_owned()));
        let length = parts[n - 1].parse().ok();
        Ok(Head { offset, kind: Some(kind.into()), fields, length, arc: true, header: line, complaints })
    }

    /// One line with its line end; a line that is too long comes in pieces.
    fn line(&mut self) -> Vec<u8> {
        let mut line = Vec::new();
        while line.len() < LONGEST_LINE {
            let bytes = self.decoded.fill();
            if bytes.is_empty() {
                break;
            }
            match bytes.iter().position(|&byte| byte == b'\n') {
                Some(end) => {
                    line.extend_from_slice(&bytes[..=end]);
                    self.decoded.consume(end + 1);
                    break;
                }
                None => {
                    line.extend_from_slice(bytes);
                    let all = bytes.len();
                    self.decoded.consume(all);
                }
            }
        }
        line
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
            let line = self.line();
            let head = self.decoded.peek(crate::container::HEAD);
            let here = if self.arc {
                let text = String::from_utf8_lossy(head);
                let first = text.lines().next().unwrap_or_default();
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
        let ends = self.skip_line_ends();
        if self.decoded.trouble().is_some() {
            ending.whole = false;
            ending.complaints.push("its container is damaged or cut here".into());
        } else if ends < 2 && !self.arc && ending.whole {
            ending.complaints.push("not ended by two line ends".into());
        }
        let end = if self.decoded.is_packed() { self.decoded.raw_at() } else { self.decoded.offset() };
        ending.length = end.saturating_sub(offset);
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

/// The one Content-Length; two that differ leave the record without an end.
fn one_length(fields: &Fields, complaints: &mut Vec<String>) -> Option<u64> {
    let mut lengths: Vec<&str> = fields.all("Content-Length").collect();
    if lengths.len() > 1 {
        complaints.push("Content-Length stands more than once".into());
    }
    lengths.dedup();
    match lengths.as_slice() {
        [one] if one.bytes().all(|byte| byte.is_ascii_digit()) => one.parse().ok(),
        _ => None,
    }
}

fn complain_of_missing(fields: &Fields, complaints: &mut Vec<String>) {
    for name in ["WARC-Type", "WARC-Record-ID", "WARC-Date"] {
        let mut values: Vec<&str> = fields.all(name).filter(|value| !value.is_empty()).collect();
        values.dedup();
        match values.len() {
            0 => complaints.push(format!("no {name}")),
            1 => {}
            _ => complaints.push(format!("{name} stands twice with different values")),
        }
    }
    for name in ["WARC-Block-Digest", "WARC-Payload-Digest"] {
        if fields.all(name).count() > 1 {
            complaints.push(format!("{name} stands more than once"));
        }
    }
    if let Some(date) = fields.get("WARC-Date")
        && !is_moment(date)
    {
        complaints.push(format!("the WARC-Date “{}” is cut short or no moment", shortened(date)));
    }
}

/// `YYYY-MM-DDThh:mm:ss`, a fraction, `Z`.
fn is_moment(date: &str) -> bool {
    let shape = "dddd-dd-ddTdd:dd:dd";
    let fits = date.len() > shape.len()
        && date.bytes().zip(shape.bytes()).all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == form,
        });
    let rest = date.get(shape.len()..).unwrap_or_default();
    fits && rest.ends_with('Z') && rest.bytes().all(|b| b == b'.' || b == b'Z' || b.is_ascii_digit())
}

/// `YYYYMMDDhhmmss` as RFC 3339.
fn moment(digits: &str) -> Option<String> {
    if digits.len() < 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (d, t) = digits[..14].split_at(8);
    Some(format!("{}-{}-{}T{}:{}:{}Z", &d[..4], &d[4..6], &d[6..], &t[..2], &t[2..4], &t[4..]))
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
        assert_eq!(walk(&one.as_bytes()[..54]), ["resource ab", "cut at 0"]);
        let endless = format!("{}{one}", one.replace("Content-Length: 3", "Content-Length: drei"));
        assert_eq!(walk(endless.as_bytes()), ["resource ", "damage at 0", "damage at 55", "resource abc"]);
    }

    #[test]
    fn moments_are_told_from_what_was_cut() {
        assert!(is_moment("2021-03-04T05:06:07Z"));
        assert!(is_moment("2021-03-04T05:06:07.123456Z"));
        assert!(!is_moment("2021-03"));
        assert_eq!(moment("20210304050607").as_deref(), Some("2021-03-04T05:06:07Z"));
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
