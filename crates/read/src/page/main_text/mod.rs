//! Which blocks are the main text.
//!
//! Every block is described by numbers: its text, the elements around it and what they are
//! called, its neighbours, the kind of page, and what a reader of another descent kept of it.
//! Learned trees turn them into a chance, look a second time beside the chances of the
//! neighbours, and the blocks of the best expected F1 are taken. The trees are made by
//! `bench/reading/learn.py` from pages with an open licence; `bench/reading/reading.md`
//! says how well they do on pages they were not learned from.

mod context;
mod elements;
mod features;
mod forest;
mod groups;
mod hints;
mod kind;
mod marks;
mod pick;
mod signature;
mod voices;

pub(crate) use elements::Elements;
pub(crate) use marks::Known;
pub(crate) use voices::squash;

use super::facts::Facts;
use super::walk::Walked;
use crate::canon::{Raw, collapse};
use features::Measured;
use forest::Forest;
use plainsight_model::BlockKind;
use std::sync::LazyLock;

/// Both looks: trees up to a line `second`, and those after it.
static TREES: LazyLock<[Forest; 2]> = LazyLock::new(|| {
    let lines = || include_str!("../../../data/main_text.trees").lines().filter(|l| !l.starts_with('#'));
    let first = Forest::parse(lines().take_while(|l| *l != "second"));
    let second = Forest::parse(lines().skip_while(|l| *l != "second").skip(1));
    [first, second].map(|trees| trees.expect("data/main_text.trees is written by learn.py"))
});

/// Below this many characters an answer is no answer.
const FEW: usize = 25;

/// Which blocks to keep.
pub(crate) struct Keep {
    pub main: Vec<bool>,
    /// Lines of the linked data, where the text stands in no block.
    lines: Option<Vec<Raw>>,
}

impl Keep {
    pub(crate) fn take(self, blocks: Vec<Raw>) -> Vec<Raw> {
        if let Some(lines) = self.lines {
            return lines;
        }
        blocks.into_iter().zip(self.main).filter(|(_, main)| *main).map(|(block, _)| block).collect()
    }
}

/// Chooses the blocks of the main text, and says by what: `blocks`, `linked data`, or the whole `page`.
pub(crate) fn choose(
    tree: dom_query::Document,
    walked: &mut Walked,
    facts: &Facts,
    title: Option<&str>,
) -> (&'static str, Keep) {
    let heard = [heard(voices::smooth(tree, facts.depth), &walked.blocks)];
    let seen = look(walked, facts, title, &heard);
    let mut main = pick::pick(&seen.chances, &seen.measured);
    signature::keep(&walked.blocks, &mut main);
    let length: usize =
        walked.blocks.iter().zip(&main).filter(|(_, m)| **m).map(|(b, _)| length(&b.text)).sum();
    if let Some(lines) = linked_text(facts, length) {
        return ("linked data", Keep { main, lines: Some(lines) });
    }
    if length < FEW {
        return ("page", Keep { main: whole_body(&walked.blocks), lines: None });
    }
    ("blocks", Keep { main, lines: None })
}

fn heard(text: Option<String>, blocks: &[Raw]) -> Vec<f32> {
    text.map_or_else(|| vec![0.0; blocks.len()], |text| voices::shares(&text, blocks))
}

/// What two looks at a page see.
struct Seen {
    measured: Vec<Measured>,
    chances: Vec<f32>,
}

fn look(walked: &mut Walked, facts: &Facts, title: Option<&str>, heard: &[Vec<f32>]) -> Seen {
    let Walked { blocks, homes, elements } = walked;
    let measured = features::measure(blocks, homes, elements);
    if blocks.is_empty() {
        return Seen { measured, chances: Vec::new() };
    }
    let [first, second] = &*TREES;
    let mut rows = features::rows(blocks, &measured, elements, facts, title, heard);
    let chances = first.chances(&rows);
    context::extend(&mut rows, &chances, &measured, elements);
    let mut chances = second.chances(&rows);
    whole_tables(blocks, &measured, &mut chances);
    Seen { measured, chances }
}

