//! Writing so that what was acknowledged survives a fall of the machine.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Writes a file beside, makes it durable, and puts it in place: whoever
/// looks sees the old file or the new one, whole.
pub(crate) fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(".new");
    let beside = folder.join(name);
    let mut file = File::create(&beside)?;
    let written = write(&mut file).and_then(|()| file.sync_all());
    if let Err(error) = written {
        drop(file);
        // Half a file must not stay in a precious folder.
        let _ = std::fs::remove_file(&beside);
        return Err(error);
    }
    std::fs::rename(&beside, path)?;
    sync_folder(folder)
}

/// Writes a small file whole.
pub(crate) fn replace_with(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, |file| file.write_all(bytes))
}
