//! Runs that are too short to tell anything by themselves, but that no third story has.
//!
//! Forty letters may be a quoted sentence, or a formula that every report of
//! its kind has, or the name of an office. Among many stories a formula stands
//! in more than two; among a few nothing can be told, and none of them counts.

use super::shingle::Text;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Stories from which what only two of them have is rare.
const LEAST_STORIES: usize = 100;

/// A short run of two texts.
pub(super) struct Short {
    pub a: u32,
    pub b: u32,
    /// Its letters in `a` and in `b`.
    pub run: (Range<usize>, Range<usize>),
    /// The smallest hash of its shingles, by which it is known again in other pairs.
    mark: u32,
}

impl Short {
    pub fn new(a: u32, b: u32, run: (Range<usize>, Range<usize>), text: &Text) -> Self {
        let shingles = text.hashes.iter().take(run.0.end).skip(run.0.start);
        // The last shingles that begin in the run reach beyond it.
        let inside = run.0.len().saturating_sub(6).max(1);
        Self { a, b, mark: shingles.take(inside).copied().min().unwrap_or(0), run }
    }
}

/// Keeps the runs that two stories have and no third one. `seeds` gives the story of each text.
pub(super) fn rare(mut runs: Vec<Short>, seeds: &[usize]) -> Vec<Short> {
    if seeds.iter().collect::<BTreeSet<_>>().len() < LEAST_STORIES {
        return Vec::new();
    }
    let mut stories: HashMap<u32, BTreeSet<usize>> = HashMap::new();
    for run in &runs {
        stories.entry(run.mark).or_default().extend([seeds[run.a as usize], seeds[run.b as usize]]);
    }
    runs.retain(|run| stories[&run.mark].len() == 2);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pairs: &[(u32, u32)], seeds: &[usize]) -> Vec<(u32, u32)> {
        let text = Text::new("a verdict was given for the plaintiff with costs");
        let runs = pairs.iter().map(|&(a, b)| Short::new(a, b, (0..40, 0..40), &text)).collect();
        rare(runs, seeds).iter().map(|run| (run.a, run.b)).collect()
    }

    #[test]
    fn what_two_stories_of_many_share_is_told_and_a_formula_is_not() {
        // The first two texts are one story.
        let many: Vec<usize> = (0..150).map(|text| if text == 1 { 0 } else { text }).collect();
        assert_eq!(found(&[(0, 7), (1, 7)], &many), [(0, 7), (1, 7)]);
        assert!(found(&[(0, 7), (7, 9)], &many).is_empty());
        assert!(found(&[(0, 7)], &many[..50]).is_empty());
    }
}
