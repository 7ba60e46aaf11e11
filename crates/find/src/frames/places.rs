//! Which places of a statement are those of a post.

use super::Page;
use super::memory::inferred;
use super::unit::Unit;
use crate::found::{Passage, PlaceAt, gap};
use crate::words::{List, list};
use plainsight_lens::Lens;
use plainsight_model::{Frame, MentionKind, Slot, Span};

/// Words that join places of one list.
static JOINTS: List = list![
    "、", ",", "，", "和", "及", "与", "與", "以及", "en", "y", "and", "e", "of", "or", "&", ", and", ", en",
    "、和", "und", ";", "/"
];

/// Words of going back, folded.
static RETURN: List = list![
    "return to",
    "returned to",
    "returning to",
    "go back to",
    "went back to",
    "terug naar",
    "terugkeren naar",
    "terugkeerde naar",
    "volver a",
    "volviera a",
    "volvio a",
    "regresar a",
    "regresara a",
    "回到",
    "返回",
    "回"
];

/// Places abroad of a statement that may be where a post is: no part of a body's name, a speaker's or
/// an association's.
pub(crate) fn candidates<'u>(unit: &Unit<'u, '_>, page: &Page) -> Vec<&'u PlaceAt> {
    let outside = |place: &PlaceAt| {
        // A speaker's phrase is “says the mayor of X”; one that swallowed half the sentence is not believed.
        // A speaker may be the head of the post itself: then its place is the post's.
        let spoken = unit.voice().phrase.is_some_and(|phrase| {
            phrase.contains(&place.span) && !unit.passage.terms_in(phrase).any(|term| term.kind.is_post())
        });
        let owned = unit
            .passage
            .of(MentionKind::Organisation, unit.span)
            .chain(unit.passage.of(MentionKind::Address, unit.span))
            .any(|other| other.span.overlaps(&place.span));
        let from = place.span.start.saturating_sub(24).max(unit.span.start);
        let before = plainsight_text::fold(&unit.passage.cut(Span::new(from, place.span.start)));
        // Where somebody went back to is no place of a post.
        !place.inside && !spoken && !owned && !RETURN.ends(before.trim_end())
    };
    unit.passage.places_in(unit.span).filter(|place| outside(place) && page.abroad(place.place)).collect()
}

/// The only town abroad in the name of an association of the statement: 巴塞罗那岚浦同乡会 is in Barcelona.
pub(crate) fn of_host(unit: &Unit, page: &Page) -> Option<Slot> {
    let passage = unit.passage;
    let mut towns = passage.places_in(unit.span).filter(|place| {
        !place.is_country
            && page.abroad(place.place)
            && passage.of(MentionKind::Organisation, unit.span).any(|host| host.span.contains(&place.span))
    });
    let town = towns.next()?;
    towns.all(|other| other.key == town.key).then(|| inferred(passage.slot(town.span, town.key.clone())))
}

/// Whether the statement names a place that could be its own, or one at home.
pub(crate) fn names_any(unit: &Unit, page: &Page) -> bool {
    unit.passage.places_in(unit.span).any(|place| {
        !(place.inside || unit.passage.owns(place.span) || place.is_country && page.abroad(place.place))
    })
}

/// Puts a town's own name, from elsewhere in the document, for its adjective (“het Groningse dienstpunt”).
pub(crate) fn names_for_adjectives(frames: &mut [Frame], passages: &[Passage], lens: &Lens) {
    let gazetteer = &lens.gazetteer;
    let name = |text: &str, key: &str| {
        let places = gazetteer.places_named(&plainsight_text::fold(text));
        places.iter().any(|place| gazetteer.key(*place) == key)
    };
    for slot in frames.iter_mut().flat_map(|frame| frame.slots.get_mut("place").into_iter().flatten()) {
        if !slot.text.ends_with("se") || name(&slot.text, &slot.key) {
            continue;
        }
        let mut all =
            passages.iter().flat_map(|passage| passage.places.iter().map(move |place| (passage, place)));
        if let Some((passage, place)) =
            all.find(|(_, place)| place.key == slot.key && name(&place.text, &place.key))
        {
            *slot = inferred(passage.slot(place.span, place.key.clone()));
        }
    }
}

