//! The objects of a PDF (ISO 32000-1, 7.3 and 7.5.7), as far as notes need them: found by looking through
//! the bytes, not by the file's own table of places, which damaged and hostile files get wrong. Of two
//! objects with one number the later counts, as in a file that was added to.
//!
//! What poppler draws is poppler's. This reads dictionaries and strings and nothing else: no fonts, no
//! pictures, one kind of packing, and all of it within bounds.

use flate2::read::ZlibDecoder;
use memchr::memmem;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read as _;

/// The most objects of a file, the most bytes that come out of all packed ones, the deepest nesting, and the
/// most values of one object and of all that are asked for.
const MOST_OBJECTS: usize = 500_000;
const MOST_UNPACKED: usize = 64 << 20;
const DEEPEST: usize = 32;
const MOST_VALUES: usize = 100_000;
const MOST_ASKED: usize = 2_000_000;

/// A value, as far as it matters.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Dictionary(BTreeMap<Vec<u8>, Value>),
    Array(Vec<Value>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Number(f64),
    /// Another object by its number.
    Other(u32),
    Nothing,
}

impl Value {
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Dictionary(entries) => entries.get(key.as_bytes()),
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own == name.as_bytes())
    }
}

/// Where an object begins.
#[derive(Clone, Copy)]
enum Place {
    /// In the file.
    Plain(usize),
    /// In an unpacked stream of objects.
    Packed(usize, usize),
}

/// The objects of a file by their numbers.
pub(super) struct Objects<'b> {
    bytes: &'b [u8],
    unpacked: Vec<Vec<u8>>,
    places: BTreeMap<u32, Place>,
    /// Values that may still be read: objects can lead to the same long one again and again.
    left: Cell<usize>,
}

impl<'b> Objects<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        let mut objects =
            Self { bytes, unpacked: Vec::new(), places: BTreeMap::new(), left: Cell::new(MOST_ASKED) };
        let mut left = MOST_UNPACKED;
        for at in memmem::find_iter(bytes, b" obj").take(MOST_OBJECTS) {
            let Some(number) = number_before(bytes, at) else { continue };
            let start = at + b" obj".len();
            objects.places.insert(number, Place::Plain(start));
            let head = bytes.get(start..(start + 400).min(bytes.len())).unwrap_or(b"");
            if memmem::find(head, b"/ObjStm").is_some() {
                objects.unpack(start, &mut left);
            }
        }
        objects
    }

    /// The object of a number.
    pub(super) fn get(&self, number: u32) -> Option<Value> {
        let mut reader = match *self.places.get(&number)? {
            Place::Plain(start) => Reader::new(self.bytes, start),
            Place::Packed(stream, start) => Reader::new(self.unpacked.get(stream)?, start),
        };
        let room = reader.left.min(self.left.get());
        reader.left = room;
        let value = reader.value(0);
        self.left.set(self.left.get() - (room - reader.left));
        value
    }

    /// A value, or the object that it leads to.
    pub(super) fn resolve(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Other(number) => self.get(*number),
            value => Some(value.clone()),
        }
    }

    /// The last catalogue: where the pages are reached from.
    pub(super) fn catalogue(&self) -> Option<Value> {
        let catalogue = |number: &u32| {
            let value = self.get(*number)?;
            value.get("Type")?.is_name("Catalog").then_some(value)
        };
        self.places.keys().rev().find_map(catalogue)
    }

    /// Takes the objects out of a stream that holds some.
    fn unpack(&mut self, start: usize, left: &mut usize) {
        let mut reader = Reader::new(self.bytes, start);
        let Some(head) = reader.value(0) else { return };
        let count = |key: &str| match head.get(key) {
            Some(Value::Number(n)) if *n >= 0.0 => Some(*n as usize),
            _ => None,
        };
        let (Some(objects), Some(first)) = (count("N"), count("First")) else { return };
        let Some(body) = self.bytes.get(reader.at..) else { return };
        let Some(body) = body.trim_ascii_start().strip_prefix(b"stream") else { return };
        let body = body.strip_prefix(b"\r\n").or(body.strip_prefix(b"\n")).unwrap_or(body);
        let end = memmem::find(body, b"endstream").unwrap_or(body.len());
        let mut out = Vec::new();
        match head.get("Filter") {
            None => out.extend(body.iter().take(end.min(*left))),
            Some(_) => {
                // Another packing gives nothing, and what comes out before damage counts.
                let packed = body.get(..end).unwrap_or(body);
                let _ = ZlibDecoder::new(packed).take(*left as u64).read_to_end(&mut out);
            }
        }
        *left -= out.len().min(*left);
        let stream = self.unpacked.len();
        let mut table = Reader::new(&out, 0);
        for _ in 0..objects.min(MOST_OBJECTS) {
            let (Some(Value::Number(number)), Some(Value::Number(offset))) = (table.number(), table.number())
            else {
                break;
            };
            self.places.insert(number as u32, Place::Packed(stream, first.saturating_add(offset as usize)));
        }
        self.unpacked.push(out);
    }
}

