//! Manners: robots.txt (RFC 9309), and one request at a time a host with a pause.

use super::{Collector, Fetched, Stop};
use crate::dialer::Deadline;
use crate::http::{Counter, Exchange, content};
use crate::robots::{MOST_OCTETS, Rules};
use crate::{Address, Cut, Failure, redirect};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many redirects of a robots.txt are followed (RFC 9309, section 2.3.1.2).
const MOST_REDIRECTS: usize = 5;

/// What a site says about being fetched, and what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manners {
    /// The address it is about.
    pub uri: String,
    /// The robots.txt that decides.
    pub robots: String,
    /// What it says.
    pub answer: RobotsAnswer,
    /// Whether a person decided to fetch all the same.
    pub despite: bool,
    /// The robots.txt with its redirects, where this address was the first of its host to need it.
    pub hops: Vec<Exchange>,
}

/// What a robots.txt says about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RobotsAnswer {
    /// It may be fetched; with the line that allows it, if one speaks of it.
    Allowed(Option<String>),
    /// There is no robots.txt (status 4xx, RFC 9309, section 2.3.1.3): all may be fetched.
    NoFile,
    /// It is forbidden by this line.
    Forbidden(String),
    /// It could not be read, for this reason: nothing may be fetched (RFC 9309, section 2.3.1.4).
    Unreachable(String),
}

impl Manners {
    fn forbids(&self) -> bool {
        matches!(self.answer, RobotsAnswer::Forbidden(_) | RobotsAnswer::Unreachable(_))
    }

    /// The complaint of a page that was fetched all the same.
    pub(super) fn despite(&self) -> Option<String> {
        let why = match &self.answer {
            RobotsAnswer::Forbidden(line) => format!("forbids it (“{line}”)"),
            RobotsAnswer::Unreachable(why) => format!("could not be read ({why})"),
            _ => return None,
        };
        self.despite.then(|| format!("fetched although robots.txt of the site {why}; a person decided so"))
    }
}

impl std::fmt::Display for Manners {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let uri = &self.uri;
        let way = "If the public has to know it, decide so with --despite-robots --reason";
        match &self.answer {
            RobotsAnswer::Allowed(_) | RobotsAnswer::NoFile => write!(f, "robots.txt allows {uri}"),
            RobotsAnswer::Forbidden(line) => {
                write!(f, "robots.txt forbids {uri} (“{line}”); it was not fetched. {way}")
            }
            RobotsAnswer::Unreachable(why) => {
                write!(
                    f,
                    "robots.txt of the site could not be read ({why}), which forbids {uri}; it was not fetched. Try again later. {way}"
                )
            }
        }
    }
}

/// What is known of each host in one run.
#[derive(Default)]
pub(crate) struct Hosts {
    busy: Mutex<HashMap<String, Arc<Mutex<Option<Instant>>>>>,
    robots: Mutex<HashMap<String, Arc<Mutex<Option<Known>>>>>,
}

/// What a robots.txt turned out to be.
#[derive(Clone)]
enum Known {
    Rules(Rules),
    NoFile,
    Unreachable(String),
}

impl Hosts {
    /// Does something with a host once nobody else does, and so long after the last time.
    pub(crate) fn one_at_a_time<T>(&self, host: &str, pause: Duration, act: impl FnOnce() -> T) -> T {
        let slot = slot(&self.busy, host.trim_end_matches('.'));
        let mut last = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wait) = last.and_then(|last| pause.checked_sub(last.elapsed())) {
            std::thread::sleep(wait);
        }
        let done = act();
        *last = Some(Instant::now());
        done
    }
}

fn slot<T: Default>(slots: &Mutex<HashMap<String, Arc<T>>>, key: &str) -> Arc<T> {
    let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
    slots.entry(key.to_owned()).or_default().clone()
}

