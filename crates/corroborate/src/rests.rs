//! What a quote rests on: itself, a speaker, a named source or a page without a name.
//!
//! Credits are followed through held documents to their end, and each quote is
//! primary where the maker of the act or record speaks of it.

use crate::Cited;
use crate::attribution::{is_nobody, is_unnamed_page, name_key, same_name};
use crate::gather::{Draft, Item};
use crate::own_record::own_record;
use crate::view::View;
use plainsight_model::{Mode, Predicate, Side};
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
    let says = |n: &usize| {
        *n != item.document && draft.items.iter().any(|i| i.document == *n && i.stance == item.stance)
    };
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
                            // Whoever repeats a page rests on what it says, not on whom it only mentions there.
                            let says = |n: &&usize| draft.items[**n].stance == draft.items[start].stance;
                            waiting.extend(by_document.get(&other).into_iter().flatten().filter(says));
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
