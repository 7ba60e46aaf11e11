//! What the words mean, seen from the reference.

use super::calendar::{Unit, plus_days, weekday};
use super::feast::Feast;
use plainsight_text::Day;

/// The day and second of writing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    pub day: Day,
    pub second: i64,
}

impl Reference {
    /// Reads `2016-11-07` or `2016-11-07T14:07:00`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let day = Day::parse(text)?;
        let mut parts = text.get(11..19).unwrap_or("00:00:00").split(':').map(|p| p.parse::<i64>().ok());
        let mut next = || parts.next().flatten().unwrap_or(0);
        Some(Self { day, second: next() * 3600 + next() * 60 + next() })
    }
}

/// What a piece of text says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A day, month or year; what is missing comes from the reference.
    Calendar {
        year: Option<i32>,
        month: Option<u32>,
        day: Option<u32>,
    },
    /// A fixed range, end exclusive.
    Range(Day, Day),
    /// Days from the reference (`0` today).
    Days(i64),
    /// A weekday (0 Monday); the week: `None` both before and after, else weeks from this one.
    Weekday(i64, Option<i64>),
    /// A whole unit so many units away: last week, this year, next month.
    Whole(i64, Unit),
    /// The next or last so many units.
    Many(i64, Unit),
    /// A point so many units away: three days ago.
    Away(i64, Unit),
    /// A length.
    Length(f64),
    /// A clock time in seconds; `true` where morning and afternoon are both possible.
    Clock(i64, bool),
    /// A day with a clock time.
    Moment(Box<What>, i64, bool),
    /// Now.
    Now,
    /// A part of a unit: first month, last month (exclusive), of what.
    Part(Box<What>, u32, u32),
    /// The n-th week (1…, or -1 for the last) of a month or year.
    WeekOf(i64, Box<What>),
    /// The early (0), middle (1) or late (2) part of a week, month or year.
    Third(Box<What>, u8),
    /// Two clock times; `true` where morning and afternoon are both possible.
    Clocks(i64, i64, bool),
    /// A day with two clock times.
    DayClocks(Box<What>, i64, i64, bool),
    /// A feast of a year; without a year the last and the next.
    Feast(Feast, Option<i32>),
    /// A feast of the past (-1) or the future (1), or of this year (0).
    NearFeast(Feast, i64),
    /// A point so many units from another.
    Shift(Box<What>, i64, Unit),
    /// The n-th weekday of a month (-1 the last).
    NthWeekday(i64, i64, Box<What>),
    /// The n-th unit of a span, and how many; -1 the last.
    NthOf(i64, i64, Unit, Box<What>),
    /// A weekday with its number in the month: Monday 13th.
    NamedDay(i64, i64),
    /// The nearest weekday before (-1) or after the reference.
    NearWeekday(i64, i64),
    /// The reading of a day that lies before (-1) or after (1) the reference: 4 juni jl.
    Near(Box<What>, i64),
    /// What is left of a span after the reference.
    Rest(Box<What>),
    /// A month of the past (-1) or the future (1): last March may be this year's or last year's.
    NearMonth(i64, u32),
    /// The whole unit in which a day lies: the week of April 10th.
    UnitOf(Unit, Box<What>),
    /// From the reference so many units on.
    Within(i64, Unit),
    /// What points without naming a day: the year, the same week. It has a value beside the reference and no EDTF.
    Loose(Box<What>),
    /// From the first day of a span to the reference.
    ToDate(Box<What>),
    /// The end of a day.
    EndOf(Box<What>),
    From(Box<What>, Edge),
    Until(Box<What>, Edge),
    Between(Box<What>, Box<What>),
    /// Every Monday, or something that has no value.
    Repeating,
}

/// Which end of a range an open range starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    End,
}

#[derive(Debug, Default)]
pub(crate) struct Meaning {
    pub values: Vec<String>,
    pub edtf: Option<String>,
    pub inferred_year: bool,
}

/// One reading: from (inclusive) to (exclusive); a point where `to` is `None`.
pub(crate) type Reading = (Day, Option<Day>);

