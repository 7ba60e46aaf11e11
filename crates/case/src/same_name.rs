//! Names of bodies and persons that may mean the same: what a person joined, and what to ask next.
//!
//! Same and different are decisions of the ledger about two names and a quote
//! of each. They are applied in the order of the ledger; one that stands
//! against an earlier one, or whose names are gone, waits. Nothing is joined
//! without a person.

use crate::decisions::row;
use crate::views::{EntityRow, JoinedRow, PairRow, PairSide, ReasonRow};
use crate::who::{Node, ids, name_row};
use plainsight_lens::Gazetteer;
use plainsight_model::{Answer, Decision, PairId, QuoteId};
use plainsight_resolve::names::{IndexBuilder, NameIndex, QUESTION as NO, Scratch};
use plainsight_resolve::{Effect, NameInput, NameMatch, NameVerdict, ReadNames, match_read};
use std::collections::{BTreeMap, BTreeSet};

/// The beginning of the question whether two names mean the same: kind and both names follow.
const QUESTION: &str = "name|";
/// Names that one name is compared with in full: those that share most with it.
const MOST_CANDIDATES: usize = 50;
/// Within one script a question needs more than this.
const NEAR_MISS: f64 = 0.60;

/// Tells whether a decision answers whether two names mean the same.
pub(crate) fn is_about_names(decision: &Decision) -> bool {
    decision.question.starts_with(QUESTION)
}

/// The question that a decision about a pair of names answers.
pub(crate) fn question(pair: &PairRow) -> String {
    format!("{QUESTION}{}|{}|{}", pair.kind, plain(&pair.a.text), plain(&pair.b.text))
}

/// Kind and names of a question.
pub(crate) fn asked(question: &str) -> Option<(&str, &str, &str)> {
    let mut parts = question.strip_prefix(QUESTION)?.splitn(3, '|');
    Some((parts.next()?, parts.next()?, parts.next()?))
}

/// The bar parts a question's words, so that no name holds one.
fn plain(name: &str) -> String {
    name.replace('|', "/")
}

/// Names that belong together, with the decisions that say so.
#[derive(Default)]
pub(crate) struct Joined {
    /// Numbers of nodes, a list an entity.
    pub groups: Vec<Vec<usize>>,
    /// The decisions inside each group.
    pub rows: Vec<Vec<JoinedRow>>,
    /// Pairs of nodes that a person called different, and those left open.
    pub different: BTreeSet<(usize, usize)>,
    /// Decisions that find nothing they are about, or stand against an earlier one.
    pub waiting: Vec<Decision>,
}

/// Applies what people said, in the order of the ledger.
pub(crate) fn join(nodes: &[Node], decisions: &[Decision]) -> Joined {
    let mut out = Joined::default();
    let mut group: Vec<usize> = (0..nodes.len()).collect();
    let mut same: Vec<(usize, JoinedRow)> = Vec::new();
    for decision in decisions.iter().filter(|d| is_about_names(d) && d.answer != Answer::Unsure) {
        let Some((x, y)) = both(nodes, decision) else {
            out.waiting.push(decision.clone());
            continue;
        };
        let (of_x, of_y) = (group[x], group[y]);
        let apart = out.different.iter().any(|(p, q)| {
            let between = (group[*p], group[*q]);
            between == (of_x, of_y) || between == (of_y, of_x)
        });
        match decision.answer {
            Answer::Same if !apart => {
                group.iter_mut().filter(|g| **g == of_y).for_each(|g| *g = of_x);
                same.push((x, joined_row(decision, &nodes[x].name, &nodes[y].name)));
            }
            Answer::Different if of_x != of_y => {
                out.different.insert((x.min(y), x.max(y)));
            }
            _ => out.waiting.push(decision.clone()),
        }
    }
    let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, of) in group.iter().enumerate() {
        by_group.entry(*of).or_default().push(node);
    }
    for (of, members) in by_group {
        let rows = same.iter().filter(|(x, _)| group[*x] == of).map(|(_, row)| row.clone()).collect();
        out.groups.push(members);
        out.rows.push(rows);
    }
    out
}

