//! Makes markup harmless before any tree is built from it.
//!
//! Tree builders of HTML are quadratic in the depth of open elements, in the
//! attributes of one tag, and in unclosed formatting elements, which the
//! standard opens again in every paragraph. One linear pass over the tags
//! bounds all three; text is never dropped. Code and style sheets are, since several
//! readers each parse and copy what none of them looks at.

use crate::hashed::{HashedMap, hash};
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// The deepest nesting that is kept; browsers stop at the same depth.
const DEEPEST: usize = 512;
/// The most attributes of one tag. Builders compare each with all before it.
const ATTRIBUTES: usize = 128;
/// The most unclosed formatting elements (`b`, `font`, …).
const FORMATTING: usize = 48;
/// The most tags of a page.
const TAGS: usize = 400_000;

/// What was dropped.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    pub deep: usize,
    pub attributes: usize,
    pub tags: usize,
}

/// Gives the markup back, without the tags that would make a tree too deep.
pub(crate) fn guard(html: &str) -> (Cow<'_, str>, Dropped) {
    let mut pass = Pass {
        html,
        at: 0,
        copied: 0,
        out: String::new(),
        open: Vec::new(),
        counts: HashedMap::default(),
        kept: 0,
        formatting: 0,
        tags: 0,
        dropped: Dropped::default(),
    };
    pass.run();
    if pass.out.is_empty() && pass.copied == 0 {
        return (Cow::Borrowed(html), pass.dropped);
    }
    pass.out.push_str(&html[pass.copied..]);
    (Cow::Owned(pass.out), pass.dropped)
}

struct Open {
    /// A hash; a collision costs one dropped tag.
    name: u64,
    kept: bool,
}

struct Pass<'h> {
    html: &'h str,
    at: usize,
    /// Everything before this offset is in `out` already (or was dropped).
    copied: usize,
    out: String,
    open: Vec<Open>,
    counts: HashedMap<usize>,
    kept: usize,
    formatting: usize,
    tags: usize,
    dropped: Dropped,
}

