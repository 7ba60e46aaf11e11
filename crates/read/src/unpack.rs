//! Takes one layer of gzip off (`page.html.gz`), with a bound on what comes out.

use crate::Source;
use plainsight_model::{Complaint, ComplaintKind};
use std::borrow::Cow;
use std::io::Read;

/// The most bytes that a document may have: 64 MiB.
pub(crate) const MOST: usize = 64 << 20;

pub(crate) struct Unpacked<'a> {
    pub bytes: Cow<'a, [u8]>,
    pub name: String,
    pub media_type: Option<&'a str>,
}

/// Unpacks gzip; everything else passes as it is, cut at the bound.
pub(crate) fn unpack<'a>(source: &Source<'a>, complaints: &mut Vec<Complaint>) -> Unpacked<'a> {
    if !source.bytes.starts_with(&[0x1f, 0x8b]) {
        let cut = &source.bytes[..source.bytes.len().min(MOST)];
        if cut.len() < source.bytes.len() {
            complaints.push(bound("the document is longer than 64 MiB; the rest was not read"));
        }
        return Unpacked {
            bytes: Cow::Borrowed(cut),
            name: source.name.to_owned(),
            media_type: source.media_type,
        };
    }
    let mut bytes = Vec::with_capacity(unpacked_length(source.bytes));
    // A gzip bomb of a megabyte unpacks to a gigabyte; one byte over the bound is enough to know.
    let result =
        flate2::read::MultiGzDecoder::new(source.bytes).take(MOST as u64 + 1).read_to_end(&mut bytes);
    if let Err(error) = result {
        complaints.push(Complaint::new(
            ComplaintKind::Damaged,
            format!("the gzip data breaks off or is damaged ({error}); what came out before was read"),
            format!("byte {} of the unpacked text", bytes.len()),
        ));
    }
    if bytes.len() > MOST {
        bytes.truncate(MOST);
        complaints.push(bound("gzip unpacks to more than 64 MiB; the rest was not read"));
    }
    let name = source.name.strip_suffix(".gz").unwrap_or(source.name).to_owned();
    let gzip = source.media_type.is_some_and(|m| m.contains("gzip"));
    Unpacked { bytes: Cow::Owned(bytes), name, media_type: source.media_type.filter(|_| !gzip) }
}

/// What the last four bytes say of the unpacked length (RFC 1952); a liar gets eight times what it sent.
fn unpacked_length(packed: &[u8]) -> usize {
    let said = packed.last_chunk().map_or(0, |last| u32::from_le_bytes(*last) as usize);
    said.min(packed.len().saturating_mul(8)).min(MOST)
}

fn bound(what: &str) -> Complaint {
    Complaint::new(ComplaintKind::Bound, what, format!("byte {MOST}"))
}
