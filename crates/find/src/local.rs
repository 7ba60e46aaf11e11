//! What words mean in this document alone: bodies of places that no gazetteer
//! has, 市局 for the only body named, 米兰站 where a page is about such posts.

use crate::exclusions;
use crate::found::{AgencyAt, Passage, TermAt};
use crate::words::{List, list};
use plainsight_lens::{Gazetteer, Lens, PlaceRef, Strength, TermKind};
use plainsight_model::{BlockKind, Side, Span};
use plainsight_resolve::country_adjective;
use plainsight_text::{fold, is_han};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Settles them in all blocks of a document.
pub(crate) fn settle(passages: &mut [Passage], lens: &Lens) {
    unplaced(passages, lens);
    own_bodies(passages);
    stations(passages, lens);
}

/// Words of a Chinese body that stand for nobody else's, folded.
static CHINESE: List =
    list!["公安", "国安", "国家安全", "public security", "openbare veiligheid", "seguridad publica"];

/// A body of a place that no gazetteer has may operate a post where its form is
/// a sending state's own, or where the text sets its place in that state.
fn unplaced(passages: &mut [Passage], lens: &Lens) {
    let acting = &lens.settings.sending.acting;
    let sending = lens.gazetteer.by_key(&lens.settings.sending.default);
    let candidate = |agency: &AgencyAt| {
        agency.slots.place.is_none()
            && !agency.slots.code.is_empty()
            && acting.contains(&agency.slots.function)
    };
    let names: BTreeSet<String> = passages
        .iter()
        .flat_map(|passage| passage.agencies.iter().filter(|agency| candidate(agency)))
        .map(|agency| agency.slots.code.clone())
        .collect();
    if names.is_empty() {
        return;
    }
    let hosts = hosts(passages);
    // The only state that the text names beside its towns' own is whose body it is.
    let named: BTreeSet<PlaceRef> =
        passages.iter().flat_map(|passage| states(passage, None, &hosts, lens)).collect();
    let only = named.first().copied().filter(|_| named.len() == 1);
    let placed: BTreeMap<&String, PlaceRef> = names
        .iter()
        .filter_map(|name| {
            let mut beside = passages.iter().flat_map(|passage| states(passage, Some(name), &hosts, lens));
            Some((name, beside.next().or(only)?))
        })
        .collect();
    for agency in passages.iter_mut().flat_map(|passage| passage.agencies.iter_mut()) {
        if !candidate(agency) {
            continue;
        }
        let own = sending.filter(|_| CHINESE.within(&fold(&agency.text)));
        if let Some(country) = placed.get(&agency.slots.code).copied().or(own) {
            agency.operator = true;
            agency.country = Some(country);
            agency.side = Side::SendingBody;
        }
    }
}

/// The states of the towns that the document names.
fn hosts(passages: &[Passage]) -> BTreeSet<PlaceRef> {
    let towns = passages.iter().flat_map(|passage| &passage.places).filter(|place| !place.is_country);
    towns.filter_map(|place| place.country).collect()
}

/// The states that a block names, by name or adjective, which are none of the hosts; with `beside`
/// only in sentences that hold that name.
fn states(passage: &Passage, beside: Option<&str>, hosts: &BTreeSet<PlaceRef>, lens: &Lens) -> Vec<PlaceRef> {
    let gazetteer = &lens.gazetteer;
    let mut out = Vec::new();
    for sentence in &passage.sentences {
        let folded = fold(&passage.cut(*sentence));
        if beside.is_some_and(|name| !folded.contains(name)) {
            continue;
        }
        let words = folded.split(|c: char| !c.is_alphanumeric());
        out.extend(words.filter_map(|word| gazetteer.by_key(country_adjective(word)?)));
        out.extend(
            passage.places_in(*sentence).filter(|place| place.is_country).filter_map(|place| place.country),
        );
    }
    out.retain(|state| !hosts.contains(state));
    out
}

/// 市公安局, 省厅, 县局: the body of a division whose name was said before.
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(省|市|县|縣|区|區|州)(?:公安[厅廳局]|警察[厅廳局]|[厅廳局](?:党委|黨委|领导|領導)?)")
        .expect("a pattern of this file, compiled in its tests")
});

