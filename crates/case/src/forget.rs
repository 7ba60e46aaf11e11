//! `forget`: what came in by mistake goes for good, and the chain still holds.
//!
//! Decisions that rest on other quotes too are first restated without the
//! forgotten ones; then the ledger says which entries and records go; then the
//! archive, the bodies and everything derived lose them.

use crate::case::Case;
use crate::catalog::Catalog;
use crate::chain::{IN_PLACE_OF, place_of};
use crate::decisions::{taken_back, undo_of};
use crate::error::{At, CaseError};
use crate::progress::Progress;
use crate::same_name;
use crate::told::WENT;
use crate::views::{Changed, ClaimRow, Decided};
use plainsight_archive::{EntryKind, Tombstone};
use plainsight_model::{Answer, Capture, Decision, DocumentId, RecordPlace};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::OnceLock;

impl Case {
    /// Forgets captures: ids (`doc-`, `cap-`) or names of imported files. Cannot be undone.
    pub fn forget(
        &mut self,
        sources: &[String],
        reason: &str,
        author: &str,
        dry_run: bool,
        progress: &dyn Progress,
    ) -> Result<Decided, CaseError> {
        self.sync()?;
        if !dry_run && self.stale()? {
            // What else a decision rests on is read from the claims.
            self.run(progress)?;
        }
        let brought = self.brought()?;
        let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
        for source in sources {
            let named = |c: &&Capture| {
                c.document.to_string() == *source || c.id.to_string() == *source || c.source == *source
            };
            let lists: Vec<DocumentId> = brought.iter().filter(named).map(|c| c.document).collect();
            match self.documents_of(source) {
                Ok(read) => documents.extend(read),
                // Registers and lists are captures too, but no documents that are read.
                Err(CaseError::Unknown(_)) if !lists.is_empty() => {}
                Err(why) => return Err(why),
            }
            documents.extend(lists);
        }
        let all = self.catalog.captures()?.into_iter().chain(brought);
        let (captures, staying): (Vec<Capture>, Vec<Capture>) =
            all.partition(|c| documents.contains(&c.document));
        let changed: Vec<Changed> = captures
            .iter()
            .map(|c| Changed {
                id: c.id.to_string(),
                what: "capture".into(),
                before: json!("kept"),
                after: json!("forgotten"),
            })
            .collect();
        if dry_run {
            return Ok(Decided { decision: None, changed, waiting: Vec::new() });
        }
        let now = self.clock.now();
        let mut places: Vec<RecordPlace> = captures.iter().map(|c| c.place.clone()).collect();
        places.extend(self.answered_sheets(&documents)?);
        let about = self.entries_about(&documents, &captures, &[]);
        let trail = self.trail_of(&captures, &staying, &about)?;
        let mut plan = self.reader.plan_forget(&places)?;
        // A part or a redirect takes no other record with the same bytes along: another page has it too.
        let fresh: Vec<RecordPlace> =
            trail.places.into_iter().filter(|place| !plan.records.contains(place)).collect();
        plan.records.extend(fresh);
        let mut entries = self.entries_about(&documents, &captures, &plan.received);
        entries.extend(trail.entries);
        let telling = self.entries_that_tell(&documents, &entries)?;
        entries.extend(telling.iter().map(|(number, _)| number));
        entries.sort_unstable();
        entries.dedup();
        self.restate(&entries, &telling, &documents, &now)?;
        let body = json!({
            "entries": entries, "records": plan.record_ids(), "received": plan.received,
            "received_note": if plan.received.is_empty() { Value::Null }
                else { json!("these received files are no longer as received") },
        });
        let entry = self.chain.append(EntryKind::Forget, author, &now, &body)?;
        let words: Vec<String> = captures.iter().map(|c| c.source.clone()).collect();
        let stone = Tombstone { time: &now, reason, who: author, words: &words };
        self.archive()?.forget(&plan, &stone)?;
        self.chain.ledger().destroy(&entries)?;
        self.imported = OnceLock::new();
        self.start_derived_anew()?;
        self.run(progress)?;
        Ok(Decided { decision: Some(entry.to_string()), changed, waiting: Vec::new() })
    }

