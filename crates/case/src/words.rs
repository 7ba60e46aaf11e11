//! Dates and numbers as a person says them: the same words on every screen and in every dossier.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Says a date as vaguely as it is known: `2018-06-18` is 18 June 2018, `2019~` is about 2019.
/// What is no date stays as it is.
pub fn day(edtf: &str) -> String {
    if plainsight_text::Edtf::parse(edtf).is_err() {
        return edtf.to_owned();
    }
    match edtf.split_once('/') {
        None => one(edtf),
        Some((from, to)) => match (open(from), open(to)) {
            (true, true) => edtf.to_owned(),
            (true, false) => format!("by {}", one(to)),
            (false, true) => format!("from {} on", one(from)),
            (false, false) => format!("between {} and {}", one(from), one(to)),
        },
    }
}

fn open(side: &str) -> bool {
    side.is_empty() || side == ".."
}

fn one(text: &str) -> String {
    let (plain, before) = match text.chars().last() {
        Some('~' | '%') => (&text[..text.len() - 1], "about "),
        Some('?') => (&text[..text.len() - 1], "perhaps "),
        _ => (text, ""),
    };
    let parts: Vec<&str> = plain.split('-').collect();
    let said = match parts[..] {
        [year] if year.len() == 4 && year.ends_with("XX") => {
            format!("the years {}00 to {}99", &year[..2], &year[..2])
        }
        [year] if year.len() == 4 && year.ends_with('X') => format!("the {}0s", &year[..3]),
        [year, "XX"] | [year, "XX", "XX"] => format!("some day of {year}"),
        [year, m, "XX"] => month(m).map_or_else(|| plain.to_owned(), |m| format!("some day of {m} {year}")),
        [year, m] => month(m).map_or_else(|| plain.to_owned(), |m| format!("{m} {year}")),
        [year, m, d] => month(m)
            .map_or_else(|| plain.to_owned(), |m| format!("{} {m} {year}", d.strip_prefix('0').unwrap_or(d))),
        _ => plain.to_owned(),
    };
    format!("{before}{said}")
}

fn month(digits: &str) -> Option<&'static str> {
    let number: usize = digits.parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// Writes a number with its commas: 1,204.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Writes small numbers as words: `no`, `one`, … `twelve`, then 13.
pub fn spelled(n: usize) -> String {
    const SMALL: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    SMALL.get(n).map_or_else(|| number(n as u64), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_vaguely_as_they_are_known() {
        for (edtf, said) in [
            ("2018-06-18", "18 June 2018"),
            ("2018-06-01", "1 June 2018"),
            ("2018-06", "June 2018"),
            ("2018", "2018"),
            ("2019~", "about 2019"),
            ("2018-06?", "perhaps June 2018"),
            ("201X", "the 2010s"),
            ("2018-XX", "some day of 2018"),
            ("2018-06-XX", "some day of June 2018"),
            ("../2021-03", "by March 2021"),
            ("2021-03/", "from March 2021 on"),
            ("2018/2019-03", "between 2018 and March 2019"),
            ("no date", "no date"),
            ("3-5", "3-5"),
            ("Kade 3/5", "Kade 3/5"),
            ("", ""),
        ] {
            assert_eq!(day(edtf), said, "{edtf}");
        }
    }

    #[test]
    fn numbers_have_their_commas_and_small_ones_are_words() {
        assert_eq!([1, 999, 1204, 1_000_000].map(number), ["1", "999", "1,204", "1,000,000"]);
        assert_eq!([0, 12, 13].map(spelled), ["no", "twelve", "13"]);
    }
}
