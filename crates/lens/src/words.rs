//! The Chinese segmenter: whether a string is a word of its dictionary (rule 4), the words of a run
//! of Han, and all words that a text may hold.

use jieba_rs::Jieba;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// How often all words of the dictionary were counted together: what a word's own count is a share of.
pub const COUNTED: f64 = 60_101_967.0;

/// A word of the dictionary that stands in a text; others may overlap it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordHit {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// How often it was counted in the texts that the dictionary was made of.
    pub count: usize,
    /// Its kind in the tags of the dictionary: `nr` a person, `ns` a place, `nt` a body, `v` a verb.
    pub kind: String,
}

/// Tells whether `word` stands in the dictionary. It is loaded on the first question.
pub fn is_word(word: &str) -> bool {
    dictionary().has_word(word)
}

/// Cuts a run of Han into words that follow one another without a gap. The segmenter's model of
/// new words stays off: it invents words.
pub(crate) fn cut(run: &str) -> Vec<&str> {
    dictionary().cut(run, false).into_iter().map(|token| token.word).collect()
}

/// Gives every Han word of the dictionary that a text holds, by position, the shorter first.
pub fn words_in(text: &str) -> Vec<WordHit> {
    let mut known: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    let mut out = Vec::new();
    for token in dictionary().cut_all(text) {
        if !token.word.starts_with(plainsight_text::is_han) {
            continue;
        }
        let (count, kind) = known.entry(token.word).or_insert_with(|| looked_up(token.word)).clone();
        if count > 0 {
            out.push(WordHit { start: token.start, end: token.end, count, kind });
        }
    }
    out
}

/// A word's count and kind; none for what is no word.
fn looked_up(word: &str) -> (usize, String) {
    let dictionary = dictionary();
    if !dictionary.has_word(word) {
        return (0, String::new());
    }
    let tags = dictionary.tag(word, false);
    let kind = match tags.as_slice() {
        [whole] => whole.tag,
        // Rarer than its parts together: its last part says what kind of word it is.
        parts => parts.last().map_or("x", |last| last.tag),
    };
    (dictionary.suggest_freq(word), kind.to_owned())
}

fn dictionary() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(Jieba::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_by_example() {
        assert!(is_word("北京市公安局"));
        assert!(!is_word("安局"));
        assert_eq!(cut("警务服务在本月"), ["警务", "服务", "在", "本月"]);
    }

    #[test]
    fn words_of_a_text_overlap_and_bear_their_kind() {
        let text = "ok，北京市公安局";
        let hits = words_in(text);
        let letters: Vec<char> = text.chars().collect();
        let shown: Vec<(String, &str)> = hits
            .iter()
            .map(|hit| (letters[hit.start..hit.end].iter().collect(), hit.kind.as_str()))
            .filter(|(word, _): &(String, _)| word.chars().count() > 1)
            .collect();
        for wanted in [("北京", "ns"), ("北京市", "ns"), ("公安局", "nt")] {
            assert!(
                shown.iter().any(|(word, kind)| (word.as_str(), *kind) == wanted),
                "{wanted:?} in {shown:?}"
            );
        }
        assert!(hits.iter().all(|hit| hit.count > 0 && hit.start < hit.end));
        assert_eq!(words_in("no Han at all"), []);
    }
}
