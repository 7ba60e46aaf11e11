//! Proofs of time: asking for them, keeping them, judging them.
//!
//! RFC 3161 (an authority signs) and OpenTimestamps (a Bitcoin block commits).
//! Nothing here opens the network: whoever asks hands over a `Wire`. No clock
//! is read: a proof is judged at its own moment.

pub(crate) mod authority;
pub(crate) mod error;
pub(crate) mod file;
pub(crate) mod keep;
pub(crate) mod kept;
pub(crate) mod ots;
pub(crate) mod renewal;
pub(crate) mod request;
pub(crate) mod trust;
