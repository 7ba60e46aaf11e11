//! What a WARC, ARC or WACZ that somebody handed over brings: one payload after the other.

use crate::error::ArchiveError;
use crate::package::entries as package;
use crate::warc::coding::Limits;
use crate::warc::head::Head;
use crate::warc::payload::payload;
use crate::warc::records::{Damage, Records, Step};
use plainsight_model::{Complaint, ComplaintKind, RecordPlace};
use std::path::Path;

/// A payload as a record of a received file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Where the record stands; the file is the name that the caller gave.
    pub record: RecordPlace,
    /// `WARC-Target-URI` without angle brackets; empty where there is none.
    pub uri: String,
    /// `WARC-Date` as it stands; empty where there is none.
    pub date: String,
    /// Content type of the HTTP header, or of the record where there is none.
    pub media_type: Option<String>,
    /// HTTP status of a response.
    pub status: Option<u16>,
    /// The bytes without transfer and content coding.
    pub payload: Vec<u8>,
    /// What was odd about the record.
    pub complaints: Vec<Complaint>,
}

/// Hands over the payload of each `response`, `resource` and `conversion`
/// record, one at a time, and gives back what could not be used. `name` is
/// what the places call the file; of a WACZ `name!/archive/x.warc.gz`.
///
/// Only a file that cannot be opened is an error.
pub fn captures(
    path: &Path,
    name: &str,
    limits: &Limits,
    each: &mut dyn FnMut(Received),
) -> Result<Vec<Complaint>, ArchiveError> {
    let mut complaints = Vec::new();
    let (walks, troubles) = package::walks(path, name)?;
    complaints.extend(troubles);
    for (file, mut records) in walks {
        if !records.is_known() {
            let what = "neither WARC nor ARC";
            complaints.push(Complaint::new(ComplaintKind::NoReader, what, file.clone()));
            continue;
        }
        captures_of(&mut records, &file, limits, &mut complaints, each);
    }
    Ok(complaints)
}

fn captures_of(
    records: &mut Records,
    file: &str,
    limits: &Limits,
    complaints: &mut Vec<Complaint>,
    each: &mut dyn FnMut(Received),
) {
    loop {
        match records.next() {
            Step::End => return,
            Step::Damage(Damage { at, what, .. }) => {
                complaints.push(Complaint::new(ComplaintKind::Damaged, what, format!("{file}, byte {at}")));
            }
            Step::Record(head) => match received(records, &head, file, limits) {
                Ok(Some(received)) => each(received),
                Ok(None) => {}
                Err(complaint) => complaints.push(complaint),
            },
        }
    }
}

fn received(
    records: &mut Records,
    head: &Head,
    file: &str,
    limits: &Limits,
) -> Result<Option<Received>, Complaint> {
    let place = format!("{file}, byte {}, {}", head.offset, head.name());
    if head.is("revisit") {
        let original = head.fields.get("WARC-Refers-To-Target-URI").or(head.fields.get("WARC-Refers-To"));
        let what = format!("a revisit: its payload is that of {}", original.unwrap_or("another record"));
        return Err(Complaint::new(ComplaintKind::Note, what, place));
    }
    if head.is_segment() {
        let what = "a segment of a payload; segments are not joined in this version";
        return Err(Complaint::new(ComplaintKind::NoReader, what, place));
    }
    if !["response", "resource", "conversion"].iter().any(|kind| head.is(kind)) {
        return Ok(None);
    }
    let payload = match payload(records, head, limits) {
        Ok(payload) => payload,
        Err(why) => {
            let what = format!("the payload is not taken: {why}");
            return Err(Complaint::new(ComplaintKind::Bound, what, place));
        }
    };
    let ending = records.finish();
    if !ending.whole || head.length.is_none() {
        let what = format!("the record is damaged or cut and not taken: {}", ending.complaints.join("; "));
        return Err(Complaint::new(ComplaintKind::Damaged, what, place));
    }
    let odd = head.complaints.iter().cloned().chain(payload.complaints);
    let complaints = odd.map(|what| Complaint::new(ComplaintKind::Note, what, place.clone())).collect();
    Ok(Some(Received {
        record: RecordPlace { file: file.to_owned(), offset: head.offset, record_id: head.key() },
        uri: head.uri().unwrap_or_default(),
        date: head.date().unwrap_or_default().to_owned(),
        media_type: payload.media_type,
        status: payload.status,
        payload: payload.bytes,
        complaints,
    }))
}
