//! Right of reply: who was asked, until when, and what they answered.
//!
//! Asking and answering are decisions of the ledger. An asking keeps the quotes
//! of what it is about, as every decision does, and is attached anew after
//! each run. The answer itself is a public document of the case like any other.

use crate::AddOptions;
use crate::case::Case;
use crate::chain::place_of;
use crate::decisions::place;
use crate::error::CaseError;
use crate::look::{capture_row, withdrawn_by};
use crate::progress::Progress;
use crate::views::{AnswerRow, ClaimRow, Decided, Finding, ReplyRow};
use plainsight_archive::EntryKind;
use plainsight_model::{Answer, Answered, Asked, Decision, DocumentId};
use plainsight_text::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The question of an asking about a whole post.
const POST: &str = "reply|post";
/// Before the predicate and object of a claim that is asked about.
const CLAIM: &str = "reply|claim|";
/// The question of an answer.
const ANSWER: &str = "reply|answer";
/// Characters of an answer that are shown; the whole stands in the document.
const SHOWN: usize = 4000;

/// Tells whether a decision asks a party or keeps its answer.
pub fn is_reply(decision: &Decision) -> bool {
    matches!(decision.answer, Answer::Asked(_) | Answer::Answered(_))
}

/// Which claim or post an asking is about now: its id and its words.
pub fn about(decision: &Decision, claims: &[ClaimRow], findings: &[Finding]) -> Option<(String, String)> {
    if let Some(question) = decision.question.strip_prefix(CLAIM) {
        let claim = &claims[place(decision, question, claims)?];
        return Some((claim.claim.clone(), claim.text.clone()));
    }
    let wanted: BTreeSet<String> = decision.quotes.iter().map(|q| q.id().to_string()).collect();
    let mut posts: Vec<&Finding> =
        findings.iter().filter(|f| f.evidence.iter().any(|e| wanted.contains(&e.quote))).collect();
    if posts.iter().any(|f| decision.about.contains(&f.post)) {
        posts.retain(|f| decision.about.contains(&f.post));
    }
    let [post] = posts[..] else { return None };
    let place = [&post.city, &post.country].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
    let name = post.names.first().map_or("a post", |n| n.text.as_str());
    Some((post.post.clone(), if place.is_empty() { name.to_owned() } else { place.join(", ") }))
}

/// Askings that found nothing they are about, or more than one thing.
pub fn waiting(decisions: &[Decision], claims: &[ClaimRow], findings: &[Finding]) -> Vec<Decision> {
    let lost = |d: &&Decision| matches!(d.answer, Answer::Asked(_)) && about(d, claims, findings).is_none();
    decisions.iter().filter(lost).cloned().collect()
}

impl Case {
    /// Who was asked and who answered, by deadline; what is still open first.
    pub fn replies(&self) -> Result<Vec<ReplyRow>, CaseError> {
        let decisions = self.decisions()?;
        match decisions.iter().any(is_reply) {
            true => self.replies_by(&decisions, &self.claims()?, &self.findings()?),
            false => Ok(Vec::new()),
        }
    }

    /// The same as these decisions, claims and posts have them.
    pub(crate) fn replies_by(
        &self,
        decisions: &[Decision],
        claims: &[ClaimRow],
        findings: &[Finding],
    ) -> Result<Vec<ReplyRow>, CaseError> {
        let withdrawn = withdrawn_by(decisions);
        let renamed = self.said_again();
        let mut rows = Vec::new();
        for decision in decisions {
            let Answer::Asked(asked) = &decision.answer else { continue };
            let id = decision.id.to_string();
            let mut answers = Vec::new();
            for other in decisions {
                let Answer::Answered(answered) = &other.answer else { continue };
                if renamed.get(&answered.ask).unwrap_or(&answered.ask) == &id {
                    answers.extend(self.answer_row(other, answered)?);
                }
            }
            answers.sort_by(|a, b| (&a.on, &a.answer).cmp(&(&b.on, &b.answer)));
            let found = about(decision, claims, findings);
            let (about, about_words) = match found {
                Some((id, words)) => (Some(id), words),
                None => (None, "nothing that stands in the case now".to_owned()),
            };
            rows.push(ReplyRow {
                reply: id,
                party: asked.party.clone(),
                about,
                about_words,
                on: asked.on.clone(),
                until: asked.until.clone(),
                letter: decision.reason.clone(),
                author: decision.author.clone(),
                answers,
                withdrawn: decision.quotes.iter().any(|q| withdrawn.contains(&q.document)),
            });
        }
        let key = |r: &ReplyRow| (!r.answers.is_empty(), r.until.clone(), r.party.clone(), r.reply.clone());
        rows.sort_by_key(key);
        Ok(rows)
    }

