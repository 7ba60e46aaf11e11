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
use crate::found::{AgencyAt, Passage, PlaceAt, TermAt, gap, reaching};
use crate::words::{List, Words, list};
use plainsight_lens::{PlaceRef, Strength, TermKind};
use plainsight_model::{BlockKind, Frame, MentionKind, Modality, Slot, Span};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// The rule of frames that were made by weight: no way of writing that somebody knew.
pub const WEIGHED: &str = "post:weighed";

/// Characters before and behind a town in which its own cues stand.
const AROUND: usize = 24;

/// So many statements after one that names a weighed town may be about the same post.
const AFTER: usize = 3;

/// So many towns are weighed, each by so many of its mentions; a page with more is a list of something else.
const MOST: usize = 100;
const MOST_MENTIONS: usize = 12;

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

/// What stands in the block of a statement.
fn of_block(passage: &Passage) -> [(&'static str, bool); 4] {
    let strong = |term: &&TermAt| term.strength == Strength::Strong;
    [
        ("block: post", posts_in(passage).next().is_some()),
        ("block: strong post", posts_in(passage).any(|term| strong(&term))),
        ("block: operator", passage.agencies.iter().any(|agency| agency.operator)),
        ("block: host", passage.of(MentionKind::Organisation, passage.block.span).next().is_some()),
    ]
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
    let (only, around) = (only_name(&said), Around::new(page));
    let police = only_police(&said, page);
    // Where it was named last, so that no statement has to look through all the others.
    let mut near = police.as_deref().and_then(|key| said.iter().find_map(|one| police_in(one, key)));
    let mut out = Vec::new();
    for (number, one) in said.iter().enumerate() {
        near = police.as_deref().and_then(|key| police_in(one, key)).or(near);
        let mut found = here(one, &enough);
        found.retain(|place| tells(&said, number, place, &around));
        if found.is_empty() || exclusions::any(one.unit.passage, one.unit.span) || others_act(&one.unit) {
            continue;
        }
        let opener = opener(&one.unit, found[0].span);
        let name = opener.map(|term| memory.full_name(name(&one.unit, term)));
        let name = name.or_else(|| only.clone());
        let base = Base { name, operator: near.clone(), place: None, rule: WEIGHED };
        out.extend(build(&one.unit, &found, opener, &base, page));
    }
    let all: Vec<&Frame> = made.iter().chain(&out).filter(|frame| frame.kind == "post").collect();
    let more = follow(&said, &all, page);
    out.extend(more);
    out
}

/// What statements add that name no town, behind one that tells of a single post: about that.
fn follow(said: &[Said], posts: &[&Frame], page: &Page) -> Vec<Frame> {
    let mut told: BTreeMap<usize, Vec<&Frame>> = BTreeMap::new();
    posts.iter().for_each(|frame| told.entry(number_of(said, frame.span)).or_default().push(frame));
    let place = |frame: &Frame| Some(frame.slots.get("place")?.first()?.key.clone());
    let mut out = Vec::new();
    let mut about: Option<(&Frame, usize)> = None;
    for (number, one) in said.iter().enumerate() {
        if let Some(here) = told.get(&number) {
            let mut places: Vec<String> = here.iter().filter_map(|frame| place(frame)).collect();
            places.dedup();
            let single = places.len() == 1 && here.iter().any(|frame| frame.modality != Modality::Denied);
            let first = here.iter().find(|frame| place(frame).is_some());
            about = first.filter(|_| single).map(|frame| (*frame, number));
        } else if one.unit.passage.places_in(one.unit.span).any(|place| weighs(place, page)) {
            about = None;
        } else if let Some((frame, _)) = about.filter(|(_, at)| number - at <= AFTER) {
            out.extend(only::adding(&one.unit, &anchor(frame), WEIGHED, page));
        }
    }
    out
}

/// The statement in which a span begins.
fn number_of(said: &[Said], span: Span) -> usize {
    said.partition_point(|one| one.unit.span.start <= span.start).saturating_sub(1)
}

/// Every town of a page and its cues, as learning wants them; none where no page about posts is.
pub(crate) fn rows(passages: &[Passage], made: &[Frame], page: &Page) -> Vec<Weighed> {
    towns(&statements(passages, page), made, page).into_iter().map(|(town, _)| town).collect()
}

/// The places of a statement in towns that weigh enough, one of each.
fn here<'s>(said: &'s Said, enough: &BTreeSet<String>) -> Vec<&'s PlaceAt> {
    let mut out: Vec<&PlaceAt> = Vec::new();
    let passage = said.unit.passage;
    for place in passage.places_in(said.unit.span).filter(|place| enough.contains(&place.key)) {
        if out.iter().any(|known| known.key == place.key) {
            continue;
        }
        let owned = reaching(&passage.others, place.span, |other| other.span)
            .any(|other| other.kind == MentionKind::Organisation && other.span.contains(&place.span));
        if !owned && whole(passage, place) {
            out.push(place);
        }
    }
    out
}