/// Characters before which 市 begins no longer name.
const BORDERS: &str =
    "在由与與和及是为為于於被将將向对對经經的了从從据據让讓给給到至称稱说說也有经經等该該本全各因受对";

/// Takes 市公安局 for the only operator whose division ends so.
fn own_bodies(passages: &mut [Passage]) {
    let mut named: BTreeMap<String, AgencyAt> = BTreeMap::new();
    for agency in passages.iter().flat_map(|passage| &passage.agencies).filter(|agency| agency.operator) {
        named.entry(agency.key.clone()).or_insert_with(|| agency.clone());
    }
    for passage in passages.iter_mut() {
        let text: String = passage.letters.iter().collect();
        let mut found = Vec::new();
        for hit in OWN.captures_iter(&text) {
            let (Some(whole), Some(kind)) = (hit.get(0), hit.get(1)) else { continue };
            let from = text[..whole.start()].chars().count();
            let span =
                Span::new(passage.start() + from, passage.start() + from + whole.as_str().chars().count());
            let before = from.checked_sub(1).map(|at| passage.letters[at]);
            let bordered = before.is_none_or(|c| !is_han(c) || BORDERS.contains(c));
            let taken = passage.agencies.iter().any(|agency| agency.span.overlaps(&span));
            let mut fitting =
                named.values().filter(|agency| fold(&agency.text).contains(&fold(kind.as_str())));
            if let (true, false, Some(agency), None) = (bordered, taken, fitting.next(), fitting.next()) {
                found.push(AgencyAt { span, text: whole.as_str().to_owned(), ..agency.clone() });
            }
        }
        passage.agencies.extend(found);
        passage.agencies.sort_by_key(|agency| (agency.span.start, agency.span.end));
    }
}

/// What a post is called for short behind its town, longest first.
const HAN_NOUNS: [&str; 22] = [
    "警务服务站",
    "警侨服务站",
    "警务站",
    "服务中心",
    "服务站",
    "服务点",
    "联络站",
    "联络点",
    "联络处",
    "工作站",
    "办事处",
    "办公点",
    "站点",
    "驿站",
    "分站",
    "分点",
    "站",
    "點",
    "点",
    "處",
    "处",
    "中心",
];

/// Behind one character nouns no word may go on: 米兰点心, 里昂处处.
const GOES_ON: &str = "心名评評击擊明理分置境在长長台臺";

/// What a post is called for short before or behind its town.
static LATIN_NOUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:police station|service station|station|servicepunt|steunpunt|contactpunt|meldpunt|punt|buitenpost|politiepost|servicepost|post|loket|desk|service point|point|outpost|estación|estacion|punto|puesto|stations|posts|points|desks|offices|posten|punten|loketten|estaciones|puntos|oficinas|puestos)$",
    )
    .expect("a pattern of this file, compiled in its tests")
});

/// Such nouns in the plural.
static MANY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:stations|posts|points|desks|offices|posten|punten|loketten|estaciones|puntos|oficinas|puestos)\b")
        .expect("a pattern of this file, compiled in its tests")
});

/// Adds names such as 米兰站 or “station Tilburg” in a document that names such
/// posts in full: a town abroad with the plain noun directly beside it.
fn stations(passages: &mut [Passage], lens: &Lens) {
    let all = || passages.iter().flat_map(|passage| &passage.terms);
    let operated = || passages.iter().any(|passage| passage.agencies.iter().any(|agency| agency.operator));
    // Where a body that polices is named, a plain noun for its office says enough.
    let plain = || {
        all().find(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun).filter(|_| operated())
    };
    let Some(full) = all().find(|term| names_a_post(term)).or_else(plain).cloned() else { return };
    let kind = if full.kind.is_post() { full.kind } else { TermKind::PostName };
    let full = TermAt { kind, strength: Strength::Strong, ..full };
    let gazetteer = &lens.gazetteer;
    for passage in passages.iter_mut() {
        let mut found: Vec<TermAt> = Vec::new();
        for at in 0..passage.places.len() {
            let place = &passage.places[at];
            if place.inside || at_home(place.place, gazetteer) {
                continue;
            }
            let span =
                if place.text.chars().any(is_han) { han_name(passage, at) } else { latin_name(passage, at) };
            let Some(span) = span else { continue };
            // A headline about posts in several towns is no statement about each.
            let headline = matches!(passage.block.kind, BlockKind::Title | BlockKind::Heading);
            if headline && MANY.is_match(&passage.cut(span)) {
                continue;
            }
            let sentence = passage.sentences.iter().find(|sentence| sentence.contains(&span));
            // A talent station or a mediation point in that town is what its own sentence says.
            let other = sentence.is_some_and(|sentence| exclusions::any(passage, *sentence));
            let known = passage.terms.iter().any(|term| term.kind.is_post() && term.span.overlaps(&span));
            if !other && !known && found.iter().all(|term| !term.span.overlaps(&span)) {
                found.push(TermAt { span, text: passage.cut(span), ..full.clone() });
            }
        }
        passage.terms.extend(found);
        passage.terms.sort_by_key(|term| (term.span.start, term.span.end));
    }
}

