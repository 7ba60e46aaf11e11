//! One pair of texts in full: whether the smaller one is a copy, and which runs both have.
//!
//! A copy keeps a good part of its source's shingles, and it keeps them
//! throughout: what a printer garbled, a machine misread or an editor smoothed
//! leaves something of every sentence. Where a page quotes half of a short
//! notice word for word, just as many shingles are shared, but the other half
//! is not there at all. So two things are asked: how much of the smaller text
//! stands in the larger one, and over how much of its length.

use super::runs::{Run, runs};
use super::set::Set;
use super::shingle::Text;
use super::star::Edge;

/// What a copy must have kept, as parts from 0 to 1.
pub(super) struct Least {
    /// Of the smaller text's shingles.
    share: f64,
    /// Of the shingles around a place, that the place may count as kept.
    dense: f64,
    /// Of the shorter text's fingerprints, before shingles are counted. A copy
    /// keeps about as many of them as of its shingles, but those that very
    /// many texts have do not lead from each of them to each other.
    pub prints: f64,
}

/// Between texts. Of the built edits of the notes' sets, 0.40 to 0.55 do
/// nearly the same; laws made after another law share up to a half throughout.
const WRITTEN: Least = Least { share: 0.50, dense: 0.20, prints: super::LEAST_PRINTS };
/// Where one of the two was read from a picture.
const FROM_PICTURE: Least = Least { share: 0.30, dense: 0.10, prints: 0.15 };
/// Part of the smaller text's length over which it must have been kept.
const THROUGHOUT: f64 = 0.85;
/// Shingles to either side that tell whether a place was kept: a sentence or
/// two, since one word of each must have survived.
const AROUND: usize = 20;
/// Shingles from which the shares above tell something.
const LEAST_SHINGLES: usize = 60;
/// Share from which a text with fewer is a copy, if it could be a run.
const SHARE_OF_SHORT: f64 = 0.90;
/// The shingles of a run of 20 Han characters: pairs that share fewer have no run.
pub(super) const LEAST_RUN: usize = 17;

impl Least {
    /// What is asked of two texts, by whether one of them was read from a picture.
    pub fn of(from_picture: bool) -> &'static Self {
        if from_picture { &FROM_PICTURE } else { &WRITTEN }
    }
}

/// A text with the set of its shingles.
pub(super) struct Known {
    pub text: Text,
    /// Its distinct shingles that are no chrome.
    pub set: Set,
}

impl Known {
    pub fn new(text: Text) -> Self {
        let set = text.clean();
        Self { text, set }
    }
}

/// What two texts have in common.
pub(super) struct Common {
    /// Shingles that both have.
    pub both: usize,
    /// The part of the smaller text's shingles that both have.
    pub share: f64,
    /// The smaller text is a copy.
    pub is_copy: bool,
    /// Common runs as ranges of letters; none are looked for where a copy fills most of both.
    pub runs: Vec<Run>,
    /// Those of two texts that are no copies which are too short to count by themselves.
    pub short: Vec<Run>,
}

impl Common {
    /// Compares two texts. `aligned`: they may have runs in common.
    pub fn of(a: &Known, b: &Known, aligned: bool, least: &Least) -> Self {
        let both = a.set.shared(&b.set);
        let (smaller, larger) = if a.set.len() <= b.set.len() { (a, b) } else { (b, a) };
        let share = both as f64 / smaller.set.len().max(1) as f64;
        let asked = if smaller.set.len() >= LEAST_SHINGLES { least.share } else { SHARE_OF_SHORT };
        let is_copy = smaller.set.len() >= LEAST_RUN
            && share >= asked
            && kept(&smaller.text, &larger.set, least.dense) >= THROUGHOUT;
        // A copy that fills most of both is one line; one inside a longer text is told run by run.
        let mostly = is_copy && both as f64 >= least.share * larger.set.len() as f64;
        let (runs, mut short) = if mostly || !aligned || both < LEAST_RUN {
            Default::default()
        } else {
            runs(&a.text, &b.text, &b.set)
        };
        if is_copy {
            short.clear();
        }
        Self { both, share, is_copy, runs, short }
    }

    /// No more than one run.
    pub fn of_run(run: Run) -> Self {
        Self { both: 0, share: 0.0, is_copy: false, runs: vec![run], short: Vec::new() }
    }

    /// The link of a copy between two texts, for the star.
    pub fn edge(&self, a: u32, b: u32) -> Option<Edge> {
        self.is_copy.then_some((a, b, self.both as u32))
    }
}

/// The part of a text's length over which shingles of the other set stand densely enough.
fn kept(text: &Text, other: &Set, dense: f64) -> f64 {
    // How many of the first so many stand in the other text.
    let mut found = vec![0u32];
    for hash in text.in_order() {
        let before = found[found.len() - 1];
        found.push(before + u32::from(other.has(hash)));
    }
    let length = found.len() - 1;
    let is_kept = |at: &usize| {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(length));
        f64::from(found[to] - found[from]) >= dense * (to - from) as f64
    };
    (0..length).filter(is_kept).count() as f64 / length.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of which every shingle is another, from a part of the Han block.
    fn text(part: u32, length: u32) -> String {
        (0..length).filter_map(|n| char::from_u32(0x4e00 + 3_000 * part + n * 7)).collect()
    }

    fn is_copy(a: &str, b: &str) -> bool {
        let (a, b) = (Known::new(Text::new(a)), Known::new(Text::new(b)));
        Common::of(&a, &b, true, Least::of(false)).is_copy
    }

    #[test]
    fn the_same_share_is_a_copy_throughout_and_a_quotation_in_one_piece() {
        let source = text(0, 300);
        // Every ninth character is another: nearly half of the shingles are lost, here and there.
        let garbled: String =
            source.chars().enumerate().map(|(n, c)| if n % 9 == 0 { '鿕' } else { c }).collect();
        assert!(is_copy(&source, &garbled));
        // Two thirds of it word for word, and nothing of the rest.
        let quoted: String = source.chars().take(200).collect();
        let host = format!("{}{quoted}{}", text(1, 250), text(2, 250));
        assert!(!is_copy(&source, &host));
        assert!(is_copy(&quoted, &host) && is_copy(&quoted, &source));
    }

    #[test]
    fn a_short_text_is_a_copy_only_where_nearly_all_of_it_stands() {
        let (source, short) = (text(0, 300), text(0, 30));
        assert!(is_copy(&short, &source));
        let other = format!("{}{}", text(0, 20), text(1, 8));
        assert!(!is_copy(&other, &source));
        assert!(!is_copy(&text(0, 19), &source));
    }
}
