//! The night between two days: `de nacht van 3 op 4 juni`, `la noche del 31 de mayo al 1 de junio`, `the
//! night of 3-4 June`, `van zaterdag op zondag`; and two days that a stroke joins, `3/4 June`.
//!
//! It is a span of both days: no two texts begin a night at one hour.

use super::combine::lend_year;
use super::grammar::{Found, Grammar, date, longest};
use super::value::What;

/// A day as one end of a night names it.
enum End {
    /// Its number in a month that stands at the other end.
    Number(i64),
    /// A month and a day, and perhaps a year.
    Date(What),
    Weekday(i64),
}

impl Grammar<'_> {
    pub(crate) fn night(&self, at: usize) -> Found {
        longest([self.night_of(at), self.weekdays_on(at), self.struck(at)])
    }

    /// `nacht van zaterdag 3 op zondag 4 juni`; in Spanish `la noche del martes`, too.
    fn night_of(&self, at: usize) -> Found {
        let start = self.word(at, "nightof")?;
        let ends = self.night_ends(self.skip(start, "art"));
        let both = ends.and_then(|(end, a, b)| Some((end, both(&a, &b)?)));
        both.or_else(|| {
            let (end, day) =
                self.day(start).filter(|(_, day)| super::joining::is_day(day) && self.follows())?;
            Some((end, What::DayClocks(Box::new(day), 20 * 3600, 86_399, false)))
        })
    }

    /// Dutch `van zaterdag op zondag`.
    fn weekdays_on(&self, at: usize) -> Found {
        let (end, a, b) = self.night_ends(self.word(at, "from")?)?;
        matches!((&a, &b), (End::Weekday(_), End::Weekday(_))).then_some(())?;
        Some((end, both(&a, &b)?))
    }

    /// `3/4 June`, where no year and no fraction can be meant.
    fn struck(&self, at: usize) -> Found {
        let (end, a) = self.digits(at, 1, 2)?;
        let next = self.sign(end, "/").filter(|next| self.tight(end) && self.tight(*next))?;
        let (end, date) = self.written(next)?;
        Some((end, both(&End::Number(a), &End::Date(date))?))
    }

    fn night_ends(&self, at: usize) -> Option<(usize, End, End)> {
        let (end, a) = self.night_end(at)?;
        let joint = self.word(end, "nightto")?;
        let (end, b) = self.night_end(self.skip(joint, "art"))?;
        // `June 3-4, 2021`
        let followed = match (&a, &b) {
            (End::Date(What::Calendar { year: None, month, .. }), End::Number(day)) => {
                let (end, year) = self.year_after(end).map_or((end, None), |(end, year)| (end, Some(year)));
                Some((end, End::Date(date(year, month.map(i64::from), Some(*day))?)))
            }
            _ => None,
        };
        let (end, b) = followed.unwrap_or((end, b));
        Some((end, a, b))
    }

    fn night_end(&self, at: usize) -> Option<(usize, End)> {
        let weekday = self.weekday(at, true);
        let start = weekday.map_or(at, |(end, _)| self.skip(self.sign(end, ",").unwrap_or(end), "art"));
        if let Some((end, date)) = self.written(start) {
            return Some((end, End::Date(date)));
        }
        let number = self.ordinal(start).or_else(|| self.digits(start, 1, 2)).filter(|(_, n)| *n <= 31);
        number
            .map(|(end, n)| (end, End::Number(n)))
            .or_else(|| weekday.map(|(end, n)| (end, End::Weekday(n))))
    }
}

/// The span from an evening to the day after it; `None` where the second day does not follow the first.
fn both(a: &End, b: &End) -> Option<What> {
    let (first, second) = match (a, b) {
        (End::Weekday(a), End::Weekday(b)) if (a + 1) % 7 == *b => {
            (What::Weekday(*a, None), What::Weekday(*b, None))
        }
        (End::Number(n), End::Date(b)) => (eve(*n, b)?, b.clone()),
        (End::Date(a), End::Date(b)) => {
            let (a, b) = (lend_year(a, b), later_year(a, b));
            let What::Calendar { day: Some(n), month, .. } = &a else { return None };
            let before = eve(i64::from(*n), &b)?;
            matches!(&before, What::Calendar { month: own, .. } if own == month).then_some(())?;
            (a, b)
        }
        _ => return None,
    };
    Some(What::Between(Box::new(first), Box::new(second)))
}

/// The day of this number before a date.
fn eve(number: i64, date: &What) -> Option<What> {
    let What::Calendar { year, month: Some(month), day: Some(day) } = date else { return None };
    let n = u32::try_from(number).ok()?;
    let (year, month) = match (n + 1 == *day, *day == 1 && n >= 28, month) {
        (true, ..) => (*year, *month),
        (_, true, 1) => (year.map(|year| year - 1), 12),
        (_, true, _) => (*year, month - 1),
        _ => return None,
    };
    Some(What::Calendar { year, month: Some(month), day: Some(n) })
}

/// The second day with the year of the first, where it has none.
fn later_year(a: &What, b: &What) -> What {
    match (a, b) {
        (What::Calendar { year: Some(year), month: from, .. }, What::Calendar { year: None, month, day }) => {
            What::Calendar { year: Some(year + i32::from(month < from)), month: *month, day: *day }
        }
        _ => b.clone(),
    }
}
