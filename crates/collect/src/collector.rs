//! From an address to all that was asked and answered for it.

mod manners;

use crate::dialer::{Deadline, Dialer, Resolver};
use crate::http::{Counter, Exchange};
use crate::tls::Roots;
use crate::{Address, Failure, Guard, Refusal, Settings, SettingsError, redirect};
pub use manners::{Manners, RobotsAnswer};
use plainsight_model::Clock;
use std::sync::Arc;

/// Fetches addresses, one request at a time a host.
pub struct Collector {
    pub(crate) settings: Settings,
    pub(crate) dialer: Dialer,
    roots: Roots,
    clock: Arc<dyn Clock>,
    pub(crate) hosts: manners::Hosts,
}

/// What was asked and answered for one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Each request with its answer: redirects, then the page. The last one may
    /// have an empty `response`: it was sent, and nothing came.
    pub hops: Vec<Exchange>,
    /// What the robots.txt of each host said, in the order asked.
    pub robots: Vec<Manners>,
    /// Why it ended before a page came.
    pub stopped: Option<Stop>,
}

impl Fetched {
    /// The answers that may be kept.
    pub fn answers(&self) -> impl Iterator<Item = &Exchange> {
        self.hops.iter().filter(|hop| !hop.response.is_empty())
    }

    /// Whether the server says that nothing changed since the earlier capture.
    pub fn is_unchanged(&self) -> bool {
        self.stopped.is_none() && self.hops.last().and_then(Exchange::status) == Some(304)
    }

    /// All that was noticed, in words; what makes a capture incomplete begins with `incomplete`.
    pub fn complaints(&self) -> Vec<String> {
        let noticed = self.hops.iter().flat_map(|hop| &hop.complaints).cloned();
        let robots = self.robots.iter().filter_map(Manners::despite);
        noticed.chain(robots).chain(self.stopped.as_ref().map(Stop::to_string)).collect()
    }
}

/// Why a capture ended before a page came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The host gave no answer, or was not asked.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The site asks robots to leave it alone.
    #[error("{0}")]
    Robots(Manners),
    /// More redirects than are followed.
    #[error("{uri} is one redirect more than the {most} that are followed; the redirects are kept")]
    Redirects {
        /// Where the next one leads.
        uri: String,
        /// The limit.
        most: usize,
    },
    /// A redirect leads back.
    #[error(
        "{uri} redirects in a circle, probably because it wants a cookie; the redirects are kept. Open it in a browser and capture it from there"
    )]
    Circle {
        /// Where it leads back to.
        uri: String,
    },
}

/// What an earlier capture was marked with, to ask whether anything changed (RFC 9110, section 13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Its `ETag`, as it stood.
    pub etag: Option<String>,
    /// Its `Last-Modified`, as it stood.
    pub last_modified: Option<String>,
}

