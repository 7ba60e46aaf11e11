//! The traits through which the outside comes in.

use std::io::{self, Seek, Write};
use std::path::Path;

/// Gives the moment, RFC 3339 with `Z`, whole seconds.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> String;
}

/// A file that is written to.
pub trait Output: Write + Seek + Send {
    /// Makes the bytes durable.
    fn sync(&mut self) -> io::Result<()>;
    /// Makes the file so many bytes long.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// Where precious files lie. Only what [`Output::sync`] and
/// [`Store::sync_folder`] returned for survives a fall of the machine.
pub trait Store: Send + Sync {
    /// Makes a folder, and those above it.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Opens a file to write to: without a byte in it, or with those that it has.
    fn output(&self, path: &Path, empty: bool) -> io::Result<Box<dyn Output>>;
    /// Makes the names in a folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name; one that has it goes.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The one door to the network; `collect` implements it behind its guard.
pub trait Wire: Send + Sync {
    /// Sends the bytes of a whole HTTP/1.1 request to an address and gives the answer's bytes as they came.
    fn exchange(&self, address: &str, request: &[u8]) -> Result<Vec<u8>, WireError>;
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The address is not one that may be dialled.
    #[error("{address} is not a public address; nothing was sent")]
    Refused {
        /// The address as asked.
        address: String,
    },
    /// The connection failed.
    #[error("{address} did not answer: {why}")]
    Failed {
        /// The address as asked.
        address: String,
        /// Why, in words.
        why: String,
    },
}
