//! Writing, listing, reading, falling over in the middle, and forgetting.

use plainsight_archive::{
    Archive, ArchiveError, ArchiveReader, Check, DigestState, End, Entry, EntryKind, Ledger, Limits,
    Resource, Row, Tombstone, Verdict, captures, list, verify,
};
use plainsight_model::{Digest, RecordPlace};
use proptest::prelude::*;
use serde_json::json;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const DAY: &str = "2022-05-06T07:08:09Z";

fn resource<'a>(bytes: &'a [u8], uri: &'a str) -> Resource<'a> {
    Resource { bytes, uri, media_type: Some("text/plain"), date: DAY }
}

fn counting() -> impl FnMut() -> [u8; 16] + Send + 'static {
    let mut number = 0u128;
    move || {
        number += 1;
        number.to_be_bytes()
    }
}

fn rows(path: &Path) -> (Vec<Row>, End) {
    let mut rows = Vec::new();
    let listing = list(path, Check::Digests, &mut |row| rows.push(row)).expect("can be opened");
    (rows, listing.end)
}

fn case() -> (tempfile::TempDir, Archive, Ledger) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = Archive::create(&folder.path().join("archive")).expect("created");
    let ledger = Ledger::create(&folder.path().join("ledger"), "zilverhaven").expect("created");
    (folder, archive, ledger)
}

#[test]
fn what_was_put_comes_back_and_the_same_input_gives_the_same_bytes() {
    let pages: [&[u8]; 4] = [
        b"",
        "Buurthuis De Linde, Zilverhaven".as_bytes(),
        "银港社区中心".as_bytes(),
        b"\r\n\r\nWARC/1.1\r\n",
    ];
    let files = [(); 2].map(|()| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut archive = Archive::create(&folder.path().join("a")).expect("created").with_ids(counting());
        let resources: Vec<_> = pages.iter().map(|page| resource(page, "file:///银港/blad 1.txt")).collect();
        let mut places = archive.put_all(&resources[..2]).expect("kept");
        places.push(archive.put(&resources[2]).expect("kept"));
        places.push(archive.put(&resources[3]).expect("kept"));
        for (place, page) in places.iter().zip(pages) {
            assert_eq!(archive.payload(place).expect("there"), page);
            assert_eq!(archive.record(place).expect("there").kind, "resource");
        }
        assert_eq!(archive.files().expect("listed"), ["plainsight-00001.warc.gz"]);
        let path = folder.path().join("a/plainsight-00001.warc.gz");
        let (rows, end) = rows(&path);
        assert_eq!((rows.len(), end), (5, End::Whole));
        assert!(rows.iter().all(|row| row.block == DigestState::Ok && row.complaints.is_empty()), "{rows:?}");
        assert_eq!(verify(&path).verdict, Verdict::Valid);
        std::fs::read(path).expect("readable")
    });
    assert_eq!(files[0], files[1]);
}

#[test]
fn a_second_process_is_told_and_a_full_file_is_closed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a");
    let mut archive = Archive::create(&path).expect("created").with_roll(1500);
    assert!(matches!(Archive::open(&path), Err(ArchiveError::Busy { .. })));
    assert!(matches!(Archive::create(&path), Err(ArchiveError::Exists { .. })));
    let places: Vec<_> =
        (0..20u8).map(|n| archive.put(&resource(&[n; 9], "file:///x")).expect("kept")).collect();
    assert!(archive.files().expect("listed").len() > 2);
    drop(archive);
    let archive = Archive::open(&path).expect("free again");
    for (n, place) in places.iter().enumerate() {
        assert_eq!(archive.payload(place).expect("there"), [n as u8; 9]);
    }
    let wrong = RecordPlace { record_id: "<urn:uuid:nobody>".into(), ..places[0].clone() };
    assert!(matches!(archive.payload(&wrong), Err(ArchiveError::NoRecord { .. })));
}

