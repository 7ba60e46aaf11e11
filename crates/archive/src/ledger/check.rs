//! Checks a ledger from outside: what is missing, changed, or in another order.

use crate::ledger::body::{BODIES, body_name, commitment, read_body};
use crate::ledger::log::{CHAIN, EntryKind, HEAD, Ledger, Line, standing, whole_lines};
use crate::ledger::merkle::{Head, Tree, leaf};
use crate::verify::verdict::Fault;
use plainsight_model::Digest;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

impl Ledger {
    /// Checks a ledger's chain, head and bodies, whatever state its files are in.
    pub fn check(folder: &Path) -> Vec<Fault> {
        let mut faults = Vec::new();
        let path = folder.join(CHAIN);
        let chain = match std::fs::read(&path) {
            Ok(chain) => chain,
            Err(error) => return vec![fault("ledger/chain.jsonl", "ledger-chain", error.to_string())],
        };
        let mut tree = Tree::default();
        let mut heads = vec![tree.root()];
        let mut lines: Vec<Line> = Vec::new();
        let mut before: Option<Digest> = None;
        let whole = whole_lines(&chain);
        if whole < chain.len() {
            let what = "the last line is torn: it was never acknowledged".to_owned();
            faults.push(fault("ledger/chain.jsonl", "ledger-chain", what));
        }
        for (at, text) in chain[..whole].split_inclusive(|&byte| byte == b'\n').enumerate() {
            let number = at as u64 + 1;
            let text = text.strip_suffix(b"\n").unwrap_or(text);
            let place = format!("ledger/chain.jsonl, line {number}");
            tree.push(leaf(text));
            heads.push(tree.root());
            match standing(text) {
                Err(why) => faults.push(fault(&place, "ledger-chain", why)),
                Ok(standing) => {
                    if standing.line.number != number {
                        let what = format!("says number {}", standing.line.number);
                        faults.push(fault(&place, "ledger-chain", what));
                    }
                    if standing.line.previous != before {
                        let what = "does not name the hash of the line before".to_owned();
                        faults.push(fault(&place, "ledger-chain", what));
                    }
                    lines.push(standing.line);
                }
            }
            before = Some(leaf(text));
        }
        faults.extend(check_head(folder, &heads));
        faults.extend(check_bodies(folder, &lines));
        faults
    }
}

fn check_head(folder: &Path, heads: &[Digest]) -> Option<Fault> {
    let wrong = |what: String| Some(fault("ledger/head.txt", "ledger-head", what));
    let Ok(text) = std::fs::read_to_string(folder.join(HEAD)) else {
        return wrong("missing or not text".into());
    };
    let Some(head) = Head::read(&text) else { return wrong("not a checkpoint of a case".into()) };
    match usize::try_from(head.size).ok().and_then(|size| heads.get(size)) {
        None => {
            wrong(format!("says {} entries, the chain has {}: its end is lost", head.size, heads.len() - 1))
        }
        Some(root) if *root != head.root => wrong("its root is not that of the chain".into()),
        Some(_) => None,
    }
}

fn check_bodies(folder: &Path, lines: &[Line]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut missing = Vec::new();
    let mut forgotten: BTreeSet<u64> = BTreeSet::new();
    for line in lines {
        let place = format!("ledger/bodies/{}", body_name(line.number));
        let Ok(text) = std::fs::read(folder.join(BODIES).join(body_name(line.number))) else {
            missing.push((line.number, place));
            continue;
        };
        let text = String::from_utf8_lossy(&text);
        let agrees = |(salt, body): &(Vec<u8>, &str)| commitment(salt, body.as_bytes()) == line.commitment;
        match read_body(&text).filter(agrees) {
            None => {
                let what = "does not agree with the commitment in the chain".to_owned();
                faults.push(fault(&place, "ledger-body", what));
            }
            Some((_, body)) if line.kind == EntryKind::Forget => {
                let body: Value = serde_json::from_str(body).unwrap_or_default();
                let numbers = body["entries"].as_array().into_iter().flatten();
                forgotten.extend(numbers.filter_map(Value::as_u64));
            }
            Some(_) => {}
        }
    }
    for (number, place) in missing {
        if !forgotten.contains(&number) {
            let what = "missing, and no `forget` entry names it".to_owned();
            faults.push(fault(&place, "ledger-body", what));
        }
    }
    faults
}

fn fault(place: &str, rule: &str, what: String) -> Fault {
    Fault {
        place: place.to_owned(),
        record: None,
        rule: rule.to_owned(),
        what,
        consequence: "what was logged may have been changed".to_owned(),
    }
}
