//! Entities from JSON lines, nested or in parts, and from statements in CSV.

use super::{Entity, Model, ValueType, clean};
use plainsight_model::{Complaint, ComplaintKind};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Entities inside entities are taken up to this depth.
const DEEPEST: usize = 8;
/// More complaints than anybody reads; further ones are counted.
const MOST_COMPLAINTS: usize = 500;
/// The property of a `Note` that carries an entity for which the model has no schema.
pub(super) const CARRIED: &str = "plainsight:entity ";

/// What a file of FollowTheMoney gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Entities by id; parts of one are one.
    pub entities: Vec<Entity>,
    /// Schemata and properties that the model has not, counted by entity; all are kept.
    pub kept_unknown: usize,
    /// What could not be used, with its line.
    pub complaints: Vec<Complaint>,
    /// The place of each entity in the file, by id, from 1.
    pub numbers: BTreeMap<String, u64>,
}

/// Reads entities: JSON lines, an array of them, or statements in CSV. A line that is neither is a complaint.
pub fn read_entities(bytes: &[u8]) -> Imported {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let mut reading = Reading::default();
    if text.contains('\u{fffd}') && std::str::from_utf8(bytes).is_err() {
        reading.complain(ComplaintKind::Doubtful, "not all of it is UTF-8".into(), "the whole file".into());
    }
    match text.trim_start().chars().next() {
        Some('{') => reading.lines(&text),
        Some('[') => reading.array(&text),
        Some(_) => reading.statements(&text),
        None => reading.complain(ComplaintKind::Damaged, "the file is empty".into(), "byte 0".into()),
    }
    reading.finish()
}

#[derive(Default)]
struct Reading {
    entities: BTreeMap<String, Entity>,
    numbers: BTreeMap<String, u64>,
    complaints: Vec<Complaint>,
    unsaid: usize,
}

