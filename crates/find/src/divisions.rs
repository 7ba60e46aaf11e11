//! A division that keeps posts without its police being named: “the police posts of Yunling County”, “het
//! district X had in Y een loket”, 丽水在巴塞罗那设立警侨服务站. What the police of a division does is told as
//! the division's own as often as not.

use crate::found::{AgencyAt, Passage, PlaceAt};
use crate::words::{List, list};
use plainsight_lens::{Lens, PlaceKind, PlaceRef, TermKind};
use plainsight_model::{Side, Span};
use plainsight_resolve::{AgencySlots, country_adjective};
use plainsight_text::fold;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A division with the word for its kind.
static DIVISION: LazyLock<Regex> = LazyLock::new(|| {
    const NAME: &str = r"([A-ZÀ-Þ][\p{L}'’-]+(?:\s[A-ZÀ-Þ][\p{L}'’-]+)?)";
    Regex::new(&format!(
        r"\b(?i:district|arrondissement|provincie|regio|stad|gemeente|prefectuur|(?:county|city|district|prefecture|province|region|municipality) of|(?:condado|ciudad|distrito|provincia|región|municipio|prefectura) de)\s+{NAME}|\b{NAME}\s+(?:County|City|District|Prefecture|Province|Municipality|Region)\b"
    ))
    .expect("a pattern of this file, compiled in its tests")
});

/// Words that say whose something is, folded.
const OF: [&str; 6] = ["van", "of", "del", "de", "uit", "from"];

/// Words between them and a division, folded, beside the adjectives of states.
const BETWEEN: [&str; 5] = ["het", "de", "the", "la", "el"];

/// Verbs of whoever keeps or opens something, folded.
static KEEPS: List = list![
    "heeft",
    "had",
    "houdt",
    "hield",
    "opende",
    "runt",
    "runde",
    "exploiteert",
    "beheert",
    "richtte",
    "has",
    "keeps",
    "kept",
    "runs",
    "ran",
    "operates",
    "operated",
    "maintains",
    "opened",
    "set up",
    "established",
    "tiene",
    "tenia",
    "mantiene",
    "abrio",
    "gestiona",
    "instalo",
    "establecio",
    "puso",
];

/// Chinese words of setting up, folded as written in either script.
static SETS_UP: List = list!["设立", "设有", "开设", "设置", "建立", "建成", "成立", "增设", "挂牌"];

/// The farthest that the word for setting up stands behind the division, in characters.
const REACH: usize = 40;

/// Adds such divisions as bodies that may operate posts.
pub(crate) fn add(passages: &mut [Passage], lens: &Lens) {
    let posts = |passage: &Passage| passage.terms.iter().any(|term| term.kind.is_post());
    if !passages.iter().any(posts) {
        return;
    }
    let known: Vec<AgencyAt> = passages
        .iter()
        .flat_map(|passage| &passage.agencies)
        .filter(|agency| agency.operator)
        .cloned()
        .collect();
    let mut found: Vec<Vec<AgencyAt>> =
        passages.iter().map(|passage| of_block(passage, &known, lens)).collect();
    let mut states: BTreeMap<String, PlaceRef> = BTreeMap::new();
    for (passage, agencies) in passages.iter().zip(&found) {
        for agency in agencies.iter().filter(|agency| agency.slots.place.is_none()) {
            if let Some(state) = state_beside(passage, agency.span, lens) {
                states.entry(agency.slots.code.clone()).or_insert(state);
            }
        }
    }
    for (passage, mut found) in passages.iter_mut().zip(found.drain(..)) {
        for agency in found.iter_mut().filter(|agency| !agency.operator) {
            if let Some(state) = states.get(&agency.slots.code) {
                agency.operator = true;
                agency.country = Some(*state);
            }
        }
        found.retain(|agency| {
            let next = passage.agencies.partition_point(|other| other.span.end <= agency.span.start);
            agency.operator
                && passage.agencies.get(next).is_none_or(|other| !other.span.overlaps(&agency.span))
        });
        for place in &mut passage.places {
            place.inside |= found.iter().any(|agency| agency.span.contains(&place.span));
        }
        if !found.is_empty() {
            passage.agencies.extend(found);
            passage.agencies.sort_by_key(|agency| (agency.span.start, agency.span.end));
        }
    }
}

