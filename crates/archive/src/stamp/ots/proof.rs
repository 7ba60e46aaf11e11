//! A proof file, read and written byte for byte.

use crate::stamp::ots::ops::{MOST_MESSAGE, Op};

pub(crate) const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";

/// Operations behind each other (reference library).
const DEEPEST: usize = 256;
/// Branches and operations of one proof; a real one has some hundred.
const MOST_ITEMS: usize = 10_000;
const MOST_PAYLOAD: usize = 8192;
const MOST_URI: usize = 1000;

const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
const LITECOIN: [u8; 8] = [0x06, 0x86, 0x9a, 0x0d, 0x73, 0xd7, 0x1b, 0x45];

/// Where reading failed, and why.
pub(crate) type Broken = (usize, String);

/// A proof about one hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    /// How the file was hashed.
    pub(crate) hash: Op,
    /// The file's hash.
    pub(crate) digest: Vec<u8>,
    pub(crate) tree: Tree,
}

/// What is done to one message, each item a branch of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) items: Vec<Item>,
}

/// A branch. `raw` are its first bytes as they stand, so that a number in an
/// unusual spelling is written as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// Somebody's word for the message.
    Word { at: usize, raw: Vec<u8>, word: Word },
    /// An operation, and what follows for its result.
    Op { at: usize, raw: Vec<u8>, op: Op, next: Tree },
}

/// Who says that a message was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// A calendar promises to say later.
    Pending(String),
    /// The block of this height has the message as its merkle root.
    Bitcoin(u64),
    /// The same on another chain.
    Litecoin(u64),
    /// A form that is not known.
    Other([u8; 8]),
}

impl Proof {
    /// Reads a proof file.
    pub(crate) fn read(raw: &[u8]) -> Result<Self, Broken> {
        let mut bytes = Bytes { raw, at: 0, items: 0 };
        if !raw.starts_with(MAGIC) {
            return Err((0, "no OpenTimestamps proof".into()));
        }
        bytes.at = MAGIC.len();
        match bytes.number()? {
            1 => {}
            version => {
                return Err((MAGIC.len(), format!("a proof of version {version}, which does not exist")));
            }
        }
        let tag = bytes.byte()?;
        let hash = Op::unary(tag).and_then(|op| Some((op.hash_length()?, op)));
        let (length, hash) = hash.ok_or_else(|| (bytes.at - 1, format!("no hash operation {tag:#04x}")))?;
        let digest = bytes.slice(length)?.to_vec();
        let tree = Tree::take(&mut bytes, DEEPEST)?;
        if bytes.at != raw.len() {
            return Err((bytes.at, "bytes after the end of the proof".into()));
        }
        Ok(Self { hash, digest, tree })
    }

    /// The bytes of its file.
    pub(crate) fn write(&self) -> Vec<u8> {
        let tag = match self.hash {
            Op::Sha1 => 0x02,
            Op::Ripemd160 => 0x03,
            Op::Keccak256 => 0x67,
            _ => 0x08,
        };
        let mut bytes = [MAGIC, &[1, tag], &self.digest].concat();
        self.tree.write(&mut bytes);
        bytes
    }
}

impl Tree {
    /// Reads what a calendar sends: a tree without a head.
    pub(crate) fn read(raw: &[u8]) -> Result<Self, Broken> {
        let mut bytes = Bytes { raw, at: 0, items: 0 };
        let tree = Self::take(&mut bytes, DEEPEST)?;
        if bytes.at == raw.len() { Ok(tree) } else { Err((bytes.at, "bytes after the end".into())) }
    }

