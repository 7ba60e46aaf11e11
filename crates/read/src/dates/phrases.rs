//! How days, spans and clock times go together: a day with its hour, ranges, open ranges.

use super::borders::stands_alone;
use super::calendar::Unit;
use super::combine::{Piece, lend_month, lend_year};
use super::grammar::{Found, Grammar, longest};
use super::value::{Edge, What};
use super::vocabulary::{Vocabulary, tokens};

/// Words joined to one expression at most.
const MOST_JOINED: usize = 4;

/// The date expressions of a text, from left to right.
pub(crate) fn find(text: &str, words: &Vocabulary) -> Vec<Piece> {
    let mut tokens = tokens(text);
    words.mark(&mut tokens);
    let grammar = Grammar { text, tokens: &tokens, words };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let begins =
            words.begins(token) || token.digits().is_some() || "<>='’‘".contains(token.word.as_str());
        let found = if begins { grammar.phrase(at) } else { None };
        let piece = found.and_then(|(end, what)| {
            let last = tokens.get(end.checked_sub(1)?)?.end;
            stands_alone(text, token.start, last)
                .then_some((end, Piece { start: token.start, end: last, what }))
        });
        match piece {
            Some((end, piece)) if end > at => {
                out.push(piece);
                at = end;
            }
            _ => at += 1,
        }
    }
    out
}

