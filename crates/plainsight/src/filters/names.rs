//! `match`, `places` and `values`.

use super::items::{Files, ask};
use crate::exit::Exit;
use plainsight_lens::Gazetteer;
use plainsight_resolve::{NameInput, ftm};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Whether two names may be one's.
pub fn match_names(files: &Files) -> Exit {
    let gazetteer = Gazetteer::builtin();
    ask(files, "a", |line| {
        let a = name_input(line.get("a")).ok_or("“a” is neither a string nor FollowTheMoney properties")?;
        let b = name_input(line.get("b")).ok_or("“b” is neither a string nor FollowTheMoney properties")?;
        let schema = line.get("schema").and_then(Value::as_str);
        let found = plainsight_resolve::match_names(&a, &b, schema, gazetteer);
        let reasons: Vec<Value> = found
            .reasons
            .iter()
            .map(|r| json!({"slot": r.slot, "a": r.a, "b": r.b, "effect": r.effect.as_str(), "sentence": r.sentence}))
            .collect();
        Ok(vec![json!({
            "id": line.get("id"), "score": found.score, "verdict": found.verdict.as_str(), "reasons": reasons,
        })])
    })
}

fn name_input(value: Option<&Value>) -> Option<NameInput> {
    match value? {
        Value::String(name) => Some(NameInput::of(name)),
        Value::Object(object) => {
            let strings = |v: &Value| match v {
                Value::String(s) => vec![s.clone()],
                Value::Array(list) => list.iter().filter_map(|s| s.as_str().map(str::to_owned)).collect(),
                _ => Vec::new(),
            };
            let properties = object.get("properties").and_then(Value::as_object).unwrap_or(object);
            let properties: BTreeMap<String, Vec<String>> =
                properties.iter().map(|(name, value)| (name.clone(), strings(value))).collect();
            Some(NameInput::of_properties(properties))
        }
        _ => None,
    }
}

/// A place of a name.
pub fn places(files: &Files) -> Exit {
    let gazetteer = Gazetteer::builtin();
    ask(files, "name", |line| {
        let name = line.get("name").and_then(Value::as_str).ok_or("there is no “name”")?;
        let lang = line.get("lang").and_then(Value::as_str);
        let found = plainsight_resolve::places(name, lang, gazetteer);
        let mut answer = json!({
            "name": found.name, "lang": found.lang, "code": found.code, "kind": found.kind, "parents": found.parents,
        });
        if let (Some(id), Some(object)) = (line.get("id"), answer.as_object_mut()) {
            object.insert("id".into(), id.clone());
        }
        Ok(vec![answer])
    })
}

/// A value of FollowTheMoney as its type writes it.
pub fn values(files: &Files) -> Exit {
    ask(files, "input", |line| {
        let kind = line.get("type").and_then(Value::as_str).ok_or("there is no “type”")?;
        let kind: ftm::ValueType = kind.parse()?;
        let input = match line.get("input").ok_or("there is no “input”")? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Array(_) | Value::Object(_) => {
                return Err("“input” is neither a string nor a number".to_owned());
            }
            other => Some(other.to_string()),
        };
        let clean = input.as_deref().and_then(|input| ftm::clean(kind, input));
        let valid = input.as_deref().is_some_and(|input| ftm::is_valid(kind, input));
        Ok(vec![json!({"id": line.get("id"), "clean": clean, "valid": valid})])
    })
}
