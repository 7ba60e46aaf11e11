//! Days and times of a spreadsheet: numbers counted from a day in 1899 or 1904.

use crate::dates::from_number;

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Number,
    Day,
    Time,
    DayAndTime,
}

/// Days from 1970-01-01 back to 1899-12-30, the day 0 of a spreadsheet (which holds 1900 for a leap year).
const DAY_ZERO: i64 = -25_569;
/// Days that the count of 1904 begins later.
const FROM_1904: i64 = 1462;

impl Shown {
    /// By the number of a built-in format (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are those of East Asia).
    pub(crate) fn built_in(id: u32) -> Self {
        match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57..=58 => Self::Day,
            18..=21 | 32..=35 | 45..=47 | 55..=56 => Self::Time,
            22 => Self::DayAndTime,
            _ => Self::Number,
        }
    }

    /// By the letters of a format of the file's own, without what is quoted, escaped or in brackets.
    pub(crate) fn of_code(code: &str) -> Self {
        let mut letters = String::new();
        let mut chars = code.split(';').next().unwrap_or("").chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => drop(chars.by_ref().find(|c| *c == '"')),
                '[' => drop(chars.by_ref().find(|c| *c == ']')),
                '\\' | '_' | '*' => drop(chars.next()),
                _ => letters.extend(c.to_lowercase()),
            }
        }
        if letters.contains("general") || letters.contains(['0', '#', '?']) {
            return Self::Number;
        }
        let time = letters.contains(['h', 's']);
        let day = letters.contains(['y', 'd']) || (letters.contains('m') && !time);
        match (day, time) {
            (true, true) => Self::DayAndTime,
            (true, false) => Self::Day,
            (false, true) => Self::Time,
            (false, false) => Self::Number,
        }
    }

    /// The number as a person sees it; as it stands where it is none or no day.
    pub(crate) fn show(self, value: &str, from_1904: bool) -> String {
        let Ok(number) = value.trim().parse::<f64>() else { return value.to_owned() };
        if self == Self::Number || !(0.0..3_000_000.0).contains(&number) {
            return plain(value, number);
        }
        let mut days = number.floor();
        let mut seconds = ((number - days) * 86_400.0).round();
        if seconds >= 86_400.0 {
            (days, seconds) = (days + 1.0, 0.0);
        }
        let first = DAY_ZERO + if from_1904 { FROM_1904 } else { 0 };
        let Some(day) = from_number(first + days as i64) else { return plain(value, number) };
        let (hours, minutes, rest) = (seconds as u32 / 3600, seconds as u32 / 60 % 60, seconds as u32 % 60);
        let time = if rest == 0 {
            format!("{hours:02}:{minutes:02}")
        } else {
            format!("{hours:02}:{minutes:02}:{rest:02}")
        };
        match self {
            Self::Day => day.to_string(),
            Self::Time => time,
            _ => format!("{day} {time}"),
        }
    }
}

/// Whole numbers without exponent or fraction, so that a telephone reads as one.
fn plain(value: &str, number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        format!("{number:.0}")
    } else {
        value.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_shown_as_days() {
        for (shown, value, want) in [
            (Shown::Day, "43634", "2019-06-18"),
            (Shown::Day, "1", "1899-12-31"),
            (Shown::DayAndTime, "44317.5", "2021-05-01 12:00"),
            (Shown::Time, "0.75", "18:00"),
            (Shown::Number, "3.1612345678E10", "31612345678"),
            (Shown::Number, "0.25", "0.25"),
            (Shown::Day, "-5", "-5"),
            (Shown::Day, "tekst", "tekst"),
        ] {
            assert_eq!(shown.show(value, false), want, "{value}");
        }
        assert_eq!(Shown::Day.show("42172", true), "2019-06-18");
    }

    #[test]
    fn formats_say_what_a_number_is() {
        for (code, want) in [
            ("yyyy\"年\"m\"月\"d\"日\"", Shown::Day),
            ("[$-413]d mmmm yyyy;@", Shown::Day),
            ("dd-mm-yyyy hh:mm", Shown::DayAndTime),
            ("[h]:mm:ss", Shown::Time),
            ("General", Shown::Number),
            ("#,##0.00 \"dagen\"", Shown::Number),
            ("0.00%", Shown::Number),
        ] {
            assert_eq!(Shown::of_code(code), want, "{code}");
        }
        assert_eq!(Shown::built_in(14), Shown::Day);
        assert_eq!(Shown::built_in(2), Shown::Number);
    }
}
