//! What comes back: `every Monday`, `dagelijks`, `todos los martes a las 9`.

use super::calendar::Unit;
use super::grammar::{Found, Grammar, longest};
use super::value::What;

impl Grammar<'_> {
    /// A set of times, with the clock time beside it: `every day at 9`, `6am every day`, `Thursdays at 17.30`.
    pub(crate) fn repeating(&self, at: usize) -> Found {
        if let Some(end) = self.set(at) {
            // `om de week vrijdag`
            let end = self.weekday(end, true).map_or(end, |(end, _)| end);
            let comma = self.sign(end, ",").unwrap_or(end);
            let next = self.skip(comma, "at");
            let clocks = [comma, next].into_iter().flat_map(|start| {
                [self.clock_range(start, false), self.clock(start), self.pointed_clock(start)]
            });
            let bare = self.bare_clock(next).filter(|_| next > comma && self.digits(next, 1, 2).is_some());
            let clock = longest(clocks.chain([self.part_of_day(end), bare]));
            return Some((clock.map_or(end, |(end, _)| end), What::Repeating));
        }
        let (end, _) = longest([self.clock_range(at, false), self.clock(at)])?;
        Some((self.set(end)?, What::Repeating))
    }

    /// The token after `every Monday`, `dagelijks`, `once a year`, `19th of every month`.
    fn set(&self, at: usize) -> Option<usize> {
        let first = self
            .ordinal(at)
            .map(|(end, _)| end)
            .and_then(|end| self.word(end, "of"))
            .filter(|end| self.word(*end, "every").is_some())
            .unwrap_or(at);
        if let Some(next) = self.word(first, "every") {
            let next = longest([self.number(next), self.ordinal(next)].map(|n| n.map(|n| (n.0, What::Now))))
                .map_or(next, |n| n.0);
            // `elk half uur`
            let next = self.skip(next, "half");
            let end = self.unit(next).map(|u| u.0);
            let end = end.or_else(|| self.words.at(self.tokens, next, "weekpart").map(|w| w.0));
            // `every first Monday of the month`
            let end = end.or_else(|| {
                let (end, _) = self.weekday(next, true)?;
                let of = self.word(end, "of").map(|of| self.skip(of, "art"));
                let whole = of.and_then(|of| self.unit(of)).filter(|(_, u)| *u > Unit::Day);
                Some(whole.map_or(end, |(end, _)| end))
            });
            return end.or_else(|| self.month(next).map(|m| m.0)).or_else(|| {
                let (end, _) = self.words.at(self.tokens, next, "part")?;
                Some(end)
            });
        }
        if let Some(end) = self.word(at, "set") {
            return Some(end);
        }
        let counted = || self.word(self.number(at)?.0, "timesword");
        let times = counted().or_else(|| self.word(at, "times"))?;
        Some(self.unit(self.word(times, "per")?)?.0)
    }
}
