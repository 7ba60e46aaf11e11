//! Verifies a WACZ: every file under the manifest, the manifest under the
//! digest file, the digest file under one hash, and the WARCs inside.
//!
//! The attack this is built against: change a WARC, rewrite the manifest and
//! `datapackage-digest.json`, keep the old `signedData`. Each copy of a hash
//! is therefore compared with the bytes, none with another copy alone.

use crate::case::folder::copy_hashed;
use crate::error::ArchiveError;
use crate::input::decoded::Decoded;
use crate::input::sniff::Container;
use crate::package::entries::{Package, PackageEntry};
use crate::verify::verdict::{Fault, Judged, Verdict};
use crate::warc::list::{Check, End, Listing, list_one};
use crate::warc::records::Records;
use plainsight_model::Digest;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

const MANIFEST: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";
const MOST_JSON: u64 = 64 * 1024 * 1024;

pub(crate) fn verify_package(path: &Path) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let mut judge = Judge { verdict: Verdict::Unsigned, faults: Vec::new() };
    let package = match Package::open(path) {
        Ok(package) => package,
        Err(why) => {
            judge.invalid("the directory", "package-form", why);
            return Ok((judge.verdict, judge.faults));
        }
    };
    for complaint in &package.complaints {
        judge.invalid(&complaint.place, "package-form", complaint.what.clone());
    }
    let Some(manifest) = package.small(MANIFEST, MOST_JSON) else {
        judge.invalid(MANIFEST, "package-manifest", "cannot be read");
        return Ok((judge.verdict, judge.faults));
    };
    judge.manifest(&package, &manifest);
    judge.binding(&package, &manifest);
    let offsets = judge.archives(&package);
    judge.indexes(&package, &offsets);
    Ok((judge.verdict, judge.faults))
}

struct Judge {
    verdict: Verdict,
    faults: Vec<Fault>,
}

impl Judge {
    fn invalid(&mut self, place: &str, rule: &str, what: impl Into<String>) {
        self.verdict = self.verdict.max(Verdict::Invalid);
        self.faults.push(Fault::new(place, rule, what, "the package is not what was made"));
    }

    fn note(&mut self, place: &str, rule: &str, what: &str, consequence: &str) {
        self.faults.push(Fault::new(place, rule, what, consequence));
    }

    fn manifest(&mut self, package: &Package, manifest: &[u8]) {
        let Ok(Value::Object(manifest)) = serde_json::from_slice(manifest) else {
            return self.invalid(MANIFEST, "package-manifest", "no JSON object");
        };
        let resources = manifest.get("resources").and_then(Value::as_array).cloned().unwrap_or_default();
        if resources.is_empty() {
            self.invalid(MANIFEST, "package-manifest", "lists no resources");
        }
        let mut listed = BTreeSet::from([MANIFEST.to_owned(), DIGEST.to_owned()]);
        for resource in &resources {
            let Some(name) = resource["path"].as_str() else {
                self.invalid(MANIFEST, "package-manifest", "a resource without a path");
                continue;
            };
            if !listed.insert(name.to_owned()) {
                self.invalid(name, "package-manifest", "listed twice");
            }
            match package.entries.get(name) {
                None => self.invalid(name, "package-resource", "listed, but not in the package"),
                Some(entry) => self.resource(package, entry, resource),
            }
        }
        for name in package.entries.keys().filter(|name| !listed.contains(*name)) {
            self.invalid(name, "package-unlisted", "in the package, but not listed");
        }
    }

    fn resource(&mut self, package: &Package, entry: &PackageEntry, resource: &Value) {
        let (hash, bytes) = match resource["hash"].as_str() {
            Some(hash) => (hash.to_owned(), resource["bytes"].as_u64()),
            // Version 1.0.0: the hash stands without its algorithm, which has a key of its own.
            None => {
                let algorithm = resource["hashing"].as_str().unwrap_or("sha256");
                let hash = resource["stats"]["hash"].as_str().unwrap_or_default();
                (format!("{algorithm}:{hash}"), resource["stats"]["bytes"].as_u64())
            }
        };
        let Some((digest, length)) = hash_entry(package, entry) else {
            return self.invalid(&entry.name, "package-resource", "cannot be read to its end");
        };
        if sha256(&hash) != Some(digest) {
            self.invalid(&entry.name, "package-resource", "its hash is not that of the manifest");
        }
        if bytes.is_some_and(|bytes| bytes != length) {
            self.invalid(&entry.name, "package-resource", "its length is not that of the manifest");
        }
    }

