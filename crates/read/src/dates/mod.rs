//! Date expressions in running text, in Chinese, Dutch, Spanish and English.
//!
//! Dutch, Spanish and English are tables of words (`words/*.txt`) for one grammar
//! over tokens (`grammar.rs`, `relative.rs`, `spans.rs`, `loose.rs`, `lengths.rs`,
//! `ages.rs`, `sets.rs`, `clocks.rs`, `ranges.rs`, `nights.rs`, `phrases.rs`); Chinese has
//! patterns of its own (`zh.rs`), whose pieces `combine.rs` joins. `value.rs`
//! says which days an expression means, seen from the reference.
//!
//! Values are written as in the reading set's README: days, ranges whose end is
//! the first day after, open ranges with nothing on one side.

mod ages;
mod borders;
mod calendar;
mod clocks;
mod combine;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod families;
mod feast;
mod grammar;
mod joining;
mod lengths;
mod loose;
mod nights;
mod numbers;
mod phrases;
mod ranges;
mod readings;
mod relative;
mod sets;
mod spans;
mod value;
mod vocabulary;
mod western;
mod zh;

pub(crate) use calendar::from_number;

use plainsight_text::{Chars, is_han};

/// A date expression with what it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateSpan {
    /// Its first code point.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// Its words.
    pub text: String,
    /// TIMEX3 value of what the words say by themselves (`2019-06`, `XXXX-06-18`), empty where there is none.
    pub timex: String,
    /// The days, ranges or durations it may mean; several where a word can look back or ahead.
    pub values: Vec<String>,
    /// The likeliest meaning as EDTF; `None` where it is no day or span of days.
    pub edtf: Option<String>,
    /// Whether the year stands in the reference and not in the words.
    pub inferred_year: bool,
}

/// The most characters of one text that are searched.
const MOST: usize = 2_000_000;

/// Finds the date expressions of a text. `reference` is the day (or moment) of
/// writing: without it nothing relative is resolved. `lang` is ISO 639-1;
/// without it the language is guessed.
pub fn dates(text: &str, reference: Option<&str>, lang: Option<&str>) -> Vec<DateSpan> {
    let text = match text.char_indices().nth(MOST) {
        Some((byte, _)) => &text[..byte],
        None => text,
    };
    let reference = reference.and_then(|r| value::Reference::parse(r.trim()));
    let guessed;
    let lang = match lang {
        Some(lang) => lang.split('-').next().unwrap_or(lang),
        None => {
            guessed = crate::language(text).lang;
            if text.chars().any(is_han) { "zh" } else { guessed.as_str() }
        }
    };
    let found = match lang {
        "zh" => zh::find(text),
        "nl" | "es" => western::find(text, lang),
        _ => western::find(text, "en"),
    };
    let chars = Chars::new(text);
    let span = |piece: combine::Piece| {
        let meaning = piece.what.resolve(reference.as_ref());
        DateSpan {
            start: chars.code_point(piece.start),
            end: chars.code_point(piece.end),
            text: text[piece.start..piece.end].to_owned(),
            timex: piece.what.timex(),
            values: meaning.values,
            edtf: meaning.edtf,
            inferred_year: meaning.inferred_year,
        }
    };
    found.into_iter().map(span).collect()
}
