//! Companies and other bodies by their words.

use super::forms::{FORMS, usual_word};
use super::words::{align, ratio};
use plainsight_lens::Gazetteer;

/// Words that say where a branch is without naming a country.
const REGIONS: [&str; 10] = [
    "europe",
    "asia",
    "africa",
    "america",
    "americas",
    "pacific",
    "worldwide",
    "schweiz",
    "deutschland",
    "espana",
];
/// What a name with a further word that tells it apart may reach: a question, not a yes.
const OTHER_WORD: f64 = 0.66;

/// The chance that two bodies' words name one body.
pub(super) fn bodies(all_a: &[String], all_b: &[String], gazetteer: &Gazetteer) -> f64 {
    let (a, b) = (core(all_a), core(all_b));
    let (whole_a, whole_b) = (a.concat(), b.concat());
    if whole_a == whole_b {
        return 0.93;
    }
    let (pairs, left_a, left_b) = align(&a, &b, false);
    let length = |words: &[String]| words.iter().map(|w| w.chars().count()).sum::<usize>() as f64;
    let matched: f64 = pairs.iter().map(|(likeness, length)| likeness * *length as f64).sum();
    let paired: f64 = pairs.iter().map(|(_, length)| *length as f64).sum();
    let total = paired + (length(&left_a) + length(&left_b)) / 2.0;
    let words = if total > 0.0 { matched / total } else { 0.0 };
    let score = words.max(ratio(&whole_a, &whole_b) * 0.92);
    match (left_a.is_empty(), left_b.is_empty()) {
        (true, true) => score,
        (false, false) => {
            let numbers = left_a.iter().chain(&left_b).any(|w| w.chars().any(|c| c.is_ascii_digit()));
            score * if numbers { 0.6 } else { 0.82 }
        }
        _ => {
            let left = if left_a.is_empty() { &left_b } else { &left_a };
            let place = |word: &String| {
                REGIONS.contains(&word.as_str()) || !gazetteer.named_on(word, None).is_empty()
            };
            if left.iter().any(|word| counts(word)) {
                score * 0.65
            } else if left.iter().all(place) {
                // The branch in a country is often meant by the bare name.
                score.max(0.72 * matched / paired.max(1.0))
            } else {
                score.min(OTHER_WORD)
            }
        }
    }
}

/// The words without legal forms and small words, in one spelling.
pub(super) fn core(all: &[String]) -> Vec<String> {
    // Motor vessel, steamship, …: the kind of ship stands before its name.
    let ship =
        usize::from(all.len() > 1 && matches!(all[0].as_str(), "mv" | "ms" | "mt" | "ss" | "fv" | "my"));
    let all = &all[ship..];
    let kept: Vec<String> =
        all.iter().filter(|w| !FORMS.contains(&w.as_str())).map(|w| usual_word(w)).collect();
    if kept.is_empty() { all.to_vec() } else { kept }
}

/// Numbers and Roman numerals: the fund, the ship, the brigade of that number.
fn counts(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
        || matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x")
}
