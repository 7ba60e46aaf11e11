//! A ledger, a case, a dossier: what was changed, lost or added is named.

mod common;

use common::*;
use plainsight_archive::{ArchiveError, Entry, EntryKind, Ledger, Verdict, verify};
use plainsight_model::Digest;
use serde_json::json;

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
fn what_the_ledger_does_not_name_and_what_it_names_in_vain_is_told() {
    let (folder, mut archive, mut ledger) = case();
    let named = archive.put(&resource(b"eerste bladzijde", "file:///krant")).expect("kept");
    log(&mut ledger, EntryKind::Capture, capture_body(&named, b"eerste bladzijde"));
    assert_eq!(verify(folder.path()).faults, []);
    // A fall between record and entry leaves such a record; so does a stranger.
    let stray = archive.put(&resource(b"tweede bladzijde", "file:///krant")).expect("kept");
    let source = folder.path().join("vreemd.warc");
    std::fs::write(&source, foreign_warc()).expect("written");
    let (file, digest) = archive.receive(&source, "vreemd.warc").expect("kept");
    std::fs::remove_file(&source).expect("removed");
    let found = verify(folder.path());
    let unnamed: Vec<_> = found.faults.iter().filter(|fault| fault.rule == "ledger-unnamed").collect();
    assert_eq!(unnamed.len(), 2, "{:?}", found.faults);
    assert_eq!(unnamed[0].record.as_ref(), Some(&stray.record_id));
    assert_eq!(unnamed[0].place, format!("archive/{}, byte {}", stray.file, stray.offset));
    assert_eq!(unnamed[1].place, format!("archive/{file}"));
    assert_eq!(found.verdict, Verdict::Unsigned, "it was never part of the case");
    log(&mut ledger, EntryKind::Capture, capture_body(&stray, b"tweede bladzijde"));
    log(&mut ledger, EntryKind::Import, json!({"file": file, "sha256": digest.hex()}));
    assert!(verify(folder.path()).faults.iter().all(|fault| fault.rule != "ledger-unnamed"));
    // An entry whose record is gone names it.
    let path = folder.path().join("archive").join(&named.file);
    let bytes = std::fs::read(&path).expect("readable");
    std::fs::write(&path, &bytes[..stray.offset as usize]).expect("written");
    let found = verify(folder.path());
    assert_eq!(found.verdict, Verdict::Invalid);
    let missing: Vec<_> = found.faults.iter().filter(|fault| fault.rule == "ledger-archive").collect();
    assert_eq!(missing.len(), 1, "{:?}", found.faults);
    assert_eq!(missing[0].record.as_ref(), Some(&stray.record_id));
}
