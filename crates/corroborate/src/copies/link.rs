//! Pairs of texts that are worth a look, from an inverted index of fingerprints.
//!
//! Two long pages of one language share dozens of fingerprints by chance, and
//! to verify each such pair is where the time of comparing goes. Chance does
//! not keep a distance, though: whoever copied a passage has its fingerprints
//! as far from each other as the source has. So a pair is told with both: how
//! much it shares, and whether enough of it stands at one distance.

use super::shingle::Print;

/// Texts with fewer shingles than this are compared as a whole only.
pub(super) const LEAST_SHINGLES: usize = 60;
/// Shared fingerprints that make a pair worth a look.
const LEAST_SHARED: u32 = 3;
/// What the fingerprints at one distance weigh in a run, Han five and others
/// two: 20 Han characters have at least four, 50 other letters eleven. Where
/// both are mixed a window may choose the lighter one, so less is asked.
const LEAST_ALIGNED: u32 = 14;
/// A fingerprint that stands in more texts than this links each of them to
/// the longest ones only: one wire story in ten thousand papers would
/// otherwise cost fifty million pairs. The star needs no more, since its
/// seeds are the longest.
const MOST_PARTNERS: usize = 128;
/// Places of one fingerprint in a text that are looked at; more are refrains.
const MOST_PLACES: usize = 16;

/// Two texts that share fingerprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// The smaller number.
    pub a: u32,
    /// The larger number.
    pub b: u32,
    /// Fingerprints of the shorter text that the longer one has too.
    pub shared: u32,
    /// Enough of them for a run stand at one distance.
    pub aligned: bool,
}

/// A fingerprint's place in a text; `rank` counts texts from the longest.
struct Posting {
    hash: u32,
    rank: u32,
    at: u32,
    weight: u32,
}

/// A fingerprint of two texts: the other's rank, the distance of its places, its weight.
type Hit = (u32, u32, u32);

/// Pairs that share at least three fingerprints, sorted.
pub(super) fn candidates(prints: &[Vec<Print>]) -> Vec<Candidate> {
    let mut longest_first: Vec<usize> = (0..prints.len()).collect();
    longest_first.sort_by_key(|&text| (std::cmp::Reverse(prints[text].len()), text));
    let index = Index::new(prints, &longest_first);

    let mut found = Vec::new();
    let mut seen = vec![Seen::default(); prints.len()];
    let mut met: Vec<usize> = Vec::new();
    let mut hits: Vec<Hit> = Vec::new();
    for rank in 0..prints.len() {
        index.meet(rank, |own, same| {
            let partner = same[0].rank as usize;
            let seen = &mut seen[partner];
            if seen.shared == 0 {
                met.push(partner);
            }
            seen.shared += 1;
            seen.weight += own.weight;
        });
        // Only who shares enough can have enough of it at one distance.
        index.meet(rank, |own, same| {
            if seen[same[0].rank as usize].weight >= LEAST_ALIGNED {
                hits.extend(same.iter().map(|p| (p.rank, own.at.wrapping_sub(p.at), own.weight)));
            }
        });
        hits.sort_unstable();
        for at_one in hits.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            seen[at_one[0].0 as usize].aligned |=
                at_one.iter().map(|hit| hit.2).sum::<u32>() >= LEAST_ALIGNED;
        }
        hits.clear();
        for partner in met.drain(..) {
            let Seen { shared, aligned, .. } = std::mem::take(&mut seen[partner]);
            if shared >= LEAST_SHARED {
                let (one, other) = (longest_first[rank] as u32, longest_first[partner] as u32);
                found.push(Candidate { a: one.min(other), b: one.max(other), shared, aligned });
            }
        }
    }
    found.sort_unstable();
    found
}

/// What a text was seen to share with the one in hand.
#[derive(Clone, Default)]
struct Seen {
    shared: u32,
    weight: u32,
    aligned: bool,
}

/// All postings by hash, rank and place.
struct Index {
    postings: Vec<Posting>,
    /// For each rank where its postings are, and where the group of their hash begins.
    own: Vec<Vec<(u32, u32)>>,
}

impl Index {
    fn new(prints: &[Vec<Print>], longest_first: &[usize]) -> Self {
        let mut postings: Vec<Posting> = (longest_first.iter().enumerate())
            .flat_map(|(rank, &text)| {
                let posting =
                    move |p: &Print| Posting { hash: p.hash, rank: rank as u32, at: p.at, weight: p.weight };
                prints[text].iter().map(posting)
            })
            .collect();
        postings.sort_unstable_by_key(|p| (p.hash, p.rank, p.at));
        let (mut before, mut places) = (None, 0);
        postings.retain(|p| {
            places = if before == Some((p.hash, p.rank)) { places + 1 } else { 0 };
            before = Some((p.hash, p.rank));
            places < MOST_PLACES
        });
        let mut own = vec![Vec::new(); longest_first.len()];
        let mut first = 0;
        for (place, posting) in postings.iter().enumerate() {
            if postings[first].hash != posting.hash {
                first = place;
            }
            own[posting.rank as usize].push((place as u32, first as u32));
        }
        Self { postings, own }
    }

    /// Visits each fingerprint of a text with its places in each longer text that has it.
    fn meet(&self, rank: usize, mut visit: impl FnMut(&Posting, &[Posting])) {
        for &(place, first) in &self.own[rank] {
            let own = &self.postings[place as usize];
            // The group of a hash begins with the longest texts, and has this one at its end.
            let longer = &self.postings[first as usize..place as usize];
            for same in longer.chunk_by(|x, y| x.rank == y.rank).take(MOST_PARTNERS) {
                if same[0].rank as usize != rank {
                    visit(own, same);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shingle::{Print, fingerprints};
    use super::*;

    fn prints(hashes: &[u32]) -> Vec<Print> {
        fingerprints(hashes, &vec![false; hashes.len()], 4, |_| 5)
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
            let found = candidates(&[prints(&a), prints(&b)]);
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
        let found = candidates(&[prints(&a), prints(&b)]);
        assert!(found.len() == 1 && found[0].shared >= 8 && !found[0].aligned, "{found:?}");
    }

    #[test]
    fn refrains_and_reprints_stay_linear() {
        let refrain = vec![7; 20_000];
        let found = candidates(&[prints(&refrain), prints(&refrain)]);
        assert!(found[0].shared as usize <= MOST_PLACES);
        let wire: Vec<Vec<Print>> = (0..1_000).map(|_| prints(&noise(9, 60))).collect();
        assert!(candidates(&wire).len() <= 1_000 * MOST_PARTNERS);
    }
}
