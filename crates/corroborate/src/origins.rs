//! Origins: which quotes of a claim rest on one and the same knowledge.
//!
//! Each quote stands under what it credits (a held document, a named source
//! that is not held, a page that is not named, a speaker) or under its own
//! document; these leaves are then joined by copies, partial copies, speakers and
//! decisions. A joint that a person called independent is never made.

use crate::attribution::name_key;
use crate::built::{Built, build};
use crate::gather::{Draft, is_party};
use crate::rests::{Rests, Root};
use crate::view::View;
use plainsight_model::Side;
use std::collections::{BTreeMap, BTreeSet};

/// A quote's document with one thing that it rests on.
pub(crate) type Leaf = (usize, Root);

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
