//! Posts and the bodies that quotes tie to them, as a graph whose every edge is a claim.
//!
//! In: posts and claims as a case shows them. Out: nodes and edges, whole or a number of steps
//! around some of them. A pure function. Never: a person, an address, a telephone. Who holds a
//! public role stands in claims, with quotes; a picture of persons beside bodies says more than
//! any quote does.

use crate::views::{ClaimRow, EntityRow, Finding};
use std::collections::{BTreeMap, BTreeSet};

/// The nodes that one picture may have.
pub const MOST_NODES: usize = 200;

/// The nodes of a picture around nothing: a first look, and a light page.
pub const FIRST_NODES: usize = 150;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A body that is said to run a post.
    Operator,
    /// A post.
    Post,
    /// An organisation that is said to host a post.
    Host,
    /// A state in which a post is said to be.
    State,
}

/// A post, a body, an organisation or a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What the address asks for: `pos-…` of a post, else the kind and the name.
    pub key: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its name: that of a body in its own script, the town of a post.
    pub name: String,
    /// The first name of a post in its own script: two posts may stand in one town.
    pub plate: Option<String>,
    /// `ent-…` of a body or host.
    pub entity: Option<String>,
}

/// A claim that ties two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The post's key.
    pub post: String,
    /// The key of the body or state.
    pub other: String,
    /// `operated_by`, `hosted_by`, or `exists` for the state in which it is.
    pub predicate: String,
    /// The claim.
    pub claim: String,
    /// 1 to 6.
    pub grade: u8,
    /// 1 to 6 if all its quotes hold.
    pub grade_if_read: u8,
    /// Independent origins that count.
    pub origins: usize,
}

/// Nodes by kind and key; edges by post, other end and claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Each once.
    pub nodes: Vec<Node>,
    /// Both ends are nodes.
    pub edges: Vec<Edge>,
    /// Nodes that the bound of a picture left out.
    pub left_out: usize,
}

/// Ties posts to the bodies and states that standing claims name.
pub fn network(findings: &[Finding], claims: &[ClaimRow], entities: &[EntityRow]) -> Network {
    let posts: BTreeMap<&str, &Finding> = findings.iter().map(|post| (post.post.as_str(), post)).collect();
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut edges = Vec::new();
    for finding in findings {
        let node = Node {
            key: finding.post.clone(),
            kind: NodeKind::Post,
            name: title(finding),
            plate: finding.names.first().map(|name| name.text.clone()),
            entity: None,
        };
        nodes.insert(node.key.clone(), node);
    }
    let entities = by_claim(entities);
    for claim in claims.iter().filter(|claim| stands(claim)) {
        let Some(post) = posts.get(claim.subject.as_str()) else { continue };
        let (kind, name) = match claim.predicate.as_str() {
            "operated_by" => (NodeKind::Operator, Some(claim.object.as_str())),
            "hosted_by" => (NodeKind::Host, Some(claim.object.as_str())),
            "exists" => (NodeKind::State, post.country.as_deref()),
            _ => continue,
        };
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        let key = format!("{}:{name}", kind.word());
        nodes.entry(key.clone()).or_insert_with(|| Node {
            key: key.clone(),
            kind,
            name: name.to_owned(),
            plate: None,
            entity: entities.get(claim.claim.as_str()).map(|id| (*id).to_owned()),
        });
        edges.push(Edge {
            post: post.post.clone(),
            other: key,
            predicate: claim.predicate.clone(),
            claim: claim.claim.clone(),
            grade: claim.grade,
            grade_if_read: claim.grade_if_read,
            origins: claim.origins.iter().filter(|origin| origin.counts).count(),
        });
    }
    let mut nodes: Vec<Node> = nodes.into_values().collect();
    nodes.sort_by(|a, b| (a.kind, &a.name, &a.key).cmp(&(b.kind, &b.name, &b.key)));
    edges.sort_by(|a, b| {
        (&a.post, &a.predicate, &a.other, &a.claim).cmp(&(&b.post, &b.predicate, &b.other, &b.claim))
    });
    Network { nodes, edges, left_out: 0 }
}

impl NodeKind {
    /// The word before a name in a key, and in the list.
    pub fn word(self) -> &'static str {
        match self {
            Self::Operator => "body",
            Self::Post => "post",
            Self::Host => "host",
            Self::State => "state",
        }
    }
}

