//! The days on which a post opened and closed.

use super::Page;
use super::acts::inquired;
use super::unit::{Slots, Unit, put};
use crate::found::{Found, gap};
use crate::words::{List, list};
use plainsight_lens::TermKind;
use plainsight_model::{MentionKind, Modality, Slot, Span};
use plainsight_text::{fold, is_han};

/// Words before the day from which something is so, folded.
static SINCE: List = list!["since", "sinds", "sedert", "desde", "自", "自从"];

/// Words before the day from which something was so until another, folded.
static FROM: List = list!["from", "van", "vanaf", "de", "del", "从"];

/// Words before the day until which something was so, folded.
static UNTIL: List = list!["tot", "tot en met", "until", "till", "hasta", "至", "直到"];

/// Words for a day that the sentence before said, folded.
static THAT_DAY: List =
    list!["这一天", "当天", "当日", "这天", "that day", "die dag", "ese dia", "aquel dia"];

/// Words that say a post is kept, folded: “the police has run a station since June” opened it then, “the
/// ministry has looked into the station since June” did not.
static KEPT: List = list![
    "open",
    "geopend",
    "actief",
    "in bedrijf",
    "houdt",
    "hield",
    "runt",
    "runde",
    "exploiteert",
    "exploiteerde",
    "beheert",
    "beheerde",
    "draait",
    "draaide",
    "werkt",
    "werkte",
    "bestaat",
    "bestond",
    "zit",
    "zat",
    "gevestigd",
    "abierto",
    "abierta",
    "abre",
    "activo",
    "activa",
    "mantiene",
    "mantenia",
    "opera",
    "operaba",
    "funciona",
    "funcionaba",
    "gestiona",
    "gestionaba",
    "tiene",
    "tenia",
    "existe",
    "existia",
    "en marcha",
    "runs",
    "ran",
    "run",
    "running",
    "operates",
    "operated",
    "operating",
    "in operation",
    "keeps",
    "kept",
    "maintains",
    "maintained",
    "active",
    "exists",
    "existed",
    "works",
    "worked",
    "working",
    "has had",
    "ran in",
    "occupied",
    "llevan",
    "atiende",
    "atienden",
    "houdt daar",
    "起是",
    "常驻",
    "设有",
    "设立",
    "运营",
    "运作",
    "运行",
    "营运",
    "经营",
    "开办",
    "存在",
    "开放",
];

/// Words before the day for which a figure holds: nothing opens on it.
static AS_OF: List = list!["截至", "截止", "as of", "fecha de"];

/// Words before a day that comes again and again: hours of a post, and no opening.
static EACH: List =
    list!["逢", "每", "每逢", "elke", "iedere", "every", "each", "cada", "todos los", "todas las", "los"];

/// Words for the moment of speaking, folded: a post is open now, and was opened some day.
static NOW: List = list![
    "现在",
    "目前",
    "如今",
    "现",
    "至今",
    "now",
    "nowadays",
    "currently",
    "today still",
    "nu",
    "tegenwoordig",
    "momenteel",
    "ahora",
    "actualmente",
    "hoy en dia",
    "周一至周五",
];

/// The farthest that a day may stand from its verb, in characters.
const REACH: usize = 90;

