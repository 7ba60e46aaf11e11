//! Decisions: kept in the ledger by their quotes, attached anew after every run.
//!
//! A decision attaches to the one claim, pair or quote of its question that
//! rests on at least one of its quotes. If there is none, or more than one, it
//! waits to be looked at again: never dropped, never guessed.

use crate::answers::answer_word;
use crate::machine::is_about_a_proposal;
use crate::replies;
use crate::same_name::is_about_names;
use crate::views::{ClaimRow, DecisionRow, LogRow, PairRow};
use plainsight_model::{
    Answer, Decision, DecisionId, DocumentId, Judgements, Letter, Quote, QuoteId, QuoteRef, Span,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands: decisions that were not taken back, in the order of the ledger.
pub fn standing(entries: Vec<(DecisionId, Value)>) -> Vec<Decision> {
    let ids: Vec<String> = entries.iter().map(|(id, _)| id.to_string()).collect();
    let gone = undone(ids.iter().map(String::as_str).zip(entries.iter().map(|(_, body)| body)));
    let mut decisions = Vec::new();
    for (id, body) in entries {
        if gone.contains(&id.to_string()) {
            continue;
        }
        if let Ok(mut decision) = serde_json::from_value::<Decision>(body) {
            decision.id = id;
            decisions.push(decision);
        }
    }
    decisions
}

/// The ids of decisions and undos that were taken back. Entries come in the
/// order of the ledger. An undo may itself be undone: an entry can only name
/// one before it, so that from the last to the first each is settled when its
/// turn comes.
pub fn undone<'e>(entries: impl DoubleEndedIterator<Item = (&'e str, &'e Value)>) -> BTreeSet<String> {
    let mut gone = BTreeSet::new();
    for (id, body) in entries.rev() {
        if let Some(target) = undo_of(body).filter(|_| !gone.contains(id)) {
            gone.insert(target.to_owned());
        }
    }
    gone
}

/// The entry that a body takes back.
pub fn undo_of(body: &Value) -> Option<&str> {
    body.get("undo").and_then(Value::as_str)
}

/// Of a ledger's rows, the ids of decisions and undos that were taken back.
pub fn taken_back(rows: &[LogRow]) -> BTreeSet<String> {
    let ids: Vec<String> = rows.iter().map(LogRow::decision_id).collect();
    undone(
        ids.iter()
            .zip(rows)
            .filter_map(|(id, row)| Some((id.as_str(), row.body.as_ref()?)))
            .collect::<Vec<_>>()
            .into_iter(),
    )
}

/// Where quotes are looked for: the canonical text of a document, and the machine's quotes in it.
pub trait Texts {
    /// The canonical text as last read.
    fn text(&self, document: &DocumentId) -> Option<String>;
    /// The quotes of the document's frames.
    fn quotes(&self, document: &DocumentId) -> Vec<Quote>;
}

/// Turns decisions about quotes, sources and pairs into judgements; gives back those that found no place.
pub fn judgements(decisions: &[Decision], texts: &dyn Texts) -> (Judgements, Vec<Decision>) {
    let mut out = Judgements::default();
    let mut waiting = Vec::new();
    for decision in decisions {
        let elsewhere = decision.question.starts_with("claim|")
            || is_about_names(decision)
            || is_about_a_proposal(decision);
        if elsewhere || replies::is_reply(decision) {
            continue;
        }
        if !apply(decision, texts, &mut out) {
            waiting.push(decision.clone());
        }
    }
    (out, waiting)
}

fn apply(decision: &Decision, texts: &dyn Texts, out: &mut Judgements) -> bool {
    if decision.question == "pair" {
        return apply_pair(decision, texts, out);
    }
    let mut found = false;
    for quote in &decision.quotes {
        let inside = machine_quotes(quote, texts);
        found |= inside.is_some();
        let Some(inside) = inside else { continue };
        match &decision.answer {
            Answer::Read => {
                for id in inside {
                    let readers = out.read.entry(id).or_default();
                    if !readers.contains(&decision.author) {
                        readers.push(decision.author.clone());
                    }
                    out.rejected.remove(&id);
                }
            }
            Answer::Reject => out.rejected.extend(inside),
            Answer::Disputed => out.disputed.extend(inside),
            Answer::Undisputed => out.disputed.retain(|id| !inside.contains(id)),
            Answer::OwnInterest => out.own_interest.extend(inside),
            Answer::Letter(letter) => {
                out.letters.insert(quote.document, *letter);
            }
            _ => {}
        }
    }
    // Decisions about whole sources keep the sources' ids beside their quotes.
    let documents: Vec<DocumentId> = decision.about.iter().filter_map(|id| id.parse().ok()).collect();
    match &decision.answer {
        Answer::Letter(letter) => set_letters(&documents, *letter, out),
        Answer::Withdraw => out.withdrawn.extend(documents.iter().copied()),
        Answer::Independent => out.independent.extend(pairs(&documents)),
        Answer::Dependent => out.dependent.extend(pairs(&documents)),
        _ => return found,
    }
    found || documents.iter().any(|d| texts.text(d).is_some())
}

