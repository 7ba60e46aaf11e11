//! What was found, by name: how the documents of the case write a body, a place, a value.

use crate::judge::Known;
use plainsight_model::{DocumentId, Frame, Quote, Slot};
use plainsight_text::{ScriptOf, script_of};
use std::collections::BTreeMap;

/// The spellings of everything that has a key.
pub struct Found<'a> {
    known: BTreeMap<DocumentId, &'a Known>,
    /// Key → spelling → how often, over all slots and mentions.
    spellings: BTreeMap<String, BTreeMap<String, usize>>,
}

impl<'a> Found<'a> {
    /// Collects the spellings of all documents.
    pub fn new(known: &'a [Known]) -> Self {
        let mut spellings: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for document in known {
            for mention in document.findings.mentions.iter().filter(|m| !m.key.is_empty()) {
                *spellings
                    .entry(mention.key.clone())
                    .or_default()
                    .entry(mention.text.clone())
                    .or_default() += 1;
            }
            for slot in document.findings.frames.iter().flat_map(|f| f.slots.values().flatten()) {
                if !slot.key.is_empty() && !slot.inferred {
                    *spellings.entry(slot.key.clone()).or_default().entry(slot.text.clone()).or_default() +=
                        1;
                }
            }
        }
        Self { known: known.iter().map(|k| (k.document.id, k)).collect(), spellings }
    }

    /// A document.
    pub fn known(&self, document: &DocumentId) -> Option<&'a Known> {
        self.known.get(document).copied()
    }

    /// A frame.
    pub fn frame(&self, document: &DocumentId, number: usize) -> Option<&'a Frame> {
        self.known.get(document)?.findings.frames.get(number)
    }

    /// The language model that proposed a sentence and that a person believed; none where a finder has it, too.
    pub fn proposed_by(&self, quote: &Quote) -> Option<String> {
        let frames = &self.known(&quote.document)?.findings.frames;
        let mut rules = frames.iter().filter(|frame| frame.span.contains(&quote.span)).map(|frame| {
            let model = frame.rule.strip_prefix("model:");
            model.map(str::to_owned)
        });
        // One rule that is no model's is a finder's: the sentence would stand here without any model.
        let first = rules.next()??;
        rules.all(|model| model.is_some()).then_some(first)
    }

    /// Whether a sentence was found by the weight of what its page says alone, and by no rule.
    pub fn weighed(&self, quote: &Quote) -> bool {
        let Some(known) = self.known(&quote.document) else { return false };
        let mut frames =
            known.findings.frames.iter().filter(|frame| frame.span.contains(&quote.span)).peekable();
        frames.peek().is_some() && frames.all(|frame| frame.rule == plainsight_find::WEIGHED)
    }

    /// All fills of a slot over frames.
    pub fn slots(&self, frames: &[(DocumentId, usize)], name: &str) -> Vec<(&'a Known, &'a Slot)> {
        frames
            .iter()
            .filter_map(|(document, number)| Some((self.known(document)?, self.frame(document, *number)?)))
            .flat_map(|(known, frame)| {
                frame.slots.get(name).into_iter().flatten().map(move |slot| (known, slot))
            })
            .collect()
    }

    /// A body's name: in its own script before others, simplified before
    /// traditional, then the fullest, then the most frequent. Names of the
    /// same place, level and function are one body's.
    pub fn body_name(&self, key: &str) -> String {
        let stem: Vec<&str> = key.split('|').take(3).collect();
        let mut best: Option<(u8, usize, usize, &str)> = None;
        for (other, spellings) in &self.spellings {
            if *other != key && other.split('|').take(3).collect::<Vec<_>>() != stem {
                continue;
            }
            for (text, count) in spellings {
                let script = match script_of(text) {
                    ScriptOf::Hans => 4,
                    ScriptOf::Han => 3,
                    ScriptOf::Hant => 2,
                    _ => 1,
                };
                let candidate = (script, text.chars().count(), *count, text.as_str());
                if best.is_none_or(|b| candidate > b) {
                    best = Some(candidate);
                }
            }
        }
        best.map_or_else(|| key.to_owned(), |b| b.3.to_owned())
    }
}
