//! The tables of the model: countries and territories, languages, topics, media types.
//!
//! Made from followthemoney 4.11.2 and rigour 2.6.1 (both MIT), as data.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// A territory a line: code in the model (`-` for none), codes, names, weaker names, places.
const TERRITORIES: &str = include_str!("../../data/ftm/territories.tsv");
/// A language a line: code of three letters, other codes and names.
const LANGUAGES: &str = include_str!("../../data/ftm/languages.tsv");
/// Topics, one a line.
const TOPICS: &str = include_str!("../../data/ftm/topics.txt");
/// Media types as programs write them, and as they are.
const MIMETYPES: &str = include_str!("../../data/ftm/mimetypes.tsv");

type Codes = HashMap<String, &'static str>;

/// The code of a country or territory by code or name, in any language of the table.
pub(super) fn country(text: &str) -> Option<String> {
    static TABLES: OnceLock<(Codes, Codes)> = OnceLock::new();
    let (by_code, by_name) = TABLES.get_or_init(territories);
    let code = text.to_lowercase().replace('_', "-");
    let found = by_code.get(code.trim()).or_else(|| by_name.get(&territory_key(text)));
    found.filter(|code| **code != "-").map(|code| (*code).to_owned())
}

/// Whether a code is one of the model's.
pub(super) fn is_country(code: &str) -> bool {
    static CODES: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let codes = CODES.get_or_init(|| {
        TERRITORIES.lines().filter_map(|line| line.split('\t').next()).filter(|c| *c != "-").collect()
    });
    codes.contains(code)
}

fn territories() -> (Codes, Codes) {
    let (mut by_code, mut by_name) = (Codes::new(), Codes::new());
    for line in TERRITORIES.lines() {
        let mut columns = line.split('\t');
        let code = columns.next().unwrap_or("-");
        for id in columns.next().unwrap_or("").split(' ') {
            by_code.insert(id.to_owned(), code);
        }
    }
    // A territory's own names stand before what it is also called, and that before its places.
    for column in 2..5 {
        let mut fresh = Codes::new();
        for line in TERRITORIES.lines() {
            let code = line.split('\t').next().unwrap_or("-");
            for name in line.split('\t').nth(column).unwrap_or("").split('|').filter(|n| !n.is_empty()) {
                fresh.insert(territory_key(name), code);
            }
        }
        for (name, code) in fresh {
            by_name.entry(name).or_insert(code);
        }
    }
    (by_code, by_name)
}

/// A name for comparing: in Latin letters where its script is alphabetic, without signs and case.
fn territory_key(name: &str) -> String {
    let latin = name.chars().all(|c| c.is_ascii() || !c.is_alphanumeric() || is_alphabetic_script(c));
    let name: String =
        if latin { name.chars().map(any_ascii::any_ascii_char).collect() } else { name.to_owned() };
    let mut out = String::with_capacity(name.len());
    for c in name.nfkc().flat_map(char::to_lowercase) {
        if ".()[],;:_-/ʻ'’".contains(c) {
            continue;
        }
        let keep = c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
        out.push(if keep { c } else { ' ' });
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Latin, Greek, Cyrillic, Armenian, Georgian, Hangul: what the reference writes in Latin letters.
fn is_alphabetic_script(c: char) -> bool {
    matches!(c, '\u{aa}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{370}'..='\u{52f}' | '\u{531}'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}

fn languages() -> &'static Codes {
    static TABLE: OnceLock<Codes> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut out = Codes::new();
        for line in LANGUAGES.lines() {
            let (code, others) = line.split_once('\t').unwrap_or((line, ""));
            out.insert(code.to_owned(), code);
            out.extend(others.split('|').filter(|o| !o.is_empty()).map(|other| (other.to_owned(), code)));
        }
        out
    })
}

/// A language's code of three letters, by code, name or tag (`zh-Hans`).
pub(super) fn language(text: &str) -> Option<String> {
    let mut word = text.to_lowercase().trim().to_owned();
    loop {
        if let Some(code) = languages().get(&word) {
            return Some((*code).to_owned());
        }
        word = word.split_once('-').or_else(|| word.split_once('_'))?.0.trim().to_owned();
    }
}

/// Whether a code of three letters is one of the model's.
pub(super) fn is_language(code: &str) -> bool {
    languages().get(code).is_some_and(|known| *known == code)
}

/// Whether a word is one of the model's topics.
pub(super) fn is_topic(word: &str) -> bool {
    TOPICS.lines().any(|line| line == word)
}

/// What says nothing about bytes.
const ANY_BYTES: &str = "application/octet-stream";

/// A media type without parameters, in lower case, by its usual name; none for “any bytes”.
pub(super) fn mimetype(text: &str) -> Option<String> {
    if text.matches('/').count() != 1 {
        return None;
    }
    // As a header of mail with no type in it is plain text.
    let Some((family, kind)) = text.split(';').next()?.split_once('/') else {
        return Some("text/plain".to_owned());
    };
    let (family, kind) = (family.trim().to_lowercase(), kind.trim().to_lowercase());
    if family.is_empty() || kind.is_empty() {
        return None;
    }
    let name = format!("{family}/{kind}");
    let usual = MIMETYPES.lines().filter_map(|line| line.split_once('\t')).find(|(from, _)| *from == name);
    let name = usual.map_or(name, |(_, to)| to.to_owned());
    (name != ANY_BYTES).then_some(name)
}