/// A table of data stays or goes as one: all its rows get their mean chance.
fn whole_tables(blocks: &[Raw], measured: &[Measured], chances: &mut [f32]) {
    let mut n = 0;
    while n < blocks.len() {
        let table = |b: &Raw| b.path.rsplit_once('/').map(|(table, _)| table.to_owned());
        let end = match blocks[n].kind {
            BlockKind::TableRow => {
                let own = table(&blocks[n]);
                (n..blocks.len())
                    .find(|i| blocks[*i].kind != BlockKind::TableRow || table(&blocks[*i]) != own)
                    .unwrap_or(blocks.len())
            }
            _ => n + 1,
        };
        let words: f32 = measured[n..end].iter().map(|m| m.words).sum();
        let sum: f32 = (n..end).map(|i| chances[i] * measured[i].words).sum();
        if end > n + 1 {
            chances[n..end].fill(sum / words.max(1.0));
        }
        n = end;
    }
}

/// The text that the linked data of a page gives, where the page shows hardly any.
fn linked_text(facts: &Facts, shown: usize) -> Option<Vec<Raw>> {
    let text = facts.linked_data.iter().find_map(|text| {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let things = value.as_array().cloned().unwrap_or_else(|| vec![value]);
        things.iter().find_map(|t| Some(t.get("articleBody")?.as_str()?.to_owned()))
    })?;
    let raw = |line: &str| Raw::new(BlockKind::Paragraph, "html", collapse(line));
    (length(&text) > 200 && shown * 5 < length(&text)).then(|| text.lines().map(raw).collect())
}

/// Everything except what the markup itself calls navigation.
fn whole_body(blocks: &[Raw]) -> Vec<bool> {
    let chrome = |b: &Raw| {
        b.path.split('/').any(|s| matches!(s.split('[').next(), Some("nav" | "footer" | "aside" | "menu")))
    };
    let some = blocks.iter().any(|b| !chrome(b));
    blocks.iter().map(|b| !some || !chrome(b)).collect()
}

fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What `bench/reading/learn.py` learns from: one block of a page.
#[derive(Debug)]
pub struct Lesson {
    /// The block's text.
    pub text: String,
    /// Its weighed length.
    pub letters: f32,
    /// Its number of words.
    pub words: f32,
    /// Its own element and all above, from near to far.
    pub up: Vec<usize>,
    /// The number of its template among those of the page.
    pub shape: usize,
    /// The number of its table of data, if it is a row of one.
    pub table: Option<usize>,
    /// The row of numbers for the first look.
    pub row: Vec<f32>,
}

/// All blocks of a page as lessons.
pub(crate) fn lessons(
    tree: dom_query::Document,
    walked: &mut Walked,
    facts: &Facts,
    title: Option<&str>,
) -> Vec<Lesson> {
    let heard = [heard(voices::smooth(tree, facts.depth), &walked.blocks)];
    let Walked { blocks, homes, elements } = walked;
    let measured = features::measure(blocks, homes, elements);
    if blocks.is_empty() {
        return Vec::new();
    }
    let rows = features::rows(blocks, &measured, elements, facts, title, &heard);
    let mut shapes: Vec<u64> = Vec::new();
    let mut tables: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for ((block, m), row) in blocks.iter().zip(&measured).zip(rows) {
        let shape = elements.0[m.home].shape;
        let number = shapes.iter().position(|s| *s == shape).unwrap_or_else(|| {
            shapes.push(shape);
            shapes.len() - 1
        });
        let table = block.path.rsplit_once('/').filter(|_| block.kind == BlockKind::TableRow).map(|t| t.0);
        out.push(Lesson {
            text: block.text.clone(),
            letters: m.letters,
            words: m.words,
            up: elements.up(m.home).collect(),
            shape: number,
            table: table.map(|t| {
                tables.iter().position(|other| *other == t).unwrap_or_else(|| {
                    tables.push(t);
                    tables.len() - 1
                })
            }),
            row,
        });
    }
    out
}
