//! Maximal common runs of two texts: quotations and reused paragraphs, in any order.

use super::compare::LEAST_RUN;
use super::set::Set;
use super::shingle::{Text, han};
use std::ops::Range;

/// A run counts from 20 Han characters or 50 others: Han weigh five halves.
const RUN_WEIGHT: u32 = 100;
/// A run of 40 other letters may tell something where nobody else has it.
const SHORT_WEIGHT: u32 = 80;
/// Places of one shingle in the other text that are tried; more are refrains.
const MOST_PLACES: usize = 16;

/// The same letters in two texts, as ranges of each.
pub(super) type Run = (Range<usize>, Range<usize>);

/// The runs of two texts as ranges of letters, by place in `a`; ranges of `a` do not overlap.
/// `set` is that of `b`. The second list has those that are too short to count by themselves.
pub(super) fn runs(a: &Text, b: &Text, set: &Set) -> (Vec<Run>, Vec<Run>) {
    let (mut found, mut short) = (Vec::new(), Vec::new());
    // Only made where a run may be: most texts have little in common.
    let mut places: Option<Vec<(u32, u32)>> = None;
    let mut at = 0;
    while at < a.hashes.len() {
        // A shingle that is not in `b` is in no run, so that none that is long enough starts at it
        // or at one of the sixteen before it.
        let stands = |at: usize| a.hashes.get(at).is_some_and(|hash| !a.chrome[at] && set.has(*hash));
        if let Some(lost) = (0..LEAST_RUN).rev().find(|&n| !stands(at + n)) {
            at += lost + 1;
            continue;
        }
        match longest(a, b, at, places.get_or_insert_with(|| b.places())) {
            Some((start, length)) if weight(&a.letters[at..at + length]) >= RUN_WEIGHT => {
                found.push((at..at + length, start..start + length));
                at += length;
            }
            Some((start, length)) if is_short(&a.letters[at..at + length]) => {
                short.push((at..at + length, start..start + length));
                at += length;
            }
            // The shingles inside a run that is too short begin runs that are shorter still.
            Some((_, length)) => at += if length > 16 { length / 2 } else { 1 },
            None => at += 1,
        }
    }
    (found, short)
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
    letters.iter().map(|c| if han(*c) { 5 } else { 2 }).sum()
}

/// Tells whether letters that are too few for a run are enough for a short one. A run of fewer
/// shingles than are looked at would be found at some places only.
fn is_short(letters: &[char]) -> bool {
    let last = letters.iter().rev().scan(0, |sum, c| {
        *sum += if han(*c) { 2 } else { 1 };
        Some(*sum)
    });
    let shingles = letters.len() - last.take_while(|sum| *sum < 7).count();
    weight(letters) >= SHORT_WEIGHT && shingles >= LEAST_RUN
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same runs with every place tried: slow, and plain to read.
    fn plain(a: &Text, b: &Text, places: &[(u32, u32)]) -> (Vec<Run>, Vec<Run>) {
        let (mut found, mut short) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < a.hashes.len() {
            match longest(a, b, at, places) {
                Some((start, length)) if weight(&a.letters[at..at + length]) >= RUN_WEIGHT => {
                    found.push((at..at + length, start..start + length));
                    at += length;
                }
                Some((start, length)) if is_short(&a.letters[at..at + length]) => {
                    short.push((at..at + length, start..start + length));
                    at += length;
                }
                Some((_, length)) => at += if length > 16 { length / 2 } else { 1 },
                None => at += 1,
            }
        }
        (found, short)
    }

    /// Pieces long enough for runs of either script, so that texts made of a few of them share some.
    const PIECES: [&str; 7] = [
        "榆港的海外服务站于去年春天在码头旁的会馆里成立当天",
        "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申",
        "the ferry to the islands was late again on a monday morning in may",
        "de veerpont was om 7 uur te laat",
        "甲乙 ab 丙丁 cd",
        "窗口于2019年3月开放",
        "x",
    ];

    #[test]
    fn the_lightest_run_has_as_many_shingles_as_are_looked_at() {
        let run: String = PIECES[1].chars().chain(['酉']).collect();
        let (a, b) = (Text::new(&format!("前{run}后")), Text::new(&format!("左{run}右")));
        assert_eq!(weight(&a.letters[1..21]), RUN_WEIGHT);
        assert_eq!(runs(&a, &b, &b.clean()).0, [(1..21, 1..21)]);
        // Without a text behind it the run ends with the last shingle.
        let (a, b) = (Text::new(&run), Text::new(&run));
        assert_eq!((a.hashes.len(), runs(&a, &b, &b.clean()).0.len()), (LEAST_RUN, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn skipping_loses_no_run(
            one in prop::collection::vec((0usize..7, 0usize..12, 0usize..70), 0..9),
            other in prop::collection::vec((0usize..7, 0usize..12, 0usize..70), 0..9),
            noise in "[甲乙丙丁a-c]{0,120}",
            chrome in prop::collection::vec(0usize..400, 0..4),
        ) {
            let text = |parts: &[(usize, usize, usize)]| -> String {
                let cut = |&(piece, skip, take): &(usize, usize, usize)| PIECES[piece].chars().skip(skip).take(take).collect::<String>();
                let cuts: Vec<String> = parts.iter().map(cut).collect();
                let half = noise.chars().count() / 2;
                let (head, tail): (String, String) = (noise.chars().take(half).collect(), noise.chars().skip(half).collect());
                format!("{head}{}{tail}", cuts.join(""))
            };
            let (mut a, mut b) = (Text::new(&text(&one)), Text::new(&text(&other)));
            for (number, at) in chrome.into_iter().enumerate() {
                let marked = if number % 2 == 0 { &mut a.chrome } else { &mut b.chrome };
                if let Some(mark) = marked.get_mut(at) {
                    *mark = true;
                }
            }
            prop_assert_eq!(runs(&a, &b, &b.clean()), plain(&a, &b, &b.places()));
        }
    }
}
