//! Asks a language model what a document states, keeps what stands there word for word, and lists it.
//!
//! An answer becomes one ledger entry: the proposals as quotes, how many were dropped and why, who said so.
//! Nothing else of an answer is kept, so that it cannot bring words of its own into the case.

use crate::case::Case;
use crate::decide::About;
use crate::error::CaseError;
use crate::machine::accepted::{is_about_a_proposal, question};
use crate::machine::chat::{ask_model, object, word};
use crate::machine::letters::{Sendable, letters_of};
use crate::machine::{AskMachine, Letter, MOST_FAILED, Service};
use crate::progress::Progress;
use plainsight_archive::EntryKind;
use plainsight_find::{Proposal, sift};
use plainsight_model::{Answer, Digest, Document, DocumentId, Quote, QuoteRef, SlotName, Span};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What asking about one document gave: a line of `propose`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProposeRow {
    /// `doc-…`.
    pub document: String,
    /// `asked`, `known` (asked before about the same text), `failed`.
    pub status: String,
    /// Bytes of the questions.
    pub sent: usize,
    /// Proposals that stand in the document word for word.
    pub proposals: usize,
    /// How many frames and values were dropped, by reason.
    pub dropped: BTreeMap<String, usize>,
    /// The model's name and build as it named itself.
    pub version: Option<String>,
    /// What went wrong or was left out.
    pub complaints: Vec<String>,
}

/// Words of a document in a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposedQuote {
    /// Code points; `null` where the words stand there no more.
    pub start: Option<usize>,
    /// Exclusive.
    pub end: Option<usize>,
    /// The exact words.
    pub text: String,
}

/// A proposal: a line of `proposals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposalRow {
    /// `pro-…`.
    pub proposal: String,
    /// `doc-…`.
    pub document: String,
    /// The kind of frame.
    pub kind: String,
    /// The sentence that says it.
    pub quote: ProposedQuote,
    /// The id of the sentence as a quote.
    pub quote_id: String,
    /// What fills the slots, by name.
    pub slots: BTreeMap<SlotName, Vec<ProposedQuote>>,
    /// The model's name as `case.toml` had it.
    pub model: String,
    /// The model's name and build as it named itself.
    pub version: String,
    /// When it was asked.
    pub time: String,
    /// `waits`, `accepted`, `rejected`, `unsure`, `gone` (the words stand there no more).
    pub state: String,
    /// The decision about it.
    pub decision: Option<String>,
}

/// The body of a ledger entry of the kind `proposal`.
#[derive(Serialize, Deserialize)]
struct Kept {
    document: DocumentId,
    key: String,
    model: String,
    version: String,
    host: String,
    time: String,
    sent: usize,
    dropped: BTreeMap<String, usize>,
    proposals: Vec<KeptProposal>,
}

#[derive(Clone, Serialize, Deserialize)]
struct KeptProposal {
    kind: String,
    quote: QuoteRef,
    slots: Vec<(SlotName, QuoteRef)>,
}

impl KeptProposal {
    fn of(document: &Document, proposal: &Proposal) -> Option<Self> {
        let quote = |span: Span| {
            let quote = Quote::cut(document.id, &document.text, span)?;
            Some(QuoteRef { document: document.id, exact: quote.exact, number: quote.number })
        };
        let slot = |(name, span): &(SlotName, Span)| Some((name.clone(), quote(*span)?));
        let slots = proposal.slots.iter().map(slot).collect::<Option<Vec<_>>>()?;
        Some(Self { kind: proposal.kind.clone(), quote: quote(proposal.quote)?, slots })
    }

    /// The same words bound in the same way have the same id, whichever model says so.
    fn id(&self) -> String {
        let mut parts = vec![self.kind.clone(), self.quote.id().to_string()];
        parts.extend(self.slots.iter().flat_map(|(name, value)| [name.clone(), value.id().to_string()]));
        let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
        format!("pro-{}", &Digest::of_parts(&parts).hex()[..32])
    }
}

