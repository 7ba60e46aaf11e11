//! Who signed a ledger or a dossier, and what a verifier may demand of it.
//!
//! Invented throughout: Zilverhaven and those who work on it do not exist.

mod common;

use common::oracles::{content, run, tool};
use common::*;
use data_encoding::BASE64;
use plainsight_archive::{
    Checkpoint, DOSSIER_KEY, DOSSIER_SIGNATURE, Demands, EntryKind, Ledger, Note, PersonKey, PublicKey,
    Verdict, dossier_text, verify, verify_for,
};
use plainsight_model::Digest;
use serde_json::json;
use std::path::{Path, PathBuf};

fn key(name: &str) -> PersonKey {
    PersonKey::draw(Some(name)).expect("random")
}

/// Logs decisions under a key of this name; a case is opened for each.
fn work(folder: &Path, key: Option<&PersonKey>, count: usize) {
    let mut ledger = Ledger::open(&folder.join("ledger")).expect("opens");
    if let Some(key) = key {
        ledger.sign_with(key.clone());
    }
    for n in 0..count {
        log(&mut ledger, EntryKind::Decision, json!({"reason": format!("gelezen, {n}")}));
    }
}

fn empty_case() -> tempfile::TempDir {
    let (folder, archive, ledger) = case();
    drop((archive, ledger));
    folder
}

fn head(folder: &Path) -> PathBuf {
    folder.join("ledger/head.txt")
}

fn by(key: &PersonKey) -> Demands {
    Demands { key: Some(key.public()), ..Demands::default() }
}

fn kept(folder: &Path) -> Demands {
    let bytes = std::fs::read(head(folder)).expect("readable");
    Demands { head: Some(Checkpoint::read(&bytes).expect("a head")), ..Demands::default() }
}

/// The verdict, and the first fault of a rule.
fn found(folder: &Path, demands: &Demands, rule: &str) -> (Verdict, String) {
    let verified = verify_for(folder, demands);
    let fault = verified.faults.iter().find(|fault| fault.rule == rule);
    (verified.verdict, fault.map(|fault| fault.what.clone()).unwrap_or_default())
}

#[test]
fn a_case_is_valid_while_the_whole_of_it_is_signed() {
    let folder = empty_case();
    let folder = folder.path();
    let (ilse, wout, nobody) = (key("ilse"), key("wout"), key("nobody"));
    work(folder, None, 2);
    assert_eq!(verify(folder).verdict, Verdict::Unsigned);
    assert_eq!(verify(folder).faults, []);
    work(folder, Some(&ilse), 1);
    let (verdict, what) = found(folder, &Demands::default(), "ledger-signature");
    assert_eq!(verdict, Verdict::Valid);
    assert_eq!(what, format!("signed by {} up to entry 3", ilse.public().short()));
    assert_eq!(verify_for(folder, &by(&ilse)).faults, []);
    assert_eq!(verify_for(folder, &by(&ilse)).verdict, Verdict::Valid);
    let (verdict, what) = found(folder, &by(&nobody), "ledger-signature");
    assert_eq!(verdict, Verdict::Unsigned);
    assert!(what.contains("not signed by nobody+"), "{what}");

    // Whoever appends after her signs, or does not; her word for the first three stays.
    work(folder, Some(&wout), 2);
    assert_eq!(verify_for(folder, &by(&wout)).verdict, Verdict::Valid);
    let (verdict, what) = found(folder, &by(&ilse), "ledger-signature");
    assert_eq!(verdict, Verdict::Unsigned);
    assert!(what.contains(&format!("{} up to entry 3", ilse.public().short())), "{what}");
    work(folder, None, 1);
    let (verdict, what) = found(folder, &Demands::default(), "ledger-signature");
    assert_eq!(verdict, Verdict::Unsigned);
    assert!(what.contains("up to entry 3") && what.contains("up to entry 5"), "{what}");
    let keys = std::fs::read_to_string(folder.join("ledger/keys")).expect("text");
    assert_eq!(keys, format!("{}\n{}\n", ilse.public(), wout.public()));
    work(folder, Some(&ilse), 1);
    assert_eq!(verify(folder).verdict, Verdict::Valid);
}

