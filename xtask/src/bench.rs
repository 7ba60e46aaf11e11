//! `cargo xtask bench`: which measurements there are.

use crate::{files, shown};
use std::path::Path;

/// The measurements under `bench/`: scripts and programs that can be run.
pub fn list(root: &Path) -> Vec<String> {
    let runs = |path: &&std::path::PathBuf| path.extension().is_some_and(|e| e == "sh" || e == "py");
    files(&root.join("bench")).iter().filter(runs).map(|path| shown(root, path)).collect()
}
