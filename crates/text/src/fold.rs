//! Folding: one frozen table, character by character (DESIGN.md section 6).
//!
//! fold(ab) = fold(a) fold(b), so the fold of a substring is the substring of
//! the fold, and the offset map is the identity on Han.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// OpenCC's table of traditional characters (Apache-2.0; see THIRD-PARTY.toml).
const TABLE: &str = include_str!("../data/TSCharacters.txt");

/// A folded string that knows where each of its characters came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The folded string.
    pub text: String,
    /// For each code point of `text` the code point of the source that made
    /// it, and at the end the number of code points of the source.
    pub map: Vec<u32>,
}

impl Folded {
    /// The range of the source behind `start..end` of the fold (code points).
    /// Marks that folded to nothing belong to the letter before them.
    pub fn source(&self, start: usize, end: usize) -> (usize, usize) {
        let last = self.map.len().saturating_sub(1);
        let (start, end) = (start.min(last), end.min(last));
        let from = self.map[start] as usize;
        if end <= start {
            return (from, from);
        }
        let to = (self.map[end] as usize).max(self.map[end - 1] as usize + 1);
        (from, to)
    }
}

/// Folds a string.
///
/// ```
/// assert_eq!(plainsight_text::fold("ＡＢ Ｃafé 警務"), plainsight_text::fold("ab cafe 警务"));
/// ```
pub fn fold(text: &str) -> String {
    let tables = tables();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push(c, tables, &mut out);
    }
    out
}

/// Folds a string and keeps the way back.
pub fn fold_with_map(text: &str) -> Folded {
    let tables = tables();
    let mut out = String::with_capacity(text.len());
    let mut map = Vec::with_capacity(text.len() / 2);
    let mut number = 0u32;
    for c in text.chars() {
        match tables.one(c) {
            Some(one) => {
                out.push(one);
                map.push(number);
            }
            None => {
                let before = out.len();
                slow(c, tables, &mut out);
                map.extend(out[before..].chars().map(|_| number));
            }
        }
        number += 1;
    }
    map.push(number);
    Folded { text: out, map }
}

/// Folds one character: none, one or several come out.
pub fn fold_char(c: char) -> String {
    let mut out = String::new();
    push(c, tables(), &mut out);
    out
}

/// Gives the simplified spelling of a character: the first value of its row, followed until nothing
/// changes. It is for looking words up in a dictionary; names are compared by their folds.
///
/// ```
/// assert_eq!("鄭麗娟".chars().map(plainsight_text::simplified).collect::<String>(), "郑丽娟");
/// ```
pub fn simplified(c: char) -> char {
    static FIRST: OnceLock<HashMap<char, char>> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        rows().filter_map(|(key, values)| Some((key, *values.first()?))).filter(|(key, v)| key != v).collect()
    });
    let mut spelled = c;
    // The table has no longer chain; the bound is for one that somebody spoils.
    for _ in 0..4 {
        match first.get(&spelled) {
            Some(next) => spelled = *next,
            None => break,
        }
    }
    spelled
}

/// The first character that a character folds to; itself where it folds to none.
pub fn fold_first(c: char) -> char {
    let tables = tables();
    tables.one(c).unwrap_or_else(|| {
        let mut out = String::new();
        slow(c, tables, &mut out);
        out.chars().next().unwrap_or(c)
    })
}

fn push(c: char, tables: &Tables, out: &mut String) {
    match tables.one(c) {
        Some(one) => out.push(one),
        None => slow(c, tables, out),
    }
}

fn slow(c: char, tables: &Tables, out: &mut String) {
    for part in std::iter::once(c).nfkc() {
        if part.is_whitespace() {
            out.push(' ');
            continue;
        }
        for lower in part.to_lowercase() {
            // Letters of Latin, Cyrillic and Arabic lose their marks; a mark
            // that stands alone is one that belonged to the letter before it.
            if strips_marks(lower) {
                out.extend(std::iter::once(lower).nfd().filter(|d| !is_stripped_mark(*d)).map(apostrophe));
            } else if !is_stripped_mark(lower) {
                out.push(tables.class(apostrophe(lower)));
            }
        }
    }
}

fn apostrophe(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => '\'',
        other => other,
    }
}

fn strips_marks(c: char) -> bool {
    matches!(c as u32, 0xc0..=0x24f | 0x1e00..=0x1eff | 0x400..=0x52f | 0x620..=0x6ff)
}

fn is_stripped_mark(c: char) -> bool {
    is_combining_mark(c)
        && matches!(c as u32, 0x300..=0x36f | 0x483..=0x489 | 0x610..=0x61a | 0x64b..=0x65f | 0x670)
}

struct Tables {
    /// The class of each character of the block U+4E00 to U+9FFF.
    han: Vec<char>,
    /// Characters of other blocks that have a class.
    rest: HashMap<char, char>,
    /// What the characters of [`OFTEN`] fold to; `None` where that is not one character.
    often: Vec<Option<char>>,
}

/// Blocks that most texts hold beside ASCII and Han: Latin letters with marks, punctuation, full-width forms.
const OFTEN: [RangeInclusive<u32>; 4] = [0x80..=0x24f, 0x2000..=0x206f, 0x3000..=0x303f, 0xff00..=0xffef];

