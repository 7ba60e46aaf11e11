//! Arithmetic with days.

use plainsight_text::Day;

/// A span of time words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// Monday to Friday.
    Workday,
    Weekend,
    /// Monday to Friday as one span.
    Workweek,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit a word table calls so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "workday" => Self::Workday,
            "weekend" => Self::Weekend,
            "workweek" => Self::Workweek,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }

    /// Length in seconds, a month being 30 days and a year 365, as the reading set counts.
    pub(crate) fn seconds(self) -> f64 {
        match self {
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Day | Self::Workday => 86_400.0,
            Self::Weekend => 172_800.0,
            Self::Workweek => 432_000.0,
            Self::Week => 604_800.0,
            Self::Fortnight => 1_209_600.0,
            Self::Month => 2_592_000.0,
            Self::Quarter => 7_884_000.0,
            Self::Year => 31_536_000.0,
            Self::Decade => 315_360_000.0,
            Self::Century => 3_153_600_000.0,
        }
    }
}

/// The day with a number of days since 1970-01-01 (the inverse of `Day::number`, after Howard Hinnant).
pub(crate) fn from_number(number: i64) -> Option<Day> {
    let z = number + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * of_year + 2) / 153;
    let day = of_year - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Day::new(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// A day later (or earlier) by days.
pub(crate) fn plus_days(day: Day, days: i64) -> Option<Day> {
    from_number(day.number().checked_add(days)?)
}

/// A day later by months; the 31st becomes the last day of a shorter month.
pub(crate) fn plus_months(day: Day, months: i64) -> Option<Day> {
    let total = (i64::from(day.year) * 12 + i64::from(day.month) - 1).checked_add(months)?;
    let (year, month) =
        (i32::try_from(total.div_euclid(12)).ok()?, u32::try_from(total.rem_euclid(12) + 1).ok()?);
    (28..=day.day.max(28)).rev().find_map(|d| Day::new(year, month, d.min(day.day)))
}

/// A day later by a number of units; hours and less stay on the day.
pub(crate) fn plus(day: Day, number: i64, unit: Unit) -> Option<Day> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day),
        Unit::Day => plus_days(day, number),
        Unit::Workday => workdays(day, number),
        Unit::Weekend | Unit::Workweek | Unit::Week => plus_days(day, number.checked_mul(7)?),
        Unit::Fortnight => plus_days(day, number.checked_mul(14)?),
        Unit::Month => plus_months(day, number),
        Unit::Quarter => plus_months(day, number.checked_mul(3)?),
        Unit::Year => plus_months(day, number.checked_mul(12)?),
        Unit::Decade => plus_months(day, number.checked_mul(120)?),
        Unit::Century => plus_months(day, number.checked_mul(1_200)?),
    }
}

/// A day later by days of work, at most ten thousand.
fn workdays(day: Day, number: i64) -> Option<Day> {
    let mut day = day;
    for _ in 0..number.abs().min(10_000) {
        day = plus_days(day, number.signum())?;
        while weekday(day) > 4 {
            day = plus_days(day, number.signum())?;
        }
    }
    Some(day)
}

/// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
pub(crate) fn weekday(day: Day) -> i64 {
    (day.number() + 3).rem_euclid(7)
}

/// The first day of the unit in which a day lies.
pub(crate) fn floor(day: Day, unit: Unit) -> Option<Day> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Workday => Some(day),
        Unit::Week | Unit::Workweek | Unit::Fortnight => plus_days(day, -weekday(day)),
        Unit::Weekend => plus_days(day, 5 - weekday(day)),
        Unit::Month => Day::new(day.year, day.month, 1),
        Unit::Quarter => Day::new(day.year, (day.month - 1) / 3 * 3 + 1, 1),
        Unit::Year => Day::new(day.year, 1, 1),
        Unit::Decade => Day::new(day.year / 10 * 10, 1, 1),
        Unit::Century => Day::new(day.year / 100 * 100, 1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_one() {
        for number in (-700_000..800_000).step_by(997) {
            if let Some(day) = from_number(number) {
                assert_eq!(day.number(), number);
            }
        }
        let last = Day::new(2020, 1, 31).and_then(|d| plus_months(d, 1));
        assert_eq!(last, Day::new(2020, 2, 29));
    }
}
