//! Han against Latin: persons by their readings, other names by meaning and sound.

use super::foreign::{DOTS, foreign, is_pinyin};
use super::readings::{begins_with_surname, readings, variants};
use super::tokens::tokens;
use super::words::ratio;
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_text::{fold, is_han};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A given name in another language may stand beside the Chinese one.
const WITH_EXTRA_NAME: f64 = 0.82;

/// The chance that a Latin name writes a Han person's name, with what says so.
pub(super) fn person(han: &str, latin: &str) -> (f64, String) {
    let characters: Vec<char> = fold(han).chars().filter(|c| is_han(*c)).collect();
    let words: Vec<String> = tokens(latin);
    let by_sound = foreign(han, &words);
    if characters.len() < 2 || words.is_empty() {
        // Of one character's sound there are too many names; which is nearest may still be asked.
        return (
            by_sound * 0.29,
            "One of the two names is too short to be compared by its sound.".to_owned(),
        );
    }
    let chinese = characters.len() <= 4 && !han.contains(DOTS);
    let surname = chinese && begins_with_surname(&characters);
    if chinese {
        for (order, extra) in orders(&words) {
            let joined: String = order.concat();
            let first = order.first().map_or(0, String::len);
            if tile(&characters, &joined, first, false) {
                let score = if extra { WITH_EXTRA_NAME } else { 0.9 };
                return (
                    score,
                    format!("“{latin}” is a reading of {han}; other characters have the same sound."),
                );
            }
            if tile(&characters, &joined, first, true) {
                let least: f64 = if extra { 0.74 } else { 0.78 };
                let sentence = format!("“{latin}” is an older or regional spelling of a reading of {han}.");
                return (least.max(by_sound), sentence);
            }
        }
    }
    let sound: String = characters.iter().filter_map(|c| readings(*c, false).into_iter().next()).collect();
    let spelled = words.concat();
    let score = if surname && ratio(&sound, &spelled) >= 0.84 {
        by_sound.max(0.72)
    } else if surname && (words.len() > 2 || is_pinyin(&spelled, characters.len())) {
        // Another Chinese name; which of several such is nearest may still be asked.
        by_sound.min(0.285 + 0.01 * by_sound)
    } else {
        by_sound
    };
    (score, format!("{han} sounds like “{sound}”."))
}

/// Ways to put the surname first: as written, the last word first, and both without one foreign given name.
fn orders(words: &[String]) -> Vec<(Vec<String>, bool)> {
    let turn = |list: &[String]| -> Vec<Vec<String>> {
        let mut turned = list.to_vec();
        turned.rotate_right(1);
        vec![list.to_vec(), turned]
    };
    let mut out: Vec<(Vec<String>, bool)> = turn(words).into_iter().map(|o| (o, false)).collect();
    if (3..=5).contains(&words.len()) {
        for without in 0..words.len() {
            let mut fewer = words.to_vec();
            fewer.remove(without);
            out.extend(turn(&fewer).into_iter().map(|o| (o, true)));
        }
    }
    out
}

/// Tells whether the letters are one reading after the other of the
/// characters; the surname ends where the first word ends.
fn tile(characters: &[char], letters: &str, first_word: usize, spelled: bool) -> bool {
    let mut places: BTreeSet<usize> = BTreeSet::from([0]);
    for (n, c) in characters.iter().enumerate() {
        let mut forms = readings(*c, n == 0);
        if spelled {
            forms.extend(variants(*c, n == 0));
        }
        let next = |at: &usize| -> Vec<usize> {
            let fits =
                |form: &&String| letters.get(*at..).is_some_and(|rest| rest.starts_with(form.as_str()));
            forms.iter().filter(fits).map(|form| at + form.len()).collect()
        };
        places = places.iter().flat_map(next).collect();
        // A surname of two characters ends one later.
        if n == 0 && characters.len() <= 3 && first_word < letters.len() {
            places.retain(|at| *at == first_word);
        }
    }
    places.contains(&letters.len())
}

struct Concept {
    name: String,
    zh: Vec<String>,
    latin: Vec<String>,
}

fn concepts() -> &'static [Concept] {
    static CONCEPTS: OnceLock<Vec<Concept>> = OnceLock::new();
    CONCEPTS.get_or_init(|| {
        let list = |text: &str| text.split(' ').map(fold).collect();
        let row = |line: &str| {
            let mut cells = line.split(',');
            Some(Concept {
                name: cells.next()?.to_owned(),
                zh: list(cells.next()?),
                latin: list(cells.next()?),
            })
        };
        include_str!("../../data/concepts.csv").lines().skip(1).filter_map(row).collect()
    })
}

