//! Strings to folded strings with their offset map; scripts; vague dates.
//!
//! In: strings. Out: folded strings, offsets, scripts, EDTF dates.
//! Never: knows what a document or a name is.

mod chars;
mod edtf;
mod fold;
mod script;

pub use chars::Chars;
pub use edtf::{Day, Edtf, EdtfError};
pub use fold::{Folded, fold, fold_char, fold_with_map};
pub use script::{ScriptOf, is_han, script_of};
