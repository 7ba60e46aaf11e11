//! What words mean in this document alone: bodies of places that no gazetteer
//! has, 市局 and “the police of that city” for the only body named.

use crate::divisions::state_beside;
use crate::found::{AgencyAt, Passage};
use plainsight_lens::{Lens, PlaceRef, Strength, TermKind};
use plainsight_model::{Side, Span};
use plainsight_resolve::{AgencySlots, country_adjective};
use plainsight_text::{Chars, fold, is_han};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// So many names of unknown places are looked up in the text; a page with more is a list of names.
const MOST_NAMES: usize = 100;

/// A body of a place that no gazetteer has may operate a post where its form is
/// a sending state's own, or where the text sets its place in that state.
pub(crate) fn unplaced(passages: &mut [Passage], lens: &Lens) {
    let sending = &lens.settings.sending;
    let candidate = |agency: &AgencyAt| {
        agency.slots.place.is_none()
            && !agency.slots.code.is_empty()
            && sending.acting.contains(&agency.slots.function)
    };
    let agencies = passages.iter().flat_map(|passage| &passage.agencies).filter(|agency| candidate(agency));
    let names: BTreeSet<String> = agencies.map(|agency| agency.slots.code.clone()).collect();
    if names.is_empty() {
        return;
    }
    let placed = states_of(names, passages, lens);
    let own: Vec<String> = sending.own.iter().map(|word| fold(word)).collect();
    let default = lens.gazetteer.by_key(&sending.default);
    for agency in passages.iter_mut().flat_map(|passage| passage.agencies.iter_mut()) {
        if !candidate(agency) {
            continue;
        }
        let text = fold(&agency.text);
        let by_form = default.filter(|_| own.iter().any(|word| text.contains(word)));
        if let Some(country) = placed.get(&agency.slots.code).copied().or(by_form) {
            agency.operator = true;
            agency.country = Some(country);
            agency.side = Side::SendingBody;
        }
    }
}

/// The state of each of these names of unknown places: one that is no host and is named in a sentence with it,
/// else the only such state of the document.
pub(crate) fn states_of(
    names: BTreeSet<String>,
    passages: &[Passage],
    lens: &Lens,
) -> BTreeMap<String, PlaceRef> {
    if names.is_empty() {
        return BTreeMap::new();
    }
    let hosts = hosts(passages);
    let named: Vec<(String, Vec<PlaceRef>)> =
        passages.iter().flat_map(|passage| states(passage, &hosts, lens)).collect();
    // The only state that the text names beside its towns' own is whose body it is.
    let states: BTreeSet<PlaceRef> = named.iter().flat_map(|(_, states)| states).copied().collect();
    let only = states.first().copied().filter(|_| states.len() == 1);
    names
        .into_iter()
        .take(MOST_NAMES)
        .filter_map(|name| {
            let beside = named.iter().find(|(sentence, _)| sentence.contains(&name));
            let state = beside.map(|(_, states)| states[0]).or(only)?;
            Some((name, state))
        })
        .collect()
}

/// The states of the towns that the document names.
fn hosts(passages: &[Passage]) -> BTreeSet<PlaceRef> {
    let towns = passages.iter().flat_map(|passage| &passage.places).filter(|place| !place.is_country);
    let mut hosts: BTreeSet<PlaceRef> = towns.filter_map(|place| place.country).collect();
    // The state whose embassy is spoken of is not the one in which it is.
    for agency in passages.iter().flat_map(|passage| &passage.agencies) {
        if agency.slots.function == "mission"
            && let Some(sender) = agency.country
        {
            hosts.remove(&sender);
        }
    }
    hosts
}

/// The sentences of a block, folded, that name states by name or adjective, with those states that are none of the hosts.
fn states(passage: &Passage, hosts: &BTreeSet<PlaceRef>, lens: &Lens) -> Vec<(String, Vec<PlaceRef>)> {
    let gazetteer = &lens.gazetteer;
    let mut out = Vec::new();
    for sentence in &passage.sentences {
        let folded = fold(&passage.cut(*sentence));
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let mut found: Vec<PlaceRef> =
            words.filter_map(|word| gazetteer.by_key(country_adjective(word)?)).collect();
        let from = passage.places.partition_point(|place| place.span.start < sentence.start);
        let inside = passage.places[from..].iter().take_while(|place| place.span.end <= sentence.end);
        found.extend(inside.filter(|place| place.is_country).filter_map(|place| place.country));
        found.retain(|state| !hosts.contains(state));
        if !found.is_empty() {
            out.push((folded, found));
        }
    }
    out
}

/// 市公安局, 省厅, 县局: the body of a division whose name was said before.
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(省|市|县|縣|区|區|州)(?:公安[厅廳局]|警察[厅廳局]|[厅廳局](?:党委|黨委|领导|領導)?)")
        .expect("a pattern of this file, compiled in its tests")
});

