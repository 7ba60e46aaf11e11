//! What the interface asks of a case, and what a case takes from it.
//!
//! Pages know this trait and the records of `plainsight_case::views`, never
//! the case itself, so that each page is tested on records written by hand.

use plainsight_case::views::{
    AddRow, ClaimRow, ComplaintGroup, Decided, DocumentView, EntityRow, Finding, LogRow, NamesDone, Overview,
    PairRow, RegisterPage, RegisterView, ReplyRow, SearchAnswer, SearchAsk, SourceRow, StageRow, ToReadRow,
    WouldChange,
};
use plainsight_case::{Gloss, ProposalRow, RowChange, TranslationRow};
use plainsight_model::{Answer, Asked};
use std::collections::BTreeMap;
use std::path::Path;

/// Why the desk could not answer, in words for the page.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Something long is running or another process holds the case.
    #[error("the case is busy: {0}")]
    Busy(String),
    /// What was asked for is not possible.
    #[error("{0}")]
    Other(String),
}

/// Long work tells where it stands and asks whether to stop.
pub trait Watch: Send + Sync {
    /// Reports that `done` of `of` items of `stage` are done, with complaints so far.
    fn stage(&self, stage: &str, done: usize, of: usize, complaints: usize);
    /// Tells whether a person pressed Stop.
    fn cancelled(&self) -> bool;
}

/// What a check of the whole case found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// `valid`, `unsigned`, `invalid`, …
    pub verdict: String,
    /// Whether everything that was looked at agrees.
    pub intact: bool,
    /// What was looked at and what was found, in words.
    pub lines: Vec<(String, String)>,
    /// What does not agree, with its place.
    pub faults: Vec<String>,
}

/// A machine that `case.toml` may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// A language model that reads documents along.
    Model,
    /// A translator of quotes.
    Translator,
}

/// What a machine would be sent if it were asked now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// Its name as `case.toml` has it.
    pub name: String,
    /// The host that everything goes to.
    pub host: String,
    /// How many questions, one each an answer.
    pub questions: usize,
    /// Bytes of the questions together.
    pub bytes: usize,
    /// Why it cannot be asked, with what to do.
    pub trouble: Option<String>,
}

/// What came of asking a machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Questions that were answered: documents of a model, quotes of a translator.
    pub answered: usize,
    /// Questions that failed, with why, one sentence each.
    pub failed: Vec<String>,
}

/// Archived bytes and their type as sent.
pub type Payload = (Vec<u8>, Option<String>);