impl Collector {
    /// Makes one. Names are looked up by `resolver`, unless a proxy is set;
    /// `roots` are the certificates that may speak for hosts.
    pub fn new(
        settings: Settings,
        resolver: Arc<dyn Resolver>,
        roots: Roots,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SettingsError> {
        settings.check_user_agent()?;
        let guard = Guard::new(&settings.allow_private).map_err(SettingsError::Host)?;
        let dialer = Dialer { guard, resolver, proxy: settings.proxy };
        Ok(Self { settings, dialer, roots, clock, hosts: manners::Hosts::default() })
    }

    /// Fetches an address that a person typed, with the redirects it leads to.
    pub fn fetch(&self, address: &Address) -> Fetched {
        self.fetch_again(address, &Conditions::default())
    }

    /// Fetches an address unless nothing changed since an earlier capture.
    pub fn fetch_again(&self, address: &Address, conditions: &Conditions) -> Fetched {
        self.dialer.guard.asked(address);
        self.walked(address, conditions)
    }

    /// Fetches an address that a page named, such as a picture in it. Its port
    /// is open only if a person typed it before.
    pub fn fetch_named(&self, address: &Address) -> Fetched {
        self.walked(address, &Conditions::default())
    }

    fn walked(&self, address: &Address, conditions: &Conditions) -> Fetched {
        let mut fetched = Fetched::default();
        fetched.stopped = self.walk(address, conditions, &mut fetched).err();
        fetched
    }

    /// What can be told about an address without asking anybody.
    pub fn check(&self, address: &Address) -> Result<(), Refusal> {
        self.dialer.guard.asked(address);
        self.dialer.guard.check(address, self.dialer.proxy.is_some())
    }

    fn walk(&self, address: &Address, conditions: &Conditions, fetched: &mut Fetched) -> Result<(), Stop> {
        let total = self.settings.limits.total;
        let mut left = total;
        let mut address = address.clone();
        let mut seen = vec![address.clone()];
        let mut fields = conditional(conditions);
        loop {
            self.ask_robots(&address, fetched)?;
            let request = self.request(&address, "gzip", &fields);
            fields.clear();
            let done = self.hosts.one_at_a_time(address.host(), self.settings.pause, || {
                let begun = std::time::Instant::now();
                let done = self.counter().exchange(&address, &request, Deadline::after(left).of(total));
                left = left.saturating_sub(begun.elapsed());
                done
            });
            let exchange = match done {
                Ok(exchange) => exchange,
                Err((failure, asked)) => {
                    fetched.hops.extend(asked.map(|asked| *asked));
                    return Err(failure.into());
                }
            };
            let next = redirect::next(&exchange);
            let uri = exchange.uri.clone();
            fetched.hops.push(exchange);
            let Some(next) = next else { return Ok(()) };
            let next = address.follow(&next).map_err(Failure::from)?;
            if next.as_str() == uri && fetched.hops.last().is_some_and(|hop| hop.status() == Some(200)) {
                // A page that reloads itself is no redirect.
                return Ok(());
            }
            if seen.contains(&next) {
                return Err(Stop::Circle { uri: next.as_str().to_owned() });
            }
            let most = self.settings.limits.redirects;
            if seen.len() > most {
                return Err(Stop::Redirects { uri: next.as_str().to_owned(), most });
            }
            seen.push(next.clone());
            address = next;
        }
    }

    /// One request, without robots, pauses and redirects.
    pub(crate) fn counter(&self) -> Counter<'_> {
        Counter {
            dialer: &self.dialer,
            roots: &self.roots,
            clock: self.clock.as_ref(),
            limits: self.settings.limits,
        }
    }

    /// The octets of a request. The same fields for every host, and no cookie:
    /// nothing in it tells one case from another.
    fn request(&self, address: &Address, encoding: &str, more: &[(&str, String)]) -> Vec<u8> {
        let mut request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\nAccept: */*\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n",
            address.target(),
            address.host_field(),
            self.settings.user_agent
        );
        for (name, value) in more {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        request.into_bytes()
    }
}

/// The fields of a conditional request. The values come from a server: what
/// could write a field of its own is left out.
fn conditional(conditions: &Conditions) -> Vec<(&'static str, String)> {
    let fields = [("If-None-Match", &conditions.etag), ("If-Modified-Since", &conditions.last_modified)];
    let harmless = |value: &&String| {
        value.len() <= 1024 && value.bytes().all(|octet| octet == b' ' || octet.is_ascii_graphic())
    };
    let one = |(name, value): (&'static str, &Option<String>)| {
        value.as_ref().filter(harmless).map(|value| (name, value.clone()))
    };
    fields.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_cannot_write_a_field_of_its_own() {
        let conditions = Conditions {
            etag: Some("\"a\"\r\nCookie: x".to_owned()),
            last_modified: Some("Sun, 06 Nov 2022 08:49:37 GMT".to_owned()),
        };
        let fields = conditional(&conditions);
        assert_eq!(fields, [("If-Modified-Since", "Sun, 06 Nov 2022 08:49:37 GMT".to_owned())]);
    }
}
