//! `cargo xtask test`: every check in order, the quickest first.

use crate::machine;
use anyhow::{Context as _, bail, ensure};
use std::io::{BufRead as _, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run is wanted.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether missing programs are installed (else they are named).
    pub install: bool,
    /// Whether missing sets are a failure: the variable `CI`.
    pub ci: bool,
    /// The folder of the sets beside the project: the variable `PLAINSIGHT_SHARED`.
    pub sets: PathBuf,
}

impl Settings {
    /// As the environment says; the sets as one path for all, since tests run
    /// in the folders of their crates, where a relative path would lead elsewhere.
    pub fn from_environment(root: &Path, install: bool) -> Self {
        let given = std::env::var_os("PLAINSIGHT_SHARED").filter(|given| !given.is_empty());
        let given = given.map_or_else(|| root.join("../shared"), PathBuf::from);
        let sets = std::path::absolute(&given).unwrap_or(given);
        Self { install, ci: std::env::var_os("CI").is_some(), sets }
    }
}

/// Runs all checks and stops at the first that fails. The last lines are those
/// of the test runner, and after them the tests that could not run.
pub fn test(root: &Path, settings: &Settings, out: &mut dyn Write) -> anyhow::Result<()> {
    headline(out, "what the tests use")?;
    if settings.install {
        machine::prepare()?;
        machine::prepare_oracles(root);
    } else {
        machine::name_missing();
    }
    for (what, command, variable) in STEPS {
        headline(out, &format!("{what}: {command}"))?;
        let status = cargo(root, settings, command, *variable).status();
        let status = status.with_context(|| format!("{command} cannot be run"))?;
        ensure!(status.success(), "{what} failed; run it alone with `{command}`");
    }
    let not_run = tests(root, settings, out)?;
    for line in &not_run {
        writeln!(out, "{line}")?;
    }
    if settings.ci && !settings.sets.is_dir() {
        bail!("these tests were NOT RUN, and CI is set: name the folder of the sets in PLAINSIGHT_SHARED");
    }
    Ok(())
}

/// What runs before the tests: its name, its command, a variable for it.
type Step = (&'static str, &'static str, Option<(&'static str, &'static str)>);

const STEPS: &[Step] = &[
    ("format", "cargo fmt --all --check", None),
    // With the feature, so that what it adds is looked at too.
    ("clippy", "cargo clippy --workspace --all-targets --features onnx -- -D warnings", None),
    (
        "documentation",
        "cargo doc --workspace --no-deps --document-private-items",
        Some(("RUSTDOCFLAGS", "-D warnings")),
    ),
    // The one test that wants the feature. It stands before the others, whose program is built without.
    ("a model of one's own", "cargo test --workspace --features onnx --test own_model", None),
];

fn headline(out: &mut dyn Write, what: &str) -> anyhow::Result<()> {
    writeln!(out, "\n== {what}")?;
    Ok(out.flush()?)
}

/// Runs the tests and passes on what they print as it comes. Gives the lines
/// in which tests say that they could not run.
fn tests(root: &Path, settings: &Settings, out: &mut dyn Write) -> anyhow::Result<Vec<String>> {
    headline(out, "tests: cargo test --workspace")?;
    let mut cargo = cargo(root, settings, "cargo test --workspace -- --show-output", None);
    let mut child = cargo.stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output to read")?).split(b'\n');
    let mut not_run = Vec::new();
    let mut shown = Shown::default();
    while let Some(line) = lines.next().transpose()? {
        let line = String::from_utf8_lossy(&line);
        if line.starts_with("NOT RUN: ") {
            not_run.push(line.clone().into_owned());
        }
        if shown.shows(&line) {
            writeln!(out, "{line}")?;
        }
    }
    ensure!(child.wait()?.success(), "tests failed; run them alone with `cargo test --workspace`");
    not_run.sort();
    not_run.dedup();
    Ok(not_run)
}

/// Leaves out what passing tests printed: it is asked for only because the
/// names of tests that did not run stand in it.
#[derive(Default)]
struct Shown {
    hidden: bool,
}

impl Shown {
    fn shows(&mut self, line: &str) -> bool {
        if line == "successes:" {
            self.hidden = true;
        } else if line == "failures:" || line.starts_with("test result: ") {
            self.hidden = false;
        }
        !self.hidden
    }
}

fn cargo(root: &Path, settings: &Settings, command: &str, variable: Option<(&str, &str)>) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).stdin(Stdio::null());
    cargo.args(command.split_whitespace().skip(1));
    if let Some((name, value)) = variable {
        cargo.env(name, value);
    }
    if settings.sets.is_dir() {
        cargo.env("PLAINSIGHT_SHARED", &settings.sets);
    } else {
        // Each test that lacks its sets would fail at once and hide the names of
        // the others; the whole run fails at its end instead.
        cargo.env_remove("CI");
    }
    let python = machine::python(root).join("bin");
    if machine::has_oracles(root) {
        cargo.env("PLAINSIGHT_ORACLES", machine::python(root));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(python).chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            cargo.env("PATH", path);
        }
    }
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passing_tests_printed_is_left_out() {
        let printed = "test a ... ok\n\nsuccesses:\n\n---- a stdout ----\nNOT RUN: a: no sets\n\nsuccesses:\n    a\n\ntest result: ok. 1 passed";
        let mut shown = Shown::default();
        let kept: Vec<&str> = printed.lines().filter(|line| shown.shows(line)).collect();
        assert_eq!(kept, ["test a ... ok", "", "test result: ok. 1 passed"]);
    }
}
