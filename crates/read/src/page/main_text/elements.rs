//! The elements that hold the blocks of a page: what their marks say, and how much text they hold.

use super::marks::{self, Known, Said};
use crate::hashed::{mix, more};
use dom_query::NodeRef;

/// Farther than this counts as nowhere.
pub(crate) const FAR: u8 = 20;

/// Elements around a block that say something about it.
const AROUND: [&str; 15] = [
    "nav",
    "header",
    "footer",
    "aside",
    "article",
    "main",
    "form",
    "table",
    "ul",
    "section",
    "blockquote",
    "figure",
    "li",
    "p",
    "td",
];

/// Names of elements that blocks have; any other is the number after the last.
const NAMES: [&str; 25] = [
    "p",
    "div",
    "li",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "span",
    "a",
    "pre",
    "blockquote",
    "dt",
    "dd",
    "figcaption",
    "article",
    "section",
    "th",
    "body",
    "label",
    "summary",
    "header",
];

/// One element on the way from the body to a block.
pub(crate) struct Element {
    pub parent: Option<usize>,
    pub depth: usize,
    /// Its name as a number of [`NAMES`].
    pub name: usize,
    /// What it and its ancestors are called and how they are classed, without numbers: elements of one template share it.
    pub shape: u64,
    /// Steps up to the nearest element of each kind of mark ([`marks::KINDS`]), at most [`FAR`].
    pub marks: [u8; marks::KINDS],
    /// Steps up to the nearest element of each name in `AROUND`.
    pub around: [u8; AROUND.len()],
    pub sums: Sums,
    /// The letters of running text on the page before its first block.
    pub before: f32,
}

/// What the visible blocks under an element come to. Letters are weighed (`features.rs`).
#[derive(Clone, Copy, Default)]
pub(crate) struct Sums {
    pub blocks: f32,
    pub letters: f32,
    /// Letters of links.
    pub linked: f32,
    /// Letters of running text.
    pub running: f32,
}

impl Sums {
    pub(crate) fn add(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.letters += other.letters;
        self.linked += other.linked;
        self.running += other.running;
    }
}

/// All elements of a page that hold blocks, parents before children.
#[derive(Default)]
pub(crate) struct Elements(pub Vec<Element>);

impl Elements {
    /// Takes an element in; `node` is `None` for the root and for rows of a table.
    pub(crate) fn add(
        &mut self,
        known: &mut Known,
        parent: Option<usize>,
        name: &str,
        node: Option<&NodeRef>,
    ) -> usize {
        let above = parent.map(|p| &self.0[p]);
        let step = |far: u8| (far + 1).min(FAR);
        let mut marks = above.map_or([FAR; marks::KINDS], |e| e.marks.map(step));
        let mut around = above.map_or([FAR; AROUND.len()], |e| e.around.map(step));
        let said = node.map_or_else(Said::default, |node| known.said(node));
        said.kinds().for_each(|kind| marks[kind] = 0);
        let plain = if name == "ol" { "ul" } else { name };
        if let Some(n) = AROUND.iter().position(|a| *a == plain) {
            around[n] = 0;
        }
        let named = more(above.map_or(0, |e| e.shape), name.as_bytes());
        let depth = above.map_or(0, |e| e.depth + 1);
        self.0.push(Element {
            parent,
            depth,
            name: NAMES.iter().position(|n| *n == name).unwrap_or(NAMES.len()),
            shape: mix(named, said.hash),
            marks,
            around,
            sums: Sums::default(),
            before: 0.0,
        });
        self.0.len() - 1
    }

    /// Adds the next block to its element and to all above; all of them come in the page's order.
    pub(crate) fn count(&mut self, home: usize, sums: Sums) {
        let before = self.0[0].sums.running;
        let mut at = Some(home);
        while let Some(n) = at {
            let element = &mut self.0[n];
            if element.sums.blocks == 0.0 {
                element.before = before;
            }
            element.sums.add(sums);
            at = element.parent;
        }
    }

    /// The elements above one, from near to far, itself first.
    pub(crate) fn up(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(from), |n| self.0[*n].parent)
    }

    /// The smallest element that holds most of the running text at every step down.
    pub(crate) fn core(&self) -> usize {
        let mut core = 0;
        for (n, element) in self.0.iter().enumerate().skip(1) {
            let most = self.0[core].sums.running * 0.7;
            if element.parent == Some(core) && element.sums.running > most {
                core = n;
            }
        }
        core
    }

    /// For each element the number of the `article` it stands in, from 1; 0 outside of any.
    pub(crate) fn articles(&self) -> Vec<f32> {
        let article = AROUND.iter().position(|a| *a == "article").unwrap_or(0);
        let mut count = 0.0;
        let mut out: Vec<f32> = Vec::with_capacity(self.0.len());
        for element in &self.0 {
            let own = element.around[article] == 0;
            count += f32::from(u8::from(own));
            out.push(if own { count } else { element.parent.map_or(0.0, |p| out[p]) });
        }
        out
    }

    /// How many elements have this name.
    pub(crate) fn named(&self, name: &str) -> usize {
        let number = AROUND.iter().position(|a| *a == name);
        number.map_or(0, |n| self.0.iter().filter(|e| e.around[n] == 0).count())
    }
}
