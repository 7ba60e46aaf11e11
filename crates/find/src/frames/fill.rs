//! Fills the slots of posts: what stands nearest to a place goes to it.

use super::Page;
use super::award;
use super::days::days;
use super::host::own_body;
use super::post::Base;
use super::unit::{Slots, Unit, put};
use crate::found::{PlaceAt, TermAt, gap};
use crate::side::sided;
use crate::words::{List, list};
use plainsight_lens::TermKind;
use plainsight_model::{Frame, MentionKind, Side, Slot, Span};
use plainsight_resolve::{AgencySlots, country_adjective};
use plainsight_text::fold;

/// One frame a place; what stands nearest to a place goes to it.
pub(super) fn build(
    unit: &Unit,
    found: &[&PlaceAt],
    opener: Option<&TermAt>,
    base: &Base,
    page: &Page,
) -> Vec<Frame> {
    build_own(unit, found, opener, base, page, &|_| true)
}

/// The same, where only what `mine` agrees to is said of these posts.
pub(super) fn build_own(
    unit: &Unit,
    found: &[&PlaceAt],
    opener: Option<&TermAt>,
    base: &Base,
    page: &Page,
    mine: &dyn Fn(Span) -> bool,
) -> Vec<Frame> {
    if found.is_empty() {
        let mut slots = Slots::new();
        if let Some(place) = &base.place {
            put(&mut slots, "place", place.clone());
        }
        fill(unit, &mut slots, opener, base, page, mine);
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
                mine(span)
                    && (nearest.is_none_or(|nearest| nearest.span == place.span) || of_all(unit, found, span))
            };
            fill(unit, &mut slots, opener, base, page, &own);
            unit.frame("post", slots, unit.status(page), base.rule)
        })
        .collect()
}

/// Words with which a clause speaks of all that were just named, folded.
static OF_ALL: List = list![
    "均",
    "皆",
    "都",
    "同时",
    "both",
    "all of them",
    "allebei",
    "beide",
    "alle drie",
    "ambos",
    "ambas",
    "los tres",
    "las tres",
    "las dos",
    "los dos",
];

