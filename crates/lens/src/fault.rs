//! A mistake in a lens, with its line.

use std::fmt;

/// A mistake in a lens folder, in words that help to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LensFault {
    /// The file inside the lens folder.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl LensFault {
    /// Makes one.
    pub fn new(file: &str, line: u64, what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into(), fix: fix.into() }
    }
}

impl fmt::Display for LensFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}; {}", self.file, self.line, self.what, self.fix)
    }
}
