//! Writing, listing, reading, and falling over in the middle.

mod common;

use common::*;
use plainsight_archive::{
    Archive, ArchiveError, ArchiveReader, DigestState, End, Limits, Row, Tombstone, Verdict, captures, verify,
};
use plainsight_model::{Digest, RecordPlace};
use proptest::prelude::*;
use std::io::Write;

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