    /// Ids of entries that `forget` said again, with their ids now.
    fn said_again(&self) -> BTreeMap<String, String> {
        let ledger = self.chain.seen();
        let entries = ledger.entries();
        let old = |number: u64| entries.iter().find(|e| e.line.number == number).map(|e| e.id().to_string());
        let again = entries.iter().filter(|e| e.line.kind == EntryKind::Decision);
        again
            .filter_map(|e| Some((old(place_of(&ledger.body(e.line.number)?)?)?, e.id().to_string())))
            .collect()
    }

    fn answer_row(&self, decision: &Decision, answered: &Answered) -> Result<Option<AnswerRow>, CaseError> {
        let Some(id) = decision.about.iter().find_map(|id| id.parse::<DocumentId>().ok()) else {
            return Ok(None);
        };
        let read = self.catalog.document(&id)?.map(|(document, _)| (document.lang, document.text));
        let (lang, text) = read.unwrap_or_else(|| ("und".to_owned(), String::new()));
        let shown: String = text.chars().take(SHOWN).collect();
        Ok(Some(AnswerRow {
            answer: decision.id.to_string(),
            on: answered.on.clone(),
            document: id.to_string(),
            lang,
            cut: shown.len() < text.len(),
            text: shown,
            capture: self.catalog.captures_of(&id)?.first().map(capture_row),
        }))
    }

    /// Writes down that a party was asked about a claim or post. `letter` is what was sent, word for word.
    pub fn reply_ask(
        &mut self,
        asked: Asked,
        about: &str,
        letter: &str,
        author: &str,
        dry_run: bool,
    ) -> Result<Decided, CaseError> {
        let (on, until) = (day(&asked.on, "--on")?, day(&asked.until, "--until")?);
        if until < on {
            return Err(CaseError::Wrong(format!(
                "the deadline {} lies before the day of asking, {}; give a later --until",
                asked.until, asked.on
            )));
        }
        if asked.party.trim().is_empty() {
            return Err(CaseError::Wrong("nobody is named; say who was asked".into()));
        }
        let unknown = || CaseError::Unknown(about.to_owned());
        let (claim, question) = if about.starts_with("pos-") {
            (self.existence(about)?.ok_or_else(unknown)?, POST.to_owned())
        } else {
            let claim = self.claim(about)?.ok_or_else(unknown)?;
            let question = format!("{CLAIM}{}|{}", claim.predicate, claim.object);
            (claim, question)
        };
        let id = if about.starts_with("pos-") { claim.subject.clone() } else { claim.claim.clone() };
        let quotes = crate::decide::quotes(&claim, |_| true)?;
        let about = crate::decide::About { question, quotes, ids: vec![id], grade: None };
        let decision = self.decision(about, &Answer::Asked(asked), letter, author);
        self.record(vec![decision], dry_run)
    }

    /// Keeps a party's answer: the file comes in as a public document, and the run reads it.
    pub fn reply_answer(
        &mut self,
        ask: &str,
        on: &str,
        file: &Path,
        author: &str,
        dry_run: bool,
        progress: &dyn Progress,
    ) -> Result<Decided, CaseError> {
        day(on, "--on")?;
        let known =
            self.decisions()?.iter().any(|d| d.id.to_string() == ask && matches!(d.answer, Answer::Asked(_)));
        if !known {
            return Err(CaseError::Wrong(format!(
                "{ask} is no question that stands; `reply list` shows them"
            )));
        }
        let input = file.to_string_lossy().into_owned();
        // Whoever answers a question for publication writes to be cited.
        let options =
            AddOptions { public: true, site: None, dry_run, author: author.to_owned(), fetching: None };
        let added = self.add(std::slice::from_ref(&input), &options, progress)?;
        let documents: BTreeSet<String> =
            added.iter().flat_map(|row| row.documents.iter().cloned()).collect();
        let Some(document) = documents.first().filter(|_| documents.len() == 1 || dry_run) else {
            if dry_run {
                return Ok(crate::moved::would_be_about([&ask.to_owned()]));
            }
            let why = added.iter().flat_map(|row| &row.complaints).map(|c| c.what.as_str()).next();
            return Err(CaseError::Wrong(format!(
                "{input}: {}; name one file that can be read",
                why.unwrap_or("it gives no single document")
            )));
        };
        let about = crate::decide::About {
            question: ANSWER.to_owned(),
            quotes: Vec::new(),
            ids: vec![document.clone()],
            grade: None,
        };
        let answered = Answered { ask: ask.to_owned(), on: on.to_owned() };
        let decision = self.decision(about, &Answer::Answered(answered), "", author);
        if dry_run {
            return self.record(vec![decision], true);
        }
        let before = self.state()?;
        let made = self.record(vec![decision], false)?;
        self.run(progress)?;
        Ok(Decided { changed: crate::moved::changes(&before, &self.state()?), ..made })
    }
}

fn day(text: &str, option: &str) -> Result<Day, CaseError> {
    Day::parse(text)
        .ok_or_else(|| CaseError::Wrong(format!("{option} {text} is no day; write it as 2024-05-31")))
}
