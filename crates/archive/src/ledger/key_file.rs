//! The file that keeps a person's key: JSON, readable by its owner alone.

use crate::case::store::FolderStore;
use crate::error::ArchiveError;
use crate::ledger::key::PersonKey;
use plainsight_model::Store as _;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;

/// A key with the moment it was drawn.
#[derive(Clone)]
pub struct KeptKey {
    /// The key.
    pub key: PersonKey,
    /// When it was drawn, RFC 3339 with `Z`.
    pub created: String,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    created: String,
    secret: String,
}

/// The format that this version writes.
const FORMAT: u32 = 1;

/// A key's file has a few hundred bytes.
const MOST_BYTES: u64 = 16 * 1024;

impl KeptKey {
    /// Keeps a key in a new file of mode 0600; a file that is there is left
    /// alone ([`ArchiveError::Exists`]): a lost key can never be made again.
    pub fn create(path: &Path, key: PersonKey, created: &str) -> Result<Self, ArchiveError> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(ArchiveError::io(folder))?;
        let stored = Stored { format: FORMAT, created: created.to_owned(), secret: key.secret_text() };
        let text = serde_json::to_string_pretty(&stored).expect("texts and a number") + "\n";
        // A temporary file of this crate has mode 0600 from its first moment,
        // and is put in place only where no other file is.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(ArchiveError::io(folder))?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all());
        written.map_err(ArchiveError::io(path))?;
        file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => ArchiveError::Exists { path: path.to_owned() },
            _ => ArchiveError::io(path)(error.error),
        })?;
        FolderStore.sync_folder(folder).map_err(ArchiveError::io(folder))?;
        Ok(Self { key, created: created.to_owned() })
    }

    /// Reads the key of a file; `None` where there is no such file.
    pub fn open(path: &Path) -> Result<Option<Self>, ArchiveError> {
        let wrong = |why: &str| ArchiveError::Key {
            path: path.to_owned(),
            why: format!(
                "{why}; put a copy of it back, or move it away and draw a new key: plainsight id new"
            ),
        };
        let meta = match std::fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            found => found.map_err(ArchiveError::io(path))?,
        };
        if is_open_to_others(&meta) {
            let why = format!("others may read this key; close it first: chmod 600 {}", path.display());
            return Err(ArchiveError::Key { path: path.to_owned(), why });
        }
        if meta.len() > MOST_BYTES {
            return Err(wrong("this is no file with a key"));
        }
        let text = std::fs::read(path).map_err(ArchiveError::io(path))?;
        let stored: Stored =
            serde_json::from_slice(&text).map_err(|_| wrong("no key can be read from it"))?;
        if stored.format > FORMAT {
            return Err(wrong("a newer version of this program wrote it"));
        }
        // The error of the key's text could hold parts of the secret; it is not passed on.
        let key = PersonKey::read(&stored.secret).map_err(|_| wrong("the key in it is damaged"))?;
        Ok(Some(Self { key, created: stored.created }))
    }
}

#[cfg(unix)]
fn is_open_to_others(meta: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    meta.permissions().mode() & 0o077 != 0
}

/// Elsewhere the user's folder itself is closed to others.
#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("diep/key.json");
        assert!(KeptKey::open(&path).expect("no file").is_none());
        let drawn = PersonKey::draw(Some("havenkrant")).expect("random");
        let public = drawn.public();
        KeptKey::create(&path, drawn, "2026-03-04T05:06:07Z").expect("kept");
        let kept = KeptKey::open(&path).expect("readable").expect("there");
        assert_eq!((kept.key.public(), kept.created.as_str()), (public, "2026-03-04T05:06:07Z"));
        let before = std::fs::read(&path).expect("readable");
        let again = KeptKey::create(&path, PersonKey::draw(None).expect("random"), "");
        assert!(matches!(again, Err(ArchiveError::Exists { .. })));
        assert_eq!(std::fs::read(&path).expect("readable"), before);
        assert_eq!(std::fs::read_dir(path.parent().expect("a folder")).expect("listed").count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("set");
            let error = KeptKey::open(&path).err().expect("refused").to_string();
            assert!(error.contains("chmod 600"), "{error}");
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("set");
        }
        let secret = kept.key.secret_text();
        for bad in
            ["", "{}", &String::from_utf8_lossy(&before).replace("PRIVATE+KEY+haven", "PRIVATE+KEY+hoven")]
        {
            std::fs::write(&path, bad).expect("written");
            let error = KeptKey::open(&path).err().expect("refused").to_string();
            assert!(error.contains("plainsight id new"), "{error}");
            assert!(!error.contains(&secret[secret.len() - 20..]), "{error}");
        }
    }
}
