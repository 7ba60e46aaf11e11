//! Patterns that are sought first in a plain picture of the text.
//!
//! A regular expression with Unicode word borders (`\b`) has no fast way through a text with one
//! letter outside ASCII: every engine that keeps up gives up at that letter. So a text gets a
//! picture with one ASCII character for each of its own, a word character for a word character, and a
//! pattern gets the same picture of itself. Wherever the pattern matches, its picture matches the
//! text's, so only there the pattern itself is asked. What is found is what the pattern alone would
//! find.

mod picture;

use crate::Chars;
use picture::picture_of;
use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::captures::Captures as Groups;
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};
use regex_syntax::hir::Hir;
use std::ops::Index;

/// So many places where only the picture matches are tried one by one; then the pattern goes on
/// alone, so that a hostile text costs no square.
const MISSES: usize = 32;

/// The most memory for the states of patterns that are sought together, in bytes.
const TOGETHER: usize = 16 << 20;

/// A text to be searched, with its picture.
#[derive(Clone, Debug)]
pub struct Haystack<'t> {
    text: &'t str,
    /// The picture and the way back; `None` where the text is ASCII and its own picture.
    other: Option<(String, Chars)>,
}

impl<'t> Haystack<'t> {
    /// Draws the picture of a text.
    pub fn new(text: &'t str) -> Self {
        let other = (!text.is_ascii()).then(|| (text.chars().map(picture::of).collect(), Chars::new(text)));
        Self { text, other }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    fn picture(&self) -> &str {
        self.other.as_ref().map_or(self.text, |(picture, _)| picture)
    }

    fn in_picture(&self, byte: usize) -> usize {
        self.other.as_ref().map_or(byte, |(_, chars)| chars.code_point(byte))
    }

    fn in_text(&self, at: usize) -> usize {
        self.other.as_ref().map_or(at, |(_, chars)| chars.byte(at))
    }
}

/// A regular expression with its picture.
#[derive(Clone, Debug)]
pub struct Pattern {
    whole: Regex,
    /// `None` where the pattern keeps up by itself.
    picture: Option<Regex>,
}

impl Pattern {
    /// Compiles a pattern in the syntax of the `regex` crate; fails where that would.
    pub fn new(pattern: &str) -> Result<Self, Box<BuildError>> {
        let whole = Regex::new(pattern).map_err(Box::new)?;
        let picture = picture_of(pattern).and_then(|hir| Regex::builder().build_from_hir(&hir).ok());
        Ok(Self { whole, picture })
    }

    /// Compiles a pattern that stands in the program and never comes from outside.
    ///
    /// # Panics
    ///
    /// Where it is no pattern: a mistake that the first test of its rule shows.
    pub fn constant(pattern: &str) -> Self {
        Self::new(pattern).expect("a pattern of the program, compiled in the tests of its rule")
    }

    /// Tells whether the pattern stands anywhere.
    pub fn is_match(&self, text: &Haystack) -> bool {
        self.captures_at(text, 0).is_some()
    }

    /// Every match from left to right with its groups, as `regex::Regex::captures_iter` gives them.
    pub fn captures_iter<'p, 't>(&'p self, text: &'p Haystack<'t>) -> impl Iterator<Item = Captures<'t>> + 'p
    where
        't: 'p,
    {
        let mut at = Some(0);
        let mut last = None;
        std::iter::from_fn(move || {
            loop {
                let found = self.captures_at(text, at?)?;
                let (start, end) = found.get(0).map(|whole| (whole.start(), whole.end()))?;
                // An empty match directly behind the last one is none, as everywhere.
                let repeated = start == end && last == Some(end);
                at = if start == end { next(text.text, end) } else { Some(end) };
                if !repeated {
                    last = Some(end);
                    return Some(found);
                }
            }
        })
    }

    /// The first match that begins at byte `at` or after it.
    pub fn captures_at<'t>(&self, text: &Haystack<'t>, at: usize) -> Option<Captures<'t>> {
        let mut from = at;
        let mut groups = None;
        let mut ask = |input: Input| {
            let groups = groups.get_or_insert_with(|| self.whole.create_captures());
            self.whole.search_captures(&input, groups);
            groups.is_match().then(|| Captures { text: text.text, groups: groups.clone() })
        };
        if let Some(picture) = &self.picture {
            for _ in 0..MISSES {
                let seen = Input::new(text.picture()).range(text.in_picture(from)..);
                from = text.in_text(picture.find(seen)?.start());
                let found = ask(Input::new(text.text).range(from..).anchored(Anchored::Yes));
                if found.is_some() {
                    return found;
                }
                from = next(text.text, from)?;
            }
        }
        ask(Input::new(text.text).range(from..))
    }
}

