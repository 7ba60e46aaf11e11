//! A proxy between us and every host: HTTP CONNECT (RFC 9110, section 9.3.6)
//! or SOCKS5 with names looked up by the proxy (RFC 1928).
//!
//! With a proxy nothing is ever dialled or looked up around it. What the proxy
//! resolves a name to cannot be seen from here; names and addresses that are
//! not public are refused before it is asked.

use super::{Deadline, Line};
use crate::{Address, Failure};
use std::io::{Error, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;
use url::{Host, Url};

/// Longest answer of a proxy to CONNECT, in octets.
const LONGEST_ANSWER: usize = 16_384;

/// A proxy that a person named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proxy {
    kind: Kind,
    at: SocketAddr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Http,
    Socks5,
}

/// Why a proxy cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    /// Not of a kind that is known.
    #[error("{0} is no proxy that is known here; write http://ADDRESS:PORT or socks5://ADDRESS:PORT")]
    Unknown(String),
    /// It would have to be looked up.
    #[error("the proxy {0} is given by name, and looking it up would be seen; give its IP address")]
    ByName(String),
    /// It wants a password.
    #[error("a proxy with name and password is not supported in this version")]
    Credentials,
}

impl Proxy {
    /// Reads `http://IP:PORT` or `socks5://IP:PORT` (`socks5h` is the same; `localhost` is 127.0.0.1).
    pub fn typed(typed: &str) -> Result<Self, ProxyError> {
        let unknown = || ProxyError::Unknown(crate::without_secrets(typed));
        // Rules for hosts, such as short spellings of addresses, are those of http for both kinds.
        let (scheme, rest) = typed.trim().split_once("://").ok_or_else(unknown)?;
        let (kind, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (Kind::Http, 8080),
            "socks5" | "socks5h" => (Kind::Socks5, 1080),
            _ => return Err(unknown()),
        };
        let url = Url::parse(&format!("http://{rest}")).map_err(|_| unknown())?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ProxyError::Credentials);
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(unknown());
        }
        // An http address drops the port 80, which was typed all the same.
        let port =
            url.port().unwrap_or(if rest.trim_end_matches('/').ends_with(":80") { 80 } else { default_port });
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain("localhost")) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            Some(Host::Domain(name)) => return Err(ProxyError::ByName(name.to_owned())),
            None => return Err(unknown()),
        };
        Ok(Self { kind, at: SocketAddr::new(ip, port) })
    }

    /// Opens a connection to the host of an address through the proxy.
    pub(super) fn tunnel(&self, address: &Address, deadline: Deadline) -> Result<TcpStream, Failure> {
        self.opened(address, deadline).map_err(|why| Failure::Proxy {
            host: address.host().to_owned(),
            proxy: self.to_string(),
            why: why.to_string(),
        })
    }

    fn opened(&self, address: &Address, deadline: Deadline) -> std::io::Result<TcpStream> {
        let left = deadline.left().ok_or(ErrorKind::TimedOut)?;
        let stream = TcpStream::connect_timeout(&self.at, left)?;
        let mut line = Line::new(stream, deadline, Duration::MAX);
        match self.kind {
            Kind::Http => connect(&mut line, address)?,
            Kind::Socks5 => socks5(&mut line, address)?,
        }
        Ok(line.into_stream())
    }
}

impl std::fmt::Display for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = match self.kind {
            Kind::Http => "http",
            Kind::Socks5 => "socks5",
        };
        write!(f, "{scheme}://{}", self.at)
    }
}

