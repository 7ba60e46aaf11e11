//! Lengths of time: `3 hours and 20 minutes`, `anderhalf uur`, `un año y tres meses`.

use super::calendar::Unit;
use super::grammar::{Found, Grammar};
use super::value::What;

impl Grammar<'_> {
    /// `3 hours and 20 minutes`, `2.5 hrs`, `half an hour`, `una hora y media`, `more than two days`.
    pub(crate) fn length(&self, at: usize) -> Found {
        let start = self.value(at, "more").map_or(at, |(end, _)| end);
        let (mut end, mut seconds, first) = self.one_length(start)?;
        let mut last = first;
        loop {
            let next = self.and(end).unwrap_or(end);
            if let Some((part, share)) = self.share(next).filter(|_| next > end) {
                // `een jaar en een kwart jaar` names the unit again.
                end = self.unit(part).filter(|(_, u)| *u == last && share > 0.3).map_or(part, |(end, _)| end);
                seconds += last.seconds() * share;
                break;
            }
            let Some((further, more, unit)) = self.one_length(next).filter(|f| f.2 < last) else { break };
            // Beside a year a month is a twelfth of it, alone it is thirty days.
            let month = first == Unit::Year && unit == Unit::Month;
            let more =
                if month { more / Unit::Month.seconds() * (Unit::Year.seconds() / 12.0) } else { more };
            (end, seconds, last) = (further, seconds + more, unit);
        }
        Some((end, What::Length(seconds)))
    }

    pub(crate) fn and(&self, at: usize) -> Option<usize> {
        ["and", "en", "y"].iter().any(|w| self.is(at, w)).then_some(at + 1)
    }

    /// `a half`, `een kwart`, `tres cuartos`.
    fn share(&self, at: usize) -> Option<(usize, f64)> {
        let half = self.word(at, "half").map(|end| (end, 0.5));
        half.or_else(|| self.word(at, "quarterhour").map(|end| (end, 0.25)))
    }

    fn one_length(&self, at: usize) -> Option<(usize, f64, Unit)> {
        if let Some(next) = self.word(at, "half") {
            let next = self.number(next).filter(|(_, n)| *n == 1).map_or(next, |(end, _)| end);
            let (end, unit) = self.unit(next).filter(|(_, u)| *u > Unit::Second)?;
            return Some((end, unit.seconds() / 2.0, unit));
        }
        // `a quarter of an hour`, `un cuarto de hora`
        if let Some(next) = self.word(at, "quarterhour").and_then(|end| self.word(end, "of")) {
            let next = self.number(next).filter(|(_, n)| *n == 1).map_or(next, |(end, _)| end);
            let (end, unit) = self.unit(next).filter(|(_, u)| matches!(u, Unit::Hour | Unit::Year))?;
            return Some((end, unit.seconds() / 4.0, unit));
        }
        // `año y medio`
        if let Some((end, unit)) = self.unit(at).filter(|_| self.follows())
            && let Some(end) = self.and(end).and_then(|next| self.word(next, "half"))
        {
            return Some((end, unit.seconds() * 1.5, unit));
        }
        if let Some((end, unit)) = self.word(at, "all").and_then(|next| self.unit(next)) {
            return (unit > Unit::Hour).then_some((end, unit.seconds(), unit));
        }
        if let Some((end, unit)) = self.word(at, "onehalf").and_then(|next| self.unit(next)) {
            return Some((end, unit.seconds() * 1.5, unit));
        }
        let (mut next, n) = self.digits(at, 1, 6).or_else(|| self.spoken(at))?;
        let mut n = n as f64;
        if let Some(sign) = self.sign(next, ".,").filter(|_| self.tight(next))
            && let Some((end, part)) = self.digits(sign, 1, 3).filter(|_| self.tight(sign))
        {
            let places = i32::try_from(self.tokens[sign].word.len()).unwrap_or(0);
            (next, n) = (end, (n * 10f64.powi(places) + part as f64) / 10f64.powi(places));
        } else if let Some((end, share)) = self.and(next).and_then(|and| self.share(and)) {
            // `one and a quarter year`, `dos y media horas`
            (next, n) = (end, n + share);
        }
        let next = self.sign(next, "-").unwrap_or(next);
        let (end, unit) = self.unit(next)?;
        // `a second wave`
        let noun =
            self.tokens.get(end).is_some_and(|t| t.word.chars().all(char::is_alphabetic) && t.word.len() > 3);
        if self.is(at, "a") && self.is(next, "second") && noun {
            return None;
        }
        Some((end, n * unit.seconds(), unit))
    }
}
