//! *Count* frames (how many posts, by whom, as of when) and *withdrawal* frames.

use super::Page;
use super::acts::about;
use super::memory::Memory;
use super::scope::Scope;
use super::told::pattern;
use super::unit::{Slots, Unit, put};
use crate::exclusions;
use crate::found::Found;
use crate::words::{List, list};
use plainsight_lens::Strength;
use plainsight_model::{Frame, MentionKind, Modality, Side, Slot, Span};
use plainsight_text::fold;
use regex::Regex;
use std::sync::LazyLock;

/// Makes the frames of figures.
pub(crate) fn figures(
    unit: &Unit,
    scope: &Scope,
    made: &[Frame],
    memory: &Memory,
    page: &Page,
) -> Vec<Frame> {
    let counts: Vec<&Found> = unit.passage.of(MentionKind::Count, unit.span).collect();
    let withdrawn = withdrawal(unit, &counts, made, memory, page);
    if !withdrawn.is_empty() {
        return withdrawn;
    }
    let bodies = of_bodies(unit, page);
    if counts.is_empty()
        || !(about_posts(unit, scope) || bodies.is_some() && !exclusions::any(unit.passage, unit.span))
    {
        return Vec::new();
    }
    counts
        .iter()
        // “Of the two bureaus” counts the bureaus, whose posts are counted here.
        .filter(|count| bodies.is_none_or(|bodies| !bodies.overlaps(&count.span)))
        .filter(|count| !means_both(unit, count, page))
        .map(|count| {
            let mut slots = Slots::new();
            put(&mut slots, "count", count.slot());
            counter(unit, page).into_iter().for_each(|slot| put(&mut slots, "counter", slot));
            as_of(unit).into_iter().for_each(|slot| put(&mut slots, "as_of", slot));
            unit.frame("count", slots, None, "count:sentence")
        })
        .collect()
}

/// Several bodies together, folded: “of the two bureaus”, 两局合计.
static BODIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:of|by|from) (?:the |these |those )?(?:two|both|three|four|all) (?:police |public security )?(?:bureaus|bureaux|bodies|forces|agencies|departments|authorities)\b|\b(?:van|door) (?:de |deze |die )?(?:twee|beide|drie|vier|alle) (?:bureaus|politiebureaus|diensten|instanties|korpsen|organen)\b|\b(?:de|por) (?:las |los |estas |estos )?(?:dos|ambas|ambos|tres|cuatro) (?:oficinas|organismos|cuerpos|departamentos|autoridades|comisarias|jefaturas)\b|(?:两|二|三|四|上述|上述两|这两)(?:个|家)?(?:公安局|公安机关|警方|机关|单位|局)",
    )
});

/// Where a statement speaks of several bodies together, in a document that names several.
fn of_bodies(unit: &Unit, page: &Page) -> Option<Span> {
    if page.operators < 2 {
        return None;
    }
    let folded = plainsight_text::fold_with_map(&unit.text());
    let found = BODIES.find(&folded.text)?;
    let code_point = |byte: usize| folded.text[..byte].chars().count();
    let (from, to) = folded.source(code_point(found.start()), code_point(found.end()));
    Some(Span::new(unit.span.start + from, unit.span.start + to))
}

static BOTH: List = list!["both", "beide", "ambos", "ambas"];
static THESE: List =
    list!["the", "these", "de", "deze", "los", "las", "estos", "estas", "这", "上述", "该", "其"];

/// Whether “two” means both posts named before: 两处站点, “the two posts”. Nobody counts then.
fn means_both(unit: &Unit, count: &Found, page: &Page) -> bool {
    let folded = fold(&count.text);
    let from = count.span.start.saturating_sub(8).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, count.span.start)));
    let both =
        BOTH.begins_in(&folded) || count.text.starts_with(['两', '兩']) || THESE.ends(before.trim_end());
    count.key == "2|posts" && both && counter(unit, page).is_none()
}

/// Whether a statement counts posts, not assistance centres or kiosks.
fn about_posts(unit: &Unit, scope: &Scope) -> bool {
    if unit.strong_post() {
        return true;
    }
    if exclusions::any(unit.passage, unit.span) {
        return false;
    }
    let weak = unit.terms().any(|term| term.kind.is_post() && term.strength == Strength::Weak);
    let block =
        unit.passage.terms.iter().any(|term| term.kind.is_post() && term.strength == Strength::Strong);
    let beside = block || scope.near() || unit.operators().next().is_some();
    // A noun such as 驿站 or “centres” in a block about posts counts them too.
    let noun = unit.terms().any(|term| term.kind == plainsight_lens::TermKind::PostNameNoun);
    (weak || noun) && beside || noun && block
}

