//! The folder is written as a whole or not at all: beside its place, then renamed.

use crate::manifest::{Manifest, NAME};
use crate::{File, PublishError};
use plainsight_archive::{DOSSIER_KEY, DOSSIER_SIGNATURE};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Tells whether a dossier of the case may be put at `out`: nothing there, an
/// empty folder, or an earlier dossier of the same case and nothing besides.
/// Notes that somebody laid beside a dossier would be lost with it.
pub(crate) fn may_replace(out: &Path, case: &str) -> Result<(), PublishError> {
    let taken = |why: &str| PublishError::Taken { out: out.to_owned(), why: why.to_owned() };
    let meta = match fs::symlink_metadata(out) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(PublishError::io(out)(error)),
        Ok(meta) => meta,
    };
    if !meta.is_dir() {
        return Err(taken("it is a file or a link"));
    }
    let there = files_below(out)?;
    if there.is_empty() {
        return Ok(());
    }
    let bytes = fs::read(out.join(NAME)).map_err(|_| taken("it has no dossier.json"))?;
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|_| taken("its dossier.json cannot be read"))?;
    if manifest.case != case {
        return Err(taken("it is a dossier of another case"));
    }
    let unlisted = [NAME, DOSSIER_SIGNATURE, DOSSIER_KEY].map(str::to_owned);
    let known: BTreeSet<String> = manifest.files.into_iter().map(|file| file.path).chain(unlisted).collect();
    match there.iter().find(|path| !known.contains(*path)) {
        Some(foreign) => Err(taken(&format!("{foreign} in it belongs to no dossier; move it away first"))),
        None => Ok(()),
    }
}

/// Paths of all files below a folder, with `/`. A dossier is two levels deep; what lies deeper is foreign.
fn files_below(folder: &Path) -> Result<BTreeSet<String>, PublishError> {
    let mut out = BTreeSet::new();
    for (name, path) in entries(folder)? {
        if fs::symlink_metadata(&path).map_err(PublishError::io(&path))?.is_dir() {
            let inside = entries(&path)?;
            out.extend(inside.into_iter().map(|(inner, _)| format!("{name}/{inner}")));
        } else {
            out.insert(name);
        }
    }
    Ok(out)
}

fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, PublishError> {
    fs::read_dir(folder)
        .map_err(PublishError::io(folder))?
        .map(|entry| {
            let entry = entry.map_err(PublishError::io(folder))?;
            Ok((entry.file_name().to_string_lossy().into_owned(), entry.path()))
        })
        .collect()
}

/// Writes all files beside `out` and puts them in its place. `make` is handed
/// the fresh folder, may write to it, and says what else goes in.
pub(crate) fn write(
    out: &Path,
    make: &mut dyn FnMut(&Path) -> Result<Vec<File>, PublishError>,
) -> Result<(), PublishError> {
    let fresh = sibling(out, "new");
    remove(&fresh)?;
    fill(&fresh, make).and_then(|()| swap(out, &fresh)).inspect_err(|_| {
        let _ = fs::remove_dir_all(&fresh);
    })
}

fn fill(
    folder: &Path,
    make: &mut dyn FnMut(&Path) -> Result<Vec<File>, PublishError>,
) -> Result<(), PublishError> {
    fs::create_dir_all(folder).map_err(PublishError::io(folder))?;
    for file in make(folder)? {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(PublishError::io(parent))?;
        let mut open = fs::File::create(&path).map_err(PublishError::io(&path))?;
        open.write_all(&file.bytes).and_then(|()| open.sync_all()).map_err(PublishError::io(&path))?;
    }
    Ok(())
}

/// Moves an earlier dossier aside, the new one in, and only then removes the earlier one.
fn swap(out: &Path, fresh: &Path) -> Result<(), PublishError> {
    let old = sibling(out, "old");
    remove(&old)?;
    let there = out.symlink_metadata().is_ok();
    if there {
        fs::rename(out, &old).map_err(PublishError::io(out))?;
    }
    if let Err(error) = fs::rename(fresh, out) {
        if there {
            let _ = fs::rename(&old, out);
        }
        return Err(PublishError::io(out)(error));
    }
    remove(&old)
}

/// A hidden folder beside `out`; a rename needs the same file system.
fn sibling(out: &Path, what: &str) -> PathBuf {
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    out.with_file_name(format!(".{name}.plainsight-{what}"))
}

fn remove(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(PublishError::io(folder)(error)),
        _ => Ok(()),
    }
}

/// Writes one file beside its place and renames it there.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let fresh = sibling(path, "new");
    if path.is_dir() {
        return Err(PublishError::Taken { out: path.to_owned(), why: "it is a folder".to_owned() });
    }
    fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).map_err(|error| {
        let _ = fs::remove_file(&fresh);
        PublishError::io(path)(error)
    })
}
