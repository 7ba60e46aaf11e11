//! A file's bytes, decoded, member by member.
//!
//! A *member* is a gzip member or a zstd frame; a plain file is one member.
//! Nothing is read further than the decoder asked for, so that the place of
//! every member is known exactly and memory stays at a few buffers.

use crate::input::zstd::Frames;
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

const BUFFER: usize = 64 * 1024;

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

/// A deflated entry of a ZIP: forward only.
pub(crate) struct Inflated(pub(crate) flate2::read::DeflateDecoder<FileRange>);

impl Read for Inflated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
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
                got => self.end += got,
            }
        }
        let stop = self.end.min(self.start + wanted);
        Ok(&self.buffer[self.start..stop])
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
        }
        Ok(&self.buffer[self.start..self.end])
    }
    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.at += amount as u64;
    }
}

/// What stopped the decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The file ends inside a member.
    Cut,
    /// The bytes are not what the container promises.
    Broken(String),
}

enum Member {
    Plain(Raw),
    Gzip(Box<GzDecoder<Raw>>),
    Zstd(Box<Frames>),
    /// Between two members.
    Gzips(Raw),
}

/// The decoded bytes of a file.
pub(crate) struct Decoded {
    member: Option<Member>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Decoded bytes consumed since the member began.
    at: u64,
    member_start: u64,
    ended: bool,
    trouble: Option<Trouble>,
}

