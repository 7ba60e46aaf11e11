//! Two strings: which way of comparing fits them, and the bands of the answer.

use super::cross::{meaning, person};
use super::readings::readings;
use super::similar::by_words;
use super::words::ratio;
use super::{Effect, NameMatch, NameVerdict, QUESTION, Reason};
use crate::agency::{Agency, AgencySlots, parse, related};
use crate::places::named;
use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::{fold, is_han};

/// The most that Han against Latin can be without slots that are equal by code.
const ACROSS: f64 = 0.97;

pub(super) fn compare(a: &str, b: &str, schema: Option<&str>, gazetteer: &Gazetteer) -> NameMatch {
    let (a, b) = (a.trim(), b.trim());
    if too_long(a) || too_long(b) {
        return by_bytes(a, b);
    }
    let across = has_han(a) != has_han(b);
    if plain(a) == plain(b) {
        return answer(
            1.0,
            across,
            vec![reason("name", a, b, Effect::Same, "They are the same after folding.")],
        );
    }
    let kind = schema.unwrap_or("");
    if !matches!(kind, "Person" | "Address" | "Vessel") {
        let (of_a, of_b) = (parse(a, None, gazetteer, None), parse(b, None, gazetteer, None));
        match (&of_a, &of_b) {
            (Some(x), Some(y)) => return agencies(a, b, x, y, gazetteer),
            // A body and something that is none are compared as words, but never more than a question.
            (Some(_), None) | (None, Some(_)) if kind == "PublicBody" => {
                let (score, sentence) = words(a, b, kind, gazetteer);
                let why = vec![
                    reason("organ", a, b, Effect::Empty, "Only one of them is read as a body."),
                    reason("name", a, b, alike(score), &sentence),
                ];
                return answer(score.min(0.69), across, why);
            }
            _ => {}
        }
    }
    if !matches!(kind, "Person" | "PublicBody" | "Organization" | "Company" | "Vessel")
        && let Some(found) = places(a, b, gazetteer)
    {
        return found;
    }
    let (score, sentence) = words(a, b, kind, gazetteer);
    let mut reasons = vec![reason("name", a, b, alike(score), &sentence)];
    if score >= QUESTION
        && !matches!(kind, "Person" | "Address" | "Vessel")
        && let Some((x, y)) = other_towns(a, b, gazetteer)
    {
        let sentence = format!("The one is in {x}, the other in {y}.");
        reasons.insert(0, reason("place", &x, &y, Effect::Veto, &sentence));
        return answer(score.min(OTHER_TOWN), across, reasons);
    }
    answer(score, across, reasons)
}

/// What is left to two names of bodies in different towns: a branch may carry the name of its seat.
const OTHER_TOWN: f64 = 0.2;

/// The towns abroad of two names, where both name some and none is, or lies in, one of the other.
/// A name that is a town and nothing else is no body in it.
fn other_towns(a: &str, b: &str, gazetteer: &Gazetteer) -> Option<(String, String)> {
    let towns = |name: &str| -> Vec<PlaceRef> {
        let hits = gazetteer.find(name, None);
        let letters = name.chars().count();
        let inside = hits.iter().filter(|hit| hit.end - hit.start < letters);
        let all = inside.flat_map(|hit| hit.places.iter().copied());
        all.filter(|place| gazetteer.get(*place).kind == PlaceKind::City).collect()
    };
    let (x, y) = (towns(a), towns(b));
    let near =
        |p: &PlaceRef, q: &PlaceRef| gazetteer.chain(*p).contains(q) || gazetteer.chain(*q).contains(p);
    let (first, second) = (x.first()?, y.first()?);
    let apart = x.iter().all(|p| y.iter().all(|q| !near(p, q)));
    apart.then(|| (gazetteer.get(*first).name.clone(), gazetteer.get(*second).name.clone()))
}

/// No name has more letters; the rules below would take seconds for a text of megabytes.
const LONGEST: usize = 2_000;

fn too_long(name: &str) -> bool {
    name.chars().nth(LONGEST).is_some()
}