impl What {
    pub(crate) fn resolve(&self, reference: Option<&Reference>) -> Meaning {
        let inferred_year = self.lacks_year();
        let plain = |values: Vec<String>| Meaning { values, edtf: None, inferred_year: false };
        match self {
            Self::Repeating => plain(Vec::new()),
            Self::Length(seconds) => plain(vec![number(*seconds)]),
            Self::Clock(second, twice) => plain(clocks(*second, *twice)),
            Self::Now => {
                let values = reference.map(|r| format!("{} {}", r.day, clock(r.second)));
                Meaning {
                    values: values.into_iter().collect(),
                    edtf: reference.map(|r| r.day.to_string()),
                    inferred_year: false,
                }
            }
            Self::EndOf(day) => {
                let days = day.readings(reference);
                let values = days.iter().map(|(d, _)| format!("{d} 23:59:59")).collect();
                Meaning { values, edtf: days.first().map(|(d, _)| d.to_string()), inferred_year }
            }
            Self::Shift(inner, n, unit @ (Unit::Second | Unit::Minute | Unit::Hour)) => {
                let at = |(day, _): &Reading| Reference { day: *day, second: 0 };
                let from: Vec<Reference> = match inner.as_ref() {
                    Self::Now | Self::Days(0) => reference.copied().into_iter().collect(),
                    _ => inner.readings(reference).iter().map(at).collect(),
                };
                plain(from.iter().flat_map(|r| moment_away(Some(r), *n, *unit)).collect())
            }
            Self::Moment(day, second, twice) => {
                let days = day.readings(reference);
                let values = days
                    .iter()
                    .flat_map(|(d, _)| clocks(*second, *twice).into_iter().map(move |c| format!("{d} {c}")))
                    .collect();
                Meaning { values, edtf: days.first().map(|(d, _)| d.to_string()), inferred_year }
            }
            Self::Clocks(a, b, twice) => {
                plain(clock_pairs(*a, *b, *twice).into_iter().map(|(a, b)| format!("{a}/{b}")).collect())
            }
            Self::DayClocks(day, a, b, twice) => {
                let days = day.readings(reference);
                let pairs = clock_pairs(*a, *b, *twice);
                let values = days
                    .iter()
                    .flat_map(|(d, _)| pairs.iter().map(move |(a, b)| format!("{d} {a}/{d} {b}")))
                    .collect();
                Meaning { values, edtf: days.first().map(|(d, _)| d.to_string()), inferred_year }
            }
            Self::Away(n, unit @ (Unit::Second | Unit::Minute | Unit::Hour)) => {
                plain(moment_away(reference, *n, *unit))
            }
            Self::Loose(inner) => plain(inner.resolve(reference).values),
            Self::Many(n, unit @ (Unit::Second | Unit::Minute | Unit::Hour))
            | Self::Within(n, unit @ (Unit::Second | Unit::Minute | Unit::Hour)) => {
                let now = reference.map(|r| format!("{} {}", r.day, clock(r.second)));
                let other = moment_away(reference, *n, *unit).pop();
                let pair = now.zip(other).map(|(now, other)| {
                    if *n < 0 { format!("{other}/{now}") } else { format!("{now}/{other}") }
                });
                plain(pair.into_iter().collect())
            }
            Self::From(inner, edge) => match inner.as_ref() {
                Self::Moment(..) => {
                    plain(inner.resolve(reference).values.iter().map(|v| format!("{v}/")).collect())
                }
                Self::Clock(second, twice) => {
                    plain(clocks(*second, *twice).into_iter().map(|c| format!("{c}/")).collect())
                }
                _ => open(inner, *edge, reference, true, inferred_year),
            },
            Self::Until(inner, edge) => match inner.as_ref() {
                Self::Moment(..) => {
                    plain(inner.resolve(reference).values.iter().map(|v| format!("/{v}")).collect())
                }
                Self::Clock(second, twice) => {
                    plain(clocks(*second, *twice).into_iter().map(|c| format!("/{c}")).collect())
                }
                _ => open(inner, *edge, reference, false, inferred_year),
            },
            Self::Between(a, b) => match (a.as_ref(), b.as_ref()) {
                (Self::Clock(a, false), Self::Clock(b, false)) => {
                    plain(vec![format!("{}/{}", clock(*a), clock(*b))])
                }
                (Self::Clock(a, _), Self::Clock(b, _)) => {
                    let later = |s: i64| (s + 43_200) % 86_400;
                    plain(vec![
                        format!("{}/{}", clock(*a), clock(*b)),
                        format!("{}/{}", clock(later(*a)), clock(later(*b))),
                    ])
                }
                (Self::Moment(..), _) | (_, Self::Moment(..)) => {
                    let (a, b) = (a.resolve(reference).values, b.resolve(reference).values);
                    // Between now and eight: the eight that comes after now.
                    let end = |a: &String| b.iter().find(|b| *b > a).or(b.first()).cloned();
                    plain(a.first().and_then(|a| Some(format!("{a}/{}", end(a)?))).into_iter().collect())
                }
                _ => between(a, b, reference, inferred_year),
            },
            _ => {
                let readings = self.readings(reference);
                let values = readings.iter().map(show).collect();
                Meaning { values, edtf: readings.first().and_then(|r| edtf(self, *r)), inferred_year }
            }
        }
    }

