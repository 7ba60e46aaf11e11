//! The parts of a mail. Header fields are read by `mail-parser`; where parts begin and end is found
//! here, in one pass a level, so that no nesting costs more than it holds.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};
use std::borrow::Cow;

/// How deep parts may stand in each other.
pub(crate) const DEEPEST: usize = 8;
/// The most parts of one level.
const PARTS: usize = 10_000;
/// The longest head of a part.
const HEAD: usize = 256 << 10;

/// A part: its header fields and its body as it stands.
pub(crate) struct Part<'x> {
    pub head: Message<'x>,
    body: &'x [u8],
}

impl<'x> Part<'x> {
    /// Parts the head from the body at the first empty line.
    pub(crate) fn of(bytes: &'x [u8]) -> Self {
        let mut at = 0;
        while at < bytes.len() {
            let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
            if bytes[at..end].iter().all(|b| matches!(b, b'\r' | b'\n')) {
                break;
            }
            at = end;
        }
        let blank = bytes[at..].iter().take_while(|b| **b == b'\r').count() + 1;
        let (head, body) = (&bytes[..at.min(HEAD)], &bytes[(at + blank).min(bytes.len())..]);
        // The parser wants the empty line, too; a head that has none is one all the same.
        let mut head = MessageParser::default().parse_headers(head).unwrap_or_default();
        if head.parts.is_empty() {
            // The parser's own questions take a first part for granted.
            head.parts.push(MessagePart::default());
        }
        Self { head, body }
    }

    /// The media type in lower case, `text/plain` where none is named.
    pub(crate) fn media(&self) -> String {
        self.head.content_type().map_or("text/plain".to_owned(), |kind| {
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("")).to_ascii_lowercase()
        })
    }

    /// The media type with the charset, as a transport header has it.
    pub(crate) fn media_with_charset(&self) -> String {
        match self.head.content_type().and_then(|kind| kind.attribute("charset")) {
            Some(charset) => format!("{}; charset={charset}", self.media()),
            None => self.media(),
        }
    }

    /// The name it would be saved under; a label, never a path.
    pub(crate) fn name(&self) -> Option<String> {
        self.head.attachment_name().map(crate::canon::collapse).filter(|name| !name.is_empty())
    }

    pub(crate) fn is_attachment(&self) -> bool {
        self.head.content_disposition().is_some_and(|d| d.is_attachment())
    }

    /// The parts inside; `None` where it is no multipart, names no boundary or has none.
    pub(crate) fn children(&self) -> Option<Vec<Part<'x>>> {
        if !self.media().starts_with("multipart/") {
            return None;
        }
        let boundary = self.head.content_type()?.attribute("boundary")?;
        let parts = split(self.body, boundary.as_bytes());
        (!parts.is_empty()).then(|| parts.into_iter().map(Part::of).collect())
    }

    fn coding(&self) -> String {
        self.head.content_transfer_encoding().unwrap_or("").to_ascii_lowercase()
    }

    /// A transfer encoding that nothing here undoes (`x-uuencode`); the body stays as it stands.
    pub(crate) fn unknown_coding(&self) -> Option<String> {
        Some(self.coding()).filter(|coding| {
            !matches!(coding.as_str(), "" | "7bit" | "8bit" | "binary" | "base64" | "quoted-printable")
        })
    }

    /// The body without its transfer encoding.
    pub(crate) fn content(&self) -> Cow<'x, [u8]> {
        match self.coding().as_str() {
            "base64" => Cow::Owned(base64(self.body)),
            "quoted-printable" => Cow::Owned(quoted_printable(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }
}

/// What stands between the lines of a boundary; what stands before the first and behind the last is nothing.
fn split<'x>(body: &'x [u8], boundary: &[u8]) -> Vec<&'x [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() && parts.len() < PARTS {
        let end = body[at..].iter().position(|b| *b == b'\n').map_or(body.len(), |n| at + n + 1);
        let rest = body[at..end].strip_prefix(b"--").and_then(|l| l.strip_prefix(boundary));
        let rest = rest.map(<[u8]>::trim_ascii).filter(|r| r.is_empty() || *r == b"--");
        if let Some(rest) = rest {
            if let Some(from) = start.replace(end) {
                // The line break before a boundary belongs to the boundary.
                let part: &[u8] = &body[from..at];
                let part = part.strip_suffix(b"\n").unwrap_or(part);
                parts.push(part.strip_suffix(b"\r").unwrap_or(part));
            }
            if rest == b"--" {
                return parts;
            }
        }
        at = end;
    }
    // Cut files have no last boundary.
    parts.extend(start.filter(|from| *from < body.len()).map(|from| &body[from..]));
    parts
}

/// Base64 (RFC 4648) with whatever else stands between left out.
pub(crate) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    out
}

/// Quoted-printable (RFC 2045); what is no code stays as it is.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|b| (*b as char).to_digit(16)).map(|n| n as u8);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte != b'=' {
            out.push(*byte);
            continue;
        }
        match (hex(bytes.get(at)), hex(bytes.get(at + 1))) {
            (Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 2;
            }
            _ if bytes[at..].starts_with(b"\r\n") => at += 2,
            _ if bytes[at..].starts_with(b"\n") => at += 1,
            _ => out.push(b'='),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_decoded() {
        for (got, want) in [
            (base64(b"6Z2S\r\n5rm+"), "青湾".as_bytes().to_vec()),
            (base64(b"TGV=ignored"), b"Le".to_vec()),
            (quoted_printable(b"caf=C3=A9 =\r\nabc =zz"), "café abc =zz".as_bytes().to_vec()),
        ] {
            assert_eq!(got, want);
        }
    }

    #[test]
    fn parts_are_parted() {
        let body = b"before\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>a\r\n--x--y\r\n--x\r\n\r\nb\r\n--x--\r\nafter";
        let parts: Vec<Part> = split(body, b"x").into_iter().map(Part::of).collect();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].media().as_str(), parts[0].body), ("text/html", &b"<p>a\r\n--x--y"[..]));
        assert_eq!((parts[1].media().as_str(), parts[1].body), ("text/plain", &b"b"[..]));
        assert_eq!(split(b"--x\r\n\r\nhalf", b"x"), [&b"\r\nhalf"[..]]);
    }
}
