//! Latin and Cyrillic names by their words.

use super::forms::{FORMS, form, long_forms, usual_word};
use super::tokens::tokens;
use super::words::{Pair, align, ratio, word};

/// Titles and particles of persons that may be left out.
const PARTICLES: [&str; 22] = [
    "al", "el", "bin", "ben", "ibn", "abu", "von", "van", "de", "der", "den", "da", "dos", "del", "mr",
    "mrs", "dr", "sir", "jr", "sr", "haji", "prof",
];

/// The chance that two names in one script name the same, by words.
pub(super) fn by_words(a: &str, b: &str, person: bool) -> f64 {
    // L.P. is one form of company, J.P. two initials of a person.
    let body = |name: &str| long_forms(&name.replace('.', ""));
    let (all_a, all_b) = if person { (tokens(a), tokens(b)) } else { (body(a), body(b)) };
    let (joined_a, joined_b) = (all_a.concat(), all_b.concat());
    if joined_a.is_empty() || joined_b.is_empty() {
        return 0.0;
    }
    if joined_a == joined_b {
        return 0.94;
    }
    // A name written in one word.
    if person
        && all_a.len().min(all_b.len()) == 1
        && all_a.len() != all_b.len()
        && joined_a.len().min(joined_b.len()) >= 8
    {
        let whole = ratio(&joined_a, &joined_b);
        if whole >= 0.85 {
            return whole * 0.92;
        }
    }
    let forms = |all: &[String]| -> Vec<&'static str> { all.iter().filter_map(|w| form(w)).collect() };
    let (forms_a, forms_b) = (forms(&all_a), forms(&all_b));
    let other_form =
        !person && !forms_a.is_empty() && !forms_b.is_empty() && !forms_a.iter().any(|f| forms_b.contains(f));
    let by_father = |all: &[String]| all.iter().any(|w| matches!(w.as_str(), "bin" | "ben" | "ibn"));
    let core = |all: &[String]| -> Vec<String> {
        let drop: &[&str] = if person { &PARTICLES } else { &FORMS };
        let kept: Vec<String> =
            all.iter().filter(|w| !drop.contains(&w.as_str())).map(|w| usual_word(w)).collect();
        if kept.is_empty() { all.to_vec() } else { kept }
    };
    let (core_a, core_b) = (core(&all_a), core(&all_b));
    let weight = if other_form { 0.72 } else { 1.0 };
    if core_a.concat() == core_b.concat() {
        return 0.93 * weight;
    }
    let (pairs, left_a, left_b) = align(&core_a, &core_b);
    if !person {
        return (bodies(&pairs, &left_a, &left_b, &core_a, &core_b) * weight).min(0.94);
    }
    let score = persons(&core_a, &core_b, &pairs, &left_a, &left_b).min(0.94);
    // The son of Omar is not the Omar who is a son: there the order says who is who.
    let turned = by_father(&all_a)
        && by_father(&all_b)
        && core_a.first() != core_b.first()
        && left_a.is_empty()
        && left_b.is_empty();
    if turned && word(&core_a[0], &core_b[0]) < 0.7 { score * 0.6 } else { score }
}

fn persons(a: &[String], b: &[String], pairs: &[Pair], left_a: &[String], left_b: &[String]) -> f64 {
    if pairs.is_empty() {
        return 0.05;
    }
    let total: usize = pairs.iter().map(|(_, length)| length).sum();
    let mean = pairs.iter().map(|(likeness, length)| likeness * *length as f64).sum::<f64>() / total as f64;
    let worst = pairs.iter().map(|(likeness, _)| *likeness).fold(1.0, f64::min);
    let few = a.len().min(b.len());
    if !left_a.is_empty() && !left_b.is_empty() {
        // Both have a name that the other has not: two persons, as a rule.
        let unlike = left_a.iter().chain(left_b).map(|w| w.chars().count()).sum::<usize>();
        let share = 2.0 * total as f64 / (2 * total + unlike) as f64;
        return (mean * share * 0.75).min(0.62);
    }
    let left = left_a.len() + left_b.len();
    let base = mean - 0.4 * (1.0 - worst).max(0.0);
    if few == 1 && left > 0 {
        return base * 0.55;
    }
    base * (1.0 - 0.06 * left as f64)
}

fn bodies(pairs: &[Pair], left_a: &[String], left_b: &[String], a: &[String], b: &[String]) -> f64 {
    let length = |words: &[String]| words.iter().map(|w| w.chars().count()).sum::<usize>() as f64;
    let matched: f64 = pairs.iter().map(|(likeness, length)| likeness * *length as f64).sum();
    let total: f64 =
        matched.max(pairs.iter().map(|(_, l)| *l as f64).sum()) + (length(left_a) + length(left_b)) / 2.0;
    let words = if total > 0.0 { matched / total } else { 0.0 };
    let numbers = |words: &[String]| words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()));
    let whole = ratio(&a.concat(), &b.concat());
    let score = words.max(whole * 0.92);
    let counted = |words: &[String]| {
        numbers(words) || words.iter().any(|w| matches!(w.as_str(), "i" | "ii" | "iii" | "iv" | "v" | "vi"))
    };
    if left_a.is_empty() != left_b.is_empty() && (counted(left_a) || counted(left_b)) {
        return score * 0.65;
    }
    if !left_a.is_empty() && !left_b.is_empty() {
        return if numbers(left_a) || numbers(left_b) { score * 0.6 } else { score * 0.82 };
    }
    score
}
