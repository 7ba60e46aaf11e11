//! Verifies folders: a case and a dossier.

use crate::case::folder::hash_file;
use crate::case::reader::ArchiveReader;
use crate::error::ArchiveError;
use crate::input::sniff::read_up_to;
use crate::ledger::log::{CHAIN, EntryKind, Ledger};
use crate::verify::verdict::{Fault, Judged, Verdict, verify_file};
use crate::warc::coding::Limits;
use crate::warc::list::{Check, list};
use crate::warc::write::GZIP_HEADER;
use plainsight_model::Digest;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;

/// The list of a dossier's files.
const DOSSIER: &str = "dossier.json";

pub(crate) fn verify_folder(path: &Path) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    if path.join(DOSSIER).is_file() {
        return verify_dossier(path);
    }
    if path.join("ledger").join(CHAIN).exists() || path.join("archive").is_dir() {
        return verify_case(path);
    }
    let fault = Fault::new(".", "format", "neither a case nor a dossier", "nothing can be said about it");
    Ok((Verdict::UnknownFormat, vec![fault]))
}

/// What `forget` entries allow to be gone.
#[derive(Default)]
struct Forgotten {
    records: BTreeSet<String>,
    received: BTreeSet<String>,
}

fn verify_case(path: &Path) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let mut verdict = Verdict::Unsigned;
    let mut faults = Ledger::check(&path.join("ledger"));
    if !faults.is_empty() {
        verdict = Verdict::Invalid;
    }
    let bodies = match Ledger::read(&path.join("ledger")) {
        Ok(ledger) => bodies(&ledger),
        Err(error) => {
            faults.push(Fault::new("ledger", "ledger-chain", error.to_string(), NOT_LOGGED));
            return Ok((Verdict::Invalid, faults));
        }
    };
    let forgotten = forgotten(&bodies);
    let archive = path.join("archive");
    let files = ArchiveReader::new(&archive).files()?;
    let mut payloads = BTreeSet::new();
    let mut received = BTreeMap::new();
    for file in &files {
        let ours = !file.starts_with("received/");
        let path = archive.join(file);
        let (judged, found) = if ours { verify_ours(&path)? } else { verify_file(&path)? };
        // A received file is kept as it came: what was wrong with it then is
        // a fault to name, not damage done to the case.
        if ours && judged > Verdict::NotChecked {
            verdict = verdict.max(judged);
        }
        faults.extend(found.into_iter().map(|mut fault| {
            fault.place = format!("archive/{file}, {}", fault.place);
            fault
        }));
        if !ours {
            received.insert(file.clone(), hash_file(&archive.join(file))?);
        }
        take_payloads(&archive, file, &mut payloads)?;
    }
    for (number, kind, body) in &bodies {
        let place = format!("ledger, entry {number}");
        let missing = missing_record(body, &payloads, &forgotten)
            .or_else(|| changed_file(*kind, body, &received, &forgotten));
        if let Some((record, what)) = missing {
            verdict = Verdict::Invalid;
            let mut fault =
                Fault::new(place, "ledger-archive", what, "what was captured is not there any more");
            fault.record = record;
            faults.push(fault);
        }
    }
    Ok((verdict, faults))
}

/// A file of ours; besides all else each gzip header is the one we write. No
/// check sum covers it, and a name or comment could hide there.
fn verify_ours(path: &Path) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let mut judged = Judged::default();
    let mut offsets = Vec::new();
    let listing = list(path, Check::Digests, &mut |row| {
        offsets.push((row.offset, row.id.clone()));
        judged.row(&row, "");
    })?;
    let mut verdict = judged.verdict(&listing);
    let mut file = File::open(path).map_err(ArchiveError::io(path))?;
    for (offset, id) in offsets {
        let mut header = [0; 10];
        file.seek(SeekFrom::Start(offset)).map_err(ArchiveError::io(path))?;
        let got = read_up_to(&mut file, &mut header).map_err(ArchiveError::io(path))?;
        if header[..got] != GZIP_HEADER {
            verdict = verdict.max(Verdict::Invalid);
            let what = "the gzip header is not the one that this program writes";
            let consequence = "the file was changed after it was written";
            let fault = Fault::new(format!("byte {offset}"), "archive-form", what, consequence);
            judged.faults.push(Fault { record: id, ..fault });
        }
    }
    Ok((verdict, judged.faults))
}

