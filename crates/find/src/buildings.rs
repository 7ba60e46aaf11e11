//! Where a post is inside a building, where no street is said: 龙湾市场三层, “Hall 6 of the Sunflower Market”,
//! “galería Los Vidrieros, local 22”; and boxes of a post office.

use plainsight_model::Span;
use plainsight_text::{Haystack, Pattern, fold};
use std::sync::LazyLock;

/// The rule of such an address: it says where a post is, and never that there is one.
pub(crate) const INSIDE: &str = "address:building";

/// A place inside a building; bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inside {
    pub start: usize,
    pub end: usize,
    pub key: String,
}

/// A building by the last word of its name, and the floor or the side of it.
static HAN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"(\p{Han}{1,12}?)(?:广场|廣場|大厦|大廈|大楼|大樓|商场|商場|市场|市場|会馆|會館|会所|會所|酒店|饭店|飯店|餐馆|餐館|酒楼|超市|商会|商會|同乡会|同鄉會|联谊会|聯誼會|教会|教會|教堂|学校|學校)(?:[（(][^（）()\n]{1,30}[）)])?(?:(?:[一二三四五六七八九十]{1,3}|地下|[0-9０-９]{1,2})(?:楼|樓|层|層)(?:[0-9０-９A-Za-z]{1,5}(?:室|号|號|铺|舖))?|楼上|樓上|的?地下室)",
    )
});
static ENGLISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:(?:(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Gg]round|[Tt]op|[Uu]pper)(?:-|\s)floor(?:\s(?:room|office|flat|unit|shop))?|[Bb]asement|(?:Hall|Unit|Suite|Shop|Stall|Room|Booth)\s\d{1,4}[A-Z]?),?\s(?:in|of|at|inside)\s(?:the\s)?)+(?:[A-Z][\p{L}'’]*\s){1,4}(?:Market|Building|Mall|Plaza|Tower|Towers|Arcade|Centre|Center|House|Hotel|Restaurant|Hall|Complex|Park|Exchange|Warehouse)\b|\bP\.?\s?O\.?\sBox\s\d{1,6}\b",
    )
});
static DUTCH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[Uu]nit|[Hh]al|[Kk]amer|[Ww]inkel|[Kk]raam|[Ll]oods)\s\d{1,4}[A-Za-z]?\s(?:van|in)\s(?:het\s|de\s)?\p{L}*(?:centrum|gebouw|hal|markt|complex)\s[A-Z][\p{L}'’-]+(?:\s[A-Z][\p{L}'’-]+){0,2}|\b[Pp]ostbus\s\d{1,6}(?:,?\s\d{4}\s?[A-Z]{2}\b)?",
    )
});
static SPANISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[Nn]ave|[Ll]ocal|[Pp]uesto|[Oo]ficina|[Cc]aseta|[Mm]ódulo)\s\d{1,4}[A-Za-z]?,?\s(?:del?|en)\s(?:la\s|el\s)?(?:polígono|galerías?|mercado|edificio|centro\scomercial)\s(?:[A-ZÀ-Þ][\p{L}'’-]+)(?:\s(?:(?:de|del|la|los|las)\s){0,2}[A-ZÀ-Þ][\p{L}'’-]+){0,3}|\b(?:polígono|galerías?|mercado|edificio|centro\scomercial)\s(?:[A-ZÀ-Þ][\p{L}'’-]+)(?:\s(?:(?:de|del|la|los|las)\s){0,2}[A-ZÀ-Þ][\p{L}'’-]+){0,3},\s(?:nave|local|puesto|oficina|piso|planta|caseta)\s\d{1,4}\b|\b[Aa]partado(?:\sde\s[Cc]orreos)?\s\d{1,6}\b",
    )
});

/// Words after which the name of a building begins, the longest first.
const BEFORE: [&str; 22] = [
    "地址", "位于", "位於", "设在", "設在", "设于", "設於", "借用", "租用", "租下", "腾出", "一间", "一間",
    "一家", "在", "到", "于", "於", "的", "就是", "搬到", "是",
];

