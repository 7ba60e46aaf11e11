//! The one way in which archive and ledger change the disk, so that what was
//! acknowledged survives a fall of the machine.
//!
//! Behind a trait, because the tests let every single step fail, and let the
//! machine fall between any two of them.

use plainsight_model::{Output, Store};
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

/// A store, as archive and ledger hold it.
pub(crate) type Disk = Arc<dyn Store>;

/// The folders of this machine.
#[derive(Clone, Copy, Debug)]
pub struct FolderStore;

/// A file of this machine.
struct OpenFile(File);

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl Output for OpenFile {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }
}

impl Store for FolderStore {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn output(&self, path: &Path, empty: bool) -> io::Result<Box<dyn Output>> {
        let file = OpenOptions::new().create(true).truncate(empty).write(true).open(path)?;
        Ok(Box::new(OpenFile(file)))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }
}

/// Writes a file beside, makes it durable, and puts it in place: whoever
/// looks sees the old file or the new one, whole.
pub(crate) fn replace(
    store: &dyn Store,
    path: &Path,
    write: impl FnOnce(&mut dyn Output) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(".new");
    let beside = folder.join(name);
    let mut file = store.output(&beside, true)?;
    let written = write(&mut *file).and_then(|()| file.sync());
    drop(file);
    if let Err(error) = written {
        // Half a file must not stay in a precious folder.
        let _ = store.remove(&beside);
        return Err(error);
    }
    store.rename(&beside, path)?;
    store.sync_folder(folder)
}

/// Writes a small file whole.
pub(crate) fn replace_with(store: &dyn Store, path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(store, path, |file| file.write_all(bytes))
}

/// Cuts a file to a length, durably.
pub(crate) fn cut(store: &dyn Store, path: &Path, length: u64) -> io::Result<()> {
    let mut file = store.output(path, false)?;
    file.cut(length).and_then(|()| file.sync())
}

/// Writes bytes at a place of a file, durably; what stood from there on goes
/// again if that fails.
pub(crate) fn append(store: &dyn Store, path: &Path, start: u64, bytes: &[u8]) -> io::Result<()> {
    let mut file = store.output(path, false)?;
    let place = SeekFrom::Start(start);
    let written = file.seek(place).and_then(|_| file.write_all(bytes)).and_then(|()| file.sync());
    if written.is_err() {
        // A full disk must not leave half a record, or half a line, in front of the next one.
        let _ = file.cut(start).and_then(|()| file.sync());
    }
    written
}
