//! How likely a run of characters is a name, by how often each of them stands in one.
//!
//! A Chinese name: the share of its surname among surnames times the shares of its given characters in
//! their places. A foreign one: a chain of characters, each after the one before, as names are written
//! when they are transcribed. Both as natural logarithms, so that they can be set beside the share of a
//! word of the dictionary (`lattice.rs`). The tables are made by `data/make.py`.

use std::collections::HashMap;
use std::sync::OnceLock;

const CHARACTERS: &str = include_str!("../../data/characters.csv");
const PAIRS: &str = include_str!("../../data/foreign.txt");

/// Names of three and more characters, of two, and foreign ones among all words of a text. Guessed
/// once and tuned on the training part of the Weibo set alone.
const SHARE_LONG: f64 = 0.012;
const SHARE_SHORT: f64 = 0.004;
const SHARE_FOREIGN: f64 = 0.004;
/// What a character counts that was never seen in its place.
const UNSEEN: f64 = 0.3;
const UNSEEN_ONLY: f64 = 0.05;
/// The second character of a given name says a little of one that stands alone.
const ONLY: f64 = 3.0;
const SECOND_AS_ONLY: f64 = 0.4;
/// How much of a foreign name's chain comes from the pair, and how much from the character alone.
const BY_PAIR: f64 = 0.8;
/// The chance that a foreign name ends, where the pair does not tell.
const ENDS: f64 = 0.2;

#[derive(Clone, Copy, Default)]
struct Counts {
    first: f64,
    second: f64,
    only: f64,
    foreign: f64,
}

/// The tables.
pub(super) struct Chances {
    surnames: HashMap<String, f64>,
    characters: HashMap<char, Counts>,
    pairs: HashMap<(char, char), f64>,
    sum: Sums,
}

#[derive(Default)]
struct Sums {
    surnames: f64,
    first: f64,
    only: f64,
    foreign: f64,
    names: f64,
}

/// The tables that ship with the program.
pub(super) fn chances() -> &'static Chances {
    static CHANCES: OnceLock<Chances> = OnceLock::new();
    CHANCES.get_or_init(Chances::read)
}

impl Chances {
    fn read() -> Self {
        let mut out = Self {
            surnames: HashMap::new(),
            characters: HashMap::new(),
            pairs: HashMap::new(),
            sum: Sums::default(),
        };
        for line in CHARACTERS.lines().skip(1) {
            let mut cells = line.split(',');
            let name = cells.next().unwrap_or_default();
            let mut number = || cells.next().and_then(|cell| cell.parse::<f64>().ok()).unwrap_or(0.0);
            let (surname, first, second, only, foreign) = (number(), number(), number(), number(), number());
            if surname > 0.0 {
                out.surnames.insert(name.to_owned(), surname);
            }
            out.sum.surnames += surname;
            out.sum.first += first;
            out.sum.only += only;
            out.sum.foreign += foreign;
            let mut letters = name.chars();
            if let (Some(c), None) = (letters.next(), letters.next()) {
                out.characters.insert(c, Counts { first, second, only, foreign });
            }
        }
        for line in PAIRS.lines() {
            let mut letters = line.chars();
            let (Some(a), Some(b)) = (letters.next(), letters.next()) else { continue };
            let Some(count) = letters.as_str().trim().parse::<f64>().ok() else { continue };
            out.pairs.insert((a, b), count);
            if a == '^' {
                out.sum.names += count;
            }
        }
        out
    }

    /// How often a surname was seen; 0 for what is none.
    pub fn surname(&self, surname: &[char]) -> f64 {
        match surname {
            [c] => self.surnames.get(c.encode_utf8(&mut [0; 4]) as &str).copied().unwrap_or(0.0),
            _ => self.surnames.get(&surname.iter().collect::<String>()).copied().unwrap_or(0.0),
        }
    }

    fn of(&self, c: char) -> Counts {
        self.characters.get(&c).copied().unwrap_or_default()
    }

