//! Ranges: `from May to June 2019`, `18-19 November`, `Mon-Fri`.

use super::calendar::Unit;
use super::combine::{lend_month, lend_year};
use super::grammar::{Found, Grammar, longest};
use super::joining::is_end;
use super::value::What;

impl Grammar<'_> {
    /// `from May to June 2019`, `2016-2018`, `between 2:00 tomorrow and 4:00`.
    pub(crate) fn range(&self, at: usize) -> Found {
        let (from, between) = (self.word(at, "from"), self.word(at, "between"));
        let start = from.max(between).unwrap_or(at);
        let bounded = start > at;
        let ends = |at: usize| {
            let numbers = if bounded { longest([self.numeric(at, true), self.dashed(at)]) } else { None };
            // `Mon-Fri`, `from Mon to Fri`
            let short = self
                .weekday(at, true)
                .filter(|(end, _)| self.word(*end, "to").is_some_and(|to| self.weekday(to, true).is_some()));
            let short = short.map(|(end, day)| (end, What::Weekday(day, None)));
            longest([self.chain(at).filter(|(_, a)| is_end(a)), numbers, short])
        };
        let article = if bounded { self.skip(start, "art") } else { start };
        let (end, a) = [start, article].into_iter().find_map(ends)?;
        // The point of `30 Jul.` stands between them.
        let end = self.sign(end, ".").unwrap_or(end);
        // `mei/juni 2021`
        let struck = self.sign(end, "/").filter(|next| {
            let month = matches!(a, What::Calendar { year: None, month: Some(_), day: None });
            month && self.tight(end) && self.month(*next).is_some()
        });
        let joint = struck
            .or_else(|| self.word(end, "to"))
            .or_else(|| self.word(end, "and").filter(|_| between.is_some()))?;
        let starts = [joint, self.skip(joint, "art")];
        let month = |at: usize| match a {
            What::Calendar { month: Some(_), day: None, .. } => {
                self.month(at).and_then(|(end, m)| Some((end, super::grammar::date(None, Some(m), None)?)))
            }
            _ => None,
        };
        let weekday = |at: usize| match a {
            What::Weekday(_, None) => {
                self.weekday(at, true).map(|(end, day)| (end, What::Weekday(day, None)))
            }
            _ => None,
        };
        // `from April 27th to the third`
        let nth = |at: usize| match a {
            What::Calendar { month: Some(_), day: Some(_), .. } => {
                let (end, n) = self.ordinal(self.word(at, "art")?).filter(|(_, n)| *n <= 31)?;
                Some((end, super::grammar::date(None, None, Some(n))?))
            }
            _ => None,
        };
        let (end, b) = longest(
            starts.map(|s| longest([ends(s), month(s)])).into_iter().chain([nth(joint), weekday(joint)]),
        )?;
        let (end, b) = match (&b, self.sign(end, ",").and_then(|next| self.year(next))) {
            (What::Calendar { year: None, month, day: day @ Some(_) }, Some((end, year))) => {
                (end, What::Calendar { year: i32::try_from(year).ok(), month: *month, day: *day })
            }
            _ => (end, b),
        };
        let b = match (&a, b) {
            // `between now and eight o'clock`
            (What::Now, What::Clock(second, twice)) => What::Moment(Box::new(What::Days(0)), second, twice),
            (What::Moment(day, ..), What::Clock(second, twice)) => What::Moment(day.clone(), second, twice),
            (_, b) => b,
        };
        if matches!(a, What::Clock(..)) != matches!(b, What::Clock(..)) {
            return None;
        }
        let (first, second) = (lend_year(&a, &b), lend_month(&a, &b));
        Some((end, What::Between(Box::new(first), Box::new(second))))
    }

    /// `18-19 November`, `del 18 al 20 de junio de 2019`, `from 4-23 in next month`, `June 4 to 6`.
    pub(crate) fn day_range(&self, at: usize) -> Found {
        // `on November 18-19`
        let on = (self.is(at, "on") || self.is(at, "op")).then_some(at + 1);
        let start = self.word(at, "from").or_else(|| self.word(at, "between")).or(on).unwrap_or(at);
        let day = |at: usize| self.ordinal(at).or_else(|| self.digits(at, 1, 2));
        let other = |at: usize| {
            let joint = self
                .word(at, "to")
                .or_else(|| self.word(at, "and").filter(|_| start > at.min(start) || start != at))?;
            Some(self.skip(joint, "art"))
        };
        let pair = |first: i64, last: &What| match last {
            What::Calendar { year, month, day: Some(day) } if (1..i64::from(*day)).contains(&first) => {
                let first = What::Calendar { year: *year, month: *month, day: Some(first as u32) };
                Some(What::Between(Box::new(first), Box::new(last.clone())))
            }
            _ => None,
        };
        let day_first = [start, if start > at { self.skip(start, "art") } else { start }]
            .into_iter()
            .find_map(&day)
            .and_then(|(end, first)| {
                let next = other(end)?;
                if let Some((end, last)) =
                    self.day(next).filter(|(_, l)| matches!(l, What::Calendar { month: Some(_), .. }))
                {
                    return Some((end, pair(first, &last)?));
                }
                let (end, last) = day(next).filter(|(_, n)| *n > first && *n <= 31)?;
                let next = self.skip(self.skip(end, "of"), "art");
                let (end, month) =
                    self.whole(next).filter(|(_, m)| matches!(m, What::Whole(_, Unit::Month)))?;
                let nth = |n: i64| Box::new(What::NthOf(n, 1, Unit::Day, Box::new(month.clone())));
                Some((end, What::Between(nth(first), nth(last))))
            });
        let month_first = self.month(start).and_then(|(end, month)| {
            let (end, first) = day(self.sign(end, ".").unwrap_or(end))?;
            let (end, last) = day(other(end)?).filter(|(_, n)| *n <= 31)?;
            if self.sign(end, ":").is_some() || self.month(end).is_some() {
                return None;
            }
            let (end, year) = self.year_after(end).map_or((end, None), |(end, y)| (end, Some(y)));
            Some((end, pair(first, &super::grammar::date(year, Some(month), Some(last))?)?))
        });
        // `volgende maand van 4-23`
        let whole_first = self.whole(at).filter(|(_, m)| matches!(m, What::Whole(_, Unit::Month))).and_then(
            |(end, month)| {
                let (end, first) = day(self.word(end, "from")?)?;
                let (end, last) = day(other(end)?).filter(|(_, n)| *n > first && *n <= 31)?;
                let nth = |n: i64| Box::new(What::NthOf(n, 1, Unit::Day, Box::new(month.clone())));
                self.month(end).is_none().then(|| (end, What::Between(nth(first), nth(last))))
            },
        );
        longest([day_first, month_first, whole_first])
    }
}
