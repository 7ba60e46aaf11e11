//! What the tests of this crate share: a case in a temporary folder, files to read.

#![allow(dead_code, unused_imports)]

pub mod authority;
pub mod faulty;
pub mod loopback;
pub mod office;
pub mod oracles;
pub mod packages;

use plainsight_archive::{Archive, Check, End, Entry, EntryKind, Ledger, Resource, Row, list};
use plainsight_model::{Digest, RecordPlace};
use serde_json::json;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

pub const DAY: &str = "2022-05-06T07:08:09Z";

pub fn resource<'a>(bytes: &'a [u8], uri: &'a str) -> Resource<'a> {
    Resource { bytes, uri, media_type: Some("text/plain"), date: DAY }
}

pub fn counting() -> impl FnMut() -> [u8; 16] + Send + 'static {
    let mut number = 0u128;
    move || {
        number += 1;
        number.to_be_bytes()
    }
}

pub fn rows(path: &Path) -> (Vec<Row>, End) {
    let mut rows = Vec::new();
    let listing = list(path, Check::Digests, &mut |row| rows.push(row)).expect("can be opened");
    (rows, listing.end)
}

pub fn case() -> (tempfile::TempDir, Archive, Ledger) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = Archive::create(&folder.path().join("archive")).expect("created");
    let ledger = Ledger::create(&folder.path().join("ledger"), "zilverhaven").expect("created");
    (folder, archive, ledger)
}

pub fn log(ledger: &mut Ledger, kind: EntryKind, body: serde_json::Value) -> u64 {
    let entry = Entry { kind, author: "Ilse Vonk".into(), time: DAY.into(), body };
    ledger.append(entry).expect("logged").line.number
}

pub fn capture_body(place: &RecordPlace, payload: &[u8]) -> serde_json::Value {
    json!({
        "place": {"file": place.file, "offset": place.offset, "record_id": place.record_id},
        "payload": Digest::of(payload).hex(),
    })
}

pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    plain
}

/// A WARC as another tool writes it: request, response, metadata and a
/// revisit that speak of one page, and a page beside it.
pub fn foreign_warc() -> Vec<u8> {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nWout Terpstra woont in de Kalkstraat";
    let other = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nde vuurtoren van Zilverhaven";
    let one = |kind: &str, id: &str, more: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{id}>\r\nWARC-Date: {DAY}\r\n{more}Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let uri = "WARC-Target-URI: http://zilverhaven.example/terpstra\r\n";
    let digest = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    [
        one(
            "request",
            "1",
            &format!("{uri}WARC-Concurrent-To: <urn:2>\r\n"),
            "GET /terpstra HTTP/1.1\r\n\r\n",
        ),
        one("response", "2", &format!("{uri}{digest}"), http),
        one(
            "metadata",
            "3",
            &format!("{uri}WARC-Concurrent-To: <urn:2>\r\n"),
            "via: http://zilverhaven.example/terpstra",
        ),
        one("revisit", "4", &format!("{uri}{digest}"), ""),
        one("response", "5", "WARC-Target-URI: http://zilverhaven.example/toren\r\n", other),
    ]
    .concat()
    .into_bytes()
}

pub fn write_package(path: &PathBuf, warc: &[u8]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).expect("made"));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let manifest = json!({"resources": [{"path": "archive/data.warc", "hash": format!("sha256:{}", Digest::of(warc).hex()), "bytes": warc.len()}]});
    for (name, bytes) in
        [("archive/data.warc", warc.to_vec()), ("datapackage.json", manifest.to_string().into_bytes())]
    {
        zip.start_file(name, options).expect("in the file");
        zip.write_all(&bytes).expect("in the file");
    }
    zip.finish().expect("in the file");
}

/// Finds the set beside the project; without it the test did not run and says so.
pub fn set(test: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let set = std::env::var_os("PLAINSIGHT_SHARED").map_or_else(beside, PathBuf::from).join("data/warc");
    if set.is_dir() {
        return Some(set);
    }
    assert!(std::env::var_os("CI").is_none(), "{test}: data/warc is missing; set PLAINSIGHT_SHARED");
    eprintln!("NOT RUN: {test}: data/warc is missing beside the project");
    None
}

/// Every file below a folder, and what its gzip members hold, as one heap of bytes.
pub fn everything(folder: &Path, heap: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        heap.extend(entry.file_name().to_string_lossy().as_bytes());
        heap.push(b'\n');
        if entry.path().is_dir() {
            everything(&entry.path(), heap);
            continue;
        }
        let bytes = std::fs::read(entry.path()).expect("readable");
        if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(heap).expect("gzip");
        }
        heap.extend(bytes);
    }
}

pub fn contains(heap: &[u8], marker: &str) -> bool {
    heap.windows(marker.len()).any(|window| window == marker.as_bytes())
}
