//! Header blocks of WARC records and HTTP messages: `Name: value` lines.
//!
//! One lenient reader for both: LF or CRLF, folded lines, any byte in a
//! value. What a strict reader would refuse is still evidence.

/// The fields of a header block in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// Reads the lines after the first one (version or status line).
    pub(crate) fn read(block: &[u8]) -> (Self, Vec<String>) {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut complaints = Vec::new();
        // Almost every header is UTF-8: it is looked at once, not line by line.
        let all = String::from_utf8_lossy(block);
        for line in all.split('\n') {
            let text = line.strip_suffix('\r').unwrap_or(line);
            if text.is_empty() {
                continue;
            }
            if text.starts_with([' ', '\t']) {
                match fields.last_mut() {
                    Some((_, value)) => {
                        if !value.is_empty() {
                            value.push(' ');
                        }
                        value.push_str(text.trim());
                    }
                    None => complaints.push("a folded line without a field before it".to_owned()),
                }
                continue;
            }
            match text.split_once(':') {
                Some((name, value)) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
                None => complaints.push(format!("a header line without a colon: “{}”", shortened(text))),
            }
        }
        (Self(fields), complaints)
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
        self.0
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
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