    /// TIMEX3 of the words alone.
    pub(crate) fn timex(&self) -> String {
        match self {
            Self::Calendar { year, month, day } => {
                let year = year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
                match (month, day) {
                    (None, None) => year,
                    (Some(m), None) => format!("{year}-{m:02}"),
                    (None, Some(d)) => format!("{year}-XX-{d:02}"),
                    (Some(m), Some(d)) => format!("{year}-{m:02}-{d:02}"),
                }
            }
            Self::Weekday(day, _) => format!("XXXX-WXX-{}", day + 1),
            Self::Now | Self::Days(0) => "PRESENT_REF".to_owned(),
            Self::Clock(second, _) => format!("T{}", clock(*second)),
            Self::Length(seconds) => format!("PT{}S", number(*seconds)),
            Self::Between(a, b) => format!("({},{})", a.timex(), b.timex()),
            _ => String::new(),
        }
    }

    /// Whether a year must be taken from the reference although the words name a day or month.
    fn lacks_year(&self) -> bool {
        match self {
            Self::Calendar { year, .. } => year.is_none(),
            Self::Feast(_, year) => year.is_none(),
            Self::NamedDay(..) | Self::NearMonth(..) => true,
            Self::Moment(inner, ..)
            | Self::DayClocks(inner, ..)
            | Self::Third(inner, _)
            | Self::From(inner, _)
            | Self::Until(inner, _)
            | Self::Part(inner, ..)
            | Self::Shift(inner, ..)
            | Self::NthWeekday(_, _, inner)
            | Self::NthOf(.., inner)
            | Self::EndOf(inner)
            | Self::WeekOf(_, inner)
            | Self::Near(inner, _)
            | Self::UnitOf(_, inner) => inner.lacks_year(),
            Self::Between(a, b) => a.lacks_year() && b.lacks_year(),
            _ => false,
        }
    }
}

fn open(inner: &What, edge: Edge, reference: Option<&Reference>, from: bool, inferred_year: bool) -> Meaning {
    let readings = inner.readings(reference);
    let days: Vec<Day> = match (inner, from, edge) {
        // Since the end of July begins with that end, after its beginning on its first day.
        (What::Third(..), true, Edge::Start) | (What::Third(_, 0), true, _) => {
            readings.iter().map(|r| r.0).collect()
        }
        (What::Third(_, 1 | 2), false, _) => edges(inner, reference),
        _ => readings.iter().map(|r| if edge == Edge::End { r.1.unwrap_or(r.0) } else { r.0 }).collect(),
    };
    let write = |d: &Day| if from { format!("{d}/") } else { format!("/{d}") };
    let edtf = days.first().map(|d| if from { format!("{d}/..") } else { format!("../{d}") });
    Meaning { values: days.iter().map(write).collect(), edtf, inferred_year }
}

