//! gzip by member (RFC 1952), its header and check sums read here.
//!
//! One inflater serves all members: a start of its own for each would cost
//! more than the small members of a crawl themselves.

use crate::input::decoded::{Packing, Trouble};
use crate::input::raw::Raw;
use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};
use std::io::{BufRead, Read};

const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
/// Name, comment and extra field together; real ones have some 20 bytes.
const LONGEST_HEADER: u64 = 256 * 1024;

/// The gzip members of a file.
pub(crate) struct Members {
    raw: Raw,
    inflate: Decompress,
    crc: Hasher,
    start: u64,
    out: u64,
    inside: bool,
}

impl Members {
    pub(crate) fn begin_with(head: &[u8]) -> bool {
        head.starts_with(&MAGIC[..2])
    }

    pub(crate) fn new(raw: Raw) -> Self {
        let inflate = Decompress::new(false);
        Self { raw, inflate, crc: Hasher::new(), start: 0, out: 0, inside: false }
    }

    fn header(&mut self) -> Result<(), Trouble> {
        let mut head = [0; 10];
        self.raw.read_exact(&mut head).map_err(|error| Trouble::of(&error))?;
        let flags = head[3];
        if head[..3] != MAGIC || flags & 0xe0 != 0 {
            return Err(Trouble::Broken("a gzip header of no known form".into()));
        }
        if flags & 4 != 0 {
            let mut length = [0; 2];
            self.raw.read_exact(&mut length).map_err(|error| Trouble::of(&error))?;
            self.skip(u64::from(u16::from_le_bytes(length)))?;
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                self.skip_text()?;
            }
        }
        if flags & 2 != 0 { self.skip(2) } else { Ok(()) }
    }

    fn skip(&mut self, mut length: u64) -> Result<(), Trouble> {
        while length > 0 {
            let here = self.raw.fill_buf().map_err(|error| Trouble::of(&error))?.len() as u64;
            if here == 0 {
                return Err(Trouble::Cut);
            }
            let step = here.min(length);
            self.raw.consume(step as usize);
            length -= step;
        }
        Ok(())
    }

    fn skip_text(&mut self) -> Result<(), Trouble> {
        let from = self.raw.at();
        loop {
            let here = self.raw.fill_buf().map_err(|error| Trouble::of(&error))?;
            if here.is_empty() {
                return Err(Trouble::Cut);
            }
            match here.iter().position(|&byte| byte == 0) {
                Some(end) => {
                    self.raw.consume(end + 1);
                    return Ok(());
                }
                None => {
                    let all = here.len();
                    self.raw.consume(all);
                }
            }
            if self.raw.at() - from > LONGEST_HEADER {
                return Err(Trouble::Broken("a gzip header without an end".into()));
            }
        }
    }

    /// Check sum and length behind the compressed bytes.
    fn trailer(&mut self) -> Result<(), Trouble> {
        let mut tail = [0; 8];
        self.raw.read_exact(&mut tail).map_err(|error| Trouble::of(&error))?;
        self.inside = false;
        let (crc, length) = tail.split_at(4);
        if crc != self.crc.clone().finalize().to_le_bytes() {
            return Err(Trouble::Broken("the gzip member's check sum does not agree".into()));
        }
        if length != (self.out as u32).to_le_bytes() {
            return Err(Trouble::Broken("the gzip member's length does not agree".into()));
        }
        Ok(())
    }
}

impl Packing for Members {
    fn read(&mut self, room: &mut [u8]) -> Result<usize, Trouble> {
        while self.inside {
            let here = self.raw.fill_buf().map_err(|error| Trouble::of(&error))?;
            let end_of_file = here.is_empty();
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(here, room, FlushDecompress::None);
            let taken = (self.inflate.total_in() - before_in) as usize;
            let got = (self.inflate.total_out() - before_out) as usize;
            self.raw.consume(taken);
            self.crc.update(&room[..got]);
            self.out += got as u64;
            match status {
                Err(error) => return Err(Trouble::Broken(error.to_string())),
                Ok(Status::StreamEnd) => self.trailer()?,
                Ok(_) if got == 0 && end_of_file => return Err(Trouble::Cut),
                Ok(_) if got == 0 && taken == 0 => {
                    return Err(Trouble::Broken("the deflate stream stands still".into()));
                }
                Ok(_) => {}
            }
            if got > 0 {
                return Ok(got);
            }
        }
        Ok(0)
    }

    fn next(&mut self) -> Result<bool, Trouble> {
        self.start = self.raw.at();
        self.inside = false;
        match self.raw.peek(2).map_err(|error| Trouble::of(&error))? {
            [] => return Ok(false),
            [0x1f] => return Err(Trouble::Cut),
            head if !Self::begin_with(head) => {
                return Err(Trouble::Broken("no gzip member begins here".into()));
            }
            _ => {}
        }
        self.header()?;
        self.inflate.reset(false);
        self.crc.reset();
        (self.out, self.inside) = (0, true);
        Ok(true)
    }

    fn start(&self) -> u64 {
        self.start
    }

    fn raw(&mut self) -> &mut Raw {
        &mut self.raw
    }

    fn raw_at(&self) -> u64 {
        self.raw.at()
    }

    fn magic(&self) -> &'static [u8] {
        &MAGIC
    }

    fn name(&self) -> &'static str {
        "gzip member"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn walk(bytes: Vec<u8>) -> (Vec<(u64, String)>, Option<Trouble>) {
        let mut members = Members::new(Raw::new(Box::new(Cursor::new(bytes))));
        let mut seen = Vec::new();
        loop {
            match members.next() {
                Ok(true) => seen.push((members.start(), String::new())),
                Ok(false) => return (seen, None),
                Err(trouble) => return (seen, Some(trouble)),
            }
            let mut room = [0; 7];
            loop {
                match members.read(&mut room) {
                    Ok(0) => break,
                    Ok(got) => {
                        let (_, text) = seen.last_mut().expect("one was pushed");
                        text.push_str(&String::from_utf8_lossy(&room[..got]));
                    }
                    Err(trouble) => return (seen, Some(trouble)),
                }
            }
        }
    }

    fn packed(text: &str) -> Vec<u8> {
        let builder = flate2::GzBuilder::new().filename("naam").comment("opmerking").extra([1, 2, 3]);
        let mut encoder = builder.write(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).expect("in memory");
        encoder.finish().expect("in memory")
    }

    #[test]
    fn members_are_told_apart_with_their_places() {
        let (one, two) = (packed("een lange tekst"), packed(""));
        let second = one.len() as u64;
        let file = [one.clone(), two.clone(), one.clone()].concat();
        let third = second + two.len() as u64;
        let text = "een lange tekst".to_owned();
        let wanted = vec![(0, text.clone()), (second, String::new()), (third, text)];
        assert_eq!(walk(file.clone()), (wanted, None));
        for cut in 1..one.len() {
            assert_eq!(walk(one[..cut].to_vec()).1, Some(Trouble::Cut), "cut at {cut}");
        }
        assert!(matches!(walk([one.as_slice(), b"\0\0\0"].concat()).1, Some(Trouble::Broken(_))));
    }

    #[test]
    fn check_sum_and_length_are_compared() {
        let one = packed("een lange tekst");
        for back in 1..=8 {
            let mut wrong = one.clone();
            let at = wrong.len() - back;
            wrong[at] ^= 1;
            assert!(matches!(walk(wrong).1, Some(Trouble::Broken(_))), "{back} bytes before the end");
        }
    }
}
