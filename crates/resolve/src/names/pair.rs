//! Two strings: which way of comparing fits them, and the bands of the answer.

use super::cross::person;
use super::meaning::{meaning, names_place, same_script};
use super::read::ReadName;
use super::readings::readings;
use super::similar::by_words;
use super::slots::agencies;
use super::words::ratio;
use super::{Effect, NameMatch, NameVerdict, QUESTION, Reason};
use super::{known, place::places};
use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::{fold, is_han};

/// The most that Han against Latin can be without slots that are equal by code.
pub(super) const ACROSS: f64 = 0.97;

pub(super) fn compare(x: &ReadName, y: &ReadName, schema: Option<&str>) -> NameMatch {
    let (a, b, gazetteer) = (x.name.as_str(), y.name.as_str(), x.gazetteer);
    if x.too_long || y.too_long {
        return by_bytes(a, b);
    }
    let across = x.han != y.han;
    if x.plain == y.plain {
        return answer(
            1.0,
            across,
            vec![reason("name", a, b, Effect::Same, "They are the same after folding.")],
        );
    }
    let kind = schema.unwrap_or("");
    if !matches!(kind, "Person" | "Address" | "Vessel") {
        if let Some(found) = known::compare(x, y) {
            return known_bodies(a, b, found);
        }
        match (x.agency(), y.agency()) {
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

/// Two names that the table of bodies has.
fn known_bodies(a: &str, b: &str, found: Result<&known::Known, [&known::Known; 2]>) -> NameMatch {
    let across = has_han(a) != has_han(b);
    match found {
        Ok(body) => {
            let sentence = format!("Both are names of one body: {}.", body.name);
            let mut same = answer(ACROSS, across, vec![reason("name", a, b, Effect::Same, &sentence)]);
            // The row of a public body stands for place, level, function and organ.
            if body.public {
                same.verdict = NameVerdict::Match;
            }
            same
        }
        Err([x, y]) => {
            let sentence = format!("They are names of two bodies: {} and {}.", x.name, y.name);
            answer(0.05, across, vec![reason("name", a, b, Effect::Veto, &sentence)])
        }
    }
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

pub(super) fn too_long(name: &str) -> bool {
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
        (true, true) => by_meaning(a, b, kind, han(a, b, kind), gazetteer),
        (false, false) => {
            let score = by_words(a, b, matches!(kind, "Person" | ""), gazetteer);
            let compared = (score, format!("“{a}” and “{b}” compared word by word."));
            by_meaning(a, b, kind, compared, gazetteer)
        }
        (true, false) => across(a, b, kind, gazetteer),
        (false, true) => across(b, a, kind, gazetteer),
    }
}

/// What two names in one script mean, where that says more than their letters do.
fn by_meaning(a: &str, b: &str, kind: &str, compared: (f64, String), gazetteer: &Gazetteer) -> (f64, String) {
    let body = matches!(kind, "PublicBody" | "Organization");
    let meant = (body && compared.0 < super::YES).then(|| same_script(a, b, gazetteer)).flatten();
    meant.filter(|meant| meant.0 > compared.0).unwrap_or(compared)
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
            let sound = sounded.0 > meant.0 && sounded.0 >= super::YES && !names_place(han, gazetteer);
            if sound { sounded } else { meant }
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

pub(super) fn answer(score: f64, across: bool, reasons: Vec<Reason>) -> NameMatch {
    // Names across scripts often lie near each other: there a further digit keeps their order.
    let digits = if across { 100_000.0 } else { 1000.0 };
    let score = (score.clamp(0.0, 1.0) * digits).round() / digits;
    NameMatch { score, verdict: band(score, across), reasons }
}

/// `match` only within one script; Han against Latin is for a person to decide.
pub(super) fn band(score: f64, across: bool) -> NameVerdict {
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

pub(super) fn reason(slot: &str, a: &str, b: &str, effect: Effect, sentence: &str) -> Reason {
    Reason {
        slot: slot.to_owned(),
        a: Some(a.to_owned()),
        b: Some(b.to_owned()),
        effect,
        sentence: sentence.to_owned(),
    }
}

pub(super) fn has_han(name: &str) -> bool {
    name.chars().any(is_han)
}

/// Folded, without white space and signs.
pub(super) fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
