//! The dossier's page as a tree, so that the paper says what the page says.
//!
//! This reads what `page` writes and nothing else: every tag is closed, every
//! attribute stands in double quotes, nothing is guessed. It is no reader of HTML.

/// An element of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name, in small letters.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it, in order.
    pub children: Vec<Node>,
}

/// A text or an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Characters, as they are meant.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), children: Vec::new() }
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether it has a class.
    pub(crate) fn has(&self, class: &str) -> bool {
        self.get("class").is_some_and(|all| all.split_whitespace().any(|one| one == class))
    }

    /// Its child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// All its characters, white space folded.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        let mut waiting: Vec<&Node> = self.children.iter().rev().collect();
        while let Some(node) = waiting.pop() {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => waiting.extend(element.children.iter().rev()),
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first element of a name in it, itself included.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        let mut waiting = vec![self];
        while let Some(element) = waiting.pop() {
            if element.name == name {
                return Some(element);
            }
            let inside: Vec<&Element> = element.elements().collect();
            waiting.extend(inside.into_iter().rev());
        }
        None
    }
}

/// Reads a page; `None` where it is not of the form that `page` writes.
pub(crate) fn parse(html: &str) -> Option<Element> {
    let mut open = vec![Element::new("")];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, after) = rest.split_at(at);
        put_text(&mut open, text)?;
        let end = closing(after)?;
        let (tag, behind) = (after.get(1..end)?, after.get(end + 1..)?);
        rest = behind;
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().filter(|element| element.name == name)?;
            open.last_mut()?.children.push(Node::Element(done));
            continue;
        }
        let element = element(tag)?;
        if matches!(element.name.as_str(), "meta" | "link") {
            open.last_mut()?.children.push(Node::Element(element));
        } else {
            open.push(element);
        }
    }
    put_text(&mut open, rest)?;
    let root = open.pop()?;
    open.is_empty().then_some(root)
}

fn put_text(open: &mut [Element], text: &str) -> Option<()> {
    if !text.is_empty() {
        open.last_mut()?.children.push(Node::Text(unescape(text)));
    }
    Some(())
}

/// Where a tag ends; a `>` inside an attribute's value ends nothing.
fn closing(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.char_indices().find_map(|(at, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (c == '>' && !quoted).then_some(at)
    })
}

fn element(tag: &str) -> Option<Element> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut element = Element::new(name);
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, behind) = after.split_once('"')?;
        element.attributes.push((key.trim().to_owned(), unescape(value)));
        rest = behind;
    }
    rest.trim().is_empty().then_some(element)
}

/// The four that maud writes.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_markup_comes_back_as_it_was_meant() {
        let page = maud::html! {
            (maud::DOCTYPE)
            main id="main" { p.small.quiet lang="nl" { "a <b> & “c” &lt; " b { "d" } } meta charset="utf-8"; }
        };
        let tree = parse(&page.into_string()).expect("ours");
        let main = tree.find("main").expect("there");
        assert_eq!((main.get("id"), main.text().as_str()), (Some("main"), "a <b> & “c” &lt; d"));
        let p = main.find("p").expect("there");
        assert!(p.has("quiet") && !p.has("qui") && p.get("lang") == Some("nl"));
    }

    #[test]
    fn anything_else_is_refused() {
        for page in ["<p>", "</p>", "<p></b>", "<p hidden>a</p>", "<p", "<p class='a'></p>"] {
            assert_eq!(parse(page), None, "{page}");
        }
    }
}
