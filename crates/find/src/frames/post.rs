//! *Post* frames from sentences, items, captions, messages and titles.

use super::days::days;
use super::host::own_body;
use super::memory::{Anchor, Memory, inferred};
use super::name::name;
use super::scope::Scope;
use super::several::several;
use super::unit::{Slots, Unit, put};
use super::{Page, by_operator, only, places};
use crate::exclusions;
use crate::found::{Passage, PlaceAt, TermAt, gap};
use crate::side::sided;
use crate::words::{List, list};
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{BlockKind, Excluded, Frame, MentionKind, Modality, Side, Slot, Span};
use plainsight_text::{fold, is_han};

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
            return placed.into_iter().flat_map(|term| of_its_own(unit, term, scope, memory, page)).collect();
        }
        return opened(unit, opener, scope, memory, page);
    }
    if unit.passage.block.kind == BlockKind::ListItem
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

fn opened(unit: &Unit, opener: &TermAt, scope: &Scope, memory: &Memory, page: &Page) -> Vec<Frame> {
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
    let several = several(unit, memory, rule, page);
    if !several.is_empty() {
        return several;
    }
    if unit.passage.of(MentionKind::Address, unit.span).count() > 1 {
        return by_address(unit, opener, memory, rule, page);
    }
    if !found.is_empty() || holds(unit, &[MentionKind::Address, MentionKind::Phone]) {
        let place =
            if found.is_empty() { one_place(unit, referred).or_else(|| scope.place.clone()) } else { None };
        return build(unit, &found, Some(opener), &Base { name, operator, place, rule }, page);
    }
    if matches!(unit.passage.block.kind, BlockKind::Title | BlockKind::Heading) {
        return Vec::new();
    }
    let each = each_of(unit, memory, page);
    if !each.is_empty() || counted(unit) {
        return each;
    }
    if let Some(place) = before_in_block(unit, page).or_else(|| memory.hint(opener.strength)) {
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

/// The frames of a name that holds its town: of that town and those joined to it.
fn of_its_own(unit: &Unit, opener: &TermAt, scope: &Scope, memory: &Memory, page: &Page) -> Vec<Frame> {
    let found = places::of_post(unit, Some(opener.span), page);
    let operator = inherited_operator(unit, scope, memory, page);
    let base = Base { name: Some(name(unit, opener)), operator, place: None, rule: "post:named" };
    build(unit, &found, Some(opener), &base, page)
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
    only_operator(memory, page)
}

/// The only operator of a document that speaks of one town: never carried over to another post.
fn only_operator(memory: &Memory, page: &Page) -> Option<Slot> {
    memory.operator.clone().filter(|slot| page.one_town && page.only_operator.as_ref() == Some(&slot.key))
}

/// Whether the statement counts posts: then it speaks of many, not of the one named before.
fn counted(unit: &Unit) -> bool {
    unit.passage.of(MentionKind::Count, unit.span).any(|count| count.key.ends_with("|posts"))
}

/// Words that mean every post named so far, folded.
static EVERY: List = list![
    "两处站点",
    "两站",
    "两处",
    "各站",
    "各站点",
    "这些站",
    "这些站点",
    "上述站点",
    "both",
    "beide",
    "ambos",
    "ambas",
    "these posts",
    "these stations",
    "deze bureaus",
    "estos centros"
];

/// One frame for every post named so far, where the statement means them all and adds something.
fn each_of(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    let noun = unit.terms().any(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun);
    let many = memory.all.len() > 1;
    if !many || !EVERY.within(&fold(&unit.text())) || !(noun || unit.text().contains('站')) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for anchor in &memory.all {
        let base = Base {
            name: anchor.name.clone(),
            operator: anchor.operator.clone(),
            place: anchor.place.clone(),
            rule: "post:coreference",
        };
        out.extend(build(unit, &[], None, &base, page));
    }
    out.retain(|frame| unit.modality() == Modality::Denied || adds(frame));
    out
}

/// What a statement about a known post may add.
const NEW: &[&str] = &["phone", "opened", "closed", "services", "head", "host_body", "award"];

fn adds(frame: &Frame) -> bool {
    frame.slots.contains_key("address") || NEW.iter().any(|name| frame.slots.contains_key(*name))
}

/// One frame for each of several addresses; a town goes to the address nearest to it, and an address
/// without one keeps the town that it had earlier in the document.
fn by_address(unit: &Unit, opener: &TermAt, memory: &Memory, rule: &'static str, page: &Page) -> Vec<Frame> {
    let addresses: Vec<_> = unit.passage.of(MentionKind::Address, unit.span).collect();
    let nearest = |span: Span| {
        (0..addresses.len()).min_by_key(|at| (gap(addresses[*at].span, span), addresses[*at].span.start))
    };
    let towns: Vec<&PlaceAt> =
        places::candidates(unit, page).into_iter().filter(|place| !place.is_country).collect();
    let names: Vec<&TermAt> =
        unit.terms().filter(|term| term.kind.is_post() && term.strength != Strength::Context).collect();
    let operators: Vec<_> = unit.operators().collect();
    let shared = operators.len() == 1 && plural(&opener.text, unit);
    (0..addresses.len())
        .map(|at| {
            let mut slots = Slots::new();
            let key = &addresses[at].key;
            let town = towns.iter().find(|place| nearest(place.span) == Some(at));
            let known =
                memory.all.iter().find(|anchor| anchor.address.as_ref().is_some_and(|slot| slot.key == *key));
            match town {
                Some(place) => put(&mut slots, "place", unit.passage.slot(place.span, place.key.clone())),
                None => {
                    known
                        .and_then(|anchor| anchor.place.clone())
                        .into_iter()
                        .for_each(|slot| put(&mut slots, "place", slot));
                }
            }
            let own = |span: Span| nearest(span) == Some(at);
            // “The station at A and the bureau at B”: the name right before an address is that of its post.
            let from = at.checked_sub(1).map_or(unit.span.start, |last| addresses[last].span.end);
            let before = Span::new(from, addresses[at].span.start.max(from));
            let term = names.iter().copied().rfind(|term| before.contains(&term.span));
            let term = term.or_else(|| names.iter().copied().find(|term| own(term.span))).unwrap_or(opener);
            let base = Base { name: Some(name(unit, term)), operator: None, place: None, rule };
            fill(unit, &mut slots, Some(term), &base, page, &own);
            slots.remove("operator");
            let mine = operators.iter().find(|agency| shared || own(agency.span));
            match mine {
                Some(agency) => {
                    put(&mut slots, "operator", unit.passage.slot(agency.span, agency.key.clone()));
                }
                None => known
                    .and_then(|anchor| anchor.operator.clone())
                    .into_iter()
                    .for_each(|slot| put(&mut slots, "operator", slot)),
            }
            unit.frame("post", slots, unit.status(page), rule)
        })
        .collect()
}

/// One frame a place; what stands nearest to a place goes to it.
pub(super) fn build(
    unit: &Unit,
    found: &[&PlaceAt],
    opener: Option<&TermAt>,
    base: &Base,
    page: &Page,
) -> Vec<Frame> {
    if found.is_empty() {
        let mut slots = Slots::new();
        if let Some(place) = &base.place {
            put(&mut slots, "place", place.clone());
        }
        fill(unit, &mut slots, opener, base, page, &|_| true);
        let enough = ["place", "address", "phone"].iter().any(|name| slots.contains_key(*name));
        return if enough {
            vec![unit.frame("post", slots, unit.status(page), base.rule)]
        } else {
            Vec::new()
        };
    }
    found
        .iter()
        .map(|place| {
            let mut slots = Slots::new();
            put(&mut slots, "place", unit.passage.slot(place.span, place.key.clone()));
            let own = |span: Span| {
                let nearest =
                    found.iter().min_by_key(|other| (gap(other.span, span), other.span.start > span.start));
                nearest.is_none_or(|nearest| nearest.span == place.span)
            };
            fill(unit, &mut slots, opener, base, page, &own);
            unit.frame("post", slots, unit.status(page), base.rule)
        })
        .collect()
}

/// Fills the slots of one post; `own` tells which spans belong to its place.
pub(super) fn fill(
    unit: &Unit,
    slots: &mut Slots,
    opener: Option<&TermAt>,
    base: &Base,
    page: &Page,
    own: &dyn Fn(Span) -> bool,
) {
    let passage = unit.passage;
    if let Some(name) = &base.name {
        put(slots, "name", name.clone());
    }
    let near = opener.map_or(unit.span, |term| term.span);
    let operators: Vec<_> = unit.operators().collect();
    let mine: Vec<_> = operators.iter().filter(|agency| own(agency.span)).collect();
    let operator = if operators.len() > 1 && !mine.is_empty() { mine } else { operators.iter().collect() };
    match operator.iter().min_by_key(|agency| (gap(agency.span, near), agency.span.start)) {
        Some(agency) => put(slots, "operator", passage.slot(agency.span, agency.key.clone())),
        None => base.operator.iter().for_each(|slot| put(slots, "operator", slot.clone())),
    }
    for found in passage.of(MentionKind::Address, unit.span).filter(|found| own(found.span)) {
        put(slots, "address", found.slot());
    }
    phones(unit, slots, page, own);
    for found in passage
        .of(MentionKind::Person, unit.span)
        .filter(|found| found.rule == "person:head" && own(found.span))
    {
        put(slots, "head", found.slot());
    }
    for found in passage.of(MentionKind::Organisation, unit.span).filter(|found| own(found.span)) {
        let speaks = unit.voice().phrase.is_some_and(|phrase| phrase.contains(&found.span));
        let side = sided(&found.text, page.lens, page.day).side;
        if !speaks && !matches!(side, Side::Ngo | Side::Outlet) {
            put(slots, "host_body", found.slot());
        }
    }
    own_body(unit, page).into_iter().for_each(|slot| put(slots, "host_body", slot));
    for term in unit.terms_of(TermKind::Service) {
        put(slots, "services", passage.slot(term.span, page.lens.terms[term.number].sense()));
    }
    for term in unit.terms_of(TermKind::Award) {
        put(slots, "award", passage.slot(term.span, page.lens.terms[term.number].sense()));
    }
    days(unit, slots, page, own);
}

/// Telephones; a national one takes the country of the post's place.
fn phones(unit: &Unit, slots: &mut Slots, page: &Page, own: &dyn Fn(Span) -> bool) {
    let gazetteer = &page.lens.gazetteer;
    let country = slots
        .get("place")
        .and_then(|list| list.first())
        .and_then(|slot| gazetteer.by_key(&slot.key))
        .and_then(|place| gazetteer.country_of(place));
    for found in unit.passage.of(MentionKind::Phone, unit.span).filter(|found| own(found.span)) {
        let mut slot = found.slot();
        if found.rule != "phone:international" && !found.text.trim_start_matches('(').starts_with(['+', '＋'])
        {
            let digits: String = fold(&found.text).chars().filter(char::is_ascii_digit).collect();
            if !digits.starts_with("00")
                && let Some((key, _)) =
                    country.and_then(|country| crate::phones::national(&digits, country, gazetteer))
            {
                slot.key = key;
            }
        }
        if !slot.key.is_empty() {
            put(slots, "phone", slot);
        }
    }
}

fn holds(unit: &Unit, kinds: &[MentionKind]) -> bool {
    kinds.iter().any(|kind| unit.passage.of(*kind, unit.span).next().is_some())
}

fn short(unit: &Unit) -> bool {
    unit.span.len() <= 60
}

/// Endings of post, station, centre, bureau, comisaría, oficina, centro, kantoor in the plural.
const PLURALS: [&str; 12] =
    ["ions", "osts", "ces", "ters", "tres", "aus", "ias", "ones", "inas", "tros", "osten", "oren"];
static MANY: List =
    list!["多个", "多国", "数十", "一些", "若干", "各国", "多处", "等国", "全球", "这些", "此类", "多處"];

/// A plural means posts in general.
fn plural(term: &str, unit: &Unit) -> bool {
    let folded = fold(term);
    if folded.chars().any(is_han) {
        return MANY.within(&fold(&unit.text()));
    }
    folded.split_whitespace().any(|word| PLURALS.iter().any(|ending| word.ends_with(ending)))
}

/// Determiners before a noun that means a post already named, folded.
static DEFINITE: List = list![
    "the", "this", "that", "its", "het", "de", "dit", "dat", "deze", "el", "la", "este", "esta", "ese",
    "esa", "dicho", "dicha", "del", "该", "此", "这个", "这家", "这一", "上述", "aquella", "aquel",
];

static BEGINS: List = list!["该", "此", "the ", "this ", "el ", "este ", "dicho "];

/// Sentences that mean a post by a plain noun: “the bureau in X”, 该站, “dicha oficina”.
fn by_noun(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    if !memory.knows_posts() || matches!(unit.passage.block.kind, BlockKind::Heading | BlockKind::Title) {
        return Vec::new();
    }
    let each = each_of(unit, memory, page);
    if !each.is_empty() || counted(unit) {
        return each;
    }
    let Some(noun) = unit.terms_of(TermKind::PostNameNoun).find(|term| definite(unit, term)) else {
        return Vec::new();
    };
    // An embassy's office or a company's branch is not the post.
    let owner = unit.passage.terms_in(unit.span).any(|term| {
        term.kind == TermKind::Body && gap(term.span, noun.span) <= 4 && term.span.end <= noun.span.start
    });
    if owner {
        return Vec::new();
    }
    let found = places::of_post(unit, Some(noun.span), page);
    let close: Vec<&PlaceAt> = found.into_iter().filter(|place| gap(place.span, noun.span) <= 6).collect();
    let slot = Some(memory.full_name(name(unit, noun)));
    if !close.is_empty() {
        let operator = only_operator(memory, page);
        return build(
            unit,
            &close,
            None,
            &Base { name: slot, operator, place: None, rule: "post:noun" },
            page,
        );
    }
    let [anchor] = memory.referred() else { return Vec::new() };
    if anchor.place.is_none() {
        return Vec::new();
    }
    let base = Base {
        name: anchor.name.clone(),
        operator: anchor.operator.clone(),
        place: anchor.place.clone(),
        rule: "post:coreference",
    };
    let mut frames = build(unit, &[], None, &base, page);
    // A sentence that adds nothing is no statement about the post.
    frames.retain(|frame| unit.modality() == Modality::Denied || adds(frame));
    frames
}

/// Whether a noun is definite: 该站, “the bureau”, “dicha oficina”.
pub(crate) fn definite(unit: &Unit, noun: &TermAt) -> bool {
    let folded = fold(&noun.text);
    if BEGINS.iter().any(|word| folded.starts_with(word)) {
        return true;
    }
    let from = noun.span.start.saturating_sub(9).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, noun.span.start)));
    let before = before.trim_end();
    if folded.chars().any(is_han) {
        return true;
    }
    DEFINITE.ends(before)
}
