//! Clusters as stars: a text belongs to a cluster only by its own verified
//! link to the cluster's seed. Closure over links would let one wrong link
//! hide a second witness.

/// A verified link: two numbers and the shingles that they share.
pub(super) type Edge = (u32, u32, u32);

/// Gives the seed of every text. `lengths` orders texts of equal degree (longer first), then `names`.
///
/// A text joins the seed with which it shares most; of several that hold as
/// much of it the shortest, which is about little else: a report that is cut
/// short stands whole in its long form, and maybe whole in a page that quotes it.
pub(super) fn stars(edges: &[Edge], lengths: &[usize], names: &[&str]) -> Vec<usize> {
    let mut neighbours: Vec<Vec<(usize, u32)>> = vec![Vec::new(); lengths.len()];
    for &(a, b, both) in edges {
        neighbours[a as usize].push((b as usize, both));
        neighbours[b as usize].push((a as usize, both));
    }
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by(|&x, &y| {
        (neighbours[y].len(), lengths[y]).cmp(&(neighbours[x].len(), lengths[x])).then(names[x].cmp(names[y]))
    });
    let mut covered = vec![false; lengths.len()];
    let mut is_seed = vec![false; lengths.len()];
    for &text in &order {
        if covered[text] {
            continue;
        }
        is_seed[text] = true;
        covered[text] = true;
        for &(other, _) in &neighbours[text] {
            covered[other] = true;
        }
    }
    (0..lengths.len())
        .map(|text| {
            if is_seed[text] {
                return text;
            }
            neighbours[text]
                .iter()
                .filter(|(other, _)| is_seed[*other])
                .max_by(|x, y| (x.1, lengths[y.0]).cmp(&(y.1, lengths[x.0])).then(names[y.0].cmp(names[x.0])))
                .map_or(text, |(seed, _)| *seed)
        })
        .collect()
}
