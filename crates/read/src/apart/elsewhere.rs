//! Systems without Landlock and seccomp: limits only, and `doctor` says so.

use std::path::Path;

pub(super) fn inner() -> (bool, bool) {
    (false, false)
}

pub(super) fn tool(_: &Path) {}
