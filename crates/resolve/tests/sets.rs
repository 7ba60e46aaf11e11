//! The figures of the developers' sets of names (`data/names` beside the project): per set,
//! half and kind, each set with a floor just under what is reached.
//!
//! `cargo test -p plainsight-resolve --test sets -- --nocapture` prints them; `NAMES_SHOW=1`
//! prints the pairs of the first half that are answered wrongly. Rules are tuned on the first
//! half only; a set's second half says how much of that holds elsewhere.

mod common;

use common::rows;
use plainsight_lens::Gazetteer;
use plainsight_resolve::names::YES;
use plainsight_resolve::{NameInput, match_names};
use serde_json::Value;
use std::collections::BTreeMap;

/// 0 for the half that rules are tuned on, 1 for the other (FNV-1a of the id).
fn half(id: &str) -> usize {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::from((hash >> 7) % 2 == 1)
}

/// Right yes, wrong yes, wrong no, right no.
#[derive(Default, Clone, Copy)]
struct Count([f64; 4]);

impl Count {
    fn add(&mut self, yes: bool, gold: bool) {
        self.0[match (yes, gold) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        }] += 1.0;
    }

    fn f1(&self) -> f64 {
        let [right, wrong, missed, _] = self.0;
        if right == 0.0 { 0.0 } else { 2.0 * right / (2.0 * right + wrong + missed) }
    }

    fn print(&self, name: &str) {
        let [right, wrong, missed, _] = self.0;
        let share = |of: f64| if of == 0.0 { 0.0 } else { right / of };
        eprintln!(
            "{name}: n={} P={:.3} R={:.3} F1={:.3}",
            self.0.iter().sum::<f64>(),
            share(right + wrong),
            share(right + missed),
            self.f1()
        );
    }
}

fn input(value: &Value) -> NameInput {
    match value {
        Value::String(name) => NameInput::of(name),
        other => NameInput::of_properties(serde_json::from_value(other.clone()).expect("lists of strings")),
    }
}

/// F1 over a whole set of pairs; prints it per half and per value of `kind`.
fn pairs(file: &str, kind: &str) -> Option<f64> {
    let rows = rows(file)?;
    let begin = std::time::Instant::now();
    let (mut all, mut halves) = (Count::default(), [Count::default(); 2]);
    let mut kinds: BTreeMap<String, Count> = BTreeMap::new();
    for row in &rows {
        let side =
            |one: &str, other: &str| if row[one].is_null() { input(&row[other]) } else { input(&row[one]) };
        let (a, b) = (side("a", "query"), side("b", "candidate"));
        let found = match_names(&a, &b, row["schema"].as_str(), Gazetteer::builtin());
        let back = match_names(&b, &a, row["schema"].as_str(), Gazetteer::builtin());
        assert_eq!((found.score, found.verdict), (back.score, back.verdict), "{row}");
        let (yes, gold) = (found.score >= YES, row["match"].as_bool().expect("a label"));
        let half = half(row["id"].as_str().expect("an id"));
        all.add(yes, gold);
        halves[half].add(yes, gold);
        kinds.entry(row[kind].as_str().unwrap_or("").to_owned()).or_default().add(yes, gold);
        if yes != gold && half == 0 && std::env::var_os("NAMES_SHOW").is_some() {
            eprintln!("{gold} {:.2} {} {a:?} | {b:?}", found.score, row["schema"]);
        }
    }
    eprintln!("{:.1} µs a pair", begin.elapsed().as_secs_f64() * 1e6 / (2 * rows.len()) as f64);
    all.print(file);
    halves[0].print("  first half");
    halves[1].print("  second half");
    for (name, count) in &kinds {
        count.print(&format!("  {kind} {name}"));
    }
    Some(all.f1())
}

#[test]
fn pairs_of_names_reach_their_floors() {
    for (file, kind, floor) in [
        ("pairs/domain_pairs.jsonl", "kind", 0.99),
        ("pairs/name_bench.jsonl", "schema", 0.9),
        ("pairs/entity_checks.jsonl", "schema", 0.95),
    ] {
        if let Some(f1) = pairs(file, kind) {
            assert!(f1 >= floor, "{file}: F1 is {f1:.3}, under its floor of {floor}");
        }
    }
}

/// Of 20 Latin names the one that a Han name writes has the highest score.
#[test]
fn transliterated_names_are_found_among_twenty() {
    let Some(rows) = rows("translit/rank20.jsonl") else { return };
    let mut halves = [[0.0; 2]; 2];
    let begin = std::time::Instant::now();
    for row in &rows {
        let han = input(&row["hanzi"]);
        let names: Vec<&str> =
            row["candidates"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let score =
            |name: &&str| match_names(&han, &NameInput::of(name), Some("Person"), Gazetteer::builtin()).score;
        let scores: Vec<f64> = names.iter().map(score).collect();
        // Of equal scores the first counts: the answer is right only by a better score.
        let best = scores.iter().enumerate().fold(0, |best, (n, s)| if *s > scores[best] { n } else { best });
        let right = row["gold"].as_array().expect("a list").iter().any(|gold| gold == names[best]);
        if !right
            && std::env::var_os("NAMES_SHOW").is_some()
            && self::half(row["id"].as_str().expect("an id")) == 0
        {
            let gold = names.iter().position(|name| row["gold"][0] == **name).unwrap_or(0);
            eprintln!(
                "{} {} {} not {} {}",
                row["hanzi"], names[gold], scores[gold], names[best], scores[best]
            );
        }
        let half = &mut halves[half(row["id"].as_str().expect("an id"))];
        half[0] += f64::from(u8::from(right));
        half[1] += 1.0;
    }
    let share = |halves: &[[f64; 2]]| {
        halves.iter().map(|h| h[0]).sum::<f64>() / halves.iter().map(|h| h[1]).sum::<f64>()
    };
    eprintln!("{:.1} µs a pair", begin.elapsed().as_secs_f64() * 1e6 / (20 * rows.len()) as f64);
    eprintln!("translit/rank20.jsonl: top-1 {:.3}", share(&halves));
    eprintln!("  first half {:.3}, second half {:.3}", share(&halves[..1]), share(&halves[1..]));
    assert!(share(&halves) >= 0.89, "{halves:?}");
}
