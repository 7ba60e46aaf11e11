//! Days seen from another: `next Friday`, `three days ago`, `two weeks after Easter`.

use super::calendar::Unit;
use super::grammar::{Found, Grammar, longest};
use super::value::What;

impl Grammar<'_> {
    /// `next Friday`, `viernes siguiente`, `tuesday of next week`, `próxima semana el martes`.
    pub(crate) fn week_day(&self, at: usize) -> Found {
        let week = |at: usize| -> Option<(usize, i64)> {
            let at = self.skip(self.skip(at, "of"), "art");
            match self.whole(at)? {
                (end, What::Whole(n, Unit::Week)) => Some((end, n)),
                _ => None,
            }
        };
        let of_week = self.weekday(at, true).and_then(|(end, day)| {
            let (end, weeks) = week(self.sign(end, ",").unwrap_or(end))?;
            Some((end, What::Weekday(day, Some(weeks))))
        });
        let directed_week = self.dir(at).or_else(|| self.dir(self.unit(at)?.0));
        let week_first = directed_week.and_then(|_| week(at)).and_then(|(end, weeks)| {
            let next = self.sign(end, ",-").unwrap_or(end);
            let (end, day) = self.weekday(self.skip(self.skip(next, "at"), "art"), true)?;
            Some((end, What::Weekday(day, Some(weeks))))
        });
        let directed = self.dir(at).and_then(|(next, n)| {
            // `deze afgelopen woensdag`, `este próximo viernes`, `past Wednesday`: the nearest one.
            let near = self.dir(next);
            let (next, n) = near.unwrap_or((next, n));
            let (end, day) = self.weekday(next, true)?;
            let nearest = near.is_some() || self.is(at, "past");
            Some((end, if nearest { What::NearWeekday(day, n) } else { What::Weekday(day, Some(n)) }))
        });
        let followed = self.weekday(at, true).and_then(|(end, day)| {
            let (end, n) = self.dir(end).filter(|_| self.follows())?;
            Some((end, What::Weekday(day, Some(n))))
        });
        let alone = self.weekday(at, false).map(|(end, day)| (end, What::Weekday(day, None)));
        longest([of_week, week_first, directed, followed, alone])
    }

    /// `three days ago`, `dentro de dos semanas`, `hace un mes`, `two weeks after Easter`.
    pub(crate) fn relative(&self, at: usize) -> Found {
        let counted = |at: usize| -> Option<(usize, i64, Unit)> {
            let (end, n) = self.number(at)?;
            let (end, unit) = self.unit(end)?;
            Some((end, n, unit))
        };
        if let Some(start) = self.word(at, "agobefore") {
            if let Some((end, n, unit)) = counted(start)
                && self.and(end).is_none()
            {
                return Some((end, What::Away(-n, unit)));
            }
            return self.long_ago(start).map(|(end, away)| (end, away(-1)));
        }
        // `the day after Christmas`
        if let Some((end, Unit::Day)) = self.unit(self.skip(at, "art"))
            && let Some(found) = self.shifted(end, 1, Unit::Day)
        {
            return Some(found);
        }
        if let Some((end, away)) = self.long_ago(at)
            && counted(at).is_none_or(|(other, ..)| self.and(other).is_some())
            && let Some((end, n)) = [("ago", -1), ("hence", 1)]
                .into_iter()
                .find_map(|(class, n)| Some((self.word(end, class)?, n)))
        {
            return Some((end, away(n)));
        }
        if let Some((end, n, unit)) = self.word(at, "in").and_then(counted) {
            // In `in two days from today` the first word is not part of it.
            let other = self.word(end, "ago").or_else(|| self.word(end, "hence")).is_some()
                || self.shifted(end, n, unit).is_some();
            return (!other).then_some((end, What::Away(n, unit)));
        }
        // `within two hours`, `dentro de nueve meses`, `dentro de los próximos diez meses`
        if let Some(start) = self.word(at, "within") {
            let start = self.skip(start, "art");
            let start = self.dir(start).filter(|(_, n)| *n == 1).map_or(start, |(end, _)| end);
            if let Some((end, n, unit)) = counted(start)
                && self.shifted(end, n, unit).is_none()
            {
                return Some((end, What::Within(n, unit)));
            }
        }
        let (end, n, unit) = counted(at)?;
        // In `30 minutes later this week` the third word goes with the fourth.
        let hence = self.word(end, "hence").filter(|end| self.dir(*end).is_none());
        let plain = [(self.word(end, "ago"), -n), (hence, n)];
        let plain = plain.into_iter().find_map(|(end, n)| Some((end?, What::Away(n, unit))));
        longest([self.shifted(end, n, unit), plain])
    }

    /// The broken lengths of `a year and a half ago`, `anderhalf jaar geleden`, `hace medio año`: how far that is, in a direction.
    fn long_ago(&self, at: usize) -> Option<(usize, impl Fn(i64) -> What)> {
        let (end, What::Length(seconds)) = self.length(at)? else { return None };
        let seconds = seconds as i64;
        let (year, month, day) = (31_536_000, 2_592_000, 86_400);
        let (n, unit) = if seconds % (year / 2) == 0 {
            (seconds / (year / 2) * 6, Unit::Month)
        } else if seconds % month == 0 {
            (seconds / month, Unit::Month)
        } else if seconds % day == 0 {
            (seconds / day, Unit::Day)
        } else {
            (seconds, Unit::Second)
        };
        Some((end, move |direction| What::Away(direction * n, unit)))
    }

    /// A number of units before or after another day.
    fn shifted(&self, at: usize, n: i64, unit: Unit) -> Found {
        let (start, n) = match (self.word(at, "after"), self.word(at, "before")) {
            (Some(start), _) => (start, n),
            (_, Some(start)) => (start, -n),
            _ => return None,
        };
        let start = self.skip(start, "art");
        let (end, inner) = longest([
            self.written(start),
            self.numeric(start, true),
            self.week_day(start),
            self.value(start, "day").map(|(end, n)| (end, What::Days(n))),
            self.word(start, "now").map(|end| (end, What::Days(0))),
            self.feast(start),
            self.month_of_year(start),
        ])?;
        Some((end, What::Shift(Box::new(inner), n, unit)))
    }
}
