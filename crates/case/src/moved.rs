//! What a decision moves: the values of claims, quotes, posts and questions before and after it.

use crate::case::Case;
use crate::error::CaseError;
use crate::judge::{Judged, judge_only};
use crate::register_rows::KeptRows;
use crate::views::{Changed, ClaimRow, Decided, EvidenceRow, Finding, MovedClaim, Standing, WouldChange};
use plainsight_model::{Answer, Decision};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// What decisions may move, by id.
    pub(crate) fn state(&self) -> Result<State, CaseError> {
        self.state_by(&self.decisions()?, self.claims()?, self.findings()?)
    }

    fn state_by(
        &self,
        decisions: &[Decision],
        claims: Vec<ClaimRow>,
        findings: Vec<Finding>,
    ) -> Result<State, CaseError> {
        let replies = self.replies_by(decisions, &claims, &findings)?;
        let mut out = said(claims, findings)?;
        for reply in replies {
            let state = match (reply.answers.is_empty(), reply.withdrawn) {
                (false, _) => "answered",
                (true, false) => "open",
                (true, true) => "open, and it rests on a withdrawn source",
            };
            out.insert(reply.reply, vec![("reply", json!(state))]);
        }
        Ok(out)
    }

    /// What decisions beside those that stand would move; nothing is written.
    pub(crate) fn would_move(&self, new: Vec<Decision>) -> Result<Vec<Changed>, CaseError> {
        let mut decisions = self.decisions()?;
        decisions.extend(new);
        let judged = self.judged_by(&decisions)?;
        Ok(changes(&self.state()?, &self.state_by(&decisions, judged.claims, judged.findings)?))
    }

    fn judged_by(&self, decisions: &[Decision]) -> Result<Judged, CaseError> {
        let (captures, registers) = (self.catalog.captures()?, self.catalog.registers()?);
        let rows = KeptRows::of(&self.catalog);
        judge_only(&self.catalog, &self.judging(&registers, &rows, decisions, &captures))
    }

    /// What an answer would move if somebody gave it; nothing is written. Replies are left out:
    /// an answer about names or claims moves none.
    pub fn would_change(&self, what: &[String], answer: &Answer) -> Result<WouldChange, CaseError> {
        let mut decisions = self.decisions()?;
        for id in what {
            let about = self.about(id, answer)?;
            decisions.push(self.decision(about, answer, "", ""));
        }
        let judged = self.judged_by(&decisions)?;
        let (claims, findings) = (self.claims()?, self.findings()?);
        let ids = |posts: &[Finding]| posts.iter().map(|f| f.post.clone()).collect::<BTreeSet<_>>();
        let (now, then) = (ids(&findings), ids(&judged.findings));
        Ok(WouldChange {
            posts_gone: now.difference(&then).count(),
            posts_new: then.difference(&now).count(),
            claims: moved_claims(&claims, &judged.claims),
            changed: changes(&said(claims, findings)?, &said(judged.claims, judged.findings)?),
        })
    }
}

/// Claims that stand otherwise afterwards. One of a post that goes into another is the same claim
/// where that post then says the same.
fn moved_claims(now: &[ClaimRow], then: &[ClaimRow]) -> Vec<MovedClaim> {
    let standing = |claim: &ClaimRow| Standing {
        grade: claim.grade,
        grade_if_read: claim.grade_if_read,
        origins: claim.origins.iter().filter(|o| o.counts).count(),
    };
    let there = |all: &[ClaimRow], id: &str| all.iter().any(|claim| claim.claim == id);
    let mut fresh: Vec<&ClaimRow> = then.iter().filter(|claim| !there(now, &claim.claim)).collect();
    let like = |a: &ClaimRow, b: &ClaimRow| (&a.predicate, &a.object) == (&b.predicate, &b.object);
    let says = |a: &ClaimRow, b: &ClaimRow| {
        b.evidence.iter().any(|e| a.evidence.iter().any(|other| other.quote == e.quote))
    };
    let mut out = Vec::new();
    for claim in now {
        let itself = then.iter().find(|other| other.claim == claim.claim);
        let anew = || {
            let at = fresh.iter().position(|other| like(other, claim) && says(other, claim))?;
            Some(fresh.remove(at))
        };
        // What two posts say alike becomes one claim.
        let same = itself.or_else(anew).or_else(|| then.iter().find(|o| like(o, claim) && says(o, claim)));
        let (before, after) = (Some(standing(claim)), same.map(standing));
        if before != after {
            let (claim, text) = (Some(claim.claim.clone()), claim.text.clone());
            out.push(MovedClaim { claim, text, now: before, then: after });
        }
    }
    out.extend(fresh.into_iter().map(|claim| MovedClaim {
        claim: None,
        text: claim.text.clone(),
        now: None,
        then: Some(standing(claim)),
    }));
    out
}

