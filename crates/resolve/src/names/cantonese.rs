//! Cantonese spellings of a character, as Hong Kong's registers write names: Tsui, Cheung, Yuen.
//!
//! Readings are Unihan's (`data/cantonese.txt`, made by `data/make_cantonese.py`). There is no law for the
//! letters; what follows is the usage of Hong Kong's government (Eitel-Dyer-Ball, described in Kataoka and
//! Lee, *A System without a System*, Hong Kong Journal of Applied Linguistics 11, 2008) with its variants.

use plainsight_text::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The spellings of a folded character, the usual one of each reading first.
pub(super) fn cantonese(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for reading in readings().get(&c).into_iter().flatten() {
        for form in spellings(reading) {
            if !out.contains(&form) {
                out.push(form);
            }
        }
    }
    out
}

fn readings() -> &'static HashMap<char, Vec<&'static str>> {
    static ALL: OnceLock<HashMap<char, Vec<&'static str>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: HashMap<char, Vec<&'static str>> = HashMap::new();
        let lines = include_str!("../../data/cantonese.txt").lines();
        for (reading, characters) in lines.filter_map(|line| line.split_once(' ')) {
            for c in fold(characters).chars() {
                let known = all.entry(c).or_default();
                if !known.contains(&reading) {
                    known.push(reading);
                }
            }
        }
        all
    })
}

/// The spellings of a reading in Jyutping without tone.
fn spellings(jyutping: &str) -> Vec<String> {
    if let Some((_, forms)) = WHOLE.iter().find(|(reading, _)| *reading == jyutping) {
        return forms.split(' ').map(str::to_owned).collect();
    }
    let initial = INITIALS.iter().find(|(from, _)| jyutping.starts_with(from));
    let (from, initials) = initial.copied().unwrap_or(("", ""));
    let rest = &jyutping[from.len()..];
    let finals = FINALS.iter().find(|(last, _)| *last == rest).map_or(rest, |(_, forms)| forms);
    let both = |first: &str| finals.split(' ').map(|last| format!("{first}{last}")).collect::<Vec<_>>();
    initials.split(' ').flat_map(both).collect()
}

/// Initials and how they are written; longer ones first.
const INITIALS: [(&str, &str); 19] = [
    ("gw", "kw gw"),
    ("kw", "kw"),
    ("ng", "ng"),
    ("b", "p b"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t d"),
    ("t", "t"),
    ("n", "n l"),
    ("l", "l"),
    ("g", "k g"),
    ("k", "k"),
    ("h", "h"),
    ("w", "w"),
    ("z", "ch ts j"),
    ("c", "ch ts"),
    ("s", "s sh"),
    ("j", "y"),
];

/// Finals that are written otherwise than in Jyutping.
const FINALS: [(&str, &str); 29] = [
    ("aa", "a ah"),
    ("aai", "ai"),
    ("aau", "au"),
    ("aam", "am"),
    ("aan", "an"),
    ("aang", "ang"),
    ("aap", "ap"),
    ("aat", "at"),
    ("aak", "ak"),
    ("au", "au ow"),
    ("am", "am um"),
    ("an", "an un"),
    ("ap", "ap up"),
    ("at", "at ut"),
    ("ei", "ei i ee ay"),
    ("i", "i ee"),
    ("ou", "o ou"),
    ("o", "o aw or"),
    ("oe", "eu"),
    ("oeng", "eung"),
    ("oek", "euk"),
    ("eoi", "ui"),
    ("eon", "un"),
    ("eot", "ut"),
    ("yu", "u ue"),
    ("yun", "uen un"),
    ("yut", "uet ut"),
    ("u", "u oo"),
    ("un", "un oon"),
];

/// Readings that the two tables do not give.
const WHOLE: [(&str, &str); 17] = [
    ("si", "sze see si shi sy"),
    ("zi", "chi tsz tze tsi chee jee"),
    ("ci", "tsz chi tze chee"),
    ("ng", "ng"),
    ("m", "m ng"),
    ("ji", "yi yee i"),
    ("jyu", "yu yue u"),
    ("jyun", "yuen un"),
    ("jyut", "yuet"),
    ("zyu", "chu chue"),
    ("cyu", "chu chue"),
    ("joeng", "yeung young"),
    ("wu", "wu woo"),
    ("ou", "o"),
    ("jip", "yip ip"),
    ("gun", "kwun koon kun"),
    ("wui", "wui ui"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Persons of public life and places of Hong Kong, syllable by syllable.
    #[test]
    fn names_as_they_are_written_in_hong_kong() {
        for (han, latin) in [
            ("林郑月娥", "lam cheng yuet ngor"),
            ("梁振英", "leung chun ying"),
            ("董建华", "tung chee hwa"),
            ("曾荫权", "tsang yam kuen"),
            ("李小龙", "lee siu lung"),
            ("周润发", "chow yun fat"),
            ("刘德华", "lau tak wah"),
            ("铜锣湾", "tung lo wan"),
            ("沙田", "sha tin"),
            ("尖沙咀", "tsim sha tsui"),
            ("元朗", "yuen long"),
            ("荃湾", "tsuen wan"),
            ("观塘", "kwun tong"),
            ("屯门", "tuen mun"),
            ("葵青", "kwai tsing"),
        ] {
            // What is no rule (建华 in that name) stands in syllables.csv.
            let odd = ["chee", "hwa"];
            for (c, form) in han.chars().zip(latin.split(' ')) {
                let forms = cantonese(fold(&c.to_string()).chars().next().expect("a character"));
                assert!(odd.contains(&form) || forms.contains(&form.to_owned()), "{c} {form}: {forms:?}");
            }
        }
        assert_eq!(cantonese('a'), Vec::<String>::new());
    }
}
