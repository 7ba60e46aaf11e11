//! Machine work that a person may ask for: a language model's proposals.
//!
//! Off unless `case.toml` names a service. What comes back is kept in the ledger, so that a
//! rebuild asks nobody, and changes nothing by itself: a person accepts a proposal or not.

mod accepted;
mod chat;
mod letters;
mod propose;
mod service;

pub(crate) use accepted::{documents, frames, is_about_a_proposal, waiting};
pub use letters::Letter;
pub use propose::{ProposalRow, Propose, ProposeRow, ProposedQuote};
pub use service::Service;