#[test]
fn wherever_the_file_is_cut_earlier_records_stay_and_writing_goes_on() {
    let (folder, mut archive, _) = case();
    let path = folder.path().join("archive/plainsight-00001.warc.gz");
    let places: Vec<_> =
        (0..4u8).map(|n| archive.put(&resource(&[b'a' + n; 40], "file:///x")).expect("kept")).collect();
    drop(archive);
    let whole = std::fs::read(&path).expect("readable");
    for cut in (0..whole.len()).step_by(7) {
        std::fs::write(&path, &whole[..cut]).expect("written");
        let mut archive = Archive::open(&folder.path().join("archive")).expect("opens");
        let after = archive.put(&resource(b"after the fall", "file:///y")).expect("kept");
        assert_eq!(archive.payload(&after).expect("there"), b"after the fall");
        for (n, place) in places.iter().enumerate() {
            let end = places.get(n + 1).map_or(whole.len() as u64, |next| next.offset);
            if end <= cut as u64 {
                assert_eq!(
                    archive.payload(place).expect("acknowledged"),
                    [b'a' + n as u8; 40],
                    "cut at {cut}"
                );
            }
        }
        let ends = places.iter().map(|place| place.offset).chain([0, whole.len() as u64]);
        let clean = ends.into_iter().any(|end| end == cut as u64);
        assert_eq!(archive.complaints().is_empty(), clean, "cut at {cut}");
        assert_eq!(verify(&path).verdict, Verdict::Valid, "cut at {cut}");
    }
}

#[test]
fn a_received_file_is_kept_byte_for_byte_under_a_name_that_is_no_path() {
    let (folder, mut archive, _) = case();
    let source = folder.path().join("x");
    std::fs::write(&source, "鲸鱼".as_bytes()).expect("written");
    for name in ["../../etc/x", "", "..", "/", "日记.warc.gz", &"长".repeat(300), "a\u{202e}b\0c"] {
        let (file, digest) = archive.receive(&source, name).expect("kept");
        assert_eq!(digest, Digest::of("鲸鱼".as_bytes()));
        assert!(
            file.starts_with("received/") && !file.contains("..") && file.matches('/').count() == 1,
            "{file}"
        );
        assert_eq!(
            std::fs::read(folder.path().join("archive").join(&file)).expect("there"),
            "鲸鱼".as_bytes()
        );
    }
}

/// A gzip of zeros that unpacks to a GiB is about a MiB.
#[test]
fn a_bomb_is_a_complaint_and_not_memory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bomb = bomb();
    let http = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &bomb].concat();
    let record = |block: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: {DAY}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    };
    let inner = folder.path().join("inner.warc");
    std::fs::write(&inner, record(&http)).expect("written");
    // Zeros as the block itself, under the container's gzip; it need not hold all it promises.
    let outer = folder.path().join("outer.warc.gz");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: {DAY}\r\nContent-Length: {}\r\n\r\n",
        1u64 << 30
    );
    // A stored block with the header in front of the bomb's own blocks.
    let length = u16::try_from(head.len()).expect("short");
    let stored = [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), head.as_bytes()].concat();
    std::fs::write(&outer, [&bomb[..10], &stored, &bomb[10..]].concat()).expect("written");
    drop(http);
    let before = peak_kib();
    for path in [inner, outer] {
        let mut payloads = 0;
        let complaints = captures(&path, "bomb", &Limits::default(), &mut |_| payloads += 1).expect("opened");
        assert_eq!(payloads, 0);
        assert!(complaints[0].what.contains("bomb"), "{complaints:?}");
    }
    if let (Some(before), Some(after)) = (before, peak_kib()) {
        assert!(after - before < 96 * 1024, "{} KiB more", after - before);
    }
}

/// A gzip member of 1 GiB of zeros: 64 times the same blocks, which end at a
/// byte and refer to nothing before them. Its check sum is wrong, and nobody gets that far.
fn bomb() -> Vec<u8> {
    let mut segment = Vec::with_capacity(1 << 20);
    let mut compress = flate2::Compress::new(flate2::Compression::best(), false);
    compress.compress_vec(&vec![0; 1 << 24], &mut segment, flate2::FlushCompress::Full).expect("in memory");
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    bomb.extend(segment.repeat(64));
    bomb.extend([3, 0, 0, 0, 0, 0, 0, 0, 0, 0x40]);
    bomb
}

