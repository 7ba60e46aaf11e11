//! Han against Latin: persons by their readings.

use super::foreign::{DOTS, foreign, is_pinyin};
use super::readings::{System, begins_with_surname, readings, regional, spellings};
use super::tokens::tokens;
use super::words::ratio;
use plainsight_text::{fold, is_han};
use std::collections::BTreeSet;

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
    if chinese && let Some((score, sentence)) = chinese_name(han, latin, &characters, &words) {
        return (score.max(by_sound.min(score + 0.1)), sentence);
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

/// A Chinese name in one system after the other, the surest first. All of it must be in one: what is spelled
/// one way in its surname and another in the rest is another name as often as the same.
fn chinese_name(han: &str, latin: &str, characters: &[char], words: &[String]) -> Option<(f64, String)> {
    let orders: Vec<_> = orders(words)
        .into_iter()
        .map(|(order, extra)| (order.concat(), order.first().map_or(0, String::len), extra))
        .collect();
    for (system, score, beside, what) in [
        (System::Pinyin, 0.9, WITH_EXTRA_NAME, "a reading"),
        (System::WadeGiles, 0.82, 0.76, "a reading in Wade-Giles"),
        (System::Cantonese, 0.82, 0.76, "the Cantonese reading"),
        (System::Any, 0.78, 0.74, "an older or regional spelling of a reading"),
    ] {
        let forms = forms(characters, system);
        for (letters, first, extra) in &orders {
            if !tiled(&forms, letters, *first) {
                continue;
            }
            let sentence = format!("“{latin}” is {what} of {han}; other characters have the same sound.");
            // A surname as some region writes it says that mixed spellings are meant to be mixed.
            let mixed = system == System::Any && !begins_regional(characters[0], letters);
            return Some((
                if mixed {
                    MIXED
                } else if *extra {
                    beside
                } else {
                    score
                },
                sentence,
            ));
        }
    }
    None
}

/// What a name may reach whose syllables are of several systems: a question.
const MIXED: f64 = 0.6;

/// Tells whether letters begin with an established regional spelling of a surname.
fn begins_regional(surname: char, letters: &str) -> bool {
    regional(surname).iter().any(|form| letters.starts_with(form.as_str()))
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
pub(super) fn tile(characters: &[char], letters: &str, first_word: usize, system: System) -> bool {
    tiled(&forms(characters, system), letters, first_word)
}

fn forms(characters: &[char], system: System) -> Vec<Vec<String>> {
    characters.iter().enumerate().map(|(n, c)| spellings(*c, n == 0, system)).collect()
}

fn tiled(forms: &[Vec<String>], letters: &str, first_word: usize) -> bool {
    let mut places: BTreeSet<usize> = BTreeSet::from([0]);
    for (n, of_character) in forms.iter().enumerate() {
        let next = |at: &usize| -> Vec<usize> {
            let fits =
                |form: &&String| letters.get(*at..).is_some_and(|rest| rest.starts_with(form.as_str()));
            of_character.iter().filter(fits).map(|form| at + form.len()).collect()
        };
        places = places.iter().flat_map(next).collect();
        // A surname of two characters ends one later.
        if n == 0 && forms.len() <= 3 && first_word < letters.len() {
            places.retain(|at| *at == first_word);
        }
    }
    places.contains(&letters.len())
}
