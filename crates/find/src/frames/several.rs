//! Several posts in one statement, each by a name of its own with a town of its own: “close the station in A,
//! the bureau at Weg 5 in B and the centre in C”.

use super::fill::fill;
use super::memory::{Memory, inferred};
use super::name::name;
use super::post::Base;
use super::unit::{Slots, Unit, put};
use super::{Page, places};
use crate::found::{PlaceAt, TermAt, gap};
use plainsight_model::{Frame, Slot, Span};

/// The farthest that a town may stand from the name of its post, in characters.
const REACH: usize = 60;

/// One frame for each name with its own town; none where fewer than two have one.
pub(super) fn several(
    unit: &Unit,
    openers: &[&TermAt],
    memory: &Memory,
    rule: &'static str,
    page: &Page,
) -> Vec<Frame> {
    let pairs = pairs(unit, openers, page);
    let towns: Vec<Span> = pairs.iter().map(|(_, town)| town.span).collect();
    let nearest =
        |span: Span| (0..towns.len()).min_by_key(|at| (gap(towns[*at], span), towns[*at].start > span.start));
    let addresses: Vec<_> = unit.addresses().collect();
    // Two addresses beside one town: one of them belongs to a post whose town is not said here.
    let mut taken = vec![false; towns.len()];
    let crowded = addresses
        .iter()
        .any(|address| nearest(address.span).is_some_and(|at| std::mem::replace(&mut taken[at], true)));
    if pairs.len() < 2 || crowded {
        return Vec::new();
    }
    let operators: Vec<_> = unit.operators().collect();
    pairs
        .iter()
        .enumerate()
        .map(|(at, (term, town))| {
            let own = |span: Span| nearest(span) == Some(at);
            let mut slots = Slots::new();
            put(&mut slots, "place", unit.passage.slot(town.span, town.key.clone()));
            let base = Base { name: Some(name(unit, term)), operator: None, place: None, rule };
            fill(unit, &mut slots, Some(*term), &base, page, &own);
            // An operator is said of the post beside it; what was said before of the others stands.
            slots.remove("operator");
            let said = operators.iter().find(|agency| own(agency.span));
            let operator = match said {
                Some(agency) => Some(unit.passage.slot(agency.span, agency.key.clone())),
                None => memory.known(&town.key).and_then(|anchor| anchor.operator.clone()).map(inferred),
            };
            operator.into_iter().for_each(|slot: Slot| put(&mut slots, "operator", slot));
            unit.frame("post", slots, unit.status(page), rule)
        })
        .collect()
}

/// Names of posts with the one town that stands beside each.
fn pairs<'u>(unit: &Unit<'u, '_>, openers: &[&'u TermAt], page: &Page) -> Vec<(&'u TermAt, &'u PlaceAt)> {
    let mut terms: Vec<&TermAt> = openers.to_vec();
    terms.sort_by_key(|term| (term.span.start, term.span.end));
    let towns: Vec<&PlaceAt> =
        places::candidates(unit, page).into_iter().filter(|place| !place.is_country).collect();
    // “The station in A and the bureau in B”, or “A station and B bureau”: the first town tells which.
    let Some(before) = towns.first().zip(terms.first()).map(|(town, term)| town.span.start < term.span.start)
    else {
        return Vec::new();
    };
    let beside = |town: &PlaceAt| {
        let mut near = (0..terms.len()).filter(|at| gap(terms[*at].span, town.span) <= REACH);
        if before {
            near.find(|at| terms[*at].span.end >= town.span.end)
        } else {
            near.rfind(|at| terms[*at].span.start <= town.span.start)
        }
    };
    let mut own: Vec<Vec<&PlaceAt>> = vec![Vec::new(); terms.len()];
    for town in towns {
        // A town on the other side of every name: the statement goes both ways, and nothing is sure.
        let Some(at) = beside(town) else { return Vec::new() };
        own[at].push(town);
    }
    // “stations in A and B” is one name with two towns: not this rule's.
    if own.iter().any(|towns| towns.iter().any(|town| town.key != towns[0].key)) {
        return Vec::new();
    }
    let mut out: Vec<(&TermAt, &PlaceAt)> = Vec::new();
    for (term, towns) in terms.into_iter().zip(own) {
        if let Some(town) = towns.first()
            && out.iter().all(|(_, other)| other.key != town.key)
        {
            out.push((term, town));
        }
    }
    out
}