fn connect(line: &mut (impl Read + Write), address: &Address) -> std::io::Result<()> {
    let at = format!("{}:{}", address.host(), address.port());
    line.write_all(format!("CONNECT {at} HTTP/1.1\r\nHost: {at}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    // Octet by octet: what follows the blank line belongs to the host.
    while !answer.ends_with(b"\r\n\r\n") && !answer.ends_with(b"\n\n") {
        let mut octet = [0];
        line.read_exact(&mut octet)?;
        answer.extend(octet);
        if answer.len() > LONGEST_ANSWER {
            return Err(Error::other("its answer is too long"));
        }
    }
    let first = answer.split(|octet| *octet == b'\n').next().unwrap_or_default();
    let mut words = first.split(|octet| *octet == b' ');
    let version = words.next().unwrap_or_default();
    let status = words.next().unwrap_or_default();
    if version.starts_with(b"HTTP/1.") && status.len() == 3 && status.starts_with(b"2") {
        return Ok(());
    }
    let said: String = String::from_utf8_lossy(first).chars().filter(|c| !c.is_control()).take(80).collect();
    Err(Error::other(format!("it said “{said}”")))
}

fn socks5(line: &mut (impl Read + Write), address: &Address) -> std::io::Result<()> {
    // Version 5, one method: no authentication.
    line.write_all(&[5, 1, 0])?;
    let mut method = [0; 2];
    line.read_exact(&mut method)?;
    if method != [5, 0] {
        return Err(Error::other("it wants a name and password, or is no SOCKS5 proxy"));
    }
    let mut request = vec![5, 1, 0];
    match address.parsed_host() {
        Some(Host::Ipv4(ip)) => {
            request.push(1);
            request.extend(ip.octets());
        }
        Some(Host::Ipv6(ip)) => {
            request.push(4);
            request.extend(ip.octets());
        }
        _ => {
            let name = address.host().as_bytes();
            let length = u8::try_from(name.len()).map_err(|_| Error::other("the name is too long for it"))?;
            request.extend([3, length]);
            request.extend(name);
        }
    }
    request.extend(address.port().to_be_bytes());
    line.write_all(&request)?;
    let mut reply = [0; 4];
    line.read_exact(&mut reply)?;
    if reply[0] != 5 {
        return Err(Error::other("it is no SOCKS5 proxy"));
    }
    if reply[1] != 0 {
        return Err(Error::other(socks5_says(reply[1])));
    }
    let rest = match reply[3] {
        1 => 4,
        4 => 16,
        3 => {
            let mut length = [0];
            line.read_exact(&mut length)?;
            usize::from(length[0])
        }
        _ => return Err(Error::other("its answer cannot be read")),
    };
    let mut bound = [0; 257];
    line.read_exact(bound.get_mut(..rest + 2).unwrap_or_default())
}

/// The replies of RFC 1928, section 6, in words.
fn socks5_says(reply: u8) -> &'static str {
    match reply {
        2 => "it says that its rules forbid it",
        3 => "it says that the network cannot be reached",
        4 => "it says that the host cannot be reached",
        5 => "it says that the host took no connection",
        6 => "it says that the time was over",
        _ => "it says that it failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A proxy that says this, and keeps what was said to it.
    struct Said(std::io::Cursor<Vec<u8>>, Vec<u8>);

    impl Read for Said {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl Write for Said {
        fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
            self.1.extend(octets);
            Ok(octets.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn said(octets: &[u8]) -> Said {
        Said(std::io::Cursor::new(octets.to_vec()), Vec::new())
    }

    fn onion() -> Address {
        Address::typed("http://abcdef.onion/x").expect("an address")
    }

    #[test]
    fn a_proxy_is_read_from_what_was_typed() {
        let table = [
            ("socks5://127.0.0.1:9050", "socks5://127.0.0.1:9050"),
            ("socks5h://localhost", "socks5://127.0.0.1:1080"),
            ("http://[::1]:3128/", "http://[::1]:3128"),
            ("http://10.0.0.1:80", "http://10.0.0.1:80"),
        ];
        for (typed, shown) in table {
            assert_eq!(Proxy::typed(typed).map(|proxy| proxy.to_string()).as_deref(), Ok(shown));
        }
        assert!(matches!(Proxy::typed("http://proxy.kade.net:3128"), Err(ProxyError::ByName(_))));
        assert_eq!(Proxy::typed("http://ilse:pw@127.0.0.1:3128"), Err(ProxyError::Credentials));
        for bad in ["127.0.0.1:9050", "socks4://127.0.0.1:1", "https://127.0.0.1:1", "http://127.0.0.1:1/x"] {
            assert!(matches!(Proxy::typed(bad), Err(ProxyError::Unknown(_))), "{bad}");
        }
    }

    #[test]
    fn socks5_hands_the_name_over_and_leaves_the_rest_of_the_stream() {
        let mut proxy = said(b"\x05\x00\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00HTTP");
        socks5(&mut proxy, &onion()).expect("connected");
        assert_eq!(proxy.1, b"\x05\x01\x00\x05\x01\x00\x03\x0cabcdef.onion\x00\x50");
        let mut rest = Vec::new();
        proxy.read_to_end(&mut rest).expect("in memory");
        assert_eq!(rest, b"HTTP");
    }

    #[test]
    fn connect_hands_the_name_over_and_leaves_the_rest_of_the_stream() {
        let mut proxy = said(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\nHTTP");
        connect(&mut proxy, &onion()).expect("connected");
        assert_eq!(proxy.1, b"CONNECT abcdef.onion:80 HTTP/1.1\r\nHost: abcdef.onion:80\r\n\r\n");
        let mut rest = Vec::new();
        proxy.read_to_end(&mut rest).expect("in memory");
        assert_eq!(rest, b"HTTP");
    }

    #[test]
    fn a_proxy_that_says_no_is_a_failure_in_words() {
        let refusals: [(&[u8], &str); 5] = [
            (b"\x05\xff", "name and password"),
            (b"\x05\x00\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00", "took no connection"),
            (b"\x05\x00\x05\x02\x00\x01", "rules"),
            (b"HTTP/1.1 400 Bad\r\n\r\n", "no SOCKS5"),
            (b"\x05\x00\x05\x00\x00\x09", "cannot be read"),
        ];
        for (answer, word) in refusals {
            let why = socks5(&mut said(answer), &onion()).expect_err(word).to_string();
            assert!(why.contains(word), "{why}");
        }
        for answer in ["HTTP/1.1 403 No\r\n\r\n", "HTTP/1.1 200", "SSH-2.0\n\n"] {
            connect(&mut said(answer.as_bytes()), &onion()).expect_err(answer);
        }
        connect(&mut said(&vec![b'x'; 40_000]), &onion()).expect_err("endless");
    }
}
