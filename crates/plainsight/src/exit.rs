//! Exit codes (COMMANDS.md).

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done.
    Done,
    /// Something asked for could not be done.
    Undone,
    /// Wrong usage.
    Usage,
    /// Interrupted; can be resumed.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Undone => 1,
            Exit::Usage => 2,
            Exit::Interrupted => 130,
        })
    }
}

impl Exit {
    /// The worse of two.
    pub fn and(self, other: Exit) -> Exit {
        let rank = |exit: Exit| match exit {
            Exit::Done => 0,
            Exit::Undone => 1,
            Exit::Usage => 2,
            Exit::Interrupted => 3,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}