/// The most memory this process ever had, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with("VmHWM"))?.split_whitespace().nth(1)?.parse().ok()
}

fn log(ledger: &mut Ledger, kind: EntryKind, body: serde_json::Value) -> u64 {
    let entry = Entry { kind, author: "Ilse Vonk".into(), time: DAY.into(), body };
    ledger.append(entry).expect("logged").line.number
}

fn capture_body(place: &RecordPlace, payload: &[u8]) -> serde_json::Value {
    json!({
        "place": {"file": place.file, "offset": place.offset, "record_id": place.record_id},
        "payload": Digest::of(payload).hex(),
    })
}

#[test]
fn every_flipped_byte_of_a_ledger_is_named() {
    let (folder, archive, mut ledger) = case();
    for n in 0..3 {
        log(&mut ledger, EntryKind::Decision, json!({"reason": format!("gelezen, {n}"), "银港": n}));
    }
    assert_eq!(ledger.body(2).expect("there")["银港"], 1);
    drop((archive, ledger));
    let path = folder.path().join("ledger");
    assert_eq!(Ledger::check(&path), []);
    let mut files = vec![path.join("chain.jsonl"), path.join("head.txt")];
    files.extend((1..=3).map(|n| path.join(format!("bodies/{n:06}.json"))));
    for file in files {
        let good = std::fs::read(&file).expect("readable");
        // Nothing but a signature could bind the case's name in the checkpoint.
        let from = if file.ends_with("head.txt") { "plainsight/zilverhaven".len() } else { 0 };
        for at in (from..good.len()).step_by(3) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&file, bad).expect("written");
            let faults = Ledger::check(&path);
            assert!(!faults.is_empty(), "byte {at} of {}", file.display());
        }
        std::fs::write(&file, good).expect("written");
    }
    assert_eq!(Ledger::check(&path), []);
}

#[test]
fn a_torn_line_is_cut_off_and_a_lost_end_is_seen() {
    let (folder, archive, mut ledger) = case();
    let path = folder.path().join("ledger");
    log(&mut ledger, EntryKind::Import, json!({"a": 1}));
    let second = ledger.append_all(vec![
        Entry { kind: EntryKind::Forget, author: "x".into(), time: DAY.into(), body: json!({}) },
        Entry { kind: EntryKind::AllowPrivate, author: "x".into(), time: DAY.into(), body: json!({}) },
    ]);
    assert_eq!(second.expect("logged").len(), 2);
    let head = ledger.head();
    assert_eq!(ledger.head_at(3), head);
    let chain = path.join("chain.jsonl");
    let good = std::fs::read(&chain).expect("readable");
    std::fs::write(&chain, [good.as_slice(), b"{\"number\":4,\"ti"].concat()).expect("written");
    let mut again = Ledger::open(&path).expect("opens");
    assert_eq!(again.head(), head);
    assert_eq!(log(&mut again, EntryKind::Decision, json!({})), 4);
    assert_eq!(Ledger::check(&path), []);
    std::fs::write(&chain, &good).expect("written");
    assert!(matches!(Ledger::open(&path), Err(ArchiveError::Ledger { .. })));
    assert!(Ledger::check(&path)[0].what.contains("its end is lost"));
    drop(archive);
}

