//! Pairs of texts that are worth a look, from an inverted index of fingerprints.
//!
//! Two long pages of one language share dozens of fingerprints by chance, and
//! to verify each such pair is where the time of comparing goes. Chance does
//! not keep a distance, though: whoever copied a passage has its fingerprints
//! as far from each other as the source has, one after the other. So a pair is
//! worth a look if it shares a good part of its fingerprints, or if a chain of
//! them at one distance is long enough for a run.

use super::shingle::Print;
use rayon::prelude::*;
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
const MOST_PARTNERS: usize = 128;
/// Where more than that have it, it links to so many, the longest: one wire
/// story in ten thousand papers would otherwise cost fifty million pairs. The
/// star needs no more, since its seeds are the longest; and what a hundred
/// texts have in common is mostly a phrase of the language.
const FEW_PARTNERS: usize = 4;
/// Postings that are visited for each fingerprint of a text among a hundred
/// thousand or more, beginning with the rarest fingerprints: where most have
/// many, the rarer ones tell enough. Among fewer texts there is time for more.
const MOST_VISITS: usize = 10;
const MANY_TEXTS: usize = 100_000;
/// Places of one fingerprint in a text that are looked at; more are refrains.
const MOST_PLACES: usize = 16;
/// Texts whose fingerprints are made before they go into the index.
const AT_A_TIME: usize = 10_000;
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

/// The pairs of texts that are worth a look, sorted. `lengths` are those of
/// the texts, in whatever they are all measured.
///
/// `prints` gives the fingerprints of a text whenever it is asked; `least` the
/// part of the shorter text's fingerprints that a pair must share if they
/// stand at many distances.
pub(super) fn candidates(
    lengths: &[usize],
    prints: impl Fn(usize) -> Vec<Print> + Sync,
    least: impl Fn(usize, usize) -> f64 + Sync,
) -> Vec<Candidate> {
    let prints = |text: usize| without_refrains(prints(text));
    let mut longest_first: Vec<u32> = (0..lengths.len() as u32).collect();
    longest_first.sort_by_key(|&text| (std::cmp::Reverse(lengths[text as usize]), text));
    let index = Index::new(&longest_first, &prints);
    let visits = MOST_VISITS * (MANY_TEXTS / lengths.len().max(1)).max(1);
    // A share of the texts each, so that each thread's tables are made a few times and no more.
    let share = longest_first.len().div_ceil(4 * rayon::current_num_threads()).max(1);
    let shares: Vec<Vec<Candidate>> = (0..longest_first.len().div_ceil(share))
        .into_par_iter()
        .map(|number| {
            let ranks = number * share..((number + 1) * share).min(longest_first.len());
            index.candidates(&longest_first, ranks, visits, &prints, &least)
        })
        .collect();
    let mut found = shares.concat();
    found.par_sort_unstable();
    found
}