    /// Bytes of the manifest → digest file → signed hash.
    fn binding(&mut self, package: &Package, manifest: &[u8]) {
        if !package.entries.contains_key(DIGEST) {
            return;
        }
        let digest = package.small(DIGEST, MOST_JSON);
        let Some(digest) = digest.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()) else {
            return self.invalid(DIGEST, "package-binding", "cannot be read");
        };
        let manifest = Digest::of(manifest);
        if digest["path"].as_str() != Some(MANIFEST) {
            self.invalid(DIGEST, "package-binding", "is not about datapackage.json");
        }
        if digest["hash"].as_str().and_then(sha256) != Some(manifest) {
            self.invalid(DIGEST, "package-binding", "its hash is not that of datapackage.json");
        }
        let signed = &digest["signedData"];
        if signed.is_null() {
            return;
        }
        if signed["hash"].as_str().and_then(sha256) != Some(manifest) {
            let what = "signedData.hash is not that of datapackage.json: another manifest was signed";
            return self.invalid(DIGEST, "package-binding", what);
        }
        let what = "the signature binds this manifest; who made it is not judged in this version";
        self.note(DIGEST, "signature", what, "taken as unsigned");
    }

    /// Verifies the WARCs; gives the offsets of their records by file name.
    fn archives(&mut self, package: &Package) -> BTreeMap<String, BTreeSet<u64>> {
        let mut offsets = BTreeMap::new();
        let archives = package.archives();
        if archives.is_empty() {
            self.note("archive/", "package-form", "the package holds no WARC", "there is nothing to check");
        }
        for entry in archives {
            let Ok(source) = package.source(&entry) else {
                self.invalid(&entry.name, "package-resource", "cannot be read");
                continue;
            };
            let mut records = Records::new(Decoded::new(source));
            let mut judged = Judged::default();
            let mut here = BTreeSet::new();
            let mut listing =
                Listing { container: Container::Warc, rows: 0, complaints: Vec::new(), end: End::Whole };
            list_one(&mut records, &entry.name, Check::Digests, &mut listing, &mut |row| {
                here.insert(row.offset);
                judged.row(&row, &entry.name);
            });
            self.verdict = self.verdict.max(match judged.verdict(&listing) {
                Verdict::UnknownFormat => Verdict::Invalid,
                verdict => verdict,
            });
            if listing.end == End::Unknown {
                self.invalid(&entry.name, "container", "neither WARC nor ARC");
            }
            self.faults.append(&mut judged.faults);
            let base = entry.name.rsplit('/').next().unwrap_or_default().to_owned();
            offsets.insert(base, here);
        }
        offsets
    }

    /// Every line of the index leads to a record: whole records that were
    /// dropped leave no other trace in the container.
    fn indexes(&mut self, package: &Package, offsets: &BTreeMap<String, BTreeSet<u64>>) {
        let is_index = |name: &str| name.starts_with("indexes/") || name.starts_with("index/");
        let names: Vec<&String> = package.entries.keys().filter(|name| is_index(name)).collect();
        if names.is_empty() {
            self.note("indexes/", "package-form", "the package has no index", "a replay tool cannot open it");
        }
        for name in names.into_iter().filter(|name| name.contains(".cdx")) {
            let Ok(source) = package.source(&package.entries[name]) else { continue };
            for line in lines(Decoded::new(source)) {
                let Some(entry) =
                    line.find('{').and_then(|at| serde_json::from_str::<Value>(&line[at..]).ok())
                else {
                    continue;
                };
                let (file, offset) = (entry["filename"].as_str(), number(&entry["offset"]));
                let (Some(file), Some(offset)) = (file, offset) else { continue };
                let base = file.rsplit('/').next().unwrap_or_default();
                if !offsets.get(base).is_some_and(|known| known.contains(&offset)) {
                    let what = format!("leads to byte {offset} of {base}, where no record begins");
                    self.invalid(name, "package-index", what);
                }
            }
        }
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The lines of an index, within a bound on their number and length.
fn lines(mut decoded: Decoded) -> Vec<String> {
    const MOST: u64 = 256 * 1024 * 1024;
    let mut text = Vec::new();
    loop {
        let bytes = decoded.fill();
        let got = bytes.len();
        text.extend_from_slice(bytes);
        decoded.consume(got);
        if text.len() as u64 > MOST || (got == 0 && !decoded.next_member()) {
            break;
        }
    }
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}

fn hash_entry(package: &Package, entry: &PackageEntry) -> Option<(Digest, u64)> {
    struct Counted<R>(R, u64);
    impl<R: Read> Read for Counted<R> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let got = self.0.read(buffer)?;
            self.1 += got as u64;
            Ok(got)
        }
    }
    let mut source = Counted(package.source(entry).ok()?, 0);
    let mut hash = Sha256::new();
    copy_hashed(&mut source, &mut std::io::sink(), &mut hash).ok()?;
    Some((Digest(hash.finalize().into()), source.1))
}

/// `sha256:` and 64 hex digits.
fn sha256(text: &str) -> Option<Digest> {
    Digest::from_hex(text.strip_prefix("sha256:").or_else(|| text.strip_prefix("sha-256:"))?)
}
