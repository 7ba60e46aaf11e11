//! Smaller towns in a text, each by the words around it: “in Hoogeveen”, “te Almelo”, “28013 Getafe”, “Badalona, 14
//! de diciembre”, “Markham, Canada”, 在荷兰祖特梅尔, 巴達洛納市. A name alone is never enough: it is a surname or a word.

use super::find::{after_post_code, after_street};
use super::{Gazetteer, PlaceHit, PlaceKind, PlaceRef};
use plainsight_text::{fold, is_han};

/// What a town's name is judged by.
pub(super) struct Around<'a> {
    pub gazetteer: &'a Gazetteer,
    /// The places of the other tables in the text, by position.
    pub known: &'a [PlaceHit],
    /// The states whose towns may be meant.
    pub countries: &'a [PlaceRef],
    /// ISO 639-1.
    pub lang: Option<&'a str>,
}

/// The most words of a name: Santa Coloma de Gramenet, Los Palacios y Villafranca.
const MOST_WORDS: usize = 6;

/// The most characters of a name in Han.
const MOST_HAN: usize = 9;

/// Words of place, by language: “en” is “and” in Dutch, so it is no word of place there.
const PREPOSITIONS: [(&str, &[&str]); 3] =
    [("nl", &["in", "te", "nabij", "uit"]), ("es", &["en", "desde"]), ("en", &["in", "near", "from"])];

/// Words before which and a joint (“de”, “van”, “of”) a town stands, and those that a town follows at once.
const ADMINISTRATIVE: [&str; 20] = [
    "gemeente",
    "stad",
    "stadje",
    "dorp",
    "burgemeester van",
    "raad van",
    "ciudad de",
    "municipio de",
    "localidad de",
    "pueblo de",
    "alcalde de",
    "alcaldesa de",
    "ayuntamiento de",
    "city of",
    "town of",
    "borough of",
    "suburb of",
    "mayor of",
    "municipality of",
    "district of",
];

/// Words of place before a name in Han, folded: 在, 位于, 驻, 赴.
const HAN_BEFORE: [char; 5] = ['在', '于', '驻', '赴', '、'];

/// What follows a town's name in Han, folded.
const HAN_AFTER: [char; 5] = ['市', '镇', '郡', '站', '埠'];

pub(super) fn find(text: &str, around: &Around) -> Vec<PlaceHit> {
    if around.countries.is_empty() {
        return Vec::new();
    }
    let source: Vec<char> = text.chars().collect();
    let mut out: Vec<PlaceHit> = Vec::new();
    // How many known places end at or before here.
    let (mut at, mut passed) = (0, 0);
    while at < source.len() {
        while around.known.get(passed).is_some_and(|hit| hit.end <= at) {
            passed += 1;
        }
        if let Some(hit) = around.known.get(passed).filter(|hit| hit.start <= at) {
            at = hit.end;
            continue;
        }
        let hit = if is_han(source[at]) {
            let last = passed.checked_sub(1).map(|last| &around.known[last]).filter(|last| last.end == at);
            han(&source, at, last, around)
        } else {
            let known = passed.checked_sub(1).map(|last| around.known[last].end);
            let last = known.max(out.last().map(|hit| hit.end));
            latin(&source, at, last, around)
        };
        at = hit.as_ref().map_or(at + 1, |hit| hit.end);
        out.extend(hit);
    }
    out
}

/// The towns of a form in the countries that may be meant.
fn towns(form: &[char], around: &Around) -> Vec<PlaceRef> {
    let mut found = around.gazetteer.towns_named(&fold(&form.iter().collect::<String>()));
    found.retain(|town| {
        around.gazetteer.country_of(*town).is_some_and(|state| around.countries.contains(&state))
    });
    found
}

