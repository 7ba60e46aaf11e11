//! Headers of Bitcoin blocks that a verifier brought: 80 bytes each, the only
//! part of the chain that a proof needs.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

const LENGTH: usize = 80;

/// The hash of the first block, as its bytes stand.
const GENESIS: [u8; 32] = [
    0x6f, 0xe2, 0x8c, 0x0a, 0xb6, 0xf1, 0xb3, 0x72, 0xc1, 0xa6, 0xa2, 0x46, 0xae, 0x63, 0xf7, 0x4f, 0x93,
    0x1e, 0x83, 0x65, 0xe1, 0x5a, 0x08, 0x9c, 0x68, 0xd6, 0x19, 0x00, 0x00, 0x00, 0x00, 0x00,
];

/// The easiest target that Bitcoin ever allowed, in its compact form.
const EASIEST: u32 = 0x1d00_ffff;

/// Block headers with their heights, where those are known.
#[derive(Clone, Debug, Default)]
pub struct Headers {
    by_height: BTreeMap<u64, [u8; LENGTH]>,
    /// The headers of a file that begins with the first block, one behind the other.
    chain: Vec<u8>,
    loose: Vec<[u8; LENGTH]>,
}

impl Headers {
    /// Reads a file of headers. Three forms: 80 bytes each, one behind the
    /// other (heights are known where the file begins with the first block);
    /// lines of 160 hex digits; the same with the height and a space before.
    ///
    /// # Errors
    /// In words, with the line, when it is none of these.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes)
            .ok()
            .filter(|text| text.bytes().all(|b| !b.is_ascii_control() || b.is_ascii_whitespace()));
        if let Some(text) = text {
            return Self::lines(text);
        }
        let (all, rest) = bytes.as_chunks::<LENGTH>();
        if !rest.is_empty() || all.is_empty() {
            return Err(format!("{} bytes are no whole number of headers of {LENGTH} bytes", bytes.len()));
        }
        Ok(match all.first().map(hash) {
            Some(GENESIS) => Self { chain: bytes.to_vec(), ..Self::default() },
            _ => Self { loose: all.to_vec(), ..Self::default() },
        })
    }

    fn lines(text: &str) -> Result<Self, String> {
        let mut headers = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || {
                format!(
                    "line {} is no block header: it has 160 hex digits, and its height before them if it is known",
                    number + 1
                )
            };
            let (height, hex) = match line.split_once(char::is_whitespace) {
                Some((height, hex)) => (Some(height.parse::<u64>().map_err(|_| wrong())?), hex.trim()),
                None => (None, line),
            };
            let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).map_err(|_| wrong())?;
            let header: [u8; LENGTH] = bytes.try_into().map_err(|_| wrong())?;
            match height {
                Some(height) => drop(headers.by_height.insert(height, header)),
                None => headers.loose.push(header),
            }
        }
        if headers.is_empty() { Err("no block header in it".into()) } else { Ok(headers) }
    }

    /// Whether none was brought.
    pub fn is_empty(&self) -> bool {
        self.by_height.is_empty() && self.chain.is_empty() && self.loose.is_empty()
    }

    /// What they say of a block of this height with this merkle root.
    pub(crate) fn ask(&self, height: u64, root: &[u8]) -> Block {
        let at = usize::try_from(height).ok().and_then(|height| height.checked_mul(LENGTH));
        let in_chain = at.and_then(|at| self.chain.get(at..)?.first_chunk::<LENGTH>());
        if let Some(header) = self.by_height.get(&height).or(in_chain) {
            return if header[36..68] == *root { check(header) } else { Block::Differs };
        }
        self.loose.iter().find(|header| header[36..68] == *root).map_or(Block::Missing, check)
    }
}

/// What headers say of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// It has this merkle root; mined at this time (seconds since 1970).
    Agrees { time: u64, hash: String },
    /// It has another one.
    Differs,
    /// The header says it was mined, but its hash is above its own target.
    NoWork,
    /// Its target is easier than Bitcoin ever allowed: some test network's.
    TooEasy { time: u64 },
    /// No header of it was brought.
    Missing,
}

fn hash(header: &[u8; LENGTH]) -> [u8; 32] {
    Sha256::digest(Sha256::digest(header)).into()
}

