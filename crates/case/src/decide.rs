//! `decide`: a person's answer becomes a ledger entry, and the case is judged again.

use crate::answers::answer_word;
use crate::case::Case;
use crate::catalog::Kept;
use crate::decisions::{self, undo_of};
use crate::error::CaseError;
use crate::machine::is_about_a_proposal;
use crate::moved::{changes, would_be_about};
use crate::progress::NoProgress;
use crate::replies::is_reply;
use crate::same_name;
use crate::views::{ClaimRow, Decided, DecisionRow};
use plainsight_archive::EntryKind;
use plainsight_model::{Answer, Decision, DecisionId, DocumentId, Quote, QuoteId, QuoteRef};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What an answer is about, found in the case.
pub(crate) struct About {
    pub question: String,
    pub quotes: Vec<QuoteRef>,
    pub ids: Vec<String>,
    /// The claim's grade, where the answer weighs a claim.
    pub grade: Option<u8>,
}

/// An answer about words of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteMark {
    /// The words.
    pub quote: QuoteRef,
    /// The answer.
    pub answer: Answer,
    /// Why.
    pub reason: String,
    /// Who read it.
    pub author: String,
    /// In which language.
    pub lang: Option<String>,
}

impl Case {
    /// Decides about ids: claims, quotes, pairs, posts, documents, origins.
    pub fn decide(
        &mut self,
        what: &[String],
        answer: Answer,
        reason: &str,
        author: &str,
        dry_run: bool,
    ) -> Result<Decided, CaseError> {
        let mut abouts = Vec::new();
        if matches!(answer, Answer::Independent | Answer::Dependent) {
            abouts.push(self.about_sources(what)?);
        } else {
            for id in what {
                abouts.push(self.about(id, &answer)?);
            }
        }
        let decisions =
            abouts.into_iter().map(|about| self.decision(about, &answer, reason, author)).collect();
        self.record(decisions, dry_run)
    }

    /// Decides about words of documents: the way in for read marks that are no
    /// machine's quote, and for many at once. What stands already is left out.
    pub fn decide_on_quotes(&mut self, marks: &[QuoteMark]) -> Result<Decided, CaseError> {
        let standing = self.decisions()?;
        let mut decisions = Vec::new();
        for mark in marks {
            let document = mark.quote.document;
            let Some((read, _)) = self.catalog.document(&document)? else {
                return Err(CaseError::Unknown(document.to_string()));
            };
            if Quote::find(document, &read.text, &mark.quote.exact, mark.quote.number).is_none() {
                return Err(CaseError::Wrong(format!(
                    "the words “{}” do not stand in {document}; copy them from the document as shown",
                    mark.quote.exact
                )));
            }
            let same = |d: &Decision| {
                d.quotes == [mark.quote.clone()] && d.answer == mark.answer && d.author == mark.author
            };
            if standing.iter().any(same) {
                continue;
            }
            let ids = vec![mark.quote.id().to_string()];
            let about =
                About { question: "quote".into(), quotes: vec![mark.quote.clone()], ids, grade: None };
            let mut decision = self.decision(about, &mark.answer, &mark.reason, &mark.author);
            decision.lang.clone_from(&mark.lang);
            decisions.push(decision);
        }
        if decisions.is_empty() {
            return Ok(Decided { decision: None, changed: Vec::new(), waiting: Vec::new() });
        }
        self.record(decisions, false)
    }

    /// Takes a decision back, or an earlier undo, so that the decision stands again. The entry
    /// stays; another one says that it counts no more.
    pub fn undo(
        &mut self,
        decision: &str,
        reason: &str,
        author: &str,
        dry_run: bool,
    ) -> Result<Decided, CaseError> {
        let about = self.undoable(decision)?;
        if dry_run {
            return Ok(would_be_about(&about));
        }
        let before = self.state()?;
        let now = self.clock.now();
        let body = json!({"undo": decision, "reason": reason});
        let entry = self.chain.append(EntryKind::Decision, author, &now, &body)?;
        self.judge_now(&NoProgress)?;
        self.note_run()?;
        let changed = changes(&before, &self.state()?);
        // What stands again may find nothing to stand on.
        let waiting = self.waiting_of(|row| about.contains(&row.decision))?;
        Ok(Decided { decision: Some(entry.to_string()), changed, waiting })
    }

