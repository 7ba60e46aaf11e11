//! What a post or its head was honoured with: the thing or the title, not the word for giving it.

use super::Page;
use super::unit::Unit;
use crate::found::{Passage, TermAt, gap};
use crate::words::{List, list};
use plainsight_lens::TermKind;
use plainsight_model::{BlockKind, Slot, Span};

/// Characters between the word for giving and a title in quotes.
const REACH: usize = 14;

/// Beginnings of the meanings of words for giving, as the lens has them.
const GIVING: [&str; 5] = ["rated as", "win an", "award a", "commend", "hand over"];

/// Words with which the name of an honour begins, folded; a heading that holds one says what its items were given.
static HONOURS: List = list![
    "优秀",
    "先进",
    "十佳",
    "模范",
    "示范",
    "最佳",
    "excellent",
    "outstanding",
    "model stations",
    "best stations",
    "uitmuntende",
    "beste",
    "modelstations",
    "modelposten",
    "mejores",
    "destacados",
    "puestos modelo",
    "estaciones modelo",
];

/// The longest heading that is the name of an honour, in characters.
const LONGEST: usize = 30;

/// The honour that a heading names, without its number and the count behind it.
pub(super) fn of_heading(passage: &Passage) -> Option<Slot> {
    if passage.block.kind != BlockKind::Heading || passage.letters.len() > LONGEST {
        return None;
    }
    let letters = &passage.letters;
    let from = letters
        .iter()
        .rposition(|c| "、.)）".contains(*c) && !letters.ends_with(&[*c]))
        .map_or(0, |at| at + 1);
    let length = letters[from..].iter().take_while(|c| !"（(：:".contains(**c)).count();
    let span = Span::new(passage.start() + from, passage.start() + from + length);
    let text = plainsight_text::fold(&passage.cut(span));
    HONOURS.begins_in(&text).then(|| passage.slot(span, text))
}

/// The awards of a statement; `own` tells which spans belong to the post.
pub(super) fn awards(unit: &Unit, page: &Page, own: &dyn Fn(Span) -> bool) -> Vec<Slot> {
    let passage = unit.passage;
    let giving = |term: &&TermAt| {
        let meaning = &page.lens.terms[term.number].meaning;
        GIVING.iter().any(|word| meaning.starts_with(word))
    };
    let slot = |term: &TermAt| passage.slot(term.span, page.lens.terms[term.number].sense());
    let terms: Vec<&TermAt> = unit.terms_of(TermKind::Award).filter(|term| own(term.span)).collect();
    let mut out: Vec<Slot> = terms.iter().filter(|term| !giving(term)).map(|term| slot(term)).collect();
    // 获评“十佳站点”, “el título de «ventana civilizada»”: the title in quotes is the award.
    let letters: Vec<char> = unit.text().chars().collect();
    for (from, to) in super::by_operator::quotes(&letters) {
        let span = Span::new(unit.span.start + from, unit.span.start + to);
        let near = terms.iter().any(|term| term.span.end <= span.start && gap(term.span, span) <= REACH);
        if near && out.iter().all(|known| !known.span.overlaps(&span)) {
            out.push(passage.slot(span, plainsight_text::fold(&passage.cut(span))));
        }
    }
    if out.is_empty() { terms.iter().take(1).map(|term| slot(term)).collect() } else { out }
}
