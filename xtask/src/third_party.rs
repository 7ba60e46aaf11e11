//! `THIRD-PARTY.toml`: every datum that is bundled, with source and licence.

use crate::{files, shown};
use anyhow::Context as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name.
pub const FILE: &str = "THIRD-PARTY.toml";

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Data in files of this repository.
    #[serde(default)]
    pub datum: Vec<Datum>,
    /// Data inside crates that we depend on.
    #[serde(default)]
    pub inside: Vec<Inside>,
}

/// A file with data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Datum {
    /// From the root, with `/`.
    pub path: String,
    /// Where it comes from: repository and commit, or `ours`.
    pub source: String,
    /// SPDX where there is an identifier.
    pub licence: String,
    /// Whom to thank.
    pub attribution: String,
    /// The file's SHA-256, hex.
    pub sha256: String,
}

/// A datum that a dependency brings along.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inside {
    /// The crate.
    pub package: String,
    /// What it holds.
    pub what: String,
    /// Where that comes from.
    pub source: String,
    /// SPDX where there is an identifier.
    pub licence: String,
    /// Whom to thank.
    pub attribution: String,
}

/// Complains about data that are not listed, missing, changed or poorly described.
pub fn check(root: &Path) -> anyhow::Result<Vec<String>> {
    let list = read(root)?;
    let mut complaints = Vec::new();
    let mut listed: BTreeMap<&str, &Datum> = BTreeMap::new();
    for datum in &list.datum {
        if listed.insert(&datum.path, datum).is_some() {
            complaints.push(format!("{FILE} lists {} twice", datum.path));
        }
        for (name, value) in
            [("source", &datum.source), ("licence", &datum.licence), ("attribution", &datum.attribution)]
        {
            if value.trim().is_empty() {
                complaints.push(format!("{FILE}: {} has no {name}", datum.path));
            }
        }
        complaints.extend(changed(root, datum));
    }
    for path in data(root) {
        let path = shown(root, &path);
        if !listed.contains_key(path.as_str()) {
            complaints
                .push(format!("{path} is not listed in {FILE}: add its source, licence and attribution"));
        }
    }
    Ok(complaints)
}

/// Writes today's hashes of the listed files into the list and tells which lines changed.
pub fn update(root: &Path) -> anyhow::Result<Vec<String>> {
    read(root)?;
    let text = std::fs::read_to_string(root.join(FILE))?;
    let mut changed = Vec::new();
    let mut hash = None;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(path) = value(line, "path") {
            hash = std::fs::read(root.join(path)).ok().map(|bytes| hex(&bytes));
        }
        match (value(line, "sha256"), &hash) {
            (Some(old), Some(new)) if old != new => {
                changed.push(format!("{old} → {new}"));
                lines.push(format!("sha256 = \"{new}\""));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    std::fs::write(root.join(FILE), lines.join("\n") + "\n")?;
    Ok(changed)
}

/// The files that must be listed: data of the crates, of the interface and of the lenses.
pub fn data(root: &Path) -> Vec<PathBuf> {
    let mut data = files(&root.join("assets/vendor"));
    for path in files(&root.join("crates")) {
        let inside = shown(root, &path);
        if inside.split('/').nth(2) == Some("data") {
            data.push(path);
        }
    }
    data.extend(
        files(&root.join("lenses")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "csv")),
    );
    // Scripts that make data are ours like any source; the manifest is itself a list.
    data.retain(|path| {
        path.extension().is_none_or(|e| e != "py" && e != "pyc") && !path.ends_with("MANIFEST.toml")
    });
    data
}

/// Reads the list.
pub fn read(root: &Path) -> anyhow::Result<List> {
    let text = std::fs::read_to_string(root.join(FILE)).with_context(|| format!("{FILE} cannot be read"))?;
    toml::from_str(&text).with_context(|| format!("{FILE} is not in its form"))
}

fn changed(root: &Path, datum: &Datum) -> Option<String> {
    match std::fs::read(root.join(&datum.path)) {
        Err(why) => Some(format!("{FILE} lists {}, which cannot be read: {why}", datum.path)),
        Ok(bytes) if hex(&bytes) != datum.sha256 => Some(format!(
            "{} is not the file that {FILE} lists; look at what changed, then run `cargo xtask third-party --update`",
            datum.path
        )),
        Ok(_) => None,
    }
}

fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim().strip_prefix('"')?.strip_suffix('"')
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
