//! Header blocks of WARC records and HTTP messages: `Name: value` lines.
//!
//! One lenient reader for both: LF or CRLF, folded lines, any byte in a
//! value. What a strict reader would refuse is still evidence.

use std::borrow::Cow;
use std::ops::Range;

/// The fields of a header block in their order.
///
/// Names and values lie in one text: a crawl has millions of fields, and a
/// string of its own for each would cost more than the digests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    text: String,
    places: Vec<(Range<usize>, Range<usize>)>,
}

impl Fields {
    /// Reads the lines after the first one (version or status line).
    pub(crate) fn read(block: &[u8]) -> (Self, Vec<String>) {
        let text = String::with_capacity(block.len());
        let mut fields = Self { text, places: Vec::with_capacity(16) };
        let mut complaints = Vec::new();
        let all = std::str::from_utf8(block).map_or_else(|_| String::from_utf8_lossy(block), Cow::Borrowed);
        let mut at = 0;
        while at < all.len() {
            let end = memchr::memchr(b'\n', &all.as_bytes()[at..]).map_or(all.len(), |end| at + end);
            let line = &all[at..end];
            at = end + 1;
            let text = line.strip_suffix('\r').unwrap_or(line);
            if text.is_empty() {
                continue;
            }
            if text.starts_with([' ', '\t']) {
                if !fields.go_on(text.trim_ascii()) {
                    complaints.push("a folded line without a field before it".to_owned());
                }
                continue;
            }
            match text.split_once(':') {
                Some((name, value)) => fields.push(name.trim_ascii(), value.trim_ascii()),
                None => complaints.push(format!("a header line without a colon: “{}”", shortened(text))),
            }
        }
        (fields, complaints)
    }

    /// Adds a field behind the others.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        let start = self.text.len();
        let middle = start + name.len();
        self.text.push_str(name);
        self.text.push_str(value);
        self.places.push((start..middle, middle..self.text.len()));
    }

    /// Adds to the last value; `false` where there is none.
    fn go_on(&mut self, more: &str) -> bool {
        let Some((_, value)) = self.places.last_mut() else { return false };
        if value.start < value.end {
            self.text.push(' ');
        }
        self.text.push_str(more);
        value.end = self.text.len();
        true
    }

    /// Names and values in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.places.iter().map(|(name, value)| (&self.text[name.clone()], &self.text[value.clone()]))
    }

    /// The first value of a field that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    /// The first value of a field, empty or not.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a field.
    pub(crate) fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.places
            .iter()
            .filter(move |(known, _)| {
                known.len() == name.len() && self.text[known.clone()].eq_ignore_ascii_case(name)
            })
            .map(|(_, value)| &self.text[value.clone()])
    }
}

/// The first characters of something foreign, for a message.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

/// Where a header block ends inside bytes: the length up to and with its blank line.
pub(crate) fn header_end(bytes: &[u8]) -> Option<usize> {
    let mut line_start = 0;
    for at in memchr::memchr_iter(b'\n', bytes) {
        let line = &bytes[line_start..at];
        if line_start > 0 && (line.is_empty() || line == b"\r") {
            return Some(at + 1);
        }
        line_start = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_headers_are_read_and_complained_about() {
        let block =
            "WARC-Type: resource\nX:\r\n\teen\r\n  twee \r\nzonder punt\n空: 值\r\nEmpty:\r\nEmpty: no\r\n";
        let (fields, complaints) = Fields::read(block.as_bytes());
        assert_eq!(fields.get("warc-type"), Some("resource"));
        assert_eq!(fields.get("x"), Some("een twee"));
        assert_eq!(fields.get("空"), Some("值"));
        assert_eq!(fields.get("empty"), Some("no"));
        assert_eq!(complaints.len(), 1);
    }

    #[test]
    fn a_header_ends_at_its_blank_line() {
        let cases: [(&[u8], Option<usize>); 5] = [
            (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", Some(25)),
            (b"HTTP/1.1 200 OK\nA: b\n\nbody", Some(22)),
            (b"HTTP/1.1 200 OK\r\n\nbody", Some(18)),
            (b"HTTP/1.1 200 OK\r\nA: b\r\n", None),
            (b"\nx", None),
        ];
        for (bytes, end) in cases {
            assert_eq!(header_end(bytes), end);
        }
    }
}