/// What a text was seen to share with the one in hand, whose fingerprints come by place.
#[derive(Clone, Default)]
struct Seen {
    shared: u32,
    /// The fingerprint that was shared last.
    last: u32,
    /// The chain in hand: its distance, its last place, and the weight of the letters since its first.
    distance: u32,
    at: u32,
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
            self.weight += (print.at - self.at) * print.weight;
            self.at = print.at;
            self.longest = self.longest.max(self.weight);
        } else if !alive || self.weight == 0 {
            (self.distance, self.at, self.weight) = (distance, print.at, 0);
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

/// How many postings a fingerprint may have that all are visited: as many as keep a text's visits in bounds.
fn visited_in_full(places: &[Range<usize>], most: usize) -> usize {
    let mut of_length = [0; MOST_PARTNERS + 1];
    for place in places {
        of_length[place.len().min(MOST_PARTNERS)] += place.len();
    }
    let mut visits = 0;
    let fits = |length: &usize| {
        visits += of_length[*length];
        visits <= most
    };
    (0..MOST_PARTNERS).take_while(fits).last().unwrap_or(0)
}

/// All postings, sorted by hash, rank and place.
///
/// A posting fits 64 bits: the hash, the rank of its text from the longest,
/// and of its place the last bits that there is room for, with a million texts
/// twelve. So a million short texts, which have a hundred million postings,
/// fit a gigabyte; and distances of places are known but for a multiple of
/// some thousands, which is enough to tell what is worth a look.
struct Index {
    /// Bits of the place.
    bits: u32,
    postings: Vec<u64>,
    /// How far hashes are shifted to get their bucket.
    shift: u32,
    /// Where the hashes of each bucket begin, and at last the end.
    starts: Vec<usize>,
}

impl Index {
    fn new(longest_first: &[u32], prints: &(impl Fn(usize) -> Vec<Print> + Sync)) -> Self {
        let wide = longest_first.len().max(2).ilog2() + 1;
        // Buckets of a dozen postings for short texts.
        let shift = 32 - (wide + 2).clamp(8, 24);
        let mut index =
            Self { bits: 32u32.saturating_sub(wide), postings: Vec::new(), shift, starts: Vec::new() };
        // Some at a time: to hold the postings of all texts twice would cost as much as the index.
        for (number, texts) in longest_first.chunks(AT_A_TIME).enumerate() {
            let of = |(at, &text): (usize, &u32)| {
                let rank = number * AT_A_TIME + at;
                let prints = prints(text as usize);
                prints.iter().map(|print| index.posting(print.hash, rank, print.at)).collect::<Vec<u64>>()
            };
            let postings: Vec<Vec<u64>> = texts.par_iter().enumerate().map(of).collect();
            index.postings.extend(postings.iter().flatten());
        }
        index.postings.par_sort_unstable();
        index.thin();
        index.starts = vec![0; (1 << (32 - shift)) + 1];
        for posting in &index.postings {
            index.starts[(posting >> 32 >> shift) as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut index.starts {
            sum += *start;
            *start = sum;
        }
        index
    }

    /// The longer texts that share enough with those of some ranks.
    fn candidates(
        &self,
        longest_first: &[u32],
        ranks: Range<usize>,
        visits: usize,
        prints: &impl Fn(usize) -> Vec<Print>,
        least: &impl Fn(usize, usize) -> f64,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        // Partners are longer: of a rank below the last of these.
        let mut count = vec![0u8; ranks.end];
        let mut seen = vec![Seen::default(); ranks.end];
        let mut met: Vec<usize> = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        for rank in ranks {
            let text = longest_first[rank];
            let own = prints(text as usize);
            // One posting of each bucket is read before any is looked at: the processor fetches many from memory at
            // once, but not what it must decide on in between.
            places.clear();
            places.extend(own.iter().map(|print| self.bucket(print.hash)));
            std::hint::black_box(
                places.iter().filter_map(|p| self.postings.get(p.start)).fold(0, |x, p| x ^ p),
            );
            for (print, place) in own.iter().zip(&mut places) {
                *place = self.longer(print, rank, place);
            }
            let most = visited_in_full(&places, own.len() * visits);
            for place in places.iter_mut().filter(|place| place.len() > most) {
                place.end = place.end.min(place.start + FEW_PARTNERS);
            }
            // Most partners have one or two fingerprints by chance: counting them takes a byte each, which the
            // processor holds near for a million texts.
            for &posting in places.iter().flat_map(|place| &self.postings[place.clone()]) {
                let partner = self.rank(posting);
                if count[partner] == 0 {
                    met.push(partner);
                }
                count[partner] = count[partner].saturating_add(1);
            }
            met.retain(|&partner| {
                let enough = u32::from(count[partner]) >= LEAST_SHARED;
                count[partner] *= u8::from(enough);
                enough
            });
            for (print, place) in own.iter().zip(&places).filter(|_| !met.is_empty()) {
                for &posting in &self.postings[place.clone()] {
                    let partner = self.rank(posting);
                    if count[partner] > 0 {
                        seen[partner].meet(print, self.distance(print.at, self.low(posting as u32)));
                    }
                }
            }
            for partner in met.drain(..) {
                count[partner] = 0;
                let Seen { shared, longest, .. } = std::mem::take(&mut seen[partner]);
                let other = longest_first[partner];
                let part = || f64::from(shared) / own.len() as f64;
                let aligned = longest >= LEAST_CHAIN;
                if shared >= LEAST_SHARED && (aligned || part() >= least(text as usize, other as usize)) {
                    found.push(Candidate { a: text.min(other), b: text.max(other), aligned });
                }
            }
        }
        found
    }

    /// Keeps of each fingerprint what is ever visited: the longest texts, and one more, which tells that there
    /// are too many.
    fn thin(&mut self) {
        let (mut before, mut same) = (None, 0);
        self.postings.retain(|posting| {
            let hash = posting >> 32;
            same = if before == Some(hash) { same + 1 } else { 0 };
            before = Some(hash);
            same <= MOST_PARTNERS
        });
    }

    /// The postings of a hash and its neighbours.
    fn bucket(&self, hash: u32) -> Range<usize> {
        let bucket = (hash >> self.shift) as usize;
        self.starts[bucket]..self.starts[bucket + 1]
    }

    fn posting(&self, hash: u32, rank: usize, at: u32) -> u64 {
        u64::from(hash) << 32 | (rank as u64) << self.bits | u64::from(self.low(at))
    }

    fn rank(&self, posting: u64) -> usize {
        (posting as u32 >> self.bits) as usize
    }

    /// The bits of a place that are kept.
    fn low(&self, at: u32) -> u32 {
        at & ((1 << self.bits) - 1)
    }

    /// The distance of two places, as far as it is known.
    fn distance(&self, at: u32, kept: u32) -> u32 {
        self.low(at.wrapping_sub(kept))
    }

    /// Where in a bucket the postings of a fingerprint in longer texts are.
    fn longer(&self, print: &Print, rank: usize, bucket: &Range<usize>) -> Range<usize> {
        let (first, own) = (self.posting(print.hash, 0, 0), self.posting(print.hash, rank, 0));
        let postings = &self.postings[bucket.clone()];
        // Most buckets are a line or two of the processor's memory: to look at each is quicker than to halve.
        let before = |end: u64| match postings.len() {
            0..=16 => postings.iter().take_while(|p| **p < end).count(),
            _ => postings.partition_point(|p| *p < end),
        };
        bucket.start + before(first)..bucket.start + before(own)
    }
}

#[cfg(test)]
mod tests {
    use super::super::shingle::{Print, fingerprints};
    use super::*;

    fn prints(hashes: &[u32]) -> Vec<Print> {
        fingerprints(hashes, &vec![false; hashes.len()], |_| 4)
    }

    fn compared(texts: &[Vec<Print>], least: f64) -> Vec<Candidate> {
        let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
        candidates(&lengths, |text| texts[text].clone(), |_, _| least)
    }

    fn all(texts: &[Vec<Print>]) -> Vec<Candidate> {
        compared(texts, 0.0)
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
        assert!(compared(&texts, 0.3).is_empty());
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
