//! What was forgotten occurs nowhere, and what was not stays.

mod common;

use common::*;
use plainsight_archive::{ArchiveError, EntryKind, Limits, Tombstone, Verdict, captures, verify};
use plainsight_model::Digest;
use serde_json::json;

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

#[test]
fn records_of_an_arc_in_one_gzip_member_are_told_apart() {
    use std::io::Write as _;
    // As `gzip file.arc` makes it: one member, no record has an id, all begin at byte 0.
    let record = |name: &str, text: &str| {
        format!("http://{name}.example/ 192.0.2.1 20220506070809 text/plain {}\n{text}\n", text.len())
    };
    let version = "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n";
    let header = format!("filedesc://t.arc 0.0.0.0 20220506070809 text/plain {}\n{version}\n", version.len());
    let texts = ["eerste tekst", "tweede tekst", "derde tekst"];
    let all = texts.iter().enumerate().map(|(n, text)| record(&format!("site{n}"), text)).collect::<String>();
    let (folder, mut archive, _) = case();
    let source = folder.path().join("t.arc.gz");
    let mut encoder = flate2::write::GzEncoder::new(
        std::fs::File::create(&source).expect("made"),
        flate2::Compression::default(),
    );
    encoder.write_all((header + &all).as_bytes()).expect("written");
    encoder.finish().expect("written");
    let (file, _) = archive.receive(&source, "t.arc.gz").expect("kept");
    let mut places = Vec::new();
    captures(&folder.path().join("archive").join(&file), &file, &Limits::default(), &mut |it| {
        places.push(it.record)
    })
    .expect("opened");
    let of_texts = &places[places.len() - 3..];
    for (place, text) in of_texts.iter().zip(texts) {
        assert_eq!(String::from_utf8_lossy(&archive.payload(place).expect("there")), text);
    }

    let plan = archive.reader().plan_forget(&of_texts[1..2]).expect("planned");
    assert_eq!(plan.records, of_texts[1..2]);
    let stone = Tombstone { time: DAY, reason: "op verzoek", who: "Ilse Vonk", words: &[] };
    let moved = archive.forget(&plan, &stone).expect("forgotten");
    for (place, text) in [(&of_texts[0], texts[0]), (&of_texts[2], texts[2])] {
        let now = moved.iter().find(|step| step.from == *place).expect("it moved");
        assert_eq!(String::from_utf8_lossy(&archive.payload(&now.to).expect("there")), text);
    }
    let mut left = Vec::new();
    let path = folder.path().join("archive").join(&file);
    captures(&path, &file, &Limits::default(), &mut |it| left.extend(it.payload)).expect("opened");
    let left = String::from_utf8_lossy(&left).into_owned();
    assert!(!left.contains(texts[1]) && left.contains(texts[2]), "{left}");
    assert_eq!(verify(&path).faults, [], "{left}");
}
