//! Many strings that are sought in a text at once.
//!
//! An automaton over a hundred thousand terms takes longer to build than most pages take to be looked
//! through. Sorted strings are a trie already: those that begin with the same two characters stand side by
//! side, a table leads to them, and each further character of the text narrows the range.

use std::collections::HashMap;
use std::ops::Range;

/// In place of the second character of a string that has only one.
const NONE: u32 = u32::MAX;

/// Bits of the first sieve for each beginning: few other beginnings pass it.
const BITS: usize = 32;

/// A spread of close numbers over all bits (Fibonacci hashing: 2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Strings, sorted, with their beginnings.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// The strings one behind the other.
    all: String,
    /// Where each begins in `all`, and the end.
    starts: Vec<u32>,
    /// The strings of each beginning: their numbers.
    beginnings: HashMap<u64, Range<u32>>,
    /// One bit for the hash of each beginning: most places of a text are told here that nothing begins there.
    sieve: Vec<u64>,
    /// Whether a string has only one character.
    single: bool,
}

/// A string of a lexicon in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: its place among all strings, sorted.
    pub number: usize,
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
    /// The code point at which it begins.
    pub start: usize,
}

impl Lexicon {
    /// Takes strings in the order of their bytes, each once; an empty one is never found.
    pub fn new<'s>(sorted: impl IntoIterator<Item = &'s str>) -> Self {
        let mut out = Self { starts: vec![0], ..Self::default() };
        for (number, one) in sorted.into_iter().enumerate() {
            out.all.push_str(one);
            out.starts.push(out.all.len() as u32);
            let mut letters = one.chars();
            let Some(first) = letters.next() else { continue };
            let second = letters.next();
            out.single |= second.is_none();
            let number = number as u32;
            let range = out.beginnings.entry(beginning(first, second)).or_insert_with(|| number..number);
            range.end = number + 1;
        }
        out.sieve = vec![0; (out.beginnings.len() * BITS).next_power_of_two().div_ceil(64)];
        for key in out.beginnings.keys() {
            let (word, bit) = bit(*key, out.sieve.len());
            out.sieve[word] |= bit;
        }
        out
    }

    /// Calls `found` with every string that stands in the text, overlapping ones too, by where they begin,
    /// the shorter before the longer.
    pub fn each(&self, text: &str, mut found: impl FnMut(Entry)) {
        if self.beginnings.is_empty() {
            return;
        }
        let mut letters = text.char_indices();
        let mut next = letters.next();
        let mut start = 0;
        while let Some((from, first)) = next {
            next = letters.next();
            if self.single {
                self.behind(text, from, beginning(first, None), |number, to| {
                    found(Entry { number, from, to, start });
                });
            }
            if let Some((_, second)) = next {
                self.behind(text, from, beginning(first, Some(second)), |number, to| {
                    found(Entry { number, from, to, start });
                });
            }
            start += 1;
        }
    }

    /// The strings of a beginning that stand at `from`.
    fn behind(&self, text: &str, from: usize, key: u64, mut found: impl FnMut(usize, usize)) {
        let (word, bit) = bit(key, self.sieve.len());
        if self.sieve[word] & bit == 0 {
            return;
        }
        let Some(range) = self.beginnings.get(&key) else { return };
        let (mut low, mut high) = (range.start as usize, range.end as usize);
        let rest = &text.as_bytes()[from..];
        let mut length = 0;
        while low < high {
            let first = self.get(low);
            // What all of the range begin with is what its first and last begin with.
            let shared = first.iter().zip(self.get(high - 1)).take_while(|(a, b)| a == b).count();
            if rest.get(length..shared) != Some(&first[length..shared]) {
                return;
            }
            length = shared;
            if first.len() == shared {
                found(low, from + shared);
                low += 1;
                continue;
            }
            let Some(byte) = rest.get(length) else { return };
            let range = low..high;
            low = range.start + partition(&range, |at| self.get(at)[length] < *byte);
            high = range.start + partition(&range, |at| self.get(at)[length] <= *byte);
        }
    }

    fn get(&self, number: usize) -> &[u8] {
        &self.all.as_bytes()[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

/// How many numbers of a range come before the first for which `before` is false.
fn partition(range: &Range<usize>, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low - range.start
}

fn beginning(first: char, second: Option<char>) -> u64 {
    u64::from(first as u32) << 32 | u64::from(second.map_or(NONE, u32::from))
}

/// The word of a sieve and the bit in it for a beginning.
fn bit(key: u64, words: usize) -> (usize, u64) {
    let hash = key.wrapping_mul(SPREAD) >> 32;
    ((hash as usize >> 6) & (words - 1), 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(words: &BTreeSet<String>, text: &str) -> Vec<(usize, usize, usize)> {
        let lexicon = Lexicon::new(words.iter().map(String::as_str));
        let mut out = Vec::new();
        lexicon.each(text, |entry| {
            assert_eq!(text[..entry.from].chars().count(), entry.start);
            out.push((entry.number, entry.from, entry.to));
        });
        out
    }

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn overlapping_and_nested_strings_are_all_found() {
        let words = set(&["站", "警务站", "警务", "务站点", "police", "police station", "station"]);
        let cut = |text: &str| -> Vec<String> {
            found(&words, text).into_iter().map(|(_, from, to)| text[from..to].to_owned()).collect()
        };
        assert_eq!(cut("设警务站点"), ["警务", "警务站", "务站点", "站"]);
        assert_eq!(cut("a police station"), ["police", "police station", "station"]);
        assert_eq!(cut("polic"), Vec::<String>::new());
        assert_eq!(cut(""), Vec::<String>::new());
        assert_eq!(found(&set(&[]), "abc"), []);
        assert_eq!(found(&set(&[""]), "abc"), []);
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(
            words in prop::collection::btree_set("[ab警务站]{1,4}", 0..12),
            text in "[ab警务站é]{0,24}",
        ) {
            let mut wanted = Vec::new();
            for (from, _) in text.char_indices() {
                for (number, word) in words.iter().enumerate() {
                    if text[from..].starts_with(word.as_str()) {
                        wanted.push((number, from, from + word.len()));
                    }
                }
            }
            prop_assert_eq!(found(&words, &text), wanted);
        }
    }
}
