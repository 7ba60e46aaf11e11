//! Records picked out of an archive: what is asked for and what belongs to it,
//! byte for byte, and nothing else.

mod common;

use common::oracles::{content, tool};
use common::packages::{CREATED, packed, record, records};
use plainsight_archive::{
    Archive, Check, Handed, Limits, Resource, Row, Verdict, captures, list, pick, verify,
};
use plainsight_model::RecordPlace;
use std::path::Path;

fn rows(path: &Path) -> Vec<Row> {
    let mut rows = Vec::new();
    list(path, Check::Digests, &mut |row| rows.push(row)).expect("opens");
    rows
}

fn kinds(path: &Path) -> Vec<String> {
    rows(path).into_iter().map(|row| row.kind.unwrap_or_default()).collect()
}

/// The place of the record of a number in a received file.
fn place(archive: &Archive, file: &str, number: usize) -> RecordPlace {
    let row = rows(&archive.reader().path(file)).swap_remove(number);
    RecordPlace { file: file.to_owned(), offset: row.offset, record_id: row.id.unwrap_or_default() }
}

#[test]
fn a_record_comes_with_what_belongs_to_it_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("archive")).expect("created");
    let crawl = folder.path().join("crawl.warc.gz");
    let mut all = records();
    let about = "WARC-Concurrent-To: <urn:uuid:00000002-0000-4000-8000-000000000000>\r\n";
    all.push(record("metadata", 7, "http://zilverhaven.example/blad", CREATED, about, b"ip: 192.0.2.7\r\n"));
    std::fs::write(&crawl, packed(&all)).expect("written");
    let (file, _) = archive.receive(&crawl, "crawl.warc.gz").expect("kept");
    // number in the crawl, kinds that come out
    let cases: [(usize, &[&str]); 3] = [
        (1, &["warcinfo", "response", "metadata"]),
        (3, &["warcinfo", "response", "revisit"]),
        (5, &["warcinfo", "resource"]),
    ];
    for (number, expected) in cases {
        let out = folder.path().join("picked.warc.gz");
        let picked =
            pick(archive.reader(), &[place(&archive, &file, number)], CREATED, &out, &mut |_| Handed::AsItIs)
                .expect("picked");
        assert_eq!(kinds(&out), expected, "of record {number}");
        assert_eq!((picked.records, picked.complaints), (expected.len() as u64, vec![]));
        assert_eq!(verify(&out).verdict, Verdict::Valid, "{:?}", verify(&out).faults);
        let again = folder.path().join("again").join("picked.warc.gz");
        std::fs::create_dir_all(again.parent().expect("a folder")).expect("made");
        pick(archive.reader(), &[place(&archive, &file, number)], CREATED, &again, &mut |_| Handed::AsItIs)
            .expect("picked");
        assert_eq!(std::fs::read(&out).expect("there"), std::fs::read(&again).expect("there"));
    }
}

#[test]
fn header_and_block_stay_byte_for_byte_whatever_held_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("archive")).expect("created");
    let plain = folder.path().join("plain.warc");
    std::fs::write(&plain, records().concat()).expect("written");
    let (file, _) = archive.receive(&plain, "plain.warc").expect("kept");
    let page = Resource { bytes: b"blad", uri: "file:///blad.txt", media_type: None, date: CREATED };
    let own = archive.put(&page).expect("kept");
    let out = folder.path().join("picked.warc.gz");
    let picked =
        pick(archive.reader(), &[place(&archive, &file, 1), own], CREATED, &out, &mut |_| Handed::AsItIs)
            .expect("picked");
    assert_eq!(picked.records, 3);
    let bytes = common::unpacked(&std::fs::read(&out).expect("there"));
    let response = &records()[1];
    assert!(bytes.windows(response.len()).any(|window| window == response.as_slice()));
    if let Some(gzip) = tool("header_and_block_stay_byte_for_byte_whatever_held_them", "gzip") {
        assert!(content(&gzip, &["-t", out.to_str().expect("UTF-8")]));
    }
}

