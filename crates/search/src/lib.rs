//! Documents to a full-text index; queries to hits with quotes.
//!
//! In: canonical texts with what is known about them ([`Entry`]), and queries
//! in any spelling or script ([`Query`]). Out: documents with the exact places
//! that answer ([`Answer`]).
//! Never: knows claims, keeps the texts (the caller hands them back for the
//! candidates), or shows a hit that was not found again in the text itself.
//!
//! The index only proposes candidates; every one is verified on the folded
//! text, which gives quotes, group and order. So an answer depends on the
//! documents alone, not on the history of the index.

mod answer;
mod engine;
mod error;
mod grams;
mod needle;
mod verify;
mod words;

pub use answer::{Answer, Group, Hit, HitQuote, Query};
pub use engine::{Entry, Index, Writer};
pub use error::SearchError;

/// The version of what the index holds; an index of another one is made anew.
pub const VERSION: &str = "search-1";
