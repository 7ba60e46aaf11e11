//! Other people's tools, called where they are installed.
//!
//! They are looked for in `$PLAINSIGHT_ORACLES/bin` and its `replay/bin` (Python
//! environments that the test set-up makes), then on the `PATH`. Where the set-up made it, a
//! missing one makes the test fail; elsewhere the test says `NOT RUN`.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Finds a tool; `None` where it is missing and may be.
pub fn tool(test: &str, name: &str) -> Option<PathBuf> {
    let own = std::env::var_os("PLAINSIGHT_ORACLES").map(PathBuf::from);
    let own = own
        .into_iter()
        .flat_map(|folder| [folder.join("bin"), folder.join("replay/bin"), folder.join("ftm/bin")]);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = own.chain(std::env::split_paths(&path)).map(|folder| folder.join(name));
    if let Some(found) = found.into_iter().find(|file| file.is_file()) {
        return Some(found);
    }
    let promised = std::env::var_os("PLAINSIGHT_ORACLES");
    assert!(promised.is_none(), "{test}: {name} is neither in {promised:?} nor on the PATH");
    eprintln!("NOT RUN: {test}: {name} is not installed here");
    None
}

/// Runs a tool to its end.
pub fn run(tool: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(tool).args(arguments).output().expect("the tool starts")
}

/// Whether a tool is content, by its exit code alone.
pub fn content(tool: &std::path::Path, arguments: &[&str]) -> bool {
    run(tool, arguments).status.success()
}
