//! Folders made of foreign bytes, for what reads from a disk.

use plainsight_archive::Verified;
use std::path::{Path, PathBuf};

/// What parts the files of a folder in one input: a form feed, which no text of this program holds.
const PART: u8 = 0x0c;

/// A folder that is gone when this is dropped.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// Writes files by their names; folders on the way are made.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, bytes) in files {
            let path = folder.path(name);
            std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
        folder
    }

    /// Makes a folder of the parts of an input; the last name gets all that is left. Behind an
    /// empty part stands no file.
    pub(crate) fn of_parts(names: &[&str], bytes: &[u8]) -> Self {
        let parts = bytes.splitn(names.len(), |&byte| byte == PART);
        let files = names.iter().copied().zip(parts).filter(|(_, part)| !part.is_empty());
        Self::with(&files.collect::<Vec<_>>())
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// A file in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Every fault says where, by which rule, what, and what follows; the whole can be written as JSON.
pub(crate) fn judged(verified: &Verified) {
    for fault in &verified.faults {
        let words = [&fault.place, &fault.rule, &fault.what, &fault.consequence];
        assert!(words.iter().all(|word| !word.is_empty()), "{fault:?}");
    }
    serde_json::to_string(verified).expect("a verdict can be written");
}

/// The seed of a target that has this name, for tests of how far seeds get.
#[cfg(test)]
pub(crate) fn seed(target: &str, name: &str) -> Vec<u8> {
    let seeds = crate::seeds(target);
    let found = seeds.into_iter().find(|(path, _)| path.ends_with(name));
    found.unwrap_or_else(|| panic!("fuzz/seeds/{target}/{name} is missing")).1
}
