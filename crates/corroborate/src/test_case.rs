//! A small case for tests: documents from a few words, frames by hand. The
//! worked example in `tests/` is built with it too, which is why it names the
//! crate from outside.

use plainsight_corroborate::{Copies, DocumentInput, Input, PostInput};
use plainsight_corroborate::{CopyInput, citations, copies, resolve};
use plainsight_model::{
    Block, BlockKind, Document, DocumentId, DocumentKind, Findings, Frame, Judgements, Modality, Publisher,
    Quote, Side, Slot, Span, Status, Voice,
};
use std::collections::BTreeMap;

/// A document of plain lines.
pub(crate) fn document(name: &str, text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let length = line.chars().count();
        if length > 0 {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                span: Span::new(at, at + length),
                path: String::new(),
                speaker: None,
                time: None,
                cells: Vec::new(),
                main: true,
                hidden: false,
            });
        }
        at += length + 1;
    }
    let han = text.chars().any(plainsight_text::is_han);
    Document {
        id: DocumentId::of_payload(name.as_bytes()),
        kind: DocumentKind::Page,
        url: None,
        title: None,
        text: text.to_owned(),
        blocks,
        date: None,
        date_rule: None,
        author: None,
        site_name: None,
        title_site: None,
        lang: if han { "zh" } else { "en" }.to_owned(),
        script: None,
        encoding: None,
        encoding_rule: None,
        reader: String::new(),
        links: Vec::new(),
        metadata: Vec::new(),
    }
}

/// A document with what was found in it.
pub(crate) struct Page {
    pub document: Document,
    pub findings: Findings,
}

impl Page {
    /// A page of a publisher on a side, on a day.
    pub fn new(name: &str, side: Side, date: &str, text: &str) -> Self {
        let mut document = document(name, text);
        document.date = (!date.is_empty()).then(|| date.to_owned());
        let publisher = Some(Publisher { text: name.to_owned(), key: name.to_lowercase(), side });
        Self { document, findings: Findings { publisher, ..Findings::default() } }
    }

    /// Adds a frame over `words`, with slots `name=key`.
    pub fn frame(mut self, kind: &str, words: &str, slots: &[(&str, &str)]) -> Self {
        let at = self.document.text.find(words).expect("the words stand in the text");
        let start = self.document.text[..at].chars().count();
        let span = Span::new(start, start + words.chars().count());
        let mut filled: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
        for (name, key) in slots {
            let slot = Slot { span, text: (*key).to_owned(), key: (*key).to_owned(), inferred: false };
            filled.entry((*name).to_owned()).or_default().push(slot);
        }
        self.findings.frames.push(Frame {
            kind: kind.to_owned(),
            span,
            slots: filled,
            voice: Voice::default(),
            modality: Modality::Asserted,
            status: None,
            rule: "post:sentence".to_owned(),
        });
        self
    }

    /// Says who speaks in the last frame.
    pub fn voice(mut self, speaker: &str, side: Side, verbatim: bool) -> Self {
        if let Some(frame) = self.findings.frames.last_mut() {
            let key = Some(speaker.to_lowercase());
            frame.voice = Voice { speaker: Some(speaker.to_owned()), key, side, verbatim, phrase: None };
        }
        self
    }

    /// Says how surely the last frame is said.
    pub fn modality(mut self, modality: Modality) -> Self {
        if let Some(frame) = self.findings.frames.last_mut() {
            frame.modality = modality;
        }
        self
    }

    /// Says what status the last frame states.
    pub fn status(mut self, status: Status) -> Self {
        if let Some(frame) = self.findings.frames.last_mut() {
            frame.status = Some(status);
        }
        self
    }

    /// The quote of a frame.
    pub fn quote(&self, frame: usize) -> Quote {
        let span = self.findings.frames[frame].span;
        Quote::cut(self.document.id, &self.document.text, span).expect("inside")
    }
}

/// Runs `test` over the input of a case with one post made of all frames of posts.
pub(crate) fn with_case<T>(
    pages: &[&Page],
    judgements: &Judgements,
    test: impl FnOnce(&Input<'_>) -> T,
) -> T {
    let documents: Vec<DocumentInput> = pages
        .iter()
        .map(|p| DocumentInput {
            document: &p.document,
            findings: &p.findings,
            site: None,
            host: None,
            captured: None,
        })
        .collect();
    let texts: Vec<CopyInput> = pages
        .iter()
        .map(|p| CopyInput {
            id: p.document.id.to_string(),
            text: p.document.text.clone(),
            ..CopyInput::default()
        })
        .collect();
    let copies: Copies = copies(&texts);
    let mut cited = pages.iter().map(|p| (p.document.id, citations(&p.document))).collect();
    resolve(&mut cited, &documents);
    let mut by_city: BTreeMap<String, PostInput> = BTreeMap::new();
    for page in pages {
        for (number, frame) in page.findings.frames.iter().enumerate() {
            let Some(city) = frame.slots.get("place").and_then(|s| s.first()) else { continue };
            if matches!(frame.kind.as_str(), "count" | "withdrawal") {
                continue;
            }
            let quote = Quote::cut(page.document.id, &page.document.text, frame.span).expect("inside");
            let post = by_city.entry(city.key.clone()).or_insert_with(|| PostInput {
                id: plainsight_model::PostId::from_quote(&quote.id),
                key: city.key.clone(),
                text: format!("the post in {}", city.key),
                frames: Vec::new(),
            });
            post.id = post.id.min(plainsight_model::PostId::from_quote(&quote.id));
            post.frames.push((page.document.id, number));
        }
    }
    let posts: Vec<PostInput> = by_city.into_values().collect();
    test(&Input {
        lens: "test",
        documents: &documents,
        posts: &posts,
        copies: &copies,
        citations: &cited,
        judgements,
        registers: &[],
        agencies: &(),
        places: &(),
    })
}
