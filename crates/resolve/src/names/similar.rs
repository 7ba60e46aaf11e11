//! Names in one script, or in scripts that are written in Latin letters, by their words.

use super::forms::{form, long_forms};
use super::persons::persons;
use super::romanised::romanised_alike;
use super::tokens::{romanised, tokens};
use super::{bodies::bodies, words::ratio};
use plainsight_lens::Gazetteer;

/// Names beside each other in one string (“Al-Qa'ida/Islamic Army”) are tried up to here.
const MOST_NAMES: usize = 4;
/// Shorter pieces beside a slash are no names (A/S, c/o).
const SHORTEST_NAME: usize = 4;

/// The chance that two names name the same, by words.
pub(super) fn by_words(a: &str, b: &str, person: bool, gazetteer: &Gazetteer) -> f64 {
    let (of_a, of_b) = (beside(a), beside(b));
    let mut best = whole(a, b, person, gazetteer);
    if of_a.len() > 1 || of_b.len() > 1 {
        for x in &of_a {
            for y in &of_b {
                best = best.max(whole(x, y, person, gazetteer).min(0.9));
            }
        }
    }
    best
}

/// The names that one string has beside each other, parted by a slash.
pub(super) fn beside(name: &str) -> Vec<&str> {
    let parts: Vec<&str> = name.split('/').map(str::trim).take(MOST_NAMES).collect();
    let names = parts.iter().all(|part| part.chars().count() >= SHORTEST_NAME);
    if names { parts } else { vec![name] }
}

fn whole(a: &str, b: &str, person: bool, gazetteer: &Gazetteer) -> f64 {
    let (latin_a, latin_b, other_script) = romanised(a, b);
    // L.P. is one form of company, J.P. two initials of a person.
    let body = |name: &str| long_forms(&name.replace('.', ""));
    let (all_a, all_b) =
        if person { (tokens(&latin_a), tokens(&latin_b)) } else { (body(&latin_a), body(&latin_b)) };
    let (joined_a, joined_b) = (all_a.concat(), all_b.concat());
    if joined_a.is_empty() || joined_b.is_empty() {
        return 0.0;
    }
    if joined_a == joined_b {
        return 0.94;
    }
    if cut(&latin_a, &latin_b) {
        return 0.92;
    }
    if person {
        // A name written in one word.
        let shorter = joined_a.chars().count().min(joined_b.chars().count());
        if all_a.len().min(all_b.len()) == 1 && all_a.len() != all_b.len() && shorter >= 8 {
            let whole = ratio(&joined_a, &joined_b);
            if whole >= 0.85 {
                return whole * 0.92;
            }
        }
        let score = persons(&all_a, &all_b, other_script).min(0.94);
        return if score >= super::YES { score } else { score.max(romanised_alike(&all_a, &all_b)) };
    }
    let forms = |all: &[String]| -> Vec<&'static str> { all.iter().filter_map(|w| form(w)).collect() };
    let (forms_a, forms_b) = (forms(&all_a), forms(&all_b));
    let other_form =
        !forms_a.is_empty() && !forms_b.is_empty() && !forms_a.iter().any(|f| forms_b.contains(f));
    let weight = if other_form { 0.72 } else { 1.0 };
    (bodies(&all_a, &all_b, gazetteer) * weight).min(0.94)
}

/// The most letters that a field of fixed width has cut off; a name it cuts is long.
const CUT: usize = 3;
const LONG: usize = 20;

/// Tells whether one of two long names is the other without its end.
fn cut(a: &str, b: &str) -> bool {
    if a.len().min(b.len()) < LONG || a.len().abs_diff(b.len()) > 4 * CUT {
        return false;
    }
    let (a, b) = (tokens(a), tokens(b));
    cut_off(&a, &b) || cut_off(&b, &a)
}

/// Tells whether the first is the second without the end of its last word.
fn cut_off(a: &[String], b: &[String]) -> bool {
    let (Some((last_a, rest_a)), Some((last_b, rest_b))) = (a.split_last(), b.split_last()) else {
        return false;
    };
    rest_a == rest_b
        && last_a.len() >= 4
        && last_b.len() <= last_a.len() + CUT
        && last_b.starts_with(last_a.as_str())
        && rest_a.concat().len() + last_a.len() >= LONG
}
