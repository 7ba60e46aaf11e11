//! A list against the entities of a case. Every use is an entry of the ledger.

use crate::case::Case;
use crate::entities::Named;
use crate::error::{At, CaseError};
use crate::views::{ReasonRow, XrefRow};
use plainsight_archive::EntryKind;
use plainsight_model::Complaint;
use plainsight_resolve::ftm::Model;
use plainsight_resolve::names::{IndexBuilder, NameIndex, Scratch};
use plainsight_resolve::{ListRow, NameVerdict, Reason, match_names, read_list};
use serde_json::json;
use std::path::Path;

/// Entities that a row is compared with in full: those that share most with it.
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
        let bytes = std::fs::read(list).at(list)?;
        let file = list.file_name().map_or_else(|| "list".to_owned(), |n| n.to_string_lossy().into_owned());
        let (rows, complaints) = read_list(&bytes, map);
        if rows.is_empty() {
            let first = complaints.first();
            return Err(CaseError::Table {
                file,
                place: first.map_or_else(|| "byte 0".to_owned(), |c| c.place.clone()),
                what: first.map_or_else(|| "no row".to_owned(), |c| c.what.clone()),
                cure: "bring a CSV with a column “name”, or entities of FollowTheMoney as JSON lines".into(),
            });
        }
        let entities = self.entities()?;
        let mut hits = Vec::new();
        if !dry_run {
            hits = self.hits(&rows, &entities)?;
            // Numbers only: names and ids of entities are words of documents, which may be forgotten.
            let body =
                json!({"rows": rows.len(), "entities": entities.len(), "hits": hits.len(), "map": map});
            self.bring_again(EntryKind::Xref, &file, &bytes, body, author)?;
        }
        Ok(Xref { hits, rows: rows.len(), entities: entities.len(), complaints })
    }

    /// Each row against the entities that share most with it.
    fn hits(&self, rows: &[ListRow], entities: &[Named]) -> Result<Vec<XrefRow>, CaseError> {
        let gazetteer = &self.lens.gazetteer;
        let mut builder = IndexBuilder::new(gazetteer);
        for entity in entities {
            builder.add(&entity.names)?;
        }
        let table = builder.finish();
        let index = NameIndex::open(&table)?;
        let mut scratch = Scratch::default();
        let mut hits = Vec::new();
        for row in rows {
            let mut numbers = index.candidates(&row.names, gazetteer, MOST_CANDIDATES, &mut scratch);
            // By entity, as the entities lie: in the order of their ids.
            numbers.sort_unstable();
            let near = numbers.iter().filter_map(|number| entities.get(*number as usize));
            hits.extend(near.filter_map(|entity| self.hit(row, entity)));
        }
        Ok(hits)
    }

    fn hit(&self, row: &ListRow, entity: &Named) -> Option<XrefRow> {
        if !may_be_one(row.schema.as_deref(), &entity.schema) {
            return None;
        }
        let schema = row.schema.as_deref().unwrap_or(&entity.schema);
        let found = match_names(&row.names, &entity.names, Some(schema), &self.lens.gazetteer);
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

/// A person and a body are never one, where the list says which it has.
fn may_be_one(row: Option<&str>, entity: &str) -> bool {
    let model = Model::builtin();
    let Some(row) = row.filter(|row| model.schema(row).is_some()) else { return true };
    let person = |schema: &str| model.is_a(schema, "Person");
    let body = |schema: &str| model.is_a(schema, "Organization");
    !(person(row) && body(entity) || body(row) && person(entity))
}
