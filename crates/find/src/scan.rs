//! Runs every finder over one block.

use crate::found::{AgencyAt, Found, Passage, PlaceAt, TermAt, reaching};
use crate::roles::RoleWords;
use crate::words::{List, list};
use crate::{addresses, buildings, counts, organisations, people, phones, sentences};
use plainsight_lens::{Gazetteer, Lens, PlaceHit, PlaceKind, PlaceRef, TermKind, TermMatch};
use plainsight_model::{Block, Document, MentionKind, Side, Span};
use plainsight_resolve::{AgencyHit, find_agencies};
use plainsight_text::{Chars, Day, Haystack, fold};

/// What the finders of a block are told about the whole document.
pub(crate) struct Setting<'s> {
    pub lens: &'s Lens,
    pub roles: &'s RoleWords,
    /// The document's day.
    pub day: Option<Day>,
    /// The document's date as written.
    pub date: Option<&'s str>,
    pub lang: Option<&'s str>,
    /// Countries that the document names, the most named first.
    pub countries: Vec<PlaceRef>,
}

/// Finds everything in a block; the hits are the places and the terms in it. Mentions, no frames.
pub(crate) fn scan<'d>(
    document: &'d Document,
    chars: &Chars,
    block: &'d Block,
    (hits, terms): (Vec<PlaceHit>, Vec<TermMatch>),
    setting: &Setting,
) -> Passage<'d> {
    let text = chars.slice(&document.text, block.span.start, block.span.end);
    let mut passage = Passage {
        block,
        letters: text.chars().collect(),
        sentences: Vec::new(),
        terms: Vec::new(),
        places: Vec::new(),
        agencies: Vec::new(),
        others: Vec::new(),
    };
    let start = block.span.start;
    passage.sentences = sentences::sentences(&passage.letters)
        .into_iter()
        .map(|(a, b)| Span::new(start + a, start + b))
        .collect();
    passage.terms = placed(terms, start, &passage, setting.lens);
    passage.agencies = agencies(text, start, setting);
    passage.places = places(hits, &passage, setting);
    // A term of another state's practice counts only where the text names that state.
    let gazetteer = &setting.lens.gazetteer;
    let named: Vec<String> = passage
        .places
        .iter()
        .filter_map(|place| place.country)
        .chain(setting.countries.iter().copied())
        .filter_map(|country| gazetteer.get(country).code.clone())
        .collect();
    passage.terms.retain(|term| {
        setting.lens.terms[term.number].state.as_ref().is_none_or(|state| named.contains(state))
    });
    others(text, &mut passage, setting);
    passage
}

fn placed(terms: Vec<TermMatch>, start: usize, passage: &Passage, lens: &Lens) -> Vec<TermAt> {
    (terms.into_iter())
        .map(|hit| {
            let span = Span::new(start + hit.start, start + hit.end);
            let text = passage.cut(span);
            TermAt { span, text, number: hit.term, kind: lens.terms[hit.term].kind, strength: hit.strength }
        })
        .collect()
}

fn agencies(text: &str, start: usize, setting: &Setting) -> Vec<AgencyAt> {
    let gazetteer = &setting.lens.gazetteer;
    find_agencies(text, gazetteer, setting.day)
        .into_iter()
        .map(|hit| AgencyAt {
            span: Span::new(start + hit.start, start + hit.end),
            country: hit.slots.place.and_then(|place| gazetteer.country_of(place)),
            operator: operates(&hit, &setting.lens.settings.sending.acting, gazetteer),
            text: hit.text,
            key: hit.key,
            side: hit.side,
            slots: hit.slots,
        })
        .collect()
}

/// A body of an acting function whose place is a division: missions and ministries are no operators.
fn operates(hit: &AgencyHit, acting: &[String], gazetteer: &Gazetteer) -> bool {
    let division = hit.slots.place.is_some_and(|place| {
        let place = gazetteer.get(place);
        !matches!(place.kind, PlaceKind::Country)
            && place.code.as_ref().is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
    });
    division && hit.side != Side::HostState && acting.contains(&hit.slots.function)
}

fn places(hits: Vec<PlaceHit>, passage: &Passage, setting: &Setting) -> Vec<PlaceAt> {
    let gazetteer = &setting.lens.gazetteer;
    let start = passage.start();
    hits.into_iter()
        .filter_map(|hit| {
            let place = choose(&hit.places, &setting.countries, gazetteer)?;
            let span = Span::new(start + hit.start, start + hit.end);
            let inside = reaching(&passage.agencies, span, |agency| agency.span)
                .any(|agency| agency.span.overlaps(&span))
                || reaching(&passage.terms, span, |term| term.span).any(|term| {
                    term.span.contains(&span)
                        && !matches!(term.kind, TermKind::Community | TermKind::Affected)
                });
            Some(PlaceAt {
                span,
                text: passage.cut(span),
                place,
                key: gazetteer.key(place),
                country: gazetteer.country_of(place),
                is_country: gazetteer.get(place).kind == PlaceKind::Country,
                inside,
            })
        })
        .collect()
}

/// Of places that share a name the one in a country that the document names, else the likeliest.
fn choose(places: &[PlaceRef], countries: &[PlaceRef], gazetteer: &Gazetteer) -> Option<PlaceRef> {
    let near = countries.iter().find_map(|country| {
        places.iter().copied().find(|place| gazetteer.country_of(*place) == Some(*country))
    });
    near.filter(|_| places.len() > 1).or(places.first().copied())
}

