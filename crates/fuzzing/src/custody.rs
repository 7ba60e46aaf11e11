//! Targets of `archive`, its chain of custody: ledgers, notes and keys, proofs of a tree, dossiers.

use crate::files::{Folder, judged};
use plainsight_archive::{
    Checkpoint, DOSSIER_KEY, DOSSIER_SIGNATURE, Demands, Entry, EntryKind, Head, KeptKey, Ledger, Note,
    PersonKey, PublicKey, Signed, extends, includes, prove_consistency, prove_inclusion, verify, verify_for,
};
use plainsight_model::Digest;
use std::path::Path;

/// The files of a case in the order of the parts of an input.
const CASE: [&str; 8] = [
    "ledger/head.txt",
    "ledger/chain.jsonl",
    "ledger/keys",
    "ledger/signed/00000000.txt",
    "ledger/stamps/1.head",
    "ledger/bodies/000001.json",
    "ledger/bodies/000002.json",
    "ledger/bodies/000003.json",
];

/// Entries of which proofs are made: a proof walks over all leaves.
const MOST_PROVED: u64 = 8;

/// A case whose ledger is foreign: read, checked, continued.
pub fn ledger(bytes: &[u8]) {
    let folder = case(bytes);
    judged(&verify(folder.root()));
    let path = folder.path("ledger");
    let before = Ledger::check(&path);
    let Ok(ledger) = Ledger::read(&path) else {
        assert!(!before.is_empty(), "a ledger that cannot be read is no sound one");
        return;
    };
    proved(&ledger);
    judged(&verify_for(
        folder.root(),
        &Demands { head: Some(Checkpoint::unsigned(ledger.head())), ..Demands::default() },
    ));
    continued(&path, before.is_empty());
}

/// A case of these parts, with an empty archive; a ledger without entries has a chain all the same.
fn case(bytes: &[u8]) -> Folder {
    let folder = Folder::of_parts(&CASE, bytes);
    for made in ["archive/received", "ledger/bodies"] {
        std::fs::create_dir_all(folder.path(made)).expect("made");
    }
    let chain = folder.path("ledger/chain.jsonl");
    if !chain.exists() {
        std::fs::write(chain, b"").expect("written");
    }
    folder
}

/// What a ledger says of itself holds by its own proofs.
fn proved(ledger: &Ledger) {
    let head = ledger.head();
    assert_eq!(Head::read(&head.checkpoint()).as_ref(), Ok(&head));
    for (at, standing) in ledger.entries().iter().enumerate().take(MOST_PROVED as usize) {
        let number = at as u64 + 1;
        let path = ledger.prove_entry(number).expect("there is such an entry");
        let holds = |path: &[Digest]| includes(&standing.hash, at as u64, head.size, path, &head.root);
        assert!(holds(&path), "entry {number}");
        for at in 0..path.len() {
            let mut forged = path.clone();
            forged[at].0[31] ^= 1;
            assert!(!holds(&forged), "entry {number}, digest {at} forged");
        }
        let (old, path) = (ledger.head_at(number), ledger.prove_extends(number).expect("it was there"));
        assert!(extends((number, &old.root), (head.size, &head.root), &path), "from {number}");
        let _ = ledger.body(number);
    }
}

/// One entry more: what was sound stays sound.
fn continued(path: &Path, was_sound: bool) {
    let Ok(mut ledger) = Ledger::open(path) else { return };
    let size = ledger.size();
    let entry = Entry {
        kind: EntryKind::Import,
        author: "Ilse Vonk".into(),
        time: "2022-05-06T07:08:09Z".into(),
        body: "银港".into(),
    };
    if ledger.append(entry).is_ok() {
        let again = Ledger::read(path).expect("what was just written");
        assert_eq!((again.size(), again.head()), (size + 1, ledger.head()));
        assert!(!was_sound || Ledger::check(path).is_empty(), "{:?}", Ledger::check(path));
    }
}

