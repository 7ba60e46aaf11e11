//! Verifies folders: a case; a dossier is looked at next door.

use crate::case::folder::hash_file;
use crate::case::forget::family;
use crate::case::reader::ArchiveReader;
use crate::error::ArchiveError;
use crate::input::sniff::read_up_to;
use crate::ledger::check::Demands;
use crate::ledger::log::{CHAIN, EntryKind, Ledger};
use crate::package::verify::signer;
use crate::verify::dossier::{DOSSIER, verify_dossier};
use crate::verify::verdict::{Fault, Judged, Verdict, Verified, verify, verify_file};
use crate::warc::coding::Limits;
use crate::warc::list::{Check, list};
use crate::warc::write::GZIP_HEADER;
use plainsight_model::{Digest, RecordPlace};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;

/// Verifies a case, a dossier or a package against what the verifier brings along; see
/// [`Demands`]. Anything else can meet no demand and is `not checked` at best.
pub fn verify_for(path: &Path, demands: &Demands) -> Verified {
    if demands.key.is_none() && demands.head.is_none() {
        return verify(path);
    }
    if !path.is_dir() {
        let mut verified = verify(path);
        let (verdict, what) = match (&demands.head, &demands.package_key, signer(path)) {
            (None, Some(key), Some(signer)) if *key == signer => return verified,
            (None, Some(_), Some(_)) => {
                (Verdict::Unsigned, "another key than the one that was given signed it")
            }
            (None, None, Some(_)) => (
                Verdict::NotChecked,
                "the key's file names no package key, and a package is signed with that one",
            ),
            _ => (
                Verdict::NotChecked,
                "a key or a head was given, and this is no case, no dossier, no signed package",
            ),
        };
        verified.faults.push(Fault::new(
            ".",
            "demand",
            what,
            "it does not meet the demand, or that cannot be told",
        ));
        verified.verdict = verified.verdict.max(verdict);
        return verified;
    }
    let judged = verify_folder(path, demands).unwrap_or_else(|error| {
        let fault = Fault::new(".", "unreadable", error.to_string(), "nothing was checked");
        (Verdict::NotChecked, vec![fault])
    });
    Verified { path: path.to_string_lossy().into_owned(), verdict: judged.0, faults: judged.1 }
}

pub(crate) fn verify_folder(path: &Path, demands: &Demands) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    if path.join(DOSSIER).is_file() {
        return verify_dossier(path, demands);
    }
    if path.join("ledger").join(CHAIN).exists() || path.join("archive").is_dir() {
        return verify_case(path, demands);
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

fn verify_case(path: &Path, demands: &Demands) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let checked = Ledger::check_for(&path.join("ledger"), demands);
    let mut verdict = match checked.is_signed {
        _ if !checked.wrong.is_empty() => Verdict::Invalid,
        true => Verdict::Valid,
        false => Verdict::Unsigned,
    };
    let mut faults = checked.wrong;
    faults.extend(checked.open);
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
    let named = Named::by(&bodies, &forgotten);
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
        if !ours && !named.families.contains(family(file)) {
            faults.push(unnamed(format!("archive/{file}"), "file"));
        }
        crate::captures(&archive.join(file), file, &Limits::default(), &mut |capture| {
            let RecordPlace { offset, record_id, .. } = capture.record;
            if ours && !named.records.contains(&record_id) && faults.len() < MOST_FAULTS {
                let fault = unnamed(format!("archive/{file}, byte {offset}"), "record");
                faults.push(Fault { record: Some(record_id.clone()), ..fault });
            }
            payloads.insert((record_id, Digest::of(&capture.payload)));
        })?;
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

/// A file of a million records that nobody named must not become a million faults.
const MOST_FAULTS: usize = 10_000;

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

/// What the ledger names in the archive.
struct Named {
    /// WARC-Record-IDs, wherever they stand in a body.
    records: BTreeSet<String>,
    /// Received files by what of their names outlives a `forget`.
    families: BTreeSet<String>,
}

impl Named {
    fn by(bodies: &[Body], forgotten: &Forgotten) -> Self {
        let mut named = Self { records: forgotten.records.clone(), families: BTreeSet::new() };
        named.families.extend(forgotten.received.iter().map(|file| family(file).to_owned()));
        // Bodies are as deep as the parser of JSON lets them be.
        let mut open: Vec<&Value> = bodies.iter().map(|(_, _, body)| body).collect();
        while let Some(value) = open.pop() {
            match value {
                Value::String(text) if text.starts_with("<urn:") => {
                    named.records.insert(text.clone());
                }
                Value::String(text) if text.starts_with("received/") => {
                    named.families.insert(family(text).to_owned());
                }
                Value::Array(values) => open.extend(values),
                Value::Object(values) => open.extend(values.values()),
                _ => {}
            }
        }
        named
    }
}

/// A record is on disk before its entry, so a fall in between leaves one that
/// was never acknowledged: it is told, and is no damage done to the case.
fn unnamed(place: String, what: &str) -> Fault {
    let what = format!("no entry of the ledger names this {what}");
    let consequence =
        "it is no part of the case: a fall left it before it was acknowledged, or somebody put it there";
    Fault::new(place, "ledger-unnamed", what, consequence)
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
        _ if forgotten.received.contains(&format!("received/{}", family(file))) => None,
        Some(found) if *found == digest => None,
        Some(_) => Some((None, format!("archive/{file} is not as it was received"))),
        None => Some((None, format!("archive/{file} is missing"))),
    }
}