/// `last` is where the place before ends.
fn latin(source: &[char], start: usize, last: Option<usize>, around: &Around) -> Option<PlaceHit> {
    let letter = |at: usize| source.get(at).is_some_and(|c| c.is_alphanumeric());
    if !source[start].is_uppercase() || start > 0 && (letter(start - 1) || "-'’".contains(source[start - 1]))
    {
        return None;
    }
    let mut ends = Vec::new();
    let mut at = start;
    while ends.len() < MOST_WORDS {
        while source.get(at).is_some_and(|c| c.is_alphanumeric() || "-'’".contains(*c)) {
            at += 1;
        }
        ends.push(at);
        if source.get(at) != Some(&' ') || !letter(at + 1) {
            break;
        }
        at += 1;
    }
    let before = before(source, start);
    let led = preposition(&before, around.lang)
        || ADMINISTRATIVE.iter().any(|words| ends_with(&before, words))
        || after_post_code(source, start)
        || after_street(source, start)
        || last.is_some_and(|last| start - last <= LONGEST_JOINT && joined(&source[last..start]));
    ends.into_iter().rev().find_map(|end| {
        // “in Maria Jansen”: a name that goes on is a person's or another one.
        let goes_on = source.get(end) == Some(&' ') && source.get(end + 1).is_some_and(|c| c.is_uppercase());
        let cued = led || dated(source, end) || heads(source, start, end) || cell(source, start, end);
        let state = if cued { None } else { state_beside(source, end, around) };
        if goes_on || !(cued || state.is_some()) {
            return None;
        }
        let mut places = towns(&source[start..end], around);
        places.retain(|town| state.is_none() || around.gazetteer.country_of(*town) == state);
        (!places.is_empty()).then_some(PlaceHit { start, end, places })
    })
}

/// The longest word between two of a list, in characters: what is longer is not even looked at.
const LONGEST_JOINT: usize = 6;

/// “In Nijmegen, Oss en Wageningen”: what stands between two of a list.
fn joined(between: &[char]) -> bool {
    let between: String = between.iter().collect();
    [", ", " en ", " y ", " and ", " e ", ", en ", ", and ", " of ", " o ", " or ", "/", " & "]
        .contains(&between.as_str())
}

/// What stands before a name, in small letters.
fn before(source: &[char], start: usize) -> String {
    source[start.saturating_sub(24)..start].iter().flat_map(|c| c.to_lowercase()).collect()
}

/// Whether `before` ends with these words and a space.
fn ends_with(before: &str, words: &str) -> bool {
    let rest = before.strip_suffix(' ').and_then(|before| before.strip_suffix(words));
    rest.is_some_and(|rest| !rest.ends_with(char::is_alphabetic))
}

fn preposition(before: &str, lang: Option<&str>) -> bool {
    let spoken = PREPOSITIONS.iter().filter(|(of, _)| lang.is_none_or(|lang| lang == *of));
    let mut words = spoken.flat_map(|(_, words)| *words).filter(|word| lang.is_some() || **word != "en");
    words.any(|word| ends_with(before, word))
}

/// `Badalona, 14 de diciembre`: the line that says where and when something was written.
fn dated(source: &[char], end: usize) -> bool {
    source.get(end) == Some(&',')
        && source.get(end + 1) == Some(&' ')
        && source.get(end + 2).is_some_and(char::is_ascii_digit)
}

/// `Almelo: Kanaalweg 3`, `Almelo – De politie`, `ALMELO. Het`: what a line is about.
fn heads(source: &[char], start: usize, end: usize) -> bool {
    let next: String = source.iter().skip(end).take(3).collect();
    let capitals = source[start..end].iter().all(|c| !c.is_lowercase());
    let parted = next.starts_with(": ") || [" – ", " — ", " - "].contains(&next.as_str());
    start == 0 && (parted || capitals && next.starts_with(['.', ',', '/']))
}

/// A cell of a row that holds nothing else.
fn cell(source: &[char], start: usize, end: usize) -> bool {
    let (before, after) = (&source[..start], &source[end..]);
    let border = |outside: &[char], inner: Option<&char>, next: Option<&char>| {
        outside.is_empty() || inner == Some(&'\t') || (inner, next) == (Some(&' '), Some(&'|'))
    };
    let behind = before.len().checked_sub(2).and_then(|at| before.get(at));
    border(before, before.last(), behind)
        && border(after, after.first(), after.get(1))
        && !(before.is_empty() && after.is_empty())
}

