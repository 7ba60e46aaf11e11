//! The case folder: catalog (SQLite), incremental pipeline, decisions applied.
//!
//! In: files that people hand over, registers, decisions. Out: plain records
//! for commands, interface and dossier ([`views`]).
//! Never: HTTP or HTML. The only crate that knows the order of the stages.

mod add;
mod answers;
mod as_written;
mod bring;
mod came_back;
mod case;
mod catalog;
mod chain;
mod cite;
mod clock;
mod counts;
mod decide;
mod decisions;
pub mod dossier;
mod entities;
mod error;
mod evidence;
mod fetch;
mod folder;
mod forget;
mod found;
mod integrity;
mod journal;
mod judge;
mod list_table;
mod look;
mod machine;
mod mapped;
mod moved;
mod names_done;
pub mod network;
mod progress;
mod register_page;
mod register_rows;
mod replies;
mod rows;
mod same_name;
#[cfg(test)]
mod samples;
mod stages;
mod stamp;
mod table;
mod tabular;
pub mod timeline;
mod to_read;
mod told;
mod trail;
mod url_list;
pub mod views;
mod who;
pub mod words;
mod xref;

pub use add::AddOptions;
pub use answers::{answer_word, parse_answer};
pub use bring::{Brought, diff_files};
pub use case::{Case, Payload};
pub use cite::Citation;
pub use clock::SystemClock;
pub use decide::QuoteMark;
pub use decisions::taken_back;
pub use entities::FtmImport;
pub use error::CaseError;
pub use evidence::Evidence;
pub use fetch::Fetching;
pub use integrity::{Published, programs};
pub use machine::{
    AskMachine, Form, Letter, ProposalRow, ProposeRow, ProposedQuote, Service, TranslationRow, Translator,
};
pub use plainsight_archive::{PackageKey, PersonKey};
pub use plainsight_lens::{Gloss, GlossRow, GlossSource};
pub use plainsight_model::{Answer, Asked, QuoteRef};
pub use plainsight_resolve::RegisterOptions;
pub use plainsight_resolve::ftm;
pub use plainsight_resolve::registers::{RowChange, diff};
pub use progress::{NoProgress, Progress};
pub use stages::{Reader, Reading};
pub use stamp::StampTo;
pub use to_read::{FromFile, ReadAnswers, parse_answers};
pub use xref::Xref;
