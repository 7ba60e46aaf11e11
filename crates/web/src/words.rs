//! Dates, numbers and counts as a person says them, in the language of the reader.
//!
//! What leaves the interface (dossiers, CSV, JSON) is said by `plainsight_case::words`.

use crate::labels::dates::D;
use crate::labels::{Language, form, say, spoken};
use plainsight_case::words::{Part, Point, Sure, When};

pub(crate) use crate::labels::say::count;

/// Says a date as vaguely as it is known: `2019~` is about 2019. What is no date stays as it is.
pub(crate) fn day(edtf: &str) -> String {
    match plainsight_case::words::when(edtf) {
        None => edtf.to_owned(),
        Some(When::At(at)) => point(&at),
        Some(When::By(to)) => say(D.by, &[("date", &point(&to))]),
        Some(When::From(from)) => say(D.from, &[("date", &point(&from))]),
        Some(When::Between(from, to)) => say(D.between, &[("from", &point(&from)), ("to", &point(&to))]),
    }
}

fn point(point: &Point) -> String {
    let said = match point.part {
        Part::Century(digits) => {
            say(D.century, &[("from", &format!("{digits}00")), ("to", &format!("{digits}99"))])
        }
        Part::Decade(digits) => say(D.decade, &[("decade", &format!("{digits}0"))]),
        Part::Year(year) => say(D.year, &[("year", &year)]),
        Part::Month(year, number) => of_month(year, number),
        Part::Day(year, number, day) => {
            say(D.day, &[("day", &day), ("month", &month(number)), ("year", &year)])
        }
        Part::SomeDayOfYear(year) => say(D.some_day, &[("date", &say(D.year, &[("year", &year)]))]),
        Part::SomeDayOfMonth(year, number) => say(D.some_day, &[("date", &of_month(year, number))]),
        Part::Other(text) => text.to_owned(),
    };
    match point.sure {
        Sure::Certain => said,
        Sure::About => say(D.about, &[("date", &said)]),
        Sure::Perhaps => say(D.perhaps, &[("date", &said)]),
    }
}

fn of_month(year: &str, number: usize) -> String {
    say(D.month, &[("month", &month(number)), ("year", &year)])
}

fn month(number: usize) -> &'static str {
    match number {
        1 => D.month_1,
        2 => D.month_2,
        3 => D.month_3,
        4 => D.month_4,
        5 => D.month_5,
        6 => D.month_6,
        7 => D.month_7,
        8 => D.month_8,
        9 => D.month_9,
        10 => D.month_10,
        11 => D.month_11,
        _ => D.month_12,
    }
}

/// `2026-10-02T08:41:07Z` → `2 October 2026, 08:41:07`; what is no moment stays as it is.
pub(crate) fn moment(rfc3339: &str) -> String {
    let Some((date, rest)) = rfc3339.split_once('T') else { return day(rfc3339) };
    let clock: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    say(D.moment, &[("day", &day(date)), ("clock", &clock)])
}

