//! Entities to JSON lines and to statements in CSV.

use super::read::CARRIED;
use super::{Entity, Model};
use sha1::{Digest as _, Sha1};

/// The columns of statements in the order of the reference.
const COLUMNS: [&str; 14] = [
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
];

/// An entity as other programs accept it: one with a schema that the model has not goes out as a note that carries it.
fn acceptable(entity: &Entity) -> Entity {
    if Model::builtin().schema(&entity.schema).is_some() {
        return entity.clone();
    }
    let whole = serde_json::to_string(entity).unwrap_or_default();
    let name = entity.get("name").first().map_or(entity.id.as_str(), String::as_str);
    Entity::new(entity.id.as_str(), "Note")
        .with("name", [name])
        .with("notes", [format!("{CARRIED}{whole}").as_str()])
}

/// An entity for statements, which may have no property that the model has not: a note beside it carries those.
fn in_parts(entity: &Entity) -> Vec<Entity> {
    let mut entity = acceptable(entity);
    let mut more = Entity::new(entity.id.as_str(), entity.schema.as_str());
    let known = |name: &String| Model::builtin().property(&entity.schema, name).is_some();
    let unknown: Vec<String> = entity.properties.keys().filter(|name| !known(name)).cloned().collect();
    if unknown.is_empty() {
        return vec![entity];
    }
    for name in unknown {
        if let Some((name, values)) = entity.properties.remove_entry(&name) {
            more.properties.insert(name, values);
        }
    }
    let whole = serde_json::to_string(&more).unwrap_or_default();
    let note = Entity::new(format!("{}-more", entity.id), "Note")
        .with("name", ["what the model has no property for"])
        .with("entity", [entity.id.as_str()])
        .with("notes", [format!("{CARRIED}{whole}").as_str()]);
    vec![entity, note]
}

/// A JSON line an entity, in the order given.
pub fn to_lines<'e>(entities: impl IntoIterator<Item = &'e Entity>) -> String {
    let mut out = String::new();
    for entity in entities {
        out.push_str(&serde_json::to_string(&acceptable(entity)).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// A row a value, as followthemoney writes statements in CSV; `dataset` is whose statements they are.
pub fn to_statements<'e>(entities: impl IntoIterator<Item = &'e Entity>, dataset: &str) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = out.write_record(COLUMNS);
    for entity in entities.into_iter().flat_map(in_parts) {
        for (name, values) in &entity.properties {
            let property = Model::builtin().property(&entity.schema, name);
            let kind = property.map_or("string", |p| p.kind().as_str());
            for value in values {
                let key = statement_id(dataset, &entity.id, name, value);
                let cells = [
                    entity.id.as_str(),
                    &entity.id,
                    name,
                    kind,
                    &entity.schema,
                    value,
                    dataset,
                    "",
                    "",
                    "",
                    "f",
                    "",
                    "",
                    &key,
                ];
                let _ = out.write_record(cells);
            }
        }
    }
    let bytes = out.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A statement's id by the rule of the reference: SHA-1 over data set, entity, property and value.
fn statement_id(dataset: &str, entity: &str, property: &str, value: &str) -> String {
    let digest = Sha1::digest(format!("{dataset}.{entity}.{property}.{value}").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
