//! WARC, ARC, what they are packed in, packages, indexes, HTTP answers.

use crate::Put;
use plainsight_archive::{PackageKey, PackageText, PackageWriter};
use plainsight_model::Digest;
use std::io::Write;
use std::path::Path;

pub(crate) const DATE: &str = "2022-05-06T07:08:09Z";
const ADDRESS: &str = "http://zilverhaven.example/blad";
const PAGE: &str = "<html><title>Blad</title>社区中心 De Linde is open</html>";

pub(crate) fn make(put: &Put<'_>) {
    let records = records();
    put("archive_warc/crawl", &records.concat());
    put("archive_warc/odd", ODD.as_bytes());
    put("archive_warc/cut", &records.concat()[..860]);
    let chunked =
        record("response", 9, ADDRESS, "", &answer("Transfer-Encoding: chunked", &chunks(PAGE.as_bytes())));
    put("archive_warc/chunked", &chunked);
    put("archive_arc/plain", arc().as_bytes());
    put(
        "archive_arc/packed",
        &arc_records().iter().flat_map(|one| gzip(one.as_bytes())).collect::<Vec<u8>>(),
    );
    put("archive_arc/one", &gzip(arc().as_bytes()));
    put("archive_arc/version2", arc_version2().as_bytes());
    members(put, &records);
    http(put);
    packages(put, &records);
    put("archive_index/cdxj", CDXJ.as_bytes());
    put("archive_index/cdx", b" CDX N b a m s k r M S V g\nexample,zilverhaven)/ 20220506070809 http://zilverhaven.example/ text/html 200 AAAA - - 10 20 x.warc.gz\n");
    put(
        "archive_index/zipnum",
        &gzip(
            b"!meta 0 {\"format\": \"cdxj-gzip-1.0\"}\nexample,zilverhaven)/ 20220506070809\tx\t0\t275\t1\n",
        ),
    );
    put("archive_index/addresses", ADDRESSES.as_bytes());
}

/// A record of WARC 1.1 whose block digest agrees.
fn record(kind: &str, number: u8, uri: &str, more: &str, block: &[u8]) -> Vec<u8> {
    let media_type = match kind {
        "response" | "revisit" => "application/http; msgtype=response",
        "request" => "application/http; msgtype=request",
        "warcinfo" => "application/warc-fields",
        _ => "text/plain",
    };
    let uri = if uri.is_empty() { String::new() } else { format!("WARC-Target-URI: {uri}\r\n") };
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\n\
        WARC-Date: {DATE}\r\n{uri}{more}WARC-Block-Digest: sha256:{}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        Digest::of(block).hex(),
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A small crawl: one record of each kind that matters.
pub(crate) fn records() -> Vec<Vec<u8>> {
    let payload = format!("WARC-Payload-Digest: sha256:{}\r\n", Digest::of(PAGE.as_bytes()).hex());
    let revisit = format!(
        "{payload}WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n\
        WARC-Refers-To-Target-URI: {ADDRESS}\r\nWARC-Refers-To-Date: {DATE}\r\n"
    );
    let segment = "WARC-Segment-Number: 1\r\nWARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    vec![
        record("warcinfo", 1, "", "", b"software: met de hand\r\n"),
        record("response", 2, ADDRESS, &payload, &answer("X-Haven: 银港", PAGE.as_bytes())),
        record(
            "request",
            3,
            ADDRESS,
            "WARC-Concurrent-To: <urn:uuid:00000002-0000-4000-8000-000000000000>\r\n",
            b"GET /blad HTTP/1.1\r\nHost: zilverhaven.example\r\n\r\n",
        ),
        record("revisit", 4, "http://zilverhaven.example/kopie", &revisit, b"HTTP/1.1 200 OK\r\n\r\n"),
        record("resource", 5, "file:///blad.txt", "", b"een los blad"),
        record("response", 6, "http://zilverhaven.example/deel", segment, &answer("X: 1", b"eerste")),
    ]
}

