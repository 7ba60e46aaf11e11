//! The developers' sets of reading: dates in running text, languages of short texts, days of publication.
//!
//! A floor is what was reached when it was written, rounded down; it is raised when the reader gets better, never
//! lowered. The sets lie beside the project; their scorer has the same figures and more.

use plainsight_model::ReadSettings;
use plainsight_read::{Source, dates, language, read};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

/// The rows of a set, or nothing where the sets are missing.
fn rows(set: &str) -> Option<Vec<Value>> {
    let path = folder().join(set).join("truth.jsonl.gz");
    let Ok(packed) = std::fs::read(&path) else {
        assert!(std::env::var_os("CI").is_none(), "the reading set is missing: set PLAINSIGHT_SHARED");
        eprintln!("NOT RUN: no data/reading/{set} under PLAINSIGHT_SHARED");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .read_to_string(&mut text)
        .expect("the set is packed text");
    // Two rows of htmldate say `NaN` for the day, which is no JSON; they are left out.
    let rows: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(rows.len() + 5 > text.lines().count(), "{set} has rows that cannot be read");
    Some(rows)
}

fn folder() -> PathBuf {
    let shared = std::env::var_os("PLAINSIGHT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    shared.join("data/reading")
}

fn word<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or("")
}

/// Spans found, given and true; values right and asked for.
#[derive(Default)]
struct Counts {
    right: usize,
    given: usize,
    truth: usize,
    values: usize,
    valued: usize,
}

#[test]
fn dates_in_running_text() {
    let Some(rows) = rows("datetext") else { return };
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in &rows {
        let reference = row.get("reference").and_then(Value::as_str);
        let found = dates(word(row, "input"), reference, Some(word(row, "lang")));
        let count = counts.entry(word(row, "lang")).or_default();
        count.given += found.len();
        let spans = row.get("spans").and_then(Value::as_array).cloned().unwrap_or_default();
        count.truth += spans.len();
        for span in spans {
            let number = |key: &str| span.get(key).and_then(Value::as_u64).unwrap_or(0) as usize;
            let Some(own) = found.iter().find(|d| (d.start, d.end) == (number("start"), number("end")))
            else {
                continue;
            };
            count.right += 1;
            let values = span.get("values").and_then(Value::as_array).cloned().unwrap_or_default();
            count.valued += usize::from(!values.is_empty());
            count.values += usize::from(
                values.iter().any(|v| v.as_str().is_some_and(|v| own.values.iter().any(|o| o == v))),
            );
        }
    }
    for (lang, floor) in [("en", 0.94), ("es", 0.92), ("nl", 0.92), ("zh", 0.95)] {
        let count = &counts[lang];
        let f1 = 2.0 * count.right as f64 / (count.given + count.truth) as f64;
        let values = count.values as f64 / count.valued as f64;
        assert!(f1 >= floor, "{lang}: span F1 {f1:.3}, at least {floor} is asked for");
        assert!(values >= 0.95, "{lang}: {values:.3} of the values are right");
    }
}

#[test]
fn languages_of_short_texts() {
    let Some(rows) = rows("langid") else { return };
    let right = rows.iter().filter(|row| language(word(row, "text")).lang == word(row, "lang")).count();
    let share = right as f64 / rows.len() as f64;
    assert!(share >= 0.988, "{share:.4} of {} languages are right", rows.len());
}

#[test]
fn days_of_publication() {
    let Some(rows) = rows("htmldate") else { return };
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    let (mut given, mut right) = (0, 0);
    for row in &rows {
        let path = folder().join(word(row, "page"));
        let bytes = std::fs::read(&path).expect("the page of the row is there");
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let source = Source { bytes: &bytes, media_type: None, uri: "", name: &name };
        let day = read(&source, &settings).0.date;
        given += usize::from(day.is_some());
        right += usize::from(day.as_deref() == Some(word(row, "date")));
    }
    let f1 = 2.0 * right as f64 / (given + rows.len()) as f64;
    assert!(f1 >= 0.915, "F1 of the day {f1:.3}");
}