/// Opening and closing days: a day goes to the nearest verb, and since a day a post is kept.
pub(super) fn days(unit: &Unit, slots: &mut Slots, page: &Page, own: &dyn Fn(Span) -> bool) {
    let ordered = unit.terms_of(TermKind::Reaction).next().is_some();
    let folded = fold(&unit.text());
    let kept = KEPT.within(&folded) && !ordered && !inquired(&folded);
    // “Run on behalf of” and “located” open and close nothing.
    let verbs: Vec<(Span, Option<bool>)> = unit
        .terms_of(TermKind::Verb)
        .filter_map(|term| Some((term.span, Some(opens(&page.lens.terms[term.number].meaning)?))))
        .collect();
    that_day(unit, slots, &verbs, own);
    for found in unit.passage.of(MentionKind::Date, unit.span).filter(|found| own(found.span)) {
        if unit.voice().phrase.is_some_and(|phrase| phrase.contains(&found.span)) {
            continue;
        }
        let reach = if unit.passage.letters.iter().any(|c| is_han(*c)) { REACH / 3 } else { REACH };
        let verb = verbs
            .iter()
            .filter(|(span, _)| gap(*span, found.span) <= reach)
            .min_by_key(|(span, _)| gap(*span, found.span));
        let verb =
            verb.filter(|(span, _)| !verbs_day(unit, found.span, *span) && !parted(unit, found.span, *span));
        let before = words_before(unit, found.span);
        let since = SINCE.ends(before.trim_end())
            || found.key.ends_with("/..")
            || FROM.ends(before.trim_end()) && ends_later(unit, found);
        if AS_OF.ends(before.trim_end()) || EACH.ends(before.trim_end()) || NOW.is(&fold(&found.text)) {
            continue;
        }
        // What is said as done was not done on a day to come.
        let future =
            page.day.is_some_and(|day| found.key.get(..10).is_some_and(|key| key > day.to_string().as_str()));
        if future && unit.modality() == Modality::Asserted {
            continue;
        }
        let slot = || began(found, page);
        if verb.is_none() && entrusted(unit, found.span) {
            put(slots, "opened", slot());
            continue;
        }
        match verb {
            _ if kept && !since && (UNTIL.ends(before.trim_end()) || found.key.starts_with("../")) => {
                put(slots, "closed", slot())
            }
            _ if since && kept => put(slots, "opened", slot()),
            Some((_, Some(true))) => put(slots, "opened", slot()),
            Some((verb, Some(false))) if !ordered || told_apart(unit, found.span, *verb) => {
                put(slots, "closed", slot())
            }
            _ => {}
        }
    }
}

/// Words for giving a post into somebody's hands, folded.
static ENTRUSTED: List = list!["委托", "授权", "批准", "选定", "指定"];

/// 于2018年10月委托该会承办: a post began on the day on which its body entrusted somebody with it.
fn entrusted(unit: &Unit, day: Span) -> bool {
    let to = (day.end + 4).min(unit.span.end);
    let after = fold(&unit.passage.cut(Span::new(day.end, to)));
    let kept = unit
        .terms_of(TermKind::Verb)
        .any(|verb| verb.span.start >= day.end && gap(verb.span, day) <= REACH / 3);
    kept && ENTRUSTED.iter().any(|word| after.starts_with(word))
}

/// Whether a day is that of closing and not of the order to close: it stands nearer to the word for closing.
fn told_apart(unit: &Unit, day: Span, verb: Span) -> bool {
    unit.terms_of(TermKind::Reaction).all(|order| gap(order.span, day) > gap(verb, day) + NEAR)
}

/// “… last Saturday. On that day the station opened”: the only day of the sentence before.
fn that_day(unit: &Unit, slots: &mut Slots, verbs: &[(Span, Option<bool>)], own: &dyn Fn(Span) -> bool) {
    let opened = verbs.iter().any(|(span, opens)| *opens == Some(true) && own(*span));
    if !opened || !THAT_DAY.within(&fold(&unit.text())) {
        return;
    }
    let before = unit.passage.sentences.iter().rev().find(|sentence| sentence.end <= unit.span.start);
    let mut days = before.into_iter().flat_map(|sentence| unit.passage.of(MentionKind::Date, *sentence));
    if let (Some(day), None) = (days.next(), days.next()) {
        put(slots, "opened", Slot { inferred: true, ..day.slot() });
    }
}

/// Whether the statement says when something opened or closed.
pub(super) fn tells_days(unit: &Unit, page: &Page) -> bool {
    let mut slots = Slots::new();
    if unit.passage.of(MentionKind::Date, unit.span).next().is_some() {
        days(unit, &mut slots, page, &|_| true);
    }
    !slots.is_empty()
}