fn answer(field: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{field}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

fn chunks(body: &[u8]) -> Vec<u8> {
    let mut coded = Vec::new();
    for chunk in body.chunks(24) {
        coded.extend(format!("{:x};naam=waarde\r\n", chunk.len()).bytes());
        coded.extend(chunk);
        coded.extend(b"\r\n");
    }
    [&coded[..], b"0\r\nX-Later: ja\r\n\r\n"].concat()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

/// One stored block (RFC 7932, 9.2), and the empty last one.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let header = 0x0b | (bytes.len() as u32 - 1) << 7 | 1 << 23;
    [&header.to_le_bytes()[..3], bytes, &[0x03]].concat()
}

/// One raw block (RFC 8878, 3.1.1), one byte of content size.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let header = (bytes.len() as u32) << 3 | 1;
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.len() as u8], &header.to_le_bytes()[..3], bytes].concat()
}

fn members(put: &Put<'_>, records: &[Vec<u8>]) {
    let each: Vec<Vec<u8>> = records[..4].iter().map(|record| gzip(record)).collect();
    put("archive_members/members.gz", &each.concat());
    put("archive_members/one.gz", &gzip(&records[..4].concat()));
    let mut named = gzip(&records[4]);
    // FEXTRA with the lengths that old crawlers wrote (RFC 1952, 2.3.1.1), FNAME.
    named[3] = 0x0c;
    named.splice(10..10, *b"\x0c\0sl\x08\0\0\0\0\0\0\0\0\0blad\0");
    put("archive_members/named.gz", &[&named[..], &each[1]].concat());
    // A megabyte and more of nothing in some bytes.
    let much = record("resource", 8, "file:///veel.txt", "", &vec![b'0'; 3 << 19]);
    put("archive_members/much.gz", &gzip(&much));
    let frames: Vec<Vec<u8>> = records.iter().map(|record| zstd_long(record)).collect();
    put("archive_members/raw.zst", &frames.concat());
    for name in ["frames.warc.zst", "dictionary.warc.zst", "frames.warc.lz4"] {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../archive/tests/seeds").join(name);
        put(&format!("archive_members/{name}"), &std::fs::read(own).expect("a seed of the archive"));
    }
}

/// The same with eight bytes of content size, as records need it.
fn zstd_long(bytes: &[u8]) -> Vec<u8> {
    let header = (bytes.len() as u32) << 3 | 1;
    let size = (bytes.len() as u64).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0xe0][..], &size, &header.to_le_bytes()[..3], bytes].concat()
}

