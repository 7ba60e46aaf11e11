//! A post without a name that the lens knows: a body that polices opens or keeps an office in a town abroad.

use super::fill::build;
use super::memory::{Memory, inferred};
use super::post::{Base, only_operator};
use super::unit::Unit;
use super::{Page, places};
use crate::exclusions;
use crate::found::{PlaceAt, gap};
use crate::side::names_a_mission;
use plainsight_lens::{Lens, TermKind};
use plainsight_model::{BlockKind, Frame, Slot, Span};
use plainsight_text::{fold, is_han};

/// Characters between an office and its town.
const MOST_BETWEEN: usize = 60;

/// Makes the frames of such a statement.
pub(super) fn posts(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    if page.story || exclusions::any(unit.passage, unit.span) {
        return Vec::new();
    }
    // A headline says “the police of the country” for whichever of its bodies it is.
    let head = matches!(unit.passage.block.kind, BlockKind::Title | BlockKind::Heading);
    if head && unit.operators().any(|agency| agency.country == agency.slots.place) {
        return Vec::new();
    }
    let said = operator(unit);
    // “The desk in X”, in a document that names one operator: not where somebody else acts.
    let carried = || memory.operator.clone().filter(|slot| page.only_operator.as_ref() == Some(&slot.key));
    let near = said.is_some();
    if said.is_none() && (head || carried().is_none()) {
        return Vec::new();
    }
    if unit.operators().next().is_none() && unit.others_act() {
        return Vec::new();
    }
    // Another office may be another body's: only in a document of one town is the only operator its.
    let operator = said.or_else(|| only_operator(memory, page));
    let name = called(unit, page.lens);
    // “No office of its own will come there”: nobody claims one.
    if name.as_ref().is_some_and(|name| none_of(unit, name.span)) {
        return Vec::new();
    }
    let address = unit.addresses().next().map(|address| address.span).filter(|_| near);
    let serves = || serves(unit, page.lens).filter(|_| near);
    let Some(at) = name.as_ref().map(|name| name.span).or(address).or_else(serves) else {
        return Vec::new();
    };
    let towns = places::of_post(unit, Some(at), page);
    let towns: Vec<&PlaceAt> = towns.into_iter().filter(|place| !place.is_country).collect();
    let Some(town) = towns.first() else {
        // “… in Barcelona drums were heard. The ‘police inn’, authorised by the bureau, was unveiled.” A street
        // that a local report names is one of its own town.
        let before = town_before(unit, page).filter(|_| name.is_some());
        // A plain noun may be any room of the town; a name of its own or a street is none.
        let told = near
            && (address.is_some() || name.is_none() || name.as_ref().is_some_and(|name| proper(unit, name)));
        let home = || at_home_of_page(unit, page).filter(|_| told);
        let Some(place) = before.or_else(home).filter(|_| near) else {
            return Vec::new();
        };
        let base = Base { name, operator, place: Some(place), rule: "post:operator" };
        return build(unit, &[], None, &base, page);
    };
    // A town at the other end of a long sentence is somebody's home or a dateline.
    if gap(town.span, at) > MOST_BETWEEN {
        return Vec::new();
    }
    let base =
        Base { name: name.map(|name| memory.full_name(name)), operator, place: None, rule: "post:operator" };
    build(unit, &towns, None, &base, page)
}

/// Whether an office is called by a name: in quotes, or with a capital inside the sentence.
fn proper(unit: &Unit, name: &Slot) -> bool {
    let mark = |at: usize| unit.passage.letters.get(at).is_some_and(|c| "“„«「『‘\"'".contains(*c));
    let inside = name.span.start > unit.span.start;
    let at = name.span.start - unit.passage.start();
    inside && (mark(at.saturating_sub(1)) || name.text.starts_with(char::is_uppercase))
}

/// Whether the words directly before an office say that there is none.
fn none_of(unit: &Unit, office: Span) -> bool {
    const NONE: [&str; 8] = ["geen", "no", "ningun", "ninguna", "without", "zonder", "sin", "neither"];
    let from = office.start.saturating_sub(16).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, office.start)));
    before
        .split(|c: char| !c.is_alphanumeric())
        .rev()
        .filter(|word| !word.is_empty())
        .take(2)
        .any(|word| NONE.contains(&word))
}

/// The town of the page, for a statement that names no place of its own.
pub(super) fn at_home_of_page(unit: &Unit, page: &Page) -> Option<Slot> {
    if places::names_any(unit, page) {
        return None;
    }
    places::of_host(unit, page).or_else(|| page.home.clone())
}

/// The only town abroad of the sentence before this one in its block.
fn town_before(unit: &Unit, page: &Page) -> Option<Slot> {
    let before = unit.passage.sentences.iter().rev().find(|sentence| sentence.end <= unit.span.start)?;
    places::only_town(unit.passage, *before, page)
}

/// The operator of the statement, else the only one of the sentence before it in its block.
fn operator(unit: &Unit) -> Option<Slot> {
    if let Some(agency) = unit.operators().next() {
        return Some(unit.passage.slot(agency.span, agency.key.clone()));
    }
    let before = unit.passage.sentences.iter().rev().find(|sentence| sentence.end <= unit.span.start)?;
    let mut named = unit.passage.agencies_in(*before);
    let agency = named.next().filter(|agency| agency.operator)?;
    // Beside the host's own police nobody knows whose bureau the next sentence means.
    let host = unit.passage.terms_in(*before).any(|term| term.kind == TermKind::HostStateBody);
    (named.next().is_none() && !host).then(|| inferred(unit.passage.slot(agency.span, agency.key.clone())))
}

