//! Counts with unit and bound: 首批30个, 21个国家的25个城市, “minstens 46”.

use crate::numerals;
use plainsight_model::Span;
use plainsight_text::{Captures, Haystack, Pattern, fold};
use regex::Regex;
use std::sync::LazyLock;

/// A count in a text; bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub start: usize,
    pub end: usize,
    /// `30|posts`, `>=46|posts`, `25|cities`.
    pub key: String,
}

static HAN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"(首批|第一批|至少|最少|不少于|超过|超過|逾|约|約|近|共|共计|累计)?\s*([0-9０-９]{1,6}|[一二三四五六七八九十百千两兩零]{1,6})\s*(?:多|余|餘)?\s*(个|個|家|处|處|座|所|间|間)(国家|國家|国|國|城市|地区)?",
    )
});
/// What is counted.
const NOUNS: &str = "cities|city|steden|stad|ciudades|countries|landen|países|paises|police|stations?|posts?|outposts|offices|centres|centers|bureaus?|politiebureaus?|politiestations?|politieposten|posten|servicestations|steunpunten|kantoren|comisarías|comisarias|estaciones|puestos|oficinas|centros";
/// Most texts hold no such noun, and the search for numbers before one is dear.
static NOUN: LazyLock<Pattern> = LazyLock::new(|| Pattern::constant(&format!(r"(?i)\s(?:{NOUNS})\b")));
static LATIN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(&format!(
        r"(?i)(?:(at least|no fewer than|more than|over|minstens|ten minste|tenminste|zeker|meer dan|ruim|al menos|por lo menos|más de|mas de)\s+)?\b(\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,6}}|[\p{{L}}]{{2,9}})\s+((?:[\p{{L}}'’-]+\s+){{0,4}}?)({NOUNS})\b",
    ))
});

/// Nouns that count posts beside a bound or a number of countries, folded.
const PLAIN: &[&str] = &["posts", "outposts", "posten", "puestos", "steunpunten", "servicestations"];
/// English nouns, folded.
const ENGLISH: &[&str] = &[
    "cities",
    "city",
    "countries",
    "police",
    "station",
    "stations",
    "post",
    "posts",
    "outposts",
    "offices",
    "centres",
    "centers",
    "bureau",
    "bureaus",
];
static IN_PLACES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s+(?:in|en|across|over)\s+[\p{L}\d]{1,9}\s+(?:countries|landen|países|paises|cities|steden|ciudades)\b",
    )
    .expect("a pattern of this file, compiled in its tests")
});