impl Case {
    /// The language model that `case.toml` names.
    ///
    /// # Errors
    /// What to write into `case.toml` where there is none.
    pub fn model(&self) -> Result<&Service, CaseError> {
        self.settings.model.as_ref().ok_or_else(|| CaseError::NoModel(self.dir().join("case.toml")))
    }

    /// Asks the model about documents. One that fails is told and does not stop the others.
    ///
    /// # Errors
    /// When no model is set, or the case cannot be read or written.
    pub fn propose(
        &mut self,
        ask: &AskMachine,
        progress: &dyn Progress,
    ) -> Result<Vec<ProposeRow>, CaseError> {
        let service = self.model()?.clone();
        service.check("model", ask.allowed)?;
        self.sync()?;
        let known = self.asked_keys()?;
        let documents = self.meant(ask.what)?;
        let mut rows = Vec::new();
        let (mut failed, mut in_a_row) = (0, 0);
        for (number, id) in documents.iter().enumerate() {
            progress.stage("propose", number, documents.len(), failed);
            if progress.cancelled() || in_a_row == MOST_FAILED {
                break;
            }
            let sendable = self.may_leave(id)?;
            let key = self.asking_key(&service, &sendable.document);
            let row = if known.contains(&key) && !ask.again {
                ProposeRow { document: id.to_string(), status: "known".into(), ..ProposeRow::default() }
            } else {
                self.ask_about(&service, &sendable, key, ask)?
            };
            match row.status.as_str() {
                "failed" => (failed, in_a_row) = (failed + 1, in_a_row + 1),
                "asked" => in_a_row = 0,
                _ => {}
            }
            rows.push(row);
        }
        progress.stage("propose", rows.len(), documents.len(), failed);
        Ok(rows)
    }

    fn ask_about(
        &mut self,
        service: &Service,
        sendable: &Sendable,
        key: String,
        ask: &AskMachine,
    ) -> Result<ProposeRow, CaseError> {
        let document = &sendable.document;
        let (letters, cut) = letters_of(service, &self.lens, document);
        let sent = letters.iter().map(|letter| letter.body.len()).sum();
        let mut row = ProposeRow { document: document.id.to_string(), sent, ..ProposeRow::default() };
        if cut {
            row.complaints.push("its end was not sent: it is longer than what one document may be".into());
        }
        let mut proposals: BTreeMap<String, KeptProposal> = BTreeMap::new();
        for letter in &letters {
            match self.answer(service, sendable, letter, ask, &mut row) {
                Ok(kept) => proposals.extend(kept.into_iter().map(|proposal| (proposal.id(), proposal))),
                Err(why) => {
                    row.status = "failed".into();
                    row.complaints.push(why);
                    return Ok(row);
                }
            }
        }
        row.status = "asked".into();
        row.proposals = proposals.len();
        let now = self.clock.now();
        let kept = Kept {
            document: document.id,
            key,
            model: word(&service.name),
            version: row.version.clone().unwrap_or_default(),
            host: service.host(),
            time: now.clone(),
            sent,
            dropped: row.dropped.clone(),
            proposals: proposals.into_values().collect(),
        };
        self.chain.append(EntryKind::Proposal, ask.author, &now, &json!(kept))?;
        Ok(row)
    }

    /// One letter and what is left of its answer.
    fn answer(
        &self,
        service: &Service,
        sendable: &Sendable,
        letter: &Letter,
        ask: &AskMachine,
        row: &mut ProposeRow,
    ) -> Result<Vec<KeptProposal>, String> {
        let said = ask_model(ask.wire, service, ask.key, &letter.body)?;
        let part = Span::new(letter.start, letter.end);
        let sifted = sift(&self.lens, &sendable.document, &sendable.findings, part, object(&said.text));
        for (why, count) in sifted.dropped {
            *row.dropped.entry(why.to_owned()).or_default() += count;
        }
        row.version = Some(said.version).filter(|version| !version.is_empty()).or(row.version.take());
        Ok(sifted.kept.iter().filter_map(|p| KeptProposal::of(&sendable.document, p)).collect())
    }

    /// Keys of all that was asked.
    pub(crate) fn asked_keys(&self) -> Result<BTreeSet<String>, CaseError> {
        Ok(self.kept_proposals()?.into_iter().map(|kept| kept.key).collect())
    }

