//! A file of the case as bytes that the system reads in where they are looked at, and not before.
//!
//! The mapping is the one by which the search index is read (tantivy's), so that no unsafe code of ours
//! is needed. Only files in `derived/` are mapped: a file that somebody else makes shorter while it is
//! read would end the program.

use std::ops::Deref;
use std::path::Path;
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

/// A mapped file.
#[derive(Clone)]
pub(crate) struct Mapped(OwnedBytes);

impl Mapped {
    /// Maps a whole file.
    pub fn open(file: &Path) -> std::io::Result<Self> {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            return Err(std::io::Error::from(std::io::ErrorKind::NotFound));
        };
        let folder = MmapDirectory::open(folder).map_err(std::io::Error::other)?;
        let slice = folder.open_read(Path::new(name)).map_err(std::io::Error::other)?;
        Ok(Self(slice.read_bytes()?))
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_byte_for_byte_and_one_that_is_not_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("list");
        for bytes in [&b""[..], b"name\nAnn Example\n"] {
            std::fs::write(&file, bytes).expect("written");
            assert_eq!(&*Mapped::open(&file).expect("mapped"), bytes);
        }
        assert!(Mapped::open(&folder.path().join("other")).is_err());
        assert!(Mapped::open(Path::new("/")).is_err());
    }
}
