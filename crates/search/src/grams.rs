//! Cuts folded text into the pieces that the index keeps.
//!
//! Scripts that put no spaces between words (Han, kana, Thai) give overlapping
//! pairs, so that a run of characters is a phrase of pairs and no dictionary
//! decides what can be found; all else gives whole words.

use plainsight_text::is_han;

/// A longer word is kept by its head; the hit is verified on the text anyway.
/// Without a bound one line without spaces would be a term of its own size.
const LONGEST_WORD: usize = 96;

/// Tells whether a character belongs to a script written without spaces.
pub fn is_dense(c: char) -> bool {
    is_han(c) || matches!(c as u32, 0x3041..=0x30ff | 0x31f0..=0x31ff | 0x0e00..=0x0eff)
}

/// Tells whether a character belongs to a word of a script with spaces.
pub fn is_spaced(c: char) -> bool {
    c.is_alphanumeric() && !is_dense(c)
}

/// What a [`Pieces`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Pairs of dense characters (one alone where it stands alone), and words.
    Grams,
    /// Single dense characters only.
    Chars,
}

/// A piece with its place: bytes, and its number with a gap between runs, so
/// that a phrase never reaches over a comma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The piece.
    pub text: &'t str,
    /// The byte where it begins.
    pub start: usize,
    /// Its position for phrases.
    pub position: usize,
}

/// The pieces of a folded text, one by one: nothing is collected, so that a
/// large document costs no more than itself.
#[derive(Clone, Debug)]
pub struct Pieces<'t> {
    text: &'t str,
    cut: Cut,
    at: usize,
    position: usize,
    inside_run: bool,
}

impl<'t> Pieces<'t> {
    /// Begins at the head of a folded text.
    pub fn new(text: &'t str, cut: Cut) -> Self {
        Self { text, cut, at: 0, position: 0, inside_run: false }
    }

    fn give(&mut self, start: usize, end: usize, next: usize, gap: usize) -> Option<Piece<'t>> {
        let piece = Piece { text: &self.text[start..end], start, position: self.position };
        self.at = next;
        self.position += gap;
        Some(piece)
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            let start = self.at;
            let rest = &self.text[start..];
            let mut chars = rest.chars();
            let first = chars.next()?;
            let after = start + first.len_utf8();
            if is_dense(first) {
                let pair = chars.next().filter(|c| is_dense(*c));
                match (self.cut, pair) {
                    (Cut::Chars, _) => return self.give(start, after, after, 1),
                    (Cut::Grams, Some(second)) => {
                        self.inside_run = true;
                        return self.give(start, after + second.len_utf8(), after, 1);
                    }
                    (Cut::Grams, None) if !self.inside_run => return self.give(start, after, after, 2),
                    (Cut::Grams, None) => {
                        self.inside_run = false;
                        self.position += 1;
                        self.at = after;
                    }
                }
            } else if is_spaced(first) {
                let length = rest.find(|c| !is_spaced(c)).unwrap_or(rest.len());
                if self.cut == Cut::Grams {
                    let kept = head(&rest[..length]);
                    return self.give(start, start + kept.len(), start + length, 2);
                }
                self.at = start + length;
            } else {
                self.at = after;
            }
        }
    }
}

/// The first [`LONGEST_WORD`] characters.
fn head(word: &str) -> &str {
    word.char_indices().nth(LONGEST_WORD).map_or(word, |(at, _)| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, how: Cut) -> String {
        let all: Vec<String> = Pieces::new(text, how).map(|p| format!("{}{}", p.text, p.position)).collect();
        all.join(" ")
    }

    #[test]
    fn runs_become_pairs_and_words() {
        for (text, grams) in [
            ("警务服务站", "警务0 务服1 服务2 务站3"),
            ("站", "站0"),
            ("站,点", "站0 点2"),
            ("服务,站点", "服务0 站点2"),
            ("在abc 110报警", "在0 abc2 1104 报警6"),
            ("politie-bureau 2018", "politie0 bureau2 20184"),
            ("", ""),
            ("…!?", ""),
        ] {
            assert_eq!(cut(text, Cut::Grams), grams, "{text}");
        }
        assert_eq!(cut("a警务,站", Cut::Chars), "警0 务1 站2");
    }

    #[test]
    fn one_endless_word_is_kept_by_its_head() {
        let long = "a".repeat(100_000);
        let pieces: Vec<Piece> = Pieces::new(&long, Cut::Grams).collect();
        assert_eq!((pieces.len(), pieces[0].text.len()), (1, LONGEST_WORD));
    }
}