#[test]
fn a_wrong_signature_a_foreign_one_and_a_stripped_one_are_three_things() {
    let folder = empty_case();
    let folder = folder.path();
    let ilse = key("ilse");
    work(folder, Some(&ilse), 3);
    let good = std::fs::read_to_string(head(folder)).expect("text");
    let text = &Note::read(good.as_bytes()).expect("a note").text;

    // A valid signature by her over another text.
    let wrong = Note { text: text.clone(), signatures: vec![ilse.sign("iets anders\n")] };
    std::fs::write(head(folder), wrong.to_string()).expect("written");
    for demands in [Demands::default(), by(&ilse)] {
        let (verdict, what) = found(folder, &demands, "ledger-signature");
        assert_eq!(verdict, Verdict::Invalid);
        assert!(what.contains("does not hold"), "{what}");
    }
    // Stripped: sound, and nobody stands by it.
    std::fs::write(head(folder), text).expect("written");
    assert_eq!(verify(folder).verdict, Verdict::Unsigned);
    assert_eq!(verify_for(folder, &by(&ilse)).verdict, Verdict::Unsigned);
    // Somebody else's key under her name is not hers.
    let double = key("ilse");
    let note = Note { text: text.clone(), signatures: vec![double.sign(text)] };
    std::fs::write(head(folder), note.to_string()).expect("written");
    let (verdict, what) = found(folder, &Demands::default(), "ledger-signature");
    assert_eq!((verdict, what.contains("not at hand")), (Verdict::Unsigned, true), "{what}");
    // With her key swapped in the list too, only a key from elsewhere tells.
    std::fs::write(folder.join("ledger/keys"), format!("{}\n", double.public())).expect("written");
    assert_eq!(verify(folder).verdict, Verdict::Valid);
    assert_eq!(verify_for(folder, &by(&ilse)).verdict, Verdict::Unsigned);
    std::fs::write(folder.join("ledger/keys"), "ilse\n").expect("written");
    assert_eq!(verify(folder).verdict, Verdict::Invalid);
}

#[test]
fn a_head_that_was_kept_shows_a_lost_end_an_older_folder_and_a_rewritten_past() {
    let folder = empty_case();
    let folder = folder.path();
    work(folder, None, 3);
    let older = std::fs::read(folder.join("ledger/chain.jsonl")).expect("readable");
    let older_head = std::fs::read(head(folder)).expect("readable");
    let at_three = kept(folder);
    work(folder, None, 4);
    let at_seven = kept(folder);
    for demands in [&at_three, &at_seven] {
        assert_eq!(verify_for(folder, demands).verdict, Verdict::Unsigned);
        assert_eq!(verify_for(folder, demands).faults, []);
    }
    // An older copy of the folder is whole in itself.
    std::fs::write(folder.join("ledger/chain.jsonl"), older).expect("written");
    std::fs::write(head(folder), older_head).expect("written");
    assert_eq!(verify(folder).verdict, Verdict::Unsigned);
    assert_eq!(verify_for(folder, &at_three).verdict, Verdict::Unsigned);
    let (verdict, what) = found(folder, &at_seven, "ledger-extends");
    assert_eq!(verdict, Verdict::Invalid);
    assert!(what.contains("its end is lost, or an older copy of the folder was put back"), "{what}");

    // Another past of the same length, and another case.
    let other = empty_case();
    work(other.path(), None, 8);
    let (verdict, what) = found(other.path(), &at_seven, "ledger-extends");
    assert_eq!((verdict, what.contains("the chain was rewritten")), (Verdict::Invalid, true), "{what}");
    let mut foreign = at_three.clone();
    foreign.head.as_mut().expect("a head").head.case = "puerto-plata".into();
    let (verdict, what) = found(folder, &foreign, "ledger-extends");
    assert_eq!((verdict, what.contains("puerto-plata")), (Verdict::Invalid, true), "{what}");
}

#[test]
fn who_signed_before_shows_a_lost_end_without_a_head_from_elsewhere() {
    let folder = empty_case();
    let folder = folder.path();
    work(folder, None, 2);
    let chain = std::fs::read(folder.join("ledger/chain.jsonl")).expect("readable");
    let short = std::fs::read(head(folder)).expect("readable");
    work(folder, Some(&key("ilse")), 3);
    work(folder, None, 1);
    std::fs::write(folder.join("ledger/chain.jsonl"), chain).expect("written");
    std::fs::write(head(folder), short).expect("written");
    let (verdict, what) = found(folder, &Demands::default(), "ledger-extends");
    assert_eq!(
        (verdict, what.contains("over 5 entries, the chain has 2")),
        (Verdict::Invalid, true),
        "{what}"
    );
}

#[test]
fn a_file_cannot_meet_a_demand() {
    let folder = empty_case();
    work(folder.path(), None, 1);
    let text = folder.path().join("ledger/chain.jsonl");
    assert!(verify_for(&text, &by(&key("ilse"))).verdict >= Verdict::NotChecked);
    assert!(!found(&text, &kept(folder.path()), "demand").1.is_empty());
}

/// A dossier of one page, signed where a key is given.
fn dossier(folder: &Path, draft: bool, key: Option<&PersonKey>) {
    std::fs::write(folder.join("index.html"), "<p>银港").expect("written");
    let manifest = json!({
        "case": "zilverhaven", "draft": draft, "files": {"index.html": Digest::of("<p>银港".as_bytes()).hex()},
    });
    let manifest = manifest.to_string();
    std::fs::write(folder.join("dossier.json"), &manifest).expect("written");
    if let Some(key) = key {
        let text = dossier_text("zilverhaven", &Digest::of(manifest.as_bytes()));
        let note = Note { signatures: vec![key.sign(&text)], text };
        std::fs::write(folder.join(DOSSIER_SIGNATURE), note.to_string()).expect("written");
        std::fs::write(folder.join(DOSSIER_KEY), format!("{}\n", key.public())).expect("written");
    }
}

