//! A file's bytes, decoded, member by member.
//!
//! A *member* is a gzip member, a zstd frame or an LZ4 frame; a plain file is
//! one member. Memory stays at a few buffers whatever the file claims.

use crate::input::gzip::Members;
use crate::input::raw::{BUFFER, Raw, Source};
use crate::input::{lz4, zstd};
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read};
use std::path::Path;

/// Decoded bytes held at once: a deflate window is copied once a buffer.
const ROOM: usize = 128 * 1024;

/// What stopped the decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The file ends inside a member.
    Cut,
    /// The bytes are not what the container promises.
    Broken(String),
}

impl Trouble {
    pub(crate) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Cut,
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// A way of packing records one by one.
pub(crate) trait Packing {
    /// Decoded bytes of the member that was begun; 0 at its end, which is only
    /// reached where every check sum agrees.
    fn read(&mut self, room: &mut [u8]) -> Result<usize, Trouble>;
    /// Begins the member that stands next; `false` at the end of the file.
    fn next(&mut self) -> Result<bool, Trouble>;
    /// Where the member begins.
    fn start(&self) -> u64;
    fn raw(&mut self) -> &mut Raw;
    fn raw_at(&self) -> u64;
    /// What every member begins with.
    fn magic(&self) -> &'static [u8];
    /// What messages call a member.
    fn name(&self) -> &'static str;
}

enum Way {
    Plain(Raw),
    Packed(Box<dyn Packing>),
}

/// The decoded bytes of a file.
pub(crate) struct Decoded {
    way: Way,
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
        let way = match &head {
            Ok(head) if Members::begin_with(head) => Way::Packed(Box::new(Members::new(raw))),
            Ok(head) if zstd::Frames::begin_with(head) => Way::Packed(Box::new(zstd::Frames::new(raw))),
            Ok(head) if lz4::Frames::begin_with(head) => Way::Packed(Box::new(lz4::Frames::new(raw))),
            _ => Way::Plain(raw),
        };
        let mut decoded = Self {
            way,
            buffer: vec![0; ROOM],
            start: 0,
            end: 0,
            at: 0,
            member_start: 0,
            ended: false,
            trouble: head.err().map(|error| Trouble::of(&error)),
        };
        decoded.begin_packed();
        decoded
    }

    /// Whether records are packed one by one.
    pub(crate) fn is_packed(&self) -> bool {
        matches!(self.way, Way::Packed(_))
    }

    /// What messages call a member; none for a plain file.
    pub(crate) fn packing(&self) -> Option<&'static str> {
        match &self.way {
            Way::Plain(_) => None,
            Way::Packed(packing) => Some(packing.name()),
        }
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
        match &self.way {
            Way::Plain(_) => self.member_start + self.at,
            Way::Packed(packing) => packing.raw_at(),
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
        while self.end - self.start < wanted.min(ROOM) && !self.ended && self.trouble.is_none() {
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
        let got = match &mut self.way {
            Way::Plain(raw) => raw.read(room).map_err(|error| Trouble::of(&error)),
            Way::Packed(packing) => packing.read(room),
        };
        match got {
            Ok(0) => self.ended = true,
            Ok(got) => self.end += got,
            Err(trouble) => self.trouble = Some(trouble),
        }
    }

    pub(crate) fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.at += amount as u64;
    }

    /// Goes to the next member; `false` at the end of the file or where no member follows.
    pub(crate) fn next_member(&mut self) -> bool {
        if self.trouble.is_some() || !self.is_packed() {
            return false;
        }
        while !self.fill().is_empty() {
            let all = self.end - self.start;
            self.consume(all);
        }
        self.trouble.is_none() && self.begin_packed()
    }

    fn begin_packed(&mut self) -> bool {
        let Way::Packed(packing) = &mut self.way else { return false };
        let begun = packing.next();
        (self.start, self.end, self.at) = (0, 0, 0);
        (self.member_start, self.trouble) = (packing.start(), None);
        self.ended = !matches!(begun, Ok(true));
        match begun {
            Ok(more) => more,
            Err(trouble) => {
                self.trouble = Some(trouble);
                false
            }
        }
    }

    /// Reads the source on to its last byte, without decoding.
    pub(crate) fn drain(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Plain(raw) => raw.drain(),
            Way::Packed(packing) => packing.raw().drain(),
        }
    }

    /// Stands at a place that `offset` gave; `false` where it cannot.
    pub(crate) fn go_to(&mut self, at: u64) -> io::Result<bool> {
        let raw = match &mut self.way {
            Way::Plain(raw) => raw,
            Way::Packed(packing) => packing.raw(),
        };
        let there = raw.seek_to(at)?;
        (self.start, self.end, self.at) = (0, 0, 0);
        (self.member_start, self.ended, self.trouble) = (at, false, None);
        Ok(there && (!self.is_packed() || self.begin_packed()))
    }

    /// After damage: stands at the next member that begins like a record.
    ///
    /// The search is bounded: a hostile file full of magic would otherwise
    /// cost a start of the decoder per byte.
    pub(crate) fn find_next_member(&mut self, begins: impl Fn(&[u8]) -> bool) -> bool {
        const TRIES: usize = 1000;
        let trouble = self.trouble.clone();
        let mut from = self.member_start + 1;
        for _ in 0..TRIES {
            let Some(at) = self.next_magic(from) else { break };
            if matches!(self.go_to(at), Ok(true)) && begins(self.peek(5)) {
                return true;
            }
            from = at + 1;
        }
        self.trouble = trouble;
        false
    }

    fn next_magic(&mut self, from: u64) -> Option<u64> {
        let Way::Packed(packing) = &mut self.way else { return None };
        let magic = packing.magic();
        let raw = packing.raw();
        match raw.seek_to(from) {
            Ok(true) => scan_for(raw, magic),
            _ => None,
        }
    }
}

fn scan_for(raw: &mut Raw, magic: &[u8]) -> Option<u64> {
    loop {
        let bytes = raw.peek(BUFFER).ok()?;
        let length = bytes.len();
        if length < magic.len() {
            return None;
        }
        match bytes.windows(magic.len()).position(|window| window == magic) {
            Some(here) => return Some(raw.at() + here as u64),
            None => raw.consume(length + 1 - magic.len()),
        }
    }
}
