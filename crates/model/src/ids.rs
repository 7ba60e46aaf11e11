//! Ids: a prefix and 32 hex digits of a SHA-256 (COMMANDS.md, *Ids*).

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Hashes bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Hashes parts so that no two different lists of parts give one digest:
    /// each part is preceded by its length.
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The 64 lower-case hex digits.
    pub fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// Reads 64 hex digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}
impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}
impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.hex())
    }
}
impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(d)?;
        Self::from_hex(&hex).ok_or_else(|| serde::de::Error::custom("not 64 hex digits"))
    }
}

/// A string that is no id of the wanted kind.
#[derive(Debug, thiserror::Error)]
#[error("“{found}” is not an id of the form {prefix} and 32 hex digits")]
pub struct IdError {
    /// The prefix that was expected.
    pub prefix: &'static str,
    /// What stood there.
    pub found: String,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The letters in front of the digits.
            pub const PREFIX: &'static str = $prefix;

            /// Takes the first 16 bytes of a digest.
            pub fn from_digest(digest: &Digest) -> Self {
                let mut half = [0; 16];
                half.copy_from_slice(&digest.0[..16]);
                Self(half)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, data_encoding::HEXLOWER.encode(&self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let wrong = || IdError { prefix: $prefix, found: text.to_owned() };
                let hex = text.strip_prefix($prefix).ok_or_else(wrong)?;
                let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).map_err(|_| wrong())?;
                Ok(Self(bytes.try_into().map_err(|_| wrong())?))
            }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(/// Payload bytes, decoded of transfer and content coding.
    DocumentId, "doc-");
id!(/// Document, URI and WARC-Date.
    CaptureId, "cap-");
id!(/// Document, exact string and its number among equals.
    QuoteId, "quo-");
id!(/// Lens, subject key, predicate and object key.
    ClaimId, "clm-");
id!(/// The smallest quote inside; any quote inside leads there too.
    PostId, "pos-");
id!(/// The smallest quote inside; any quote inside leads there too.
    EntityId, "ent-");
id!(/// The sorted documents, and for a stub the key of what was read beside them.
    OriginId, "ori-");
id!(/// Two ids, sorted.
    PairId, "pair-");
id!(/// A register's bytes and its as-of day.
    RegisterId, "reg-");
id!(/// A ledger entry.
    DecisionId, "dec-");

impl DocumentId {
    /// The id of a payload.
    pub fn of_payload(payload: &[u8]) -> Self {
        Self::from_digest(&Digest::of(payload))
    }

    /// The 32 hex digits alone.
    pub fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }
}
impl CaptureId {
    /// The id of a document as received from `uri` at `date` (WARC-Date).
    pub fn of(document: &DocumentId, uri: &str, date: &str) -> Self {
        Self::from_digest(&Digest::of_parts(&[&document.0, uri.as_bytes(), date.as_bytes()]))
    }
}
impl QuoteId {
    /// The id of the `number`-th (from 0) occurrence of `exact` in `document`.
    pub fn of(document: &DocumentId, exact: &str, number: u32) -> Self {
        Self::from_digest(&Digest::of_parts(&[&document.0, exact.as_bytes(), &number.to_be_bytes()]))
    }
}
impl ClaimId {
    /// The id of a statement of a lens.
    pub fn of(lens: &str, subject: &str, predicate: &str, object: &str) -> Self {
        Self::from_digest(&Digest::of_parts(&[
            lens.as_bytes(),
            subject.as_bytes(),
            predicate.as_bytes(),
            object.as_bytes(),
        ]))
    }
}
impl PostId {
    /// The id of the post whose smallest quote this is.
    pub fn from_quote(quote: &QuoteId) -> Self {
        Self(quote.0)
    }

    /// The quote of the same digits.
    pub fn quote(&self) -> QuoteId {
        QuoteId(self.0)
    }
}
impl EntityId {
    /// The id of the entity whose smallest quote this is.
    pub fn from_quote(quote: &QuoteId) -> Self {
        Self(quote.0)
    }
}
impl OriginId {
    /// The id of an origin: its documents in order, and for a stub the key of
    /// what was read (`unnamed` where the report does not name it).
    pub fn of(documents: &[DocumentId], stub: Option<&str>) -> Self {
        let mut sorted: Vec<_> = documents.to_vec();
        sorted.sort();
        sorted.dedup();
        let mut parts: Vec<&[u8]> = sorted.iter().map(|d| d.0.as_slice()).collect();
        if let Some(key) = stub {
            parts.push(key.as_bytes());
        }
        Self::from_digest(&Digest::of_parts(&parts))
    }
}
impl PairId {
    /// The id of a pair; the order of the two does not matter.
    pub fn of(a: &str, b: &str) -> Self {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        Self::from_digest(&Digest::of_parts(&[low.as_bytes(), high.as_bytes()]))
    }
}
impl RegisterId {
    /// The id of a register: the file's bytes, its name and as-of day (one file may hold several).
    pub fn of(bytes: &[u8], name: &str, as_of: &str) -> Self {
        Self::from_digest(&Digest::of_parts(&[bytes, name.as_bytes(), as_of.as_bytes()]))
    }
}
impl DecisionId {
    /// The id of the ledger entry with this line.
    pub fn of_line(line: &[u8]) -> Self {
        Self::from_digest(&Digest::of(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_id_is_the_first_half_of_the_payload_digest() {
        let id = DocumentId::of_payload(b"abc");
        assert_eq!(id.to_string(), "doc-ba7816bf8f01cfea414140de5dae2223");
        assert_eq!(id.to_string().parse::<DocumentId>().expect("own spelling"), id);
        assert!("cap-ba7816bf8f01cfea414140de5dae2223".parse::<DocumentId>().is_err());
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(Digest::of_parts(&[b"ab", b"c"]), Digest::of_parts(&[b"a", b"bc"]));
        assert_eq!(PairId::of("a", "b"), PairId::of("b", "a"));
    }
}