/// The two names that a decision is about: by the words, while one of its quotes still names them,
/// else the only ones that its quotes name.
fn both(nodes: &[Node], decision: &Decision) -> Option<(usize, usize)> {
    let (kind, a, b) = asked(&decision.question)?;
    let [of_a, of_b] = decision.quotes.as_slice() else { return None };
    let side = |words: &str, quote: QuoteId| -> Option<usize> {
        let fits = |node: &Node| node.is_person() == (kind == "person") && node.quotes.contains(&quote);
        let named: Vec<usize> = (0..nodes.len()).filter(|n| fits(&nodes[*n])).collect();
        let by_words = named.iter().copied().find(|n| plain(&nodes[*n].name) == words);
        by_words.or(match named.as_slice() {
            [one] => Some(*one),
            _ => None,
        })
    };
    let (x, y) = (side(a, of_a.id())?, side(b, of_b.id())?);
    (x != y).then_some((x, y))
}

fn joined_row(decision: &Decision, a: &str, b: &str) -> JoinedRow {
    let row = row(decision);
    JoinedRow {
        decision: row.decision,
        a: a.to_owned(),
        b: b.to_owned(),
        reason: row.reason,
        author: row.author,
        time: row.time,
    }
}

/// The groups as entities, in the order of the groups.
pub(crate) fn entities(nodes: &[Node], joined: &Joined) -> Vec<EntityRow> {
    let quotes: Vec<BTreeSet<QuoteId>> = joined
        .groups
        .iter()
        .map(|members| members.iter().flat_map(|n| nodes[*n].quotes.iter().copied()).collect())
        .collect();
    let names: Vec<&str> = joined.groups.iter().map(|members| nodes[members[0]].name.as_str()).collect();
    let ids = ids(&quotes.iter().zip(names).collect::<Vec<_>>());
    let groups = joined.groups.iter().zip(&joined.rows).zip(ids);
    groups.map(|((members, rows), id)| entity(id, members, nodes, rows)).collect()
}

fn entity(id: String, members: &[usize], nodes: &[Node], rows: &[JoinedRow]) -> EntityRow {
    let of = || members.iter().map(|n| &nodes[*n]);
    let lead = of().find(|n| n.kind == "agency").or_else(|| of().next());
    let lang = |node: &Node| node.statements.first().map_or("und".to_owned(), |s| s.of_lang.clone());
    let mut names: Vec<_> = of().map(|node| name_row(&node.name, &lang(node))).collect();
    names.sort_by_key(|row| (row.lang != "zh", row.text.clone()));
    let mut statements: Vec<_> = of().flat_map(|node| node.statements.clone()).collect();
    statements.sort_by(|a, b| {
        (&a.document, a.start, a.end, &a.claim).cmp(&(&b.document, b.start, b.end, &b.claim))
    });
    // One sentence that says it of two posts is one source of the name.
    statements.dedup_by(|a, b| (&a.quote, &a.value) == (&b.quote, &b.value));
    let mut claims: Vec<_> = of().flat_map(|node| node.claims.clone()).collect();
    claims.sort_by(|a, b| (&a.text, &a.claim).cmp(&(&b.text, &b.claim)));
    EntityRow {
        entity: id,
        kind: lead.map_or("organisation", |n| n.kind).to_owned(),
        schema: lead.map_or("Organization", |n| n.schema).to_owned(),
        names,
        statements,
        claims,
        joined: rows.to_vec(),
        received: false,
    }
}

