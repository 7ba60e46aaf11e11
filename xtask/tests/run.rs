//! `cargo xtask test` on a small project of its own.

use std::path::{Path, PathBuf};
use xtask::run::{Settings, test};

/// A project with one test, which says that it could not run where its sets are missing.
fn project(folder: &Path, name: &str, fails: bool) {
    let source = format!(
        "//! A project.\n\n#[test]\nfn counts() {{\n    if !std::path::Path::new(\"sets\").exists() {{\n        \
         eprintln!(\"NOT RUN: counts: no sets\");\n    }}\n    assert_eq!({}, 2);\n}}\n",
        if fails { 3 } else { 2 }
    );
    // Names differ, because all may be built into one target folder at the same time.
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[features]\nonnx = []\n\n[workspace]\n"
    );
    for inner in ["src", "tests"] {
        std::fs::create_dir(folder.join(inner)).expect("made");
    }
    // What the run asks for with the feature.
    std::fs::write(folder.join("tests/own_model.rs"), "//! A test.\n").expect("written");
    std::fs::write(folder.join("src/lib.rs"), source).expect("written");
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("written");
}

fn run(name: &str, fails: bool, ci: bool, sets: Option<PathBuf>) -> (String, Result<(), String>) {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), name, fails);
    let sets = sets.unwrap_or_else(|| folder.path().join("nowhere"));
    let mut out = Vec::new();
    let settings = Settings { install: false, ci, sets };
    let done = test(folder.path(), &settings, &mut out).map_err(|why| why.to_string());
    (String::from_utf8(out).expect("text"), done)
}

#[test]
fn a_run_without_sets_ends_with_the_names() {
    let (out, done) = run("without-sets", false, false, None);
    assert_eq!(done, Ok(()), "{out}");
    assert!(out.contains("test counts ... ok"), "{out}");
    assert!(out.ends_with("\nNOT RUN: counts: no sets\n"), "{out}");
    assert!(!out.contains("successes:"), "{out}");
}

#[test]
fn with_ci_it_is_a_failure_that_names_them_too() {
    let (out, done) = run("with-ci", false, true, None);
    assert!(out.ends_with("\nNOT RUN: counts: no sets\n"), "{out}");
    assert!(done.expect_err("a failure").contains("PLAINSIGHT_SHARED"));
    // The sets are there; what else a test lacks is only said.
    let there = tempfile::tempdir().expect("a folder");
    assert_eq!(run("with-ci-and-sets", false, true, Some(there.path().to_owned())).1, Ok(()));
}

#[test]
fn a_failing_test_is_shown_and_ends_the_run() {
    let (out, done) = run("failing", true, false, None);
    assert!(out.contains("test counts ... FAILED") && out.contains("left: 3"), "{out}");
    assert!(done.expect_err("a failure").contains("tests failed"));
}
