//! Agencies as slots: place with division code, level, function, organ, branch.

mod grammar;
mod heads;
mod unplaced;
mod whole;

use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_model::Side;
use plainsight_text::Day;

/// The level of a body, from the division code of its place, never from a suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Of the whole state.
    National,
    /// Of a division with a code of two digits.
    Province,
    /// Of a division with a code of four digits.
    Prefecture,
    /// Of a division with a code of six digits.
    County,
    /// Below a county: a station, an office of a street.
    Below,
}

impl Level {
    /// The word in an agency key.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Below => "below",
        }
    }
}

/// What a body's name says of it; `None` and empty are unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgencySlots {
    /// Where it acts.
    pub place: Option<PlaceRef>,
    /// The key of that place (division code, country code, or folded name).
    pub code: String,
    /// Its level.
    pub level: Option<Level>,
    /// What it does: `public-security`, `state-security`, `overseas-affairs`, …
    pub function: String,
    /// What kind of body it is: `bureau`, `ministry`, `station`, `embassy`, …
    pub organ: String,
    /// The branch or station below it, folded, or its key.
    pub branch: String,
    /// For a mission: the key of the host state.
    pub host: String,
}

/// A parsed agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its slots.
    pub slots: AgencySlots,
    /// `code-or-folded-place|level|function|organ|branch`.
    pub key: String,
    /// On which side it stands, as far as its place and organ tell.
    pub side: Side,
}

/// An agency in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyHit {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// The exact string.
    pub text: String,
    /// Its slots.
    pub slots: AgencySlots,
    /// `code-or-folded-place|level|function|organ|branch`.
    pub key: String,
    /// On which side it stands.
    pub side: Side,
}

/// Reads a whole name as an agency; `None` if it is none. `lang` is not needed:
/// the words of the organ tell the language.
pub fn parse(name: &str, _lang: Option<&str>, gazetteer: &Gazetteer, day: Option<Day>) -> Option<Agency> {
    whole::parse(name, gazetteer, day)
}

/// Finds agencies in a text, by position; they do not overlap, the longest wins.
pub fn find_agencies(text: &str, gazetteer: &Gazetteer, day: Option<Day>) -> Vec<AgencyHit> {
    grammar::find(text, gazetteer, day, heads::heads())
}

/// Tells whether two agency keys may be one body: no slot that both fill
/// differs, but a county lies under its city and a former name under its successor.
pub fn compatible(a: &str, b: &str, gazetteer: &Gazetteer) -> bool {
    if a == b {
        return !a.is_empty();
    }
    let (a, b) = (Key::read(a), Key::read(b));
    let (Some(a), Some(b)) = (a, b) else { return false };
    let same = |x: &str, y: &str| x.is_empty() || y.is_empty() || x == y;
    let nested = a.place != b.place && !a.place.is_empty() && !b.place.is_empty();
    let places = !nested || related(a.place, b.place, gazetteer);
    let levels = nested || same(a.level, b.level);
    let known = !a.place.is_empty() || !b.place.is_empty();
    known
        && places
        && levels
        && same(a.function, b.function)
        && same(a.organ, b.organ)
        && same(a.branch, b.branch)
}

/// Tells whether one place is the direct parent of the other, or its successor.
pub(crate) fn related(a: &str, b: &str, gazetteer: &Gazetteer) -> bool {
    let place = |key: &str| gazetteer.by_key(key).map(|p| gazetteer.get(p));
    let over = |up: &str, low: &str| {
        place(low).is_some_and(|p| p.parent.as_deref() == Some(up) || p.successor.as_deref() == Some(up))
    };
    a == b || over(a, b) || over(b, a)
}

/// The country code that an adjective names: Dutch, Nederlandse, neerlandesa.
pub fn country_adjective(folded: &str) -> Option<&'static str> {
    heads::heads().adjectives.get(folded).map(String::as_str)
}

/// The five parts of an agency key.
pub(crate) struct Key<'a> {
    pub(crate) place: &'a str,
    level: &'a str,
    pub(crate) function: &'a str,
    organ: &'a str,
    branch: &'a str,
}

impl<'a> Key<'a> {
    pub(crate) fn read(key: &'a str) -> Option<Self> {
        let mut parts = key.splitn(5, '|');
        Some(Self {
            place: parts.next()?,
            level: parts.next()?,
            function: parts.next()?,
            organ: parts.next()?,
            branch: parts.next()?,
        })
    }
}

impl AgencySlots {
    /// The key of FRAMES: place, level, function, organ, branch (for a mission its host).
    pub fn key(&self) -> String {
        let level = self.level.map_or("", |level| level.as_str());
        let branch = if self.host.is_empty() { &self.branch } else { &self.host };
        format!("{}|{level}|{}|{}|{branch}", self.code, self.function, self.organ)
    }

    /// On which side such a body stands: one of a state whose divisions the
    /// gazetteer knows by code is of the sending state, its missions abroad are missions.
    pub fn side(&self, gazetteer: &Gazetteer) -> Side {
        if self.function == "mission" {
            return Side::SendingMission;
        }
        let Some(country) = self.place.and_then(|place| gazetteer.country_of(place)) else {
            return Side::Unknown;
        };
        match (gazetteer.has_divisions(country), self.function.as_str(), self.organ.as_str()) {
            (true, "foreign-affairs", "ministry") => Side::SendingMission,
            (true, ..) => Side::SendingBody,
            (false, ..) => Side::HostState,
        }
    }
}

#[cfg(test)]
mod tests;