    fn kept_proposals(&self) -> Result<Vec<Kept>, CaseError> {
        let bodies = self.chain.bodies(EntryKind::Proposal)?.into_iter();
        Ok(bodies.filter_map(|(_, body)| serde_json::from_value(body).ok()).collect())
    }

    /// What models proposed, by document and place. Of several answers of a model about a document the last counts.
    pub fn proposals(&self) -> Result<Vec<ProposalRow>, CaseError> {
        let mut last: BTreeMap<(DocumentId, String), Kept> = BTreeMap::new();
        for kept in self.kept_proposals()? {
            last.insert((kept.document, kept.model.clone()), kept);
        }
        if last.is_empty() {
            return Ok(Vec::new());
        }
        let decisions: BTreeMap<String, (Answer, String)> = (self.decisions()?.into_iter())
            .filter(is_about_a_proposal)
            .flat_map(|d| {
                let said = (d.answer.clone(), d.id.to_string());
                d.about.into_iter().map(move |id| (id, said.clone()))
            })
            .collect();
        let mut rows: BTreeMap<String, ProposalRow> = BTreeMap::new();
        for kept in last.values() {
            let text = self.catalog.document(&kept.document)?.map(|(document, _)| document.text);
            for proposal in &kept.proposals {
                let row = row(proposal, kept, text.as_deref().unwrap_or_default(), &decisions);
                rows.insert(row.proposal.clone(), row);
            }
        }
        let mut rows: Vec<ProposalRow> = rows.into_values().collect();
        rows.sort_by(|a, b| {
            (&a.document, a.quote.start, &a.proposal).cmp(&(&b.document, b.quote.start, &b.proposal))
        });
        Ok(rows)
    }

    /// What a decision about a proposal is about.
    pub(crate) fn about_proposal(&self, id: &str) -> Result<Option<About>, CaseError> {
        for kept in self.kept_proposals()?.into_iter().rev() {
            if let Some(proposal) = kept.proposals.iter().find(|proposal| proposal.id() == id) {
                let names: Vec<SlotName> = proposal.slots.iter().map(|(name, _)| name.clone()).collect();
                let mut quotes = vec![proposal.quote.clone()];
                quotes.extend(proposal.slots.iter().map(|(_, value)| value.clone()));
                let question = question(&proposal.kind, &names, &kept.model);
                return Ok(Some(About { question, quotes, ids: vec![id.to_owned()], grade: None }));
            }
        }
        Ok(None)
    }
}

fn row(
    proposal: &KeptProposal,
    kept: &Kept,
    text: &str,
    decisions: &BTreeMap<String, (Answer, String)>,
) -> ProposalRow {
    let words = |quote: &QuoteRef| {
        let span = Quote::find(quote.document, text, &quote.exact, quote.number).map(|found| found.span);
        let (start, end) = (span.map(|span| span.start), span.map(|span| span.end));
        ProposedQuote { start, end, text: quote.exact.clone() }
    };
    let mut slots: BTreeMap<SlotName, Vec<ProposedQuote>> = BTreeMap::new();
    for (name, value) in &proposal.slots {
        slots.entry(name.clone()).or_default().push(words(value));
    }
    let id = proposal.id();
    let quote = words(&proposal.quote);
    let decision = decisions.get(&id);
    let gone = quote.start.is_none() || slots.values().flatten().any(|value| value.start.is_none());
    let state = match decision {
        _ if gone => "gone",
        Some((Answer::Confirm, _)) => "accepted",
        Some((Answer::Reject, _)) => "rejected",
        Some(_) => "unsure",
        None => "waits",
    };
    ProposalRow {
        proposal: id,
        document: kept.document.to_string(),
        kind: proposal.kind.clone(),
        quote,
        quote_id: proposal.quote.id().to_string(),
        slots,
        model: kept.model.clone(),
        version: kept.version.clone(),
        time: kept.time.clone(),
        state: state.into(),
        decision: decision.map(|(_, id)| id.clone()),
    }
}
