//! The archived bytes of what is cited, as a package of their own.

use crate::case::Case;
use crate::error::CaseError;
use crate::views::{CaptureRow, CitedDocument, Publication};
use plainsight_archive::{
    ArchiveError, Handed, PackageKey, PackageText, PackageWriter, Page, hash_file, pick,
};
use plainsight_model::{Complaint, Digest, RecordPlace};
use plainsight_read::{Unlocated, without_position};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The WARC inside the package.
const INSIDE: &str = "evidence.warc.gz";

/// A package of evidence that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// SHA-256 of the package.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// Captures that could not be found, and records that are damaged.
    pub complaints: Vec<Complaint>,
}

impl Case {
    /// Writes every capture of the publication's documents that are named in
    /// `documents` (`doc-…`) into a WACZ at `path`, signed where a key is
    /// given. Records of other documents never come in. A picture that says
    /// where it was taken goes out as a copy that does not. The same case and
    /// names give the same bytes.
    pub fn evidence(
        &self,
        publication: &Publication,
        documents: &BTreeSet<&str>,
        path: &Path,
        key: Option<&PackageKey>,
    ) -> Result<Evidence, CaseError> {
        let cited = || publication.documents.iter().filter(|d| documents.contains(d.document.as_str()));
        let mut places: Vec<RecordPlace> = cited().flat_map(|d| &d.captures).map(place).collect();
        places.sort_by(|a, b| (&a.file, a.offset).cmp(&(&b.file, b.offset)));
        // The bytes must repeat, so the day is that of the ledger's head.
        let day = if publication.day.is_empty() { "1970-01-01" } else { &publication.day };
        let created = format!("{day}T00:00:00Z");
        let scratch = Scratch::beside(path)?;
        let warc = scratch.folder.join(INSIDE);
        let picked = pick(&self.reader, &places, &created, &warc, &mut hand_on)?;
        let draft = if publication.draft { "DRAFT: " } else { "" };
        let mut writer = PackageWriter::create(
            path,
            PackageText {
                title: Some(format!("{draft}{}", publication.name)),
                description: Some(format!(
                    "What case {} cites, up to entry {} of its ledger",
                    publication.case_id, publication.head_number
                )),
                created,
                main_page: None,
            },
        )?;
        writer.warc(INSIDE, &warc)?;
        for document in cited() {
            for capture in &document.captures {
                writer.page(&page(document, capture))?;
            }
        }
        let mut complaints = writer.finish(key)?.complaints;
        complaints.extend(picked.complaints);
        let bytes = std::fs::metadata(path).map_err(|why| ArchiveError::Io { path: path.to_owned(), why })?;
        Ok(Evidence { sha256: hash_file(path)?, bytes: bytes.len(), complaints })
    }
}

/// Where a photo was taken may be where somebody lives: it stays in the archive.
fn hand_on(payload: &[u8]) -> Handed {
    match without_position(payload) {
        Unlocated::AsItIs => Handed::AsItIs,
        Unlocated::Copy(copy) => Handed::Instead(copy),
        Unlocated::Cannot => Handed::Nothing,
    }
}

fn place(capture: &CaptureRow) -> RecordPlace {
    RecordPlace { file: capture.file.clone(), offset: capture.offset, record_id: capture.record.clone() }
}

fn page(document: &CitedDocument, capture: &CaptureRow) -> Page {
    Page { url: capture.uri.clone(), time: capture.date.clone(), title: document.title.clone() }
}

/// A folder beside the package, on the disk that has room for it; gone when dropped.
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn beside(path: &Path) -> Result<Self, CaseError> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".picking");
        let folder = path.with_file_name(name);
        let io = |why| ArchiveError::Io { path: folder.clone(), why };
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error).into()),
            _ => {}
        }
        std::fs::create_dir(&folder).map_err(io)?;
        Ok(Self { folder })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
