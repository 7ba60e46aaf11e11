//! Spans and quotes.

use crate::{DocumentId, QuoteId};
use serde::{Deserialize, Serialize};

/// A range of a document's canonical text: code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
}

impl Span {
    /// Makes a span.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
    /// The number of code points.
    pub fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }
    /// Tells whether nothing is inside.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Tells whether `other` lies wholly inside.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Tells whether the two share a code point.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A span with its exact string; what every statement of a case rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quote {
    /// Document, string and number as one id.
    pub id: QuoteId,
    /// Where it stands.
    pub document: DocumentId,
    /// Its place in the canonical text as last read.
    pub span: Span,
    /// The exact string.
    pub exact: String,
    /// Its number among equal strings of the document, from 0. It survives a
    /// reader that moves every offset.
    pub number: u32,
}

/// The byte at which a code point begins or the text ends.
fn byte(text: &str, code_point: usize) -> Option<usize> {
    let mut rest = text.chars();
    if let Some(before) = code_point.checked_sub(1) {
        rest.nth(before)?;
    }
    Some(text.len() - rest.as_str().len())
}

impl Quote {
    /// Cuts the quote at `span` out of `text`; `None` if the span leaves the
    /// text or is empty.
    pub fn cut(document: DocumentId, text: &str, span: Span) -> Option<Self> {
        if span.is_empty() {
            return None;
        }
        let start = byte(text, span.start)?;
        let end = start + byte(&text[start..], span.end - span.start)?;
        let exact = &text[start..end];
        // Overlapping occurrences count too, so that every place has a number of its own.
        let mut number = 0;
        let mut from = 0;
        while let Some(found) = text[from..].find(exact) {
            let at = from + found;
            if at >= start {
                break;
            }
            number += 1;
            from = at + exact.chars().next().map_or(1, char::len_utf8);
        }
        Some(Self {
            id: QuoteId::of(&document, exact, number),
            document,
            span,
            exact: exact.to_owned(),
            number,
        })
    }

    /// Finds the `number`-th occurrence of `exact` in `text` again.
    pub fn find(document: DocumentId, text: &str, exact: &str, number: u32) -> Option<Self> {
        if exact.is_empty() {
            return None;
        }
        let mut from = 0;
        let mut seen = 0;
        while let Some(found) = text[from..].find(exact) {
            let at = from + found;
            if seen == number {
                let start = text[..at].chars().count();
                let span = Span::new(start, start + exact.chars().count());
                return Some(Self {
                    id: QuoteId::of(&document, exact, number),
                    document,
                    span,
                    exact: exact.to_owned(),
                    number,
                });
            }
            seen += 1;
            from = at + exact.chars().next().map_or(1, char::len_utf8);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_numbered_among_equals_and_found_again() {
        let document = DocumentId::of_payload(b"x");
        let text = "甲乙甲乙丙";
        let second = Quote::cut(document, text, Span::new(2, 4)).expect("inside");
        assert_eq!((second.exact.as_str(), second.number), ("甲乙", 1));
        assert_eq!(Quote::find(document, &format!("前{text}"), "甲乙", 1).expect("there").id, second.id);
        assert!(Quote::cut(document, text, Span::new(4, 6)).is_none());
        assert!(Quote::cut(document, text, Span::new(1, 1)).is_none());
    }
}
