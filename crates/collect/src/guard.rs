//! Which addresses may be dialled.

mod ranges;

pub use ranges::not_public;

use crate::{Address, Refusal};
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use url::{Host, Url};

/// Last labels of names that lead to no public host: RFC 6761 (localhost, test,
/// example, invalid), 6762 (local), 9476 (alt), and ICANN's reservation of 2024
/// (internal). `home.arpa` (RFC 8375) has two labels.
const NOT_PUBLIC_NAMES: [&str; 7] = ["localhost", "local", "internal", "test", "example", "invalid", "alt"];

/// Tells which addresses may be dialled: public ones, on ports 80 and 443 and
/// those that a person typed, and what a person allowed by name.
#[derive(Debug)]
pub struct Guard {
    allowed: BTreeSet<String>,
    ports: Mutex<BTreeSet<u16>>,
}

impl Guard {
    /// Makes one that allows these hosts although they are not public: names or
    /// IP addresses as an address has them, without port. Each covers that host
    /// only, not where it redirects to. Gives the first that is no host as error.
    pub fn new(allow_private: &[String]) -> Result<Self, String> {
        let one = |host: &String| normal(host).ok_or_else(|| host.clone());
        let allowed = allow_private.iter().map(one).collect::<Result<_, _>>()?;
        Ok(Self { allowed, ports: Mutex::new(BTreeSet::from([80, 443])) })
    }

    /// Notes the port of an address that a person typed: from now on servers may point there too.
    pub fn asked(&self, address: &Address) {
        self.ports.lock().unwrap_or_else(PoisonError::into_inner).insert(address.port());
    }

    /// Whether a person allowed this host by name.
    pub fn allows(&self, address: &Address) -> bool {
        self.allowed.contains(&bare(address.host()))
    }

    /// Checks all that can be told without looking a name up. `proxied`: a
    /// proxy knows the way to onion services (RFC 7686); nobody else does.
    pub fn check(&self, address: &Address, proxied: bool) -> Result<(), Refusal> {
        let (host, port) = (address.host().to_owned(), address.port());
        if !self.ports.lock().unwrap_or_else(PoisonError::into_inner).contains(&port) {
            return Err(Refusal::Port { host, port });
        }
        match address.parsed_host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                if name.rsplit('.').next() == Some("onion") {
                    return if proxied { Ok(()) } else { Err(Refusal::Onion { host }) };
                }
                if self.allows(address) || is_public_name(name) {
                    return Ok(());
                }
                Err(Refusal::NotPublicName { host })
            }
            Some(Host::Ipv4(ip)) => self.check_ip(address, ip.into()),
            Some(Host::Ipv6(ip)) => self.check_ip(address, ip.into()),
            None => Err(Refusal::NotPublicName { host }),
        }
    }

    /// Checks an IP address that is about to be dialled for an address.
    pub fn check_ip(&self, address: &Address, ip: IpAddr) -> Result<(), Refusal> {
        match not_public(ip) {
            Some(range) if !self.allows(address) => {
                Err(Refusal::NotPublicAddress { host: address.host().to_owned(), ip, range })
            }
            _ => Ok(()),
        }
    }
}

/// Whether a name can be one of a public host; a name without a dot is looked
/// up in the search list of the local network.
fn is_public_name(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && !NOT_PUBLIC_NAMES.contains(&last)
        && name != "home.arpa"
        && !name.ends_with(".home.arpa")
}

/// A host in the spelling that addresses have, or `None` if it is none.
fn normal(host: &str) -> Option<String> {
    let host = host.trim();
    let bracketed = host.contains(':') && !host.starts_with('[');
    let url = if bracketed { format!("http://[{host}]/") } else { format!("http://{host}/") };
    let url = Url::parse(&url).ok()?;
    let plain = url.port().is_none() && url.username().is_empty() && url.password().is_none();
    let whole = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    (plain && whole).then(|| url.host_str().map(bare)).flatten()
}

fn bare(host: &str) -> String {
    host.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(typed: &str) -> Address {
        Address::typed(typed).expect(typed)
    }

    #[test]
    fn names_of_no_public_host_are_refused_before_any_look_up() {
        let guard = Guard::new(&[]).expect("no hosts");
        let refused = [
            "http://localhost/",
            "http://LOCALHOST./",
            "http://app.localhost/",
            "http://drucker/",
            "http://com./",
            "http://nas.local/",
            "http://vault.internal/",
            "http://a.test/",
            "http://a.example/",
            "http://a.invalid/",
            "http://router.home.arpa/",
            "http://home.arpa/",
            "http://abc.onion/",
            "http://[::1]/",
            "http://0/",
        ];
        for typed in refused {
            assert!(guard.check(&address(typed), false).is_err(), "{typed}");
        }
        let accepted =
            ["http://localhost.nl/", "http://example.com/", "https://test.de/", "https://9.9.9.9/"];
        for typed in accepted {
            assert_eq!(guard.check(&address(typed), false), Ok(()), "{typed}");
        }
    }

    #[test]
    fn who_is_allowed_is_allowed_alone() {
        let hosts = ["Kade.Test", "127.0.0.1", "::1", "0x7f.2"].map(str::to_owned);
        let guard = Guard::new(&hosts).expect("hosts");
        let table = [
            ("http://kade.test/", true),
            ("http://kade.test./", true),
            ("http://sub.kade.test/", false),
            ("http://127.0.0.1/", true),
            ("http://127.0.0.2/", true),
            ("http://127.0.0.3/", false),
            ("http://[::1]/", true),
            ("http://[::2]/", false),
            ("http://localhost/", false),
        ];
        for (typed, may) in table {
            assert_eq!(guard.check(&address(typed), false).is_ok(), may, "{typed}");
        }
        for bad in ["kade.test:80", "a b", "", "x@kade.test", "kade.test/x", "kade.test?x"] {
            assert_eq!(Guard::new(&[bad.to_owned()]).expect_err(bad), bad);
        }
    }

    #[test]
    fn a_server_may_point_to_ports_that_a_person_typed() {
        let guard = Guard::new(&[]).expect("no hosts");
        let elsewhere = address("http://kade.net:8080/");
        assert!(matches!(guard.check(&elsewhere, false), Err(Refusal::Port { port: 8080, .. })));
        guard.asked(&address("http://zilverhaven.org:8080/"));
        assert_eq!(guard.check(&elsewhere, false), Ok(()));
    }

    #[test]
    fn an_onion_service_needs_a_proxy() {
        let guard = Guard::new(&[]).expect("no hosts");
        let onion = address("http://abcdefghij234567.onion/");
        assert!(matches!(guard.check(&onion, false), Err(Refusal::Onion { .. })));
        assert_eq!(guard.check(&onion, true), Ok(()));
    }
}