/// Cues without one of which a statement says nothing of a post: “people in X heard of it”.
const TELLS: [&str; 15] = [
    "said: strong",
    "said: weak",
    "said: noun",
    "said: operator",
    "said: police of nowhere",
    "said: service",
    "said: address",
    "said: room",
    "said: phone",
    "said: host",
    "said: verb",
    "said: plan",
    "said: head",
    "town: one more",
    "town: an office behind",
];

/// Whether a statement says anything that a post in this place may be told by.
fn tells(said: &[Said], number: usize, place: &PlaceAt, around: &Around) -> bool {
    let cues = around.of(said, number, place, &BTreeSet::new());
    // A dateline says where the page is at home; who walks along with whom there keeps no post.
    let dateline = cues.contains(&("town: dateline", true));
    (said[number].post || !dateline) && cues.iter().any(|(name, held)| *held && TELLS.contains(name))
}

/// Whether a mission, an enterprise or a museum acts in the statement, and no police that may keep a post.
fn others_act(unit: &Unit) -> bool {
    let polices = unit.passage.agencies_in(unit.span).any(|agency| unplaced(agency, unit.page()));
    !polices && unit.others_act()
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

/// The key of the police that may keep the posts: the only operator of the page, else the only police of a place that
/// no gazetteer has.
fn only_police(said: &[Said], page: &Page) -> Option<String> {
    let all = said.iter().flat_map(|one| one.unit.passage.agencies_in(one.unit.span));
    let keys: BTreeSet<&str> =
        all.filter(|agency| unplaced(agency, page)).map(|agency| agency.key.as_str()).collect();
    let only = keys.first().filter(|_| keys.len() == 1).map(|key| (*key).to_owned());
    page.only_operator.clone().or(only)
}

/// Where a statement names that police.
fn police_in(said: &Said, key: &str) -> Option<Slot> {
    let passage = said.unit.passage;
    let agency = passage.agencies_in(said.unit.span).find(|agency| agency.key == key)?;
    Some(inferred(passage.slot(agency.span, agency.key.clone())))
}

/// The statements of a page about posts; of any other none.
fn statements<'u, 'd>(passages: &'u [Passage<'d>], page: &'u Page<'u>) -> Vec<Said<'u, 'd>> {
    let named = passages.iter().flat_map(|passage| &passage.terms);
    let named = named.filter(|term| term.kind.is_post() && term.strength != Strength::Context).count() > 0;
    // The police of a place that nobody knows may be the host state's own: only beside a word for an office.
    let beside = |passage: &Passage| {
        posts_in(passage).next().is_some() && passage.agencies.iter().any(|agency| unplaced(agency, page))
    };
    if page.story || !(page.about || page.operators > 0 || named || passages.iter().any(beside)) {
        return Vec::new();
    }
    let any_main = passages.iter().any(|passage| passage.block.main);
    let read = passages.iter().filter(|p| !any_main || p.block.main || p.block.kind == BlockKind::TableRow);
    let mut out = Vec::new();
    for passage in read {
        let block = of_block(passage);
        for span in units(passage) {
            let unit = Unit::new(passage, span, page);
            let (mut cues, post) = held(&unit);
            cues.extend(block);
            out.push(Said { unit, cues, post });
        }
    }
    out
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
        (
            "said: police of nowhere",
            unit.passage.agencies_in(unit.span).any(|agency| unplaced(agency, unit.page())),
        ),
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

/// Whether a body is a police by its function whose place no gazetteer has: likely no body of the host state.
fn unplaced(agency: &AgencyAt, page: &Page) -> bool {
    agency.operator
        || agency.slots.place.is_none()
            && !agency.slots.code.is_empty()
            && page.lens.settings.sending.acting.contains(&agency.slots.function)
}

/// Whether a place is one that is weighed: a town abroad.
fn weighs(place: &PlaceAt, page: &Page) -> bool {
    !place.is_country && page.abroad(place.place)
}

/// Whether a town's name is no part of a longer one: “Faro Abierto”, “avenida de las Salinas Rotas”.
fn whole(passage: &Passage, place: &PlaceAt) -> bool {
    let at = place.span.end - passage.start();
    let next: Vec<char> = passage.letters.iter().skip(at).take(3).copied().collect();
    let goes_on =
        matches!(next.as_slice(), [' ', first, second] if first.is_uppercase() && second.is_lowercase());
    let street = reaching(&passage.others, place.span, |other| other.span).any(|other| {
        other.kind == MentionKind::Address
            && other.span.contains(&place.span)
            && other.span.end > place.span.end + 4
    });
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
        for place in towns {
            if all.get(place.key.as_str()).is_some_and(|known| known.len() == MOST_MENTIONS)
                || !whole(passage, place)
            {
                continue;
            }
            let known = all.entry(&place.key).or_default();
            if known.is_empty() {
                order.push(&place.key);
            }
            if known.len() < MOST_MENTIONS {
                known.push((number, place));
            }
        }
    }
    let posts = || made.iter().filter(|frame| frame.kind == "post" && frame.rule != WEIGHED);
    let ruled: BTreeSet<&str> = posts()
        .flat_map(|frame| frame.slots.get("place").into_iter().flatten())
        .map(|slot| slot.key.as_str())
        .collect();
    let mut ruled_in: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for frame in posts() {
        let places = frame.slots.get("place").into_iter().flatten().map(|slot| slot.key.as_str());
        ruled_in.entry(number_of(said, frame.span)).or_default().extend(places);
    }
    let places = said.iter().flat_map(|one| one.unit.passage.places_in(one.unit.span));
    let named: BTreeSet<PlaceRef> =
        places.filter(|place| place.is_country).filter_map(|place| place.country).collect();
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
            let each: Vec<_> = at.iter().map(|(n, place)| words.of(said, *n, place, &named)).collect();
            let with = |(number, _): &At| {
                ruled_in.get(number).is_some_and(|places| places.iter().any(|other| *other != key))
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
    let bodies = said.iter().flat_map(|one| one.unit.passage.agencies_in(one.unit.span));
    let polices: BTreeSet<&str> =
        bodies.filter(|agency| unplaced(agency, page)).map(|agency| agency.key.as_str()).collect();
    let looks = terms().filter(|t| t.kind.is_exclusion() && t.strength != Strength::Context).count();
    BTreeMap::from([
        ("page: one", 1.0),
        ("page: strong", share(post(Strength::Strong), 3)),
        ("page: weak", share(post(Strength::Weak), 3)),
        ("page: nouns", share(count(TermKind::PostNameNoun), 4)),
        ("page: operators", share(page.operators, 2)),
        ("page: polices of nowhere", share(polices.len(), 2)),
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
    "burgemeester",
    "gemeente",
    "gemeenteraad",
    "rechtbank",
    "parket",
    "politie",
    "college",
    "wijkagent",
    "ambassade",
    "consulaat",
    "alcalde",
    "ayuntamiento",
    "policia local",
    "embajada",
    "consulado",
    "juzgado",
    "mayor",
    "council",
    "court",
    "embassy",
    "consulate",
    "police department",
    "city hall",
    "市政府",
    "市议会",
    "警局",
    "警察局",
    "警方",
    "总领",
    "领事馆",
    "使馆",
    "法院",
    "检方",
];
/// Words that say that one more is there, folded.
static MORE: List = list![
    "een in",
    "one in",
    "otra en",
    "otro en",
    "una en",
    "uno en",
    "another in",
    "also in",
    "ook in",
    "tambien en",
    "as well as",
    "behalve in",
    "sister",
    "suman",
    "sumaron",
    "segunda",
    "segundo",
    "tweede",
    "second",
    "third",
    "derde",
    "tercera",
    "and one",
    "还有",
    "另有",
    "另一",
    "另外",
    "亦有",
    "也有",
    "亦然",
    "除",
    "首批",
    "新设",
    "增设",
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
    fn of(
        &self,
        said: &[Said],
        number: usize,
        place: &PlaceAt,
        named: &BTreeSet<PlaceRef>,
    ) -> Vec<(&'static str, bool)> {
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
            unit.terms().filter(|t| {
                t.kind == TermKind::PostNameNoun || t.kind.is_post() && t.strength != Strength::Context
            })
        };
        let far = posts().map(|term| gap(term.span, place.span)).min().unwrap_or(usize::MAX);
        let others: BTreeSet<&str> = (passage.places_in(unit.span))
            .filter(|other| other.key != place.key && weighs(other, unit.page()))
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
            ("town: of a country named", place.country.is_some_and(|country| named.contains(&country))),
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
