//! The days an expression may mean, seen from the reference.

use super::calendar::{Unit, floor, plus, plus_days, plus_months, weekday};
use super::feast::nth_weekday;
use super::value::{Reading, Reference, What};
use plainsight_text::Day;

impl What {
    /// The possible readings, the one that looks back first.
    pub(crate) fn readings(&self, reference: Option<&Reference>) -> Vec<Reading> {
        let from = reference.map(|r| r.day);
        let unit = |n: i64, unit: Unit| -> Option<Reading> {
            let start = plus(floor(from?, unit)?, n, unit)?;
            let end = if unit == Unit::Weekend {
                plus_days(start, 2)?
            } else if unit == Unit::Workweek {
                plus_days(start, 5)?
            } else {
                plus(start, 1, unit)?
            };
            Some((start, Some(end)))
        };
        match self {
            Self::Calendar { year, month, day } => calendar(*year, *month, *day, from),
            Self::Range(a, b) => vec![(*a, Some(*b))],
            Self::Days(n) => from.and_then(|d| plus_days(d, *n)).map(|d| (d, None)).into_iter().collect(),
            Self::Weekday(w, Some(weeks)) => {
                let day = from.and_then(|d| plus_days(d, w - weekday(d) + weeks * 7));
                day.map(|d| (d, None)).into_iter().collect()
            }
            Self::Weekday(w, None) => {
                let Some(day) = from else { return Vec::new() };
                let ahead = (w - weekday(day)).rem_euclid(7);
                [ahead - 7, ahead].iter().filter_map(|n| plus_days(day, *n)).map(|d| (d, None)).collect()
            }
            Self::Whole(n, u) => unit(*n, *u).into_iter().collect(),
            Self::Many(n, u) => {
                let Some(day) = from else { return Vec::new() };
                let whole = |unit| {
                    let base = floor(day, unit)?;
                    let (a, b) = if *n < 0 { (*n, 0) } else { (1, n.checked_add(1)?) };
                    Some((plus(base, a, unit)?, Some(plus(base, b, unit)?)))
                };
                if let Unit::Quarter | Unit::Decade = u {
                    return whole(*u).into_iter().collect();
                }
                let ends = if *n < 0 {
                    plus(day, *n, *u).map(|start| (start, Some(day)))
                } else {
                    plus_days(day, 1).and_then(|start| Some((start, Some(plus(start, *n, *u)?))))
                };
                ends.into_iter().collect()
            }
            Self::NearMonth(direction, month) => {
                let Some(from) = from else { return Vec::new() };
                let of = |year: i32| {
                    let start = Day::new(year, *month, 1)?;
                    Some((start, Some(plus_months(start, 1)?)))
                };
                let this = if *direction < 0 { from.month > *month } else { from.month < *month };
                let other = if *direction < 0 { from.year - 1 } else { from.year + 1 };
                let near = if this { from.year } else { other };
                let mut out: Vec<Reading> = [near, other].into_iter().filter_map(of).collect();
                out.dedup();
                out
            }
            Self::Loose(inner) => inner.readings(reference),
            Self::Within(n, u) => from.and_then(|d| Some((d, Some(plus(d, *n, *u)?)))).into_iter().collect(),
            Self::UnitOf(u, inner) => {
                let length = if *u == Unit::Weekend { 2 } else { 7 };
                let around = |(day, _): Reading| {
                    let start = floor(day, *u)?;
                    Some((start, Some(plus_days(start, length)?)))
                };
                inner.readings(reference).into_iter().filter_map(around).collect()
            }
            Self::Away(n, u) => from.and_then(|d| plus(d, *n, *u)).map(|d| (d, None)).into_iter().collect(),
            Self::Part(inner, a, b) => inner
                .readings(reference)
                .into_iter()
                .filter_map(|(start, _)| {
                    Some((plus_months(start, i64::from(*a))?, Some(plus_months(start, i64::from(*b))?)))
                })
                .collect(),
            Self::Third(inner, which) => {
                let year = matches!(inner.as_ref(), Self::Whole(_, Unit::Year));
                let now = matches!(inner.as_ref(), Self::Whole(0, _)) && *which == 2 && !year;
                let spans = inner.readings(reference).into_iter();
                let parts = spans.filter_map(|r| if year { half_year(*which, r) } else { third(*which, r) });
                // Later this week begins today at the earliest.
                parts
                    .map(|(start, end)| (if now { from.map_or(start, |d| start.max(d)) } else { start }, end))
                    .collect()
            }
            Self::NamedDay(name, day) => {
                let Some(from) = from else { return Vec::new() };
                let first = Day::new(from.year, from.month, 1);
                let fits = |months: i64| {
                    let month = plus_months(first?, months)?;
                    Day::new(month.year, month.month, *day as u32).filter(|d| weekday(*d) == *name)
                };
                let back = (-48..=0).rev().filter_map(fits).find(|d| *d <= from);
                let ahead = (0..=48).filter_map(fits).find(|d| *d > from);
                back.into_iter().chain(ahead).map(|d| (d, None)).collect()
            }
            Self::NearWeekday(name, direction) => {
                let Some(from) = from else { return Vec::new() };
                let ahead = (name - weekday(from)).rem_euclid(7);
                let days = if *direction < 0 { if ahead == 0 { -7 } else { ahead - 7 } } else { ahead };
                plus_days(from, days).map(|d| (d, None)).into_iter().collect()
            }
            Self::DayClocks(inner, ..) | Self::EndOf(inner) => inner.readings(reference),
            Self::Feast(feast, Some(year)) => feast.of(*year).map(|d| (d, None)).into_iter().collect(),
            Self::Feast(feast, None) => {
                let Some(from) = from else { return Vec::new() };
                let days = || (from.year - 1..=from.year + 1).filter_map(|y| feast.of(y));
                let back = days().rfind(|d| *d <= from);
                let ahead = days().find(|d| *d > from);
                back.into_iter().chain(ahead).map(|d| (d, None)).collect()
            }
            Self::NearFeast(feast, direction) => {
                let Some(from) = from else { return Vec::new() };
                let mut days = (from.year - 1..=from.year + 1).filter_map(|y| feast.of(y));
                let day = match direction {
                    0 => feast.of(from.year),
                    1 => days.find(|d| *d > from),
                    _ => days.rfind(|d| *d < from),
                };
                day.map(|d| (d, None)).into_iter().collect()
            }
            Self::Shift(inner, n, u) => inner
                .readings(reference)
                .into_iter()
                .filter_map(|(start, end)| {
                    // Before a span counts from its first day, after it from its last.
                    let from =
                        if *n > 0 { end.and_then(|e| plus_days(e, -1)).unwrap_or(start) } else { start };
                    Some((plus(from, *n, *u)?, None))
                })
                .collect(),
            Self::NthWeekday(n, day, inner) => inner
                .readings(reference)
                .into_iter()
                .filter_map(|(start, _)| Some((nth_weekday(start, *n, *day)?, None)))
                .collect(),
            Self::NthOf(n, count, u, inner) => {
                inner.readings(reference).into_iter().filter_map(|r| nth_of(*n, *count, *u, r)).collect()
            }
            Self::Near(inner, n) => {
                let told = |(day, _): &Reading| {
                    from.is_some_and(|from| if *n < 0 { *day <= from } else { *day >= from })
                };
                let readings = inner.readings(reference);
                let near: Vec<Reading> = readings.iter().copied().filter(told).collect();
                if near.is_empty() { readings } else { near }
            }
            Self::Rest(inner) => inner
                .readings(reference)
                .into_iter()
                .filter_map(|(_, end)| Some((from?, Some(end?))))
                .collect(),
            Self::ToDate(inner) => inner
                .readings(reference)
                .into_iter()
                .filter_map(|(start, _)| Some((start, Some(from?))))
                .collect(),
            Self::WeekOf(n, inner) => {
                inner.readings(reference).into_iter().filter_map(|r| week_of(*n, r)).collect()
            }
            Self::Moment(inner, ..) => inner.readings(reference),
            Self::Now => from.map(|d| (d, None)).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn calendar(year: Option<i32>, month: Option<u32>, day: Option<u32>, from: Option<Day>) -> Vec<Reading> {
    let one = |y: i32, m: Option<u32>| -> Option<Reading> {
        match (m, day) {
            (Some(m), Some(d)) => Some((Day::new(y, m, d)?, None)),
            (Some(m), None) => Day::new(y, m, 1).and_then(|s| Some((s, Some(plus_months(s, 1)?)))),
            _ => Some((Day::new(y, 1, 1)?, Some(Day::new(y + 1, 1, 1)?))),
        }
    };
    match (year, month, from) {
        (Some(year), month, _) => one(year, month).into_iter().collect(),
        // The 29th of February looks back and ahead up to eight years.
        (None, Some(month), Some(from)) => {
            let back =
                (from.year - 8..=from.year).rev().filter_map(|y| one(y, Some(month))).find(|r| r.0 <= from);
            let ahead = (from.year..=from.year + 8).filter_map(|y| one(y, Some(month))).find(|r| r.0 > from);
            back.into_iter().chain(ahead).collect()
        }
        (None, None, Some(from)) => {
            let Some(day) = day else { return Vec::new() };
            let months = |n: i64| {
                Day::new(from.year, from.month, 1)
                    .and_then(|s| plus_months(s, n))
                    .and_then(|s| Day::new(s.year, s.month, day))
            };
            let back = (-2..=0).rev().filter_map(months).find(|d| *d <= from);
            let ahead = (0..=2).filter_map(months).find(|d| *d > from);
            back.into_iter().chain(ahead).map(|d| (d, None)).collect()
        }
        _ => Vec::new(),
    }
}

/// The n-th and following units of a span; -1 the last ones.
fn nth_of(n: i64, count: i64, unit: Unit, (start, end): Reading) -> Option<Reading> {
    if unit == Unit::Week {
        let from = week_of(if n < 0 { -1 } else { n }, (start, end))?.0;
        let from = if n < 0 { plus_days(from, -7 * (count - 1))? } else { from };
        return Some((from, Some(plus_days(from, 7 * count)?)));
    }
    let from = if n < 0 { plus(end?, -count, unit)? } else { plus(start, n - 1, unit)? };
    let to = plus(from, count, unit)?;
    Some((from, if unit == Unit::Day && count == 1 { None } else { Some(to) }))
}

/// Weeks begin on Monday; the first week of a month or year is the one with its first Thursday (ISO 8601).
fn week_of(n: i64, (start, end): Reading) -> Option<Reading> {
    let monday = if n > 0 {
        let thursday = plus_days(start, (3 - weekday(start)).rem_euclid(7))?;
        plus_days(thursday, (n - 1) * 7 - 3)?
    } else {
        let last = plus_days(end?, -1)?;
        let thursday = plus_days(last, -(weekday(last) - 3).rem_euclid(7))?;
        plus_days(thursday, -3)?
    };
    Some((monday, Some(plus_days(monday, 7)?)))
}

/// The first or second half of a year.
fn half_year(which: u8, (start, end): Reading) -> Option<Reading> {
    Some(match which {
        0 => (start, Some(plus_months(start, 6)?)),
        1 => (plus_months(start, 3)?, Some(plus_months(start, 9)?)),
        _ => (plus_months(start, 6)?, end),
    })
}

/// The reading set's habit: half a month, four months of a year, the first three or last four days of a week.
fn third(which: u8, (start, end): Reading) -> Option<Reading> {
    let end = end?;
    let days = end.number() - start.number();
    let (from, to) = match (days, which) {
        (0..=7, 0) => (start, plus_days(start, 3)?),
        (0..=7, _) => (plus_days(start, 3)?, end),
        (8..=31, 0) => (start, plus_days(start, 15)?),
        (8..=31, 1) => (plus_days(start, 9)?, plus_days(start, 20)?),
        (8..=31, _) => (plus_days(start, 15)?, end),
        (0..=366, 0) => (start, plus_months(start, 4)?),
        (0..=366, 1) => (plus_months(start, 4)?, plus_months(start, 8)?),
        (0..=366, _) => (plus_months(start, 8)?, end),
        // Of a decade or a century whole years, the thirds overlapping by one.
        _ => {
            let years = i64::from(end.year - start.year);
            let (less, more) = (years / 3, (years + 2) / 3);
            match which {
                0 => (start, plus_months(start, more * 12)?),
                1 => (plus_months(start, less * 12)?, plus_months(end, -less * 12)?),
                _ => (plus_months(end, -more * 12)?, end),
            }
        }
    };
    Some((from, Some(to)))
}
