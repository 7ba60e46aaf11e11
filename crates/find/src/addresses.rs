//! Street addresses with a house number: Chinese large to small, translated
//! streets, Dutch, German, Spanish, Italian, French, English.

use crate::numerals;
use crate::words::{List, list};
use plainsight_text::{Haystack, Pattern, fold};
use std::sync::LazyLock;

/// An address in a text; bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub start: usize,
    pub end: usize,
    pub key: String,
    pub rule: &'static str,
}

static HAN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"([\p{Han}A-Za-z·]{1,20}?(?:大街|大道|胡同|马路|馬路|公路|路|街|巷|弄|广场|廣場))\s*(?:[（(][^（）()\n]{1,40}[）)])?\s*(?:第)?\s*([0-9０-９]{1,5}(?:[-–—][0-9０-９]{1,4})?[A-Za-z]?|[一二三四五六七八九十百零〇两]{1,6})\s*(号|號)?((?:[0-9０-９A-Za-z一二三四五六七八九十]{1,4}(?:楼|樓|室|单元|單元|栋|棟|座|层|層))*)",
    )
});
static DUTCH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:(?:Aan|Op|In|Bij|Van|Naar)\s+(?:(?:de|het|den)\s+)?)?((?:[A-ZÀ-Þ][\p{L}'’.-]*\s+(?:(?:van|de|der|den|het|ten|ter|op)\s+){0,2}){0,4}[A-ZÀ-Þ]?[\p{L}'’-]*(?:straat|laan|weg|gracht|kade|plein|singel|dijk|steeg|hof|pad|markt|dreef|boulevard|wal|plantsoen|baan|burgwal|vej|gade|gatan|vägen|strasse|straße|str\.|platz|allee|gasse))\s+(\d{1,4}(?:[a-zA-Z]\b|\s[A-Z]\b)?(?:-\d{1,4})?)(?:,?\s+\d{4}\s?[A-Z]{2}\b)?",
    )
});
/// Endings that many streets have and many other words too (Wijnhaven, Mühlendamm): a street only behind
/// a word of place or a Han character, or with a postcode after it; its stem is written with a capital.
static BY_PLACE: LazyLock<Pattern> = LazyLock::new(|| {
    const ARTICLE: &str = r"(?i:aan|op|in|bij|an|auf|en)\s+(?i:de|het|den|der|dem|el|la)\s+";
    const BARE: &str =
        r"(?i:aan|am|im|at|adres|adresse|address|dirección|domicilio|anschrift|gevestigd)\s*:?\s+";
    Pattern::constant(&format!(
        r"(?:\b{ARTICLE}|\b{BARE}|\p{{Han}}[\s：:，,]*){BROAD}(?:,?\s+\d{{4}}\s?[A-Z]{{2}}\b)?"
    ))
});
static BY_POSTCODE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(&format!(r"\b{BROAD},?\s+(?:\d{{4}}\s?[A-Z]{{2}}\b|\d{{5}}\s+[A-ZÀ-Þ])"))
});
/// “Aan de Gildetrom 12”: behind these words a name with a number is a street, whatever its ending.
static BY_AAN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b[Aa]an\s+(?:de|het|den)\s+((?:[A-Z][\p{L}'’-]+\s+){0,2}[A-Z][\p{L}'’-]{3,})\s+(\d{1,4}(?:[a-zA-Z]\b)?(?:-\d{1,4})?)(?:,?\s+\d{4}\s?[A-Z]{2}\b)?",
    )
});
/// Such a street at the end of a cell of a table.
static BY_CELL: LazyLock<Pattern> = LazyLock::new(|| Pattern::constant(&format!(r"(?:\t|,\s){BROAD}[ ]*\t")));
/// What looks like such a street and is a door or a holiday park, folded.
static NO_STREET: List = list![
    "formule",
    "groep",
    "artikel",
    "bijlage",
    "kamer",
    "divisie",
    "ingang",
    "uitgang",
    "toegang",
    "doorgang",
    "overgang",
    "vakantiepark",
    "jachthaven",
    "eingang"
];
/// The street and its number.
const BROAD: &str = r"((?:[A-ZÀ-Þ][\p{L}'’.-]*\s+){0,3}[A-ZÀ-Þ][\p{L}'’-]{2,}(?:brink|brug|brücke|chaussee|damm|drift|eind|einde|erf|esplanade|galerij|gang|graben|haven|hage|heuvel|hoek|horst|kamp|kolk|laantje|park|passage|pleintje|poort|promenade|rade|rak|ring|rode|singeltje|sluis|stede|steegje|steiger|stieg|straatje|terras|terp|tuin|twiete|ufer|vaart|veld|vest|veste|vliet|warande|weide|werf|zicht|zijl|zoom))\s+(\d{1,4}(?:[a-zA-Z]\b|\s[A-Z]\b)?(?:-\d{1,4})?)";
static SPANISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"(?i:\b(calle|c/|c\.|avenida|avda\.?|av\.|plaza|pza\.?|paseo|ronda|travesía|rambla|carretera|glorieta|pasaje|pje\.?|jirón|carrer|camino|cuesta|callejón|bulevar|alameda|costanera|polígono|galerías?|via|viale|piazza|corso|rue|avenue|rua))\s+((?:(?:de|del|dels|la|las|los|el|els|les|da|do|dos|des|du|di|della|y|e|san|santa)\s+){0,3}[A-ZÀ-Þ][\p{L}'’.-]*(?:\s+(?:(?:de|del|la|las|los|el|da|do|y)\s+){0,2}[A-ZÀ-Þ][\p{L}'’.-]*){0,4})\s*,?\s*(?i:n\.?º|nº|n°|núm\.?|número|numero|local|nave|piso|puesto|oficina)?\s*(\d{1,4}(?:[a-zA-Z]\b|\s[A-Z]\b)?(?:-\d{1,4})?)\b",
    )
});
static ENGLISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(\d{1,4}[A-Za-z]?(?:[-–]\d{1,4})?),?\s+((?:[A-Z][\p{L}'’-]*\s+){1,4}?(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Square|Quay|Place|Boulevard|Blvd\.?|Court|Terrace|Row|Arcade|Wynd|Mews|Close|Walk|Yard|Grove|Hill|Green|Mall|Plaza|Gate|Rise|Embankment|Circus|Gardens|Wharf|Parade|Highway|Alley|Crescent))(?:\b|$)",
    )
});
static FRENCH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(\d{1,4})(?:\s?bis)?,?\s+((?i:rue|avenue|boulevard|place|quai)\s+(?:(?:de|du|des|la|le|les|l['’])\s*){0,3}[A-ZÀ-Þ][\p{L}'’-]*(?:[\s-][A-ZÀ-Þ][\p{L}'’-]*){0,3})",
    )
});
/// A street without its number, as a sentence names it: “aan de Kalkovenkade”, “de la calle Molino Viejo”.
static STREET: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[Aa]an|[Oo]p|[Ii]n)\s+(?:de|het|den)\s+((?:[A-ZÀ-Þ][\p{L}'’-]*\s+){0,2}[A-ZÀ-Þ]\p{L}*(?:straat|laan|gracht|kade|plein|singel|steeg|markt|dreef|luwte|pad))\b|\b(?:[Ee]n|de|del)\s+(?:la\s+|el\s+)?((?:calle|avenida|plaza|paseo|carrer|pasaje)\s+(?:(?:de|del|dels|la|las|los|el)\s+){0,2}[A-ZÀ-Þ][\p{L}'’-]*(?:\s+[A-ZÀ-Þ][\p{L}'’-]*){0,3})",
    )
});

/// The rule of a street without a number: it says where a post is, and never that there is one.
pub(crate) const STREET_ALONE: &str = "address:street";

/// Finds addresses, by position.
pub(crate) fn addresses(haystack: &Haystack) -> Vec<Address> {
    let text = haystack.text();
    let mut out = Vec::new();
    if text.chars().any(plainsight_text::is_han) {
        out.extend(han(haystack));
    }
    for (pattern, street, number, kind, broad) in [
        (&*DUTCH, 1, 2, None, false),
        (&*BY_PLACE, 1, 2, None, true),
        (&*BY_POSTCODE, 1, 2, None, true),
        (&*BY_AAN, 1, 2, None, true),
        (&*BY_CELL, 1, 2, None, true),
        (&*ENGLISH, 2, 1, None, false),
        (&*FRENCH, 2, 1, None, false),
        (&*SPANISH, 2, 3, Some(1), false),
    ] {
        for found in pattern.captures_iter(haystack) {
            let (Some(whole), Some(street), Some(number)) =
                (found.get(0), found.get(street), found.get(number))
            else {
                continue;
            };
            // A year is no house number: “aan de Wijnhaven 2019”.
            let year = number.as_str().parse::<u32>().is_ok_and(|n| (1900..=2100).contains(&n));
            let cut = text[number.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            if broad && (cut || year || NO_STREET.ends(&fold(street.as_str()))) {
                continue;
            }
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
                end: whole.start() + whole.as_str().trim_end_matches([' ', '\t']).len(),
                key: key(&format!("{kind}{street}"), number.as_str()),
                rule: "address:latin",
            });
        }
    }
    out.extend(streets(haystack));
    // A street with its number wins over the same street alone.
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

fn streets(haystack: &Haystack) -> Vec<Address> {
    STREET
        .captures_iter(haystack)
        .filter_map(|found| {
            let street = found.get(1).or_else(|| found.get(2))?;
            // A number behind it makes it an address, which the other patterns know.
            let rest = haystack.text()[street.end()..].trim_start_matches([',', ' ']);
            let numbered = rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with('n');
            (!numbered).then(|| Address {
                start: street.start(),
                end: street.end(),
                key: fold(street.as_str()),
                rule: STREET_ALONE,
            })
        })
        .collect()
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

fn han(haystack: &Haystack) -> Vec<Address> {
    let text = haystack.text();
    HAN.captures_iter(haystack)
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
            ("aan de Touwslagersgang 12 in", "Touwslagersgang 12", "touwslagersgang 12"),
            ("gevestigd aan het Zeilmakerspark 3b,", "Zeilmakerspark 3b", "zeilmakerspark 3b"),
            ("设在Vissersbrink 8一栋楼", "Vissersbrink 8", "vissersbrink 8"),
            ("地址：Oude Turfhaven 16，", "Oude Turfhaven 16", "oude turfhaven 16"),
            ("a station at Vissersbrink 8, Havenrode", "Vissersbrink 8", "vissersbrink 8"),
            ("en el Vissersbrink 8 de", "Vissersbrink 8", "vissersbrink 8"),
            ("在黑陶街（Alfarería Negra）2045號，", "黑陶街（Alfarería Negra）2045號", "黑陶街 2045"),
            ("en pasaje Los Toneleros 751, con", "pasaje Los Toneleros 751", "pasaje los toneleros 751"),
            ("in een kelder aan de Kalkovenkade, en", "Kalkovenkade", "kalkovenkade"),
            ("un local de la calle Molino Viejo rotulado", "calle Molino Viejo", "calle molino viejo"),
            ("Turfwerf 16, 1234 AB Havenrode", "Turfwerf 16, 1234 AB", "turfwerf 16"),
            ("in een pand aan de Gildetrom 12 in", "Gildetrom 12", "gildetrom 12"),
            ("am Mühlendamm 5 in", "Mühlendamm 5", "muhlendamm 5"),
            ("Havenrode\tSteunpunt, Touwslagersgang 3\t2019", "Touwslagersgang 3", "touwslagersgang 3"),
        ] {
            let found = addresses(&Haystack::new(text));
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
            "in Quellhaven 3 posten",
            "aan de Wijnhaven 2019",
            "de eerste race aan de Formule 1",
            "aan de Gildetrom 2019",
            "bij de Ingang 3",
            "Team Bergpoort 3 won",
            "Hafengang 3",
            "de voortgang 3 jaar later",
            "一带一路2018年",
        ] {
            assert_eq!(addresses(&Haystack::new(text)), [], "{text}");
        }
    }

    #[test]
    fn a_long_run_is_linear() {
        assert!(addresses(&Haystack::new(&"路".repeat(200_000))).is_empty());
        assert!(addresses(&Haystack::new(&"Aa ".repeat(100_000))).is_empty());
    }
}
