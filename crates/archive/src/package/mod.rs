//! A WACZ: read where it lies, and verified.

pub(crate) mod entries;
pub(crate) mod verify;
