//! Who turns names into addresses.

use std::net::{IpAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::time::Duration;

/// Turns a name into its IP addresses.
pub trait Resolver: Send + Sync {
    /// Looks a name up; waits no longer than `within`. The error is a sentence's end, in words.
    fn resolve(&self, name: &str, within: Duration) -> Result<Vec<IpAddr>, String>;
}

/// The system's own resolver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve(&self, name: &str, within: Duration) -> Result<Vec<IpAddr>, String> {
        let (send, receive) = mpsc::channel();
        let name = name.to_owned();
        // The system's call cannot be given a limit, so it gets a thread that
        // is left behind when the time is over.
        std::thread::Builder::new()
            .name("look-up".to_owned())
            .spawn(move || {
                let found = (name.as_str(), 0).to_socket_addrs();
                let found = found.map(|all| all.map(|one| one.ip()).collect::<Vec<_>>());
                // Nobody listens any more when the time is over.
                let _ = send.send(found.map_err(|why| why.to_string()));
            })
            .map_err(|why| why.to_string())?;
        let found = receive.recv_timeout(within).map_err(|_| "no answer in time".to_owned())?;
        let mut ips: Vec<IpAddr> = Vec::new();
        for ip in found? {
            if !ips.contains(&ip) {
                ips.push(ip);
            }
        }
        Ok(ips)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_knows_this_machine_and_nobody_is_waited_for() {
        let found = SystemResolver.resolve("localhost", Duration::from_secs(10)).expect("in the hosts file");
        assert!(!found.is_empty() && found.iter().all(IpAddr::is_loopback), "{found:?}");
        let late = SystemResolver.resolve("localhost", Duration::ZERO);
        assert!(late.is_ok() || late == Err("no answer in time".to_owned()));
    }
}
