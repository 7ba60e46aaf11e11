//! Entities: an id, a schema, and lists of values by property.

use super::{Model, ValueType};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// An entity as FollowTheMoney writes it, one JSON line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Unique in its file.
    pub id: String,
    /// A schema's name.
    pub schema: String,
    /// Property to values; properties that the model has not are kept.
    pub properties: BTreeMap<String, Vec<String>>,
    /// Whatever else stood beside these three (`datasets`, `caption`, …), as it came.
    #[serde(flatten)]
    pub beside: Map<String, Value>,
}

impl Entity {
    /// An entity without values.
    pub fn new(id: impl Into<String>, schema: impl Into<String>) -> Self {
        Self { id: id.into(), schema: schema.into(), ..Self::default() }
    }

    /// Adds values; empty ones and doubles are left out.
    #[must_use]
    pub fn with<'v>(mut self, property: &str, values: impl IntoIterator<Item = &'v str>) -> Self {
        for value in values {
            self.add(property, value);
        }
        self
    }

    /// Adds a value, unless it is empty or there already.
    pub fn add(&mut self, property: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let known = self.properties.entry(property.to_owned()).or_default();
        if !known.iter().any(|old| old == value) {
            known.push(value.to_owned());
        }
    }

    /// The values of a property.
    pub fn get(&self, property: &str) -> &[String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// All its names: what the model gives the type `name`, but for names that were met in a text.
    pub fn names(&self) -> Vec<&str> {
        let model = Model::builtin();
        let is_name = |property: &str| {
            let named =
                || model.property(&self.schema, property).is_some_and(|p| p.kind() == ValueType::Name);
            property == "name" || (!NAMES_IN_TEXT.contains(&property) && named())
        };
        // The name itself before the others, however they are called.
        let mut named: Vec<_> = self.properties.iter().filter(|(name, _)| is_name(name)).collect();
        named.sort_by_key(|(name, _)| (*name != "name", name.as_str()));
        named.into_iter().flat_map(|(_, values)| values.iter().map(String::as_str)).collect()
    }

    /// Ids of other entities in its values.
    fn points_to(&self) -> impl Iterator<Item = &str> {
        let model = Model::builtin();
        let reference = move |property: &str| {
            model.property(&self.schema, property).is_some_and(|p| p.kind() == ValueType::Entity)
        };
        let pointing = self.properties.iter().filter(move |(name, _)| reference(name));
        pointing.flat_map(|(_, values)| values.iter().map(String::as_str))
    }

    /// Whether the model takes it for a natural person, or cannot rule that out.
    fn may_be_a_person(&self) -> bool {
        Model::builtin().is_a(&self.schema, "Person")
            || matches!(self.schema.as_str(), "LegalEntity" | "Mention" | "UserAccount")
    }
}

/// What of an import may become entities of a case, and how much stays outside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Admitted {
    /// Bodies and things, without a value that names one of those held back.
    pub entities: Vec<Entity>,
    /// Ids of persons and of what only hangs on them: their addresses, relations, papers.
    pub held: BTreeSet<String>,
}

/// Properties that list names met in a text, persons among them, or the text itself.
const NAMES_IN_TEXT: [&str; 3] = ["namesMentioned", "peopleMentioned", "indexText"];

/// Holds natural persons back, with every relation that has one at an end and whatever hangs on
/// nobody else (DESIGN section 6, Persons): no quote binds them to a public role.
/// A `LegalEntity` may be a person, so it is held as one.
pub fn without_persons(entities: Vec<Entity>) -> Admitted {
    let mut held: BTreeSet<String> =
        entities.iter().filter(|e| e.may_be_a_person()).map(|e| e.id.clone()).collect();
    // What hangs on a held one can itself have something hanging on it, so this goes on until nothing changes.
    loop {
        let more = hanging_on(&entities, &held);
        if more.is_empty() {
            break;
        }
        held.extend(more);
    }
    let mut kept: Vec<Entity> = entities.into_iter().filter(|e| !held.contains(&e.id)).collect();
    for entity in &mut kept {
        for values in entity.properties.values_mut() {
            values.retain(|value| !held.contains(value));
        }
        entity
            .properties
            .retain(|name, values| !values.is_empty() && !NAMES_IN_TEXT.contains(&name.as_str()));
    }
    Admitted { entities: kept, held }
}

/// Ids that are to be held because of those that are.
fn hanging_on(entities: &[Entity], held: &BTreeSet<String>) -> Vec<String> {
    let model = Model::builtin();
    let there: BTreeSet<&str> = entities.iter().map(|e| e.id.as_str()).collect();
    let mut pointed_by: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for entity in entities {
        let is_held = held.contains(&entity.id);
        for id in entity.points_to() {
            let (by_held, by_kept) = pointed_by.entry(id).or_default();
            *by_held |= is_held;
            *by_kept |= !is_held;
        }
    }
    let hangs = |entity: &&Entity| {
        if held.contains(&entity.id) {
            return false;
        }
        if let Some(edge) = model.edge(&entity.schema) {
            let end = |property: &str| entity.get(property).iter().any(|id| held.contains(id));
            if end(&edge.source) || end(&edge.target) {
                return true;
            }
        }
        // A body stands for itself, whoever directs or owns it.
        if model.is_a(&entity.schema, "LegalEntity") {
            return false;
        }
        let points_at_held = entity.points_to().any(|id| held.contains(id));
        let points_at_kept = entity.points_to().any(|id| there.contains(id) && !held.contains(id));
        let only_theirs = matches!(pointed_by.get(entity.id.as_str()), Some((true, false)));
        (points_at_held && !points_at_kept) || only_theirs
    };
    entities.iter().filter(hangs).map(|e| e.id.clone()).collect()
}
