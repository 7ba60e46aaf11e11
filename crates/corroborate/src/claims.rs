//! Claims: drafts with origins, contradictions and both grades.

use crate::built::Built;
use crate::contradiction::relation;
use crate::gather::{Draft, Item, gather, is_party};
use crate::origins::origins;
use crate::rests::{Rests, rests};
use crate::sentence::sentence;
use crate::statements::slots;
use crate::view::View;
use crate::{Input, Weighed, g1};
use plainsight_model::{
    Against, Claim, ClaimId, Evidence, Letter, Mark, Mode, Origin, OriginId, Predicate, Relation, Stance,
};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the claims of a case, by id.
///
/// The order of documents, posts and links changes nothing.
pub fn claims(input: &Input<'_>) -> Vec<Claim> {
    let view = View::new(input);
    let mut drafts = gather(&view);
    let denied = take_back(&view, &mut drafts);
    slips(&view, &mut drafts);
    drafts.retain(|d| !d.items.is_empty());
    let relations = relations(&drafts, input, &denied);
    let answers = answers(&drafts, &relations);
    for (draft, items) in drafts.iter_mut().zip(answers) {
        draft.items.extend(items);
    }
    let ids: Vec<ClaimId> = drafts.iter().map(|d| id(d, input.lens)).collect();
    let mut claims: Vec<Claim> =
        drafts.iter().enumerate().map(|(n, draft)| claim(&view, draft, n, &ids, &relations)).collect();
    claims.sort_by_key(|c| c.id);
    claims
}

fn id(draft: &Draft, lens: &str) -> ClaimId {
    ClaimId::of(lens, &draft.subject.key, draft.predicate.as_str(), &draft.object_key)
}

/// Marks what its own publisher took back, and gives the pairs (taken back, corrected) by subject, predicate and object.
fn take_back(view: &View<'_>, drafts: &mut [Draft]) -> BTreeSet<(Key, Key)> {
    let mut pairs = BTreeSet::new();
    for (number, input) in view.documents.iter().enumerate() {
        for (place, frame) in input.findings.frames.iter().enumerate().filter(|(_, f)| f.kind == "withdrawal")
        {
            let taken: BTreeSet<&str> = (frame.slots.iter())
                .filter(|(name, _)| !matches!(name.as_str(), "corrected" | "by" | "on"))
                .flat_map(|(_, slots)| slots.iter().map(|s| s.key.as_str()))
                .filter(|k| !k.is_empty())
                .collect();
            let corrected: BTreeSet<&str> = slots(frame, "corrected").map(|s| s.key.as_str()).collect();
            let group = input.group();
            let hit: Vec<usize> =
                (0..drafts.len()).filter(|&d| is_taken(view, &drafts[d], &taken, &corrected)).collect();
            for d in hit {
                let own_count =
                    group.as_ref().is_some_and(|g| drafts[d].subject.key.starts_with(&format!("count|{g}|")));
                let mut any = false;
                for item in drafts[d].items.iter_mut().filter(|i| i.document != number) {
                    let same = group.is_some() && view.documents[item.document].group() == group;
                    let earlier =
                        view.documents[item.document].day().zip(input.day()).is_none_or(|(a, b)| a <= b);
                    // A count that its own counter takes back stands nowhere else either.
                    if (same && earlier) || own_count {
                        item.taken_back = true;
                        any = true;
                    }
                }
                if any {
                    deny(view, drafts, d, number, place, &corrected, &mut pairs);
                }
            }
        }
    }
    pairs
}

type Key = (String, Predicate, String);

fn key(draft: &Draft) -> Key {
    (draft.subject.key.clone(), draft.predicate, draft.object_key.clone())
}

