//! Origins: which quotes of a claim rest on one and the same knowledge.
//!
//! Each quote stands under what it credits (a held document, a named source
//! that is not held, a page that is not named, a speaker) or under its own
//! document; these leaves are then joined by copies, partial copies, speakers and
//! decisions. A joint that a person called independent is never made.

use crate::attribution::{is_nobody, is_unnamed_page, name_key, same_name};
use crate::gather::{Draft, Item, is_party};
use crate::own_record::own_record;
use crate::view::View;
use crate::{Cited, Weighed};
use plainsight_model::{DocumentId, Letter, Mark, Mode, OriginHow, OriginId, Predicate, Side};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// What a quote rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// A held document's own knowledge.
    Own(usize),
    /// A speaker, by key.
    Speaker(String),
    /// A named source that is not held.
    Stub(String),
    /// A page that this report read and does not name.
    Unnamed(usize),
}

/// An origin with the quotes that stand under it.
pub(crate) struct Built {
    pub id: OriginId,
    pub documents: Vec<DocumentId>,
    pub how: OriginHow,
    pub voice: String,
    pub letter: Letter,
    pub group: Option<String>,
    pub marks: Vec<Mark>,
    /// Numbers of the draft's items, sorted.
    pub items: Vec<usize>,
}

impl Built {
    /// The origin as rule G1 weighs it by the quotes that `in_set` lets through; `None` without any.
    pub fn weigh(&self, modes: &[Mode], in_set: &dyn Fn(usize) -> bool) -> Option<Weighed> {
        let mode = self.items.iter().filter(|i| in_set(**i)).map(|i| modes[*i]).min()?;
        let (letter, group, marks) = (self.letter, self.group.clone(), self.marks.clone());
        Some(Weighed { id: self.id, mode, letter, group, marks })
    }
}

/// What each item rests on, and its mode.
pub(crate) struct Rests {
    pub roots: Vec<BTreeSet<Root>>,
    pub modes: Vec<Mode>,
}

/// A direct credit before it is followed to its end.
enum Direct {
    Root(Root),
    Held(BTreeSet<usize>),
}

/// Follows the credits of every item.
pub(crate) fn rests(view: &View<'_>, draft: &Draft) -> Rests {
    let direct: Vec<Vec<Direct>> = draft.items.iter().map(|i| credits(view, draft, i)).collect();
    let mut by_document: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, item) in draft.items.iter().enumerate() {
        by_document.entry(item.document).or_default().push(number);
    }
    let roots: Vec<BTreeSet<Root>> =
        (0..draft.items.len()).map(|n| follow(view, draft, n, &direct, &by_document)).collect();
    let modes = (draft.items.iter().zip(&roots).zip(&direct))
        .map(|((item, roots), direct)| {
            let cites = direct.iter().any(|d| matches!(d, Direct::Held(_)));
            if roots.is_empty() {
                Mode::Tertiary
            } else if cites {
                Mode::Secondary
            } else {
                mode(view, draft, item, roots)
            }
        })
        .collect();
    Rests { roots, modes }
}

/// Whom one quote credits.
fn credits(view: &View<'_>, draft: &Draft, item: &Item) -> Vec<Direct> {
    if item.record {
        return vec![Direct::Root(Root::Own(item.document))];
    }
    let citations = view.citations(item.document, item.quote.span);
    // What is only told after a page that is held ("according to the list of …")
    // stands under that page; words between quotation marks are the speaker's own.
    let held =
        |c: &&crate::Citation| matches!(&c.source, Cited::Named { documents, .. } if !documents.is_empty());
    if let Some(speaker) = &item.speaker
        && (speaker.verbatim || !citations.iter().any(held))
    {
        return speaker_credits(view, draft, item, speaker);
    }
    if citations.is_empty() {
        return vec![Direct::Root(Root::Own(item.document))];
    }
    let mut all = Vec::new();
    for citation in citations {
        match &citation.source {
            Cited::Named { key, documents, .. } => {
                let held: BTreeSet<usize> = documents.iter().filter_map(|d| view.number(d)).collect();
                // A page that names its own publisher as its source says it itself.
                if held.contains(&item.document) || is_publisher(view, item.document, key) {
                    all.push(Direct::Root(Root::Own(item.document)));
                } else {
                    all.push(named(view, draft, item, key, held));
                }
            }
            Cited::UnnamedPage(_) => all.push(Direct::Root(Root::Unnamed(item.document))),
            Cited::Speaker(text) => all.push(Direct::Root(Root::Speaker(name_key(text)))),
            // What is credited to nobody who can be followed has no origin.
            Cited::Nobody(_) => {}
        }
    }
    all
}

