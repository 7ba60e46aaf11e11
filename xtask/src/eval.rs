//! `cargo xtask eval`: what the lens finds in the documents that a second hand marked, and in those nobody tuned on.

use anyhow::{Context as _, ensure};
use std::path::Path;
use std::process::Command;

/// The variable with which `crates/find/tests/lens.rs` also prints each fault.
const FAULTS: &str = "PLAINSIGHT_FAULTS";

/// Prints precision and recall per language and slot; with `faults` each document's faults too.
pub fn run(root: &Path, faults: bool) -> anyhow::Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args([
        "test",
        "--workspace",
        "--test",
        "lens",
        "--",
        "--nocapture",
        "--test-threads",
        "1",
    ]);
    if faults {
        cargo.env(FAULTS, "1");
    }
    let status = cargo.status().context("cargo cannot be run")?;
    ensure!(status.success(), "less is found than the test asks for; its figures stand above");
    Ok(())
}
