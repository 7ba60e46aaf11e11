//! Looking a name up among many: nothing that is a yes may be lost, nothing may make it slow or fall.

mod common;

use common::rows;
use plainsight_lens::Gazetteer;
use plainsight_resolve::names::{IndexBuilder, IndexError, NameIndex, Scratch, YES};
use plainsight_resolve::{NameInput, match_names};
use proptest::prelude::*;
use serde_json::Value;

/// How many candidates are compared in full.
const MOST: usize = 200;

fn input(value: &Value) -> NameInput {
    match value {
        Value::String(name) => NameInput::of(name),
        other => NameInput::of_properties(serde_json::from_value(other.clone()).expect("lists of strings")),
    }
}

fn table(names: &[NameInput]) -> Vec<u8> {
    let mut builder = IndexBuilder::new(Gazetteer::builtin());
    for (number, name) in names.iter().enumerate() {
        assert_eq!(builder.add(name), Ok(number as u32));
    }
    builder.finish()
}

/// Pairs of one side that is asked and the number of the other side in the table; gives those that are lost.
fn lost(pairs: &[(NameInput, NameInput)], most: usize) -> Vec<&(NameInput, NameInput)> {
    let others: Vec<NameInput> = pairs.iter().map(|(_, other)| other.clone()).collect();
    let bytes = table(&others);
    let index = NameIndex::open(&bytes).expect("our own table");
    let mut scratch = Scratch::default();
    let mut missing = |(number, (asked, _)): &(usize, &(NameInput, NameInput))| {
        let found = index.candidates(asked, Gazetteer::builtin(), most, &mut scratch);
        !found.contains(&(*number as u32))
    };
    pairs.iter().enumerate().filter(|pair| missing(pair)).map(|(_, pair)| pair).collect()
}

#[test]
fn no_true_match_of_the_developers_sets_is_lost() {
    let mut pairs = Vec::new();
    for file in ["pairs/domain_pairs.jsonl", "pairs/name_bench.jsonl", "pairs/entity_checks.jsonl"] {
        let Some(rows) = rows(file) else { return };
        for row in rows.iter().filter(|row| row["match"] == true) {
            let side =
                |one: &str, other: &str| input(if row[one].is_null() { &row[other] } else { &row[one] });
            let (a, b) = (side("a", "query"), side("b", "candidate"));
            let found = match_names(&a, &b, row["schema"].as_str(), Gazetteer::builtin());
            if found.score >= YES {
                pairs.push((b.clone(), a.clone()));
                pairs.push((a, b));
            }
        }
    }
    let missing = lost(&pairs, MOST);
    eprintln!("{} of {} true matches are among the candidates", pairs.len() - missing.len(), pairs.len());
    assert!(missing.is_empty(), "{} are lost: {missing:#?}", missing.len());
}

#[test]
fn transliterated_names_are_mostly_among_the_candidates() {
    let Some(rows) = rows("translit/dev.jsonl") else { return };
    let mut pairs = Vec::new();
    for row in rows.iter().step_by(4) {
        let (han, latin) = (input(&row["hanzi"]), input(&row["latin"]));
        if match_names(&han, &latin, Some("Person"), Gazetteer::builtin()).score >= YES {
            pairs.push((han, latin));
        }
    }
    let missing = lost(&pairs, MOST);
    let recall = 1.0 - missing.len() as f64 / pairs.len() as f64;
    eprintln!(
        "{} names in Han, recall {recall:.4} of a yes among {MOST} of {} candidates",
        pairs.len(),
        pairs.len()
    );
    assert!(recall >= 0.94, "{recall}: {:?}", &missing[..missing.len().min(20)]);
}

#[test]
fn a_table_says_its_names_and_damaged_bytes_are_no_table_or_lead_nowhere() {
    let names = [NameInput::of("Lantern\nTrading BV"), NameInput::of("欧阳澄"), NameInput::default()];
    let bytes = table(&names);
    let index = NameIndex::open(&bytes).expect("our own table");
    assert_eq!((index.len(), index.names(0), index.names(2)), (3, vec!["Lantern Trading BV"], vec![]));
    assert_eq!(index.names(7), Vec::<&str>::new());
    assert_eq!(NameIndex::open(b"PSNAMES0").map(|_| ()), Err(IndexError::NoTable));
    let mut scratch = Scratch::default();
    let asked = NameInput::of("Ouyang Cheng");
    assert_eq!(index.candidates(&asked, Gazetteer::builtin(), MOST, &mut scratch), [1]);
    for at in 0..bytes.len() {
        if let Ok(cut) = NameIndex::open(&bytes[..at]) {
            cut.candidates(&asked, Gazetteer::builtin(), MOST, &mut scratch);
        }
        let mut wrong = bytes.clone();
        wrong[at] ^= 0xff;
        if let Ok(index) = NameIndex::open(&wrong) {
            index.candidates(&asked, Gazetteer::builtin(), MOST, &mut scratch);
            (0..4).for_each(|number| drop(index.names(number)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Any name is found by itself, whatever is in it.
    #[test]
    fn a_name_with_letters_is_its_own_candidate(name in "\\PC{1,60}") {
        let bytes = table(&[NameInput::of("Somebody Else"), NameInput::of(&name)]);
        let index = NameIndex::open(&bytes).expect("our own table");
        let found = index.candidates(&NameInput::of(&name), Gazetteer::builtin(), MOST, &mut Scratch::default());
        let speaks = name.chars().any(|c| c.is_ascii_alphanumeric() || plainsight_text::is_han(c));
        prop_assert!(!speaks || found.contains(&1), "{name:?}");
    }
}

#[test]
fn the_cost_of_a_name_is_bounded() {
    let begin = std::time::Instant::now();
    for name in [
        "a".repeat(10_000_000),
        "李".repeat(3_000_000),
        "a ".repeat(5_000_000),
        "\u{202e}\u{200b}".repeat(1_000_000),
    ] {
        let bytes = table(&[NameInput::of(&name)]);
        let index = NameIndex::open(&bytes).expect("our own table");
        index.candidates(&NameInput::of(&name), Gazetteer::builtin(), MOST, &mut Scratch::default());
    }
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}
