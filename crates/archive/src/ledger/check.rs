//! Checks a ledger from outside: what is missing, changed, or in another order.

use crate::ledger::body::{BODIES, body_name, commitment, read_body};
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::key::{PublicKey, Signed};
use crate::ledger::log::{CHAIN, EntryKind, HEAD, Ledger, Line, standing, whole_lines};
use crate::ledger::merkle::{Tree, leaf};
use crate::ledger::signed;
use crate::verify::verdict::Fault;
use plainsight_model::Digest;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What a verifier brings along to a case or a dossier.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// A key that must have signed the whole of it.
    pub key: Option<PublicKey>,
    /// The same person's key for packages, as `publicKey` of a package has it.
    pub package_key: Option<String>,
    /// An earlier head of the case's ledger, which must be one that it went through.
    pub head: Option<Checkpoint>,
}

/// What was found in a ledger.
pub(crate) struct Checked {
    /// What does not agree.
    pub(crate) wrong: Vec<Fault>,
    /// What is sound and leaves a question open.
    pub(crate) open: Vec<Fault>,
    /// Somebody known, or the demanded key, signed all of it.
    pub(crate) is_signed: bool,
}

impl Ledger {
    /// Checks a ledger's chain, head, signatures and bodies, whatever state its files are in.
    pub fn check(folder: &Path) -> Vec<Fault> {
        Self::check_for(folder, &Demands::default()).wrong
    }

    pub(crate) fn check_for(folder: &Path, demands: &Demands) -> Checked {
        let (mut wrong, roots, lines) = match std::fs::read(folder.join(CHAIN)) {
            Ok(chain) => check_chain(&chain),
            Err(error) => {
                let wrong = vec![fault("ledger/chain.jsonl", "ledger-chain", error.to_string())];
                return Checked { wrong, open: Vec::new(), is_signed: false };
            }
        };
        let case = check_head(folder, &roots).unwrap_or_else(|fault| {
            wrong.push(fault);
            None
        });
        let signing = signed::judge(folder, &roots, demands.key.as_ref());
        wrong.extend(signing.wrong);
        if let Some(kept) = &demands.head {
            wrong.extend(check_kept(kept, case.as_deref(), demands.key.as_ref(), &roots));
        }
        wrong.extend(check_bodies(folder, &lines));
        Checked { wrong, open: signing.open, is_signed: signing.whole }
    }
}

/// Gives the faults, the root after each number of entries, and the lines that can be read.
fn check_chain(chain: &[u8]) -> (Vec<Fault>, Vec<Digest>, Vec<Line>) {
    let mut faults = Vec::new();
    let mut tree = Tree::default();
    let mut roots = vec![tree.root()];
    let mut lines: Vec<Line> = Vec::new();
    let mut before: Option<Digest> = None;
    let whole = whole_lines(chain);
    if whole < chain.len() {
        let what = "the last line is torn: it was never acknowledged".to_owned();
        faults.push(fault("ledger/chain.jsonl", "ledger-chain", what));
    }
    for (at, text) in chain[..whole].split_inclusive(|&byte| byte == b'\n').enumerate() {
        let number = at as u64 + 1;
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let place = format!("ledger/chain.jsonl, line {number}");
        tree.push(leaf(text));
        roots.push(tree.root());
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
    (faults, roots, lines)
}

/// Gives the case's id that the head names.
fn check_head(folder: &Path, roots: &[Digest]) -> Result<Option<String>, Fault> {
    let wrong = |what: String| Err(fault("ledger/head.txt", "ledger-head", what));
    let Ok(bytes) = signed::read_small(&folder.join(HEAD)) else { return wrong("missing".into()) };
    let head = match Checkpoint::read(&bytes) {
        Ok(checkpoint) => checkpoint.head,
        Err(error) => return wrong(format!("not a checkpoint of a case: {error}")),
    };
    match usize::try_from(head.size).ok().and_then(|size| roots.get(size)) {
        None => {
            wrong(format!("says {} entries, the chain has {}: its end is lost", head.size, roots.len() - 1))
        }
        Some(root) if *root != head.root => wrong("its root is not that of the chain".into()),
        Some(_) => Ok(Some(head.case)),
    }
}

/// Lays a head that somebody kept elsewhere against the chain.
fn check_kept(
    kept: &Checkpoint,
    case: Option<&str>,
    key: Option<&PublicKey>,
    roots: &[Digest],
) -> Vec<Fault> {
    let place = "the head that was kept";
    if case.is_some_and(|case| case != kept.head.case) {
        let what = format!("it is of the case {}, not of this one", kept.head.case);
        return vec![fault(place, "ledger-extends", what)];
    }
    let fails = key.filter(|key| key.judge(&kept.note) == Signed::Fails);
    let fails = fails.map(|key| {
        let what = format!("the signature by {} on it does not hold", key.short());
        fault(place, "ledger-signature", what)
    });
    signed::earlier(place, kept, roots).into_iter().chain(fails).collect()
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
                // It speaks of what stood before it, never of what was to come.
                forgotten.extend(numbers.filter_map(Value::as_u64).filter(|it| *it < line.number));
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

pub(crate) fn fault(place: &str, rule: &str, what: String) -> Fault {
    Fault {
        place: place.to_owned(),
        record: None,
        rule: rule.to_owned(),
        what,
        consequence: "what was logged may have been changed".to_owned(),
    }
}
