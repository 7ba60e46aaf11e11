//! Families of expressions, a sentence each: nights, days that are told near, spans that have two names.

use super::examples::{check, none};
use crate::dates;

#[test]
fn a_night_is_a_span_of_both_days() {
    let [june, may, new_year] = [
        ("2022-06-03/2022-06-04", Some("2022-06-03/2022-06-04")),
        ("2021-05-31/2021-06-01", Some("2021-05-31/2021-06-01")),
        ("2020-12-31/2021-01-01", Some("2020-12-31/2021-01-01")),
    ];
    let weekend = ("2022-09-10/2022-09-11", Some("2022-09-10/2022-09-11"));
    let tuesday = ("2022-09-06 20:00:00/2022-09-06 23:59:59", Some("2022-09-06"));
    for (lang, text, words, (value, edtf)) in [
        ("nl", "In de nacht van 3 op 4 juni brandde er licht.", "In de nacht van 3 op 4 juni", june),
        ("nl", "De nacht van 31 mei op 1 juni 2021 was stil.", "nacht van 31 mei op 1 juni 2021", may),
        ("nl", "De nacht van vrijdag 3 op zaterdag 4 juni.", "nacht van vrijdag 3 op zaterdag 4 juni", june),
        ("nl", "Dicht van zaterdag op zondag.", "van zaterdag op zondag", weekend),
        ("es", "Cerró en la noche del 3 al 4 de junio.", "en la noche del 3 al 4 de junio", june),
        (
            "es",
            "La noche del 31 de mayo al 1 de junio de 2021.",
            "La noche del 31 de mayo al 1 de junio de 2021",
            may,
        ),
        ("es", "La noche del martes hubo luz.", "La noche del martes", tuesday),
        ("en", "It shut on the night of 3-4 June.", "night of 3-4 June", june),
        ("en", "It shut on the night of May 31 to June 1, 2021.", "night of May 31 to June 1, 2021", may),
        (
            "en",
            "The night of 31 December 2020 to 1 January.",
            "night of 31 December 2020 to 1 January",
            new_year,
        ),
        ("en", "It shut on 3/4 June.", "3/4 June", june),
    ] {
        check(lang, &[(text, words, value, edtf)]);
    }
    // Two days that do not follow each other are no night, and no year is made up for the first.
    let got = dates("de nacht van 3 op 9 juni", Some("2022-09-12"), Some("nl"));
    assert!(got.iter().flat_map(|d| &d.values).all(|v| !v.contains("06-03")), "{got:?}");
    assert!(dates("de nacht van 3 op 4 juni", Some("2022-09-12"), Some("nl"))[0].inferred_year);
}

#[test]
fn families_of_spans_and_days() {
    let week = Some("2022-09-12/2022-09-18");
    for (lang, text, words, value, edtf) in [
        ("nl", "Open op 20-11.", "20-11", "2021-11-20", Some("2021-11-20")),
        ("nl", "Dat weekend was het dicht.", "Dat weekend", "2022-09-17/2022-09-19", None),
        ("nl", "Die dag was het dicht.", "Die dag", "2022-09-12", None),
        (
            "nl",
            "Eerder in de week was het open.",
            "Eerder in de week",
            "2022-09-12/2022-09-15",
            Some("2022-09-12/2022-09-14"),
        ),
        ("nl", "Vanaf de start van 2021.", "Vanaf de start van 2021", "2021-01-01/", Some("2021-01-01/..")),
        (
            "nl",
            "Gisterennacht brandde er licht.",
            "Gisterennacht",
            "2022-09-11 20:00:00/2022-09-11 23:59:59",
            Some("2022-09-11"),
        ),
        ("nl", "Om 8 uur ‘s avonds.", "8 uur ‘s avonds", "20:00:00", None),
        (
            "nl",
            "Open volgende week vrijdagavond.",
            "volgende week vrijdagavond",
            "2022-09-23 16:00:00/2022-09-23 20:00:00",
            Some("2022-09-23"),
        ),
        ("nl", "De winter 2020-2021 was streng.", "winter 2020-2021", "", None),
        ("nl", "De zomer van vorig jaar.", "zomer van vorig jaar", "", None),
        ("nl", "Open voor jaar 2012 of later.", "jaar 2012 of later", "2012-01-01/", Some("2012-01-01/..")),
        ("nl", "Deze week is het open.", "Deze week", "2022-09-12/2022-09-19", week),
        ("nl", "Op 4 oktober jl. ging het open.", "4 oktober jl.", "2021-10-04", Some("2021-10-04")),
        (
            "nl",
            "Open vrijdag a.s. om 9 uur.",
            "vrijdag a.s. om 9 uur",
            "2022-09-16 09:00:00",
            Some("2022-09-16"),
        ),
        (
            "nl",
            "Begonnen in de zestiger jaren.",
            "zestiger jaren",
            "1960-01-01/1970-01-01",
            Some("1960-01-01/1969-12-31"),
        ),
        (
            "nl",
            "Gebouwd in de tweede helft 19e eeuw.",
            "de tweede helft 19e eeuw",
            "1850-01-01/1900-01-01",
            Some("1850-01-01/1899-12-31"),
        ),
        (
            "nl",
            "Geteld in kwartaal 3 van 2018.",
            "kwartaal 3 van 2018",
            "2018-07-01/2018-10-01",
            Some("2018-07-01/2018-09-30"),
        ),
        (
            "nl",
            "Dicht in mei/juni 2021.",
            "mei/juni 2021",
            "2021-05-01/2021-06-01",
            Some("2021-05-01/2021-06-30"),
        ),
        ("nl", "Het jaar daarop sloot het.", "Het jaar daarop", "2023-01-01/2024-01-01", None),
        ("nl", "Dicht om 20u30.", "20u30", "20:30:00", None),
        ("nl", "Open in de kerstvakantie 2020.", "kerstvakantie 2020", "", None),
        ("es", "Abrió el 4 ene. y cerró.", "4 ene.", "2022-01-04", Some("2022-01-04")),
        ("es", "Ese mismo día cerró.", "Ese mismo día", "2022-09-12", None),
        (
            "en",
            "Halfway through June it shut.",
            "Halfway through June",
            "2022-06-10/2022-06-21",
            Some("2022-06-10/2022-06-20"),
        ),
    ] {
        check(lang, &[(text, words, value, edtf)]);
    }
    none("nl", &["een uitslag: 20-11", "tel. +86 2010-2015-86", "zie nummer 2010-2015-86"]);
}
