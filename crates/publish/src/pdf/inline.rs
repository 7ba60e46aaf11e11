//! Text with its marks, languages and links, out of the elements of a line.

use super::flow::Context;
use super::style;
use super::tags::Tags;
use super::text::{Paragraph, Span};
use super::tree::{Element, Node};

/// The classes that stand for a shape before a word.
const SHAPES: [&str; 4] = ["grade", "verdict", "decision", "complaint"];

/// The shape that opens a text, by its classes.
pub(crate) fn shape(node: &Node) -> Option<String> {
    let Node::Element(element) = node else { return None };
    if SHAPES.iter().any(|class| element.has(class)) {
        return element.get("class").map(str::to_owned);
    }
    element.children.iter().find_map(shape)
}

/// Adds a node to a paragraph.
pub(crate) fn gather(
    node: &Node,
    context: &Context,
    link: Option<&(String, String)>,
    out: &mut Paragraph,
    tags: &mut Tags,
) {
    match node {
        Node::Text(text) => put(text, context, link, out, tags),
        Node::Element(element) => within(element, context, link, out, tags),
    }
}

fn within(
    element: &Element,
    context: &Context,
    link: Option<&(String, String)>,
    out: &mut Paragraph,
    tags: &mut Tags,
) {
    let mut inner = context.clone();
    inner.look = style::inline_look(element, context.look);
    if let Some(lang) = element.get("lang") {
        inner.lang = lang.to_owned();
    }
    let from = out.text.len();
    if let Some(id) = element.get("id") {
        out.anchors.push((id.to_owned(), from));
    }
    let mut target = link.cloned();
    if let Some(id) = element.get("href").and_then(|href| href.strip_prefix('#')) {
        let called = element.get("aria-label").map_or_else(|| element.text(), str::to_owned);
        target = Some((id.to_owned(), called));
        inner.tag = tags.group("a", "", context.tag);
    }
    if element.text() == "↩" {
        // Few fonts have the arrow; the first word of what it is called says the same.
        let word = element.get("aria-label").and_then(|label| label.split(' ').next()).unwrap_or("Back");
        put(word, &inner, target.as_ref(), out, tags);
    } else {
        for node in &element.children {
            gather(node, &inner, target.as_ref(), out, tags);
        }
    }
    if matches!(element.name.as_str(), "bdi") && out.text.len() > from {
        out.isolates.push(from..out.text.len());
    }
    // What a style sheet sets apart on the page stands apart here by a space.
    if style::stands_apart(element) {
        span("   ", context, None, out, tags);
    }
}

/// Adds characters; white space is folded as on the page.
fn put(text: &str, context: &Context, link: Option<&(String, String)>, out: &mut Paragraph, tags: &mut Tags) {
    let mut folded = String::new();
    for c in text.chars() {
        // U+FEFF shows nothing, and no PDF/A may say that it stands there.
        match c {
            '\u{FEFF}' => {}
            ' ' | '\n' | '\t' | '\r' => {
                let before = folded.chars().next_back().or(out.text.chars().next_back());
                if before.is_some_and(|before| before != ' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    span(&folded, context, link, out, tags);
}

/// Adds characters as they are.
fn span(
    text: &str,
    context: &Context,
    link: Option<&(String, String)>,
    out: &mut Paragraph,
    tags: &mut Tags,
) {
    if text.is_empty() {
        return;
    }
    let from = out.text.len();
    out.text.push_str(text);
    let leaf = tags.leaf(context.tag, link.is_some());
    out.spans.push(Span {
        range: from..out.text.len(),
        look: context.look,
        lang: context.lang.clone(),
        link: link.cloned(),
        leaf,
    });
}

/// Takes white space off the end.
pub(crate) fn trim(paragraph: &mut Paragraph) {
    let end = paragraph.text.trim_end_matches(' ').len();
    paragraph.text.truncate(end);
    paragraph.spans.retain(|span| span.range.start < end);
    for range in paragraph.spans.iter_mut().map(|span| &mut span.range).chain(&mut paragraph.isolates) {
        range.end = range.end.min(end);
        range.start = range.start.min(range.end);
    }
    for (_, at) in &mut paragraph.anchors {
        *at = (*at).min(end.saturating_sub(1));
    }
}
