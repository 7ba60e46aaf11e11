//! A sentence term by term: sound and sense of each, for whoever reads no Chinese.
//!
//! Terms of the lens come first, then places of the gazetteer, then the words that the segmenter
//! cuts, each looked up in a dictionary; a word that no dictionary has is shown by its parts.

mod dictionary;

use crate::words::cut;
use crate::{Lens, Place};
use pinyin::ToPinyin as _;
use plainsight_text::is_han;

/// Code points that are glossed; a quote is a sentence, and whoever wants a page reads it in the document.
const MOST: usize = 600;
/// Namesakes of a place that are named.
const NAMESAKES: usize = 3;

/// A sentence term by term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gloss {
    /// By position; nothing where the sentence has no Han. Marks and white space have no row.
    pub rows: Vec<GlossRow>,
    /// Whether the sentence was longer than what is glossed.
    pub cut: bool,
}

/// One term of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossRow {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// As it stands there.
    pub text: String,
    /// Pinyin with tone marks, a space between syllables; empty where no Han is in it.
    pub pinyin: String,
    /// Its sense in English; empty where none is known.
    pub meaning: String,
    /// Who says so.
    pub source: GlossSource,
}

/// Who gives the sense of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GlossSource {
    /// The lens's list of terms.
    Lens,
    /// The gazetteer.
    Gazetteer,
    /// CC-CEDICT.
    Dictionary,
    /// Nobody: only its sound is known.
    Sound,
    /// Nobody: it is not Han.
    Plain,
}

impl GlossSource {
    /// The word printed under `source`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Lens => "lens",
            Self::Gazetteer => "gazetteer",
            Self::Dictionary => "dictionary",
            Self::Sound => "sound",
            Self::Plain => "plain",
        }
    }
}

impl Lens {
    /// Glosses a sentence. The same sentence gives the same rows.
    pub fn gloss(&self, sentence: &str) -> Gloss {
        let mut letters: Vec<char> = sentence.chars().take(MOST + 1).collect();
        let cut = letters.len() > MOST;
        letters.truncate(MOST);
        if !letters.iter().copied().any(is_han) {
            return Gloss { rows: Vec::new(), cut };
        }
        let mut rows = Vec::new();
        let mut at = 0;
        for known in self.known(&letters) {
            rows.extend(words(&letters, at, known.start));
            at = known.end;
            rows.push(known);
        }
        rows.extend(words(&letters, at, letters.len()));
        Gloss { rows, cut }
    }

    /// Terms and places, by position, none over another; a term wins over a place.
    fn known(&self, letters: &[char]) -> Vec<GlossRow> {
        let text: String = letters.iter().collect();
        let mut out: Vec<GlossRow> = Vec::new();
        let mut add = |start: usize, end: usize, meaning: String, source| {
            let free = out.iter().all(|row| row.end <= start || end <= row.start);
            if free && start < end && end <= letters.len() && !meaning.is_empty() {
                out.push(row(letters, start, end, reading(letters, start, end), meaning, source));
            }
        };
        for hit in self.find_terms(&text) {
            add(hit.start, hit.end, without_remarks(&self.terms[hit.term].meaning), GlossSource::Lens);
        }
        for hit in self.gazetteer.find(&text, None) {
            let mut names: Vec<String> =
                hit.places.iter().map(|place| place_name(self.gazetteer.get(*place))).collect();
            names.dedup();
            names.truncate(NAMESAKES);
            add(hit.start, hit.end, names.join(" or "), GlossSource::Gazetteer);
        }
        out.sort_by_key(|row| row.start);
        out
    }
}

/// A meaning without what it says to whoever keeps the lens; nothing where that is all.
fn without_remarks(meaning: &str) -> String {
    let sense = meaning.split([':', '(']).next().unwrap_or_default().trim();
    if sense == "the same" { String::new() } else { sense.to_owned() }
}

/// A place by a name in Latin letters; one that is known in Chinese alone by its pinyin and what it is.
fn place_name(place: &Place) -> String {
    let latin = |lang: &str| place.forms.iter().find(|(of, _)| of == lang).map(|(_, form)| form);
    match latin("pinyin").or_else(|| latin("en")) {
        Some(form) if place.name.contains(is_han) => format!("{form} ({})", place.kind.as_str()),
        _ => place.name.clone(),
    }
}

/// The words between two places: runs of Han as the segmenter cuts them, all other letters as runs.
fn words(letters: &[char], start: usize, end: usize) -> Vec<GlossRow> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end {
        let kind = Kind::of(letters[at]);
        let past = (at..end).find(|n| Kind::of(letters[*n]) != kind).unwrap_or(end);
        match kind {
            Kind::Han => out.extend(han_words(letters, at, past)),
            Kind::Letter => {
                out.push(row(letters, at, past, String::new(), String::new(), GlossSource::Plain));
            }
            Kind::Mark => {}
        }
        at = past;
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Letter,
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            c if is_han(c) => Self::Han,
            c if c.is_alphanumeric() => Self::Letter,
            _ => Self::Mark,
        }
    }
}

fn han_words(letters: &[char], start: usize, end: usize) -> Vec<GlossRow> {
    // The segmenter knows simplified characters; each is one for one.
    let simplified: String = letters[start..end].iter().map(|c| dictionary::simplified(*c)).collect();
    let mut out = Vec::new();
    let mut at = start;
    for word in cut(&simplified) {
        let past = (at + word.chars().count()).min(end);
        out.extend(parts(letters, at, past));
        at = past;
    }
    out
}

/// A word, or the longest words of the dictionary that it is made of.
fn parts(letters: &[char], start: usize, end: usize) -> Vec<GlossRow> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end {
        let longest = end.min(at + dictionary::LONGEST);
        let found = (at + 1..=longest).rev().find_map(|past| {
            let word: String = letters[at..past].iter().collect();
            Some((past, dictionary::look_up(&word)?))
        });
        let (past, pinyin, sense, source) = match found {
            Some((past, entry)) => (past, entry.pinyin.to_owned(), entry.sense, GlossSource::Dictionary),
            None => (at + 1, sound(letters[at]).unwrap_or_default().to_owned(), "", GlossSource::Sound),
        };
        out.push(row(letters, at, past, pinyin, sense.to_owned(), source));
        at = past;
    }
    out
}

/// The sound of a term, by the words that it is made of: 重庆 is chóng qìng, not zhòng qìng.
fn reading(letters: &[char], start: usize, end: usize) -> String {
    let rows = words(letters, start, end);
    if rows.iter().all(|row| row.pinyin.is_empty()) {
        return String::new();
    }
    let said = |row: &GlossRow| if row.pinyin.is_empty() { row.text.clone() } else { row.pinyin.clone() };
    rows.iter().map(said).collect::<Vec<_>>().join(" ")
}

fn sound(c: char) -> Option<&'static str> {
    c.to_pinyin().map(|syllable| syllable.with_tone())
}

fn row(
    letters: &[char],
    start: usize,
    end: usize,
    pinyin: String,
    meaning: String,
    source: GlossSource,
) -> GlossRow {
    GlossRow { start, end, text: letters[start..end].iter().collect(), pinyin, meaning, source }
}