fn number(header: &[u8; LENGTH], at: usize) -> u32 {
    header[at..].first_chunk::<4>().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// Whether the work that a header claims was done: its hash, read as a number
/// with the least byte first, is not above its target.
fn check(header: &[u8; LENGTH]) -> Block {
    let (time, bits) = (u64::from(number(header, 68)), number(header, 72));
    let mut hash = hash(header);
    hash.reverse();
    match (target(bits), target(EASIEST)) {
        (Some(target), _) if hash > target => Block::NoWork,
        (None, _) => Block::NoWork,
        (target, easiest) if target > easiest => Block::TooEasy { time },
        _ => Block::Agrees { time, hash: HEXLOWER.encode(&hash) },
    }
}

/// The target of a compact form: one byte of exponent, three of mantissa; the
/// greatest byte first. None for one that is negative or too large.
fn target(bits: u32) -> Option<[u8; 32]> {
    let (exponent, mantissa) = ((bits >> 24) as usize, bits & 0x00ff_ffff);
    if mantissa & 0x0080_0000 != 0 {
        return None;
    }
    let mut target = [0; 32];
    for (number, byte) in mantissa.to_le_bytes().into_iter().take(3).enumerate() {
        // The mantissa's least byte stands at 256^(exponent - 3).
        let Some(place) = (exponent + number).checked_sub(3) else { continue };
        match 31usize.checked_sub(place) {
            Some(place) => target[place] = byte,
            None if byte == 0 => {}
            None => return None,
        }
    }
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first block of Bitcoin, 2009-01-03.
    pub(crate) const FIRST: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    #[test]
    fn the_first_block_is_read_in_every_form() {
        let bytes = HEXLOWER.decode(FIRST.as_bytes()).expect("hex");
        let root = bytes[36..68].to_vec();
        let agrees = Block::Agrees {
            time: 1_231_006_505,
            hash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f".into(),
        };
        for form in [
            bytes.clone(),
            FIRST.into(),
            format!("# hoogte en kop\n0 {}\n", FIRST.to_uppercase()).into_bytes(),
        ] {
            let headers = Headers::read(&form).expect("headers");
            assert_eq!(headers.ask(0, &root), agrees);
            assert_ne!(headers.ask(0, &[0; 32]), agrees);
            assert!(matches!(headers.ask(1, &[0; 32]), Block::Missing));
        }
        let known = Headers::read(&bytes).expect("a chain");
        assert_eq!(known.ask(0, &[0; 32]), Block::Differs, "the height of the first is known");
        for bad in [&b""[..], b"0 abcd", b"x 00", &bytes[..79], &FIRST.as_bytes()[1..]] {
            assert!(Headers::read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_header_without_its_work_proves_nothing() {
        let mut bytes = HEXLOWER.decode(FIRST.as_bytes()).expect("hex");
        let root = bytes[36..68].to_vec();
        let ask =
            |bytes: &[u8]| Headers::read(HEXLOWER.encode(bytes).as_bytes()).expect("a header").ask(0, &root);
        bytes[68] ^= 1;
        assert_eq!(ask(&bytes), Block::NoWork, "another time, another hash");
        bytes[72..76].copy_from_slice(&0x207f_ffffu32.to_le_bytes());
        while ask(&bytes) == Block::NoWork {
            bytes[76] = bytes[76].wrapping_add(1);
        }
        assert!(matches!(ask(&bytes), Block::TooEasy { .. }), "a test network's target");
    }

    #[test]
    fn targets_are_what_their_compact_form_says() {
        let hex =
            |bits| target(bits).map(|target| HEXLOWER.encode(&target).trim_start_matches('0').to_owned());
        assert_eq!(
            hex(0x1d00_ffff).as_deref(),
            Some("ffff0000000000000000000000000000000000000000000000000000")
        );
        assert_eq!(hex(0x0312_3456).as_deref(), Some("123456"));
        assert_eq!(hex(0x0112_3456).as_deref(), Some("12"));
        assert_eq!(hex(0x2112_3456), None);
        assert_eq!(hex(0x0480_0000), None);
        assert_eq!(hex(0xff00_0001), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes in proptest::collection::vec(0u8..=255, 0..200), height: u64, bits: u32) {
            let _ = (Headers::read(&bytes), target(bits));
            bytes.resize(160, 7);
            let root = bytes[36..68].to_vec();
            let _ = Headers::read(&bytes).map(|headers| headers.ask(height, &root));
        }
    }
}
