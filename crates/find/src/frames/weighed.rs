//! Towns that a page says a post is in, by the weight of all it says of them.
//!
//! The rules beside this file know how one *writes* that a post is somewhere; people write it in more
//! ways than anybody lists. Here each town abroad of a page about posts is judged by cues that are
//! simple and counted apart: what stands in its sentence, before and behind it, in the sentences next
//! to it, and in the page. Their weights (`WEIGHTS`) are learned by logistic regression from marked
//! documents (`bench/find/learn.py`); a town whose weights sum to `ENOUGH` or more gets the frames of
//! the statements that name it. What a rule found stands: only other towns are weighed.

use super::fill::build;
use super::memory::{Memory, anchor, inferred};
use super::name::name;
use super::only;
use super::post::Base;
use super::unit::Unit;
use super::weights::{ENOUGH, WEIGHTS};
use super::{Page, units};
use crate::exclusions;
use crate::found::{Passage, PlaceAt, TermAt, gap, reaching};
use crate::words::{List, Words, list};
use plainsight_lens::{PlaceRef, Strength, TermKind};
use plainsight_model::{BlockKind, Frame, MentionKind, Modality, Slot, Span};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// The rule's name.
pub(super) const WEIGHED: &str = "post:weighed";

/// Characters before and behind a town in which its own cues stand.
const AROUND: usize = 24;

/// So many statements after one that names a weighed town may be about the same post.
const AFTER: usize = 3;

/// So many towns are weighed; a page with more is a gazetteer.
const MOST: usize = 200;

/// A town and what speaks for a post in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The town's key in the gazetteer.
    pub key: String,
    /// As the page writes it, each form once.
    pub texts: BTreeSet<String>,
    /// Whether a rule found a post in it.
    pub ruled: bool,
    /// Each cue by its name, from 0 to 1.
    pub cues: BTreeMap<&'static str, f32>,
}

impl Weighed {
    /// The sum of the weights of what speaks for it: the logarithm of the odds.
    pub fn points(&self) -> f32 {
        let of = |name: &str| self.cues.get(name).copied().unwrap_or_default();
        WEIGHTS.iter().map(|(name, weight)| weight * of(name)).sum()
    }
}

/// A statement and what stands in it.
struct Said<'u, 'd> {
    unit: Unit<'u, 'd>,
    cues: Vec<(&'static str, bool)>,
    post: bool,
}

/// A town's mention: the statement and the place.
type At<'u> = (usize, &'u PlaceAt);

/// Makes the frames of towns without any. `made` are those of the rules.
pub(super) fn posts(passages: &[Passage], made: &[Frame], memory: &Memory, page: &Page) -> Vec<Frame> {
    let said = statements(passages, page);
    let enough: BTreeSet<String> = (towns(&said, made, page).into_iter())
        .filter(|(town, _)| !town.ruled && town.points() >= ENOUGH)
        .map(|(town, _)| town.key)
        .collect();
    if enough.is_empty() {
        return Vec::new();
    }
    let only = only_name(&said);
    let mut out = Vec::new();
    for (number, one) in said.iter().enumerate() {
        let found = here(one, &enough);
        if found.is_empty() || exclusions::any(one.unit.passage, one.unit.span) {
            continue;
        }
        let opener = opener(&one.unit, found[0].span);
        let name = opener.map(|term| memory.full_name(name(&one.unit, term)));
        let name = name.or_else(|| only.clone());
        let operator = operator(&said, number, page);
        let base = Base { name, operator, place: None, rule: WEIGHED };
        let frames = build(&one.unit, &found, opener, &base, page);
        if let [frame] = frames.as_slice()
            && frame.modality != Modality::Denied
        {
            out.extend(after(&said[number + 1..], frame, page));
        }
        out.extend(frames);
    }
    out
}

/// Every town of a page and its cues, as learning wants them; none where no page about posts is.
pub(crate) fn rows(passages: &[Passage], made: &[Frame], page: &Page) -> Vec<Weighed> {
    towns(&statements(passages, page), made, page).into_iter().map(|(town, _)| town).collect()
}

