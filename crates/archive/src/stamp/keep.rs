//! `plainsight stamp`: the head of a case's ledger is stamped, and the proofs
//! are kept under `ledger/stamps/`.
//!
//! `NNNNNN.head` is the checkpoint after so many entries; `NNNNNN.head.K.tsr`
//! and `NNNNNN.head.K.ots` are proofs of it, `….tsr.K.tsr` a renewal. A file
//! there is never changed: what an upgrade learns is another file. Each has a
//! `stamp` entry with its SHA-256 in the ledger.

use crate::case::store::{FolderStore, replace_with};
use crate::error::ArchiveError;
use crate::ledger::log::{Entry, EntryKind, Ledger};
use crate::sign::path::Roots;
use crate::sign::stamp::{moment, seconds};
use crate::sign::token::Said;
use crate::stamp::authority::ask_authorities;
use crate::stamp::error::StampError;
use crate::stamp::file::judge_one;
use crate::stamp::ots::calendar::{begin_proof, upgrade_proof};
use crate::stamp::ots::judge::names_a_block;
use crate::stamp::ots::proof::Proof;
use crate::stamp::renewal::{is_renewal_due, renewed_by};
use crate::stamp::trust::Trust;
use crate::verify::proofs::read_proof;
use plainsight_model::{Digest, Store as _, Wire};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The folder of proofs in a ledger's folder.
pub(crate) const STAMPS: &str = "stamps";

/// What is to be stamped, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct StampAsk<'a> {
    /// Addresses of RFC 3161 authorities.
    pub authorities: &'a [String],
    /// Addresses of OpenTimestamps calendars.
    pub calendars: &'a [String],
    /// Ask calendars after the blocks that they promised, instead of stamping the head.
    pub upgrade: bool,
    /// Stamp over tokens that end soon, instead of stamping the head; where no
    /// authority is named, by the one that made them.
    pub renew: bool,
    /// Certificates of authorities that are believed; may be empty.
    pub roots: &'a Roots,
    /// Who asks, for the ledger.
    pub author: &'a str,
    /// Now, RFC 3339 with `Z`.
    pub now: &'a str,
}

/// One line of `plainsight stamp`, keys in the order of COMMANDS.md.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StampRow {
    /// The number of entries and the root over them: `12 <hex>`.
    pub head: String,
    /// The name in the authority's certificate, or the calendars' addresses.
    pub authority: String,
    /// When it was stamped, RFC 3339; null for a proof that no block has yet.
    pub time: Option<String>,
    /// When its certificates end, RFC 3339; null for a proof that never ends.
    pub until: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Stamps {
    /// A row for each proof that was kept.
    pub rows: Vec<StampRow>,
    /// Who failed; the others went on.
    pub failed: Vec<StampError>,
}

/// A proof to keep: beside which file, of which kind, and what is said of it.
struct Fresh {
    beside: String,
    suffix: &'static str,
    bytes: Vec<u8>,
    body: Value,
    row: StampRow,
}

/// Stamps a case's head, or upgrades or renews the proofs it has. `folder` is
/// the case's `ledger/`; whoever calls holds the case's lock.
///
/// # Errors
/// When the ledger or its folder cannot be used. Authorities and calendars
/// that fail are told in [`Stamps::failed`].
pub fn stamp_case(
    folder: &Path,
    ledger: &mut Ledger,
    wire: &dyn Wire,
    ask: &StampAsk<'_>,
) -> Result<Stamps, StampError> {
    let stamps = folder.join(STAMPS);
    if !stamps.is_dir() {
        std::fs::create_dir(&stamps).map_err(ArchiveError::io(&stamps))?;
        FolderStore.sync_folder(folder).map_err(ArchiveError::io(folder))?;
    }
    let mut made = Stamps::default();
    let mut fresh = Vec::new();
    if ask.upgrade {
        fresh.extend(upgrade(&stamps, ledger, wire, ask, &mut made.failed)?);
    }
    if ask.renew {
        fresh.extend(renew(&stamps, ledger, wire, ask, &mut made.failed)?);
    }
    if !ask.upgrade && !ask.renew {
        fresh.extend(stamp_head(&stamps, ledger, wire, ask, &mut made.failed)?);
    }
    let mut entries = Vec::new();
    for one in fresh {
        let name = keep(&stamps, &one)?;
        let mut body = json!({"file": format!("{STAMPS}/{name}"), "sha256": Digest::of(&one.bytes).hex()});
        if let (Value::Object(body), Value::Object(more)) = (&mut body, one.body) {
            body.extend(more);
        }
        let entry = Entry { kind: EntryKind::Stamp, author: ask.author.into(), time: ask.now.into(), body };
        entries.push(entry);
        made.rows.push(one.row);
    }
    ledger.append_all(entries)?;
    Ok(made)
}

