//! A case behind the desk.
//!
//! Reading goes through a case opened to look at, which is opened anew when
//! the ledger has grown; writing opens the case for as long as it takes, so
//! that commands in a terminal work beside the interface.

use crate::desk::{Answered, Asking, Desk, DeskError, Machine, Payload, Seal, Watch};
use crate::labels::frame::S;
use crate::labels::machine::S as M;
use crate::labels::{L, say};
use crate::{machines, words};
use plainsight_case::views::{
    AddRow, ClaimRow, ComplaintGroup, Decided, DocumentView, EntityRow, Finding, LogRow, NamesDone, Overview,
    PairRow, RegisterPage, RegisterView, ReplyRow, SearchAnswer, SearchAsk, SourceRow, StageRow, ToReadRow,
    WouldChange,
};
use plainsight_case::{
    AddOptions, Case, CaseError, Fetching, Gloss, PersonKey, Progress, ProposalRow, RowChange, TranslationRow,
};
use plainsight_model::{Answer, Asked};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The desk of a case folder.
pub struct CaseDesk {
    dir: PathBuf,
    /// Signs the ledger's head after each piece of work.
    key: Option<PersonKey>,
    /// The case to look at, with the ledger's length when it was opened.
    fresh: Mutex<(u64, Case)>,
    /// Keeps the lens's compiled terms warm; the lens of a case never changes.
    terms: Mutex<Case>,
    /// How pasted addresses are fetched.
    fetching: Option<Fetching>,
    /// How the machines of `case.toml` are asked.
    patient: Option<Fetching>,
}

impl CaseDesk {
    /// Opens a case folder.
    pub fn open(dir: &Path) -> Result<Self, CaseError> {
        Ok(Self {
            dir: dir.to_owned(),
            key: None,
            fresh: Mutex::new((length(dir), Case::open_read_only(dir)?)),
            terms: Mutex::new(Case::open_read_only(dir)?),
            fetching: None,
            patient: None,
        })
    }

    /// Fetches pasted addresses; without it they are refused.
    pub fn fetching(mut self, fetching: Fetching) -> Self {
        self.fetching = Some(fetching);
        self
    }

    /// Asks the machines that `case.toml` names; without it none is asked.
    pub fn asking_machines(mut self, patient: Fetching) -> Self {
        self.patient = Some(patient);
        self
    }

    /// Signs with a person's key whatever is appended to the ledger.
    pub fn with_key(self, key: Option<PersonKey>) -> Self {
        Self { key, ..self }
    }

    fn look<T>(&self, ask: impl FnOnce(&Case) -> Result<T, CaseError>) -> Result<T, DeskError> {
        let mut fresh = lock(&self.fresh);
        let now = length(&self.dir);
        if fresh.0 != now {
            *fresh = (now, Case::open_read_only(&self.dir).map_err(fault)?);
        }
        ask(&fresh.1).map_err(fault)
    }

    fn work<T>(&self, work: impl FnOnce(&mut Case) -> Result<T, CaseError>) -> Result<T, DeskError> {
        let mut case = Case::open(&self.dir).map_err(fault)?.with_key(self.key.clone());
        work(&mut case).map_err(fault)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn length(dir: &Path) -> u64 {
    std::fs::metadata(dir.join("ledger/chain.jsonl")).map_or(0, |meta| meta.len())
}

fn fault(error: CaseError) -> DeskError {
    match error {
        CaseError::Busy(_) => DeskError::Busy(error.to_string()),
        other => DeskError::Other(other.to_string()),
    }
}

struct Hear<'w>(&'w dyn Watch);

impl Progress for Hear<'_> {
    fn stage(&self, stage: &str, done: usize, of: usize, complaints: usize) {
        self.0.stage(stage, done, of, complaints);
    }
    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

impl Desk for CaseDesk {
    fn overview(&self) -> Result<Overview, DeskError> {
        self.look(Case::overview)
    }
    fn findings(&self) -> Result<Vec<Finding>, DeskError> {
        self.look(Case::findings)
    }
    fn finding(&self, id: &str) -> Result<Option<Finding>, DeskError> {
        self.look(|case| case.finding(id))
    }
    fn claims(&self) -> Result<Vec<ClaimRow>, DeskError> {
        self.look(Case::claims)
    }
    fn claim(&self, id: &str) -> Result<Option<ClaimRow>, DeskError> {
        self.look(|case| case.claim(id))
    }
    fn names(&self) -> Result<Vec<PairRow>, DeskError> {
        self.look(Case::names)
    }
    fn names_done(&self) -> Result<NamesDone, DeskError> {
        self.look(Case::names_done)
    }
    fn would_change(&self, what: &[String], answer: Answer) -> Result<WouldChange, DeskError> {
        // A case of its own, so that pages go on while everything is judged.
        let case = Case::open_read_only(&self.dir).map_err(fault)?;
        case.would_change(what, &answer).map_err(fault)
    }
    fn entities(&self) -> Result<Vec<EntityRow>, DeskError> {
        self.look(Case::entity_rows)
    }
    fn entity(&self, id: &str) -> Result<Option<EntityRow>, DeskError> {
        self.look(|case| case.entity(id))
    }
    fn to_read(&self, lang: Option<&str>) -> Result<Vec<ToReadRow>, DeskError> {
        self.look(|case| case.to_read(lang))
    }
    fn replies(&self) -> Result<Vec<ReplyRow>, DeskError> {
        self.look(Case::replies)
    }
    fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, DeskError> {
        self.look(|case| case.search(ask))
    }
    fn document(&self, id: &str) -> Result<Option<DocumentView>, DeskError> {
        self.look(|case| case.document(id))
    }
    fn payload(&self, document: &str) -> Result<Option<Payload>, DeskError> {
        self.look(|case| case.payload(document))
    }
    fn sources(&self) -> Result<Vec<SourceRow>, DeskError> {
        self.look(Case::sources)
    }
    fn complaints(&self) -> Result<Vec<ComplaintGroup>, DeskError> {
        self.look(Case::complaints)
    }
    fn log(&self) -> Result<Vec<LogRow>, DeskError> {
        self.look(Case::log)
    }
    fn head(&self) -> Result<(u64, String), DeskError> {
        self.look(Case::head)
    }
    fn registers(&self) -> Result<Vec<RegisterView>, DeskError> {
        self.look(Case::registers)
    }
    fn register(&self, id: &str, words: &str) -> Result<Option<RegisterPage>, DeskError> {
        self.look(|case| case.register(id, words))
    }
    fn register_diff(&self, older: &str, newer: &str) -> Result<Vec<RowChange>, DeskError> {
        self.look(|case| case.register_diff(older, newer))
    }
    fn gloss(&self, text: &str) -> Gloss {
        lock(&self.terms).gloss(text)
    }