/// What follows about the same post, up to the next town.
fn after(said: &[Said], frame: &Frame, page: &Page) -> Vec<Frame> {
    let anchor = anchor(frame);
    let silent = |one: &&Said| !one.unit.passage.places_in(one.unit.span).any(|p| weighs(p, page));
    let next = said.iter().take(AFTER).take_while(silent);
    next.flat_map(|one| only::adding(&one.unit, &anchor, WEIGHED, page)).collect()
}

/// The places of a statement in towns that weigh enough, one of each.
fn here<'s>(said: &'s Said, enough: &BTreeSet<String>) -> Vec<&'s PlaceAt> {
    let mut out: Vec<&PlaceAt> = Vec::new();
    for place in said.unit.passage.places_in(said.unit.span) {
        let owned = said.unit.passage.of(MentionKind::Organisation, said.unit.span);
        let owned = owned.filter(|body| body.span.contains(&place.span)).count() > 0;
        let plain = !owned && whole(said.unit.passage, place);
        if enough.contains(&place.key) && plain && out.iter().all(|known| known.key != place.key) {
            out.push(place);
        }
    }
    out
}

/// The term nearest to a place that names an office: a post's name before a plain noun.
fn opener<'u>(unit: &Unit<'u, '_>, near: Span) -> Option<&'u TermAt> {
    let nearest = |kinds: &dyn Fn(&TermAt) -> bool| {
        unit.terms().filter(|term| kinds(term)).min_by_key(|term| gap(term.span, near))
    };
    nearest(&|term| term.kind.is_post() && term.strength != Strength::Context)
        .or_else(|| nearest(&|term| term.kind == TermKind::PostNameNoun))
}

/// The only name of a post in the document.
fn only_name(said: &[Said]) -> Option<Slot> {
    let mut names: Vec<Slot> = Vec::new();
    for one in said {
        let strong = one.unit.terms().filter(|term| term.kind.is_post() && term.strength == Strength::Strong);
        names.extend(strong.map(|term| inferred(one.unit.passage.slot(term.span, fold(&term.text)))));
    }
    names.dedup_by(|a, b| a.key == b.key);
    match names.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The operator of the statement before that names one, where the page names only one in all.
fn operator(said: &[Said], number: usize, page: &Page) -> Option<Slot> {
    let only = page.only_operator.as_ref()?;
    let all = said[..=number].iter().rev().chain(&said[number..]);
    all.flat_map(|one| one.unit.operators().map(move |agency| (one, agency)))
        .find(|(_, agency)| agency.key == *only)
        .map(|(one, agency)| inferred(one.unit.passage.slot(agency.span, agency.key.clone())))
}

/// The statements of a page about posts; of any other none.
fn statements<'u, 'd>(passages: &'u [Passage<'d>], page: &'u Page<'u>) -> Vec<Said<'u, 'd>> {
    let terms = || passages.iter().flat_map(|passage| &passage.terms);
    let named = terms().any(|term| {
        (term.kind.is_post() || term.kind == TermKind::Body) && term.strength != Strength::Context
    });
    if page.story || !named && passages.iter().all(|passage| passage.agencies.is_empty()) {
        return Vec::new();
    }
    let any_main = passages.iter().any(|passage| passage.block.main);
    let read = passages
        .iter()
        .filter(|p| !any_main || p.block.main || p.block.kind == BlockKind::TableRow);
    read.flat_map(|passage| units(passage).into_iter().map(move |span| (passage, span)))
        .map(|(passage, span)| {
            let unit = Unit::new(passage, span, page);
            let (cues, post) = held(&unit);
            Said { unit, cues, post }
        })
        .collect()
}

