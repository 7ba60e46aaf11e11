//! A frame without slots for a statement of which the finders made none: voice, modality, status.

use super::Page;
use super::unit::{Slots, Unit};
use crate::found::Passage;
use plainsight_lens::Lens;
use plainsight_model::{Frame, Publisher, Span};
use plainsight_text::Day;

/// Reads who says a statement and how surely. A status is a post's alone.
pub(crate) fn frame_of(
    passage: &Passage,
    span: Span,
    kind: &str,
    publisher: Option<&Publisher>,
    lens: &Lens,
    written: (Option<Day>, Option<&str>),
) -> Frame {
    let page = Page::of(std::slice::from_ref(passage), publisher, lens, written);
    let unit = Unit::new(passage, span, &page);
    let status = if kind == "post" { unit.status(&page) } else { None };
    unit.frame(kind, Slots::new(), status, "")
}