const NOT_LOGGED: &str = "what was logged cannot be read";

type Body = (u64, EntryKind, Value);

fn bodies(ledger: &Ledger) -> Vec<Body> {
    let body = |number, kind| Some((number, kind, ledger.body(number)?));
    ledger.entries().iter().filter_map(|entry| body(entry.line.number, entry.line.kind)).collect()
}

fn forgotten(bodies: &[Body]) -> Forgotten {
    let mut forgotten = Forgotten::default();
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    for (_, _, body) in bodies.iter().filter(|(_, kind, _)| *kind == EntryKind::Forget) {
        forgotten.records.extend(texts(&body["records"]));
        forgotten.received.extend(texts(&body["received"]));
    }
    forgotten
}

/// Every payload with the id of its record, wherever it stands.
fn take_payloads(
    archive: &Path,
    file: &str,
    payloads: &mut BTreeSet<(String, Digest)>,
) -> Result<(), ArchiveError> {
    crate::captures(&archive.join(file), file, &Limits::default(), &mut |received| {
        payloads.insert((received.record.record_id, Digest::of(&received.payload)));
    })?;
    Ok(())
}

fn missing_record(
    body: &Value,
    payloads: &BTreeSet<(String, Digest)>,
    forgotten: &Forgotten,
) -> Option<(Option<String>, String)> {
    let body = if body["capture"].is_object() { &body["capture"] } else { body };
    let place = if body["place"].is_object() { &body["place"] } else { &body["record"] };
    let id = place["record_id"].as_str()?.to_owned();
    let payload = Digest::from_hex(body["payload"].as_str()?)?;
    if forgotten.records.contains(&id) || payloads.contains(&(id.clone(), payload)) {
        return None;
    }
    let file = place["file"].as_str().unwrap_or("?");
    let offset = place["offset"].as_u64().unwrap_or(0);
    let what = format!("the record at byte {offset} of archive/{file} is missing or its payload was changed");
    Some((Some(id), what))
}

fn changed_file(
    kind: EntryKind,
    body: &Value,
    received: &BTreeMap<String, Digest>,
    forgotten: &Forgotten,
) -> Option<(Option<String>, String)> {
    if kind == EntryKind::Forget {
        return None;
    }
    let named = [&body["received"], &body["file"]].into_iter().filter_map(Value::as_str);
    let file = named.into_iter().find(|name| name.starts_with("received/"))?;
    let digest = Digest::from_hex(body["sha256"].as_str()?)?;
    match received.get(file) {
        _ if forgotten.received.contains(&format!("received/{}", crate::case::forget::family(file))) => None,
        Some(found) if *found == digest => None,
        Some(_) => Some((None, format!("archive/{file} is not as it was received"))),
        None => Some((None, format!("archive/{file} is missing"))),
    }
}

/// Every file that `dossier.json` lists has its hash, and there is no other.
fn verify_dossier(path: &Path) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let manifest = path.join(DOSSIER);
    let text = std::fs::read(&manifest).map_err(ArchiveError::io(&manifest))?;
    let mut faults = Vec::new();
    let mut fault = |place: &str, rule: &str, what: &str| {
        faults.push(Fault::new(place, rule, what, "the dossier is not what was published"));
    };
    let listed = serde_json::from_slice::<Value>(&text).ok().and_then(|manifest| listed(&manifest["files"]));
    let Some(listed) = listed else {
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
            } else if name != DOSSIER {
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
    Ok((if faults.is_empty() { Verdict::Unsigned } else { Verdict::Invalid }, faults))
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
