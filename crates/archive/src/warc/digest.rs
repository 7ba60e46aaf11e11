//! Digests as WARC headers write them: `sha1:` and base32, hex or base64.

use data_encoding::{BASE32, BASE64, BASE64URL, HEXLOWER_PERMISSIVE};
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

/// The digest algorithms that tools write: Heritrix and wget SHA-1, browsers'
/// crawlers SHA-256, the Internet Archive's newest BLAKE3, older ones MD5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Blake3,
}

impl Algorithm {
    fn of(name: &str) -> Option<Self> {
        Some(match name.replace(['-', '_'], "").as_str() {
            "md5" => Self::Md5,
            "sha1" => Self::Sha1,
            "sha224" => Self::Sha224,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            "blake3" => Self::Blake3,
            _ => return None,
        })
    }

    /// Bytes of its value.
    fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 | Self::Blake3 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// Reads a header's value.
pub(crate) fn claimed(value: &str) -> Claimed {
    let Some((name, text)) = value.split_once(':') else { return Claimed::Unreadable };
    let name = name.trim().to_ascii_lowercase();
    let Some(algorithm) = Algorithm::of(&name) else {
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        return if named { Claimed::Foreign(name) } else { Claimed::Unreadable };
    };
    match decode(text.trim(), algorithm.length()) {
        Some(bytes) => Claimed::Known(algorithm, bytes),
        None => Claimed::Unreadable,
    }
}

/// Tells the spelling by its length: hex, base32 and base64 of one digest differ in it.
fn decode(text: &str, length: usize) -> Option<Vec<u8>> {
    let spellings: [Option<Vec<u8>>; 4] = [
        HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok(),
        BASE32.decode(padded(&text.to_ascii_uppercase(), 8).as_bytes()).ok(),
        BASE64.decode(padded(text, 4).as_bytes()).ok(),
        BASE64URL.decode(padded(text, 4).as_bytes()).ok(),
    ];
    spellings.into_iter().flatten().find(|bytes| bytes.len() == length)
}

fn padded(text: &str, to: usize) -> String {
    let bare = text.trim_end_matches('=');
    let missing = (to - bare.len() % to) % to;
    format!("{bare}{}", "=".repeat(missing))
}

/// Hashes a stream with the one algorithm that its claim needs.
pub(crate) enum Hasher {
    Md5(md5::Md5),
    Sha1(sha1::Sha1),
    Sha224(sha2::Sha224),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
    Blake3(Box<blake3::Hasher>),
    /// There is nothing to compare with.
    Idle,
}

impl Hasher {
    /// The hasher for a claim.
    pub(crate) fn of(claim: Option<&Claimed>) -> Self {
        let Some(Claimed::Known(algorithm, _)) = claim else { return Self::Idle };
        match algorithm {
            Algorithm::Md5 => Self::Md5(md5::Md5::new()),
            Algorithm::Sha1 => Self::Sha1(sha1::Sha1::new()),
            Algorithm::Sha224 => Self::Sha224(sha2::Sha224::new()),
            Algorithm::Sha256 => Self::Sha256(sha2::Sha256::new()),
            Algorithm::Sha384 => Self::Sha384(sha2::Sha384::new()),
            Algorithm::Sha512 => Self::Sha512(sha2::Sha512::new()),
            Algorithm::Blake3 => Self::Blake3(Box::default()),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Md5(hash) => hash.update(bytes),
            Self::Sha1(hash) => hash.update(bytes),
            Self::Sha224(hash) => hash.update(bytes),
            Self::Sha256(hash) => hash.update(bytes),
            Self::Sha384(hash) => hash.update(bytes),
            Self::Sha512(hash) => hash.update(bytes),
            Self::Blake3(hash) => {
                hash.update(bytes);
            }
            Self::Idle => {}
        }
    }

    /// Whether the stream had the claimed value.
    pub(crate) fn agrees(self, claim: &Claimed) -> bool {
        let Claimed::Known(_, value) = claim else { return false };
        match self {
            Self::Md5(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha1(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha224(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha256(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha384(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Sha512(hash) => hash.finalize().as_slice() == value.as_slice(),
            Self::Blake3(hash) => hash.finalize().as_bytes().as_slice() == value.as_slice(),
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
            "sha-1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0",
        ] {
            assert_eq!(claimed(same), hex, "{same}");
        }
        let mut hasher = Hasher::of(Some(&hex));
        hasher.update(b"abc");
        assert!(hasher.agrees(&hex));
    }

    #[test]
    fn algorithms_met_in_the_wild_are_computed() {
        // Values of “abc” from RFC 1321, FIPS 180-4 and the BLAKE3 test program.
        for value in [
            "md5:900150983cd24fb0d6963f7d28e17f72",
            "MD5:SAAVBGB42JH3BVUWH56SRYL7OI",
            "sha-224:23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "sha-256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====",
            "sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            "blake3:6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
        ] {
            let claim = claimed(value);
            let mut hasher = Hasher::of(Some(&claim));
            hasher.update(b"ab");
            hasher.update(b"c");
            assert!(hasher.agrees(&claim), "{value}");
        }
    }

    #[test]
    fn what_is_no_digest_is_told_apart() {
        assert_eq!(claimed("tiger:900150983cd24fb0d6963f7d28e17f72"), Claimed::Foreign("tiger".into()));
        for bad in ["", ":", "sha1", "sha1:abc", "sha256:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "    :"] {
            assert_eq!(claimed(bad), Claimed::Unreadable, "{bad}");
        }
    }
}
