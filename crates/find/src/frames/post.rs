//! *Post* frames from sentences, items, captions, messages and titles.

use super::by_address::by_address;
use super::fill::{build, build_own};
use super::memory::{Anchor, Memory, inferred};
use super::name::name;
use super::noun::{by_noun, each_of, plural};
use super::scope::Scope;
use super::several::several;
use super::unit::Unit;
use super::{Page, another, by_operator, only, places};
use crate::exclusions;
use crate::found::{Passage, PlaceAt, TermAt, gap};
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{BlockKind, Excluded, Frame, MentionKind, Modality, Slot, Span};

/// So many posts are named by their towns in one statement; more is no sentence that anybody wrote.
const MOST_NAMED: usize = 40;

/// Makes the post frames of a statement.
pub(crate) fn posts(
    unit: &Unit,
    scope: &Scope,
    memory: &Memory,
    page: &Page,
    excluded: &mut Vec<Excluded>,
) -> Vec<Frame> {
    if !unit.strong_post() && exclusions::any(unit.passage, unit.span) {
        return Vec::new();
    }
    let openers = openers(unit, scope, page);
    if let Some(opener) = openers.first() {
        if places::at_home(unit, page) {
            let why = format!("{}: a post inside the sending state is no finding", opener.text);
            excluded.push(Excluded { span: unit.span, why });
            return Vec::new();
        }
        // “The Manchester station, together with stations in Leipzig and Osaka”: each name has its own towns.
        let placed: Vec<&&TermAt> = openers[..openers.len().min(MOST_NAMED)]
            .iter()
            .filter(|term| unit.passage.places_in(term.span).any(|place| !place.inside))
            .collect();
        if placed.len() > 1 {
            let each = placed.iter().flat_map(|term| of_its_own(unit, term, &placed, scope, memory, page));
            return each.collect();
        }
        return opened(unit, opener, &openers, scope, memory, page);
    }
    if (unit.passage.block.kind == BlockKind::ListItem || labelled(unit, page))
        && let Some(level) = scope.level()
    {
        let (name, operator) = (level.name.clone(), level.operator.clone().or_else(|| scope.operator()));
        let found = places::of_post(unit, None, page);
        let contact = holds(unit, &[MentionKind::Phone, MentionKind::Address, MentionKind::Organisation]);
        if contact && (!found.is_empty() || scope.place.is_some())
            || scope.near() && !found.is_empty() && short(unit)
        {
            let base = Base { name, operator, place: scope.place.clone(), rule: "post:item" };
            return build(unit, &found, None, &base, page);
        }
        return Vec::new();
    }
    let by_noun = by_noun(unit, memory, page);
    if !by_noun.is_empty() {
        return by_noun;
    }
    // In a document of one post and one town, what has no other address is said of that post.
    let same = || {
        let known = memory.all.first().and_then(|post| post.address.as_ref());
        unit.addresses().all(|address| known.is_none_or(|known| known.key == address.key))
    };
    if memory.all.len() == 1 && page.one_town && same() {
        let only = only::posts(unit, memory, page);
        if !only.is_empty() {
            return only;
        }
    }
    let by_operator = by_operator::posts(unit, memory, page);
    if by_operator.is_empty() { only::posts(unit, memory, page) } else { by_operator }
}

/// Terms that open a post here, the strong ones first.
fn openers<'u>(unit: &Unit<'u, '_>, scope: &Scope, page: &Page) -> Vec<&'u TermAt> {
    let post = |strength| unit.terms().filter(move |term| term.kind.is_post() && term.strength == strength);
    let mut out: Vec<&TermAt> = post(Strength::Strong).collect();
    let abroad = scope.place.is_some()
        || unit.passage.places.iter().any(|place| !place.inside && page.abroad(place.place));
    if abroad && !exclusions::any(unit.passage, unit.span) {
        let here = page.about
            && unit.passage.places_in(unit.span).any(|place| !place.inside && page.abroad(place.place));
        out.extend(post(Strength::Weak).filter(|term| here || lifted(unit.passage, term)));
    }
    out
}

