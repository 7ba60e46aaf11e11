//! Who and what a case is about, by whose words.

use super::NameRow;
use serde::{Deserialize, Serialize};

/// An entity: a post, a body, a holder of a public role, or what others made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityRow {
    /// `pos-…`, `ent-…`, or the id of an entity that others made.
    pub entity: String,
    /// `post`, `agency`, `organisation`, `person`, or the schema of what others made.
    pub kind: String,
    /// Its schema in FollowTheMoney.
    pub schema: String,
    /// Its names, those in Han first.
    pub names: Vec<NameRow>,
    /// One row a value and source.
    pub statements: Vec<StatementRow>,
    /// The claims it stands in, as what the post is about.
    pub claims: Vec<EntityClaim>,
    /// What a person joined it from.
    pub joined: Vec<JoinedRow>,
    /// Made by others and imported: no claim of the case rests on it.
    pub received: bool,
}

/// A value of an entity with the words it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementRow {
    /// `name`, or the predicate of the claim.
    pub property: String,
    /// The value; a name as the source writes it, where that is known.
    pub value: String,
    /// Language of the value.
    pub lang: String,
    /// `clm-…`; null for what others made.
    pub claim: Option<String>,
    /// `quo-…`; empty for what others made.
    pub quote: String,
    /// `doc-…`; empty for what others made.
    pub document: String,
    /// The document's title.
    pub title: Option<String>,
    /// The document's day, EDTF.
    pub date: Option<String>,
    /// Code points where the value stands, else the quote.
    pub start: usize,
    /// Code points, exclusive.
    pub end: usize,
    /// The words of the quote.
    pub text: String,
    /// Language of the document.
    pub of_lang: String,
    /// Who says it, in words.
    pub voice: String,
    /// Names of those who read it.
    pub read_by: Vec<String>,
    /// Its source was withdrawn.
    pub withdrawn: bool,
}

/// A claim that an entity stands in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityClaim {
    /// `clm-…`.
    pub claim: String,
    /// Its sentence.
    pub text: String,
    /// A word of the lens's closed list.
    pub predicate: String,
    /// `pos-…`, where it is about a post.
    pub post: Option<String>,
    /// 1 to 6 over what a person has read.
    pub grade: u8,
    /// 1 to 6 over all that was found.
    pub grade_if_read: u8,
}

/// A decision by which a person joined two into one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedRow {
    /// `dec-…`: taking it back splits them again.
    pub decision: String,
    /// The words on the one side.
    pub a: String,
    /// The words on the other.
    pub b: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub time: String,
}

/// What became of the questions whether two names mean the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesDone {
    /// What a person decided and what still stands, the newest first.
    pub decided: Vec<PairDecision>,
    /// Quotes that rules alone put to a post that another quote had made.
    pub same_by_rule: usize,
    /// Pairs of posts of one host state that rules alone tell apart.
    pub apart_by_rule: usize,
}

/// What a person said of two names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDecision {
    /// `dec-…`.
    pub decision: String,
    /// `same`, `different`, `unsure`.
    pub answer: String,
    /// `post`, `agency`, …
    pub kind: String,
    /// The two sides.
    pub sides: Vec<PairQuote>,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub time: String,
    /// It finds nothing any more that it rests on, or stands against another one.
    pub waits: bool,
}

/// One side of a decision about a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairQuote {
    /// The name, where the question was about one.
    pub name: Option<String>,
    /// `doc-…`.
    pub document: String,
    /// `quo-…`.
    pub quote: String,
    /// The exact words it rests on.
    pub text: String,
}

/// What an answer would move, weighed before it is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WouldChange {
    /// As `decide` would print it.
    pub changed: Vec<super::Changed>,
    /// Posts that would go into others.
    pub posts_gone: usize,
    /// Posts that would come out of others.
    pub posts_new: usize,
    /// Claims that would stand otherwise.
    pub claims: Vec<MovedClaim>,
}

/// A claim as it stands and as it would stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovedClaim {
    /// `clm-…` now; null where it would be new.
    pub claim: Option<String>,
    /// Its sentence now, else as it would be.
    pub text: String,
    /// As it stands.
    pub now: Option<Standing>,
    /// As it would stand; null where nothing would say it any more.
    pub then: Option<Standing>,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// 1 to 6 over what a person has read.
    pub grade: u8,
    /// 1 to 6 over all that was found.
    pub grade_if_read: u8,
    /// Independent origins that count.
    pub origins: usize,
}