#[test]
fn an_archived_byte_that_changed_makes_the_case_invalid_and_names_the_record() {
    let (folder, mut archive, mut ledger) = case();
    let pages = ["eerste bladzijde van de havenkrant", "tweede bladzijde", "第三页"];
    for page in pages {
        let place = archive.put(&resource(page.as_bytes(), "file:///krant")).expect("kept");
        log(&mut ledger, EntryKind::Capture, capture_body(&place, page.as_bytes()));
    }
    let source = folder.path().join("oud.warc");
    std::fs::write(&source, foreign_warc()).expect("written");
    let (file, digest) = archive.receive(&source, "oud.warc").expect("kept");
    std::fs::remove_file(&source).expect("removed");
    log(&mut ledger, EntryKind::Import, json!({"received": file, "sha256": digest.hex()}));
    let found = verify(folder.path());
    // The received file has a wrong digest of its own; that is told and is not the case's fault.
    assert_eq!((found.verdict, found.faults.len()), (Verdict::Unsigned, 1), "{:?}", found.faults);

    let path = folder.path().join("archive/plainsight-00001.warc.gz");
    let good = std::fs::read(&path).expect("readable");
    for at in (0..good.len()).step_by(11) {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        std::fs::write(&path, &bad).expect("written");
        let verdict = verify(folder.path()).verdict;
        // The bits that fill up the last byte of a deflate stream say nothing (RFC 1951, 3.2.3).
        assert!(
            verdict >= Verdict::Incomplete || unpacked(&bad) == unpacked(&good),
            "byte {at}: {verdict:?}"
        );
    }
    std::fs::write(&path, &good).expect("written");
    let kept = folder.path().join("archive").join(&file);
    let mut bad = std::fs::read(&kept).expect("readable");
    bad[5] ^= 1;
    std::fs::write(&kept, bad).expect("written");
    let found = verify(folder.path());
    assert_eq!(found.verdict, Verdict::Invalid);
    assert!(found.faults.iter().any(|fault| fault.what.contains("not as it was received")));
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    plain
}

