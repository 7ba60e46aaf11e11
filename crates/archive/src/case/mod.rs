//! A case's `archive/`: written, read by place, and forgotten from.

pub(crate) mod exchange;
pub(crate) mod folder;
pub(crate) mod forget;
pub(crate) mod reader;
pub(crate) mod store;
pub(crate) mod tombstone;
pub(crate) mod torn;
