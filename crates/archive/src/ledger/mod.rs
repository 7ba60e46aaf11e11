//! The ledger: written, read, and checked from outside.

pub(crate) mod body;
pub(crate) mod check;
pub(crate) mod log;
pub(crate) mod merkle;