fn others(text: &str, passage: &mut Passage, setting: &Setting) {
    let (chars, haystack) = (Chars::new(text), Haystack::new(text));
    let start = passage.start();
    let span =
        |from: usize, to: usize| Span::new(start + chars.code_point(from), start + chars.code_point(to));
    let bytes = |span: &Span| Span::new(chars.byte(span.start - start), chars.byte(span.end - start));
    let mut found: Vec<Found> = Vec::new();
    let mut add = |kind, span: Span, key: String, rule: &'static str, inferred: bool| {
        let from = span.start - start;
        let text: String = passage.letters[from..span.end - start].iter().collect();
        found.push(Found { kind, span, text, key, rule, inferred });
    };
    // A house number is no day: what an address holds is taken out before dates are sought.
    let mut undated: Vec<char> = passage.letters.clone();
    for address in addresses::addresses(&haystack) {
        let (from, to) = (chars.code_point(address.start), chars.code_point(address.end));
        undated.get_mut(from..to).into_iter().flatten().for_each(|letter| *letter = '_');
        add(MentionKind::Address, span(address.start, address.end), address.key, address.rule, false);
    }
    let places: Vec<Span> = passage.places.iter().map(|place| bytes(&place.span)).collect();
    for inside in buildings::insides(&haystack, &places) {
        add(MentionKind::Address, span(inside.start, inside.end), inside.key, buildings::INSIDE, false);
    }
    for organisation in organisations::organisations(&haystack, &places) {
        let key = fold(&text[organisation.start..organisation.end]);
        add(
            MentionKind::Organisation,
            span(organisation.start, organisation.end),
            key,
            organisation.rule,
            false,
        );
    }
    let posts: Vec<Span> = passage
        .terms
        .iter()
        .filter(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun)
        .map(|term| bytes(&term.span))
        .collect();
    for count in counts::counts(&haystack, &posts) {
        add(MentionKind::Count, span(count.start, count.end), count.key, "count:unit", false);
    }
    for person in people::people(&passage.letters, setting.roles) {
        let key: String = passage.letters[person.start..person.end].iter().collect();
        let rule = if person.heads { "person:head" } else { "person:president" };
        add(
            MentionKind::Person,
            Span::new(start + person.start, start + person.end),
            fold(&key),
            rule,
            false,
        );
    }
    // A national number takes the country that its own block names first, then the page's.
    let mut countries: Vec<PlaceRef> = passage.places.iter().filter_map(|place| place.country).collect();
    countries.extend(setting.countries.iter().copied());
    countries.dedup();
    countries.truncate(8);
    let mut numbers = phones::phones(&passage.letters, &countries, &setting.lens.gazetteer);
    numbers.extend(cell_phones(passage, &numbers, &countries, setting));
    for phone in numbers {
        add(
            MentionKind::Phone,
            Span::new(start + phone.start, start + phone.end),
            phone.key,
            phone.rule,
            false,
        );
    }
    // A house number at the end of one cell and a month in the next are no day.
    let undated: String = undated.into_iter().map(|c| if c == '\t' { '|' } else { c }).collect();
    for date in plainsight_read::dates(&undated, setting.date, setting.lang) {
        if let Some(edtf) = date.edtf.or_else(|| year_of_season(&date.text, setting.day)) {
            let span = Span::new(start + date.start, start + date.end);
            add(MentionKind::Date, span, edtf, "date:expression", date.inferred_year);
        }
    }
    found.sort_by_key(|found| (found.span.start, found.span.end, found.kind));
    passage.others = found;
}

/// Seasons, folded.
static SEASONS: List = list![
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "lente",
    "voorjaar",
    "zomer",
    "herfst",
    "najaar",
    "primavera",
    "verano",
    "otono",
    "invierno",
    "春",
    "夏",
    "秋",
    "冬",
];

/// Words for the last and for this one, folded.
static LAST: List = list!["last", "vorig", "vorige", "afgelopen", "pasado", "pasada", "去年"];
static THIS: List = list!["this", "dit", "deze", "este", "esta", "今年"];

/// The year of a season: no two places begin seasons on one day, so the year is all that is sure.
fn year_of_season(text: &str, day: Option<Day>) -> Option<String> {
    let folded = fold(text);
    if !SEASONS.within(&folded) {
        return None;
    }
    let digits: String =
        folded.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let written = digits.parse().ok().filter(|year: &i32| digits.len() == 4 && (1900..=2100).contains(year));
    let spoken = || {
        let year = day?.to_string().get(..4)?.parse::<i32>().ok()?;
        if LAST.within(&folded) { Some(year - 1) } else { THIS.within(&folded).then_some(year) }
    };
    written.or_else(spoken).map(|year| year.to_string())
}

/// Numbers in cells under a heading that says telephone need no other label.
fn cell_phones(
    passage: &Passage,
    known: &[phones::Phone],
    countries: &[PlaceRef],
    setting: &Setting,
) -> Vec<phones::Phone> {
    let mut out = Vec::new();
    for cell in &passage.block.cells {
        let header = cell.header.as_deref().map(fold).unwrap_or_default();
        if !crate::frames::is_phone_header(&header) {
            continue;
        }
        let from = cell.span.start.saturating_sub(passage.start()).min(passage.letters.len());
        let to = cell.span.end.saturating_sub(passage.start()).clamp(from, passage.letters.len());
        // The label is put before the cell, then its length is taken off again.
        let label: Vec<char> = "tel: ".chars().collect();
        let letters: Vec<char> = label.iter().chain(&passage.letters[from..to]).copied().collect();
        for mut phone in phones::phones(&letters, countries, &setting.lens.gazetteer) {
            phone.start = phone.start + from - label.len();
            phone.end = phone.end + from - label.len();
            if known.iter().all(|other| other.end <= phone.start || phone.end <= other.start) {
                out.push(phone);
            }
        }
    }
    out
}
