//! Sets and maps of hashes: what is a hash already need not be hashed again.
//!
//! The hash is that of Firefox and rustc (FxHash): a turn and a multiplication for each eight bytes. It tells
//! names, words and lines of one page apart; two that share one cost a wrong number, never more.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by hash.
pub(crate) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Itself>>;
/// A set of hashes.
pub(crate) type HashedSet = HashSet<u64, BuildHasherDefault<Itself>>;

/// The hash of a hash is itself with its halves changed over: a multiplication mixes the upper bits best, and a
/// table looks at the lower ones first.
#[derive(Default)]
pub(crate) struct Itself(u64);

impl Hasher for Itself {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = more(self.0, bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash.rotate_left(32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The hash of a text.
pub(crate) fn hash(text: &str) -> u64 {
    more(0, text.as_bytes())
}

/// The hash of what was hashed before and these bytes behind it.
pub(crate) fn more(before: u64, bytes: &[u8]) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let words = bytes.chunks_exact(8);
    let rest = word(words.remainder());
    mix(words.map(word).fold(mix(before, bytes.len() as u64), mix), rest)
}

/// One step: takes a word into a hash.
pub(crate) fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_there_and_nothing_else() {
        let names: Vec<String> = (0..3000).map(|n| format!("{n} {}", "日".repeat(n % 7))).collect();
        let set: HashedSet = names.iter().map(|name| hash(name)).collect();
        assert_eq!(set.len(), names.len());
        assert!(names.iter().all(|name| set.contains(&hash(name))));
        for other in ["", "3000", "0 日", "\0", "\0\0"] {
            assert!(!set.contains(&hash(other)), "{other:?}");
        }
    }

    #[test]
    fn zeros_at_the_end_count() {
        let zeros: HashedSet = (0..40).map(|n| hash(&"\0".repeat(n))).collect();
        assert_eq!(zeros.len(), 40);
    }
}
