//! Every block of text of a page in document order, with its path.

use super::main_text::{Elements, Known};
use super::table;
use crate::canon::{Line, Raw};
use dom_query::{Document, LocalName, NodeData, NodeRef, local_name};
use plainsight_model::BlockKind;

/// What a walk gives: the blocks, the element that holds each, and these elements.
#[derive(Default)]
pub(crate) struct Walked {
    pub blocks: Vec<Raw>,
    pub homes: Vec<usize>,
    pub elements: Elements,
}

/// A page with fewer visible characters than this may have its text in `noscript`.
const FEW: usize = 2000;

/// Walks the body. A page that a script would fill keeps the same text in `noscript` for readers
/// without scripts; it is taken where there is more of it than of anything else.
pub(crate) fn walk(tree: &Document, base: &Option<url::Url>) -> Walked {
    let length = |walked: &Walked| -> usize {
        walked.blocks.iter().filter(|b| !b.hidden).map(|b| b.text.chars().count()).sum()
    };
    let walked = walk_body(tree, base, false);
    let visible = length(&walked);
    if visible < FEW {
        let whole = walk_body(tree, base, true);
        if length(&whole) > 2 * visible + 100 {
            return whole;
        }
    }
    walked
}

/// Walks without recursion: the depth is the page's, not ours.
fn walk_body(tree: &Document, base: &Option<url::Url>, noscript: bool) -> Walked {
    let mut walk = Walk {
        base,
        noscript,
        out: Walked::default(),
        known: Known::default(),
        levels: Vec::new(),
        line: Line::default(),
        hidden: Line::default(),
        links: Vec::new(),
        breaks: 0,
    };
    let Some(body) = tree.body() else { return Walked::default() };
    walk.levels.push(Level {
        name: local_name!("html"),
        number: 0,
        kind: None,
        hidden: false,
        block: true,
        link: None,
        seen: Vec::new(),
        node: None,
        element: None,
    });
    let mut node = body;
    loop {
        if walk.enter(&node) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            walk.leave();
        }
        loop {
            if walk.levels.len() <= 1 {
                walk.flush();
                return walk.out;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                walk.flush();
                return walk.out;
            };
            node = parent;
            walk.leave();
        }
    }
}

struct Level<'t> {
    name: LocalName,
    /// Its number among the siblings of its name, from 1; 0 for `html` and `body`.
    number: u32,
    kind: Option<BlockKind>,
    hidden: bool,
    block: bool,
    link: Option<(usize, String)>,
    /// Names of its children so far, with their count.
    seen: Vec<(LocalName, u32)>,
    node: Option<NodeRef<'t>>,
    /// Its number among the elements that hold blocks, once it holds one.
    element: Option<usize>,
}

struct Walk<'b, 't> {
    base: &'b Option<url::Url>,
    /// Whether what stands in `noscript` is text.
    noscript: bool,
    out: Walked,
    known: Known,
    levels: Vec<Level<'t>>,
    line: Line,
    hidden: Line,
    links: Vec<(usize, usize, String)>,
    breaks: u32,
}

