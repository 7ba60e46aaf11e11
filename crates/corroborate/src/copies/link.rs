//! Pairs of texts that are worth a look, from an inverted index of fingerprints.
//!
//! Two long pages of one language share dozens of fingerprints by chance, and
//! to verify each such pair is where the time of comparing goes. Chance does
//! not keep a distance, though: whoever copied a passage has its fingerprints
//! as far from each other as the source has, one after the other. So a pair is
//! worth a look if it shares a good part of its fingerprints, or if a chain of
//! them at one distance is long enough for a run.

use super::shingle::Print;
use std::ops::Range;

/// Shared fingerprints that make a pair worth a look.
const LEAST_SHARED: u32 = 3;
/// Weight of the letters from the first to the last of a run's fingerprints
/// at one distance, Han four and others one: a run of 20 Han characters has
/// them over ten at least, one of 50 other letters over 37. Some are lost
/// where another passage of the two texts is just behind.
const LEAST_CHAIN: u32 = 26;
/// Places between two fingerprints of a chain at most. Inside a run every
/// window has one, but those that very many texts have may not lead here.
const MOST_APART: u32 = 16;
/// A fingerprint links a text to this many longer ones at most.
const MOST_PARTNERS: usize = 64;
/// Where more than that have it, it links to so many, the longest: one wire
/// story in ten thousand papers would otherwise cost fifty million pairs. The
/// star needs no more, since its seeds are the longest; and what a hundred
/// texts have in common is mostly a phrase of the language.
const FEW_PARTNERS: usize = 8;
/// Places of one fingerprint in a text that are looked at; more are refrains.
const MOST_PLACES: usize = 16;
/// Fingerprints from which a text is looked through for refrains.
const LONG: usize = 1_000;

/// Two texts that share fingerprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// The smaller number.
    pub a: u32,
    /// The larger number.
    pub b: u32,
    /// Enough of what they share stands at one distance for a run.
    pub aligned: bool,
}

/// The pairs of `count` texts that are worth a look, sorted.
///
/// `prints` gives the fingerprints of a text whenever it is asked; `least` the
/// part of the shorter text's fingerprints that a pair must share if they
/// stand at many distances.
pub(super) fn candidates(
    count: usize,
    prints: impl Fn(usize) -> Vec<Print>,
    least: impl Fn(usize, usize) -> f64,
) -> Vec<Candidate> {
    let prints = |text: usize| without_refrains(prints(text));
    let index = Index::new(count, &prints);
    let mut found = Vec::new();
    let mut seen = vec![Seen::default(); count];
    let mut met: Vec<usize> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    for (rank, &text) in index.longest_first.iter().enumerate() {
        let own = prints(text as usize);
        // All places first: the processor fetches many from memory at once, but not what it must decide on in between.
        places.clear();
        places.extend(own.iter().map(|print| index.range(index.bucket(print.hash))));
        for (print, place) in own.iter().zip(&mut places) {
            place.start = index.first(print, place);
        }
        for (print, place) in own.iter().zip(&places) {
            index.meet(print, rank, &index.postings[place.clone()], |partner, at| {
                if seen[partner].shared == 0 {
                    met.push(partner);
                }
                seen[partner].meet(print, index.distance(print.at, at));
            });
        }
        for partner in met.drain(..) {
            let Seen { shared, longest, .. } = std::mem::take(&mut seen[partner]);
            let other = index.longest_first[partner];
            let part = || f64::from(shared) / own.len() as f64;
            let aligned = longest >= LEAST_CHAIN;
            if shared >= LEAST_SHARED && (aligned || part() >= least(text as usize, other as usize)) {
                found.push(Candidate { a: text.min(other), b: text.max(other), aligned });
            }
        }
    }
    found.sort_unstable();
    found
}

/// What a text was seen to share with the one in hand, whose fingerprints come by place.
#[derive(Clone, Default)]
struct Seen {
    shared: u32,
    /// The fingerprint that was shared last.
    last: u32,
    /// The chain in hand: its distance, its last place, and the weight of the letters before and since its first.
    distance: u32,
    at: u32,
    before: u32,
    weight: u32,
    /// The weight of the heaviest chain.
    longest: u32,
}

