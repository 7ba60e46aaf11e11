//! Places for the nodes of a network: three columns, and rows so that few lines cross.
//!
//! The same nodes always get the same places: nothing here is drawn by lot.

use crate::map::Point;
use plainsight_case::network::{Network, NodeKind};
use std::collections::BTreeMap;

/// Where the columns stand.
const COLUMNS: [f64; 3] = [185.0, 345.0, 475.0];
/// Between two nodes of a column, with room for a name above a post.
const ROW: f64 = 42.0;
/// Sweeps that order each column by the middle of its neighbours (Sugiyama, Tagawa and Toda, 1981).
const SWEEPS: usize = 12;

/// A place for each node by its key, and the height of the picture.
pub(crate) fn layout(network: &Network) -> (BTreeMap<String, Point>, f64) {
    let mut ties: Ties = BTreeMap::new();
    for edge in &network.edges {
        ties.entry(&edge.post).or_default().push(&edge.other);
        ties.entry(&edge.other).or_default().push(&edge.post);
    }
    let mut columns: Columns = Default::default();
    for node in &network.nodes {
        columns[column_of(node.kind)].push(&node.key);
    }
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(0);
    for sweep in 0..SWEEPS {
        // Posts first by the left side, then the sides by posts, then posts by both.
        for column in if sweep == 0 { [1, 0, 2] } else { [0, 2, 1] } {
            let rows = centred(&columns, tallest);
            let mut order: Vec<(f64, &str)> = columns[column]
                .iter()
                .map(|key| {
                    let counts = |other: &str| sweep > 0 || !other.starts_with("state:");
                    let middle = middle(key, &ties, &rows, counts);
                    (middle.or_else(|| rows.get(key).copied()).unwrap_or(0.0), *key)
                })
                .collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
            columns[column] = order.into_iter().map(|(_, key)| key).collect();
        }
    }
    let mut rows = centred(&columns, tallest);
    // A short column stands beside what it is tied to, not in the middle of a long picture.
    for column in columns.iter().filter(|column| column.len() < tallest) {
        let beside = beside(column, &ties, &rows, tallest);
        rows.extend(beside);
    }
    let place = |kind: NodeKind, row: f64| (COLUMNS[column_of(kind)], row * ROW + ROW * 0.6 + 4.0);
    let places = network
        .nodes
        .iter()
        .filter_map(|node| Some((node.key.clone(), place(node.kind, *rows.get(node.key.as_str())?))))
        .collect();
    (places, tallest as f64 * ROW + 16.0)
}

type Ties<'n> = BTreeMap<&'n str, Vec<&'n str>>;
type Columns<'n> = [Vec<&'n str>; 3];

fn column_of(kind: NodeKind) -> usize {
    match kind {
        NodeKind::Operator => 0,
        NodeKind::Post => 1,
        NodeKind::Host | NodeKind::State => 2,
    }
}

/// Each column in the middle of the tallest one.
fn centred<'n>(columns: &Columns<'n>, tallest: usize) -> BTreeMap<&'n str, f64> {
    let spread = |column: &Vec<&'n str>| {
        let first = (tallest - column.len()) as f64 / 2.0;
        column.iter().enumerate().map(|(at, key)| (*key, first + at as f64)).collect::<Vec<_>>()
    };
    columns.iter().flat_map(spread).collect()
}

/// The mean row of a node's neighbours.
fn middle(
    key: &str,
    ties: &Ties<'_>,
    rows: &BTreeMap<&str, f64>,
    counts: impl Fn(&str) -> bool,
) -> Option<f64> {
    let neighbours = ties.get(key).into_iter().flatten().filter(|other| counts(other));
    let of: Vec<f64> = neighbours.filter_map(|other| rows.get(other).copied()).collect();
    (!of.is_empty()).then(|| of.iter().sum::<f64>() / of.len() as f64)
}

/// A column in its order, each node as near to the middle of its neighbours as a row for each allows.
fn beside<'n>(
    column: &[&'n str],
    ties: &Ties<'_>,
    rows: &BTreeMap<&'n str, f64>,
    tallest: usize,
) -> Vec<(&'n str, f64)> {
    let wanted = |key: &str| middle(key, ties, rows, |_| true).or_else(|| rows.get(key).copied());
    let mut out: Vec<(&str, f64)> = Vec::with_capacity(column.len());
    for key in column {
        let free = out.last().map_or(0.0, |(_, row)| row + 1.0);
        out.push((key, wanted(key).unwrap_or(0.0).max(free)));
    }
    let mut most = tallest.saturating_sub(1) as f64;
    for (_, row) in out.iter_mut().rev() {
        *row = row.min(most);
        most = *row - 1.0;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_case::network::{Edge, Node};

    /// Invented bodies and towns.
    fn sample(posts: usize) -> Network {
        let node =
            |key: &str, kind| Node { key: key.into(), kind, name: key.into(), plate: None, entity: None };
        let edge = |post: &str, other: &str| Edge {
            post: post.into(),
            other: other.into(),
            predicate: "operated_by".into(),
            claim: "clm-1".into(),
            grade: 3,
            grade_if_read: 2,
            origins: 1,
        };
        let keys: Vec<String> = (0..posts).map(|n| format!("pos-{n}")).collect();
        let bodies = ["body:A", "body:B"].map(|key| node(key, NodeKind::Operator));
        let hosts = ["host:H", "state:S"].iter().zip([NodeKind::Host, NodeKind::State]);
        Network {
            nodes: bodies
                .into_iter()
                .chain(keys.iter().map(|key| node(key, NodeKind::Post)))
                .chain(hosts.map(|(key, kind)| node(key, kind)))
                .collect(),
            edges: keys
                .iter()
                .enumerate()
                .map(|(n, key)| edge(key, if n % 2 == 0 { "body:B" } else { "body:A" }))
                .chain([edge("pos-0", "host:H")])
                .collect(),
            left_out: 0,
        }
    }

    #[test]
    fn no_two_nodes_share_a_place_and_the_same_nodes_give_the_same_picture() {
        let network = sample(40);
        let (places, _) = layout(&network);
        assert_eq!(places.len(), network.nodes.len());
        let all: std::collections::BTreeSet<String> =
            places.values().map(|(x, y)| format!("{x:.0} {y:.0}")).collect();
        assert_eq!(all.len(), places.len());
        assert_eq!(layout(&network).0, places);
    }

    #[test]
    fn posts_of_one_body_stand_together() {
        let (places, _) = layout(&sample(6));
        let mut posts: Vec<(i64, usize)> =
            (0..6).map(|n| (places[&format!("pos-{n}")].1 as i64, n % 2)).collect();
        posts.sort_unstable();
        let runs = posts.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
        assert_eq!(runs, 1, "{posts:?}");
    }

    #[test]
    fn a_body_stands_beside_its_posts_and_inside_the_picture() {
        let (places, height) = layout(&sample(40));
        assert!(places.values().all(|(_, y)| (0.0..height).contains(y)));
        let mean = |half: usize| {
            let rows: Vec<f64> =
                (0..40).filter(|n| n % 2 == half).map(|n| places[&format!("pos-{n}")].1).collect();
            rows.iter().sum::<f64>() / rows.len() as f64
        };
        assert!((places["body:B"].1 - mean(0)).abs() < ROW && (places["body:A"].1 - mean(1)).abs() < ROW);
    }
}
