//! Registers, gazetteers and answered reading sheets that people bring: captures like any import, and a ledger entry of their own.

use crate::case::Case;
use crate::error::{At, CaseError};
use crate::look::register_view;
use crate::table;
use crate::tabular::{self, Form, Table};
use crate::views::RegisterView;
use plainsight_archive::{EntryKind, Resource};
use plainsight_model::{Capture, CaptureId, Complaint, Digest, DocumentId, How, RegisterRow};
use plainsight_resolve::RegisterOptions;
use plainsight_resolve::registers::{RowChange, diff};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

/// The media type of a gazetteer.
const CSV: &str = "text/csv";

/// What adding a register or gazetteer gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// The registers; none for a gazetteer.
    pub registers: Vec<RegisterView>,
    /// Rows that were read.
    pub rows: usize,
    /// Rows and cells that could not be used.
    pub complaints: Vec<Complaint>,
}

impl Case {
    /// Adds the registers of a file: a CSV, or a page or PDF with tables.
    pub fn register_add(
        &mut self,
        file: &Path,
        options: &RegisterOptions,
        author: &str,
        dry_run: bool,
    ) -> Result<Brought, CaseError> {
        let (name, bytes) = read_file(file)?;
        let mut heads = BTreeSet::new();
        let table = Table::of(&name, &bytes, options.map.as_deref());
        let (registers, complaints) =
            table.registers(options, &mut |_, row| headings(&mut heads, row.cells.keys()));
        let rows = registers.iter().map(|register| register.rows).sum();
        tabular::check(&table::Brought { file: &name, bytes: &bytes, heads: &heads, rows }, &complaints)?;
        if !dry_run {
            let body = json!({
                "name": options.name, "as_of": options.as_of, "until": options.until, "official": options.official,
                "complete": options.complete, "of": options.of, "map": options.map,
            });
            let form = Form::of(&bytes);
            self.bring(EntryKind::Register, &name, &bytes, form.media_type(), body, author)?;
            self.sync()?;
        }
        Ok(Brought { registers: registers.iter().map(register_view).collect(), rows, complaints })
    }

    /// The rows added, gone and changed from one of the case's registers to another, by their ids.
    pub fn register_diff(&self, older: &str, newer: &str) -> Result<Vec<RowChange>, CaseError> {
        let rows = |id: &str, each: &mut dyn FnMut(RegisterRow)| {
            self.catalog.each_register_row(id, &mut |row| {
                each(row);
                ControlFlow::Continue(())
            })
        };
        diff(&|each| rows(older, each), &|each| rows(newer, each))
    }

    /// Adds the rows of a gazetteer; they win over the built-in tables.
    pub fn gazetteer_add(
        &mut self,
        file: &Path,
        map: Option<&str>,
        author: &str,
        dry_run: bool,
    ) -> Result<Brought, CaseError> {
        let (name, bytes) = read_file(file)?;
        let (rows, complaints) = plainsight_resolve::read_gazetteer(&bytes, map);
        let (cells, _) = plainsight_resolve::tables::read_table(&bytes, map);
        let mut heads = BTreeSet::new();
        cells.iter().for_each(|row| headings(&mut heads, row.cells.keys()));
        table::Brought { file: &name, bytes: &bytes, heads: &heads, rows: cells.len() }
            .check(&table::OF_A_GAZETTEER)?;
        if rows.is_empty() {
            return Err(CaseError::Table {
                file: name,
                place: "line 2".into(),
                what: "no row has a name".into(),
                cure: "fill the column name or zh_hans".into(),
            });
        }
        if !dry_run {
            self.bring(EntryKind::Gazetteer, &name, &bytes, CSV, json!({ "map": map }), author)?;
            self.load_gazetteer()?;
        }
        Ok(Brought { registers: Vec::new(), rows: rows.len(), complaints })
    }

    /// Keeps the file as a record of ours and says so in the ledger; a file that
    /// was brought before under the same options adds nothing.
    pub(crate) fn bring(
        &mut self,
        kind: EntryKind,
        name: &str,
        bytes: &[u8],
        media_type: &str,
        body: Value,
        author: &str,
    ) -> Result<(), CaseError> {
        let document = json!(DocumentId::of_payload(bytes).to_string());
        let known = self.chain.bodies(kind)?.into_iter().any(|(_, old)| {
            let mut bare = old.clone();
            let capture = bare.as_object_mut().and_then(|o| o.remove("capture"));
            let same_file = capture.is_some_and(|c| c.get("document") == Some(&document));
            same_file && bare == body
        });
        if known {
            return Ok(());
        }
        let capture = self.keep_file(name, bytes, media_type)?;
        self.say(kind, &capture, body, author)
    }

