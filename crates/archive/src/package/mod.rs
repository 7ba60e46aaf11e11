//! A WACZ: written, read where it lies, and verified; the index in it.

pub(crate) mod blocks;
pub(crate) mod cdxj;
pub(crate) mod entries;
pub(crate) mod hashed;
pub(crate) mod indexed;
pub(crate) mod picked;
pub(crate) mod signature;
pub(crate) mod sorted;
pub(crate) mod surt;
pub(crate) mod verify;
pub(crate) mod write;
