//! Frames as the facts that tell posts apart.

use super::{DocumentFrames, FrameRef};
use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_model::{DocumentId, Frame, Modality, QuoteId};
use plainsight_text::fold;
use std::collections::BTreeSet;

/// What one frame says of one place.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) frame: FrameRef,
    pub(super) document: DocumentId,
    pub(super) quote: QuoteId,
    pub(super) country: Option<PlaceRef>,
    /// The key of the place, a city or what is more exact; empty where only the country is known.
    pub(super) city: String,
    pub(super) operators: BTreeSet<String>,
    pub(super) phones: BTreeSet<String>,
    pub(super) addresses: BTreeSet<String>,
    /// Folded.
    pub(super) names: BTreeSet<String>,
    /// As written.
    pub(super) shown: Vec<String>,
}

impl Atom {
    /// Only a place: nothing that tells this post from another one there.
    pub(super) fn bare(&self) -> bool {
        self.operators.is_empty() && self.phones.is_empty() && self.addresses.is_empty()
    }
}

/// Atoms of frames that make posts, and of those that only speak of them.
pub(super) struct Frames {
    pub(super) posts: Vec<Atom>,
    pub(super) others: Vec<Atom>,
    /// Frames that never belong to a post: counts and withdrawals.
    pub(super) never: Vec<FrameRef>,
}

pub(super) fn collect(input: &[DocumentFrames<'_>], gazetteer: &Gazetteer) -> Frames {
    let mut out = Frames { posts: Vec::new(), others: Vec::new(), never: Vec::new() };
    for document in input {
        for (number, (frame, quote)) in document.frames.iter().zip(document.quotes).enumerate() {
            let atoms = atoms(frame, (document.document, number), quote.id, gazetteer);
            match frame.kind.as_str() {
                // A denial says that no post is there: it never makes one.
                "post" if frame.modality != Modality::Denied => out.posts.extend(atoms),
                "count" | "withdrawal" => out.never.push((document.document, number)),
                _ => out.others.extend(atoms),
            }
        }
    }
    // What was written decides the order, never how documents came in.
    let order = |atom: &Atom| (atom.quote, atom.frame, atom.city.clone());
    out.posts.sort_by_key(order);
    out.others.sort_by_key(order);
    out.never.sort();
    out
}

/// One atom for each place that the frame names.
fn atoms(frame: &Frame, at: FrameRef, quote: QuoteId, gazetteer: &Gazetteer) -> Vec<Atom> {
    let keys = |slot: &str| -> BTreeSet<String> {
        let fills = frame.slots.get(slot).into_iter().flatten();
        fills.map(|s| s.key.clone()).filter(|key| !key.is_empty()).collect()
    };
    let named: Vec<&str> = frame.slots.get("name").into_iter().flatten().map(|s| s.text.as_str()).collect();
    let atom = Atom {
        frame: at,
        document: at.0,
        quote,
        country: None,
        city: String::new(),
        operators: keys("operator"),
        phones: keys("phone"),
        addresses: keys("address"),
        names: named.iter().map(|name| fold(name.trim())).filter(|n| !n.is_empty()).collect(),
        shown: named.iter().map(|name| name.trim().to_owned()).filter(|n| !n.is_empty()).collect(),
    };
    let places = places(&keys("place"), gazetteer);
    if places.is_empty() {
        return vec![atom];
    }
    places.into_iter().map(|(country, city)| Atom { country, city, ..atom.clone() }).collect()
}

/// The cities with their countries; a country stands alone only where none of its cities is named.
fn places(keys: &BTreeSet<String>, gazetteer: &Gazetteer) -> Vec<(Option<PlaceRef>, String)> {
    let mut cities = Vec::new();
    let mut countries = Vec::new();
    for key in keys {
        match gazetteer.by_key(key) {
            Some(place) if gazetteer.get(place).kind == PlaceKind::Country => countries.push(place),
            Some(place) => cities.push((gazetteer.country_of(place), key.clone())),
            None => {
                let country = key.split_once('/').and_then(|(country, _)| gazetteer.by_key(country));
                cities.push((country, key.clone()));
            }
        }
    }
    let alone = countries.into_iter().filter(|c| !cities.iter().any(|(of, _)| *of == Some(*c)));
    let alone: Vec<_> = alone.map(|c| (Some(c), String::new())).collect();
    cities.into_iter().chain(alone).collect()
}
