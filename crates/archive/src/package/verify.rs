//! Verifies a WACZ: every file under the manifest, the manifest under the
//! digest file, the digest file under one hash, and the WARCs inside.
//!
//! The attack this is built against: change a WARC, rewrite the manifest and
//! `datapackage-digest.json`, keep the old `signedData`. Each copy of a hash
//! is therefore compared with the bytes, none with another copy alone.

use crate::error::ArchiveError;
use crate::input::decoded::Decoded;
use crate::input::sniff::Container;
use crate::package::entries::{Package, PackageEntry};
use crate::package::hashed::{Found, Hashed, hash_entry};
use crate::package::indexed::Records;
use crate::package::signature::{Signed, judge};
use crate::sign::path::Roots;
use crate::verify::verdict::{Fault, Judged, Verdict};
use crate::warc::list::{Check, End, Listing, list_with_heads};
use crate::warc::records::Records as Walk;
use plainsight_model::Digest;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const MANIFEST: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";
const PAGES: &str = "pages/pages.jsonl";
const MOST_JSON: u64 = 64 * 1024 * 1024;
/// Faults of one kind that are told one by one.
const MOST_TOLD: usize = 100;

/// Verifies a package; the time stamp of its signature is judged by the roots
/// of authorities that the verifier brought.
pub(crate) fn verify_package(path: &Path, roots: &Roots) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    let mut judge = Judge {
        verdict: Verdict::Valid,
        faults: Vec::new(),
        listed: BTreeMap::new(),
        created: None,
        complete: false,
        signed: false,
        roots: roots.clone(),
    };
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
    let records = judge.archives(&package);
    judge.contents(&package, records);
    if !judge.signed {
        judge.verdict = judge.verdict.max(Verdict::Unsigned);
    }
    Ok((judge.verdict, judge.faults))
}

/// The key that a package says it is signed with, as `publicKey` has it; nothing is checked.
pub(crate) fn signer(path: &Path) -> Option<String> {
    let digest = Package::open(path).ok()?.small(DIGEST, MOST_JSON)?;
    let digest: Value = serde_json::from_slice(&digest).ok()?;
    Some(digest["signedData"]["publicKey"].as_str()?.to_owned())
}

struct Judge {
    verdict: Verdict,
    faults: Vec<Fault>,
    /// What the manifest lists, by path.
    listed: BTreeMap<String, Listed>,
    /// `created` of the manifest.
    created: Option<String>,
    /// The manifest names a version whose rules ask for an index and pages.
    complete: bool,
    signed: bool,
    /// Authorities that the verifier believes.
    roots: Roots,
}

