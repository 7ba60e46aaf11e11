//! Habits that a machine can check.

use crate::{files, shown};
use cargo_metadata::{Metadata, TargetKind};
use std::path::Path;

/// A longer file has a second idea in it.
const MOST_LINES: usize = 900;

/// Parts of paths of one machine; whoever clones has another one. Written in
/// halves, because this file is searched too.
const MACHINE_PATHS: [(&str, &str); 5] =
    [("/work/", "main"), ("/work/", "shared"), ("/tmp/", "w/"), ("/tmp/", "t/"), ("/root/", ".")];

/// Complains about whatever is out of order in the files of the repository.
pub fn check(root: &Path) -> Vec<String> {
    let mut complaints = Vec::new();
    let forbidden: Vec<String> = MACHINE_PATHS.iter().map(|(a, b)| format!("{a}{b}")).collect();
    for path in files(root) {
        // What is no text has no lines to look at.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = shown(root, &path);
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = forbidden.iter().find(|word| line.contains(word.as_str())) {
                complaints.push(format!("{name}:{}: names a path of one machine ({word}…)", number + 1));
            }
        }
        let source = name.starts_with("crates/") && name.ends_with(".rs");
        if source && text.lines().count() > MOST_LINES {
            complaints
                .push(format!("{name} has more than {MOST_LINES} lines: look for the second idea in it"));
        }
        let entry = ["/src/lib.rs", "/src/main.rs"].iter().any(|end| name.ends_with(end));
        if entry && !text.starts_with("//!") {
            complaints
                .push(format!("{name} does not say what comes in and what goes out (it begins without //!)"));
        }
    }
    complaints.extend(unnamed(root));
    complaints
}

/// Complains about crates that the map does not show.
fn unnamed(root: &Path) -> Vec<String> {
    let map = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap_or_default();
    let crates = std::fs::read_dir(root.join("crates")).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        crates.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let missing = names.iter().filter(|name| !map.contains(&format!("`{name}`")));
    missing.map(|name| format!("ARCHITECTURE.md does not name the crate `{name}`")).collect()
}

/// Complains unless `cargo run` has exactly one program to run.
pub fn one_binary(metadata: &Metadata) -> Vec<String> {
    let default = metadata.workspace_default_packages();
    let targets = default.iter().flat_map(|package| &package.targets);
    let binaries: Vec<&str> = targets
        .filter(|target| target.kind.contains(&TargetKind::Bin))
        .map(|target| target.name.as_str())
        .collect();
    if binaries == ["plainsight"] {
        return Vec::new();
    }
    vec![format!(
        "default-members has {} programs ({}); exactly one, plainsight",
        binaries.len(),
        binaries.join(", ")
    )]
}