    /// Numbers of the entries whose bodies name what goes.
    fn entries_about(
        &self,
        documents: &BTreeSet<DocumentId>,
        captures: &[Capture],
        received: &[String],
    ) -> Vec<u64> {
        let mut marks: BTreeSet<String> = documents.iter().map(ToString::to_string).collect();
        marks.extend(captures.iter().map(|c| c.id.to_string()));
        let ledger = self.chain.seen();
        let quotes = |body: &Value| serde_json::from_value::<Decision>(body.clone()).ok();
        ledger
            .entries()
            .iter()
            .filter(|entry| {
                let Some(body) = ledger.body(entry.line.number) else { return false };
                let text = body.to_string();
                let file = body.get("file").and_then(Value::as_str).unwrap_or("");
                marks.iter().any(|mark| text.contains(mark))
                    || (!file.is_empty() && received.iter().any(|r| file.starts_with(r.as_str())))
                    || quotes(&body).is_some_and(|d| d.quotes.iter().any(|q| documents.contains(&q.document)))
            })
            .map(|entry| entry.line.number)
            .collect()
    }

    /// Says again, without the forgotten part, what also rests on something else.
    fn restate(
        &mut self,
        entries: &[u64],
        telling: &[(u64, bool)],
        documents: &BTreeSet<DocumentId>,
        now: &str,
    ) -> Result<(), CaseError> {
        let mut again = Vec::new();
        let claims = self.claims()?;
        // What was taken back must not come to life under a new id.
        let gone = taken_back(&self.log()?);
        let staying: BTreeSet<String> = self
            .catalog
            .captures()?
            .into_iter()
            .filter(|c| !documents.contains(&c.document))
            .map(|c| c.place.file)
            .collect();
        for number in entries {
            let Some(entry) = self.chain.seen().entries().iter().find(|e| e.line.number == *number).cloned()
            else {
                continue;
            };
            let Some(body) = self.chain.seen().body(*number) else { continue };
            let author = entry.line.author.clone();
            match entry.line.kind {
                EntryKind::Import => {
                    let mut body = body;
                    // A file of which nothing stays goes with its name.
                    let family =
                        body.get("file").and_then(Value::as_str).and_then(|f| f.get(..FAMILY)).unwrap_or("");
                    if family.is_empty() || !staying.iter().any(|file| file.starts_with(family)) {
                        continue;
                    }
                    if let Some(object) = body.as_object_mut() {
                        object.remove("sha256");
                        object.insert("rewritten".into(), json!(now));
                    }
                    again.push((EntryKind::Import, author, body));
                }
                EntryKind::Decision => {
                    if gone.contains(&entry.id().to_string()) {
                        continue;
                    }
                    let place = place_of(&body).unwrap_or(*number);
                    if let Some(target) = undo_of(&body) {
                        let body = json!({"undo": target, "reason": WENT, IN_PLACE_OF: place});
                        again.push((EntryKind::Decision, author, body));
                        continue;
                    }
                    let decision = match telling.iter().find(|(told, _)| told == number) {
                        Some((_, true)) => None,
                        Some((_, false)) => without_reason(body),
                        None => without_documents(body, &claims, documents),
                    };
                    let Some(decision) = decision else { continue };
                    let mut body = serde_json::to_value(&decision)?;
                    if let Some(object) = body.as_object_mut() {
                        object.remove("id");
                        object.insert(IN_PLACE_OF.into(), json!(place));
                    }
                    again.push((EntryKind::Decision, author, body));
                }
                _ => {}
            }
        }
        for (kind, author, body) in again {
            self.chain.append(kind, &author, now, &body)?;
        }
        Ok(())
    }

