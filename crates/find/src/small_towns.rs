//! Smaller towns, on pages that speak of posts: those of the states that the page speaks of, by name, by an adjective
//! (“de Belgische politie”), by a telephone (+31 …), or by its language where it names no state that speaks it.

use crate::towns;
use aho_corasick::AhoCorasick;
use plainsight_lens::{Gazetteer, Lens, PlaceHit, PlaceKind, PlaceRef, TermKind, TermMatch};
use plainsight_resolve::country_adjective;
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// States whose local papers name their towns without the state, by language.
const AT_HOME: [(&str, &[&str]); 3] = [
    ("nl", &["nl", "be"]),
    ("es", &["es", "mx", "ar", "co", "cl", "pe", "ec", "uy", "py", "bo", "ve", "pa", "cr", "gt", "do", "cu"]),
    ("en", &["gb", "ie", "us", "ca", "au", "nz", "za"]),
];

/// The shortest name in Han that is looked for again: two characters may be the ends of other words.
const SHORTEST_HAN: usize = 3;

/// Adds such towns to the places of each block.
pub(crate) fn add(
    texts: &[&str],
    places: &mut [Vec<PlaceHit>],
    terms: &[Vec<TermMatch>],
    lens: &Lens,
    lang: Option<&str>,
) {
    let speaks = |term: &TermMatch| {
        let kind = lens.terms[term.term].kind;
        kind.is_post() || matches!(kind, TermKind::PostNameNoun | TermKind::Body)
    };
    if !terms.iter().flatten().any(speaks) && !texts.iter().any(|text| polices(text)) {
        return;
    }
    let gazetteer = &lens.gazetteer;
    let told = lang.is_none().then(|| plainsight_read::language(&texts.join("\n")).lang);
    let lang = lang.or(told.as_deref());
    let countries = countries(texts, places, lang, gazetteer);
    let mut again: BTreeMap<String, Vec<PlaceRef>> = BTreeMap::new();
    for (text, places) in texts.iter().zip(places.iter_mut()) {
        let found = gazetteer.find_towns(text, places, &countries, lang);
        for hit in &found {
            let name: String = text.chars().skip(hit.start).take(hit.end - hit.start).collect();
            if !name.is_ascii()
                && name.chars().all(plainsight_text::is_han)
                && name.chars().count() >= SHORTEST_HAN
            {
                again.entry(name).or_insert_with(|| hit.places.clone());
            }
        }
        towns::put(places, found);
    }
    towns::again(texts, places, &again, |_| true);
}

/// How the words for a police begin, in the scripts of the lens.
const POLICE: [&str; 9] =
    ["politie", "police", "polic", "militi", "veiligheid", "security", "seguridad", "公安", "警"];

/// Whether a text has a word for a police: what keeps an office in it may have no other name.
fn polices(text: &str) -> bool {
    static WORDS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(POLICE).ok());
    WORDS.as_ref().is_some_and(|words| words.is_match(text))
}

/// The states whose towns may be meant.
fn countries(
    texts: &[&str],
    places: &[Vec<PlaceHit>],
    lang: Option<&str>,
    gazetteer: &Gazetteer,
) -> Vec<PlaceRef> {
    let mut out: BTreeSet<PlaceRef> = places
        .iter()
        .flatten()
        .filter(|hit| hit.places.len() == 1 || gazetteer.get(hit.places[0]).kind == PlaceKind::Country)
        .filter_map(|hit| gazetteer.country_of(hit.places[0]))
        .collect();
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    let adjectives = words.filter(|word| word.len() >= 4).filter_map(|word| country_adjective(&fold(word)));
    out.extend(adjectives.filter_map(|code| gazetteer.by_key(code)));
    out.extend(texts.iter().flat_map(|text| called(text)).filter_map(|code| gazetteer.by_key(&code)));
    let home = AT_HOME.iter().find(|(of, _)| Some(*of) == lang).map_or(&[][..], |(_, states)| states);
    let home: Vec<PlaceRef> = home.iter().filter_map(|code| gazetteer.by_key(code)).collect();
    if !home.iter().any(|state| out.contains(state)) {
        out.extend(home);
    }
    // A state with codes for its divisions has them in other tables.
    out.retain(|state| !gazetteer.has_divisions(*state));
    out.into_iter().collect()
}

/// The states of telephones with a country code: `+31 30 …`, `0034-93…`.
fn called(text: &str) -> Vec<String> {
    const LONGEST: usize = 24;
    let starts = text.match_indices(['+', '＋']).chain(text.match_indices("00"));
    let state = |(at, _): (usize, &str)| {
        let inside = text[..at].ends_with(|c: char| c.is_ascii_digit());
        let rest = fold(&text[at..].chars().take(LONGEST).collect::<String>());
        let number: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || "+- ()./".contains(*c))
            .filter(char::is_ascii_digit)
            .collect();
        let number = number.strip_prefix("00").unwrap_or(&number);
        if inside || number.len() < 8 {
            return None;
        }
        let parsed = phonenumber::parse(None, format!("+{number}")).ok()?;
        Some(parsed.country().id()?.as_ref().to_lowercase())
    };
    starts.filter_map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str], lang: &str) -> Vec<String> {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        let mut places: Vec<Vec<PlaceHit>> =
            texts.iter().map(|text| lens.gazetteer.find(text, None)).collect();
        let terms: Vec<Vec<TermMatch>> = texts.iter().map(|text| lens.find_terms(text)).collect();
        add(texts, &mut places, &terms, &lens, Some(lang));
        let cut = |text: &str, hit: &PlaceHit| {
            text.chars().skip(hit.start).take(hit.end - hit.start).collect::<String>()
        };
        texts.iter().zip(&places).flat_map(|(text, hits)| hits.iter().map(|hit| cut(text, hit))).collect()
    }

    #[test]
    fn smaller_towns_by_example() {
        for (texts, lang, wanted) in [
            (&["Een overzees politiebureau in Hoogeveen."][..], "nl", &["Hoogeveen"][..]),
            (&["海外警务站在巴达洛纳。", "电话：0034 935 550 104"], "zh", &["巴达洛纳"]),
            (
                &["海外警务站在巴达洛纳。巴达洛纳站已关。", "西班牙警方"],
                "zh",
                &["巴达洛纳", "巴达洛纳", "西班牙"],
            ),
            (
                &["TILBURG - Drie bellen hangen er.", "Wie zat er boven het politiebureau?"],
                "nl",
                &["TILBURG"],
            ),
            (&["De Belgische politie zoekt een overzees politiebureau in Hoogeveen."], "nl", &[]),
            (&["海外警务站在巴达洛纳。"], "zh", &[]),
            (&["Een kerstmarkt in Hoogeveen."], "nl", &[]),
        ] {
            assert_eq!(shown(texts, lang), wanted, "{texts:?}");
        }
    }
}
