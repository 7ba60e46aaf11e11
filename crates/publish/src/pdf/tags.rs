//! The structure of the document, for whoever has it read aloud.

use krilla::tagging::{Identifier, ListNumbering, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use std::num::NonZeroU16;

/// Groups and leaves; they are numbered in the order of the page.
#[derive(Default)]
pub(crate) struct Tags {
    knots: Vec<Knot>,
    /// The numbers of those that stand in no other.
    roots: Vec<usize>,
}

enum Knot {
    Group { name: String, title: String, inside: Vec<usize> },
    Leaf(Vec<Identifier>),
}

/// The number that stands for the document itself.
pub(crate) const ROOT: usize = usize::MAX;

impl Tags {
    /// A group for an element of the page.
    pub(crate) fn group(&mut self, name: &str, title: &str, parent: usize) -> usize {
        let (name, title) = (name.to_owned(), title.to_owned());
        self.hang(Knot::Group { name, title, inside: Vec::new() }, parent)
    }

    /// A place for text. That of a link has one for its target before it.
    pub(crate) fn leaf(&mut self, parent: usize, is_link: bool) -> usize {
        if is_link {
            self.hang(Knot::Leaf(Vec::new()), parent);
        }
        self.hang(Knot::Leaf(Vec::new()), parent)
    }

    /// Whether a group may hold text itself.
    pub(crate) fn holds_text(&self, group: usize) -> bool {
        let Some(Knot::Group { name, .. }) = self.knots.get(group) else { return false };
        matches!(
            name.as_str(),
            "p" | "h1" | "h2" | "h3" | "a" | "lbl" | "footer" | "dt" | "dd" | "small" | "span" | "caption"
        )
    }

    /// What was drawn for a text.
    pub(crate) fn drawn(&mut self, leaf: usize, id: Identifier) {
        if let Some(Knot::Leaf(ids)) = self.knots.get_mut(leaf) {
            ids.push(id);
        }
    }

    /// What leads away from a linked text.
    pub(crate) fn linked(&mut self, leaf: usize, id: Identifier) {
        self.drawn(leaf.saturating_sub(1), id);
    }

    fn hang(&mut self, knot: Knot, parent: usize) -> usize {
        let number = self.knots.len();
        self.knots.push(knot);
        match self.knots.get_mut(parent) {
            Some(Knot::Group { inside, .. }) => inside.push(number),
            _ => self.roots.push(number),
        }
        number
    }

    /// The whole as the writer takes it.
    pub(crate) fn tree(&self) -> TagTree {
        let mut tree = TagTree::new();
        for root in &self.roots {
            match self.knots.get(*root) {
                Some(Knot::Leaf(ids)) => ids.iter().for_each(|id| tree.push(*id)),
                _ => tree.push(self.build(*root)),
            }
        }
        tree
    }

    /// As deep as the page is, and that is our own.
    fn build(&self, number: usize) -> TagGroup {
        let Some(Knot::Group { name, title, inside }) = self.knots.get(number) else {
            return TagGroup::new(Tag::Span);
        };
        let mut group = TagGroup::new(kind(name, title));
        for child in inside {
            match self.knots.get(*child) {
                Some(Knot::Leaf(ids)) => ids.iter().for_each(|id| group.push(*id)),
                _ => group.push(self.build(*child)),
            }
        }
        group
    }
}

fn kind(name: &str, title: &str) -> TagKind {
    let heading =
        |level: u16| Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title.to_owned()));
    match name {
        "h1" => heading(1).into(),
        "h2" => heading(2).into(),
        "h3" => heading(3).into(),
        "p" | "footer" | "dt" | "dd" | "small" | "span" => Tag::P.into(),
        "ul" => Tag::L(ListNumbering::None).into(),
        "ol" => Tag::L(ListNumbering::Decimal).into(),
        "li" => Tag::LI.into(),
        "lbl" => Tag::Lbl.into(),
        "lbody" => Tag::LBody.into(),
        "table" => Tag::Table.into(),
        "caption" => Tag::Caption.into(),
        "thead" => Tag::THead.into(),
        "tbody" => Tag::TBody.into(),
        "tr" => Tag::TR.into(),
        "th" => Tag::TH(TableHeaderScope::Column).into(),
        "td" => Tag::TD.into(),
        "blockquote" => Tag::BlockQuote.into(),
        "section" => Tag::Section.into(),
        "a" => Tag::Link.into(),
        _ => Tag::Div.into(),
    }
}
