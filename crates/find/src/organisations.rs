//! Associations, chambers and companies that may host a post.

use plainsight_model::Span;
use plainsight_text::{Haystack, Pattern};
use std::sync::LazyLock;

/// An organisation in a text; bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub start: usize,
    pub end: usize,
    pub rule: &'static str,
}

static HAN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"同乡总会|同鄉總會|同乡会|同鄉會|总商会|總商會|商会|商會|联谊会|聯誼會|联合会|聯合會|联合总会|聯合總會|总会|總會|公会|公會|促进会|促進會|协会|協會|互助会|互助會|宗亲会|宗親會|基金会|基金會|会馆|會館|教会|教會|文化中心|活动中心|活動中心|有限公司",
    )
});
static ENGLISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[A-Z][\p{L}'’&-]*\s+(?:(?:of|and|for|the)\s+){0,2}){1,6}(?:Association|Chamber\sof\sCommerce|Federation|Society|Foundation|Club|Guild|Community\sCent(?:re|er)|[Rr]estaurant|[Tt]eahouse|[Ss]upermarket)(?:\s+(?:of|for|in)\s+(?:the\s+)?[A-Z][\p{L}'’-]*(?:\s+[A-Z][\p{L}'’-]*){0,3})?\b|\b(?:Association|Chamber\sof\sCommerce|Federation)\s+of\s+(?:the\s+)?[A-Z][\p{L}'’-]*(?:\s+(?:(?:in|of|the)\s+){0,2}[A-Z][\p{L}'’-]*){0,4}",
    )
});
static DUTCH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[Ss]tichting|[Vv]ereniging|[Ss]treekvereniging|[Hh]andelsvereniging|[Bb]uurtvereniging|[Ss]ociëteit|[Gg]enootschap|[Oo]ndernemersvereniging|[Cc]ultureel\scentrum|[Ww]ijkcentrum|[Bb]uurthuis|[Bb]uurtcentrum|[Gg]emeenschapshuis|[Rr]estaurant|[Rr]eisbureau)\s+(?:(?:van|voor|der|de|het)\s+){0,2}(?:[A-Z][\p{L}'’-]*)(?:\s+(?:(?:van|voor|en|der|de|in|het)\s+){0,2}[A-Z][\p{L}'’-]*){0,5}",
    )
});
static SPANISH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[Aa]sociación|[Cc]ámara\s+de\s+[Cc]omercio|[Ff]ederación|[Ff]undación|[Uu]nión\s+de|[Bb]eneficencia|[Rr]estaurante|Centro\s[Cc]ultural|Centro\s[Ss]ocial|Sociedad|Círculo|Agrupación|Colectividad|Hermandad)\s+(?:(?:de|del|la|los|las|para|cultural|comercial|vecinal|china|chinos)\s+){0,4}[A-ZÀ-Þ][\p{L}'’-]*(?:\s+(?:(?:de|del|la|los|las|y|en)\s+){0,3}[A-ZÀ-Þ][\p{L}'’-]*){0,5}",
    )
});
static DUTCH_CHAMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b[A-Z][\p{L}'’-]+\s+(?:Kamer\s+van\s+Koophandel|Handelskamer)(?:\s+[A-Z][\p{L}'’-]+)?\b",
    )
});
static COMPANY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"\b(?:[A-ZÀ-Þ][\p{L}'’&-]*,?\s+){1,5}(?:B\.V\.|BV|N\.V\.|S\.L\.|S\.A\.|Ltd\.?|Limited|GmbH|Inc\.?)(?:\s|$|[,;)])",
    )
});

