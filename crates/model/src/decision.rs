//! What people decided, and what that means for the machine.

use crate::{ClaimId, DecisionId, DocumentId, Letter, QuoteId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A quote as a decision keeps it: it survives every better reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QuoteRef {
    /// The document (first half of the payload's SHA-256).
    pub document: DocumentId,
    /// The exact string.
    pub exact: String,
    /// Its number among equals, from 0.
    pub number: u32,
}

impl QuoteRef {
    /// The id of the quote.
    pub fn id(&self) -> QuoteId {
        QuoteId::of(&self.document, &self.exact, self.number)
    }
}

/// What a person decided, with reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The ledger entry; not part of the entry itself.
    #[serde(skip_deserializing, default = "no_id")]
    pub id: DecisionId,
    /// The ids it was about, as they were at that moment.
    pub about: Vec<String>,
    /// The question that was answered: `claim|exists|<subject>`, `pair`, `quote`, `origin`, `source`, `person`.
    pub question: String,
    /// The answer.
    pub answer: Answer,
    /// The quotes it rests on.
    pub quotes: Vec<QuoteRef>,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When, RFC 3339.
    pub time: String,
    /// For a read mark: the language in which it was read.
    pub lang: Option<String>,
    /// The grade of the claim at that moment, over what was read, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
}

fn no_id() -> DecisionId {
    DecisionId::of_line(b"")
}

/// The answers of `decide … --as`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Answer {
    Same,
    Different,
    Unsure,
    Confirm,
    Reject,
    Read,
    Independent,
    Dependent,
    Disputed,
    Undisputed,
    OwnInterest,
    PublicRole,
    Publish,
    Letter(Letter),
    Grade(u8),
    Translation(String),
    Reader(String),
    Charset(String),
    Withdraw,
    Asked(Asked),
    Answered(Answered),
}

/// A party was asked to answer. The words of the letter are the decision's reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Whom, as the case names them.
    pub party: String,
    /// The day it was sent, `YYYY-MM-DD`.
    pub on: String,
    /// The last day for an answer, `YYYY-MM-DD`.
    pub until: String,
}

/// A party answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The decision that asked.
    pub ask: String,
    /// The day of the answer, `YYYY-MM-DD`.
    pub on: String,
}

/// What decisions mean for rule G1 and the resolver, by id after attaching.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgements {
    /// Names of readers by quote.
    pub read: BTreeMap<QuoteId, Vec<String>>,
    /// Quotes that do not say so.
    pub rejected: BTreeSet<QuoteId>,
    /// Letters by document.
    pub letters: BTreeMap<DocumentId, Letter>,
    /// Letters by speaker key.
    pub speaker_letters: BTreeMap<String, Letter>,
    /// Quotes of disputed witnesses.
    pub disputed: BTreeSet<QuoteId>,
    /// Quotes by which a party speaks against its own interest.
    pub own_interest: BTreeSet<QuoteId>,
    /// Pairs of documents that a person called independent.
    pub independent: BTreeSet<(DocumentId, DocumentId)>,
    /// Pairs of documents that a person called dependent.
    pub dependent: BTreeSet<(DocumentId, DocumentId)>,
    /// Withdrawn documents.
    pub withdrawn: BTreeSet<DocumentId>,
    /// Pairs of quotes (one of each post) that a person called the same post.
    pub same: BTreeSet<(QuoteId, QuoteId)>,
    /// Pairs of quotes that a person called different posts.
    pub different: BTreeSet<(QuoteId, QuoteId)>,
    /// Claims that somebody confirmed (`true`) or rejected (`false`).
    pub claims: BTreeMap<ClaimId, bool>,
}
