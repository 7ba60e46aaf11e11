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
pub use propose::{ProposalRow, ProposeRow, ProposedQuote};
pub use service::Service;
pub use translate::{Form, TranslationRow, Translator};

use plainsight_model::Wire;

/// Questions in a row that may fail before the rest is left: then it is the service, not the page.
const MOST_FAILED: usize = 3;

/// What is asked of a machine. It has no `Debug`: a key is in it.
pub struct AskMachine<'a> {
    /// The door that a person opened.
    pub wire: &'a dyn Wire,
    /// The key, out of the environment variable that `case.toml` names.
    pub key: Option<&'a str>,
    /// Hosts that a person allowed although they are not public.
    pub allowed: &'a [String],
    /// Of a model `doc-` or `cap-` ids or names of imported files, none meaning all; of a translator `quo-` ids of
    /// quotes of claims, none meaning all that wait for a reader.
    pub what: &'a [String],
    /// Asks about what was asked before, too.
    pub again: bool,
    /// Who asks.
    pub author: &'a str,
}
