//! A text as comparing sees it: folded letters and digits, and their shingles.

use super::WINDOW;
use super::runs::letter;
use plainsight_model::Span;
use plainsight_text::{fold, fold_with_map, is_han};
use std::borrow::Cow;

/// Letters beyond this are not compared: a bound on time and memory that no
/// page of a newspaper comes near.
const MOST_LETTERS: usize = 400_000;
/// A shingle is 4 Han characters or 7 others: Han weigh two, others one, and
/// a shingle ends at this weight, so that mixed texts need no borders.
const SHINGLE_WEIGHT: u32 = 7;
/// Lines at the head and at the tail that may be a site's frame.
const EDGE_LINES: usize = 3;

/// A folded text with its shingles.
pub(super) struct Text {
    /// Letters and digits of the fold.
    pub letters: Vec<char>,
    /// The hash of the shingle that starts at each letter.
    pub hashes: Vec<u32>,
    /// Shingles that belong to the frame of a site.
    pub chrome: Vec<bool>,
    /// Read from a picture.
    pub ocr: bool,
    from: Places,
}

/// The code points of the source behind each letter: start and end.
#[derive(Clone, PartialEq)]
pub(super) struct Places(Vec<(u32, u32)>);

impl Places {
    /// The code points of the source behind a range of letters.
    pub fn span(&self, letters: &std::ops::Range<usize>) -> Span {
        let first = self.0.get(letters.start);
        match (first, letters.end.checked_sub(1).and_then(|last| self.0.get(last))) {
            (Some(first), Some(last)) if !letters.is_empty() => Span::new(first.0 as usize, last.1 as usize),
            _ => Span::new(0, 0),
        }
    }
}

impl Text {
    pub fn new(source: &str, ocr: bool) -> Self {
        let (letters, from) = letters(source);
        let hashes = hash_shingles(&letters);
        let chrome = vec![false; hashes.len()];
        Self { letters, hashes, chrome, ocr, from }
    }

    /// The places of the letters in another source with the same letters as the `first`.
    pub fn of(&self, source: &str, first: &str) -> Cow<'_, Places> {
        if source == first { Cow::Borrowed(&self.from) } else { Cow::Owned(letters(source).1) }
    }

    /// Its fingerprints, chrome left out.
    pub fn prints(&self) -> Vec<Print> {
        fingerprints(&self.hashes, &self.chrome, WINDOW, |at| letter(self.letters[at]))
    }

    /// Every shingle that is no chrome with its place, by hash.
    pub fn places(&self) -> Vec<(u32, u32)> {
        let mut places: Vec<(u32, u32)> = (self.hashes.iter().zip(&self.chrome).enumerate())
            .filter(|(_, (_, chrome))| !**chrome)
            .map(|(at, (hash, _))| (*hash, at as u32))
            .collect();
        places.sort_unstable();
        places
    }

    /// The distinct shingles that are no chrome, sorted.
    pub fn clean(&self) -> Vec<u32> {
        let mut set: Vec<u32> = self
            .hashes
            .iter()
            .zip(&self.chrome)
            .filter(|(_, chrome)| !**chrome)
            .map(|(hash, _)| *hash)
            .collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// The shingles of the lines that are not among `frame`, sorted.
    pub fn without_lines(&self, source: &str, frame: &dyn Fn(&str) -> bool) -> Vec<u32> {
        let mut set = Vec::new();
        let mut at = 0u32;
        for line in source.split('\n') {
            let end = at + line.chars().count() as u32;
            if !frame(&bare(line)) {
                let first = self.from.0.partition_point(|f| f.0 < at);
                let last = self.from.0.partition_point(|f| f.0 < end).min(self.hashes.len());
                set.extend_from_slice(self.hashes.get(first..last).unwrap_or(&[]));
            }
            at = end + 1;
        }
        set
    }
}

/// The lines at head and tail, folded, without repeats; too short ones say nothing.
pub(super) fn edge_lines(source: &str) -> Vec<String> {
    let lines: Vec<&str> = source.split('\n').filter(|line| !line.trim().is_empty()).collect();
    let head = lines.iter().take(EDGE_LINES);
    let tail = lines.iter().rev().take(EDGE_LINES);
    let mut edges: Vec<String> = head
        .chain(tail)
        .map(|line| bare(line))
        .filter(|line| line.chars().map(weight).sum::<u32>() >= SHINGLE_WEIGHT)
        .collect();
    edges.sort();
    edges.dedup();
    edges
}

/// The letters and digits of a line's fold.
fn bare(line: &str) -> String {
    fold(line).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn letters(source: &str) -> (Vec<char>, Places) {
    let folded = fold_with_map(source);
    let mut letters = Vec::new();
    let mut from = Vec::new();
    for (at, c) in folded.text.chars().enumerate() {
        if c.is_alphanumeric() {
            let (start, end) = folded.source(at, at + 1);
            letters.push(c);
            from.push((start as u32, end as u32));
            if letters.len() == MOST_LETTERS {
                break;
            }
        }
    }
    (letters, Places(from))
}

fn weight(c: char) -> u32 {
    if is_han(c) { 2 } else { 1 }
}

fn hash_shingles(letters: &[char]) -> Vec<u32> {
    let mut hashes = Vec::with_capacity(letters.len());
    let (mut end, mut sum) = (0, 0);
    for start in 0..letters.len() {
        while end < letters.len() && sum < SHINGLE_WEIGHT {
            sum += weight(letters[end]);
            end += 1;
        }
        if sum < SHINGLE_WEIGHT {
            break;
        }
        hashes.push(hash(&letters[start..end]));
        sum -= weight(letters[start]);
    }
    hashes
}

/// FNV-1a over code points with the finishing steps of MurmurHash3, both from their published descriptions.
fn hash(letters: &[char]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for &c in letters {
        h = (h ^ u64::from(c as u32)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (h ^ (h >> 33)) as u32
}

/// A fingerprint: a shingle that was chosen, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    /// The shingle's hash.
    pub hash: u32,
    /// Its number in the text.
    pub at: u32,
    /// How heavy its first letter is in a run.
    pub weight: u32,
}

/// The smallest hash of every `window` neighbours, the last one of equals
/// (winnowing: Schleimer, Wilkerson, Aiken 2003), chrome left out, by place.
/// `weight` tells how heavy the letter at a place is.
pub(super) fn fingerprints(
    hashes: &[u32],
    chrome: &[bool],
    window: usize,
    weight: impl Fn(usize) -> u32,
) -> Vec<Print> {
    let mut chosen: Vec<Print> = Vec::new();
    let mut start = 0;
    for run in chrome.split(|chrome| *chrome) {
        let end = start + run.len();
        for first in start..(end + 1).saturating_sub(window).max((start + 1).min(end)) {
            let part = first..(first + window).min(end);
            let smallest = part
                .clone()
                .filter_map(|at| Some((*hashes.get(at)?, at)))
                .min_by_key(|&(hash, at)| (hash, std::cmp::Reverse(at)));
            if let Some((hash, at)) = smallest {
                let print = Print { hash, at: at as u32, weight: weight(at) };
                if chosen.last() != Some(&print) {
                    chosen.push(print);
                }
            }
        }
        start = end + 1;
    }
    chosen
}

/// How many elements two sorted sets share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}
