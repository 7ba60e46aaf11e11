//! Dutch words for dates.

use super::calendar::Unit;
use super::combine::{Joints, after, before, since, through};
use super::value::What;
use super::western::{Grammar, Words, build};
use std::sync::OnceLock;

pub(crate) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| {
        build(words(), |re| Joints {
            to: re(r"^\s?(?:tot en met|t/m|tot|-|–|—|~)\s?(?:de\s|het\s)?$"),
            from: re(r"\b(?:van|vanaf|in)\s(?:de\s|het\s)?$"),
            between: re(r"\b(?:tussen)\s(?:de\s|het\s)?$"),
            and: re(r"^\s(?:en|tot)\s(?:de\s|het\s)?$"),
            closing: None,
            before_piece: vec![
                (re(r"\b(?:op of )?(?:voorafgaand aan|voor|vóór|eerder dan|uiterlijk|tot)\s(?:de\s|het\s)?$"), before as fn(Box<What>) -> What),
                (re(r"\btot en met\s(?:de\s|het\s)?$"), through),
                (re(r"\b(?:later dan|na)\s(?:de\s|het\s)?$"), after),
                (re(r"\b(?:sinds|vanaf|beginnend(?: op)?)\s(?:de\s|het\s)?$"), since),
            ],
            after_piece: vec![
                (re(r"^\s(?:of|en)\s(?:later|daarna)\b"), since),
                (re(r"^\s(?:of|en)\s(?:eerder|daarvoor)\b"), through),
            ],
            at: re(r"^,?\s?(?:om\s|op\s|rond\s)?(?:de\s)?$"),
        })
    })
}

