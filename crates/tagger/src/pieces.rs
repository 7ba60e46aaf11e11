//! A text as pieces of a model's vocabulary.
//!
//! The cut is the one that models of the BERT family are trained with (Devlin and others 2018, as their
//! paper describes it): Han characters and signs stand alone, other words are cut into the longest pieces
//! that the vocabulary has, and those inside a word begin with `##`. A vocabulary without such pieces is
//! one of characters.

use crate::TaggerError;
use plainsight_text::is_han;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that is cut; a longer one is unknown as a whole, which bounds the work on it.
const LONGEST: usize = 100;
/// Tokens of the largest vocabulary that is read.
const MOST_TOKENS: usize = 1_000_000;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its number in the vocabulary.
    pub id: i32,
    /// Where it begins, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether a word begins with it. Only the tags of such pieces are read, as models are trained.
    pub first: bool,
}

/// A vocabulary.
pub(crate) struct Pieces {
    ids: HashMap<String, i32>,
    unknown: i32,
    by_character: bool,
    /// No token has a capital: the model was trained on small letters without accents.
    small: bool,
}

impl Pieces {
    /// Reads one token a line.
    pub fn read(bytes: &[u8]) -> Result<Self, TaggerError> {
        let wrong = |what: &str| TaggerError::Vocabulary(what.to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut ids = HashMap::new();
        for (token, id) in text.lines().zip(0i32..) {
            if ids.len() >= MOST_TOKENS {
                return Err(wrong("it has more than a million tokens"));
            }
            // Of two equal lines the first counts, as a reader who looks from the top finds it.
            ids.entry(token.trim_end_matches('\r').to_owned()).or_insert(id);
        }
        let unknown = *ids.get("[UNK]").ok_or_else(|| wrong("[UNK] is not in it"))?;
        let words = || ids.keys().filter(|token| !token.starts_with('['));
        let small = !words().any(|token| token.chars().any(char::is_uppercase));
        let by_character = !words().any(|token| token.starts_with("##"));
        Ok(Self { unknown, by_character, small, ids })
    }

    /// What stands before the pieces of a window, where the vocabulary has it.
    pub fn begin(&self) -> Option<i32> {
        self.ids.get("[CLS]").copied()
    }

    /// What stands behind them.
    pub fn end(&self) -> Option<i32> {
        self.ids.get("[SEP]").copied()
    }

    /// Cuts a text. What is only space or control has no piece.
    pub fn cut(&self, letters: &[char]) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let here = letters[at];
            let mut end = at + 1;
            if here.is_whitespace() || here.is_control() {
                at = end;
                continue;
            }
            if !self.by_character && in_word(here) {
                end += letters[end..].iter().take_while(|c| in_word(**c)).count();
            }
            self.word(letters, at, end, &mut out);
            at = end;
        }
        out
    }

    /// The pieces of one word.
    fn word(&self, letters: &[char], start: usize, end: usize, out: &mut Vec<Piece>) {
        let before = out.len();
        let mut at = start;
        while at < end && end - start <= LONGEST {
            let first = at == start;
            let longest = (at + 1..=end).rev().find_map(|to| Some((to, self.id(&letters[at..to], first)?)));
            let Some((to, id)) = longest else { break };
            out.push(Piece { id, start: at, end: to, first });
            at = to;
        }
        if at < end {
            out.truncate(before);
            out.push(Piece { id: self.unknown, start, end, first: true });
        }
    }

    fn id(&self, letters: &[char], first: bool) -> Option<i32> {
        let mut token = if first { String::new() } else { "##".to_owned() };
        if self.small {
            let small = letters.iter().flat_map(|c| c.to_lowercase()).nfd();
            token.extend(small.filter(|c| !is_combining_mark(*c)));
        } else {
            token.extend(letters);
        }
        self.ids.get(&token).copied()
    }
}

/// Whether a letter joins its neighbours to a word.
fn in_word(letter: char) -> bool {
    (letter.is_alphanumeric() || is_combining_mark(letter)) && !is_han(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(vocabulary: &str, text: &str) -> Vec<String> {
        let pieces = Pieces::read(vocabulary.as_bytes()).expect("a vocabulary");
        let letters: Vec<char> = text.chars().collect();
        let word = |p: &Piece| {
            let text: String = letters[p.start..p.end].iter().collect();
            format!(
                "{}{text}{}",
                if p.first { "" } else { "+" },
                if p.id == pieces.unknown { "?" } else { "" }
            )
        };
        pieces.cut(&letters).iter().map(word).collect()
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces_and_han_stands_alone() {
        let cased = "[UNK]\nlan\nlant\n##ern\nBrug\n林\n,";
        assert_eq!(shown(cased, "lantern, 林远"), ["lant", "+ern", ",", "林", "远?"]);
        assert_eq!(shown(cased, "Brug brug"), ["Brug", "brug?"]);
        let small = "[CLS]\n[UNK]\ncafe\n##s\n";
        assert_eq!(shown(small, "Cafés CAFÉ caff"), ["Café", "+s", "CAFÉ", "caff?"]);
        assert_eq!(shown("a\n[UNK]\nb", "ab \u{200b}a"), ["a", "b", "\u{200b}?", "a"]);
    }

    #[test]
    fn a_long_word_is_one_unknown_piece() {
        let cut = shown("[UNK]\na\n##a", &"a".repeat(LONGEST + 1));
        assert_eq!(cut.len(), 1);
        assert_eq!(shown("[UNK]\na\n##a", &"a".repeat(LONGEST)).len(), LONGEST);
    }

    #[test]
    fn what_is_no_vocabulary_says_so() {
        for bytes in [&b""[..], b"a\nb", b"\xff\xfe[UNK]"] {
            let why = Pieces::read(bytes).err().expect("no vocabulary").to_string();
            assert!(why.starts_with("vocab.txt cannot be used") && why.contains("one token a line"), "{why}");
        }
    }
}
