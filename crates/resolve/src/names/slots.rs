//! Two agencies, slot by slot.

use super::cross::tile;
use super::pair::{ACROSS, band, has_han};
use super::place::renamed;
use super::readings::System;
use super::tokens::tokens;
use super::{Effect, NameMatch, NameVerdict, Reason};
use crate::agency::{Agency, AgencySlots, related};
use plainsight_lens::Gazetteer;
use plainsight_text::is_han;

/// Slot by slot; one that both fill and that differs is a veto.
pub(super) fn agencies(a: &str, b: &str, x: &Agency, y: &Agency, gazetteer: &Gazetteer) -> NameMatch {
    let (p, q) = (&x.slots, &y.slots);
    let place = slot("place", &p.code, &q.code);
    let apart = place.effect == Effect::Veto;
    let by_key = |key: &str| gazetteer.by_key(key);
    let became =
        apart && matches!((by_key(&p.code), by_key(&q.code)), (Some(x), Some(y)) if renamed(x, y, gazetteer));
    let nested = apart && !became && related(&p.code, &q.code, gazetteer);
    let place = if became {
        Reason {
            effect: Effect::Same,
            sentence: format!(
                "{} and {} are one division before and after a change of its rank.",
                p.code, q.code
            ),
            ..place
        }
    } else if nested {
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
        branch(&p.branch, &q.branch),
        slot("host", &host(p, gazetteer), &host(q, gazetteer)),
    ];
    if nested || became {
        reasons[1].effect = Effect::Alike;
        reasons[1].sentence = "The levels may differ, since the places do.".to_owned();
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
        (true, _, false) if became => RENAMED,
        (true, _, false) => ACROSS,
        (true, _, true) => 0.6,
        (false, ..) => 0.78,
    };
    let verdict =
        if placed && !one_sided && !became { NameVerdict::Match } else { band(score, !same_script) };
    // Without a place on both sides nothing is certain, whatever the script.
    let verdict = if !placed && verdict == NameVerdict::Match { NameVerdict::Review } else { verdict };
    NameMatch { score, verdict, reasons }
}

/// The same body under a former and a present name of its place: a person looks at the years.
const RENAMED: f64 = 0.85;

/// An embassy is to a state, in whatever town its name puts it; a consulate is in its town.
fn host(slots: &AgencySlots, gazetteer: &Gazetteer) -> String {
    let state = || gazetteer.country_of(gazetteer.by_key(&slots.host)?).map(|state| gazetteer.key(state));
    match slots.organ.as_str() {
        "embassy" => state().unwrap_or_else(|| slots.host.clone()),
        _ => slots.host.clone(),
    }
}

/// Branches and stations below a bureau have no codes: Han against Latin they are compared by sound.
fn branch(a: &str, b: &str) -> Reason {
    let sounds = |han: &str, latin: &str| {
        let characters: Vec<char> = han.chars().filter(|c| is_han(*c)).collect();
        let letters = tokens(latin).concat();
        !characters.is_empty() && tile(&characters, &letters, letters.len(), System::Pinyin)
    };
    let same = match (has_han(a), has_han(b)) {
        (true, false) => sounds(a, b),
        (false, true) => sounds(b, a),
        _ => false,
    };
    let compared = slot("branch", a, b);
    if same && compared.effect == Effect::Veto {
        let sentence = format!("The branch {a} is read {b}.");
        return Reason { effect: Effect::Same, sentence, ..compared };
    }
    compared
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