fn names_a_post(term: &TermAt) -> bool {
    matches!(term.kind, TermKind::PostName | TermKind::PostNameOutside) && term.strength == Strength::Strong
}

fn at_home(place: PlaceRef, gazetteer: &Gazetteer) -> bool {
    gazetteer.country_of(place).is_some_and(|country| gazetteer.has_divisions(country))
}

/// 意大利米兰站: the town, the country directly before it, and the noun directly behind.
fn han_name(passage: &Passage, at: usize) -> Option<Span> {
    let place = &passage.places[at];
    let from = place.span.end - passage.start();
    let rest: String = passage.letters[from..].iter().take(12).collect();
    let Some(noun) = HAN_NOUNS.iter().find(|noun| rest.starts_with(**noun)) else {
        return quarter(passage, at, &rest);
    };
    let length = noun.chars().count();
    let next = rest.chars().nth(length);
    if length == 1 && *noun != "站" && next.is_some_and(|c| is_han(c) && GOES_ON.contains(c))
        || *noun == "站" && next == Some('台')
    {
        return None;
    }
    let before = passage.places.iter().find(|other| other.span.end == place.span.start && other.is_country);
    Some(Span::new(before.map_or(place.span.start, |country| country.span.start), place.span.end + length))
}

/// ◇马德里城北站：a part of the town stands between, at the begin of an item.
fn quarter(passage: &Passage, at: usize, rest: &str) -> Option<Span> {
    let place = &passage.places[at];
    let before = &passage.letters[..place.span.start - passage.start()];
    let begins = before.iter().all(|c| !is_han(*c) && !c.is_alphabetic());
    let inner: Vec<char> = rest.chars().take_while(|c| is_han(*c)).collect();
    let next = rest.chars().nth(inner.len());
    let ends = inner.last().is_some_and(|c| matches!(c, '站' | '点' | '處' | '处' | '點'))
        && (2..=6).contains(&inner.len());
    (begins
        && ends
        && next.is_none_or(|c| matches!(c, '：' | ':' | '，' | '、' | '（' | '(' | '　' | ' ' | '\t')))
    .then(|| Span::new(place.span.start, place.span.end + inner.len()))
}

/// “station Tilburg”, “het punt in Lyon”, “estación de Lisboa”, “Milan desk”.
fn latin_name(passage: &Passage, at: usize) -> Option<Span> {
    let place = &passage.places[at];
    let start = place.span.start - passage.start();
    let window = start.saturating_sub(28);
    let before: String = passage.letters[window..start].iter().collect();
    let trimmed = ["in", "de", "en", "van", "of", ""].iter().find_map(|link| {
        let rest = before.trim_end();
        let rest = if link.is_empty() {
            rest
        } else {
            rest.strip_suffix(link).filter(|rest| rest.ends_with(' '))?.trim_end()
        };
        let noun = LATIN_NOUN.find(rest)?;
        Some(rest[..noun.start()].chars().count())
    });
    if let Some(skipped) = trimmed {
        return Some(Span::new(passage.start() + window + skipped, place.span.end));
    }
    let from = place.span.end - passage.start();
    let after: String = passage.letters[from..].iter().take(10).collect();
    let behind = [" desk", " station", " post", " point", " outpost", " office", "-post", "-punt"]
        .iter()
        .find(|noun| {
            after.starts_with(**noun) && !after[noun.len()..].starts_with(|c: char| c.is_alphanumeric())
        })?;
    Some(Span::new(place.span.start, place.span.end + behind.chars().count()))
}
