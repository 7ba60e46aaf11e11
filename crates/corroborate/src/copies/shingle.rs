//! A text as comparing sees it: folded letters and digits, and their shingles.

use super::set::Set;
use plainsight_model::Span;
use plainsight_text::{fold_char, is_han};
use std::sync::atomic::{AtomicU32, Ordering};

/// Letters beyond this are not compared: a bound on time and memory that no
/// page of a newspaper comes near.
const MOST_LETTERS: usize = 400_000;
/// A shingle is 4 Han characters or 7 others: Han weigh two, others one, and
/// a shingle ends at this weight, so that mixed texts need no borders.
const SHINGLE_WEIGHT: u32 = 7;
/// Lines at the head and at the tail that may be a site's frame.
const EDGE_LINES: usize = 3;

/// A folded text with its shingles.
///
/// It is made anew whenever it is needed: of a million texts the letters and
/// shingles alone would fill three times the memory that the texts take.
pub(super) struct Text {
    /// Letters and digits of the fold.
    pub letters: Vec<char>,
    /// The hash of the shingle that starts at each letter.
    pub hashes: Vec<u32>,
    /// Shingles that belong to the frame of a site.
    pub chrome: Vec<bool>,
}

impl Text {
    pub fn new(source: &str) -> Self {
        let letters = letters(source);
        let hashes = hash_shingles(&letters);
        let chrome = vec![false; hashes.len()];
        Self { letters, hashes, chrome }
    }

    /// Marks the shingles that are in `frame` (sorted) as chrome.
    pub fn mark(&mut self, frame: &[u32]) {
        for (hash, flag) in self.hashes.iter().zip(self.chrome.iter_mut()) {
            *flag |= frame.binary_search(hash).is_ok();
        }
    }

    /// Its fingerprints, chrome left out.
    pub fn prints(&self) -> Vec<Print> {
        fingerprints(&self.hashes, &self.chrome, |at| if han(self.letters[at]) { 4 } else { 1 })
    }

    /// The shingles that are no chrome, by place.
    pub fn in_order(&self) -> impl Iterator<Item = u32> {
        self.hashes.iter().zip(&self.chrome).filter(|(_, chrome)| !**chrome).map(|(hash, _)| *hash)
    }

    /// The distinct shingles that are no chrome.
    pub fn clean(&self) -> Set {
        Set::new(self.in_order())
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

    /// The shingles of the lines that are not among `frame`.
    pub fn without_lines(&self, source: &str, frame: &dyn Fn(u64) -> bool) -> Vec<u32> {
        let from = Places::of(source).0;
        let mut rest = Vec::new();
        let mut at = 0u32;
        for line in source.split('\n') {
            let end = at + line.chars().count() as u32;
            if !frame(digest(&letters(line))) {
                let first = from.partition_point(|f| f.0 < at);
                let last = from.partition_point(|f| f.0 < end).min(self.hashes.len());
                rest.extend_from_slice(self.hashes.get(first..last).unwrap_or(&[]));
            }
            at = end + 1;
        }
        rest
    }
}

/// The code points of the source behind each letter: start and end.
pub(super) struct Places(Vec<(u32, u32)>);

impl Places {
    pub fn of(source: &str) -> Self {
        let mut places: Vec<(u32, u32)> = Vec::new();
        let mut end = 0;
        // A mark that folds to nothing belongs to the letter before it.
        let mut close = |places: &mut Vec<(u32, u32)>, at: u32| {
            places[end..].iter_mut().for_each(|place| place.1 = at);
            end = places.len();
        };
        for (at, c) in (0u32..).zip(source.chars()) {
            let count = match known(c) {
                NOTHING => continue,
                NO_LETTER => 0,
                SEVERAL => fold_char(c).chars().filter(|c| c.is_alphanumeric()).count(),
                _ => 1,
            };
            close(&mut places, at);
            places.extend(std::iter::repeat_n((at, at + 1), count));
        }
        let length = source.chars().count() as u32;
        close(&mut places, length);
        places.truncate(MOST_LETTERS);
        Self(places)
    }

