//! Records of ours: WARC/1.1, one gzip member each, the same bytes for the same input.

use crate::error::ArchiveError;
use sha2::{Digest as _, Sha256};
use std::io::{Read, Write};

/// The header and block of a record to be written.
pub(crate) struct NewRecord<'a> {
    pub(crate) kind: &'static str,
    pub(crate) id: String,
    pub(crate) date: &'a str,
    pub(crate) uri: Option<&'a str>,
    pub(crate) media_type: Option<&'a str>,
    /// Further fields, name and value.
    pub(crate) more: Vec<(&'static str, String)>,
    pub(crate) block: &'a [u8],
}

/// The record as it stands in a plain WARC.
pub(crate) fn plain(record: &NewRecord<'_>) -> Result<Vec<u8>, ArchiveError> {
    let digest = Sha256::digest(record.block);
    let mut bytes = header(record, digest.as_slice(), record.block.len() as u64)?;
    bytes.extend_from_slice(record.block);
    bytes.extend_from_slice(RECORD_END);
    Ok(bytes)
}

/// What stands behind every block.
pub(crate) const RECORD_END: &[u8] = b"\r\n\r\n";

/// The header up to and with its blank line, of a block that is elsewhere: its
/// SHA-256 and its length in bytes.
pub(crate) fn header(record: &NewRecord<'_>, sha256: &[u8], length: u64) -> Result<Vec<u8>, ArchiveError> {
    let digest = format!("sha256:{}", data_encoding::BASE32.encode(sha256));
    let mut fields: Vec<(&'static str, &str)> =
        vec![("WARC-Type", record.kind), ("WARC-Record-ID", &record.id), ("WARC-Date", record.date)];
    fields.extend(record.uri.map(|uri| ("WARC-Target-URI", uri)));
    fields.extend(record.more.iter().map(|(name, value)| (*name, value.as_str())));
    fields.push(("WARC-Block-Digest", &digest));
    if record.kind == "resource" {
        fields.push(("WARC-Payload-Digest", &digest));
    }
    fields.push(("Content-Type", record.media_type.unwrap_or("application/octet-stream")));
    let length = length.to_string();
    fields.push(("Content-Length", &length));
    let mut bytes = b"WARC/1.1\r\n".to_vec();
    for (name, value) in fields {
        // A line break in a value would let a file name write header fields of its own.
        if value.contains(['\r', '\n', '\0']) {
            return Err(ArchiveError::Unfit { what: name });
        }
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    Ok(bytes)
}

/// The header of every gzip member of ours (RFC 1952): no flags, no time, no
/// hint about the compressor, system unknown.
pub(crate) const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// One gzip member, without name or time in its header.
pub(crate) fn packed(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pack_into(&mut bytes, &mut &plain[..])?;
    Ok(bytes)
}

/// The same, of a record that need not fit into memory.
pub(crate) fn pack_into(output: &mut dyn Write, plain: &mut dyn Read) -> std::io::Result<()> {
    let builder = flate2::GzBuilder::new().mtime(0).operating_system(255);
    let mut encoder = builder.write(output, flate2::Compression::new(6));
    std::io::copy(plain, &mut encoder)?;
    encoder.finish().map(drop)
}

/// The `warcinfo` record that opens a file.
pub(crate) fn warcinfo(id: String, date: &str, file: &str) -> Result<Vec<u8>, ArchiveError> {
    let block = format!(
        "software: plainsight/{}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
        env!("CARGO_PKG_VERSION")
    );
    plain(&NewRecord {
        kind: "warcinfo",
        id,
        date,
        uri: None,
        media_type: Some("application/warc-fields"),
        more: vec![("WARC-Filename", file.to_owned())],
        block: block.as_bytes(),
    })
}

/// `<urn:uuid:…>`, version 4, out of 16 random bytes.
pub(crate) fn record_id(mut random: [u8; 16]) -> String {
    random[6] = random[6] & 0x0f | 0x40;
    random[8] = random[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&random);
    format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_4() {
        assert_eq!(record_id([0xff; 16]), "<urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff>");
    }

    #[test]
    fn members_have_the_one_header() {
        assert_eq!(packed(b"").expect("in memory")[..10], GZIP_HEADER);
    }

    #[test]
    fn a_value_cannot_write_a_field_of_its_own() {
        let record = NewRecord {
            kind: "resource",
            id: record_id([1; 16]),
            date: "2022-05-06T07:08:09Z",
            uri: Some("file:///x\r\nWARC-Type: response"),
            media_type: None,
            more: Vec::new(),
            block: b"",
        };
        assert!(matches!(plain(&record), Err(ArchiveError::Unfit { what: "WARC-Target-URI" })));
    }
}