impl Collector {
    /// Asks what the site says about an address; stops where it forbids and nobody decided otherwise.
    pub(super) fn ask_robots(&self, address: &Address, fetched: &mut Fetched) -> Result<(), Stop> {
        // What the guard refuses is told before any request.
        self.dialer.guard.check(address, self.dialer.proxy.is_some()).map_err(Failure::from)?;
        let robots = address.with_path("/robots.txt");
        if address.target() == "/robots.txt" {
            return Ok(());
        }
        let place = slot(&self.hosts.robots, &address.origin());
        let mut known = place.lock().unwrap_or_else(PoisonError::into_inner);
        let mut hops = Vec::new();
        let rules = match known.clone() {
            Some(rules) => rules,
            None => {
                let rules = match self.read_robots(&robots, &mut hops) {
                    Ok(rules) => rules,
                    // Who cannot be reached for robots.txt cannot be reached for the
                    // page: the reason is told, and asked for again next time.
                    Err(failure) if !self.settings.despite_robots => return Err(failure.into()),
                    Err(failure) => Known::Unreachable(failure.to_string()),
                };
                known.insert(rules).clone()
            }
        };
        drop(known);
        let answer = match rules {
            Known::NoFile => RobotsAnswer::NoFile,
            Known::Unreachable(why) => RobotsAnswer::Unreachable(why),
            Known::Rules(rules) => match rules.decide(&address.target()) {
                (true, line) => RobotsAnswer::Allowed(line.map(str::to_owned)),
                (false, line) => RobotsAnswer::Forbidden(line.unwrap_or_default().to_owned()),
            },
        };
        let (uri, robots) = (address.as_str().to_owned(), robots.as_str().to_owned());
        let despite = self.settings.despite_robots;
        let mut manners = Manners { uri, robots, answer, despite, hops };
        manners.despite &= manners.forbids();
        fetched.robots.push(manners.clone());
        if manners.forbids() && !despite { Err(Stop::Robots(manners)) } else { Ok(()) }
    }

    fn read_robots(&self, robots: &Address, hops: &mut Vec<Exchange>) -> Result<Known, Failure> {
        let mut limits = self.settings.limits;
        limits.body = limits.body.min(MOST_OCTETS);
        let counter = Counter { limits, ..self.counter() };
        let deadline = Deadline::after(limits.total);
        let mut address = robots.clone();
        for _ in 0..=MOST_REDIRECTS {
            let request = self.request(&address, "identity", &[]);
            // Without a pause: robots.txt and the page that it is read for are one visit.
            let done = self.hosts.one_at_a_time(address.host(), Duration::ZERO, || {
                counter.exchange(&address, &request, deadline)
            });
            let exchange = match done {
                Ok(exchange) => exchange,
                Err((failure, None)) if hops.is_empty() => return Err(failure),
                Err((failure, Some(asked))) => {
                    hops.push(*asked);
                    return Ok(Known::Unreachable(failure.to_string()));
                }
                Err((failure, _)) => return Ok(Known::Unreachable(failure.to_string())),
            };
            let next = redirect::next(&exchange);
            let known = understood(&exchange, &self.settings.products());
            hops.push(exchange);
            let Some(next) = next else { return Ok(known) };
            address = match address.follow(&next) {
                Ok(address) => address,
                Err(refusal) => return Ok(Known::Unreachable(refusal.to_string())),
            };
        }
        // More redirects than five: as if there were none (RFC 9309, section 2.3.1.2).
        Ok(Known::NoFile)
    }
}

fn understood(exchange: &Exchange, products: &[&str]) -> Known {
    let whole = matches!(exchange.cut, None | Some(Cut::Length));
    match (&exchange.head, exchange.status()) {
        (Some(head), Some(200..=299)) if whole => {
            Known::Rules(Rules::of(&content(head, &exchange.response), products))
        }
        (_, Some(400..=499)) => Known::NoFile,
        (_, Some(status)) if whole => Known::Unreachable(format!("status {status}")),
        _ => Known::Unreachable("the answer was incomplete".to_owned()),
    }
}
