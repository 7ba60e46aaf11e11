//! Why a host gave no answer.

use crate::Refusal;
use std::net::IpAddr;
use std::time::Duration;

/// Why a host gave no answer at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The guard said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The name could not be looked up.
    #[error("the name {host} could not be looked up: {why}. Check its spelling, or try again later")]
    Name {
        /// The host.
        host: String,
        /// What the system said.
        why: String,
    },
    /// Nobody took the connection.
    #[error("{host} ({ip}) did not take a connection: {why}. Try again later")]
    Connect {
        /// The host.
        host: String,
        /// The address that was dialled.
        ip: IpAddr,
        /// What the system said.
        why: String,
    },
    /// The proxy did not connect; there is no way around it.
    #[error("{host} could not be reached through the proxy {proxy}: {why}; nothing was sent around it")]
    Proxy {
        /// The host.
        host: String,
        /// The proxy.
        proxy: String,
        /// What went wrong.
        why: String,
    },
    /// The certificate does not prove that this is the host.
    #[error(
        "the certificate of {host} is not valid: {why}; nothing was asked of it. Its chain is kept. Look at the page in a browser; if you know the reason, capture it from there"
    )]
    Certificate {
        /// The host.
        host: String,
        /// The address that was dialled; unknown behind a proxy.
        ip: Option<IpAddr>,
        /// What is wrong, in words.
        why: String,
        /// The certificates as sent, leaf first, DER.
        chain: Vec<Vec<u8>>,
    },
    /// No encrypted connection came about.
    #[error("{host} did not agree on an encrypted connection: {why}")]
    Tls {
        /// The host.
        host: String,
        /// What is wrong.
        why: String,
    },
    /// The time was over before an answer began.
    #[error("{host} did not answer within {} seconds. Try again later, or allow more time", within.as_secs())]
    Time {
        /// The host.
        host: String,
        /// The limit.
        within: Duration,
    },
    /// The connection ended before an answer began.
    #[error("{host} closed the connection without an answer: {why}. Try again later")]
    NoAnswer {
        /// The host.
        host: String,
        /// What the system said.
        why: String,
    },
}
