//! The traits through which the outside comes in.

use crate::Digest;

/// Gives the moment, RFC 3339 with `Z`, whole seconds.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> String;
}

/// Keeps bytes under their digest.
pub trait Store: Send + Sync {
    /// Keeps bytes; they are safe when this returns.
    fn put(&self, bytes: &[u8]) -> Result<Digest, StoreError>;
    /// Gives them back.
    fn get(&self, digest: &Digest) -> Result<Vec<u8>, StoreError>;
}

/// Why a store could not keep or give bytes.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing is kept under this digest.
    #[error("nothing is kept under {0}")]
    Missing(Digest),
    /// The disk said no.
    #[error("the store could not be used: {0}")]
    Io(#[from] std::io::Error),
}

/// The one door to the network; `collect` implements it behind its guard.
pub trait Wire: Send + Sync {
    /// Sends the bytes of a whole HTTP/1.1 request to an address and gives the answer's bytes as they came.
    fn exchange(&self, address: &str, request: &[u8]) -> Result<Vec<u8>, WireError>;
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The address is not one that may be dialled.
    #[error("{address} is not a public address; nothing was sent")]
    Refused {
        /// The address as asked.
        address: String,
    },
    /// The connection failed.
    #[error("{address} did not answer: {why}")]
    Failed {
        /// The address as asked.
        address: String,
        /// Why, in words.
        why: String,
    },
}
