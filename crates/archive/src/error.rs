//! What can go wrong when something is done (reading only complains).

use std::path::{Path, PathBuf};

/// Why the archive or the ledger could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The disk said no.
    #[error("{path}: {why}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Another process works on the same case.
    #[error("another process works on this case ({path} is locked); wait for it to end, or stop it, and try again", path = path.display())]
    Busy {
        /// The lock.
        path: PathBuf,
    },
    /// The folder to create is there already and not empty.
    #[error("{path} exists already; choose another folder", path = path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// There is no such record.
    #[error("no record {record} at byte {offset} of {file}; run `plainsight verify` on the case")]
    NoRecord {
        /// The file, relative to `archive/`.
        file: String,
        /// The place that was asked.
        offset: u64,
        /// The WARC-Record-ID that was asked, or empty.
        record: String,
    },
    /// The record was forgotten; a tombstone stands in its place.
    #[error("{record} was forgotten; only a tombstone stands in {file}")]
    Forgotten {
        /// The file, relative to `archive/`.
        file: String,
        /// The WARC-Record-ID that was asked.
        record: String,
    },
    /// The record is there but its payload cannot be had.
    #[error("the payload of {record} in {file} cannot be read: {why}")]
    Payload {
        /// The file, relative to `archive/`.
        file: String,
        /// The WARC-Record-ID.
        record: String,
        /// Why, in words.
        why: String,
    },
    /// A file of the ledger is not what it has to be.
    #[error("{path}: {why}; nothing was written. Run `plainsight verify` on the case", path = path.display())]
    Ledger {
        /// The file.
        path: PathBuf,
        /// What is wrong, in words.
        why: String,
    },
    /// What was asked would make a record that cannot be read again.
    #[error("{what} holds a line break or a NUL, which a record's header cannot carry")]
    Unfit {
        /// Which value.
        what: &'static str,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    NoRandom(getrandom::Error),
    /// A key cannot have such a name.
    #[error(
        "a key cannot be named “{name}”: take a name without spaces and plus signs, of 256 bytes at most"
    )]
    KeyName {
        /// The name.
        name: String,
    },
    /// A file that should hold a key does not.
    #[error("{path}: {why}", path = path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        why: String,
    },
    /// A package cannot take such an entry.
    #[error("{path}: “{name}” cannot be put in: {why}", path = path.display())]
    Package {
        /// The package.
        path: PathBuf,
        /// The entry's name.
        name: String,
        /// Why, in words.
        why: String,
    },
    /// A file of this form cannot be rewritten.
    #[error("{file} cannot be rewritten: {why}")]
    NoRewrite {
        /// The file, relative to `archive/`.
        file: String,
        /// Why, in words.
        why: String,
    },
}

impl ArchiveError {
    /// Puts the path to what the system said.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |why| Self::Io { path, why }
    }
}
