//! A WACZ: read where it lies, and verified.

pub(crate) mod cdxj;
pub(crate) mod entries;
pub(crate) mod surt;
pub(crate) mod verify;
