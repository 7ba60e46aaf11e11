//! Every target over its seeds and over mutants of them, the same on every machine.
//!
//! More of them: `PLAINSIGHT_MUTANTS=100000 cargo test -p plainsight-fuzzing`.

use plainsight_fuzzing::{Mutants, TARGETS, Target, seeds, target};
use std::path::Path;
use std::time::{Duration, Instant};

/// Mutants of each target unless `PLAINSIGHT_MUTANTS` says otherwise.
const MUTANTS: usize = 200;

/// The row of mutants; another number gives other ones.
const NUMBER: u64 = 20_190_503;

/// The longest that one input of at most 64 KiB may take, on a machine with much else to do.
const LONGEST: Duration = Duration::from_secs(20);

/// Runs one input. What fails is written down so that it can become a seed.
fn run(name: &str, target: Target, bytes: &[u8], which: &str) {
    let start = Instant::now();
    let outcome = std::panic::catch_unwind(|| target(bytes));
    let took = start.elapsed();
    if outcome.is_err() || took > LONGEST {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let file = folder.join(format!("{name}-{}", plainsight_model::Digest::of(bytes).hex()));
        let kept =
            std::fs::write(&file, bytes).map_or_else(|why| why.to_string(), |()| file.display().to_string());
        panic!(
            "{name} fails on {which} after {took:?}; the bytes: {kept}. Mend it and put them under fuzz/seeds/{name}"
        );
    }
}

fn all(name: &str) {
    let target = target(name).expect("a target of that name");
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "fuzz/seeds/{name} is empty");
    for (path, bytes) in &seeds {
        run(name, target, bytes, &path.display().to_string());
    }
    run(name, target, b"", "nothing at all");
    let count = std::env::var("PLAINSIGHT_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(MUTANTS);
    for (number, bytes) in Mutants::new(&seeds, NUMBER).take(count).enumerate() {
        run(name, target, &bytes, &format!("mutant {number} of the row {NUMBER}"));
    }
}

/// One test a target, so that they run beside each other and fail by name.
macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { all(stringify!($name)); })*
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

targets! {
    archive_arc
    archive_http
    archive_index
    archive_members
    archive_package
    archive_warc
    case_decisions
    dossier_files
    find_proposals
    find_text
    ledger_files
    ledger_note
    ledger_proof
    lens_terms
    lens_toml
    read_any
    read_charset
    read_chat
    read_dates
    read_mail
    read_notes
    read_office
    read_page
    read_pdf
    read_picture
    read_recording
    read_text
    resolve_names
    resolve_tables
    search_query
    stamp_answer
    stamp_headers
    stamp_proof
    stamp_roots
    stamp_token
}

#[test]
fn every_target_is_tested_and_has_a_program_for_the_fuzzer() {
    let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, TESTED);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("fuzz/Cargo.toml");
    for name in names {
        let program = std::fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).expect(name);
        assert!(program.contains(&format!("\"{name}\"")), "fuzz_targets/{name}.rs runs another target");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml does not name {name}");
    }
}
