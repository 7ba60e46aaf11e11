//! WARC and ARC: records one by one, their digests, their payloads; records of ours.

pub(crate) mod captures;
pub(crate) mod coding;
pub(crate) mod digest;
pub(crate) mod fields;
pub(crate) mod head;
pub(crate) mod list;
pub(crate) mod payload;
pub(crate) mod records;
pub(crate) mod write;