/// What stands in a statement.
fn held(unit: &Unit) -> (Vec<(&'static str, bool)>, bool) {
    let of = |kind| unit.passage.of(kind, unit.span).next().is_some();
    let term = |kind: TermKind| unit.terms_of(kind).next().is_some();
    let post = |strength| unit.terms().any(|term| term.kind.is_post() && term.strength == strength);
    let noun = term(TermKind::PostNameNoun);
    let (strong, weak) = (post(Strength::Strong), post(Strength::Weak));
    let service = unit.terms_of(TermKind::Service).any(|term| term.strength != Strength::Context);
    let cues = vec![
        ("said: strong", strong),
        ("said: weak", weak),
        ("said: noun", noun),
        ("said: operator", unit.operators().next().is_some()),
        ("said: body", unit.passage.agencies_in(unit.span).any(|agency| !agency.operator)),
        ("said: service", service),
        ("said: lookalike", unit.terms().any(|term| term.kind.is_exclusion())),
        ("said: host state", term(TermKind::HostStateBody)),
        ("said: address", unit.addresses().next().is_some()),
        ("said: room", of(MentionKind::Address)),
        ("said: phone", of(MentionKind::Phone)),
        ("said: day", of(MentionKind::Date)),
        ("said: person", of(MentionKind::Person)),
        ("said: host", of(MentionKind::Organisation) || term(TermKind::HostBody)),
        ("said: pressure", term(TermKind::Pressure)),
        ("said: denial", term(TermKind::Denial)),
        ("said: law", term(TermKind::Law)),
        ("said: verb", term(TermKind::Verb)),
        ("said: plan", term(TermKind::Plan)),
        ("said: award", term(TermKind::Award)),
        ("said: head", unit.passage.of(MentionKind::Person, unit.span).any(|one| one.rule == "person:head")),
        ("said: row", unit.passage.block.kind == BlockKind::TableRow),
        ("said: item", unit.passage.block.kind == BlockKind::ListItem),
        ("said: title", matches!(unit.passage.block.kind, BlockKind::Title | BlockKind::Heading)),
        ("said: short", unit.span.len() < 40),
    ];
    (cues, strong || weak || noun)
}

/// Whether a place is one that is weighed: a town abroad.
fn weighs(place: &PlaceAt, page: &Page) -> bool {
    !place.is_country && page.abroad(place.place)
}

/// Whether a town's name is no part of a longer one: “Faro Abierto”, “avenida de las Salinas Rotas”.
fn whole(passage: &Passage, place: &PlaceAt) -> bool {
    let at = place.span.end - passage.start();
    let next: Vec<char> = passage.letters.iter().skip(at).take(3).copied().collect();
    let goes_on = matches!(next.as_slice(), [' ', first, second] if first.is_uppercase() && second.is_lowercase());
    let street = passage
        .of(MentionKind::Address, passage.block.span)
        .any(|address| address.span.contains(&place.span) && address.span.end > place.span.end + 4);
    let han = place.text.chars().any(plainsight_text::is_han);
    !(goes_on || street && !han && place.span.start > passage.start())
}

/// Every town of the statements with its cues and its mentions, in the order of the page.
fn towns<'s>(said: &'s [Said], made: &[Frame], page: &Page) -> Vec<(Weighed, Vec<At<'s>>)> {
    let mut order: Vec<&str> = Vec::new();
    let mut all: BTreeMap<&str, Vec<At>> = BTreeMap::new();
    for (number, one) in said.iter().enumerate() {
        let passage = one.unit.passage;
        let towns = passage.places_in(one.unit.span).filter(|place| weighs(place, page));
        for place in towns.filter(|place| whole(passage, place)) {
            let known = all.entry(&place.key).or_default();
            if known.is_empty() {
                order.push(&place.key);
            }
            known.push((number, place));
        }
    }
    let posts = || made.iter().filter(|frame| frame.kind == "post" && frame.rule != WEIGHED);
    let ruled: BTreeSet<&str> = posts()
        .flat_map(|frame| frame.slots.get("place").into_iter().flatten())
        .map(|slot| slot.key.as_str())
        .collect();
    let whole = of_page(said, page);
    let words = Around::new(page);
    order.truncate(MOST);
    order
        .into_iter()
        .filter_map(|key| {
            let at = all.remove(key)?;
            let others = ruled.iter().filter(|other| **other != key).count();
            let mut cues = whole.clone();
            cues.insert("page: posts by rule", share(others, 3));
            cues.insert("mentions", share(at.len(), 3));
            let each: Vec<_> = at.iter().map(|(n, place)| words.of(said, *n, place, page)).collect();
            let with = |(number, _): &At| {
                posts().any(|frame| {
                    let places = frame.slots.get("place").into_iter().flatten();
                    frame.span.overlaps(&said[*number].unit.span)
                        && places.map(|slot| slot.key.as_str()).any(|other| other != key)
                })
            };
            cues.insert("said: a post by rule elsewhere", f32::from(u8::from(at.iter().any(with))));
            for (name, held) in each.iter().flatten() {
                let value = cues.entry(name).or_default();
                *value = value.max(f32::from(u8::from(*held)));
            }
            for (name, always) in ALWAYS {
                let all = each.iter().all(|cues| cues.iter().any(|(cue, held)| cue == &name && *held));
                cues.insert(always, f32::from(u8::from(all)));
            }
            let ruled = ruled.contains(key);
            let texts = at.iter().map(|(_, place)| place.text.clone()).collect();
            Some((Weighed { key: key.to_owned(), texts, ruled, cues }, at))
        })
        .collect()
}