/// Writes a proof under the first free number; it is safe when this returns.
fn keep(stamps: &Path, fresh: &Fresh) -> Result<String, ArchiveError> {
    let taken = |number: u32| {
        [".tsr", ".ots"]
            .iter()
            .any(|suffix| stamps.join(format!("{}.{number}{suffix}", fresh.beside)).exists())
    };
    let number = (1..u32::MAX).find(|&number| !taken(number)).unwrap_or(u32::MAX);
    let name = format!("{}.{number}{}", fresh.beside, fresh.suffix);
    let path = stamps.join(&name);
    replace_with(&FolderStore, &path, &fresh.bytes).map_err(ArchiveError::io(&path))?;
    Ok(name)
}

fn stamp_head(
    stamps: &Path,
    ledger: &Ledger,
    wire: &dyn Wire,
    ask: &StampAsk<'_>,
    failed: &mut Vec<StampError>,
) -> Result<Vec<Fresh>, StampError> {
    let head = ledger.head();
    let text = head.checkpoint();
    let name = format!("{:06}.head", head.size);
    let path = stamps.join(&name);
    if path.exists() && read_proof(&path)? != text.as_bytes() {
        let why = "this is not the head that the ledger has; run `plainsight verify` on the case".to_owned();
        return Err(StampError::Proof { file: path.display().to_string(), why });
    }
    let digest = Digest::of(text.as_bytes());
    let shown = format!("{} {}", head.size, head.root.hex());
    let said_of_head = json!({"size": head.size, "root": head.root.hex()});
    let (stamped, more) = ask_authorities(wire, ask.authorities, digest, ask.roots);
    failed.extend(more);
    let mut fresh = Vec::new();
    for one in stamped {
        let mut body = token_body(&one.address, &one.said);
        body["head"] = said_of_head.clone();
        let row = row(&shown, &one.said);
        fresh.push(Fresh { beside: name.clone(), suffix: ".tsr", bytes: one.token, body, row });
    }
    if !ask.calendars.is_empty() {
        match begin_proof(wire, ask.calendars, digest) {
            Ok(begun) => {
                failed.extend(begun.failed);
                let authority = begun.calendars.join(" ");
                let row = StampRow { head: shown, authority, time: None, until: None };
                let body =
                    json!({"form": "opentimestamps", "head": said_of_head, "calendars": begun.calendars});
                fresh.push(Fresh { beside: name, suffix: ".ots", bytes: begun.proof, body, row });
            }
            Err(why) => failed.push(why),
        }
    }
    if !fresh.is_empty() && !path.exists() {
        replace_with(&FolderStore, &path, text.as_bytes()).map_err(ArchiveError::io(&path))?;
    }
    Ok(fresh)
}

fn token_body(address: &str, said: &Said) -> Value {
    json!({
        "form": "rfc3161",
        "address": address,
        "authority": said.authority,
        "time": said.time,
        "until": said.until.or(said.ends).map(moment),
    })
}

fn row(head: &str, said: &Said) -> StampRow {
    StampRow {
        head: head.to_owned(),
        authority: said.authority.clone(),
        time: Some(said.time.clone()),
        until: said.until.or(said.ends).map(moment),
    }
}

/// Bodies of `stamp` entries that still stand.
pub(crate) fn bodies(ledger: &Ledger) -> Vec<(u64, Value)> {
    let entries = ledger.entries().iter().filter(|entry| entry.line.kind == EntryKind::Stamp);
    entries.filter_map(|entry| Some((entry.line.number, ledger.body(entry.line.number)?))).collect()
}