impl Decoded {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self::new(Box::new(File::open(path)?)))
    }

    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Self {
        Self::new(Box::new(Cursor::new(bytes)))
    }

    /// Looks at the first bytes and stands before the first byte of the first member.
    pub(crate) fn new(source: Box<dyn Source>) -> Self {
        let mut raw = Raw::new(source);
        let head = raw.peek(4).map(<[u8]>::to_vec);
        let mut decoded = Self {
            member: None,
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            at: 0,
            member_start: 0,
            ended: false,
            trouble: None,
        };
        match head {
            Err(error) => decoded.trouble = Some(Trouble::Broken(error.to_string())),
            Ok(head) if head.starts_with(&[0x1f, 0x8b]) => {
                decoded.member = Some(Member::Gzip(Box::new(GzDecoder::new(raw))));
            }
            Ok(head) if Frames::begin_with(&head) => match Frames::new(raw) {
                Ok(frames) => {
                    decoded.member_start = frames.frame_start();
                    decoded.member = Some(Member::Zstd(Box::new(frames)));
                }
                Err(trouble) => decoded.trouble = Some(trouble),
            },
            Ok(_) => decoded.member = Some(Member::Plain(raw)),
        }
        decoded
    }

    /// Whether records are packed one by one.
    pub(crate) fn is_packed(&self) -> bool {
        !matches!(self.member, Some(Member::Plain(_)) | None)
    }

    pub(crate) fn is_gzip(&self) -> bool {
        matches!(self.member, Some(Member::Gzip(_) | Member::Gzips(_)))
    }

    /// What stopped the decoding, if anything.
    pub(crate) fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The place of the next byte as others can find it: in the file for a
    /// plain one, else where its member begins.
    pub(crate) fn offset(&self) -> u64 {
        if self.is_packed() { self.member_start } else { self.member_start + self.at }
    }

    /// Raw bytes taken from the file so far, for judging how far they swelled.
    pub(crate) fn raw_at(&self) -> u64 {
        match &self.member {
            None => self.member_start,
            Some(Member::Plain(_)) => self.member_start + self.at,
            Some(Member::Gzips(raw)) => raw.at(),
            Some(Member::Gzip(decoder)) => decoder.get_ref().at(),
            Some(Member::Zstd(frames)) => frames.raw_at(),
        }
    }

    /// The next bytes; empty where the member (or what can be read of it) ends.
    pub(crate) fn fill(&mut self) -> &[u8] {
        if self.start == self.end {
            self.start = 0;
            self.end = 0;
            self.refill();
        }
        &self.buffer[self.start..self.end]
    }

    /// At least `wanted` bytes (at most a buffer), unless the member ends before.
    pub(crate) fn peek(&mut self, wanted: usize) -> &[u8] {
        while self.end - self.start < wanted.min(BUFFER) && !self.ended && self.trouble.is_none() {
            if self.start > 0 {
                self.buffer.copy_within(self.start..self.end, 0);
                self.end -= self.start;
                self.start = 0;
            }
            self.refill();
        }
        &self.buffer[self.start..self.end]
    }

    fn refill(&mut self) {
        if self.ended || self.trouble.is_some() {
            return;
        }
        let room = &mut self.buffer[self.end..];
        let got = match &mut self.member {
            None => return,
            Some(Member::Plain(raw)) => raw.read(room),
            Some(Member::Gzip(decoder)) => decoder.read(room),
            Some(Member::Zstd(frames)) => frames.read(room),
            Some(Member::Gzips(_)) => Ok(0),
        };
        match got {
            Ok(0) => self.ended = true,
            Ok(got) => self.end += got,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => self.trouble = Some(Trouble::Cut),
            Err(error) => self.trouble = Some(Trouble::Broken(error.to_string())),
        }
    }

    pub(crate) fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.at += amount as u64;
    }

    /// Goes to the next member; `false` at the end of the file or where no member follows.
    pub(crate) fn next_member(&mut self) -> bool {
        if self.trouble.is_some() || matches!(self.member, Some(Member::Plain(_))) {
            return false;
        }
        while !self.fill().is_empty() {
            let all = self.end - self.start;
            self.consume(all);
        }
        if self.trouble.is_some() {
            return false;
        }
        match self.member.take() {
            Some(Member::Gzip(decoder)) => self.next_gzip(decoder.into_inner()),
            Some(Member::Gzips(raw)) => self.next_gzip(raw),
            Some(Member::Zstd(mut frames)) => {
                let more = frames.next_frame();
                let start = frames.frame_start();
                self.member = Some(Member::Zstd(frames));
                match more {
                    Ok(true) => self.begin(start),
                    Ok(false) => false,
                    Err(trouble) => {
                        self.member_start = start;
                        self.trouble = Some(trouble);
                        false
                    }
                }
            }
            other => {
                self.member = other;
                false
            }
        }
    }

    fn next_gzip(&mut self, mut raw: Raw) -> bool {
        let start = raw.at();
        let head = raw.peek(2).map(<[u8]>::to_vec);
        match head {
            Ok(head) if head.starts_with(&[0x1f, 0x8b]) => {
                self.member = Some(Member::Gzip(Box::new(GzDecoder::new(raw))));
                return self.begin(start);
            }
            Ok(head) if head.is_empty() => {}
            Ok(head) if head == [0x1f] => self.trouble = Some(Trouble::Cut),
            Ok(_) => self.trouble = Some(Trouble::Broken("no gzip member begins here".into())),
            Err(error) => self.trouble = Some(Trouble::Broken(error.to_string())),
        }
        self.member_start = start;
        self.member = Some(Member::Gzips(raw));
        false
    }

    fn begin(&mut self, start: u64) -> bool {
        (self.start, self.end, self.at) = (0, 0, 0);
        (self.member_start, self.ended, self.trouble) = (start, false, None);
        true
    }

    /// Stands at a place that `offset` gave; `false` where it cannot.
    pub(crate) fn go_to(&mut self, at: u64) -> io::Result<bool> {
        let (mut raw, gzip) = match self.member.take() {
            Some(Member::Plain(raw)) => (raw, false),
            Some(Member::Gzip(decoder)) => (decoder.into_inner(), true),
            Some(Member::Gzips(raw)) => (raw, true),
            Some(Member::Zstd(mut frames)) => {
                let there = frames.go_to(at);
                self.member = Some(Member::Zstd(frames));
                self.begin(at);
                return there;
            }
            None => return Ok(false),
        };
        let there = raw.seek_to(at);
        self.begin(at);
        self.member = Some(match gzip {
            false => Member::Plain(raw),
            true if matches!(there, Ok(true)) => Member::Gzip(Box::new(GzDecoder::new(raw))),
            true => Member::Gzips(raw),
        });
        there
    }

    /// After damage: stands at the next gzip member that begins like a record.
    ///
    /// The search is bounded: a hostile file full of gzip magic would
    /// otherwise cost a start of the decoder per byte.
    pub(crate) fn find_next_member(&mut self, begins: impl Fn(&[u8]) -> bool) -> bool {
        const TRIES: usize = 1000;
        let mut from = self.member_start + 1;
        for _ in 0..TRIES {
            let Some(at) = self.next_magic(from) else { return false };
            if !matches!(self.go_to(at), Ok(true)) {
                return false;
            }
            if begins(self.peek(5)) {
                return true;
            }
            from = at + 1;
        }
        false
    }

    fn next_magic(&mut self, from: u64) -> Option<u64> {
        let mut raw = match self.member.take() {
            Some(Member::Gzip(decoder)) => decoder.into_inner(),
            Some(Member::Gzips(raw)) => raw,
            other => {
                self.member = other;
                return None;
            }
        };
        let found = match raw.seek_to(from) {
            Ok(true) => scan_for_magic(&mut raw),
            _ => None,
        };
        self.member = Some(Member::Gzips(raw));
        found
    }
}

fn scan_for_magic(raw: &mut Raw) -> Option<u64> {
    const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
    loop {
        let bytes = raw.peek(BUFFER).ok()?;
        let length = bytes.len();
        if length < MAGIC.len() {
            return None;
        }
        match bytes.windows(MAGIC.len()).position(|window| window == MAGIC) {
            Some(here) => return Some(raw.at() + here as u64),
            None => raw.consume(length + 1 - MAGIC.len()),
        }
    }
}
