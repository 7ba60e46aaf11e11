//! The ledger under verifiers that share no code with it: the short script of
//! `docs/`, and proofs under another implementation of RFC 9162.

mod common;

use common::oracles::tool;
use common::*;
use plainsight_archive::{
    Checkpoint, Demands, EntryKind, Ledger, PersonKey, Verdict, extends, includes, verify_for,
};
use plainsight_model::Digest;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn python(script: &str, arguments: &[&Path], stdin: &str, python: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
    let mut command = Command::new(python);
    command.arg("-B").arg(script).args(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python starts");
    // A script that ends early closes the pipe; its exit code says why.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    child.wait_with_output().expect("python ends")
}

/// A ledger of six entries, the second forgotten by the fifth.
fn ledger(folder: &Path) -> PathBuf {
    let path = folder.join("ledger");
    let mut ledger = Ledger::create(&path, "zilverhaven").expect("made");
    for n in 1..=4 {
        log(&mut ledger, EntryKind::Decision, json!({"reason": format!("gelezen \"{n}\", 银港\u{7}")}));
    }
    log(&mut ledger, EntryKind::Forget, json!({"entries": [2], "records": [], "received": []}));
    log(&mut ledger, EntryKind::Publication, json!({"draft": false}));
    ledger.destroy(&[2]).expect("destroyed");
    path
}

type Forgery = fn(&Path);

fn change(path: &Path, file: &str, change: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(path.join(file)).expect("text");
    let changed = change(text.clone());
    assert_ne!(changed, text);
    std::fs::write(path.join(file), changed).expect("written");
}

fn lines(text: &str) -> Vec<String> {
    text.split_inclusive('\n').map(str::to_owned).collect()
}

fn without_its_end(path: &Path) {
    change(path, "chain.jsonl", |chain| lines(&chain)[..4].concat());
}

/// Each forgery, and where both verifiers have to see it.
const FORGERIES: [(&str, Forgery, &str); 9] = [
    (
        "a reordered entry",
        |path| {
            change(path, "chain.jsonl", |chain| {
                let mut lines = lines(&chain);
                lines.swap(2, 3);
                lines.concat()
            })
        },
        "chain.jsonl, line 3",
    ),
    (
        "an edited entry",
        |path| change(path, "chain.jsonl", |chain| chain.replacen("Ilse Vonk", "Ilse Vink", 1)),
        "chain.jsonl, line 2",
    ),
    (
        "an edited last entry",
        |path| {
            change(path, "chain.jsonl", |chain| {
                let mut lines = lines(&chain);
                lines[5] = lines[5].replace("Ilse Vonk", "Ilse Vink");
                lines.concat()
            })
        },
        "head.txt",
    ),
    (
        "another spelling of an entry",
        |path| change(path, "chain.jsonl", |chain| chain.replacen(",\"kind\"", ", \"kind\"", 1)),
        "chain.jsonl, line 1",
    ),
    ("a lost end, with the head", without_its_end, "head.txt"),
    (
        "a torn last line",
        |path| change(path, "chain.jsonl", |chain| chain.trim_end().to_owned()),
        "chain.jsonl",
    ),
    (
        "an edited body",
        |path| change(path, "bodies/000003.json", |body| body.replace("gelezen", "gelogen")),
        "bodies/000003.json",
    ),
    (
        "a missing body that nothing forgets",
        |path| {
            std::fs::remove_file(path.join("bodies/000003.json")).expect("removed");
        },
        "bodies/000003.json",
    ),
    (
        "a head of another size",
        |path| change(path, "head.txt", |head| head.replace("\n6\n", "\n5\n")),
        "head.txt",
    ),
];

#[test]
fn the_script_of_the_docs_finds_what_verify_finds() {
    let test = "the_script_of_the_docs_finds_what_verify_finds";
    let Some(interpreter) = tool(test, "python3") else { return };
    let script = |arguments: &[&Path]| python("../../docs/verify_ledger.py", arguments, "", &interpreter);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let good = ledger(temporary.path());
    let output = script(&[&good]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let head = Ledger::read(&good).expect("reads").head();
    assert_eq!(said, format!("6 entries, head {}, 0 faults\n", head.root.hex()));
    let kept = good.join("head.txt");
    assert!(script(&[&good, &kept]).status.success());
    for (what, forge, place) in FORGERIES {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let path = ledger(temporary.path());
        forge(&path);
        let output = script(&[&path]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(said.lines().any(|line| line.contains(place)), "{what}: {said}");
        let ours = Ledger::check(&path);
        assert!(ours.iter().any(|fault| fault.place.contains(place)), "{what}: {ours:?}");
    }
    // A lost end with a head that was made to fit: only a head from elsewhere tells.
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = ledger(temporary.path());
    std::fs::copy(path.join("head.txt"), temporary.path().join("kept")).expect("copied");
    let fits = Ledger::read(&path).expect("reads").head_at(4).checkpoint();
    without_its_end(&path);
    std::fs::write(path.join("head.txt"), fits).expect("written");
    // The forgotten body is missed then, since the entry that forgot it is gone too.
    std::fs::write(path.join("bodies/000002.json"), "").expect("written");
    let said = |output: Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!said(script(&[&path])).contains("lost"));
    assert!(said(script(&[&path, &temporary.path().join("kept")])).contains("its end is lost"));
}

#[test]
fn a_forget_entry_speaks_only_of_what_stood_before_it() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = temporary.path().join("ledger");
    let mut ledger = Ledger::create(&path, "zilverhaven").expect("made");
    log(&mut ledger, EntryKind::Forget, json!({"entries": [2]}));
    log(&mut ledger, EntryKind::Decision, json!({"reason": "gelezen"}));
    ledger.destroy(&[2]).expect("destroyed");
    assert_eq!(Ledger::check(&path)[0].place, "ledger/bodies/000002.json");
    let test = "a_forget_entry_speaks_only_of_what_stood_before_it";
    let Some(interpreter) = tool(test, "python3") else { return };
    assert!(!python("../../docs/verify_ledger.py", &[&path], "", &interpreter).status.success());
}

#[test]
fn check_9_proofs_hold_under_another_implementation() {
    let test = "check_9_proofs_hold_under_another_implementation";
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = temporary.path().join("ledger");
    let mut ledger = Ledger::create(&path, "zilverhaven").expect("made");
    for n in 0..13 {
        log(&mut ledger, EntryKind::Decision, json!({"n": n}));
    }
    let head = ledger.head();
    let hex = |path: &[Digest]| path.iter().map(Digest::hex).collect::<Vec<_>>();
    let mut proofs = Vec::new();
    for number in 1..=13 {
        let proof = ledger.prove_entry(number).expect("an entry");
        let leaf = ledger.entries()[number as usize - 1].hash;
        assert!(includes(&leaf, number - 1, head.size, &proof, &head.root));
        proofs.push(json!({"kind": "inclusion", "index": number - 1, "path": hex(&proof)}));
        let proof = ledger.prove_extends(number).expect("smaller");
        assert!(extends((number, &ledger.head_at(number).root), (head.size, &head.root), &proof));
        proofs.push(json!({"kind": "consistency", "old": number, "path": hex(&proof)}));
    }
    assert_eq!((ledger.prove_entry(0), ledger.prove_entry(14), ledger.prove_extends(14)), (None, None, None));
    let Some(interpreter) = tool(test, "python3") else { return };
    let text: String = proofs.iter().map(|proof| format!("{proof}\n")).collect();
    let judge = |text: &str| python("tests/rfc9162.py", &[&path.join("chain.jsonl")], text, &interpreter);
    let output = judge(&text);
    assert_eq!(output.stdout, b"26\n", "{}", String::from_utf8_lossy(&output.stderr));
    for proof in &proofs[..24] {
        let mut forged = proof.clone();
        forged["path"][0] = json!(Digest::of(b"elders").hex());
        assert!(!judge(&format!("{forged}\n")).status.success(), "{proof}");
    }
}

/// Whoever removes an entry and writes all that follows anew leaves a ledger
/// that is whole in itself: only a head from before, or a signature, tells.
#[test]
fn attack_12_an_entry_removed_and_the_rest_chained_anew() {
    let test = "attack_12_an_entry_removed_and_the_rest_chained_anew";
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let made = |name: &str, numbers: &[u64], key: Option<&PersonKey>| {
        let path = temporary.path().join(name).join("ledger");
        let mut ledger = Ledger::create(&path, "zilverhaven").expect("made");
        if let Some(key) = key {
            ledger.sign_with(key.clone());
        }
        for n in numbers {
            log(&mut ledger, EntryKind::Decision, json!({"reason": format!("gelezen, {n}")}));
        }
        path
    };
    let ilse = PersonKey::draw(Some("ilse")).expect("random");
    let kept = made("before", &[1, 2, 3, 4], Some(&ilse)).join("head.txt");
    let forged = made("forged", &[1, 3, 4, 5, 6], None);
    assert_eq!(Ledger::check(&forged), []);
    let head = Some(Checkpoint::read(&std::fs::read(&kept).expect("readable")).expect("a head"));
    let case = forged.parent().expect("the case");
    std::fs::create_dir_all(case.join("archive/received")).expect("made");
    let found = verify_for(case, &Demands { head, ..Demands::default() });
    assert_eq!(found.verdict, Verdict::Invalid);
    assert!(found.faults[0].what.contains("the chain was rewritten"), "{:?}", found.faults);
    let found = verify_for(case, &Demands { key: Some(ilse.public()), ..Demands::default() });
    assert_eq!(found.verdict, Verdict::Unsigned);
    // The signature that was there fits the forged chain no more.
    std::fs::copy(&kept, forged.join("head.txt")).expect("copied");
    assert_eq!(Ledger::check(&forged)[0].rule, "ledger-head");
    let Some(interpreter) = tool(test, "python3") else { return };
    let script = |arguments: &[&Path]| python("../../docs/verify_ledger.py", arguments, "", &interpreter);
    let said = String::from_utf8_lossy(&script(&[&forged, &kept]).stdout).into_owned();
    assert!(said.contains("its root is not that of the first 4 entries"), "{said}");
    assert!(said.contains("NOT CHECKED here: the signature by ilse"), "{said}");
}