/// Finds counts; `posts` are the byte spans of terms that name posts, which tell what 30个 counts.
pub(crate) fn counts(haystack: &Haystack, posts: &[Span]) -> Vec<Count> {
    let text = haystack.text();
    let mut out = Vec::new();
    // Every pattern of ours for Chinese ends in a Han character.
    let chinese = text.chars().any(plainsight_text::is_han);
    for found in chinese.then(|| HAN.captures_iter(haystack)).into_iter().flatten() {
        if let Some(count) = han(text, &found, posts) {
            out.push(count);
        }
    }
    let mut at = if NOUN.is_match(haystack) { 0 } else { text.len() };
    while let Some(found) = LATIN.captures_at(haystack, at) {
        let Some(whole) = found.get(0) else { break };
        let number = found.get(2).map_or("", |m| m.as_str());
        match latin(text, &found, posts) {
            Some(count) => {
                at = whole.end();
                out.push(count);
            }
            // A word that is no number must not swallow the number after it.
            None => at = found.get(2).map_or(whole.end(), |m| m.start() + number.len()).max(at + 1),
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    out.sort_by_key(|count| (count.start, count.end));
    out
}

fn han(text: &str, found: &Captures, posts: &[Span]) -> Option<Count> {
    let whole = found.get(0)?;
    let number = found.get(2)?.as_str();
    let value = if number.starts_with(plainsight_text::is_han) {
        numerals::han(number)?
    } else {
        numerals::digits(number)?
    };
    let bound = match found.get(1).map_or("", |m| m.as_str()) {
        "至少" | "最少" | "不少于" | "超过" | "超過" | "逾" => ">=",
        _ if whole.as_str().contains(['多', '余', '餘']) => ">=",
        _ => "",
    };
    let unit = match found.get(4).map_or("", |m| m.as_str()) {
        "国家" | "國家" | "国" | "國" => "countries",
        "城市" => "cities",
        "地区" => return None,
        _ => {
            // The post's name follows within a few characters, or the number closes a clause about posts (首批30个).
            let ahead: String =
                text[whole.end()..].chars().take(14).take_while(|c| !"，。；！？,;".contains(*c)).collect();
            let reach = whole.end() + ahead.len();
            let named = posts.iter().any(|post| post.start >= whole.end() && post.start <= reach);
            let batch = found.get(1).is_some_and(|m| m.as_str().ends_with('批'));
            if !(named || batch && !posts.is_empty()) {
                return None;
            }
            "posts"
        }
    };
    let one_of_many = value == 1 && bound.is_empty();
    (!one_of_many).then(|| Count {
        start: whole.start(),
        end: whole.end(),
        key: format!("{bound}{value}|{unit}"),
    })
}

fn latin(text: &str, found: &Captures, posts: &[Span]) -> Option<Count> {
    let (whole, number, noun) = (found.get(0)?, found.get(2)?, found.get(4)?);
    let value = if number.as_str().starts_with(|c: char| c.is_ascii_digit()) {
        numerals::digits(number.as_str())?
    } else {
        numerals::word(&fold(number.as_str()))?
    };
    // A year before a noun counts nothing.
    if (1900..=2100).contains(&value) && found.get(1).is_none() {
        return None;
    }
    let unit = match fold(noun.as_str()).as_str() {
        "cities" | "city" | "steden" | "stad" | "ciudades" => "cities",
        "countries" | "landen" | "paises" => "countries",
        // “26 posts in 9 countries”, “at least 38 posts”: the frame tells whether they are these posts.
        noun if PLAIN.contains(&noun)
            && (found.get(1).is_some() || IN_PLACES.is_match(&text[whole.end()..])) =>
        {
            "posts"
        }
        _ => {
            // A post's term must begin between the number and the end of its noun.
            let reach = noun.end();
            if !posts.iter().any(|post| {
                post.start >= number.end() && post.start <= reach || post.start < reach && post.end >= reach
            }) {
                return None;
            }
            "posts"
        }
    };
    if text[number.end()..noun.start()].contains(['.', ',']) || value <= 1 {
        return None;
    }
    // Dutch “over 30 politiebureaus” is about thirty of them and no bound: “over” counts beside English nouns.
    let about = found.get(1).is_some_and(|m| m.as_str().eq_ignore_ascii_case("over"))
        && !ENGLISH.contains(&fold(noun.as_str()).as_str());
    let bound = if found.get(1).is_some() && !about { ">=" } else { "" };
    let start = if about { number.start() } else { whole.start() };
    Some(Count { start, end: noun.end(), key: format!("{bound}{value}|{unit}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, term: &str) -> Vec<String> {
        let posts: Vec<Span> = text.match_indices(term).map(|(at, t)| Span::new(at, at + t.len())).collect();
        counts(&Haystack::new(text), &posts).into_iter().map(|count| count.key).collect()
    }

    #[test]
    fn counts_by_example() {
        for (text, term, wanted) in [
            (
                "在21个国家的25个城市设立首批30个海外服务站",
                "海外服务站",
                vec!["21|countries", "25|cities", "30|posts"],
            ),
            ("至少四十六个警务站", "警务站", vec![">=46|posts"]),
            ("两個海外警察站", "海外警察站", vec!["2|posts"]),
            ("一个警务站", "警务站", vec![]),
            ("三个月后", "警务站", vec![]),
            (
                "minstens 46 Chinese politiebureaus in 12 landen",
                "Chinese politiebureaus",
                vec![">=46|posts", "12|countries"],
            ),
            ("al menos 54 comisarías", "comisarías", vec![">=54|posts"]),
            ("at least two secret police stations", "secret police stations", vec![">=2|posts"]),
            ("in 2018 stations opened", "stations", vec![]),
            (
                "102 overseas police stations in 53 countries",
                "overseas police stations",
                vec!["102|posts", "53|countries"],
            ),
            ("26 posts in 9 countries", "zzz", vec!["26|posts", "9|countries"]),
            ("counts at least 38 posts of the two", "zzz", vec![">=38|posts"]),
            ("vijf treinstations", "politiestation", vec![]),
            ("een bericht over 31 politiebureaus", "politiebureaus", vec!["31|posts"]),
            ("over 31 overseas police stations", "overseas police stations", vec![">=31|posts"]),
        ] {
            assert_eq!(keys(text, term), wanted, "{text}");
        }
    }

    #[test]
    fn words_without_numbers_are_linear() {
        assert!(counts(&Haystack::new(&"aa ".repeat(60_000)), &[]).is_empty());
    }
}