    /// How often a character ended a given name.
    pub fn ends_given(&self, c: char) -> f64 {
        let counts = self.of(c);
        counts.second + ONLY * counts.only
    }

    /// The chance of a Chinese name whose surname has so many characters, among all words.
    pub fn chinese(&self, name: &[char], surname: usize) -> Option<f64> {
        let share = if name.len() - surname == 2 { SHARE_LONG } else { SHARE_SHORT };
        Some(share.ln() + self.given_it_is_chinese(name, surname)?)
    }

    fn given_it_is_chinese(&self, name: &[char], surname: usize) -> Option<f64> {
        let (surname, given) = name.split_at_checked(surname)?;
        let seen = self.surname(surname);
        if seen == 0.0 {
            return None;
        }
        let given = match given {
            [a, b] => {
                let (a, b) = (self.of(*a).first + UNSEEN, self.of(*b).second + UNSEEN);
                (a / self.sum.first).ln() + (b / self.sum.first).ln()
            }
            [c] => {
                let c = self.of(*c);
                let all = self.sum.only * ONLY + self.sum.first * SECOND_AS_ONLY;
                ((c.only * ONLY + c.second * SECOND_AS_ONLY + UNSEEN_ONLY) / all).ln()
            }
            _ => return None,
        };
        Some((seen / self.sum.surnames).ln() + given)
    }

    /// How well characters make a Chinese name, whatever the share of names; far below zero for none.
    pub fn like_chinese(&self, name: &[char]) -> f64 {
        let with = |surname: usize| self.given_it_is_chinese(name, surname);
        let best = [1, 2].into_iter().filter(|n| *n < name.len()).filter_map(with).reduce(f64::max);
        best.unwrap_or(-99.0)
    }

    /// Whether a character stands in foreign names.
    pub fn is_foreign(&self, c: char) -> bool {
        self.of(c).foreign >= 2.0
    }

    /// The chance of a foreign name, among all words.
    pub fn foreign(&self, name: &[char]) -> f64 {
        SHARE_FOREIGN.ln() + self.chain(name)
    }

    /// How well characters follow each other as in foreign names, a character.
    pub fn like_foreign(&self, name: &[char]) -> f64 {
        self.chain(name) / (name.len() + 1) as f64
    }

    fn chain(&self, name: &[char]) -> f64 {
        let mut before = '^';
        let mut sum = 0.0;
        for c in name.iter().copied().chain(['$']) {
            let times = if before == '^' { self.sum.names } else { self.of(before).foreign };
            let pair = self.pairs.get(&(before, c)).copied().unwrap_or(0.0);
            let by_pair = if times > 0.0 { pair / times } else { 0.0 };
            let alone = if c == '$' { ENDS } else { (self.of(c).foreign + 0.01) / self.sum.foreign };
            sum += (BY_PAIR * by_pair + (1.0 - BY_PAIR) * alone).ln();
            before = c;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(name: &str) -> Vec<char> {
        name.chars().collect()
    }

    #[test]
    fn names_are_likelier_than_words() {
        let chances = chances();
        for (name, word) in
            [("陈远航", "高速公"), ("王建国", "方针政"), ("林明", "方面"), ("欧阳清", "南方各")]
        {
            let (name, word) = (letters(name), letters(word));
            assert!(chances.like_chinese(&name) > chances.like_chinese(&word), "{name:?} {word:?}");
        }
        for (name, word) in [("韦斯特兰", "科教兴国"), ("诺尔曼", "今天上午"), ("阿卜杜拉", "有利于")]
        {
            let (name, word) = (letters(name), letters(word));
            assert!(chances.like_foreign(&name) > chances.like_foreign(&word) + 1.0, "{name:?} {word:?}");
        }
        assert_eq!(chances.chinese(&letters("的远航"), 1), None, "的 is no surname");
        assert!(chances.foreign(&[]).is_finite() && chances.like_chinese(&[]) < -90.0);
    }
}