/// Who counts: the one credited, the operator in the statement, else the publisher's own voice (no slot).
fn counter(unit: &Unit, page: &Page) -> Option<Slot> {
    // “the list of X (…) gives”: X counts.
    if let Some(phrase) = unit.voice().phrase
        && let Some(agency) = unit.passage.agencies_in(phrase).find(|agency| agency.operator)
    {
        return Some(unit.passage.slot(agency.span, agency.key.clone()));
    }
    if unit.voice().phrase.is_some() && unit.voice().side != Side::Unknown {
        return unit.by(page);
    }
    if let Some(agency) = unit.operators().next() {
        return Some(unit.passage.slot(agency.span, agency.key.clone()));
    }
    unit.voice().phrase.and_then(|_| unit.by(page))
}

static AS_OF: List = list![
    "截至",
    "截止",
    "as of",
    "by",
    "per",
    "op",
    "tot",
    "a fecha de",
    "al",
    "hasta",
    "en",
    "in",
    "到",
    "since",
    "eind",
    "a finales de",
    "late",
    "at the end of",
    "until",
    "目前"
];

/// The day for which a count holds.
fn as_of(unit: &Unit) -> Option<Slot> {
    let dates: Vec<&Found> = unit.passage.of(MentionKind::Date, unit.span).collect();
    let cued = dates.iter().find(|date| {
        let from = date.span.start.saturating_sub(16).max(unit.span.start);
        let before = fold(&unit.passage.cut(Span::new(from, date.span.start)));
        AS_OF.ends(before.trim_end())
    });
    cued.or(if dates.len() == 1 { dates.first() } else { None }).map(|date| {
        let mut slot = date.slot();
        // “by 1 December” counts on that day, however long it was so.
        if let Some(day) = slot.key.strip_prefix("../").or_else(|| slot.key.strip_prefix('/')) {
            slot.key = day.to_owned();
        }
        slot
    })
}

static CORRECTION: List = list![
    "更正",
    "勘误",
    "撤回",
    "订正",
    "有误",
    "rectificatie",
    "correctie",
    "rechtzetting",
    "ingetrokken",
    "trekken wij",
    "trekt in",
    "herstellen",
    "ten onrechte",
    "rectifica",
    "rectificacion",
    "correccion",
    "fe de erratas",
    "retiramos",
    "retira",
    "por error",
    "erroneamente",
    "correction",
    "corrected",
    "correct the",
    "we correct",
    "withdraw",
    "withdrawn",
    "withdraws",
    "retract",
    "retracted",
    "erroneously",
    "in error",
    "wrongly",
    "mistakenly",
];
/// Words that take a statement back whole, folded.
static TAKEN_BACK: List = list![
    "撤回",
    "ingetrokken",
    "trekken wij",
    "trekt in",
    "retiramos",
    "retira",
    "withdraw",
    "withdrawn",
    "withdraws",
    "retract",
    "retracted",
];
static HEADED: List = list![
    "correction",
    "correctie",
    "rectificatie",
    "rectificacion",
    "correccion",
    "fe de erratas",
    "更正",
    "勘误"
];
static WRONG: List = list![
    "误为",
    "误作",
    "误写为",
    "而非",
    "并非",
    "不是",
    "错误地",
    "原文",
    "此前",
    "ten onrechte",
    "niet",
    "in plaats van",
    "eerder",
    "no",
    "en lugar de",
    "erroneamente",
    "por error",
    "not",
    "instead of",
    "rather than",
    "wrongly",
    "erroneously",
    "mistakenly",
    "earlier",
    "said",
    "stated",
    "wrote",
    "figure of",
    "cijfer van",
    "cifra de",
];
static RIGHT: List = list![
    "应为",
    "实为",
    "而是",
    "应是",
    "正确",
    "moet zijn",
    "moeten zijn",
    "maar",
    "juiste",
    "zijn er",
    "het zijn er",
    "debe decir",
    "sino",
    "son",
    "correcta",
    "should be",
    "should read",
    "should have been",
    "but",
    "correct",
    "is in fact",
    "are in fact",
];