/// Rule 5: a weak term counts beside a strong one of another span, or an agency by a pattern, in its block.
fn lifted(passage: &Passage, weak: &TermAt) -> bool {
    let strong = passage.terms.iter().any(|term| {
        term.strength == Strength::Strong
            && term.span != weak.span
            && (term.kind.is_post()
                || matches!(
                    term.kind,
                    TermKind::Body | TermKind::Service | TermKind::Pressure | TermKind::Frame
                ))
    });
    strong || passage.agencies.iter().any(|agency| agency.operator)
}

/// What a post frame takes over where its statement is silent.
pub(super) struct Base {
    pub name: Option<Slot>,
    pub operator: Option<Slot>,
    pub place: Option<Slot>,
    pub rule: &'static str,
}

fn opened(
    unit: &Unit,
    opener: &TermAt,
    openers: &[&TermAt],
    scope: &Scope,
    memory: &Memory,
    page: &Page,
) -> Vec<Frame> {
    let found = places::of_post(unit, Some(opener.span), page);
    let referred = memory.referred();
    let name = Some(memory.full_name(name(unit, opener)));
    let operator = inherited_operator(unit, scope, memory, page);
    let rule = match unit.passage.block.kind {
        BlockKind::Title | BlockKind::Heading => "post:title",
        BlockKind::ListItem => "post:item",
        BlockKind::Caption => "post:caption",
        BlockKind::Message => "post:message",
        _ => "post:sentence",
    };
    let several = several(unit, openers, memory, rule, page);
    if !several.is_empty() {
        return several;
    }
    if unit.addresses().count() > 1 {
        return by_address(unit, opener, memory, rule, page);
    }
    if !found.is_empty() || holds(unit, &[MentionKind::Address, MentionKind::Phone]) {
        let place = if found.is_empty() {
            let home =
                || by_operator::at_home_of_page(unit, page).filter(|_| unit.operators().next().is_some());
            one_place(unit, referred).or_else(|| scope.place.clone()).or_else(home)
        } else {
            None
        };
        return build(unit, &found, Some(opener), &Base { name, operator, place, rule }, page);
    }
    if matches!(unit.passage.block.kind, BlockKind::Title | BlockKind::Heading) {
        return Vec::new();
    }
    let each = each_of(unit, memory, page);
    if !each.is_empty() || counted(unit) {
        return each;
    }
    let before = before_in_block(unit, page).or_else(|| memory.hint(opener.strength));
    if let Some(place) = before.or_else(|| places::of_host(unit, page)) {
        return build(unit, &[], Some(opener), &Base { name, operator, place: Some(place), rule }, page);
    }
    // “The bureau's service station is on the fourth floor”, in a report about one town; “people say there is a
    // secret police station upstairs”, in one that names no other.
    let spoken = opener.strength == Strength::Strong
        && page.one_town
        && matches!(unit.modality(), Modality::Denied | Modality::Reported);
    if referred.is_empty()
        && (unit.operators().next().is_some() || spoken)
        && !plural(&opener.text, unit)
        && let Some(place) = by_operator::at_home_of_page(unit, page)
    {
        return build(unit, &[], Some(opener), &Base { name, operator, place: Some(place), rule }, page);
    }
    // “The secret police station was opened in June” means the one named before; “secret police
    // stations work in many countries” means none of them.
    if referred.is_empty() || plural(&opener.text, unit) {
        return Vec::new();
    }
    let from = |anchor: &Anchor| Base {
        name: name.clone(),
        operator: operator.clone().or_else(|| anchor.operator.clone()),
        place: anchor.place.clone(),
        rule: "post:coreference",
    };
    match referred {
        [anchor] if anchor.place.is_some() => build(unit, &[], Some(opener), &from(anchor), page),
        _ => Vec::new(),
    }
}