fn set_letters(documents: &[DocumentId], letter: Letter, out: &mut Judgements) {
    for document in documents {
        out.letters.insert(*document, letter);
    }
}

fn apply_pair(decision: &Decision, texts: &dyn Texts, out: &mut Judgements) -> bool {
    let [a, b, ..] = decision.quotes.as_slice() else { return false };
    // A pair of which one side's words are gone is no pair any more.
    if [a, b].iter().any(|quote| machine_quotes(quote, texts).is_none()) {
        return false;
    }
    let pair = if a.id() <= b.id() { (a.id(), b.id()) } else { (b.id(), a.id()) };
    match decision.answer {
        Answer::Same => out.same.insert(pair),
        Answer::Different => out.different.insert(pair),
        _ => true,
    };
    true
}

fn pairs(documents: &[DocumentId]) -> Vec<(DocumentId, DocumentId)> {
    let mut out = Vec::new();
    for (number, a) in documents.iter().enumerate() {
        for b in &documents[number + 1..] {
            out.push(if a <= b { (*a, *b) } else { (*b, *a) });
        }
    }
    out
}

/// The quote itself and every machine-made quote inside it: whoever read a
/// sentence has read what stands in it. `None` where the words are gone.
fn machine_quotes(quote: &QuoteRef, texts: &dyn Texts) -> Option<BTreeSet<QuoteId>> {
    let text = texts.text(&quote.document)?;
    let found = Quote::find(quote.document, &text, &quote.exact, quote.number)?;
    let mut out = BTreeSet::from([found.id]);
    out.extend(
        texts.quotes(&quote.document).iter().filter(|q| covers(&found.span, q, &found.exact)).map(|q| q.id),
    );
    Some(out)
}

/// A full stop or closing mark more or less at the end makes no other sentence.
fn covers(read: &Span, quote: &Quote, exact: &str) -> bool {
    let tail = quote.exact.chars().rev().take_while(|c| !c.is_alphanumeric()).count();
    let head = quote.exact.chars().take_while(|c| !c.is_alphanumeric()).count();
    let core = Span::new(quote.span.start + head, quote.span.end.saturating_sub(tail));
    read.contains(&core) && !core.is_empty() && !exact.is_empty()
}

/// Attaches decisions about claims; gives back those that wait.
pub fn attach(decisions: &[Decision], claims: &mut [ClaimRow]) -> Vec<Decision> {
    let mut waiting = Vec::new();
    for decision in decisions {
        let Some(question) = decision.question.strip_prefix("claim|") else { continue };
        match place(decision, question, claims) {
            Some(place) => claims[place].decision = Some(row(decision)),
            None => waiting.push(decision.clone()),
        }
    }
    waiting
}

/// The one claim that a question (`predicate|object`) is about: it rests on a quote of the decision.
pub fn place(decision: &Decision, question: &str, claims: &[ClaimRow]) -> Option<usize> {
    let wanted: BTreeSet<String> = decision.quotes.iter().map(|q| q.id().to_string()).collect();
    let (predicate, object) = question.split_once('|').unwrap_or((question, ""));
    let rests = |claim: &ClaimRow| {
        claim.predicate == predicate && claim.evidence.iter().any(|e| wanted.contains(&e.quote))
    };
    let all: Vec<usize> = (0..claims.len()).filter(|i| rests(&claims[*i])).collect();
    let same: Vec<usize> = all.iter().copied().filter(|i| claims[*i].object == object).collect();
    // Two posts may share a sentence: then the claim that the person saw is meant, while it stands.
    let seen = same.iter().copied().find(|i| decision.about.contains(&claims[*i].claim));
    match (seen, same.as_slice(), all.as_slice()) {
        (Some(one), _, _) => Some(one),
        (None, [one], _) | (None, [], [one]) => Some(*one),
        _ => None,
    }
}

