//! Sentences that add something to a post without naming it: its number, its street, its days, what it
//! offers. They mean the only post of the document, the one of their only town, or the one of the sentence before.

use super::Page;
use super::days::tells_days;
use super::fill::{build, build_own};
use super::memory::{Anchor, Memory, anchor as anchor_of};
use super::noun::adds;
use super::post::{Base, counted};
use super::unit::Unit;
use crate::exclusions;
use crate::modality::refutes;
use crate::words::{List, list};
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{BlockKind, Frame, MentionKind, Modality, Span};
use plainsight_text::fold;
use regex::Regex;
use std::sync::LazyLock;

/// Makes the frame of such a statement: it adds something that only a post has,
/// and names no other place and no other body that it could be about.
pub(super) fn posts(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    if let Some(refuted) = refuted(unit, memory, page) {
        return refuted;
    }
    let Some((anchor, rule)) = meant(unit, memory, page) else { return Vec::new() };
    adding(unit, anchor, rule, page)
}

/// The frame of a sentence that says of the post told just before it that there is none: “officials went there
/// and found nothing of the kind”. Without it, what was only passed around would stand alone.
fn refuted(unit: &Unit, memory: &Memory, page: &Page) -> Option<Vec<Frame>> {
    // Who speaks is asked last: it is the dearest question, and few sentences refute anything.
    if !refutes(&unit.text()) || unit.modality() != Modality::Denied {
        return None;
    }
    let anchor = memory.just_before(unit.passage.block.span)?;
    let mut towns = unit.passage.places_in(unit.span).filter(|place| !place.inside && !place.is_country);
    if !towns.all(|town| anchor.place.as_ref().is_some_and(|known| known.key == town.key)) {
        return None;
    }
    let base = Base {
        name: anchor.name.clone(),
        operator: anchor.operator.clone(),
        place: anchor.place.clone(),
        rule: "post:refuted",
    };
    // Whoever looked and whatever else is there instead is nothing of the post.
    Some(build_own(unit, &[], None, &base, page, &|_| false))
}

/// What a sentence says before the next one names the post that it is about: “At Weg 5 somebody has sat since
/// June. The form says ‘service point of the police’.”
pub(super) fn before(unit: &Unit, named: &[Frame], page: &Page) -> Vec<Frame> {
    let [post] = named else { return Vec::new() };
    if !post.slots.contains_key("place") || post.modality == Modality::Denied {
        return Vec::new();
    }
    adding(unit, &anchor_of(post), "post:before", page)
}

/// What a statement adds to a post that it is about, if it names no other.
pub(super) fn adding(unit: &Unit, anchor: &Anchor, rule: &'static str, page: &Page) -> Vec<Frame> {
    let passage = unit.passage;
    let head = matches!(passage.block.kind, BlockKind::Title | BlockKind::Heading);
    if head || exclusions::any(passage, unit.span) || other_body(unit) || counted(unit) {
        return Vec::new();
    }
    let other_place = passage.places_in(unit.span).any(|place| {
        !place.inside
            && !place.is_country
            && !passage.owns(place.span)
            && anchor.place.as_ref().is_some_and(|known| known.key != place.key)
    });
    if other_place || unknown_place(unit) || !tells(unit, page) {
        return Vec::new();
    }
    let base = Base {
        name: anchor.name.clone(),
        operator: anchor.operator.clone(),
        place: anchor.place.clone(),
        rule,
    };
    let mut frames = build(unit, &[], None, &base, page);
    frames.retain(adds);
    frames
}

/// A name behind a word of place.
static IN_SOME_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:in|te|at|en|near|nabij)\s+([A-ZÀ-Þ][\p{L}'’-]{3,})")
        .expect("a pattern of this file, compiled in its tests")
});

/// Whether it names a place that nobody knows: then it may be about something there.
fn unknown_place(unit: &Unit) -> bool {
    let text = unit.text();
    IN_SOME_PLACE.captures_iter(&text).filter_map(|hit| hit.get(1)).any(|name| {
        let start = unit.span.start + text[..name.start()].chars().count();
        let span = Span::new(start, start + name.as_str().chars().count());
        let passage = unit.passage;
        let known = passage.places_in(unit.span).any(|place| place.span.overlaps(&span))
            || passage.agencies_in(unit.span).any(|agency| agency.span.overlaps(&span))
            || passage.terms_in(unit.span).any(|term| term.span.overlaps(&span))
            || passage.of(MentionKind::Date, unit.span).any(|date| date.span.overlaps(&span));
        !known && !passage.owns(span)
    })
}

/// The post that the statement may mean.
fn meant<'m>(unit: &Unit, memory: &'m Memory, page: &Page) -> Option<(&'m Anchor, &'static str)> {
    let only = match memory.all.as_slice() {
        [one] if page.one_town && !memory.referred().is_empty() => Some((one, "post:only")),
        _ => None,
    };
    let mut towns = unit.passage.places_in(unit.span).filter(|place| !place.inside && !place.is_country);
    let town = towns.next().filter(|town| towns.all(|other| other.key == town.key));
    let of_town = || Some((memory.known(&town?.key)?, "post:town"));
    let before = || Some((memory.just_before(unit.passage.block.span)?, "post:next"));
    only.or_else(of_town).or_else(before)
}

/// Whether a body that is no operator acts in the statement: then it may be about that.
fn other_body(unit: &Unit) -> bool {
    exclusions::of_others(&fold(&unit.text()))
        || unit.passage.agencies_in(unit.span).any(|agency| !agency.operator)
        || unit.terms().any(|term| {
            matches!(term.kind, TermKind::Body | TermKind::HostStateBody | TermKind::Law | TermKind::Register)
        })
}

/// Words that say with whom or where something is kept, folded.
static HOUSED: List = list![
    "housed",
    "hosted",
    "lodged",
    "sheltered",
    "shares",
    "shared",
    "based at",
    "based in",
    "located",
    "run by",
    "managed by",
    "staffed by",
    "set up by",
    "ondergebracht",
    "gehuisvest",
    "gevestigd",
    "gerund door",
    "beheerd door",
    "deelt",
    "zetelt",
    "bemand door",
    "alojado",
    "alojada",
    "ubicado",
    "ubicada",
    "su sede",
    "con sede",
    "comparte",
    "en los locales",
    "gestionado por",
    "gestionada por",
    "atendido por",
    "atendida por",
    "acogido por",
    "acogida por",
    "挂靠",
    "设在",
    "设于",
    "依托",
    "承办",
    "主办",
    "合署",
    "托管",
    "落户",
];

/// Whether it says who keeps or houses what it is about, without a noun for another thing.
fn housed(unit: &Unit) -> bool {
    HOUSED.within(&fold(&unit.text()))
}

/// Whether it says what one says of a post.
fn tells(unit: &Unit, page: &Page) -> bool {
    let passage = unit.passage;
    let holds = |kind| passage.of(kind, unit.span).next().is_some();
    holds(MentionKind::Phone)
        || unit.addresses().next().is_some()
        || holds(MentionKind::Organisation) && housed(unit)
        || passage.of(MentionKind::Person, unit.span).any(|person| person.rule == "person:head")
        || unit.terms().any(|term| {
            term.kind == TermKind::Award
                || term.kind == TermKind::Service && term.strength != Strength::Context
        })
        || tells_days(unit, page)
}