/// Tells whether a withdrawal is about a claim.
fn is_taken(view: &View<'_>, draft: &Draft, taken: &BTreeSet<&str>, corrected: &BTreeSet<&str>) -> bool {
    let value = match &draft.count {
        Some(count) => format!("{}|{}", draft.object_key, count.unit),
        None => draft.object_key.clone(),
    };
    if corrected.contains(value.as_str()) {
        return false;
    }
    if taken.contains(value.as_str()) {
        return true;
    }
    // The whole post, by its name or its city.
    draft.predicate == Predicate::Exists
        && draft.items.iter().any(|item| {
            let frames = &view.documents[item.document].findings.frames;
            frames.get(item.frame).is_some_and(|frame| {
                ["name", "place"]
                    .iter()
                    .flat_map(|s| slots(frame, s))
                    .any(|s| taken.contains(s.key.as_str()) && !s.key.is_empty())
            })
        })
}

/// Puts the withdrawing sentence beside the claim and pairs the claim with the right value.
fn deny(
    view: &View<'_>,
    drafts: &mut [Draft],
    taken: usize,
    document: usize,
    frame: usize,
    corrected: &BTreeSet<&str>,
    pairs: &mut BTreeSet<(Key, Key)>,
) {
    let input = view.documents[document];
    let span = input.findings.frames[frame].span;
    if let Some(quote) = plainsight_model::Quote::cut(input.document.id, &input.document.text, span) {
        drafts[taken].items.push(Item {
            document,
            frame,
            quote,
            stance: Stance::Contradicts,
            speaker: None,
            side: input.side(),
            denial: false,
            record: false,
            // The publisher's own no is printed; that nothing is left standing is what counts.
            taken_back: true,
        });
    }
    let unit = drafts[taken].count.as_ref().map(|c| c.unit.clone());
    for other in drafts.iter() {
        let value =
            unit.as_ref().map_or_else(|| other.object_key.clone(), |u| format!("{}|{u}", other.object_key));
        let same =
            other.subject.key == drafts[taken].subject.key && other.predicate == drafts[taken].predicate;
        if same && corrected.contains(value.as_str()) {
            pairs.insert((key(&drafts[taken]), key(other)));
        }
    }
}

/// A report that credits a held page for a value that this page gives
/// otherwise has slipped in copying: its quote is a mention of the page's value.
fn slips(view: &View<'_>, drafts: &mut [Draft]) {
    let mut moves: Vec<(usize, usize, usize)> = Vec::new();
    let groups = groups(drafts);
    for group in groups.values().filter(|g| g.len() > 1) {
        for &a in group {
            for (number, item) in
                drafts[a].items.iter().enumerate().filter(|(_, i)| i.stance == Stance::Supports)
            {
                let sources = sources(view, item);
                let says = |d: usize, n: &usize| {
                    drafts[d].items.iter().any(|i| i.document == *n && i.stance == Stance::Supports)
                };
                if sources.is_empty() || sources.iter().any(|n| says(a, n)) {
                    continue;
                }
                let right = group.iter().copied().find(|&b| {
                    b != a
                        && sources.iter().any(|n| says(b, n))
                        && relation(&drafts[a], &drafts[b], view.input) == Some(Relation::Conflict)
                });
                moves.extend(right.map(|b| (a, number, b)));
            }
        }
    }
    for (from, number, to) in moves.into_iter().rev() {
        let item = drafts[from].items.remove(number);
        drafts[to].items.push(Item { stance: Stance::Mentions, ..item });
    }
}

/// The held documents that a quote credits.
fn sources(view: &View<'_>, item: &Item) -> BTreeSet<usize> {
    if item.speaker.is_some() {
        return BTreeSet::new();
    }
    let mut all = BTreeSet::new();
    for citation in view.citations(item.document, item.quote.span) {
        if let crate::Cited::Named { documents, .. } = &citation.source {
            all.extend(documents.iter().filter_map(|d| view.number(d)).filter(|n| *n != item.document));
        }
    }
    all
}

/// Drafts that may stand against each other: of one subject and predicate, counts by unit.
fn groups(drafts: &[Draft]) -> BTreeMap<(Predicate, String), Vec<usize>> {
    let mut groups: BTreeMap<(Predicate, String), Vec<usize>> = BTreeMap::new();
    for (number, draft) in drafts.iter().enumerate() {
        let name = match &draft.count {
            Some(count) => count.unit.clone(),
            None => draft.subject.key.clone(),
        };
        groups.entry((draft.predicate, name)).or_default().push(number);
    }
    groups
}

