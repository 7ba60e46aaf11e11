//! Transfer and content coding of HTTP bodies, undone within bounds.

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// How much may come out of a decompressor or a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one payload.
    pub output: u64,
    /// Most bytes out for one byte of the file in…
    pub ratio: u64,
    /// …once so many bytes have come out.
    pub ratio_after: u64,
}

impl Default for Limits {
    /// 512 MiB; 1,000 to 1 after 16 MiB (deflate's own limit is 1,032 to 1).
    fn default() -> Self {
        Self { output: 512 * 1024 * 1024, ratio: 1000, ratio_after: 16 * 1024 * 1024 }
    }
}

/// A compressed body is kept whole beside what comes out of it, so it gets less room.
pub(crate) const MOST_CODED: u64 = 128 * 1024 * 1024;

impl Limits {
    /// Most bytes of an HTTP header that are read as one.
    pub(crate) const HTTP_HEADER: usize = 1024 * 1024;

    /// Says why `out` bytes are too many for the `taken` bytes of the file that gave them.
    pub(crate) fn refuse(&self, out: u64, taken: u64) -> Option<String> {
        if out > self.output {
            return Some(format!("more than {} bytes", self.output));
        }
        if out > self.ratio_after && out / self.ratio > taken {
            return Some(format!("{out} bytes and more out of {taken}: a decompression bomb"));
        }
        None
    }
}

/// Undoes the `chunked` transfer coding as bytes come in.
#[derive(Default)]
pub(crate) struct Dechunk {
    state: State,
    line: Vec<u8>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
enum State {
    #[default]
    Size,
    Data(u64),
    DataEnd,
    Trailer,
    Done,
    Broken,
}

impl Dechunk {
    /// Takes coded bytes and hands over the plain ones.
    pub(crate) fn push(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(&[u8])) {
        while !bytes.is_empty() {
            match self.state {
                State::Data(left) => {
                    let take = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                    out(&bytes[..take]);
                    bytes = &bytes[take..];
                    let left = left - take as u64;
                    self.state = if left == 0 { State::DataEnd } else { State::Data(left) };
                }
                State::Done | State::Broken => return,
                State::Size | State::DataEnd | State::Trailer => {
                    self.line.push(bytes[0]);
                    bytes = &bytes[1..];
                    self.step();
                }
            }
        }
    }

    fn step(&mut self) {
        const LONGEST: usize = 4096;
        if self.line.last() != Some(&b'\n') {
            let early = self.state == State::DataEnd && self.line.as_slice() != b"\r";
            if early || self.line.len() > LONGEST {
                self.state = State::Broken;
            }
            return;
        }
        let line = std::mem::take(&mut self.line);
        self.state = match self.state {
            State::Size => match chunk_size(&line) {
                Some(0) => State::Trailer,
                Some(size) => State::Data(size),
                None => State::Broken,
            },
            State::DataEnd => State::Size,
            _ if line.trim_ascii().is_empty() => State::Done,
            other => other,
        };
    }

    /// Whether everything up to the last chunk was chunks.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.state, State::Done | State::Trailer)
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.state == State::Broken
    }
}

/// The size that a chunk's first line names; `None` where it is no such line.
pub(crate) fn chunk_size(line: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(line).ok()?;
    let digits = text.split(';').next()?.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u64::from_str_radix(digits, 16).ok()
}

/// Undoes content codings, the last applied first. What was decoded before an
/// error is kept with a complaint; a body that does not have its coding at
/// all (archives of browsers keep it decoded) is kept as it is.
pub(crate) fn decode(
    mut body: Vec<u8>,
    codings: &str,
    limits: &Limits,
    taken: u64,
    complaints: &mut Vec<String>,
) -> Result<Vec<u8>, String> {
    const MOST_LAYERS: usize = 3;
    let layers: Vec<String> = codings.split(',').map(|coding| coding.trim().to_ascii_lowercase()).collect();
    if layers.len() > MOST_LAYERS {
        return Err(format!("{} content codings on top of each other", layers.len()));
    }
    for coding in layers.iter().rev() {
        body = decode_one(body, coding, limits, taken, complaints)?;
    }
    Ok(body)
}

