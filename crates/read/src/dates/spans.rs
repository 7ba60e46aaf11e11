//! Months, years, quarters, weeks, decades, their parts, and lengths of time.

use super::calendar::Unit;
use super::grammar::{Found, Grammar, date, longest};
use super::value::What;
use super::vocabulary::Sense;
use plainsight_text::Day;

impl Grammar<'_> {
    /// A span of days.
    pub(crate) fn span(&self, at: usize) -> Found {
        longest([
            self.month_of_year(at),
            self.year_alone(at),
            self.own_whole(at),
            self.many(at),
            self.quarter(at),
            self.week_number(at),
            self.nth_of(at),
            self.third(at),
            self.decade(at),
            self.century(at),
            self.rest(at),
            self.lone(at),
            self.without_value(at),
            self.loose(at),
        ])
    }

    /// `June 2019`, `juni`, `next May`, `mayo pasado`, `2019-06`, `06-2019`.
    pub(crate) fn month_of_year(&self, at: usize) -> Found {
        let in_year = |n: i64, month: i64| {
            let year = What::Whole(n, Unit::Year);
            What::Part(Box::new(year), month as u32 - 1, month as u32)
        };
        let of = |end: usize, month: i64| -> Found {
            if let Some((end, year)) = self.year_after(end) {
                return Some((end, date(Some(year), Some(month), None)?));
            }
            let next = self.skip(self.skip(self.sign(end, ",").unwrap_or(end), "of"), "art");
            match self.whole(next)? {
                (end, What::Whole(n, Unit::Year)) => Some((end, in_year(n, month))),
                _ => None,
            }
        };
        let named = self.month(at).and_then(|(end, month)| of(end, month));
        let alone = self.sure_month(at).and_then(|(end, month)| Some((end, date(None, Some(month), None)?)));
        let directed = self.dir(at).and_then(|(next, n)| {
            let (end, month) = self.month(next)?;
            Some((end, if n == 0 { in_year(n, month) } else { What::NearMonth(n, month as u32) }))
        });
        let followed = self.sure_month(at).filter(|_| self.follows()).and_then(|(end, month)| {
            let (end, n) = self.dir(end)?;
            Some((end, if n == 0 { in_year(n, month) } else { What::NearMonth(n, month as u32) }))
        });
        let year_first =
            self.digits(at, 4, 4).filter(|(_, y)| (1500..2100).contains(y)).and_then(|(end, year)| {
                if let Some((end, month)) = self.month(self.sign(end, "-/,").unwrap_or(end)) {
                    return Some((end, date(Some(year), Some(month), None)?));
                }
                let next = self.sign(end, "-").filter(|_| self.tight(end))?;
                let (end, month) = self.digits(next, 1, 2).filter(|_| self.tight(next))?;
                // In `2015-3-x` and `2015-3.5` the number goes on.
                if self.tokens[next].word.len() == 1 && self.sign(end, "-/.,").is_some() && self.tight(end) {
                    return None;
                }
                Some((end, date(Some(year), Some(month), None)?))
            });
        let numbers = self.digits(at, 1, 2).and_then(|(end, month)| {
            let next = self.sign(end, "-/").filter(|_| self.tight(end))?;
            let (end, year) = self.digits(next, 4, 4).filter(|_| self.tight(next))?;
            (1900..2100).contains(&year).then(|| Some((end, date(Some(year), Some(month), None)?))).flatten()
        });
        let nth = self.ordinal(self.skip(at, "art")).and_then(|(end, n)| {
            let next = match self.unit(end)? {
                (end, Unit::Month) => self.skip(self.word(end, "of")?, "art"),
                _ => return None,
            };
            let (end, year) = longest([self.year_alone(next), self.whole(next)])?;
            (1..=12).contains(&n).then(|| (end, What::Part(Box::new(year), n as u32 - 1, n as u32)))
        });
        longest([named, alone, directed, followed, year_first, numbers, nth])
    }

    /// `2019`, `the year 2019`; a number in words is no year by itself.
    pub(crate) fn year_alone(&self, at: usize) -> Found {
        let start = self.skip(at, "yearword");
        // `in tweeduizend twintig`: without the word before it, it may be any number.
        let led = at > 0 && ["in", "en", "since", "sinds", "desde"].iter().any(|w| self.is(at - 1, w));
        if led && let Some((end, year)) = self.year(start).filter(|(end, _)| *end > start + 1) {
            let noun = self
                .tokens
                .get(end)
                .is_some_and(|t| t.word.chars().all(char::is_alphabetic) && t.word.len() > 3);
            return if noun { None } else { Some((end, date(Some(year), None, None)?)) };
        }
        let (end, year) = self.digits(start, 4, 4)?;
        // `2018/19`, `2018-2019` of a school or a league.
        if let Some(next) = self.sign(end, "/-").filter(|_| self.tight(end))
            && let Some((last, other)) = self.digits(next, 2, 4).filter(|_| self.tight(next))
            && (self.sign(end, "/").is_some() || other == (year + 1) % 100)
            && (other == year + 1 || other == (year + 1) % 100 && self.tokens[next].word.len() == 2)
            && (1900..=2099).contains(&year)
            // 2011-12 is a month, 2011-12-05 a day.
            && (self.sign(end, "/").is_some() || other > 12)
            && self.sign(last, "-/.").is_none_or(|_| !self.tight(last))
        {
            let years = [year, year + 1].map(|y| date(Some(y), None, None));
            let [Some(a), Some(b)] = years else { return None };
            return Some((last, What::Between(Box::new(a), Box::new(b))));
        }
        // A year before 1900 needs a word that says so.
        let early = start > at || led;
        (if early { 1500..=2099 } else { 1900..=2099 })
            .contains(&year)
            .then(|| Some((end, date(Some(year), None, None)?)))
            .flatten()
    }

    /// `last week`, `dit jaar`, `semana pasada`: without an article.
    pub(crate) fn whole(&self, at: usize) -> Found {
        let directed = self.dir(at).and_then(|(next, n)| Some((self.unit(next)?, n)));
        let followed = self.unit(at).and_then(|(end, unit)| {
            let (end, n) = self.dir(end).filter(|_| self.follows())?;
            Some(((end, unit), n))
        });
        let bare = at
            .checked_sub(1)
            .filter(|before| self.word(*before, "art") == Some(at) || self.is(*before, "del"))
            .and_then(|_| Some((self.unit(at)?, 0)));
        let found = directed.or(followed).or(bare);
        // `the last years` does not say how many: no value.
        let plural = self.word(at, "plural").is_some()
            || self.dir(at).is_some_and(|(next, _)| self.word(next, "plural").is_some());
        found.and_then(|((end, unit), n)| match unit {
            _ if plural && n != 0 => Some((end, What::Repeating)),
            Unit::Day | Unit::Workday => None,
            Unit::Second | Unit::Minute | Unit::Hour => (n != 0).then_some((end, What::Many(n, unit))),
            _ => Some((end, What::Whole(n, unit))),
        })
    }

    /// As `whole`; in Spanish the article belongs to it, and a bare `the week` is none.
    fn own_whole(&self, at: usize) -> Found {
        let article = self.word(at, "art").filter(|_| self.follows());
        let start = article.unwrap_or(at);
        let directed = self.dir(start).is_some();
        let (end, what) = self.whole(start)?;
        let followed = self.unit(start).is_some_and(|(end, _)| self.dir(end).is_some());
        let week = matches!(what, What::Whole(_, Unit::Week | Unit::Decade));
        (followed || directed).then_some(())?;
        (article.is_none() || followed && week || matches!(what, What::Whole(_, Unit::Decade)))
            .then_some((end, what))
    }

    /// `the last three months`, `3 last months`, `próximos tres días`.
    fn many(&self, at: usize) -> Found {
        let directed = self.dir(at).and_then(|(next, n)| {
            let (next, count) = self.number(next)?;
            let (end, unit) = self.unit(next)?;
            Some((end, n, count, unit))
        });
        let counted = self.number(at).and_then(|(next, count)| {
            if let Some((next, n)) = self.dir(next) {
                let (end, unit) = self.unit(next)?;
                return Some((end, n, count, unit));
            }
            let (end, unit) = self.unit(next)?;
            let (end, n) = self.dir(end).filter(|_| self.follows())?;
            Some((end, n, count, unit))
        });
        let (end, n, count, unit) = directed.or(counted)?;
        (n != 0).then_some((end, What::Many(n * count, unit)))
    }

    /// `Q1 2019`, `2019 Q1`, `H2`, `third quarter of 2018`, `el primer trimestre del año`.
    fn quarter(&self, at: usize) -> Found {
        let named = |at: usize| -> Option<(usize, i64, u32)> {
            for (class, months, most) in [("quartername", 3, 4), ("halfname", 6, 2)] {
                if let Some(next) = self.word(at, class)
                    && let Some((end, n)) = self.digits(next, 1, 1).filter(|_| self.tight(next))
                    && (1..=most).contains(&n)
                {
                    return Some((end, n, months));
                }
            }
            let last = || self.dir(at).filter(|(_, n)| *n == -1).map(|(end, _)| (end, 2));
            if let Some((next, n)) = self.ordinal(at).or_else(last).filter(|(_, n)| (1..=2).contains(n))
                && let Some(end) = self.word(next, "halfof")
                // `in the first half` of a match is no date.
                && (self.word(end, "of").is_some() || longest([self.century(end), self.year_alone(end)]).is_some())
            {
                return Some((end, n, 6));
            }
            // `kwartaal 3`
            if let Some((next, Unit::Quarter)) = self.unit(at)
                && let Some((end, n)) = self.digits(next, 1, 1).filter(|(_, n)| (1..=4).contains(n))
            {
                return Some((end, n, 3));
            }
            let (next, n) = self.ordinal(at).filter(|(_, n)| (1..=4).contains(n))?;
            match self.unit(next)? {
                (end, Unit::Quarter) => Some((end, n, 3)),
                _ => None,
            }
        };
        let part = |year: What, n: i64, months: u32| {
            What::Part(Box::new(year), (n as u32 - 1) * months, n as u32 * months)
        };
        if let Some((end, year)) = self.digits(at, 4, 4).filter(|(_, y)| (1900..2100).contains(y)) {
            let (end, n, months) = named(self.sign(end, "-").unwrap_or(end))?;
            return Some((end, part(date(Some(year), None, None)?, n, months)));
        }
        let (end, n, months) = named(at).or_else(|| named(self.word(at, "art")?))?;
        let next = self.sign(end, "-,").unwrap_or(end);
        let next = self.skip(self.skip(next, "of"), "art");
        if months == 6 && self.word(at, "halfname").is_none() {
            if let Some((end, month)) = self.month_of_year(next) {
                return Some((end, What::Third(Box::new(month), (n as u8 - 1) * 2)));
            }
            if let Some((end, What::Range(from, to))) = longest([self.century(next), self.decade(next)]) {
                let middle = Day::new(from.year + (to.year - from.year) / 2, 1, 1)?;
                let half = if n == 1 { What::Range(from, middle) } else { What::Range(middle, to) };
                return Some((end, half));
            }
            longest([self.year_alone(next), self.whole(next)])?;
        }
        let (end, year) = match longest([self.year_alone(next), self.whole(next)]) {
            Some((end, year @ (What::Calendar { .. } | What::Whole(_, Unit::Year)))) => (end, year),
            _ => (end, What::Whole(0, Unit::Year)),
        };
        Some((end, part(year, n, months)))
    }

    /// `week 12 of 2019`.
    fn week_number(&self, at: usize) -> Found {
        let (end, n) = self.digits(self.word(at, "weekname")?, 1, 2).filter(|(_, n)| (1..=53).contains(n))?;
        let next = self.skip(self.sign(end, ",").unwrap_or(end), "of");
        let (end, year) = match (self.year(self.skip(next, "yearword")), self.whole(next)) {
            (Some((end, year)), _) => (end, date(Some(year), None, None)?),
            (_, Some((end, year @ What::Whole(_, Unit::Year)))) => (end, year),
            _ => (end, What::Whole(0, Unit::Year)),
        };
        Some((end, What::WeekOf(n, Box::new(year))))
    }

    /// `the first two weeks of 2021`, `last week of May`.
    fn nth_of(&self, at: usize) -> Found {
        let start = self.skip(at, "art");
        let in_words = self.tokens.get(start).is_some_and(|t| t.digits().is_none());
        let (next, n) = self.ordinal(start).or_else(|| self.dir(start).filter(|(_, n)| *n == -1))?;
        let (next, count) = self.number(next).unwrap_or((next, 1));
        let (next, unit) = self.unit(next).filter(|(_, u)| *u >= Unit::Day)?;
        // As with `the | third of May` the article stays outside of one day in words.
        if unit == Unit::Day && count == 1 && in_words && start > at {
            return None;
        }
        let start = self.skip(self.word(next, "of")?, "art");
        let (end, inner) = longest([self.month_of_year(start), self.year_alone(start), self.whole(start)])?;
        let what = if unit == Unit::Weekend && count == 1 {
            let saturday = Box::new(What::NthWeekday(n, 5, Box::new(inner)));
            What::UnitOf(Unit::Weekend, saturday)
        } else if unit == Unit::Week && count == 1 {
            What::WeekOf(n, Box::new(inner))
        } else {
            What::NthOf(n, count, unit, Box::new(inner))
        };
        Some((end, what))
    }

    /// `early 2019`, `eind juli`, `a principios de 2000`, `later this week`, `end of this Sunday`.
    pub(crate) fn third(&self, at: usize) -> Found {
        let (next, which) = self.value(at, "third")?;
        let start = self.sign(next, "-").unwrap_or(next);
        let article = self.skip(start, "art");
        let spans = [start, article, self.skip(start, "of")].into_iter().map(|s| {
            let own = longest([self.month_of_year(s), self.year_alone(s), self.whole(s), self.decade(s)]);
            // `a finales de los noventa`
            let short = self.value(s, "num").filter(|(_, n)| {
                let led = s > 0 && self.is(s - 1, "los") && self.follows();
                led && (20..100).contains(n) && n % 10 == 0
            });
            let short = short.and_then(|(end, n)| {
                let year = 1900 + i32::try_from(n).ok()?;
                Some((end, What::Range(Day::new(year, 1, 1)?, Day::new(year + 10, 1, 1)?)))
            });
            longest([own, self.century(s), short]).filter(|(_, inner)| *inner != What::Repeating)
        });
        // With a span the article stays outside: `al | final de año`.
        let al = self.follows() && self.is(at, "al");
        if let Some((end, inner)) = longest(spans).filter(|_| !al) {
            return Some((end, What::Third(Box::new(inner), which as u8)));
        }
        if let Some((end, unit @ (Unit::Week | Unit::Month | Unit::Year))) =
            self.unit(article).filter(|_| !al)
        {
            return Some((end, What::Third(Box::new(What::Whole(0, unit)), which as u8)));
        }
        if let Some((end, part)) = self.part_of_day(article) {
            let cut = |a: i64, b: i64| if which == 0 { (a, (a + b + 1) / 2) } else { ((a + b + 1) / 2, b) };
            match part {
                What::Clocks(a, b, _) => {
                    let (a, b) = cut(a, b);
                    return Some((end, What::Clocks(a, b, false)));
                }
                What::DayClocks(day, a, b, _) => {
                    let (a, b) = cut(a, b);
                    return Some((end, What::DayClocks(day, a, b, false)));
                }
                _ => {}
            }
        }
        if let Some((end, Unit::Day)) = self.unit(article).filter(|_| which == 2) {
            return Some((end, What::EndOf(Box::new(What::Days(0)))));
        }
        let (end, day) = self.day(article)?;
        Some((
            end,
            if which == 1 {
                // The middle of a day is around noon.
                What::DayClocks(Box::new(day), 36_000, 50_400, false)
            } else if which == 2 {
                What::EndOf(Box::new(day))
            } else {
                What::DayClocks(Box::new(day), 0, 43_200, false)
            },
        ))
    }

    /// `rest of the week`, `year to date`.
    fn rest(&self, at: usize) -> Found {
        if let Some(end) = self.word(at, "rest")
            && let Some((end, unit)) = self.unit(end).filter(|(_, u)| *u > Unit::Day)
        {
            return Some((end, What::Rest(Box::new(What::Whole(0, unit)))));
        }
        let (end, unit) = self.unit(at).filter(|(_, u)| *u > Unit::Day)?;
        Some((self.word(end, "todate")?, What::ToDate(Box::new(What::Whole(0, unit)))))
    }

    fn lone(&self, at: usize) -> Found {
        match self.words.at(self.tokens, at, "lone")? {
            (end, Sense::Unit(unit)) => Some((end, What::Whole(0, unit))),
            _ => None,
        }
    }

    /// Seasons and fiscal years: no two places begin them on one day.
    fn without_value(&self, at: usize) -> Found {
        let start = self.dir(at).map(|(end, _)| end).or_else(|| self.word(at, "same")).unwrap_or(at);
        // A feast of a moon calendar moves, too.
        let end = ["fiscal", "season", "movable"].iter().find_map(|class| self.word(start, class))?;
        let next = self.skip(end, "of");
        // `winter 2020-2021`
        let years = self.digits(next, 4, 4).and_then(|(end, year)| {
            let other = self.sign(end, "-–").filter(|_| self.tight(end))?;
            self.digits(other, 4, 4).filter(|(_, other)| *other == year + 1).map(|(end, _)| end)
        });
        let year = self.year_alone(next).map(|(end, _)| end);
        let of_year =
            self.whole(self.skip(next, "art")).filter(|(_, w)| matches!(w, What::Whole(_, Unit::Year)));
        let end = years.or(year).or(of_year.map(|(end, _)| end)).unwrap_or(end);
        Some((end, What::Repeating))
    }
}