impl Network {
    /// The keys of the nodes that `of` means: those with that key, name or entity; where there is
    /// none, those whose name holds these words.
    pub fn meant(&self, of: &str) -> Vec<&str> {
        let exact: Vec<&str> = self.nodes.iter().filter(|n| n.is(of)).map(|n| n.key.as_str()).collect();
        let words = of.trim().to_lowercase();
        if !exact.is_empty() || words.is_empty() {
            return exact;
        }
        let holds = |node: &&Node| node.name.to_lowercase().contains(&words);
        self.nodes.iter().filter(holds).map(|node| node.key.as_str()).collect()
    }

    /// What lies within `steps` edges of the nodes asked for, the nearest first where the bound
    /// leaves some out; all of it, those with most edges first, where nothing is asked for.
    pub fn around(&self, of: &[&str], steps: usize) -> Network {
        let asked: BTreeSet<&str> = self
            .nodes
            .iter()
            .filter(|node| of.iter().any(|of| node.is(of)))
            .map(|node| node.key.as_str())
            .collect();
        let distance = if asked.is_empty() { BTreeMap::new() } else { self.distances(&asked, steps) };
        let mut degree: BTreeMap<&str, usize> = BTreeMap::new();
        for edge in &self.edges {
            *degree.entry(edge.post.as_str()).or_default() += 1;
            *degree.entry(edge.other.as_str()).or_default() += 1;
        }
        let mut near: Vec<&Node> = match asked.is_empty() {
            true => self.nodes.iter().collect(),
            false => self.nodes.iter().filter(|n| distance.contains_key(n.key.as_str())).collect(),
        };
        let key = |node: &&Node| {
            let ties = degree.get(node.key.as_str()).copied().unwrap_or(0);
            (distance.get(node.key.as_str()).copied().unwrap_or(0), std::cmp::Reverse(ties), node.key.clone())
        };
        near.sort_by_key(key);
        let most = if asked.is_empty() { FIRST_NODES } else { MOST_NODES };
        let left_out = near.len().saturating_sub(most);
        let kept: BTreeSet<&str> = near.iter().take(most).map(|node| node.key.as_str()).collect();
        Network {
            nodes: self.nodes.iter().filter(|node| kept.contains(node.key.as_str())).cloned().collect(),
            edges: self
                .edges
                .iter()
                .filter(|edge| kept.contains(edge.post.as_str()) && kept.contains(edge.other.as_str()))
                .cloned()
                .collect(),
            left_out,
        }
    }

    /// How many edges lie between the nodes asked for and each that is near enough.
    fn distances<'n>(&'n self, asked: &BTreeSet<&'n str>, steps: usize) -> BTreeMap<&'n str, usize> {
        let mut ties: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for edge in &self.edges {
            ties.entry(edge.post.as_str()).or_default().push(edge.other.as_str());
            ties.entry(edge.other.as_str()).or_default().push(edge.post.as_str());
        }
        let mut out: BTreeMap<&str, usize> = asked.iter().map(|key| (*key, 0)).collect();
        let mut edge_of_it: Vec<&str> = asked.iter().copied().collect();
        for step in 1..=steps {
            let mut next = Vec::new();
            for key in edge_of_it {
                for other in ties.get(key).into_iter().flatten() {
                    if !out.contains_key(other) {
                        out.insert(other, step);
                        next.push(*other);
                    }
                }
            }
            edge_of_it = next;
        }
        out
    }
}

impl Node {
    /// Whether an address that names `of` means this node.
    pub fn is(&self, of: &str) -> bool {
        self.key == of || self.name == of || self.entity.as_deref() == Some(of)
    }
}

/// A claim that nobody rejected and that a quote still supports.
fn stands(claim: &ClaimRow) -> bool {
    let rejected = claim.decision.as_ref().is_some_and(|d| d.answer == "reject");
    !rejected && claim.evidence.iter().any(|e| e.stance == "supports" && !e.rejected)
}

/// The bodies of the case by the claims that name them. Two bodies may rest on one quote, so the
/// quote alone does not tell which is meant.
fn by_claim(entities: &[EntityRow]) -> BTreeMap<&str, &str> {
    let bodies = entities.iter().filter(|e| matches!(e.kind.as_str(), "agency" | "organisation"));
    bodies.flat_map(|e| e.claims.iter().map(|claim| (claim.claim.as_str(), e.entity.as_str()))).collect()
}

