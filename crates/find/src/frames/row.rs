//! *Post* frames from table rows: header cells type the cells.

use super::Page;
use super::columns::{Column, column};
use super::days::{days, opens};
use super::places;
use super::scope::Scope;
use super::unit::{Slots, Unit, put};
use crate::addresses;
use crate::exclusions;
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{Cell, Frame, MentionKind, Slot, Span};
use plainsight_text::{Haystack, fold};

/// Makes the frame of a row, if its table, its caption or a cell is about posts.
pub(crate) fn posts(unit: &Unit, scope: &Scope, page: &Page) -> Vec<Frame> {
    let cells = &unit.passage.block.cells;
    let all_headers =
        !cells.is_empty() && cells.iter().all(|cell| cell.header.as_deref() == Some(text(unit, cell).trim()));
    if all_headers || exclusions::any(unit.passage, unit.span) && !unit.strong_post() {
        return Vec::new();
    }
    let lifted = unit.operators().next().is_some();
    let own = unit.terms().filter(|term| term.kind.is_post()).find(|term| {
        term.strength == Strength::Strong
            || term.strength == Strength::Weak && (lifted || page.about && page.operators > 0)
    });
    let header_opens = cells.iter().filter_map(|cell| cell.header.as_deref()).any(|header| {
        let terms = page.lens.find_terms(header);
        terms.iter().any(|hit| page.lens.terms[hit.term].kind.is_post() && hit.strength == Strength::Strong)
    });
    // On a page about posts a table of towns with street, number or host is the list of them.
    let columns: Vec<Column> = cells.iter().filter_map(|cell| column(cell.header.as_deref()?)).collect();
    let listed = page.about
        && columns.iter().any(|kind| matches!(kind, Column::Place | Column::Country))
        && columns.iter().any(|kind| {
            matches!(kind, Column::Address | Column::Phone | Column::Host | Column::Opened | Column::Head)
        });
    let header_opens = header_opens || listed;
    let level = scope.level();
    if own.is_none() && level.is_none() && !header_opens {
        return Vec::new();
    }
    let mut slots = Slots::new();
    let typed = typed_cells(unit, &mut slots, page);
    untyped(unit, &mut slots, page, typed);
    // “gesloten op 2 november”, under a header that says nothing: days go by their verbs.
    let plain: Vec<Span> = (cells.iter())
        .filter(|cell| cell.header.as_deref().and_then(column).is_none())
        .map(|cell| cell.span)
        .collect();
    days(unit, &mut slots, page, &|span| plain.iter().any(|cell| cell.contains(&span)));
    plain.iter().for_each(|cell| services(unit, &mut slots, *cell, page));
    plain.iter().for_each(|cell| state(unit, &mut slots, *cell, page));
    let enough = slots.contains_key("place") && (own.is_some() || scope.near() || header_opens)
        || slots.contains_key("phone")
        || slots.contains_key("address");
    if !enough {
        return Vec::new();
    }
    if !slots.contains_key("name") {
        match own {
            Some(term) => put(&mut slots, "name", super::name::name(unit, term)),
            None => {
                // “Steunpunt bij sociëteit X”: the noun that a cell begins with.
                let noun = unit
                    .terms_of(TermKind::PostNameNoun)
                    .find(|term| plain.iter().any(|c| c.start == term.span.start));
                let named = noun.map(|term| super::name::name(unit, term));
                named
                    .or_else(|| level.and_then(|l| l.name.clone()))
                    .into_iter()
                    .for_each(|slot| put(&mut slots, "name", slot))
            }
        }
    }
    if !slots.contains_key("operator") {
        let inherited = level.and_then(|l| l.operator.clone()).or_else(|| scope.operator());
        inherited.into_iter().for_each(|slot| put(&mut slots, "operator", slot));
    }
    if !slots.contains_key("place") {
        scope.place.clone().into_iter().for_each(|slot| put(&mut slots, "place", slot));
    }
    vec![unit.frame("post", slots, unit.status(page), "post:row")]
}

/// “gesloten op last van het ministerie (2 november 2022)”: what a cell begins with is what its only day is of.
fn state(unit: &Unit, slots: &mut Slots, cell: Span, page: &Page) {
    let verb =
        unit.passage.terms_in(cell).find(|term| term.kind == TermKind::Verb && term.span.start == cell.start);
    let opens = verb.and_then(|verb| opens(&page.lens.terms[verb.number].meaning));
    let mut days = unit.passage.of(MentionKind::Date, cell);
    if let (Some(opens), Some(day), None) = (opens, days.next(), days.next()) {
        let name = if opens { "opened" } else { "closed" };
        if !slots.contains_key(name) {
            put(slots, name, day.slot());
        }
    }
}

fn text(unit: &Unit, cell: &Cell) -> String {
    unit.passage.cut(cell.span)
}