/// What the office is called: a name in quotes that ends, or in Latin also begins, with a word for an office;
/// else a plain noun of the lens.
pub(super) fn called(unit: &Unit, lens: &Lens) -> Option<Slot> {
    let letters: Vec<char> = unit.text().chars().collect();
    let quoted = quotes(&letters).into_iter().find(|(from, to)| {
        let inner: String = letters[*from..*to].iter().collect();
        is_office(&fold(&inner), lens)
    });
    if let Some((from, to)) = quoted {
        let span = Span::new(unit.span.start + from, unit.span.start + to);
        return Some(unit.passage.slot(span, fold(&unit.passage.cut(span))));
    }
    if let Some(noun) = unit.terms_of(TermKind::PostNameNoun).next() {
        return Some(unit.passage.slot(noun.span, fold(&noun.text)));
    }
    // “The police was there when the consulate opened a desk”: a plain noun is theirs who open it.
    let strange = unit
        .terms_of(TermKind::Body)
        .any(|term| !unit.operators().any(|agency| agency.span.overlaps(&term.span)));
    let folded = fold(&unit.text());
    if strange || exclusions::of_others(&folded) || names_a_mission(&folded) {
        return None;
    }
    let span = introduced(&letters, lens)?;
    let span = Span::new(unit.span.start + span.0, unit.span.start + span.1);
    Some(unit.passage.slot(span, fold(&unit.passage.cut(span))))
}

/// Articles and numerals with which a text introduces something.
const ARTICLES: [&str; 19] = [
    "a",
    "an",
    "een",
    "un",
    "una",
    "zo'n",
    "n",
    "its",
    "second",
    "third",
    "similar",
    "tweede",
    "derde",
    "soortgelijke",
    "segundo",
    "segunda",
    "tercer",
    "tercera",
    "primera",
];

/// Plain words for rooms, which say that there is an office where a body that polices has one.
const ROOMS: [&str; 10] = [
    "kantoor",
    "kantoortje",
    "ruimte",
    "locatie",
    "room",
    "location",
    "oficina",
    "sala",
    "dependencia",
    "sede",
];

/// Endings of Dutch compounds for an office, and compounds that end so and are something else.
const COMPOUNDS: [&str; 6] = ["post", "loket", "steunpunt", "contactpunt", "servicepunt", "servicebureau"];
const NO_OFFICE: [&str; 6] = ["compost", "wachtpost", "grenspost", "controlepost", "luchtpost", "briefpost"];

/// “Hulppost”, “paspoortloket”: Dutch joins what an office is for to the word for it.
fn compound(folded: &str) -> bool {
    let ends = COMPOUNDS.iter().any(|noun| folded.len() > noun.len() + 2 && folded.ends_with(noun));
    ends && !NO_OFFICE.contains(&folded)
}

/// “een loket”, “un puesto de contacto”, “a service desk”: a word of the lens for an office that the text introduces.
fn introduced(letters: &[char], lens: &Lens) -> Option<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..].iter().take_while(|c| c.is_alphabetic() || **c == '\'').count();
        if length > 0 {
            words.push((at, at + length));
        }
        at += length.max(1);
    }
    let folded: Vec<String> =
        words.iter().map(|(from, to)| fold(&letters[*from..*to].iter().collect::<String>())).collect();
    let office = |word: &String| {
        compound(word)
            || ROOMS.contains(&word.as_str())
            || lens.settings.offices.beside.iter().any(|noun| fold(noun) == *word)
    };
    let at = (0..folded.len()).find(|at| {
        office(&folded[*at])
            && (1..=2)
                .any(|back| at.checked_sub(back).is_some_and(|at| ARTICLES.contains(&folded[at].as_str())))
    })?;
    Some(words[at])
}

/// Where the statement says that somebody serves people there: “receives citizens”, 常驻.
fn serves(unit: &Unit, lens: &Lens) -> Option<Span> {
    let text = unit.text();
    let folded = plainsight_text::fold_with_map(&text);
    let chars = plainsight_text::Chars::new(&folded.text);
    let (at, word) = lens.settings.offices.serves.iter().find_map(|word| {
        let word = fold(word);
        Some((folded.text.find(&word)?, word))
    })?;
    let (from, to) = folded.source(chars.code_point(at), chars.code_point(at + word.len()));
    Some(Span::new(unit.span.start + from, unit.span.start + to))
}

/// Whether a folded name in quotes ends with, or in Latin script holds, a word of the lens for an office.
fn is_office(folded: &str, lens: &Lens) -> bool {
    let named = || lens.settings.offices.named.iter().map(|noun| fold(noun));
    if folded.chars().any(is_han) {
        return named().any(|noun| folded.ends_with(&noun));
    }
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| named().any(|noun| noun == word))
}

/// Spans between quotation marks, at most 60 characters long.
pub(super) fn quotes(letters: &[char]) -> Vec<(usize, usize)> {
    const OPEN: &str = "“„«「『‘\"'";
    const CLOSE: &str = "””»」』’\"'";
    let mut out = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let border = at == 0 || !letters[at - 1].is_alphanumeric() || is_han(letters[at - 1]);
        if let Some(kind) = OPEN.chars().position(|c| c == letters[at]).filter(|_| border) {
            let close = CLOSE.chars().nth(kind).unwrap_or('”');
            let end = (at + 1..letters.len().min(at + 62)).find(|to| letters[*to] == close);
            if let Some(end) = end {
                out.push((at + 1, end));
                at = end;
            }
        }
        at += 1;
    }
    out
}