/// Cues that weigh otherwise where they hold at every mention.
const ALWAYS: [(&str, &str); 4] = [
    ("town: in a body's name", "always: in a body's name"),
    ("town: from there", "always: from there"),
    ("town: its own state's", "always: its own state's"),
    ("town: dateline", "always: dateline"),
];

fn share(n: usize, of: usize) -> f32 {
    n.min(of) as f32 / of as f32
}

/// What the page says in all.
fn of_page(said: &[Said], page: &Page) -> BTreeMap<&'static str, f32> {
    let terms = || said.iter().flat_map(|one| one.unit.terms());
    let count = |kind: TermKind| terms().filter(|term| term.kind == kind).count();
    let post = |strength| terms().filter(|term| term.kind.is_post() && term.strength == strength).count();
    let services =
        terms().filter(|term| term.kind == TermKind::Service && term.strength != Strength::Context).count();
    let looks = terms().filter(|t| t.kind.is_exclusion() && t.strength != Strength::Context).count();
    BTreeMap::from([
        ("page: one", 1.0),
        ("page: strong", share(post(Strength::Strong), 3)),
        ("page: weak", share(post(Strength::Weak), 3)),
        ("page: nouns", share(count(TermKind::PostNameNoun), 4)),
        ("page: operators", share(page.operators, 2)),
        ("page: services", share(services, 3)),
        ("page: lookalikes", share(looks, 3)),
        ("page: host state", share(count(TermKind::HostStateBody), 2)),
        ("page: pressure", share(count(TermKind::Pressure), 2)),
        ("page: law", share(count(TermKind::Law), 2)),
        ("page: bodies", share(count(TermKind::Body), 3)),
        ("page: one town", f32::from(u8::from(page.one_town))),
        ("page: about", f32::from(u8::from(page.about))),
    ])
}

/// Words behind which a place is where something is, folded.
static IN: List = list!["in", "te", "at", "en", "near", "nabij", "在", "于", "驻", "設", "设", "位于", "喺"];
/// Words behind which it is where somebody comes from or goes to, folded.
static FROM: List = list![
    "uit", "from", "de", "van", "naar", "to", "a", "hacia", "para", "从", "去", "到", "来", "往", "返", "回",
];
/// Words beside a town for a body of its own state, folded.
static OWN_STATE: List = list![
    "burgemeester", "gemeente", "gemeenteraad", "rechtbank", "parket", "politie", "college", "wijkagent",
    "ambassade", "consulaat", "alcalde", "ayuntamiento", "policia local", "embajada", "consulado", "juzgado",
    "mayor", "council", "court", "embassy", "consulate", "police department", "city hall", "市政府",
    "市议会", "警局", "警察局", "警方", "总领", "领事馆", "使馆", "法院", "检方",
];
/// Words that say that one more is there, folded.
static MORE: List = list![
    "een in", "one in", "otra en", "otro en", "una en", "uno en", "another in", "also in", "ook in",
    "tambien en", "as well as", "behalve in", "sister", "suman", "sumaron", "segunda", "segundo", "tweede",
    "second", "third", "derde", "tercera", "and one", "还有", "另有", "另一", "另外", "亦有", "也有", "亦然",
    "除", "首批", "新设", "增设",
];

/// What stands around a town.
struct Around {
    behind: Words,
    beside: Words,
}

impl Around {
    fn new(page: &Page) -> Self {
        let words = |list: &[String]| Words::new(&list.iter().map(String::as_str).collect::<Vec<_>>());
        let offices = &page.lens.settings.offices;
        Self { behind: words(&offices.behind), beside: words(&offices.beside) }
    }