#[test]
fn an_arc_record_becomes_a_response_with_the_same_payload() {
    let test = "an_arc_record_becomes_a_response_with_the_same_payload";
    let Some(set) = common::set(test) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("archive")).expect("created");
    let (file, _) = archive.receive(&set.join("warcio/example.arc.gz"), "example.arc.gz").expect("kept");
    let out = folder.path().join("picked.warc.gz");
    pick(archive.reader(), &[place(&archive, &file, 1)], CREATED, &out, &mut |_| Handed::AsItIs)
        .expect("picked");
    let payloads = |path: &Path| {
        let mut all = Vec::new();
        captures(path, "x", &Limits::default(), &mut |received| all.push(received.payload)).expect("opens");
        all
    };
    assert_eq!(kinds(&out), ["warcinfo", "response"]);
    assert_eq!(payloads(&out), payloads(&archive.reader().path(&file)));
    assert_eq!(verify(&out).verdict, Verdict::Valid, "{:?}", verify(&out).faults);
    if let Some(warcio) = tool(test, "warcio") {
        assert!(content(&warcio, &["check", out.to_str().expect("UTF-8")]));
    }
}

#[test]
fn a_place_that_holds_nothing_is_a_complaint_and_the_rest_is_picked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("archive")).expect("created");
    let page = Resource { bytes: b"blad", uri: "file:///blad.txt", media_type: None, date: CREATED };
    let own = archive.put(&page).expect("kept");
    let gone =
        RecordPlace { record_id: "<urn:uuid:00000000-0000-4000-8000-000000000009>".into(), ..own.clone() };
    let out = folder.path().join("picked.warc.gz");
    let picked =
        pick(archive.reader(), &[gone, own], CREATED, &out, &mut |_| Handed::AsItIs).expect("picked");
    assert_eq!((picked.records, picked.complaints.len()), (2, 1));
}

#[test]
fn what_may_not_be_handed_on_goes_out_as_a_copy_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("archive")).expect("created");
    let put = |archive: &mut Archive, bytes: &[u8], uri: &str| {
        archive.put(&Resource { bytes, uri, media_type: Some("image/jpeg"), date: CREATED }).expect("kept")
    };
    let places = [
        put(&mut archive, b"plaat met plaats", "file:///een.jpg"),
        put(&mut archive, b"geheim", "file:///twee.jpg"),
        put(&mut archive, b"blad", "file:///drie.txt"),
    ];
    let mut hand_on = |payload: &[u8]| match payload {
        b"geheim" => Handed::Nothing,
        _ => match payload.strip_suffix(b" met plaats") {
            Some(copy) => Handed::Instead(copy.to_vec()),
            None => Handed::AsItIs,
        },
    };
    let out = folder.path().join("picked.warc.gz");
    let picked = pick(archive.reader(), &places, CREATED, &out, &mut hand_on).expect("picked");
    assert_eq!(kinds(&out), ["warcinfo", "conversion", "resource"]);
    assert_eq!((picked.records, picked.complaints.len()), (3, 2), "{:?}", picked.complaints);
    let mut payloads = Vec::new();
    captures(&out, "x", &Limits::default(), &mut |received| payloads.push(received.payload)).expect("opens");
    assert_eq!(payloads, [&b"plaat"[..], b"blad"]);
    let text = String::from_utf8_lossy(&common::unpacked(&std::fs::read(&out).expect("there"))).into_owned();
    assert!(text.contains(&format!("WARC-Refers-To: {}", places[0].record_id)), "{text}");
    assert!(text.contains("Content-Type: image/jpeg"));
    assert!(!text.contains("geheim") && !text.contains("met plaats"));
    assert_eq!(verify(&out).verdict, Verdict::Valid, "{:?}", verify(&out).faults);
    assert_eq!(archive.reader().payload(&places[0]).expect("there"), b"plaat met plaats");
    if let Some(warcio) = tool("what_may_not_be_handed_on_goes_out_as_a_copy_or_not_at_all", "warcio") {
        assert!(content(&warcio, &["check", out.to_str().expect("UTF-8")]));
    }
}