/// Drops pairs that a person answered from the queue.
pub fn answered(decisions: &[Decision], pairs: &mut Vec<PairRow>) {
    let said: BTreeSet<(String, String)> = decisions
        .iter()
        .filter(|d| d.question == "pair" && !matches!(d.answer, Answer::Unsure))
        .filter_map(|d| match d.quotes.as_slice() {
            [a, b, ..] => Some((a.id().to_string(), b.id().to_string())),
            _ => None,
        })
        .collect();
    pairs.retain(|p| {
        let (a, b) = (&p.a.quote, &p.b.quote);
        !said.contains(&(a.clone(), b.clone())) && !said.contains(&(b.clone(), a.clone()))
    });
}

/// A decision as shown.
pub fn row(decision: &Decision) -> DecisionRow {
    DecisionRow {
        decision: decision.id.to_string(),
        answer: answer_word(&decision.answer),
        reason: decision.reason.clone(),
        author: decision.author.clone(),
        time: decision.time.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One(DocumentId, String, Vec<Span>);

    impl Texts for One {
        fn text(&self, document: &DocumentId) -> Option<String> {
            (*document == self.0).then(|| self.1.clone())
        }
        fn quotes(&self, document: &DocumentId) -> Vec<Quote> {
            self.2.iter().filter_map(|span| Quote::cut(*document, &self.1, *span)).collect()
        }
    }

    fn decision(answer: Answer, quote: QuoteRef) -> Decision {
        Decision {
            id: DecisionId::of_line(b"line"),
            about: Vec::new(),
            question: "quote".into(),
            answer,
            quotes: vec![quote],
            reason: "invented".into(),
            author: "reader one".into(),
            time: "2024-01-01T00:00:00Z".into(),
            lang: None,
            grade: None,
        }
    }

    #[test]
    fn whoever_reads_a_sentence_has_read_the_quotes_in_it_also_when_every_offset_moved() {
        let document = DocumentId::of_payload(b"invented");
        let text = "前言。甲站在乙城。后记。";
        let quote = QuoteRef { document, exact: "甲站在乙城。".into(), number: 0 };
        let read = decision(Answer::Read, quote);
        for moved in [text.to_owned(), format!("一个新的标题\n{text}")] {
            let start = moved.chars().position(|c| c == '甲').expect("there");
            let texts = One(document, moved, vec![Span::new(start, start + 6), Span::new(start, start + 2)]);
            let (judgements, waiting) = judgements(std::slice::from_ref(&read), &texts);
            assert!(waiting.is_empty());
            assert_eq!(judgements.read.len(), 2, "the sentence and the name inside it");
        }
        let gone = One(document, "完全不同的文本".into(), Vec::new());
        assert_eq!(judgements(&[read], &gone).1.len(), 1, "a decision whose words are gone waits");
    }

    #[test]
    fn the_last_word_about_a_decision_counts() {
        let id = |n: u8| DecisionId::of_line(&[n]);
        let about =
            QuoteRef { document: DocumentId::of_payload(b"invented"), exact: "甲".into(), number: 0 };
        let said = serde_json::to_value(decision(Answer::Read, about)).expect("JSON");
        let undo = |n: u8| serde_json::json!({"undo": id(n).to_string(), "reason": ""});
        // Decision 0; each further entry takes the one with this number back.
        for (undos, stands) in [
            (vec![], true),
            (vec![0], false),
            (vec![0, 1], true),
            (vec![0, 1, 2], false),
            (vec![0, 1, 0], false),
        ] {
            let mut entries = vec![(id(0), said.clone())];
            entries.extend(undos.iter().enumerate().map(|(at, of)| (id(at as u8 + 1), undo(*of))));
            assert_eq!(standing(entries).len() == 1, stands, "{undos:?}");
        }
    }

    #[test]
    fn a_pair_of_which_one_side_is_gone_waits() {
        let document = DocumentId::of_payload(b"invented");
        let quote = |exact: &str| QuoteRef { document, exact: exact.into(), number: 0 };
        let mut same = decision(Answer::Same, quote("甲站"));
        same.question = "pair".into();
        same.quotes.push(quote("乙站"));
        for (text, waits) in [("甲站和乙站", 0), ("甲站和丙站", 1)] {
            let texts = One(document, text.into(), Vec::new());
            let (judgements, waiting) = judgements(std::slice::from_ref(&same), &texts);
            assert_eq!((waiting.len(), judgements.same.len()), (waits, 1 - waits), "{text}");
        }
    }
}
