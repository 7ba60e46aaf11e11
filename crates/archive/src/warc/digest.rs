//! Digests as WARC headers write them: `sha1:` and base32, hex or base64.

use data_encoding::{BASE32, BASE64, HEXLOWER_PERMISSIVE};
use serde::Serialize;
use sha2::Digest as _;

/// What checking one digest gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DigestState {
    /// The bytes have the digest that the header names.
    Ok,
    /// They have another, or the header names none that can be read.
    Failed,
    /// The header has no such field.
    Absent,
    /// It was not asked, or cannot be told from this file alone.
    Unchecked,
}

/// A digest as a header claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// An algorithm that we compute, and the value.
    Known(Algorithm, Vec<u8>),
    /// An algorithm that we do not compute.
    Foreign(String),
    /// No algorithm, or a value that is none of its length.
    Unreadable,
}

/// The digest algorithms that we compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Sha1,
    Sha256,
    Sha512,
}

impl Algorithm {
    fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

/// Reads a header's value.
pub(crate) fn claimed(value: &str) -> Claimed {
    let Some((name, text)) = value.split_once(':') else { return Claimed::Unreadable };
    let name = name.trim().to_ascii_lowercase();
    let algorithm = match name.as_str() {
        "sha1" | "sha-1" => Algorithm::Sha1,
        "sha256" | "sha-256" => Algorithm::Sha256,
        "sha512" | "sha-512" => Algorithm::Sha512,
        "" => return Claimed::Unreadable,
        _ if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => return Claimed::Foreign(name),
        _ => return Claimed::Unreadable,
    };
    match decode(text.trim(), algorithm.length()) {
        Some(bytes) => Claimed::Known(algorithm, bytes),
        None => Claimed::Unreadable,
    }
}

/// Tells the spelling by its length: hex, base32 and base64 of one digest differ in it.
fn decode(text: &str, length: usize) -> Option<Vec<u8>> {
    let spellings: [Option<Vec<u8>>; 3] = [
        HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok(),
        BASE32.decode(padded(&text.to_ascii_uppercase(), 8).as_bytes()).ok(),
        BASE64.decode(padded(text, 4).as_bytes()).ok(),
    ];
    spellings.into_iter().flatten().find(|bytes| bytes.len() == length)
}

fn padded(text: &str, to: usize) -> String {
    let bare = text.trim_end_matches('=');
    let missing = (to - bare.len() % to) % to;
    format!("{bare}{}", "=".repeat(missing))
}

/// Hashes a stream with the one algorithm that its claim needs.
#[derive(Clone)]
pub(crate) enum Hasher {
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
    Sha512(sha2::Sha512),
    Idle,
}

impl Hasher {
    /// The hasher for a claim; idle where there is nothing to compare with.
    pub(crate) fn of(claim: Option<&Claimed>) -> Self {
        match claim {
            Some(Claimed::Known(Algorithm::Sha1, _)) => Self::Sha1(sha1::Sha1::new()),
            Some(Claimed::Known(Algorithm::Sha256, _)) => Self::Sha256(sha2::Sha256::new()),
            Some(Claimed::Known(Algorithm::Sha512, _)) => Self::Sha512(sha2::Sha512::new()),
            _ => Self::Idle,
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(hash) => hash.update(bytes),
            Self::Sha256(hash) => hash.update(bytes),
            Self::Sha512(hash) => hash.update(bytes),
            Self::Idle => {}
        }
    }

    /// Whether the stream had the claimed value.
    pub(crate) fn agrees(self, claim: &Claimed) -> bool {
        let Claimed::Known(_, value) = claim else { return false };
        match self {
            Self::Sha1(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha256(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha512(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Idle => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_digest_are_one_claim() {
        let hex = claimed("sha-1:a9993e364706816aba3e25717850c26c9cd0d89d");
        for same in [
            "SHA1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5",
            "sha1: qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        ] {
            assert_eq!(claimed(same), hex, "{same}");
        }
        let mut hasher = Hasher::of(Some(&hex));
        hasher.update(b"abc");
        assert!(hasher.agrees(&hex));
    }

    #[test]
    fn what_is_no_digest_is_told_apart() {
        assert_eq!(claimed("md5:900150983cd24fb0d6963f7d28e17f72"), Claimed::Foreign("md5".into()));
        for bad in ["", ":", "sha1", "sha1:abc", "sha256:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "    :"] {
            assert_eq!(claimed(bad), Claimed::Unreadable, "{bad}");
        }
    }
}
