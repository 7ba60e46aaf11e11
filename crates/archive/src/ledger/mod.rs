//! The ledger: written, signed, read, proved, and checked from outside.

pub(crate) mod body;
pub(crate) mod check;
pub(crate) mod checkpoint;
pub(crate) mod key;
pub(crate) mod key_file;
pub(crate) mod kind;
pub(crate) mod log;
pub(crate) mod merkle;
pub(crate) mod note;
pub(crate) mod proof;
pub(crate) mod signed;
