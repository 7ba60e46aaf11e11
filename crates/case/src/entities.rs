//! The entities of a case: posts, bodies, holders of public roles, and what was imported as entities.
//!
//! A person is one only while a quote binds the name to a public role of an acting body; such
//! names alone become objects of claims. Imported persons stay outside (`ftm::without_persons`).

use crate::case::Case;
use crate::error::{At, CaseError};
use crate::views::ClaimRow;
use plainsight_archive::EntryKind;
use plainsight_model::{Capture, Complaint, ComplaintKind, EntityId, QuoteId};
use plainsight_resolve::NameInput;
use plainsight_resolve::ftm::{self, Entity, Model};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

/// The predicates whose objects are bodies or persons, with their schemata.
const NAMING: [(&str, &str); 4] = [
    ("operated_by", "PublicBody"),
    ("hosted_by", "Organization"),
    ("headed_by", "Person"),
    ("attended_by", "Person"),
];

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
        }
        Ok(FtmImport { read, held_back, kept_unknown: imported.kept_unknown, complaints })
    }

    /// Imported entities that are no persons, by id.
    pub fn imported(&self) -> Result<Vec<Entity>, CaseError> {
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
        for finding in self.findings()? {
            let names: Vec<&str> = finding.names.iter().map(|n| n.text.as_str()).collect();
            add(&mut out, finding.post, "Organization", &names);
        }
        let claims = self.claims()?;
        for (predicate, schema) in NAMING {
            let mut bodies: BTreeMap<&str, BTreeSet<QuoteId>> = BTreeMap::new();
            for claim in claims.iter().filter(|c| c.predicate == predicate && stands(c)) {
                bodies.entry(claim.object.as_str()).or_default().extend(quotes(claim));
            }
            for (name, quotes) in bodies {
                if let Some(first) = quotes.first() {
                    add(&mut out, EntityId::from_quote(first).to_string(), schema, &[name]);
                }
            }
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
}

/// Two bodies that one sentence names have one smallest quote: their names stand together then.
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

/// A claim that nobody rejected and that a quote still supports.
fn stands(claim: &ClaimRow) -> bool {
    let rejected = claim.decision.as_ref().is_some_and(|d| d.answer == "reject");
    !rejected && quotes(claim).next().is_some()
}

fn quotes(claim: &ClaimRow) -> impl Iterator<Item = QuoteId> {
    let supporting = claim.evidence.iter().filter(|e| e.stance == "supports" && !e.rejected);
    supporting.filter_map(|e| e.quote.parse().ok())
}
