//! Several posts in one statement, told apart by their addresses.

use super::fill::fill;
use super::memory::Memory;
use super::name::name;
use super::noun::plural;
use super::post::Base;
use super::unit::{Slots, Unit, put};
use super::{Page, places};
use crate::found::{PlaceAt, TermAt, gap};
use plainsight_lens::Strength;
use plainsight_model::{Frame, Span};

/// One frame for each of several addresses; a town goes to the address nearest to it, and an address
/// without one keeps the town that it had earlier in the document.
pub(super) fn by_address(
    unit: &Unit,
    opener: &TermAt,
    memory: &Memory,
    rule: &'static str,
    page: &Page,
) -> Vec<Frame> {
    let addresses: Vec<_> = unit.addresses().collect();
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
