//! The bundled example against `EXPECTED.json`, written by hand before any
//! finder existed. What is not reached yet stands by name in `OPEN.toml`: an
//! open expectation that is met fails the test, like any other that is not.

mod expected;

use expected::{Outcome, example_folder};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_demo_agrees_with_what_was_expected_of_it() {
    let run = expected::Run::of(&example_folder());
    let outcome = expected::compare(&run, &example_folder());
    report(&outcome, &example_folder());
}

/// Prints what is open and fails on every surprise, in either direction.
fn report(outcome: &Outcome, folder: &std::path::Path) {
    let open: BTreeMap<String, String> = expected::open(folder);
    for skipped in &outcome.skipped {
        eprintln!("NOT RUN: {skipped}");
    }
    if std::env::var_os("CI").is_some() {
        assert!(outcome.skipped.is_empty(), "programs are missing: {:?}", outcome.skipped);
    }
    let failed: BTreeSet<&String> = outcome.failed.keys().collect();
    let mut surprises = Vec::new();
    for (what, why) in &outcome.failed {
        match open.get(what) {
            Some(reason) => eprintln!("open: {what}: {reason}"),
            None => surprises.push(format!("{what}: {why}")),
        }
    }
    for what in open.keys().filter(|what| !failed.contains(what)) {
        if !outcome.skipped.iter().any(|s| s.starts_with(what.as_str())) {
            surprises.push(format!("{what} is met: take it out of OPEN.toml"));
        }
    }
    eprintln!(
        "{} expectations met, {} open",
        outcome.met,
        outcome.failed.len() - surprises.len().min(outcome.failed.len())
    );
    assert!(surprises.is_empty(), "{} surprises:\n{}", surprises.len(), surprises.join("\n"));
}
