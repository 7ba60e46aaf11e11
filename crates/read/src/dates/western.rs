//! Dutch, Spanish and English: which table goes with which language.

use super::combine::Piece;
use super::phrases;
use super::vocabulary::Vocabulary;
use std::sync::OnceLock;

/// The date expressions of a text in `nl`, `es` or, whatever else is asked for, `en`.
pub(crate) fn find(text: &str, lang: &str) -> Vec<Piece> {
    static WORDS: [OnceLock<Vocabulary>; 3] = [const { OnceLock::new() }; 3];
    let words = match lang {
        "nl" => WORDS[0].get_or_init(|| Vocabulary::read(include_str!("words/nl.txt"), false)),
        "es" => WORDS[1].get_or_init(|| Vocabulary::read(include_str!("words/es.txt"), false)),
        _ => WORDS[2].get_or_init(|| Vocabulary::read(include_str!("words/en.txt"), true)),
    };
    phrases::find(text, words)
}

#[cfg(test)]
mod tests {
    use crate::dates;

    /// A text, its one expression, that one's first value and EDTF, seen from 12 September 2022.
    type Case<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

    fn reads(lang: &str, cases: &[Case<'_>]) {
        for &(text, words, value, edtf) in cases {
            let got = dates(text, Some("2022-09-12"), Some(lang));
            assert_eq!(got.len(), 1, "{text}: {got:?}");
            assert_eq!(
                (got[0].text.as_str(), got[0].values[0].as_str(), got[0].edtf.as_deref()),
                (words, value, edtf),
                "{text}"
            );
        }
    }

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
        reads("nl", &cases);
    }

    #[test]
    fn each_rule_reads_its_example() {
        // Each line: language, text, its expression, its first value, seen from Monday 12 September 2022, 16:12.
        let cases = [
            ("en", "twenty-fifth of May 2019", "twenty-fifth of May 2019", "2019-05-25"),
            ("en", "two weeks after Easter", "two weeks after Easter", "2022-05-01"),
            ("en", "the first Friday of July 2020", "first Friday of July 2020", "2020-07-03"),
            ("en", "at the end of 2000", "end of 2000", "2000-09-01/2001-01-01"),
            ("en", "from 2007 to the end of 2008", "from 2007 to the end of 2008", "2007-01-01/2009-01-01"),
            (
                "en",
                "tomorrow from 2pm to 4pm",
                "tomorrow from 2pm to 4pm",
                "2022-09-13 14:00:00/2022-09-13 16:00:00",
            ),
            ("en", "in the nineties", "nineties", "1990-01-01/2000-01-01"),
            ("en", "Q3 2021", "Q3 2021", "2021-07-01/2021-10-01"),
            ("en", "the first two weeks of 2021", "the first two weeks of 2021", "2021-01-04/2021-01-18"),
            ("en", "an hour and a half", "an hour and a half", "5400"),
            (
                "en",
                "in August two thousand and fifteen",
                "August two thousand and fifteen",
                "2015-08-01/2015-09-01",
            ),
            ("en", "Monday 3rd", "Monday 3rd", "2022-01-03"),
            ("nl", "tweeëntwintig februari 2019", "tweeëntwintig februari 2019", "2019-02-22"),
            ("nl", "om half acht 's ochtends", "half acht 's ochtends", "07:30:00"),
            ("nl", "de jaren tachtig", "jaren tachtig", "1980-01-01/1990-01-01"),
            ("nl", "volgende week dinsdag", "volgende week dinsdag", "2022-09-20"),
            ("nl", "op maandagochtend", "maandagochtend", "2022-09-05 08:00:00/2022-09-05 12:00:00"),
            ("nl", "het eerste kwartaal van 2019", "het eerste kwartaal van 2019", "2019-01-01/2019-04-01"),
            ("nl", "uiterlijk 3 mei 2021", "uiterlijk 3 mei 2021", "/2021-05-03"),
            (
                "es",
                "veintiocho de marzo de mil novecientos noventa y dos",
                "veintiocho de marzo de mil novecientos noventa y dos",
                "1992-03-28",
            ),
            ("es", "a principios de 2000", "principios de 2000", "2000-01-01/2000-05-01"),
            ("es", "en los últimos tres meses", "últimos tres meses", "2022-06-12/2022-09-12"),
            ("es", "siglo XIX", "siglo XIX", "1800-01-01/1900-01-01"),
            ("es", "las 8 menos cuarto de la tarde", "8 menos cuarto de la tarde", "19:45:00"),
            ("es", "del 18 al 20 de junio de 2019", "del 18 al 20 de junio de 2019", "2019-06-18/2019-06-20"),
            ("es", "hace dos semanas", "hace dos semanas", "2022-08-29"),
        ];
        for (lang, text, words, value) in cases {
            let got = dates(text, Some("2022-09-12T16:12:00"), Some(lang));
            assert_eq!(got.len(), 1, "{text}: {got:?}");
            assert_eq!((got[0].text.as_str(), got[0].values[0].as_str()), (words, value), "{text}");
        }
    }

    #[test]
    fn long_rows_of_date_words_end_in_time() {
        for (lang, row) in
            [("en", "next "), ("en", "from 1 to 2 "), ("nl", "voor de "), ("es", "antes de "), ("en", "1-")]
        {
            // No depth that grows with the text; what is found matters less.
            let found = dates(&row.repeat(3_000), Some("2022-09-12"), Some(lang));
            assert!(found.iter().all(|span| span.start < span.end), "{row}");
        }
    }

    #[test]
    fn expressions_of_reports_in_spanish() {
        let cases = [
            ("Abrió el 18 de junio de 2019.", "18 de junio de 2019", "2019-06-18", Some("2019-06-18")),
            ("cerró el 18 de junio", "18 de junio", "2022-06-18", Some("2022-06-18")),
            ("en junio de 2019", "junio de 2019", "2019-06-01/2019-07-01", Some("2019-06")),
            ("desde 2018", "desde 2018", "2018-01-01/", Some("2018-01-01/..")),
            ("entre 2016 y 2018", "entre 2016 y 2018", "2016-01-01/2018-01-01", Some("2016/2018")),
            ("la semana pasada", "la semana pasada", "2022-09-05/2022-09-12", Some("2022-09-05/2022-09-11")),
            ("ayer", "ayer", "2022-09-11", Some("2022-09-11")),
        ];
        reads("es", &cases);
    }

    #[test]
    fn expressions_of_reports() {
        let cases = [
            ("It opened on June 18, 2019.", "June 18, 2019", "2019-06-18", Some("2019-06-18")),
            ("closed on 18 June", "18 June", "2022-06-18", Some("2022-06-18")),
            ("running since 2018", "since 2018", "2018-01-01/", Some("2018-01-01/..")),
            ("between 2016 and 2018", "between 2016 and 2018", "2016-01-01/2018-01-01", Some("2016/2018")),
            ("seen last week", "last week", "2022-09-05/2022-09-12", Some("2022-09-05/2022-09-11")),
            ("two days ago they left", "two days ago", "2022-09-10", Some("2022-09-10")),
            ("in June 2019", "June 2019", "2019-06-01/2019-07-01", Some("2019-06")),
        ];
        reads("en", &cases);
        for text in ["call 020-555 0110", "you may march", "version 10.2019.1", "€2019", "192.168.20.19"] {
            assert!(dates(text, Some("2022-09-12"), Some("en")).is_empty(), "{text}");
        }
    }
}
