//! Some records of an archive, written out into a WARC of their own.
//!
//! A dossier shows what it cites and nothing else, so its evidence is built up
//! record by record. Header and block of a record stay byte for byte what they
//! are; only the container is new: one gzip member each, whatever held them.
//! A payload that may not be handed on as it is (a photo that says where it was
//! taken) is replaced by a copy, in a `conversion` record that says of which.

use crate::case::reader::ArchiveReader;
use crate::error::ArchiveError;
use crate::package::entries::walk_of;
use crate::warc::coding::Limits;
use crate::warc::head::Head;
use crate::warc::payload::{Payload, payload};
use crate::warc::records::{Records, Step};
use crate::warc::write::{NewRecord, RECORD_END, header, pack_into, plain, record_id, warcinfo};
use plainsight_model::{Complaint, ComplaintKind, Digest, RecordPlace};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Read as _};
use std::path::Path;

/// What [`pick`] wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// Records, the `warcinfo` in front among them.
    pub records: u64,
    /// Places that could not be found, and records that are damaged.
    pub complaints: Vec<Complaint>,
}

/// What is handed on of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// All of it, byte for byte.
    AsItIs,
    /// This copy in its stead.
    Instead(Vec<u8>),
    /// Nothing: the record stays out.
    Nothing,
}

/// Says of each payload what may be handed on of it.
pub type HandOn<'a> = dyn FnMut(&[u8]) -> Handed + 'a;

/// Writes the records at `places` into a new WARC at `path`, with what belongs
/// to each: its request and metadata (`WARC-Concurrent-To`, either way), and
/// for a revisit the record that it refers to. In the order of the archive; of
/// records with one id the first is taken. The same archive, places and `date`
/// (of the `warcinfo`, RFC 3339 with `Z`) give the same bytes. `hand_on` is asked
/// of each payload; what it changes or keeps back is a complaint.
///
/// An ARC record becomes a WARC `response` with the same block.
pub fn pick(
    archive: &ArchiveReader,
    places: &[RecordPlace],
    date: &str,
    path: &Path,
    hand_on: &mut HandOn<'_>,
) -> Result<Picked, ArchiveError> {
    let mut picked = Picked::default();
    let mut wanted = Wanted::default();
    for place in places {
        match archive.locate(place) {
            Ok(place) => wanted.ask(&place),
            Err(why) => picked.complain(why.to_string(), &place.file),
        }
    }
    for file in wanted.files() {
        each_record(archive, &file, &mut |records, head| wanted.look(&file, records, head))?;
    }
    let output = File::create(path).map_err(ArchiveError::io(path))?;
    let mut output = BufWriter::new(output);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let info = warcinfo(derived_id(&[date, &name]), date, &name)?;
    pack_into(&mut output, &mut &info[..]).map_err(ArchiveError::io(path))?;
    picked.records = 1;
    let mut ids = BTreeSet::new();
    // What a revisit refers to may lie in any file.
    let files = if wanted.referred.is_empty() { wanted.files() } else { archive.files()? };
    for file in files {
        let mut changed = changed(archive, &file, &wanted, hand_on)?;
        each_record(archive, &file, &mut |records, head| {
            if !wanted.takes(&file, head) || head.id().is_some_and(|id| !ids.insert(id.to_owned())) {
                return Ok(());
            }
            if let Some(copy) = changed.remove(&head.offset) {
                picked.note(copy.is_some(), &head.name());
                let Some(copy) = copy else { return Ok(()) };
                picked.records += 1;
                let copy = conversion(&file, head, &copy)?;
                return pack_into(&mut output, &mut &copy[..]).map_err(ArchiveError::io(path));
            }
            let header = match wanted.of_arc.get(&(file.clone(), head.offset)) {
                Some((sha256, length)) => arc_header(&file, head, sha256, *length)?,
                None => head.header.clone(),
            };
            let mut record = header.chain(&mut *records).chain(RECORD_END);
            pack_into(&mut output, &mut record).map_err(ArchiveError::io(path))?;
            picked.records += 1;
            if !records.finish().whole {
                picked.complain("a record that is damaged or cut: taken as it is".into(), &head.name());
            }
            Ok(())
        })?;
    }
    let file = output.into_inner().map_err(|error| ArchiveError::io(path)(error.into_error()))?;
    file.sync_all().map_err(ArchiveError::io(path))?;
    Ok(picked)
}

impl Picked {
    fn complain(&mut self, what: String, place: &str) {
        self.complaints.push(Complaint::new(ComplaintKind::Damaged, what, place));
    }

    fn note(&mut self, copied: bool, place: &str) {
        let what = if copied {
            "handed on as a copy without what must not be published, such as where a photo was taken; the archive keeps the original"
        } else {
            "not handed on: it holds what must not be published, such as where a photo was taken, and that cannot be taken out; the archive keeps it"
        };
        self.complaints.push(Complaint::new(ComplaintKind::Note, what, place));
    }
}

/// The records of a file whose payloads are not handed on as they are, by their offsets: a copy, or nothing.
fn changed(
    archive: &ArchiveReader,
    file: &str,
    wanted: &Wanted,
    hand_on: &mut HandOn<'_>,
) -> Result<BTreeMap<u64, Option<Payload>>, ArchiveError> {
    let mut out = BTreeMap::new();
    each_record(archive, file, &mut |records, head| {
        let holds = ["response", "resource", "conversion"].iter().any(|kind| head.is(kind));
        if !holds || !wanted.takes(file, head) {
            return Ok(());
        }
        // A payload that nobody can unpack shows nothing either.
        let Ok(mut payload) = payload(records, head, &Limits::default()) else { return Ok(()) };
        match hand_on(&payload.bytes) {
            Handed::AsItIs => None,
            Handed::Instead(copy) => {
                payload.bytes = copy;
                out.insert(head.offset, Some(payload))
            }
            Handed::Nothing => out.insert(head.offset, None),
        };
        Ok(())
    })?;
    Ok(out)
}

