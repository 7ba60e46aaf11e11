//! A list against the entities of a case. Every use is an entry of the ledger.

use crate::case::Case;
use crate::entities::Named;
use crate::error::{At, CaseError};
use crate::list_table::ListTable;
use crate::mapped::Mapped;
use crate::views::{ReasonRow, XrefRow};
use plainsight_archive::EntryKind;
use plainsight_model::Complaint;
use plainsight_resolve::ftm::Model;
use plainsight_resolve::{ListRow, NameVerdict, ReadNames, Reason, each_list_row, match_read};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Rows of each table that an entity is compared with in full: those that share most with it.
const MOST_CANDIDATES: usize = 200;

/// What comparing a list gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Xref {
    /// Pairs that may be one, by row and entity.
    pub hits: Vec<XrefRow>,
    /// Rows of the list.
    pub rows: usize,
    /// Entities of the case.
    pub entities: usize,
    /// Rows that could not be used.
    pub complaints: Vec<Complaint>,
}

impl Case {
    /// Compares a list with the entities of the case, never with names in a text. The list is kept
    /// like any import, and the ledger says that it was asked, by whom and with how many hits.
    /// A dry run counts rows and entities and compares nothing: what leaves no trace gives no answer.
    pub fn xref(
        &mut self,
        list: &Path,
        map: Option<&str>,
        author: &str,
        dry_run: bool,
    ) -> Result<Xref, CaseError> {
        let file = list.file_name().map_or_else(|| "list".to_owned(), |n| n.to_string_lossy().into_owned());
        let derived = self.dir().join("derived");
        let copy = Copy::of(list, derived.join("list.part"))?;
        let bytes = copy.bytes()?;
        let entities = self.entities()?;
        if dry_run {
            let mut rows = 0;
            let complaints = each_list_row(&bytes, map, &mut |_| rows += 1);
            some_rows(&file, rows, &complaints)?;
            return Ok(Xref { hits: Vec::new(), rows, entities: entities.len(), complaints });
        }
        let mut table = ListTable::of(&derived, &bytes, map, &self.lens.gazetteer)?;
        some_rows(&file, table.rows(), table.complaints())?;
        let hits = self.hits(&mut table, &entities)?;
        // Numbers only: names and ids of entities are words of documents, which may be forgotten.
        let body = json!({"rows": table.rows(), "entities": entities.len(), "hits": hits.len(), "map": map});
        self.bring_again(EntryKind::Xref, &file, &bytes, body, author)?;
        let complaints = table.complaints().to_vec();
        Ok(Xref { hits, rows: table.rows(), entities: entities.len(), complaints })
    }

    /// Each entity against the rows that share most with it; by row, then by entity.
    fn hits(&self, table: &mut ListTable, entities: &[Named]) -> Result<Vec<XrefRow>, CaseError> {
        let mut hits = Vec::new();
        for entity in entities {
            let read = ReadNames::of(&entity.names, &self.lens.gazetteer);
            let near = table.near(&entity.names, &self.lens.gazetteer, MOST_CANDIDATES)?;
            hits.extend(near.iter().filter_map(|row| self.hit(row, entity, &read)));
        }
        hits.sort_by(|a, b| (a.row, &a.entity).cmp(&(b.row, &b.entity)));
        Ok(hits)
    }

    fn hit(&self, row: &ListRow, entity: &Named, read: &ReadNames) -> Option<XrefRow> {
        if !may_be_one(row.schema.as_deref(), &entity.schema) {
            return None;
        }
        let schema = row.schema.as_deref().unwrap_or(&entity.schema);
        let found = match_read(&ReadNames::of(&row.names, &self.lens.gazetteer), read, Some(schema));
        if found.verdict == NameVerdict::No {
            return None;
        }
        let reason = |r: Reason| ReasonRow {
            slot: r.slot,
            a: r.a.unwrap_or_default(),
            b: r.b.unwrap_or_default(),
            effect: r.effect.as_str().to_owned(),
            sentence: r.sentence,
        };
        Some(XrefRow {
            row: row.number,
            id: row.id.clone(),
            name: row.name().to_owned(),
            entity: entity.id.clone(),
            entity_name: entity.names.names.first().cloned().unwrap_or_default(),
            score: found.score,
            verdict: found.verdict.as_str().to_owned(),
            reasons: found.reasons.into_iter().map(reason).collect(),
        })
    }
}

/// A list without any row is none.
fn some_rows(file: &str, rows: usize, complaints: &[Complaint]) -> Result<(), CaseError> {
    if rows > 0 {
        return Ok(());
    }
    let first = complaints.first();
    Err(CaseError::Table {
        file: file.to_owned(),
        place: first.map_or_else(|| "byte 0".to_owned(), |c| c.place.clone()),
        what: first.map_or_else(|| "no row".to_owned(), |c| c.what.clone()),
        cure: "bring a CSV with a column “name”, or entities of FollowTheMoney as JSON lines".into(),
    })
}

/// A copy of a list that nobody else changes while it is read; it goes when the work is done.
struct Copy(PathBuf);

impl Copy {
    fn of(list: &Path, copy: PathBuf) -> Result<Self, CaseError> {
        // Copied by hand: the rights of the list are not the copy's, and what is no file has no end.
        let kept = Self(copy);
        let mut from = std::fs::File::open(list).at(list)?;
        if !from.metadata().at(list)?.is_file() {
            return Err(std::io::Error::from(std::io::ErrorKind::InvalidInput)).at(list);
        }
        let mut to = std::fs::File::create(&kept.0).at(&kept.0)?;
        std::io::copy(&mut from, &mut to).at(list)?;
        Ok(kept)
    }

    fn bytes(&self) -> Result<Mapped, CaseError> {
        Mapped::open(&self.0).at(&self.0)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // It is derived: one that stays is written over by the next list.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A person and a body are never one, where the list says which it has.
fn may_be_one(row: Option<&str>, entity: &str) -> bool {
    let model = Model::builtin();
    let Some(row) = row.filter(|row| model.schema(row).is_some()) else { return true };
    let person = |schema: &str| model.is_a(schema, "Person");
    let body = |schema: &str| model.is_a(schema, "Organization");
    !(person(row) && body(entity) || body(row) && person(entity))
}