/// The publisher's own taking back of what it said.
fn withdrawal(unit: &Unit, counts: &[&Found], made: &[Frame], memory: &Memory, page: &Page) -> Vec<Frame> {
    let folded = fold(&unit.text());
    let cue = CORRECTION.begins_in(&folded);
    let block_cue = || {
        let block = fold(&unit.passage.letters.iter().take(60).collect::<String>());
        HEADED.within(&block)
    };
    if !(cue || !counts.is_empty() && block_cue()) {
        return Vec::new();
    }
    // Only the page itself can take back what it said.
    let voice = unit.voice();
    let own = voice.speaker.is_none()
        || page.publisher.is_some_and(|publisher| voice.key.as_deref() == Some(publisher.key.as_str()));
    if !own || unit.modality() == Modality::Planned {
        return Vec::new();
    }
    let mut slots = Slots::new();
    let mut wrong = Vec::new();
    let mut right = Vec::new();
    for count in counts {
        match verdict(unit, count) {
            Some(false) => wrong.push(*count),
            Some(true) => right.push(*count),
            None => {}
        }
    }
    if wrong.is_empty() && right.is_empty() && TAKEN_BACK.begins_in(&folded) {
        // “We withdraw the statement that X had 3 posts in 9 countries” puts nothing in its place.
        wrong.extend(counts);
    } else if wrong.is_empty() && right.is_empty() && counts.len() > 1 {
        wrong.push(counts[0]);
        right.push(counts[counts.len() - 1]);
    } else if wrong.is_empty() && cue {
        wrong.extend(counts.iter().filter(|count| !right.contains(count)).take(1));
    }
    wrong.iter().for_each(|count| put(&mut slots, "count", count.slot()));
    right.iter().for_each(|count| put(&mut slots, "corrected", count.slot()));
    if slots.is_empty() && cue {
        for anchor in about(unit, made, memory) {
            anchor.name.into_iter().for_each(|slot| put(&mut slots, "name", slot));
            anchor.place.into_iter().for_each(|slot| put(&mut slots, "place", slot));
        }
    }
    if slots.is_empty() || !slots.keys().any(|name| name != "corrected") {
        return Vec::new();
    }
    let mut frame =
        unit.frame("withdrawal", slots, Some(plainsight_model::Status::Withdrawn), "withdrawal:sentence");
    frame.modality = Modality::Asserted;
    vec![frame]
}

/// Whether the words before a count call it right or wrong; the nearest decides.
fn verdict(unit: &Unit, count: &Found) -> Option<bool> {
    let from = count.span.start.saturating_sub(28).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, count.span.start)));
    match (WRONG.last_end(&before), RIGHT.last_end(&before)) {
        (None, None) => None,
        (wrong, right) => Some(right > wrong),
    }
}

#[cfg(test)]
mod tests {
    use crate::Finder;
    use plainsight_lens::Lens;

    /// What the first withdrawal in `text` takes back and what it puts in its place.
    fn taken(finder: &Finder, text: &str) -> (String, String) {
        let findings = finder.find_text(text, None, None);
        let frame = findings.frames.iter().find(|frame| frame.kind == "withdrawal");
        let slots = &frame.unwrap_or_else(|| panic!("no withdrawal: {text}")).slots;
        let keys = |name: &str| {
            let keys = slots.get(name).into_iter().flatten().map(|slot| slot.key.as_str());
            keys.collect::<Vec<_>>().join(" ")
        };
        (keys("count"), keys("corrected"))
    }

    #[test]
    fn counts_of_two_units_are_taken_back_together() {
        let finder = Finder::new(Lens::builtin("overseas-posts").expect("built in"));
        for (text, count, corrected) in [
            ("We withdraw the statement that it runs 26 posts in 9 countries.", "26|posts 9|countries", ""),
            ("Daarmee trekken wij de 26 posten in 9 landen in.", "26|posts 9|countries", ""),
            ("Retiramos la cifra de 26 puestos en 9 países.", "26|posts 9|countries", ""),
            ("Correction: 54 police stations, 30 police stations.", "54|posts", "30|posts"),
        ] {
            assert_eq!(taken(&finder, text), (count.to_owned(), corrected.to_owned()), "{text}");
        }
    }
}