/// Fills slots from cells with a header; tells whether there was any.
fn typed_cells(unit: &Unit, slots: &mut Slots, page: &Page) -> bool {
    let mut any = false;
    for cell in &unit.passage.block.cells {
        let Some(kind) = cell.header.as_deref().and_then(column) else { continue };
        let Some(slot) = trimmed(unit, cell.span) else { continue };
        any = true;
        match kind {
            Column::Name => put(slots, "name", slot),
            // Somebody's home is nobody's finding.
            Column::Address if addresses::home(&slot.text) => {}
            Column::Address => {
                let known = unit.passage.of(MentionKind::Address, cell.span).find(|found| found.numbered());
                put(slots, "address", known.map_or_else(|| address(slot), |found| found.slot()));
            }
            Column::Head => put(slots, "head", slot),
            Column::Host => put(slots, "host_body", slot),
            Column::Operator => {
                let agency = unit.passage.agencies_in(cell.span).next();
                put(slots, "operator", agency.map_or(slot, |a| unit.passage.slot(a.span, a.key.clone())));
            }
            Column::Opened | Column::Closed => {
                let name = if kind == Column::Opened { "opened" } else { "closed" };
                unit.passage
                    .of(MentionKind::Date, cell.span)
                    .take(1)
                    .for_each(|found| put(slots, name, found.slot()));
            }
            Column::Services => services(unit, slots, cell.span, page),
            Column::Country | Column::Place | Column::Phone => {}
        }
    }
    place(unit, slots, page);
    any
}

/// The row's place: the city, and where no gazetteer knows it, the country with the city's name.
fn place(unit: &Unit, slots: &mut Slots, page: &Page) {
    let gazetteer = &page.lens.gazetteer;
    let of = |wanted: Column| {
        unit.passage.block.cells.iter().find(|cell| cell.header.as_deref().and_then(column) == Some(wanted))
    };
    let city_cell = of(Column::Place);
    let country_cell = of(Column::Country);
    let in_cells: Vec<Span> = [city_cell, country_cell].into_iter().flatten().map(|cell| cell.span).collect();
    let candidates = |span: Span| unit.passage.places_in(span).filter(|p| !p.inside && page.abroad(p.place));
    for span in &in_cells {
        if let Some(city) = candidates(*span).find(|place| !place.is_country) {
            return put(slots, "place", unit.passage.slot(city.span, city.key.clone()));
        }
    }
    let country = in_cells.iter().find_map(|span| candidates(*span).find(|place| place.is_country));
    if let (Some(cell), Some(country)) = (city_cell, country)
        && let Some(slot) =
            trimmed(unit, cell.span).filter(|slot| slot.span != country.span && !slot.text.is_empty())
    {
        let key = format!("{}/{}", gazetteer.get(country.place).name, slot.text);
        return put(slots, "place", Slot { key, ..slot });
    }
    if let Some(country) = country {
        put(slots, "place", unit.passage.slot(country.span, country.key.clone()));
    }
}

/// Fills what the cells' headers did not: by the type of what stands in them.
fn untyped(unit: &Unit, slots: &mut Slots, page: &Page, typed: bool) {
    let passage = unit.passage;
    if !slots.contains_key("place") {
        for place in places::of_post(unit, None, page).into_iter().take(1) {
            put(slots, "place", passage.slot(place.span, place.key.clone()));
        }
    }
    let country = slots.get("place").and_then(|list| list.first()).and_then(|slot| {
        let gazetteer = &page.lens.gazetteer;
        let place = gazetteer.by_key(&slot.key).or_else(|| gazetteer.by_key(slot.key.split('/').next()?))?;
        gazetteer.country_of(place)
    });
    for found in passage.of(MentionKind::Phone, unit.span) {
        let mut slot = found.slot();
        let digits: String = fold(&found.text).chars().filter(char::is_ascii_digit).collect();
        let national =
            !found.text.trim_start_matches('(').starts_with(['+', '＋']) && !digits.starts_with("00");
        if national
            && let Some((key, _)) =
                country.and_then(|c| crate::phones::national(&digits, c, &page.lens.gazetteer))
        {
            slot.key = key;
        }
        if !slot.key.is_empty() {
            put(slots, "phone", slot);
        }
    }
    if !slots.contains_key("address") {
        passage
            .of(MentionKind::Address, unit.span)
            .take(1)
            .for_each(|found| put(slots, "address", found.slot()));
    }
    if !slots.contains_key("host_body") {
        passage
            .of(MentionKind::Organisation, unit.span)
            .take(1)
            .for_each(|found| put(slots, "host_body", found.slot()));
    }
    if !slots.contains_key("operator") {
        unit.operators().take(1).for_each(|a| put(slots, "operator", passage.slot(a.span, a.key.clone())));
    }
    if !slots.contains_key("head") {
        let heads = passage.of(MentionKind::Person, unit.span).filter(|found| found.rule == "person:head");
        heads.take(1).for_each(|found| put(slots, "head", found.slot()));
    }
    if !typed {
        services(unit, slots, unit.span, page);
    }
}

fn services(unit: &Unit, slots: &mut Slots, span: Span, page: &Page) {
    for term in unit.passage.terms_in(span).filter(|term| term.kind == TermKind::Service) {
        put(slots, "services", unit.passage.slot(term.span, page.lens.terms[term.number].sense()));
    }
}

/// A cell without the white space around it; `None` for an empty cell or a dash.
fn trimmed(unit: &Unit, span: Span) -> Option<Slot> {
    let text = unit.passage.cut(span);
    let inner = text.trim();
    if inner.is_empty() || inner.chars().all(|c| "-–—/.无無".contains(c)) {
        return None;
    }
    let before = text.chars().take_while(|c| c.is_whitespace()).count();
    let start = span.start + before;
    let span = Span::new(start, start + inner.chars().count());
    Some(Slot { span, text: inner.to_owned(), key: fold(inner), inferred: false })
}

fn address(slot: Slot) -> Slot {
    let found = addresses::addresses(&Haystack::new(&slot.text)).into_iter().next();
    let key = found.map_or_else(|| slot.key.clone(), |address| address.key);
    Slot { key, ..slot }
}
