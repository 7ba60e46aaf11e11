//! Street addresses with a house number: Chinese large to small, translated
//! streets, Dutch, German, Spanish, Italian, French, English.

use crate::numerals;
use crate::words::{List, list};
use plainsight_text::fold;
use regex::Regex;
use std::sync::LazyLock;

/// An address in a text; bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub start: usize,
    pub end: usize,
    pub key: String,
    pub rule: &'static str,
}

static HAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"([\p{Han}A-Za-z·]{1,20}?(?:大街|大道|胡同|马路|馬路|公路|路|街|巷|弄|广场|廣場))\s*(?:第)?\s*([0-9０-９]{1,5}(?:[-–—][0-9０-９]{1,4})?[A-Za-z]?|[一二三四五六七八九十百零〇两]{1,6})\s*(号|號)?((?:[0-9０-９A-Za-z一二三四五六七八九十]{1,4}(?:楼|樓|室|单元|單元|栋|棟|座|层|層))*)",
    )
});
static DUTCH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:Aan|Op|In|Bij|Van|Naar)\s+(?:(?:de|het|den)\s+)?)?((?:[A-ZÀ-Þ][\p{L}'’.-]*\s+(?:(?:van|de|der|den|het|ten|ter|op)\s+){0,2}){0,4}[A-ZÀ-Þ]?[\p{L}'’-]*(?:straat|laan|weg|gracht|kade|plein|singel|dijk|steeg|hof|pad|markt|dreef|boulevard|wal|plantsoen|baan|burgwal|strasse|straße|str\.|platz|allee|gasse))\s+(\d{1,4}(?:[a-zA-Z]\b|\s[A-Z]\b)?(?:-\d{1,4})?)(?:,?\s+\d{4}\s?[A-Z]{2}\b)?",
    )
});
static SPANISH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:\b(calle|c/|c\.|avenida|avda\.?|av\.|plaza|pza\.?|paseo|ronda|travesía|rambla|carretera|glorieta|via|viale|piazza|corso|rue|avenue|rua))\s+((?:(?:de|del|la|las|los|el|da|do|dos|des|du|di|della|y|e|san|santa)\s+){0,3}[A-ZÀ-Þ][\p{L}'’.-]*(?:\s+(?:(?:de|del|la|las|los|el|da|do|y)\s+){0,2}[A-ZÀ-Þ][\p{L}'’.-]*){0,4})\s*,?\s*(?i:n\.?º|nº|n°|núm\.?|número|numero)?\s*(\d{1,4}(?:[a-zA-Z]\b|\s[A-Z]\b)?(?:-\d{1,4})?)\b",
    )
});
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(\d{1,4}[A-Za-z]?(?:[-–]\d{1,4})?),?\s+((?:[A-Z][\p{L}'’-]*\s+){1,4}?(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Square|Quay|Place|Boulevard|Blvd\.?|Court|Terrace|Row|Gardens|Wharf|Parade|Highway|Alley|Crescent))(?:\b|$)",
    )
});
static FRENCH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(\d{1,4})(?:\s?bis)?,?\s+((?i:rue|avenue|boulevard|place|quai)\s+(?:(?:de|du|des|la|le|les|l['’])\s*){0,3}[A-ZÀ-Þ][\p{L}'’-]*(?:[\s-][A-ZÀ-Þ][\p{L}'’-]*){0,3})",
    )
});

/// Compiles a pattern of this file.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file, compiled in its tests")
}

/// Finds addresses, by position.
pub(crate) fn addresses(text: &str) -> Vec<Address> {
    let mut out = Vec::new();
    if text.chars().any(plainsight_text::is_han) {
        out.extend(han(text));
    }
    for (pattern, street, number, kind) in
        [(&*DUTCH, 1, 2, None), (&*ENGLISH, 2, 1, None), (&*FRENCH, 2, 1, None), (&*SPANISH, 2, 3, Some(1))]
    {
        for found in pattern.captures_iter(text) {
            let (Some(whole), Some(street), Some(number)) =
                (found.get(0), found.get(street), found.get(number))
            else {
                continue;
            };
            let kind = kind
                .and_then(|k: usize| found.get(k))
                .map(|k| format!("{} ", k.as_str()))
                .unwrap_or_default();
            // 地址为Zyx 14: a Latin street in Chinese text begins behind the last Han character.
            let han = street.as_str().char_indices().rfind(|(_, c)| plainsight_text::is_han(*c));
            let behind = han.map_or(0, |(at, c)| at + c.len_utf8());
            let (street_start, street) =
                (street.start() + behind, street.as_str().get(behind..).unwrap_or_default());
            // A preposition before the street is matched, so that its capital opens no name.
            let first = [street_start, number.start()].into_iter().min().filter(|_| kind.is_empty());
            out.push(Address {
                start: first.unwrap_or(whole.start()),
                end: whole.end(),
                key: key(&format!("{kind}{street}"), number.as_str()),
                rule: "address:latin",
            });
        }
    }
    out.sort_by_key(|a| (a.start, std::cmp::Reverse(a.end)));
    let mut last = 0;
    out.retain(|a| {
        let free = a.start >= last;
        if free {
            last = a.end;
        }
        free
    });
    out.retain(|address| !dwelling(text, address));
    out
}

/// Words that call a building somebody's home, folded.
static HOME: List = list![
    "民宅",
    "住宅",
    "私宅",
    "家中",
    "住家",
    "私人住所",
    "woning",
    "woonhuis",
    "priveadres",
    "vivienda",
    "casa particular",
    "domicilio particular",
    "dwelling",
    "private home",
    "private house",
    "private flat",
    "home of a private person"
];

/// Whether a text calls itself about a home.
pub(crate) fn home(text: &str) -> bool {
    HOME.within(&fold(text))
}

/// Whether the clause around an address calls it a dwelling: where people live is nobody's finding.
fn dwelling(text: &str, address: &Address) -> bool {
    let ends = |c: &char| "。；;\n！!".contains(*c);
    let before: Vec<char> = text[..address.start].chars().rev().take(30).take_while(|c| !ends(c)).collect();
    let after: String = text[address.end..].chars().take(30).take_while(|c| !ends(c)).collect();
    let after = after.split(". ").next().unwrap_or_default();
    let before: String = before.into_iter().rev().collect();
    home(before.rsplit(". ").next().unwrap_or_default()) || home(after)
}

/// Words after which a street's name begins.
const BEFORE: &[&str] = &[
    "地址", "位于", "位於", "设在", "設在", "设于", "設於", "坐落", "就在", "地点", "地點", "在", "于", "於",
    "的", "市", "城", "区", "區", "县", "縣", "镇", "鎮", "省", "州", "国", "國", "为", "為", "是",
];

fn han(text: &str) -> Vec<Address> {
    HAN.captures_iter(text)
        .filter_map(|found| {
            let (whole, street, number) = (found.get(0)?, found.get(1)?, found.get(2)?);
            let spelled = number.as_str().chars().all(plainsight_text::is_han);
            // 一路一百人 is no address: a number in words needs its 号.
            if spelled && found.get(3).is_none() {
                return None;
            }
            let after = text[whole.end()..].chars().next();
            if found.get(3).is_none()
                && after.is_some_and(|c| "年月日个個人次家条條%％.公米路线線".contains(c))
            {
                return None;
            }
            let from = BEFORE
                .iter()
                .filter_map(|word| street.as_str().rfind(word).map(|at| at + word.len()))
                .filter(|at| street.as_str()[*at..].chars().count() >= 2)
                .max()
                .unwrap_or(0);
            let name = &street.as_str()[from..];
            let value =
                if spelled { numerals::han(number.as_str())?.to_string() } else { fold(number.as_str()) };
            Some(Address {
                start: street.start() + from,
                end: whole.end(),
                key: key(name, &value),
                rule: "address:han",
            })
        })
        .collect()
}

/// Abbreviations of a street, folded, and what they stand for.
const LONG: &[(&str, &str)] = &[
    ("c/", "calle"),
    ("c.", "calle"),
    ("avda", "avenida"),
    ("avda.", "avenida"),
    ("av.", "avenida"),
    ("pza", "plaza"),
    ("pza.", "plaza"),
    ("st", "street"),
    ("st.", "street"),
    ("rd", "road"),
    ("rd.", "road"),
    ("ave", "avenue"),
    ("ave.", "avenue"),
    ("blvd", "boulevard"),
    ("blvd.", "boulevard"),
    ("ln", "lane"),
    ("ln.", "lane"),
];

/// Street and number as one spelling: `harbour street 12`, `灯塔街 12`.
pub(crate) fn key(street: &str, number: &str) -> String {
    let street = fold(street);
    let words: Vec<&str> = street
        .split_whitespace()
        .map(|word| LONG.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| *long))
        .collect();
    let number: String = fold(number).chars().filter(|c| !c.is_whitespace()).collect();
    format!("{} {}", words.join(" "), number.replace(['–', '—'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_by_example() {
        for (text, exact, wanted) in [
            ("地址：灯塔街12号3楼", "灯塔街12号3楼", "灯塔街 12"),
            ("位於港城燈塔街十二號", "燈塔街十二號", "灯塔街 12"),
            ("驻地在塔斯曼街 7号", "塔斯曼街 7号", "塔斯曼街 7"),
            ("op de Korenstraat 12, 1234 AB Havenrode", "Korenstraat 12, 1234 AB", "korenstraat 12"),
            ("aan de Oude Molenweg 7b zat", "Oude Molenweg 7b", "oude molenweg 7b"),
            ("en la calle del Faro, 12 de", "calle del Faro, 12", "calle del faro 12"),
            ("C/ Molino Viejo nº 5", "C/ Molino Viejo nº 5", "calle molino viejo 5"),
            ("at 12 Harbour Light Street in", "12 Harbour Light Street", "harbour light street 12"),
            ("地址为Molenpad 14。", "Molenpad 14", "molenpad 14"),
            ("设在Korenkade 7，", "Korenkade 7", "korenkade 7"),
            ("en Plaza Tilo 5 y otra", "Plaza Tilo 5", "plaza tilo 5"),
            ("in via Orto Vecchio 2", "via Orto Vecchio 2", "via orto vecchio 2"),
        ] {
            let found = addresses(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(
                (&text[found[0].start..found[0].end], found[0].key.as_str()),
                (exact, wanted),
                "{text}"
            );
        }
        for text in [
            "一路一百人",
            "地址：灯塔街12号（民宅）",
            "Korenstraat 12, een woonhuis",
            "Korenstraat",
            "in 2018 Wall",
            "沿街10个",
            "een lange weg van 3 jaar",
            "this way 12",
            "一带一路2018年",
        ] {
            assert_eq!(addresses(text), [], "{text}");
        }
    }

    #[test]
    fn a_long_run_is_linear() {
        assert!(addresses(&"路".repeat(200_000)).is_empty());
        assert!(addresses(&"Aa ".repeat(100_000)).is_empty());
    }
}