    fn take(bytes: &mut Bytes<'_>, deeper: usize) -> Result<Self, Broken> {
        let mut items = Vec::new();
        let deeper = deeper.checked_sub(1).ok_or((bytes.at, "operations without an end".to_owned()))?;
        loop {
            let mut tag = bytes.byte()?;
            // 0xff says that another branch follows behind this one.
            let last = tag != 0xff;
            if !last {
                tag = bytes.byte()?;
            }
            bytes.items += 1;
            if bytes.items > MOST_ITEMS {
                return Err((bytes.at, format!("more than {MOST_ITEMS} operations")));
            }
            let at = bytes.at - 1;
            if tag == 0x00 {
                let word = Word::take(bytes)?;
                items.push(Item::Word { at, raw: bytes.raw[at..bytes.at].to_vec(), word });
            } else {
                let op = op(bytes, tag)?;
                let raw = bytes.raw[at..bytes.at].to_vec();
                items.push(Item::Op { at, raw, op, next: Self::take(bytes, deeper)? });
            }
            if last {
                return Ok(Self { items });
            }
        }
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        for (number, item) in self.items.iter().enumerate() {
            if number + 1 < self.items.len() {
                bytes.push(0xff);
            }
            match item {
                Item::Word { raw, .. } => bytes.extend(raw),
                Item::Op { raw, next, .. } => {
                    bytes.extend(raw);
                    next.write(bytes);
                }
            }
        }
    }

    /// The tree that begins with an operation.
    pub(crate) fn of(op: Op, next: Self) -> Self {
        let raw = match &op {
            Op::Append(own) => [&[0xf0], number(own.len()).as_slice(), own].concat(),
            Op::Prepend(own) => [&[0xf1], number(own.len()).as_slice(), own].concat(),
            Op::Sha1 => vec![0x02],
            Op::Ripemd160 => vec![0x03],
            Op::Sha256 => vec![0x08],
            Op::Keccak256 => vec![0x67],
            Op::Reverse => vec![0xf2],
            Op::Hexlify => vec![0xf3],
        };
        Self { items: vec![Item::Op { at: 0, raw, op, next }] }
    }

    /// Takes another tree about the same message in; what is there twice stands once.
    pub(crate) fn merge(&mut self, other: Self) {
        for item in other.items {
            let known = self.items.iter_mut().find(|own| own.raw() == item.raw());
            match (known, item) {
                (Some(Item::Op { next, .. }), Item::Op { next: more, .. }) => next.merge(more),
                (Some(_), _) => {}
                (None, item) => self.items.push(item),
            }
        }
        // Words before operations, as the reference library writes them.
        self.items.sort_by_key(|item| (matches!(item, Item::Op { .. }), item.raw().to_vec()));
    }
}

impl Item {
    fn raw(&self) -> &[u8] {
        match self {
            Self::Word { raw, .. } | Self::Op { raw, .. } => raw,
        }
    }
}

fn op(bytes: &mut Bytes<'_>, tag: u8) -> Result<Op, Broken> {
    if let Some(op) = Op::unary(tag) {
        return Ok(op);
    }
    let at = bytes.at - 1;
    let binary = match tag {
        0xf0 => Op::Append,
        0xf1 => Op::Prepend,
        _ => return Err((at, format!("no operation {tag:#04x}"))),
    };
    match bytes.string(MOST_MESSAGE)? {
        [] => Err((at, "an operation without bytes".into())),
        own => Ok(binary(own.to_vec())),
    }
}

impl Word {
    fn take(bytes: &mut Bytes<'_>) -> Result<Self, Broken> {
        let kind: [u8; 8] = bytes.slice(8)?.try_into().unwrap_or_default();
        let payload = bytes.string(MOST_PAYLOAD)?;
        let at = bytes.at - payload.len();
        let mut inside = Bytes { raw: payload, at: 0, items: 0 };
        let moved = |(place, why): Broken| (at + place, why);
        let word = match kind {
            PENDING => Self::Pending(
                uri(inside.string(MOST_URI).map_err(moved)?)
                    .ok_or((at, "an address that no calendar has".into()))?,
            ),
            BITCOIN => Self::Bitcoin(inside.number().map_err(moved)?),
            LITECOIN => Self::Litecoin(inside.number().map_err(moved)?),
            other => return Ok(Self::Other(other)),
        };
        if inside.at == payload.len() {
            Ok(word)
        } else {
            Err((at + inside.at, "bytes after the end of a word".into()))
        }
    }
}

