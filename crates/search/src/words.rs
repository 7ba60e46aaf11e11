//! Word borders in scripts without spaces.
//!
//! The dictionary knows simplified spelling, and the fold picks the smallest
//! code point of a class, which may be the traditional one. So segmentation
//! looks at the source's own characters, with traditional-only ones put into
//! the spelling that the dictionary knows best; offsets are those of the fold.

use crate::grams::is_dense;
use jieba_rs::Jieba;
use plainsight_text::{Folded, ScriptOf, fold_char, script_of};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Runs are segmented in pieces of at most this many characters: hostile text
/// without any comma must not make one enormous graph.
const LONGEST_RUN: usize = 1024;

/// The block that has nearly all characters in use.
const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Respells a text for segmentation; as many code points as its fold has.
pub fn spelling(source: &[char], folded: &Folded) -> Vec<char> {
    let simplified = &dictionary().simplified;
    let pairs = folded.text.chars().zip(&folded.map);
    let respell = |(c, from): (char, &u32)| match source.get(*from as usize) {
        Some(s) if HAN.contains(s) => simplified[*s as usize - *HAN.start() as usize],
        _ => c,
    };
    pairs.map(respell).collect()
}

/// Cuts a respelled run of dense characters into words: the ends, in characters.
fn ends(run: &[char]) -> Vec<usize> {
    let mut ends = Vec::new();
    for (number, part) in run.chunks(LONGEST_RUN).enumerate() {
        let text: String = part.iter().collect();
        let mut at = number * LONGEST_RUN;
        for word in dictionary().jieba.cut(&text, false) {
            at += word.word.chars().count();
            ends.push(at);
        }
    }
    ends
}

/// The words of a respelled text, for the index: dense runs by the dictionary,
/// all else as it stands between spaces and signs.
pub fn words(spelling: &[char]) -> Vec<String> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < spelling.len() {
        let dense = is_dense(spelling[at]);
        let same = |c: &char| c.is_alphanumeric() && is_dense(*c) == dense;
        let length = spelling[at..].iter().take_while(|c| same(c)).count();
        let run = &spelling[at..at + length];
        if dense {
            let mut from = 0;
            for end in ends(run) {
                words.push(run[from..end].iter().collect());
                from = end;
            }
        } else if length > 0 {
            words.push(run.iter().take(96).collect());
        }
        at += length.max(1);
    }
    words
}

/// Answers whether a place of one text is a word border. Asked from left to
/// right it segments each run once.
pub struct Borders<'t> {
    spelling: &'t [char],
    start: usize,
    end: usize,
    ends: Vec<usize>,
}

impl<'t> Borders<'t> {
    /// Looks at a respelled text.
    pub fn new(spelling: &'t [char]) -> Self {
        Self { spelling, start: 0, end: 0, ends: Vec::new() }
    }

    /// Tells whether a word begins or ends before the character at `place`.
    pub fn at(&mut self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|p| self.spelling.get(p));
        let (Some(&before), Some(&after)) = (before, self.spelling.get(place)) else { return true };
        if !before.is_alphanumeric() || !after.is_alphanumeric() || is_dense(before) != is_dense(after) {
            return true;
        }
        if !is_dense(before) {
            return false;
        }
        if !(self.start < place && place < self.end) {
            self.segment(place);
        }
        self.ends.binary_search(&(place - self.start)).is_ok()
    }

    /// Tells whether `place` stands inside a word of a script with spaces.
    pub fn inside_spaced_word(&self, place: usize) -> bool {
        let at = |p: Option<usize>| p.and_then(|p| self.spelling.get(p)).copied();
        let spaced = |c: Option<char>| c.is_some_and(crate::grams::is_spaced);
        spaced(at(place.checked_sub(1))) && spaced(at(Some(place)))
    }

    fn segment(&mut self, place: usize) {
        let is_run = |c: &&char| is_dense(**c);
        let back = self.spelling[..place].iter().rev().take(LONGEST_RUN / 2).take_while(is_run).count();
        let ahead = self.spelling[place..].iter().take(LONGEST_RUN / 2).take_while(is_run).count();
        (self.start, self.end) = (place - back, place + ahead);
        self.ends = ends(&self.spelling[self.start..self.end]);
    }
}

struct Dictionary {
    jieba: Jieba,
    /// For each character of [`HAN`] the spelling that the dictionary has: itself,
    /// unless it is traditional only.
    simplified: Vec<char>,
}

fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        let jieba = Jieba::new();
        let simplified = simplified(&jieba);
        Dictionary { jieba, simplified }
    })
}

/// Gives each traditional-only character the member of its class that the
/// dictionary counts most often.
fn simplified(jieba: &Jieba) -> Vec<char> {
    let mut classes: HashMap<String, Vec<char>> = HashMap::new();
    for c in HAN {
        classes.entry(fold_char(c)).or_default().push(c);
    }
    let traditional = |c: char| script_of(c.encode_utf8(&mut [0; 4])) == ScriptOf::Hant;
    let mut table: Vec<char> = HAN.collect();
    for members in classes.values().filter(|members| members.len() > 1) {
        let known = members.iter().copied().filter(|c| !traditional(*c));
        let best =
            known.max_by_key(|c| (jieba.suggest_freq(c.encode_utf8(&mut [0; 4])), u32::MAX - *c as u32));
        let Some(best) = best else { continue };
        for c in members.iter().filter(|c| traditional(**c)) {
            table[*c as usize - *HAN.start() as usize] = best;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_text::fold_with_map;

    fn cut(text: &str) -> String {
        let source: Vec<char> = text.chars().collect();
        words(&spelling(&source, &fold_with_map(text))).join("|")
    }

    #[test]
    fn both_scripts_have_the_same_words() {
        for (text, expected) in [
            ("中国安全", "中国|安全"),
            ("說明銀行的著名車站", "说明|银行|的|著名|车站"),
            ("说明银行的著名车站", "说明|银行|的|著名|车站"),
            ("Het politiebureau, 110", "het|politiebureau|110"),
            ("电话110报警", "电话|110|报警"),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn borders_by_dictionary_script_and_sign() {
        let text = "中国安全,abc国";
        let source: Vec<char> = text.chars().collect();
        let spelling = spelling(&source, &fold_with_map(text));
        let mut borders = Borders::new(&spelling);
        let found: Vec<usize> = (0..=source.len()).filter(|p| borders.at(*p)).collect();
        assert_eq!(found, [0, 2, 4, 5, 8, 9]);
    }

    #[test]
    fn a_run_without_end_is_cut_in_pieces() {
        let source: Vec<char> = "安".repeat(100_000).chars().collect();
        let mut borders = Borders::new(&source);
        assert!((1..50_000).all(|place| {
            borders.at(place);
            true
        }));
    }
}
