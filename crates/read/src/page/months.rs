//! Days as pages write them near their title: numbers, and month names of seven languages.

use plainsight_text::Day;
use regex::Regex;
use std::sync::OnceLock;

/// Month names by their first letters, without accents: en, nl, es, de, fr, it, pt.
const MONTHS: [(&str, u32); 42] = [
    ("january", 1),
    ("januari", 1),
    ("januar", 1),
    ("janner", 1),
    ("enero", 1),
    ("janvier", 1),
    ("janeiro", 1),
    ("gennaio", 1),
    ("jan", 1),
    ("ene", 1),
    ("febr", 2),
    ("feb", 2),
    ("fevr", 2),
    ("fev", 2),
    ("march", 3),
    ("maart", 3),
    ("marz", 3),
    ("mars", 3),
    ("marco", 3),
    ("mrt", 3),
    ("mar", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mei", 5),
    ("mai", 5),
    ("magg", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("aug", 8),
    ("ago", 8),
    ("aou", 8),
    ("se", 9),
    ("o", 10),
    ("nov", 11),
    ("d", 12),
    ("gen", 1),
];

/// The month of a word, `None` where it is no month.
pub(crate) fn month(word: &str) -> Option<u32> {
    let plain: String =
        word.to_lowercase().chars().map(plain_letter).filter(|c| c.is_ascii_lowercase()).collect();
    if plain.len() < 3 {
        return None;
    }
    let whole = [
        "september",
        "septiembre",
        "setiembre",
        "septembre",
        "settembre",
        "setembro",
        "sept",
        "sep",
        "set",
        "october",
        "oktober",
        "octubre",
        "octobre",
        "ottobre",
        "outubro",
        "oct",
        "okt",
        "ott",
        "out",
        "december",
        "dezember",
        "diciembre",
        "decembre",
        "dicembre",
        "dezembro",
        "dec",
        "dez",
        "dic",
    ];
    let (_, number) = MONTHS.iter().find(|(start, n)| match n {
        9 | 10 | 12 => plain.starts_with(start) && whole.contains(&plain.as_str()),
        _ => plain.starts_with(start) && plain.len() <= 10,
    })?;
    Some(*number)
}

fn plain_letter(c: char) -> char {
    match c {
        'ä' | 'à' | 'á' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'ç' => 'c',
        'û' | 'ü' | 'ù' => 'u',
        _ => c,
    }
}

/// The first day in a text; years outside 1995 to 2035 are no publication.
pub(crate) fn first_day(text: &str) -> Option<Day> {
    all_days(text).into_iter().next()
}

/// Every day in a text, in order.
pub(crate) fn all_days(text: &str) -> Vec<Day> {
    let mut out = Vec::new();
    if !may_hold_day(text) {
        return out;
    }
    for found in pattern().captures_iter(text) {
        let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i32>().ok());
        let word = |name: &str| found.name(name).and_then(|m| month(m.as_str()));
        let day = if let (Some(y), Some(m), Some(d)) = (number("y1"), number("m1"), number("d1")) {
            make(y, m, d)
        } else if let (Some(a), Some(b), Some(y)) = (number("d2"), number("m2"), number("y2")) {
            let y = if y < 100 { 2000 + y } else { y };
            make(y, b, a).or_else(|| make(y, a, b))
        } else if let (Some(d), Some(m), Some(y)) = (number("d3"), word("m3"), number("y3")) {
            make(y, m as i32, d)
        } else if let (Some(m), Some(d), Some(y)) = (word("m4"), number("d4"), number("y4")) {
            make(y, m as i32, d)
        } else if let Some(eight) = found.name("eight") {
            let s = eight.as_str();
            let part = |r: std::ops::Range<usize>| s.get(r).and_then(|p| p.parse().ok()).unwrap_or(0);
            make(part(0..4), part(4..6), part(6..8))
        } else {
            None
        };
        out.extend(day);
    }
    out
}

/// Whether a text has as many digits as the shortest day, `3 mei 2021` without its month's name or `1.2.03`.
pub(crate) fn may_hold_day(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).nth(3).is_some()
}

fn make(year: i32, month: i32, day: i32) -> Option<Day> {
    if !(1995..=2035).contains(&year) {
        return None;
    }
    Day::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn pattern() -> &'static Regex {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    PATTERN.get_or_init(|| {
        Regex::new(concat!(
            r"(?:^|[^\d.,/-])(?:",
            r"(?P<y1>(?:19|20)\d\d)\s?(?:年|[-/.])\s?(?P<m1>\d{1,2})\s?(?:月|[-/.])\s?(?P<d1>\d{1,2})(?:日|号|號|[^\d]|T|$)",
            r"|(?P<d2>\d{1,2})[-/.]\s?(?P<m2>\d{1,2})[-/.]\s?(?P<y2>(?:19|20)\d\d|[0-3]\d)(?:[^\d.%€$-]|\.(?:\D|$)|$)",
            r"|(?P<d3>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]{0,2}(?:de\s|of\s)?(?P<m3>\p{L}{3,10})\.?,?[\s-]{0,2}(?:de\s|del\s)?(?P<y3>(?:19|20)\d\d)(?:\D|$)",
            r"|(?P<eight>(?:19|20)\d\d[01]\d[0-3]\d)(?:\D|$)",
            r")|(?P<m4>\p{L}{3,10})\.?\s(?P<d4>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y4>(?:19|20)\d\d)(?:\D|$)"
        ))
        .expect("the pattern is a constant")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_many_pages() {
        let cases = [
            ("2023-05-12T10:20:00+08:00", Some("2023-05-12")),
            ("发布时间：2023年5月12日 10:20", Some("2023-05-12")),
            ("12.05.2023, 10:20 Uhr", Some("2023-05-12")),
            ("vrijdag 12 mei 2023", Some("2023-05-12")),
            ("Publicado el 12 de mayo de 2023", Some("2023-05-12")),
            ("May 12, 2023 at noon", Some("2023-05-12")),
            ("Sept. 3, 2019", Some("2019-09-03")),
            ("20230512", Some("2023-05-12")),
            ("12. März 2019", Some("2019-03-12")),
            ("Tel. 020-555 01 10", None),
            ("versie 1.12.2023.7", None),
            ("30-02-2020", None),
            ("1850-01-01", None),
        ];
        for (text, want) in cases {
            assert_eq!(first_day(text).map(|d| d.to_string()).as_deref(), want, "{text}");
        }
    }
}