impl Seen {
    fn meet(&mut self, print: &Print, distance: u32) {
        // Several places of one fingerprint in the other text are one that is shared.
        if self.shared == 0 || self.last != print.at {
            self.shared += 1;
            self.last = print.at;
        }
        let alive = self.shared > 1 && print.at - self.at <= MOST_APART;
        if alive && distance == self.distance {
            self.at = print.at;
            self.weight = print.before - self.before;
            self.longest = self.longest.max(self.weight);
        } else if !alive || self.weight == 0 {
            (self.distance, self.at, self.before, self.weight) = (distance, print.at, print.before, 0);
        }
    }
}

/// Without the later places of fingerprints that a long text repeats over and over.
fn without_refrains(mut prints: Vec<Print>) -> Vec<Print> {
    if prints.len() > LONG {
        prints.sort_unstable_by_key(|p| (p.hash, p.at));
        let (mut before, mut places) = (None, 0);
        prints.retain(|p| {
            places = if before == Some(p.hash) { places + 1 } else { 0 };
            before = Some(p.hash);
            places < MOST_PLACES
        });
        prints.sort_unstable_by_key(|p| p.at);
    }
    prints
}

/// All postings, in buckets by the first bits of their hash.
///
/// A posting fits 64 bits, since the bucket need not be kept: the other bits
/// of the hash, the rank of its text from the longest (32 bits), and of its
/// place as many bits as the hash lost. So a million short texts, which have
/// a hundred million postings, fit a gigabyte. Distances of places are thus
/// known but for a multiple of some thousands: enough to tell what is worth a look.
struct Index {
    /// Texts from the longest; a text's place in here is its rank.
    longest_first: Vec<u32>,
    /// Bits of the hash that choose the bucket.
    bits: u32,
    /// Where each bucket begins, and at last the end.
    starts: Vec<usize>,
    /// Sorted inside each bucket: by hash, rank, place.
    postings: Vec<u64>,
}

impl Index {
    fn new(count: usize, prints: &impl Fn(usize) -> Vec<Print>) -> Self {
        // A dozen postings a bucket for short texts.
        let bits = (count.max(1).ilog2() + 3).clamp(12, 24);
        let mut index = Self { longest_first: Vec::new(), bits, starts: Vec::new(), postings: Vec::new() };
        // The fingerprints of all texts are not kept: they are made once to be counted, and again to be put in place.
        let mut ends = vec![0usize; (1 << bits) + 1];
        let mut lengths = vec![0u32; count];
        for (text, length) in lengths.iter_mut().enumerate() {
            let own = prints(text);
            *length = own.len() as u32;
            own.iter().for_each(|print| ends[index.bucket(print.hash)] += 1);
        }
        index.longest_first = (0..count as u32).collect();
        index.longest_first.sort_by_key(|&text| (std::cmp::Reverse(lengths[text as usize]), text));
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // Filling each bucket from its end makes of its end its start.
        index.postings = vec![0; sum];
        for (rank, &text) in index.longest_first.iter().enumerate() {
            for print in prints(text as usize) {
                let place = &mut ends[index.bucket(print.hash)];
                *place -= 1;
                index.postings[*place] = index.posting(print.hash, rank, print.at);
            }
        }
        index.starts = ends;
        for bucket in 0..1 << bits {
            let range = index.range(bucket);
            index.postings[range].sort_unstable();
        }
        index
    }

    fn bucket(&self, hash: u32) -> usize {
        (hash >> (32 - self.bits)) as usize
    }

    fn range(&self, bucket: usize) -> Range<usize> {
        self.starts[bucket]..self.starts[bucket + 1]
    }

    fn posting(&self, hash: u32, rank: usize, at: u32) -> u64 {
        let rest = u64::from(hash & ((1 << (32 - self.bits)) - 1));
        rest << (32 + self.bits) | (rank as u64) << self.bits | u64::from(self.low(at))
    }