/// Characters before which 市 begins no longer name.
const BORDERS: &str =
    "在由与與和及是为為于於被将將向对對经經的了从從据據让讓给給到至称稱说說也有等该該本全各因受";

/// Takes 市公安局 for the only operator whose division ends so.
pub(crate) fn own_bodies(passages: &mut [Passage]) {
    let mut named: BTreeMap<String, AgencyAt> = BTreeMap::new();
    let whole = |agency: &&AgencyAt| agency.operator && agency.slots.branch.is_empty();
    for agency in passages.iter().flat_map(|passage| &passage.agencies).filter(whole) {
        named.entry(agency.key.clone()).or_insert_with(|| agency.clone());
    }
    if named.is_empty() {
        // 石埠派出所 of 槐渚县公安局: its bureau was named with it.
        for agency in passages.iter().flat_map(|passage| &passage.agencies).filter(|agency| agency.operator) {
            let slots = AgencySlots {
                branch: String::new(),
                organ: "bureau".to_owned(),
                level: None,
                ..agency.slots.clone()
            };
            named.entry(slots.key()).or_insert_with(|| AgencyAt {
                key: slots.key(),
                slots,
                ..agency.clone()
            });
        }
    }
    let mut of_kind: BTreeMap<String, Option<AgencyAt>> = BTreeMap::new();
    let only = named.values().next().filter(|_| named.len() == 1);
    for passage in passages.iter_mut() {
        let text: String = passage.letters.iter().collect();
        let mut found = Vec::new();
        found.extend(only.into_iter().flat_map(|agency| ours(passage, &text, agency)));
        let (mut byte, mut at) = (0, 0);
        for hit in OWN.captures_iter(&text) {
            let (Some(whole), Some(kind)) = (hit.get(0), hit.get(1)) else { continue };
            at += text[byte..whole.start()].chars().count();
            byte = whole.start();
            let start = passage.start() + at;
            let span = Span::new(start, start + whole.as_str().chars().count());
            let before = at.checked_sub(1).map(|at| passage.letters[at]);
            let bordered = before.is_none_or(|c| !is_han(c) || BORDERS.contains(c));
            // Bodies stand by position and do not overlap.
            let next = passage.agencies.partition_point(|agency| agency.span.end <= span.start);
            let taken = passage.agencies.get(next).is_some_and(|agency| agency.span.overlaps(&span));
            let ending = fold(kind.as_str());
            let meant = of_kind.entry(ending.clone()).or_insert_with(|| {
                let mut fitting = named.values().filter(|agency| fold(&agency.text).contains(&ending));
                fitting.next().filter(|_| fitting.next().is_none()).cloned()
            });
            if let (true, false, Some(agency)) = (bordered, taken, meant) {
                found.push(AgencyAt { span, text: whole.as_str().to_owned(), ..agency.clone() });
            }
        }
        passage.agencies.extend(found);
        passage.agencies.sort_by_key(|agency| (agency.span.start, agency.span.end));
        passage.agencies.dedup_by(|b, a| a.span.overlaps(&b.span));
    }
}

/// Where a text says 我局 for a body.
fn ours(passage: &Passage, text: &str, agency: &AgencyAt) -> Vec<AgencyAt> {
    let hits: Vec<regex::Match> = OURS.find_iter(text).collect();
    if hits.is_empty() {
        return Vec::new();
    }
    let chars = Chars::new(text);
    let body = |hit: regex::Match| {
        let at = chars.code_point(hit.start());
        let before = at.checked_sub(1).map(|at| passage.letters[at]);
        // 日本局势 holds no 本局.
        let bordered = before.is_none_or(|c| !is_han(c) || BORDERS.contains(c));
        let span = Span::new(passage.start() + at, passage.start() + chars.code_point(hit.end()));
        bordered.then(|| AgencyAt { span, text: hit.as_str().to_owned(), ..agency.clone() })
    };
    hits.into_iter().filter_map(body).collect()
}

/// A body by one of the sending state's own words, of a division that the page does not name.
fn nameless(span: Span, text: &str, country: Option<PlaceRef>) -> AgencyAt {
    let slots = AgencySlots {
        function: "public-security".to_owned(),
        organ: "bureau".to_owned(),
        ..AgencySlots::default()
    };
    AgencyAt {
        span,
        text: text.to_owned(),
        key: slots.key(),
        side: Side::SendingBody,
        slots,
        country,
        operator: true,
    }
}

/// 我局, 本局: on the page of a bureau, or in what it says.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[我本](?:[市县縣区區州省]?公安局|局)")
        .expect("a pattern of this file, compiled in its tests")
});

/// “De politie van die stad”, “la policía de ese condado”, “our police”: the body of a division whose name was said
/// before.
static OF_THAT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:our (?:county |city |district )?(?:police|public security)(?: bureau| department| office)?|onze politie(?:bureau|dienst)?|ons politiebureau|nuestra (?:oficina de )?policía)\b|\b(?:politie|police|security bureau|bureau|policía|oficina|autoridades|autoriteiten)\s+(?:van (?:die stad|dat district|die provincie|die regio)|of (?:that|the same) (?:city|county|district|province)|de es[ae] (?:ciudad|condado|distrito|provincia))\b",
    )
    .expect("a pattern of this file, compiled in its tests")
});