fn http(put: &Put<'_>) {
    let page = PAGE.as_bytes();
    let coded = |coding: &str, body: &[u8]| answer(&format!("Content-Encoding: {coding}"), body);
    put("archive_http/plain", &answer(&format!("Content-Length: {}", page.len()), page));
    put("archive_http/chunked", &answer("Transfer-Encoding: chunked", &chunks(page)));
    put("archive_http/gzip", &coded("gzip", &gzip(page)));
    put("archive_http/deflate", &coded("deflate", &zlib(page)));
    put("archive_http/br", &coded("br", &brotli(page)));
    put("archive_http/zstd", &coded("zstd", &zstd(page)));
    put("archive_http/twice", &coded("gzip, br", &brotli(&gzip(page))));
    put(
        "archive_http/both",
        &answer("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunks(&gzip(page))),
    );
    put("archive_http/much", &coded("gzip", &gzip(&vec![b'0'; 3 << 19])));
    put("archive_http/folded", b"HTTP/1.0 302\nLocation: /kade\n  15\nnaam zonder punt\n\nga verder");
}

fn packages(put: &Put<'_>, records: &[Vec<u8>]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let warc = folder.path().join("data.warc.gz");
    std::fs::write(&warc, records[..4].iter().flat_map(|record| gzip(record)).collect::<Vec<u8>>())
        .expect("written");
    let path = folder.path().join("echt.wacz");
    for (name, key) in [("signed", PackageKey::from_secret(&[7; 48])), ("unsigned", None)] {
        put(&format!("archive_package/{name}"), &package(&path, &warc, key.as_ref()));
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let plain = records[..2].concat();
    let manifest = format!(
        "{{\"resources\": [{{\"path\": \"archive/data.warc\", \"hash\": \"sha256:{}\", \"bytes\": {}}}]}}",
        Digest::of(&plain).hex(),
        plain.len()
    );
    for (name, bytes) in [("archive/data.warc", &plain[..]), ("datapackage.json", manifest.as_bytes())] {
        zip.start_file(name, options).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    put("archive_package/deflated", &zip.finish().expect("in memory").into_inner());
}

/// A package of one WARC as this program writes it.
pub(crate) fn package(path: &Path, warc: &Path, key: Option<&PackageKey>) -> Vec<u8> {
    let text =
        PackageText {
            title: Some("Buurthuis 银港".into()), created: DATE.into(), ..PackageText::default()
        };
    let mut writer = PackageWriter::create(path, text).expect("begun");
    writer.warc("data.warc.gz", warc).expect("taken");
    writer.finish(key).expect("written");
    std::fs::read(path).expect("readable")
}

/// Versions, line ends and fields as old and careless programs write them.
const ODD: &str = "WARC/0.17\nWARC-Type: response\nWARC-Record-ID: <urn:uuid:00000002-0000-4000-8000-000000000000>\n\
    WARC-Date: 2022-05\nWARC-Target-URI: <http://zilverhaven.example/ een>\nX-Lang: een regel\n  die doorgaat\n\
    Content-Length: 19\nContent-Length: 20\n\nHTTP/1.1 200 OK\n\nab\n\n\nWARC/1.0\r\nwarc-type: metadata\r\nContent-Length: 4\r\n\r\nvia:\r\n\r\nlosse bytes\r\nWARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n";

/// A line of an ARC, the block's length behind it, and the block (version 1 or 2 by its fields).
fn arc_record(line: &str, block: &str) -> String {
    format!("{line} {}\n{block}\n", block.len())
}

fn arc() -> String {
    arc_records().concat()
}

fn arc_records() -> [String; 3] {
    let fields = "1 0 Zilverhaven\nURL IP-address Archive-date Content-type Archive-length\n\n";
    let page = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>银港\n";
    [
        arc_record("filedesc://zilver.arc 0.0.0.0 20220506070809 text/plain", fields),
        arc_record("http://zilverhaven.example/ 192.0.2.1 20220506070809 text/html", page),
        arc_record("http://zilverhaven.example/dood 192.0.2.1 20220506070809 no-type", ""),
    ]
}

fn arc_version2() -> String {
    let fields = "2 0 Zilverhaven\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n\n";
    let page = "HTTP/1.1 200 OK\n\n<p>银港";
    [
        arc_record("filedesc://zilver.arc 0.0.0.0 20220506070809 text/plain 200 - - 0 zilver.arc", fields),
        arc_record(
            "http://zilverhaven.example/ 192.0.2.1 20220506070809 text/html 200 AAAA - 209 zilver.arc",
            page,
        ),
    ]
    .concat()
}

const CDXJ: &str = "example,zilverhaven)/ 20220506070809 {\"url\": \"http://zilverhaven.example/\", \"mime\": \"text/html\", \"status\": \"200\", \"digest\": \"sha1:AAAA\", \"length\": \"70\", \"offset\": \"0\", \"filename\": \"x.warc.gz\"}\n\
    example,zilverhaven)/kade?b=2&a=1 20220506070810 {\"url\": \"http://zilverhaven.example/kade?a=1&b=2\", \"mime\": \"warc/revisit\", \"length\": \"70\", \"offset\": \"70\", \"filename\": \"x.warc.gz\"}\n";

const ADDRESSES: &str = "http://www.Zilverhaven.example:80/Kade/../kade/./15?b=2&a=1&jsessionid=0123456789abcdef0123456789abcdef#deel\n\
    https://银港.example/%e9%93%b6?q=%zz\nhttp://[2001:db8::1]:8080/\nhttp://192.0.2.1/\nfile:///blad.txt\nurn:uuid:0\n\
    http://naam:woord@zilverhaven.example/(S(4hqa0555fwsecu455xqckv45))/blad.aspx\ndns:zilverhaven.example\n\n";
