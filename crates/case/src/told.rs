//! What people wrote about something else and that tells what is to be forgotten.
//!
//! A reason is free text: it may name a person, a street or a file that stood
//! only in the forgotten source. After `forget` no file of the case may hold
//! such a word, so the entry goes and is said again without its reason.

use crate::case::Case;
use crate::error::CaseError;
use crate::same_name;
use plainsight_archive::EntryKind;
use plainsight_model::{Capture, Document, DocumentId};
use plainsight_text::{fold, is_han};
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands in place of a reason that went.
pub const WENT: &str = "said again when a source was forgotten; the reason went with it";

/// Shorter words (in characters) of scripts with spaces tell nothing by themselves.
const SHORTEST: usize = 4;

/// The same for Han.
const SHORTEST_HAN: usize = 2;

impl Case {
    /// Decisions and undos, beside `about`, whose words tell what only these documents said: the
    /// number, and whether the answer itself tells it and not the reason alone.
    pub(crate) fn entries_that_tell(
        &self,
        documents: &BTreeSet<DocumentId>,
        about: &[u64],
    ) -> Result<Vec<(u64, bool)>, CaseError> {
        let texts = self.free_texts(about);
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let (gone, staying): (Vec<Capture>, Vec<Capture>) =
            self.catalog.captures()?.into_iter().partition(|c| documents.contains(&c.document));
        let mut words = BTreeSet::new();
        for text in self.said_by(&gone)? {
            words.extend(
                plainsight_read::words(&text).iter().map(|word| fold(word)).filter(|word| tells(word)),
            );
        }
        let in_any = |word: &String| texts.iter().any(|t| holds(&t.reason, word) || holds(&t.answer, word));
        words.retain(in_any);
        for capture in &staying {
            if words.is_empty() {
                break;
            }
            for text in self.said_by(std::slice::from_ref(capture))? {
                let text = fold(&text);
                words.retain(|word| !text.contains(word.as_str()));
            }
        }
        let tells = |text: &str| words.iter().any(|word| holds(text, word));
        Ok(texts
            .iter()
            .map(|t| (t.number, tells(&t.reason), tells(&t.answer)))
            .filter(|(_, reason, answer)| *reason || *answer)
            .map(|(number, _, answer)| (number, answer))
            .collect())
    }

    /// What people wrote in all decisions and undos but these.
    fn free_texts(&self, about: &[u64]) -> Vec<FreeText> {
        let ledger = self.chain.seen();
        let decisions = ledger.entries().iter().filter(|e| e.line.kind == EntryKind::Decision);
        decisions
            .map(|entry| entry.line.number)
            .filter(|number| !about.contains(number))
            .filter_map(|number| {
                let body = ledger.body(number)?;
                let reason = fold(body.get("reason").and_then(Value::as_str).unwrap_or_default());
                let answer = fold(&free_answer(&body));
                let says = !reason.trim().is_empty() || !answer.trim().is_empty();
                says.then_some(FreeText { number, reason, answer })
            })
            .collect()
    }

    /// Everything that captures say: names, addresses, texts.
    fn said_by(&self, captures: &[Capture]) -> Result<Vec<String>, CaseError> {
        let mut out = Vec::new();
        for capture in captures {
            out.extend([capture.source.clone(), capture.uri.clone()]);
            let Some((document, _)) = self.catalog.document(&capture.document)? else { continue };
            let Document { title, author, url, site_name, title_site, text, metadata, .. } = document;
            out.extend([title, author, url, site_name, title_site].into_iter().flatten());
            out.push(text);
            out.extend(metadata.into_iter().map(|row| row.value));
        }
        Ok(out)
    }
}

/// What a person wrote in a decision or an undo, folded.
struct FreeText {
    number: u64,
    reason: String,
    answer: String,
}

/// Words of an answer: a translation, the name of a party that was asked, the two names that a
/// question is about. A claim's object is restated where the claim is known.
fn free_answer(body: &Value) -> String {
    let answer = body.get("answer");
    let said = answer.and_then(|a| a.get("translation").or_else(|| a.get("asked")?.get("party"))?.as_str());
    let asked = body.get("question").and_then(Value::as_str).and_then(same_name::asked);
    let names = asked.map(|(_, a, b)| format!("{a}\n{b}")).unwrap_or_default();
    format!("{}\n{names}", said.unwrap_or_default())
}

/// A word long enough to tell something.
fn tells(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= if word.chars().any(is_han) { SHORTEST_HAN } else { SHORTEST }
}

/// Han is written without spaces: there a word is any part of the text.
fn holds(text: &str, word: &str) -> bool {
    if word.chars().any(is_han) {
        return text.contains(word);
    }
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || is_han(c));
    text.match_indices(word)
        .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_met_at_its_borders_and_han_anywhere() {
        for (text, word, found) in [
            ("see karmozijnpad 9", "karmozijnpad", true),
            ("see karmozijnpaden", "karmozijnpad", false),
            ("karmozijnpad", "karmozijnpad", true),
            ("在karmozijnpad的", "karmozijnpad", true),
            ("这是獬豸站的", "獬豸", true),
        ] {
            assert_eq!(holds(text, word), found, "{text}");
        }
        assert!(tells("獬豸") && !tells("站") && !tells("the") && tells("+9912"));
    }
}