impl Pass<'_> {
    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        while let Some(at) = find(bytes, self.at, b'<') {
            self.at = at;
            let rest = &bytes[at + 1..];
            match rest.first() {
                Some(b'!') if rest.starts_with(b"!--") => self.skip_past(at + 4, "-->"),
                Some(b'!' | b'?') => self.skip_past(at + 1, ">"),
                Some(b'/') if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(at),
                Some(c) if c.is_ascii_alphabetic() => self.start_tag(at),
                _ => self.at = at + 1,
            }
        }
    }

    fn skip_past(&mut self, from: usize, end: &str) {
        let rest = self.html.as_bytes().get(from..).unwrap_or(&[]);
        self.at = memmem::find(rest, end.as_bytes()).map_or(self.html.len(), |n| from + n + end.len());
    }

    fn start_tag(&mut self, at: usize) {
        let tag = Tag::scan(self.html.as_bytes(), at + 1);
        self.tags += 1;
        let name = tag.name(self.html, at + 1);
        self.at = tag.end;
        if let Some(cut) = tag.cut {
            self.dropped.attributes += 1;
            self.drop(cut, if self.html.as_bytes()[tag.end - 1] == b'>' { tag.end - 1 } else { tag.end });
        }
        // The content of these is characters, whatever it looks like.
        if matches!(
            name.as_ref(),
            "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes"
        ) {
            let from = self.at;
            let end = self.skip_raw(&name);
            let tag = self.html.get(at..from).unwrap_or("");
            if let Some(end) = end.filter(|end| is_program(&name, tag, &self.html[from..*end])) {
                self.drop(from, end);
            }
            return;
        }
        if is_void(&name) || tag.closed_itself {
            if self.tags > TAGS {
                self.dropped.tags += 1;
                self.drop(at, tag.end);
            }
            return;
        }
        self.close_implied(&name);
        let formatting = is_formatting(&name);
        let kept = self.kept < DEEPEST && self.tags <= TAGS && !(formatting && self.formatting >= FORMATTING);
        if !kept {
            self.dropped.deep += usize::from(self.tags <= TAGS);
            self.dropped.tags += usize::from(self.tags > TAGS);
            self.drop(at, tag.end);
        }
        let id = hash(&name);
        self.kept += usize::from(kept);
        self.formatting += usize::from(formatting && kept);
        *self.counts.entry(id).or_default() += 1;
        self.open.push(Open { name: id, kept });
    }

    /// `li` closes the `li` before it, and so on: without this every page that
    /// leaves out end tags would seem deep.
    fn close_implied(&mut self, name: &str) {
        let same: &[&str] = match name {
            "p" | "li" | "option" | "tr" | "rt" | "rp" | "a" | "button" | "nobr" | "optgroup" => &[],
            "td" | "th" => &["td", "th"],
            "dd" | "dt" => &["dd", "dt"],
            "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot"],
            _ => return,
        };
        let Some(top) = self.open.last() else { return };
        if top.name == hash(name) || same.iter().any(|n| top.name == hash(n)) {
            self.pop();
        }
    }

    fn end_tag(&mut self, at: usize) {
        let tag = Tag::scan(self.html.as_bytes(), at + 2);
        let name = tag.name(self.html, at + 2);
        self.at = tag.end;
        let id = hash(&name);
        self.tags += 1;
        // An end tag of nothing (`</b>` a million times) costs the builder a walk over the whole stack.
        if self.counts.get(&id).is_none_or(|n| *n == 0) {
            if name != "p" && name != "br" || self.tags > TAGS {
                self.drop(at, tag.end);
            }
            return;
        }
        if is_formatting(&name) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        // Each pop undoes one push, so all end tags together stay linear.
        while let Some(top) = self.pop() {
            if top.name == id {
                if !top.kept {
                    self.drop(at, tag.end);
                }
                return;
            }
        }
    }

    fn pop(&mut self) -> Option<Open> {
        let top = self.open.pop()?;
        self.kept -= usize::from(top.kept);
        if let Some(count) = self.counts.get_mut(&top.name) {
            *count -= 1;
        }
        Some(top)
    }

    /// Goes behind the end tag of a raw element, comparing without case; gives where that tag begins.
    fn skip_raw(&mut self, name: &str) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let mut from = self.at;
        while let Some(at) = find(bytes, from, b'<') {
            let rest = &bytes[at + 1..];
            if rest.first() == Some(&b'/')
                && rest.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            {
                self.at = Tag::scan(bytes, at + 2).end;
                return Some(at);
            }
            from = at + 1;
        }
        self.at = bytes.len();
        None
    }

    fn drop(&mut self, from: usize, to: usize) {
        if from < self.copied {
            self.copied = self.copied.max(to);
            return;
        }
        self.out.push_str(&self.html[self.copied..from]);
        self.copied = to;
    }
}

struct Tag {
    name_end: usize,
    /// One past `>`.
    end: usize,
    /// Where the attribute begins that is one too many.
    cut: Option<usize>,
    closed_itself: bool,
}

impl Tag {
    /// Scans a tag whose name begins at `start`, minding quoted values.
    fn scan(bytes: &[u8], start: usize) -> Self {
        let mut at = start;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'>' | b'/') {
            at += 1;
        }
        let name_end = at;
        let (mut attributes, mut cut) = (0, None);
        while at < bytes.len() && bytes[at] != b'>' {
            if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
                at += 1;
                continue;
            }
            attributes += 1;
            if attributes > ATTRIBUTES && cut.is_none() {
                cut = Some(at);
            }
            at = attribute_end(bytes, at);
        }
        let end = (at + 1).min(bytes.len());
        let closed_itself = at > start && at < bytes.len() && bytes[at - 1] == b'/';
        Self { name_end, end, cut, closed_itself: closed_itself && is_foreign(&bytes[start..name_end]) }
    }

    fn name<'h>(&self, html: &'h str, start: usize) -> Cow<'h, str> {
        let name = html.get(start..self.name_end.min(start + 32)).unwrap_or("other");
        if name.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        }
    }
}

/// Passes one attribute with its value.
fn attribute_end(bytes: &[u8], mut at: usize) -> usize {
    let start = at;
    while at < bytes.len()
        && !bytes[at].is_ascii_whitespace()
        && !matches!(bytes[at], b'>' | b'/')
        && (bytes[at] != b'=' || at == start)
    {
        at += 1;
    }
    let mut next = at;
    while next < bytes.len() && bytes[next].is_ascii_whitespace() {
        next += 1;
    }
    if next >= bytes.len() || bytes[next] != b'=' {
        return at;
    }
    next += 1;
    while next < bytes.len() && bytes[next].is_ascii_whitespace() {
        next += 1;
    }
    match bytes.get(next) {
        Some(quote @ (b'"' | b'\'')) => find(bytes, next + 1, *quote).map_or(bytes.len(), |n| n + 1),
        _ => {
            while next < bytes.len() && !bytes[next].is_ascii_whitespace() && bytes[next] != b'>' {
                next += 1;
            }
            next
        }
    }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    memchr(byte, bytes.get(from..)?).map(|n| from + n)
}

