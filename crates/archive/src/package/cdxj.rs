//! CDXJ: a line a capture, sorted by SURT key and time.
//!
//! The lines are those of `cdxj-indexer -s`: same records, same fields in the
//! same order, same JSON spelling, so that either's index serves the other's tools.

use crate::error::ArchiveError;
use crate::package::surt::surt;
use crate::warc::fields::Fields;
use crate::warc::head::Head;
use crate::warc::payload::http_header;
use crate::warc::records::{Ending, Records, Step};
use sha1::{Digest as _, Sha1};
use std::path::Path;

/// What an index says of one capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// SURT key of the address.
    pub key: String,
    /// 14 digits of the WARC-Date.
    pub time: String,
    /// The address.
    pub url: String,
    /// Content type without parameters; `warc/revisit` for a revisit.
    pub mime: Option<String>,
    /// HTTP status.
    pub status: Option<String>,
    /// Payload digest as the record has it, or SHA-1 in base32 where it has none.
    pub digest: Option<String>,
    /// Bytes that the record takes in its file.
    pub length: u64,
    /// Where it begins.
    pub offset: u64,
    /// Name of the WARC without folders.
    pub filename: String,
}

impl IndexEntry {
    /// The line without its end.
    ///
    /// ```
    /// # use plainsight_archive::IndexEntry;
    /// let entry = IndexEntry {
    ///     key: "example,havenkade)/".into(), time: "20210304050607".into(), url: "http://havenkade.example/".into(),
    ///     mime: Some("text/html".into()), status: Some("200".into()), digest: None,
    ///     length: 70, offset: 9, filename: "x.warc".into(),
    /// };
    /// assert_eq!(entry.line(), r#"example,havenkade)/ 20210304050607 {"url": "http://havenkade.example/", "mime": "text/html", "status": "200", "length": "70", "offset": "9", "filename": "x.warc"}"#);
    /// ```
    pub fn line(&self) -> String {
        let fields = [
            ("url", Some(self.url.as_str())),
            ("mime", self.mime.as_deref()),
            ("status", self.status.as_deref()),
            ("digest", self.digest.as_deref()),
            ("length", Some(&self.length.to_string())),
            ("offset", Some(&self.offset.to_string())),
            ("filename", Some(&self.filename)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("\"{name}\": {}", quoted(value?))))
        .collect::<Vec<_>>();
        format!("{} {} {{{}}}", self.key, self.time, fields.join(", "))
    }
}

/// A JSON string in ASCII, as the field's tools write it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='\u{7f}' => out.push(c),
            _ => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out.push('"');
    out
}

/// Hands over an entry for each capture of a WARC or ARC, in the file's order.
/// `filename` is what the entries call the file. Only a file that cannot be
/// opened is an error; damage is stepped over, `verify` names it.
pub fn index(path: &Path, filename: &str, each: &mut dyn FnMut(IndexEntry)) -> Result<(), ArchiveError> {
    let decoded = crate::input::decoded::Decoded::open(path).map_err(ArchiveError::io(path))?;
    let mut records = Records::new(decoded);
    loop {
        match records.next() {
            Step::End => return Ok(()),
            Step::Damage(_) => {}
            Step::Record(head) => {
                let capture = Capture::read(&mut records, &head, &mut |_| {});
                let ending = records.finish();
                if let Some(entry) = capture.and_then(|capture| capture.entry(&head, &ending, filename)) {
                    each(entry);
                }
            }
        }
    }
}

/// What is learned of a record's block as it streams by.
pub(crate) struct Capture {
    pub(crate) mime: Option<String>,
    pub(crate) status: Option<String>,
    digest: Option<String>,
}

impl Capture {
    /// Reads the block of a record that an index lists, handing its bytes on;
    /// `None` for other records, which are left where they are.
    pub(crate) fn read(records: &mut Records, head: &Head, bytes: &mut dyn FnMut(&[u8])) -> Option<Self> {
        if !is_listed(head) {
            return None;
        }
        let web = head.uri().is_some_and(|uri| uri.starts_with("http:") || uri.starts_with("https:"));
        let http = web && (head.is("response") || head.is("revisit")) && head.length != Some(0);
        let mut header = Fields::default();
        let mut status = None;
        if http {
            let header_bytes = http_header(records);
            bytes(&header_bytes);
            let first = header_bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
            status = status_of(&String::from_utf8_lossy(first));
            header = Fields::read(header_bytes.get(first.len()..).unwrap_or_default()).0;
        }
        let mime = match () {
            () if head.is("revisit") => Some("warc/revisit".to_owned()),
            () if head.is("response") => header.first("Content-Type").map(bare_type),
            () => head.fields.first("Content-Type").map(bare_type),
        };
        let claimed = head.fields.get("WARC-Payload-Digest").map(str::to_owned);
        let mut hash = (claimed.is_none() && !head.is("revisit")).then(Sha1::new);
        loop {
            let block = records.block();
            let got = block.len();
            if got == 0 {
                break;
            }
            bytes(block);
            if let Some(hash) = &mut hash {
                hash.update(block);
            }
            records.consume_block(got);
        }
        let computed = hash.map(|hash| format!("sha1:{}", data_encoding::BASE32.encode(&hash.finalize())));
        Some(Self { mime, status, digest: claimed.or(computed) })
    }

    /// The entry, once the record's end is known; `None` without an address or a date.
    pub(crate) fn entry(self, head: &Head, ending: &Ending, filename: &str) -> Option<IndexEntry> {
        let url = head.uri()?.replace(' ', "%20");
        Some(IndexEntry {
            key: surt(&url),
            time: time_of(head.date()?)?,
            url,
            mime: self.mime,
            status: self.status,
            digest: self.digest,
            length: ending.length_in_index,
            offset: head.offset,
            filename: filename.to_owned(),
        })
    }
}

/// Whether an index lists such a record.
pub(crate) fn is_listed(head: &Head) -> bool {
    let fields = head.fields.get("Content-Type") == Some("application/warc-fields");
    head.is("response") || head.is("revisit") || ((head.is("resource") || head.is("metadata")) && !fields)
}

/// The second word of a status line.
fn status_of(line: &str) -> Option<String> {
    let (_, rest) = line.trim_end().split_once(' ')?;
    Some(rest.trim().split(' ').next().unwrap_or_default().to_owned())
}

fn bare_type(value: &str) -> String {
    value.split(|c: char| c == ';' || c.is_whitespace()).next().unwrap_or_default().trim().to_owned()
}

/// 14 digits out of a WARC-Date; what is cut short is filled up as the first moment it may mean.
pub(crate) fn time_of(date: &str) -> Option<String> {
    let numbers: Vec<&str> =
        date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, rest) = numbers.split_first()?;
    if year.len() != 4 {
        return None;
    }
    let mut time = (*year).to_owned();
    for (at, least) in ["01", "01", "00", "00", "00"].iter().enumerate() {
        time.push_str(rest.get(at).copied().filter(|part| part.len() == 2).unwrap_or(least));
    }
    Some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_strings_are_spelt_as_other_indexers_do() {
        for (date, time) in [
            ("2021-03-04T05:06:07Z", Some("20210304050607")),
            ("2021-03-04T05:06:07.123456Z", Some("20210304050607")),
            ("2021-03", Some("20210301000000")),
            ("gisteren", None),
        ] {
            assert_eq!(time_of(date).as_deref(), time, "{date}");
        }
        assert_eq!(quoted("a\"\\\n\u{1}银😀"), "\"a\\\"\\\\\\n\\u0001\\u94f6\\ud83d\\ude00\"");
    }
}
