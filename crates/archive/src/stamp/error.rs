//! Why nobody stamped.

use plainsight_model::WireError;

/// Why an authority or a calendar gave no proof that can be used.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// The address is none that can be asked.
    #[error("{address}: {why}; give an address that begins with https:// or http://")]
    Address {
        /// The address as it was given.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Nothing came back.
    #[error(transparent)]
    Wire(#[from] WireError),
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