/// The only town abroad of a sentence that is no part of a body's, an association's or a post's name,
/// as another sentence takes it over.
pub(crate) fn only_town(passage: &Passage, sentence: Span, page: &Page) -> Option<Slot> {
    let mut towns = passage.places_in(sentence).filter(|place| {
        let mut bodies = passage.of(MentionKind::Organisation, sentence);
        !place.inside
            && !place.is_country
            && page.abroad(place.place)
            && !bodies.any(|other| other.span.overlaps(&place.span))
    });
    let town = towns.next()?;
    towns.next().is_none().then(|| inferred(passage.slot(town.span, town.key.clone())))
}

/// The places of the posts that `near` names: the list of places nearest to it; cities before countries.
pub(crate) fn of_post<'u>(unit: &Unit<'u, '_>, near: Option<Span>, page: &Page) -> Vec<&'u PlaceAt> {
    let all = candidates(unit, page);
    let cities: Vec<&PlaceAt> = all.iter().copied().filter(|place| !place.is_country).collect();
    let pool = if cities.is_empty() { all } else { cities };
    let Some(first) = nearest(&pool, near) else { return Vec::new() };
    let mut chain = vec![first];
    for at in (0..first).rev() {
        if !joined(unit, pool[at].span, pool[chain[0]].span) {
            break;
        }
        chain.insert(0, at);
    }
    for at in first + 1..pool.len() {
        if !joined(unit, pool[chain[chain.len() - 1]].span, pool[at].span) {
            break;
        }
        chain.push(at);
    }
    let mut out: Vec<&PlaceAt> = Vec::new();
    for at in chain {
        if out.iter().all(|known| known.key != pool[at].key) {
            out.push(pool[at]);
        }
    }
    // Toronto, Ontario: a place that the next one lies in is no place of its own.
    let gazetteer = &page.lens.gazetteer;
    let inner: Vec<&PlaceAt> = out
        .iter()
        .copied()
        .filter(|place| {
            !out.iter()
                .any(|other| other.key != place.key && gazetteer.chain(other.place).contains(&place.place))
        })
        .collect();
    if inner.is_empty() { out } else { inner }
}

fn nearest(pool: &[&PlaceAt], near: Option<Span>) -> Option<usize> {
    match near {
        Some(near) => (0..pool.len()).min_by_key(|at| (gap(pool[*at].span, near), *at)),
        None => (!pool.is_empty()).then_some(0),
    }
}

/// Whether only a joint, perhaps with a country or an address in between, parts two places.
fn joined(unit: &Unit, a: Span, b: Span) -> bool {
    if b.start < a.end {
        return false;
    }
    let between = unit.passage.cut(Span::new(a.end, b.start));
    let plain = plainsight_text::fold(&between);
    let plain = plain.trim().trim_matches(['(', ')', '（', '）']).trim();
    if JOINTS.is(plain) || plain.is_empty() && between.chars().count() <= 1 {
        return true;
    }
    // Havenrode (Land), Oosterpoort: a country stands between.
    let country = unit.passage.places_in(Span::new(a.end, b.start)).find(|place| place.is_country);
    country.is_some_and(|country| {
        let rest = format!(
            "{} {}",
            unit.passage.cut(Span::new(a.end, country.span.start)),
            unit.passage.cut(Span::new(country.span.end, b.start))
        );
        let rest = plainsight_text::fold(&rest);
        let rest: String = rest.chars().filter(|c| !"()（）,，、 的".contains(*c)).collect();
        rest.is_empty() || JOINTS.is(&rest)
    })
}

/// Words after which a place is where something is, folded.
static LOCATIVE: List = list!["在", "于", "位于", "in", "te", "en", "at", "驻", "设于", "设在"];

/// Whether the statement sets the post inside the sending state: a place at home behind a word of
/// place, and no place abroad in the whole block.
pub(crate) fn at_home(unit: &Unit, page: &Page) -> bool {
    let abroad = unit.passage.places.iter().any(|place| !place.inside && page.abroad(place.place));
    !abroad
        && unit.passage.places_in(unit.span).any(|place| {
            let from = place.span.start.saturating_sub(4).max(unit.span.start);
            let before = plainsight_text::fold(&unit.passage.cut(Span::new(from, place.span.start)));
            !place.inside && !page.abroad(place.place) && LOCATIVE.ends(before.trim_end())
        })
}
