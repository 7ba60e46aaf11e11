//! One answer, octet by octet as it comes, to its end (RFC 9112, section 6.3).

use super::chunks::{Broken, Chunks};
use super::head::{Begin, Head, begin};
use crate::Limits;
use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

/// How long we listen for octets beyond the announced end; we asked for the connection to be closed.
const LINGER: Duration = Duration::from_millis(200);

/// How many interim answers (1xx) are taken.
const MOST_INTERIM: usize = 16;

/// Where octets come from.
pub(crate) trait Source: Read {
    /// From now on no read waits longer than this.
    fn hurry(&mut self, most: Duration);
}

/// Why a capture does not hold the whole answer; the words are those of `WARC-Truncated` (WARC 1.1, section 5.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A limit of size was reached.
    Length,
    /// A limit of time was reached.
    Time,
    /// The connection ended too early.
    Disconnect,
    /// The answer breaks the rules, so that its end is not known.
    Unspecified,
}

impl Cut {
    /// The word in the WARC header.
    pub fn word(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
            Self::Unspecified => "unspecified",
        }
    }
}

/// What came.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// All octets, interim answers included.
    pub(super) octets: Vec<u8>,
    pub(super) head: Option<Head>,
    /// When the header was whole.
    pub(super) head_came: Option<Instant>,
    pub(super) cut: Option<Cut>,
    pub(super) complaints: Vec<String>,
    /// What the system said when the connection broke.
    pub(super) broke: Option<String>,
}

enum Body {
    None,
    Length(u64),
    Chunks(Chunks),
    UntilClose,
}

/// Takes one answer. `body_expected` is false for HEAD.
pub(super) fn read(source: &mut dyn Source, limits: &Limits) -> Answer {
    let mut reading = Reading { source, limits, answer: Answer::default() };
    if let Some(body) = reading.head() {
        reading.body(body);
    }
    reading.answer
}

struct Reading<'a> {
    source: &'a mut dyn Source,
    limits: &'a Limits,
    answer: Answer,
}