/// A `conversion` record (WARC 1.1, section 6.7) of a copy.
fn conversion(file: &str, head: &Head, copy: &Payload) -> Result<Vec<u8>, ArchiveError> {
    let uri = head.uri().unwrap_or_default();
    plain(&NewRecord {
        kind: "conversion",
        id: derived_id(&[file, &head.offset.to_string(), &Digest::of(&copy.bytes).hex()]),
        date: head.date().unwrap_or("1970-01-01T00:00:00Z"),
        uri: Some(&uri),
        media_type: copy.media_type.as_deref(),
        more: head.id().map(|id| ("WARC-Refers-To", id.to_owned())).into_iter().collect(),
        block: &copy.bytes,
    })
}

/// Which records are taken.
#[derive(Default)]
struct Wanted {
    /// Offsets asked for, by file.
    asked: BTreeMap<String, BTreeSet<u64>>,
    /// Ids of the records asked for and of what they say belongs to them.
    ids: BTreeSet<String>,
    /// Ids of the records asked for.
    own: BTreeSet<String>,
    /// What revisits refer to: an id, or address and moment.
    referred: BTreeSet<String>,
    /// SHA-256 and length of the blocks of ARC records.
    of_arc: BTreeMap<(String, u64), ([u8; 32], u64)>,
}

impl Wanted {
    fn ask(&mut self, place: &RecordPlace) {
        self.asked.entry(place.file.clone()).or_default().insert(place.offset);
    }

    fn files(&self) -> Vec<String> {
        self.asked.keys().cloned().collect()
    }

    fn is_asked(&self, file: &str, head: &Head) -> bool {
        self.asked.get(file).is_some_and(|offsets| offsets.contains(&head.offset))
    }

    /// Learns from a record that was asked for what else is needed.
    fn look(&mut self, file: &str, records: &mut Records, head: &Head) -> Result<(), ArchiveError> {
        if !self.is_asked(file, head) {
            return Ok(());
        }
        if head.arc {
            let (mut hash, mut length) = (Sha256::new(), 0);
            loop {
                let here = records.block();
                if here.is_empty() {
                    break;
                }
                hash.update(here);
                let taken = here.len();
                length += taken as u64;
                records.consume_block(taken);
            }
            self.of_arc.insert((file.to_owned(), head.offset), (hash.finalize().into(), length));
        }
        let ids = head.id().into_iter().chain(head.fields.all("WARC-Concurrent-To"));
        self.ids.extend(ids.map(str::to_owned));
        self.own.extend(head.id().map(str::to_owned));
        if head.is("revisit") {
            let field = |name| head.fields.get(name);
            self.referred.extend(field("WARC-Refers-To").map(str::to_owned));
            let (uri, date) = (field("WARC-Refers-To-Target-URI"), field("WARC-Refers-To-Date"));
            self.referred.extend(uri.zip(date).map(|(uri, date)| format!("{uri} {date}")));
        }
        Ok(())
    }

    fn takes(&self, file: &str, head: &Head) -> bool {
        let of_own = |id: &str| self.own.contains(id);
        self.is_asked(file, head)
            || head.id().is_some_and(|id| self.ids.contains(id) || self.referred.contains(id))
            || head.fields.all("WARC-Concurrent-To").any(of_own)
            || (head.is("metadata") && head.fields.get("WARC-Refers-To").is_some_and(of_own))
            || self.is_original(head)
    }

    fn is_original(&self, head: &Head) -> bool {
        let Some((uri, date)) = head.uri().zip(head.date()) else { return false };
        head.is("response") && self.referred.contains(&format!("{uri} {date}"))
    }
}

/// Hands over every record of a file. Damage between records is passed by: it
/// is in none of them.
fn each_record(
    archive: &ArchiveReader,
    file: &str,
    each: &mut dyn FnMut(&mut Records, &Head) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let Ok(mut records) = walk_of(archive.folder(), file) else { return Ok(()) };
    loop {
        match records.next() {
            Step::End => return Ok(()),
            Step::Damage(_) => {}
            Step::Record(head) => each(&mut records, &head)?,
        }
    }
}

fn arc_header(file: &str, head: &Head, sha256: &[u8; 32], length: u64) -> Result<Vec<u8>, ArchiveError> {
    let uri = head.uri().unwrap_or_default();
    let date = head.date().unwrap_or("1970-01-01T00:00:00Z");
    // An ARC has HTTP responses of http addresses, and bare bytes of the others.
    let media_type = match uri.starts_with("http") {
        true => "application/http; msgtype=response",
        false => head.fields.get("Content-Type").unwrap_or("application/octet-stream"),
    };
    let record = NewRecord {
        kind: if uri.starts_with("http") { "response" } else { "resource" },
        id: derived_id(&[file, &head.offset.to_string(), &Digest(*sha256).hex()]),
        date,
        uri: Some(&uri),
        media_type: Some(media_type),
        more: Vec::new(),
        block: b"",
    };
    header(&record, sha256, length)
}

/// An id that is the same each time: out of what the record is made of.
fn derived_id(parts: &[&str]) -> String {
    let hash = Digest::of(parts.join("\n").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.0[..16]);
    record_id(bytes)
}