/// 分别在那不勒斯和维也纳，均于去年启用: what stands behind such a word is said of every place before it.
fn of_all(unit: &Unit, found: &[&PlaceAt], span: Span) -> bool {
    let last = found.iter().map(|place| place.span.end).max().unwrap_or(unit.span.end);
    found.len() > 1
        && last <= span.start
        && OF_ALL.within(&fold(&unit.passage.cut(Span::new(last, span.start))))
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
    if page.operators == 0 && !slots.contains_key("operator") {
        let police = base.name.as_ref().and_then(|name| police_of_a_state(name, slots, page));
        police.into_iter().for_each(|slot| put(slots, "operator", slot));
    }
    let numbered = unit.addresses().any(|found| own(found.span));
    for found in passage.of(MentionKind::Address, unit.span).filter(|found| own(found.span)) {
        if !numbered || found.numbered() {
            put(slots, "address", found.slot());
        }
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
    if !slots.contains_key("host_body") {
        unit.terms_of(TermKind::HostBody)
            .filter(|term| own(term.span) && hosts(unit, term))
            .take(1)
            .for_each(|term| put(slots, "host_body", passage.slot(term.span, fold(&term.text))));
    }
    for term in unit.terms_of(TermKind::Service) {
        put(slots, "services", passage.slot(term.span, page.lens.terms[term.number].sense()));
    }
    award::awards(unit, page, own).into_iter().for_each(|slot| put(slots, "award", slot));
    days(unit, slots, page, own);
}

/// “Oficina de la policía china”, “Chinese police post”: a post's name says whose it is, where the page names no body.
fn police_of_a_state(name: &Slot, slots: &Slots, page: &Page) -> Option<Slot> {
    const POLICE: [&str; 3] = ["police", "politie", "policia"];
    let gazetteer = &page.lens.gazetteer;
    let host = slots.get("place")?.first().and_then(|place| gazetteer.by_key(&place.key));
    let host = host.and_then(|place| gazetteer.country_of(place));
    let words: Vec<String> = name.text.split(' ').map(fold).collect();
    let police = |word: &String| POLICE.contains(&word.as_str());
    let state = words.windows(2).find_map(|pair| {
        let adjective = if police(&pair[0]) { &pair[1] } else { &pair[0] };
        let code = country_adjective(adjective).filter(|_| pair.iter().any(police))?;
        gazetteer.by_key(code).filter(|state| Some(*state) != host)
    })?;
    let slots = AgencySlots {
        code: gazetteer.key(state),
        function: "public-security".to_owned(),
        ..AgencySlots::default()
    };
    Some(Slot { key: slots.key(), inferred: true, ..name.clone() })
}

/// Words between which and a host's nothing but an article stands, folded: “boven een reisbureau”, 由商会.
static AT_HOST: List = list![
    "in",
    "at",
    "inside",
    "above",
    "behind",
    "under",
    "by",
    "of",
    "with",
    "bij",
    "boven",
    "onder",
    "achter",
    "door",
    "en",
    "sobre",
    "encima de",
    "detras de",
    "por",
    "con",
    "由",
    "在",
    "挂靠",
    "依托",
    "委托",
    "于",
    "与",
    "借用",
    "租用",
    "租下",
    "inside of",
    "encima del",
    "detras del",
    "debajo de",
    "debajo del",
    "dentro de",
    "del local de",
    "beneath",
    "below",
    "next to",
    "naast",
];

/// Articles and measure words before a plain word for a host.
const BETWEEN: [&str; 16] = [
    "a", "an", "the", "een", "de", "het", "un", "una", "la", "el", "los", "del", "一间", "一家", "一个",
    "当地",
];

/// Whether a plain word for an association or a room stands where the host of a post does.
fn hosts(unit: &Unit, term: &TermAt) -> bool {
    let from = term.span.start.saturating_sub(16).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, term.span.start)));
    let before = before.trim_end();
    let bare = BETWEEN.iter().find_map(|word| {
        let rest = before.strip_suffix(fold(word).as_str())?;
        (rest.ends_with(' ') || !word.is_ascii()).then_some(rest)
    });
    let bare = bare.unwrap_or(before);
    AT_HOST.ends(bare.trim_end()) || in_its_rooms(unit, term) || counted_room(unit, term, before)
}

/// Words for a part of a house directly behind whose house it is, folded: 教会的地下室, 旅行社楼上.
static ROOMS: List =
    list!["地下室", "楼上", "楼下", "二楼", "三楼", "四楼", "里间", "后间", "后院", "阁楼", "内", "里", "旁"];

/// Whether a part of the host's house follows, which says that something is there.
fn in_its_rooms(unit: &Unit, term: &TermAt) -> bool {
    let to = (term.span.end + 4).min(unit.span.end);
    let after = fold(&unit.passage.cut(Span::new(term.span.end, to)));
    let after = after.strip_prefix('的').unwrap_or(&after);
    term.text.chars().any(plainsight_text::is_han) && ROOMS.iter().any(|room| after.starts_with(room))
}

/// Words for one of a kind before a host that is not named, folded: 在巴黎租下一间钟表行.
static ONE: List = list!["一间", "一家", "一个", "一所", "一座", "某"];

/// Words that say a body took rooms, folded.
static TOOK: List = list!["租下", "租用", "借用", "经营", "设在", "设于", "开在", "藏身"];

/// Whether it is one of a kind that somebody took for the post.
fn counted_room(unit: &Unit, term: &TermAt, before: &str) -> bool {
    let near: String = before.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    term.text.chars().any(plainsight_text::is_han)
        && ONE.within(&near)
        && TOOK.within(&fold(&unit.passage.cut(Span::new(unit.span.start, term.span.start))))
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
