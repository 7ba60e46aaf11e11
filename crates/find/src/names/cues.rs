//! The words by which names are told, from `data/cues.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const FILE: &str = include_str!("../../data/cues.txt");

/// The words of each section of the file.
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// Regions, waters, mountains, sights.
    pub places: BTreeSet<&'static str>,
    /// Bodies known by a short name.
    pub bodies: BTreeSet<&'static str>,
    /// Persons of history with names of two characters.
    pub persons: BTreeSet<&'static str>,
    /// Words beside which a person stands.
    pub roles: BTreeSet<&'static str>,
    /// Words that follow who speaks or acts.
    pub said: BTreeSet<&'static str>,
    /// Words before which a surname stands alone.
    pub titles: BTreeSet<&'static str>,
    /// What closes the name of a body.
    pub closing: BTreeSet<&'static str>,
    /// The same, of one character.
    pub closing_one: BTreeSet<&'static str>,
    /// Closing words that need no place before them.
    pub named_by_kind: BTreeSet<&'static str>,
    /// Bodies that need no other word.
    pub alone: BTreeSet<&'static str>,
    /// Kinds of bodies, and none of their names.
    pub generic: BTreeSet<&'static str>,
    /// What closes the name of a place.
    pub closing_place: BTreeSet<&'static str>,
    /// Nouns that belong to no body behind them.
    pub not_before: BTreeSet<&'static str>,
    /// Words at which the name of a body begins anew.
    pub verbs: BTreeSet<&'static str>,
    /// What only looks like 小 or 老 with a surname.
    pub not_nicknames: BTreeSet<&'static str>,
    /// Words by which people are called behind their names.
    pub courtesies: BTreeSet<&'static str>,
    /// The shortest of them.
    pub kin: BTreeSet<&'static str>,
    /// Words of languages in Latin letters, in lower case.
    pub latin: Latin,
}

/// The words of the sections of Dutch, Spanish and English.
#[derive(Debug, Default)]
pub(super) struct Latin {
    /// Regions and states.
    pub places: BTreeSet<&'static str>,
    /// Words of the names of bodies.
    pub closing: BTreeSet<&'static str>,
    /// Little words that begin sentences.
    pub little: BTreeSet<&'static str>,
    /// Titles, offices, trades.
    pub titles: BTreeSet<&'static str>,
    /// Little words inside names.
    pub particles: BTreeSet<&'static str>,
    /// Days and months.
    pub days: BTreeSet<&'static str>,
    /// Verbs beside who speaks or acts.
    pub said: BTreeSet<&'static str>,
    /// Words before a place.
    pub before_place: BTreeSet<&'static str>,
}

/// The cues that ship with the program.
pub(super) fn cues() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(|| {
        let mut sections: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut section = "";
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(name) => section = name,
                None => sections.entry(section).or_default().extend(line.split_whitespace()),
            }
        }
        let mut take = |name: &str| sections.remove(name).unwrap_or_default();
        Cues {
            places: take("places"),
            bodies: take("bodies"),
            persons: take("persons"),
            roles: take("roles"),
            said: take("said"),
            titles: take("titles"),
            closing: take("closing"),
            closing_one: take("closing-one"),
            named_by_kind: take("named-by-kind"),
            alone: take("alone"),
            generic: take("generic"),
            closing_place: take("closing-place"),
            not_before: take("not-before"),
            verbs: take("verbs"),
            not_nicknames: take("not-nicknames"),
            courtesies: take("courtesies"),
            kin: take("kin"),
            latin: Latin {
                places: take("latin-places"),
                closing: take("latin-closing"),
                little: take("latin-little"),
                titles: take("latin-titles"),
                particles: take("latin-particles"),
                days: take("latin-days"),
                said: take("latin-said"),
                before_place: take("latin-in"),
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_file_is_read_and_none_is_empty() {
        let known = format!("{:?}", cues());
        assert!(!known.contains("{}"), "a section is missing or empty");
        let sections = FILE.lines().filter(|line| line.starts_with('[')).count();
        assert_eq!(sections, 25, "a section that nothing reads");
    }
}
