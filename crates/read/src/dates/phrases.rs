//! How days, spans and clock times go together: a day with its hour, ranges, open ranges.

use super::borders::stands_alone;
use super::combine::{Piece, lend_year};
use super::grammar::{Found, Grammar, longest};
use super::joining::{combine, is_day, is_end, is_span, open};
use super::value::{Edge, What};
use super::vocabulary::{Token, Vocabulary, tokens};

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
            let end = pointed(&tokens, words, end).unwrap_or(end);
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
    lend_years(text, out)
}

/// The token after the point of a short month's name at the end, which Dutch and Spanish write: `4 feb.`,
/// `nov. a mar.`.
fn pointed(tokens: &[Token], words: &Vocabulary, end: usize) -> Option<usize> {
    /// Longer names are whole.
    const SHORT: usize = 4;
    let last = end.checked_sub(1)?;
    let short = tokens.get(last)?.word.chars().count() <= SHORT;
    let whole = WHOLE_MONTHS.contains(&tokens.get(last)?.word.as_str());
    let month = words.at(tokens, last, "month").is_some_and(|(after, _)| after == end);
    let point = tokens.get(end).is_some_and(|t| t.word == "." && !t.spaced) && !words.month_first;
    (short && !whole && month && point).then_some(end + 1)
}

/// Names of months that are short and whole.
const WHOLE_MONTHS: [&str; 7] = ["mei", "juni", "juli", "may", "june", "july", "mayo"];

/// `in May and June 2019`: the year stands once, behind the last of them.
fn lend_years(text: &str, mut pieces: Vec<Piece>) -> Vec<Piece> {
    for at in (1..pieces.len()).rev() {
        let [.., first, second] = &pieces[..=at] else { continue };
        let gap = text[first.end..second.start].trim();
        let (What::Calendar { day: a, .. }, What::Calendar { day: b, month: Some(_), .. }) =
            (&first.what, &second.what)
        else {
            continue;
        };
        if matches!(gap, "," | "and" | "en" | "y" | "e" | "&" | "or" | "of" | "o")
            && a.is_some() == b.is_some()
        {
            pieces[at - 1].what = lend_year(&pieces[at - 1].what, &pieces[at].what);
        }
    }
    pieces
}

impl Grammar<'_> {
    fn phrase(&self, at: usize) -> Found {
        let found = longest([
            self.night(at),
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
    pub(crate) fn chain(&self, at: usize) -> Found {
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
                    self.clock_range(
                        start,
                        is_day(what) || matches!(what, What::DayClocks(..) | What::Clocks(..)),
                    ),
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
        let end = if self.is(end, "z") && self.tight(end) { end + 1 } else { end };
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
            && matches!(
                what,
                What::Whole(..) | What::Many(..) | What::NearFeast(..) | What::Loose(..) | What::UnitOf(..)
            );
        // `voor 2012 of later` is for it, too: what follows opens the other side.
        let other_side = || self.value(end, "post").filter(|(next, _)| !self.word_of_year(*next)).is_some();
        let spoken_for = spoken_for || code < 3 && other_side();
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

    /// Whether a year follows: in `before 2018 or before 2000` the second word belongs to the second year.
    fn word_of_year(&self, at: usize) -> bool {
        self.digits(self.skip(at, "of"), 1, 4).is_some()
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