/// Pairs of entities that may be one, for a person to decide; never what somebody answered
/// already. `ids` are those of the groups, in their order.
pub(crate) fn pairs(nodes: &[Node], joined: &Joined, ids: &[String], gazetteer: &Gazetteer) -> Vec<PairRow> {
    let of: BTreeMap<usize, usize> =
        joined.groups.iter().enumerate().flat_map(|(g, all)| all.iter().map(move |n| (*n, g))).collect();
    let ordered = |x: usize, y: usize| (x.min(y), x.max(y));
    let apart: BTreeSet<(usize, usize)> =
        joined.different.iter().map(|(x, y)| ordered(of[x], of[y])).collect();
    let mut builder = IndexBuilder::new(gazetteer);
    let inputs: Vec<NameInput> = nodes.iter().map(|node| NameInput::of(&node.name)).collect();
    if inputs.iter().any(|input| builder.add(input).is_err()) {
        return Vec::new();
    }
    let table = builder.finish();
    let Ok(index) = NameIndex::open(&table) else { return Vec::new() };
    let read: Vec<ReadNames> = inputs.iter().map(|input| ReadNames::of(input, gazetteer)).collect();
    let mut scratch = Scratch::default();
    let mut seen = BTreeSet::new();
    // Of two entities with several names the pair of names that is nearest is asked about.
    let mut out: BTreeMap<(usize, usize), PairRow> = BTreeMap::new();
    for (x, input) in inputs.iter().enumerate() {
        for y in index.candidates(input, gazetteer, MOST_CANDIDATES, &mut scratch) {
            let y = y as usize;
            if y >= nodes.len() || x == y || !seen.insert(ordered(x, y)) {
                continue;
            }
            let groups = ordered(of[&x], of[&y]);
            let kinds_differ = nodes[x].is_person() != nodes[y].is_person();
            if groups.0 == groups.1 || apart.contains(&groups) || kinds_differ {
                continue;
            }
            let side = |n: usize| (&nodes[n], ids[of[&n]].as_str(), &read[n]);
            let Some(found) = pair([side(x), side(y)]) else { continue };
            if out.get(&groups).is_none_or(|known| known.score < found.score) {
                out.insert(groups, found);
            }
        }
    }
    out.into_values().collect()
}

fn pair(mut sides: [(&Node, &str, &ReadNames); 2]) -> Option<PairRow> {
    sides.sort_by_key(|(_, id, _)| *id);
    let [(x, of_x, read_x), (y, of_y, read_y)] = sides;
    let schema = if x.is_person() { "Person" } else { "Organization" };
    let found = match_read(read_x, read_y, Some(schema));
    if found.verdict == NameVerdict::No || !asks(x, y, &found) {
        return None;
    }
    let side = |node: &Node, id: &str| PairSide {
        id: id.to_owned(),
        text: node.name.clone(),
        lang: node.statements.first().map_or("und".into(), |s| name_row(&node.name, &s.of_lang).lang),
        quote: node.quotes.first().map(QuoteId::to_string).unwrap_or_default(),
    };
    Some(PairRow {
        pair: PairId::of(of_x, of_y).to_string(),
        a: side(x, of_x),
        b: side(y, of_y),
        score: (found.score * 100.0).round() / 100.0,
        // Two names that claims keep apart are never joined by the machine.
        verdict: NameVerdict::Review.as_str().to_owned(),
        reasons: found.reasons.into_iter().map(reason).collect(),
        would_merge: vec![of_x.to_owned(), of_y.to_owned()],
        kind: if x.kind == y.kind { x.kind } else { "organisation" }.to_owned(),
    })
}

/// Tells whether a match is worth a person's time. Two names of one script that only share some
/// characters are two names (灯港商会, 灯塔商会): what asks is another script, slots of agencies
/// that fit, or a near miss.
fn asks(x: &Node, y: &Node, found: &NameMatch) -> bool {
    let han = |node: &Node| node.name.chars().any(plainsight_text::is_han);
    let by_slots = found.reasons.iter().any(|r| r.slot == "function" && r.effect == Effect::Same);
    found.score > if han(x) != han(y) || by_slots { NO } else { NEAR_MISS }
}

/// A reason of a match as shown.
pub(crate) fn reason(reason: plainsight_resolve::Reason) -> ReasonRow {
    ReasonRow {
        slot: reason.slot,
        a: reason.a.unwrap_or_default(),
        b: reason.b.unwrap_or_default(),
        effect: reason.effect.as_str().to_owned(),
        sentence: reason.sentence,
    }
}

#[cfg(test)]
#[path = "same_name/tests.rs"]
mod tests;
