//! How much was read of files, so that long work can be shown.
//!
//! One count for the process: a figure for the eye, on which nothing rests.

use std::sync::atomic::{AtomicU64, Ordering};

static READ: AtomicU64 = AtomicU64::new(0);

/// Bytes that the readers of archives have taken from files since the process began.
pub fn bytes_read() -> u64 {
    READ.load(Ordering::Relaxed)
}

pub(crate) fn count(bytes: usize) {
    READ.fetch_add(bytes as u64, Ordering::Relaxed);
}