/// What the manifest says of a file.
#[derive(Default)]
struct Listed {
    hash: Option<Digest>,
    bytes: Option<u64>,
    records: Option<u64>,
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
        let text = |name: &str| manifest.get(name).and_then(Value::as_str);
        self.created = text("created").map(str::to_owned);
        self.complete = !matches!(text("wacz_version"), None | Some("1.0.0" | "0.1.0"));
        let resources = manifest.get("resources").and_then(Value::as_array).cloned().unwrap_or_default();
        if resources.is_empty() {
            self.invalid(MANIFEST, "package-manifest", "lists no resources");
        }
        for resource in &resources {
            let Some(name) = resource["path"].as_str() else {
                self.invalid(MANIFEST, "package-manifest", "a resource without a path");
                continue;
            };
            if self.listed.insert(name.to_owned(), listed(resource)).is_some() {
                self.invalid(name, "package-manifest", "listed twice");
            }
            if !package.entries.contains_key(name) {
                self.invalid(name, "package-resource", "listed, but not in the package");
            }
        }
        for entry in package.entries.values() {
            // WARCs are hashed while their records are read.
            let is_archive = entry.name.starts_with("archive/");
            let own = entry.name == MANIFEST || entry.name == DIGEST;
            if !own && !self.listed.contains_key(&entry.name) {
                self.invalid(&entry.name, "package-unlisted", "in the package, but not listed");
            }
            if !is_archive {
                match hash_entry(package, entry) {
                    Some(found) => self.compare(entry, &found),
                    None => self.invalid(&entry.name, "package-resource", "cannot be read to its end"),
                }
            }
        }
    }

    /// A file's bytes against the manifest and the ZIP's own check sum.
    fn compare(&mut self, entry: &PackageEntry, found: &Found) {
        if found.crc != entry.crc {
            self.invalid(&entry.name, "package-form", "its check sum in the ZIP does not agree");
        }
        let Some(listed) = self.listed.get(&entry.name) else { return };
        let (hash, bytes) = (listed.hash, listed.bytes);
        if hash != Some(found.hash) {
            self.invalid(&entry.name, "package-resource", "its hash is not that of the manifest");
        }
        if bytes.is_some_and(|bytes| bytes != found.bytes) {
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
        match judge(signed, manifest, self.created.as_deref(), &self.roots) {
            Signed::Fails(why) => self.invalid(DIGEST, "signature", why),
            Signed::Unknown(why) => {
                self.verdict = self.verdict.max(Verdict::NotChecked);
                self.note(DIGEST, "signature", &why, "who signed cannot be told");
            }
            Signed::Holds(open) => {
                self.signed = true;
                for what in open {
                    self.note(DIGEST, "signature", &what, "the signature holds for this manifest");
                }
            }
        }
    }

    /// Reads each WARC once: its hash, its records, their digests.
    fn archives(&mut self, package: &Package) -> Records {
        let mut known = Records::default();
        let archives = package.archives();
        if archives.is_empty() {
            let what = "the package holds no WARC";
            match self.complete {
                true => self.invalid("archive/", "package-form", what),
                false => self.note("archive/", "package-form", what, "there is nothing to check"),
            }
        }
        let mut judged = Judged::default();
        for entry in archives {
            let Ok(source) = package.source(&entry) else {
                self.invalid(&entry.name, "package-resource", "cannot be read");
                continue;
            };
            let hashed = Hashed::new(source);
            let state = hashed.state.clone();
            let mut walk = Walk::new(Decoded::new(Box::new(hashed)));
            let file = entry.name.strip_prefix("archive/").unwrap_or(&entry.name).to_owned();
            let mut listing =
                Listing { container: Container::Warc, rows: 0, complaints: Vec::new(), end: End::Whole };
            list_with_heads(
                &mut walk,
                &entry.name,
                Check::Digests,
                &mut listing,
                &mut |head, row, length| {
                    known.take(&file, head, &row, length);
                    judged.row(&row, &entry.name);
                },
            );
            self.verdict = self.verdict.max(match judged.by_end(&listing) {
                Verdict::UnknownFormat => Verdict::Invalid,
                verdict => verdict,
            });
            if listing.end == End::Unknown {
                self.invalid(&entry.name, "container", "neither WARC nor ARC");
            }
            let rest = walk.drain();
            drop(walk);
            let found = match (rest, state.borrow().found()) {
                (Ok(()), Some(found)) => Some(found),
                _ => hash_entry(package, &entry),
            };
            match found {
                Some(found) => self.compare(&entry, &found),
                None => self.invalid(&entry.name, "package-resource", "cannot be read to its end"),
            }
            let claimed = self.listed.get(&entry.name).and_then(|listed| listed.records);
            if let Some(claimed) = claimed.filter(|claimed| *claimed != known.count(&file)) {
                let what = format!("{} records, the manifest says {claimed}", known.count(&file));
                self.invalid(&entry.name, "package-records", what);
            }
        }
        // One WARC of many that holds no digest does not make the package one without.
        if !known.is_empty() {
            self.verdict = self.verdict.max(judged.by_digests());
        }
        self.faults.append(&mut judged.faults);
        known
    }

    /// Index, pages and revisits against the records. Whole records that were
    /// dropped leave no other trace in a container.
    fn contents(&mut self, package: &Package, mut known: Records) {
        let is_index = |name: &str| name.starts_with("indexes/") || name.starts_with("index/");
        let indexes: Vec<&PackageEntry> = package
            .entries
            .values()
            .filter(|entry| is_index(&entry.name) && entry.name.contains(".cdx"))
            .collect();
        if indexes.is_empty() {
            self.missing("indexes/", "the package has no index");
        }
        for entry in &indexes {
            let mut told = 0;
            let whole = each_line(package, entry, &mut |line| {
                if let Some(what) = known.fault_of_line(line) {
                    told += 1;
                    if told <= MOST_TOLD {
                        self.invalid(&entry.name, "package-index", what);
                    }
                }
            });
            if !whole {
                self.invalid(&entry.name, "package-index", "cannot be read to its end");
            }
        }
        let unlisted = known.unlisted();
        if !indexes.is_empty() && unlisted > 0 {
            let what = format!("{unlisted} captures are in no index");
            self.note("indexes/", "package-index", &what, "replay tools do not show them");
        }
        self.pages(package, &known);
        for (place, record) in known.orphans().into_iter().take(MOST_TOLD) {
            self.verdict = self.verdict.max(Verdict::NotChecked);
            let what = "a revisit whose original is not in the package";
            let mut fault =
                Fault::new(place, "package-revisit", what, "what it showed cannot be told from here");
            fault.record = record;
            self.faults.push(fault);
        }
    }

    fn pages(&mut self, package: &Package, known: &Records) {
        let Some(entry) = package.entries.get(PAGES) else {
            return self.missing(PAGES, "the package has no list of pages");
        };
        let (mut number, mut told) = (0u64, 0);
        let mut wrong = Vec::new();
        let whole = each_line(package, entry, &mut |line| {
            number += 1;
            let page: Option<Value> = serde_json::from_str(line).ok();
            let what = match &page {
                _ if line.trim().is_empty() => return,
                None => "is no JSON",
                Some(page) if page["format"].is_string() => return,
                Some(page) => match page["url"].as_str() {
                    None => "names no page",
                    Some(url) if !known.has(url) => "names a page that no record holds",
                    Some(_) => return,
                },
            };
            told += 1;
            if told <= MOST_TOLD {
                wrong.push((page.is_some(), format!("line {number} {what}")));
            }
        });
        for (readable, what) in wrong {
            match readable {
                // Crawlers list pages that they could not fetch.
                true => self.note(PAGES, "package-pages", &what, "it cannot be opened from here"),
                false => self.invalid(PAGES, "package-pages", what),
            }
        }
        if !whole {
            self.invalid(PAGES, "package-pages", "cannot be read to its end");
        }
    }

    fn missing(&mut self, place: &str, what: &str) {
        match self.complete {
            true => self.invalid(place, "package-form", what),
            false => self.note(place, "package-form", what, "a replay tool cannot open it"),
        }
    }
}

