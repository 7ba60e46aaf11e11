//! Chores: the test run, and the checks that keep the house in order.
//!
//! In: the workspace as it lies on the disk, and what cargo knows of it. Out:
//! complaints, one sentence each with its place.
//! Never: part of the program; nothing under `crates/` knows this crate.
//!
//! Each check is a function here and a test in `tests/`, so that a laptop
//! learns under `cargo test` what the build server would say.

pub mod bench;
pub mod crash;
pub mod dependencies;
pub mod eval;
pub mod fuzz;
pub mod licences;
pub mod machine;
pub mod names;
pub mod network;
pub mod run;
pub mod spdx;
pub mod third_party;
pub mod tidy;

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The files under a folder, by name; build output, the history and cases
/// that somebody tried out are left out.
pub fn files(under: &Path) -> Vec<PathBuf> {
    let hidden = ["target", ".git", "plainsight-demo"];
    let walk = walkdir::WalkDir::new(under).sort_by_file_name().into_iter();
    let kept = walk
        .filter_entry(|entry| entry.depth() == 0 || !hidden.iter().any(|name| entry.file_name() == *name));
    kept.flatten().filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// A path as the complaints print it: from the root, with `/`.
pub fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What cargo knows of the workspace with all dependencies.
///
/// Asked for every platform first; that may want to download crates of others,
/// so without a network the question is asked again for this platform alone.
pub fn metadata(root: &Path) -> anyhow::Result<cargo_metadata::Metadata> {
    let mut command = cargo_metadata::MetadataCommand::new();
    command.current_dir(root);
    if let Ok(all) = command.exec() {
        return Ok(all);
    }
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    command.other_options(["--offline".to_owned(), "--filter-platform".to_owned(), host]);
    Ok(command.exec()?)
}
