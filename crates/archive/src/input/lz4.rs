//! LZ4 by frame. It stands outside the WARC standard, but some tools write it,
//! and what they wrote is evidence all the same.
//!
//! Block format and frame format are read here: the decoders at hand call a
//! file that ends between two blocks whole.

use crate::input::decoded::{Packing, Trouble};
use crate::input::raw::Raw;
use std::hash::Hasher;
use std::io::Read;
use twox_hash::XxHash32;

const MAGIC: [u8; 4] = [0x04, 0x22, 0x4d, 0x18];
/// How far back a match may reach.
const WINDOW: usize = 64 * 1024;

/// What a frame's header says.
#[derive(Clone, Copy, Default)]
struct Shape {
    linked: bool,
    block_sums: bool,
    content_sum: bool,
    content: Option<u64>,
    most: usize,
}

/// The LZ4 frames of a file.
pub(crate) struct Frames {
    raw: Raw,
    shape: Shape,
    sum: XxHash32,
    packed: Vec<u8>,
    /// Up to a window of what was given out, then what was not yet.
    plain: Vec<u8>,
    given: usize,
    out: u64,
    start: u64,
    inside: bool,
}

impl Frames {
    pub(crate) fn begin_with(head: &[u8]) -> bool {
        head.starts_with(&MAGIC)
    }

