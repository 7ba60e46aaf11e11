//! Maximal common runs of two texts: quotations and reused paragraphs, in any order.

use super::shingle::Text;
use plainsight_text::is_han;
use std::ops::Range;

/// A run counts from 20 Han characters or 50 others: Han weigh five halves.
const RUN_WEIGHT: u32 = 100;
/// Places of one shingle in the other text that are tried; more are refrains.
const MOST_PLACES: usize = 16;

/// The runs of two texts as ranges of letters, by place in `a`; ranges of `a` do not overlap.
/// `places` are those of `b`.
pub(super) fn runs(a: &Text, b: &Text, places: &[(u32, u32)]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < a.hashes.len() {
        match longest(a, b, at, places) {
            Some((start, length)) if weight(&a.letters[at..at + length]) >= RUN_WEIGHT => {
                found.push((at..at + length, start..start + length));
                at += length;
            }
            // The shingles inside a run that is too short begin runs that are shorter still.
            Some((_, length)) => at += if length > 16 { length / 2 } else { 1 },
            None => at += 1,
        }
    }
    found
}

/// The longest run that starts at a shingle of `a`: where in `b`, and its letters.
fn longest(a: &Text, b: &Text, at: usize, places: &[(u32, u32)]) -> Option<(usize, usize)> {
    if a.chrome[at] {
        return None;
    }
    let hash = a.hashes[at];
    let first = places.partition_point(|p| p.0 < hash);
    places[first..]
        .iter()
        .take_while(|p| p.0 == hash)
        .take(MOST_PLACES)
        .map(|p| (p.1 as usize, common(a, b, at, p.1 as usize)))
        .filter(|(_, length)| *length > 0)
        .max_by_key(|(start, length)| (*length, std::cmp::Reverse(*start)))
}

/// How many letters agree from here on, up to the first chrome.
fn common(a: &Text, b: &Text, i: usize, j: usize) -> usize {
    let is_chrome = |text: &Text, at: usize| text.chrome.get(at).is_some_and(|c| *c);
    (0..)
        .take_while(|&n| {
            a.letters.get(i + n).is_some()
                && a.letters.get(i + n) == b.letters.get(j + n)
                && !is_chrome(a, i + n)
                && !is_chrome(b, j + n)
        })
        .count()
}

fn weight(letters: &[char]) -> u32 {
    letters.iter().map(|&c| if is_han(c) { 5 } else { 2 }).sum()
}
