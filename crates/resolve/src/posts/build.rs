//! Clusters to posts with ids.

use super::Post;
use super::atoms::Atom;
use super::merge::Cluster;
use plainsight_lens::{Gazetteer, PlaceKind};
use plainsight_model::{Digest, PostId, QuoteId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn build(clusters: &[Cluster], atoms: &[Atom], gazetteer: &Gazetteer) -> Vec<Post> {
    let mut uses: BTreeMap<QuoteId, usize> = BTreeMap::new();
    for cluster in clusters {
        for quote in own_quotes(cluster, atoms) {
            *uses.entry(quote).or_default() += 1;
        }
    }
    let mut out: Vec<Post> = clusters.iter().map(|c| post(c, atoms, gazetteer, &uses)).collect();
    out.sort_by_key(|post| post.id);
    out
}

fn own_quotes(cluster: &Cluster, atoms: &[Atom]) -> BTreeSet<QuoteId> {
    cluster.atoms.iter().map(|at| atoms[*at].quote).collect()
}

fn post(cluster: &Cluster, atoms: &[Atom], gazetteer: &Gazetteer, uses: &BTreeMap<QuoteId, usize>) -> Post {
    let quotes = own_quotes(cluster, atoms);
    // One sentence may speak of two posts: only a quote of one post alone can name it.
    let alone = quotes.iter().find(|q| uses.get(*q) == Some(&1));
    let id = alone.map(PostId::from_quote).unwrap_or_else(|| shared_id(&quotes, cluster));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in cluster.atoms.iter().flat_map(|at| &atoms[*at].shown) {
        *counts.entry(name).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let frames: BTreeSet<_> =
        cluster.atoms.iter().chain(&cluster.errors).map(|at| atoms[*at].frame).collect();
    let errors: BTreeSet<_> = cluster.errors.iter().map(|at| atoms[*at].frame).collect();
    let city = gazetteer.by_key(&cluster.city).filter(|p| gazetteer.get(*p).kind != PlaceKind::Country);
    let place = if cluster.city.is_empty() {
        cluster.country.map_or_else(String::new, |c| gazetteer.key(c))
    } else {
        cluster.city.clone()
    };
    Post {
        id,
        frames: frames.union(&cluster.attached).copied().collect(),
        same_error: errors.into_iter().collect(),
        names: names.into_iter().map(|(name, _)| name.to_owned()).collect(),
        country: cluster.country,
        city,
        place,
        operators: cluster.operators.iter().cloned().collect(),
        phones: cluster.phones.iter().cloned().collect(),
        addresses: cluster.addresses.iter().cloned().collect(),
    }
}

/// The id of a post all of whose quotes speak of other posts too: the smallest
/// quote with what tells this post apart.
fn shared_id(quotes: &BTreeSet<QuoteId>, cluster: &Cluster) -> PostId {
    let quote = quotes.first().map(QuoteId::to_string).unwrap_or_default();
    let join = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
    let parts =
        [quote, cluster.city.clone(), join(&cluster.operators), join(&cluster.phones), join(&cluster.names)];
    let bytes: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let hex = Digest::of_parts(&bytes).to_string();
    let quote = hex.get(..32).and_then(|head| format!("quo-{head}").parse::<QuoteId>().ok());
    PostId::from_quote(&quote.or_else(|| quotes.first().copied()).expect("a post has at least one quote"))
}
