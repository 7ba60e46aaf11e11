//! Reading a case's archive: by place, without a lock.

use crate::case::folder::{LOCK, RECEIVED};
use crate::error::ArchiveError;
use crate::package::entries::walk_of;
use crate::warc::coding::Limits;
use crate::warc::head::Head;
use crate::warc::payload::payload;
use crate::warc::records::{Records, Step};
use plainsight_model::RecordPlace;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A record as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordBytes {
    /// `WARC-Type`; for ARC `arc_header` or `response`.
    pub kind: String,
    /// The header's fields in their order.
    pub fields: Vec<(String, String)>,
    /// The block, HTTP header included.
    pub block: Vec<u8>,
}

/// Reads a case's archive. Takes no lock and changes nothing.
#[derive(Clone, Debug)]
pub struct ArchiveReader {
    folder: PathBuf,
}

impl ArchiveReader {
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads the archive in a folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Where a file lies that [`Self::files`] named.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The archive's files relative to its folder, with `/`, sorted: ours, then the received.
    pub fn files(&self) -> Result<Vec<String>, ArchiveError> {
        let mut files = Vec::new();
        for (folder, prefix) in [(self.folder.clone(), ""), (self.folder.join(RECEIVED), "received/")] {
            let mut here = Vec::new();
            for entry in std::fs::read_dir(&folder).map_err(ArchiveError::io(&folder))? {
                let entry = entry.map_err(ArchiveError::io(&folder))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let is_file = entry.file_type().map_err(ArchiveError::io(&folder))?.is_file();
                if is_file && name != LOCK && !name.ends_with(".new") {
                    here.push(format!("{prefix}{name}"));
                }
            }
            here.sort();
            files.append(&mut here);
        }
        Ok(files)
    }

    /// The record at a place, its block as it stands.
    pub fn record(&self, place: &RecordPlace) -> Result<RecordBytes, ArchiveError> {
        let (mut records, head, file) = self.find(place)?;
        let mut block = Vec::new();
        let limits = Limits::default();
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(got) = records.read(&mut buffer) {
            if got == 0 {
                break;
            }
            block.extend_from_slice(&buffer[..got]);
            if let Some(why) = limits.refuse(block.len() as u64, records.raw_used()) {
                return Err(ArchiveError::Payload { file, record: head.name(), why });
            }
        }
        let fields = head.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(RecordBytes { kind: head.kind.unwrap_or_default(), fields, block })
    }

    /// The payload of the record at a place, without transfer and content coding.
    pub fn payload(&self, place: &RecordPlace) -> Result<Vec<u8>, ArchiveError> {
        let (mut records, head, file) = self.find(place)?;
        let failed = |why| ArchiveError::Payload { file: file.clone(), record: head.name(), why };
        let payload = payload(&mut records, &head, &Limits::default()).map_err(failed)?;
        if !records.finish().whole {
            return Err(failed("the record is damaged or cut".into()));
        }
        Ok(payload.bytes)
    }

    /// Where a record stands now: forgetting another one may have moved it.
    pub fn locate(&self, place: &RecordPlace) -> Result<RecordPlace, ArchiveError> {
        let (_, head, file) = self.find(place)?;
        Ok(RecordPlace { file, offset: head.offset, record_id: place.record_id.clone() })
    }

    /// Stands in the record: at its place, or wherever its id stands since a
    /// file of the archive was rewritten.
    fn find(&self, place: &RecordPlace) -> Result<(Records, Head, String), ArchiveError> {
        if let Some((records, head)) = self.stand(place) {
            if crate::case::tombstone::is_in_arc(&head) {
                let record = head.name();
                return Err(ArchiveError::Forgotten { file: place.file.clone(), record });
            }
            return Ok((records, head, place.file.clone()));
        }
        let no_record = || ArchiveError::NoRecord {
            file: place.file.clone(),
            offset: place.offset,
            record: place.record_id.clone(),
        };
        if place.record_id.is_empty() {
            return Err(no_record());
        }
        for file in self.heirs(&place.file)? {
            let Ok(mut records) = walk_of(&self.folder, &file) else { continue };
            loop {
                match records.next() {
                    Step::End => break,
                    Step::Damage(_) => {}
                    Step::Record(head) if head.id() == Some(&place.record_id) => {
                        return Ok((records, *head, file));
                    }
                    Step::Record(head) if crate::case::tombstone::is_of(&head, &place.record_id) => {
                        return Err(ArchiveError::Forgotten { file, record: place.record_id.clone() });
                    }
                    Step::Record(_) => {}
                }
            }
        }
        Err(no_record())
    }

    /// Stands in the record at a place, if it is still there.
    fn stand(&self, place: &RecordPlace) -> Option<(Records, Head)> {
        let is_it = |head: &Head| head.offset == place.offset && head.key() == place.record_id;
        let mut records = walk_of(&self.folder, &place.file).ok()?;
        if records.go_to(place.offset) {
            // Several records may stand in the one member that begins there.
            loop {
                match records.next() {
                    Step::Record(head) if is_it(&head) => return Some((records, *head)),
                    Step::Record(head) if head.offset == place.offset => {}
                    Step::Damage(damage) if damage.at == place.offset => {}
                    _ => return None,
                }
            }
        }
        // A deflated entry of a package cannot be entered in its middle: it is walked up to the place.
        let mut records = walk_of(&self.folder, &place.file).ok()?;
        loop {
            match records.next() {
                Step::End => return None,
                Step::Record(head) if is_it(&head) => return Some((records, *head)),
                _ => {}
            }
        }
    }

    /// The files that hold today what was received as `file`: itself, or what
    /// it was turned into when something in it was forgotten; none if it is gone.
    pub fn heirs(&self, file: &str) -> Result<Vec<String>, ArchiveError> {
        let outer = file.split_once("!/").map_or(file, |(outer, _)| outer);
        if self.folder.join(outer).exists() {
            return Ok(vec![file.to_owned()]);
        }
        let family = crate::case::forget::family(outer);
        Ok(self.files()?.into_iter().filter(|name| crate::case::forget::family(name) == family).collect())
    }
}
