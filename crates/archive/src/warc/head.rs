//! The header of one record, out of a WARC or an ARC.
//!
//! What a strict reader would refuse is read and complained about: a cut
//! date, a field that stands twice, a version that is not one we know.

use crate::input::decoded::Decoded;
use crate::warc::fields::{Fields, header_end, shortened};

const LONGEST_LINE: usize = 64 * 1024;
const LONGEST_HEADER: usize = 1024 * 1024;

/// What a record says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Where it begins: in the file, or its member does.
    pub(crate) offset: u64,
    /// `WARC-Type`; for ARC `arc_header` or `response`.
    pub(crate) kind: Option<String>,
    pub(crate) fields: Fields,
    /// Length of the block; none where the header names none that can be read.
    pub(crate) length: Option<u64>,
    pub(crate) arc: bool,
    /// Which record of its gzip member or zstd frame it is, from 1; 1 in a plain file.
    pub(crate) nth: u32,
    /// The header as it stands, its blank line included.
    pub(crate) header: Vec<u8>,
    pub(crate) complaints: Vec<String>,
}

impl Head {
    pub(crate) fn id(&self) -> Option<&str> {
        self.fields.get("WARC-Record-ID")
    }

    /// What tells it apart from others at the same place ([`plainsight_model::RecordPlace`]): its id;
    /// `#2` for the second record of a member that has none (ARC has no ids); else nothing.
    pub(crate) fn key(&self) -> String {
        match self.id() {
            Some(id) => id.to_owned(),
            None if self.nth > 1 => format!("#{}", self.nth),
            None => String::new(),
        }
    }

    /// The address; wget puts angle brackets around it.
    pub(crate) fn uri(&self) -> Option<String> {
        let uri = self.fields.get("WARC-Target-URI")?;
        Some(uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>')).unwrap_or(uri).to_owned())
    }

    pub(crate) fn date(&self) -> Option<&str> {
        self.fields.get("WARC-Date")
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(kind))
    }

    /// Whether the payload is spread over several records.
    pub(crate) fn is_segment(&self) -> bool {
        self.is("continuation") || self.fields.get("WARC-Segment-Number").is_some()
    }

