//! Tells how many independent sources stand behind each statement.
//!
//! In: documents with their findings, posts, copy links, citations, decisions.
//! Out: copies, quotes that hold, claims with evidence, origins,
//! contradictions, both grades of rule G1 with their trace, statuses.
//! Never: decides anything for a person, stores a fuzzy match, reads a clock
//! or a disk, or knows how anything is displayed.
//!
//! The order of the stages: [`copies()`] over all texts, [`citations`] per
//! document, [`copying_errors`] over frames, then [`claims()`] and [`statuses`]
//! over the posts, and [`next_step()`] per claim. Every function is pure and
//! gives the same output whatever the order of its input.

// `test_case` serves the tests in here and those in `tests/`.
#[cfg(test)]
extern crate self as plainsight_corroborate;

mod attribution;
mod built;
mod claims;
mod contradiction;
mod copies;
mod counters;
mod errors;
mod gather;
mod grade;
mod input;
mod next_step;
mod origins;
mod own_record;
mod quote_gate;
mod rests;
mod sentence;
mod statements;
mod status;
mod suggest;
#[cfg(test)]
mod test_case;
mod view;

pub use attribution::{Citation, Cited, citations, resolve};
pub use claims::claims;
pub use copies::{COPIES_VERSION, Clustered, Copies, CopyHow, CopyInput, CopyLink, copies};
pub use errors::{CopyingError, copying_errors};
pub use grade::{Weighed, g1};
pub use input::{Containment, DocumentInput, Input, PostInput, RegisterFact};
pub use next_step::next_step;
pub use quote_gate::{GateVerdict, Gated, quote_gate};
pub use status::{StatusRow, statuses};
pub use suggest::{Suggested, suggest};