/// Whether the content of a raw element is code or style, which no reader looks at and every tree would
/// copy. Data that describe the page (`application/ld+json`) stay, and so does a script that opens a
/// comment: what ends it is not for a simple pass to say.
fn is_program(name: &str, tag: &str, content: &str) -> bool {
    let data = || tag.to_ascii_lowercase().contains("+json");
    match name {
        "style" => !content.contains('<'),
        "script" => !data() && !content.contains("<!--"),
        _ => false,
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "bgsound"
            | "basefont"
            | "frame"
            | "keygen"
            | "html"
            | "head"
            | "body"
    )
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "b" | "big" | "code" | "em" | "font" | "i" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Only in SVG and MathML does a slash close a tag.
fn is_foreign(name: &[u8]) -> bool {
    matches!(
        name.to_ascii_lowercase().as_slice(),
        b"path"
            | b"use"
            | b"rect"
            | b"circle"
            | b"line"
            | b"polygon"
            | b"polyline"
            | b"ellipse"
            | b"stop"
            | b"image"
            | b"g"
            | b"svg"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_is_untouched() {
        let cases = [
            "<!DOCTYPE html><ul><li>een<li>twee</ul><p>drie<p>vier<br/><img src='a>b'>",
            "<script>if (a<b) <!-- document.write('<div><div>') --></script><p>x</p>",
            "<script type='application/ld+json'>{\"@type\": \"Article\"}</script><p>x</p>",
            "<!-- <div> --><table><tr><td>一<td>二<tr><td>三</table>",
            "<svg><path d='M0'/><use href=x /></svg>",
        ];
        for html in cases {
            let (out, dropped) = guard(html);
            assert_eq!(out, html);
            assert_eq!(dropped, Dropped::default());
        }
        let list = "<li>punto".repeat(3000);
        assert_eq!(guard(&list).1, Dropped::default());
    }

    #[test]
    fn programs_go_and_their_tags_stay() {
        for (html, wanted) in [
            ("<script>if (a<b) document.write('<div><div>')</script><p>x</p>", "<script></script><p>x</p>"),
            ("<STYLE media=print>p { color: red }</STYLE >een", "<STYLE media=print></STYLE >een"),
            ("<svg><style><path/></style></svg>", "<svg><style><path/></style></svg>"),
            ("<textarea>twee</textarea>", "<textarea>twee</textarea>"),
            ("<script>drie", "<script>drie"),
        ] {
            let (out, dropped) = guard(html);
            assert_eq!((out.as_ref(), dropped), (wanted, Dropped::default()));
        }
    }

    #[test]
    fn deep_tags_go_and_text_stays() {
        let html = format!("{}diep{}", "<div>".repeat(8000), "</div>".repeat(8000));
        let (out, dropped) = guard(&html);
        assert_eq!(dropped.deep, 8000 - DEEPEST);
        assert_eq!(out.matches("<div>").count(), DEEPEST);
        assert_eq!(out.matches("</div>").count(), DEEPEST);
        assert!(out.contains("diep"));
    }

    #[test]
    fn attributes_and_formatting_are_bounded() {
        let many: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
        let (out, dropped) = guard(&format!("<p{many}>tekst</p>")).clone_owned();
        assert_eq!(dropped.attributes, 1);
        assert!(out.len() < 2000 && out.contains(">tekst</p>"), "{}", out.len());
        let bold: String = (0..5000).map(|n| format!("<p><font size={n}>x")).collect();
        assert_eq!(guard(&bold).0.matches("<font").count(), FORMATTING);
    }

    trait Owned {
        fn clone_owned(self) -> (String, Dropped);
    }
    impl Owned for (Cow<'_, str>, Dropped) {
        fn clone_owned(self) -> (String, Dropped) {
            (self.0.into_owned(), self.1)
        }
    }
}
