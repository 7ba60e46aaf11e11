//! One more post of the same kind, in an ellipsis: “one in Utrecht too”, “otra en Oporto”, 另一处在海牙.

use super::days::days;
use super::fill::fill;
use super::memory::{Memory, anchor, inferred};
use super::post::Base;
use super::unit::{Slots, Unit, put};
use super::{Page, by_operator, places};
use crate::exclusions;
use crate::found::{PlaceAt, gap};
use crate::words::Words;
use plainsight_model::{BlockKind, Frame, Span};
use plainsight_text::fold;

/// The rule's name.
pub(super) const ANOTHER: &str = "post:another";

/// Characters between the word that says “another” and its town.
const REACH: usize = 40;

/// Words that are short for the post just named, and those that compare with it.
pub(crate) struct More {
    short: Words,
    like: Words,
}

/// So many towns are named in one ellipsis; more is a list of something else.
const MOST: usize = 4;

/// Makes the frames of towns that no post was named in so far. `made` are those of the same statement.
///
/// Of the one before, its operator and its name are taken over where the words are short for it, and else nothing:
/// another office may be another body's.
pub(super) fn posts(unit: &Unit, made: &[Frame], memory: &Memory, page: &Page) -> Vec<Frame> {
    let head = matches!(unit.passage.block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::TableRow);
    let about = page.about || page.operators > 0;
    if head || page.story || !about || made.is_empty() && !memory.knows_posts() {
        return Vec::new();
    }
    if exclusions::any(unit.passage, unit.span) {
        return Vec::new();
    }
    let known = |town: &PlaceAt| {
        memory.all.iter().any(|anchor| anchor.place.as_ref().is_some_and(|place| place.key == town.key))
            || made
                .iter()
                .flat_map(|frame| frame.slots.get("place").into_iter().flatten())
                .any(|place| place.key == town.key)
    };
    let mut towns: Vec<&PlaceAt> =
        places::candidates(unit, page).into_iter().filter(|town| !town.is_country && !known(town)).collect();
    towns.dedup_by(|b, a| a.key == b.key);
    if towns.is_empty() || towns.len() > MOST {
        return Vec::new();
    }
    if unit.others_act() {
        return Vec::new();
    }
    let More { short, like } = more(page);
    let around = |town: &PlaceAt| {
        let from = town.span.start.saturating_sub(REACH).max(unit.span.start);
        let to = (town.span.end + REACH / 2).min(unit.span.end);
        fold(&unit.passage.cut(Span::new(from, to)))
    };
    towns.retain(|town| {
        let around = around(town);
        short.within(&around) || like.within(&around)
    });
    // The same body's where the words are short for the post of this sentence, or of the one before.
    let before = |town: &PlaceAt| {
        let post = made.first().map(anchor).or_else(|| memory.just_before(unit.passage.block.span).cloned());
        post.filter(|_| short.within(&around(town)))
    };
    let same = |town: &PlaceAt| before(town).and_then(|post| post.operator).map(inferred);
    // “One in Utrecht too” is one of what was just named; a name that holds its town is that one's own.
    let called = |town: &PlaceAt| {
        let name = before(town).and_then(|post| post.name)?;
        let own = unit.passage.places.iter().any(|place| name.span.contains(&place.span))
            || memory
                .all
                .iter()
                .filter_map(|post| post.place.as_ref())
                .any(|place| name.text.contains(&place.text));
        // “A room in Bratislava too” is no “room” by name: only what the lens knows as a post's name is carried on.
        let known = page.lens.find_terms(&name.text);
        let known = known.iter().any(|hit| page.lens.terms[hit.term].kind.is_post());
        (known && !own).then(|| inferred(name))
    };
    let name = by_operator::called(unit, page.lens);
    let spans: Vec<Span> = towns.iter().map(|town| town.span).collect();
    let alone = made.is_empty();
    towns
        .into_iter()
        .map(|town| {
            let mut slots = Slots::new();
            put(&mut slots, "place", unit.passage.slot(town.span, town.key.clone()));
            let own = |span: Span| spans.iter().all(|other| gap(*other, span) >= gap(town.span, span));
            let name =
                name.clone().filter(|name| gap(name.span, town.span) <= REACH).or_else(|| called(town));
            // A statement of its own says more of it; beside another post only the day behind the town is its own.
            if alone && spans.len() == 1 {
                let base = Base { name, operator: same(town), place: None, rule: ANOTHER };
                fill(unit, &mut slots, None, &base, page, &|_| true);
            } else {
                name.into_iter().for_each(|name| put(&mut slots, "name", name));
                same(town).into_iter().for_each(|slot| put(&mut slots, "operator", slot));
                let shared = alone && spans.len() > 1;
                days(unit, &mut slots, page, &|span| shared || own(span) && span.start >= town.span.end);
            }
            unit.frame("post", slots, unit.status(page), ANOTHER)
        })
        .collect()
}

/// Whether a statement goes on with one more of those just named, in words that are short for them.
pub(super) fn continues(unit: &Unit, page: &Page) -> bool {
    more(page).short.within(&fold(&unit.text()))
}

fn more<'p>(page: &'p Page) -> &'p More {
    page.another.get_or_init(|| {
        let offices = &page.lens.settings.offices;
        More { short: words(&offices.another), like: words(&offices.similar) }
    })
}

fn words(list: &[String]) -> Words {
    Words::new(&list.iter().map(String::as_str).collect::<Vec<_>>())
}
