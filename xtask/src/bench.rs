//! `cargo xtask bench`: which measurements there are, and one of them run.

use crate::{files, shown};
use anyhow::{Context as _, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The measurements under `bench/`: scripts and programs that can be run.
pub fn list(root: &Path) -> Vec<String> {
    scripts(root).iter().map(|path| shown(root, path)).collect()
}

fn scripts(root: &Path) -> Vec<PathBuf> {
    let runs = |path: &PathBuf| path.extension().is_some_and(|e| e == "sh" || e == "py");
    files(&root.join("bench")).into_iter().filter(runs).collect()
}

/// The script of a name: `whole-way`, `whole-way.sh` or `bench/whole-way.sh`.
pub fn script(root: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let wanted = name.strip_prefix("bench/").unwrap_or(name);
    let named = |path: &PathBuf| {
        let shown = shown(&root.join("bench"), path);
        shown == wanted || shown.rsplit_once('.').is_some_and(|(stem, _)| stem == wanted)
    };
    let mut found = scripts(root).into_iter().filter(named);
    match (found.next(), found.next()) {
        (Some(script), None) => Ok(script),
        (None, _) => bail!("there is no measurement “{name}”; there are: {}", list(root).join(", ")),
        _ => bail!("“{name}” names more than one measurement; name it with its ending"),
    }
}

/// Runs a measurement with the words after its name; what it prints is passed on.
pub fn run(root: &Path, name: &str, words: &[&str]) -> anyhow::Result<()> {
    let script = script(root, name)?;
    let with = if script.extension().is_some_and(|e| e == "py") { "python3" } else { "bash" };
    let status = Command::new(with).arg(&script).args(words).current_dir(root).status();
    let status =
        status.with_context(|| format!("{with} cannot be run, and {} needs it", script.display()))?;
    ensure!(status.success(), "{} ended with {status}", shown(root, &script));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measurement_is_run_by_its_name_and_its_fault_is_passed_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        std::fs::create_dir_all(root.join("bench/peers")).expect("a folder");
        for (name, text) in [
            ("quick.sh", "test \"$PWD\" -ef \"$1\" && echo \"$2\" > measured"),
            ("failing.sh", "exit 3"),
            ("peers/other.py", ""),
            ("both.sh", ""),
            ("both.py", ""),
            ("quick.md", ""),
        ] {
            std::fs::write(root.join("bench").join(name), text).expect("a script");
        }
        for (name, shown_as) in [
            ("quick", "quick.sh"),
            ("bench/quick.sh", "quick.sh"),
            ("peers/other", "peers/other.py"),
            ("both.py", "both.py"),
        ] {
            assert_eq!(script(root, name).expect(name), root.join("bench").join(shown_as));
        }
        for name in ["both", "quick.md", "../quick", "nothing", ""] {
            assert!(script(root, name).is_err(), "{name}");
        }
        let here = root.to_string_lossy().into_owned();
        run(root, "quick", &[&here, "4 s"]).expect("it runs in the root, with its words");
        assert_eq!(std::fs::read_to_string(root.join("measured")).expect("measured"), "4 s\n");
        let why = run(root, "failing", &[]).expect_err("exit 3").to_string();
        assert!(why.contains("bench/failing.sh") && why.contains('3'), "{why}");
    }
}
