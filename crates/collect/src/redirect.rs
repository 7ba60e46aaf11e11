//! Where an answer sends us next.

use crate::http::Exchange;

/// Of a `Refresh`, the longest wait in seconds that still means "go there"; a
/// longer one means "look again later".
const LONGEST_WAIT: u64 = 10;

/// Where an answer sends us next: a `Location` of a redirect (RFC 9110, section
/// 15.4) or a `Refresh` (HTML Standard, "shared declarative refresh steps").
pub(crate) fn next(exchange: &Exchange) -> Option<Vec<u8>> {
    let head = exchange.head.as_ref()?;
    if matches!(head.status, 301 | 302 | 303 | 307 | 308) {
        return head
            .field("Location")
            .map(<[u8]>::to_vec)
            .filter(|location| !location.trim_ascii().is_empty());
    }
    head.field("Refresh").and_then(refresh)
}

/// `5; url=/there`, with or without the name and quotes.
fn refresh(value: &[u8]) -> Option<Vec<u8>> {
    let value = value.trim_ascii();
    let digits = value.iter().take_while(|octet| octet.is_ascii_digit()).count();
    let (seconds, rest) = value.split_at(digits);
    let seconds: u64 = std::str::from_utf8(seconds).ok()?.parse().ok()?;
    let from = rest.iter().position(|octet| matches!(octet, b';' | b','))?;
    let rest = rest.get(from + 1..)?.trim_ascii();
    let named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case(b"url"));
    let unnamed = || rest.get(3..)?.trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii);
    let target = if named { unnamed().unwrap_or(rest) } else { rest };
    let target = match target {
        [quote @ (b'"' | b'\''), inner @ ..] => {
            inner.split(|octet| octet == quote).next().unwrap_or_default()
        }
        target => target,
    };
    (seconds <= LONGEST_WAIT && !target.is_empty()).then(|| target.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_is_read() {
        let table = [
            ("0; url=/a", Some("/a")),
            ("5;URL='http://kade.net/a b'", Some("http://kade.net/a b")),
            ("0, /a", Some("/a")),
            ("1 ; url = \"/a\"x", Some("/a")),
            ("0; urls/a", Some("urls/a")),
            ("300; url=/later", None),
            ("5", None),
            ("; url=/a", None),
            ("0;", None),
            ("99999999999999999999999; url=/a", None),
        ];
        for (value, expected) in table {
            assert_eq!(refresh(value.as_bytes()).as_deref(), expected.map(str::as_bytes), "{value}");
        }
    }
}
