//! One invented sentence for each rule of the three Western languages; the people and places are made up.

use crate::dates;

/// A sentence, its one expression, that one's first value and EDTF, seen from Monday 12 September 2022, 16:12.
pub(super) type Case<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

pub(super) fn check(lang: &str, cases: &[Case<'_>]) {
    for &(text, words, value, edtf) in cases {
        let got = dates(text, Some("2022-09-12T16:12:00"), Some(lang));
        let found: Vec<&str> = got.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(found, [words], "{text}");
        let first = got[0].values.first().map_or("", String::as_str);
        assert_eq!((first, got[0].edtf.as_deref()), (value, edtf), "{text}");
    }
}

/// Sentences that hold no date.
pub(super) fn none(lang: &str, texts: &[&str]) {
    for text in texts {
        let got = dates(text, Some("2022-09-12"), Some(lang));
        assert!(got.is_empty(), "{text}: {got:?}");
    }
}

#[test]
fn english_spans_and_days() {
    check(
        "en",
        &[
            (
                "Rivermouth was quiet in the week of 3 May 2021.",
                "the week of 3 May 2021",
                "2021-05-03/2021-05-10",
                Some("2021-05-03/2021-05-09"),
            ),
            (
                "Closed in the week after next, says Halvik.",
                "the week after next",
                "2022-09-26/2022-10-03",
                Some("2022-09-26/2022-10-02"),
            ),
            ("They shut at the end of today.", "the end of today", "2022-09-12 23:59:59", Some("2022-09-12")),
            (
                "The day after Christmas 2021 it was empty.",
                "The day after Christmas 2021",
                "2021-12-26",
                Some("2021-12-26"),
            ),
            (
                "Built in the early nineties.",
                "early nineties",
                "1990-01-01/1994-01-01",
                Some("1990-01-01/1993-12-31"),
            ),
            (
                "In the first half of the 20th century.",
                "the first half of the 20th century",
                "1900-01-01/1950-01-01",
                Some("1900-01-01/1949-12-31"),
            ),
            (
                "Open in the second half of May 2021.",
                "the second half of May 2021",
                "2021-05-16/2021-06-01",
                Some("2021-05-16/2021-05-31"),
            ),
            ("The pier was built in 1850.", "1850", "1850-01-01/1851-01-01", Some("1850")),
            (
                "It met in May last year.",
                "May last year",
                "2021-05-01/2021-06-01",
                Some("2021-05-01/2021-05-31"),
            ),
            ("It met on 3 May last year.", "3 May last year", "2021-05-03", Some("2021-05-03")),
            ("It met last March.", "last March", "2022-03-01/2022-04-01", Some("2022-03-01/2022-03-31")),
            (
                "Ready not later than May 2020.",
                "not later than May 2020",
                "/2020-05-01",
                Some("../2020-05-01"),
            ),
            ("The season 2018/19 was short.", "2018/19", "2018-01-01/2019-01-01", Some("2018/2019")),
            ("It happened around 3 May 2021.", "around 3 May 2021", "2021-05-03", Some("2021-05-03")),
            (
                "Away from 27 April 2021 to the third.",
                "from 27 April 2021 to the third",
                "2021-04-27/2021-05-03",
                Some("2021-04-27/2021-05-03"),
            ),
            ("Closed on Boxing Day 2021.", "Boxing Day 2021", "2021-12-26", Some("2021-12-26")),
            ("He paid $ 12 December 27, 2021.", "December 27, 2021", "2021-12-27", Some("2021-12-27")),
        ],
    );
}

#[test]
fn english_hours_lengths_and_sets() {
    check(
        "en",
        &[
            (
                "The counter is open from 10 am for 3 hours.",
                "from 10 am for 3 hours",
                "10:00:00/13:00:00",
                None,
            ),
            (
                "The stall is rented for 3 days from today.",
                "for 3 days from today",
                "2022-09-12/2022-09-15",
                Some("2022-09-12/2022-09-15"),
            ),
            ("Open 6am every day.", "6am every day", "", None),
            ("Open every day at 9, says the notice.", "every day at 9", "", None),
            ("The clerk comes every first Monday of the month.", "every first Monday of the month", "", None),
            ("The queue will last two hours.", "two hours", "7200", None),
            ("It closed half a year ago.", "half a year ago", "2022-03-12", Some("2022-03-12")),
            ("It closed a year and a half ago.", "a year and a half ago", "2021-03-12", Some("2021-03-12")),
            (
                "The log says 2019-05-03T10:20:00Z.",
                "2019-05-03T10:20:00Z",
                "2019-05-03 10:20:00",
                Some("2019-05-03"),
            ),
            (
                "The log says Wed Oct 26 15:50:06 2016.",
                "Wed Oct 26 15:50:06 2016",
                "2016-10-26 15:50:06",
                Some("2016-10-26"),
            ),
            ("Open Mon-Fri.", "Mon-Fri", "2022-09-05/2022-09-09", Some("2022-09-05/2022-09-09")),
            ("Open Sat at 5.", "Sat at 5", "2022-09-10 05:00:00", Some("2022-09-10")),
            ("Back within 2h.", "within 2h", "2022-09-12 16:12:00/2022-09-12 18:12:00", None),
            (
                "Between now and eight o'clock.",
                "Between now and eight o'clock",
                "2022-09-12 16:12:00/2022-09-12 20:00:00",
                None,
            ),
            ("A break of one and a quarter years.", "one and a quarter years", "39420000", None),
        ],
    );
    none(
        "en",
        &["One may ask.", "Call 133-03-03-2020.", "a second wave of calls", "at 6.45 percent", "$DEC rose"],
    );
}

#[test]
fn a_year_at_the_end_serves_all_before_it() {
    for (lang, text) in [
        ("en", "in May, June and July 2019"),
        ("nl", "in mei, juni en juli 2019"),
        ("es", "en mayo, junio y julio de 2019"),
    ] {
        let edtf: Vec<_> = dates(text, Some("2022-09-12"), Some(lang)).into_iter().map(|d| d.edtf).collect();
        let want = ["2019-05", "2019-06", "2019-07"].map(|e| Some(e.to_owned()));
        assert_eq!(edtf, want, "{text}");
    }
}

#[test]
fn what_only_points_has_no_edtf() {
    // Nobody said which year, week or day that was.
    check(
        "en",
        &[
            ("Oda Brint was clerk of the year.", "the year", "2022-01-01/2023-01-01", None),
            ("It opened the same week.", "same week", "2022-09-12/2022-09-19", None),
            ("Recently it reopened.", "Recently", "2022-09-12 16:12:00", None),
            ("The next day it was empty.", "The next day", "2022-09-13", None),
            ("Over the past years it was quiet.", "the past years", "", None),
            ("In recent years it was quiet.", "In recent years", "", None),
        ],
    );
    check("nl", &[("Dezelfde week ging het open.", "Dezelfde week", "2022-09-12/2022-09-19", None)]);
    check("nl", &[("De afgelopen jaren bleef het stil.", "afgelopen jaren", "", None)]);
    check("es", &[("En los últimos años hubo quejas.", "últimos años", "", None)]);
    check("es", &[("Ese año cerró.", "Ese año", "2022-01-01/2023-01-01", None)]);
}

#[test]
fn dutch() {
    check(
        "nl",
        &[
            (
                "Oostveer sloot het anderhalf jaar geleden.",
                "anderhalf jaar geleden",
                "2021-03-12",
                Some("2021-03-12"),
            ),
            (
                "Rustig in de week van 3 mei 2021.",
                "de week van 3 mei 2021",
                "2021-05-03/2021-05-10",
                Some("2021-05-03/2021-05-09"),
            ),
            (
                "Vrijdagavond 3 mei 2019 brandde er licht.",
                "Vrijdagavond 3 mei 2019",
                "2019-05-03 16:00:00/2019-05-03 20:00:00",
                Some("2019-05-03"),
            ),
            ("Op 3 mei van dit jaar ging het open.", "3 mei van dit jaar", "2022-05-03", Some("2022-05-03")),
            ("Niet eerder dan 2020.", "Niet eerder dan 2020", "2020-01-01/", Some("2020-01-01/..")),
            (
                "Begin jaren negentig werd de kade verhard.",
                "Begin jaren negentig",
                "1990-01-01/1994-01-01",
                Some("1990-01-01/1993-12-31"),
            ),
            ("Het loket gaat open om 9.00.", "om 9.00", "09:00:00", None),
            ("Om de week vrijdag is er spreekuur.", "Om de week vrijdag", "", None),
            ("Iedere dinsdagavond is er spreekuur.", "Iedere dinsdagavond", "", None),
            (
                "Open volgende maandagmorgen van 10:00 tot 12:00.",
                "volgende maandagmorgen van 10:00 tot 12:00",
                "2022-09-19 10:00:00/2022-09-19 12:00:00",
                Some("2022-09-19"),
            ),
            ("Hij bleef tot morgenochtend.", "tot morgenochtend", "/2022-09-13 08:00:00", None),
            (
                "Eergisteravond brandde er licht.",
                "Eergisteravond",
                "2022-09-10 16:00:00/2022-09-10 20:00:00",
                Some("2022-09-10"),
            ),
            (
                "Dicht van 1-5 tot 7-5-2020.",
                "van 1-5 tot 7-5-2020",
                "2020-05-01/2020-05-07",
                Some("2020-05-01/2020-05-07"),
            ),
            (
                "Van 1e feb tot 2e maart 2021 was het dicht.",
                "Van 1e feb tot 2e maart 2021",
                "2021-02-01/2021-03-02",
                Some("2021-02-01/2021-03-02"),
            ),
            (
                "Voorafgaand aan 2019 stond het leeg.",
                "Voorafgaand aan 2019",
                "/2019-01-01",
                Some("../2019-01-01"),
            ),
            ("Een jaar en een kwart bleef het dicht.", "Een jaar en een kwart", "39420000", None),
            ("Om 10 voor half negen 's avonds.", "10 voor half negen 's avonds", "20:20:00", None),
            ("Zo blijft het tot op heden.", "tot op heden", "/2022-09-12", Some("../2022-09-12")),
            (
                "Op Tweede Kerstdag 2021 was het dicht.",
                "Tweede Kerstdag 2021",
                "2021-12-26",
                Some("2021-12-26"),
            ),
            (
                "Terug binnen twee weken.",
                "binnen twee weken",
                "2022-09-12/2022-09-26",
                Some("2022-09-12/2022-09-25"),
            ),
            (
                "In het tweede weekend van mei 2021.",
                "het tweede weekend van mei 2021",
                "2021-05-08/2021-05-10",
                Some("2021-05-08/2021-05-09"),
            ),
        ],
    );
    none("nl", &["artikel 12.30", "voor 20.50 euro", "telefoon 020-555 01 10"]);
}

#[test]
fn spanish() {
    check(
        "es",
        &[
            (
                "La oficina de Valdelarga cerró hace año y medio.",
                "hace año y medio",
                "2021-03-12",
                Some("2021-03-12"),
            ),
            (
                "Abrió en la semana que comienza el 3 de mayo de 2021.",
                "la semana que comienza el 3 de mayo de 2021",
                "2021-05-03/2021-05-10",
                Some("2021-05-03/2021-05-09"),
            ),
            (
                "El puerto se amplió a mediados del siglo XIX.",
                "mediados del siglo XIX",
                "1833-01-01/1867-01-01",
                Some("1833-01-01/1866-12-31"),
            ),
            (
                "El puerto se amplió a finales de los noventa.",
                "finales de los noventa",
                "1996-01-01/2000-01-01",
                Some("1996-01-01/1999-12-31"),
            ),
            (
                "Abrió el 3 de mayo del año pasado.",
                "3 de mayo del año pasado",
                "2021-05-03",
                Some("2021-05-03"),
            ),
            ("No antes de 2020.", "No antes de 2020", "2020-01-01/", Some("2020-01-01/..")),
            (
                "Abierto de lunes a vie.",
                "de lunes a vie.",
                "2022-09-05/2022-09-09",
                Some("2022-09-05/2022-09-09"),
            ),
            ("El plazo acaba el 21 del 3 de 2022.", "21 del 3 de 2022", "2022-03-21", Some("2022-03-21")),
            (
                "Vuelve dentro de 9 meses.",
                "dentro de 9 meses",
                "2022-09-12/2023-06-12",
                Some("2022-09-12/2023-06-11"),
            ),
            (
                "En la primera quincena de mayo de 2021.",
                "la primera quincena de mayo de 2021",
                "2021-05-01/2021-05-16",
                Some("2021-05-01/2021-05-15"),
            ),
            ("A la una y treinta.", "una y treinta", "01:30:00", None),
            (
                "A más tardar el 3 de mayo de 2021.",
                "A más tardar el 3 de mayo de 2021",
                "/2021-05-03",
                Some("../2021-05-03"),
            ),
            ("Cerró en Jueves Santo 2021.", "Jueves Santo 2021", "2021-04-01", Some("2021-04-01")),
            ("Dura un año y tres meses.", "un año y tres meses", "39420000", None),
            ("Abre los domingos a las 9.", "los domingos a las 9", "", None),
            ("Cerró hace un par de meses.", "hace un par de meses", "2022-07-12", Some("2022-07-12")),
        ],
    );
}
