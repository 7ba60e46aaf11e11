//! One Chinese name in two systems, both in Latin letters: Deng Xiaoping, Teng Hsiao-p'ing.

use super::readings::is_syllable;
use super::wade_giles::wade_giles;

/// A name has so many syllables.
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=4;
/// The letters of a syllable of pinyin, at most.
const LONGEST: usize = 6;
/// Other names are spelled so as well: a question that counts as yes.
const SCORE: f64 = 0.75;

/// The chance that of two names one is the other in Wade-Giles; 0 where it is not.
pub(super) fn romanised_alike(a: &[String], b: &[String]) -> f64 {
    if wade_giles_of(a, b) || wade_giles_of(b, a) { SCORE } else { 0.0 }
}

/// Tells whether the second is the first in Wade-Giles, surname by surname and given name by given name.
fn wade_giles_of(pinyin: &[String], other: &[String]) -> bool {
    let ([surname, given @ ..], [first, rest @ ..]) = (pinyin, other) else { return false };
    if given.is_empty() || rest.is_empty() || pinyin.len() + other.len() > 2 * SYLLABLES.end() {
        return false;
    }
    let plain = surname.is_ascii() && given.iter().all(|word| word.is_ascii());
    plain && spelled(surname, first, 1) && spelled(&given.concat(), &rest.concat(), SYLLABLES.end() - 1)
}

/// Tells whether letters are so many syllables at most and those, each in Wade-Giles, the other letters.
fn spelled(pinyin: &str, other: &str, most: usize) -> bool {
    if pinyin.is_empty() || other.is_empty() {
        return pinyin.is_empty() && other.is_empty();
    }
    // The last syllable is all that is left.
    let shortest = if most == 1 { pinyin.len() } else { 1 };
    most > 0
        && (shortest..=pinyin.len().min(LONGEST)).filter(|end| is_syllable(&pinyin[..*end])).any(|end| {
            let forms = wade_giles(&pinyin[..end]);
            let rest = |form: &String| other.strip_prefix(form.as_str());
            forms.iter().filter_map(rest).any(|rest| spelled(&pinyin[end..], rest, most - 1))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_history_in_both_systems() {
        let words = |name: &str| super::super::tokens::tokens(name);
        for (a, b, same) in [
            ("Deng Xiaoping", "Teng Hsiao-p'ing", true),
            ("Zhou Enlai", "Chou En-lai", true),
            ("Zhang Xueliang", "Chang Hsüeh-liang", true),
            ("Song Jiaoren", "Sung Chiao-jen", true),
            ("Deng Xiaoping", "Teng Ying-ch'ao", false),
            ("Zhou Enlai", "Chu Te", false),
            ("Enlai Zhou", "Chou En-lai", false),
            ("Maria Jansen", "Mario Jansen", false),
        ] {
            assert_eq!(romanised_alike(&words(a), &words(b)) > 0.7, same, "{a} | {b}");
            assert_eq!(romanised_alike(&words(b), &words(a)) > 0.7, same, "{b} | {a}");
        }
    }
}
