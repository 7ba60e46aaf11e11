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

/// Which test an expectation belongs to.
fn part_of(what: &str) -> &'static str {
    ["delete", "swap"].into_iter().find(|part| what.starts_with(part)).unwrap_or("")
}

/// Prints what is open and fails on every surprise, in either direction.
fn report(outcome: &Outcome, folder: &std::path::Path) {
    // Each test looks at its own part of the list.
    let is_mine = |what: &str| part_of(what) == outcome.part;
    let open: BTreeMap<String, String> =
        expected::open(folder).into_iter().filter(|(what, _)| is_mine(what)).collect();
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

#[test]
fn swapped_names_numbers_and_days_give_the_same_findings_up_to_the_substitution() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let swapped = target.path().join("swapped");
    // The swapped WARC is written by warcio, in the script that is committed beside the example.
    let own_python = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python/bin/python3");
    let made = [std::path::PathBuf::from("python3"), own_python].into_iter().any(|python| {
        let script = example_folder().join("check.py");
        let out = std::process::Command::new(python).arg(script).arg("--swap").arg(&swapped).output();
        out.is_ok_and(|out| out.status.success()) && swapped.join("crawl.warc.gz").exists()
    });
    if !made {
        eprintln!("NOT RUN: the swap test: no Python with warcio (`cargo xtask test` installs it)");
        return;
    }
    let original = expected::Run::of(&example_folder());
    let other = expected::Run::of(&swapped);
    let swap = expected::Swap::read(&example_folder().join("swap.csv"));
    let wanted: BTreeSet<String> = original.findings.iter().map(|f| swap.apply(&expected::core(f))).collect();
    let found: BTreeSet<String> = other.findings.iter().map(expected::core).collect();
    let outcome = expected::compare(&original, &example_folder());
    let swapped_outcome = expected::compare(&other, &swapped);
    let failed: BTreeSet<String> = outcome.failed.keys().map(|what| swap.apply(what)).collect();
    let failed_swapped: BTreeSet<String> = swapped_outcome.failed.keys().cloned().collect();
    report(&expected::swapped(&wanted, &found, &failed, &failed_swapped), &example_folder());
}

#[test]
fn without_any_one_document_only_what_rests_on_it_changes() {
    let base = expected::Run::of(&example_folder());
    let outcome = expected::without_each(&base, &example_folder());
    report(&outcome, &example_folder());
}