    fn rank(&self, posting: u64) -> usize {
        (posting >> self.bits) as u32 as usize
    }

    /// The bits of a place that are kept.
    fn low(&self, at: u32) -> u32 {
        at & ((1 << self.bits) - 1)
    }

    /// The distance of two places, as far as it is known.
    fn distance(&self, at: u32, kept: u32) -> u32 {
        self.low(at.wrapping_sub(kept))
    }

    /// Where in its bucket the postings of a fingerprint begin.
    fn first(&self, print: &Print, bucket: &Range<usize>) -> usize {
        let first = self.posting(print.hash, 0, 0);
        let postings = &self.postings[bucket.clone()];
        // Most buckets are a line or two of the processor's memory: to look at each is quicker than to halve.
        let before = if postings.len() <= 16 {
            postings.iter().take_while(|p| **p < first).count()
        } else {
            postings.partition_point(|p| *p < first)
        };
        bucket.start + before
    }

    /// Visits the places of a fingerprint in the longer texts that have it: the text's rank, and what is kept of
    /// the place. `longer` begins with the first posting of the fingerprint.
    fn meet(&self, print: &Print, rank: usize, longer: &[u64], mut visit: impl FnMut(usize, u32)) {
        let own = self.posting(print.hash, rank, 0);
        let most =
            if longer.get(MOST_PARTNERS).is_some_and(|p| *p < own) { FEW_PARTNERS } else { MOST_PARTNERS };
        let (mut before, mut partners) = (None, 0);
        for &posting in longer.iter().take_while(|p| **p < own) {
            let partner = self.rank(posting);
            if before != Some(partner) {
                before = Some(partner);
                partners += 1;
                if partners > most {
                    break;
                }
            }
            visit(partner, self.low(posting as u32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shingle::{Print, fingerprints};
    use super::*;

    fn prints(hashes: &[u32]) -> Vec<Print> {
        fingerprints(hashes, &vec![false; hashes.len()], |at| 5 * at as u32)
    }

    fn all(texts: &[Vec<Print>]) -> Vec<Candidate> {
        candidates(texts.len(), |text| texts[text].clone(), |_, _| 0.0)
    }

    /// Numbers without order, the same on every machine.
    fn noise(seed: u32, length: usize) -> Vec<u32> {
        (0..length as u32).map(|n| (n ^ seed.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b)).collect()
    }

    #[test]
    fn the_shortest_run_is_aligned_wherever_it_stands() {
        for before in 0..9 {
            let run = noise(1, 17);
            let a = [noise(2, 40 + before), run.clone(), noise(3, 30)].concat();
            let b = [noise(4, 11), run, noise(5, 90)].concat();
            let found = all(&[prints(&a), prints(&b)]);
            assert!(found.len() == 1 && found[0].aligned, "{before}: {found:?}");
        }
    }

    #[test]
    fn what_two_texts_share_here_and_there_is_not_aligned() {
        let mut a = noise(1, 200);
        let mut b = noise(2, 200);
        for n in 0..8 {
            a[n * 20] = n as u32;
            b[n * 20 + n % 5] = n as u32;
        }
        let texts = [prints(&a), prints(&b)];
        let found = all(&texts);
        assert!(found.len() == 1 && !found[0].aligned, "{found:?}");
        // Eight of some eighty: too little where a tenth is not enough.
        assert!(candidates(2, |text| texts[text].clone(), |_, _| 0.3).is_empty());
    }

    #[test]
    fn refrains_and_reprints_stay_linear() {
        let refrain = vec![7; 20_000];
        assert_eq!(without_refrains(prints(&refrain)).len(), MOST_PLACES);
        let wire: Vec<Vec<Print>> = (0..1_000).map(|_| prints(&noise(9, 60))).collect();
        let found = all(&wire);
        assert!(found.len() <= 1_000 * MOST_PARTNERS);
        // Each is linked to a longer one, however many have the story.
        assert!((1..1_000).all(|text| found.iter().any(|pair| pair.b == text)));
    }
}
