//! Ledgers, notes and keys, proofs of a tree, dossiers.

use crate::Put;
use crate::containers::{DATE, package, records};
use plainsight_archive::{Entry, EntryKind, KeptKey, Ledger, Note, PersonKey, dossier_text};
use plainsight_model::Digest;
use serde_json::json;
use std::path::Path;

pub(crate) fn make(put: &Put<'_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let key = PersonKey::draw(Some("ilse-vonk")).expect("random");
    let ledger = folder.path().join("ledger");
    let mut written = Ledger::create(&ledger, "zilverhaven").expect("made");
    put("ledger_files/empty", &parts(&ledger, &written.head().checkpoint()));
    for (number, kind) in [EntryKind::Import, EntryKind::Decision].into_iter().enumerate() {
        let entry = |body| Entry { kind, author: "Ilse Vonk".into(), time: DATE.into(), body };
        written.append(entry(json!({ "place": { "file": "银港.warc", "offset": number } }))).expect("kept");
    }
    let kept = written.head().checkpoint();
    put("ledger_files/unsigned", &parts(&ledger, &kept));
    written.sign_with(key.clone());
    let forget = json!({ "entries": [1], "records": ["<urn:uuid:1>"], "received": [] });
    written
        .append(Entry {
            kind: EntryKind::Forget,
            author: "Ilse Vonk".into(),
            time: DATE.into(),
            body: forget,
        })
        .expect("kept");
    put("ledger_files/signed", &parts(&ledger, &kept));
    written.destroy(&[1]).expect("gone");
    put("ledger_files/forgotten", &parts(&ledger, &kept));
    put("ledger_note/checkpoint", &std::fs::read(ledger.join("head.txt")).expect("readable"));
    put("ledger_note/keys", &std::fs::read(ledger.join("keys")).expect("readable"));
    let text = "een regel\n\nnog een\n".to_owned();
    let other = PersonKey::draw(None).expect("random");
    let note = Note { signatures: vec![key.sign(&text), other.sign(&text)], text };
    put("ledger_note/poem", note.to_string().as_bytes());
    let path = folder.path().join("sleutel.json");
    // It was drawn for this and vouches for nothing.
    KeptKey::create(&path, other.clone(), DATE).expect("kept");
    let stored = std::fs::read(&path).expect("readable");
    put("ledger_note/stored", &stored);
    let stored: serde_json::Value = serde_json::from_slice(&stored).expect("JSON");
    put(
        "ledger_note/secret",
        format!("{}\n{}\n", stored["secret"].as_str().expect("a text"), other.public()).as_bytes(),
    );
    proofs(put, &written);
    dossiers(put, folder.path(), &key);
}

/// The files of a ledger in the order of the target.
fn parts(ledger: &Path, kept: &str) -> Vec<u8> {
    let read = |name: &str| std::fs::read(ledger.join(name)).unwrap_or_default();
    let files = [
        read("head.txt"),
        read("chain.jsonl"),
        read("keys"),
        kept.as_bytes().to_vec(),
        kept.as_bytes().to_vec(),
        read("bodies/000001.json"),
        read("bodies/000002.json"),
        read("bodies/000003.json"),
    ];
    files.join(&b"\x0c"[..])
}

fn proofs(put: &Put<'_>, ledger: &Ledger) {
    let (head, old) = (ledger.head(), ledger.head_at(2));
    let write = |numbers: [u64; 2], digests: Vec<Digest>| -> Vec<u8> {
        let numbers = numbers.iter().flat_map(|number| number.to_le_bytes());
        numbers.chain(digests.iter().flat_map(|digest| digest.0)).collect()
    };
    let path = ledger.prove_entry(2).expect("an entry");
    let leaf = ledger.entries()[1].hash;
    put("ledger_proof/entry", &write([1, head.size], [vec![head.root, leaf], path].concat()));
    let path = ledger.prove_extends(2).expect("it was there");
    put("ledger_proof/extends", &write([2, head.size], [vec![head.root, old.root], path].concat()));
    let many = (0u8..12).map(|number| Digest::of(&[number])).collect();
    put("ledger_proof/far", &write([u64::MAX - 1, u64::MAX], many));
}

fn dossiers(put: &Put<'_>, folder: &Path, key: &PersonKey) {
    let warc = folder.join("data.warc");
    std::fs::write(&warc, &records()[4]).expect("written");
    let evidence = package(&folder.join("evidence.wacz"), &warc, None);
    let page = "<h1>De kade van 银港</h1>\n";
    for (name, draft) in [("signed", false), ("draft", true)] {
        let files = json!({
            "index.html": Digest::of(page.as_bytes()).hex(),
            "evidence.wacz": Digest::of(&evidence).hex(),
        });
        let manifest = json!({ "case": "zilverhaven", "draft": draft, "files": files }).to_string();
        let text = dossier_text("zilverhaven", &Digest::of(manifest.as_bytes()));
        let note = Note { signatures: vec![key.sign(&text)], text }.to_string();
        let files = [
            manifest.as_bytes(),
            note.as_bytes(),
            format!("{}\n", key.public()).as_bytes(),
            page.as_bytes(),
            &evidence,
        ]
        .join(&b"\x0c"[..]);
        put(&format!("dossier_files/{name}"), &files);
    }
}