/// Tells whether a credited name is that of the document's own publisher.
fn is_publisher(view: &View<'_>, document: usize, key: &str) -> bool {
    let publisher = view.documents[document].findings.publisher.as_ref();
    publisher.is_some_and(|p| p.key == key || same_name(&name_key(&p.text), key))
}

fn speaker_credits(
    view: &View<'_>,
    draft: &Draft,
    item: &Item,
    speaker: &crate::gather::Speaker,
) -> Vec<Direct> {
    let key = speaker.key.clone().unwrap_or_else(|| name_key(&speaker.text));
    match item.side {
        _ if is_nobody(&speaker.text) => Vec::new(),
        _ if is_unnamed_page(&speaker.text) => vec![Direct::Root(Root::Unnamed(item.document))],
        Side::Outlet | Side::Ngo => {
            let name = name_key(&speaker.text);
            let held: BTreeSet<usize> = (0..view.documents.len())
                .filter(|&n| {
                    let publisher = view.documents[n].findings.publisher.as_ref();
                    let site = view.documents[n].document.site_name.as_deref();
                    publisher.is_some_and(|p| p.key == key || same_name(&name_key(&p.text), &name))
                        || site.is_some_and(|s| same_name(&name_key(s), &name))
                })
                .collect();
            // A paper that quotes itself says it itself.
            if held.contains(&item.document) {
                return vec![Direct::Root(Root::Own(item.document))];
            }
            vec![named(view, draft, item, &key, held)]
        }
        // One person may stand behind all accounts of one act; persons are not
        // told apart by name, so accounts count once until a person says otherwise.
        Side::Witness => vec![Direct::Root(Root::Speaker("witness".to_owned()))],
        Side::Unknown if speaker.key.is_none() => {
            let local = format!("{}|{}", view.cluster[item.document], fold(&speaker.text));
            vec![Direct::Root(Root::Speaker(local))]
        }
        _ => vec![Direct::Root(Root::Speaker(key))],
    }
}

/// A named source: its held documents that say so, else a stub.
fn named(view: &View<'_>, draft: &Draft, item: &Item, key: &str, held: BTreeSet<usize>) -> Direct {
    let says = |n: &usize| *n != item.document && draft.items.iter().any(|i| i.document == *n);
    let saying: BTreeSet<usize> = held.iter().copied().filter(says).collect();
    if !saying.is_empty() {
        return Direct::Held(saying);
    }
    // Held pages of the source that do not say it are not what was read, but the source is the same.
    let group = held.first().and_then(|n| view.documents[*n].group());
    Direct::Root(Root::Stub(group.unwrap_or_else(|| key.to_owned())))
}

/// Follows held documents to what they rest on themselves.
fn follow(
    view: &View<'_>,
    draft: &Draft,
    start: usize,
    direct: &[Vec<Direct>],
    by_document: &BTreeMap<usize, Vec<usize>>,
) -> BTreeSet<Root> {
    let home = draft.items[start].document;
    let mut seen = BTreeSet::from([home]);
    let mut roots = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(number) = waiting.pop() {
        for credit in &direct[number] {
            match credit {
                Direct::Root(root) => {
                    roots.insert(root.clone());
                }
                Direct::Held(held) => {
                    for &other in held {
                        if view.independent(home, other) {
                            roots.insert(Root::Own(home));
                        } else if seen.insert(other) {
                            waiting.extend(by_document.get(&other).into_iter().flatten());
                        }
                    }
                }
            }
        }
    }
    // Documents that cite each other in a circle are one.
    if roots.is_empty() && !direct[start].is_empty() && seen.len() > 1 {
        roots.extend(seen.first().map(|n| Root::Own(*n)));
    }
    roots
}