/// The case as the interface sees it. Every method may be called from several
/// threads; reading goes on while long work runs.
pub trait Desk: Send + Sync {
    /// The counts of the first page.
    fn overview(&self) -> Result<Overview, DeskError>;
    /// All posts in their order.
    fn findings(&self) -> Result<Vec<Finding>, DeskError>;
    /// One post by its id or by a quote inside it.
    fn finding(&self, id: &str) -> Result<Option<Finding>, DeskError>;
    /// All claims in their order.
    fn claims(&self) -> Result<Vec<ClaimRow>, DeskError>;
    /// One claim.
    fn claim(&self, id: &str) -> Result<Option<ClaimRow>, DeskError>;
    /// The pairs of names that wait for a person.
    fn names(&self) -> Result<Vec<PairRow>, DeskError>;
    /// What rules and people answered about names so far.
    fn names_done(&self) -> Result<NamesDone, DeskError>;
    /// What an answer would move if it were given; nothing is written.
    fn would_change(&self, what: &[String], answer: Answer) -> Result<WouldChange, DeskError>;
    /// All entities: posts first, then bodies and holders of public roles, then what others made.
    fn entities(&self) -> Result<Vec<EntityRow>, DeskError>;
    /// One entity by its id or a quote inside it, each name as its source writes it.
    fn entity(&self, id: &str) -> Result<Option<EntityRow>, DeskError>;
    /// Quotes that wait for a reader of a language, or of any.
    fn to_read(&self, lang: Option<&str>) -> Result<Vec<ToReadRow>, DeskError>;
    /// Who was asked to answer, and what came back.
    fn replies(&self) -> Result<Vec<ReplyRow>, DeskError>;
    /// Where words stand.
    fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, DeskError>;
    /// One document.
    fn document(&self, id: &str) -> Result<Option<DocumentView>, DeskError>;
    /// A document's archived bytes and their type as sent.
    fn payload(&self, document: &str) -> Result<Option<Payload>, DeskError>;
    /// What came in.
    fn sources(&self) -> Result<Vec<SourceRow>, DeskError>;
    /// What could not be used, by cure.
    fn complaints(&self) -> Result<Vec<ComplaintGroup>, DeskError>;
    /// The ledger in its order.
    fn log(&self) -> Result<Vec<LogRow>, DeskError>;
    /// The ledger's number of entries and root hash.
    fn head(&self) -> Result<(u64, String), DeskError>;
    /// The registers at hand.
    fn registers(&self) -> Result<Vec<RegisterView>, DeskError>;
    /// One register with the rows that answer `words`; all rows where nothing is asked.
    fn register(&self, id: &str, words: &str) -> Result<Option<RegisterPage>, DeskError>;
    /// Rows added, gone and changed from one register to another.
    fn register_diff(&self, older: &str, newer: &str) -> Result<Vec<RowChange>, DeskError>;
    /// A sentence term by term: sound and sense of each.
    fn gloss(&self, text: &str) -> Gloss;
    /// Translations by machine, by the quote's id.
    fn translations(&self) -> Result<BTreeMap<String, TranslationRow>, DeskError> {
        Ok(BTreeMap::new())
    }
    /// What language models proposed, and how it stands.
    fn proposals(&self) -> Result<Vec<ProposalRow>, DeskError> {
        Ok(Vec::new())
    }
    /// What a machine would be sent about these documents or quotes (of none: about all that wait); nothing is
    /// sent. None where `case.toml` names no such machine.
    fn asking(&self, _machine: Machine, _what: &[String]) -> Result<Option<Asking>, DeskError> {
        Ok(None)
    }
    /// Asks a machine about these documents or quotes (of none: about all that wait). What comes back waits for
    /// a person, or stands beside its quote; it moves nothing.
    fn ask_machine(
        &self,
        _machine: Machine,
        _what: &[String],
        _author: &str,
        _watch: &dyn Watch,
    ) -> Result<Answered, DeskError> {
        Err(DeskError::Other("this desk asks no machine".to_owned()))
    }
    /// Checks archive and ledger from the bytes.
    fn verify(&self) -> Result<Seal, DeskError>;
    /// Writes a decision into the ledger.
    fn decide(
        &self,
        what: &[String],
        answer: Answer,
        reason: &str,
        author: &str,
    ) -> Result<Decided, DeskError>;
    /// Takes a decision back by another entry.
    fn undo(&self, decision: &str, reason: &str, author: &str) -> Result<Decided, DeskError>;
    /// Writes down that a party was asked about a post or claim.
    fn reply_ask(&self, asked: Asked, about: &str, letter: &str, author: &str) -> Result<Decided, DeskError>;
    /// Takes in what a party answered on a day, as a public document of the case, and runs.
    fn reply_answer(
        &self,
        ask: &str,
        on: &str,
        file: &Path,
        author: &str,
        watch: &dyn Watch,
    ) -> Result<Decided, DeskError>;
    /// Takes files in.
    fn add(&self, inputs: &[String], author: &str, watch: &dyn Watch) -> Result<Vec<AddRow>, DeskError>;
    /// Reads, finds and judges what is new.
    fn run(&self, watch: &dyn Watch) -> Result<Vec<StageRow>, DeskError>;
    /// The case's folder as commands name it.
    fn folder(&self) -> String {
        "CASE".to_owned()
    }
    /// The public key that signs what is published from here, where there is one.
    fn signer(&self) -> Option<String> {
        None
    }
}