    /// Throws everything derived away: free pages and old index segments would keep what was forgotten.
    fn start_derived_anew(&mut self) -> Result<(), CaseError> {
        let derived = self.dir().join("derived");
        let aside = tempfile_name(&derived);
        std::fs::rename(&derived, &aside).at(&derived)?;
        std::fs::create_dir_all(&derived).at(&derived)?;
        self.catalog = Catalog::open(&derived.join("catalog.sqlite"))?;
        std::fs::remove_dir_all(&aside).at(&aside)
    }
}

/// `received/` and the 16 digits that a received file's name begins with.
const FAMILY: usize = "received/".len() + 16;

/// A decision about other sources, of which nothing but the reason goes.
fn without_reason(body: Value) -> Option<Decision> {
    let mut decision: Decision = serde_json::from_value(body).ok()?;
    decision.reason = WENT.to_owned();
    Some(decision)
}

/// A decision without what it rested on in the forgotten documents; `None` where nothing is left.
fn without_documents(body: Value, claims: &[ClaimRow], documents: &BTreeSet<DocumentId>) -> Option<Decision> {
    let mut decision: Decision = serde_json::from_value(body).ok()?;
    // The reason speaks of all that it rested on, the forgotten part too.
    decision.reason = WENT.to_owned();
    decision.quotes.retain(|q| !documents.contains(&q.document));
    let gone: BTreeSet<String> = documents.iter().map(ToString::to_string).collect();
    // Ids of quotes are digests of what goes; only the quotes that stay say what it is about.
    decision.about.retain(|id| !gone.contains(id) && !id.starts_with("quo-") && !id.starts_with("pos-"));
    if decision.quotes.is_empty() && decision.about.iter().all(|id| !id.starts_with("doc-")) {
        return None;
    }
    // Two names of which one stood in the forgotten part are no question any more, and its words go.
    if same_name::is_about_names(&decision) && decision.quotes.len() < 2 {
        return None;
    }
    // Whoever was asked may be named in the forgotten part alone.
    if let Answer::Asked(asked) = &decision.answer {
        if !decision.quotes.iter().any(|quote| quote.exact.contains(&asked.party)) {
            return None;
        }
        // The object may stand in forgotten words; the quotes that stay say which claim is meant.
        let parts: Vec<&str> = decision.question.splitn(4, '|').collect();
        if let [reply, "claim", predicate, _] = parts[..] {
            decision.question = format!("{reply}|claim|{predicate}|");
        }
    }
    let is_about_a_claim = decision.question.starts_with("claim|");
    if is_about_a_claim && !restate_question(&mut decision, claims, documents) {
        return None;
    }
    Some(decision)
}

/// Takes out of a question about a claim what only the forgotten documents said:
/// `false` where no other document supports the claim. The object stands in the
/// words of one of its sources; where those that stay have other words for it,
/// the quotes alone say which claim is meant.
fn restate_question(decision: &mut Decision, claims: &[ClaimRow], gone: &BTreeSet<DocumentId>) -> bool {
    let mut parts = decision.question.splitn(3, '|').skip(1).map(str::to_owned);
    let (predicate, object) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let gone: BTreeSet<String> = gone.iter().map(ToString::to_string).collect();
    let stays = claims.iter().any(|c| {
        c.predicate == predicate
            && c.object == object
            && c.evidence.iter().any(|e| e.stance == "supports" && !gone.contains(&e.document))
    });
    let said = |word: &str| {
        !word.chars().any(char::is_alphabetic)
            || decision.quotes.iter().any(|quote| quote.exact.contains(word))
    };
    if !object.split_whitespace().all(said) {
        decision.question = format!("claim|{predicate}|");
    }
    stays
}

fn tempfile_name(derived: &std::path::Path) -> std::path::PathBuf {
    derived.with_file_name("derived.forgotten")
}
