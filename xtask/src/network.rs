//! One door to the network: only the crate `collect` opens connections.
//!
//! The dependency graph is walked for crates that can open one, and the sources
//! for the names with which the standard library does.

use crate::{files, shown};
use cargo_metadata::{DependencyKind, Metadata};
use std::path::Path;

/// Crates with which one can open a connection or look a name up, and who may
/// name them. What `collect` alone may reach by any way stands in `dependencies`.
const CRATES: [(&str, &[&str]); 16] = [
    ("async-std", &[]),
    ("curl", &[]),
    ("hickory-resolver", &[]),
    ("hyper", &[]),
    ("hyper-util", &[]),
    ("mio", &[]),
    ("native-tls", &[]),
    ("openssl", &[]),
    ("quinn", &[]),
    ("reqwest", &[]),
    ("rustls", &["collect"]),
    ("smol", &[]),
    ("socket2", &[]),
    // The listener of the interface; what it must not do with it is banned below and in clippy.toml.
    ("tokio", &["web", "plainsight"]),
    ("tungstenite", &[]),
    ("ureq", &[]),
];

/// Names that open a connection, send a datagram or look a host up.
const OUTGOING: [&str; 13] = [
    "TcpStream",
    "TcpSocket",
    "UdpSocket",
    "UnixStream",
    "UnixDatagram",
    "ToSocketAddrs",
    "to_socket_addrs",
    "lookup_host",
    "getaddrinfo",
    "libc::connect",
    "libc::socket",
    "ClientConnection",
    "ClientConfig",
];

/// Programs that would do it for us.
const PROGRAMS: [&str; 6] = ["\"curl\"", "\"wget\"", "\"nc\"", "\"ssh\"", "\"dig\"", "\"openssl\""];

/// Names that wait for connections of others, and the one file that may.
const INCOMING: [&str; 2] = ["TcpListener", "UnixListener"];
const LISTENER: &str = "crates/web/src/server.rs";

/// The one file that tries: a worker that gave the network up knocks on its own
/// machine to see that it is refused (`doctor` says so).
const PROBE: &str = "crates/read/src/apart/confine.rs";

/// The only folder that may name what goes out.
const DOOR: &str = "crates/collect/";

/// Complains about each crate and each line that opens a door of its own.
pub fn check(root: &Path, metadata: &Metadata) -> Vec<String> {
    let mut complaints = in_the_graph(metadata);
    for path in files(&root.join("crates")) {
        let name = shown(root, &path);
        // Tests speak to the servers that they start.
        let test =
            ["/tests/", "/examples/"].iter().any(|part| name.contains(part)) || name.ends_with("/tests.rs");
        let program = name.ends_with(".rs") && !test;
        if !program || name.starts_with(DOOR) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        complaints.extend(in_a_source(&name, &text));
    }
    complaints
}

fn in_the_graph(metadata: &Metadata) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in metadata.workspace_packages() {
        let own = package.name.strip_prefix("plainsight-").unwrap_or(&package.name);
        let built =
            package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
        for dependency in built {
            let row = CRATES.iter().find(|(name, _)| dependency.name == *name);
            if row.is_some_and(|(_, may)| !may.contains(&own)) {
                complaints.push(format!(
                    "{own} names {}, with which connections are opened; only collect may: take a Wire",
                    dependency.name
                ));
            }
        }
    }
    complaints
}

fn in_a_source(name: &str, text: &str) -> Vec<String> {
    let words = OUTGOING.iter().chain(&PROGRAMS).map(|word| (*word, false));
    let words: Vec<_> = words.chain(INCOMING.iter().map(|word| (*word, true))).collect();
    let mut complaints = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (word, incoming) in &words {
            let probes = name == PROBE
                && ["TcpStream", "UdpSocket"].contains(word)
                && (line.contains("((\"127.0.0.1\",") || line.starts_with("use std::net::"));
            if line.contains(word) && !(*incoming && name == LISTENER) && !probes {
                complaints.push(format!(
                    "{name}:{}: names {word}; only collect reaches the network: take a Wire (plainsight-model)",
                    number + 1
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_door_is_named_with_its_place() {
        let table = [
            ("crates/read/src/x.rs", "let x = std::net::TcpStream::connect(y);", 1),
            ("crates/case/src/x.rs", "use std::net::{ToSocketAddrs, UdpSocket};", 2),
            ("crates/case/src/x.rs", "Command::new(\"curl\")", 1),
            ("crates/case/src/x.rs", "use std::net::Ipv4Addr;", 0),
            (PROBE, "let x = TcpStream::connect((\"127.0.0.1\", 9));", 0),
            (PROBE, "let x = TcpStream::connect((host, 9));", 1),
            ("crates/web/src/server.rs", "use std::net::TcpListener;", 0),
            ("crates/web/src/server.rs", "use std::net::TcpStream;", 1),
            ("crates/web/src/door.rs", "use std::net::TcpListener;", 1),
        ];
        for (name, text, count) in table {
            let complaints = in_a_source(name, text);
            assert_eq!(complaints.len(), count, "{name}: {text}: {complaints:?}");
            assert!(complaints.iter().all(|complaint| complaint.starts_with(&format!("{name}:1:"))));
        }
    }
}
