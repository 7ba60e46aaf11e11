//! Why an address was not asked for.

use std::net::IpAddr;

/// Why an address was refused; nothing was sent to it.
///
/// Says host and port, never a name or password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The address cannot be read.
    #[error(
        "{address} cannot be read as an address: {why}; nothing was fetched. Copy it again from the browser"
    )]
    Unreadable {
        /// The address without name and password.
        address: String,
        /// What is wrong.
        why: String,
    },
    /// Neither http nor https.
    #[error("{scheme} addresses are not fetched, only http and https; nothing was fetched")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// A name or password stands in it.
    #[error(
        "{address} carries a name or password, which would end up in the evidence; nothing was fetched. Give the address without it"
    )]
    Credentials {
        /// The address without them.
        address: String,
    },
    /// A port on which no page is served.
    #[error(
        "{host} was asked on port {port}, which belongs to another service than the web (WHATWG); nothing was fetched"
    )]
    BlockedPort {
        /// The host.
        host: String,
        /// The port.
        port: u16,
    },
    /// A server points to a port that nobody asked for.
    #[error(
        "{host} was to be asked on port {port}, which nobody typed; nothing was fetched there. Type the address yourself if you want it"
    )]
    Port {
        /// The host.
        host: String,
        /// The port.
        port: u16,
    },
    /// A name that leads to no public host.
    #[error(
        "{host} is not a public name; nothing was fetched. If this is a server of your own, say --allow-private {host}"
    )]
    NotPublicName {
        /// The host.
        host: String,
    },
    /// An IP address that is not public.
    #[error(
        "{host} leads to {ip}, which is not public ({range}); nothing was fetched. If this is a server of your own, say --allow-private {host}"
    )]
    NotPublicAddress {
        /// The host as the address has it.
        host: String,
        /// Where it leads.
        ip: IpAddr,
        /// The range and the document that reserves it.
        range: &'static str,
    },
    /// An onion service without a proxy that knows the way.
    #[error(
        "{host} is an onion service; nothing was fetched and no name was looked up. Give Tor's proxy: --proxy socks5://127.0.0.1:9050"
    )]
    Onion {
        /// The host.
        host: String,
    },
}
