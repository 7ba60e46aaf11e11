//! Which crate may know which (DESIGN.md, *The way of the data, and the crates*).

use cargo_metadata::{DependencyKind, Metadata, PackageId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A crate and those of ours that it may name.
type Row = (&'static str, &'static [&'static str]);

/// Each crate may name only crates above it, and of those only what its line says.
const MAY: [Row; 20] = [
    ("model", &[]),
    ("text", &["model"]),
    ("vault", &["model"]),
    ("collect", &["model", "text"]),
    ("archive", &["model", "text"]),
    ("read", &["model", "text"]),
    ("lens", &["model", "text"]),
    ("resolve", &["model", "text", "lens"]),
    ("find", &["model", "text", "read", "lens", "resolve"]),
    ("tagger", &["model", "text", "find"]),
    ("corroborate", &["model", "text", "lens", "resolve"]),
    ("search", &["model", "text", "lens"]),
    (
        "case",
        &["model", "text", "collect", "archive", "read", "lens", "resolve", "find", "corroborate", "search"],
    ),
    ("publish", &["model", "text", "archive", "case"]),
    ("web", &["model", "text", "case"]),
    (
        "plainsight",
        &[
            "model",
            "text",
            "vault",
            "collect",
            "archive",
            "read",
            "lens",
            "resolve",
            "find",
            "tagger",
            "corroborate",
            "search",
            "case",
            "publish",
            "web",
        ],
    ),
    ("cluster", &["model", "text", "archive", "read", "lens", "resolve", "find", "corroborate", "search"]),
    ("xtask", &["text"]),
    (
        "fuzzing",
        &["model", "text", "archive", "read", "lens", "resolve", "find", "corroborate", "search", "case"],
    ),
    (
        "bench",
        &["model", "text", "archive", "read", "lens", "resolve", "find", "corroborate", "search", "case"],
    ),
];

/// Crates that open connections to the outside. Only `collect` may, and the
/// binary through it: whoever needs bytes from outside is handed a `Wire`.
const NETWORK: [&str; 15] = [
    "attohttpc",
    "awc",
    "curl",
    "hyper-rustls",
    "hyper-tls",
    "isahc",
    "minreq",
    "native-tls",
    "reqwest",
    "rustls",
    "surf",
    "tokio-native-tls",
    "tokio-rustls",
    "tungstenite",
    "ureq",
];

/// Who may reach the network by whatever way: `collect`, the case that has it fetch, and who names the case.
/// That none but `collect` opens a connection is shown by the walk of `network.rs` over names and sources.
const MAY_CONNECT: [&str; 6] = ["collect", "plainsight", "case", "web", "publish", "fuzzing"];

/// Complains about each crate that names or reaches what it must not know.
pub fn check(metadata: &Metadata) -> Vec<String> {
    let graph = Graph::of(metadata);
    let mut complaints = Vec::new();
    for (name, id) in &graph.ours {
        let Some((_, may)) = MAY.iter().find(|(row, _)| row == name) else {
            complaints.push(format!("{name} is not in the table of xtask/src/dependencies.rs; add its line"));
            continue;
        };
        for other in graph.named(metadata, id) {
            if !may.contains(&other.as_str()) {
                complaints.push(format!("{name} names {other}, which it must not know"));
            }
        }
        complaints.extend(unreachable(name, &graph.reached(id)));
    }
    complaints
}

/// What a crate must not reach, by whatever way.
fn unreachable(name: &str, reached: &BTreeSet<String>) -> Vec<String> {
    let mut complaints = Vec::new();
    if name != "plainsight" && name != "vault" && reached.contains("plainsight-vault") {
        complaints.push(format!("{name} reaches the vault; only the binary may"));
    }
    if !MAY_CONNECT.contains(&name) {
        let network = NETWORK.iter().filter(|network| reached.contains(**network));
        complaints.extend(
            network.map(|n| format!("{name} reaches {n}, which opens connections; only collect may")),
        );
    }
    complaints
}

struct Graph {
    /// Our crates by their name without prefix.
    ours: BTreeMap<String, PackageId>,
    names: HashMap<PackageId, String>,
    /// Dependencies that end up in the program; tests may use more.
    edges: HashMap<PackageId, Vec<PackageId>>,
}

impl Graph {
    fn of(metadata: &Metadata) -> Self {
        let names = metadata.packages.iter().map(|p| (p.id.clone(), p.name.to_string())).collect();
        let ours = metadata.workspace_packages().into_iter().map(|p| (bare(&p.name), p.id.clone())).collect();
        let mut edges: HashMap<PackageId, Vec<PackageId>> = HashMap::new();
        for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
            let built = node
                .deps
                .iter()
                .filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development));
            edges.insert(node.id.clone(), built.map(|dep| dep.pkg.clone()).collect());
        }
        Self { ours, names, edges }
    }

    /// The crates of ours that a crate names, for tests too.
    fn named(&self, metadata: &Metadata, id: &PackageId) -> BTreeSet<String> {
        let package = metadata.packages.iter().find(|package| package.id == *id);
        let named = package.into_iter().flat_map(|package| &package.dependencies);
        let named =
            named.map(|dependency| bare(&dependency.name)).filter(|name| self.ours.contains_key(name));
        let own = package.map(|package| bare(&package.name));
        named.filter(|name| Some(name) != own.as_ref()).collect()
    }

    fn reached(&self, id: &PackageId) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut seen = BTreeSet::from([id.clone()]);
        let mut waiting = vec![id.clone()];
        while let Some(id) = waiting.pop() {
            for next in self.edges.get(&id).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    reached.extend(self.names.get(next).cloned());
                    waiting.push(next.clone());
                }
            }
        }
        reached
    }
}

fn bare(name: &str) -> String {
    name.strip_prefix("plainsight-").unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_only_points_upwards() {
        for (at, (name, may)) in MAY.iter().enumerate() {
            for other in *may {
                let above = MAY[..at].iter().any(|(row, _)| row == other);
                assert!(above, "{name} may name {other}, which does not stand above it");
            }
        }
    }

    #[test]
    fn publish_and_web_never_name_each_other_and_only_the_binary_opens_the_vault() {
        let may = |name: &str| MAY.iter().find(|(row, _)| *row == name).expect("a row").1;
        assert!(!may("web").contains(&"publish") && !may("publish").contains(&"web"));
        for (name, may) in MAY.iter().filter(|(name, _)| *name != "plainsight") {
            assert!(!may.contains(&"vault"), "{name}");
        }
    }

    #[test]
    fn a_leak_is_named() {
        let reached = BTreeSet::from(["plainsight-vault".to_owned(), "reqwest".to_owned()]);
        assert_eq!(unreachable("read", &reached).len(), 2);
        assert_eq!(unreachable("publish", &reached).len(), 1);
        assert!(unreachable("plainsight", &reached).is_empty());
    }
}
