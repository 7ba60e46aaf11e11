//! `add`: what people hand over becomes captures.
//!
//! A WARC, ARC or WACZ is kept as the file it is; every other file becomes one
//! `resource` record of ours; the members of a ZIP are taken one by one and the
//! ZIP itself is never kept. What looks like private correspondence is refused
//! and leaves no byte, name or digest behind.

use crate::case::Case;
use crate::error::{At, CaseError};
use crate::fetch::{Earlier, Fetching};
use crate::progress::Progress;
use crate::views::AddRow;
use plainsight_archive::{Container, EntryKind, Resource};
use plainsight_model::{Capture, CaptureId, Complaint, ComplaintKind, Digest, DocumentId, How};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path};

/// How things are added.
#[derive(Clone, Debug, Default)]
pub struct AddOptions {
    /// The person says that private-looking material may be kept and cited.
    pub public: bool,
    /// The site it stands on, as the person names it.
    pub site: Option<String>,
    /// Only say what would happen.
    pub dry_run: bool,
    /// Who adds.
    pub author: String,
    /// How addresses are fetched; without it they are refused.
    pub fetching: Option<Fetching>,
}

/// A single file that is not an archive: 512 MiB, the bound of one record's payload.
const MOST_BYTES: u64 = 512 << 20;

/// Members of a ZIP, and bytes that come out of all of them.
const MOST_MEMBERS: usize = 100_000;

/// Addresses that are followed of all sitemaps and feeds of one `add`; one
/// sitemap alone may have 50,000 (sitemaps.org, protocol 0.9).
const MOST_NAMED: usize = 10_000;

/// Bytes kept back before they are written with one wait for the disk.
const BATCH_BYTES: usize = 32 << 20;

/// Files kept back likewise.
const BATCH_FILES: usize = 64;

/// Unpacked bytes of a gzip file in which private things are looked for: 1 MiB bounds a bomb.
const PRIVATE_HEAD: u64 = 1 << 20;

/// A file that waits to be written.
struct Waiting {
    name: String,
    bytes: Vec<u8>,
    row: usize,
}

/// The state of one `add`.
pub(crate) struct Adding<'a> {
    pub(crate) options: &'a AddOptions,
    pub(crate) rows: Vec<AddRow>,
    waiting: Vec<Waiting>,
    held: usize,
    known: BTreeMap<(DocumentId, String), Capture>,
    /// Bodies of the ledger entries about refused addresses.
    pub(crate) refusals: Vec<serde_json::Value>,
    pub(crate) done: usize,
    /// What a person asked for in all, which tells an interrupted `add` from another.
    pub(crate) inputs: Vec<String>,
    /// Addresses that sitemaps and feeds named.
    named: usize,
    /// What is known of addresses; looked up with the first one.
    pub(crate) earlier: Option<Earlier>,
}

impl Case {
    /// Adds files, folders, WARC, ARC, WACZ and ZIP: a row an input, and one for each member that was refused.
    pub fn add(
        &mut self,
        inputs: &[String],
        options: &AddOptions,
        progress: &dyn Progress,
    ) -> Result<Vec<AddRow>, CaseError> {
        self.sync()?;
        let known =
            self.catalog.captures()?.into_iter().map(|c| ((c.document, c.source.clone()), c)).collect();
        let mut adding = Adding {
            options,
            rows: Vec::new(),
            waiting: Vec::new(),
            held: 0,
            known,
            refusals: Vec::new(),
            done: 0,
            inputs: inputs.to_vec(),
            named: 0,
            earlier: None,
        };
        for input in inputs {
            let row = adding.row_of(input);
            self.add_input(input, row, &mut adding, progress)?;
            if progress.cancelled() {
                self.flush(&mut adding, progress)?;
                return Err(CaseError::Cancelled);
            }
        }
        self.flush(&mut adding, progress)?;
        if let Some(earlier) = &adding.earlier {
            earlier.finish();
        }
        for row in &mut adding.rows {
            if row.status.is_empty() {
                row.status = if row.captures.is_empty() { "refused" } else { "known" }.to_owned();
                if row.captures.is_empty() {
                    let what = "nothing in it could be taken";
                    row.complaints.push(Complaint::new(ComplaintKind::Note, what, row.input.clone()));
                }
            }
        }
        if !options.dry_run {
            self.sync()?;
        }
        Ok(adding.rows)
    }

