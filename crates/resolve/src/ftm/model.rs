//! The model: schemata with their ancestors, properties with their types.

use super::ValueType;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const MODEL: &str = include_str!("../../data/ftm/model.json");

/// All schemata by name.
#[derive(Debug, Deserialize)]
pub struct Model {
    /// The version of followthemoney that it was taken from.
    pub version: String,
    schemata: BTreeMap<String, Schema>,
}

/// What kind of thing an entity is.
#[derive(Debug, Deserialize)]
pub struct Schema {
    #[serde(default)]
    extends: Vec<String>,
    /// Whether entities of it can be one with those of another list; a note or an event cannot.
    #[serde(default)]
    pub matchable: bool,
    /// For what stands between two entities: the properties that name them.
    pub edge: Option<Edge>,
    properties: BTreeMap<String, Property>,
}

/// The two ends of a schema that is a relation.
#[derive(Debug, Deserialize)]
pub struct Edge {
    /// The property with the one end.
    pub source: String,
    /// The property with the other end.
    pub target: String,
}

/// A property of a schema.
#[derive(Debug, Deserialize)]
pub struct Property {
    #[serde(rename = "type")]
    kind: String,
    /// Only the other side of another entity's property; holds no values.
    #[serde(default)]
    pub stub: bool,
    /// The property of the other entity of which this is the other side.
    pub reverse: Option<String>,
}

impl Property {
    /// The type of its values.
    pub fn kind(&self) -> ValueType {
        self.kind.parse().unwrap_or(ValueType::String)
    }
}

impl Model {
    /// The model that ships with Plainsight.
    pub fn builtin() -> &'static Self {
        static PARSED: OnceLock<Model> = OnceLock::new();
        PARSED.get_or_init(|| {
            // The bytes are ours and a test reads them; a damaged build knows no schema.
            serde_json::from_str(MODEL)
                .unwrap_or_else(|_| Self { version: String::new(), schemata: BTreeMap::new() })
        })
    }

    /// A schema by its name.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemata.get(name)
    }

    /// Whether a schema is another or one of its descendants.
    pub fn is_a(&self, name: &str, ancestor: &str) -> bool {
        self.line(name).contains(ancestor)
    }

    /// A property of a schema, its own or inherited.
    pub fn property(&self, schema: &str, property: &str) -> Option<&Property> {
        self.line(schema).into_iter().find_map(|name| self.schemata.get(name)?.properties.get(property))
    }

    /// The edge of a schema, its own or inherited.
    pub fn edge(&self, schema: &str) -> Option<&Edge> {
        self.line(schema).into_iter().find_map(|name| self.schemata.get(name)?.edge.as_ref())
    }

    /// The schema of an entity of which two parts say two: the one that is both, if there is one.
    pub fn common<'s>(&self, a: &'s str, b: &'s str) -> Option<&'s str>
    where
        Self: 's,
    {
        if self.is_a(a, b) {
            Some(a)
        } else if self.is_a(b, a) {
            Some(b)
        } else {
            None
        }
    }

    /// A schema and all that it extends; empty for one that the model has not.
    fn line<'s>(&'s self, name: &str) -> BTreeSet<&'s str> {
        let mut out = BTreeSet::new();
        let mut next: Vec<&str> =
            self.schemata.get_key_value(name).map(|(k, _)| k.as_str()).into_iter().collect();
        while let Some(name) = next.pop() {
            if out.insert(name)
                && let Some(schema) = self.schemata.get(name)
            {
                next.extend(schema.extends.iter().map(String::as_str));
            }
        }
        out
    }
}