/// The names in the folder of proofs that have a suffix, sorted.
pub(crate) fn names(stamps: &Path, suffix: &str) -> Result<Vec<String>, ArchiveError> {
    let mut names = Vec::new();
    let entries = match std::fs::read_dir(stamps) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(names),
        other => other.map_err(ArchiveError::io(stamps))?,
    };
    for entry in entries {
        let name = entry.map_err(ArchiveError::io(stamps))?.file_name().to_string_lossy().into_owned();
        if name.ends_with(suffix) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The head's number and root that a proof is of, as rows show it.
fn shown_head(ledger: &Ledger, name: &str) -> String {
    let size = name.split('.').next().and_then(|size| size.parse().ok()).unwrap_or(0);
    format!("{size} {}", ledger.head_at(size).root.hex())
}

fn body_of<'a>(bodies: &'a [(u64, Value)], name: &str) -> Option<&'a Value> {
    let file = format!("{STAMPS}/{name}");
    bodies.iter().rev().map(|(_, body)| body).find(|body| body["file"] == *file)
}

/// Proofs without a block are asked after, at the calendars that the ledger
/// and the user name; a proof that was upgraded already is left alone.
fn upgrade(
    stamps: &Path,
    ledger: &Ledger,
    wire: &dyn Wire,
    ask: &StampAsk<'_>,
    failed: &mut Vec<StampError>,
) -> Result<Vec<Fresh>, StampError> {
    let bodies = bodies(ledger);
    let mut fresh = Vec::new();
    for name in names(stamps, ".ots")? {
        let file = format!("{STAMPS}/{name}");
        let old = read_proof(&stamps.join(&name))?;
        let is_done = Proof::read(&old).is_ok_and(|proof| names_a_block(&proof));
        if is_done || bodies.iter().any(|(_, body)| body["upgrades"] == *file) {
            continue;
        }
        let own = body_of(&bodies, &name).map(|body| body["calendars"].clone()).unwrap_or_default();
        let mut calendars: Vec<String> = serde_json::from_value(own).unwrap_or_default();
        calendars.extend_from_slice(ask.calendars);
        let upgraded = match upgrade_proof(wire, &name, &old, &calendars) {
            Ok(upgraded) => upgraded,
            Err(why) => {
                failed.push(why);
                continue;
            }
        };
        failed.extend(upgraded.failed);
        let Some(bytes) = upgraded.proof.filter(|_| upgraded.is_complete) else { continue };
        let beside =
            name.trim_end_matches(".ots").rsplit_once('.').map_or(name.as_str(), |(beside, _)| beside);
        let row = StampRow {
            head: shown_head(ledger, &name),
            authority: calendars.join(" "),
            time: None,
            until: None,
        };
        let body = json!({"form": "opentimestamps", "upgrades": file, "calendars": calendars});
        fresh.push(Fresh { beside: beside.to_owned(), suffix: ".ots", bytes, body, row });
    }
    Ok(fresh)
}

/// Tokens that end soon and that no other one renews are stamped over.
fn renew(
    stamps: &Path,
    ledger: &Ledger,
    wire: &dyn Wire,
    ask: &StampAsk<'_>,
    failed: &mut Vec<StampError>,
) -> Result<Vec<Fresh>, StampError> {
    let now = seconds(ask.now).unwrap_or(u64::MAX);
    let names = names(stamps, ".tsr")?;
    let renewed: Vec<PathBuf> = names.iter().filter_map(|name| renewed_by(&stamps.join(name))).collect();
    let (bodies, trust) = (bodies(ledger), Trust { roots: ask.roots.clone(), ..Trust::default() });
    let mut fresh = Vec::new();
    for name in names {
        let path = stamps.join(&name);
        let raw = read_proof(&path)?;
        let (_, said) = judge_one(&path, &raw, &trust)?;
        let until = said.as_ref().and_then(|said| said.until.or(said.ends));
        if renewed.contains(&path) || !until.is_some_and(|until| is_renewal_due(until, now)) {
            continue;
        }
        let own: Vec<String> = body_of(&bodies, &name)
            .and_then(|body| Some(vec![body["address"].as_str()?.to_owned()]))
            .unwrap_or_default();
        let authorities = if ask.authorities.is_empty() { &own } else { ask.authorities };
        let (stamped, more) = ask_authorities(wire, authorities, Digest::of(&raw), ask.roots);
        failed.extend(more);
        for one in stamped {
            let mut body = token_body(&one.address, &one.said);
            body["renews"] = format!("{STAMPS}/{name}").into();
            let row = row(&shown_head(ledger, &name), &one.said);
            fresh.push(Fresh { beside: name.clone(), suffix: ".tsr", bytes: one.token, body, row });
        }
    }
    Ok(fresh)
}
