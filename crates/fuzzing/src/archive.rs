//! Targets of `archive`, its containers: WARC and ARC, what they are packed in, what they carry, packages.

use crate::files::{Folder, judged};
use plainsight_archive::{
    ArchiveError, ArchiveReader, Check, End, Limits, Received, Row, captures, index, list, sniff,
    sniff_bytes, surt, verify,
};
use std::path::Path;

/// Most bytes of a payload; far below what a program would take, so that bombs meet the bound.
const LIMITS: Limits = Limits { output: 1 << 20, ratio: 1000, ratio_after: 1 << 20 };

/// Payloads that are asked again by their place; in a file of one gzip member each costs a walk from its start.
const MOST_ASKED: usize = 20;

/// Addresses that are turned into keys.
const MOST_ADDRESSES: usize = 200;

/// A WARC.
pub fn warc(bytes: &[u8]) {
    container("received.warc", bytes);
}

/// An ARC.
pub fn arc(bytes: &[u8]) {
    container("received.arc", bytes);
}

/// Gzip members, zstd and LZ4 frames.
pub fn members(bytes: &[u8]) {
    container("received.warc.gz", bytes);
}

/// A WACZ, or any other ZIP.
pub fn package(bytes: &[u8]) {
    container("received.wacz", bytes);
}

/// An index; its lines also as addresses.
pub fn index_file(bytes: &[u8]) {
    let folder = Folder::with(&[("index.cdxj", bytes)]);
    judged(&verify(&folder.path("index.cdxj")));
    for line in String::from_utf8_lossy(bytes).lines().take(MOST_ADDRESSES) {
        assert!(!surt(line).contains('\n'), "{line:?}");
    }
}

/// An HTTP answer in a `response` record that is sound around it: header, transfer and content coding.
pub fn http(bytes: &[u8]) {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000001-0000-4000-8000-000000000000>\r\n\
        WARC-Date: 2022-05-06T07:08:09Z\r\nWARC-Target-URI: http://zilverhaven.example/\r\n\
        Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        bytes.len()
    );
    let record = [head.as_bytes(), bytes, b"\r\n\r\n"].concat();
    let (rows, end) = container("received.warc", &record);
    assert_eq!((rows, end), (1, End::Whole), "whatever a block holds, its record has a known length");
}

/// Reads a file in every way there is. What one way says, the others must not contradict.
fn container(name: &str, bytes: &[u8]) -> (usize, End) {
    let folder = Folder::with(&[(name, bytes)]);
    let path = folder.path(name);
    assert_eq!(sniff(&path).ok(), Some(sniff_bytes(bytes)), "a file and its bytes are of one kind");
    judged(&verify(&path));
    let (rows, end) = rows(&path, Check::Digests);
    let (unchecked, same_end) = rows_of(&path);
    assert_eq!((&unchecked, same_end), (&rows.iter().map(bare).collect(), end), "digests change no row");
    indexed(&path, name);
    let received = payloads(&path, name);
    let reader = ArchiveReader::new(folder.root());
    let alone = |one: &Received| {
        let at = rows.iter().filter(|row| row.offset == one.record.offset).count();
        let id = rows.iter().filter(|row| row.id.as_deref() == Some(&one.record.record_id)).count();
        at == 1 || id == 1
    };
    // Records of one gzip member begin where it does: without an id of their own they have no place.
    for one in received.iter().filter(|one| alone(one)).take(MOST_ASKED) {
        match reader.payload(&one.record) {
            Ok(payload) => assert!(payload == one.payload, "another payload stands at {:?}", one.record),
            Err(ArchiveError::Forgotten { .. }) => {}
            Err(why) => panic!("{:?} was read and cannot be asked again: {why}", one.record),
        }
    }
    (rows.len(), end)
}

/// The rows of a file.
fn rows(path: &Path, check: Check) -> (Vec<Row>, End) {
    let mut rows = Vec::new();
    let listing = list(path, check, &mut |row| rows.push(row)).expect("a file that is there is read");
    assert_eq!(listing.rows, rows.len() as u64);
    assert!(listing.complaints.iter().all(|one| !one.what.is_empty() && !one.place.is_empty()));
    (rows, listing.end)
}

/// What a row says whether digests are made or not.
type Bare = (u64, u64, Option<String>, Option<String>, Option<String>);

fn bare(row: &Row) -> Bare {
    (row.offset, row.length, row.kind.clone(), row.id.clone(), row.uri.clone())
}

fn rows_of(path: &Path) -> (Vec<Bare>, End) {
    let (rows, end) = rows(path, Check::NoDigests);
    (rows.iter().map(bare).collect(), end)
}

fn indexed(path: &Path, name: &str) {
    index(path, name, &mut |entry| {
        assert_eq!(entry.time.len(), 14, "{entry:?}");
        let line = entry.line();
        let json = &line[entry.key.len() + 1 + entry.time.len() + 1..];
        assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{line}");
    })
    .expect("a file that is there is read");
}

fn payloads(path: &Path, name: &str) -> Vec<Received> {
    let mut received = Vec::new();
    let complaints = captures(path, name, &LIMITS, &mut |one| {
        assert!(one.payload.len() as u64 <= LIMITS.output, "{} bytes", one.payload.len());
        if received.len() < MOST_ASKED {
            received.push(one);
        }
    })
    .expect("a file that is there is read");
    assert!(complaints.iter().all(|one| !one.what.is_empty() && !one.place.is_empty()));
    received
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::seed;

    #[test]
    fn the_seeds_are_what_their_names_say() {
        for (target, name, verdict) in [
            ("archive_warc", "crawl", "valid"),
            ("archive_warc", "odd", "invalid"),
            ("archive_warc", "cut", "incomplete"),
            ("archive_warc", "chunked", "valid"),
            ("archive_arc", "plain", "no digest"),
            ("archive_arc", "packed", "no digest"),
            ("archive_arc", "version2", "no digest"),
            ("archive_arc", "one", "invalid"),
            ("archive_members", "members.gz", "valid"),
            ("archive_members", "named.gz", "valid"),
            ("archive_members", "raw.zst", "valid"),
            ("archive_members", "dictionary.warc.zst", "valid"),
            ("archive_members", "frames.warc.lz4", "valid"),
            ("archive_package", "signed", "valid"),
            ("archive_package", "unsigned", "unsigned"),
            ("archive_package", "deflated", "unsigned"),
            ("archive_index", "cdxj", "not checked"),
            ("archive_index", "cdx", "not checked"),
            ("archive_index", "zipnum", "not checked"),
        ] {
            let folder = Folder::with(&[("received", &seed(target, name))]);
            let verified = verify(&folder.path("received"));
            assert_eq!(verified.verdict.word(), verdict, "{target}/{name}: {:?}", verified.faults);
        }
    }
}
