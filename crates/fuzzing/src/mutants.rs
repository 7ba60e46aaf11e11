//! Mutants of seeds, the same on every machine: a fuzzer for whoever has none.

use std::path::{Path, PathBuf};

/// The largest mutant, in bytes.
const LARGEST: usize = 64 << 10;

/// What stands between things in the formats that are read, or at the edge of a number.
pub const TOKENS: [&[u8]; 38] = [
    b"\0",
    b"\xff",
    b"\n",
    b"\r\n",
    b"\"",
    b",",
    b";",
    b"<",
    b">",
    b"</p>",
    b"<!--",
    b"&#x10FFFF;",
    b"&amp",
    b"{",
    b"}",
    b"[[",
    b"=",
    b"-1",
    b"99999999999999999999",
    b"0000-00-00",
    b"\xe5\xb9\xb4",
    b"\xe8\xad",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    // Of archives, packages, ledgers and proofs.
    b"WARC/1.1\r\n",
    b"\r\n\r\n",
    b"Content-Length: 99999999999999\r\n",
    b"ffffffff\r\n",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"\x0c",
    b"\x30\x84\xff\xff\xff\xff",
    b"\xff\xf0\x01a",
];

/// The seeds of a target, by name: the files of its folder under `fuzz/seeds`.
pub fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| Some((path.clone(), std::fs::read(path).ok()?))).collect()
}

/// An endless row of mutants; equal seeds and an equal number give an equal row.
pub struct Mutants<'s> {
    seeds: &'s [(PathBuf, Vec<u8>)],
    state: u64,
}

impl<'s> Mutants<'s> {
    /// Begins the row with this number. There must be a seed.
    pub fn new(seeds: &'s [(PathBuf, Vec<u8>)], number: u64) -> Self {
        assert!(!seeds.is_empty(), "without a seed there is nothing to change");
        Self { seeds, state: number }
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): no table, no dependency, the same everywhere.
    fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.number() % end as u64) as usize }
    }

    /// A range of the bytes, short ones far more often than long ones.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = 1usize << self.below(12);
        start..(start + self.below(most) + 1).min(length)
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        match self.below(7) {
            0 if length > 0 => {
                let at = self.below(length);
                bytes[at] ^= 1 << self.below(8);
            }
            1 if length > 0 => {
                let at = self.below(length);
                bytes[at] = self.number() as u8;
            }
            2 => drop(bytes.drain(self.range(length))),
            3 => {
                let part = bytes[self.range(length)].to_vec();
                let at = self.below(length + 1);
                bytes.splice(at..at, part);
            }
            4 => bytes.truncate(self.below(length + 1)),
            5 => {
                let other = &self.seeds[self.below(self.seeds.len())].1;
                let part = other[self.range(other.len())].to_vec();
                let at = self.below(length + 1);
                bytes.splice(at..at, part);
            }
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                let at = self.below(length + 1);
                let times = 1 << self.below(5);
                bytes.splice(at..at, token.repeat(times));
            }
        }
    }
}

impl Iterator for Mutants<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.seeds[self.below(self.seeds.len())].1.clone();
        for _ in 0..=self.below(6) {
            self.change(&mut bytes);
        }
        bytes.truncate(LARGEST);
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_is_the_same_each_time_and_its_mutants_differ() {
        let seeds = [(PathBuf::from("a"), b"2019-05-03, Lindelaan 14".to_vec())];
        let row = |number| Mutants::new(&seeds, number).take(50).collect::<Vec<_>>();
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
        let distinct: std::collections::BTreeSet<Vec<u8>> = row(1).into_iter().collect();
        assert!(distinct.len() > 40, "{}", distinct.len());
    }
}
