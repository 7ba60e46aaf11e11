//! Towns by what the rest of the document says: a name that is one town's in one sentence is it in all,
//! a dateline, and the Dutch adjective of a town that is named (“het Groningse dienstpunt”).

use aho_corasick::{AhoCorasick, MatchKind};
use plainsight_lens::{Gazetteer, Lens, PlaceHit, PlaceKind, PlaceRef};
use plainsight_text::{Chars, Day, fold, is_han};
use std::collections::{BTreeMap, BTreeSet};

/// So many names are looked for again; a page with more is a list of towns.
const MOST_NAMES: usize = 200;

/// Shorter names are too often something else.
const SHORTEST: usize = 4;

/// Adds such towns to the places of each block.
pub(crate) fn add(texts: &[&str], places: &mut [Vec<PlaceHit>], lens: &Lens, day: Option<Day>) {
    let gazetteer = &lens.gazetteer;
    for (text, places) in texts.iter().zip(places.iter_mut()) {
        put(places, dateline(text, gazetteer, day));
    }
    great(texts, places, gazetteer);
    let named = named(texts, places, gazetteer);
    again(texts, places, &doubtful(texts, &named, gazetteer), |_| true);
    let offices: Vec<String> = lens
        .settings
        .offices
        .beside
        .iter()
        .chain(&lens.settings.offices.named)
        .map(|noun| fold(noun))
        .collect();
    // Of an adjective only the one that an office bears says where something is.
    again(texts, places, &adjectives(&named), |rest| {
        let next: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        let next = fold(&next);
        offices.iter().any(|noun| next.ends_with(noun))
    });
}

/// So many people make a city known by its name alone where its state is spoken of.
const GREAT: u64 = 1_000_000;

/// Rosario, Santiago: a great city that is a person's name or a word counts where the document names another place
/// of its state.
fn great(texts: &[&str], places: &mut [Vec<PlaceHit>], gazetteer: &Gazetteer) {
    let states: BTreeSet<PlaceRef> = places
        .iter()
        .flatten()
        .filter(|hit| hit.places.len() == 1)
        .filter_map(|hit| gazetteer.country_of(hit.places[0]))
        .collect();
    let mut found: BTreeMap<String, Vec<PlaceRef>> = BTreeMap::new();
    for word in texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic())) {
        if word.len() < SHORTEST
            || !word.starts_with(char::is_uppercase)
            || found.len() >= MOST_NAMES
            || found.contains_key(word)
        {
            continue;
        }
        let known = gazetteer.places_named(&fold(word));
        let city = known.iter().find(|place| {
            let place = gazetteer.get(**place);
            place.kind == PlaceKind::City && place.population >= GREAT
        });
        if let Some(city) =
            city.filter(|city| gazetteer.country_of(**city).is_some_and(|state| states.contains(&state)))
        {
            found.insert(word.to_owned(), vec![*city]);
        }
    }
    again(texts, places, &found, |_| true);
}

/// `TILBURG - `, `ALICANTE. `: the towns in capitals with which a report begins.
fn dateline(text: &str, gazetteer: &Gazetteer, day: Option<Day>) -> Vec<PlaceHit> {
    const LONGEST: usize = 60;
    let head: String =
        text.chars().take_while(|c| c.is_uppercase() || " /-’'".contains(*c)).take(LONGEST).collect();
    let rest = text.get(head.len()..).unwrap_or_default();
    let parted = rest.starts_with(['.', ',', '–', '—']);
    // The dash of “TILBURG - De” is taken in with the capital behind it.
    let name = head.split(" - ").next().unwrap_or_default();
    if !parted && name.len() == head.len() {
        return Vec::new();
    }
    let mut at = 0;
    let mut out = Vec::new();
    for part in name.split('/') {
        let length = part.chars().count();
        let trimmed = part.trim();
        let found = gazetteer.named_on(&fold(trimmed), day);
        if trimmed.chars().count() >= SHORTEST && !found.is_empty() {
            let start = at + part.chars().take_while(|c| c.is_whitespace()).count();
            out.push(PlaceHit { start, end: start + trimmed.chars().count(), places: found });
        }
        at += length + 1;
    }
    out
}

/// Towns that the document names in Latin script, as they are written.
fn named(texts: &[&str], places: &[Vec<PlaceHit>], gazetteer: &Gazetteer) -> BTreeMap<String, Vec<PlaceRef>> {
    let mut out = BTreeMap::new();
    for (text, places) in texts.iter().zip(places) {
        let town = |hit: &&PlaceHit| gazetteer.get(hit.places[0]).kind >= PlaceKind::Town;
        if !places.iter().any(|hit| town(&hit)) {
            continue;
        }
        let chars = Chars::new(text);
        for hit in places.iter().filter(town) {
            let name = chars.slice(text, hit.start, hit.end);
            if out.len() < MOST_NAMES && name.chars().count() >= SHORTEST && !name.contains(is_han) {
                out.entry(name.to_owned()).or_insert_with(|| hit.places.clone());
            }
        }
    }
    out
}