/// A WARC as another tool writes it: request, response, metadata and a
/// revisit that speak of one page, and a page beside it.
fn foreign_warc() -> Vec<u8> {
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

/// Every file below a folder, and what its gzip members hold, as one heap of bytes.
fn everything(folder: &Path, heap: &mut Vec<u8>) {
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

fn contains(heap: &[u8], marker: &str) -> bool {
    heap.windows(marker.len()).any(|window| window == marker.as_bytes())
}

#[test]
fn what_was_forgotten_occurs_nowhere_and_verify_is_content() {
    let (folder, mut archive, mut ledger) = case();
    let secret = "Wout Terpstra, Kalkstraat 12, Zilverhaven, 0612000000";
    let kept = archive.put(&resource("blijft staan".as_bytes(), "file:///a.txt")).expect("kept");
    let gone = archive.put(&resource(secret.as_bytes(), "file:///terpstra.txt")).expect("kept");
    let last = archive.put(&resource("海港日报".as_bytes(), "file:///c.txt")).expect("kept");
    log(&mut ledger, EntryKind::Capture, capture_body(&kept, "blijft staan".as_bytes()));
    let naming = log(&mut ledger, EntryKind::Capture, capture_body(&gone, secret.as_bytes()));
    log(&mut ledger, EntryKind::Capture, capture_body(&last, "海港日报".as_bytes()));
    let source = folder.path().join("terpstra.warc");
    std::fs::write(&source, foreign_warc()).expect("written");
    let (file, digest) = archive.receive(&source, "terpstra.warc").expect("kept");
    std::fs::remove_file(&source).expect("removed");
    let import = log(
        &mut ledger,
        EntryKind::Import,
        json!({"file": file, "sha256": digest.hex(), "name": "terpstra.warc"}),
    );
    let mut inside = Vec::new();
    captures(&folder.path().join("archive").join(&file), &file, &Limits::default(), &mut |it| {
        inside.push(it)
    })
    .expect("opened");
    let tower = inside.iter().find(|it| it.uri.ends_with("toren")).expect("there").record.clone();
    let page = inside.iter().find(|it| it.uri.ends_with("terpstra")).expect("there");
    let page_digest = Digest::of(&page.payload);

    let words = ["terpstra".to_owned()];
    let plan = archive.reader().plan_forget(&[gone.clone(), page.record.clone()]).expect("planned");
    assert_eq!(plan.records.len(), 5, "{plan:?}");
    let entries = [naming, import];
    log(
        &mut ledger,
        EntryKind::Forget,
        json!({"entries": entries, "records": plan.record_ids(), "received": plan.received, "reason": "op verzoek"}),
    );
    let stone = Tombstone { time: DAY, reason: "op verzoek", who: "Ilse Vonk", words: &words };
    let moved = archive.forget(&plan, &stone).expect("forgotten");
    ledger.destroy(&entries).expect("destroyed");

    assert_eq!(archive.payload(&kept).expect("there"), "blijft staan".as_bytes());
    assert_eq!(archive.payload(&last).expect("moved but found"), "海港日报".as_bytes());
    assert!(
        moved
            .iter()
            .any(|step| step.from == last && archive.reader().locate(&last).is_ok_and(|to| to == step.to))
    );
    assert!(archive.payload(&tower).expect("there").starts_with(b"de vuurtoren"));
    assert!(matches!(archive.payload(&gone), Err(ArchiveError::Forgotten { .. })));
    let mut heap = Vec::new();
    everything(folder.path(), &mut heap);
    let digests = [Digest::of(secret.as_bytes()), page_digest];
    let mut markers =
        vec!["Terpstra".to_owned(), "terpstra".into(), "Kalkstraat".into(), "0612000000".into()];
    for digest in digests {
        markers.push(digest.hex()[..32].to_owned());
        markers.push(data_encoding::BASE32.encode(&digest.0));
    }
    for marker in markers {
        assert!(!contains(&heap, &marker), "{marker}");
    }
    drop(archive);
    let found = verify(folder.path());
    assert_eq!(found.verdict, Verdict::Unsigned, "{:?}", found.faults);
}

#[test]
fn forgetting_in_a_package_leaves_its_other_records() {
    let (folder, mut archive, _) = case();
    let source = folder.path().join("x.wacz");
    write_package(&source, &foreign_warc());
    let (file, _) = archive.receive(&source, "x.wacz").expect("kept");
    let mut inside = Vec::new();
    captures(&folder.path().join("archive").join(&file), &file, &Limits::default(), &mut |it| {
        inside.push(it.record)
    })
    .expect("opened");
    assert_eq!(inside.len(), 2);
    let plan = archive.reader().plan_forget(&inside[..1]).expect("planned");
    let stone = Tombstone { time: DAY, reason: "op verzoek", who: "Ilse Vonk", words: &[] };
    archive.forget(&plan, &stone).expect("forgotten");
    assert!(archive.files().expect("listed").iter().all(|file| !file.ends_with(".wacz")));
    assert_eq!(archive.reader().heirs(&file).expect("listed"), archive.files().expect("listed"));
    assert!(archive.payload(&inside[1]).expect("there").starts_with(b"de vuurtoren"));
    assert!(matches!(archive.payload(&inside[0]), Err(ArchiveError::Forgotten { .. })));
}

fn write_package(path: &PathBuf, warc: &[u8]) {
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

#[test]
fn a_dossier_with_one_changed_or_added_file_is_invalid() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("data")).expect("made");
    std::fs::write(path("index.html"), "<p>银港").expect("written");
    std::fs::write(path("data/claims.csv"), "a,b").expect("written");
    let manifest = json!({"files": {
        "index.html": Digest::of("<p>银港".as_bytes()).hex(), "data/claims.csv": Digest::of(b"a,b").hex(),
    }});
    std::fs::write(path("dossier.json"), manifest.to_string()).expect("written");
    assert_eq!(verify(folder.path()).verdict, Verdict::Unsigned);
    std::fs::write(path("data/more.csv"), "").expect("written");
    assert_eq!(verify(folder.path()).faults[0].rule, "dossier-unlisted");
    std::fs::remove_file(path("data/more.csv")).expect("removed");
    std::fs::write(path("data/claims.csv"), "a,c").expect("written");
    assert_eq!(verify(folder.path()).verdict, Verdict::Invalid);
}

#[test]
fn the_json_keys_stand_in_the_order_of_the_contract() {
    let row = Row {
        offset: 1,
        length: 2,
        kind: Some("resource".into()),
        id: None,
        uri: None,
        date: None,
        block: DigestState::Ok,
        payload: DigestState::Unchecked,
        complaints: vec![],
    };
    assert_eq!(
        serde_json::to_string(&row).expect("text"),
        r#"{"offset":1,"length":2,"type":"resource","id":null,"uri":null,"date":null,"block":"ok","payload":"unchecked","complaints":[]}"#
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("leeg");
    std::fs::write(&path, "").expect("written");
    let found = serde_json::to_value(verify(&path)).expect("JSON");
    assert_eq!(found["verdict"], "unknown format");
    assert!(found["faults"][0]["where"].is_string());
}

/// Another reader of other descent, where it is installed.
#[test]
fn warcio_reads_what_we_write() {
    let found = std::process::Command::new("python3").args(["-c", "import warcio"]).status();
    if !found.is_ok_and(|status| status.success()) {
        eprintln!("NOT RUN: warcio_reads_what_we_write: python3 has no warcio");
        return;
    }
    let (folder, mut archive, _) = case();
    for page in ["一", "twee", ""] {
        archive.put(&resource(page.as_bytes(), "file:///x")).expect("kept");
    }
    let script = "import sys; from warcio.checker import Checker; from warcio.archiveiterator import ArchiveIterator as A\n\
        records = 0\n\
        for r in A(open(sys.argv[1], 'rb'), check_digests='raise'):\n    r.content_stream().read(); records += 1\n\
        print(records)";
    let path = folder.path().join("archive/plainsight-00001.warc.gz");
    let output =
        std::process::Command::new("python3").args(["-c", script]).arg(&path).output().expect("runs");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "4",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn written_listed_and_read_are_the_same(
        pages in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..3000), 1..8),
        uri in "file:///[a-z港é ]{0,12}",
    ) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut archive = Archive::create(&folder.path().join("a")).expect("created");
        let resources: Vec<_> = pages.iter().map(|page| resource(page, &uri)).collect();
        let places = archive.put_all(&resources).expect("kept");
        let (rows, end) = rows(&folder.path().join("a/plainsight-00001.warc.gz"));
        prop_assert_eq!(end, End::Whole);
        let offsets: Vec<u64> = rows.iter().skip(1).map(|row| row.offset).collect();
        prop_assert_eq!(offsets, places.iter().map(|place| place.offset).collect::<Vec<_>>());
        let reader = ArchiveReader::new(&folder.path().join("a"));
        for (place, page) in places.iter().zip(&pages) {
            prop_assert_eq!(&reader.payload(place).expect("there"), page);
        }
    }
}
#[test]
fn other_containers_can_be_rewritten_too() {
    let Some(set) = set("other_containers_can_be_rewritten_too") else { return };
    for name in [
        "derived/iana.warc.zst",
        "derived/iana-dict.warc.zst",
        "derived/post-test-onemember.warc.gz",
        "warcio/post-test.warc.gz",
    ] {
        let (folder, mut archive, _) = case();
        let (file, _) = archive.receive(&set.join(name), name).expect("kept");
        let path = folder.path().join("archive").join(&file);
        let take = || {
            let mut all = Vec::new();
            captures(&path, &file, &Limits::default(), &mut |it| {
                all.push((it.record, Digest::of(&it.payload)))
            })
            .expect("opened");
            all
        };
        let before = take();
        let plan = archive.reader().plan_forget(&[before[0].0.clone()]).expect("planned");
        let stone = Tombstone { time: DAY, reason: "op verzoek", who: "Ilse Vonk", words: &[] };
        archive.forget(&plan, &stone).expect("forgotten");
        let after = take();
        let ids: Vec<_> = plan.record_ids();
        let left: Vec<_> = before.iter().filter(|(place, _)| !ids.contains(&place.record_id)).collect();
        assert_eq!(after.len(), left.len(), "{name}");
        assert!(
            left.iter().zip(&after).all(|(old, new)| old.1 == new.1 && old.0.record_id == new.0.record_id),
            "{name}"
        );
        for (place, digest) in left.iter().step_by(20) {
            assert_eq!(Digest::of(&archive.payload(place).expect("found by its id")), *digest, "{name}");
        }
        assert_eq!(verify(&path).verdict, Verdict::Valid, "{name}");
    }
}