/// Primary where the maker of the act or record speaks of it.
fn mode(view: &View<'_>, draft: &Draft, item: &Item, roots: &BTreeSet<Root>) -> Mode {
    let is_own = roots.iter().any(|r| *r == Root::Own(item.document));
    let is_speaker = roots.iter().any(|r| matches!(r, Root::Speaker(_)));
    if item.record {
        return Mode::Primary;
    }
    if !is_own && !is_speaker {
        return Mode::Secondary;
    }
    let key = match &item.speaker {
        Some(speaker) => speaker.key.as_deref(),
        None => view.documents[item.document].findings.publisher.as_ref().map(|p| p.key.as_str()),
    };
    let verbatim = item.speaker.as_ref().is_none_or(|s| s.verbatim);
    let own_matter =
        matches!(draft.predicate, Predicate::Notified | Predicate::Consented | Predicate::Closed);
    let own_count = draft.predicate == Predicate::Count
        && key.is_some_and(|k| draft.subject.key.starts_with(&format!("count|{k}|")));
    let agencies = view.input.agencies;
    let runs_it = || {
        draft.operators.is_empty()
            || key.is_some_and(|k| {
                draft.operators.iter().any(|o| agencies.contains(k, o) || agencies.contains(o, k))
            })
    };
    let primary = match item.side {
        Side::Witness => true,
        Side::HostState => own_matter || verbatim && own_record(&item.quote.exact),
        Side::SendingBody => verbatim && draft.predicate != Predicate::Count && runs_it(),
        Side::HostBody => verbatim,
        Side::SendingMission => verbatim && draft.predicate == Predicate::Closed,
        Side::Outlet | Side::Ngo | Side::Unknown => false,
    };
    if primary || own_count { Mode::Primary } else { Mode::Secondary }
}

/// A quote's document with one thing that it rests on.
type Leaf = (usize, Root);

/// Joins what the chosen items rest on into origins, by id.
pub(crate) fn origins(view: &View<'_>, draft: &Draft, rests: &Rests, chosen: &[usize]) -> Vec<Built> {
    let mut leaves: BTreeMap<Leaf, Vec<usize>> = BTreeMap::new();
    for &item in chosen {
        for root in &rests.roots[item] {
            leaves.entry((draft.items[item].document, root.clone())).or_default().push(item);
        }
    }
    let list: Vec<Leaf> = leaves.keys().cloned().collect();
    let facts = Facts::new(view, draft, chosen, &list);
    let mut edges = Vec::new();
    for a in 0..list.len() {
        for b in a + 1..list.len() {
            if let Some(how) = facts.joint(&list[a], &list[b]) {
                edges.push((how, a, b));
            }
        }
    }
    edges.sort();
    let mut parts = Parts::new(view, &list);
    let mut decided = BTreeSet::new();
    for (how, a, b) in edges {
        if parts.join(a, b) && how == Joint::Decision {
            decided.extend([a, b]);
        }
    }
    let mut built: Vec<Built> = parts
        .components()
        .into_iter()
        .map(|members| {
            let by_decision = members.iter().any(|m| decided.contains(m));
            let items = members.iter().flat_map(|m| leaves[&list[*m]].iter().copied()).collect();
            let members: Vec<&Leaf> = members.iter().map(|m| &list[*m]).collect();
            build(view, draft, &members, items, by_decision)
        })
        .collect();
    built.sort_by_key(|b| b.id);
    built
}

/// Why two leaves are one, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    Decision,
    SameRoot,
    Copy,
    Partial,
    Speaker,
    Publisher,
    Page,
    Pages,
}

/// What joining needs to know about a claim's leaves.
struct Facts<'v, 'a> {
    view: &'v View<'a>,
    /// Documents of which a quote lies inside a run of another.
    inside: BTreeSet<(usize, usize)>,
    /// How many leaves a document has.
    leaves_of: BTreeMap<usize, usize>,
    /// The held page that reports without a name may have read.
    page: Option<usize>,
}