    /// Whether the header has its end: the blank line, or the line's end of an ARC.
    pub(crate) fn ended(&self) -> bool {
        let ends: &[&[u8]] = if self.arc { &[b"\n"] } else { &[b"\n\n", b"\n\r\n"] };
        ends.iter().any(|end| self.header.ends_with(end))
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> String {
        self.id().map_or_else(|| format!("the record at byte {}", self.offset), str::to_owned)
    }

    /// Reads a WARC header; stands behind its blank line. `Err` has the first
    /// bytes where no record begins.
    pub(crate) fn of_warc(decoded: &mut Decoded, offset: u64) -> Result<Self, Vec<u8>> {
        if !decoded.peek(5).starts_with(b"WARC/") {
            return Err(decoded.peek(60).iter().copied().take(60).collect());
        }
        let mut complaints = Vec::new();
        let header = whole_header(decoded, &mut complaints);
        let end = header.iter().position(|&byte| byte == b'\n').map_or(header.len(), |end| end + 1);
        let (version_line, block) = header.split_at(end);
        let version = version_line.trim_ascii_end();
        if !matches!(version, b"WARC/0.17" | b"WARC/0.18" | b"WARC/1.0" | b"WARC/1.1") {
            let version = String::from_utf8_lossy(version).into_owned();
            complaints.push(format!("version “{}” is not one we know", shortened(&version)));
        }
        let (fields, odd) = Fields::read(block);
        complaints.extend(odd);
        let kind = fields.get("WARC-Type").map(str::to_owned);
        let length = one_length(&fields, &mut complaints);
        complain_of_missing(&fields, &mut complaints);
        Ok(Self { offset, kind, fields, length, arc: false, nth: 1, header, complaints })
    }

    /// Reads an ARC header line: `URL address date type length`, or the ten
    /// fields of version 2.
    pub(crate) fn of_arc(decoded: &mut Decoded, offset: u64) -> Result<Self, Vec<u8>> {
        let line = line(decoded);
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        let parts: Vec<&str> = text.split(' ').collect();
        let n = parts.len();
        if n < 5 || !parts[0].contains(':') {
            return Err(line);
        }
        let (uri, date, media_type) = if n == 10 && parts[4].len() == 3 {
            (parts[0].to_owned(), parts[2], parts[3])
        } else {
            (parts[..n - 4].join(" "), parts[n - 3], parts[n - 2])
        };
        let kind = match uri.as_str() {
            _ if uri.starts_with("filedesc:") => "arc_header",
            crate::case::tombstone::ARC_ADDRESS => "metadata",
            _ => "response",
        };
        let mut fields = Fields::default();
        let mut complaints = Vec::new();
        fields.push("WARC-Target-URI", &uri);
        match moment(date) {
            Some(date) => fields.push("WARC-Date", &date),
            None => complaints
                .push(format!("“{}” is no date of 14 digits, or one that never was", shortened(date))),
        }
        fields.push("Content-Type", media_type);
        let length = parts[n - 1].parse().ok();
        Ok(Self {
            offset,
            kind: Some(kind.into()),
            fields,
            length,
            arc: true,
            nth: 1,
            header: line,
            complaints,
        })
    }
}

/// The version line and all up to and with the blank line. Nearly always the
/// buffer holds the whole of it.
fn whole_header(decoded: &mut Decoded, complaints: &mut Vec<String>) -> Vec<u8> {
    let here = decoded.fill();
    if let Some(end) = header_end(here) {
        let header = here[..end].to_vec();
        decoded.consume(end);
        return header;
    }
    let mut header = line(decoded);
    loop {
        let line = line(decoded);
        header.extend_from_slice(&line);
        if !line.ends_with(b"\n") {
            complaints.push("the header is not ended by an empty line".to_owned());
            return header;
        }
        if line == b"\n" || line == b"\r\n" {
            return header;
        }
        if header.len() > LONGEST_HEADER {
            complaints.push(format!("a header of more than {LONGEST_HEADER} bytes"));
            return header;
        }
    }
}

/// One line with its line end; a line that is too long comes in pieces.
pub(crate) fn line(decoded: &mut Decoded) -> Vec<u8> {
    let mut line = Vec::new();
    while line.len() < LONGEST_LINE {
        let bytes = decoded.fill();
        if bytes.is_empty() {
            break;
        }
        match memchr::memchr(b'\n', bytes) {
            Some(end) => {
                line.extend_from_slice(&bytes[..=end]);
                decoded.consume(end + 1);
                break;
            }
            None => {
                line.extend_from_slice(bytes);
                let all = bytes.len();
                decoded.consume(all);
            }
        }
    }
    line
}

/// The one Content-Length; two that differ leave the record without an end.
fn one_length(fields: &Fields, complaints: &mut Vec<String>) -> Option<u64> {
    let first = fields.first("Content-Length")?;
    if fields.all("Content-Length").count() > 1 {
        complaints.push("Content-Length stands more than once".into());
    }
    let agreed = fields.all("Content-Length").all(|value| value == first);
    (agreed && first.bytes().all(|byte| byte.is_ascii_digit())).then(|| first.parse().ok())?
}

fn complain_of_missing(fields: &Fields, complaints: &mut Vec<String>) {
    for name in ["WARC-Type", "WARC-Record-ID", "WARC-Date"] {
        match fields.get(name) {
            None => complaints.push(format!("no {name}")),
            Some(first) if fields.all(name).any(|value| !value.is_empty() && value != first) => {
                complaints.push(format!("{name} stands twice with different values"));
            }
            Some(_) => {}
        }
    }
    for name in ["WARC-Block-Digest", "WARC-Payload-Digest"] {
        if fields.all(name).count() > 1 {
            complaints.push(format!("{name} stands more than once"));
        }
    }
    if let Some(date) = fields.get("WARC-Date")
        && !is_moment(date)
    {
        complaints
            .push(format!("the WARC-Date “{}” is cut short or a moment that never was", shortened(date)));
    }
}

/// `YYYY-MM-DDThh:mm:ss`, a fraction, `Z`.
fn is_moment(date: &str) -> bool {
    let shape = "dddd-dd-ddTdd:dd:dd";
    let fits = date.len() > shape.len()
        && date.bytes().zip(shape.bytes()).all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == form,
        });
    let rest = date.get(shape.len()..).unwrap_or_default();
    fits && rest.ends_with('Z')
        && rest.bytes().all(|b| b == b'.' || b == b'Z' || b.is_ascii_digit())
        && exists(date)
}

/// Whether the calendar has such a day and the clock such a second (60 is a leap second).
fn exists(date: &str) -> bool {
    let number = |from: usize, until: usize| date.get(from..until).and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
        && number(11, 13).is_some_and(|hour| hour < 24)
        && number(14, 16).is_some_and(|minute| minute < 60)
        && number(17, 19).is_some_and(|second| second <= 60)
}

/// `YYYYMMDDhhmmss` as RFC 3339.
fn moment(digits: &str) -> Option<String> {
    if digits.len() < 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (d, t) = digits[..14].split_at(8);
    let date = format!("{}-{}-{}T{}:{}:{}Z", &d[..4], &d[4..6], &d[6..], &t[..2], &t[2..4], &t[4..]);
    exists(&date).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_what_was_cut() {
        assert!(is_moment("2021-03-04T05:06:07Z"));
        assert!(is_moment("2021-03-04T05:06:07.123456Z"));
        for bad in ["2021-03", "2021-02-29T00:00:00Z", "2021-13-01T00:00:00Z", "2021-01-01T24:00:00Z"] {
            assert!(!is_moment(bad), "{bad}");
        }
        assert!(is_moment("2016-12-31T23:59:60Z"));
        assert_eq!(moment("20210230000000"), None);
        assert_eq!(moment("20210304050607").as_deref(), Some("2021-03-04T05:06:07Z"));
    }
}
