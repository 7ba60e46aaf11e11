//! Just enough of HTML to see what a page names: its tags and their attributes.
//!
//! Not a parser of documents (that is `read`): one pass, no tree, no memory.

/// The tags of a page in their order, without brackets; comments and what
/// stands inside scripts and style sheets are passed over.
pub(crate) fn tags(markup: &str) -> impl Iterator<Item = &str> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        loop {
            rest = rest.get(rest.find('<')?..)?;
            if rest.starts_with("<!--") {
                rest = rest.get(rest.find("-->")? + 3..)?;
                continue;
            }
            let inner = rest.get(1..)?;
            // Only a letter opens a tag (HTML Standard, 13.2.5.6); ends of tags name nothing.
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                rest = inner;
                continue;
            }
            let tag = inner.get(..end(inner)?)?;
            rest = inner.get(tag.len()..)?;
            for raw in ["script", "style"] {
                if is_named(tag, raw) {
                    let close = format!("</{raw}");
                    rest = find_caseless(rest, &close).and_then(|at| rest.get(at..)).unwrap_or_default();
                }
            }
            return Some(tag);
        }
    })
}

/// Whether a tag has this name.
pub(crate) fn is_named(tag: &str, name: &str) -> bool {
    let (own, rest) =
        tag.split_at(tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len()));
    own.eq_ignore_ascii_case(name) && (rest.is_empty() || !rest.starts_with('='))
}

/// The value of a tag's attribute, `&amp;` undone.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(|c: char| c.is_ascii_whitespace() || c == '/')?;
    let mut rest = tag.get(from..)?;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end =
            rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        // A stray sign of equality is part of a name (HTML Standard, 13.2.5.32).
        let (own, after) = rest.split_at(if end == 0 { 1 } else { end });
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..)?.split_once(quote).unwrap_or((value.get(1..)?, "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        if own.eq_ignore_ascii_case(name) {
            return Some(value.replace("&amp;", "&"));
        }
        rest = after;
    }
}

/// Where a tag ends: its first bracket outside of quotes that follow a sign of equality.
fn end(inner: &str) -> Option<usize> {
    let (mut quote, mut last) = (None, b' ');
    for (at, octet) in inner.bytes().enumerate() {
        match (quote, octet) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(octet),
            (Some(open), _) if open == octet => quote = None,
            _ => {}
        }
        if !octet.is_ascii_whitespace() {
            last = octet;
        }
    }
    None
}

/// Finds lower-case ASCII without regard to case.
fn find_caseless(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_are_found_and_what_only_looks_so_is_not() {
        let markup = "<!doctype html><p>1 < 2<!-- <b> --><IMG alt='a > b' src=x>é</p>\
            <script>if (a<img) '<i>'</SCRIPT><style>a<b{}</style><br/><a";
        let found: Vec<&str> = tags(markup).collect();
        assert_eq!(found, ["p", "IMG alt='a > b' src=x", "script", "style", "br/"]);
        assert_eq!(tags("<p><img src='a>b'><i>").collect::<Vec<_>>(), ["p", "img src='a>b'", "i"]);
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let table = [
            ("a href=x", Some("x")),
            ("A HREF = 'x y'", Some("x y")),
            ("a data-href=no href=\"x&amp;y\"", Some("x&y")),
            ("a title='href=no'", None),
            ("a hidden href=x/", Some("x/")),
            ("a/href=x", Some("x")),
            ("a = href=x", Some("x")),
            ("a href='x", Some("x")),
            ("a href", None),
            ("a href=", Some("")),
        ];
        for (tag, expected) in table {
            assert_eq!(attribute(tag, "href").as_deref(), expected, "{tag}");
        }
    }

    proptest! {
        #[test]
        fn no_markup_panics_or_hangs(markup in "[<>!\\-=a-c \"'/é]{0,80}") {
            for tag in tags(&markup) {
                attribute(tag, "a");
            }
        }
    }
}