    fn add_input(
        &mut self,
        input: &str,
        row: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        if is_address(input) {
            return self.add_published(input, row, 0, adding, progress);
        }
        let path = Path::new(input);
        match std::fs::metadata(path) {
            Err(why) => {
                let complaint =
                    Complaint::new(ComplaintKind::Damaged, format!("cannot be read: {why}"), input)
                        .cure("check the path and who may read it");
                adding.refuse(row, input, complaint);
                Ok(())
            }
            Ok(meta) if meta.is_dir() => self.add_folder(path, row, adding, progress),
            Ok(_) => {
                let name =
                    path.file_name().map_or_else(|| input.to_owned(), |n| n.to_string_lossy().into_owned());
                self.add_file(path, &name, row, adding, progress)
            }
        }
    }

    fn add_folder(
        &mut self,
        folder: &Path,
        row: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let root = folder.canonicalize().at(folder)?;
        let walk = walkdir::WalkDir::new(folder).sort_by_file_name().follow_links(false);
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(why) => {
                    let place = why.path().map_or_else(String::new, |p| p.display().to_string());
                    let complaint = Complaint::new(
                        ComplaintKind::Damaged,
                        format!("cannot be read: {why}"),
                        place.clone(),
                    );
                    adding.refuse_member(&place, complaint.cure("check who may read it"));
                    continue;
                }
            };
            let name = entry
                .path()
                .strip_prefix(folder)
                .unwrap_or(entry.path())
                .to_string_lossy()
                .replace('\\', "/");
            if entry.file_type().is_dir() {
                continue;
            }
            if entry.file_type().is_symlink() {
                // A link in a folder from elsewhere may point at the keys of whoever adds it.
                let inside = entry
                    .path()
                    .canonicalize()
                    .is_ok_and(|target| target.starts_with(&root) && target.is_file());
                if !inside {
                    let what = "a link that leaves the folder is not followed";
                    adding.refuse_member(&name, Complaint::new(ComplaintKind::Bound, what, name.clone()));
                    continue;
                }
            } else if !entry.file_type().is_file() {
                continue;
            }
            self.add_file(entry.path(), &name, row, adding, progress)?;
            if progress.cancelled() {
                break;
            }
        }
        Ok(())
    }

    fn add_file(
        &mut self,
        path: &Path,
        name: &str,
        row: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let refuse = |adding: &mut Adding, why: String| {
            let complaint = Complaint::new(ComplaintKind::Damaged, why, name);
            adding.refuse_in(row, name, complaint.cure("check the file and who may read it"));
        };
        let container = match plainsight_archive::sniff(path) {
            Ok(container) => container,
            Err(why) => {
                refuse(adding, format!("cannot be read: {why}"));
                return Ok(());
            }
        };
        match container {
            Container::Warc | Container::Arc | Container::Wacz => self.receive(path, name, row, adding),
            Container::Zip => self.add_zip(path, name, row, adding, progress),
            _ => {
                let length = std::fs::metadata(path).map_or(0, |m| m.len());
                if length > MOST_BYTES {
                    refuse(adding, format!("{length} bytes are more than one file may have ({MOST_BYTES})"));
                    return Ok(());
                }
                match std::fs::read(path) {
                    Ok(bytes) => match crate::url_list::addresses(&bytes) {
                        Some(addresses) => self.add_list(&addresses, row, adding, progress),
                        None => self.take(name, bytes, row, adding, progress),
                    },
                    Err(why) => {
                        refuse(adding, format!("cannot be read: {why}"));
                        Ok(())
                    }
                }
            }
        }
    }

    /// Fetches an address; where it is a sitemap or a feed, what that names too, a row each.
    fn add_published(
        &mut self,
        address: &str,
        row: usize,
        depth: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        /// A list of sitemaps names sitemaps, which name pages.
        const DEEPEST: usize = 2;
        let named = self.add_address(address, depth == 0, row, adding)?;
        let Some(mut named) = named.filter(|_| depth < DEEPEST) else { return Ok(()) };
        let room = MOST_NAMED.saturating_sub(adding.named);
        let left_out = named.len().saturating_sub(room);
        named.truncate(room);
        adding.named += named.len();
        let missed = self.add_each(&named, depth + 1, adding, progress)?;
        let mut what =
            format!("it names {} addresses: {} had, {missed} refused", named.len(), named.len() - missed);
        if left_out > 0 {
            what.push_str(&format!("; {left_out} more were left out, one `add` follows {MOST_NAMED}"));
        }
        adding.rows[row].complaints.push(Complaint::new(ComplaintKind::Note, what, address));
        Ok(())
    }

    /// Fetches a list's addresses, a row each; the list itself is not kept.
    fn add_list(
        &mut self,
        addresses: &[String],
        row: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let missed = self.add_each(addresses, 0, adding, progress)?;
        let had = addresses.len() - missed;
        let list = &mut adding.rows[row];
        list.status = if had == 0 { "refused" } else { "added" }.into();
        let what = format!("a list of {} addresses: {had} had, {missed} refused", addresses.len());
        list.complaints.push(Complaint::new(ComplaintKind::Note, what, list.input.clone()));
        Ok(())
    }

    /// Fetches addresses one after the other, a row each; says how many were refused.
    fn add_each(
        &mut self,
        addresses: &[String],
        depth: usize,
        adding: &mut Adding,
        progress: &dyn Progress,
    ) -> Result<usize, CaseError> {
        let mut missed = 0;
        for (number, address) in addresses.iter().enumerate() {
            progress.stage("fetch", number, addresses.len(), missed);
            if progress.cancelled() {
                return Ok(missed);
            }
            let own = adding.row_of(address);
            self.add_published(address, own, depth, adding, progress)?;
            missed += usize::from(adding.rows[own].status == "refused");
        }
        progress.stage("fetch", addresses.len(), addresses.len(), missed);
        Ok(missed)
    }

    /// Keeps a WARC, ARC or WACZ as the file it is.
    fn receive(&mut self, path: &Path, name: &str, row: usize, adding: &mut Adding) -> Result<(), CaseError> {
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

    fn add_zip(
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
    fn receive_bytes(
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
    fn take(
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

    fn flush(&mut self, adding: &mut Adding, progress: &dyn Progress) -> Result<(), CaseError> {
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
    fn flush_now(&mut self, adding: &mut Adding) -> Result<(), CaseError> {
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

impl Adding<'_> {
    /// A row for an input of which nothing is known yet.
    fn row_of(&mut self, input: &str) -> usize {
        self.rows.push(AddRow {
            input: input.to_owned(),
            status: String::new(),
            captures: Vec::new(),
            documents: Vec::new(),
            complaints: Vec::new(),
        });
        self.rows.len() - 1
    }

    /// Refuses a whole input.
    fn refuse(&mut self, row: usize, _input: &str, complaint: Complaint) {
        self.rows[row].status = "refused".into();
        self.rows[row].complaints.push(complaint);
    }

    /// Refuses a file: the input's own row where it is the file itself, else a row of its own.
    fn refuse_in(&mut self, row: usize, name: &str, complaint: Complaint) {
        let input = &self.rows[row].input;
        let itself =
            input == name || Path::new(input).file_name().is_some_and(|n| n.to_string_lossy() == name);
        if itself { self.refuse(row, name, complaint) } else { self.refuse_member(name, complaint) }
    }

    /// Refuses a member of a folder or ZIP: a row of its own.
    fn refuse_member(&mut self, name: &str, complaint: Complaint) {
        self.rows.push(Case::refused(name, complaint));
    }
}

/// Tells whether a file looks private by what reading would see: without one layer of gzip.
///
/// Packed bytes are noise that may look like anything, and a packed chat is a chat all the same.
fn looks_private(name: &str, bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"\x1f\x8b") {
        return plainsight_read::private_kind(name, bytes).is_some();
    }
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    let mut head = Vec::new();
    // Whatever unpacks before the damage is looked at; reading complains about the rest.
    let _ = flate2::read::MultiGzDecoder::new(bytes).take(PRIVATE_HEAD).read_to_end(&mut head);
    plainsight_read::private_kind(inner, &head).is_some()
}

/// An argument that begins with a scheme and a colon is an address, never a path.
pub(crate) fn is_address(input: &str) -> bool {
    let Some((scheme, _)) = input.split_once(':') else { return false };
    let mut letters = scheme.chars();
    // One letter is a drive of Windows.
    scheme.len() > 1
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Names of archives that would leave the folder they are unpacked to.
fn leaves(name: &str) -> bool {
    name.contains('\0')
        || name.starts_with(['/', '\\'])
        || name.contains(":\\")
        || Path::new(&name.replace('\\', "/"))
            .components()
            .any(|c| matches!(c, Component::ParentDir | Component::RootDir))
}

/// `file:///` and the name, percent-encoded: no path of the machine goes into the archive.
fn file_uri(name: &str) -> String {
    let mut out = "file:///".to_owned();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// The media type that a file's ending stands for; reading looks at the bytes all the same.
fn media_type(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let ending = name.rsplit('.').next()?;
    Some(match ending {
        "html" | "htm" => "text/html",
        "xhtml" => "application/xhtml+xml",
        "txt" => "text/plain",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "heic" => "image/heic",
        "avif" => "image/avif",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "ogg" | "opus" => "audio/ogg",
        "flac" => "audio/flac",
        "mp4" | "m4v" => "video/mp4",
        "mov" => "video/quicktime",
        "webm" => "video/webm",
        "mkv" => "video/x-matroska",
        "avi" => "video/x-msvideo",
        "json" => "application/json",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "eml" => "message/rfc822",
        "mbox" => "application/mbox",
        "mht" | "mhtml" => "multipart/related",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "gz" => "application/gzip",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for address in ["https://a.example/", "gopher:x", "HTTP://A", "file:///etc/passwd"] {
            assert!(is_address(address), "{address}");
        }
        for path in ["page.html", "./a:b", "C:\\pages", "folder/a:b", "警:务"] {
            assert!(!is_address(path), "{path}");
        }
    }

    #[test]
    fn a_packed_file_is_judged_by_what_is_in_it() {
        let pack = |bytes: &[u8]| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut gzip, bytes).expect("memory takes all");
            gzip.finish().expect("memory takes all")
        };
        let chat = "12-05-2023 10:20 - Teun: ja\n12-05-2023 10:21 - 小舟: 好";
        assert!(looks_private("chat.txt.gz", &pack(chat.as_bytes())));
        assert!(looks_private("brief.eml.gz", &pack(b"")));
        assert!(!looks_private("pagina.html.gz", &pack(b"<html><p>Beste lezers")));
        // Noise behind the magic bytes whose lines have colons, as packed pages do by chance.
        assert!(!looks_private("pagina.html.gz", b"\x1f\x8b\x08a:\nb:\nc:\nd:\ne"));
    }

    #[test]
    fn names_that_leave_are_known() {
        for name in ["../x", "a/../../x", "/etc/passwd", "..\\x", "C:\\x", "a\0b"] {
            assert!(leaves(name), "{name}");
        }
        assert!(!leaves("a/..b/c.html"));
        assert_eq!(file_uri("乙/a b.html"), "file:///%E4%B9%99/a%20b.html");
    }
}