/// Finds organisations; `places` are byte spans of places, which tell where a Chinese name begins.
pub(crate) fn organisations(haystack: &Haystack, places: &[Span]) -> Vec<Organisation> {
    let text = haystack.text();
    let mut out = Vec::new();
    for found in HAN.captures_iter(haystack) {
        let Some(found) = found.get(0) else { continue };
        if let Some(start) = han_start(text, found.start(), places) {
            out.push(Organisation { start, end: found.end(), rule: "organisation:han" });
        }
    }
    for (pattern, rule) in [
        (&*ENGLISH, "organisation:en"),
        (&*DUTCH, "organisation:nl"),
        (&*DUTCH_CHAMBER, "organisation:nl"),
        (&*SPANISH, "organisation:es"),
        (&*COMPANY, "organisation:company"),
    ] {
        for found in pattern.captures_iter(haystack) {
            let Some(found) = found.get(0) else { continue };
            let mut start = found.start();
            for article in ["The ", "Het ", "De ", "La ", "El "] {
                if found.as_str().starts_with(article) {
                    start += article.len();
                }
            }
            let end = start + text[start..found.end()].trim_end_matches([' ', ',', ';', ')', '\n']).len();
            out.push(Organisation { start, end, rule });
        }
    }
    out.sort_by_key(|o| (o.start, std::cmp::Reverse(o.end)));
    let mut last = 0;
    out.retain(|o| {
        let free = o.start >= last;
        if free {
            last = o.end;
        }
        free
    });
    out
}

/// Characters before which a name does not reach back.
const STOPS: &str = "在由与與和及是为為于於被将將向对對经經的了把从從据據让讓给給到至称稱说說，。、；：“”「」《》（）()·,. \n\t有也并並设設借用认認访訪找请請";

/// Words behind which the name of a host begins.
const KEPT_AT: [&str; 11] =
    ["挂靠", "掛靠", "依托", "依託", "委托", "委託", "借用", "承租", "合署", "隶属", "隸屬"];

/// The longest name before its closing word, in characters.
const LONGEST: usize = 14;

fn han_start(text: &str, closing: usize, places: &[Span]) -> Option<usize> {
    let mut start = closing;
    for (at, c) in text[..closing].char_indices().rev().take(LONGEST) {
        if STOPS.contains(c) || !plainsight_text::is_han(c) {
            break;
        }
        start = at;
    }
    // 布拉格站挂靠布拉格某同乡会: the association begins behind the word for being kept there.
    let behind = KEPT_AT.iter().filter_map(|word| Some(text[start..closing].rfind(word)? + word.len())).max();
    start += behind.unwrap_or(0);
    // The name of a place opens the name of its association, with 旅, 全 or 驻 before it.
    if let Some(place) = places.iter().filter(|p| p.start >= start && p.end <= closing).map(|p| p.start).min()
    {
        start = place;
        if let Some((at, c)) = text[..place].char_indices().next_back()
            && "旅全驻駐".contains(c)
        {
            start = at;
        }
    }
    (text[start..closing].chars().count() >= 2).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_by_example() {
        for (text, place, wanted) in [
            ("由北岭同乡会承办", "北岭", vec!["北岭同乡会"]),
            ("记者走访旅港国北岭同鄉總會", "港国", vec!["旅港国北岭同鄉總會"]),
            ("hosted by the Northridge Traders Association in", "", vec!["Northridge Traders Association"]),
            ("bij Stichting Oosterpoort aan", "", vec!["Stichting Oosterpoort"]),
            (
                "en la Asociación de Comerciantes del Puerto, dijo",
                "",
                vec!["Asociación de Comerciantes del Puerto"],
            ),
            ("at Blue Lantern Trading B.V., where", "", vec!["Blue Lantern Trading B.V."]),
            ("zijkamer van buurthuis De Kantelaar, aan", "", vec!["buurthuis De Kantelaar"]),
            (
                "de Noordrug Kamer van Koophandel Veltmark zegt",
                "",
                vec!["Noordrug Kamer van Koophandel Veltmark"],
            ),
            (
                "la Unión de Comerciantes de Norcia en Lugo, que",
                "",
                vec!["Unión de Comerciantes de Norcia en Lugo"],
            ),
            ("莱城站挂靠莱城北岭同乡会", "", vec!["莱城北岭同乡会"]),
            ("商会", "", vec![]),
            ("an association of friends", "", vec![]),
        ] {
            let places: Vec<Span> = if place.is_empty() {
                vec![]
            } else {
                text.match_indices(place).map(|(at, p)| Span::new(at, at + p.len())).collect()
            };
            let found: Vec<&str> = organisations(&Haystack::new(text), &places)
                .into_iter()
                .map(|o| &text[o.start..o.end])
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