type Relations = BTreeMap<usize, Vec<(usize, Relation)>>;

fn relations(drafts: &[Draft], input: &Input<'_>, denied: &BTreeSet<(Key, Key)>) -> Relations {
    let mut all: Relations = BTreeMap::new();
    for group in groups(drafts).values() {
        for (at, &a) in group.iter().enumerate() {
            for &b in &group[at + 1..] {
                let (x, y) = (key(&drafts[a]), key(&drafts[b]));
                let took_back = denied.contains(&(x.clone(), y.clone())) || denied.contains(&(y, x));
                // A claim that is only mentioned contradicts nothing.
                let stands = |d: &Draft| d.items.iter().any(|i| i.stance == Stance::Supports);
                let how = if took_back {
                    Some(Relation::Denied)
                } else if stands(&drafts[a]) && stands(&drafts[b]) {
                    relation(&drafts[a], &drafts[b], input)
                } else {
                    None
                };
                if let Some(how) = how {
                    all.entry(a).or_default().push((b, how));
                    all.entry(b).or_default().push((a, how));
                }
            }
        }
    }
    all
}

/// The quotes of conflicting claims, as quotes against each claim.
fn answers(drafts: &[Draft], relations: &Relations) -> Vec<Vec<Item>> {
    (0..drafts.len())
        .map(|a| {
            let mut items = Vec::new();
            for (b, how) in relations.get(&a).into_iter().flatten() {
                let yes_or_no = matches!(drafts[a].predicate, Predicate::Notified | Predicate::Consented);
                let counts = *how == Relation::Conflict || (*how == Relation::Denied && yes_or_no);
                if counts {
                    let against = drafts[*b].items.iter().filter(|i| i.stance == Stance::Supports);
                    items.extend(against.map(|i| {
                        let denial = *how == Relation::Denied && is_party(i.side);
                        Item { stance: Stance::Contradicts, denial, ..i.clone() }
                    }));
                }
            }
            items
        })
        .collect()
}

fn claim(view: &View<'_>, draft: &Draft, number: usize, ids: &[ClaimId], relations: &Relations) -> Claim {
    let judgements = view.input.judgements;
    let rests = rests(view, draft);
    let is_rejected = |n: usize| judgements.rejected.contains(&draft.items[n].quote.id);
    let chosen = |stance: Stance| -> Vec<usize> {
        let counts = |n: &usize| {
            let item = &draft.items[*n];
            let own_no = item.stance == Stance::Contradicts && item.taken_back;
            item.stance == stance && !item.denial && !own_no && !is_rejected(*n)
        };
        (0..draft.items.len()).filter(counts).collect()
    };
    let support = origins(view, draft, &rests, &chosen(Stance::Supports));
    let contradict = origins(view, draft, &rests, &chosen(Stance::Contradicts));
    let standing = |n: usize| {
        !judgements.withdrawn.contains(&draft.items[n].quote.document) && !draft.items[n].taken_back
    };
    let is_read = |n: usize| standing(n) && judgements.read.contains_key(&draft.items[n].quote.id);
    let all = grade(&support, &contradict, &rests, &standing);
    let read = grade(&support, &contradict, &rests, &is_read);
    let mut trace = all.1;
    trace.push("read:".to_owned());
    trace.extend(read.1);

    let object = spelling(draft);
    let mut against: Vec<Against> = relations
        .get(&number)
        .into_iter()
        .flatten()
        .map(|(other, relation)| Against { claim: ids[*other], relation: *relation })
        .collect();
    against.sort_by_key(|a| a.claim);
    Claim {
        id: ids[number],
        subject: draft.subject.clone(),
        predicate: draft.predicate,
        text: sentence(&draft.subject.text, draft.predicate, &object, draft.count.as_ref()),
        object,
        object_key: draft.object_key.clone(),
        valid: draft.valid.clone(),
        count: draft.count.clone(),
        evidence: evidence(view, draft, &rests, &support, &contradict),
        origins: shown(&support, &contradict, &rests, &standing),
        against,
        grade: read.0,
        grade_if_read: all.0,
        trace,
    }
}

type Graded = (plainsight_model::Grade, Vec<String>);