impl Grammar<'_> {
    fn phrase(&self, at: usize) -> Found {
        let found = longest([
            self.repeating(at),
            self.chain(at),
            self.range(at),
            self.day_range(at),
            self.opened(at),
            self.more_than(at),
            self.compared(at),
            self.lasting(at),
            self.about(at),
        ]);
        let (end, what) = found?;
        if !is_end(&what) {
            return Some((end, what));
        }
        // In `2010 and before 2018` the second word belongs to the second year.
        match self.value(end, "post").filter(|(next, _)| self.digits(*next, 1, 4).is_none()) {
            Some((end, code)) => self.joined(end, open(code, what)),
            None => Some((end, what)),
        }
    }

    /// `around the 21st of May`; `about` stands before much else.
    fn about(&self, at: usize) -> Found {
        let next = self.word(at, "approx").filter(|_| !self.is(at, "about"))?;
        let starts = [next, self.skip(next, "art")];
        longest(starts.map(|s| self.chain(s).filter(|(_, what)| is_day(what) || is_span(what))))
    }

    /// `3 pm or later on Monday`.
    fn joined(&self, at: usize, what: What) -> Found {
        let next = self.skip(self.skip(at, "at"), "art");
        let day = self.day(next).filter(|(_, day)| is_day(day));
        let joined = day.and_then(|(end, day)| Some((end, combine(&what, &day)?)));
        joined.or(Some((at, what)))
    }

    /// One expression without anything joined to it.
    fn atom(&self, at: usize) -> Found {
        longest([
            self.day(at),
            self.span(at),
            self.clock_range(at, false),
            self.clock(at),
            self.machine_time(at),
            self.led_points(at),
            self.part_of_day(at),
            self.word(at, "now").map(|end| (end, What::Now)),
            self.length(at),
        ])
    }

    /// `Sat at 5`, `Sun 10:30`: a short name alone may be another word.
    fn short_weekday(&self, at: usize) -> Found {
        let (end, day) = self.weekday(at, true).filter(|_| self.capital(at))?;
        let next = self.skip(end, "at");
        let clock = self.clock(next).or_else(|| self.bare_clock(next).filter(|_| next > end));
        let (end, clock) = longest([clock, self.clock_range(next, false)])?;
        Some((end, combine(&What::Weekday(day, None), &clock)?))
    }

    /// `tuesday at 5 in the morning`, `vandaag van vijf tot zeven`, `las dos de la tarde del lunes`.
    fn chain(&self, at: usize) -> Found {
        let mut found = self.atom(at).or_else(|| self.short_weekday(at)).or_else(|| self.hours_first(at))?;
        for _ in 0..MOST_JOINED {
            let (end, what) = &found;
            let comma = self.sign(*end, ",").unwrap_or(*end);
            let led = self.word(comma, "at");
            let article = self.skip(led.unwrap_or(comma), "art");
            let starts = [*end, comma, led.unwrap_or(comma), article];
            let further = starts.into_iter().flat_map(|start| {
                let hour = led.filter(|l| start >= *l && self.word(comma, "clockat") == Some(*l));
                let bare = hour.and_then(|_| self.bare_clock(start)).or_else(|| self.pointed_clock(start));
                let bounded = self.opened_clock(start);
                let dated = matches!(what, What::Clock(..)) && self.follows() && self.is(start, "del");
                let dated = dated
                    .then(|| self.digits(start + 1, 1, 2))
                    .flatten()
                    .filter(|(end, _)| !self.goes_on(*end));
                let dated =
                    dated.and_then(|(end, day)| Some((end, super::grammar::date(None, None, Some(day))?)));
                let all = [
                    dated,
                    self.trailing_year(start, what),
                    self.clock_range(start, is_day(what) || matches!(what, What::DayClocks(..))),
                    self.clock(start),
                    self.part_of_day(start),
                    self.day(start),
                    self.whole(start),
                    bare,
                    bounded,
                ];
                all.into_iter().flatten().filter_map(|(end, next)| Some(Some((end, combine(what, &next)?))))
            });
            let zone = (self.word(*end, "zone"))
                .filter(|_| matches!(what, What::Clock(..) | What::Clocks(..)))
                .map(|end| (end, what.clone()));
            let further = further.chain([zone]);
            match longest(further) {
                Some(next) => found = next,
                None => break,
            }
        }
        Some(found)
    }

    /// `10, tonight`, `20.30 vandaag`, `6-8 next Monday`: a bare hour beside a day.
    fn hours_first(&self, at: usize) -> Found {
        // `6/4 between 9:30 and 16:30`: the hours make it a day.
        if let Some((end, day)) = self.numeric(at, true).filter(|(_, day)| is_day(day))
            && let Some((end, hours)) = self.clock_range(self.skip(end, "at"), false)
        {
            return Some((end, combine(&day, &hours)?));
        }
        let (end, clock) = longest([self.bare_clock(at), self.clock_range(at, true)])?;
        let comma = self.sign(end, ",");
        if let Some((end, part)) = comma.and_then(|end| self.part_of_day(end)) {
            return Some((end, combine(&clock, &part)?));
        }
        let pointed = self.pointed_clock(at);
        if pointed.is_some() || matches!(clock, What::Clocks(..)) {
            let day = self.day(self.skip(end, "art")).filter(|(_, day)| is_day(day));
            let joined = day.and_then(|(end, day)| Some((end, combine(&clock, &day)?)));
            return joined.or_else(|| pointed.filter(|_| self.lone_points(at)));
        }
        None
    }

    /// A Dutch `20.00` alone: two digits on both sides, and no word or sign that makes it a number.
    fn lone_points(&self, at: usize) -> bool {
        let two = |at: usize| self.digits(at, 2, 2).is_some();
        let before = at.checked_sub(1).and_then(|b| self.tokens.get(b));
        let numbered = before.is_some_and(|t| {
            "$€£§#-+.,:(".contains(t.word.as_str()) || self.word(at - 1, "numbered") == Some(at)
        });
        two(at)
            && two(at + 2)
            && !numbered
            && self.sign(at + 3, "%€$£-.,/").is_none_or(|_| !self.tight(at + 3))
            && self.word(at + 3, "measure").is_none()
    }

    /// `2019-05-03T10:20:00Z`; the zone is read over.
    fn machine_time(&self, at: usize) -> Found {
        let (end, day) = self.numeric(at, false)?;
        let next = (self.is(end, "t") && self.tight(end) && self.tight(end + 1)).then_some(end + 1)?;
        let (end, What::Clock(second, _)) = self.clock(next)? else { return None };
        let end = (self.is(end, "z") && self.tight(end)).then_some(end + 1).unwrap_or(end);
        Some((end, What::Moment(Box::new(day), second, false)))
    }

    /// `Wed Oct 26 15:50:06 2016`, as machines write it.
    fn trailing_year(&self, at: usize, what: &What) -> Found {
        let What::Moment(day, ..) = what else { return None };
        let open = matches!(day.as_ref(), What::Calendar { year: None, month: Some(_), .. });
        let (end, year) = self.digits(at, 4, 4).filter(|(_, y)| open && (1900..2100).contains(y))?;
        Some((end, super::grammar::date(Some(year), None, None)?))
    }

    fn opened_clock(&self, at: usize) -> Found {
        let (end, code) = self.value(at, "open")?;
        let end = self.skip(end, "art");
        let (end, clock) = self.clock(end).or_else(|| self.bare_clock(end))?;
        Some((end, open(code, clock)))
    }

    /// `from May to June 2019`, `2016-2018`, `between 2:00 tomorrow and 4:00`.
    fn range(&self, at: usize) -> Found {
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
        let joint = self.word(end, "to").or_else(|| self.word(end, "and").filter(|_| between.is_some()))?;
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
    fn day_range(&self, at: usize) -> Found {
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
        longest([day_first, month_first])
    }

    /// `before 2018`, `since last May`, `vanaf oktober`, `antes del almuerzo`.
    fn opened(&self, at: usize) -> Found {
        let (next, code) = self.value(at, "open")?;
        let starts = [next, self.skip(next, "art")];
        if let Some((end, from, to)) = self.meal(next).or_else(|| self.meal(self.skip(next, "art"))) {
            let second = if code < 3 { from } else { to };
            return Some((end, open(code, What::Clock(second, false))));
        }
        let bare =
            self.bare_clock(next).filter(|_| self.follows() && self.word(next - 1, "clockat").is_some());
        let (end, what) = longest(starts.map(|s| self.opened_end(s, code)).into_iter().chain([bare]))?;
        // The word belongs to the range: `voor | dec/2018-mei/2019`.
        if starts.iter().any(|s| self.range(*s).is_some_and(|(further, _)| further > end)) {
            return None;
        }
        // `voor dit kwartaal` is for it; `tot 10` counts.
        let spoken_for = self.is(at, "voor")
            && matches!(what, What::Whole(..) | What::Many(..) | What::NearFeast(..) | What::Loose(..));
        (!spoken_for).then(|| (end, open(code, what)))
    }

    /// What an open range may end with; `tot morgenochtend` ends where that part of the day begins.
    fn opened_end(&self, at: usize, code: i64) -> Found {
        let (end, what) = self.chain(at)?;
        match what {
            What::DayClocks(day, from, ..) if code == 1 => Some((end, What::Moment(day, from, false))),
            what if is_end(&what) => Some((end, what)),
            _ => None,
        }
    }

    /// `more than 2 weeks after today`.
    fn more_than(&self, at: usize) -> Found {
        let (next, more) = self.value(at, "more")?;
        let (end, point) = self.day(next)?;
        let What::Shift(inner, n, _) = &point else { return None };
        let (inner, later) = (inner.clone(), *n > 0);
        let point = Box::new(point);
        Some((
            end,
            match (more > 0, later) {
                (true, true) => What::From(point, Edge::Start),
                (true, false) => What::Until(point, Edge::Start),
                (false, true) => What::Between(inner, point),
                (false, false) => What::Between(point, inner),
            },
        ))
    }

    /// `<= 2019`, `> 2019-05-01`.
    fn compared(&self, at: usize) -> Found {
        let less = self.sign(at, "<>=")?;
        let (next, equal) = self.sign(less, "=").map_or((less, false), |end| (end, true));
        let (end, what) = self.chain(next).filter(|(_, w)| matches!(w, What::Calendar { .. }))?;
        Some((
            end,
            match (self.tokens[at].word.as_str(), equal) {
                ("<", false) => open(1, what),
                ("<", true) => open(2, what),
                (">", false) => open(3, what),
                (">", true) => open(4, what),
                _ => what,
            },
        ))
    }
}

fn open(code: i64, what: What) -> What {
    let what = Box::new(what);
    match code {
        1 => What::Until(what, Edge::Start),
        2 => What::Until(what, Edge::End),
        3 => What::From(what, Edge::End),
        _ => What::From(what, Edge::Start),
    }
}

fn is_day(what: &What) -> bool {
    match what {
        What::NthOf(_, 1, Unit::Day, _) | What::Calendar { day: Some(_), .. } => true,
        What::Away(_, unit) | What::Shift(_, _, unit) => *unit >= Unit::Day,
        _ => matches!(
            what,
            What::Days(_)
                | What::NamedDay(..)
                | What::NearWeekday(..)
                | What::Weekday(..)
                | What::Feast(..)
                | What::NearFeast(..)
                | What::NthWeekday(..)
        ),
    }
}

/// A month or a year.
fn is_span(what: &What) -> bool {
    matches!(what, What::Calendar { day: None, .. } | What::Part(..) | What::Range(..))
}

/// What can be an end of a range.
fn is_end(what: &What) -> bool {
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
fn combine(a: &What, b: &What) -> Option<What> {
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
        (What::DayClocks(day, from, to, twice), What::Whole(n, Unit::Week)) => match day.as_ref() {
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