fn of_block(passage: &Passage, known: &[AgencyAt], lens: &Lens) -> Vec<AgencyAt> {
    let mut out: Vec<AgencyAt> = passage
        .places
        .iter()
        .filter(|place| sets_up(passage, place, lens))
        .map(|place| body(passage, place.span, &place.text, known, (Some(place.place), lens)))
        .collect();
    let text: String = passage.letters.iter().collect();
    if text.chars().any(|c| c.is_ascii_lowercase()) {
        out.extend(DIVISION.captures_iter(&text).filter_map(|hit| latin(passage, &text, &hit, known, lens)));
    }
    out.sort_by_key(|agency| agency.span.start);
    out.dedup_by(|b, a| a.span.overlaps(&b.span));
    out
}

/// 丽水在巴塞罗那设立警侨服务站: a division at home, a word of place, a word of setting up and a post.
fn sets_up(passage: &Passage, place: &PlaceAt, lens: &Lens) -> bool {
    let gazetteer = &lens.gazetteer;
    let division = matches!(
        gazetteer.get(place.place).kind,
        PlaceKind::Province | PlaceKind::Prefecture | PlaceKind::County
    );
    let home = place.country.is_some_and(|country| gazetteer.has_divisions(country));
    let next = place.span.end - passage.start();
    if place.inside || !division || !home || passage.letters.get(next) != Some(&'在') {
        return false;
    }
    let Some(sentence) = passage.sentences.iter().find(|sentence| sentence.contains(&place.span)) else {
        return false;
    };
    let ahead = Span::new(place.span.end, sentence.end.min(place.span.end + REACH));
    SETS_UP.within(&fold(&passage.cut(ahead)))
        && passage.terms_in(ahead).any(|term| term.kind.is_post())
        && passage.places_in(ahead).any(|other| other.country != place.country)
}

fn latin(
    passage: &Passage,
    text: &str,
    hit: &regex::Captures,
    known: &[AgencyAt],
    lens: &Lens,
) -> Option<AgencyAt> {
    let (whole, name) = (hit.get(0)?, hit.get(1).or_else(|| hit.get(2))?);
    let at = passage.start() + text[..whole.start()].chars().count();
    let span = Span::new(at, at + whole.as_str().chars().count());
    let gazetteer = &lens.gazetteer;
    let places = gazetteer.places_named(&fold(name.as_str()));
    let home = |place: &PlaceRef| {
        gazetteer.country_of(*place).is_some_and(|country| gazetteer.has_divisions(country))
    };
    // The city of Rotterdam has an office of its own.
    let place = places.iter().copied().find(home);
    if place.is_none() && !places.is_empty() {
        return None;
    }
    let said = governs(passage, span) || keeps(passage, span, lens);
    said.then(|| body(passage, span, name.as_str(), known, (place, lens)))
}

/// The state that is named directly beside a name: “the Chinese district X”, “X County, in China”, “X (China)”.
pub(crate) fn state_beside(passage: &Passage, span: Span, lens: &Lens) -> Option<PlaceRef> {
    const BEHIND: usize = 24;
    let from = span.start.saturating_sub(BEHIND).max(passage.start());
    let before = fold(&passage.cut(Span::new(from, span.start)));
    let inside = fold(&passage.cut(span));
    let words = |text: &str| -> Option<PlaceRef> {
        let word = text.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty())?;
        lens.gazetteer.by_key(country_adjective(word)?)
    };
    let adjective = inside.split(' ').find_map(|word| lens.gazetteer.by_key(country_adjective(word)?));
    let behind = Span::new(span.end, span.end + BEHIND);
    let state = passage.places_in(behind).find(|place| place.is_country);
    let named = state.filter(|state| {
        let between = fold(&passage.cut(Span::new(span.end, state.span.start)));
        let plain = |word: &str| {
            ["in", "en", "a", "een", "una", "ciudad", "city", "stad", "de", "of", "het"].contains(&word)
        };
        between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(plain)
    });
    words(&before).or(adjective).or_else(|| named?.country)
}