    fn translations(&self) -> Result<BTreeMap<String, TranslationRow>, DeskError> {
        self.look(Case::translations)
    }
    fn proposals(&self) -> Result<Vec<ProposalRow>, DeskError> {
        self.look(Case::proposals)
    }

    fn asking(&self, machine: Machine, what: &[String]) -> Result<Option<Asking>, DeskError> {
        let allowed = self.patient.as_ref().map(|patient| patient.allow_private.as_slice());
        self.look(|case| machines::asking(case, machine, what, allowed))
    }
    fn ask_machine(
        &self,
        machine: Machine,
        what: &[String],
        author: &str,
        watch: &dyn Watch,
    ) -> Result<Answered, DeskError> {
        let none = || DeskError::Other(M.no_way_out.to_owned());
        let patient = self.patient.as_ref().ok_or_else(none)?;
        self.work(|case| machines::ask(case, patient, (machine, what), author, &Hear(watch)))
    }

    fn verify(&self) -> Result<Seal, DeskError> {
        // A case of its own, so that pages go on while every byte is read.
        let case = Case::open_read_only(&self.dir).map_err(fault)?;
        let found = case.verify().map_err(fault)?;
        let verdict =
            serde_json::to_value(found.verdict).ok().and_then(|word| word.as_str().map(str::to_owned));
        let verdict = verdict.unwrap_or_default();
        let quotes = case.check().map_err(fault)?;
        let standing = quotes.iter().filter(|row| row.verdict != "missing").count();
        let (size, _) = case.head().map_err(fault)?;
        let intact = matches!(verdict.as_str(), "valid" | "unsigned") && standing == quotes.len();
        let said = match verdict.as_str() {
            "unsigned" => S.every_hash_unsigned.to_owned(),
            "valid" => S.every_hash.to_owned(),
            other => other.to_owned(),
        };
        Ok(Seal {
            intact,
            lines: vec![
                (S.archive_and_chain.to_owned(), said),
                (L.chain.to_owned(), words::count(size as usize, S.chain_of)),
                (
                    L.quotes.to_owned(),
                    say(S.quotes_stand, &[("standing", &standing), ("all", &quotes.len())]),
                ),
            ],
            faults: found
                .faults
                .iter()
                .map(|f| format!("{}: {} ({})", f.place, f.what, f.consequence))
                .collect(),
            verdict,
        })
    }

    fn decide(
        &self,
        what: &[String],
        answer: Answer,
        reason: &str,
        author: &str,
    ) -> Result<Decided, DeskError> {
        self.work(|case| case.decide(what, answer, reason, author, false))
    }
    fn undo(&self, decision: &str, reason: &str, author: &str) -> Result<Decided, DeskError> {
        self.work(|case| case.undo(decision, reason, author, false))
    }
    fn reply_ask(&self, asked: Asked, about: &str, letter: &str, author: &str) -> Result<Decided, DeskError> {
        self.work(|case| case.reply_ask(asked, about, letter, author, false))
    }
    fn reply_answer(
        &self,
        ask: &str,
        on: &str,
        file: &Path,
        author: &str,
        watch: &dyn Watch,
    ) -> Result<Decided, DeskError> {
        self.work(|case| case.reply_answer(ask, on, file, author, false, &Hear(watch)))
    }
    fn add(&self, inputs: &[String], author: &str, watch: &dyn Watch) -> Result<Vec<AddRow>, DeskError> {
        let (author, fetching) = (author.to_owned(), self.fetching.clone());
        let options = AddOptions { public: false, site: None, dry_run: false, author, fetching };
        self.work(|case| case.add(inputs, &options, &Hear(watch)))
    }
    fn run(&self, watch: &dyn Watch) -> Result<Vec<StageRow>, DeskError> {
        self.work(|case| case.run(&Hear(watch)))
    }
    fn folder(&self) -> String {
        self.dir.display().to_string()
    }
    fn signer(&self) -> Option<String> {
        self.key.as_ref().map(|key| key.public().to_string())
    }
}
