//! One grammar of dates for Dutch, Spanish and English; the words come from
//! tables. Every rule begins at a token and gives the token after what it read
//! and what that means; where several rules read something, the longest wins.
//! This file: words and days. Then `numbers.rs`, `spans.rs` (months to centuries,
//! lengths), `clocks.rs` and `phrases.rs` (how they go together).

use super::calendar::Unit;
use super::value::What;
use super::vocabulary::{Sense, Token, Vocabulary};

/// What a rule read: the token after it and its meaning.
pub(crate) type Found = Option<(usize, What)>;

pub(crate) struct Grammar<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub words: &'a Vocabulary,
}

/// The longest of what several rules read; the first of equals.
pub(crate) fn longest(found: impl IntoIterator<Item = Found>) -> Found {
    found.into_iter().flatten().reduce(|a, b| if b.0 > a.0 { b } else { a })
}

pub(crate) fn date(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Option<What> {
    let part = |n: Option<i64>, most: i64| match n {
        Some(n) => (1..=most).contains(&n).then_some(Some(n as u32)),
        None => Some(None),
    };
    Some(What::Calendar { year: year.map(|y| y as i32), month: part(month, 12)?, day: part(day, 31)? })
}

impl Grammar<'_> {
    /// The token after a word of a class.
    pub(crate) fn word(&self, at: usize, class: &str) -> Option<usize> {
        self.words.at(self.tokens, at, class).map(|(end, _)| end)
    }

    pub(crate) fn value(&self, at: usize, class: &str) -> Option<(usize, i64)> {
        match self.words.at(self.tokens, at, class)? {
            (end, Sense::Number(n)) => Some((end, n)),
            _ => None,
        }
    }

    /// `next`, `last`, `this`. After `will` or `to` the English `last` is a verb.
    pub(crate) fn dir(&self, at: usize) -> Option<(usize, i64)> {
        // The month in `May last year` has a capital, the verb in `may last` has none.
        let modal = |b: usize| self.word(b, "modal") == Some(at) && !(self.is(b, "may") && self.capital(b));
        let verb = self.is(at, "last") && at.checked_sub(1).is_some_and(modal);
        self.value(at, "dir").filter(|_| !verb)
    }

    pub(crate) fn unit(&self, at: usize) -> Option<(usize, Unit)> {
        match self.words.at(self.tokens, at, "unit")? {
            (end, Sense::Unit(unit)) => Some((end, unit)),
            _ => None,
        }
    }

    /// The token after an optional word.
    pub(crate) fn skip(&self, at: usize, class: &str) -> usize {
        self.word(at, class).unwrap_or(at)
    }

    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.word == word)
    }

    pub(crate) fn sign(&self, at: usize, signs: &str) -> Option<usize> {
        self.tokens.get(at).is_some_and(|t| signs.contains(t.word.as_str())).then_some(at + 1)
    }

    pub(crate) fn tight(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| !t.spaced)
    }

    /// A number in digits with the count of them.
    pub(crate) fn digits(&self, at: usize, least: usize, most: usize) -> Option<(usize, i64)> {
        let token = self.tokens.get(at)?;
        (least..=most).contains(&token.word.len()).then(|| token.digits()).flatten().map(|n| (at + 1, n))
    }

    /// Whether a token begins with a capital.
    pub(crate) fn capital(&self, at: usize) -> bool {
        let first = self.tokens.get(at).and_then(|t| self.text.get(t.start..)?.chars().next());
        first.is_some_and(char::is_uppercase)
    }

    pub(crate) fn month(&self, at: usize) -> Option<(usize, i64)> {
        let (end, month) = self.value(at, "month")?;
        // The point of `Sept.` belongs to it where the date goes on.
        Some((end, month))
    }

    /// A month that needs no day or year beside it.
    pub(crate) fn sure_month(&self, at: usize) -> Option<(usize, i64)> {
        let doubtful = self.word(at, "doubtful").is_some();
        let led = |class: &str| at > 0 && self.word(at - 1, class) == Some(at);
        let led = led("of") || led("from") || led("to") || led("dir") || led("between") || led("open");
        let english_may = self.is(at, "may") && self.words.month_first;
        self.month(at).filter(|_| !doubtful || self.capital(at) && (led || !english_may))
    }

    /// A weekday; short ones (`sun`, `di`) only where asked for.
    pub(crate) fn weekday(&self, at: usize, short: bool) -> Option<(usize, i64)> {
        let found = self.value(at, "weekday")?;
        // A short form with its point (`miérc.`) is sure, too.
        (short || found.0 > at + 1 || self.tokens[at].word.chars().count() > 4).then_some(found)
    }

    /// A date that names its day.
    pub(crate) fn day(&self, at: usize) -> Found {
        let led = self.led_by_weekday(at);
        let plain = longest([
            self.written(at),
            self.numeric(at, false),
            self.week_day(at),
            self.value(at, "day").map(|(end, n)| (end, What::Days(n))),
            self.feast(at),
            self.nth_weekday(at),
            self.lone_ordinal(at),
        ]);
        let (end, what) = longest([led, plain, self.relative(at)])?;
        // `4 juni jl.`, `vrijdag a.s.`: the word behind says on which side of the day of writing it lies.
        let near = self.value(end, "near").filter(|_| {
            matches!(
                what,
                What::Calendar { year: None, month: Some(_), .. }
                    | What::Weekday(_, None)
                    | What::NamedDay(..)
            )
        });
        Some(near.map_or((end, what.clone()), |(end, n)| (end, What::Near(Box::new(what), n))))
    }

    /// `dinsdag 18 juni`, `this friday (jun-15)`, `lunes el veintisiete`, `martes 6`.
    fn led_by_weekday(&self, at: usize) -> Found {
        let start = self.dir(at).map_or(at, |(end, _)| end);
        let (end, weekday) = self.weekday(start, true)?;
        let end = self.sign(end, ".").filter(|_| self.tight(end)).unwrap_or(end);
        let next = self.sign(end, ",").unwrap_or(end);
        if let Some(open) = self.sign(next, "(") {
            let (inside, what) = longest([self.written(open), self.numeric(open, true)])?;
            return Some((self.sign(inside, ")")?, what));
        }
        let article = self.word(next, "art");
        let start = self.skip(article.unwrap_or(next), "dayword");
        let of = self.skip(next, "of");
        let whole =
            longest([self.written(next), self.written(start), self.numeric(start, true), self.written(of)]);
        if whole.is_some() {
            return whole;
        }
        let ordinal = self.ordinal(start).or_else(|| {
            let in_words = article.is_some() || start > next;
            let found = if in_words { self.day_number(start) } else { self.digits(start, 1, 2) };
            found.filter(|(end, _)| in_words || !self.goes_on(*end))
        });
        let (end, day) = ordinal?;
        Some((end, What::NamedDay(weekday, day)))
    }

    /// Whether a number is followed by what makes it no day: a clock, a range, a unit.
    pub(crate) fn goes_on(&self, at: usize) -> bool {
        self.sign(at, ":-–/%€").is_some()
            || ["am", "pm", "oclock", "unit"].iter().any(|c| self.word(at, c).is_some())
            || self.word(at, "to").is_some() && self.word(at, "clockat").is_none()
            || self.sign(at, ".,").is_some() && self.digits(at + 1, 1, 4).is_some()
    }

    /// A month's name with a day: `4 de mayo de 2019`, `May 4th, 2019`, `the 3rd of May`.
    pub(crate) fn written(&self, at: usize) -> Found {
        let article = self.word(at, "art").filter(|end| !self.follows() && self.digits(*end, 1, 2).is_some());
        let start = self.word(at, "dayword").filter(|_| !self.words.month_first).or(article).unwrap_or(at);
        let with_year = |end: usize, month: i64, day: i64| {
            if let Some((end, year)) = self.year_after(end) {
                return Some((end, date(Some(year), Some(month), Some(day))?));
            }
            date(None, Some(month), Some(day))?;
            // `3 mei vorig jaar`, `el 3 de mayo de este año`: the year is told, if not named.
            let next = self.skip(self.skip(self.sign(end, ",").unwrap_or(end), "of"), "art");
            if let Some((end, year @ What::Whole(_, Unit::Year))) = self.whole(next) {
                let month = What::NthOf(month, 1, Unit::Month, Box::new(year));
                return Some((end, What::NthOf(day, 1, Unit::Day, Box::new(month))));
            }
            Some((end, date(None, Some(month), Some(day))?))
        };
        // `$ 12 December 27` and `one may` hold no such day.
        let money = at > 0 && self.sign(at - 1, "$€£").is_some();
        let day_first = self.day_number(start).filter(|_| !money).and_then(|(end, day)| {
            if self.is(end, "may") && self.tokens[start].digits().is_none() && self.ordinal(start).is_none() {
                return None;
            }
            let end = self.skip(end, "dayword");
            let end = self.sign(end, ".-/,").unwrap_or(end);
            let (end, month) = self.month(self.skip(end, "of"))?;
            with_year(end, month, day)
        });
        let month_first = self.month(at).and_then(|(end, month)| {
            let next = self.sign(end, ".").unwrap_or(end);
            let next = self.sign(next, "-/").unwrap_or(next);
            let (end, day) = self.day_number(self.skip(next, "art"))?;
            let clock = self.sign(end, ":").is_some()
                || ["am", "pm", "oclock"].iter().any(|c| self.word(end, c).is_some());
            (!clock).then(|| with_year(end, month, day)).flatten()
        });
        let year_first = self.year(at).and_then(|(end, year)| {
            let (end, month) = self.month(self.sign(end, "-/.").unwrap_or(end))?;
            let (end, day) = self.digits(self.sign(end, "-/.").unwrap_or(end), 1, 2)?;
            Some((end, date(Some(year), Some(month), Some(day))?))
        });
        let year_between = self.month(at).and_then(|(end, month)| {
            let (end, year) = self.year(self.sign(end, "-/")?)?;
            let (end, day) = self.digits(self.sign(end, "-/")?, 1, 2)?;
            Some((end, date(Some(year), Some(month), Some(day))?))
        });
        let year_day_month =
            self.digits(at, 4, 4).filter(|(_, y)| (1500..2100).contains(y)).and_then(|(end, year)| {
                let (end, day) = self.digits(self.sign(end, "-/.")?, 1, 2)?;
                let (end, month) = self.month(self.sign(end, "-/.")?)?;
                Some((end, date(Some(year), Some(month), Some(day))?))
            });
        longest([day_first, month_first, year_first, year_between, year_day_month, self.day_of_number(at)])
    }

    /// Spanish `21 del 3`.
    fn day_of_number(&self, at: usize) -> Found {
        let (end, day) = self.digits(at, 1, 2).filter(|(end, _)| self.follows() && self.is(*end, "del"))?;
        let (end, month) = self.digits(end + 1, 1, 2).filter(|(end, _)| !self.goes_on(*end))?;
        let (end, year) =
            match (self.is(end, "del") || self.is(end, "de")).then(|| self.year(end + 1)).flatten() {
                Some((end, year)) => (end, Some(year)),
                None => (end, None),
            };
        Some((end, date(year, Some(month), Some(day))?))
    }

    /// `1-10` between two words that bound a range; elsewhere it may be a range of numbers.
    pub(crate) fn dashed(&self, at: usize) -> Found {
        let (end, a) = self.digits(at, 1, 2).filter(|_| !self.words.month_first)?;
        let (end, b) = self.digits(self.sign(end, "-").filter(|_| self.tight(end))?, 1, 2)?;
        let alone = self.sign(end, "-/.:").is_none_or(|_| !self.tight(end));
        if alone { Some((end, self.day_and_month(a, b, None)?)) } else { None }
    }

    /// `18-06-2019`, `2019/6/18`, `20190618`, `11/25`; with a weekday also `7.6`.
    pub(crate) fn numeric(&self, at: usize, led: bool) -> Found {
        if let Some((end, n)) = self.digits(at, 8, 8) {
            let what = date(Some(n / 10_000), Some(n / 100 % 100), Some(n % 100))?;
            return (1900..2100).contains(&(n / 10_000)).then_some((end, what));
        }
        if let Some((end, dir)) = self.dir(at)
            && let Some((end, What::Calendar { month: Some(m), day: Some(d), year: None })) =
                longest([self.in_numbers(end, true), self.written(end)])
        {
            let year = What::Whole(dir.max(0), Unit::Year);
            let month = What::NthOf(i64::from(m), 1, Unit::Month, Box::new(year));
            return Some((end, What::NthOf(i64::from(d), 1, Unit::Day, Box::new(month))));
        }
        self.in_numbers(at, led)
    }

    fn in_numbers(&self, at: usize, led: bool) -> Found {
        let led = led || at > 0 && self.dir(at - 1).is_some_and(|(end, _)| end == at);
        let (next, a) = self.digits(at, 1, 4)?;
        let sign = self.tokens.get(next)?.word.as_str();
        let next = self.sign(next, "-/.").filter(|_| self.tight(next))?;
        let (end, b) = self.digits(next, 1, 2).filter(|_| self.tight(next))?;
        if let Some(next) = self.sign(end, sign).filter(|_| self.tight(end))
            && let Some((end, c)) =
                self.digits(next, 2, 4).or(self.digits(next, 1, 2)).filter(|_| self.tight(next))
        {
            if a > 31 {
                return (1500..2100).contains(&a).then_some((end, date(Some(a), Some(b), Some(c))?));
            }
            let year = match (self.tokens[end - 1].word.len(), c) {
                (2, c) if c < 40 => 2000 + c,
                (2, c) => 1900 + c,
                (4, c) if (1500..2100).contains(&c) => c,
                _ => return None,
            };
            return Some((end, self.day_and_month(a, b, Some(year))?));
        }
        // `op 20-11`, `d.d. 04-06`: with two digits each it is no score and no range of numbers.
        let two = |n: usize| self.tokens.get(n).is_some_and(|t| t.word.len() == 2);
        let on = (1..=4.min(at)).any(|n| self.word(at - n, "onday") == Some(at));
        if sign == "-" && on && two(at) && two(end - 1) && self.sign(end, "-/").is_none() {
            return Some((end, self.day_and_month(a, b, None)?));
        }
        // 24/7, 1/2 and 30/4.85 are no days.
        let plain = sign == "/" && (a > 9 || b > 9) && (a, b) != (24, 7);
        if !plain && (!led || sign == "-") || self.tokens[at].word.len() > 2 {
            return None;
        }
        Some((end, self.day_and_month(a, b, None)?))
    }

    pub(crate) fn day_and_month(&self, a: i64, b: i64, year: Option<i64>) -> Option<What> {
        let usual = if self.words.month_first { (b, a) } else { (a, b) };
        let (day, month) = if usual.1 <= 12 { usual } else { (usual.1, usual.0) };
        date(year, Some(month), Some(day))
    }

    /// Whether `next` and `last` may follow their word (`la semana pasada`).
    pub(crate) fn follows(&self) -> bool {
        self.words.follows
    }

    pub(crate) fn feast(&self, at: usize) -> Found {
        let (start, dir) = self.dir(at).map_or((at, None), |(end, n)| (end, Some(n)));
        let Some((end, Sense::Feast(feast))) = self.words.at(self.tokens, start, "feast") else {
            return None;
        };
        if let Some(n) = dir {
            return Some((end, What::NearFeast(feast, n)));
        }
        if let Some((end, year)) = self.year_after(end) {
            return Some((end, What::Feast(feast, Some(year as i32))));
        }
        let of_year = self.whole(self.skip(end, "of"));
        if let Some((end, What::Whole(0, Unit::Year))) = of_year {
            return Some((end, What::NearFeast(feast, 0)));
        }
        Some((end, What::Feast(feast, None)))
    }

    /// `the first Friday of July`, `last day of the month`.
    fn nth_weekday(&self, at: usize) -> Found {
        let (next, n) = self.ordinal(at).or_else(|| self.dir(at).filter(|(_, n)| *n == -1))?;
        let inner = |end: usize| -> Found {
            let start = self.skip(self.word(end, "of")?, "art");
            longest([self.month_of_year(start), self.whole(start)])
        };
        if let Some((end, day)) = self.weekday(next, true) {
            let (end, what) = inner(end)?;
            return (n <= 5).then_some((end, What::NthWeekday(n, day, Box::new(what))));
        }
        let (end, what) = inner(self.word(next, "dayword")?)?;
        Some((end, What::NthOf(n, 1, Unit::Day, Box::new(what))))
    }

    /// `the 21st`, `el día 21`.
    fn lone_ordinal(&self, at: usize) -> Found {
        let article = self.word(at, "art").filter(|_| !self.follows());
        // `the 17 from 2pm to 4pm`: the hours make it a day.
        if let Some((end, day)) = self.word(at, "art").and_then(|start| self.digits(start, 1, 2))
            && !self.follows()
            && (self.word(end, "from").is_some() || self.word(end, "between").is_some())
            && self.clock_range(end, false).is_some()
        {
            return Some((end, date(None, None, Some(day))?));
        }
        let named = self.word(at, "dayword").filter(|_| !self.words.month_first);
        // Spanish `el 4.º`
        if self.follows()
            && at > 0
            && self.is(at - 1, "el")
            && let Some((end, day)) = self.ordinal(at).filter(|_| self.tokens[at].digits().is_some())
            && self.tokens.get(end).is_none_or(|t| !t.word.chars().all(char::is_alphabetic))
        {
            return Some((end, date(None, None, Some(day))?));
        }
        let (end, day) = match (article, named) {
            (_, Some(start)) => self.day_number(start)?,
            (Some(start), _) => self.ordinal(start).filter(|_| self.digits(start, 1, 2).is_some())?,
            _ => return None,
        };
        // `the 21st century`, `the 3rd man` are no days.
        let noun = self.tokens.get(end).is_some_and(|t| t.word.chars().all(char::is_alphabetic));
        let led = ["at", "from", "to", "of", "and", "dir"].iter().any(|c| self.word(end, c).is_some());
        (!noun || led).then(|| Some((end, date(None, None, Some(day))?))).flatten()
    }
}
