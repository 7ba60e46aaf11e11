//! The entities of a case: posts, bodies, holders of public roles, and what was imported as entities.
//!
//! A person is one only while a quote binds the name to a public role of an acting body; such
//! names alone become objects of claims. Imported persons stay outside (`ftm::without_persons`).

use crate::as_written::as_written;
use crate::case::Case;
use crate::error::{At, CaseError};
use crate::names_done::joined_into;
use crate::views::{EntityRow, StatementRow};
use crate::{same_name, who};
use plainsight_archive::EntryKind;
use plainsight_model::{Capture, Complaint, ComplaintKind};
use plainsight_resolve::NameInput;
use plainsight_resolve::ftm::{self, Entity, Model};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// What importing a file of FollowTheMoney gave.
#[derive(Clone, Debug, PartialEq)]
pub struct FtmImport {
    /// Entities in the file.
    pub read: usize,
    /// Of these, persons and what only hangs on them: kept in the archive, no entities of the case.
    pub held_back: usize,
    /// Schemata and properties that the model has not; they are kept.
    pub kept_unknown: usize,
    /// What could not be used.
    pub complaints: Vec<Complaint>,
}

/// An entity with the names by which it is met.
pub(crate) struct Named {
    pub id: String,
    pub schema: String,
    pub names: NameInput,
}

impl Case {
    /// Imports entities of FollowTheMoney; the file is kept as it is, like any import.
    pub fn import_ftm(&mut self, file: &Path, author: &str, dry_run: bool) -> Result<FtmImport, CaseError> {
        let bytes = std::fs::read(file).at(file)?;
        let name =
            file.file_name().map_or_else(|| "entities".to_owned(), |n| n.to_string_lossy().into_owned());
        let imported = ftm::read_entities(&bytes);
        if imported.entities.is_empty() {
            let first = imported.complaints.first();
            return Err(CaseError::Table {
                file: name,
                place: first.map_or_else(|| "byte 0".to_owned(), |c| c.place.clone()),
                what: first.map_or_else(|| "no entity".to_owned(), |c| c.what.clone()),
                cure: "bring entities as JSON lines, or statements as CSV".into(),
            });
        }
        let read = imported.entities.len();
        let held_back = ftm::without_persons(imported.entities).held.len();
        let mut complaints = imported.complaints;
        if held_back > 0 {
            let what = format!(
                "{held_back} of {read} entities are persons or hang on one; they are no entities of the case, since no quote binds them to a public role"
            );
            complaints.push(Complaint::new(ComplaintKind::Note, what, name.clone()));
        }
        if !dry_run {
            let first = bytes.iter().find(|byte| byte.is_ascii_graphic());
            let kind = if matches!(first, Some(b'{' | b'[')) { "application/x-ndjson" } else { "text/csv" };
            self.bring(EntryKind::Import, &name, &bytes, kind, json!({ "ftm": true }), author)?;
            self.imported = OnceLock::new();
        }
        Ok(FtmImport { read, held_back, kept_unknown: imported.kept_unknown, complaints })
    }

    /// Imported entities that are no persons, by id.
    pub fn imported(&self) -> Result<Vec<Entity>, CaseError> {
        Ok(self.imported_once()?.to_vec())
    }

    /// The same, read from the archive once while the case is open.
    fn imported_once(&self) -> Result<&[Entity], CaseError> {
        if self.imported.get().is_none() {
            let read = self.read_imported()?;
            return Ok(self.imported.get_or_init(|| read));
        }
        Ok(self.imported.get().map_or(&[], Vec::as_slice))
    }

    fn read_imported(&self) -> Result<Vec<Entity>, CaseError> {
        let mut all: BTreeMap<String, Entity> = BTreeMap::new();
        for (_, body) in self.chain.bodies(EntryKind::Import)? {
            if body.get("ftm").is_none() {
                continue;
            }
            let Some(capture) =
                body.get("capture").and_then(|c| serde_json::from_value::<Capture>(c.clone()).ok())
            else {
                continue;
            };
            let bytes = self.reader.payload(&capture.place)?;
            let admitted = ftm::without_persons(ftm::read_entities(&bytes).entities);
            for entity in admitted.entities {
                all.entry(entity.id.clone()).or_insert(entity);
            }
        }
        Ok(all.into_values().collect())
    }