    /// The code points of the source behind a range of letters.
    pub fn span(&self, letters: &std::ops::Range<usize>) -> Span {
        let first = self.0.get(letters.start);
        match (first, letters.end.checked_sub(1).and_then(|last| self.0.get(last))) {
            (Some(first), Some(last)) if !letters.is_empty() => Span::new(first.0 as usize, last.1 as usize),
            _ => Span::new(0, 0),
        }
    }
}

/// Digests of the lines at head and tail, without repeats. Too short ones say
/// nothing, nor does the only line of a text: it is the story.
pub(super) fn edge_lines(source: &str) -> Vec<u64> {
    let lines: Vec<&str> = source.split('\n').filter(|line| !line.trim().is_empty()).collect();
    if lines.len() < 2 {
        return Vec::new();
    }
    let tail = lines.len().saturating_sub(EDGE_LINES).max(EDGE_LINES.min(lines.len()));
    let mut edges: Vec<u64> = (lines.iter().take(EDGE_LINES).chain(&lines[tail..]))
        .map(|line| letters(line))
        .filter(|line| line.iter().copied().map(weight).sum::<u32>() >= SHINGLE_WEIGHT)
        .map(|line| digest(&line))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The letters and digits of a text's fold.
pub(super) fn letters(source: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(source.len().min(MOST_LETTERS));
    for c in source.chars() {
        if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
            continue;
        }
        match known(c) {
            NO_LETTER | NOTHING => {}
            SEVERAL => letters.extend(fold_char(c).chars().filter(|c| c.is_alphanumeric())),
            letter => letters.extend(char::from_u32(letter)),
        }
        if letters.len() >= MOST_LETTERS {
            break;
        }
    }
    letters.truncate(MOST_LETTERS);
    letters
}

/// Each character's letter, once it was asked for: folding is most of what
/// making a text costs, and texts are made several times.
static KNOWN: [AtomicU32; 0x1_0000] = [const { AtomicU32::new(0) }; 0x1_0000];
/// The fold has no letter; 0 means that nobody asked yet. Letters begin at 48, with the digits.
const NO_LETTER: u32 = 1;
/// The fold is empty, as that of a mark above a letter.
const NOTHING: u32 = 2;
/// The fold has several letters, or the character is too rare for the table.
const SEVERAL: u32 = 3;

fn known(c: char) -> u32 {
    let Some(place) = KNOWN.get(c as usize) else { return SEVERAL };
    match place.load(Ordering::Relaxed) {
        0 => {
            let fold = fold_char(c);
            let mut letters = fold.chars().filter(|c| c.is_alphanumeric());
            let known = match (letters.next(), letters.next()) {
                (None, _) if fold.is_empty() => NOTHING,
                (None, _) => NO_LETTER,
                (Some(letter), None) => letter as u32,
                _ => SEVERAL,
            };
            place.store(known, Ordering::Relaxed);
            known
        }
        known => known,
    }
}

fn weight(c: char) -> u32 {
    if han(c) { 2 } else { 1 }
}

/// As [`is_han`], with the commonest answered on the spot: it is asked for every letter.
pub(super) fn han(c: char) -> bool {
    match c {
        '\0'..='\u{2fff}' => false,
        '\u{4e00}'..='\u{9fff}' => true,
        _ => is_han(c),
    }
}

/// The hash of every shingle: a polynomial in the letters' code points that is
/// rolled from letter to letter (Karp, Rabin 1987), and mixed.
fn hash_shingles(letters: &[char]) -> Vec<u32> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    // What the first letter of so many is multiplied with.
    let mut powers = [1u64; SHINGLE_WEIGHT as usize + 1];
    for at in 2..powers.len() {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
    }
    let mut hashes = Vec::with_capacity(letters.len());
    let (mut end, mut sum, mut rolled) = (0, 0, 0u64);
    for start in 0..letters.len() {
        while end < letters.len() && sum < SHINGLE_WEIGHT {
            sum += weight(letters[end]);
            rolled = rolled.wrapping_mul(BASE).wrapping_add(u64::from(letters[end]));
            end += 1;
        }
        if sum < SHINGLE_WEIGHT {
            break;
        }
        hashes.push(mixed(rolled) as u32);
        sum -= weight(letters[start]);
        rolled = rolled.wrapping_sub(powers[end - start].wrapping_mul(u64::from(letters[start])));
    }
    hashes
}