/// An address of the characters that the reference library allows: no query,
/// no name or password.
fn uri(bytes: &[u8]) -> Option<String> {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(byte);
    let text = bytes.iter().all(allowed).then(|| String::from_utf8_lossy(bytes).into_owned());
    text.filter(|text| !text.is_empty())
}

/// LEB128.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 & 0x7f | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

struct Bytes<'a> {
    raw: &'a [u8],
    at: usize,
    items: usize,
}

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Result<u8, Broken> {
        Ok(self.slice(1)?[0])
    }

    fn slice(&mut self, length: usize) -> Result<&'a [u8], Broken> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.raw.len());
        let end = end.ok_or_else(|| (self.at, "the proof ends too early".to_owned()))?;
        let bytes = &self.raw[self.at..end];
        self.at = end;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<u64, Broken> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let next = self.byte()?;
            value |= u64::from(next & 0x7f) << shift;
            if next & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err((self.at, "a number without an end".into()))
    }

    fn string(&mut self, most: usize) -> Result<&'a [u8], Broken> {
        let at = self.at;
        let length = self.number()?;
        match usize::try_from(length).ok().filter(|length| *length <= most) {
            Some(length) => self.slice(length),
            None => Err((at, format!("{length} bytes where {most} are the most"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending(uri: &str) -> Tree {
        let payload = [number(uri.len()).as_slice(), uri.as_bytes()].concat();
        let bytes = [&[0x00], &PENDING[..], &number(payload.len()), &payload].concat();
        Tree::read(&bytes).expect("a word")
    }

    #[test]
    fn trees_are_merged_and_written_in_order() {
        let mut tree = Tree::of(Op::Append(vec![1; 200]), pending("https://b.zilverhaven.example"));
        tree.merge(Tree::of(Op::Append(vec![1; 200]), pending("https://a.zilverhaven.example")));
        tree.merge(pending("https://c.zilverhaven.example"));
        tree.merge(pending("https://c.zilverhaven.example"));
        let proof = Proof { hash: Op::Sha256, digest: vec![7; 32], tree };
        let bytes = proof.write();
        assert_eq!(Proof::read(&bytes).map(|read| read.write()), Ok(bytes));
        let [Item::Word { .. }, Item::Op { next, .. }] = proof.tree.items.as_slice() else {
            panic!("{proof:?}")
        };
        assert_eq!(next.items.len(), 2);
    }

    #[test]
    fn a_real_proof_is_written_as_it_was_read() {
        let raw = include_bytes!("../../../tests/seeds/proof.ots");
        assert_eq!(Proof::read(raw).expect("a proof").write(), raw);
    }

    #[test]
    fn what_is_no_proof_is_said_with_its_place() {
        let head = [MAGIC, &[1, 8], &[0; 32]].concat();
        let start = head.len();
        let deep = vec![0x08; 300];
        let wide = [0xff, 0x08].repeat(20_000);
        for (tail, at, why) in [
            (&b""[..], 0, "ends too early"),
            (&[0x09], 0, "no operation 0x09"),
            (&[0xf0, 0x00], 0, "without bytes"),
            (&[0xf0, 0x81, 0x20], 1, "4097 bytes where 4096"),
            (&deep, 256, "operations without an end"),
            (&wide, 0, ""),
            (&[0x00, 1, 2, 3, 4, 5, 6, 7, 8, 0, 9], 10, "after the end"),
            (&[&[0x00], &BITCOIN[..], &[2, 5, 5]].concat(), 11, "after the end of a word"),
            (&[&[0x00], &PENDING[..], &[3, 2, b'a', b'?']].concat(), 10, "no calendar has"),
        ] {
            let (place, said) = Proof::read(&[&head, tail].concat()).expect_err(why);
            assert!(said.contains(why), "{why}: {said}");
            assert!(why.is_empty() || place == start + at, "{why}: {place} for {}", start + at);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_is_written_again(bytes in proptest::collection::vec(0u8..=255, 0..200)) {
            let raw = [MAGIC, &[1, 8], &[0; 32], &bytes].concat();
            if let Ok(proof) = Proof::read(&raw) {
                assert_eq!(proof.write(), raw);
            }
        }
    }
}
