//! DER taken apart (X.690), element by element, each with its place.
//!
//! Only what stamps are made of: one-byte tags and definite lengths. What BER
//! allows beyond that is told apart from what is broken, for a token in BER
//! may be sound and is only not judged here.

use x509_cert::der::oid::ObjectIdentifier;

/// A stretch has a handful of elements; more is an attack on time.
const MOST: usize = 256;

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const MOMENT: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// Why bytes are no DER, with the byte where that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoDer {
    /// They are nothing at all.
    Broken(usize, String),
    /// They may be BER, which is not read here.
    Ber(usize),
}

/// One element. `at` is its place in the whole file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) tag: u8,
    pub(crate) at: usize,
    /// Tag, length and content as they stand.
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
}

impl<'a> Node<'a> {
    /// The element that `bytes` begins with; `at` is where `bytes` lies in the file.
    pub(crate) fn first(bytes: &'a [u8], at: usize) -> Result<Self, NoDer> {
        let cut = || NoDer::Broken(at, "an element that is cut".into());
        let (&tag, &first) = (bytes.first().ok_or_else(cut)?, bytes.get(1).ok_or_else(cut)?);
        if tag & 0x1f == 0x1f {
            return Err(NoDer::Ber(at));
        }
        let (head, length) = match first {
            0..=0x7f => (2, usize::from(first)),
            0x80 => return Err(NoDer::Ber(at)),
            0x81..=0x84 => {
                let digits = bytes.get(2..2 + usize::from(first & 0x7f)).ok_or_else(cut)?;
                let length = digits.iter().fold(0, |length, &byte| length << 8 | usize::from(byte));
                // DER has the shortest form only.
                if length < 0x80 || digits.first() == Some(&0) {
                    return Err(NoDer::Ber(at));
                }
                (2 + digits.len(), length)
            }
            _ => return Err(NoDer::Broken(at, "a length that no file has".into())),
        };
        let end = head.checked_add(length).ok_or_else(cut)?;
        let whole = bytes.get(..end).ok_or_else(cut)?;
        Ok(Self { tag, at, whole, content: &whole[head..] })
    }

    /// The one element that fills `bytes`.
    pub(crate) fn only(bytes: &'a [u8], at: usize) -> Result<Self, NoDer> {
        let node = Self::first(bytes, at)?;
        let end = node.whole.len();
        if end < bytes.len() {
            return Err(NoDer::Broken(at + end, "bytes after the end".into()));
        }
        Ok(node)
    }

    /// Its content as a row of elements.
    pub(crate) fn parts(&self) -> Parts<'a> {
        Parts { rest: self.content, at: self.at + self.whole.len() - self.content.len(), taken: 0 }
    }

    /// Its content as an object identifier.
    pub(crate) fn oid(&self) -> Result<ObjectIdentifier, NoDer> {
        ObjectIdentifier::from_bytes(self.content)
            .map_err(|_| NoDer::Broken(self.at, "no object identifier".into()))
    }

    /// Its content as a number that is not negative, without leading zeros.
    pub(crate) fn number(&self) -> Result<&'a [u8], NoDer> {
        match self.content {
            [] => Err(NoDer::Broken(self.at, "a number without digits".into())),
            [0x80..=0xff, ..] => Err(NoDer::Broken(self.at, "a number below zero".into())),
            [0, rest @ ..] => Ok(rest),
            digits => Ok(digits),
        }
    }

    /// A number that fits 32 bits.
    pub(crate) fn small(&self) -> Result<u32, NoDer> {
        let digits = self.number()?;
        if digits.len() > 4 {
            return Err(NoDer::Broken(self.at, "a number that is too large".into()));
        }
        Ok(digits.iter().fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }
}

/// The elements of a stretch, taken from its front.
pub(crate) struct Parts<'a> {
    rest: &'a [u8],
    at: usize,
    taken: usize,
}

impl<'a> Parts<'a> {
    /// The next element whatever it is; none at the end.
    pub(crate) fn any(&mut self) -> Result<Option<Node<'a>>, NoDer> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        if self.taken == MOST {
            return Err(NoDer::Broken(self.at, format!("more than {MOST} elements")));
        }
        let node = Node::first(self.rest, self.at)?;
        self.rest = &self.rest[node.whole.len()..];
        self.at += node.whole.len();
        self.taken += 1;
        Ok(Some(node))
    }

    /// The next element, which has to have this tag.
    pub(crate) fn take(&mut self, tag: u8, what: &str) -> Result<Node<'a>, NoDer> {
        let at = self.at;
        match self.any()? {
            Some(node) if node.tag == tag => Ok(node),
            // A string in pieces is BER.
            Some(node) if node.tag == tag | 0x20 => Err(NoDer::Ber(at)),
            _ => Err(NoDer::Broken(at, format!("no {what} where one has to be"))),
        }
    }

    /// The next element, if it has this tag.
    pub(crate) fn maybe(&mut self, tag: u8) -> Result<Option<Node<'a>>, NoDer> {
        if self.rest.first() == Some(&tag) { self.any() } else { Ok(None) }
    }

    /// All that are left.
    pub(crate) fn all(mut self) -> Result<Vec<Node<'a>>, NoDer> {
        let mut nodes = Vec::new();
        while let Some(node) = self.any()? {
            nodes.push(node);
        }
        Ok(nodes)
    }

    /// Says so when something is left.
    pub(crate) fn end(&self) -> Result<(), NoDer> {
        match self.rest {
            [] => Ok(()),
            _ => Err(NoDer::Broken(self.at, "more elements than there may be".into())),
        }
    }
}

/// An element of these parts: what a request is put together from.
pub(crate) fn encode(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut bytes = vec![tag];
    if length < 0x80 {
        bytes.push(length as u8);
    } else {
        let digits = length.to_be_bytes();
        let from = digits.iter().position(|&digit| digit != 0).unwrap_or(digits.len() - 1);
        bytes.push(0x80 | (digits.len() - from) as u8);
        bytes.extend(&digits[from..]);
    }
    parts.iter().for_each(|part| bytes.extend(*part));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ber_is_told_apart_from_what_is_broken() {
        let read = |bytes: &[u8]| Node::only(bytes, 10).map(|node| node.content.to_vec());
        assert_eq!(read(&[0x04, 2, 1, 2]), Ok(vec![1, 2]));
        assert_eq!(read(&[0x04, 0x80, 1, 0, 0]), Err(NoDer::Ber(10)), "no length");
        assert_eq!(read(&[0x04, 0x81, 2, 1, 2]), Err(NoDer::Ber(10)), "a length longer than need be");
        assert_eq!(read(&[0x04, 3, 1, 2]), Err(NoDer::Broken(10, "an element that is cut".into())));
        assert_eq!(read(&[0x04, 1, 1, 2]), Err(NoDer::Broken(13, "bytes after the end".into())));
        let pieces = [0x30, 5, 0x24, 3, 0x04, 1, 7];
        let mut parts = Node::only(&pieces, 0).expect("a sequence").parts();
        assert_eq!(parts.take(OCTETS, "text").map(|node| node.at), Err(NoDer::Ber(2)));
    }

    #[test]
    fn what_is_encoded_is_read_again() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let content = vec![7; length];
            let bytes = encode(OCTETS, &[&content]);
            assert_eq!(Node::only(&bytes, 0).expect("DER").content, content, "{length}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..=255, 0..100)) {
            if let Ok(node) = Node::first(&bytes, 0) {
                let _ = (node.parts().all(), node.number(), node.small(), node.oid());
            }
        }
    }
}
