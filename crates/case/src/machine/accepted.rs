//! Proposals that a person accepted: the decision alone, by its quotes, makes the frame again after every run.
//!
//! The question says what the quotes are: `proposal|KIND|SLOT,SLOT|MODEL`, the first quote being the sentence
//! and the others what fills the slots, in that order.

use crate::decisions::Texts;
use plainsight_find::{Finder, Proposal};
use plainsight_model::{Answer, Decision, Document, DocumentId, Findings, Frame, Quote, QuoteRef, SlotName};
use std::collections::BTreeSet;

const QUESTION: &str = "proposal|";

/// The question about a proposal.
pub(crate) fn question(kind: &str, slots: &[SlotName], model: &str) -> String {
    format!("{QUESTION}{kind}|{}|{model}", slots.join(","))
}

/// Tells whether a decision is about a model's proposal.
pub(crate) fn is_about_a_proposal(decision: &Decision) -> bool {
    decision.question.starts_with(QUESTION)
}

/// Those that are accepted: the last word about the same quotes counts.
fn accepted(decisions: &[Decision]) -> impl Iterator<Item = &Decision> {
    let about = |decision: &&Decision| is_about_a_proposal(decision);
    decisions.iter().enumerate().filter(move |(_, decision)| about(decision)).filter_map(
        move |(number, decision)| {
            let same =
                |later: &Decision| (&later.question, &later.quotes) == (&decision.question, &decision.quotes);
            let last = !decisions.iter().skip(number + 1).any(same);
            (last && decision.answer == Answer::Confirm).then_some(decision)
        },
    )
}

/// The documents that accepted proposals are about.
pub(crate) fn documents(decisions: &[Decision]) -> BTreeSet<DocumentId> {
    accepted(decisions).filter_map(|decision| Some(decision.quotes.first()?.document)).collect()
}

/// Frames of the accepted proposals about a document.
pub(crate) fn frames(
    decisions: &[Decision],
    finder: &dyn Fn() -> Finder,
    document: &Document,
    findings: &Findings,
) -> Vec<Frame> {
    let mut out = Vec::new();
    for decision in accepted(decisions) {
        if decision.quotes.first().is_none_or(|quote| quote.document != document.id) {
            continue;
        }
        let Some((proposal, model)) = place(decision, &document.text) else { continue };
        out.extend(finder().frame_of(document, findings, &proposal, &format!("model:{model}")));
    }
    out
}

/// Accepted proposals whose words stand in the document no more.
pub(crate) fn waiting(decisions: &[Decision], texts: &dyn Texts) -> Vec<Decision> {
    let lost = |decision: &&Decision| {
        let text = decision.quotes.first().and_then(|quote| texts.text(&quote.document));
        text.is_none_or(|text| place(decision, &text).is_none())
    };
    accepted(decisions).filter(lost).cloned().collect()
}

/// Where a decision's proposal stands in a text, and whose it is.
fn place<'d>(decision: &'d Decision, text: &str) -> Option<(Proposal, &'d str)> {
    let mut parts = decision.question.strip_prefix(QUESTION)?.splitn(3, '|');
    let (kind, names, model) = (parts.next()?, parts.next()?, parts.next()?);
    let (sentence, values) = decision.quotes.split_first()?;
    let names: Vec<&str> = names.split(',').collect();
    if names.len() != values.len() {
        return None;
    }
    let span = |quote: &QuoteRef| {
        Quote::find(quote.document, text, &quote.exact, quote.number).map(|found| found.span)
    };
    let slot = |(name, value): (&&str, &QuoteRef)| Some(((*name).to_owned(), span(value)?));
    let slots = names.iter().zip(values).map(slot).collect::<Option<Vec<_>>>()?;
    Some((Proposal { quote: span(sentence)?, kind: kind.to_owned(), slots }, model))
}