/// Finds them, by position; `places` are byte spans of places: a town before a building is no part of its name.
pub(crate) fn insides(haystack: &Haystack, places: &[Span]) -> Vec<Inside> {
    let text = haystack.text();
    let mut out: Vec<Inside> = Vec::new();
    let add = |out: &mut Vec<Inside>, start: usize, end: usize| {
        out.push(Inside { start, end, key: fold(&text[start..end]) });
    };
    // Few texts name a floor, and the pattern has no quick way to those that do not.
    if text.contains(['楼', '樓', '层', '層']) || text.contains("地下室") {
        for found in HAN.captures_iter(haystack) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
            let behind = BEFORE.iter().filter_map(|word| Some(name.as_str().rfind(word)? + word.len())).max();
            let from = name.start() + behind.unwrap_or(0);
            let towns = places.iter().filter(|place| place.start >= from && place.end <= name.end());
            let from = towns.map(|place| place.end).max().unwrap_or(from);
            // 商会楼上 alone names no building; 会馆三楼 says which floor of the house that is spoken of.
            let floor =
                whole.as_str().contains(|c: char| "一二三四五六七八九".contains(c) || c.is_ascii_digit());
            if from < name.end() || floor {
                add(&mut out, from, whole.end());
            }
        }
    }
    let latin = text.bytes().any(|b| b.is_ascii_lowercase());
    for pattern in [&*ENGLISH, &*DUTCH, &*SPANISH].into_iter().filter(|_| latin) {
        for whole in pattern.captures_iter(haystack).filter_map(|found| found.get(0)) {
            add(&mut out, whole.start(), whole.end());
        }
    }
    out.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end)));
    let mut last = 0;
    out.retain(|one| {
        let free = one.start >= last;
        last = last.max(one.end);
        free
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_buildings_by_example() {
        for (text, town, wanted) in [
            ("在盐港云帆大厦三楼302室办公", "盐港", vec!["云帆大厦三楼302室"]),
            ("设在唐人街青禾商场二层", "", vec!["唐人街青禾商场二层"]),
            ("借用松涧會館樓上", "", vec!["松涧會館樓上"]),
            ("in a room in Hall 3 of the Lantern Market, since", "", vec!["Hall 3 of the Lantern Market"]),
            (
                "a second-floor office in the Blue Heron Building was",
                "",
                vec!["second-floor office in the Blue Heron Building"],
            ),
            ("en la nave 7 del polígono Las Acequias. Tel", "", vec!["nave 7 del polígono Las Acequias"]),
            ("en la galería El Farol, local 9, con", "", vec!["galería El Farol, local 9"]),
            (
                "in unit 4 van het handelscentrum Oosterpoort, zei",
                "",
                vec!["unit 4 van het handelscentrum Oosterpoort"],
            ),
            ("Schrijf naar Postbus 123, 1234 AB Havenrode", "", vec!["Postbus 123, 1234 AB"]),
            ("write to P.O. Box 45, Morrowick", "", vec!["P.O. Box 45"]),
            ("apartado de correos 77", "", vec!["apartado de correos 77"]),
            ("商会楼上", "", vec![]),
            ("市场三年增长", "", vec![]),
            ("the first floor of a house", "", vec![]),
            ("el mercado de Abastos", "", vec![]),
            ("the second floor was in the Market", "", vec![]),
        ] {
            let places: Vec<Span> = if town.is_empty() {
                vec![]
            } else {
                text.match_indices(town).map(|(at, p)| Span::new(at, at + p.len())).collect()
            };
            let found: Vec<&str> = insides(&Haystack::new(text), &places)
                .into_iter()
                .map(|one| &text[one.start..one.end])
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_long_run_is_linear() {
        assert!(insides(&Haystack::new(&"市场".repeat(100_000)), &[]).is_empty());
        assert!(insides(&Haystack::new(&"First floor ".repeat(50_000)), &[]).is_empty());
    }
}
