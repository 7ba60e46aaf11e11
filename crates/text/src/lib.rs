//! Strings to folded strings with their offset map; scripts; vague dates; patterns; many strings at once.
//!
//! In: strings. Out: folded strings, offsets, scripts, EDTF dates, matches of patterns.
//! Never: knows what a document or a name is.

mod chars;
mod edtf;
mod fold;
mod lexicon;
mod pattern;
mod script;

pub use chars::Chars;
pub use edtf::{Day, Edtf, EdtfError};
pub use fold::{Folded, fold, fold_char, fold_first, fold_with_map, simplified};
pub use lexicon::{Entry, Lexicon};
pub use pattern::{Captures, Haystack, Match, Pattern, Patterns};
pub use script::{ScriptOf, is_han, script_of};
