//! Sentences about the only post of a document that do not name it: its number, its street, its days.

use super::Page;
use super::memory::Memory;
use super::post::{Base, build};
use super::unit::Unit;
use crate::exclusions;
use plainsight_lens::TermKind;
use plainsight_model::{BlockKind, Frame, MentionKind};

/// Makes the frame of such a statement: it adds something that only a post has,
/// and names no other place and no other body that it could be about.
pub(super) fn posts(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    let [anchor] = memory.all.as_slice() else { return Vec::new() };
    let passage = unit.passage;
    let head = matches!(passage.block.kind, BlockKind::Title | BlockKind::Heading);
    if head || !page.one_town || memory.referred().is_empty() || exclusions::any(passage, passage.block.span)
    {
        return Vec::new();
    }
    let other_body = passage.agencies_in(unit.span).any(|agency| !agency.operator)
        || unit.terms().any(|term| {
            matches!(term.kind, TermKind::Body | TermKind::HostStateBody | TermKind::Law | TermKind::Register)
        });
    let other_place = passage.places_in(unit.span).any(|place| {
        !place.inside
            && !place.is_country
            && anchor.place.as_ref().is_some_and(|known| known.key != place.key)
    });
    if other_body || other_place {
        return Vec::new();
    }
    let telling = passage.of(MentionKind::Phone, unit.span).next().is_some()
        || passage.of(MentionKind::Address, unit.span).next().is_some()
        || passage.of(MentionKind::Person, unit.span).any(|person| person.rule == "person:head");
    if !telling {
        return Vec::new();
    }
    let base = Base {
        name: anchor.name.clone(),
        operator: anchor.operator.clone(),
        place: anchor.place.clone(),
        rule: "post:only",
    };
    build(unit, &[], None, &base, page)
}
