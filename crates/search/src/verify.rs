//! Finds a needle again in the text itself: the only source of quotes.

use crate::needle::Needle;
use crate::words::{Borders, spelling};
use plainsight_text::{Chars, Folded, fold_with_map};

/// A place where a needle stands: code points of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// Whether it begins and ends at word borders.
    pub word: bool,
}

/// Places per document that are looked at; a text that repeats one character a
/// million times must not fill the memory with quotes.
const MOST_PLACES: usize = 1000;

/// A text made ready for needles.
pub struct Haystack {
    source: Vec<char>,
    folded: Folded,
    chars: Chars,
    spelling: Vec<char>,
}

impl Haystack {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let folded = fold_with_map(text);
        Self { source: text.chars().collect(), chars: Chars::new(&folded.text), folded, spelling: Vec::new() }
    }

    /// The number of code points of the source.
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Cuts code points out of the source.
    pub fn slice(&self, place: &Place) -> String {
        self.source[place.start..place.end].iter().collect()
    }

    /// Finds a needle. Inside a word of a script with spaces it counts only
    /// where `substring` asks for it.
    pub fn find(&mut self, needle: &Needle, substring: bool) -> Vec<Place> {
        let spots = spots(&self.folded.text, &needle.parts);
        if spots.is_empty() {
            return Vec::new();
        }
        if self.spelling.is_empty() {
            self.spelling = spelling(&self.source, &self.folded);
        }
        let mut borders = Borders::new(&self.spelling);
        let mut places: Vec<Place> = Vec::new();
        for (from, to) in spots {
            let (start, end) = (self.chars.code_point(from), self.chars.code_point(to));
            if !self.whole(start) || !self.whole(end) {
                continue;
            }
            let cut = borders.inside_spaced_word(start) || borders.inside_spaced_word(end);
            if cut && !substring {
                continue;
            }
            let word = !cut && (needle.always_word || (borders.at(start) && borders.at(end)));
            let (start, end) = self.folded.source(start, end);
            places.push(Place { start, end, word });
            if places.len() == MOST_PLACES {
                break;
            }
        }
        places
    }

    /// One source character may fold to several (㈱ to three): a place between
    /// those has no place in the source.
    fn whole(&self, at: usize) -> bool {
        at == 0 || self.folded.map.get(at - 1) != self.folded.map.get(at)
    }
}

/// The byte ranges where the parts stand one after the other with nothing but
/// spaces between, from left to right, none overlapping the one before.
fn spots(text: &str, parts: &[String]) -> Vec<(usize, usize)> {
    let Some((first, rest)) = parts.split_first() else { return Vec::new() };
    let mut spots = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find(first.as_str()) {
        let start = from + found;
        match rest.iter().try_fold(start + first.len(), |end, part| after_spaces(text, end, part)) {
            Some(end) => {
                spots.push((start, end));
                from = end;
            }
            None => from = start + first.chars().next().map_or(1, char::len_utf8),
        }
    }
    spots
}

fn after_spaces(text: &str, end: usize, part: &str) -> Option<usize> {
    let rest = &text[end..];
    let bare = rest.trim_start_matches(' ');
    (bare.len() < rest.len() && bare.starts_with(part)).then(|| text.len() - bare.len() + part.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needle::needles;
    use plainsight_text::fold;
    use proptest::prelude::*;

    fn find(query: &str, text: &str, substring: bool) -> String {
        let mut haystack = Haystack::new(text);
        let mut out = Vec::new();
        for needle in needles(query, &[]) {
            for place in haystack.find(&needle, substring) {
                out.push(format!("{}{}", haystack.slice(&place), if place.word { "" } else { "~" }));
            }
        }
        out.join(" ")
    }

    #[test]
    fn places_by_example() {
        for (query, text, found) in [
            ("国安", "中国安全", "国安~"),
            ("国安", "国安,中国安全", "国安 国安~"),
            ("警务", "海外警務聯絡點", "警務"),
            ("安全部", "国家安全部门", "安全部~"),
            ("家安全部", "国家安全部门", "家安全部"),
            ("politie", "Politie en politiebureau", "Politie"),
            ("cafe", "het Cafe\u{301}, een CAFÉ", "Cafe\u{301} CAFÉ"),
            ("\"het oude bureau\"", "Het\n  oude\tbureau", "Het\n  oude\tbureau"),
            ("110", "电话110报警 1100", "110"),
            ("株", "㈱松", ""),
            ("l'avenue", "sur l’Avenue", "l’Avenue"),
        ] {
            assert_eq!(find(query, text, false), found, "{query} in {text}");
        }
        assert_eq!(find("politie", "politiebureau", true), "politie~");
    }

    proptest! {
        #[test]
        fn every_place_is_the_needle_under_fold(
            text in "[中国安全部警務聯絡點ﬁ㈱a-eé\u{301} ,]{0,60}",
            query in "[中国安全部警務a-e]{1,3}",
        ) {
            let mut haystack = Haystack::new(&text);
            for needle in needles(&query, &[]) {
                let wanted = needle.parts.join(" ");
                for place in haystack.find(&needle, true) {
                    prop_assert_eq!(fold(&haystack.slice(&place)), wanted.clone());
                }
            }
        }

        #[test]
        fn nothing_that_stands_there_is_missed(a in "[中国安全部警务]{0,8}", b in "[中国安全部警务]{1,5}", c in "[中国安全部警务]{0,8}") {
            let mut haystack = Haystack::new(&format!("{a}{b}{c}"));
            prop_assert!(!haystack.find(&needles(&b, &[])[0], false).is_empty());
        }

        #[test]
        fn any_text_and_any_query_go_well(text in "\\PC{0,40}", query in "\\PC{0,20}", substring: bool) {
            let mut haystack = Haystack::new(&text);
            for needle in needles(&query, std::slice::from_ref(&text)) {
                for place in haystack.find(&needle, substring) {
                    prop_assert!(place.start < place.end && place.end <= haystack.len());
                }
            }
        }
    }
}
