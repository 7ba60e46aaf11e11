//! A whole name as a body: all of it must be read.

use super::grammar::{find, level_word};
use super::heads::heads_of_names;
use super::{Agency, AgencyHit, Level};
use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::{Day, fold, is_han};

/// Longer names are a sentence; the ways to rewrite them below are tried for none.
const LONGEST: usize = 200;

/// Reads a name as it stands, then as it would be written without words that stand inside the
/// name of an organ, or with its branch at the end.
pub(super) fn parse(name: &str, gazetteer: &Gazetteer, day: Option<Day>) -> Option<Agency> {
    let found = read(name, gazetteer, day);
    if found.is_some() || name.chars().any(is_han) || name.len() > LONGEST {
        return found;
    }
    branch_last(name)
        .and_then(|turned| read(&turned, gazetteer, day))
        .or_else(|| read(&without_levels(name)?, gazetteer, day))
}

fn read(name: &str, gazetteer: &Gazetteer, day: Option<Day>) -> Option<Agency> {
    let total = name.chars().count();
    // A place that no gazetteer has cannot be compared by code: such a name is matched as words.
    let placed = |hit: &AgencyHit| hit.slots.place.is_some() || hit.slots.code.is_empty();
    find(name, gazetteer, day, heads_of_names()).into_iter().filter(placed).find_map(|hit| {
        let before: String = name.chars().take(hit.start).collect();
        let after: String = name.chars().skip(hit.end).take(total - hit.end).collect();
        let whole = [before, after].iter().all(|rest| belongs(rest, hit.slots.place, gazetteer));
        whole.then(|| agency(hit, gazetteer))
    })
}

fn agency(hit: AgencyHit, gazetteer: &Gazetteer) -> Agency {
    let mut slots = hit.slots;
    // 鼓楼区公安分局 is the branch of its city's bureau for that district.
    if slots.organ == "branch" && slots.branch.is_empty() && slots.level == Some(Level::County) {
        let over = slots.place.and_then(|place| gazetteer.chain(place).get(1).copied());
        if let Some(city) = over.filter(|up| gazetteer.get(*up).kind <= PlaceKind::Prefecture) {
            let level = if gazetteer.get(city).kind == PlaceKind::Province {
                Level::Province
            } else {
                Level::Prefecture
            };
            slots.branch = std::mem::replace(&mut slots.code, gazetteer.key(city));
            (slots.place, slots.level) = (Some(city), Some(level));
        }
    }
    Agency { key: slots.key(), side: hit.side, slots }
}

/// Tells whether what stands beside a body is an article, or names what its place lies in:
/// “…, Zhejiang Province”, “Zhejiang Qingtian County …”.
fn belongs(rest: &str, place: Option<PlaceRef>, gazetteer: &Gazetteer) -> bool {
    let chain = place.map(|place| gazetteer.chain(place)).unwrap_or_default();
    rest.split([',', '(', ')', '，', '（', '）']).all(|part| {
        let folded = fold(part);
        let words = folded.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
        let small = |word: &str| {
            let article = ["the", "de", "het", "la", "el", "of", "van", "in", "en", ""].contains(&word);
            article || level_word(word).is_some()
        };
        let name = words.filter(|word| !small(word)).collect::<Vec<_>>().join(" ");
        name.is_empty() || gazetteer.named_on(&name, None).iter().any(|up| chain.contains(up))
    })
}

/// “Chaoyang Branch of the Beijing Public Security Bureau”, as “Beijing Public Security Bureau, Chaoyang Branch”.
fn branch_last(name: &str) -> Option<String> {
    if !says(name, &["branch", "bureau", "subbureau"]) {
        return None;
    }
    let lower = name.to_lowercase();
    let (at, word) = ["sub-bureau of ", "subbureau of ", "branch of "]
        .iter()
        .find_map(|word| lower.find(word).map(|at| (at, *word)))?;
    // Lower case may have other lengths; such a name is not turned round.
    let (branch, bureau) = (name.get(..at)?, name.get(at + word.len()..)?);
    let small = |word: &&str| level_word(&word.to_lowercase()).is_none() && !word.eq_ignore_ascii_case("the");
    let branch: Vec<&str> = branch.split_whitespace().filter(small).collect();
    Some(format!("{bureau}, {} Branch", branch.concat()))
}

/// “Oficina Municipal de Seguridad Pública de …”, “gemeentelijk bureau voor …”, without the level: the place tells it.
fn without_levels(name: &str) -> Option<String> {
    if !says(name, &LEVELS) {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let level = |word: &&&str| LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level));
    let kept: Vec<&str> = words.iter().filter(|word| !level(word)).copied().collect();
    (kept.len() < words.len() && !kept.is_empty()).then(|| kept.join(" "))
}

/// Words for the level of a body that may stand inside the name of its organ.
const LEVELS: [&str; 13] = [
    "municipal",
    "provincial",
    "gemeentelijk",
    "gemeentelijke",
    "stedelijk",
    "stedelijke",
    "provinciaal",
    "provinciale",
    "municipale",
    "distrital",
    "lokaal",
    "lokale",
    "local",
];

/// Tells cheaply whether a name has one of some words: most names are no body's.
fn says(name: &str, words: &[&str]) -> bool {
    let parts = name.split(|c: char| !c.is_alphanumeric());
    parts.into_iter().any(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word)))
}
