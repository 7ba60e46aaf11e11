//! Days and moments that end where nothing more is known: `2022`, `2022-09`, `2022-09-26T10:00`.

use plainsight_text::Day;

/// How many characters of `2022-09-26T10:00:00` are known.
const YEAR: usize = 4;
const MONTH: usize = 7;
const DAY: usize = 10;
const HOUR: usize = 13;
const MINUTE: usize = 16;
const SECOND: usize = 19;

/// The prefix of an ISO 8601 moment in UTC that a text begins with; what follows is passed
/// over, a part that is zero ends it, and a day that is on no calendar makes it none.
pub(super) fn prefix(text: &str) -> Option<String> {
    let mut at = Scan { rest: text.trim_start() };
    let year = at.year()?;
    let mut parts = [year, 1, 1, 0, 0, 0];
    let mut known = YEAR;
    // Each part: the sign before it, whether a word may go on after it, its least value.
    let steps: [(&[char], bool, i64, usize); 5] = [
        (&['-'], false, 1, MONTH),
        (&['-'], true, 1, DAY),
        (&['T', ' '], false, 0, HOUR),
        (&[':'], false, 0, MINUTE),
        (&[':'], false, 0, SECOND),
    ];
    let mut cut = false;
    let mut read = 0;
    for (at_part, (signs, open, least, precision)) in steps.into_iter().enumerate() {
        let Some(value) = at.part(signs, open) else { break };
        read = precision;
        if value < least {
            cut = true;
        } else {
            parts[at_part + 1] = value;
            if !cut {
                known = precision;
            }
        }
    }
    let zone = if read == SECOND { at.zone() } else { None };
    let [year, month, day, hour, minute, second] = parts;
    let date = Day::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = hour * 3600 + minute * 60 + second - zone.unwrap_or(0);
    let date = match seconds.div_euclid(86_400) {
        0 => date,
        days => beside(date, days > 0)?,
    };
    let clock = seconds.rem_euclid(86_400);
    let text = format!("{date}T{:02}:{:02}:{:02}", clock / 3600, clock / 60 % 60, clock % 60);
    Some(text[..known].to_owned())
}

/// The day after or before.
fn beside(day: Day, after: bool) -> Option<Day> {
    let (year, month, number) = (day.year, day.month, day.day);
    if after {
        return Day::new(year, month, number + 1)
            .or_else(|| Day::new(year, month + 1, 1))
            .or_else(|| Day::new(year + 1, 1, 1));
    }
    let (year, month) = match (number, month) {
        (2.., _) => return Day::new(year, month, number - 1),
        (_, 1) => (year - 1, 12),
        _ => (year, month - 1),
    };
    (28..=31).rev().find_map(|last| Day::new(year, month, last))
}

struct Scan<'t> {
    rest: &'t str,
}

impl Scan<'_> {
    /// A year from 1000 to 2999 that no further digit or letter follows.
    fn year(&mut self) -> Option<i64> {
        let digits = self.rest.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        let year = digits.parse().ok().filter(|year| (1000..3000).contains(year))?;
        self.rest = &self.rest[4..];
        (!self.goes_on()).then_some(year)
    }

    /// A sign and one or two digits; nothing is taken where they do not stand there.
    fn part(&mut self, signs: &[char], open: bool) -> Option<i64> {
        let after = self.rest.strip_prefix(signs)?;
        let length = after.bytes().take(2).take_while(u8::is_ascii_digit).count();
        let value = after.get(..length)?.parse().ok()?;
        let next = Scan { rest: &after[length..] };
        if !open && next.goes_on() {
            return None;
        }
        self.rest = next.rest;
        Some(value)
    }

    /// The offset from UTC in seconds, after fractions of a second of four to six digits.
    fn zone(&self) -> Option<i64> {
        let rest = self.rest.strip_prefix('.').map_or(self.rest, |after| {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let next = Scan { rest: &after[digits..] };
            if (4..=6).contains(&digits) && !next.goes_on() { next.rest } else { self.rest }
        });
        let sign = match rest.bytes().next()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let two =
            |text: &str| text.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse::<i64>().ok();
        let hours = two(&rest[1..])?;
        let after = &rest[3..];
        let after = after.strip_prefix(':').unwrap_or(after);
        let minutes = two(after).filter(|_| !Scan { rest: &after[2..] }.goes_on())?;
        let offset = sign * (hours * 3600 + minutes * 60);
        (offset.abs() < 86_400).then_some(offset)
    }

    /// A digit, letter or low line follows.
    fn goes_on(&self) -> bool {
        self.rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_')
    }
}
