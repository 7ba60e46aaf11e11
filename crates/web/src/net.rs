//! The drawing of a network: bodies on the left, posts in the middle, hosts and states on the right.
//!
//! Three columns, since every edge ties a post to one side: names never lie
//! over each other, and the same nodes always give the same picture.

use crate::map::Point;
use crate::parts;
use crate::query::escape;
use crate::routes::Ctx;
use maud::{Markup, html};
use plainsight_case::network::{Edge, Network, Node, NodeKind};
use std::collections::BTreeMap;

const WIDTH: f64 = 660.0;
/// Where the columns stand.
const COLUMNS: [f64; 3] = [185.0, 345.0, 475.0];
/// Between two nodes of a column, with room for a name above a post.
const ROW: f64 = 42.0;
/// Sweeps that order each column by the middle of its neighbours (Sugiyama, Tagawa and Toda, 1981).
const SWEEPS: usize = 12;
/// Units that a name may take; Han is twice as wide.
const NAME: usize = 26;

/// What one `of` means in the address of this page.
pub(crate) fn around(ctx: &Ctx, node: &Node) -> String {
    ctx.to(&format!("network?of={}", escape(&node.key)))
}

/// The picture; each node leads to what lies around it, each line to its claim.
pub(crate) fn svg(ctx: &Ctx, network: &Network, asked: &[&str]) -> Markup {
    let places = layout(network);
    let rows = |column: usize| network.nodes.iter().filter(|n| column_of(n.kind) == column).count();
    let height = (0..3).map(rows).max().unwrap_or(0) as f64 * ROW + 16.0;
    let at = |key: &str| places.get(key).copied();
    let links: Vec<(&Edge, Point, Point)> =
        network.edges.iter().filter_map(|edge| Some((edge, at(&edge.post)?, at(&edge.other)?))).collect();
    html! {
        svg class="net" viewBox=(format!("0 0 {WIDTH} {height}")) role="group" aria-labelledby="net-t" {
            title id="net-t" { (title(network)) }
            @for (edge, (ax, ay), (bx, by)) in &links {
                // The list beside it holds the same links for keys.
                a href=(ctx.to(&format!("claim/{}", edge.claim))) tabindex="-1" aria-label="Claim" {
                    @let line = format!("M{ax:.0},{ay:.0}L{bx:.0},{by:.0}");
                    path class="hit" d=(line) {}
                    path class=(format!("e{}", edge.grade.clamp(1, 6))) d=(line) {}
                }
            }
            @for node in &network.nodes { @if let Some(place) = at(&node.key) {
                a href=(around(ctx, node)) tabindex="-1" { (drawn(node, place, asked.iter().any(|of| node.is(of)))) }
            } }
        }
    }
}

fn title(network: &Network) -> String {
    let count = |kind: NodeKind| network.nodes.iter().filter(|node| node.kind == kind).count();
    format!(
        "{} bodies, {} posts, {} hosts and {} states, and {} claims that tie them. The list beside holds the same.",
        count(NodeKind::Operator),
        count(NodeKind::Post),
        count(NodeKind::Host),
        count(NodeKind::State),
        network.edges.len()
    )
}

fn column_of(kind: NodeKind) -> usize {
    match kind {
        NodeKind::Operator => 0,
        NodeKind::Post => 1,
        NodeKind::Host | NodeKind::State => 2,
    }
}

