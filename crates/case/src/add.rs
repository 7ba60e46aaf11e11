//! `add`: what people hand over becomes captures.
//!
//! A WARC, ARC or WACZ is kept as the file it is; every other file becomes one
//! `resource` record of ours; the members of a ZIP are taken one by one and the
//! ZIP itself is never kept. What looks like private correspondence is refused
//! and leaves no byte, name or digest behind.

mod names;
mod take;

pub(crate) use names::is_address;

use crate::case::Case;
use crate::error::{At, CaseError};
use crate::fetch::{Earlier, Fetching};
use crate::progress::Progress;
use crate::views::AddRow;
use plainsight_archive::Container;
use plainsight_model::{Capture, Complaint, ComplaintKind, DocumentId};
use std::collections::BTreeMap;
use std::path::Path;

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

/// Addresses that are followed of all sitemaps and feeds of one `add`; one
/// sitemap alone may have 50,000 (sitemaps.org, protocol 0.9).
const MOST_NAMED: usize = 10_000;

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
