//! The case folder: catalog (SQLite), incremental pipeline, decisions applied.
//!
//! In: files that people hand over, registers, decisions. Out: plain records
//! for commands, interface and dossier ([`views`]).
//! Never: HTTP or HTML. The only crate that knows the order of the stages.

mod add;
mod bring;
mod case;
mod catalog;
mod chain;
mod clock;
mod counts;
mod decide;
mod decisions;
mod error;
mod folder;
mod forget;
mod found;
mod integrity;
mod judge;
mod look;
mod progress;
mod rows;
mod stages;
mod table;
mod told;
pub mod views;
pub mod words;

pub use add::AddOptions;
pub use bring::Brought;
pub use case::{Case, Payload};
pub use clock::SystemClock;
pub use decide::QuoteMark;
pub use decisions::{answer_word, parse_answer, taken_back};
pub use error::CaseError;
pub use integrity::programs;
pub use plainsight_archive::PersonKey;
pub use plainsight_model::{Answer, QuoteRef};
pub use plainsight_resolve::RegisterOptions;
pub use progress::{NoProgress, Progress};
pub use stages::{Reader, Reading};
