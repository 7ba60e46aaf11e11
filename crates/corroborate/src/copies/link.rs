//! Candidate pairs from an inverted index, verified by containment.

/// Texts with fewer shingles than this are compared as a whole only.
pub(super) const LEAST_SHINGLES: usize = 60;
/// Shared fingerprints that make a pair worth a look.
const LEAST_SHARED: u32 = 3;
/// A fingerprint that stands in more texts than this links each of them to
/// the longest ones only: one wire story in ten thousand papers would
/// otherwise cost fifty million pairs. The star needs no more, since its
/// seeds are the longest.
const MOST_PARTNERS: usize = 128;

/// Pairs of numbers (the smaller first) that share at least three fingerprints.
pub(super) fn candidates(prints: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let mut postings: Vec<(u32, u32)> = prints
        .iter()
        .enumerate()
        .flat_map(|(text, set)| set.iter().map(move |&print| (print, text as u32)))
        .collect();
    postings.sort_unstable();
    let mut pairs = Vec::new();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        let mut texts: Vec<u32> = group.iter().map(|p| p.1).collect();
        if texts.len() > MOST_PARTNERS {
            texts.sort_by_key(|&t| (std::cmp::Reverse(prints[t as usize].len()), t));
        }
        for (at, &a) in texts.iter().take(MOST_PARTNERS).enumerate() {
            pairs.extend(texts[at + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
        // Counting now and then bounds the memory that repeats would take.
        if pairs.len() > 1 << 24 {
            pairs.sort_unstable();
            squeeze(&mut pairs);
        }
    }
    pairs.sort_unstable();
    pairs
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= LEAST_SHARED as usize)
        .map(|same| same[0])
        .collect()
}

/// Keeps at most three of each pair: more say nothing.
fn squeeze(pairs: &mut Vec<(u32, u32)>) {
    let mut kept: Vec<(u32, u32)> = Vec::with_capacity(pairs.len() / 2);
    for &pair in pairs.iter() {
        let seen = kept.iter().rev().take_while(|k| **k == pair).take(LEAST_SHARED as usize).count();
        if seen < LEAST_SHARED as usize {
            kept.push(pair);
        }
    }
    *pairs = kept;
}
