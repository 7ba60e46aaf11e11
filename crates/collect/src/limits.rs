//! How much of one answer is taken.

use std::time::Duration;

/// How much of one answer is taken, and how long it may take. Each that cuts a
/// capture short is named in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one capture with its redirects, from dialling to the last octet; pauses between requests do not count.
    pub total: Duration,
    /// Without any octet.
    pub stall: Duration,
    /// Octets of one body as it comes, chunks included.
    pub body: usize,
    /// Octets of one header.
    pub head: usize,
    /// Fields of one header.
    pub fields: usize,
    /// Redirects of one capture.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: Duration::from_secs(15),
            stall: Duration::from_secs(10),
            body: 64 << 20,
            head: 256 << 10,
            fields: 256,
            redirects: 10,
        }
    }
}