fn between(a: &What, b: &What, reference: Option<&Reference>, inferred_year: bool) -> Meaning {
    let (starts, ends) = (edges(a, reference), b.readings(reference));
    let last = edges(b, reference);
    let mut values = Vec::new();
    let mut spans = Vec::new();
    for start in &starts {
        // The first end after the start belongs to it; a bare weekday is the next one.
        if let Some((end, day)) = ends.iter().zip(&last).find(|(_, day)| *day > start) {
            values.push(format!("{start}/{day}"));
            spans.push((*start, *end));
        } else if let What::Weekday(name, None) = b
            && let Some(day) = plus_days(*start, (name - weekday(*start)).rem_euclid(7))
        {
            values.push(format!("{start}/{day}"));
            spans.push((*start, (day, None)));
        }
    }
    values.dedup();
    let edtf = spans.first().map(|(start, end)| {
        let last = match end.1 {
            Some(after) => plus_days(after, -1).unwrap_or(end.0),
            None => end.0,
        };
        let years = matches!(
            (a, b),
            (What::Calendar { month: None, day: None, .. }, What::Calendar { month: None, day: None, .. })
        );
        if years { format!("{:04}/{:04}", start.year, end.0.year) } else { format!("{start}/{last}") }
    });
    Meaning { values, edtf, inferred_year }
}

/// Where a span counts as one end of a longer one: its first day, its end (`the end of 2008`), its middle.
fn edges(what: &What, reference: Option<&Reference>) -> Vec<Day> {
    let half =
        |(start, end): &Reading| plus_days(*start, (end.unwrap_or(*start).number() - start.number()) / 2);
    match what {
        What::Third(inner, 1) => inner.readings(reference).iter().filter_map(half).collect(),
        What::Third(inner, 2) => inner.readings(reference).iter().map(|r| r.1.unwrap_or(r.0)).collect(),
        _ => what.readings(reference).iter().map(|r| r.0).collect(),
    }
}

fn show((start, end): &Reading) -> String {
    match end {
        Some(end) => format!("{start}/{end}"),
        None => start.to_string(),
    }
}

fn edtf(what: &What, (start, end): Reading) -> Option<String> {
    match (what, end) {
        (_, None) => Some(start.to_string()),
        (What::Calendar { month: None, .. } | What::Whole(_, Unit::Year), _) => {
            Some(format!("{:04}", start.year))
        }
        (What::Calendar { .. } | What::Whole(_, Unit::Month), _) => {
            Some(format!("{:04}-{:02}", start.year, start.month))
        }
        (_, Some(end)) => Some(format!("{start}/{}", plus_days(end, -1)?)),
    }
}

fn clock_pairs(a: i64, b: i64, twice: bool) -> Vec<(String, String)> {
    let mut out = vec![(clock(a), clock(b))];
    if twice {
        out.push((clock((a + 43_200) % 86_400), clock((b + 43_200) % 86_400)));
    }
    out
}

fn moment_away(reference: Option<&Reference>, n: i64, unit: Unit) -> Vec<String> {
    let moment = || {
        let reference = reference?;
        let seconds = reference.second.checked_add(n.checked_mul(unit.seconds() as i64)?)?;
        let day = plus_days(reference.day, seconds.div_euclid(86_400))?;
        Some(format!("{day} {}", clock(seconds.rem_euclid(86_400))))
    };
    moment().into_iter().collect()
}

fn clocks(second: i64, twice: bool) -> Vec<String> {
    let mut out = vec![clock(second)];
    if twice {
        out.push(clock((second + 43_200) % 86_400));
    }
    out
}

fn clock(second: i64) -> String {
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

fn number(n: f64) -> String {
    if n.fract() == 0.0 { format!("{n:.0}") } else { n.to_string() }
}