/// Groups the digits of a number. Spanish leaves four digits together (CLDR, `minimumGroupingDigits` 2).
pub(crate) fn number(n: u64) -> String {
    let (mark, least) = match spoken() {
        Language::English | Language::Chinese => (',', 4),
        Language::Dutch => ('.', 4),
        Language::Spanish => ('.', 5),
    };
    let digits = n.to_string();
    let grouped = digits.len() >= least;
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if grouped && at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// Two digits behind the mark of the language: 0.83, 0,83.
pub(crate) fn hundredths(value: f64) -> String {
    let plain = format!("{value:.2}");
    match spoken() {
        Language::English | Language::Chinese => plain,
        Language::Dutch | Language::Spanish => plain.replace('.', ","),
    }
}

/// Small numbers as words (`one`, … `twelve`), where the language writes them so in running text.
pub(crate) fn spelled(n: usize) -> String {
    const DUTCH: [&str; 13] = [
        "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
        "twaalf",
    ];
    const SPANISH: [&str; 13] = [
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
        "doce",
    ];
    let small = match spoken() {
        Language::English => return plainsight_case::words::spelled(n),
        // A measure word follows, which takes 两 and not 二: digits stand in its place.
        Language::Chinese => None,
        Language::Dutch => DUTCH.get(n),
        Language::Spanish => SPANISH.get(n),
    };
    small.map_or_else(|| number(n as u64), |word| (*word).to_owned())
}

/// A template in the form for `n`, with the number spelled out.
pub(crate) fn told(n: usize, template: &str) -> String {
    say(form(n, template), &[("n", &spelled(n))])
}

/// Makes the first letter a capital.
pub(crate) fn sentence(text: &str) -> String {
    // A Dutch capital takes no accent here.
    if let Some(rest) = text.strip_prefix("één") {
        return format!("Eén{rest}");
    }
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::{N, speak};

    fn in_each(say: impl Fn() -> String) -> [String; 4] {
        Language::ALL.map(|language| {
            speak(language);
            say()
        })
    }

    #[test]
    fn dates_stand_in_the_order_of_each_language() {
        for (edtf, said) in [
            ("2026-10-02", ["2 October 2026", "2026年10月2日", "2 oktober 2026", "2 de octubre de 2026"]),
            ("2018-06", ["June 2018", "2018年6月", "juni 2018", "junio de 2018"]),
            ("2019~", ["about 2019", "约2019年", "rond 2019", "hacia 2019"]),
            (
                "2018-06?",
                ["perhaps June 2018", "可能是2018年6月", "misschien juni 2018", "quizá junio de 2018"],
            ),
            ("201X", ["the 2010s", "2010年代", "de jaren 2010", "los años 2010"]),
            (
                "2018-06-XX",
                ["some day of June 2018", "2018年6月某日", "een dag in juni 2018", "un día de junio de 2018"],
            ),
            (
                "../2021-03",
                ["by March 2021", "不晚于2021年3月", "uiterlijk maart 2021", "no más tarde de marzo de 2021"],
            ),
            (
                "2018/2019-03",
                [
                    "between 2018 and March 2019",
                    "2018年至2019年3月之间",
                    "tussen 2018 en maart 2019",
                    "entre 2018 y marzo de 2019",
                ],
            ),
            ("Kade 3/5", ["Kade 3/5"; 4]),
        ] {
            assert_eq!(in_each(|| day(edtf)), said, "{edtf}");
        }
    }

    /// What the interface says in English is what a dossier prints.
    #[test]
    fn english_dates_and_numbers_are_those_of_a_dossier() {
        speak(Language::English);
        for edtf in
            ["2018-06-18", "2018", "19XX", "201X", "2018-XX", "2018-21", "../2021", "2018~", "x", ".."]
        {
            assert_eq!(day(edtf), plainsight_case::words::day(edtf), "{edtf}");
        }
        for n in [0, 12, 999, 1000, 12_345, 1_000_000] {
            assert_eq!(number(n), plainsight_case::words::number(n));
        }
    }

    #[test]
    fn moments_are_said_to_the_second() {
        let said = in_each(|| moment("2026-10-02T08:41:07Z"));
        assert_eq!(said[0], "2 October 2026, 08:41:07");
        assert_eq!(said[1], "2026年10月2日 08:41:07");
    }

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        for (n, said) in [
            (999, ["999"; 4]),
            (1234, ["1,234", "1,234", "1.234", "1234"]),
            (12_345, ["12,345", "12,345", "12.345", "12.345"]),
        ] {
            assert_eq!(in_each(|| number(n)), said);
        }
        assert_eq!(in_each(|| hundredths(0.831)), ["0.83", "0.83", "0,83", "0,83"]);
    }

    #[test]
    fn counts_have_the_form_and_the_word_of_each_language() {
        assert_eq!(in_each(|| count(1, N.posts)), ["1 post", "1 个站点", "1 post", "1 puesto"]);
        assert_eq!(in_each(|| count(2, N.posts)), ["2 posts", "2 个站点", "2 posten", "2 puestos"]);
        assert_eq!(in_each(|| sentence(&spelled(12))), ["Twelve", "12", "Twaalf", "Doce"]);
        assert_eq!(in_each(|| sentence(&spelled(1))), ["One", "1", "Eén", "Uno"]);
    }
}
