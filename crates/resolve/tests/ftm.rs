//! FollowTheMoney: values as the reference cleans them.
//!
//! `ftm_values.jsonl` was made by running followthemoney 4.11.2 over inputs of our own.

use plainsight_resolve::ftm::{ValueType, clean, is_valid};
use serde_json::Value;

/// Compares each line's `clean` and `valid` with ours; gives what differs.
fn differences(lines: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).expect("the golden file is JSON lines");
        let kind: ValueType = row["type"].as_str().expect("a type").parse().expect("a known type");
        let input = row["input"].as_str().expect("an input");
        let ours = (clean(kind, input), is_valid(kind, input));
        let theirs = (row["clean"].as_str().map(str::to_owned), row["valid"] == true);
        if ours != theirs {
            out.push(format!("{} {input:?}: ours {ours:?}, theirs {theirs:?}", row["type"]));
        }
    }
    out
}

#[test]
fn values_are_cleaned_as_the_reference_cleans_them() {
    let wrong = differences(include_str!("ftm_values.jsonl"));
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_developers_set_of_values_is_met_to_the_letter() {
    let root = std::env::var("PLAINSIGHT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = std::path::Path::new(&root).join("data/names/ftm/type_values.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "type_values.jsonl is missing under PLAINSIGHT_SHARED ({root})"
        );
        eprintln!("NOT RUN: the_developers_set_of_values_is_met_to_the_letter: no sets under {root}");
        return;
    };
    let wrong = differences(&lines);
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