impl<'v, 'a> Facts<'v, 'a> {
    fn new(view: &'v View<'a>, draft: &Draft, chosen: &[usize], list: &[Leaf]) -> Self {
        let mut inside = BTreeSet::new();
        for &number in chosen {
            let item = &draft.items[number];
            for (span, other) in &view.runs[item.document] {
                if span.contains(&item.quote.span) {
                    inside.insert((item.document, *other));
                    inside.insert((*other, item.document));
                }
            }
        }
        let mut leaves_of = BTreeMap::new();
        for (document, _) in list {
            *leaves_of.entry(*document).or_insert(0) += 1;
        }
        Self { view, inside, leaves_of, page: page(view, list) }
    }

    fn joint(&self, a: &Leaf, b: &Leaf) -> Option<Joint> {
        use Root::{Own, Speaker, Unnamed};
        let view = self.view;
        if view.dependent(a.0, b.0) {
            return Some(Joint::Decision);
        }
        if a.1 == b.1 {
            return Some(Joint::SameRoot);
        }
        let single = |leaf: &Leaf| self.leaves_of.get(&leaf.0) == Some(&1);
        let is_text = |root: &Root| !matches!(root, Speaker(_));
        if single(a) && single(b) && is_text(&a.1) && is_text(&b.1) && view.cluster[a.0] == view.cluster[b.0]
        {
            return Some(Joint::Copy);
        }
        match (&a.1, &b.1) {
            (Own(x) | Unnamed(x), Own(y) | Unnamed(y)) if view.cluster[*x] == view.cluster[*y] => {
                Some(Joint::Copy)
            }
            (Own(x) | Unnamed(x), Own(y) | Unnamed(y)) if self.inside.contains(&(*x, *y)) => {
                Some(Joint::Partial)
            }
            (Speaker(key), Own(x)) | (Own(x), Speaker(key)) => {
                let publisher = view.documents[*x].findings.publisher.as_ref();
                publisher.is_some_and(|p| same_body(&p.key, key)).then_some(Joint::Speaker)
            }
            // What one publisher says twice it knows once.
            (Own(x), Own(y)) if same_publisher(view, *x, *y) => Some(Joint::Publisher),
            (Root::Stub(key), Own(x)) | (Own(x), Root::Stub(key)) => {
                (view.documents[*x].group().as_deref() == Some(key)).then_some(Joint::Publisher)
            }
            (Speaker(x), Speaker(y)) if same_body(x, y) => Some(Joint::Speaker),
            (Unnamed(_), Own(x)) | (Own(x), Unnamed(_)) if self.page == Some(*x) => Some(Joint::Page),
            // Two reports that read pages without naming them may have read one page.
            (Unnamed(_), Unnamed(_)) => Some(Joint::Pages),
            _ => None,
        }
    }
}

/// Tells whether two agency keys are one body's: equal, or equal but for a
/// place that one of them leaves out ("the Ministry of Foreign Affairs").
fn same_body(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (Some((x, rest)), Some((y, other))) = (a.split_once('|'), b.split_once('|')) else { return false };
    rest == other && (x.is_empty() || y.is_empty()) && rest.chars().any(|c| c != '|')
}

/// Tells whether two documents name one publisher or site. A host alone is not
/// enough: many people publish on one host.
fn same_publisher(view: &View<'_>, a: usize, b: usize) -> bool {
    let name = |n: usize| {
        let input = view.documents[n];
        let publisher = input.findings.publisher.as_ref().map(|p| p.key.clone());
        let site = || input.site.clone().or_else(|| input.document.site_name.clone());
        publisher.or_else(|| site().map(|s| name_key(&s))).filter(|name| !name.is_empty())
    };
    name(a).is_some_and(|x| name(b) == Some(x))
}

/// The held page that reports may have read: of a party or in another
/// language, not later than the report; the operator's own first. Only one is
/// taken, since a stub must not join two pages that are held.
fn page(view: &View<'_>, list: &[Leaf]) -> Option<usize> {
    let readers: BTreeSet<usize> =
        list.iter().filter_map(|l| if let Root::Unnamed(n) = l.1 { Some(n) } else { None }).collect();
    let pages = list.iter().filter_map(|l| if let Root::Own(n) = l.1 { Some(n) } else { None });
    pages
        .filter(|&page| {
            readers.iter().any(|&reader| {
                let (p, r) = (view.documents[page], view.documents[reader]);
                let foreign = is_party(p.side()) || p.document.lang != r.document.lang;
                let later = p.day().zip(r.day()).is_some_and(|(p, r)| p > r);
                page != reader && foreign && !later && !view.independent(page, reader)
            })
        })
        .min_by_key(|&page| {
            let input = view.documents[page];
            let rank = match input.side() {
                Side::SendingBody => 0,
                Side::SendingMission | Side::HostBody => 1,
                _ => 2,
            };
            (rank, input.day().unwrap_or("9999").to_owned(), view.id(page))
        })
}

