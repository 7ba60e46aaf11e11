//! The Chinese segmenter: whether a string is a word of its dictionary (rule 4), and the words of a run of Han.

use jieba_rs::Jieba;
use std::sync::OnceLock;

/// Tells whether `word` stands in the dictionary. It is loaded on the first question.
pub fn is_word(word: &str) -> bool {
    jieba().has_word(word)
}

/// Cuts a run of Han into words that follow one another without a gap. The segmenter's model of
/// new words stays off: it invents words.
pub(crate) fn cut(run: &str) -> Vec<&str> {
    jieba().cut(run, false).into_iter().map(|token| token.word).collect()
}

fn jieba() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(Jieba::new)
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_by_example() {
        assert!(super::is_word("北京市公安局"));
        assert!(!super::is_word("安局"));
        assert_eq!(super::cut("警务服务在本月"), ["警务", "服务", "在", "本月"]);
    }
}
