//! Where an answer sends us next.

use crate::http::Exchange;
use crate::markup::{attribute, is_named, tags};

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

/// Where the markup of a page sends its reader on to: the first `meta` that
/// stands for a `Refresh`, outside of comments. It is not followed by itself,
/// because a page that shows something is a page; whoever wants it fetches it.
///
/// ```
/// let markup = r#"<head><META content="0; URL=/index_1.html?a&amp;b" http-equiv=refresh></head>"#;
/// assert_eq!(plainsight_collect::sends_on(markup).as_deref(), Some("/index_1.html?a&b"));
/// ```
pub fn sends_on(markup: &str) -> Option<String> {
    let refreshes = tags(markup).filter(|tag| is_named(tag, "meta")).filter(|tag| {
        attribute(tag, "http-equiv").is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh"))
    });
    let mut targets = refreshes.filter_map(|tag| refresh(attribute(tag, "content")?.as_bytes()));
    targets.next().and_then(|target| String::from_utf8(target).ok())
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
    fn a_page_may_send_on() {
        let table = [
            ("<meta http-equiv=\"Refresh\" content=\"0;url=http://kade.net/\">", Some("http://kade.net/")),
            ("<meta content='1; url=/a' http-equiv='refresh'/>", Some("/a")),
            ("<p>é<meta charset=utf-8><meta http-equiv = refresh content = 0;/a >", Some("/a")),
            ("<!-- <meta http-equiv=refresh content=0;/a> --><p>", None),
            ("<meta http-equiv=refresh content=600>", None),
            ("<meta name=refresh content=0;/a>", None),
            ("<meta data-http-equiv=refresh content=0;/a>", None),
            ("<meta http-equiv=refresh content=\"0;/a", None),
            ("a < b <meta", None),
            ("<", None),
        ];
        for (markup, expected) in table {
            assert_eq!(sends_on(markup).as_deref(), expected, "{markup}");
        }
        assert_eq!(sends_on(&"<!-- ".repeat(100_000)), None);
        assert_eq!(sends_on(&"<meta ".repeat(100_000)), None);
    }

    proptest::proptest! {
        #[test]
        fn no_markup_panics(markup in "[<>!-metahp=\"' ;0é/]{0,60}") {
            sends_on(&format!("<meta http-equiv=refresh content={markup}"));
            sends_on(&markup);
        }
    }

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
