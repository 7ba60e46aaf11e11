//! Copying errors: a reprint that swaps two facts is no second opinion.
//!
//! Shared truths say nothing about who copied from whom; a value that only one
//! copy of a text has is a slip of that copy (notes on corroboration, 1.5).

use crate::{Containment, Copies, DocumentInput};
use plainsight_model::{DocumentId, Frame};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A frame whose slot has a value that its text's other copies do not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CopyingError {
    /// The document with the error.
    pub document: DocumentId,
    /// The number of the frame in its findings.
    pub frame: usize,
    /// The slot.
    pub slot: String,
    /// The key that stands there.
    pub wrong: String,
    /// The key that stands in the other copies.
    pub right: String,
    /// The frame that has the right value: document and number.
    pub like: (DocumentId, usize),
}

/// Slots that say which post a frame is about, the surest first.
const PIVOTS: [&str; 4] = ["phone", "address", "name", "place"];
/// Slots of which a post has one value.
const VALUES: [&str; 7] = ["operator", "opened", "closed", "host_body", "phone", "address", "place"];

/// Finds copying errors: frames that, about the same place, say in one copy
/// of a text what no other copy says. Frames named here should be left out
/// before posts are merged, since a swapped operator would make a post of its own.
pub fn copying_errors(
    documents: &[DocumentInput<'_>],
    copies: &Copies,
    agencies: &dyn Containment,
    places: &dyn Containment,
) -> Vec<CopyingError> {
    let by_id: BTreeMap<String, &DocumentInput> =
        documents.iter().map(|d| (d.document.id.to_string(), d)).collect();
    let mut clusters: BTreeMap<&str, Vec<&DocumentInput>> = BTreeMap::new();
    for clustered in &copies.clusters {
        if let Some(document) = by_id.get(&clustered.id) {
            clusters.entry(&clustered.cluster).or_default().push(document);
        }
    }
    let mut errors: BTreeMap<(DocumentId, usize), CopyingError> = BTreeMap::new();
    for (seed, mut members) in clusters {
        members.sort_by_key(|d| d.document.id);
        members.dedup_by_key(|d| d.document.id);
        if members.len() < 2 {
            continue;
        }
        for slot in VALUES {
            for facts in facts(&members, slot).values() {
                for error in outvoted(facts, seed, slot, agencies, places) {
                    errors.entry((error.document, error.frame)).or_insert(error);
                }
            }
        }
    }
    errors.into_values().collect()
}

/// A value of a slot as one frame of one copy has it.
struct Fact<'a> {
    document: &'a DocumentInput<'a>,
    frame: usize,
    key: &'a str,
}

/// What the copies say in `slot`, by kind and pivot.
fn facts<'a>(
    members: &[&'a DocumentInput<'a>],
    slot: &str,
) -> BTreeMap<(&'a str, &'static str, &'a str), Vec<Fact<'a>>> {
    let mut facts: BTreeMap<_, Vec<Fact>> = BTreeMap::new();
    for document in members {
        for (number, frame) in document.findings.frames.iter().enumerate() {
            for value in frame.slots.get(slot).into_iter().flatten().filter(|s| !s.key.is_empty()) {
                for (name, key) in pivots(frame, slot) {
                    let fact = Fact { document, frame: number, key: &value.key };
                    facts.entry((frame.kind.as_str(), name, key)).or_default().push(fact);
                }
            }
        }
    }
    facts
}

/// The pivots of a frame; a country alone is none.
fn pivots<'a>(frame: &'a Frame, slot: &str) -> Vec<(&'static str, &'a str)> {
    let mut pivots = Vec::new();
    // Posts of many cities share a name, so that only telephone and address tell a swapped city.
    let tells = |name: &&str| *name != slot && (slot != "place" || matches!(*name, "phone" | "address"));
    for name in PIVOTS.into_iter().filter(tells) {
        for value in frame.slots.get(name).into_iter().flatten() {
            let is_city =
                name != "place" || value.key.contains('/') || value.key.chars().any(|c| c.is_ascii_digit());
            if !value.key.is_empty() && is_city {
                pivots.push((name, value.key.as_str()));
            }
        }
    }
    pivots
}

/// The facts of the copies that stand alone against the others.
fn outvoted(
    facts: &[Fact<'_>],
    seed: &str,
    slot: &str,
    agencies: &dyn Containment,
    places: &dyn Containment,
) -> Vec<CopyingError> {
    let agree = |a: &str, b: &str| a == b || compatible(slot, a, b, agencies, places);
    let mut values: BTreeMap<DocumentId, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        values.entry(fact.document.document.id).or_default().push(fact);
    }
    let votes = |key: &str| values.values().filter(|v| v.iter().any(|f| agree(f.key, key))).count();
    // More copies win, then the earlier day, then the seed of the cluster: whoever reprints comes later.
    let rank = |fact: &Fact| {
        let is_seed = fact.document.document.id.to_string() == seed;
        let earliest = values
            .values()
            .filter(|v| v.iter().any(|f| agree(f.key, fact.key)))
            .filter_map(|v| v[0].document.day())
            .min()
            .unwrap_or("9999");
        (std::cmp::Reverse(votes(fact.key)), earliest.to_owned(), !is_seed, fact.key.to_owned())
    };
    let Some(best) = facts.iter().min_by_key(|f| rank(f)) else { return Vec::new() };
    let says = |facts: &[&Fact], key: &str| facts.iter().any(|f| agree(f.key, key));
    // Where one copy has both values it lists two posts there, and a shorter copy that kept one of them swaps nothing.
    let two_posts = |key: &str| values.values().any(|v| says(v, best.key) && says(v, key));
    facts
        .iter()
        .filter(|f| !agree(f.key, best.key) && !two_posts(f.key))
        .map(|f| CopyingError {
            document: f.document.document.id,
            frame: f.frame,
            slot: slot.to_owned(),
            wrong: f.key.to_owned(),
            right: best.key.to_owned(),
            like: (best.document.document.id, best.frame),
        })
        .collect()
}

fn compatible(slot: &str, a: &str, b: &str, agencies: &dyn Containment, places: &dyn Containment) -> bool {
    match slot {
        "operator" => agencies.contains(a, b) || agencies.contains(b, a),
        "place" => places.contains(a, b) || places.contains(b, a),
        "opened" | "closed" => crate::contradiction::days_meet(a, b),
        _ => false,
    }
}
