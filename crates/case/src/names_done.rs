//! What became of the questions whether two names mean the same: by rule, and by whom.

use crate::case::Case;
use crate::catalog::Kept;
use crate::decisions::row;
use crate::error::CaseError;
use crate::same_name;
use crate::views::{DecisionRow, Finding, JoinedRow, NamesDone, PairDecision, PairQuote, PairRow};
use plainsight_model::{Answer, Decision};
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// What rules and people answered about names so far.
    pub fn names_done(&self) -> Result<NamesDone, CaseError> {
        let waiting: Vec<DecisionRow> = self.catalog.kept(Kept::Waiting)?;
        let waiting = waiting.into_iter().map(|row| row.decision).collect();
        Ok(done(&self.decisions()?, &self.findings()?, &self.names()?, &waiting))
    }
}

/// The decisions by which a person joined quotes of what is now one post.
pub(crate) fn joined_into(quotes: &BTreeSet<&str>, decisions: &[Decision]) -> Vec<JoinedRow> {
    let inside = |d: &&Decision| {
        let both = d.quotes.iter().all(|q| quotes.contains(q.id().to_string().as_str()));
        d.question == "pair" && d.answer == Answer::Same && d.quotes.len() == 2 && both
    };
    let joined = |d: &Decision| {
        let row = row(d);
        JoinedRow {
            decision: row.decision,
            a: d.quotes[0].exact.clone(),
            b: d.quotes[1].exact.clone(),
            reason: row.reason,
            author: row.author,
            time: row.time,
        }
    };
    decisions.iter().filter(inside).map(joined).collect()
}

fn done(
    decisions: &[Decision],
    findings: &[Finding],
    queue: &[PairRow],
    waiting: &BTreeSet<String>,
) -> NamesDone {
    let about_names = decisions.iter().filter(|d| d.question == "pair" || same_name::is_about_names(d));
    let decided: Vec<PairDecision> =
        about_names.rev().map(|d| decided(d, waiting.contains(&d.id.to_string()))).collect();
    let of_posts = |answer: &str| decided.iter().filter(|d| d.kind == "post" && d.answer == answer).count();
    let mut of_state: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for finding in findings {
        *of_state.entry(finding.country.as_deref()).or_default() += 1;
    }
    let pairs: usize = of_state.values().map(|n| n * n.saturating_sub(1) / 2).sum();
    let asked = queue.iter().filter(|pair| pair.kind == "post").count() + of_posts("different");
    let told: usize = findings
        .iter()
        .map(|f| f.evidence.iter().map(|e| &e.quote).collect::<BTreeSet<_>>().len().saturating_sub(1))
        .sum();
    NamesDone {
        same_by_rule: told.saturating_sub(of_posts("same")),
        apart_by_rule: pairs.saturating_sub(asked),
        decided,
    }
}

fn decided(decision: &Decision, waits: bool) -> PairDecision {
    let names = same_name::asked(&decision.question);
    let row = row(decision);
    let name = |at: usize| names.map(|(_, a, b)| if at == 0 { a } else { b }.to_owned());
    let side = |(at, quote): (usize, &plainsight_model::QuoteRef)| PairQuote {
        name: name(at),
        document: quote.document.to_string(),
        quote: quote.id().to_string(),
        text: quote.exact.clone(),
    };
    PairDecision {
        kind: names.map_or("post", |(kind, ..)| kind).to_owned(),
        sides: decision.quotes.iter().take(2).enumerate().map(side).collect(),
        decision: row.decision,
        answer: row.answer,
        reason: row.reason,
        author: row.author,
        time: row.time,
        waits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::{DecisionId, DocumentId, QuoteRef};

    #[test]
    fn what_was_decided_is_listed_the_newest_first_and_says_what_waits() {
        let quote = |exact: &str| QuoteRef {
            document: DocumentId::of_payload(b"invented"),
            exact: exact.into(),
            number: 0,
        };
        let said = |number: u8, question: &str, answer: Answer| Decision {
            id: DecisionId::of_line(&[number]),
            about: Vec::new(),
            question: question.into(),
            answer,
            quotes: vec![quote("灯港站"), quote("雾镇站")],
            reason: "invented".into(),
            author: "Ida Brandt".into(),
            time: format!("2024-01-0{number}T00:00:00Z"),
            lang: None,
            grade: None,
        };
        let decisions = [
            said(1, "pair", Answer::Same),
            said(2, "claim|exists|yes", Answer::Confirm),
            said(3, "name|agency|灯港市公安局|Denggang police", Answer::Different),
        ];
        let waiting = [decisions[0].id.to_string()].into();
        let done = done(&decisions, &[], &[], &waiting);
        let shown: Vec<_> =
            done.decided.iter().map(|d| (d.kind.as_str(), d.answer.as_str(), d.waits)).collect();
        assert_eq!(shown, [("agency", "different", false), ("post", "same", true)]);
        assert_eq!(done.decided[0].sides[1].name.as_deref(), Some("Denggang police"));
        assert_eq!(done.decided[1].sides[1].name, None);
        assert_eq!(done.decided[1].sides[1].text, "雾镇站");
        let quotes: Vec<String> = decisions[0].quotes.iter().map(|q| q.id().to_string()).collect();
        let inside =
            |quotes: &[String]| joined_into(&quotes.iter().map(String::as_str).collect(), &decisions);
        assert_eq!(inside(&quotes).len(), 1, "the post holds both quotes");
        assert_eq!(inside(&quotes[..1]).len(), 0);
    }
}