    /// What taking an entry back would be about, with the ids of all entries on the way to the
    /// decision; an error where the entry was taken back already or is none.
    fn undoable(&self, id: &str) -> Result<Vec<String>, CaseError> {
        let entries = self.chain.bodies(EntryKind::Decision)?;
        let bodies: BTreeMap<String, &Value> =
            entries.iter().map(|(id, body)| (id.to_string(), body)).collect();
        let ids: Vec<String> = entries.iter().map(|(id, _)| id.to_string()).collect();
        let gone =
            decisions::undone(ids.iter().map(String::as_str).zip(entries.iter().map(|(_, body)| body)));
        let mut body = bodies.get(id).copied().ok_or_else(|| CaseError::Unknown(id.to_owned()))?;
        if gone.contains(id) {
            return Err(CaseError::Wrong(format!(
                "{id} was taken back already; `plainsight log` shows the entry that did it, and `decide --undo` of that entry brings it back"
            )));
        }
        let mut about = Vec::new();
        // Each entry names one before it, so that this ends.
        while let Some(target) = undo_of(body) {
            about.push(target.to_owned());
            match bodies.get(target) {
                Some(next) => body = next,
                None => break,
            }
        }
        about.extend(
            body.get("about")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|id| Some(id.as_str()?.to_owned())),
        );
        Ok(about)
    }

    /// The ids of waiting decisions that fit.
    fn waiting_of(&self, fits: impl Fn(&DecisionRow) -> bool) -> Result<Vec<String>, CaseError> {
        let waiting: Vec<DecisionRow> = self.catalog.kept(Kept::Waiting)?;
        Ok(waiting.into_iter().filter(fits).map(|row| row.decision).collect())
    }

    /// Marks a source as withdrawn: an id, or the name of the file that was imported.
    pub fn withdraw(
        &mut self,
        source: &str,
        reason: &str,
        author: &str,
        dry_run: bool,
    ) -> Result<Decided, CaseError> {
        let documents = self.documents_of(source)?;
        let about = About {
            question: "source".into(),
            quotes: Vec::new(),
            ids: documents.iter().map(ToString::to_string).collect(),
            grade: None,
        };
        let decision = self.decision(about, &Answer::Withdraw, reason, author);
        self.record(vec![decision], dry_run)
    }

    /// The documents of a `doc-` or `cap-` id, or of an imported file's name.
    pub(crate) fn documents_of(&self, source: &str) -> Result<Vec<DocumentId>, CaseError> {
        let captures = self.catalog.captures()?;
        let mut documents: Vec<DocumentId> = captures
            .iter()
            .filter(|c| {
                c.document.to_string() == source
                    || c.id.to_string() == source
                    || c.source == source
                    || c.uri == source
            })
            .map(|c| c.document)
            .collect();
        documents.sort();
        documents.dedup();
        if documents.is_empty() { Err(CaseError::Unknown(source.to_owned())) } else { Ok(documents) }
    }

    pub(crate) fn decision(&self, about: About, answer: &Answer, reason: &str, author: &str) -> Decision {
        Decision {
            id: DecisionId::of_line(b""),
            about: about.ids,
            question: about.question,
            answer: answer.clone(),
            quotes: about.quotes,
            reason: reason.to_owned(),
            author: author.to_owned(),
            time: self.clock.now(),
            lang: None,
            grade: about.grade,
        }
    }

    pub(crate) fn record(&mut self, decisions: Vec<Decision>, dry_run: bool) -> Result<Decided, CaseError> {
        if dry_run && decisions.iter().any(is_reply) {
            return Ok(would_be_about(decisions.iter().flat_map(|d| &d.about)));
        }
        if dry_run {
            let changed = self.would_move(decisions)?;
            return Ok(Decided { decision: None, changed, waiting: Vec::new() });
        }
        let before = self.state()?;
        let mut made = Vec::new();
        for decision in &decisions {
            let body = body_of(decision)?;
            let entry = self.chain.append(EntryKind::Decision, &decision.author, &decision.time, &body)?;
            made.push(entry.to_string());
        }
        self.judge_now(&NoProgress)?;
        self.note_run()?;
        let changed = changes(&before, &self.state()?);
        let waiting = self.waiting_of(|row| made.contains(&row.decision))?;
        Ok(Decided { decision: made.pop(), changed, waiting })
    }

    /// After judging, nothing is stale if it was not before: a decision needs no reading.
    fn note_run(&self) -> Result<(), CaseError> {
        self.catalog.set_note("ran at", &self.relevant_entries()?.to_string())
    }

    pub(crate) fn about(&self, id: &str, answer: &Answer) -> Result<About, CaseError> {
        let unknown = || CaseError::Unknown(id.to_owned());
        let goes = |words: &[&str]| {
            let word = answer_word(answer);
            let word = word.split('=').next().unwrap_or("");
            if words.contains(&word) {
                Ok(())
            } else {
                Err(CaseError::Wrong(format!(
                    "“{word}” is no answer about {id}; use one of: {}",
                    words.join(", ")
                )))
            }
        };
        let ids = vec![id.to_owned()];
        match id.split('-').next().unwrap_or("") {
            "clm" | "pos" => {
                let claim = if id.starts_with("pos-") { self.existence(id)? } else { self.claim(id)? };
                let claim = claim.ok_or_else(unknown)?;
                goes(&["confirm", "reject", "unsure", "read", "publish", "grade", "disputed", "undisputed"])?;
                let about_quotes = matches!(answer, Answer::Read | Answer::Disputed | Answer::Undisputed);
                let question = if about_quotes {
                    "quote".into()
                } else {
                    format!("claim|{}|{}", claim.predicate, claim.object)
                };
                let quotes = quotes(&claim, |_| true)?;
                let grade = (!about_quotes).then_some(claim.grade);
                Ok(About { question, quotes, ids: vec![claim.claim], grade })
            }
            "quo" => {
                goes(&[
                    "read",
                    "reject",
                    "unsure",
                    "disputed",
                    "undisputed",
                    "own-interest",
                    "translation",
                    "letter",
                ])?;
                let quote = self.quote(id)?.ok_or_else(unknown)?;
                Ok(About { question: "quote".into(), quotes: vec![quote], ids, grade: None })
            }
            "pair" => {
                goes(&["same", "different", "unsure"])?;
                let pair = self.names()?.into_iter().find(|p| p.pair == id).ok_or_else(unknown)?;
                let a = self.quote(&pair.a.quote)?.ok_or_else(unknown)?;
                let b = self.quote(&pair.b.quote)?.ok_or_else(unknown)?;
                // Two posts are known by their quotes alone; of two names the question says which.
                let question =
                    if pair.a.id.starts_with("pos-") { "pair".into() } else { same_name::question(&pair) };
                Ok(About { question, quotes: vec![a, b], ids, grade: None })
            }
            "pro" => {
                goes(&["confirm", "reject", "unsure"])?;
                self.about_proposal(id)?.ok_or_else(unknown)
            }
            "doc" | "cap" => {
                goes(&["letter", "read", "reader", "charset"])?;
                let documents = self.documents_of(id)?;
                let ids = documents.iter().map(ToString::to_string).collect();
                Ok(About { question: "source".into(), quotes: Vec::new(), ids, grade: None })
            }
            "ori" => {
                goes(&["letter"])?;
                let (documents, quotes) = self.origin(id)?.ok_or_else(unknown)?;
                Ok(About { question: "source".into(), quotes, ids: documents, grade: None })
            }
            _ => Err(unknown()),
        }
    }

    fn about_sources(&self, what: &[String]) -> Result<About, CaseError> {
        let mut ids = Vec::new();
        for id in what {
            match id.starts_with("ori-") {
                true => ids.extend(self.origin(id)?.ok_or_else(|| CaseError::Unknown(id.clone()))?.0),
                false => ids.extend(self.documents_of(id)?.iter().map(ToString::to_string)),
            }
        }
        ids.dedup();
        if ids.len() < 2 {
            return Err(CaseError::Wrong(
                "independent and dependent are about two sources; name both".into(),
            ));
        }
        Ok(About { question: "source".into(), quotes: Vec::new(), ids, grade: None })
    }

    pub(crate) fn existence(&self, post: &str) -> Result<Option<ClaimRow>, CaseError> {
        let Some(finding) = self.finding(post)? else { return Ok(None) };
        Ok(self.claims()?.into_iter().find(|c| c.subject == finding.post && c.predicate == "exists"))
    }

    fn origin(&self, id: &str) -> Result<Option<OriginQuotes>, CaseError> {
        for claim in self.claims()? {
            if let Some(origin) = claim.origins.iter().find(|o| o.origin == id) {
                let quotes = quotes(&claim, |e| e == Some(id))?;
                return Ok(Some((origin.documents.clone(), quotes)));
            }
        }
        Ok(None)
    }

    /// A quote of the case by its id.
    fn quote(&self, id: &str) -> Result<Option<QuoteRef>, CaseError> {
        let wanted: QuoteId = id.parse().map_err(|_| CaseError::Unknown(id.to_owned()))?;
        for (document, _) in self.catalog.finding_keys()? {
            let Some(findings) = self.catalog.findings(&document)?.filter(|f| !f.frames.is_empty()) else {
                continue;
            };
            let Some((read, _)) = self.catalog.document(&document)? else { continue };
            for frame in &findings.frames {
                if let Some(quote) = Quote::cut(document, &read.text, frame.span)
                    && quote.id == wanted
                {
                    return Ok(Some(QuoteRef { document, exact: quote.exact, number: quote.number }));
                }
            }
        }
        // The sentence of an accepted proposal is a quote like those of the finders.
        let sentences = self.decisions()?.into_iter().filter(is_about_a_proposal);
        Ok(sentences.filter_map(|d| d.quotes.into_iter().next()).find(|quote| quote.id() == wanted))
    }
}

/// The quotes of a claim for and against it, of the origins that are kept.
pub(crate) fn quotes(
    claim: &ClaimRow,
    keep: impl Fn(Option<&str>) -> bool,
) -> Result<Vec<QuoteRef>, CaseError> {
    let mut out = Vec::new();
    for e in claim.evidence.iter().filter(|e| e.stance != "mentions" && keep(e.origin.as_deref())) {
        let document: DocumentId = e.document.parse().map_err(|_| CaseError::Unknown(e.document.clone()))?;
        // Among equal strings the one with the id of this quote.
        let number =
            (0..1000).find(|n| QuoteId::of(&document, &e.text, *n).to_string() == e.quote).unwrap_or(0);
        out.push(QuoteRef { document, exact: e.text.clone(), number });
    }
    Ok(out)
}

fn body_of(decision: &Decision) -> Result<Value, CaseError> {
    let mut body = serde_json::to_value(decision)?;
    if let Some(object) = body.as_object_mut() {
        object.remove("id");
    }
    Ok(body)
}

/// The documents of an origin and the quotes that rest on it.
type OriginQuotes = (Vec<String>, Vec<QuoteRef>);
