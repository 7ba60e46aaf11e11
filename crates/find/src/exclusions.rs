//! What looks alike: decoys, rooms at home, schemes of other bodies.

use crate::found::{Passage, TermAt};
use plainsight_lens::{Lens, Strength};
use plainsight_model::{Excluded, Span};

/// Terms in `span` that take out what is said of them; weak ones take out only weak posts.
pub(crate) fn in_span<'p>(passage: &'p Passage, span: Span) -> impl Iterator<Item = &'p TermAt> {
    passage.terms.iter().filter(move |term| span.contains(&term.span) && term.kind.is_exclusion())
}

/// Whether any exclusion stands in `span`, context ones apart.
pub(crate) fn any(passage: &Passage, span: Span) -> bool {
    in_span(passage, span).any(|term| term.strength != Strength::Context)
}

/// All spans of a passage that an exclusion takes out.
pub(crate) fn excluded(passage: &Passage, lens: &Lens) -> Vec<Excluded> {
    in_span(passage, passage.block.span)
        .filter(|term| term.strength != Strength::Context)
        .map(|term| {
            let words = lens.settings.exclusions.get(term.kind.as_str()).map_or("excluded", String::as_str);
            let meaning = &lens.terms[term.number].meaning;
            Excluded { span: term.span, why: format!("{}: {words} ({meaning})", term.text) }
        })
        .collect()
}
