//! Machine work that a person may ask for: a language model's proposals, translations of quotes.
//!
//! Off unless `case.toml` names a service. What comes back is kept in the ledger, so that a
//! rebuild asks nobody, and changes nothing by itself: a person accepts a
//! proposal or not, and no translation is ever a quote.

mod accepted;
mod chat;
mod letters;
mod propose;
mod service;
mod translate;

pub(crate) use accepted::{documents, frames, is_about_a_proposal, waiting};
pub use letters::Letter;
pub use propose::{ProposalRow, Propose, ProposeRow, ProposedQuote};
pub use service::Service;
pub use translate::{Form, Translate, TranslationRow, Translator};

/// Questions in a row that may fail before the rest is left: then it is the service, not the page.
const MOST_FAILED: usize = 3;