/// Joined leaves that never hold two documents called independent.
struct Parts<'v, 'a> {
    view: &'v View<'a>,
    part: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
    documents: Vec<BTreeSet<usize>>,
}

impl<'v, 'a> Parts<'v, 'a> {
    fn new(view: &'v View<'a>, list: &[Leaf]) -> Self {
        let documents = list
            .iter()
            .map(|leaf| match leaf.1 {
                Root::Own(x) => BTreeSet::from([leaf.0, x]),
                _ => BTreeSet::from([leaf.0]),
            })
            .collect();
        let part = (0..list.len()).collect();
        Self { view, part, members: (0..list.len()).map(|n| (n, vec![n])).collect(), documents }
    }

    fn join(&mut self, a: usize, b: usize) -> bool {
        let (x, y) = (self.part[a], self.part[b]);
        if x == y {
            return true;
        }
        if !self.view.input.judgements.independent.is_empty() {
            let apart = |d: &usize, e: &usize| self.view.independent(*d, *e);
            if self.documents[x].iter().any(|d| self.documents[y].iter().any(|e| apart(d, e))) {
                return false;
            }
        }
        // The larger part takes the smaller one in.
        let size = |part: usize| self.members.get(&part).map_or(0, Vec::len);
        let (keep, gone) = if size(x) >= size(y) { (x, y) } else { (y, x) };
        let moved = self.members.remove(&gone).unwrap_or_default();
        for &leaf in &moved {
            self.part[leaf] = keep;
        }
        let documents = std::mem::take(&mut self.documents[gone]);
        self.documents[keep].extend(documents);
        self.members.entry(keep).or_default().extend(moved);
        true
    }

    fn components(self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = self.members.into_values().collect();
        for members in &mut all {
            members.sort_unstable();
        }
        all.sort();
        all
    }
}

fn build(
    view: &View<'_>,
    draft: &Draft,
    leaves: &[&Leaf],
    mut items: Vec<usize>,
    by_decision: bool,
) -> Built {
    items.sort_unstable();
    items.dedup();
    let own: BTreeSet<usize> =
        leaves.iter().filter_map(|l| if let Root::Own(n) = l.1 { Some(n) } else { None }).collect();
    let carriers: BTreeSet<usize> = leaves.iter().map(|l| l.0).collect();
    let speaker =
        leaves.iter().find_map(|l| if let Root::Speaker(k) = &l.1 { Some(k.clone()) } else { None });
    let stub = leaves.iter().find_map(|l| if let Root::Stub(k) = &l.1 { Some(k.clone()) } else { None });
    let documents: BTreeSet<DocumentId> = own.iter().chain(&carriers).map(|n| view.id(*n)).collect();
    let documents: Vec<DocumentId> = documents.into_iter().collect();
    // Without a key, two speakers whom one paper quotes would have one id.
    let key = match (&speaker, &stub) {
        _ if !own.is_empty() => None,
        (Some(key), _) | (None, Some(key)) => Some(key.clone()),
        (None, None) => Some("unnamed".to_owned()),
    };
    let how = match () {
        () if by_decision => OriginHow::Decision,
        () if own.is_empty() && speaker.is_none() => OriginHow::Stub,
        () if speaker.is_some() && documents.len() > 1 => OriginHow::SameSpeaker,
        () if leaves
            .iter()
            .any(|l| matches!(l.1, Root::Unnamed(_)) || matches!(l.1, Root::Own(n) if n != l.0)) =>
        {
            OriginHow::Cites
        }
        () if documents.len() > 1 => OriginHow::Copy,
        () => OriginHow::Itself,
    };
    let mut marks = Vec::new();
    let judgements = view.input.judgements;
    let any = |test: &dyn Fn(&Item) -> bool| items.iter().any(|i| test(&draft.items[*i]));
    if any(&|i| judgements.disputed.contains(&i.quote.id)) {
        marks.push(Mark::Disputed);
    }
    if any(&|i| judgements.own_interest.contains(&i.quote.id)) {
        marks.push(Mark::OwnInterest);
    }
    if any(&|i| i.record) {
        marks.push(Mark::Record);
    }
    let is_withdrawn = |n: &usize| judgements.withdrawn.contains(&view.id(*n));
    let leaf_withdrawn =
        |leaf: &&Leaf| is_withdrawn(&leaf.0) || matches!(&leaf.1, Root::Own(n) if is_withdrawn(n));
    if leaves.iter().all(leaf_withdrawn) || items.iter().all(|i| draft.items[*i].taken_back) {
        marks.push(Mark::Withdrawn);
    }
    Built {
        id: OriginId::of(&documents, key.as_deref()),
        voice: voice(view, draft, &items, &own, &carriers, speaker.as_deref(), stub.as_deref()),
        letter: letter(view, &own, &carriers, speaker.as_deref()),
        group: group(view, &own, speaker, stub),
        documents,
        how,
        marks,
        items,
    }
}

