//! Binds mentions into frames: sentences, list items, table rows, captions, messages, titles.
//!
//! The blocks are walked in order with a memory of the posts named so far
//! (coreference) and the scope of headings, captions and titles (lists, tables).

mod acts;
mod another;
mod award;
mod by_address;
mod by_operator;
mod columns;
mod days;
mod figures;
mod fill;
mod host;
mod memory;
mod name;
mod noun;
mod only;
mod places;
mod post;
mod proposed;
mod row;
mod scope;
mod settle;
mod several;
mod told;
mod unit;
mod weighed;
mod weights;

pub(crate) use columns::{is_header, is_phone_header};
pub(crate) use proposed::frame_of;
pub use weighed::{WEIGHED, Weighed};

use crate::exclusions;
use crate::found::{Passage, PlaceAt, TermAt};
use crate::voice::quoted_words;
use memory::Memory;
use plainsight_lens::{Lens, PlaceRef, Strength, TermKind};
use plainsight_model::{BlockKind, Excluded, Frame, Publisher, Slot, Span};
use plainsight_text::{Day, is_han};
use scope::Scope;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use unit::Unit;

/// The longest list item that is taken as one statement, in characters.
const LONGEST_ITEM: usize = 400;

/// So many sentences before the one that names a post may be about it.
const NEAR_BEFORE: usize = 2;

/// A dateline stands in one of the first paragraphs.
const LEADS: usize = 3;

/// The longest dateline, in characters.
const LONGEST_DATELINE: usize = 40;

/// So many weak names of posts beside the sending state's own say what a page is about.
const MANY: usize = 3;

/// What frame makers know of the document.
pub(crate) struct Page<'p> {
    pub lens: &'p Lens,
    pub day: Option<Day>,
    /// The document's language, ISO 639-1.
    pub lang: Option<&'p str>,
    pub publisher: Option<&'p Publisher>,
    /// The sending state: the country of the operators that the document names, else the lens's default.
    pub sending: Option<PlaceRef>,
    /// The key of the only operator that the document names, if there is only one.
    pub only_operator: Option<String>,
    /// Whether the document speaks of at most one town abroad.
    pub one_town: bool,
    /// Where the page is at home: the town of its dateline, else the only one of its title, else of all of it.
    pub home: Option<Slot>,
    /// The lens's words for one more post, compiled when first asked.
    pub another: OnceCell<another::More>,
    /// It tells of a film, a book or a museum: only a post's own name says that there is one.
    pub story: bool,
    /// The association that publishes the page.
    pub body: Option<Slot>,
    /// How many operators the document names.
    pub operators: usize,
    /// The document names posts: by a strong term, a weak one beside an operator, or many weak ones.
    pub about: bool,
}