/// Finds the set beside the project; without it the test did not run and says so.
fn set(test: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let set = std::env::var_os("PLAINSIGHT_SHARED").map_or_else(beside, PathBuf::from).join("data/warc");
    if set.is_dir() {
        return Some(set);
    }
    assert!(std::env::var_os("CI").is_none(), "{test}: data/warc is missing; set PLAINSIGHT_SHARED");
    eprintln!("NOT RUN: {test}: data/warc is missing beside the project");
    None
}

#[test]
fn an_arc_keeps_the_places_of_its_records() {
    let pages = ["eerste", "Wout Terpstra, Kalkstraat", "第三页"];
    let mut members = vec![format!(
        "filedesc://x.arc 0.0.0.0 20220506070809 text/plain 76\n1 0 Havens\nURL IP-address Archive-date Content-type Archive-length{}\n",
        " ".repeat(8)
    )];
    for page in pages {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        members.push(format!(
            "http://zilverhaven.example/ 192.0.2.1 20220506070809 text/html {}\n{block}\n",
            block.len()
        ));
    }
    let gzip = |member: &String| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(member.as_bytes()).expect("in memory");
        encoder.finish().expect("in memory")
    };
    for bytes in [members.concat().into_bytes(), members.iter().flat_map(gzip).collect()] {
        let (folder, mut archive, _) = case();
        let source = folder.path().join("x.arc");
        std::fs::write(&source, &bytes).expect("written");
        let (file, _) = archive.receive(&source, "x.arc").expect("kept");
        let path = folder.path().join("archive").join(&file);
        let mut places = Vec::new();
        captures(&path, &file, &Limits::default(), &mut |it| places.push(it.record)).expect("opened");
        assert_eq!(places.len(), 3);
        let plan = archive.reader().plan_forget(&places[1..2]).expect("planned");
        let stone = Tombstone { time: DAY, reason: "op verzoek", who: "Ilse Vonk", words: &[] };
        assert_eq!(archive.forget(&plan, &stone).expect("forgotten"), []);
        assert_eq!(archive.payload(&places[0]).expect("there"), pages[0].as_bytes());
        assert!(matches!(archive.payload(&places[1]), Err(ArchiveError::Forgotten { .. })));
        assert_eq!(archive.payload(&places[2]).expect("there"), pages[2].as_bytes());
        let mut heap = Vec::new();
        everything(&folder.path().join("archive"), &mut heap);
        assert!(!contains(&heap, "Kalkstraat"));
    }
}

#[test]
fn no_flipped_or_cut_byte_makes_a_reader_panic() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x");
    let package = folder.path().join("p.wacz");
    write_package(&package, &foreign_warc());
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&foreign_warc()).expect("in memory");
    let arc = "filedesc://x.arc 0.0.0.0 20220506070809 text/plain 9\n1 0 Havens\n\nhttp://x.example/ 1.2.3.4 20220506070809 text/html 5\nhallo\n";
    let zip = std::fs::read(&package).expect("readable");
    for good in [foreign_warc(), gzip.finish().expect("in memory"), zip, arc.as_bytes().to_vec()] {
        for at in (0..good.len()).step_by(11) {
            let mut bad = good.clone();
            bad[at] ^= 0x15;
            for bytes in [&bad[..], &bad[..at]] {
                std::fs::write(&path, bytes).expect("written");
                verify(&path);
                captures(&path, "x", &Limits::default(), &mut |_| {}).expect("opened");
            }
        }
    }
}
