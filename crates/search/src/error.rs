//! Why searching could not be done.

use std::path::PathBuf;

/// Why the index could not be opened, written or asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The folder could not be made, read or emptied.
    #[error("the index folder {} could not be used: {source}. Check that it may be written", path.display())]
    Folder {
        /// The folder of the index.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds something that is no index; it is never emptied.
    #[error("{} holds files that are no index of ours; nothing was changed. Name an empty folder", path.display())]
    Foreign {
        /// The folder as given.
        path: PathBuf,
    },
    /// Another process writes to this index.
    #[error("another process is writing to this index; wait until it is done and try again")]
    Busy,
    /// The engine failed at a step.
    #[error("{step} failed: {why}. Delete the index folder and run again: it is derived")]
    Engine {
        /// What was being done.
        step: &'static str,
        /// What the engine said.
        why: String,
    },
}
