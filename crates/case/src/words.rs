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
    match when(edtf) {
        None => edtf.to_owned(),
        Some(When::At(point)) => one(&point),
        Some(When::By(to)) => format!("by {}", one(&to)),
        Some(When::From(from)) => format!("from {} on", one(&from)),
        Some(When::Between(from, to)) => format!("between {} and {}", one(&from), one(&to)),
    }
}

/// A date taken apart, for whoever says it in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When<'d> {
    /// One day, month or more.
    At(Point<'d>),
    /// Not after.
    By(Point<'d>),
    /// Not before.
    From(Point<'d>),
    /// Not before the one and not after the other.
    Between(Point<'d>, Point<'d>),
}

/// A day, month or more, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point<'d> {
    /// How surely.
    pub sure: Sure,
    /// Which.
    pub part: Part<'d>,
}

/// How surely a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// As it stands.
    Certain,
    /// `~` and `%` of EDTF.
    About,
    /// `?` of EDTF.
    Perhaps,
}

/// A part of the calendar. Years are the four digits as written, months count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'d> {
    /// A century by its first two digits.
    Century(&'d str),
    /// A decade by its first three digits.
    Decade(&'d str),
    /// A year.
    Year(&'d str),
    /// A month of a year.
    Month(&'d str, usize),
    /// A day without leading zero, of a month of a year.
    Day(&'d str, usize, &'d str),
    /// One day of a year.
    SomeDayOfYear(&'d str),
    /// One day of a month of a year.
    SomeDayOfMonth(&'d str, usize),
    /// What has no words, as it stands.
    Other(&'d str),
}

/// Takes a date apart; none where it is no date or open on both sides.
pub fn when(edtf: &str) -> Option<When<'_>> {
    plainsight_text::Edtf::parse(edtf).ok()?;
    let open = |side: &str| side.is_empty() || side == "..";
    match edtf.split_once('/') {
        None => Some(When::At(point(edtf))),
        Some((from, to)) => match (open(from), open(to)) {
            (true, true) => None,
            (true, false) => Some(When::By(point(to))),
            (false, true) => Some(When::From(point(from))),
            (false, false) => Some(When::Between(point(from), point(to))),
        },
    }
}

fn point(text: &str) -> Point<'_> {
    let (plain, sure) = match text.chars().last() {
        Some('~' | '%') => (&text[..text.len() - 1], Sure::About),
        Some('?') => (&text[..text.len() - 1], Sure::Perhaps),
        _ => (text, Sure::Certain),
    };
    let parts: Vec<&str> = plain.split('-').collect();
    let known = match parts[..] {
        [year] if year.len() == 4 && year.ends_with("XX") => Some(Part::Century(&year[..2])),
        [year] if year.len() == 4 && year.ends_with('X') => Some(Part::Decade(&year[..3])),
        [year] if !year.is_empty() => Some(Part::Year(year)),
        [year, "XX"] | [year, "XX", "XX"] => Some(Part::SomeDayOfYear(year)),
        [year, m, "XX"] => month(m).map(|m| Part::SomeDayOfMonth(year, m)),
        [year, m] => month(m).map(|m| Part::Month(year, m)),
        [year, m, d] => month(m).map(|m| Part::Day(year, m, d.strip_prefix('0').unwrap_or(d))),
        _ => None,
    };
    Point { sure, part: known.unwrap_or(Part::Other(plain)) }
}

fn one(point: &Point) -> String {
    let before = match point.sure {
        Sure::Certain => "",
        Sure::About => "about ",
        Sure::Perhaps => "perhaps ",
    };
    let name = |m: usize| MONTHS.get(m - 1).copied().unwrap_or_default();
    let said = match point.part {
        Part::Century(digits) => format!("the years {digits}00 to {digits}99"),
        Part::Decade(digits) => format!("the {digits}0s"),
        Part::Year(text) | Part::Other(text) => text.to_owned(),
        Part::Month(year, m) => format!("{} {year}", name(m)),
        Part::Day(year, m, d) => format!("{d} {} {year}", name(m)),
        Part::SomeDayOfYear(year) => format!("some day of {year}"),
        Part::SomeDayOfMonth(year, m) => format!("some day of {} {year}", name(m)),
    };
    format!("{before}{said}")
}

/// The number of a month, 1 to 12.
fn month(digits: &str) -> Option<usize> {
    digits.parse().ok().filter(|number| (1..=MONTHS.len()).contains(number))
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