#[test]
fn a_signed_dossier_is_valid_until_something_in_it_changes() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = temporary.path();
    let (ilse, nobody) = (key("ilse"), key("nobody"));
    dossier(folder, false, None);
    assert_eq!(verify(folder).verdict, Verdict::Unsigned);
    assert_eq!(found(folder, &by(&ilse), "dossier-signature").0, Verdict::Unsigned);
    dossier(folder, true, Some(&ilse));
    assert_eq!(verify(folder).verdict, Verdict::Unsigned, "a draft is nobody's word");
    dossier(folder, false, Some(&ilse));
    assert_eq!(found(folder, &Demands::default(), "dossier-signature").0, Verdict::Valid);
    assert_eq!(verify_for(folder, &by(&ilse)).faults, []);
    assert_eq!(verify_for(folder, &by(&ilse)).verdict, Verdict::Valid);
    assert_eq!(verify_for(folder, &by(&nobody)).verdict, Verdict::Unsigned);
    for file in ["index.html", "dossier.json", DOSSIER_SIGNATURE] {
        let good = std::fs::read(folder.join(file)).expect("readable");
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(folder.join(file), bad).expect("written");
            let verdict = verify_for(folder, &by(&ilse)).verdict;
            // A signature that names somebody else is nobody's known here.
            assert!(verdict > Verdict::Valid, "byte {at} of {file}: {verdict:?}");
        }
        std::fs::write(folder.join(file), good).expect("written");
    }
    // The signature of another manifest.
    let other = tempfile::tempdir().expect("a temporary folder");
    dossier(other.path(), true, Some(&ilse));
    std::fs::copy(other.path().join(DOSSIER_SIGNATURE), folder.join(DOSSIER_SIGNATURE)).expect("copied");
    let (verdict, what) = found(folder, &Demands::default(), "dossier-signature");
    assert_eq!((verdict, what.contains("another dossier.json")), (Verdict::Invalid, true), "{what}");
}

/// The commands that `docs/evidence.md` gives, run as they stand there.
#[test]
fn the_docs_show_how_to_check_a_signature_by_hand() {
    let test = "the_docs_show_how_to_check_a_signature_by_hand";
    let (Some(shell), Some(_)) = (tool(test, "sh"), tool(test, "openssl")) else { return };
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/evidence.md");
    let docs = std::fs::read_to_string(docs).expect("the docs");
    let (_, by_hand) = docs.split_once("**By hand**").expect("the commands");
    let commands: Vec<&str> =
        by_hand.lines().skip(2).take_while(|line| !line.is_empty()).map(str::trim_start).collect();
    assert_eq!(commands.len(), 5, "{commands:?}");
    let folder = empty_case();
    work(folder.path(), Some(&key("ilse")), 3);
    let ledger = folder.path().join("ledger");
    let verifies = || {
        let script = format!("cd '{}' && {}", ledger.display(), commands.join("\n"));
        content(&shell, &["-c", &script])
    };
    assert!(verifies());
    let good = std::fs::read_to_string(ledger.join("head.txt")).expect("text");
    std::fs::write(ledger.join("head.txt"), good.replace("\n3\n", "\n2\n")).expect("written");
    assert!(!verifies());
}

#[test]
fn a_signature_that_openssl_made_holds() {
    let test = "a_signature_that_openssl_made_holds";
    let Some(openssl) = tool(test, "openssl") else { return };
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| temporary.path().join(name).to_str().expect("UTF-8").to_owned();
    let folder = empty_case();
    work(folder.path(), Some(&key("ilse")), 3);
    let note = Note::read(&std::fs::read(head(folder.path())).expect("readable")).expect("a note");
    assert!(content(&openssl, &["genpkey", "-algorithm", "ed25519", "-out", &at("theirs.pem")]));
    std::fs::write(at("text"), &note.text).expect("written");
    let sign =
        ["pkeyutl", "-sign", "-inkey", &at("theirs.pem"), "-rawin", "-in", &at("text"), "-out", &at("made")];
    assert!(content(&openssl, &sign));
    let public = run(&openssl, &["pkey", "-in", &at("theirs.pem"), "-pubout", "-outform", "DER"]).stdout;
    let raw = public.get(12..).expect("a key");
    let id = &Digest::of(&[b"theirs\n\x01", raw].concat()).hex()[..8];
    let theirs = format!("theirs+{id}+{}", BASE64.encode(&[&[1], raw].concat()));
    let theirs = PublicKey::read(&theirs).expect("a key");
    let made = std::fs::read(at("made")).expect("readable");
    let line = BASE64.encode(&[&theirs.id(), made.as_slice()].concat());
    let signed = format!("{}\n— theirs {line}\n", note.text);
    std::fs::write(head(folder.path()), signed).expect("written");
    let demands = Demands { key: Some(theirs), ..Demands::default() };
    assert_eq!(verify_for(folder.path(), &demands).verdict, Verdict::Valid);
}
