//! Feast days: fixed, counted from Easter, or the n-th weekday of a month.

use super::calendar::{plus_days, weekday};
use plainsight_text::Day;

/// A feast that comes every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feast {
    /// Month and day.
    Fixed(u32, u32),
    /// Days from Easter Sunday.
    Easter(i64),
    /// The n-th weekday (0 Monday; -1 the last) of a month, and days after it.
    Nth { month: u32, n: i64, weekday: i64, after: i64 },
}

impl Feast {
    /// Reads `1225`, `easter-2`, `11/4/3` or `11/4/3+1`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Self::Easter(days.parse().ok()?));
        }
        if let Some((month, rest)) = text.split_once('/') {
            let (n, rest) = rest.split_once('/')?;
            let (weekday, after) = rest.split_once('+').unwrap_or((rest, "0"));
            return Some(Self::Nth {
                month: month.parse().ok()?,
                n: n.parse().ok()?,
                weekday: weekday.parse().ok()?,
                after: after.parse().ok()?,
            });
        }
        let number: u32 = text.parse().ok()?;
        Some(Self::Fixed(number / 100, number % 100))
    }

    /// Its day in a year.
    pub(crate) fn of(self, year: i32) -> Option<Day> {
        match self {
            Self::Fixed(month, day) => Day::new(year, month, day),
            Self::Easter(days) => plus_days(easter(year)?, days),
            Self::Nth { month, n, weekday, after } => {
                plus_days(nth_weekday(Day::new(year, month, 1)?, n, weekday)?, after)
            }
        }
    }
}

/// The n-th weekday from the first day of a month on; -1 is the month's last.
pub(crate) fn nth_weekday(first: Day, n: i64, day: i64) -> Option<Day> {
    if n < 0 {
        let last = plus_days(super::calendar::plus_months(first, 1)?, -1)?;
        return plus_days(last, -(weekday(last) - day).rem_euclid(7));
    }
    plus_days(first, (day - weekday(first)).rem_euclid(7) + (n - 1) * 7)
}

/// Easter Sunday in the Gregorian calendar (the anonymous computus of 1876).
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_of_known_years() {
        for (feast, year, day) in [
            ("easter+0", 2019, "2019-04-21"),
            ("easter+0", 2021, "2021-04-04"),
            ("easter-2", 2018, "2018-03-30"),
            ("11/4/3+1", 2010, "2010-11-26"),
            ("5/-1/0", 2021, "2021-05-31"),
            ("1225", 2021, "2021-12-25"),
        ] {
            let got = Feast::read(feast).and_then(|f| f.of(year)).map(|d| d.to_string());
            assert_eq!(got.as_deref(), Some(day), "{feast} {year}");
        }
    }
}
