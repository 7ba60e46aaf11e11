//! The form of a name that a source itself writes, and where it stands there.
//!
//! Claims call a body by one name, whoever writes of it; a page about the body
//! shows what each source wrote.

use crate::views::StatementRow;
use crate::who::{name_row, slot_of};
use plainsight_model::{Findings, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// Puts the form that each source writes in the place of the common name. `predicates` says what
/// the claim of a statement is of; a form that cannot be told from others leaves the common one.
pub(crate) fn as_written(
    statements: &mut [StatementRow],
    predicates: &BTreeMap<&str, &str>,
    findings: &BTreeMap<String, Findings>,
) {
    let slot = |row: &StatementRow| match row.property.as_str() {
        "name" => match row.claim.as_deref().and_then(|claim| predicates.get(claim).copied()) {
            Some("exists") => Some("name"),
            Some(predicate) => slot_of(predicate),
            None => None,
        },
        _ => None,
    };
    // What the common names are keyed by, wherever one stands: another form of the key is the body's too.
    let common: BTreeSet<&str> = statements.iter().map(|row| row.value.as_str()).collect();
    let fills = findings.values().flat_map(|f| &f.frames).flat_map(|frame| frame.slots.values().flatten());
    let stems: BTreeSet<String> = fills
        .filter(|fill| common.contains(fill.text.as_str()) && !fill.key.is_empty())
        .map(|fill| stem(&fill.key))
        .collect();
    for row in statements {
        let Some(slot) = slot(row) else { continue };
        let Some(found) = findings.get(&row.document) else { continue };
        let frames = found.frames.iter().filter(|f| f.span.start == row.start && f.span.end == row.end);
        let fills: Vec<&Slot> =
            frames.flat_map(|frame| frame.slots.get(slot).into_iter().flatten()).collect();
        let Some(form) = form(&fills, &row.value, &stems, slot == "name") else { continue };
        row.lang = name_row(&form.text, &row.of_lang).lang;
        (row.value, row.start, row.end) = (form.text.clone(), form.span.start, form.span.end);
    }
}

fn form<'s>(fills: &[&'s Slot], value: &str, stems: &BTreeSet<String>, of_post: bool) -> Option<&'s Slot> {
    let texts: BTreeSet<&str> = fills.iter().map(|fill| fill.text.as_str()).collect();
    let same = fills.iter().find(|fill| fill.text == value);
    let keyed = fills.iter().find(|fill| stems.contains(&stem(&fill.key)));
    let only = fills.first().filter(|_| texts.len() == 1);
    let of_a_post = fills.first().filter(|_| of_post);
    same.or(keyed).or(only).or(of_a_post).copied()
}

/// Place, level and function: names that agree in these are one body's.
fn stem(key: &str) -> String {
    key.split('|').take(3).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::{Frame, FrameKind, Modality, Span, Voice};

    fn slot(text: &str, key: &str, start: usize) -> Slot {
        let span = Span::new(start, start + text.chars().count());
        Slot { span, text: text.into(), key: key.into(), inferred: false }
    }

    fn frame(start: usize, end: usize, fills: Vec<Slot>) -> Frame {
        Frame {
            kind: FrameKind::from("post"),
            span: Span::new(start, end),
            slots: [("operator".into(), fills)].into(),
            voice: Voice::default(),
            modality: Modality::Asserted,
            status: None,
            rule: "post:sentence".into(),
        }
    }

    fn statement(document: &str, start: usize, end: usize) -> StatementRow {
        StatementRow {
            property: "name".into(),
            value: "灯港市公安局".into(),
            lang: "zh".into(),
            claim: Some("clm-1".into()),
            quote: "quo-1".into(),
            document: document.into(),
            title: None,
            date: None,
            start,
            end,
            text: String::new(),
            of_lang: "nl".into(),
            voice: String::new(),
            read_by: Vec::new(),
            withdrawn: false,
        }
    }

    /// Bodies and pages are invented.
    #[test]
    fn each_source_is_shown_with_its_own_form_at_its_own_place() {
        let own = slot("灯港市公安局", "990100|public-security|bureau", 3);
        let dutch = slot("politie van Denggang", "990100|public-security|bureau|x", 12);
        let other = slot("politie van Wuzhen", "990200|public-security|bureau", 40);
        let found = |frames: Vec<Frame>| Findings { frames, ..Findings::default() };
        let findings = [
            ("doc-han".to_owned(), found(vec![frame(0, 20, vec![own])])),
            ("doc-nl".to_owned(), found(vec![frame(5, 90, vec![other.clone(), dutch])])),
            // Two bodies, and no way to tell which is meant: the common name stays.
            (
                "doc-two".to_owned(),
                found(vec![frame(5, 90, vec![other, slot("politie van Mistdorp", "", 60)])]),
            ),
        ];
        let mut rows = [statement("doc-han", 0, 20), statement("doc-nl", 5, 90), statement("doc-two", 5, 90)];
        as_written(&mut rows, &[("clm-1", "operated_by")].into(), &findings.into());
        let shown = rows.each_ref().map(|row| (row.value.as_str(), row.lang.as_str(), row.start));
        assert_eq!(
            shown,
            [("灯港市公安局", "zh", 3), ("politie van Denggang", "nl", 12), ("灯港市公安局", "zh", 5)]
        );
    }
}
