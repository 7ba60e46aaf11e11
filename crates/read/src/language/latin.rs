//! Languages in Latin script: whichlang's answer against the commonest words.
//!
//! whichlang weighs runs of letters and errs on short texts, above all where
//! digits, addresses and borrowed words stand in them. The words every text has
//! (`de`, `het`, `los`) and letters that one language has alone (`ñ`, `ã`, `å`)
//! outvote it there; the longer a text, the more its answer counts.

use super::common::COMMON;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The language of a text with the number of its words and of those that are common in that language.
pub(super) struct Found {
    pub lang: &'static str,
    pub words: usize,
    pub common: usize,
}

/// Tells the language of a text in Latin script.
pub(super) fn tell(text: &str) -> Found {
    let plain = without_codes(text);
    let guess = name_of(whichlang::detect_language(&plain));
    let mut scores: Vec<f64> = vec![0.0; COMMON.len()];
    let mut common: Vec<usize> = vec![0; COMMON.len()];
    let mut words = 0;
    for word in plain.split_whitespace() {
        words += 1;
        let word = word.to_lowercase();
        if let Some(known) = table().get(word.as_str()) {
            for language in known {
                // A word of two languages is half a reason for each.
                scores[*language] += 1.0 / known.len() as f64;
                common[*language] += 1;
            }
        }
        marks(&word, |language, weight| scores[language] += weight);
    }
    let number = |lang: &str| COMMON.iter().position(|(name, ..)| *name == lang);
    let Some(guessed) = number(guess) else { return Found { lang: guess, words, common: words } };
    scores[guessed] += FIRST + words as f64 / LONG;
    let mut best = guessed;
    for (language, score) in scores.iter().enumerate() {
        let (_, least, _) = COMMON[language];
        if *score > scores[best] && common[language] >= least {
            best = language;
        }
    }
    Found { lang: COMMON[best].0, words, common: common[best] }
}

/// What whichlang's answer weighs against common words, and the number of words that add one more.
const FIRST: f64 = 0.6;
const LONG: f64 = 15.0;

/// Where each common word is common.
fn table() -> &'static HashMap<&'static str, Vec<usize>> {
    static TABLE: OnceLock<HashMap<&'static str, Vec<usize>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for (language, (.., words)) in COMMON.iter().enumerate() {
            for word in words.split_whitespace() {
                let known = table.entry(word).or_default();
                if !known.contains(&language) {
                    known.push(language);
                }
            }
        }
        table
    })
}

/// Letters and endings that speak for a language.
fn marks(word: &str, mut speak: impl FnMut(usize, f64)) {
    const LETTERS: [(&str, &[char]); 8] = [
        ("es", &['ñ']),
        ("pt", &['ã', 'õ']),
        ("sv", &['å']),
        ("tr", &['ı', 'ğ', 'ş']),
        ("de", &['ß']),
        ("fr", &['œ', 'û', 'ù']),
        ("it", &['ì', 'ò']),
        ("vi", &['ă', 'đ', 'ơ', 'ư']),
    ];
    const ENDINGS: [(&str, &str); 24] = [
        ("es", "ción"),
        ("es", "ciones"),
        ("es", "aré"),
        ("es", "iré"),
        ("es", "eré"),
        ("es", "dré"),
        ("es", "ó"),
        ("pt", "ção"),
        ("pt", "ções"),
        ("pt", "agem"),
        ("nl", "heid"),
        ("nl", "ijk"),
        ("nl", "aan"),
        ("nl", "ingen"),
        ("nl", "ijn"),
        ("de", "ung"),
        ("de", "lich"),
        ("de", "keit"),
        ("en", "ing"),
        ("fr", "eaux"),
        ("fr", "ement"),
        ("it", "zione"),
        ("it", "gli"),
        ("sv", "ningen"),
    ];
    if word.is_ascii() && word.len() < 3 {
        return;
    }
    let mut say = |lang: &str, weight: f64| {
        if let Some(number) = COMMON.iter().position(|(name, ..)| *name == lang) {
            speak(number, weight);
        }
    };
    if !word.is_ascii() {
        let lettered = LETTERS.iter().filter(|(_, letters)| word.contains(*letters));
        lettered.for_each(|(lang, _)| say(lang, 0.9));
    }
    let last = word.as_bytes().last();
    let ends = |end: &str| end.as_bytes().last() == last && word.ends_with(end) && word.len() > end.len() + 1;
    ENDINGS.iter().filter(|(_, end)| ends(end)).for_each(|(lang, _)| say(lang, 0.5));
}

/// The words of a text: addresses, codes and everything with a digit or a sign in it are of no language.
fn without_codes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for run in text.split_whitespace() {
        // Most words are letters and nothing else.
        if run.bytes().all(|b| b.is_ascii_alphabetic()) {
            out.push_str(run);
            out.push(' ');
            continue;
        }
        let code = run.contains("://")
            || run.contains('@')
            || run.matches(['/', '=', '&', '%', '_']).count() > 1
            || run.starts_with("www.");
        if code {
            continue;
        }
        let letter = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
        // The letters of `15:30h` and `H2O` are no words.
        let parts = run.split(|c: char| !letter(c) && !c.is_ascii_digit());
        for part in parts.filter(|p| !p.is_empty() && !p.contains(|c: char| c.is_ascii_digit())) {
            out.push_str(part.trim_matches(['\'', '’']));
            out.push(' ');
        }
    }
    out
}

fn name_of(lang: whichlang::Lang) -> &'static str {
    match lang {
        whichlang::Lang::Deu => "de",
        whichlang::Lang::Fra => "fr",
        whichlang::Lang::Ita => "it",
        whichlang::Lang::Nld => "nl",
        whichlang::Lang::Por => "pt",
        whichlang::Lang::Spa => "es",
        whichlang::Lang::Swe => "sv",
        whichlang::Lang::Tur => "tr",
        whichlang::Lang::Vie => "vi",
        _ => "en",
    }
}