/// Whose knowledge it is, in words.
fn voice(
    view: &View<'_>,
    draft: &Draft,
    items: &[usize],
    own: &BTreeSet<usize>,
    carriers: &BTreeSet<usize>,
    speaker: Option<&str>,
    stub: Option<&str>,
) -> String {
    let names = |numbers: &BTreeSet<usize>| {
        let names: BTreeSet<String> = numbers.iter().map(|n| view.name(*n)).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    };
    if speaker.is_some() {
        let spoken =
            items.iter().filter_map(|i| draft.items[*i].speaker.as_ref()).map(|s| s.text.as_str()).min();
        if let Some(text) = spoken {
            return text.to_owned();
        }
    }
    match (own.is_empty(), stub) {
        (false, _) => names(own),
        (true, Some(key)) => format!("{key}, not held; read by {}", names(carriers)),
        (true, None) => format!("a page that is not named, read by {}", names(carriers)),
    }
}

/// The letter of whose knowledge it is; for a stub the best letter of the reports that read it.
fn letter(
    view: &View<'_>,
    own: &BTreeSet<usize>,
    carriers: &BTreeSet<usize>,
    speaker: Option<&str>,
) -> Letter {
    let judgements = view.input.judgements;
    let of_document = |n: &usize| {
        let by_id = judgements.letters.get(&view.id(*n));
        let publisher = view.documents[*n].findings.publisher.as_ref();
        by_id.or_else(|| publisher.and_then(|p| judgements.speaker_letters.get(&p.key))).copied()
    };
    if let Some(key) = speaker {
        // What the speaker's body publishes itself carries the letter too.
        let published: BTreeSet<usize> =
            view.published_by(key).into_iter().chain(own.iter().copied()).collect();
        let spoken = judgements.speaker_letters.get(key).copied();
        return spoken.into_iter().chain(published.iter().filter_map(of_document)).min().unwrap_or_default();
    }
    let numbers = if own.is_empty() { carriers } else { own };
    numbers.iter().map(|n| of_document(n).unwrap_or_default()).min_by_key(better).unwrap_or_default()
}

/// A to D before F, which is no letter yet, before E, which takes the origin out.
fn better(letter: &Letter) -> u8 {
    match letter {
        Letter::A => 0,
        Letter::B => 1,
        Letter::C => 2,
        Letter::D => 3,
        Letter::F => 4,
        Letter::E => 5,
    }
}

fn group(
    view: &View<'_>,
    own: &BTreeSet<usize>,
    speaker: Option<String>,
    stub: Option<String>,
) -> Option<String> {
    let groups: BTreeSet<Option<String>> = own.iter().map(|n| view.documents[*n].group()).collect();
    match (groups.len(), groups.into_iter().next().flatten()) {
        (0, _) => speaker.or(stub),
        (1, group) => group,
        // A wire story that many papers print belongs to none of them.
        _ => None,
    }
}