/// Patterns that are sought together.
#[derive(Clone, Debug)]
pub struct Patterns {
    all: Vec<Pattern>,
    /// All pictures; `None` where a pattern has none.
    pictures: Option<Regex>,
}

impl Patterns {
    /// Compiles patterns; their numbers are their places in the list.
    pub fn new<'s>(patterns: impl IntoIterator<Item = &'s str>) -> Result<Self, Box<BuildError>> {
        let (mut all, mut pictures) = (Vec::new(), Vec::new());
        for pattern in patterns {
            all.push(Pattern::new(pattern)?);
            pictures.push(picture_of(pattern));
        }
        let config = Config::new()
            .match_kind(MatchKind::All)
            .which_captures(WhichCaptures::None)
            .auto_prefilter(false)
            .hybrid_cache_capacity(TOGETHER)
            .nfa_size_limit(Some(2 * TOGETHER));
        let pictures: Option<Vec<Hir>> = pictures.into_iter().collect();
        let pictures =
            pictures.and_then(|list| Regex::builder().configure(config).build_many_from_hir(&list).ok());
        Ok(Self { all, pictures })
    }

    /// The patterns that may stand in a text, by number: every one that does, and few others. One pass
    /// through the text tells it of all.
    pub fn possible<'p>(&'p self, text: &Haystack) -> impl Iterator<Item = (usize, &'p Pattern)> {
        let set = self.pictures.as_ref().map(|pictures| {
            let mut set = PatternSet::new(pictures.pattern_len());
            pictures.which_overlapping_matches(&Input::new(text.picture()), &mut set);
            set
        });
        let may = move |n: usize| {
            set.as_ref().is_none_or(|set| PatternID::new(n).is_ok_and(|number| set.contains(number)))
        };
        self.all.iter().enumerate().filter(move |(n, _)| may(*n))
    }
}

/// The byte after the character at `at`; `None` behind the last.
fn next(text: &str, at: usize) -> Option<usize> {
    text[at..].chars().next().map(|c| at + c.len_utf8())
}

/// A match with its groups.
#[derive(Clone, Debug)]
pub struct Captures<'t> {
    text: &'t str,
    groups: Groups,
}

/// A piece of the text that a group matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Captures<'t> {
    /// A group by its number; 0 is the whole match.
    pub fn get(&self, number: usize) -> Option<Match<'t>> {
        self.groups.get_group(number).map(|span| self.piece(span))
    }

    /// A group by its name.
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        self.groups.get_group_by_name(name).map(|span| self.piece(span))
    }

    fn piece(&self, span: regex_automata::Span) -> Match<'t> {
        Match { text: self.text, start: span.start, end: span.end }
    }
}

/// The words of a group, empty where it took no part.
impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, number: usize) -> &str {
        self.get(number).map_or("", |piece| piece.as_str())
    }
}

/// The words of a group, empty where it took no part.
impl Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.name(name).map_or("", |piece| piece.as_str())
    }
}

