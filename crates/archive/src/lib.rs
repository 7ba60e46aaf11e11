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

mod case;
mod error;
mod http;
mod input;
mod ledger;
mod package;
mod sign;
mod stamp;
mod verify;
mod warc;

pub use case::exchange::{Exchange, Kept, Revisited};
pub use case::folder::{Archive, Resource, hash_file};
pub use case::forget::{ForgetPlan, Moved};
pub use case::reader::{ArchiveReader, RecordBytes};
#[doc(hidden)]
pub use case::store::FolderStore;
pub use case::tombstone::Tombstone;
pub use error::ArchiveError;
pub use http::{Answer, Ask, AskError, ask};
pub use input::meter::bytes_read;
pub use input::sniff::{Container, sniff, sniff_bytes};
pub use ledger::check::Demands;
pub use ledger::checkpoint::{Checkpoint, Head};
pub use ledger::key::{PersonKey, PublicKey, Signed};
pub use ledger::key_file::KeptKey;
pub use ledger::log::{Appended, Entry, EntryKind, Ledger, Line, Standing};
pub use ledger::note::{Note, NoteError, Signature};
pub use ledger::proof::{extends, includes, prove_consistency, prove_inclusion};
pub use package::cdxj::{IndexEntry, index};
pub use package::picked::{HandOn, Handed, Picked, pick};
pub use package::signature::PackageKey;
pub use package::surt::surt;
pub use package::write::{PackageMade, PackageText, PackageWriter, Page};
pub use sign::path::Roots;
pub use sign::token::Said;
pub use stamp::authority::{Stamped, ask_authorities, ask_authority};
pub use stamp::error::StampError;
pub use stamp::keep::{StampAsk, StampRow, Stamps, stamp_case};
pub use stamp::kept::{verify_with, with_stamps};
pub use stamp::ots::calendar::{Begun, Upgraded, begin_proof, upgrade_proof};
pub use stamp::ots::headers::Headers;
pub use stamp::renewal::is_renewal_due;
pub use stamp::trust::{Trust, TrustError};
pub use verify::dossier::{DOSSIER_KEY, DOSSIER_SIGNATURE, dossier_text};
pub use verify::folder::verify_for;
pub use verify::verdict::{Fault, Verdict, Verified, verify};
pub use warc::captures::{Received, captures};
pub use warc::coding::Limits;
pub use warc::digest::DigestState;
pub use warc::list::{Check, End, Listing, Row, list};