/// A note, a checkpoint, a list of keys, the file of a secret key: each has one spelling.
pub fn note(bytes: &[u8]) {
    let note = Note::read(bytes).ok();
    if let Some(note) = &note {
        assert_eq!(note.to_string().as_bytes(), bytes, "a note is written as it was read");
    }
    if let Ok(checkpoint) = Checkpoint::read(bytes) {
        assert_eq!(checkpoint.head.checkpoint(), checkpoint.note.text);
    }
    for line in String::from_utf8_lossy(bytes).lines().take(50) {
        if let Ok(key) = PublicKey::read(line) {
            assert_eq!(key.to_string(), line.trim_end());
            let _ = note.as_ref().map(|note| key.judge(note));
        }
        PersonKey::read(line).iter().for_each(signs);
    }
    let folder = Folder::with(&[("key.json", bytes)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let closed = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(folder.path("key.json"), closed).expect("closed to others");
    }
    KeptKey::open(&folder.path("key.json")).ok().flatten().iter().for_each(|kept| signs(&kept.key));
}

/// A key that could be read signs, and its public half says so.
fn signs(key: &PersonKey) {
    let text = "plainsight/havenkade\n".to_owned();
    let note = Note { signatures: vec![key.sign(&text)], text };
    assert_eq!(key.public().judge(&note), Signed::Holds);
    assert_eq!(PublicKey::read(&key.public().to_string()), Ok(key.public()));
}

/// Proofs of a tree that somebody hands over: two numbers of eight bytes, then digests. Whatever
/// the numbers claim, an answer comes, and after no more steps than a path may have.
pub fn proof(bytes: &[u8]) {
    let (numbers, rest) = bytes.split_at(bytes.len().min(16));
    let numbers: Vec<u64> = numbers.as_chunks::<8>().0.iter().map(|one| u64::from_le_bytes(*one)).collect();
    let digests: Vec<Digest> = rest.as_chunks::<32>().0.iter().map(|one| Digest(*one)).collect();
    let (&[index, size], [root, leaf, path @ ..]) = (&numbers[..], &digests[..]) else { return };
    let held = includes(leaf, index, size, path, root);
    assert!(!held || (index < size && path.len() <= 64), "{index} of {size}");
    let held = extends((index, leaf), (size, root), path);
    assert!(!held || (index <= size && path.len() <= 65), "{index} to {size}");
    for number in [index, size] {
        let inclusion = prove_inclusion(&digests, number);
        assert_eq!(inclusion.is_some(), number < digests.len() as u64);
        let consistency = prove_consistency(&digests, number);
        assert_eq!(consistency.is_some(), number <= digests.len() as u64);
    }
}

/// The files of a dossier in the order of the parts of an input.
const DOSSIER: [&str; 5] = ["dossier.json", DOSSIER_SIGNATURE, DOSSIER_KEY, "index.html", "evidence.wacz"];

/// A dossier of which every file is foreign.
pub fn dossier(bytes: &[u8]) {
    let folder = Folder::of_parts(&DOSSIER, bytes);
    let verified = verify(folder.root());
    judged(&verified);
    let key = std::fs::read_to_string(folder.path(DOSSIER_KEY)).ok();
    let Some(key) = key.and_then(|text| PublicKey::read(&text).ok()) else { return };
    let demanded = verify_for(folder.root(), &Demands { key: Some(key), ..Demands::default() });
    judged(&demanded);
    assert_eq!(demanded.verdict, verified.verdict, "the dossier's own key was asked for");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::seed;

    #[test]
    fn the_seeds_are_sound_until_something_is_changed() {
        for (name, verdict) in
            [("empty", "unsigned"), ("unsigned", "unsigned"), ("signed", "valid"), ("forgotten", "valid")]
        {
            let verified = verify(case(&seed("ledger_files", name)).root());
            assert_eq!(verified.verdict.word(), verdict, "{name}: {:?}", verified.faults);
        }
        for (name, verdict) in [("signed", "valid"), ("draft", "unsigned")] {
            let verified = verify(Folder::of_parts(&DOSSIER, &seed("dossier_files", name)).root());
            assert_eq!(verified.verdict.word(), verdict, "{name}: {:?}", verified.faults);
        }
        assert!(Checkpoint::read(&seed("ledger_note", "checkpoint")).is_ok());
        assert_eq!(Note::read(&seed("ledger_note", "poem")).map(|note| note.signatures.len()), Ok(2));
        let secret = String::from_utf8(seed("ledger_note", "secret")).expect("text");
        assert!(secret.lines().next().is_some_and(|line| PersonKey::read(line).is_ok()));
    }
}