fn decode_one(
    body: Vec<u8>,
    coding: &str,
    limits: &Limits,
    taken: u64,
    complaints: &mut Vec<String>,
) -> Result<Vec<u8>, String> {
    let not_so = |complaints: &mut Vec<String>| {
        complaints.push(format!("the header says {coding}, the body is not: kept as it is"));
    };
    let used = Cell::new(0);
    let coded = Metered { left: body.as_slice(), used: &used };
    let mut reader: Box<dyn Read + '_> = match coding {
        "" | "identity" | "none" | "utf-8" => return Ok(body),
        _ if body.is_empty() => return Ok(body),
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            Box::new(flate2::bufread::GzDecoder::new(coded))
        }
        "deflate" if is_zlib(&body) => Box::new(flate2::bufread::ZlibDecoder::new(coded)),
        "deflate" => Box::new(flate2::bufread::DeflateDecoder::new(coded)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(coded, 4096)),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => zstd(coded)?,
        "gzip" | "x-gzip" | "zstd" => {
            not_so(complaints);
            return Ok(body);
        }
        other => {
            complaints.push(format!(
                "content coding “{}” is not one we know",
                crate::warc::fields::shortened(other)
            ));
            return Ok(body);
        }
    };
    let mut plain = Vec::new();
    // What of the file has been used so far, not what the body has in all: a
    // bomb is then noticed long before its end.
    let taken = || taken.saturating_mul(used.get()) / body.len() as u64;
    match read_bounded(&mut *reader, &mut plain, limits, &taken)? {
        None => Ok(plain),
        Some(_) if plain.is_empty() => {
            drop(reader);
            not_so(complaints);
            Ok(body)
        }
        Some(error) => {
            complaints.push(format!("incomplete: the {coding} of the body breaks off ({error})"));
            Ok(plain)
        }
    }
}

/// A body that tells how much of it was used.
struct Metered<'a> {
    left: &'a [u8],
    used: &'a Cell<u64>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.left.read(buffer)?;
        self.used.set(self.used.get() + got as u64);
        Ok(got)
    }
}
impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // A decoder that is shown all would say it took all at once.
        Ok(&self.left[..self.left.len().min(4096)])
    }
    fn consume(&mut self, amount: usize) {
        self.left = &self.left[amount.min(self.left.len())..];
        self.used.set(self.used.get() + amount as u64);
    }
}

/// The window is bounded to the 8 MiB that RFC 9659 allows on the web.
fn zstd(coded: Metered<'_>) -> Result<Box<dyn Read + '_>, String> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(8 * 1024 * 1024);
    let stream = StreamingDecoder::new_with_decoder(coded, decoder).map_err(|error| error.to_string())?;
    Ok(Box::new(stream))
}

/// RFC 1950 in front of the deflate, which servers leave out at times.
fn is_zlib(coded: &[u8]) -> bool {
    matches!(coded, [cmf, flg, ..] if cmf & 0x0f == 8 && (u32::from(*cmf) * 256 + u32::from(*flg)) % 31 == 0)
}

/// Reads within the limits: `Err` beyond them, `Ok(Some(error))` where the stream broke.
fn read_bounded(
    reader: &mut dyn Read,
    plain: &mut Vec<u8>,
    limits: &Limits,
    taken: &dyn Fn() -> u64,
) -> Result<Option<String>, String> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(got) => plain.extend_from_slice(&buffer[..got]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(Some(error.to_string())),
        }
        if let Some(why) = limits.refuse(plain.len() as u64, taken()) {
            return Err(why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn dechunked(body: &str, step: usize) -> (String, bool) {
        let mut plain = Vec::new();
        let mut machine = Dechunk::default();
        for piece in body.as_bytes().chunks(step) {
            machine.push(piece, &mut |bytes| plain.extend_from_slice(bytes));
        }
        (String::from_utf8_lossy(&plain).into_owned(), machine.is_whole())
    }

    #[test]
    fn chunks_are_joined_wherever_the_reads_fall() {
        let cases = [
            ("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", true),
            ("3\nabc\n0\n\n", "abc", true),
            ("0\r\nTrailer: x\r\n\r\n", "", true),
            ("3\r\nabcd\r\n0\r\n\r\n", "abc", false),
            ("<html>", "", false),
            ("5\r\nab", "ab", false),
        ];
        for (body, plain, whole) in cases {
            for step in [1, 2, 3, 100] {
                assert_eq!(dechunked(body, step), (plain.to_owned(), whole), "{body:?} by {step}");
            }
        }
    }

    #[test]
    fn codings_are_undone_and_lies_are_told() {
        let text = "开放社区 buurthuis".repeat(50);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("in memory");
        let gzip = gzip.finish().expect("in memory");
        let run = |body: &[u8], coding: &str| {
            let mut complaints = Vec::new();
            let plain = decode(body.to_vec(), coding, &Limits::default(), body.len() as u64, &mut complaints);
            (plain.map(|plain| String::from_utf8_lossy(&plain).into_owned()), complaints.len())
        };
        assert_eq!(run(&gzip, "gzip"), (Ok(text.clone()), 0));
        assert_eq!(run(text.as_bytes(), "gzip"), (Ok(text.clone()), 1));
        assert_eq!(run(text.as_bytes(), "br"), (Ok(text.clone()), 1));
        assert_eq!(run(text.as_bytes(), "rot13"), (Ok(text.clone()), 1));
        assert_eq!(run(&gzip[..gzip.len() - 4], "gzip").1, 1);
        assert!(run(&gzip, "gzip,gzip,gzip,gzip").0.is_err());
    }
}