impl<'t> Walk<'_, 't> {
    /// Takes a node; `true` where its children follow.
    fn enter(&mut self, node: &NodeRef<'t>) -> bool {
        let name = node.query(|node| match &node.data {
            NodeData::Text { contents } => {
                self.text(contents);
                None
            }
            NodeData::Element(element) => Some(element.name.local.clone()),
            _ => None,
        });
        let Some(name) = name.flatten() else { return false };
        let number = self.number(&name);
        match name.as_ref() {
            "noscript" if self.noscript => {}
            _ if is_skipped(&name) => return false,
            "br" => {
                self.line_break();
                return false;
            }
            "hr" => {
                self.flush();
                return false;
            }
            _ => {}
        }
        let block = is_block(&name);
        if block {
            self.flush();
        }
        let hidden = self.levels.last().is_some_and(|l| l.hidden) || is_hidden(node);
        if name == local_name!("table")
            && !hidden
            && let Some(rows) = table::data_rows(node, self.base)
        {
            let path = self.path_with(&name, number);
            let above = self.home(self.levels.len());
            let holder = self.out.elements.add(&mut self.known, Some(above), &name, Some(node));
            for mut row in rows {
                let step = row.path.split('[').next().unwrap_or("tr");
                self.out.homes.push(self.out.elements.add(&mut self.known, Some(holder), step, None));
                row.path = format!("{path}/{}", row.path);
                self.out.blocks.push(row);
            }
            return false;
        }
        let link = if name == local_name!("a") {
            node.attr("href").and_then(|h| absolute(&h, self.base)).map(|h| (self.line.next(), h))
        } else {
            None
        };
        self.levels.push(Level {
            kind: kind_of(&name),
            name,
            number,
            hidden,
            block,
            link,
            seen: Vec::new(),
            node: Some(*node),
            element: None,
        });
        true
    }

    fn leave(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        if let Some((start, href)) = level.link
            && !level.hidden
            && self.line.count > start
        {
            self.links.push((start, self.line.count, href));
        }
        if level.block {
            // The block takes its kind and path from the level that ends.
            self.levels.push(Level { link: None, ..level });
            self.flush();
            self.levels.pop();
        }
    }

    fn text(&mut self, text: &str) {
        let hidden = self.levels.last().is_some_and(|l| l.hidden);
        if hidden {
            self.hidden.push(text);
        } else if self.levels.iter().rev().take(6).any(|l| l.name == local_name!("pre")) {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.line.mark('\n');
                }
                self.line.push(line);
            }
        } else {
            if text.chars().any(|c| !c.is_whitespace()) {
                self.breaks = 0;
            }
            self.line.push(text);
        }
    }

    /// One `br` is a line break, two are a new paragraph. A line that ends like
    /// a sentence ends its paragraph too: old Chinese pages know no `p`.
    fn line_break(&mut self) {
        if self.levels.last().is_some_and(|l| l.hidden) {
            self.hidden.push(" ");
            return;
        }
        self.breaks += 1;
        let ends = self
            .line
            .text
            .trim_end()
            .ends_with(['。', '！', '？', '”', '」', '.', '!', '?', ':', '：', '…', '；']);
        if self.breaks > 1 || ends {
            self.flush();
        } else {
            self.line.mark('\n');
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let hidden = std::mem::take(&mut self.hidden);
        let links = std::mem::take(&mut self.links);
        // A link that spans blocks begins anew in the next one.
        for level in &mut self.levels {
            if let Some((start, _)) = &mut level.link {
                *start = 0;
            }
        }
        for (text, links, is_hidden) in [(line.text, links, false), (hidden.text, Vec::new(), true)] {
            let text = text.trim_end();
            if text.chars().any(char::is_alphanumeric) {
                let mut raw = Raw::new(self.kind(), self.path(), text);
                raw.links = links;
                raw.hidden = is_hidden;
                let home = self.home(self.levels.iter().rposition(|l| l.block).unwrap_or(0) + 1);
                self.out.homes.push(home);
                self.out.blocks.push(raw);
            }
        }
    }

    /// The number of the innermost of the first `levels` among the elements that hold blocks.
    fn home(&mut self, levels: usize) -> usize {
        let mut above = None;
        for level in &mut self.levels[..levels] {
            let add = || self.out.elements.add(&mut self.known, above, &level.name, level.node.as_ref());
            above = Some(*level.element.get_or_insert_with(add));
        }
        above.unwrap_or(0)
    }

    fn kind(&self) -> BlockKind {
        self.levels.iter().rev().find_map(|l| l.kind).unwrap_or(BlockKind::Paragraph)
    }

    fn path(&self) -> String {
        let blocks = self.levels.iter().rposition(|l| l.block).unwrap_or(0);
        path(self.levels[..=blocks].iter().map(|l| (&l.name, l.number)))
    }

    fn path_with(&self, name: &LocalName, number: u32) -> String {
        path(self.levels.iter().map(|l| (&l.name, l.number)).chain([(name, number)]))
    }

    fn number(&mut self, name: &LocalName) -> u32 {
        if *name == local_name!("body") {
            return 0;
        }
        let Some(level) = self.levels.last_mut() else { return 1 };
        match level.seen.iter_mut().find(|(n, _)| n == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                // A page with thousands of invented tag names is not worth a number for each.
                if level.seen.len() < 64 {
                    level.seen.push((name.clone(), 1));
                }
                1
            }
        }
    }
}

fn path<'l>(steps: impl Iterator<Item = (&'l LocalName, u32)>) -> String {
    let mut path = String::with_capacity(80);
    for (name, number) in steps {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(name);
        if number > 0 {
            path.push('[');
            push_number(&mut path, number);
            path.push(']');
        }
    }
    path
}

/// Writes a number; each block's path has a dozen, and `write!` costs ten times as much.
fn push_number(path: &mut String, number: u32) {
    if number >= 10 {
        push_number(path, number / 10);
    }
    path.extend(char::from_digit(number % 10, 10));
}

/// Elements whose content is no text of the page.
pub(crate) fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "textarea"
            | "button"
            | "input"
            | "head"
            | "noframes"
            | "datalist"
            | "progress"
            | "meter"
    )
}

pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "caption"
            | "tbody"
            | "td"
            | "th"
            | "tr"
            | "thead"
            | "tfoot"
            | "ul"
    )
}

fn kind_of(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quote,
        "figcaption" | "caption" => BlockKind::Caption,
        "td" | "th" | "article" | "section" | "main" => BlockKind::Paragraph,
        _ => return None,
    })
}

/// Invisible by its own attributes. Style sheets are not read: text hidden
/// there counts as visible.
fn is_hidden(node: &NodeRef) -> bool {
    let Some(element) = node.element_ref() else { return false };
    element.attrs.iter().any(|attr| match attr.name.local.as_ref() {
        "hidden" => true,
        "aria-hidden" => attr.value.eq_ignore_ascii_case("true"),
        "style" => hides(&attr.value),
        _ => false,
    })
}

fn hides(style: &str) -> bool {
    let style: String =
        style.chars().filter(|c| !c.is_whitespace()).take(2000).collect::<String>().to_ascii_lowercase();
    style.split(';').any(|rule| {
        matches!(rule.split_once(':'), Some((property, value)) if match property {
            "display" => value.starts_with("none"),
            "visibility" => value.starts_with("hidden"),
            "font-size" => matches!(value.trim_end_matches("!important"), "0" | "0px" | "0em" | "0pt" | "0%"),
            _ => false,
        })
    })
}

/// Makes an address absolute; only `http` and `https` lead anywhere.
pub(crate) fn absolute(href: &str, base: &Option<url::Url>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > 4096 {
        return None;
    }
    let url = match base {
        Some(base) => base.join(href).ok(),
        None => url::Url::parse(href).ok(),
    };
    match url {
        Some(url) => matches!(url.scheme(), "http" | "https").then(|| url.to_string()),
        None => (!href.contains(':')).then(|| href.to_owned()),
    }
}
