//! From an address to an open connection, through the guard.

mod line;
mod proxy;
mod resolver;

pub(crate) use line::{Deadline, Line};
pub use proxy::{Proxy, ProxyError};
pub use resolver::{Resolver, SystemResolver};

use crate::{Address, Failure, Guard};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;
use url::Host;

/// Of a long answer, how many addresses are tried.
const MOST_TRIED: usize = 4;

/// Opens connections to public hosts. Nothing else in Plainsight does.
pub(crate) struct Dialer {
    pub(crate) guard: Guard,
    pub(crate) resolver: Arc<dyn Resolver>,
    pub(crate) proxy: Option<Proxy>,
}

/// An open connection, with how it came about.
pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
    pub(crate) route: Route,
}

/// How a host was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The IP address that was dialled; unknown behind a proxy.
    pub ip: Option<IpAddr>,
    /// The whole answer to the look-up of the name; `None` where nothing was looked up.
    pub looked_up: Option<Vec<IpAddr>>,
    /// The proxy in between.
    pub proxy: Option<String>,
}

impl Dialer {
    /// Opens a connection to the host of an address.
    pub(crate) fn dial(&self, address: &Address, deadline: Deadline) -> Result<Connection, Failure> {
        self.guard.check(address, self.proxy.is_some())?;
        let late = || deadline.failure(address, Duration::ZERO);
        if let Some(proxy) = &self.proxy {
            let stream = proxy.tunnel(address, deadline)?;
            let route = Route { proxy: Some(proxy.to_string()), ..Route::default() };
            return Ok(Connection { stream, route });
        }
        let (ips, looked_up) = match address.parsed_host() {
            Some(Host::Ipv4(ip)) => (vec![IpAddr::V4(ip)], None),
            Some(Host::Ipv6(ip)) => (vec![IpAddr::V6(ip)], None),
            _ => {
                let ips = self.look_up(address, deadline.left().ok_or_else(late)?)?;
                (ips.clone(), Some(ips))
            }
        };
        // One bad address spoils the answer: a public host has no private face,
        // but a rebinding resolver mixes both and hopes for a second try.
        for ip in &ips {
            self.guard.check_ip(address, *ip)?;
        }
        let mut failure = None;
        for (tried, ip) in in_turn(&ips).into_iter().take(MOST_TRIED).enumerate() {
            // A silent address leaves time for the next one.
            let waiting = (MOST_TRIED.min(ips.len()) - tried) as u32;
            let left = deadline.left().ok_or_else(late)? / waiting;
            // The address that was checked is the address that is dialled: a second
            // look-up would let the resolver answer differently (DNS rebinding).
            match TcpStream::connect_timeout(&SocketAddr::new(ip, address.port()), left) {
                Ok(stream) => {
                    let route = Route { ip: Some(ip), looked_up, proxy: None };
                    return Ok(Connection { stream, route });
                }
                Err(why) => {
                    let host = address.host().to_owned();
                    failure.get_or_insert(Failure::Connect { host, ip, why: why.to_string() });
                }
            }
        }
        Err(failure.unwrap_or_else(|| no_address(address)))
    }

    fn look_up(&self, address: &Address, within: Duration) -> Result<Vec<IpAddr>, Failure> {
        let host = address.host().to_owned();
        let ips = self.resolver.resolve(address.host(), within);
        let ips = ips.map_err(|why| Failure::Name { host, why })?;
        if ips.is_empty() {
            return Err(no_address(address));
        }
        Ok(ips)
    }
}

/// Addresses of both families in turn, beginning with the resolver's first: on
/// a network without IPv6 a host with many such addresses is reached all the same.
fn in_turn(ips: &[IpAddr]) -> Vec<IpAddr> {
    let first = ips.first().is_some_and(IpAddr::is_ipv6);
    let (same, other): (Vec<IpAddr>, Vec<IpAddr>) = ips.iter().partition(|ip| ip.is_ipv6() == first);
    let longest = same.len().max(other.len());
    (0..longest).flat_map(|at| [same.get(at), other.get(at)]).flatten().copied().collect()
}

fn no_address(address: &Address) -> Failure {
    Failure::Name { host: address.host().to_owned(), why: "it has no address".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns() {
        let ips = |text: &str| text.split(' ').map(|ip| ip.parse().expect(ip)).collect::<Vec<IpAddr>>();
        let table = [
            ("2606::1 2606::2 2606::3 9.9.9.9", "2606::1 9.9.9.9 2606::2 2606::3"),
            ("9.9.9.9 2606::1 8.8.8.8", "9.9.9.9 2606::1 8.8.8.8"),
            ("9.9.9.9 8.8.8.8", "9.9.9.9 8.8.8.8"),
        ];
        for (found, tried) in table {
            assert_eq!(in_turn(&ips(found)), ips(tried));
        }
        assert!(in_turn(&[]).is_empty());
    }
}
