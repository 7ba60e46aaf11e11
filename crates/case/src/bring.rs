//! Registers, gazetteers and answered reading sheets that people bring: captures like any import, and a ledger entry of their own.

use crate::case::Case;
use crate::error::{At, CaseError};
use crate::look::register_view;
use crate::table;
use crate::views::RegisterView;
use plainsight_archive::{EntryKind, Resource};
use plainsight_model::{Capture, CaptureId, Complaint, Digest, DocumentId, How};
use plainsight_resolve::RegisterOptions;
use serde_json::{Value, json};
use std::path::Path;

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
    /// Adds the registers of a CSV file.
    pub fn register_add(
        &mut self,
        file: &Path,
        options: &RegisterOptions,
        author: &str,
        dry_run: bool,
    ) -> Result<Brought, CaseError> {
        let (name, bytes) = read_file(file)?;
        let (registers, complaints) = plainsight_resolve::read_registers(&name, &bytes, options);
        let rows = registers.iter().map(|r| r.rows.len()).sum();
        let cells = registers.iter().flat_map(|r| &r.rows).flat_map(|row| row.cells.keys());
        table::Brought { file: &name, bytes: &bytes, heads: cells.map(String::as_str).collect(), rows }
            .check(&table::OF_A_REGISTER)?;
        if !dry_run {
            let body = json!({
                "name": options.name, "as_of": options.as_of, "until": options.until, "official": options.official,
                "complete": options.complete, "of": options.of, "map": options.map,
            });
            self.bring(EntryKind::Register, &name, &bytes, body, author)?;
            self.sync()?;
        }
        Ok(Brought { registers: registers.iter().map(register_view).collect(), rows, complaints })
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
        let heads = cells.iter().flat_map(|row| row.cells.keys()).map(String::as_str).collect();
        table::Brought { file: &name, bytes: &bytes, heads, rows: cells.len() }
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
            self.bring(EntryKind::Gazetteer, &name, &bytes, json!({ "map": map }), author)?;
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
        mut body: Value,
        author: &str,
    ) -> Result<(), CaseError> {
        let document = DocumentId::of_payload(bytes);
        let known = self.chain.bodies(kind)?.into_iter().any(|(_, old)| {
            let mut bare = old.clone();
            let capture = bare.as_object_mut().and_then(|o| o.remove("capture"));
            let same_file = capture.is_some_and(|c| c.get("document") == Some(&json!(document.to_string())));
            same_file && bare == body
        });
        if known {
            return Ok(());
        }
        let now = self.clock.now();
        // Only the answers of a sheet are no table.
        let media = if kind == EntryKind::Import { "text/plain" } else { "text/csv" };
        let uri = format!("file:///{}", name.replace(' ', "%20"));
        let resource = Resource { bytes, uri: &uri, media_type: Some(media), date: &now };
        let place = self.archive()?.put(&resource)?;
        let capture = Capture {
            id: CaptureId::of(&document, &uri, &now),
            document,
            payload: Digest::of(bytes),
            length: bytes.len() as u64,
            uri,
            date: now.clone(),
            media_type: Some(media.to_owned()),
            how: How::Imported,
            source: name.to_owned(),
            site: None,
            place,
        };
        if let Some(object) = body.as_object_mut() {
            object.insert("capture".into(), serde_json::to_value(&capture)?);
        }
        self.chain.append(kind, author, &now, &body)?;
        Ok(())
    }
}

fn read_file(file: &Path) -> Result<(String, Vec<u8>), CaseError> {
    let bytes = std::fs::read(file).at(file)?;
    let name =
        file.file_name().map_or_else(|| "register.csv".to_owned(), |n| n.to_string_lossy().into_owned());
    Ok((name, bytes))
}
