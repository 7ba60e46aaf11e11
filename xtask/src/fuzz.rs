//! `cargo xtask fuzz`: a target of `fuzz/` under libFuzzer.

use crate::files;
use anyhow::{Context as _, bail, ensure};
use std::path::Path;
use std::process::{Command, Stdio};

/// Seconds that a target runs unless the words after its name say otherwise.
const SECONDS: &str = "-max_total_time=60";

/// The largest input, in bytes: parsers with a cost per byte find their faults in small ones.
const LARGEST: &str = "-max_len=65536";

/// The targets: the programs under `fuzz/fuzz_targets`.
pub fn list(root: &Path) -> Vec<String> {
    let programs = files(&root.join("fuzz/fuzz_targets"));
    programs.iter().filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
}

/// Runs a target; words after it go to libFuzzer. What it finds to be new goes
/// to `fuzz/corpus`, what fails to `fuzz/artifacts`; neither is committed.
pub fn run(root: &Path, target: &str, words: &[&str]) -> anyhow::Result<()> {
    let targets = list(root);
    if !targets.iter().any(|known| known == target) {
        bail!("there is no target “{target}”; there are: {}", targets.join(", "));
    }
    let missing = missing();
    if !missing.is_empty() {
        bail!(
            "missing: {}. Without it, `cargo test -p plainsight-fuzzing` runs every target over mutants of its seeds",
            missing.join("; ")
        );
    }
    let corpus = root.join("fuzz/corpus").join(target);
    std::fs::create_dir_all(&corpus).with_context(|| format!("{} cannot be made", corpus.display()))?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["+nightly", "fuzz", "run", target]);
    cargo.arg(&corpus).arg(root.join("fuzz/seeds").join(target));
    cargo.args(["--", LARGEST, SECONDS]).args(words);
    // The toolchain that runs this chore must not hide the nightly one.
    cargo.env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTUP_TOOLCHAIN");
    let status = cargo.status().context("cargo cannot be run")?;
    ensure!(
        status.success(),
        "{target} failed; the bytes lie under fuzz/artifacts/{target}. Once mended, put them under fuzz/seeds/{target}"
    );
    Ok(())
}

/// What libFuzzer needs and this machine has not, with how to get it.
fn missing() -> Vec<&'static str> {
    let runs = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTUP_TOOLCHAIN");
        cargo.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        cargo.status().is_ok_and(|status| status.success())
    };
    let mut missing = Vec::new();
    if !runs(&["+nightly", "--version"]) {
        missing.push("a nightly toolchain (rustup toolchain install nightly)");
    }
    if !runs(&["fuzz", "--version"]) {
        missing.push("cargo-fuzz (cargo install cargo-fuzz)");
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_is_none_is_said_with_those_that_are() {
        let root = crate::root();
        assert!(list(&root).contains(&"read_page".to_owned()));
        let why = run(&root, "read_tea", &[]).expect_err("no such target").to_string();
        assert!(why.contains("read_page"), "{why}");
    }
}
