//! `warc ls`: a row a record, with its digests checked as the bytes stream by.

use crate::error::ArchiveError;
use crate::input::decoded::Trouble;
use crate::input::sniff::Container;
use crate::package::entries as package;
use crate::warc::coding::Dechunk;
use crate::warc::digest::{Claimed, DigestState, Hasher, claimed};
use crate::warc::fields::{Fields, header_end};
use crate::warc::head::Head;
use crate::warc::payload::is_http;
use crate::warc::records::{Records, Step};
use plainsight_model::{Complaint, ComplaintKind};
use serde::Serialize;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::Path;

/// One line of `warc ls`, keys in the order of COMMANDS.md.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Byte offset of the record in its file, or of its gzip member or zstd frame.
    pub offset: u64,
    /// Bytes of the file that it takes, line ends after it included.
    pub length: u64,
    /// `WARC-Type`; `arc_header` and `response` for ARC.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `WARC-Record-ID` with its angle brackets.
    pub id: Option<String>,
    /// `WARC-Target-URI`.
    pub uri: Option<String>,
    /// `WARC-Date`.
    pub date: Option<String>,
    /// What the block digest says.
    pub block: DigestState,
    /// What the payload digest says.
    pub payload: DigestState,
    /// What is odd about the record.
    pub complaints: Vec<String>,
}

/// Whether digests are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Every digest that a header names is computed and compared.
    Digests,
    /// None is: every state is `unchecked`.
    NoDigests,
}

/// How the walk over a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Every byte belongs to a record that is whole.
    Whole,
    /// The file ends inside a record.
    Cut,
    /// Bytes are no record, or fail a check sum, or have no end.
    Damaged,
    /// It is no WARC, ARC or WACZ.
    Unknown,
}

/// What a walk over a file found beside its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What the file is.
    pub container: Container,
    /// How many rows were handed over.
    pub rows: u64,
    /// Damage and oddities with their places.
    pub complaints: Vec<Complaint>,
    /// How it ended.
    pub end: End,
}

/// Hands over a row a record. Only a file that cannot be opened is an error.
pub fn list(path: &Path, check: Check, each: &mut dyn FnMut(Row)) -> Result<Listing, ArchiveError> {
    let container = crate::input::sniff::sniff(path).map_err(ArchiveError::io(path))?;
    let mut listing = Listing { container, rows: 0, complaints: Vec::new(), end: End::Whole };
    if container == Container::Zip {
        listing.end = End::Unknown;
        return Ok(listing);
    }
    let (walks, troubles) = package::walks(path, "")?;
    if !troubles.is_empty() {
        listing.end = End::Damaged;
        listing.complaints.extend(troubles);
    }
    for (file, mut records) in walks {
        list_one(&mut records, &file, check, &mut listing, each);
    }
    Ok(listing)
}

/// Lists one file's records; `file` goes in front of the places.
pub(crate) fn list_one(
    records: &mut Records,
    file: &str,
    check: Check,
    listing: &mut Listing,
    each: &mut dyn FnMut(Row),
) {
    list_with_heads(records, file, check, listing, &mut |_, row, _| each(row));
}

/// The same with each record's header and its length as indexes count it.
pub(crate) fn list_with_heads(
    records: &mut Records,
    file: &str,
    check: Check,
    listing: &mut Listing,
    each: &mut dyn FnMut(&Head, Row, u64),
) {
    let place = |at: u64| if file.is_empty() { format!("byte {at}") } else { format!("{file}, byte {at}") };
    if !records.is_known() {
        listing.end = End::Unknown;
        if let Some(Trouble::Broken(why)) = records.trouble() {
            let what = format!("damaged: {why}");
            listing.complaints.push(Complaint::new(ComplaintKind::Damaged, what, place(0)));
        }
        return;
    }
    if records.packing() == Some("LZ4 frame") {
        let what = "LZ4 stands outside the WARC standard: other tools may not open this file";
        listing.complaints.push(Complaint::new(ComplaintKind::Note, what, place(0)));
    }
    let mut ids = HashSet::new();
    loop {
        match records.next() {
            Step::End => return,
            Step::Damage(damage) => {
                listing.end = listing.end.max(if damage.cut { End::Cut } else { End::Damaged });
                listing.complaints.push(Complaint::new(
                    ComplaintKind::Damaged,
                    damage.what,
                    place(damage.at),
                ));
            }
            Step::Record(head) => {
                let (mut row, length) = row(records, &head, check);
                if let Some(id) = &row.id
                    && !ids.insert(short_hash(id))
                {
                    row.complaints.push("the record id stands on an earlier record too".into());
                }
                listing.rows += 1;
                each(&head, row, length);
            }
        }
    }
}

/// Millions of ids are kept as eight bytes each; two that meet by chance cost
/// no more than a complaint.
fn short_hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

