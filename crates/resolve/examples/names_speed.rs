//! How many pairs of names are compared in a second, each name read anew and read before:
//! `names_speed PAIRS.jsonl [rounds]`.
//! Lines as `plainsight match` takes them; tables are made and the file is read before the clock starts.

use plainsight_lens::Gazetteer;
use plainsight_resolve::{NameInput, ReadNames, match_read};
use serde_json::Value;

fn input(value: &Value) -> NameInput {
    match value {
        Value::String(name) => NameInput::of(name),
        other => NameInput::of_properties(serde_json::from_value(other.clone()).unwrap_or_default()),
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = args.first() else {
        eprintln!("names_speed needs a file of pairs");
        std::process::exit(2);
    };
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let rows: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let pair = |row: &Value| {
        let side = |one: &str, other: &str| input(if row[one].is_null() { &row[other] } else { &row[one] });
        (side("a", "query"), side("b", "candidate"), row["schema"].as_str().map(str::to_owned))
    };
    let pairs: Vec<_> = rows.iter().map(pair).collect();
    let yes =
        |kind: &Option<String>, a: &ReadNames, b: &ReadNames| match_read(a, b, kind.as_deref()).score >= 0.7;
    let read = |input| ReadNames::of(input, Gazetteer::builtin());
    let each = || pairs.iter().filter(|(a, b, kind)| yes(kind, &read(a), &read(b))).count();
    let said = each();
    let rounds: u32 = args.get(1).and_then(|n| n.parse().ok()).unwrap_or(20);
    let speed = |all: &dyn Fn() -> usize| {
        let begin = std::time::Instant::now();
        for _ in 0..rounds {
            assert_eq!(all(), said, "the same pairs have another answer");
        }
        f64::from(rounds) * pairs.len() as f64 / begin.elapsed().as_secs_f64()
    };
    println!("{} pairs, {said} yes, {:.0} pairs/s", pairs.len(), speed(&each));
    // What is left where a name was met before: the first round reads, the others compare.
    let known: Vec<_> = pairs.iter().map(|(a, b, kind)| (read(a), read(b), kind)).collect();
    let again = || known.iter().filter(|(a, b, kind)| yes(kind, a, b)).count();
    again();
    println!("of names that were read before: {:.0} pairs/s", speed(&again));
}
