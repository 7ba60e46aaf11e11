//! What people decided, what it moved, and who was asked to answer.

use super::CaptureRow;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A decision as shown beside what it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// `dec-…`.
    pub decision: String,
    /// `confirm`, `reject`, …
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub time: String,
}

/// What a decision changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// `dec-…`; null on a dry run.
    pub decision: Option<String>,
    /// What moved.
    pub changed: Vec<Changed>,
    /// Ids of decisions made now that found nothing they rest on, or more than one thing: they
    /// wait to be looked at again.
    pub waiting: Vec<String>,
}

/// One thing that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The id.
    pub id: String,
    /// `grade`, `grade_if_read`, `decision`, `read_by`, `post`, …
    pub what: String,
    /// Before.
    pub before: Value,
    /// After.
    pub after: Value,
}

/// A party that was asked to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplyRow {
    /// `dec-…` of the asking.
    pub reply: String,
    /// Whom.
    pub party: String,
    /// `clm-…` or `pos-…` as it stands now; null where nothing rests on its quotes any more.
    pub about: Option<String>,
    /// What it is about, in words.
    pub about_words: String,
    /// The day it was sent.
    pub on: String,
    /// The last day for an answer.
    pub until: String,
    /// The letter's words, where they were kept.
    pub letter: String,
    /// Who wrote it down.
    pub author: String,
    /// What came back, in the order of the days.
    pub answers: Vec<AnswerRow>,
    /// A source that it rests on was withdrawn.
    pub withdrawn: bool,
}

/// An answer of a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// `dec-…`.
    pub answer: String,
    /// The day of the answer.
    pub on: String,
    /// `doc-…` of what was received.
    pub document: String,
    /// Language.
    pub lang: String,
    /// Its words; empty until it was read.
    pub text: String,
    /// The words go on after that.
    pub cut: bool,
    /// How it came in.
    pub capture: Option<CaptureRow>,
}

/// A pair of the queue `names`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairRow {
    /// `pair-…`.
    pub pair: String,
    /// One side.
    pub a: PairSide,
    /// The other.
    pub b: PairSide,
    /// 0 to 1.
    pub score: f64,
    /// `match`, `review`, `no`.
    pub verdict: String,
    /// Slot by slot.
    pub reasons: Vec<ReasonRow>,
    /// What a yes would join.
    pub would_merge: Vec<String>,
    /// What the two are: `post`, `agency`, `organisation`, `person`.
    #[serde(default)]
    pub kind: String,
}

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairSide {
    /// Its id.
    pub id: String,
    /// Its name or words.
    pub text: String,
    /// Language.
    pub lang: String,
    /// The quote it rests on.
    pub quote: String,
}

/// A reason of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// Which slot.
    pub slot: String,
    /// One side's value.
    pub a: String,
    /// The other's.
    pub b: String,
    /// `same`, `alike`, `veto`, `empty`.
    pub effect: String,
    /// Plain words.
    pub sentence: String,
}