    /// As [`Self::bring`], but every use is an entry; the bytes are kept once.
    pub(crate) fn bring_again(
        &mut self,
        kind: EntryKind,
        name: &str,
        bytes: &[u8],
        body: Value,
        author: &str,
    ) -> Result<(), CaseError> {
        let document = json!(DocumentId::of_payload(bytes).to_string());
        let mut captures =
            self.chain.bodies(kind)?.into_iter().filter_map(|(_, old)| old.get("capture").cloned());
        let known = captures.find(|c| c["document"] == document && c["source"] == json!(name));
        let capture = match known.and_then(|c| serde_json::from_value(c).ok()) {
            Some(capture) => capture,
            None => self.keep_file(name, bytes, "application/octet-stream")?,
        };
        self.say(kind, &capture, body, author)
    }

    /// The captures of what was brought: registers, gazetteers, lists, entities; each once.
    pub(crate) fn brought(&self) -> Result<Vec<Capture>, CaseError> {
        let mut out: Vec<Capture> = Vec::new();
        for kind in [EntryKind::Register, EntryKind::Gazetteer, EntryKind::Import, EntryKind::Xref] {
            for (_, body) in self.chain.bodies(kind)? {
                let capture =
                    body.get("capture").and_then(|c| serde_json::from_value::<Capture>(c.clone()).ok());
                out.extend(capture.filter(|c| out.iter().all(|known| known.id != c.id)));
            }
        }
        Ok(out)
    }

    /// Puts the file into the archive.
    fn keep_file(&mut self, name: &str, bytes: &[u8], media_type: &str) -> Result<Capture, CaseError> {
        let document = DocumentId::of_payload(bytes);
        let now = self.clock.now();
        let uri = format!("file:///{}", name.replace(' ', "%20"));
        let resource = Resource { bytes, uri: &uri, media_type: Some(media_type), date: &now };
        let place = self.archive()?.put(&resource)?;
        Ok(Capture {
            id: CaptureId::of(&document, &uri, &now),
            document,
            payload: Digest::of(bytes),
            length: bytes.len() as u64,
            uri,
            date: now,
            media_type: Some(media_type.to_owned()),
            how: How::Imported,
            source: name.to_owned(),
            site: None,
            place,
        })
    }

    fn say(
        &mut self,
        kind: EntryKind,
        capture: &Capture,
        mut body: Value,
        author: &str,
    ) -> Result<(), CaseError> {
        if let Some(object) = body.as_object_mut() {
            object.insert("capture".into(), serde_json::to_value(capture)?);
        }
        let now = self.clock.now();
        self.chain.append(kind, author, &now, &body)?;
        Ok(())
    }
}

/// The rows added, gone and changed from one register's file to another, whatever registers they hold, and
/// what of the files could not be read.
pub fn diff_files(
    older: &Path,
    newer: &Path,
    map: Option<&str>,
) -> Result<(Vec<RowChange>, Vec<Complaint>), CaseError> {
    let (older, newer) = (read_file(older)?, read_file(newer)?);
    let tables = [&older, &newer].map(|(name, bytes)| Table::of(name, bytes, map));
    let mut complaints = Vec::new();
    for (table, (name, bytes)) in tables.iter().zip([&older, &newer]) {
        let (mut heads, mut rows) = (BTreeSet::new(), 0);
        let said = table.each(&mut |row, _| {
            rows += 1;
            headings(&mut heads, row.cells.keys());
        });
        tabular::check(&table::Brought { file: name, bytes, heads: &heads, rows }, &said)?;
        complaints.extend(said);
    }
    let rows = |table: &Table, each: &mut dyn FnMut(RegisterRow)| -> Result<(), CaseError> {
        table.each(&mut |row, _| each(RegisterRow { number: row.number, cells: row.cells }));
        Ok(())
    };
    let changes = diff(&|each| rows(&tables[0], each), &|each| rows(&tables[1], each))?;
    Ok((changes, complaints))
}

/// Adds the headings of a row to those that are known.
fn headings<'h>(known: &mut BTreeSet<String>, heads: impl Iterator<Item = &'h String>) {
    for head in heads {
        if !known.contains(head) {
            known.insert(head.clone());
        }
    }
}

fn read_file(file: &Path) -> Result<(String, Vec<u8>), CaseError> {
    let bytes = std::fs::read(file).at(file)?;
    let name =
        file.file_name().map_or_else(|| "register.csv".to_owned(), |n| n.to_string_lossy().into_owned());
    Ok((name, bytes))
}
