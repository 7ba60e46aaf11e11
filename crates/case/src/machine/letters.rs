//! What leaves the machine when a model is asked: the visible text of a document in parts, and nothing else.

use crate::case::Case;
use crate::error::CaseError;
use crate::machine::{Service, chat};
use plainsight_model::{Digest, Document, DocumentId, Findings, Span};
use plainsight_text::Chars;

/// Code points of one part: what small models read with care.
const LONGEST_PART: usize = 6000;
/// Parts of one document that are sent.
const MOST_PARTS: usize = 20;

/// One question as it would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The document that it is about.
    pub document: String,
    /// Where it goes.
    pub address: String,
    /// What of the document's text stands in it, code points.
    pub start: usize,
    /// Exclusive.
    pub end: usize,
    /// Every byte of the body; the key is in none.
    pub body: Vec<u8>,
}

/// A document that may be sent, with what was found in it.
pub(crate) struct Sendable {
    pub document: Document,
    pub findings: Findings,
}

impl Case {
    /// The gate: what may leave is a document that was read from the public archive, by its id. Testimony and
    /// tips belong in the vault, which this crate cannot link; nothing of it may ever come through here.
    pub(crate) fn may_leave(&self, id: &DocumentId) -> Result<Sendable, CaseError> {
        let unknown = || CaseError::Unknown(id.to_string());
        let (document, _) = self.catalog.document(id)?.ok_or_else(unknown)?;
        Ok(Sendable { document, findings: self.catalog.findings(id)?.unwrap_or_default() })
    }

    /// The documents that are meant: those that are named, else all that were read and not withdrawn.
    pub(crate) fn meant(&self, named: &[String]) -> Result<Vec<DocumentId>, CaseError> {
        if named.is_empty() {
            let withdrawn = self.withdrawn()?;
            let all = self.catalog.finding_keys()?.into_iter().map(|(id, _)| id);
            return Ok(all.filter(|id| !withdrawn.contains(id)).collect());
        }
        let mut out = Vec::new();
        for name in named {
            out.extend(self.documents_of(name)?);
        }
        out.sort();
        out.dedup();
        Ok(out)
    }

    /// Every byte that `propose` would send about these documents; nothing is sent.
    pub fn letters(&self, documents: &[String], again: bool) -> Result<Vec<Letter>, CaseError> {
        let service = self.model()?;
        let known = self.asked_keys()?;
        let mut out = Vec::new();
        for id in self.meant(documents)? {
            let document = self.may_leave(&id)?.document;
            if again || !known.contains(&self.asking_key(service, &document)) {
                out.extend(letters_of(service, &self.lens, &document).0);
            }
        }
        Ok(out)
    }

    /// Under what an answer about a document is known: another text, lens, model or sieve asks again.
    pub(crate) fn asking_key(&self, service: &Service, document: &Document) -> String {
        let parts = [
            plainsight_find::PROPOSAL_VERSION,
            &self.lens.digest().hex(),
            &service.name,
            &document.id.to_string(),
            &document.text,
        ];
        Digest::of_parts(&parts.map(str::as_bytes)).hex()
    }
}

/// The letters about a document, and whether its end was left out. Neither its address nor its title's
/// place, neither the case's name nor who asks stands in them.
pub(crate) fn letters_of(
    service: &Service,
    lens: &plainsight_lens::Lens,
    document: &Document,
) -> (Vec<Letter>, bool) {
    let task = plainsight_find::question(lens);
    let mut parts = parts(document);
    let cut = parts.len() > MOST_PARTS;
    parts.truncate(MOST_PARTS);
    let letter = |(span, text): (Span, String)| Letter {
        document: document.id.to_string(),
        address: chat::address(service),
        start: span.start,
        end: span.end,
        body: chat::body(service, &task, &text),
    };
    (parts.into_iter().map(letter).collect(), cut)
}

/// Visible blocks together, up to the longest part; a block that is longer by itself is cut.
fn parts(document: &Document) -> Vec<(Span, String)> {
    let chars = Chars::new(&document.text);
    let mut out: Vec<(Span, String)> = Vec::new();
    let visible = document.blocks.iter().filter(|block| !block.hidden && block.span.end <= chars.len());
    let pieces = visible.flat_map(|block| {
        (block.span.start..block.span.end)
            .step_by(LONGEST_PART)
            .map(move |start| Span::new(start, block.span.end.min(start + LONGEST_PART)))
    });
    for piece in pieces {
        let text = chars.slice(&document.text, piece.start, piece.end);
        if text.trim().is_empty() {
            continue;
        }
        match out.last_mut() {
            // Blocks follow one another; one that steps back begins a part of its own.
            Some((span, all)) if span.end <= piece.start && piece.end - span.start <= LONGEST_PART => {
                span.end = piece.end;
                all.push('\n');
                all.push_str(text);
            }
            _ => out.push((piece, text.to_owned())),
        }
        if out.len() > MOST_PARTS {
            break;
        }
    }
    out
}