    /// All entities with their names, by id.
    pub(crate) fn entities(&self) -> Result<Vec<Named>, CaseError> {
        let mut out: BTreeMap<String, Named> = BTreeMap::new();
        for row in self.said_entities()? {
            let names: Vec<&str> = row.names.iter().map(|n| n.text.as_str()).collect();
            add(&mut out, row.entity, &row.schema, &names);
        }
        let model = Model::builtin();
        let can_be_met = |e: &Entity| model.schema(&e.schema).is_none_or(|schema| schema.matchable);
        for entity in self.imported()?.into_iter().filter(can_be_met) {
            let names = entity.names();
            let (id, schema) = (entity.id.clone(), entity.schema.clone());
            add(&mut out, id, &schema, &names);
        }
        Ok(out.into_values().filter(|entity| !entity.names.names.is_empty()).collect())
    }

    /// All entities: those that claims speak of, posts first, then what others made.
    pub fn entity_rows(&self) -> Result<Vec<EntityRow>, CaseError> {
        let mut rows = self.said_entities()?;
        rows.extend(self.imported_once()?.iter().map(received));
        Ok(rows)
    }

    /// One entity by its id or a quote inside it, each name as its source writes it.
    pub fn entity(&self, id: &str) -> Result<Option<EntityRow>, CaseError> {
        let rows = self.entity_rows()?;
        let quote = id.replacen("ent-", "quo-", 1);
        let inside = |row: &&EntityRow| {
            id.starts_with("ent-") && row.kind != "post" && row.statements.iter().any(|s| s.quote == quote)
        };
        let found = rows.iter().find(|row| row.entity == id).or_else(|| rows.iter().find(inside));
        let Some(mut row) = found.cloned() else { return Ok(None) };
        let mut findings = BTreeMap::new();
        for statement in &row.statements {
            if findings.contains_key(&statement.document) {
                continue;
            }
            let Ok(document) = statement.document.parse() else { continue };
            findings
                .insert(statement.document.clone(), self.catalog.findings(&document)?.unwrap_or_default());
        }
        let predicates = row.claims.iter().map(|c| (c.claim.as_str(), c.predicate.as_str())).collect();
        as_written(&mut row.statements, &predicates, &findings);
        if row.kind == "post" {
            let quotes = row.statements.iter().map(|s| s.quote.as_str()).collect();
            row.joined = joined_into(&quotes, &self.decisions()?);
        }
        Ok(Some(row))
    }

    /// The entities that claims speak of, posts first, each by id.
    fn said_entities(&self) -> Result<Vec<EntityRow>, CaseError> {
        let claims = self.claims()?;
        let nodes = who::nodes(&claims);
        let joined = same_name::join(&nodes, &self.decisions()?);
        let mut rows = who::posts(&self.findings()?, &claims);
        let mut bodies = same_name::entities(&nodes, &joined);
        bodies.sort_by(|a, b| a.entity.cmp(&b.entity));
        rows.extend(bodies);
        Ok(rows)
    }
}

/// What others made, as it came: its values have no quote in the case.
fn received(entity: &Entity) -> EntityRow {
    let statement = |property: &str, value: &str| StatementRow {
        property: property.to_owned(),
        value: value.to_owned(),
        lang: who::name_row(value, "und").lang,
        claim: None,
        quote: String::new(),
        document: String::new(),
        title: None,
        date: None,
        start: 0,
        end: 0,
        text: String::new(),
        of_lang: "und".into(),
        voice: String::new(),
        read_by: Vec::new(),
        withdrawn: false,
    };
    let values = entity
        .properties
        .iter()
        .flat_map(|(property, values)| values.iter().map(move |value| (property.as_str(), value.as_str())));
    EntityRow {
        entity: entity.id.clone(),
        kind: "received".into(),
        schema: entity.schema.clone(),
        names: entity.names().into_iter().map(|name| who::name_row(name, "und")).collect(),
        statements: values.map(|(property, value)| statement(property, value)).collect(),
        claims: Vec::new(),
        joined: Vec::new(),
        received: true,
    }
}

/// One entity more; what was imported under one id twice is one.
fn add(out: &mut BTreeMap<String, Named>, id: String, schema: &str, names: &[&str]) {
    let known = out.entry(id.clone()).or_insert_with(|| Named {
        id,
        schema: schema.to_owned(),
        names: NameInput::default(),
    });
    for name in names {
        if !known.names.names.iter().any(|old| old == name) {
            known.names.names.push((*name).to_owned());
        }
    }
}