/// The place of a character in the table of those blocks.
fn often(c: char) -> Option<usize> {
    let mut before = 0;
    for block in &OFTEN {
        if block.contains(&(c as u32)) {
            return Some(before + (c as u32 - block.start()) as usize);
        }
        before += (block.end() - block.start() + 1) as usize;
    }
    None
}

impl Tables {
    /// What most characters fold to without much ado: ASCII, and Han by its class.
    fn one(&self, c: char) -> Option<char> {
        if c.is_ascii() {
            let space = c.is_ascii_whitespace() || c == '\u{b}';
            return Some(if space { ' ' } else { c.to_ascii_lowercase() });
        }
        if ('\u{4e00}'..='\u{9fff}').contains(&c) {
            return Some(self.han[c as usize - 0x4e00]);
        }
        match often(c) {
            Some(at) => self.often[at],
            None => self.rest.get(&c).copied(),
        }
    }

    fn class(&self, c: char) -> char {
        if ('\u{4e00}'..='\u{9fff}').contains(&c) {
            self.han[c as usize - 0x4e00]
        } else {
            self.rest.get(&c).copied().unwrap_or(c)
        }
    }
}

/// The rows as classes: whatever a row joins is one class, and the smallest
/// code point stands for it. Following each row's first value until nothing
/// changes joins the same characters.
fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut parent: HashMap<char, char> = HashMap::new();
        for (key, values) in rows() {
            for value in values {
                join(&mut parent, key, value);
            }
        }
        // OpenCC's table lacks this pair; both spellings stand in the same words.
        join(&mut parent, '著', '着');
        let members: Vec<char> = parent.keys().copied().collect();
        let mut han: Vec<char> = ('\u{4e00}'..='\u{9fff}').collect();
        let mut rest = HashMap::new();
        for member in members {
            let class = root(&parent, member);
            if ('\u{4e00}'..='\u{9fff}').contains(&member) {
                han[member as usize - 0x4e00] = class;
            } else {
                rest.insert(member, class);
            }
        }
        let mut tables = Tables { han, rest, often: Vec::new() };
        let letters = OFTEN.into_iter().flatten().filter_map(char::from_u32);
        let folded: Vec<Option<char>> = letters
            .map(|c| {
                let mut out = String::new();
                match tables.rest.get(&c) {
                    Some(class) => out.push(*class),
                    None => slow(c, &tables, &mut out),
                }
                let mut all = out.chars();
                all.next().filter(|_| all.next().is_none())
            })
            .collect();
        tables.often = folded;
        tables
    })
}

/// The rows of the table: a traditional character and its simplified ones.
pub(crate) fn rows() -> impl Iterator<Item = (char, Vec<char>)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, values) = line.split_once('\t')?;
        let values = values.split(' ').filter_map(|v| v.trim().chars().next()).collect();
        Some((key.chars().next()?, values))
    })
}

fn root(parent: &HashMap<char, char>, mut c: char) -> char {
    while let Some(&up) = parent.get(&c) {
        if up == c {
            break;
        }
        c = up;
    }
    c
}

fn join(parent: &mut HashMap<char, char>, a: char, b: char) {
    let (a, b) = (*parent.entry(a).or_insert(a), *parent.entry(b).or_insert(b));
    let (a, b) = (root(parent, a), root(parent, b));
    let (low, high) = (a.min(b), a.max(b));
    parent.insert(high, low);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_thing_fold_to_one_string() {
        for (a, b) in [
            ("警務聯絡點", "警务联络点"),
            ("薴", "苎"),
            ("苧", "苎"),
            ("著名", "着名"),
            ("李乾", "李干"),
            ("１１０", "110"),
            ("Café", "cafe\u{301}"),
            ("l’Avenue", "l'avenue"),
            ("йод", "иод"),
            ("أمن", "امن"),
            ("a\u{3000}b\tc", "a b c"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_ne!(fold("国安"), fold("国按"));
    }

    #[test]
    fn the_way_back_takes_marks_along() {
        let folded = fold_with_map("Cafe\u{301} 警務");
        assert_eq!(folded.text, fold("cafe 警务"));
        assert_eq!(folded.source(3, 4), (3, 5));
        assert_eq!(folded.source(5, 7), (6, 8));
        assert_eq!(folded.source(2, 2), (2, 2));
    }

    #[test]
    fn what_is_kept_for_often_met_characters_is_what_the_rules_make() {
        for c in OFTEN.into_iter().flatten().filter_map(char::from_u32) {
            let mut made = String::new();
            slow(c, tables(), &mut made);
            if !tables().rest.contains_key(&c) {
                assert_eq!(fold_char(c), made, "{c}");
            }
            assert_eq!(fold_first(c), fold_char(c).chars().next().unwrap_or(c), "{c}");
        }
    }

    proptest! {
        #[test]
        fn the_fold_of_a_substring_is_the_substring_of_the_fold(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            prop_assert_eq!(fold(&format!("{a}{b}")), format!("{}{}", fold(&a), fold(&b)));
        }

        #[test]
        fn folding_twice_changes_nothing(a in "[一-龥a-zA-Z0-9 éüñ]{0,20}") {
            let once = fold(&a);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_map_is_the_identity_on_han(a in "[一-龥]{1,20}") {
            let folded = fold_with_map(&a);
            prop_assert_eq!(folded.map, (0..=a.chars().count() as u32).collect::<Vec<_>>());
        }
    }
}
