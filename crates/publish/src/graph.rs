//! Posts, bodies, claims and origins as GraphML: an edge is a claim, or what it stands on.

use crate::ftm::body_id;
use crate::whitelist::{Printed, counting};
use crate::words::sentence;
use plainsight_case::views::ClaimRow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="kind" for="all" attr.name="kind" attr.type="string"/>
<key id="label" for="all" attr.name="label" attr.type="string"/>
<key id="grade" for="all" attr.name="grade" attr.type="int"/>
<graph edgedefault="directed">
"#;

/// Writes the graph; nodes and edges by id.
pub(crate) fn graphml(printed: &Printed<'_>) -> String {
    let mut nodes: BTreeMap<String, (&str, String, Option<u8>)> = BTreeMap::new();
    let mut edges: BTreeMap<String, (String, String, &str)> = BTreeMap::new();
    for post in &printed.posts {
        let id = post.finding.post.clone();
        nodes.insert(id.clone(), ("post", post.title(), post.exists.map(|claim| claim.grade)));
        for (name, kind) in [(post.operator, "operated_by"), (post.host_body, "hosted_by")] {
            if let Some(name) = name {
                let body = body_id(name);
                edges.insert(format!("{id}-{kind}-{body}"), (id.clone(), body.clone(), kind));
                nodes.insert(body, ("body", name.to_owned(), None));
            }
        }
        for claim in &post.claims {
            edges.insert(format!("{}-about", claim.claim), (claim.claim.clone(), id.clone(), "about"));
        }
    }
    for claim in &printed.claims {
        nodes.insert(claim.claim.clone(), ("claim", sentence(&claim.text), Some(claim.grade)));
        add_origins(claim, &mut nodes, &mut edges);
    }
    let mut out = HEAD.to_owned();
    for (id, (kind, label, grade)) in &nodes {
        let grade = grade.map(|grade| format!("<data key=\"grade\">{grade}</data>")).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<node id=\"{}\"><data key=\"kind\">{kind}</data><data key=\"label\">{}</data>{grade}</node>",
            escaped(id),
            escaped(label)
        );
    }
    for (id, (from, to, kind)) in &edges {
        let _ = writeln!(
            out,
            "<edge id=\"{}\" source=\"{}\" target=\"{}\"><data key=\"kind\">{kind}</data></edge>",
            escaped(id),
            escaped(from),
            escaped(to)
        );
    }
    out + "</graph>\n</graphml>\n"
}

fn add_origins<'a>(
    claim: &ClaimRow,
    nodes: &mut BTreeMap<String, (&'a str, String, Option<u8>)>,
    edges: &mut BTreeMap<String, (String, String, &'a str)>,
) {
    for origin in counting(claim) {
        nodes.insert(origin.origin.clone(), ("origin", origin.voice.clone(), None));
        edges.insert(
            format!("{}-{}", claim.claim, origin.origin),
            (claim.claim.clone(), origin.origin.clone(), "rests on"),
        );
    }
}

/// Escapes what XML reads as markup and drops what it may not hold.
fn escaped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).fold(
        String::new(),
        |mut out, c| {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '"' => out.push_str("&quot;"),
                _ => out.push(c),
            }
            out
        },
    )
}