/// The police of the only division whose government the document names: “our police” in what that says.
fn police_of_the_government(passages: &[Passage], lens: &Lens) -> Option<AgencyAt> {
    let mut named: BTreeMap<&str, &AgencyAt> = BTreeMap::new();
    for agency in passages.iter().flat_map(|passage| &passage.agencies) {
        if agency.slots.function == "government" && !agency.slots.code.is_empty() {
            named.entry(&agency.slots.code).or_insert(agency);
        }
    }
    let (_, agency) = named.iter().next().filter(|_| named.len() == 1)?;
    let own = agency.country.filter(|country| lens.gazetteer.has_divisions(*country));
    let beside = |passage: &Passage| {
        let mut same = passage.agencies.iter().filter(|other| other.slots.code == agency.slots.code);
        same.find_map(|other| state_beside(passage, other.span, lens))
    };
    let unknown = agency.slots.place.is_none();
    let country = own.or_else(|| passages.iter().find_map(beside).filter(|_| unknown))?;
    let function = "public-security".to_owned();
    let slots = AgencySlots { function, organ: "bureau".to_owned(), ..agency.slots.clone() };
    Some(AgencyAt {
        key: slots.key(),
        side: Side::SendingBody,
        country: Some(country),
        operator: true,
        slots,
        ..(*agency).clone()
    })
}

/// Takes “the police of that city” for the only operator named, and a body by one of the sending state's own
/// words, which names no place, for that operator or for one of that state.
pub(crate) fn plain_bodies(passages: &mut [Passage], lens: &Lens) {
    let sending = &lens.settings.sending;
    let own: Vec<String> = sending.own.iter().map(|word| fold(word)).collect();
    let mut named: BTreeMap<&str, &AgencyAt> = BTreeMap::new();
    for agency in passages.iter().flat_map(|passage| &passage.agencies).filter(|agency| agency.operator) {
        named.entry(&agency.key).or_insert(agency);
    }
    let only = named.values().next().filter(|_| named.len() == 1).map(|agency| (*agency).clone());
    let none = named.is_empty();
    let only = only.or_else(|| police_of_the_government(passages, lens).filter(|_| none));
    let default = lens.gazetteer.by_key(&sending.default);
    for passage in passages.iter_mut() {
        let mut found: Vec<AgencyAt> = Vec::new();
        if let Some(meant) = &only {
            let text: String = passage.letters.iter().collect();
            for hit in OF_THAT.find_iter(&text) {
                let start = passage.start() + text[..hit.start()].chars().count();
                let span = Span::new(start, start + hit.as_str().chars().count());
                // “Our police” is that of whoever speaks: its body or government stands in the same block.
                let ours = fold(hit.as_str());
                let ours = ours.starts_with("our ") || ours.starts_with("on") || ours.starts_with("nuestra");
                if !ours || passage.agencies.iter().any(|agency| agency.slots.code == meant.slots.code) {
                    found.push(AgencyAt { span, text: hit.as_str().to_owned(), ..meant.clone() });
                }
            }
        }
        let plain = passage.terms.iter().filter(|term| {
            let folded = fold(&term.text);
            // A ministry keeps no posts, and 公安 alone is half a word.
            term.kind == TermKind::Body
                && !folded.contains("minist")
                && folded.contains(' ')
                && own.iter().any(|word| folded.contains(word))
        });
        for term in plain {
            let meant = only.clone().or_else(|| none.then(|| nameless(term.span, &term.text, default)));
            found.extend(meant.map(|meant| AgencyAt { span: term.span, text: term.text.clone(), ..meant }));
        }
        found.retain(|new| {
            let next = passage.agencies.partition_point(|agency| agency.span.end <= new.span.start);
            passage.agencies.get(next).is_none_or(|agency| !agency.span.overlaps(&new.span))
        });
        if !found.is_empty() {
            passage.agencies.extend(found);
            passage.agencies.sort_by_key(|agency| (agency.span.start, agency.span.end));
            passage.agencies.dedup_by(|b, a| a.span.overlaps(&b.span));
        }
    }
}

/// 某市公安局海外联络站: what other bodies call theirs too is a post where the body before the name polices.
pub(crate) fn own_schemes(passages: &mut [Passage]) {
    for passage in passages {
        let bodies = passage.agencies.iter().filter(|agency| agency.operator);
        let ends: BTreeSet<usize> = bodies.map(|agency| agency.span.end).collect();
        for term in &mut passage.terms {
            if term.kind == TermKind::PostNameOther && ends.contains(&term.span.start) {
                (term.kind, term.strength) = (TermKind::PostName, Strength::Strong);
            }
        }
    }
}