/// The object's number in `12 0 obj`, whose ` obj` begins at a byte.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = |end: usize| {
        let head = bytes.get(end.saturating_sub(12)..end).unwrap_or(b"");
        head.iter().rev().take_while(|b| b.is_ascii_digit()).count()
    };
    let generation = digits(at);
    let space = at.checked_sub(generation + 1).filter(|_| generation > 0)?;
    bytes.get(space)?.is_ascii_whitespace().then_some(())?;
    let length = digits(space);
    std::str::from_utf8(bytes.get(space.checked_sub(length)?..space)?).ok()?.parse().ok()
}

/// Reads values from a place on.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    /// Values that may still be read.
    left: usize,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at, left: MOST_VALUES }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                        self.at += 1;
                    }
                }
                0 | b' ' | b'\t' | b'\r' | b'\n' | 0x0c => self.at += 1,
                _ => return,
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        self.left = self.left.checked_sub(1).filter(|_| depth <= DEEPEST)?;
        let rest = self.bytes.get(self.at..)?;
        match rest.first()? {
            b'<' if rest.starts_with(b"<<") => self.dictionary(depth),
            b'<' => self.hexadecimal(),
            b'(' => self.literal(),
            b'/' => Some(Value::Name(self.name())),
            b'[' => {
                self.at += 1;
                let mut out = Vec::new();
                loop {
                    self.skip_space();
                    if self.peek()? == b']' {
                        self.at += 1;
                        return Some(Value::Array(out));
                    }
                    out.push(self.value(depth + 1)?);
                }
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_other(),
            byte if byte.is_ascii_alphabetic() => {
                while self.peek().is_some_and(|b| b.is_ascii_alphabetic()) {
                    self.at += 1;
                }
                Some(Value::Nothing)
            }
            _ => None,
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Value> {
        self.at += 2;
        let mut out = BTreeMap::new();
        loop {
            self.skip_space();
            match self.peek()? {
                b'>' => {
                    self.at += 2;
                    return Some(Value::Dictionary(out));
                }
                b'/' => {
                    let key = self.name();
                    out.insert(key, self.value(depth + 1)?);
                }
                _ => return None,
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let start = self.at;
        let ends = |b: u8| b.is_ascii_whitespace() || b == 0 || b"()<>[]{}/%".contains(&b);
        while self.peek().is_some_and(|b| !ends(b)) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or(b"").to_vec()
    }

    fn number(&mut self) -> Option<Value> {
        self.skip_space();
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit() || b"+-.".contains(&b)) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
        digits.parse().ok().map(Value::Number)
    }

    /// `12`, or `12 0 R`.
    fn number_or_other(&mut self) -> Option<Value> {
        let number = self.number()?;
        let after = self.at;
        if let (Value::Number(n), Some(Value::Number(_))) = (&number, self.number()) {
            self.skip_space();
            let alone = self.bytes.get(self.at + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
            if self.peek() == Some(b'R') && alone && n.fract() == 0.0 && *n >= 0.0 {
                self.at += 1;
                return Some(Value::Other(*n as u32));
            }
        }
        self.at = after;
        Some(number)
    }

    fn hexadecimal(&mut self) -> Option<Value> {
        let rest = self.bytes.get(self.at + 1..)?;
        let end = memchr::memchr(b'>', rest)?;
        let digits: Vec<u8> =
            rest.get(..end)?.iter().filter_map(|b| (*b as char).to_digit(16)).map(|n| n as u8).collect();
        self.at += end + 2;
        Some(Value::Text(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()))
    }

    fn literal(&mut self) -> Option<Value> {
        self.at += 1;
        let mut out = Vec::new();
        let mut open = 1;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    if let Some(byte) = self.escaped() {
                        out.push(byte);
                    }
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Some(Value::Text(out));
            }
            out.push(byte);
        }
    }

    /// What stands behind a backslash; nothing for a line break.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' | b'f' => b' ',
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else { break };
                    self.at += 1;
                    code = code * 8 + u32::from(next - b'0');
                }
                (code & 0xff) as u8
            }
            other => other,
        })
    }
}
