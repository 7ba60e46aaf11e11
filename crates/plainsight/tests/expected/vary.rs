//! The example with names swapped, and with one document left out.

use super::{Outcome, Run, list, match_posts, word};
use plainsight_archive::{Check, list as records};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a finding says, without ids and without the words of its evidence.
pub fn core(finding: &Value) -> String {
    let sorted = |value: &Value, of: &dyn Fn(&Value) -> Value| -> Vec<String> {
        let all: BTreeSet<String> = list(value).iter().map(|v| of(v).to_string()).collect();
        all.into_iter().collect()
    };
    json!({
        "city": finding["city"], "country": finding["country"], "operator": finding["operator"],
        "operator_ids": finding["operator_ids"], "host_body": finding["host_body"], "address": finding["address"],
        "phone": finding["phone"], "opened": finding["opened"],
        "conflicts": sorted(&finding["opened_conflicts"], &|c| c.clone()),
        "verdicts": sorted(&finding["verdicts"], &|v| json!([v["name"], v["as_of"], v["outcome"]])),
        "grade": finding["grade"], "grade_if_read": finding["grade_if_read"], "origins": finding["origins"],
    })
    .to_string()
}

/// The table of `swap.csv`.
pub struct Swap {
    pairs: Vec<(String, String)>,
}

impl Swap {
    /// Reads the table; the longest `from` wins.
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).expect("swap.csv");
        let mut pairs: Vec<(String, String)> = text
            .lines()
            .skip(1)
            .filter_map(|line| {
                let cells = cells(line);
                Some((cells.get(1)?.clone(), cells.get(2)?.clone()))
            })
            .collect();
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.chars().count()));
        Self { pairs }
    }

    /// Replaces from left to right, each place once.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        'text: while let Some(first) = rest.chars().next() {
            for (from, to) in &self.pairs {
                if let Some(after) = rest.strip_prefix(from.as_str()) {
                    out.push_str(to);
                    rest = after;
                    continue 'text;
                }
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
        out
    }
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

/// Runs the example once without each document and holds the result against `delete.json`.
pub fn without_each(base: &Run, example: &Path) -> Outcome {
    let text = std::fs::read_to_string(example.join("delete.json")).expect("delete.json");
    let expected: BTreeMap<String, Value> = serde_json::from_str(&text).expect("delete.json is JSON");
    let posts: Value =
        serde_json::from_str(&std::fs::read_to_string(example.join("EXPECTED.json")).expect("EXPECTED.json"))
            .expect("JSON");
    let before = match_posts(base, &posts);
    let by_id: BTreeMap<&str, &Value> = base.findings.iter().map(|f| (word(&f["post"]), f)).collect();
    let mut outcome = Outcome { part: "delete", ..Outcome::default() };
    for (file, rests) in &expected {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_without(example, file, folder.path());
        let run = Run::of(folder.path());
        let after = match_posts(&run, &posts);
        let gone: BTreeSet<&String> = before.keys().filter(|key| !after.contains_key(*key)).collect();
        let wanted: BTreeSet<String> =
            list(&rests["posts_gone"]).iter().map(|k| word(k).to_owned()).collect();
        let wanted: BTreeSet<&String> = wanted.iter().filter(|k| before.contains_key(*k)).collect();
        outcome.expect(format!("delete[{file}].posts_gone"), gone == wanted, || {
            format!("expected {wanted:?}, gone are {gone:?}")
        });
        let touched: BTreeSet<&str> = list(&rests["changes"]).iter().map(|c| word(&c["post"])).collect();
        let others: Vec<&String> = before
            .keys()
            .filter(|key| !touched.contains(key.as_str()) && after.contains_key(*key))
            .filter(|key| {
                let now = run.findings.iter().find(|f| f["post"] == after[*key]);
                now.map(core) != by_id.get(word(&before[*key])).map(|f| core(f))
            })
            .collect();
        outcome.expect(format!("delete[{file}].others"), others.is_empty(), || {
            format!("also changed: {others:?}")
        });
    }
    outcome
}

/// Copies the example without one document: a loose file, or a record of the WARC with its gzip member.
fn copy_without(example: &Path, file: &str, target: &Path) {
    for name in ["gazetteer.csv", "registers.csv", "decisions.jsonl"] {
        std::fs::copy(example.join(name), target.join(name)).expect("copied");
    }
    std::fs::create_dir(target.join("inbox")).expect("made");
    for entry in std::fs::read_dir(example.join("inbox")).expect("inbox") {
        let entry = entry.expect("an entry");
        let name = format!("inbox/{}", entry.file_name().to_string_lossy());
        if name != file {
            std::fs::copy(entry.path(), target.join(&name)).expect("copied");
        }
    }
    let warc = example.join("crawl.warc.gz");
    let bytes = std::fs::read(&warc).expect("crawl.warc.gz");
    let mut kept = Vec::new();
    records(&warc, Check::NoDigests, &mut |row| {
        if row.uri.as_deref() != Some(file) {
            let (from, to) = (row.offset as usize, (row.offset + row.length) as usize);
            kept.extend_from_slice(&bytes[from..to]);
        }
    })
    .expect("the WARC is listed");
    std::fs::write(target.join("crawl.warc.gz"), kept).expect("written");
}

/// Holds the findings of the swapped example against the swapped findings, field by field over all posts.
pub fn swapped(
    wanted: &BTreeSet<String>,
    found: &BTreeSet<String>,
    failed: &BTreeSet<String>,
    failed_swapped: &BTreeSet<String>,
) -> Outcome {
    let mut outcome = Outcome { part: "swap", ..Outcome::default() };
    let values = |all: &BTreeSet<String>, field: &str| -> Vec<String> {
        let mut values: Vec<String> = all
            .iter()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .map(|core| format!("{} {}", core["phone"], core[field]))
            .collect();
        values.sort();
        values
    };
    for field in [
        "city",
        "country",
        "operator",
        "operator_ids",
        "host_body",
        "address",
        "opened",
        "conflicts",
        "verdicts",
        "grade",
        "grade_if_read",
        "origins",
    ] {
        let (before, after) = (values(wanted, field), values(found, field));
        let differ: Vec<&String> = after.iter().filter(|value| !before.contains(value)).collect();
        outcome.expect(format!("swap.{field}"), before == after, || format!("after the swap: {differ:?}"));
    }
    outcome.expect("swap.expectations".into(), failed == failed_swapped, || {
        let differ: Vec<&String> = failed.symmetric_difference(failed_swapped).collect();
        format!("open in one of the two only: {differ:?}")
    });
    outcome
}