/// What claims and posts say.
fn said(claims: Vec<ClaimRow>, findings: Vec<Finding>) -> Result<State, CaseError> {
    let mut out = BTreeMap::new();
    for claim in claims {
        // What somebody confirmed stands in a dossier, and its quotes are footnotes there.
        let printed =
            matches!(claim.decision.as_ref().map(|d| d.answer.as_str()), Some("confirm" | "publish"));
        for e in &claim.evidence {
            let values: &mut Vec<_> = out.entry(e.quote.clone()).or_insert_with(|| {
                vec![
                    ("read_by", json!(e.read_by)),
                    ("rejected", json!(e.rejected)),
                    ("withdrawn", json!(e.withdrawn)),
                ]
            });
            if printed && !values.iter().any(|(name, _)| *name == "footnote") {
                values.push(("footnote", json!(if e.withdrawn { "withdrawn" } else { "stands" })));
            }
        }
        let gone = withdrawn(&claim.evidence);
        let counting = claim.origins.iter().filter(|o| o.counts).count();
        let decision = claim.decision.as_ref().map(|d| d.answer.clone());
        out.insert(
            claim.claim,
            vec![
                ("grade", json!(claim.grade)),
                ("grade_if_read", json!(claim.grade_if_read)),
                ("origins", json!(counting)),
                ("withdrawn_quotes", json!(gone)),
                ("decision", json!(decision)),
            ],
        );
    }
    for finding in findings {
        out.insert(
            finding.post,
            vec![
                ("evidence", json!(finding.evidence.len())),
                ("opened", json!(finding.opened)),
                ("origins", json!(finding.origins)),
                ("withdrawn_quotes", json!(withdrawn(&finding.evidence))),
                ("statuses", serde_json::to_value(&finding.statuses)?),
            ],
        );
    }
    Ok(out)
}

/// How many quotes rest on a withdrawn source.
fn withdrawn(evidence: &[EvidenceRow]) -> usize {
    evidence.iter().filter(|e| e.withdrawn).count()
}

/// What a decision would be about, where it is only asked.
pub(crate) fn would_be_about<'i>(ids: impl IntoIterator<Item = &'i String>) -> Decided {
    let changed = |id: &String| Changed {
        id: id.clone(),
        what: "decision".into(),
        before: Value::Null,
        after: Value::Null,
    };
    Decided { decision: None, changed: ids.into_iter().map(changed).collect(), waiting: Vec::new() }
}

/// Values that a decision may move, by id.
pub(crate) type State = BTreeMap<String, Vec<(&'static str, Value)>>;

/// What differs between two states.
pub(crate) fn changes(before: &State, after: &State) -> Vec<Changed> {
    let mut out = Vec::new();
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for id in ids {
        let (old, new) = (before.get(id), after.get(id));
        let names = old.or(new).into_iter().flatten().map(|(name, _)| *name);
        for name in names {
            let value = |side: Option<&Vec<(&'static str, Value)>>| {
                side.and_then(|s| s.iter().find(|(n, _)| *n == name)).map_or(Value::Null, |(_, v)| v.clone())
            };
            let (was, is) = (value(old), value(new));
            // What was confirmed just now, or is no longer, is told by its claim and not note by note.
            let printed_in_both = name != "footnote" || !was.is_null() && !is.is_null();
            if was != is && printed_in_both {
                out.push(Changed { id: id.clone(), what: name.into(), before: was, after: is });
            }
        }
    }
    out
}