impl Reading {
    fn lines(&mut self, text: &str) {
        let parsed = text.lines().find(|line| !line.trim().is_empty()).map(serde_json::from_str::<Value>);
        if matches!(parsed, Some(Err(_)))
            && let Ok(whole) = serde_json::from_str::<Value>(text)
        {
            // One entity over several lines.
            self.entity(&whole, "line 1", DEEPEST);
            return;
        }
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("line {}", at + 1);
            match serde_json::from_str::<Value>(line) {
                Ok(value) => {
                    self.entity(&value, &place, DEEPEST);
                }
                Err(why) => self.complain(ComplaintKind::Damaged, format!("no JSON: {why}"), place),
            }
        }
    }

    fn array(&mut self, text: &str) {
        match serde_json::from_str::<Vec<Value>>(text) {
            Ok(values) => {
                for (at, value) in values.iter().enumerate() {
                    self.entity(value, &format!("entity {}", at + 1), DEEPEST);
                }
            }
            Err(why) => self.complain(ComplaintKind::Damaged, format!("no JSON: {why}"), "line 1".into()),
        }
    }

    /// Takes an entity and those inside it; gives its id.
    fn entity(&mut self, value: &Value, place: &str, depth: usize) -> Option<String> {
        let text =
            |key: &str| value.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
        let (Some(id), Some(schema)) = (text("id"), text("schema")) else {
            let what = "an entity needs “id” and “schema”; this was left out";
            self.complain(ComplaintKind::Damaged, what.into(), place.into());
            return None;
        };
        if depth == 0 {
            let what = format!("“{id}” lies more than {DEEPEST} entities deep; it was left out");
            self.complain(ComplaintKind::Bound, what, place.into());
            return None;
        }
        let mut entity = Entity::new(id, schema);
        let not_beside = ["id", "schema", "properties"];
        let beside = value.as_object().into_iter().flatten();
        entity.beside = beside
            .filter(|(key, _)| !not_beside.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let empty = Map::new();
        let properties = value.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        for (name, values) in properties {
            let values = match values {
                Value::Array(list) => list.as_slice(),
                one => std::slice::from_ref(one),
            };
            for value in values {
                match value {
                    Value::Null => {}
                    Value::Object(_) => self.inside(&mut entity, name, value, place, depth),
                    Value::String(text) => self.value(&mut entity, name, text, place),
                    other => self.value(&mut entity, name, &other.to_string(), place),
                }
            }
        }
        let id = entity.id.clone();
        self.put(carried(&entity).unwrap_or(entity), place);
        Some(id)
    }

    /// An entity inside another: the property that holds the reference gets its id.
    fn inside(&mut self, outer: &mut Entity, name: &str, value: &Value, place: &str, depth: usize) {
        let Some(id) = self.entity(value, place, depth - 1) else { return };
        let property = Model::builtin().property(&outer.schema, name);
        // What is only the other side of the inner entity's own property is said there.
        if let Some((property, inner)) = property.filter(|p| p.stub).zip(self.entities.get_mut(&id)) {
            if let Some(reverse) = &property.reverse {
                inner.add(reverse, &outer.id);
            }
            return;
        }
        outer.add(name, &id);
    }

    /// Adds a value in its type's one writing; one that the type does not accept is named.
    fn value(&mut self, entity: &mut Entity, name: &str, raw: &str, place: &str) {
        let Some(property) = Model::builtin().property(&entity.schema, name) else {
            entity.add(name, raw);
            return;
        };
        let kind = property.kind();
        match clean(kind, raw) {
            Some(value) => entity.add(name, &value),
            None if raw.trim().is_empty() => {}
            None => {
                let shown: String = raw.chars().take(60).filter(|c| !c.is_control()).collect();
                let kind: ValueType = kind;
                let what = format!(
                    "“{shown}” is no {} (property {name} of {}); it was left out",
                    kind.as_str(),
                    entity.id
                );
                self.complain(ComplaintKind::Doubtful, what, place.to_owned());
            }
        }
    }

    /// Keeps an entity, or joins it with the part of it that is there.
    fn put(&mut self, entity: Entity, place: &str) {
        let number = self.numbers.len() as u64 + 1;
        self.numbers.entry(entity.id.clone()).or_insert(number);
        let Some(known) = self.entities.get_mut(&entity.id) else {
            self.entities.insert(entity.id.clone(), entity);
            return;
        };
        let (old, new) = (known.schema.clone(), entity.schema.clone());
        match Model::builtin().common(&old, &new) {
            Some(common) => known.schema = common.to_owned(),
            None if old == new => {}
            None => {
                let what = format!("{} is a {old} and here a {new}; it stays a {old}", entity.id);
                self.complain(ComplaintKind::Doubtful, what, place.to_owned());
            }
        }
        let Some(known) = self.entities.get_mut(&entity.id) else { return };
        for (name, values) in &entity.properties {
            for value in values {
                known.add(name, value);
            }
        }
        for (key, value) in entity.beside {
            known.beside.entry(key).or_insert(value);
        }
    }

    fn statements(&mut self, text: &str) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let heads: Vec<String> =
            reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default();
        let column = |name: &str| heads.iter().position(|head| head.trim() == name);
        let id = column("canonical_id").or_else(|| column("entity_id"));
        let (Some(id), Some(prop), Some(value)) = (id, column("prop"), column("value")) else {
            let what = "neither entities in JSON nor statements in CSV (canonical_id or entity_id, schema, prop, value)";
            self.complain(ComplaintKind::Damaged, what.into(), "line 1".into());
            return;
        };
        let (schema, dataset) = (column("schema"), column("dataset"));
        for (at, record) in reader.records().enumerate() {
            let place = format!("row {}", at + 1);
            let record = match record {
                Ok(record) => record,
                Err(why) => {
                    self.complain(ComplaintKind::Damaged, format!("the row cannot be read: {why}"), place);
                    continue;
                }
            };
            let cell = |at: usize| record.get(at).unwrap_or("").trim();
            // `prop` may carry the schema, as Person:name.
            let (of_prop, name) = cell(prop).split_once(':').unwrap_or(("", cell(prop)));
            let schema = schema.map(cell).filter(|s| !s.is_empty()).unwrap_or(of_prop);
            if cell(id).is_empty() || name.is_empty() || schema.is_empty() {
                let what = "a statement needs an id, a schema and a property; this was left out";
                self.complain(ComplaintKind::Damaged, what.into(), place);
                continue;
            }
            let mut entity = Entity::new(cell(id), schema);
            // The row that only says that there is the entity.
            if name != "id" {
                self.value(&mut entity, name, cell(value), &place);
            }
            if let Some(dataset) = dataset.map(cell).filter(|d| !d.is_empty()) {
                entity.beside.insert("datasets".into(), serde_json::json!([dataset]));
            }
            self.put(entity, &place);
        }
        let notes = self.entities.extract_if(.., |_, entity| carried(entity).is_some());
        let carrying: Vec<Entity> = notes.filter_map(|(_, note)| carried(&note)).collect();
        carrying.into_iter().for_each(|entity| self.put(entity, "a note of ours"));
    }

    fn complain(&mut self, kind: ComplaintKind, what: String, place: String) {
        if self.complaints.len() < MOST_COMPLAINTS {
            self.complaints.push(Complaint::new(kind, what, place));
        } else {
            self.unsaid += 1;
        }
    }

    fn finish(mut self) -> Imported {
        if self.unsaid > 0 {
            let what = format!("and {} more complaints", self.unsaid);
            self.complaints.push(Complaint::new(ComplaintKind::Bound, what, "the whole file"));
        }
        let model = Model::builtin();
        let unknown = |entity: &Entity| match model.schema(&entity.schema) {
            None => 1,
            Some(_) => {
                entity.properties.keys().filter(|name| model.property(&entity.schema, name).is_none()).count()
            }
        };
        let kept_unknown = self.entities.values().map(unknown).sum();
        Imported {
            entities: self.entities.into_values().collect(),
            kept_unknown,
            complaints: self.complaints,
            numbers: self.numbers,
        }
    }
}

/// The entity that a note of ours carries because the model has no schema for it.
fn carried(note: &Entity) -> Option<Entity> {
    let carried = note.get("notes").iter().find_map(|text| text.strip_prefix(CARRIED))?;
    (note.schema == "Note").then(|| serde_json::from_str(carried).ok()).flatten()
}
