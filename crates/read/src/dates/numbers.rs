//! Numbers, ordinals and years, in digits and in words.

use super::grammar::Grammar;

impl Grammar<'_> {
    /// 12, twelve, twenty-two, treinta y cinco.
    pub(crate) fn number(&self, at: usize) -> Option<(usize, i64)> {
        self.digits(at, 1, 4).or_else(|| self.spoken(at))
    }

    /// A number below a hundred in words.
    pub(crate) fn spoken(&self, at: usize) -> Option<(usize, i64)> {
        let (end, n) = self.value(at, "num")?;
        if (20..100).contains(&n) && n % 10 == 0 {
            let next = self.sign(end, "-").or_else(|| self.word(end, "tensand")).unwrap_or(end);
            if let Some((end, more)) = self.value(next, "num").filter(|(_, m)| (1..10).contains(m)) {
                return Some((end, n + more));
            }
        }
        Some((end, n)).filter(|(_, n)| *n < 100)
    }

    /// first, twenty third, vijfentwintigste, 3rd, 15e.
    pub(crate) fn ordinal(&self, at: usize) -> Option<(usize, i64)> {
        if let Some((end, n)) = self.digits(at, 1, 2) {
            return self.word(end, "suffix").filter(|_| self.tight(end)).map(|end| (end, n));
        }
        if let Some((end, tens)) = self.value(at, "num").filter(|(_, n)| matches!(n, 20 | 30)) {
            let next = self.sign(end, "-").unwrap_or(end);
            if let Some((end, n)) = self.value(next, "ord").filter(|(_, n)| *n < 10) {
                return Some((end, tens + n));
            }
        }
        self.value(at, "ord")
    }

    /// The number of a day of a month.
    pub(crate) fn day_number(&self, at: usize) -> Option<(usize, i64)> {
        let found = self.ordinal(at).or_else(|| self.digits(at, 1, 2)).or_else(|| self.spoken(at));
        found.filter(|(_, n)| (1..=31).contains(n))
    }

    /// A year in four digits, or in words: nineteen eighty six, dos mil quince.
    pub(crate) fn year(&self, at: usize) -> Option<(usize, i64)> {
        if let Some((end, year)) = self.digits(at, 4, 4) {
            return (1500..=2099).contains(&year).then_some((end, year));
        }
        let (end, first) = self.value(at, "num")?;
        let (mut end, mut year) = if first == 2000 || first == 1000 && self.follows() {
            (end, first)
        } else if let Some(end) = self.value(end, "num").filter(|(_, n)| *n == 1000 && first < 3).map(|n| n.0)
        {
            (end, first * 1000)
        } else {
            let (end, rest) = self.spoken(end).filter(|(_, n)| *n > 9 && matches!(first, 18..=20))?;
            return Some((end, first * 100 + rest));
        };
        if let Some((next, hundreds)) = self.value(end, "num").filter(|(_, n)| *n == 900) {
            (end, year) = (next, year + hundreds);
        }
        let next = if self.is(end, "and") { end + 1 } else { end };
        if let Some((next, rest)) = self.spoken(next) {
            (end, year) = (next, year + rest);
        }
        Some((end, year))
    }

    /// A year after a month or a feast: `, 2019`, `de 2019`, `of '87`, `in the year 2011`.
    pub(crate) fn year_after(&self, at: usize) -> Option<(usize, i64)> {
        let start = self.sign(at, ".").unwrap_or(at);
        let start = self.sign(start, ",-/").unwrap_or(start);
        let of = self.word(start, "of");
        let start = of.unwrap_or(start);
        let start = self.skip(self.skip(start, "art"), "yearword");
        self.year(start).or_else(|| {
            let quote = self.sign(start, "'’‘");
            let (end, n) = self.digits(quote.unwrap_or(start), 2, 2).filter(|_| of.or(quote).is_some())?;
            (n > 31 || quote.is_some()).then_some((end, if n < 40 { 2000 + n } else { 1900 + n }))
        })
    }
}
