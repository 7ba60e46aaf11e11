//! Who counts, by which name, and which counts were joined by mistake.

use crate::gather::Item;
use crate::statements::slots;
use crate::view::View;
use plainsight_model::{Frame, Side, Slot};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// The spelling of each body that stands in the case most often, the smallest of equals: a body
/// that counts has one name, whoever tells of its counts.
pub(crate) fn spellings(view: &View<'_>) -> BTreeMap<String, String> {
    let mut times: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for frame in view.documents.iter().flat_map(|d| &d.findings.frames) {
        for slot in ["operator", "counter"].into_iter().flat_map(|name| slots(frame, name)) {
            *times.entry(&slot.key).or_default().entry(&slot.text).or_default() += 1;
        }
    }
    let best = |texts: BTreeMap<&str, usize>| {
        texts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(text, _)| text.to_owned())
    };
    times.into_iter().filter_map(|(key, texts)| Some((key.to_owned(), best(texts)?))).collect()
}

/// Who counts: the slot, else the body that speaks of its own count.
pub(crate) fn counter(view: &View<'_>, item: &Item, frame: &Frame) -> Option<(String, String)> {
    if let Some(slot) = slots(frame, "counter").find(|s| !s.key.is_empty()) {
        return Some((slot.key.clone(), slot.text.clone()));
    }
    let counts = |side| matches!(side, Side::SendingBody | Side::Ngo | Side::HostState);
    if let Some(speaker) = &item.speaker {
        let key = speaker.key.clone().unwrap_or_else(|| fold(&speaker.text));
        return counts(item.side).then(|| (key, speaker.text.clone()));
    }
    let publisher = view.documents[item.document].findings.publisher.as_ref()?;
    counts(publisher.side).then(|| (publisher.key.clone(), publisher.text.clone()))
}

/// The right number where a count joins two values that its counter's own
/// page, or a page that it cites, pairs otherwise ("54 in 21 countries").
pub(crate) fn wrong_join(
    view: &View<'_>,
    item: &Item,
    frame: &Frame,
    counter: Option<&(String, String)>,
    value: &Slot,
) -> Option<String> {
    let mut sources: BTreeSet<usize> = counter.map(|c| view.published_by(&c.0)).unwrap_or_default();
    if sources.contains(&item.document) {
        return None;
    }
    for citation in view.citations(item.document, frame.span) {
        if let crate::Cited::Named { documents, .. } = &citation.source {
            sources.extend(documents.iter().filter_map(|d| view.number(d)));
        }
    }
    let (_, unit) = value.key.split_once('|')?;
    let anchors: BTreeSet<&str> =
        slots(frame, "count").map(|s| s.key.as_str()).filter(|k| !k.ends_with(&format!("|{unit}"))).collect();
    let mut right = BTreeSet::new();
    for source in sources {
        for other in view.documents[source].findings.frames.iter().filter(|f| f.kind == "count") {
            let keys: BTreeSet<&str> = slots(other, "count").map(|s| s.key.as_str()).collect();
            if keys.is_disjoint(&anchors) {
                continue;
            }
            if keys.contains(value.key.as_str()) {
                return None;
            }
            right.extend(
                keys.iter().filter_map(|k| k.split_once('|')).filter(|(_, u)| *u == unit).map(|(n, _)| n),
            );
        }
    }
    right.first().map(|n| (*n).to_owned())
}
