//! From a file to captures: archives stay the files they are, a ZIP is taken member by member, all else is written.

use super::names::{file_uri, leaves, looks_private, media_type};
use super::{Adding, MOST_BYTES, Waiting};
use crate::case::Case;
use crate::error::{At, CaseError};
use crate::progress::Progress;
use plainsight_archive::{Container, EntryKind, Resource};
use plainsight_model::{Capture, CaptureId, Complaint, ComplaintKind, Digest, DocumentId, How};
use std::io::Read;
use std::path::Path;

/// Members of a ZIP, and bytes that come out of all of them.
const MOST_MEMBERS: usize = 100_000;

/// Bytes kept back before they are written with one wait for the disk.
const BATCH_BYTES: usize = 32 << 20;

/// Files kept back likewise.
const BATCH_FILES: usize = 64;

impl Case {
    /// Keeps a WARC, ARC or WACZ as the file it is.
    pub(super) fn receive(
        &mut self,
        path: &Path,
        name: &str,
        row: usize,
        adding: &mut Adding,
    ) -> Result<(), CaseError> {
        self.flush_now(adding)?;
        let before: std::collections::BTreeSet<String> =
            self.catalog.captures()?.into_iter().map(|c| c.place.file).collect();
        if adding.options.dry_run {
            adding.rows[row].status = "added".into();
            return Ok(());
        }
        let now = self.clock.now();
        let (file, sha256) = self.archive()?.receive(path, name)?;
        let is_known = before.iter().any(|known| known == &file || known.starts_with(&format!("{file}!")));
        if !is_known {
            let body = serde_json::json!({
                "file": file, "source": name, "sha256": sha256.hex(), "time": now,
                "site": adding.options.site, "how": "received from",
            });
            self.chain.append(EntryKind::Import, &adding.options.author, &now, &body)?;
            self.sync()?;
        }
        let mut captures: Vec<Capture> = self
            .catalog
            .captures()?
            .into_iter()
            .filter(|c| c.place.file == file || c.place.file.starts_with(&format!("{file}!")))
            .collect();
        captures.sort_by_key(|c| (c.place.file.clone(), c.place.offset));
        let odd = self
            .catalog
            .input_complaints()?
            .into_iter()
            .filter(|(source, _)| source == name)
            .flat_map(|(_, c)| c);
        let row = &mut adding.rows[row];
        row.complaints.extend(odd);
        row.captures.extend(captures.iter().map(|c| c.id.to_string()));
        row.documents.extend(captures.iter().map(|c| c.document.to_string()));
        if row.status != "added" {
            row.status = if is_known { "known" } else { "added" }.into();
        }
        Ok(())
    }

    pub(super) fn add_zip(
        &mut self,
        path: &Path,
        name: &str,
        row: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let file = std::fs::File::open(path).at(path)?;
        let mut zip = match zip::ZipArchive::new(file) {
            Ok(zip) => zip,
            Err(why) => {
                let complaint =
                    Complaint::new(ComplaintKind::Damaged, format!("no readable ZIP: {why}"), name);
                adding.refuse_in(row, name, complaint);
                return Ok(());
            }
        };
        if zip.len() > MOST_MEMBERS {
            let what = format!("{} members are more than a ZIP may have ({MOST_MEMBERS})", zip.len());
            adding.refuse_in(row, name, Complaint::new(ComplaintKind::Bound, what, name));
            return Ok(());
        }
        let mut left = MOST_BYTES;
        for number in 0..zip.len() {
            let mut member = match zip.by_index(number) {
                Ok(member) => member,
                Err(why) => {
                    let complaint = Complaint::new(
                        ComplaintKind::Damaged,
                        format!("cannot be read: {why}"),
                        format!("member {number}"),
                    );
                    adding.refuse_member(name, complaint);
                    continue;
                }
            };
            let inner = member.name().map_or_else(|_| format!("member {number}"), |name| name.into_owned());
            if member.is_dir() {
                continue;
            }
            // The name is only a label here; it is refused all the same, for a person to see.
            if leaves(&inner) || member.is_symlink() {
                let what = "a name or link that leaves the archive is not taken";
                adding.refuse_member(&inner, Complaint::new(ComplaintKind::Bound, what, name));
                continue;
            }
            let mut bytes = Vec::new();
            let read = (&mut member).take(left + 1).read_to_end(&mut bytes);
            if let Err(why) = read {
                let complaint =
                    Complaint::new(ComplaintKind::Damaged, format!("cannot be unpacked: {why}"), name);
                adding.refuse_member(&inner, complaint);
                continue;
            }
            if bytes.len() as u64 > left {
                let what = format!("the ZIP unpacks to more than {MOST_BYTES} bytes; the rest was not taken");
                adding.refuse_member(&inner, Complaint::new(ComplaintKind::Bound, what, name));
                break;
            }
            left -= bytes.len() as u64;
            drop(member);
            match plainsight_archive::sniff_bytes(&bytes[..bytes.len().min(4096)]) {
                Container::Warc | Container::Arc => self.receive_bytes(&bytes, &inner, row, adding)?,
                _ => self.take(&inner, bytes, row, adding, progress)?,
            }
        }
        Ok(())
    }