fn words() -> Words {
    Words {
        months: &[
            ("januari", 1),
            ("februari", 2),
            ("maart", 3),
            ("april", 4),
            ("mei", 5),
            ("juni", 6),
            ("juli", 7),
            ("augustus", 8),
            ("september", 9),
            ("oktober", 10),
            ("november", 11),
            ("december", 12),
            ("jan", 1),
            ("feb", 2),
            ("febr", 2),
            ("mrt", 3),
            ("apr", 4),
            ("jun", 6),
            ("jul", 7),
            ("aug", 8),
            ("sept", 9),
            ("sep", 9),
            ("okt", 10),
            ("nov", 11),
            ("dec", 12),
        ],
        weekdays: &[
            ("maandag", 0),
            ("dinsdag", 1),
            ("woensdag", 2),
            ("donderdag", 3),
            ("vrijdag", 4),
            ("zaterdag", 5),
            ("zondag", 6),
            ("ma", 0),
            ("di", 1),
            ("wo", 2),
            ("do", 3),
            ("vr", 4),
            ("za", 5),
            ("zo", 6),
        ],
        days: &[
            ("vandaag", 0),
            ("heden", 0),
            ("gisteren", -1),
            ("gister", -1),
            ("morgen", 1),
            ("eergisteren", -2),
            ("overmorgen", 2),
        ],
        units: &[
            ("seconde", Unit::Second),
            ("seconden", Unit::Second),
            ("minuut", Unit::Minute),
            ("minuten", Unit::Minute),
            ("uur", Unit::Hour),
            ("uren", Unit::Hour),
            ("dag", Unit::Day),
            ("dagen", Unit::Day),
            ("nacht", Unit::Day),
            ("nachten", Unit::Day),
            ("weekend", Unit::Weekend),
            ("weekenden", Unit::Weekend),
            ("week", Unit::Week),
            ("weken", Unit::Week),
            ("maand", Unit::Month),
            ("maanden", Unit::Month),
            ("kwartaal", Unit::Quarter),
            ("kwartalen", Unit::Quarter),
            ("jaar", Unit::Year),
            ("jaren", Unit::Year),
            ("kalenderjaar", Unit::Year),
            ("decennium", Unit::Decade),
            ("decennia", Unit::Decade),
        ],
        numbers: &[
            ("een", 1),
            ("één", 1),
            ("twee", 2),
            ("drie", 3),
            ("vier", 4),
            ("vijf", 5),
            ("zes", 6),
            ("zeven", 7),
            ("acht", 8),
            ("negen", 9),
            ("tien", 10),
            ("elf", 11),
            ("twaalf", 12),
            ("vijftien", 15),
            ("twintig", 20),
            ("dertig", 30),
            ("veertig", 40),
            ("vijftig", 50),
            ("enkele", 3),
            ("een paar", 3),
            ("paar", 3),
        ],
        ordinals: &[
            ("eerste", 1),
            ("tweede", 2),
            ("derde", 3),
            ("vierde", 4),
            ("vijfde", 5),
            ("zesde", 6),
            ("zevende", 7),
            ("achtste", 8),
            ("negende", 9),
            ("tiende", 10),
            ("elfde", 11),
            ("twaalfde", 12),
            ("dertiende", 13),
            ("veertiende", 14),
            ("vijftiende", 15),
            ("twintigste", 20),
            ("dertigste", 30),
            ("1e", 1),
            ("2e", 2),
            ("3e", 3),
            ("4e", 4),
        ],
        article: "de|het",
        suffix: "e|ste|de",
        of: "van de|van|in",
        now: "nu|op dit moment|op het moment|momenteel|thans",
        next: "volgende|volgend|komende|komend|aanstaande|aankomende|aankomend",
        last: "vorige|vorig|afgelopen|laatste|voorgaande|verleden",
        this: "deze|dit|huidige|huidig",
        may_follow: false,
        ago: "geleden|eerder",
        ahead_before: "over|binnen",
        ahead_after: "vanaf nu|later|vanaf vandaag",
        every: "elke|elk|iedere|ieder|alle",
        repeating: "dagelijks|dagelijkse|wekelijks|wekelijkse|maandelijks|maandelijkse|jaarlijks|jaarlijkse|halfjaarlijkse|tweemaandelijkse|maandagen|dinsdagen|woensdagen|donderdagen|vrijdagen|zaterdagen|zondagen",
        year_word: "jaar|kalenderjaar",
        week_word: "week",
        quarter: "q|k",
        half: "h",
        decade: "jaren",
        morning: r"a\.?m\.?|['’‘]s (?:ochtends|morgens|nachts)|in de ochtend",
        evening: r"p\.?m\.?|['’‘]s (?:middags|avonds)|in de (?:middag|avond)",
        clock_word: "uur|u",
        clock_before: "om|rond",
        to: "tot|-|–|tot en met|t/m",
        and: "en|tot",
        from: "van|vanaf",
        between: "tussen",
        the_hour: "om",
        early: "begin|begin van|het begin van|eerder|eerder in|vroeg in",
        mid: "midden|medio|half|halverwege|midden in",
        late: "eind|einde|einde van|eind van|het einde van|het eind van|later|later in|laat in",
        parts_of_day: &[
            (r"['’‘]s (?:ochtends|morgens)|in de ochtend|vanochtend|vanmorgen|ochtend", (8, 12)),
            (r"['’‘]s middags|in de middag|vanmiddag|middag", (12, 16)),
            (r"['’‘]s avonds|in de avond|avond", (16, 20)),
            (r"vannacht|['’‘]s nachts|vanavond", (20, 24)),
        ],
        own_article: "de huidige",
        month_first: false,
    }
}

#[cfg(test)]
mod tests {
    use crate::dates;

    #[test]
    fn expressions_of_letters_and_papers() {
        let cases = [
            ("Op 18 juni 2019 ging het open.", "18 juni 2019", "2019-06-18", Some("2019-06-18")),
            ("gesloten op dinsdag 18 juni", "dinsdag 18 juni", "2022-06-18", Some("2022-06-18")),
            ("in juni 2019", "juni 2019", "2019-06-01/2019-07-01", Some("2019-06")),
            ("d.d. 18-06-2019", "18-06-2019", "2019-06-18", Some("2019-06-18")),
            ("sinds 2018", "sinds 2018", "2018-01-01/", Some("2018-01-01/..")),
            ("van 2016 tot 2018", "van 2016 tot 2018", "2016-01-01/2018-01-01", Some("2016/2018")),
            ("gisteren", "gisteren", "2022-09-11", Some("2022-09-11")),
            ("vorige week", "vorige week", "2022-09-05/2022-09-12", Some("2022-09-05/2022-09-11")),
            ("drie maanden geleden", "drie maanden geleden", "2022-06-12", Some("2022-06-12")),
        ];
        for (text, words, value, edtf) in cases {
            let got = dates(text, Some("2022-09-12"), Some("nl"));
            assert_eq!(got.len(), 1, "{text}: {got:?}");
            assert_eq!(
                (got[0].text.as_str(), got[0].values[0].as_str(), got[0].edtf.as_deref()),
                (words, value, edtf),
                "{text}"
            );
        }
    }
}