/// FNV-1a over code points, mixed, from its published description.
pub(super) fn digest(letters: &[char]) -> u64 {
    let fnv = |h: u64, c: &char| (h ^ u64::from(*c)).wrapping_mul(0x0000_0100_0000_01b3);
    mixed(letters.iter().fold(0xcbf2_9ce4_8422_2325, fnv))
}

/// The finishing steps of MurmurHash3, from their published description.
fn mixed(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// Neighbouring shingles of which the smallest is a fingerprint: a run of 20
/// Han characters (17 shingles) always gives the three that a candidate needs.
const WINDOW: usize = 4;

/// A fingerprint: a shingle that was chosen, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    /// The shingle's hash.
    pub hash: u32,
    /// Its number in the text.
    pub at: u32,
    /// What its first letter weighs: Han four, others one, so that the shortest run of either has about
    /// the same weight from its first to its last fingerprint.
    pub weight: u32,
}

/// The smallest hash of every few neighbours, the last one of equals
/// (winnowing: Schleimer, Wilkerson, Aiken 2003), chrome left out, by place.
/// `weight` tells what the letter at a place weighs.
pub(super) fn fingerprints(hashes: &[u32], chrome: &[bool], weight: impl Fn(usize) -> u32) -> Vec<Print> {
    let mut chosen = Vec::with_capacity(hashes.len() / 2);
    let mut start = 0;
    for run in chrome.split(|chrome| *chrome) {
        let hashes = &hashes[start..start + run.len()];
        let mut last = None;
        for first in 0..(hashes.len() + 1).saturating_sub(WINDOW).max(hashes.len().min(1)) {
            let window = first..(first + WINDOW).min(hashes.len());
            let smallest = window.rev().min_by_key(|&at| hashes[at]);
            if let Some(at) = smallest.filter(|at| last != Some(*at)) {
                last = Some(at);
                let place = start + at;
                chosen.push(Print { hash: hashes[at], at: place as u32, weight: weight(place) });
            }
        }
        start += run.len() + 1;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_fold_and_know_their_places() {
        let text = "“Ａ１，警務…”（二〇二二）㈱㎏ﬃ é\u{301}𠀋";
        let fold: Vec<char> = plainsight_text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        for _ in 0..2 {
            assert_eq!(letters(text), fold);
        }
        let places = Places::of(text);
        assert_eq!((places.span(&(0..2)), places.span(&(2..8))), (Span::new(1, 3), Span::new(4, 13)));
        // The same as the fold's own map tells.
        let map = plainsight_text::fold_with_map(text);
        let letters = map.text.chars().enumerate().filter(|(_, c)| c.is_alphanumeric());
        let told: Vec<(usize, usize)> = letters.map(|(at, _)| map.source(at, at + 1)).collect();
        assert_eq!(places.0.iter().map(|p| (p.0 as usize, p.1 as usize)).collect::<Vec<_>>(), told);
    }

    #[test]
    fn a_shingle_has_one_hash_wherever_it_stands() {
        let (a, b) = (Text::new("榆港的2019年春天abc"), Text::new("xyz 7 榆港的2019年春天abc"));
        // What stands before it may begin shingles that reach into it, but changes none that begins in it.
        assert_eq!(a.hashes, b.hashes[b.hashes.len() - a.hashes.len()..]);
        let all: std::collections::BTreeSet<u32> = b.hashes.iter().copied().collect();
        assert_eq!(all.len(), b.hashes.len());
    }
}
