//! Archived pages, shown without life.
//!
//! The wall is the policy sent with them (`sandbox; default-src 'none'`).
//! This is the second layer, for what no policy covers: a `link` may look
//! names up or connect ahead, a `meta` may load another page, an anchor may
//! lead the frame to the very server that is being looked into.

use encoding_rs::Encoding;

const LIFELESS: [&str; 12] =
    ["link", "meta", "base", "a", "area", "script", "iframe", "frame", "object", "embed", "form", "portal"];

/// Decodes a page by the encoding that the reader settled on and renames
/// every element that could act.
pub(crate) fn page(bytes: &[u8], encoding: Option<&str>) -> String {
    let encoding =
        encoding.and_then(|name| Encoding::for_label(name.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    let (text, _, _) = encoding.decode(bytes);
    rename(&text)
}

/// A picture as `data:`, since the policy lets nothing else through.
pub(crate) fn picture(bytes: &[u8], media: &str) -> String {
    format!(
        "<!doctype html><title>picture</title><img alt=\"{}\" style=\"max-width:100%\" src=\"data:{};base64,{}\">",
        crate::labels::documents::S.archived_picture,
        media,
        data_encoding::BASE64.encode(bytes)
    )
}

/// Plain text, escaped.
pub(crate) fn text(bytes: &[u8], encoding: Option<&str>) -> String {
    let encoding =
        encoding.and_then(|name| Encoding::for_label(name.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    let (text, _, _) = encoding.decode(bytes);
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><title>text</title><pre style=\"white-space:pre-wrap;font:14px/1.6 monospace\">{escaped}</pre>"
    )
}

fn rename(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let slash = usize::from(tag[1..].starts_with('/'));
        let name_at = 1 + slash;
        let name: String = tag[name_at..]
            .chars()
            .take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/' | '<'))
            .take(16)
            .collect();
        out.push_str(&tag[..name_at]);
        // A prefix as in `svg:a` counts as the name behind it.
        let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if LIFELESS.contains(&local.as_str()) {
            out.push_str("x-");
        }
        out.push_str(&name);
        if local == "script" && slash == 0 {
            // Unknown elements show what they hold; a script is no text of the page.
            out.push_str(" hidden");
        }
        rest = &tag[name_at + name.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_renamed_and_the_words_stay() {
        let html = "<p>甲<a href=//x.example>乙</a><LINK rel=dns-prefetch href=//x.example><svg><svg:a></svg><article>丙";
        let page = page(html.as_bytes(), None);
        assert!(page.contains("<x-a href") && page.contains("</x-a>") && page.contains("<x-LINK"), "{page}");
        assert!(page.contains("<x-svg:a>") && page.contains("<article>丙"), "{page}");
    }

    #[test]
    fn the_encoding_is_the_readers() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("<b>海</b>");
        assert_eq!(page(&bytes, Some("gb18030")), "<b>海</b>");
        assert_eq!(text(b"<x>&", None).matches("&lt;x>&amp;").count(), 1);
    }

    #[test]
    fn odd_ends_do_no_harm() {
        for odd in ["<", "</", "<<<", "<a", "海<", "<\u{2028}a>"] {
            page(odd.as_bytes(), Some("no such encoding"));
        }
    }
}
