//! A list of words as one automaton: folded once, Latin words with borders.

use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// A list that is compiled when first asked.
pub(crate) type List = LazyLock<Words>;

/// Folded words. They are written as people write them: the fold decides which
/// of several characters stands for a class, and no one can know that by heart.
pub(crate) struct Words {
    words: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl Words {
    /// Folds and compiles.
    pub fn new(words: &[&str]) -> Self {
        let words: Vec<String> = words.iter().map(|word| plainsight_text::fold(word)).collect();
        let automaton = AhoCorasick::new(&words).ok();
        Self { words, automaton }
    }

    /// The words, folded.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether one stands in the folded text; Latin words with borders on both sides.
    pub fn within(&self, folded: &str) -> bool {
        self.hits(folded).any(|(from, to)| {
            !starts_latin(&folded[from..to])
                || left(folded, from) && !folded[to..].starts_with(|c: char| c.is_alphanumeric())
        })
    }

    /// Whether one begins a word of the folded text (notificad-o, notificad-a).
    pub fn begins_in(&self, folded: &str) -> bool {
        self.hits(folded).any(|(from, to)| !starts_latin(&folded[from..to]) || left(folded, from))
    }

    /// Whether the folded text ends with one, as a whole word.
    pub fn ends(&self, folded: &str) -> bool {
        self.iter().any(|word| {
            folded.ends_with(word) && (!starts_latin(word) || left(folded, folded.len() - word.len()))
        })
    }

    /// Where the last whole word of the list ends.
    pub fn last_end(&self, folded: &str) -> Option<usize> {
        self.hits(folded)
            .filter(|(from, to)| {
                !starts_latin(&folded[*from..*to])
                    || left(folded, *from) && !folded[*to..].starts_with(|c: char| c.is_alphanumeric())
            })
            .map(|(_, to)| to)
            .max()
    }

    /// Whether the text is one of them.
    pub fn is(&self, folded: &str) -> bool {
        self.iter().any(|word| word == folded)
    }

    fn hits<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let found = self.automaton.iter().flat_map(move |a| a.find_overlapping_iter(folded));
        found.map(|hit| (hit.start(), hit.end()))
    }
}

fn starts_latin(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
}

fn left(folded: &str, at: usize) -> bool {
    folded[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || plainsight_text::is_han(c))
}

/// Makes a list.
macro_rules! list {
    ($($word:literal),* $(,)?) => {
        std::sync::LazyLock::new(|| $crate::words::Words::new(&[$($word),*]))
    };
}
pub(crate) use list;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_meet_whatever_the_script() {
        static WORDS: List = list!["电话", "in", "wenend"];
        let folded = plainsight_text::fold("聯繫電話");
        assert!(WORDS.within(&folded) && WORDS.ends(&folded) && !WORDS.is(&folded));
        assert!(!WORDS.within("inn") && WORDS.begins_in("wenende") && !WORDS.within("wenende"));
        assert_eq!(WORDS.last_end("in x in y"), Some(7));
    }
}
