//! The records of a package's WARCs, held against what its index, its pages
//! and its own revisits say of them.
//!
//! A record is kept as some forty bytes, so that a package of gigabytes is
//! checked in little memory; two records that meet in eight bytes of hash
//! would hide no more than a wrong line of an index.

use crate::package::cdxj::{is_listed, time_of};
use crate::warc::digest::{Claimed, claimed};
use crate::warc::head::Head;
use crate::warc::list::Row;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// One record, as far as an index can speak of it.
struct Known {
    offset: u64,
    length: u64,
    length_in_index: u64,
    /// Of its address and its moment.
    name: u64,
    /// Of the payload digest that its header claims; 0 where there is none.
    digest: u64,
    algorithm: u8,
    listed: bool,
}

/// A revisit that waits for its original.
struct Revisit {
    place: String,
    id: Option<String>,
    digest: u64,
    refers: u64,
    refers_id: u64,
}

/// The records of all WARCs of a package.
#[derive(Default)]
pub(crate) struct Records {
    files: BTreeMap<String, Vec<Known>>,
    /// Payload digests, names and ids of records that hold a payload.
    originals: HashSet<u64>,
    /// Addresses alone, for the list of pages.
    addresses: HashSet<u64>,
    revisits: Vec<Revisit>,
}

fn short(parts: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

fn name(address: &str, time: &str) -> u64 {
    short(&("name", bare(address), time))
}

/// An address as indexes and lists of pages may write it: without its
/// fragment, and with its spaces escaped.
fn bare(address: &str) -> Cow<'_, str> {
    let bare = address.split('#').next().unwrap_or_default();
    if bare.contains(' ') { Cow::Owned(bare.replace(' ', "%20")) } else { Cow::Borrowed(bare) }
}

/// One number for a digest in whatever spelling, and one for its algorithm; 0
/// for none that can be read.
fn digest(value: Option<&str>) -> (u64, u8) {
    match value.map(claimed) {
        Some(Claimed::Known(algorithm, bytes)) => {
            (short(&("digest", algorithm as u8, bytes)), 1 + algorithm as u8)
        }
        _ => (0, 0),
    }
}

impl Records {
    /// Takes a record of `archive/FILE`.
    pub(crate) fn take(&mut self, file: &str, head: &Head, row: &Row, length_in_index: u64) {
        let address = head.uri().unwrap_or_default();
        let time = head.date().and_then(time_of).unwrap_or_default();
        let (digest, algorithm) = digest(head.fields.get("WARC-Payload-Digest"));
        let known = Known {
            offset: row.offset,
            length: row.length,
            length_in_index,
            name: name(&address, &time),
            digest,
            algorithm,
            listed: !is_expected(head, &address),
        };
        if head.is("revisit") {
            let field = |name: &str| head.fields.get(name);
            let refers =
                field("WARC-Refers-To-Target-URI").zip(field("WARC-Refers-To-Date").and_then(time_of));
            self.revisits.push(Revisit {
                place: format!("archive/{file}, byte {}", row.offset),
                id: row.id.clone(),
                digest: known.digest,
                refers: refers.map_or(0, |(address, time)| self::name(address, &time)),
                refers_id: field("WARC-Refers-To").map_or(0, |id| short(&("id", id))),
            });
        } else if !["request", "warcinfo", "metadata"].iter().any(|kind| head.is(kind)) {
            self.originals.extend([known.digest, known.name].into_iter().filter(|&hash| hash != 0));
            self.originals.extend(row.id.as_ref().map(|id| short(&("id", id.as_str()))));
        }
        self.addresses.insert(short(&("address", bare(&address))));
        self.files.entry(file.to_owned()).or_default().push(known);
    }

    /// Whether no WARC has a record.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many records a WARC has.
    pub(crate) fn count(&self, file: &str) -> u64 {
        self.files.get(file).map_or(0, |records| records.len() as u64)
    }

    /// Says what is wrong with a line of an index; a line that is none is passed over.
    pub(crate) fn fault_of_line(&mut self, line: &str) -> Option<String> {
        let (start, json) = line.split_at(line.find('{')?);
        let entry: Value = serde_json::from_str(json).ok()?;
        let (file, offset) = (entry["filename"].as_str()?, number(&entry["offset"])?);
        let base = file.strip_prefix("archive/").unwrap_or(file);
        let lost = || Some(format!("leads to byte {offset} of {base}, where no record begins"));
        let last = base.rsplit('/').next().unwrap_or_default();
        let records = match self.files.contains_key(base) {
            true => self.files.get_mut(base),
            false => self.files.get_mut(last),
        };
        let Some(records) = records else { return lost() };
        let Ok(at) = records.binary_search_by_key(&offset, |known| known.offset) else { return lost() };
        let known = &mut records[at];
        known.listed = true;
        if number(&entry["length"])
            .is_some_and(|length| length != known.length && length != known.length_in_index)
        {
            return Some(format!("gives the record at byte {offset} of {base} another length"));
        }
        // Some write the fraction of the second too.
        let time = start.split_whitespace().nth(1).unwrap_or_default();
        let time = time.get(..14).unwrap_or(time);
        if entry["url"].as_str().is_some_and(|url| name(url, time) != known.name) {
            return Some(format!("gives the record at byte {offset} of {base} another address or moment"));
        }
        // An index may hold a digest of its own making, in another algorithm.
        let (said, algorithm) = digest(entry["digest"].as_str());
        if said != 0 && algorithm == known.algorithm && said != known.digest {
            return Some(format!("gives the record at byte {offset} of {base} another payload digest"));
        }
        None
    }

    /// Captures that no line of an index led to.
    pub(crate) fn unlisted(&self) -> u64 {
        self.files.values().flatten().filter(|known| !known.listed).count() as u64
    }

    /// Whether some record has the address.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.addresses.contains(&short(&("address", bare(address))))
    }

    /// The revisits whose original is not in the package: place and record id.
    pub(crate) fn orphans(&self) -> Vec<(String, Option<String>)> {
        let here = |revisit: &&Revisit| {
            ![revisit.digest, revisit.refers, revisit.refers_id]
                .iter()
                .any(|hash| *hash != 0 && self.originals.contains(hash))
        };
        self.revisits.iter().filter(here).map(|revisit| (revisit.place.clone(), revisit.id.clone())).collect()
    }
}

/// Whether every index of the field would list it: a capture of the web.
fn is_expected(head: &Head, address: &str) -> bool {
    is_listed(head) && !head.is("metadata") && address.starts_with("http")
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
