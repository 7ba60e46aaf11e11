//! One request and its answer over one connection, octet by octet.

mod chunks;
mod head;
mod message;

pub use head::Head;
pub use message::Cut;
pub(crate) use message::{Source, content};

use crate::clocks;
use crate::dialer::{Deadline, Dialer, Line, Route};
use crate::tls::{Encrypted, Roots, TlsFacts, encrypt};
use crate::{Address, Failure, Limits};
use plainsight_model::Clock;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// One request with its answer, and all that was noticed on the way.
///
/// The octets are those that went over the connection inside TLS; nothing is
/// decoded, ordered or completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked for.
    pub uri: String,
    /// When the name was looked up, by our clock (RFC 3339).
    pub started: String,
    /// When the last octet had come, by our clock.
    pub finished: String,
    /// How long it took, by a clock that nobody sets.
    pub took: Duration,
    /// How the host was reached.
    pub route: Route,
    /// What was agreed on for encryption; `None` over plain http.
    pub tls: Option<TlsFacts>,
    /// The request as sent.
    pub request: Vec<u8>,
    /// The answer as received, interim answers (1xx) included. Empty when nothing came.
    pub response: Vec<u8>,
    /// The header of the final answer, as far as it could be read.
    pub head: Option<Head>,
    /// The server's clock (`Date`), RFC 3339.
    pub server_date: Option<String>,
    /// Seconds by which the server's clock is ahead of ours.
    pub clock_difference: Option<i64>,
    /// Why the answer is not whole.
    pub cut: Option<Cut>,
    /// What was noticed; what makes the capture incomplete begins with `incomplete`.
    pub complaints: Vec<String>,
}

impl Exchange {
    /// The status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.head.as_ref().map(|head| head.status)
    }

    /// The body as it came, chunks and all.
    pub fn body(&self) -> &[u8] {
        self.head.as_ref().and_then(|head| self.response.get(head.body_at..)).unwrap_or_default()
    }
}

/// Where requests go out.
pub(crate) struct Counter<'a> {
    pub(crate) dialer: &'a Dialer,
    pub(crate) roots: &'a Roots,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) limits: Limits,
}

impl Counter<'_> {
    /// Sends a request's octets to the host of an address and takes the answer.
    /// When not a single octet came, the failure stands beside what was sent.
    pub(crate) fn exchange(
        &self,
        address: &Address,
        request: &[u8],
        deadline: Deadline,
    ) -> Result<Exchange, (Failure, Option<Box<Exchange>>)> {
        let (started, begun) = (self.clock.now(), Instant::now());
        let connection = self.dialer.dial(address, deadline).map_err(|failure| (failure, None))?;
        let line = Line::new(connection.stream, deadline, self.limits.stall);
        let (mut stream, tls) = if address.is_https() {
            let (stream, facts) =
                encrypt(address, line, connection.route.ip, self.roots).map_err(|failure| (failure, None))?;
            (Stream::Encrypted(Box::new(stream)), Some(facts))
        } else {
            (Stream::Plain(line), None)
        };
        let sent = stream.write_all(request).and_then(|()| stream.flush());
        // A server may answer and close before it has read everything, so a
        // failed write is no reason not to listen.
        let answer = message::read(&mut stream, &self.limits);
        let server = answer.head.as_ref().and_then(|head| head.text("Date"));
        let server = server.and_then(|date| clocks::http_date(&date));
        let waited = answer.head_came.map_or(Duration::ZERO, |came| came.saturating_duration_since(begun));
        let exchange = Exchange {
            uri: address.as_str().to_owned(),
            clock_difference: server.and_then(|server| clocks::ahead(server, &started, waited)),
            started,
            finished: self.clock.now(),
            took: begun.elapsed(),
            route: connection.route,
            tls,
            request: request.to_vec(),
            response: answer.octets,
            head: answer.head,
            server_date: server.and_then(clocks::rfc3339),
            cut: answer.cut,
            complaints: answer.complaints,
        };
        if !exchange.response.is_empty() {
            return Ok(exchange);
        }
        let why = answer.broke.or(sent.err().map(|why| why.to_string()));
        let failure = match exchange.cut {
            Some(Cut::Time) => deadline.failure(address, self.limits.stall),
            _ => Failure::NoAnswer {
                host: address.host().to_owned(),
                why: why.unwrap_or_else(|| "it sent nothing".to_owned()),
            },
        };
        Err((failure, Some(Box::new(exchange))))
    }
}

enum Stream {
    Plain(Line),
    Encrypted(Box<Encrypted>),
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(line) => line.read(buffer),
            Self::Encrypted(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(line) => line.write(octets),
            Self::Encrypted(stream) => stream.write(octets),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Plain(line) => line.flush(),
            Self::Encrypted(stream) => stream.flush(),
        }
    }
}

impl Source for Stream {
    fn hurry(&mut self, most: Duration) {
        match self {
            Self::Plain(line) => line.hurry(most),
            Self::Encrypted(stream) => stream.sock.hurry(most),
        }
    }
}
