//! The drawing of a network: bodies on the left, posts in the middle, hosts and states on the right.
//!
//! Three columns, since every edge ties a post to one side: names never lie
//! over each other, and the same nodes always give the same picture.

use crate::labels::views::S;
use crate::labels::{L, say, terms};
use crate::layers::layout;
use crate::map::Point;
use crate::parts;
use crate::query::escape;
use crate::routes::Ctx;
use maud::{Markup, html};
use plainsight_case::network::{Edge, Network, Node, NodeKind};

const WIDTH: f64 = 660.0;
/// Units that a name may take; Han is twice as wide.
const NAME: usize = 26;

/// What one `of` means in the address of this page.
pub(crate) fn around(ctx: &Ctx, node: &Node) -> String {
    ctx.to(&format!("network?of={}", escape(&node.key)))
}

/// The picture; each node leads to what lies around it, each line to its claim.
pub(crate) fn svg(ctx: &Ctx, network: &Network, asked: &[&str]) -> Markup {
    let (places, height) = layout(network);
    let at = |key: &str| places.get(key).copied();
    let links: Vec<(&Edge, Point, Point)> =
        network.edges.iter().filter_map(|edge| Some((edge, at(&edge.post)?, at(&edge.other)?))).collect();
    html! {
        svg class="net" viewBox=(format!("0 0 {WIDTH} {height}")) role="group" aria-labelledby="net-t" {
            title id="net-t" { (title(network)) }
            @for (edge, (ax, ay), (bx, by)) in &links {
                // The list beside it holds the same links for keys.
                a href=(ctx.to(&format!("claim/{}", edge.claim))) tabindex="-1" aria-label=(L.claim) {
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
    say(
        S.network_title,
        &[
            ("bodies", &count(NodeKind::Operator)),
            ("posts", &count(NodeKind::Post)),
            ("hosts", &count(NodeKind::Host)),
            ("states", &count(NodeKind::State)),
            ("claims", &network.edges.len()),
        ],
    )
}

fn drawn(node: &Node, (x, y): Point, asked: bool) -> Markup {
    let class = if asked { "nd on" } else { "nd" };
    let (text_x, text_y, anchor) = match node.kind {
        NodeKind::Operator => (x - 16.0, y + 4.0, "end"),
        NodeKind::Post => (x, y - 14.0, "middle"),
        NodeKind::Host | NodeKind::State => (x + 16.0, y + 4.0, "start"),
    };
    html! {
        title { (terms::node(node.kind.word())) ": " (node.name) @if let Some(plate) = &node.plate { ", " (plate) } }
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

    #[test]
    fn long_names_are_cut_to_their_width() {
        assert_eq!(short("Port Elm"), "Port Elm");
        assert_eq!(short(&"a".repeat(40)).chars().count(), 26);
        assert_eq!(short(&"警".repeat(40)).chars().count(), 13);
    }
}