/// “The police posts of the district X”: whose the post just named is.
fn governs(passage: &Passage, division: Span) -> bool {
    const FAR: usize = 40;
    let from = division.start.saturating_sub(FAR).max(passage.start());
    let before = passage.cut(Span::new(from, division.start));
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut at = from;
    for word in before.split(' ') {
        words.push((at, fold(word)));
        at += word.chars().count() + 1;
    }
    words.retain(|(_, word)| !word.is_empty());
    while let Some((_, word)) = words.last()
        && (BETWEEN.contains(&word.as_str())
            && words.len() > 1
            && OF.contains(&words[words.len() - 2].1.as_str())
            || country_adjective(word).is_some())
    {
        words.pop();
    }
    let Some((link, _)) = words.last().filter(|(_, word)| OF.contains(&word.as_str())) else { return false };
    passage.terms.iter().any(|term| {
        (term.kind.is_post() || term.kind == TermKind::PostNameNoun) && term.span.end + 1 == *link
    })
}

/// “The district X … had an office in Y”: it opens the sentence, keeps something, and that is an office.
fn keeps(passage: &Passage, division: Span, lens: &Lens) -> bool {
    let Some(sentence) = passage.sentences.iter().find(|sentence| sentence.contains(&division)) else {
        return false;
    };
    let head = fold(&passage.cut(Span::new(sentence.start, division.start)));
    let head = head.trim();
    let opens = head.is_empty() || BETWEEN.contains(&head) || country_adjective(head).is_some();
    let rest = fold(&passage.cut(Span::new(division.end, sentence.end)));
    let office = || {
        let ahead = Span::new(division.end, sentence.end);
        let named =
            passage.terms_in(ahead).any(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun);
        named
            || rest
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| lens.settings.offices.beside.iter().any(|noun| fold(noun) == word))
    };
    opens && KEEPS.within(&rest) && office()
}

/// The division as a body; the body of that division that the document names, if it does.
fn body(
    passage: &Passage,
    span: Span,
    name: &str,
    known: &[AgencyAt],
    (place, lens): (Option<PlaceRef>, &Lens),
) -> AgencyAt {
    let text = passage.cut(span);
    let code = place.map_or_else(|| fold(name), |place| lens.gazetteer.key(place));
    if let Some(agency) = known.iter().find(|agency| agency.slots.code == code) {
        return AgencyAt { span, text, ..agency.clone() };
    }
    let function = "public-security".to_owned();
    let slots = AgencySlots { place, code, function, ..AgencySlots::default() };
    AgencyAt {
        span,
        text,
        key: slots.key(),
        side: Side::SendingBody,
        country: place.and_then(|place| lens.gazetteer.country_of(place)),
        operator: place.is_some(),
        slots,
    }
}

#[cfg(test)]
mod tests {
    use plainsight_lens::Lens;

    #[test]
    fn divisions_by_example() {
        let finder = crate::Finder::new(Lens::builtin("overseas-posts").expect("built in"));
        for (text, lang, wanted) in [
            (
                "De politieposten van het district Orvane (China) staan in Antwerpen en Brussel.",
                "nl",
                Some("district Orvane"),
            ),
            (
                "Het district Orvane, in China, had in Antwerpen een servicepunt voor landgenoten.",
                "nl",
                Some("district Orvane"),
            ),
            (
                "El condado de Orvane, en China, abrió en Lisboa un centro de servicios al compatriota.",
                "es",
                Some("condado de Orvane"),
            ),
            (
                "Orvane County, in China, runs an overseas police station in Dublin.",
                "en",
                Some("Orvane County"),
            ),
            // A town abroad keeps offices of its own.
            ("The city of Dublin has an overseas police station in Dublin, China says.", "en", None),
            // Nobody says of which state it is.
            ("Orvane County runs an overseas police station in Dublin.", "en", None),
            // A county of the host, on a page that names another state too.
            ("Kerry County runs a police station in Dublin for people from China.", "en", None),
            // It only speaks.
            ("Orvane County, in China, asked about an overseas police station in Dublin.", "en", None),
        ] {
            let found = finder.find_text(text, Some("2023-05-09"), Some(lang));
            let operators: Vec<&str> = (found.frames.iter())
                .filter(|frame| frame.kind == "post")
                .flat_map(|frame| frame.slots.get("operator").into_iter().flatten())
                .map(|slot| slot.text.as_str())
                .collect();
            assert_eq!(operators.first().copied(), wanted, "{text}: {operators:?}");
        }
    }
}
