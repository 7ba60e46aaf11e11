//! Vague dates: the subset of EDTF level 1 that Plainsight writes.
//!
//! `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; `~`, `?`, `%` at the end; `X` for unknown
//! digits (`201X`, `2018-XX`, `2018-06-XX`); intervals `a/b`, open (`..`) and
//! unknown (empty) ends.

use std::fmt;

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// Year, 0 to 9999.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

impl Day {
    /// Makes a day that exists.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        ((0..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month))
            .then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`, also at the head of a moment.
    pub fn parse(text: &str) -> Option<Self> {
        let head = text.get(..10)?;
        let mut parts = head.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        if y.len() != 4 || m.len() != 2 || parts.next().is_some() {
            return None;
        }
        Self::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// Days since 1970-01-01 (Howard Hinnant's civil-days formula, from its published description).
    pub fn number(&self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The number of days of a month.
fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A vague date with the first and last day that it may mean.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: String,
    /// The first day; `None` is open or unknown.
    pub first: Option<Day>,
    /// The last day; `None` is open or unknown.
    pub last: Option<Day>,
    /// Marked `~`, `?` or `%`.
    pub vague: bool,
}

/// A string outside the subset.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "“{0}” is not a date of EDTF level 1 as written here, such as 2018, 2018-06, 2018-06-18, 2018~ or 2018/2019"
)]
pub struct EdtfError(String);

impl Edtf {
    /// Reads a date.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        let wrong = || EdtfError(text.to_owned());
        let (first, last, vague) = match text.split_once('/') {
            None => {
                let (first, last, vague) = single(text).ok_or_else(wrong)?;
                (Some(first), Some(last), vague)
            }
            Some((from, to)) => {
                let open = |side: &str| side.is_empty() || side == "..";
                if open(from) && open(to) {
                    return Err(wrong());
                }
                let low = if open(from) { None } else { Some(single(from).ok_or_else(wrong)?) };
                let high = if open(to) { None } else { Some(single(to).ok_or_else(wrong)?) };
                let vague = low.is_some_and(|l| l.2) || high.is_some_and(|h| h.2);
                let (first, last) = (low.map(|l| l.0), high.map(|h| h.1));
                if first.zip(last).is_some_and(|(f, l)| f > l) {
                    return Err(wrong());
                }
                (first, last, vague)
            }
        };
        Ok(Self { text: text.to_owned(), first, last, vague })
    }

    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Tells whether every day of `other` may be meant by this one.
    pub fn contains(&self, other: &Self) -> bool {
        let low = self.first.is_none_or(|a| other.first.is_some_and(|b| a <= b));
        let high = self.last.is_none_or(|a| other.last.is_some_and(|b| a >= b));
        low && high
    }

    /// Tells whether some day may be meant by both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |a: Option<Day>, b: Option<Day>| a.zip(b).is_some_and(|(a, b)| a < b);
        !before(self.last, other.first) && !before(other.last, self.first)
    }

    /// The number of days that may be meant, for ordering by exactness; `None` if open.
    pub fn days(&self) -> Option<i64> {
        Some(self.last?.number() - self.first?.number() + 1)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn single(text: &str) -> Option<(Day, Day, bool)> {
    let bare = text.trim_end_matches(['~', '?', '%']);
    let vague = text.len() - bare.len();
    if vague > 1 {
        return None;
    }
    let mut parts = bare.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (low_year, high_year) = digits(year)?;
    let exact_year = low_year == high_year;
    let (low_month, high_month) = match month {
        None => (1, 12),
        Some("XX") => (1, 12),
        Some(m) if m.len() == 2 && exact_year => (m.parse().ok()?, m.parse().ok()?),
        Some(_) => return None,
    };
    let exact_month = low_month == high_month;
    let (low_day, high_day) = match day {
        None | Some("XX") => (1, days_in(high_year, high_month.clamp(1, 12))),
        Some(d) if d.len() == 2 && exact_month => (d.parse().ok()?, d.parse().ok()?),
        Some(_) => return None,
    };
    let first = Day::new(low_year, low_month, low_day)?;
    Some((first, Day::new(high_year, high_month, high_day)?, vague == 1))
}

/// Reads four digits of which the last may be `X`.
fn digits(year: &str) -> Option<(i32, i32)> {
    let known = year.trim_end_matches('X');
    if !known.bytes().all(|b| b.is_ascii_digit()) || known.is_empty() {
        return None;
    }
    let width = 10_i32.pow((4 - known.len()) as u32);
    let low = known.parse::<i32>().ok()? * width;
    Some((low, low + width - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> String {
        let date = Edtf::parse(text).expect(text);
        let show = |day: Option<Day>| day.map_or("..".to_owned(), |d| d.to_string());
        format!("{} {}", show(date.first), show(date.last))
    }

    #[test]
    fn what_a_vague_date_may_mean() {
        for (text, days) in [
            ("2018", "2018-01-01 2018-12-31"),
            ("2018-06", "2018-06-01 2018-06-30"),
            ("2020-02", "2020-02-01 2020-02-29"),
            ("2018-06-18", "2018-06-18 2018-06-18"),
            ("2018~", "2018-01-01 2018-12-31"),
            ("201X", "2010-01-01 2019-12-31"),
            ("2018-XX", "2018-01-01 2018-12-31"),
            ("2018-06-XX", "2018-06-01 2018-06-30"),
            ("2018/2019-03", "2018-01-01 2019-03-31"),
            ("../2021-03", ".. 2021-03-31"),
            ("2021-03/", "2021-03-01 .."),
        ] {
            assert_eq!(range(text), days, "{text}");
        }
        for text in ["", "18", "2018-13", "2018-02-30", "2018-6-1", "2019/2018", "/", "2018~~", "x"] {
            assert!(Edtf::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_within_its_year_and_apart_from_another() {
        let date = |text| Edtf::parse(text).expect("a date");
        assert!(date("2018").contains(&date("2018-06")));
        assert!(!date("2018-06").contains(&date("2018")));
        assert!(date("2018").overlaps(&date("2018-06-18")));
        assert!(!date("2018-06").overlaps(&date("2019")));
        assert!(date("../2019").overlaps(&date("2018")));
        assert_eq!(date("2018-06").days(), Some(30));
    }
}