    /// The cues of one mention.
    fn of(&self, said: &[Said], number: usize, place: &PlaceAt, page: &Page) -> Vec<(&'static str, bool)> {
        let one = &said[number];
        let (unit, passage) = (&one.unit, one.unit.passage);
        let from = place.span.start.saturating_sub(AROUND).max(unit.span.start);
        let before = fold(&passage.cut(Span::new(from, place.span.start)));
        let before = before.trim_end();
        let to = (place.span.end + AROUND).min(unit.span.end);
        let behind = fold(&passage.cut(Span::new(place.span.end, to)));
        let bare = behind.trim_start().trim_start_matches(['的', '之', '(', ')']);
        let inside = |kind| passage.of(kind, unit.span).any(|other| other.span.contains(&place.span));
        let posts = || {
            unit.terms().filter(|t| t.kind == TermKind::PostNameNoun || t.kind.is_post() && t.strength != Strength::Context)
        };
        let far = posts().map(|term| gap(term.span, place.span)).min().unwrap_or(usize::MAX);
        let others: BTreeSet<&str> = (passage.places_in(unit.span))
            .filter(|other| other.key != place.key && weighs(other, page))
            .map(|other| other.key.as_str())
            .collect();
        let beside = |at: Option<usize>| at.and_then(|at| said.get(at)).is_some_and(|near| near.post);
        let agency = reaching(&passage.agencies, place.span, |agency| agency.span)
            .any(|agency| agency.span.contains(&place.span));
        let address = passage
            .of(MentionKind::Address, unit.span)
            .any(|address| address.span.contains(&place.span) || gap(address.span, place.span) <= 2);
        let near = |words: &Words, text: &str| words.within(text);
        let tail: String = before.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
        let front: String = bare.chars().take(10).collect();
        let mut cues = one.cues.clone();
        cues.extend([
            ("block: post", posts_in(passage).next().is_some()),
            ("block: strong post", posts_in(passage).any(|term| term.strength == Strength::Strong)),
            ("block: operator", passage.agencies.iter().any(|agency| agency.operator)),
            ("block: host", passage.of(MentionKind::Organisation, passage.block.span).next().is_some()),
            ("before: post", beside(number.checked_sub(1))),
            ("behind: post", beside(Some(number + 1))),
            ("town: in", IN.ends(before)),
            ("town: from there", FROM.ends(before)),
            ("town: one more", near(&MORE, before) || MORE.begins_in(&front)),
            ("town: an office behind", self.behind.iter().any(|word| bare.starts_with(word))),
            ("town: an office beside", near(&self.beside, before) || near(&self.beside, &front)),
            ("town: its own state's", near(&OWN_STATE, &tail) || near(&OWN_STATE, &front)),
            ("town: in a body's name", inside(MentionKind::Organisation)),
            ("town: in an agency's name", agency),
            ("town: in an address", address),
            ("town: in a post's name", place.inside && far == 0),
            ("town: near an office", far <= 4),
            ("town: not far from an office", far <= 16),
            ("town: begins", place.span.start <= unit.span.start + 2),
            ("town: label", bare.starts_with([':', '：'])),
            ("town: dateline", number < 4 && place.span.start <= unit.span.start + 2),
            ("town: quoted", before.ends_with(['"', '«', '“', '「'])),
            ("town: alone", others.is_empty()),
            ("town: among many", others.len() >= 3),
            ("town: of a country named", country_named(said, place)),
        ]);
        cues
    }
}

/// The names of posts and the plain nouns for offices in a block.
fn posts_in<'p>(passage: &'p Passage) -> impl Iterator<Item = &'p TermAt> {
    passage.terms.iter().filter(|term| {
        term.kind == TermKind::PostNameNoun || term.kind.is_post() && term.strength != Strength::Context
    })
}

/// Whether the page names the town's country, too.
fn country_named(said: &[Said], place: &PlaceAt) -> bool {
    let country: Option<PlaceRef> = place.country;
    said.iter().any(|one| {
        one.unit.passage.places_in(one.unit.span).any(|other| other.is_country && other.country == country)
    })
}