/// Strings too long to be names are the same if every byte is, and else are not compared.
fn by_bytes(a: &str, b: &str) -> NameMatch {
    let begin = |name: &str| name.chars().take(80).collect::<String>();
    let (score, effect) = if a == b { (1.0, Effect::Same) } else { (0.0, Effect::Empty) };
    let sentence = format!("One is longer than {LONGEST} characters, no name: only equal strings count.");
    answer(score, false, vec![reason("name", &begin(a), &begin(b), effect, &sentence)])
}

fn words(a: &str, b: &str, kind: &str, gazetteer: &Gazetteer) -> (f64, String) {
    match (has_han(a), has_han(b)) {
        (true, true) => han(a, b, kind),
        (false, false) => {
            let score = by_words(a, b, matches!(kind, "Person" | ""), gazetteer);
            (score, format!("“{a}” and “{b}” compared word by word."))
        }
        (true, false) => across(a, b, kind, gazetteer),
        (false, true) => across(b, a, kind, gazetteer),
    }
}

fn across(han: &str, latin: &str, kind: &str, gazetteer: &Gazetteer) -> (f64, String) {
    let by_person = || person(han, latin);
    let by_meaning = || meaning(han, latin, gazetteer);
    match kind {
        "Person" | "Address" => by_person(),
        "" => [by_person(), by_meaning()]
            .into_iter()
            .max_by(|x, y| x.0.total_cmp(&y.0))
            .unwrap_or_else(by_person),
        _ => {
            let (meant, sounded) = (by_meaning(), by_person());
            // A company is often its sound alone.
            if sounded.0 > meant.0 && sounded.0 >= super::YES { sounded } else { meant }
        }
    }
}

/// Characters decide; the same sound with other characters is never a match.
fn han(a: &str, b: &str, kind: &str) -> (f64, String) {
    let sound = |name: &str| -> Vec<String> {
        plain(name).chars().filter_map(|c| readings(c, false).into_iter().next()).collect()
    };
    if sound(a) == sound(b) {
        return (0.1, "They sound the same but have other characters.".to_owned());
    }
    let (x, y) = (plain(a), plain(b));
    if matches!(kind, "Person" | "Address") || x.chars().count().max(y.chars().count()) <= 4 {
        return (0.1, "They have other characters.".to_owned());
    }
    let score = ratio(&x, &y);
    // One character of difference is another company as a rule.
    (score * 0.6, "They share some of their characters.".to_owned())
}

fn places(a: &str, b: &str, gazetteer: &Gazetteer) -> Option<NameMatch> {
    let across = has_han(a) != has_han(b);
    let all = |name: &str| {
        let mut found = gazetteer.named_on(&fold(name), None);
        if found.is_empty() {
            found.extend(named(name, None, gazetteer));
        }
        found
    };
    let (of_a, of_b) = (all(a), all(b));
    if of_a.is_empty() || of_b.is_empty() {
        return None;
    }
    let common = of_a.iter().find(|p| of_b.contains(p));
    Some(match common {
        Some(place) => {
            let sentence = format!("Both are names of {} in the gazetteer.", gazetteer.get(*place).name);
            let effect = if of_a[0] == of_b[0] { Effect::Same } else { Effect::Alike };
            answer(
                if effect == Effect::Same { ACROSS } else { 0.75 },
                across,
                vec![reason("place", a, b, effect, &sentence)],
            )
        }
        None => {
            let keys = |places: &[plainsight_lens::PlaceRef]| gazetteer.key(places[0]);
            let sentence =
                format!("The gazetteer has them as different places: {} and {}.", keys(&of_a), keys(&of_b));
            answer(0.05, across, vec![reason("place", a, b, Effect::Veto, &sentence)])
        }
    })
}

