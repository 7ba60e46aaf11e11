//! Why nobody stamped.

use crate::http::AskError;

/// Why an authority or a calendar gave no proof that can be used.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// Nobody could be asked, or nothing came back.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// What came back is no answer.
    #[error("{address} gave no proof: {why}; ask another one, or this one later")]
    Answer {
        /// Who was asked.
        address: String,
        /// What is wrong, in words.
        why: String,
    },
    /// A proof that is at hand cannot be used.
    #[error("{file}: {why}")]
    Proof {
        /// The file.
        file: String,
        /// What is wrong, in words.
        why: String,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    NoRandom(getrandom::Error),
    /// The archive or the ledger could not do its part.
    #[error(transparent)]
    Archive(#[from] crate::ArchiveError),
}

impl StampError {
    /// What came back from an address, and why it is no answer.
    pub(crate) fn answer(address: &str, why: impl Into<String>) -> Self {
        Self::Answer { address: address.to_owned(), why: why.into() }
    }
}