    pub(crate) fn new(raw: Raw) -> Self {
        Self {
            raw,
            shape: Shape::default(),
            sum: XxHash32::with_seed(0),
            packed: Vec::new(),
            plain: Vec::new(),
            given: 0,
            out: 0,
            start: 0,
            inside: false,
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Trouble> {
        let mut bytes = [0; N];
        self.raw.read_exact(&mut bytes).map_err(|error| Trouble::of(&error))?;
        Ok(bytes)
    }

    fn header(&mut self) -> Result<Shape, Trouble> {
        self.take::<4>()?;
        let [flags, sizes] = self.take::<2>()?;
        let mut summed = vec![flags, sizes];
        let content = match flags & 8 {
            0 => None,
            _ => {
                let bytes = self.take::<8>()?;
                summed.extend(bytes);
                Some(u64::from_le_bytes(bytes))
            }
        };
        if flags & 1 != 0 {
            return broken("an LZ4 frame that needs a dictionary");
        }
        let [sum] = self.take::<1>()?;
        if sum != (sum_of(&summed) >> 8) as u8 {
            return broken("the LZ4 frame's header does not agree with its check sum");
        }
        let size = sizes >> 4;
        if flags >> 6 != 1 || flags & 2 != 0 || sizes & 0x8f != 0 || !(4..=7).contains(&size) {
            return broken("an LZ4 frame header of no known form");
        }
        Ok(Shape {
            linked: flags & 0x20 == 0,
            block_sums: flags & 0x10 != 0,
            content_sum: flags & 4 != 0,
            content,
            most: 1 << (2 * u32::from(size) + 8),
        })
    }

    /// Decodes the next block behind the window; `false` at the frame's end.
    fn block(&mut self) -> Result<bool, Trouble> {
        let head = u32::from_le_bytes(self.take()?);
        if head == 0 {
            return self.end().map(|()| false);
        }
        let (stored, length) = (head >> 31 == 1, (head & 0x7fff_ffff) as usize);
        if length > self.shape.most {
            return broken("an LZ4 block longer than its frame allows");
        }
        self.packed.resize(length, 0);
        self.raw.read_exact(&mut self.packed).map_err(|error| Trouble::of(&error))?;
        if self.shape.block_sums && u32::from_le_bytes(self.take()?) != sum_of(&self.packed) {
            return broken("an LZ4 block's check sum does not agree");
        }
        let keep = if self.shape.linked { WINDOW.min(self.plain.len()) } else { 0 };
        self.plain.drain(..self.plain.len() - keep);
        self.given = keep;
        if stored {
            self.plain.extend_from_slice(&self.packed);
        } else if unpack(&self.packed, &mut self.plain, keep + self.shape.most).is_none() {
            return broken("an LZ4 block that cannot be unpacked");
        }
        let fresh = &self.plain[keep..];
        self.out += fresh.len() as u64;
        if self.shape.content_sum {
            self.sum.write(fresh);
        }
        Ok(true)
    }

    fn end(&mut self) -> Result<(), Trouble> {
        self.inside = false;
        if self.shape.content.is_some_and(|length| length != self.out) {
            return broken("the LZ4 frame's length does not agree");
        }
        if self.shape.content_sum && u32::from_le_bytes(self.take()?) != self.sum.finish() as u32 {
            return broken("the LZ4 frame's check sum does not agree");
        }
        Ok(())
    }
}

impl Packing for Frames {
    fn read(&mut self, room: &mut [u8]) -> Result<usize, Trouble> {
        while self.given == self.plain.len() {
            if !self.inside || !self.block()? {
                return Ok(0);
            }
        }
        let got = room.len().min(self.plain.len() - self.given);
        room[..got].copy_from_slice(&self.plain[self.given..self.given + got]);
        self.given += got;
        Ok(got)
    }

    fn next(&mut self) -> Result<bool, Trouble> {
        loop {
            self.start = self.raw.at();
            self.inside = false;
            let head = self.raw.peek(4).map_err(|error| Trouble::of(&error))?;
            match head {
                [] => return Ok(false),
                head if head.len() < 4 => return Err(Trouble::Cut),
                head if Self::begin_with(head) => break,
                // A skippable frame, as zstd has them too.
                [kind, 0x2a, 0x4d, 0x18] if kind & 0xf0 == 0x50 => {
                    self.take::<4>()?;
                    let length = u64::from(u32::from_le_bytes(self.take()?));
                    let skipped = std::io::copy(&mut (&mut self.raw).take(length), &mut std::io::sink());
                    match skipped {
                        Ok(got) if got == length => {}
                        _ => return Err(Trouble::Cut),
                    }
                }
                _ => return broken("no LZ4 frame begins here"),
            }
        }
        self.shape = self.header()?;
        self.sum = XxHash32::with_seed(0);
        self.plain.clear();
        (self.given, self.out, self.inside) = (0, 0, true);
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
        "LZ4 frame"
    }
}

fn broken<T>(why: &str) -> Result<T, Trouble> {
    Err(Trouble::Broken(why.to_owned()))
}

fn sum_of(bytes: &[u8]) -> u32 {
    let mut sum = XxHash32::with_seed(0);
    sum.write(bytes);
    sum.finish() as u32
}

/// Unpacks one block (LZ4 block format) behind what `plain` holds, up to
/// `most` bytes in all: literals, then a match that reaches back.
fn unpack(block: &[u8], plain: &mut Vec<u8>, most: usize) -> Option<()> {
    let mut at = 0;
    while at < block.len() {
        let token = block[at];
        at += 1;
        let literals = length(usize::from(token >> 4), block, &mut at)?;
        let end = at.checked_add(literals)?;
        let bytes = block.get(at..end)?;
        if plain.len().checked_add(literals)? > most {
            return None;
        }
        plain.extend_from_slice(bytes);
        at = end;
        if at == block.len() {
            return Some(());
        }
        let back = usize::from(u16::from_le_bytes([*block.get(at)?, *block.get(at + 1)?]));
        at += 2;
        let matched = length(usize::from(token & 15), block, &mut at)?.checked_add(4)?;
        if back == 0 || back > plain.len() || plain.len().checked_add(matched)? > most {
            return None;
        }
        let from = plain.len() - back;
        if back >= matched {
            plain.extend_from_within(from..from + matched);
        } else {
            // The match runs into what it writes.
            for step in 0..matched {
                plain.push(plain[from + step]);
            }
        }
    }
    Some(())
}

fn length(short: usize, block: &[u8], at: &mut usize) -> Option<usize> {
    let mut length = short;
    if short == 15 {
        loop {
            let more = *block.get(*at)?;
            *at += 1;
            length = length.checked_add(usize::from(more))?;
            if more != 255 {
                break;
            }
        }
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// A frame of two blocks: one packed (`ab` and a match that runs into itself), one stored.
    fn frame() -> Vec<u8> {
        let packed = [0x2f, b'a', b'b', 2, 0, 0, 0x50, b'c', b'd', b'e', b'f', b'g'];
        let head = [0x64, 0x40];
        let mut frame = [MAGIC.as_slice(), &head, &[(sum_of(&head) >> 8) as u8]].concat();
        frame.extend((packed.len() as u32).to_le_bytes());
        frame.extend(packed);
        frame.extend((3u32 | 1 << 31).to_le_bytes());
        frame.extend(b"hij");
        frame.extend([0; 4]);
        frame.extend(sum_of(TEXT.as_bytes()).to_le_bytes());
        frame
    }

    const TEXT: &str = "ababababababababababacdefghij";

    fn read(bytes: &[u8]) -> (String, Option<Trouble>) {
        let mut frames = Frames::new(Raw::new(Box::new(Cursor::new(bytes.to_vec()))));
        let mut text = String::new();
        loop {
            match frames.next() {
                Ok(true) => text.push('|'),
                Ok(false) => return (text, None),
                Err(trouble) => return (text, Some(trouble)),
            }
            let mut room = [0; 5];
            loop {
                match frames.read(&mut room) {
                    Ok(0) => break,
                    Ok(got) => text.push_str(&String::from_utf8_lossy(&room[..got])),
                    Err(trouble) => return (text, Some(trouble)),
                }
            }
        }
    }

    #[test]
    fn frames_are_read_and_every_cut_and_flip_is_seen() {
        let frame = frame();
        let two = [frame.as_slice(), &[0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9], &frame].concat();
        assert_eq!(read(&two), (format!("|{TEXT}|{TEXT}"), None));
        for cut in 1..frame.len() {
            assert_eq!(read(&frame[..cut]).1, Some(Trouble::Cut), "cut at {cut}");
        }
        for at in 0..frame.len() {
            let mut flipped = frame.clone();
            flipped[at] ^= 0x40;
            assert!(read(&flipped).1.is_some(), "flipped at {at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_block_makes_it_panic_or_swell(block in proptest::collection::vec(0u8..=255, 0..300)) {
            let mut plain = vec![7; 10];
            let _ = unpack(&block, &mut plain, 1000);
            proptest::prop_assert!(plain.len() <= 1000);
        }
    }
}
