//! `dates`, `lang`, `words`, `quote`: texts in, JSON lines out.

use super::items::{Files, ask};
use crate::exit::Exit;
use serde_json::{Value, json};

fn text(line: &Value, name: &str) -> Result<String, String> {
    match line.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(format!("“{name}” is no string")),
        None => Err(format!("there is no “{name}”")),
    }
}

fn optional<'v>(line: &'v Value, name: &str) -> Option<&'v str> {
    line.get(name).and_then(Value::as_str)
}

fn id(line: &Value) -> Value {
    line.get("id").cloned().unwrap_or(Value::Null)
}

/// Date expressions of each text.
pub fn dates(files: &Files) -> Exit {
    ask(files, "text", |line| {
        let text = text(line, "text")?;
        let spans: Vec<Value> = plainsight_read::dates(&text, optional(line, "ref"), optional(line, "lang"))
            .into_iter()
            .map(|d| {
                json!({
                    "start": d.start, "end": d.end, "text": d.text, "timex": d.timex, "values": d.values,
                    "edtf": d.edtf, "inferred_year": d.inferred_year,
                })
            })
            .collect();
        Ok(vec![json!({"id": id(line), "spans": spans})])
    })
}

/// The language of each text.
pub fn lang(files: &Files) -> Exit {
    ask(files, "text", |line| {
        let language = plainsight_read::language(&text(line, "text")?);
        let script = language.script.map(|s| s.as_str());
        Ok(vec![json!({"id": id(line), "lang": language.lang, "script": script, "sure": language.sure})])
    })
}

/// The words of each text.
pub fn words(files: &Files) -> Exit {
    ask(files, "text", |line| {
        let words = plainsight_read::words(&text(line, "text")?);
        Ok(vec![json!({"id": id(line), "words": words})])
    })
}

/// Whether a quote stands in a text, to the letter.
pub fn quote(files: &Files) -> Exit {
    ask(files, "text", |line| {
        let gated = plainsight_corroborate::quote_gate(&text(line, "text")?, &text(line, "quote")?);
        let hits: Vec<[usize; 2]> = gated.hits.iter().map(|s| [s.start, s.end]).collect();
        Ok(vec![json!({"id": id(line), "verdict": gated.verdict.as_str(), "hits": hits})])
    })
}
