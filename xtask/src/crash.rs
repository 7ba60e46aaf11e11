//! `cargo xtask crash`: the test that kills the real binary, with more runs than CI makes.

use anyhow::{Context as _, ensure};
use std::path::Path;
use std::process::Command;

/// Runs unless a number is given.
pub const RUNS: u32 = 200;

/// The variable from which `crates/plainsight/tests/crash.rs` takes the number of runs.
const VARIABLE: &str = "PLAINSIGHT_CRASHES";

/// Runs `crates/plainsight/tests/crash.rs` with so many kills; the test prints its seed.
pub fn run(root: &Path, runs: u32) -> anyhow::Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--workspace", "--test", "crash", "--", "--nocapture"]);
    let status = cargo.env(VARIABLE, runs.to_string()).status().context("cargo cannot be run")?;
    ensure!(
        status.success(),
        "acknowledged work was lost, or a case did not open again; the seed stands above"
    );
    Ok(())
}
