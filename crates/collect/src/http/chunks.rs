//! Where a body in chunks ends (RFC 9112, section 7.1). The octets stay as they are.

/// Longest line between chunks, in octets: a size with its extensions, or a trailer.
const LONGEST_LINE: usize = 16_384;

/// Follows a body in chunks, octets by octets.
#[derive(Debug)]
pub(super) struct Chunks {
    at: At,
    line: usize,
    trailers: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// In the line with a chunk's size; before any digit there is none.
    Size {
        size: Option<u64>,
        ended: bool,
    },
    /// Inside a chunk, so many octets from its end.
    Data {
        left: u64,
    },
    /// Behind a chunk, before its line end.
    Behind,
    /// In the lines after the last chunk.
    Trailer {
        empty: bool,
    },
    Done,
}

/// The chunks break the rules.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken;

impl Chunks {
    pub(super) fn new() -> Self {
        Self { at: At::Size { size: None, ended: false }, line: 0, trailers: 0 }
    }

    /// Takes more octets. Gives how many of them belong to the body, and hands
    /// the content to `each`; after the last one no more belong to it.
    pub(super) fn take(&mut self, octets: &[u8], each: &mut dyn FnMut(&[u8])) -> Result<usize, Broken> {
        let mut used = 0;
        while let Some(rest) = octets.get(used..).filter(|rest| !rest.is_empty()) {
            match self.at {
                At::Done => break,
                At::Data { left } => {
                    let here = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
                    let (data, _) = rest.split_at(here);
                    each(data);
                    used += here;
                    let left = left - here as u64;
                    self.at = if left == 0 { At::Behind } else { At::Data { left } };
                }
                _ => {
                    self.at = self.step(rest[0])?;
                    used += 1;
                }
            }
        }
        Ok(used)
    }

    /// Whether the last chunk and its trailer are behind.
    pub(super) fn done(&self) -> bool {
        self.at == At::Done
    }

    fn step(&mut self, octet: u8) -> Result<At, Broken> {
        self.line = if octet == b'\n' { 0 } else { self.line + 1 };
        if self.line > LONGEST_LINE || self.trailers > LONGEST_LINE {
            return Err(Broken);
        }
        match (self.at, octet) {
            (At::Size { size: Some(0), .. }, b'\n') => Ok(At::Trailer { empty: true }),
            (At::Size { size: Some(left), .. }, b'\n') => Ok(At::Data { left }),
            (At::Size { size: None, .. }, b'\n') => Err(Broken),
            (At::Size { size: None, .. }, octet) if !octet.is_ascii_hexdigit() => Err(Broken),
            // Extensions and blanks after the size say nothing to us.
            (At::Size { size, ended }, octet) => match char::from(octet).to_digit(16) {
                Some(digit) if !ended => {
                    let size = size.unwrap_or(0).checked_mul(16).ok_or(Broken)? + u64::from(digit);
                    Ok(At::Size { size: Some(size), ended })
                }
                _ if matches!(octet, b';' | b' ' | b'\t' | b'\r') || ended => {
                    Ok(At::Size { size, ended: true })
                }
                _ => Err(Broken),
            },
            (At::Behind, b'\r') => Ok(At::Behind),
            (At::Behind, b'\n') => Ok(At::Size { size: None, ended: false }),
            (At::Behind, _) => Err(Broken),
            (At::Trailer { empty: true }, b'\n') => Ok(At::Done),
            (At::Trailer { .. }, b'\n') => Ok(At::Trailer { empty: true }),
            (At::Trailer { empty }, b'\r') => Ok(At::Trailer { empty }),
            (At::Trailer { .. }, _) => {
                self.trailers += 1;
                Ok(At::Trailer { empty: false })
            }
            (at, _) => Ok(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(octets: &[u8]) -> Result<(usize, Vec<u8>, bool), Broken> {
        let (mut chunks, mut content) = (Chunks::new(), Vec::new());
        let used = chunks.take(octets, &mut |data| content.extend_from_slice(data))?;
        Ok((used, content, chunks.done()))
    }

    #[test]
    fn the_end_is_found_and_what_follows_is_left() {
        let table: [(&[u8], usize, &[u8], bool); 8] = [
            (b"3\r\nabc\r\n0\r\n\r\n", 13, b"abc", true),
            (b"3\r\nabc\r\n0\r\n\r\nmore", 13, b"abc", true),
            (b"3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n", 23, b"abc", true),
            (b"0A \r\n0123456789\r\n00\r\n\r\n", 23, b"0123456789", true),
            (b"1\na\n0\n\n", 7, b"a", true),
            (b"5\r\nabc", 6, b"abc", false),
            (b"3\r\nabc\r\n0\r\n", 11, b"abc", false),
            (b"", 0, b"", false),
        ];
        for (octets, used, content, done) in table {
            assert_eq!(read(octets), Ok((used, content.to_vec(), done)), "{}", octets.escape_ascii());
        }
    }

    #[test]
    fn lies_are_noticed() {
        let long = [b"1;".as_slice(), &[b'x'; 20_000]].concat();
        for bad in
            [b"xyz".as_slice(), b"\r\n", b"-1\r\n", b"2\r\nabc", b"11111111111111111\r\n", b"3x\r\n", &long]
        {
            assert_eq!(read(bad), Err(Broken), "{}", bad.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn no_octets_panic_and_cutting_changes_nothing(octets in prop::collection::vec(
            prop::sample::select(b"0123aF;\r\nx ".to_vec()), 0..60), cut in 0usize..60) {
            let whole = read(&octets);
            let (mut chunks, mut content) = (Chunks::new(), Vec::new());
            let (a, b) = octets.split_at(cut.min(octets.len()));
            let mut take = |part: &[u8]| chunks.take(part, &mut |data| content.extend_from_slice(data));
            let parts = take(a).and_then(|one| Ok(one + if one < a.len() { 0 } else { take(b)? }));
            prop_assert_eq!(whole, parts.map(|used| (used, content, chunks.done())));
        }
    }
}
