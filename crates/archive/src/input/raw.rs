//! A file's bytes as they lie there, with their position.
//!
//! Nothing is read further than a decoder asked for, so that the place of
//! every member is known exactly and memory stays at one buffer.

use crate::input::meter;
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};

/// Bytes held at once.
pub(crate) const BUFFER: usize = 64 * 1024;

/// Where raw bytes come from; `seek_to` says whether it can go there.
pub(crate) trait Source: Read {
    fn seek_to(&mut self, at: u64) -> io::Result<bool>;
}

impl Source for File {
    fn seek_to(&mut self, at: u64) -> io::Result<bool> {
        self.seek(SeekFrom::Start(at)).map(|_| true)
    }
}
impl Source for Cursor<Vec<u8>> {
    fn seek_to(&mut self, at: u64) -> io::Result<bool> {
        self.set_position(at);
        Ok(true)
    }
}

/// A stretch of a file, as a stored entry of a ZIP is one.
pub(crate) struct FileRange {
    pub(crate) file: File,
    pub(crate) start: u64,
    pub(crate) length: u64,
    at: u64,
}

impl FileRange {
    pub(crate) fn new(mut file: File, start: u64, length: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(start))?;
        Ok(Self { file, start, length, at: 0 })
    }
}
impl Read for FileRange {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.at).min(buffer.len() as u64) as usize;
        let got = self.file.read(&mut buffer[..left])?;
        self.at += got as u64;
        Ok(got)
    }
}
impl Source for FileRange {
    fn seek_to(&mut self, at: u64) -> io::Result<bool> {
        self.at = at.min(self.length);
        self.file.seek(SeekFrom::Start(self.start.saturating_add(self.at))).map(|_| true)
    }
}

/// A deflated entry of a ZIP: forward only, and no more than its directory says.
pub(crate) struct Inflated {
    inflate: flate2::read::DeflateDecoder<FileRange>,
    left: u64,
}

impl Inflated {
    pub(crate) fn new(range: FileRange, size: u64) -> Self {
        Self { inflate: flate2::read::DeflateDecoder::new(range), left: size }
    }
}

impl Read for Inflated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inflate.read(buffer)?;
        match self.left.checked_sub(got as u64) {
            Some(left) => self.left = left,
            // A bomb says a small size, so that readers make room for it.
            None => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "more than the ZIP's directory says"));
            }
        }
        Ok(got)
    }
}
impl Source for Inflated {
    fn seek_to(&mut self, _: u64) -> io::Result<bool> {
        Ok(false)
    }
}

/// Raw bytes with their position.
pub(crate) struct Raw {
    source: Box<dyn Source>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at: u64,
}

impl Raw {
    pub(crate) fn new(source: Box<dyn Source>) -> Self {
        Self { source, buffer: vec![0; BUFFER], start: 0, end: 0, at: 0 }
    }

    /// Position of the next byte in the file.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    /// The next bytes, as many as asked unless the file ends.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        if self.start > 0 && self.start + wanted > self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        while self.end - self.start < wanted && self.end < self.buffer.len() {
            match self.source.read(&mut self.buffer[self.end..])? {
                0 => break,
                got => {
                    meter::count(got);
                    self.end += got;
                }
            }
        }
        let stop = self.end.min(self.start + wanted);
        Ok(&self.buffer[self.start..stop])
    }

    /// Reads on to the last byte.
    pub(crate) fn drain(&mut self) -> io::Result<()> {
        while !self.fill_buf()?.is_empty() {
            let all = self.end - self.start;
            self.consume(all);
        }
        Ok(())
    }

    pub(crate) fn seek_to(&mut self, at: u64) -> io::Result<bool> {
        if !self.source.seek_to(at)? {
            return Ok(false);
        }
        (self.start, self.end, self.at) = (0, 0, at);
        Ok(true)
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let got = available.len().min(buffer.len());
        buffer[..got].copy_from_slice(&available[..got]);
        self.consume(got);
        Ok(got)
    }
}
impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.start = 0;
            self.end = self.source.read(&mut self.buffer)?;
            meter::count(self.end);
        }
        Ok(&self.buffer[self.start..self.end])
    }
    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.at += amount as u64;
    }
}
