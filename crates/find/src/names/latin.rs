//! Names in Dutch, Spanish and English: words with a capital that stand together, and what says of
//! what they are names. One capital at the beginning of a sentence says nothing.

use super::cues::{Latin, cues};
use super::{Found, NameKind};
use plainsight_lens::Gazetteer;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Words that stand in names of persons, made by `data/make.py`; in lower case.
const NAMES: &str = include_str!("../../data/latin.txt");
/// The most words of a person's name that nothing else tells.
const MOST_WORDS: usize = 4;

fn in_names(word: &str) -> bool {
    static SET: OnceLock<HashSet<&str>> = OnceLock::new();
    SET.get_or_init(|| NAMES.lines().collect()).contains(word)
}

/// A word of the line.
struct Word {
    start: usize,
    end: usize,
    text: String,
    lower: String,
    /// Nothing but white space and marks stands before it in its sentence.
    first: bool,
    /// Exactly one blank parts it from the word before.
    beside: bool,
}

impl Word {
    fn capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// An abbreviation: two letters and more, all capital.
    fn all_capital(&self) -> bool {
        self.end - self.start >= 2 && self.text.chars().all(char::is_uppercase)
    }
}

/// The names of a line.
pub(super) fn names(line: &[char], gazetteer: &Gazetteer) -> Vec<Found> {
    let text: String = line.iter().collect();
    let places: HashSet<(usize, usize)> =
        gazetteer.find(&text, None).into_iter().map(|hit| (hit.start, hit.end)).collect();
    let words = words(line);
    let read = Line {
        shouted: words.iter().all(|w| !w.capital() || w.all_capital()),
        words,
        places,
        cues: &cues().latin,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < read.words.len() {
        let end = read.together(at);
        if end > at {
            out.extend(read.name(at, end));
        }
        at = end.max(at + 1);
    }
    out
}

fn words(line: &[char]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let inside = |at: usize| {
        let around = |n: Option<usize>| n.and_then(|n| line.get(n)).is_some_and(|c| c.is_alphanumeric());
        line[at].is_alphanumeric()
            || "'’-&".contains(line[at]) && around(at.checked_sub(1)) && around(Some(at + 1))
    };
    let (mut at, mut last) = (0, 0);
    while at < line.len() {
        if !inside(at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < line.len() && inside(at) {
            at += 1;
        }
        let between = &line[last..start];
        let text: String = line[start..at].iter().collect();
        let lower = text.to_lowercase();
        out.push(Word {
            start,
            end: at,
            text,
            lower,
            first: out.is_empty() || between.iter().any(|c| ".!?:".contains(*c)),
            beside: between.len() == 1 && between[0].is_whitespace(),
        });
        last = at;
    }
    out
}

struct Line<'l> {
    words: Vec<Word>,
    places: HashSet<(usize, usize)>,
    cues: &'l Latin,
    /// Written in capitals: they say nothing.
    shouted: bool,
}

impl Line<'_> {
    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |n| self.words[n].lower.as_str())
    }

    /// Where the words end that stand together from here; here itself where none begins.
    fn together(&self, at: usize) -> usize {
        let word = &self.words[at];
        let little = self.cues.little.contains(word.lower.as_str());
        if !word.capital() || little || self.cues.days.contains(word.lower.as_str()) {
            return at;
        }
        let mut end = at + 1;
        loop {
            let particles = (end..self.words.len())
                .take(2)
                .take_while(|n| {
                    self.words[*n].beside && self.cues.particles.contains(self.words[*n].text.as_str())
                })
                .count();
            // Two names may be joined by a word for “and”, which belongs to neither.
            let and = particles > 0 && matches!(self.words[end].text.as_str(), "y" | "e" | "i");
            let next = end + if and { 0 } else { particles };
            match self.words.get(next) {
                Some(word) if word.beside && word.capital() => end = next + 1,
                _ => return end,
            }
        }
    }

    /// What the words from `at` to `end` are a name of.
    fn name(&self, at: usize, end: usize) -> Option<Found> {
        let words = &self.words[at..end];
        let span = (words[0].start, words[words.len() - 1].end);
        let found = |kind| Some((span.0, span.1, kind));
        let joined: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        if self.places.contains(&span) || self.cues.places.contains(joined.join(" ").as_str()) {
            return found(NameKind::Place);
        }
        let before = self.before(at);
        let titled = self.cues.titles.contains(before);
        if words.len() == 1 {
            return self.one(at, titled).and_then(found);
        }
        if joined.iter().any(|word| self.cues.closing.contains(word)) {
            return found(NameKind::Body);
        }
        // “Premier Jan Lanteerman”: the title is no part of the name.
        if self.cues.titles.contains(joined[0]) {
            return Some((words[1].start, span.1, NameKind::Person));
        }
        let ends_like_a_name = in_names(joined[0]) || in_names(joined[joined.len() - 1]);
        if titled || words.len() <= MOST_WORDS && ends_like_a_name {
            return found(NameKind::Person);
        }
        None
    }

    /// What one word with a capital is a name of.
    fn one(&self, at: usize, titled: bool) -> Option<NameKind> {
        let word = &self.words[at];
        let next = self.words.get(at + 1).map_or("", |next| next.lower.as_str());
        let speaks = self.cues.said.contains(next) || self.cues.said.contains(self.before(at));
        if word.all_capital() && !self.shouted && !word.text.chars().all(|c| "IVXLC".contains(c)) {
            return Some(NameKind::Body);
        }
        if titled {
            return Some(NameKind::Person);
        }
        // A word that only begins a sentence, or names a body or trade, is no name yet.
        if self.cues.closing.contains(word.lower.as_str()) || self.cues.titles.contains(word.lower.as_str()) {
            return None;
        }
        if speaks {
            return Some(NameKind::Person);
        }
        if word.first || self.shouted {
            return None;
        }
        if self.cues.before_place.contains(self.before(at)) {
            return Some(NameKind::Place);
        }
        in_names(&word.lower).then_some(NameKind::Person)
    }
}