impl<'t> Match<'t> {
    /// Its first byte.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte after its last.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Its words.
    pub fn as_str(&self) -> &'t str {
        &self.text[self.start..self.end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATTERNS: [&str; 9] = [
        r"\b(?P<x>[0-3]?[0-9])\s(?:mei|März|febrúar|août)\b",
        r"(?i)\b(straße|kade|k)\b\s*([0-9]+)?",
        r"(?i)(?:^|[^0-9])(?P<y>(?:19|20)[0-9]{2})(?:\s?年)?(?:[^级]|$)",
        r"(?:[A-ZÀ-Þ][\p{L}'’-]*\s+){1,3}(?:Bv|Zé)?\b",
        r"[”»]\s*,?\s*(\p{L}{2,9})$",
        r"至少|([一二三十]{1,3})(个|個)",
        r"\B[a-z]|\w+é\b",
        r"(?:van )?$",
        r"\d{2,}?",
    ];

    fn agree(pattern: &str, text: &str) -> Result<(), TestCaseError> {
        let plain = regex::Regex::new(pattern).expect("a pattern of this test");
        let ours = Pattern::new(pattern).expect("a pattern of this test");
        let groups = plain.captures_len();
        let wanted: Vec<Vec<Option<(usize, usize)>>> = plain
            .captures_iter(text)
            .map(|c| (0..groups).map(|n| c.get(n).map(|m| (m.start(), m.end()))).collect())
            .collect();
        let haystack = Haystack::new(text);
        let found: Vec<Vec<Option<(usize, usize)>>> = ours
            .captures_iter(&haystack)
            .map(|c| (0..groups).map(|n| c.get(n).map(|m| (m.start(), m.end()))).collect())
            .collect();
        prop_assert_eq!(found, wanted, "{} in {}", pattern, text);
        prop_assert_eq!(ours.is_match(&haystack), plain.is_match(text));
        Ok(())
    }

    #[test]
    fn what_a_pattern_finds_with_its_picture() {
        for text in [
            "op 3 mei, 4 März en 12 août 2021年",
            "an der Straße 5, KADE 7, \u{212a} 9, strasse",
            "“Het is dicht”, zei Zé",
            "Æsir Bv Zé é Éé",
            "至少三十个, 二十個",
            "",
        ] {
            for pattern in PATTERNS {
                agree(pattern, text).expect("the same");
            }
        }
    }

    #[test]
    fn what_is_possible_together_holds_all_that_stand() {
        let patterns = ["\\bmei\\b", "\\b[0-9]+\\b", "\\bœuvre\\b", "\\bjuni\\b"];
        let together = Patterns::new(patterns).expect("patterns of this test");
        for (text, wanted) in
            [("12 mei", vec![0, 1]), ("œuvre", vec![2]), ("juni é", vec![3]), ("meid", vec![]), ("", vec![])]
        {
            let found: Vec<usize> = together.possible(&Haystack::new(text)).map(|(n, _)| n).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_text_of_misses_goes_on_alone() {
        let text = "é ".repeat(100) + "ü";
        agree(r"\b(?:ü|x)\b", &text).expect("the same");
    }

    #[test]
    fn groups_by_number_and_name() {
        let pattern = Pattern::new(r"(?P<day>\d+) (mei)?").expect("a pattern");
        let text = Haystack::new("né 12 juni");
        let found = pattern.captures_at(&text, 0).expect("a match");
        assert_eq!((&found["day"], &found[2], found.get(2)), ("12", "", None));
        assert_eq!(found.name("day").map(|m| (m.start(), m.end())), Some((4, 6)));
    }

    proptest! {
        #[test]
        fn a_picture_hides_no_match(
            text in "[a-eA-ESsKk0-39éÀßſ\u{212a}üŠ年级个一三”»’ ,\n\u{a0}\u{300}]{0,24}",
            words in prop::collection::vec("mei|März|août|1|2021年|Straße|van |Zé|”, ", 0..6),
        ) {
            for pattern in PATTERNS {
                agree(pattern, &text)?;
                agree(pattern, &words.concat())?;
                agree(pattern, &format!("{text}{}{text}", words.join(" ")))?;
            }
        }
    }
}
