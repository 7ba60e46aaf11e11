//! Frames that speak of posts: each goes to every post that fits all slots it fills.

use super::FrameRef;
use super::atoms::{Atom, Frames};
use super::merge::{Cluster, shared};
use crate::agency::compatible;
use plainsight_lens::Gazetteer;
use plainsight_model::DocumentId;
use std::collections::{BTreeMap, BTreeSet};

/// Attaches, and gives the frames that belong to no post.
pub(super) fn attach(
    clusters: &mut [Cluster],
    frames: &Frames,
    gazetteer: &Gazetteer,
    copies: &BTreeMap<DocumentId, DocumentId>,
) -> Vec<FrameRef> {
    let mut placed: BTreeSet<FrameRef> = BTreeSet::new();
    for cluster in clusters.iter() {
        placed.extend(cluster.atoms.iter().chain(&cluster.errors).map(|at| frames.posts[*at].frame));
    }
    for atom in &frames.others {
        let known = !atom.city.is_empty()
            || atom.country.is_some()
            || !atom.operators.is_empty()
            || !atom.addresses.is_empty()
            || !atom.names.is_empty();
        if !known {
            continue;
        }
        let fits: Vec<usize> =
            (0..clusters.len()).filter(|n| fits(atom, &clusters[*n], gazetteer, copies)).collect();
        let named: Vec<usize> =
            fits.iter().copied().filter(|n| shared(&clusters[*n].names, &atom.names)).collect();
        // A name counts where some post bears it; a plain noun (the office) fits them all.
        let placeless = atom.city.is_empty() && atom.country.is_none() && atom.operators.is_empty();
        // Words about an address are about the post there alone.
        let housed: Vec<usize> =
            fits.iter().copied().filter(|n| shared(&clusters[*n].addresses, &atom.addresses)).collect();
        let chosen = if !atom.addresses.is_empty() && (!housed.is_empty() || placeless) {
            housed
        } else if named.is_empty() && !placeless {
            fits
        } else {
            named
        };
        for n in chosen {
            clusters[n].attached.insert(atom.frame);
            placed.insert(atom.frame);
        }
    }
    let all =
        frames.posts.iter().chain(&frames.others).map(|atom| atom.frame).chain(frames.never.iter().copied());
    all.filter(|frame| !placed.contains(frame)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn fits(
    atom: &Atom,
    cluster: &Cluster,
    gazetteer: &Gazetteer,
    copies: &BTreeMap<DocumentId, DocumentId>,
) -> bool {
    let place = if !atom.city.is_empty() {
        cluster.city == atom.city
    } else {
        atom.country.is_none() || cluster.country == atom.country
    };
    let placed = !atom.city.is_empty() || atom.country.is_some();
    let operators = if atom.operators.is_empty() {
        true
    } else if cluster.operators.is_empty() {
        placed
    } else {
        atom.operators.iter().any(|a| cluster.operators.iter().any(|b| compatible(a, b, gazetteer)))
    };
    // A copy's wrong operator does not lead its words to another post.
    let operators = operators || (copies.contains_key(&atom.document) && !atom.city.is_empty());
    place && operators
}