/// The frames of a name that holds its town: of that town and those joined to it. What stands nearer to another
/// name is said of that.
fn of_its_own(
    unit: &Unit,
    opener: &TermAt,
    all: &[&&TermAt],
    scope: &Scope,
    memory: &Memory,
    page: &Page,
) -> Vec<Frame> {
    let found = places::of_post(unit, Some(opener.span), page);
    // Named in one breath with a post whose body is known: “the Manchester station, with stations in Leipzig …”.
    let with = |term: &&&TermAt| {
        let mut towns = unit.passage.places_in(term.span).filter(|place| !place.inside);
        towns.find_map(|town| memory.known(&town.key)).and_then(|post| post.operator.clone())
    };
    let together =
        || all.iter().find_map(&with).filter(|slot| page.only_operator.as_ref() == Some(&slot.key));
    let operator = inherited_operator(unit, scope, memory, page).or_else(|| together().map(inferred));
    let base = Base { name: Some(name(unit, opener)), operator, place: None, rule: "post:named" };
    let nearest = |span: Span| {
        all.iter().map(|term| term.span).min_by_key(|term| (gap(*term, span), term.start > span.start))
    };
    build_own(unit, &found, Some(opener), &base, page, &|span| nearest(span) == Some(opener.span))
}

fn one_place(unit: &Unit, referred: &[Anchor]) -> Option<Slot> {
    match referred {
        [anchor] if unit.passage.block.kind != BlockKind::ListItem => anchor.place.clone(),
        _ => None,
    }
}

/// The only place abroad of the sentences before this one in its block.
fn before_in_block(unit: &Unit, page: &Page) -> Option<Slot> {
    let before = unit.passage.sentences.iter().rev().find(|sentence| {
        sentence.end <= unit.span.start
            && unit.passage.places_in(**sentence).any(|place| !place.inside && page.abroad(place.place))
    })?;
    if !unit.passage.terms_in(*before).any(|term| term.kind.is_post()) {
        return None;
    }
    places::only_town(unit.passage, *before, page)
}

/// The operator where the statement names none: of its block, of the headings, or the only one so far.
fn inherited_operator(unit: &Unit, scope: &Scope, memory: &Memory, page: &Page) -> Option<Slot> {
    let block = unit.passage.agencies.iter().filter(|agency| agency.operator);
    let mut before: Vec<_> = block.clone().filter(|agency| agency.span.end <= unit.span.start).collect();
    before.dedup_by(|a, b| a.key == b.key);
    if let [agency] = before.as_slice() {
        return Some(inferred(unit.passage.slot(agency.span, agency.key.clone())));
    }
    if let Some(slot) = scope.operator() {
        return Some(slot);
    }
    // “There was also a contact point in X”: of the body of the one just named.
    let same = memory.referred().first().and_then(|post| post.operator.clone());
    let same = same.filter(|_| another::continues(unit, page));
    same.or_else(|| only_operator(memory, page))
}

/// The only operator of a document that speaks of one town: never carried over to another post.
pub(super) fn only_operator(memory: &Memory, page: &Page) -> Option<Slot> {
    memory.operator.clone().filter(|slot| page.one_town && page.only_operator.as_ref() == Some(&slot.key))
}

/// Whether the statement counts posts: then it speaks of many, not of the one named before.
pub(super) fn counted(unit: &Unit) -> bool {
    unit.passage.of(MentionKind::Count, unit.span).any(|count| count.key.ends_with("|posts"))
}

fn holds(unit: &Unit, kinds: &[MentionKind]) -> bool {
    kinds.iter().any(|kind| match kind {
        MentionKind::Address => unit.addresses().next().is_some(),
        _ => unit.passage.of(*kind, unit.span).next().is_some(),
    })
}

/// Whether a paragraph is an item by its form: “Dublin: 12 Quay Street, tel. …”.
fn labelled(unit: &Unit, page: &Page) -> bool {
    let town = unit.passage.places.first().filter(|place| !place.is_country && page.abroad(place.place));
    let label = |place: &PlaceAt| {
        let next = unit.passage.letters.get(place.span.end - unit.passage.start());
        place.span.start == unit.passage.start() && next.is_some_and(|c| matches!(c, ':' | '：'))
    };
    unit.passage.block.kind == BlockKind::Paragraph && town.is_some_and(label)
}

fn short(unit: &Unit) -> bool {
    unit.span.len() <= 60
}
