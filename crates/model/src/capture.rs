//! A capture: the bytes of one resource as received at one moment.

use crate::{CaptureId, Digest, DocumentId};
use serde::{Deserialize, Serialize};

/// The bytes of one resource as received at one moment, with how and from where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// Document, URI and date as one id.
    pub id: CaptureId,
    /// The payload's document.
    pub document: DocumentId,
    /// SHA-256 of the payload without transfer and content coding.
    pub payload: Digest,
    /// Length of that payload in bytes.
    pub length: u64,
    /// The address it was received from; for a file that somebody handed over
    /// `file:///` and its name inside what was handed over.
    pub uri: String,
    /// The WARC-Date, RFC 3339 with `Z`.
    pub date: String,
    /// The content type as the server sent it, parameters included.
    pub media_type: Option<String>,
    /// How it came in.
    pub how: How,
    /// The name of the input that a person gave, as typed or as it stands in a folder or ZIP;
    /// of what was fetched the address that was asked for.
    pub source: String,
    /// The site as a person named it with `--site`.
    pub site: Option<String>,
    /// Where its record stands.
    pub place: RecordPlace,
}

/// How a capture came into the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// A file became a `resource` record of ours.
    Imported,
    /// A record of a WARC, ARC or WACZ that somebody handed over.
    ReceivedFrom,
    /// The answer of a server that we asked.
    Fetched,
}

/// The place of a record in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordPlace {
    /// The file, relative to the case's `archive/`, with `/`; for a WARC inside a WACZ `name.wacz!/archive/data.warc.gz`.
    pub file: String,
    /// Byte offset of the record (of its gzip member where there is one).
    pub offset: u64,
    /// The WARC-Record-ID with its angle brackets; without one (ARC) empty, or `#2` for the second
    /// record of a gzip member that holds several.
    pub record_id: String,
}