/// Slot by slot; one that both fill and that differs is a veto.
fn agencies(a: &str, b: &str, x: &Agency, y: &Agency, gazetteer: &Gazetteer) -> NameMatch {
    let (p, q) = (&x.slots, &y.slots);
    let place = slot("place", &p.code, &q.code);
    let nested = place.effect == Effect::Veto && related(&p.code, &q.code, gazetteer);
    let place = if nested {
        Reason {
            effect: Effect::Alike,
            sentence: format!("{} and {}: the one lies under the other.", p.code, q.code),
            ..place
        }
    } else {
        place
    };
    let level = |s: &AgencySlots| s.level.map_or("", |l| l.as_str()).to_owned();
    let mut reasons = vec![
        place,
        slot("level", &level(p), &level(q)),
        slot("function", &p.function, &q.function),
        slot("organ", &p.organ, &q.organ),
        slot("branch", &p.branch, &q.branch),
        slot("host", &p.host, &q.host),
    ];
    if nested {
        reasons[1].effect = Effect::Alike;
        reasons[1].sentence = "The levels differ because the one lies under the other.".to_owned();
    }
    // A ministry whose state is not named is of the national level all the same.
    let vetoed = reasons.iter().any(|r| r.effect == Effect::Veto);
    let placed = reasons[0].effect == Effect::Same;
    let one_sided = [4usize, 5]
        .iter()
        .any(|n| reasons[*n].effect == Effect::Empty && (reasons[*n].a.is_some() != reasons[*n].b.is_some()));
    reasons.retain(|r| r.effect != Effect::Empty || r.a.is_some() || r.b.is_some());
    let same_script = has_han(a) == has_han(b);
    if vetoed {
        return NameMatch { score: 0.05, verdict: NameVerdict::No, reasons };
    }
    let score = match (placed, nested, one_sided) {
        (_, true, _) => 0.5,
        (true, _, false) => ACROSS,
        (true, _, true) => 0.6,
        (false, ..) => 0.78,
    };
    let verdict = if placed && !one_sided { NameVerdict::Match } else { band(score, !same_script) };
    // Without a place on both sides nothing is certain, whatever the script.
    let verdict = if !placed && verdict == NameVerdict::Match { NameVerdict::Review } else { verdict };
    NameMatch { score, verdict, reasons }
}

fn slot(name: &str, a: &str, b: &str) -> Reason {
    let show = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (effect, sentence) = match (a.is_empty(), b.is_empty()) {
        (true, true) => (Effect::Empty, format!("Neither names its {name}.")),
        (true, false) | (false, true) => (Effect::Empty, format!("Only one of them names its {name}.")),
        _ if a == b => (Effect::Same, format!("Both have the {name} {a}.")),
        _ => (Effect::Veto, format!("The {name} differs: {a} and {b}.")),
    };
    Reason { slot: name.to_owned(), a: show(a), b: show(b), effect, sentence }
}

fn answer(score: f64, across: bool, reasons: Vec<Reason>) -> NameMatch {
    // Names across scripts often lie near each other: there a further digit keeps their order.
    let digits = if across { 100_000.0 } else { 1000.0 };
    let score = (score.clamp(0.0, 1.0) * digits).round() / digits;
    NameMatch { score, verdict: band(score, across), reasons }
}

/// `match` only within one script; Han against Latin is for a person to decide.
fn band(score: f64, across: bool) -> NameVerdict {
    if score < QUESTION {
        NameVerdict::No
    } else if across || score < 0.95 {
        NameVerdict::Review
    } else {
        NameVerdict::Match
    }
}

fn alike(score: f64) -> Effect {
    match score {
        s if s >= 0.95 => Effect::Same,
        s if s >= QUESTION => Effect::Alike,
        _ => Effect::Veto,
    }
}

fn reason(slot: &str, a: &str, b: &str, effect: Effect, sentence: &str) -> Reason {
    Reason {
        slot: slot.to_owned(),
        a: Some(a.to_owned()),
        b: Some(b.to_owned()),
        effect,
        sentence: sentence.to_owned(),
    }
}

fn has_han(name: &str) -> bool {
    name.chars().any(is_han)
}

/// Folded, without white space and signs.
fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