/// Those that elsewhere need a cue and got one here, and that no sentence uses as a word in small letters.
fn doubtful(
    texts: &[&str],
    named: &BTreeMap<String, Vec<PlaceRef>>,
    gazetteer: &Gazetteer,
) -> BTreeMap<String, Vec<PlaceRef>> {
    let mut out: BTreeMap<String, Vec<PlaceRef>> = named
        .iter()
        .filter(|(_, places)| gazetteer.get(places[0]).cue)
        .map(|(n, p)| (n.clone(), p.clone()))
        .collect();
    // A dateline in capitals says the town's name as well.
    let capitals: Vec<(String, Vec<PlaceRef>)> = named
        .iter()
        .filter(|(name, _)| name.chars().all(|c| !c.is_lowercase()))
        .map(|(_, places)| (gazetteer.get(places[0]).name.clone(), places.clone()))
        .collect();
    out.extend(capitals);
    if out.is_empty() {
        return out;
    }
    let small: BTreeSet<&str> = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.starts_with(char::is_lowercase))
        .collect();
    out.retain(|name, _| !small.contains(name.to_lowercase().as_str()));
    out
}

/// Dutch adjectives: Utrechtse, Groningse, Haagse, Zwolse.
fn adjectives(named: &BTreeMap<String, Vec<PlaceRef>>) -> BTreeMap<String, Vec<PlaceRef>> {
    let mut out = BTreeMap::new();
    for (name, places) in named {
        let Some(last) = name.split(' ').next_back().filter(|last| last.chars().count() >= SHORTEST) else {
            continue;
        };
        let mut stems = vec![last.to_owned()];
        stems.extend(last.strip_suffix("en").map(str::to_owned));
        if let Some(stem) = last.strip_suffix('e') {
            // Zwolle, Zwolse: the consonant is written once.
            let mut letters: Vec<char> = stem.chars().collect();
            if let [.., a, b] = letters.as_slice()
                && a == b
            {
                letters.pop();
            }
            stems.push(letters.into_iter().collect());
        }
        for stem in stems {
            let ending = if stem.ends_with('s') { "e" } else { "se" };
            out.entry(format!("{stem}{ending}")).or_insert_with(|| places.clone());
        }
    }
    out
}

/// Adds every whole word of `names` behind which `fits` agrees with the rest of the text.
pub(crate) fn again(
    texts: &[&str],
    places: &mut [Vec<PlaceHit>],
    names: &BTreeMap<String, Vec<PlaceRef>>,
    fits: impl Fn(&str) -> bool,
) {
    let all: Vec<(&String, &Vec<PlaceRef>)> = names.iter().collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(all.iter().map(|(name, _)| name.as_str()));
    let Some(automaton) = automaton.ok().filter(|_| !all.is_empty()) else { return };
    for (text, places) in texts.iter().zip(places.iter_mut()) {
        let mut found = Vec::new();
        let mut chars = None;
        for hit in automaton.find_iter(text) {
            let before = text[..hit.start()].chars().next_back();
            let after = text[hit.end()..].chars().next();
            if [before, after].into_iter().flatten().any(|c| c.is_alphanumeric() && !is_han(c))
                || !fits(&text[hit.end()..])
            {
                continue;
            }
            let chars = chars.get_or_insert_with(|| Chars::new(text));
            found.push(PlaceHit {
                start: chars.code_point(hit.start()),
                end: chars.code_point(hit.end()),
                places: all[hit.pattern().as_usize()].1.clone(),
            });
        }
        put(places, found);
    }
}

/// Puts hits among those of a block where nothing stands yet; both by position.
pub(crate) fn put(places: &mut Vec<PlaceHit>, mut found: Vec<PlaceHit>) {
    found.retain(|hit| {
        let next = places.partition_point(|other| other.end <= hit.start);
        places.get(next).is_none_or(|other| other.start >= hit.end)
    });
    if !found.is_empty() {
        places.append(&mut found);
        places.sort_by_key(|hit| (hit.start, hit.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str]) -> Vec<String> {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        let mut places: Vec<Vec<PlaceHit>> =
            texts.iter().map(|text| lens.gazetteer.find(text, None)).collect();
        add(texts, &mut places, &lens, None);
        let cut = |text: &str, hit: &PlaceHit| {
            text.chars().skip(hit.start).take(hit.end - hit.start).collect::<String>()
        };
        texts.iter().zip(&places).flat_map(|(text, hits)| hits.iter().map(|hit| cut(text, hit))).collect()
    }

    #[test]
    fn towns_by_example() {
        for (texts, wanted) in [
            (&["EINDHOVEN/UTRECHT - Wie hier woont"][..], &["EINDHOVEN", "UTRECHT"][..]),
            (&["ALICANTE. Hace once años"], &["ALICANTE"]),
            (&["A desk in Cork. The Cork desk is shut."], &["Cork", "Cork"]),
            (&["The Cork desk is shut."], &[]),
            (
                &["In Groningen niets.", "Het Groningse dienstpunt en de Groningse jeugd"],
                &["Groningen", "Groningse"],
            ),
            (&["POLITIE: kom hier"], &[]),
            (&["Rosario ya tiene uno, después de Buenos Aires."], &["Rosario", "Buenos Aires"]),
            (&["Rosario ya tiene uno."], &[]),
            (&["In Zwolle. Het Zwolse loket"], &["Zwolle", "Zwolse"]),
        ] {
            assert_eq!(shown(texts), wanted, "{texts:?}");
        }
    }
}