fn listed(resource: &Value) -> Listed {
    let records = resource["records"].as_u64();
    match resource["hash"].as_str() {
        Some(hash) => Listed { hash: sha256(hash), bytes: resource["bytes"].as_u64(), records },
        // Version 1.0.0: the hash stands without its algorithm, which has a key of its own.
        None => {
            let algorithm = resource["hashing"].as_str().unwrap_or("sha256");
            let hash = resource["stats"]["hash"].as_str().unwrap_or_default();
            let hash = sha256(&format!("{algorithm}:{hash}"));
            Listed { hash, bytes: resource["stats"]["bytes"].as_u64(), records }
        }
    }
}

/// Hands over the lines of a file, plain or packed; `false` where it breaks off.
fn each_line(package: &Package, entry: &PackageEntry, each: &mut dyn FnMut(&str)) -> bool {
    const LONGEST: usize = 4 * 1024 * 1024;
    let Ok(source) = package.source(entry) else { return false };
    let mut decoded = Decoded::new(source);
    let mut line = Vec::new();
    loop {
        let bytes = decoded.fill();
        if bytes.is_empty() {
            if decoded.next_member() {
                continue;
            }
            break;
        }
        let end = memchr::memchr(b'\n', bytes);
        let taken = end.map_or(bytes.len(), |end| end + 1);
        line.extend_from_slice(&bytes[..taken]);
        decoded.consume(taken);
        if line.len() > LONGEST {
            return false;
        }
        if end.is_some() {
            each(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']));
            line.clear();
        }
    }
    if !line.is_empty() {
        each(&String::from_utf8_lossy(&line));
    }
    decoded.trouble().is_none()
}

/// `sha256:` and 64 hex digits.
fn sha256(text: &str) -> Option<Digest> {
    Digest::from_hex(text.strip_prefix("sha256:").or_else(|| text.strip_prefix("sha-256:"))?)
}