fn grade(support: &[Built], contradict: &[Built], rests: &Rests, in_set: &dyn Fn(usize) -> bool) -> Graded {
    let weigh = |origins: &[Built]| -> Vec<Weighed> {
        origins
            .iter()
            .filter_map(|origin| {
                // A withdrawn origin is weighed whoever has read what: it may leave a claim without any.
                let everything = |_: usize| true;
                let withdrawn = origin.marks.contains(&Mark::Withdrawn);
                origin.weigh(&rests.modes, if withdrawn { &everything } else { in_set })
            })
            .collect()
    };
    let mut s = weigh(support);
    // Where an origin stands that nobody has read yet, not every origin was withdrawn.
    if support.iter().any(|o| !o.marks.contains(&Mark::Withdrawn)) {
        s.retain(|o| !o.marks.contains(&Mark::Withdrawn));
    }
    g1(&s, &weigh(contradict))
}

/// The spelling that stands there most often, the smallest of equals.
fn spelling(draft: &Draft) -> String {
    let best = draft.objects.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    best.map_or_else(|| draft.object_key.clone(), |(text, _)| text.clone())
}

fn evidence(
    view: &View<'_>,
    draft: &Draft,
    rests: &Rests,
    support: &[Built],
    contradict: &[Built],
) -> Vec<Evidence> {
    let mut of: BTreeMap<usize, OriginId> = BTreeMap::new();
    for origin in support.iter().chain(contradict) {
        for item in &origin.items {
            of.entry(*item).or_insert(origin.id);
        }
    }
    let judgements = view.input.judgements;
    let mut all: Vec<Evidence> = draft
        .items
        .iter()
        .enumerate()
        .map(|(number, item)| Evidence {
            lang: view.documents[item.document].document.lang.clone(),
            stance: item.stance,
            voice: item.speaker.as_ref().map_or_else(|| "the document itself".to_owned(), |s| s.text.clone()),
            mode: rests.modes[number],
            origin: of.get(&number).copied(),
            read_by: judgements.read.get(&item.quote.id).cloned().unwrap_or_default(),
            rejected: judgements.rejected.contains(&item.quote.id),
            interested_denial: item.denial,
            quote: item.quote.clone(),
        })
        .collect();
    all.sort_by(|a, b| {
        (a.quote.document, a.quote.span, a.stance, &a.voice).cmp(&(
            b.quote.document,
            b.quote.span,
            b.stance,
            &b.voice,
        ))
    });
    all.dedup_by(|b, a| a.quote.id == b.quote.id && a.stance == b.stance);
    all
}

/// Both sides as one list by id.
fn shown(
    support: &[Built],
    contradict: &[Built],
    rests: &Rests,
    standing: &dyn Fn(usize) -> bool,
) -> Vec<Origin> {
    let mut all: BTreeMap<OriginId, Origin> = BTreeMap::new();
    for (side, supports) in [(support, true), (contradict, false)] {
        let mut groups: BTreeSet<&str> = BTreeSet::new();
        let mut order: Vec<&Built> = side.iter().collect();
        let mode = |o: &Built| o.items.iter().filter(|i| standing(**i)).map(|i| rests.modes[*i]).min();
        order.sort_by_key(|o| {
            (mode(o).unwrap_or(Mode::Tertiary), o.marks.contains(&Mark::Disputed), o.letter, o.id)
        });
        for origin in order {
            let lives = origin.letter != Letter::E && !origin.marks.contains(&Mark::Withdrawn);
            // Of one control group one counts: the same that rule G1 takes. What speaks
            // against the claim is listed for the trace's C and is none of its origins.
            let counts = supports && lives && origin.group.as_deref().is_none_or(|g| groups.insert(g));
            all.entry(origin.id).or_insert_with(|| Origin {
                id: origin.id,
                documents: origin.documents.clone(),
                how: origin.how,
                voice: origin.voice.clone(),
                mode: mode(origin).unwrap_or(Mode::Secondary),
                counts,
                letter: origin.letter,
                group: origin.group.clone(),
                marks: origin.marks.clone(),
            });
        }
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests;