impl Reading<'_> {
    /// Reads up to the end of the header of the final answer. Gives the kind of body, or `None` when all is over.
    fn head(&mut self) -> Option<Body> {
        let (mut from, mut interim) = (0, 0);
        loop {
            let octets = self.answer.octets.get(from..).unwrap_or_default();
            let begun =
                if octets.contains(&b'\n') { begin(octets, self.limits.fields) } else { Begin::Partly };
            match begun {
                // 101 would end HTTP; nobody asked for it, so it is an answer like any other.
                Begin::Whole(head) if (100..200).contains(&head.status) && head.status != 101 => {
                    from += head.body_at;
                    interim += 1;
                    if interim > MOST_INTERIM {
                        return self.cut(Cut::Length, "more interim answers than are taken");
                    }
                    continue;
                }
                Begin::Whole(mut head) => {
                    head.body_at += from;
                    let body = self.kind_of_body(&head);
                    self.answer.head = Some(head);
                    self.answer.head_came = Some(Instant::now());
                    return Some(body);
                }
                Begin::TooMany => {
                    let most = self.limits.fields;
                    return self.cut(Cut::Length, &format!("the header has more than {most} fields"));
                }
                Begin::Foreign => {
                    self.cut::<()>(Cut::Unspecified, "what the server sent is no HTTP/1 answer");
                    return Some(Body::UntilClose);
                }
                Begin::Partly if octets.len() > self.limits.head => {
                    let most = self.limits.head;
                    return self.cut(Cut::Length, &format!("the header is longer than {most} octets"));
                }
                Begin::Partly => {}
            }
            if !self.more() {
                if !self.answer.octets.is_empty() && self.answer.cut.is_none() {
                    return self.cut(Cut::Disconnect, "the connection ended inside the header");
                }
                return None;
            }
        }
    }

    fn kind_of_body(&mut self, head: &Head) -> Body {
        if matches!(head.status, 101 | 204 | 304) {
            return Body::None;
        }
        let coding = head.all("Transfer-Encoding").last().map(<[u8]>::to_ascii_lowercase);
        let lengths: Vec<Option<u64>> = head.all("Content-Length").flat_map(announced).collect();
        if let Some(coding) = coding {
            if !lengths.is_empty() {
                let both = "the server announced a length and chunks at once; the chunks count (RFC 9112)";
                self.answer.complaints.push(both.to_owned());
            }
            let last = coding.rsplit(|octet| *octet == b',').next().unwrap_or_default();
            let chunked = last.trim_ascii() == b"chunked";
            return if chunked { Body::Chunks(Chunks::new()) } else { Body::UntilClose };
        }
        match lengths.as_slice() {
            [] => Body::UntilClose,
            [Some(first), rest @ ..] if rest.iter().all(|other| other == &Some(*first)) => {
                Body::Length(*first)
            }
            _ => {
                let odd = "the server announced lengths that contradict each other or are no number; taken up to its end";
                self.answer.complaints.push(odd.to_owned());
                Body::UntilClose
            }
        }
    }

    fn body(&mut self, mut body: Body) {
        let from = self.answer.head.as_ref().map_or(0, |head| head.body_at);
        let mut seen = from;
        let limit = from.saturating_add(self.limits.body);
        loop {
            let new = self.answer.octets.get(seen..).unwrap_or_default();
            let used = match &mut body {
                Body::None => 0,
                Body::Length(left) => {
                    let used = usize::try_from(*left).unwrap_or(usize::MAX).min(new.len());
                    *left -= used as u64;
                    used
                }
                Body::Chunks(chunks) => match chunks.take(new, &mut |_| {}) {
                    Ok(used) => used,
                    Err(Broken) => {
                        self.cut::<()>(
                            Cut::Unspecified,
                            "its chunks break the rules, so that its end is not known",
                        );
                        body = Body::UntilClose;
                        continue;
                    }
                },
                Body::UntilClose => new.len(),
            };
            seen += used;
            let done = match &body {
                Body::None | Body::Length(0) => true,
                Body::Length(_) | Body::UntilClose => false,
                Body::Chunks(chunks) => chunks.done(),
            };
            if self.answer.octets.len() > limit {
                self.answer.octets.truncate(limit);
                let most = self.limits.body;
                self.cut::<()>(
                    Cut::Length,
                    &format!("the body is longer than {most} octets; the rest was not taken"),
                );
                return;
            }
            if done {
                return self.surplus(seen, limit);
            }
            if !self.more() {
                if self.answer.cut.is_none() {
                    self.ended_early(&body, seen - from);
                }
                return;
            }
        }
    }

    fn ended_early(&mut self, body: &Body, came: usize) {
        let what = match body {
            Body::Length(left) => {
                format!("the server announced {} octets and sent {came}", left.saturating_add(came as u64))
            }
            Body::Chunks(_) => "the connection ended before the last chunk".to_owned(),
            _ if self.answer.broke.is_some() => "the connection broke".to_owned(),
            _ => return,
        };
        self.cut::<()>(Cut::Disconnect, &what);
    }

    /// Listens for octets beyond the announced end, which are evidence too.
    fn surplus(&mut self, end: usize, limit: usize) {
        self.source.hurry(LINGER);
        let cut = self.answer.cut;
        while self.answer.octets.len() <= limit && self.more() {}
        self.answer.octets.truncate(limit);
        // Nothing more came in time, or the connection was reset: the answer was whole before.
        self.answer.cut = cut;
        self.answer.broke = None;
        self.answer.complaints.retain(|complaint| !complaint.starts_with(TOO_LATE));
        let more = self.answer.octets.len().saturating_sub(end);
        if more > 0 {
            self.cut::<()>(
                Cut::Unspecified,
                &format!(
                    "the server sent {more} octets more than it announced; they are kept behind the body"
                ),
            );
        }
    }

    /// Takes what comes next. False at the end, after a break and when time is over.
    fn more(&mut self) -> bool {
        let mut buffer = [0; 16_384];
        match self.source.read(&mut buffer) {
            Ok(0) => false,
            Ok(count) => {
                self.answer.octets.extend_from_slice(buffer.get(..count).unwrap_or_default());
                true
            }
            Err(why) if why.kind() == ErrorKind::TimedOut => {
                self.answer.cut.get_or_insert(Cut::Time);
                if !self.answer.octets.is_empty() {
                    let seconds = (self.limits.total.as_secs(), self.limits.stall.as_secs());
                    let what =
                        format!("{TOO_LATE} ({} seconds in all, {} without an octet)", seconds.0, seconds.1);
                    self.answer.complaints.push(what);
                }
                false
            }
            Err(why) => {
                self.answer.broke = Some(why.to_string());
                false
            }
        }
    }

    fn cut<T>(&mut self, cut: Cut, what: &str) -> Option<T> {
        self.answer.cut.get_or_insert(cut);
        self.answer.complaints.push(format!("incomplete: {what}"));
        None
    }
}

/// How the complaint about time begins.
const TOO_LATE: &str = "incomplete: the time for it was over";

/// The lengths that one `Content-Length` announces; several are joined by commas.
fn announced(value: &[u8]) -> Vec<Option<u64>> {
    let one = |part: &[u8]| {
        let part = part.trim_ascii();
        let digits = !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        digits.then(|| std::str::from_utf8(part).ok()?.parse().ok()).flatten()
    };
    value.split(|octet| *octet == b',').map(one).collect()
}

/// The body of an answer without its chunks; what is not in chunks comes back as it is.
pub(crate) fn content(head: &Head, octets: &[u8]) -> Vec<u8> {
    let body = octets.get(head.body_at..).unwrap_or_default();
    let coding = head.all("Transfer-Encoding").last().map(<[u8]>::to_ascii_lowercase);
    if !coding.is_some_and(|coding| coding.trim_ascii().ends_with(b"chunked")) {
        return body.to_vec();
    }
    let mut content = Vec::new();
    // A break keeps what came before it.
    let _ = Chunks::new().take(body, &mut |data| content.extend_from_slice(data));
    content
}

#[cfg(test)]
mod tests;
