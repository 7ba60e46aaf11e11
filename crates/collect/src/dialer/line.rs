//! A connection on which nobody can make us wait.

use crate::{Address, Failure};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// When it is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    until: Instant,
    within: Duration,
}

impl Deadline {
    /// From now on, so long.
    pub(crate) fn after(within: Duration) -> Self {
        let now = Instant::now();
        // A limit beyond what the clock can count is no limit; a day is.
        let until = now.checked_add(within).unwrap_or(now + Duration::from_secs(86_400));
        Self { until, within }
    }

    /// The limit as it is told, where this is only what was left of it.
    pub(crate) fn of(self, within: Duration) -> Self {
        Self { within, ..self }
    }

    /// What is left, `None` when it is over.
    pub(crate) fn left(&self) -> Option<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// The failure of a host that did not answer in time, or kept silent for so long.
    pub(crate) fn failure(&self, address: &Address, stall: Duration) -> Failure {
        let within = if self.left().is_some() { stall } else { self.within };
        Failure::Time { host: address.host().to_owned(), within }
    }
}

/// A connection whose every read and write ends by the deadline, and after a
/// time without any octet.
pub(crate) struct Line {
    stream: TcpStream,
    deadline: Deadline,
    stall: Duration,
}

impl Line {
    pub(crate) fn new(stream: TcpStream, deadline: Deadline, stall: Duration) -> Self {
        // Small requests go out at once; without it only slower.
        let _ = stream.set_nodelay(true);
        Self { stream, deadline, stall }
    }

    /// From now on no read waits longer than this.
    pub(crate) fn hurry(&mut self, most: Duration) {
        self.stall = self.stall.min(most);
    }

    /// The failure of a host that fell silent.
    pub(crate) fn failure(&self, address: &Address) -> Failure {
        self.deadline.failure(address, self.stall)
    }

    /// The connection, without its limits.
    pub(crate) fn into_stream(self) -> TcpStream {
        self.stream
    }

    fn patience(&self) -> std::io::Result<Duration> {
        let left = self.deadline.left().ok_or(ErrorKind::TimedOut)?;
        // Zero would mean for ever.
        Ok(left.min(self.stall).max(Duration::from_millis(1)))
    }
}

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.stream.set_read_timeout(Some(self.patience()?))?;
        loop {
            match self.stream.read(buffer) {
                // The two systems name a time-out differently.
                Err(why) if why.kind() == ErrorKind::WouldBlock => return Err(ErrorKind::TimedOut.into()),
                Err(why) if why.kind() == ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }
}

impl Write for Line {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.stream.set_write_timeout(Some(self.patience()?))?;
        match self.stream.write(octets) {
            Err(why) if why.kind() == ErrorKind::WouldBlock => Err(ErrorKind::TimedOut.into()),
            done => done,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.stream.flush()
    }
}