/// The chance that an organisation's Latin name means or sounds what its Han name does.
pub(super) fn meaning(han: &str, latin: &str, gazetteer: &Gazetteer) -> (f64, String) {
    let (of_han, sounds) = han_concepts(han, gazetteer);
    let (of_latin, rest) = latin_concepts(latin, gazetteer);
    let places = |set: &BTreeSet<String>| -> BTreeSet<String> {
        set.iter().filter(|c| c.starts_with("place:")).cloned().collect()
    };
    let (here, there) = (places(&of_han), places(&of_latin));
    if !here.is_empty() && !there.is_empty() && here.is_disjoint(&there) {
        return (0.1, "They name different places.".to_owned());
    }
    let common: Vec<&String> = of_han.intersection(&of_latin).collect();
    let sounded = sounds.iter().filter(|s| rest.iter().any(|r| ratio(s, r) >= 0.8)).count();
    let all = of_han.len() + of_latin.len() + sounds.len() + rest.len();
    if all == 0 {
        return (0.0, "Nothing of the two can be compared.".to_owned());
    }
    let dice = 2.0 * (common.len() + sounded) as f64 / all as f64;
    let words: Vec<&str> = common.iter().map(|c| c.as_str()).collect();
    let score = if dice >= 0.5 { 0.62 + 0.25 * dice } else { dice };
    (
        score.min(0.86),
        format!(
            "Both say: {}.",
            if words.is_empty() { "nothing in common".to_owned() } else { words.join(", ") }
        ),
    )
}

/// What a name says in words and places that are the same in every language.
pub(super) fn concepts_of(name: &str, gazetteer: &Gazetteer) -> BTreeSet<String> {
    let mut found = latin_concepts(name, gazetteer).0;
    if name.chars().any(is_han) {
        found.extend(han_concepts(name, gazetteer).0);
    }
    found
}

/// What a Han name says, longest form first; what is left as its sound.
fn han_concepts(name: &str, gazetteer: &Gazetteer) -> (BTreeSet<String>, Vec<String>) {
    let folded: Vec<char> = fold(name).chars().filter(|c| !c.is_whitespace()).collect();
    let (mut found, mut sounds, mut sound) = (BTreeSet::new(), Vec::new(), String::new());
    let mut at = 0;
    while at < folded.len() {
        let step = (1..=(folded.len() - at).min(8)).rev().find_map(|length| {
            let form: String = folded[at..at + length].iter().collect();
            let concept = concepts().iter().find(|c| c.zh.contains(&form)).map(|c| c.name.clone());
            let place = || (length >= 2).then(|| place_of(&form, gazetteer)).flatten();
            concept.or_else(place).map(|name| (length, name))
        });
        match step {
            Some((length, name)) => {
                found.insert(name);
                sounds.extend(Some(std::mem::take(&mut sound)).filter(|s| !s.is_empty()));
                at += length;
            }
            None => {
                sound.extend(readings(folded[at], false).into_iter().next());
                at += 1;
            }
        }
    }
    sounds.extend(Some(sound).filter(|s| !s.is_empty()));
    (found, sounds)
}

fn latin_concepts(name: &str, gazetteer: &Gazetteer) -> (BTreeSet<String>, Vec<String>) {
    let mut found = BTreeSet::new();
    let mut rest = Vec::new();
    let small =
        ["of", "the", "for", "and", "de", "van", "voor", "het", "la", "el", "en", "del", "los", "y", "in"];
    for word in tokens(name).into_iter().filter(|w| !small.contains(&w.as_str())) {
        let of_word: Vec<&Concept> = concepts().iter().filter(|c| c.latin.contains(&word)).collect();
        let country = crate::agency::country_adjective(&word).map(|code| format!("place:{code}"));
        let place = || place_of(&word, gazetteer);
        if !of_word.is_empty() {
            found.extend(of_word.iter().map(|c| c.name.clone()));
        } else if let Some(place) = country.or_else(place) {
            found.insert(place);
        } else {
            rest.push(word);
        }
    }
    (found, rest)
}

fn place_of(folded: &str, gazetteer: &Gazetteer) -> Option<String> {
    let place: PlaceRef = *gazetteer.named_on(folded, None).first()?;
    Some(format!("place:{}", gazetteer.key(place)))
}
