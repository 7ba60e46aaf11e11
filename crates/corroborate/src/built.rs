//! An origin as it is shown and weighed: whose knowledge, how it was joined, letter, control group, marks.

use crate::Weighed;
use crate::gather::{Draft, Item};
use crate::origins::Leaf;
use crate::rests::Root;
use crate::view::View;
use plainsight_model::{DocumentId, Letter, Mark, Mode, OriginHow, OriginId};
use std::collections::BTreeSet;

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

/// Makes an origin of joined leaves and the quotes that stand under them.
pub(crate) fn build(
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