impl<'p> Page<'p> {
    fn of(
        passages: &[Passage],
        publisher: Option<&'p Publisher>,
        lens: &'p Lens,
        (day, lang): (Option<Day>, Option<&'p str>),
    ) -> Self {
        let operators = || passages.iter().flat_map(|passage| passage.agencies.iter().filter(|a| a.operator));
        let sending = operators().find_map(|agency| agency.country);
        let first = operators().next().map(|agency| agency.key.clone());
        let only = first.filter(|key| operators().all(|agency| agency.key == *key));
        let default = || lens.gazetteer.by_key(&lens.settings.sending.default);
        let sending = sending.or_else(default);
        let keys: BTreeSet<&str> = operators().map(|agency| agency.key.as_str()).collect();
        let body = host::publishing_body(passages, publisher);
        let (operators, only_operator) = (keys.len(), only);
        let posts = || passages.iter().flat_map(|passage| &passage.terms).filter(|term| term.kind.is_post());
        let strong = posts().any(|term| term.strength == Strength::Strong);
        let weak = posts().filter(|term| term.strength == Strength::Weak).count();
        let names_sender = || {
            let mut places = passages.iter().flat_map(|passage| &passage.places);
            sending.is_some() && places.any(|place| place.country == sending)
        };
        let about = strong || weak > 0 && operators > 0 || weak >= MANY && names_sender();
        let mut page = Page {
            lens,
            day,
            lang,
            publisher,
            sending,
            only_operator,
            one_town: true,
            home: None,
            another: OnceCell::new(),
            story: exclusions::tells_a_story(passages),
            body,
            operators,
            about,
        };
        let towns = || {
            passages.iter().flat_map(|passage| {
                passage
                    .places
                    .iter()
                    .filter(|p| !p.inside && !p.is_country && page.abroad(p.place) && !passage.owns(p.span))
            })
        };
        let first = towns().next().map(|place| place.key.clone());
        let one_town = towns().all(|place| Some(&place.key) == first.as_ref());
        page.one_town = one_town;
        page.home = page.home_of(passages);
        page
    }

    /// The town of the dateline, else the only one of the title, else of the document.
    fn home_of(&self, passages: &[Passage]) -> Option<Slot> {
        let town = |p: &&PlaceAt| !p.inside && !p.is_country && self.abroad(p.place);
        let slot = |passage: &Passage, place: &PlaceAt| {
            Some(memory::inferred(passage.slot(place.span, place.key.clone())))
        };
        let dated = passages.iter().filter(|passage| passage.block.kind == BlockKind::Paragraph).take(LEADS);
        for passage in dated {
            let first =
                passage.places.first().filter(town).filter(|place| place.span.start == passage.start());
            let capitals = |place: &PlaceAt| {
                place.text.chars().all(|c| !c.is_lowercase()) && !place.text.contains(is_han)
            };
            if let Some(place) = first.filter(|place| capitals(place)) {
                return slot(passage, place);
            }
        }
        // 本報溫哥華訊: so begins a report of a paper of that town.
        let told = |passage: &Passage, place: &PlaceAt| {
            let at = place.span.end - passage.start();
            let rest: String = passage.letters.iter().skip(at).take(2).collect();
            let line = passage.letters.len() <= LONGEST_DATELINE;
            at < LONGEST_DATELINE && rest.starts_with(['讯', '訊'])
                || line && ["报道", "報道", "报导", "報導"].contains(&rest.as_str())
        };
        let dated = passages.iter().take(LEADS);
        for passage in dated {
            if let Some(place) = passage.places.iter().filter(town).find(|place| told(passage, place)) {
                return slot(passage, place);
            }
        }
        let only = |mut found: Vec<(&Passage, &PlaceAt)>| {
            found.dedup_by(|b, a| a.1.key == b.1.key);
            match found.as_slice() {
                [(passage, place)] => slot(passage, place),
                _ => None,
            }
        };
        let all = |passage| {
            let passage: &Passage = passage;
            passage.places.iter().filter(town).map(move |place| (passage, place))
        };
        let title = passages.iter().filter(|passage| passage.block.kind == BlockKind::Title).take(1);
        only(title.flat_map(all).collect()).or_else(|| {
            if self.one_town { only(passages.iter().flat_map(all).take(1).collect()) } else { None }
        })
    }

    /// Whether a place lies outside the sending state.
    pub fn abroad(&self, place: PlaceRef) -> bool {
        let country = self.lens.gazetteer.country_of(place);
        // A state with codes for its divisions is a sending state: its places are at home.
        if country.is_some_and(|country| self.lens.gazetteer.has_divisions(country)) {
            return false;
        }
        match self.sending {
            Some(sending) => self.lens.gazetteer.abroad(place, &self.lens.gazetteer.key(sending)),
            None => self.lens.gazetteer.country_of(place).is_some(),
        }
    }
}

/// Makes all frames of a document, by position, and what was taken out for being at home. `written` is the
/// day and the language in which it was written.
pub(crate) fn frames(
    passages: &[Passage],
    publisher: Option<&Publisher>,
    lens: &Lens,
    written: (Option<Day>, Option<&str>),
) -> (Vec<Frame>, Vec<Excluded>) {
    let page = Page::of(passages, publisher, lens, written);
    let (mut out, mut excluded) = (Vec::new(), Vec::new());
    let mut memory = Memory::default();
    let mut scope = Scope::default();
    let mut offered: Vec<Slot> = Vec::new();
    let mut keeper: Option<Slot> = None;
    let any_main = passages.iter().any(|passage| passage.block.main);
    for passage in passages {
        scope.enter(passage, &page);
        // Menus and footers repeat what other pages say; rows of a list are kept, since readers of
        // main text drop tables.
        if any_main && !passage.block.main && passage.block.kind != BlockKind::TableRow {
            continue;
        }
        // Statements of the block that nothing was made of so far.
        let mut silent: Vec<Span> = Vec::new();
        let mut named = false;
        for span in units(passage) {
            let unit = Unit::new(passage, span, &page);
            let mut made = if passage.block.kind == BlockKind::TableRow {
                row::posts(&unit, &scope, &page)
            } else {
                post::posts(&unit, &scope, &memory, &page, &mut excluded)
            };
            made.extend(another::posts(&unit, &made, &memory, &page));
            if passage.block.kind == BlockKind::ListItem
                && let Some(award) = scope.award()
            {
                made.iter_mut().for_each(|frame| unit::put(&mut frame.slots, "award", award.clone()));
            }
            if made.is_empty() {
                offered.extend(offers(&unit, &page));
                keeper = keeper.or_else(|| keeps(&unit, &page));
                silent.push(span);
            } else if !std::mem::replace(&mut named, true) {
                for span in silent.iter().rev().take(NEAR_BEFORE) {
                    out.extend(only::before(&Unit::new(passage, *span, &page), &made, &page));
                }
            }
            let start = out.len();
            out.extend(acts::acts(&unit, &made, &memory, &page));
            out.extend(figures::figures(&unit, &scope, &made, &memory, &page));
            memory.learn(&unit, &made, exclusions::any(passage, span) && made.is_empty(), &page);
            out.extend(made);
            for frame in &mut out[start..] {
                frame.span = quoted_words(passage, frame).unwrap_or(frame.span);
            }
            out[start..].sort_by(|a, b| (a.span, &a.kind, &a.rule).cmp(&(b.span, &b.kind, &b.rule)));
        }
    }
    let weighed = weighed::posts(passages, &out, &memory, &page);
    out.extend(weighed);
    settle::settle(&mut out, memory.all.len());
    settle::only_operator(&mut out, &memory, &page);
    settle::listed(&mut out, "services", &offered);
    settle::listed(&mut out, "host_body", keeper.as_slice());
    places::names_for_adjectives(&mut out, passages, lens);
    out.sort_by(|a, b| (a.span, &a.kind).cmp(&(b.span, &b.kind)));
    out.dedup();
    (out, excluded)
}

/// Each town abroad of a page about posts with what speaks for a post in it, rules or not.
pub(crate) fn weighed(
    passages: &[Passage],
    publisher: Option<&Publisher>,
    lens: &Lens,
    written: (Option<Day>, Option<&str>),
) -> Vec<Weighed> {
    let (made, _) = frames(passages, publisher, lens, written);
    weighed::rows(passages, &made, &Page::of(passages, publisher, lens, written))
}

/// What a sentence says that posts offer without saying which: 为方便办理车驾管业务，我局设置海外警务点.
fn offers(unit: &Unit, page: &Page) -> Vec<Slot> {
    let leads = || {
        let last = unit.passage.sentences.last() == Some(&unit.span);
        last && unit.operators().next().is_some() && scope::ends_with_a_colon(unit.passage)
    };
    if !(unit.strong_post() || page.about && leads()) || exclusions::any(unit.passage, unit.span) {
        return Vec::new();
    }
    let service =
        |term: &TermAt| memory::inferred(unit.passage.slot(term.span, page.lens.terms[term.number].sense()));
    unit.terms_of(TermKind::Service).filter(|term| term.strength != Strength::Context).map(service).collect()
}

/// The association whose page it is, where a sentence says that it keeps the posts without saying which.
fn keeps(unit: &Unit, page: &Page) -> Option<Slot> {
    let posts = unit.terms().any(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun);
    host::own_body(unit, page).filter(|_| posts && !exclusions::any(unit.passage, unit.span))
}

/// A row, a short item or a heading is one statement; everything else is cut into sentences.
fn units(passage: &Passage) -> Vec<Span> {
    let whole = match passage.block.kind {
        BlockKind::TableRow | BlockKind::Title | BlockKind::Heading => true,
        BlockKind::ListItem => passage.letters.len() <= LONGEST_ITEM,
        _ => false,
    };
    if whole && passage.letters.len() <= LONGEST_ITEM * 4 {
        vec![passage.block.span]
    } else {
        passage.sentences.clone()
    }
}