    /// Keeps an archive that lay inside a ZIP, through a file beside the archive.
    pub(super) fn receive_bytes(
        &mut self,
        bytes: &[u8],
        name: &str,
        row: usize,
        adding: &mut Adding,
    ) -> Result<(), CaseError> {
        let beside = self.dir().join("derived/unpacked.part");
        std::fs::write(&beside, bytes).at(&beside)?;
        let received = self.receive(&beside, name, row, adding);
        std::fs::remove_file(&beside).at(&beside)?;
        received
    }

    /// Takes one file's bytes, unless they look private or are known.
    pub(super) fn take(
        &mut self,
        name: &str,
        bytes: Vec<u8>,
        row: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        if !adding.options.public && looks_private(name, &bytes) {
            let what = "this looks like private correspondence; if you may keep and cite it, say --public; \
                        this version has no vault; keep testimony out of the case";
            adding.refuse_in(row, name, Complaint::new(ComplaintKind::Note, what, name));
            return Ok(());
        }
        if bytes.is_empty() {
            let complaint = Complaint::new(ComplaintKind::Note, "the file is empty", name);
            adding.rows[row].complaints.push(complaint);
        }
        let document = DocumentId::of_payload(&bytes);
        if let Some(known) = adding.known.get(&(document, name.to_owned())) {
            let (capture, document) = (known.id.to_string(), known.document.to_string());
            adding.rows[row].captures.push(capture);
            adding.rows[row].documents.push(document);
            return Ok(());
        }
        adding.held += bytes.len();
        adding.waiting.push(Waiting { name: name.to_owned(), bytes, row });
        if adding.held >= BATCH_BYTES || adding.waiting.len() >= BATCH_FILES {
            self.flush(adding, progress)?;
        }
        Ok(())
    }

    pub(super) fn flush(&mut self, adding: &mut Adding, progress: &dyn Progress) -> Result<(), CaseError> {
        self.flush_now(adding)?;
        let refusals = std::mem::take(&mut adding.refusals);
        if !adding.options.dry_run && !refusals.is_empty() {
            let now = self.clock.now();
            self.chain.append_all(EntryKind::Refusal, &adding.options.author, &now, &refusals)?;
        }
        progress.stage("add", adding.done, adding.done, adding.rows.iter().map(|r| r.complaints.len()).sum());
        Ok(())
    }

    /// Writes what waits: first the records, then their ledger entries; only then is anything acknowledged.
    pub(super) fn flush_now(&mut self, adding: &mut Adding) -> Result<(), CaseError> {
        let waiting = std::mem::take(&mut adding.waiting);
        adding.held = 0;
        if waiting.is_empty() {
            return Ok(());
        }
        if adding.options.dry_run {
            for file in &waiting {
                adding.rows[file.row].status = "added".into();
                adding.rows[file.row].documents.push(DocumentId::of_payload(&file.bytes).to_string());
            }
            return Ok(());
        }
        let now = self.clock.now();
        let uris: Vec<String> = waiting.iter().map(|file| file_uri(&file.name)).collect();
        let resources: Vec<Resource> = waiting
            .iter()
            .zip(&uris)
            .map(|(file, uri)| Resource {
                bytes: &file.bytes,
                uri,
                media_type: media_type(&file.name),
                date: &now,
            })
            .collect();
        let places = self.archive()?.put_all(&resources)?;
        let mut bodies = Vec::new();
        for ((file, uri), place) in waiting.iter().zip(&uris).zip(places) {
            let document = DocumentId::of_payload(&file.bytes);
            let capture = Capture {
                id: CaptureId::of(&document, uri, &now),
                document,
                payload: Digest::of(&file.bytes),
                length: file.bytes.len() as u64,
                uri: uri.clone(),
                date: now.clone(),
                media_type: media_type(&file.name).map(str::to_owned),
                how: How::Imported,
                source: file.name.clone(),
                site: adding.options.site.clone(),
                place,
            };
            bodies.push(serde_json::to_value(&capture)?);
            let row = &mut adding.rows[file.row];
            row.status = "added".into();
            row.captures.push(capture.id.to_string());
            row.documents.push(capture.document.to_string());
            adding.known.insert((document, file.name.clone()), capture);
            adding.done += 1;
        }
        self.chain.append_all(EntryKind::Capture, &adding.options.author, &now, &bodies)?;
        Ok(())
    }
}
