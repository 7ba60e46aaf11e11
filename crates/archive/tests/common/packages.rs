//! Packages to look at and to forge.

use plainsight_archive::{PackageKey, PackageMade, PackageText, PackageWriter};
use std::io::Write;
use std::path::{Path, PathBuf};

pub const CREATED: &str = "2022-05-06T07:08:09Z";

/// A key that everybody knows.
pub fn key() -> PackageKey {
    PackageKey::from_secret(&[7; 48]).expect("a number below the curve's order")
}

pub fn text() -> PackageText {
    PackageText { title: Some("Buurthuis 银港".into()), created: CREATED.into(), ..PackageText::default() }
}

fn member(record: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(record).expect("in memory");
    encoder.finish().expect("in memory")
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", plainsight_model::Digest::of(bytes).hex())
}

/// A record as crawlers write it.
pub fn record(kind: &str, number: u8, uri: &str, date: &str, more: &str, block: &[u8]) -> Vec<u8> {
    let media_type = match kind {
        "response" | "revisit" => "application/http; msgtype=response",
        "request" => "application/http; msgtype=request",
        "warcinfo" => "application/warc-fields",
        _ => "text/plain",
    };
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\nWARC-Date: {date}\r\n{}{more}WARC-Block-Digest: {}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        if uri.is_empty() { String::new() } else { format!("WARC-Target-URI: {uri}\r\n") },
        digest(block),
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The records of a small crawl, in order.
pub fn records() -> Vec<Vec<u8>> {
    let address = "http://zilverhaven.example/blad";
    let body = "<html><title>Blad</title>社区中心 De Linde is open</html>".as_bytes();
    let page =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".as_slice(), body].concat();
    let payload = format!("WARC-Payload-Digest: {}\r\n", digest(body));
    let revisit = format!(
        "{payload}WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\nWARC-Refers-To-Target-URI: {address}\r\nWARC-Refers-To-Date: {CREATED}\r\n"
    );
    let asked = b"GET /blad HTTP/1.1\r\nHost: zilverhaven.example\r\n\r\n";
    let notes = b"een los blad";
    let note = format!("WARC-Payload-Digest: {}\r\n", digest(notes));
    vec![
        record("warcinfo", 1, "", CREATED, "", b"software: met de hand\r\n"),
        record("response", 2, address, CREATED, &payload, &page),
        record("request", 3, address, CREATED, "", asked),
        record(
            "revisit",
            4,
            "http://zilverhaven.example/kopie",
            "2022-05-06T08:00:00Z",
            &revisit,
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record("request", 5, "http://zilverhaven.example/kopie", "2022-05-06T08:00:00Z", "", asked),
        record("resource", 6, "file:///blad.txt", "2022-05-06T09:00:00Z", &note, notes),
    ]
}

pub fn packed(records: &[Vec<u8>]) -> Vec<u8> {
    records.iter().flat_map(|record| member(record)).collect()
}

/// The small crawl as `data.warc.gz`.
pub fn sample(folder: &Path) -> PathBuf {
    let path = folder.join("data.warc.gz");
    std::fs::write(&path, packed(&records())).expect("written");
    path
}

pub fn pack(path: &Path, warcs: &[(&str, impl AsRef<Path>)], key: Option<&PackageKey>) -> PackageMade {
    let mut writer = PackageWriter::create(path, text()).expect("begun");
    for (name, warc) in warcs {
        writer.warc(name, warc.as_ref()).expect("taken");
    }
    writer.finish(key).expect("written")
}