fn row(records: &mut Records, head: &Head, check: Check) -> (Row, u64) {
    let mut complaints = head.complaints.clone();
    let mut digests = Digests::new(records, head);
    if check == Check::Digests {
        loop {
            let bytes = records.block();
            if bytes.is_empty() {
                break;
            }
            digests.push(bytes);
            let all = bytes.len();
            records.consume_block(all);
        }
    }
    let ending = records.finish();
    complaints.extend(ending.complaints);
    let (block, payload) = match check {
        Check::NoDigests => (DigestState::Unchecked, DigestState::Unchecked),
        Check::Digests => digests.states(ending.whole && head.length.is_some(), &mut complaints),
    };
    let row = Row {
        offset: head.offset,
        length: ending.length,
        kind: head.kind.clone(),
        id: head.id().map(str::to_owned),
        uri: head.uri(),
        date: head.date().map(str::to_owned),
        block,
        payload,
        complaints,
    };
    (row, ending.length_in_index)
}

/// The two digests of a record, while its block streams by.
struct Digests {
    block: Option<Claimed>,
    payload: Option<Claimed>,
    of_block: Hasher,
    /// Over the body as it came.
    of_body: Hasher,
    /// Over the body without its chunks, which the standard's clarified reading takes.
    of_plain: Hasher,
    dechunk: Option<Dechunk>,
    part: Part,
}

/// Which part of the block the payload is.
enum Part {
    /// All of it.
    Block,
    /// What follows the HTTP header, which is still being collected.
    Header(Vec<u8>),
    Body,
    /// It is not in this record.
    Elsewhere,
}

impl Digests {
    fn new(records: &mut Records, head: &Head) -> Self {
        let read = |name| head.fields.get(name).map(claimed);
        let (block, payload) = (read("WARC-Block-Digest"), read("WARC-Payload-Digest"));
        let part = if head.is("revisit") || head.is_segment() {
            Part::Elsewhere
        } else if is_http(head, records.peek_block(5)) {
            Part::Header(Vec::new())
        } else {
            Part::Block
        };
        Self {
            of_block: Hasher::of(block.as_ref()),
            of_body: Hasher::of(payload.as_ref()),
            of_plain: Hasher::of(payload.as_ref()),
            dechunk: None,
            block,
            payload,
            part,
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        const LONGEST: usize = 1024 * 1024;
        self.of_block.update(bytes);
        if self.payload.is_none() {
            return;
        }
        match &mut self.part {
            Part::Elsewhere => {}
            Part::Block => self.of_body.update(bytes),
            Part::Body => self.body(bytes),
            Part::Header(header) => {
                header.extend_from_slice(bytes);
                if let Some(end) = header_end(header) {
                    let header = std::mem::take(header);
                    let (fields, _) = Fields::read(&header[..end]);
                    let mut codings = fields.all("Transfer-Encoding");
                    if codings.any(|coding| coding.to_ascii_lowercase().contains("chunked")) {
                        self.dechunk = Some(Dechunk::default());
                    }
                    self.part = Part::Body;
                    self.body(&header[end..]);
                } else if header.len() > LONGEST {
                    self.part = Part::Elsewhere;
                }
            }
        }
    }

    fn body(&mut self, bytes: &[u8]) {
        self.of_body.update(bytes);
        if let Some(dechunk) = &mut self.dechunk {
            let plain = &mut self.of_plain;
            dechunk.push(bytes, &mut |piece| plain.update(piece));
        }
    }

    fn states(self, whole: bool, complaints: &mut Vec<String>) -> (DigestState, DigestState) {
        let block = state(self.block, whole, "block", complaints, |claim| self.of_block.agrees(claim));
        let here = whole && !matches!(self.part, Part::Elsewhere);
        let mut without_chunks = false;
        let payload = state(self.payload, here, "payload", complaints, |claim| {
            let as_it_came = self.of_body.agrees(claim);
            let chunked = self.dechunk.is_some_and(|dechunk| !dechunk.is_broken());
            without_chunks = !as_it_came && chunked && self.of_plain.agrees(claim);
            as_it_came || without_chunks
        });
        if without_chunks {
            complaints.push("the payload digest is over the body without its transfer coding".into());
        }
        (block, payload)
    }
}

fn state(
    claim: Option<Claimed>,
    checkable: bool,
    which: &str,
    complaints: &mut Vec<String>,
    agrees: impl FnOnce(&Claimed) -> bool,
) -> DigestState {
    match claim {
        None => DigestState::Absent,
        Some(Claimed::Unreadable) => {
            complaints.push(format!("the {which} digest names no algorithm, or no value of its length"));
            DigestState::Failed
        }
        Some(Claimed::Foreign(name)) => {
            complaints.push(format!("the {which} digest is {name}, which is not computed here"));
            DigestState::Unchecked
        }
        Some(_) if !checkable => DigestState::Unchecked,
        Some(claim) if agrees(&claim) => DigestState::Ok,
        Some(_) => {
            complaints.push(format!("the {which} digest does not agree with the bytes"));
            DigestState::Failed
        }
    }
}
