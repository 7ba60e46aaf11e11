//! What two expressions say together, and which may stand beside a clock or end a range.

use super::calendar::Unit;
use super::value::{Edge, What};

pub(crate) fn open(code: i64, what: What) -> What {
    let what = Box::new(what);
    match code {
        1 => What::Until(what, Edge::Start),
        2 => What::Until(what, Edge::End),
        3 => What::From(what, Edge::End),
        _ => What::From(what, Edge::Start),
    }
}

pub(crate) fn is_day(what: &What) -> bool {
    match what {
        What::NthOf(_, 1, Unit::Day, _) | What::Calendar { day: Some(_), .. } => true,
        What::Away(_, unit) | What::Shift(_, _, unit) => *unit >= Unit::Day,
        _ => matches!(
            what,
            What::Days(_)
                | What::NamedDay(..)
                | What::NearWeekday(..)
                | What::Near(..)
                | What::Weekday(..)
                | What::Feast(..)
                | What::NearFeast(..)
                | What::NthWeekday(..)
        ),
    }
}

/// A month or a year.
pub(crate) fn is_span(what: &What) -> bool {
    matches!(what, What::Calendar { day: None, .. } | What::Part(..) | What::Range(..))
}

/// What can be an end of a range.
pub(crate) fn is_end(what: &What) -> bool {
    !matches!(
        what,
        What::Repeating
            | What::Length(_)
            | What::Clocks(..)
            | What::DayClocks(..)
            | What::Between(..)
            | What::From(..)
            | What::Until(..)
    )
}

/// Two expressions that say one thing together.
pub(crate) fn combine(a: &What, b: &What) -> Option<What> {
    let afternoon = |second: i64, twice: bool, from: i64| {
        if twice && from >= 43_200 && second < 43_200 { second + 43_200 } else { second }
    };
    // A feast and an hour, a day and lunch time are two expressions.
    const LUNCH: What = What::Clocks(39_600, 46_800, false);
    let apart = |what: &What| matches!(what, What::Feast(..) | What::NearFeast(..)) || *what == LUNCH;
    if apart(a) || apart(b) {
        return None;
    }
    Some(match (a, b) {
        (day, What::Clock(second, twice)) | (What::Clock(second, twice), day) if is_day(day) => {
            What::Moment(Box::new(day.clone()), *second, *twice)
        }
        (day, What::Clocks(from, to, twice)) | (What::Clocks(from, to, twice), day) if is_day(day) => {
            What::DayClocks(Box::new(day.clone()), *from, *to, *twice)
        }
        // `tonight at 8`: the part of the day says which eight.
        (What::DayClocks(day, from, ..), What::Clock(second, twice))
        | (What::Clock(second, twice), What::DayClocks(day, from, ..)) => {
            What::Moment(day.clone(), afternoon(*second, *twice, *from), false)
        }
        (What::Clocks(from, _, false), What::Clock(second, twice)) => {
            What::Clock(afternoon(*second, *twice, *from), false)
        }
        (What::DayClocks(day, a, b, half), What::Clocks(c, d, twice))
        | (What::Clocks(c, d, twice), What::DayClocks(day, a, b, half)) => {
            // The narrower of the two are the hours, the wider the part of the day.
            let ((part, _), (from, to, twice)) =
                if b - a < d - c { ((*c, *d), (*a, *b, *half)) } else { ((*a, *b), (*c, *d, *twice)) };
            let both = |second| afternoon(second, twice, part);
            What::DayClocks(day.clone(), both(from), both(to), false)
        }
        // `'s middags 5 tot 7`: the part of the day says which hours, where they have no half of their own.
        (What::Clocks(part, _, false), What::Clocks(from, to, true)) => {
            What::Clocks(afternoon(*from, true, *part), afternoon(*to, true, *part), false)
        }
        (What::DayClocks(day, from, to, twice), What::Whole(n, Unit::Week))
        | (What::Whole(n, Unit::Week), What::DayClocks(day, from, to, twice)) => match day.as_ref() {
            What::Weekday(day, None) => {
                What::DayClocks(Box::new(What::Weekday(*day, Some(*n))), *from, *to, *twice)
            }
            _ => return None,
        },
        (What::Moment(day, second, twice), What::Calendar { year, month: None, day: None }) => {
            match day.as_ref() {
                What::Calendar { year: None, month, day } => {
                    let day = What::Calendar { year: *year, month: *month, day: *day };
                    What::Moment(Box::new(day), *second, *twice)
                }
                _ => return None,
            }
        }
        // `vrijdagavond 3 mei`: the number says which Friday.
        (What::DayClocks(day, from, to, twice), What::Calendar { month: Some(_), day: Some(_), .. })
            if matches!(day.as_ref(), What::Weekday(..)) =>
        {
            What::DayClocks(Box::new(b.clone()), *from, *to, *twice)
        }
        (What::Days(_), What::Calendar { year: Some(_), day: Some(_), .. }) => b.clone(),
        (What::Calendar { year: None, month: None, day: Some(day) }, What::Whole(_, Unit::Month)) => {
            What::NthOf(i64::from(*day), 1, Unit::Day, Box::new(b.clone()))
        }
        (What::Until(clock, edge), day) | (day, What::Until(clock, edge)) if is_day(day) => {
            match clock.as_ref() {
                What::Clock(second, twice) => {
                    What::Until(Box::new(What::Moment(Box::new(day.clone()), *second, *twice)), *edge)
                }
                _ => return None,
            }
        }
        (What::From(clock, edge), day) | (day, What::From(clock, edge)) if is_day(day) => {
            match clock.as_ref() {
                What::Clock(second, twice) => {
                    What::From(Box::new(What::Moment(Box::new(day.clone()), *second, *twice)), *edge)
                }
                _ => return None,
            }
        }
        _ => return None,
    })
}