/// `Markham, Canada`, `Almelo (Nederland)`: the state behind a comma or a bracket.
fn state_beside(source: &[char], end: usize, around: &Around) -> Option<PlaceRef> {
    let parted = matches!(source.get(end..end + 2), Some([',', ' '] | [' ', '(']));
    let at = parted.then(|| around.known.binary_search_by_key(&(end + 2), |hit| hit.start).ok())??;
    let state = around.known[at].places[0];
    (around.gazetteer.get(state).kind == PlaceKind::Country).then_some(state)
}

/// `last` is the known place that ends where the name begins.
fn han(source: &[char], start: usize, last: Option<&PlaceHit>, around: &Around) -> Option<PlaceHit> {
    let of_state = last.is_some_and(|hit| around.gazetteer.get(hit.places[0]).kind <= PlaceKind::Province);
    let before = start.checked_sub(1).map(|at| plainsight_text::fold_first(source[at]));
    let located = of_state || before.is_some_and(|c| HAN_BEFORE.contains(&c) || c == '\t') || start == 0;
    let run = source[start..].iter().take(MOST_HAN).take_while(|c| is_han(**c)).count();
    (2..=run).rev().find_map(|length| {
        let end = start + length;
        let after = source.get(end).map(|c| plainsight_text::fold_first(*c));
        let named = after.is_some_and(|c| HAN_AFTER.contains(&c)) || source[end - 1] == '市';
        // Two characters are too often the end of one word and the beginning of another.
        if !(if length == 2 { of_state && named } else { located || named }) {
            return None;
        }
        let places = towns(&source[start..end], around);
        (!places.is_empty()).then_some(PlaceHit { start, end, places })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, countries: &[&str], lang: Option<&str>) -> Vec<String> {
        let gazetteer = Gazetteer::builtin();
        let known = gazetteer.find(text, None);
        let countries: Vec<PlaceRef> = countries.iter().filter_map(|code| gazetteer.by_key(code)).collect();
        let hits = gazetteer.find_towns(text, &known, &countries, lang);
        let cut = |hit: &PlaceHit| text.chars().skip(hit.start).take(hit.end - hit.start).collect::<String>();
        hits.iter().map(|hit| format!("{}={}", cut(hit), gazetteer.key(hit.places[0]))).collect()
    }

    #[test]
    fn a_town_is_found_by_the_words_around_it() {
        for (text, countries, lang, wanted) in [
            ("Een loket in Hoogeveen", &["nl"][..], Some("nl"), &["Hoogeveen=Netherlands/Hoogeveen"][..]),
            ("Badalona, 14 de diciembre", &["es"], Some("es"), &["Badalona=Spain/Badalona"]),
            (
                "abierta en Santa Coloma de Gramenet por",
                &["es"],
                Some("es"),
                &["Santa Coloma de Gramenet=Spain/Santa Coloma de Gramenet"],
            ),
            ("the town of Amadora", &["pt"], Some("en"), &["Amadora=Portugal/Amadora"]),
            ("a desk for Amadora (Portugal)", &["pt"], None, &["Amadora=Portugal/Amadora"]),
            (
                "kantoortjes in Nijmegen, Hoogeveen en Assen",
                &["nl"],
                Some("nl"),
                &["Nijmegen=Netherlands/Nijmegen", "Hoogeveen=Netherlands/Hoogeveen"],
            ),
            ("Naam | Hoogeveen | 12", &["nl"], Some("nl"), &["Hoogeveen=Netherlands/Hoogeveen"]),
            ("西班牙巴达洛纳的站点", &["es"], Some("zh"), &["巴达洛纳=Spain/Badalona"]),
            ("萬錦市的服務站", &["ca"], Some("zh"), &["萬錦市=Canada/Markham"]),
            // A surname, an “and”, a name that goes on, a town of a state that nobody spoke of.
            ("de heer Hoogeveen kwam", &["nl"], Some("nl"), &[]),
            ("Jansen en Hoogeveen", &["nl"], Some("nl"), &[]),
            ("in Hoogeveen Jansen", &["nl"], Some("nl"), &[]),
            ("in Hoogeveen", &["es"], Some("nl"), &[]),
            ("in Hoogeveen", &[], Some("nl"), &[]),
            ("想到萬錦的事", &["ca"], Some("zh"), &[]),
        ] {
            assert_eq!(shown(text, countries, lang), wanted, "{text}");
        }
    }
}
