//! A file's bytes: what kind it is, and what stands in its members, decoded.

pub(crate) mod decoded;
pub(crate) mod sniff;
pub(crate) mod zstd;
