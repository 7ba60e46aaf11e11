//! The hour of a stated moment: whether the day may be another where the page was written.

use regex::Regex;
use std::sync::OnceLock;

/// The hour of a stated moment, for what day it may have been where the page was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hour {
    /// A day alone, or a moment in a form we do not know.
    Unknown,
    /// With the distance of a place from UTC: the day is that place's.
    Local,
    Utc(u32),
}

impl Hour {
    /// West of Greenwich at most eleven hours are missing.
    pub(super) fn may_be_before(self) -> bool {
        !matches!(self, Self::Local | Self::Utc(11..))
    }

    /// East of it at most fourteen are gained.
    pub(super) fn may_be_after(self) -> bool {
        !matches!(self, Self::Local | Self::Utc(..10))
    }

    pub(super) fn is_late(self) -> bool {
        matches!(self, Self::Utc(16..))
    }
}

pub(super) fn hour_of(stated: &str) -> Hour {
    static MOMENT: OnceLock<Regex> = OnceLock::new();
    let pattern = MOMENT.get_or_init(|| {
        Regex::new(
            r"\d[T ](\d{2}):\d{2}(?::\d{2}(?:[.:]\d+)?)?\s?(?:(Z|UTC|GMT|\+00:?00)|([+-]\d{2}:?\d{2}))",
        )
        .expect("the pattern is a constant")
    });
    match pattern.captures(stated) {
        Some(found) if found.get(3).is_some() => Hour::Local,
        Some(found) => found[1].parse().map_or(Hour::Unknown, Hour::Utc),
        None => Hour::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_moment_in_utc_near_midnight_may_be_another_day() {
        for (stated, before, after) in [
            ("2023-11-06T12:00:00+00:00", false, true),
            ("2023-11-06T03:10:00Z", true, false),
            ("2023-11-06T23:00Z", false, true),
            ("2023-11-06T07:30:00+01:00", false, false),
            ("2023-11-06", true, true),
        ] {
            let hour = hour_of(stated);
            assert_eq!((hour.may_be_before(), hour.may_be_after()), (before, after), "{stated}");
        }
    }
}
