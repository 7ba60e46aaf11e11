//! Clock times and parts of the day.

use super::calendar::Unit;
use super::grammar::{Found, Grammar, longest};
use super::value::What;
use super::vocabulary::Sense;

/// A clock time as read: its second, whether the other half of the day is possible, and how sure it is one.
#[derive(Clone, Copy)]
struct Time {
    end: usize,
    second: i64,
    twice: bool,
    sure: bool,
    /// Told to be in the morning or the evening.
    marked: bool,
}

impl Grammar<'_> {
    /// `8am`, `20:30`, `half acht`, `quarter to nine`, `8 menos cuarto de la mañana`, `noon`.
    pub(crate) fn clock(&self, at: usize) -> Found {
        let start = self.word(at, "approx").unwrap_or(at);
        let time = self.time(start).or_else(|| self.time(at))?;
        let approx = start > at;
        let led = approx || at > 0 && (1..=3.min(at)).any(|n| self.word(at - n, "clockat") == Some(at));
        // 6.45 percent
        let amount = time.end == start + 3
            && self.sign(start + 1, ".").is_some()
            && self.word(time.end, "measure").is_some();
        let led = led && !amount;
        let hour_led = led && self.tokens[at].digits().is_none_or(|_| self.follows());
        (time.sure || led && (time.end - start > 1 || hour_led && self.follows()))
            .then_some((time.end, What::Clock(time.second, time.twice)))
    }

    /// A time that the context makes one: `at 8`.
    pub(crate) fn bare_clock(&self, at: usize) -> Found {
        let time = self.time(at)?;
        let ordinal = self.word(time.end, "suffix").is_some() && self.tight(time.end);
        (!ordinal
            && self.unit(time.end).is_none()
            && self.month(time.end).is_none()
            && self.sign(time.end, "%€/-").is_none())
        .then_some((time.end, What::Clock(time.second, time.twice)))
    }

    /// `dinner`, as the end of an open range.
    pub(crate) fn meal(&self, at: usize) -> Option<(usize, i64, i64)> {
        match self.words.at(self.tokens, at, "meal")? {
            (end, Sense::Part(a, b, _)) => Some((end, a * 3600, b * 3600)),
            _ => None,
        }
    }

    /// `om 20.30`, `at 8.30pm`: before an hour with a point the word belongs to it.
    pub(crate) fn led_points(&self, at: usize) -> Found {
        let next = (self.is(at, "om") || self.is(at, "at")).then_some(at + 1)?;
        let pointed = self.digits(next, 1, 2).is_some() && self.sign(next + 1, ".").is_some();
        let found = self.clock(next).filter(|(end, _)| pointed && *end >= next + 3);
        found.filter(|(end, _)| self.word(*end, "measure").is_none())
    }

    /// `20.30`, which needs a day beside it.
    pub(crate) fn pointed_clock(&self, at: usize) -> Found {
        let time = self.time(at)?;
        let pointed = self.sign(at + 1, ".").is_some() && time.end == at + 3 && !self.words.month_first;
        pointed.then_some((time.end, What::Clock(time.second, time.twice)))
    }

    fn time(&self, at: usize) -> Option<Time> {
        if let Some((end, second)) = self.value(at, "noon") {
            return Some(Time { end, second, twice: false, sure: true, marked: true });
        }
        let spoken = self.told(at);
        let (mut end, mut second, mut sure, whole) = match spoken {
            Some((end, second)) => (end, second, true, false),
            None => self.hour(at)?,
        };
        let leading = self.tokens.get(at)?.word.starts_with('0');
        let hour = second / 3600;
        // Spanish `tres horas` is a length.
        let length = self.follows() && self.unit(end).is_some();
        if whole
            && !length
            && let Some(oclock) = self.word(end, "oclock")
        {
            (end, sure) = (oclock, true);
        } else if let Some(oclock) = self.word(end, "oclock").filter(|_| !whole) {
            end = oclock;
        }
        let letter =
            |l: &str| (self.is(end, l) && self.tight(end) && self.words.month_first).then_some(end + 1);
        let am = self.word(end, "am").or_else(|| letter("a"));
        let pm = self.word(end, "pm").or_else(|| letter("p"));
        let marked = am.or(pm).is_some() && hour <= 12 || am.or(pm).is_some_and(|e| e > end + 1);
        if marked {
            if pm > am && hour < 12 {
                second += 43_200;
            } else if am > pm && hour == 12 {
                second -= 43_200;
            }
            end = am.max(pm).unwrap_or(end);
            // `8pm menos cuarto`
            if let Some((after, minutes)) = self.minus(end) {
                (end, second) = (after, second - minutes * 60);
            }
        } else if let Some((after, Sense::Part(from, ..))) = self.words.at(self.tokens, end, "part") {
            // `5 in the morning`
            if !self.tokens[end].word.is_empty() && after > end + 1 || self.tight(end) {
                if from >= 12 && hour < 12 {
                    second += 43_200;
                }
                return Some(Time { end: after, second, twice: false, sure: true, marked: true });
            }
        }
        let twice = !marked && (1..=12).contains(&hour) && !leading;
        Some(Time { end, second: second.rem_euclid(86_400), twice, sure: sure || marked, marked })
    }

    /// An hour with its minutes: end, second, whether it can be nothing else, whether it is a bare hour.
    fn hour(&self, at: usize) -> Option<(usize, i64, bool, bool)> {
        if let Some((end, n)) = self.digits(at, 4, 4)
            && ["am", "pm", "oclock"].iter().any(|c| self.word(end, c).is_some())
        {
            return (n < 2400 && n % 100 < 60).then_some((end, n / 100 * 3600 + n % 100 * 60, true, false));
        }
        if let Some((end, n)) = self.digits(at, 4, 4).filter(|(_, n)| *n < 1000 && n % 100 < 60) {
            return Some((end, n / 100 * 3600 + n % 100 * 60, false, false));
        }
        let in_digits = self.digits(at, 1, 2);
        let (end, hour) = in_digits.or_else(|| self.spoken(at)).filter(|(_, h)| *h <= 24)?;
        let minute = |sign: &str, at: usize| {
            let next = self.sign(at, sign).filter(|_| self.tight(at))?;
            self.digits(next, 2, 2).filter(|(_, m)| self.tight(next) && *m < 60)
        };
        // Dutch `20u30`, Spanish `20h30`
        let letter = minute("uh", end).filter(|_| !self.words.month_first);
        if let Some((end, minutes)) = letter {
            return Some((end, hour % 24 * 3600 + minutes * 60, true, false));
        }
        if let Some((end, minutes)) = minute(":", end) {
            let (end, seconds) = minute(":", end).unwrap_or((end, 0));
            return Some((end, hour % 24 * 3600 + minutes * 60 + seconds, true, false));
        }
        if in_digits.is_some()
            && let Some((end, minutes)) = minute(".", end)
        {
            return Some((end, hour % 24 * 3600 + minutes * 60, false, false));
        }
        if in_digits.is_none()
            && hour > 0
            && let Some((end, minutes)) =
                self.spoken(self.sign(end, "-").unwrap_or(end)).filter(|(_, m)| (10..60).contains(m))
        {
            // `six forty-three minutes`
            let named = self.unit(end).filter(|(_, u)| *u == Unit::Minute);
            return Some((
                named.map_or(end, |n| n.0),
                hour % 24 * 3600 + minutes * 60,
                named.is_some(),
                false,
            ));
        }
        Some((end, hour % 24 * 3600, false, true))
    }

    /// `half past seven`, `kwart over acht`, `half acht`, `las ocho y diez`, `8 menos cuarto`.
    fn told(&self, at: usize) -> Option<(usize, i64)> {
        let hour = |at: usize| {
            let found = self.digits(at, 1, 2).or_else(|| self.spoken(at));
            found.filter(|(_, h)| (1..=12).contains(h))
        };
        let minutes = |at: usize| {
            let quarter = self.word(at, "quarterhour").map(|end| (end, 15));
            let half = self.word(at, "half").map(|end| (end, 30));
            quarter
                .or(half)
                .or_else(|| self.digits(at, 1, 2))
                .or_else(|| self.spoken(at))
                .filter(|(_, m)| (1..60).contains(m))
        };
        // Dutch `half acht` is half past seven.
        let half = |at: usize| {
            let next = self.word(at, "half").filter(|_| !self.follows() && !self.words.month_first)?;
            let (end, h) = hour(next)?;
            (self.unit(end).is_none() || self.word(end, "oclock").is_some()).then_some((end, h * 3600 - 1800))
        };
        if let Some(found) = half(at) {
            return Some(found);
        }
        if let Some((next, m)) = minutes(at) {
            let next = self.unit(next).map_or(next, |(end, _)| end);
            for (class, sign) in [("past", 1), ("till", -1)] {
                let hour = self
                    .word(next, class)
                    .and_then(|at| half(at).or_else(|| hour(at).map(|(e, h)| (e, h * 3600))));
                if let Some((end, second)) =
                    hour.filter(|(end, _)| self.unit(*end).is_none() || self.word(*end, "oclock").is_some())
                {
                    // `10 voor half negen`, `10 voor 9 's avonds`: no count goes before these.
                    let told = end > at + 3 && self.word(end - 2, "half").is_some()
                        || self.words.at(self.tokens, end, "part").is_some()
                        || self.word(end, "oclock").is_some();
                    let strict = self.digits(at, 1, 2).is_none() || class == "past" || told;
                    return strict.then_some((end, second + sign * m * 60));
                }
            }
        }
        let (end, h) = hour(at)?;
        if let Some((end, m)) = self.minus(end) {
            return Some((end, h * 3600 - m * 60));
        }
        let (end, m) = minutes(self.word(end, "plus")?)?;
        // `una y treinta`, unless a noun follows: that would be a count.
        let noun =
            self.tokens.get(end).is_some_and(|t| t.word.chars().all(char::is_alphabetic) && t.word.len() > 3);
        let round = m >= 15 && m % 5 == 0 && !noun && self.digits(at, 1, 2).is_none();
        let known = round
            || self.word(end - 1, "half").or_else(|| self.word(end - 1, "quarterhour")).is_some()
            || self.word(end, "pm").or_else(|| self.word(end, "am")).is_some();
        (known && self.unit(end).is_none()).then_some((end, h * 3600 + m * 60))
    }

    fn minus(&self, at: usize) -> Option<(usize, i64)> {
        let next = self.word(at, "minus")?;
        self.word(next, "quarterhour").map(|end| (end, 15)).or_else(|| self.spoken(next))
    }

    /// Beside a day two bare hours are enough (`maandag 3-8`).
    /// `between 5 and 6pm`, `9:30-11:00`, `entre las 3 y las 4 de la tarde`, `van 8 tot 10 uur`.
    pub(crate) fn clock_range(&self, at: usize, beside: bool) -> Found {
        let opened = longest(
            [self.word(at, "from"), self.word(at, "between")].map(|end| end.map(|end| (end, What::Now))),
        )
        .map(|found| found.0);
        let start = opened.unwrap_or(at);
        let start = if opened.is_some() { self.skip(self.skip(start, "art"), "clockat") } else { start };
        let a = self.time(start)?;
        let between = opened.is_some_and(|_| self.word(at, "between").is_some());
        let joint = self.word(a.end, "to").or_else(|| self.word(a.end, "and").filter(|_| between))?;
        let joint = self.skip(joint, "art");
        let b = self.time(self.skip(joint, "clockat"))?;
        // 2014-2018 and 12-4 are no hours; two hours need a word, a colon or a part of the day.
        let led = opened.is_some()
            && self.unit(b.end).is_none()
            && self.month(b.end).is_none()
            && self.sign(b.end, "%€$/-").is_none()
            && self.tokens.get(b.end).is_none_or(|t| {
                !t.word.chars().all(|c| c.is_alphabetic())
                    || self.word(b.end, "and").is_some()
                    || self.day_at(b.end)
                    || t.word.len() < 5
            });
        let pointed = |at: usize| at.checked_sub(2).is_some_and(|point| self.is(point, "."));
        let points = pointed(a.end) && pointed(b.end);
        (a.sure || b.sure || led || points || beside).then_some(())?;
        if !b.sure && self.sign(b.end, "/").is_some() {
            return None;
        }
        let (mut from, mut to) = (a.second, b.second);
        let marked = a.marked || b.marked;
        if b.marked && !a.marked && a.twice && to >= 43_200 && from + 43_200 < to {
            from += 43_200;
        } else if a.marked && !b.marked && to < from && to < 43_200 {
            to += 43_200;
        }
        // From ten to three passes noon.
        let noon = !marked && to < from && to < 43_200;
        if noon {
            to += 43_200;
        }
        let twice = !marked && !noon && a.twice && b.twice;
        Some((b.end, What::Clocks(from, to, twice)))
    }

    fn day_at(&self, at: usize) -> bool {
        ["day", "weekday", "dir", "part", "daypart", "at", "of"].iter().any(|c| self.word(at, c).is_some())
    }

    /// `in the morning`, `tonight`, `tijdens lunchtijd`.
    pub(crate) fn part_of_day(&self, at: usize) -> Found {
        let whole = self.words.at(self.tokens, at, "daypart").is_some();
        let dir = self.dir(at).filter(|_| !whole);
        let (start, dir) = dir.map_or((at, None), |(end, n)| (end, Some(n)));
        if let Some((end, Sense::Part(a, b, Some(weekday)))) = self.words.at(self.tokens, start, "weekpart") {
            let day = Box::new(What::Weekday(weekday, dir));
            return Some((end, What::DayClocks(day, a * 3600, (b * 3600).min(86_399), false)));
        }
        let (end, class, sense) = ["daypart", "part"].iter().find_map(|class| {
            self.words.at(self.tokens, start, class).map(|(end, sense)| (end, *class, sense))
        })?;
        let Sense::Part(a, b, day) = sense else { return None };
        let (a, b) = (a * 3600, (b * 3600).min(86_399));
        let day = match (class, day, dir) {
            (_, Some(n), _) | ("part", None, Some(n)) => Some(n),
            ("daypart", None, _) => Some(0),
            _ => None,
        };
        Some((
            end,
            match day {
                Some(n) => What::DayClocks(Box::new(What::Days(n)), a, b, false),
                None => What::Clocks(a, b, false),
            },
        ))
    }
}
