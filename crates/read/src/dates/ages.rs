//! Decades and centuries.

use super::grammar::{Found, Grammar};
use super::value::What;
use plainsight_text::Day;

impl Grammar<'_> {
    /// `the 1990s`, `'90s`, `nineties`, `jaren '90`, `década de 1990`.
    pub(crate) fn decade(&self, at: usize) -> Found {
        let from = |start: i64| {
            let start = i32::try_from(if start < 100 { 1900 + start } else { start }).ok()?;
            Some(What::Range(Day::new(start, 1, 1)?, Day::new(start + 10, 1, 1)?))
        };
        if let Some((end, ten)) = self.value(at, "decadeword") {
            return Some((end, from(ten)?));
        }
        let led = self.word(at, "decadelead");
        let start = led.unwrap_or(at);
        let start = self.sign(start, "'’‘").unwrap_or(start);
        let (end, n) = self.digits(start, 4, 4).or_else(|| self.digits(start, 2, 2))?;
        if n % 10 != 0 || n > 100 && !(1000..2100).contains(&n) {
            return None;
        }
        let quote = self.sign(end, "'’").unwrap_or(end);
        let ending = (self.is(quote, "s") && self.tight(quote)).then_some(quote + 1);
        match (ending, led) {
            (Some(end), _) => Some((end, from(n)?)),
            (None, Some(_)) => Some((end, from(n)?)),
            _ => None,
        }
    }

    /// `21st century`, `15e eeuw`, `siglo XXI`.
    pub(crate) fn century(&self, at: usize) -> Found {
        let century = |n: i64| {
            let start = i32::try_from((n - 1) * 100).ok()?;
            Some(What::Range(Day::new(start, 1, 1)?, Day::new(start + 100, 1, 1)?))
        };
        if let Some((end, n)) = self.ordinal(at)
            && let Some(end) = self.word(end, "century")
        {
            return Some((end, century(n).filter(|_| (11..=21).contains(&n))?));
        }
        let next = self.word(at, "century").filter(|_| self.follows())?;
        let roman = ["xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi"];
        if let Some(n) = roman.iter().position(|r| self.is(next, r)) {
            return Some((next + 1, century(n as i64 + 15)?));
        }
        let (end, n) = self.spoken(next).filter(|(_, n)| (11..=21).contains(n))?;
        Some((end, century(n)?))
    }
}
