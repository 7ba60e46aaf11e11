//! A post's name as written: place, operator and term as far as they stand together.

use super::unit::Unit;
use crate::found::TermAt;
use plainsight_lens::TermKind;
use plainsight_model::{Slot, Span};

/// What may stand between parts of one name.
const JOINTS: &[&str] = &["", "·", "驻", "駐"];

/// The name around a term.
pub(crate) fn name(unit: &Unit, term: &TermAt) -> Slot {
    let passage = unit.passage;
    // A Latin name is the term as it stands: what follows it (“of the police of …”) is its operator.
    if !term.text.chars().any(plainsight_text::is_han) {
        return passage.slot(term.span, plainsight_text::fold(&term.text));
    }
    let mut parts: Vec<Span> = passage.places_in(unit.span).map(|place| place.span).collect();
    parts.extend(passage.agencies_in(unit.span).filter(|agency| agency.operator).map(|agency| agency.span));
    parts.extend(
        unit.terms()
            .filter(|other| other.kind.is_post() || other.kind == TermKind::PostNameNoun)
            .map(|other| other.span),
    );
    let mut whole = term.span;
    // Each turn takes one part in, so that the number of turns is the number of parts.
    for _ in 0..parts.len() {
        let Some(part) = parts.iter().find(|part| !whole.contains(part) && touches(unit, whole, **part))
        else {
            break;
        };
        whole = Span::new(whole.start.min(part.start), whole.end.max(part.end));
    }
    let text = passage.cut(whole);
    Slot { span: whole, key: plainsight_text::fold(&text), text, inferred: false }
}

fn touches(unit: &Unit, whole: Span, part: Span) -> bool {
    let between = if part.end <= whole.start {
        Span::new(part.end, whole.start)
    } else if whole.end <= part.start {
        Span::new(whole.end, part.start)
    } else {
        return false;
    };
    between.len() <= 8 && JOINTS.contains(&unit.passage.cut(between).as_str())
}
