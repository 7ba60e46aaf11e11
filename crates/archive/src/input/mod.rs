//! A file's bytes: what kind it is, and what stands in its members, decoded.

pub(crate) mod decoded;
pub(crate) mod gzip;
pub(crate) mod lz4;
pub(crate) mod meter;
pub(crate) mod raw;
pub(crate) mod sniff;
pub(crate) mod zstd;
