//! OpenTimestamps: a proof that some hash was committed to by a Bitcoin block.
//!
//! The form has no written standard; what is followed is the reference
//! library `opentimestamps` (Python) as others' tools read and write it.

pub(crate) mod calendar;
pub(crate) mod headers;
pub(crate) mod judge;
pub(crate) mod ops;
pub(crate) mod proof;
