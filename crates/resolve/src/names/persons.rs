//! Persons by their words.

use super::words::{align, ratio, word};

/// Titles and particles that may be left out wherever they stand.
const PARTICLES: [&str; 22] = [
    "al", "el", "bin", "ben", "ibn", "abu", "von", "van", "de", "der", "den", "da", "dos", "del", "mr",
    "mrs", "dr", "sir", "jr", "sr", "haji", "prof",
];

/// Words before a name that are no part of it.
const ADDRESSES: [&str; 20] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "prof",
    "professor",
    "monsieur",
    "madame",
    "herr",
    "frau",
    "senor",
    "senora",
    "dhr",
    "mevrouw",
    "mgr",
];

/// Words for the holder of an office: beside them the surname alone says who is meant.
const OFFICES: [&str; 16] = [
    "president",
    "chancellor",
    "minister",
    "premier",
    "king",
    "queen",
    "pope",
    "emperor",
    "senator",
    "governor",
    "general",
    "marshal",
    "admiral",
    "secretary",
    "ambassador",
    "chairman",
];

/// The most words of one side that are one word of the other.
const MOST_JOINED: usize = 4;

/// The chance that two persons' names name one person. With `other_script` the letters of
/// one side are a transcription, so that the consonants say more than the vowels.
pub(super) fn persons(all_a: &[String], all_b: &[String], other_script: bool) -> f64 {
    if turned_round(all_a, all_b) {
        return 0.75;
    }
    let (core_a, office_a) = core(all_a);
    let (core_b, office_b) = core(all_b);
    if core_a.concat() == core_b.concat() {
        return 0.93;
    }
    let (a, b) = one_cut(&core_a, &core_b);
    let (pairs, left_a, left_b) = align(&a, &b, other_script);
    if pairs.is_empty() {
        return 0.05;
    }
    let total: usize = pairs.iter().map(|(_, length)| length).sum();
    let mean = pairs.iter().map(|(likeness, length)| likeness * *length as f64).sum::<f64>() / total as f64;
    let worst = pairs.iter().map(|(likeness, _)| *likeness).fold(1.0, f64::min);
    if !left_a.is_empty() && !left_b.is_empty() {
        // Both have a name that the other has not: two persons, as a rule.
        let unlike = left_a.iter().chain(&left_b).map(|w| w.chars().count()).sum::<usize>();
        let share = 2.0 * total as f64 / (2 * total + unlike) as f64;
        return (mean * share * 0.75).min(0.62);
    }
    let left: Vec<&String> = left_a.iter().chain(&left_b).collect();
    let base = mean - 0.5 * (1.0 - worst).max(0.0);
    let short = if a.len() <= b.len() { (&a, office_a, &b) } else { (&b, office_b, &a) };
    if short.0.len() == 1 && !left.is_empty() {
        let surname = short.2.last().is_some_and(|last| word(&short.0[0], last) >= 0.96);
        return if short.1 && surname { 0.72 } else { base * 0.55 };
    }
    // A father's name is left out freely; beside another missing name nothing else may differ.
    let missing = left.iter().filter(|w| !is_patronymic(w)).count();
    let slip =
        if missing > 0 && worst < 0.9 { 0.15 * f64::from(u8::from(!initial_only(&a, &b))) } else { 0.0 };
    let score = base * (1.0 - 0.06 * missing as f64) - slip;
    if son_and_father(all_a, all_b, &core_a, &core_b) { score * 0.6 } else { score }
}

/// Tells whether a side has initials: what differs then is an abbreviation, not a slip.
fn initial_only(a: &[String], b: &[String]) -> bool {
    a.iter().chain(b).any(|w| w.chars().count() == 1)
}

/// The words that name the person, and whether an office stood before them.
fn core(all: &[String]) -> (Vec<String>, bool) {
    let office = all.len() > 1 && OFFICES.contains(&all[0].as_str());
    let mut kept: Vec<String> = Vec::with_capacity(all.len());
    for (n, word) in all.iter().enumerate().skip(usize::from(office)) {
        // Ben and Al are given names where they begin a name.
        let first = n == 0 && matches!(word.as_str(), "al" | "ben" | "abu" | "da");
        let small = PARTICLES.contains(&word.as_str()) || (n == 0 && ADDRESSES.contains(&word.as_str()));
        if !small || (first && all.len() == 2) {
            kept.push(word.clone());
        }
    }
    if kept.is_empty() { (all.to_vec(), office) } else { (kept, office) }
}

/// Cuts both names alike: words that are one word on the other side are joined (Plat Ono Vich),
/// and initials that are written as one word are parted (JC for Jean-Claude).
fn one_cut(a: &[String], b: &[String]) -> (Vec<String>, Vec<String>) {
    let (a, b) = (join(a, b), join(b, a));
    (part(&a, &b), part(&b, &a))
}

fn join(words: &[String], other: &[String]) -> Vec<String> {
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let most = MOST_JOINED.min(words.len() - at);
        let known = |length: &usize| {
            let (run, joined) = (&words[at..at + length], words[at..at + length].concat());
            // A word that stands on the other side by itself is whole.
            joined.chars().count() >= 5
                && !run.iter().any(|w| other.contains(w))
                && other.iter().any(|w| word(w, &joined) >= 0.88)
        };
        let length = (2..=most).rev().find(known).unwrap_or(1);
        out.push(words[at..at + length].concat());
        at += length;
    }
    out
}

fn part(words: &[String], other: &[String]) -> Vec<String> {
    let mut out = Vec::with_capacity(words.len());
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        let begins = |run: &[String]| {
            run.iter().zip(&letters).all(|(w, c)| w.starts_with(*c) && w.chars().count() > 2)
        };
        let initials = matches!(letters.len(), 2 | 3)
            && !other.contains(word)
            && other.windows(letters.len()).any(begins);
        if initials {
            out.extend(letters.iter().map(char::to_string));
        } else {
            out.push(word.clone());
        }
    }
    out
}

/// Tells whether one side is the other with its letters in reverse, as a page with two
/// directions of writing leaves it.
fn turned_round(a: &[String], b: &[String]) -> bool {
    let back = |words: &[String]| -> String {
        words.iter().rev().map(|w| w.chars().rev().collect::<String>()).collect()
    };
    let same_order =
        |words: &[String]| -> String { words.iter().map(|w| w.chars().rev().collect::<String>()).collect() };
    let (of_a, of_b) = (a.concat(), b.concat());
    of_a.chars().count() >= 6
        && of_a.len() == of_b.len()
        && (back(a) == of_b || same_order(a) == of_b || same_order(b) == of_a)
}

/// Eastern Slavic names of the father, as they are written in Latin letters.
fn is_patronymic(word: &str) -> bool {
    let ends =
        ["ovich", "evich", "ovych", "evych", "ovitch", "evitch", "ovic", "ovna", "evna", "ivna", "ichna"];
    word.chars().count() >= 7 && ends.iter().any(|end| word.ends_with(end))
}

/// The son of Omar is not the Omar who is a son: there the order says who is who.
fn son_and_father(all_a: &[String], all_b: &[String], a: &[String], b: &[String]) -> bool {
    let by_father = |all: &[String]| all.iter().any(|w| matches!(w.as_str(), "bin" | "ben" | "ibn"));
    let other_first = match (a.first(), b.first()) {
        (Some(x), Some(y)) => x != y && ratio(x, y) < 0.7,
        _ => false,
    };
    by_father(all_a) && by_father(all_b) && other_first
}
