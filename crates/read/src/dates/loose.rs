//! Spans that only point: `the week`, `the week of April 10th`, `the week after
//! next`, `the end of today`, `the same year`, `recently`.
//!
//! What names no day of its own (`the year`, `the same week`) has the value that
//! it has beside the reference, but no EDTF: nobody said which year it was.

use super::calendar::Unit;
use super::grammar::{Found, Grammar, longest};
use super::value::{Edge, What};

impl Grammar<'_> {
    pub(crate) fn loose(&self, at: usize) -> Found {
        longest([
            self.unit_of(at),
            self.beyond(at),
            self.beside(at),
            self.article_and_unit(at),
            self.same(at),
            self.end_of_day(at),
            self.to_now(at),
            self.value(at, "anaday").map(|(end, n)| (end, What::Loose(Box::new(What::Days(n))))),
            self.word(at, "vague").map(|end| (end, What::Repeating)),
            self.word(at, "lately").map(|end| (end, What::Loose(Box::new(What::Now)))),
        ])
    }

    /// `the week of April 10th`, `the weekend of Halloween`, `la semana que comienza el 4 de febrero`.
    fn unit_of(&self, at: usize) -> Found {
        let (end, unit) = self.unit(self.skip(at, "art"))?;
        if !matches!(unit, Unit::Week | Unit::Weekend | Unit::Workweek) {
            return None;
        }
        let next = self.word(end, "weekof")?;
        let days = [next, self.skip(next, "art")].into_iter().map(|start| self.day(start));
        let (end, day) = longest(days)?;
        let named =
            matches!(day, What::Calendar { day: Some(_), .. } | What::Feast(..) | What::NearFeast(..));
        named.then(|| (end, What::UnitOf(unit, Box::new(day))))
    }

    /// `the week after next`, `the month before last`.
    fn beyond(&self, at: usize) -> Found {
        let (end, unit) = self.unit(self.skip(at, "art")).filter(|(_, u)| *u > Unit::Workday)?;
        let (end, n) = self.value(end, "beyond")?;
        Some((end, What::Whole(n, unit)))
    }

    /// `de week erna`, `het jaar daarop`: after a time that stands elsewhere.
    fn beside(&self, at: usize) -> Found {
        let (end, unit) = self.unit(self.skip(at, "art")).filter(|(_, u)| *u > Unit::Workday)?;
        let (end, n) = self.value(end, "beside")?;
        Some((end, What::Loose(Box::new(What::Whole(n, unit)))))
    }

    /// `the week`, `het jaar`, `del mes`.
    fn article_and_unit(&self, at: usize) -> Found {
        let span = |at: usize| {
            let found = self.unit(at)?;
            let one = self.word(at, "plural").is_none();
            (one && matches!(found.1, Unit::Week | Unit::Fortnight | Unit::Month | Unit::Year))
                .then_some(found)
        };
        let (end, unit) = if self.follows() {
            // `del mes`, `en el año`
            let led = |at: usize| {
                self.is(at, "del")
                    || (self.is(at, "el") || self.is(at, "la")) && at > 0 && self.is(at - 1, "en")
            };
            span(at).filter(|_| at > 0 && led(at - 1))?
        } else {
            span(self.word(at, "art")?)?
        };
        // `the year's best`, `the week-long`, `het jaar 2019`, `the week ahead`.
        let goes_on = self.sign(end, "-'’").is_some() && self.tight(end)
            || self.year(end).is_some()
            || self.digits(end, 1, 2).is_some();
        (!goes_on).then(|| (end, What::Loose(Box::new(What::Whole(0, unit)))))
    }

    /// `the same week`, `that year`, `ese fin de semana`.
    fn same(&self, at: usize) -> Found {
        let start = self.word(at, "same").filter(|start| self.word(*start, "plural").is_none())?;
        let (end, unit) = self.unit(start).filter(|(_, u)| *u > Unit::Workday)?;
        Some((end, What::Loose(Box::new(What::Whole(0, unit)))))
    }

    /// `the end of today`: with a day the article belongs to it.
    fn end_of_day(&self, at: usize) -> Found {
        self.third(self.word(at, "art")?).filter(|(_, what)| matches!(what, What::EndOf(_)))
    }

    /// `tot op heden`, `to date`.
    fn to_now(&self, at: usize) -> Found {
        let end = self.word(at, "todate")?;
        // `to date the manuscript`
        let verb = self.tokens.get(end).is_some_and(|t| t.word.chars().all(char::is_alphabetic));
        (!self.is(at, "to") || !verb).then_some(())?;
        Some((end, What::Until(Box::new(What::Days(0)), Edge::Start)))
    }

    /// `from 10 am for 3 hours`, `for 2.5 hours from 9`, `for 3 days from today`.
    pub(crate) fn lasting(&self, at: usize) -> Found {
        let length = |at: usize| match self.length(at)? {
            (end, What::Length(seconds)) => Some((end, seconds as i64)),
            _ => None,
        };
        let hour = |at: usize| match longest([self.clock(at), self.bare_clock(at)])? {
            (end, What::Clock(second, twice)) => Some((end, second, twice)),
            _ => None,
        };
        let clocks = |second: i64, seconds: i64, twice: bool| {
            (second + seconds < 86_400).then_some(What::Clocks(second, second + seconds, twice))
        };
        if let Some((end, second, twice)) = self.word(at, "from").and_then(hour) {
            let (end, seconds) = length(self.word(end, "lasting")?)?;
            return Some((end, clocks(second, seconds, twice)?));
        }
        let (end, seconds) = length(self.word(at, "lasting")?)?;
        let from = self.word(self.sign(end, ",").unwrap_or(end), "from")?;
        if let Some((end, second, twice)) = hour(from).filter(|_| seconds < 86_400) {
            return Some((end, clocks(second, seconds, twice)?));
        }
        let (end, day) = self.day(from).filter(|_| seconds % 86_400 == 0)?;
        let until = What::Shift(Box::new(day.clone()), seconds / 86_400, Unit::Day);
        Some((end, What::Between(Box::new(day), Box::new(until))))
    }
}