/// What stands before a day, folded, without its article: “sinds de”, “desde el”.
fn words_before(unit: &Unit, day: Span) -> String {
    const ARTICLES: [&str; 7] = ["de", "het", "the", "el", "la", "los", "las"];
    let from = day.start.saturating_sub(14).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, day.start)));
    let bare = before.trim_end();
    let article = ARTICLES.iter().find_map(|word| bare.strip_suffix(word)?.strip_suffix(' '));
    // “de” is an article in Dutch and a preposition in Spanish: with nothing before it, it stays.
    article.filter(|rest| !rest.trim().is_empty()).unwrap_or(bare).to_owned()
}

/// Whether the statement says until when what began on a day went on.
fn ends_later(unit: &Unit, day: &Found) -> bool {
    unit.passage.of(MentionKind::Date, unit.span).any(|other| {
        other.span.start >= day.span.end
            && (UNTIL.ends(words_before(unit, other.span).trim_end()) || other.key.starts_with("../"))
    })
}

/// Whether the verb has another day nearer to it, and this one stands in another clause.
fn verbs_day(unit: &Unit, day: Span, verb: Span) -> bool {
    let mut others = unit.passage.of(MentionKind::Date, unit.span).filter(|other| other.span != day);
    others.any(|other| gap(other.span, verb) < gap(day, verb)) && gap(day, verb) > NEAR
}

/// Whether the verb stands in words that the sentence only quotes: the day is that of the page it quotes.
fn parted(unit: &Unit, day: Span, verb: Span) -> bool {
    let between = Span::new(day.end.min(verb.end), verb.start.max(day.start));
    between.start < between.end && unit.passage.cut(between).contains(['«', '“', '„', '"', ';'])
}

/// So near to a verb a day belongs to it, whatever else stands there.
const NEAR: usize = 8;

/// The day, month or year on which what is so since then began: “since June 2018” is `2018-06`, and not the
/// range from its first day on.
fn began(found: &Found, page: &Page) -> Slot {
    let slot = found.slot();
    let Some(first) = slot.key.strip_suffix("/..") else { return slot };
    let day = page.day.map(|day| day.to_string());
    let mut inner = slot.text.trim_end_matches(['起', '始', '开', '開', '来', '來', '以', '今', '至']);
    inner = inner.trim_start_matches(['自', '从', '從']).trim();
    // Each turn takes the first word off: “desde el 4 de mayo”, “el 4 de mayo”, …
    for _ in 0..4 {
        let read = plainsight_read::dates(inner, day.as_deref(), page.lang);
        let plain = read.into_iter().find_map(|date| date.edtf.filter(|edtf| !edtf.contains('/')));
        if let Some(key) = plain.filter(|key| first.starts_with(key.as_str())) {
            return Slot { key, ..slot };
        }
        let Some((_, rest)) = inner.split_once(char::is_whitespace) else { break };
        inner = rest;
    }
    Slot { key: first.to_owned(), ..slot }
}

/// Whether a verb of the lens opens (`true`), closes (`false`) or does neither.
pub(super) fn opens(meaning: &str) -> Option<bool> {
    let head = meaning.split([';', '(', ',']).next().unwrap_or("");
    const CLOSE: &[&str] = &["clos", "shut", "cease", "stop", "ban", "take down", "revoke", "leave"];
    const OPEN: &[&str] = &[
        "open",
        "found",
        "set up",
        "unveil",
        "inaugurat",
        "start",
        "put into use",
        "put up a plaque",
        "award a plaque",
        "in operation",
        "add",
        "settle",
        "without permission",
    ];
    if CLOSE.iter().any(|word| head.contains(word)) {
        Some(false)
    } else if OPEN.iter().any(|word| head.contains(word)) {
        Some(true)
    } else {
        None
    }
}