/// A place for each node: columns by kind, rows so that few lines cross.
fn layout(network: &Network) -> BTreeMap<String, Point> {
    let mut ties: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for edge in &network.edges {
        ties.entry(&edge.post).or_default().push(&edge.other);
        ties.entry(&edge.other).or_default().push(&edge.post);
    }
    let mut columns: [Vec<&str>; 3] = Default::default();
    for node in &network.nodes {
        columns[column_of(node.kind)].push(&node.key);
    }
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(0) as f64;
    // Each column stands in the middle of the tallest one.
    let heights = |columns: &[Vec<&str>; 3]| -> BTreeMap<String, f64> {
        let spread = |column: &Vec<&str>| {
            let first = (tallest - column.len() as f64) / 2.0;
            column
                .iter()
                .enumerate()
                .map(|(at, key)| ((*key).to_owned(), first + at as f64))
                .collect::<Vec<_>>()
        };
        columns.iter().flat_map(spread).collect()
    };
    for sweep in 0..SWEEPS {
        // Posts first by the left side, then the sides by posts, then posts by both.
        for column in if sweep == 0 { [1, 0, 2] } else { [0, 2, 1] } {
            let rows = heights(&columns);
            let middle = |key: &str| {
                let of: Vec<f64> = ties
                    .get(key)
                    .into_iter()
                    .flatten()
                    .filter(|other| sweep > 0 || !other.starts_with("state:"))
                    .filter_map(|other| rows.get(*other).copied())
                    .collect();
                match of.len() {
                    0 => rows.get(key).copied().unwrap_or(0.0),
                    n => of.iter().sum::<f64>() / n as f64,
                }
            };
            let mut order: Vec<(f64, &str)> = columns[column].iter().map(|key| (middle(key), *key)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
            columns[column] = order.into_iter().map(|(_, key)| key).collect();
        }
    }
    let rows = heights(&columns);
    network
        .nodes
        .iter()
        .filter_map(|node| {
            let row = rows.get(&node.key)?;
            Some((node.key.clone(), (COLUMNS[column_of(node.kind)], row * ROW + ROW * 0.6 + 4.0)))
        })
        .collect()
}

fn drawn(node: &Node, (x, y): Point, asked: bool) -> Markup {
    let class = if asked { "nd on" } else { "nd" };
    let (text_x, text_y, anchor) = match node.kind {
        NodeKind::Operator => (x - 16.0, y + 4.0, "end"),
        NodeKind::Post => (x, y - 14.0, "middle"),
        NodeKind::Host | NodeKind::State => (x + 16.0, y + 4.0, "start"),
    };
    html! {
        title { (node.kind.word()) ": " (node.name) @if let Some(plate) = &node.plate { ", " (plate) } }
        rect class="hit" x=(format!("{:.0}", x - 15.0)) y=(format!("{:.0}", y - 15.0)) width="30" height="30" {}
        @match node.kind {
            NodeKind::Operator => { circle class=(class) cx=(format!("{x:.0}")) cy=(format!("{y:.0}")) r="9" {} }
            NodeKind::Post => { rect class=(class) x=(format!("{:.0}", x - 9.0)) y=(format!("{:.0}", y - 9.0)) width="18" height="18" {} }
            NodeKind::Host => { path class=(class) d=(format!("M{x:.0},{:.0}l11,11l-11,11l-11,-11z", y - 11.0)) {} }
            NodeKind::State => { path class=(class) d=(format!("M{:.0},{:.0}h12l6,9l-6,9h-12l-6,-9z", x - 6.0, y - 9.0)) {} }
        }
        text class="halo" x=(format!("{text_x:.0}")) y=(format!("{text_y:.0}")) text-anchor=(anchor) lang=[parts::han(&node.name)] { (short(&node.name)) }
    }
}

/// A name that fits beside its node; the whole one stands in its title and in the list.
fn short(name: &str) -> String {
    let wide = |c: char| if c >= '\u{2e80}' { 2 } else { 1 };
    if name.chars().map(wide).sum::<usize>() <= NAME {
        return name.to_owned();
    }
    let mut left = NAME - 1;
    let mut out: String = name
        .chars()
        .take_while(|c| {
            let fits = left >= wide(*c);
            left = left.saturating_sub(wide(*c));
            fits
        })
        .collect();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let places = layout(&network);
        assert_eq!(places.len(), network.nodes.len());
        let all: std::collections::BTreeSet<String> =
            places.values().map(|(x, y)| format!("{x:.0} {y:.0}")).collect();
        assert_eq!(all.len(), places.len());
        assert_eq!(layout(&network), places);
    }

    #[test]
    fn posts_of_one_body_stand_together() {
        let places = layout(&sample(6));
        let mut posts: Vec<(i64, usize)> =
            (0..6).map(|n| (places[&format!("pos-{n}")].1 as i64, n % 2)).collect();
        posts.sort_unstable();
        let runs = posts.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
        assert_eq!(runs, 1, "{posts:?}");
    }

    #[test]
    fn long_names_are_cut_to_their_width() {
        assert_eq!(short("Port Elm"), "Port Elm");
        assert_eq!(short(&"a".repeat(40)).chars().count(), 26);
        assert_eq!(short(&"警".repeat(40)).chars().count(), 13);
    }
}
