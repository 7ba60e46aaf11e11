//! Bytes to and from web archives; the ledger; verification.
//!
//! In: files that somebody hands over (WARC 0.17 to 1.1, ARC, WACZ), bytes to
//! keep, entries for the ledger. Out: records with their place, payloads free
//! of transfer and content coding, places that can be asked again, faults.
//! Never: knows what the bytes say (no document, no language, no lens), opens
//! the network, reads a clock (moments come in), or changes a byte that was
//! received — but for [`Archive::forget`], which says so.
//!
//! Reading never fails on what stands in a file; it complains with a place.
//! Memory is bounded whatever the input: blocks are streamed to their
//! digests, and a payload is only kept up to [`Limits`].

mod captures;
mod coding;
mod container;
mod digest;
mod durable;
mod error;
mod fields;
mod folder;
mod forget;
mod frame;
mod input;
mod ledger;
mod list;
mod merkle;
mod package;
mod payload;
mod proofs;
mod reader;
mod records;
mod tombstone;
mod verify;
mod verify_case;
mod verify_package;
mod write;

pub use captures::{Received, captures};
pub use coding::Limits;
pub use container::{Container, sniff, sniff_bytes};
pub use digest::DigestState;
pub use error::ArchiveError;
pub use folder::{Archive, Resource};
pub use forget::{ForgetPlan, Moved};
pub use ledger::{Appended, Entry, EntryKind, Head, Ledger, Line, Standing};
pub use list::{Check, End, Listing, Row, list};
pub use reader::{ArchiveReader, RecordBytes};
pub use tombstone::Tombstone;
pub use verify::{Fault, Verdict, Verified, verify};
