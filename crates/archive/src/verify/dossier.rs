//! Verifies a dossier: its list of files, and the signature over it.

use crate::case::folder::hash_file;
use crate::error::ArchiveError;
use crate::ledger::check::Demands;
use crate::ledger::key::{PublicKey, Signed};
use crate::ledger::note::Note;
use crate::ledger::signed::read_small;
use crate::verify::verdict::{Fault, Verdict, verify_file};
use plainsight_model::Digest;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The list of a dossier's files.
pub(crate) const DOSSIER: &str = "dossier.json";

/// The file beside `dossier.json` with the signed note of whoever publishes.
pub const DOSSIER_SIGNATURE: &str = "dossier.sig";

/// The file with the public key that the signature is checked with.
pub const DOSSIER_KEY: &str = "dossier.pub";

/// Every file that `dossier.json` lists has its hash, there is no other, and
/// whoever signed it signed this list.
pub(crate) fn verify_dossier(path: &Path, demands: &Demands) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let manifest = path.join(DOSSIER);
    let text = std::fs::read(&manifest).map_err(ArchiveError::io(&manifest))?;
    let mut faults = Vec::new();
    let mut fault = |place: &str, rule: &str, what: &str| {
        faults.push(Fault::new(place, rule, what, "the dossier is not what was published"));
    };
    let json: Value = serde_json::from_slice(&text).unwrap_or_default();
    let Some(listed) = listed(&json["files"]) else {
        fault(DOSSIER, "dossier-manifest", "no JSON object with a list `files` of names and SHA-256");
        return Ok((Verdict::Invalid, faults));
    };
    let mut there = BTreeSet::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(ArchiveError::io(&folder))? {
            let entry = entry.map_err(ArchiveError::io(&folder))?;
            let kind = entry.file_type().map_err(ArchiveError::io(&folder))?;
            let inside = entry.path();
            let name = inside.strip_prefix(path).unwrap_or(&inside).to_string_lossy().replace('\\', "/");
            if kind.is_dir() {
                folders.push(inside);
            } else if kind.is_symlink() {
                fault(&name, "dossier-unlisted", "a link: its content lies elsewhere");
            } else if ![DOSSIER, DOSSIER_SIGNATURE, DOSSIER_KEY].contains(&&*name) {
                there.insert(name);
            }
        }
    }
    for (name, digest) in &listed {
        match there.contains(name) {
            false => fault(name, "dossier-file", "listed, but not there"),
            true if Some(hash_file(&path.join(name))?) != *digest => {
                fault(name, "dossier-file", "its SHA-256 is not that of the list");
            }
            true => {}
        }
    }
    for name in there.iter().filter(|name| !listed.contains_key(*name)) {
        fault(name, "dossier-unlisted", "there, but not listed");
    }
    let mut files = if faults.is_empty() { Verdict::Valid } else { Verdict::Invalid };
    // The evidence is a package that could be looked at alone: what is wrong in it is told here too.
    // That nobody signed it by itself takes nothing away: the list names its bytes.
    for name in listed.keys().filter(|name| name.ends_with(".wacz") && there.contains(*name)) {
        let (inner, found) = verify_file(&path.join(name))?;
        if inner > Verdict::Unsigned {
            files = files.max(inner);
        }
        faults.extend(
            found.into_iter().map(|fault| Fault { place: format!("{name}, {}", fault.place), ..fault }),
        );
    }
    let (signed, more) = signature(path, &text, &json, demands);
    faults.extend(more);
    Ok((files.max(signed), faults))
}

/// Judges the signature over a manifest of those bytes.
fn signature(path: &Path, bytes: &[u8], manifest: &Value, demands: &Demands) -> (Verdict, Option<Fault>) {
    let say = |verdict, what: String, consequence: &str| {
        (verdict, Some(Fault::new(DOSSIER_SIGNATURE, "dossier-signature", what, consequence)))
    };
    let not_shown = "who made the dossier is not shown";
    if demands.head.is_some() {
        let what = "a dossier has no ledger to lay a head against; verify the case".to_owned();
        return say(Verdict::NotChecked, what, "whether it meets the demand cannot be told");
    }
    let note = match read_small(&path.join(DOSSIER_SIGNATURE)) {
        Ok(bytes) => Note::read(&bytes),
        Err(_) => {
            let demanded =
                demands.key.as_ref().map(|key| format!("there is no signature by {}", key.short()));
            return demanded
                .map_or((Verdict::Unsigned, None), |what| say(Verdict::Unsigned, what, not_shown));
        }
    };
    if manifest["draft"] == true {
        let what = "a draft with a signature: drafts are never signed".to_owned();
        return say(Verdict::Unsigned, what, "nobody stands by a draft");
    }
    let note = match note {
        Ok(note) => note,
        Err(error) => return say(Verdict::Invalid, format!("no signed note: {error}"), not_shown),
    };
    if note.text != dossier_text(manifest["case"].as_str().unwrap_or_default(), &Digest::of(bytes)) {
        let what = format!("another {DOSSIER} was signed than the one that is here");
        return say(Verdict::Invalid, what, "the dossier is not what was published");
    }
    let own = read_small(&path.join(DOSSIER_KEY)).ok();
    let own = own.and_then(|bytes| PublicKey::read(std::str::from_utf8(&bytes).ok()?).ok());
    let Some(key) = demands.key.as_ref().or(own.as_ref()) else {
        let what = format!("signed, but {DOSSIER_KEY} has no public key to check it with");
        return say(Verdict::Unsigned, what, not_shown);
    };
    match key.judge(&note) {
        Signed::Fails => {
            say(Verdict::Invalid, format!("the signature by {} does not hold", key.short()), not_shown)
        }
        Signed::Not => say(Verdict::Unsigned, format!("not signed by {}", key.short()), not_shown),
        Signed::Holds if demands.key.is_some() => (Verdict::Valid, None),
        Signed::Holds => {
            let consequence =
                "whether the key is that person's the dossier cannot say: compare it, or verify with --key";
            say(Verdict::Valid, format!("signed by {}", key.short()), consequence)
        }
    }
}

/// The text that is signed for a dossier: its case, and the SHA-256 of its
/// `dossier.json`, which names every other file with its own. The first line
/// keeps it apart from a checkpoint.
pub fn dossier_text(case: &str, manifest: &Digest) -> String {
    format!("plainsight-dossier/{case}\nsha256:{}\n", manifest.hex())
}

/// `{"name": "sha256"}` or `[{"file": name, "sha256": …}]`.
fn listed(files: &Value) -> Option<BTreeMap<String, Option<Digest>>> {
    let digest = |value: &Value| value.as_str().and_then(Digest::from_hex);
    match files {
        Value::Object(files) => Some(files.iter().map(|(name, hash)| (name.clone(), digest(hash))).collect()),
        Value::Array(files) => files
            .iter()
            .map(|file| {
                let name = file["file"].as_str().or(file["path"].as_str())?;
                Some((name.to_owned(), digest(&file["sha256"])))
            })
            .collect(),
        _ => None,
    }
}