/// What a post is called: its town, else its first name.
fn title(finding: &Finding) -> String {
    let name = || finding.names.first().map(|name| name.text.clone());
    finding.city.clone().or_else(name).unwrap_or_else(|| "Post without a name".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{claim, decision, finding};
    use crate::views::EntityClaim;

    /// Invented: two towns, one body that runs both posts, one union that hosts one.
    fn sample() -> Network {
        let claims = [
            claim("clm-1", "pos-a", "exists", "yes"),
            claim("clm-2", "pos-a", "operated_by", "云砚市公安局"),
            claim("clm-3", "pos-b", "operated_by", "云砚市公安局"),
            claim("clm-4", "pos-b", "hosted_by", "Tea Traders’ Union"),
            claim("clm-5", "pos-b", "headed_by", "Ove Lind"),
            claim("clm-6", "pos-b", "located_at", "Kade 3"),
            claim("clm-7", "pos-gone", "operated_by", "Nobody’s police"),
        ];
        network(&[finding("pos-a", "Vell"), finding("pos-b", "Osmara")], &claims, &[])
    }

    fn names(network: &Network) -> Vec<&str> {
        network.nodes.iter().map(|node| node.name.as_str()).collect()
    }

    #[test]
    fn every_edge_is_a_claim_and_no_node_is_a_person_or_a_door() {
        let all = sample();
        assert_eq!(names(&all), ["云砚市公安局", "Osmara", "Vell", "Tea Traders’ Union", "Kelvarra"]);
        let edges: Vec<&str> = all.edges.iter().map(|edge| edge.claim.as_str()).collect();
        assert_eq!(edges, ["clm-1", "clm-2", "clm-4", "clm-3"]);
    }

    #[test]
    fn a_step_is_an_edge_and_the_bound_keeps_the_nearest() {
        let all = sample();
        assert_eq!(names(&all.around(&["pos-a"], 1)), ["云砚市公安局", "Vell", "Kelvarra"]);
        assert_eq!(
            names(&all.around(&["Tea Traders’ Union"], 2)),
            ["云砚市公安局", "Osmara", "Tea Traders’ Union"]
        );
        assert_eq!(all.around(&[], 1), all);
        assert_eq!(all.meant("body:云砚市公安局"), ["body:云砚市公安局"]);
        assert_eq!(all.meant("tea traders"), ["host:Tea Traders’ Union"]);
        assert_eq!(all.meant("Ove Lind"), [""; 0]);
        let findings: Vec<Finding> = (0..300).map(|n| finding(&format!("pos-{n:03}"), "Vell")).collect();
        let claims: Vec<ClaimRow> = (0..300)
            .map(|n| claim(&format!("clm-{n}"), &format!("pos-{n:03}"), "operated_by", "X"))
            .collect();
        let part = network(&findings, &claims, &[]).around(&["X"], 1);
        assert_eq!((part.nodes.len(), part.edges.len(), part.left_out), (200, 199, 101));
        assert_eq!(part.nodes[0].name, "X", "what was asked for stays");
    }

    #[test]
    fn a_body_is_the_entity_that_stands_in_its_claim_and_an_address_may_say_so() {
        let claims = [claim("clm-1", "pos-a", "operated_by", "X"), claim("clm-2", "pos-a", "hosted_by", "Y")];
        let row = |id: &str, kind: &str, claim: &str| EntityRow {
            entity: id.into(),
            kind: kind.into(),
            schema: "PublicBody".into(),
            names: Vec::new(),
            statements: Vec::new(),
            claims: vec![EntityClaim {
                claim: claim.into(),
                text: String::new(),
                predicate: String::new(),
                post: None,
                grade: 6,
                grade_if_read: 3,
            }],
            joined: Vec::new(),
            received: false,
        };
        let rows = [
            row("ent-x", "agency", "clm-1"),
            row("ent-y", "organisation", "clm-2"),
            row("pos-a", "post", "clm-1"),
        ];
        let all = network(&[finding("pos-a", "Vell")], &claims, &rows);
        assert_eq!((all.meant("ent-x"), all.meant("ent-y")), (vec!["body:X"], vec!["host:Y"]));
    }

    #[test]
    fn a_rejected_claim_ties_nothing() {
        let mut wrong = claim("clm-1", "pos-a", "operated_by", "云砚市公安局");
        wrong.decision = Some(decision("reject"));
        let mut unsupported = claim("clm-2", "pos-a", "hosted_by", "A hall");
        unsupported.evidence[0].stance = "contradicts".into();
        assert!(network(&[finding("pos-a", "Vell")], &[wrong, unsupported], &[]).edges.is_empty());
    }
}
