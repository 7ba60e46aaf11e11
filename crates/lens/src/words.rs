//! Whether a string is a word of the Chinese segmenter's dictionary (rule 4).

use jieba_rs::Jieba;
use std::sync::OnceLock;

/// Tells whether `word` stands in the dictionary. It is loaded on the first question.
pub fn is_word(word: &str) -> bool {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(Jieba::new).has_word(word)
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_by_example() {
        assert!(super::is_word("北京市公安局"));
        assert!(!super::is_word("安局"));
    }
}
