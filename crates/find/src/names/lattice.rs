//! The likeliest cut of a run into words, where words of the dictionary, known places and bodies,
//! and possible names of persons compete.
//!
//! Each candidate costs the logarithm of its share among words: a word what the dictionary counted, a
//! name what its characters say (`chances.rs`). The best path from the left is the cut (Viterbi).

use super::chances::{Chances, chances};
use super::cues::{Cues, cues};
use plainsight_lens::{COUNTED, Gazetteer, words_in};
use plainsight_text::is_han;

/// What a word of a cut is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A place of the gazetteer or of the cues.
    Place,
    /// A body of the cues.
    Body,
    /// A possible Chinese name.
    Chinese,
    /// A possible foreign name.
    Foreign,
    /// The dictionary says a person, a place, a body; it is often wrong.
    SaidPerson,
    SaidPlace,
    SaidBody,
    /// A noun or what stands before one.
    Noun,
    /// A verb, adjective, adverb, conjunction, pronoun.
    Verb,
    /// Letters and digits of other scripts.
    Letters,
    /// Anything else.
    Other,
}

/// A word of the cut.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// How often the dictionary counted it; 0 where it does not know it.
    pub count: usize,
    pub text: String,
}

/// The longest word that is looked up among the cues, and the longest foreign name in one piece.
const LONGEST: usize = 14;
/// What a known place or body costs at most; a body of two characters is met less often.
const KNOWN: f64 = -14.0;
const KNOWN_SHORT: f64 = -13.0;
/// What letters of other scripts cost.
const LETTERS: f64 = -10.0;
/// What stands beside a name makes it likelier: a role before, a verb or role behind, another name
/// before; and a run that is nothing else. What makes it less likely: a surname that is an everyday
/// word, a word for a prize behind. Tuned on the training part of the Weibo set and by reading.
const AFTER_ROLE: f64 = 2.0;
const BEFORE_VERB: f64 = 1.5;
const AFTER_NAME: f64 = 1.2;
const WHOLE_LONG: f64 = 2.5;
const WHOLE_SHORT: f64 = 1.0;
const EVERYDAY: f64 = -1.5;
const PRIZE: f64 = -3.0;
/// Surnames that are everyday words.
pub(super) const EVERYDAY_SURNAMES: &str = "高金白石古洪温黄马安明文武水毛林何向任连光科方和时成应常平谷计车万里英强项冷年司柏关路边解全管盛花温游牛安宁易都乐于卓党国";
/// Marks between the parts of a foreign name, and one between two places.
pub(super) const DOTS: &str = "·•・‧．";
const DASH: char = '—';
/// States in one character.
const STATES: &str = "中美日俄德英法韩朝印";
const REPUBLIC: &str = "中华人民共和国";

/// Cuts the runs of a line; letters are in their simplified spelling.
pub(super) fn cut(letters: &[char], gazetteer: &Gazetteer) -> Vec<Word> {
    let text: String = letters.iter().collect();
    let mut known: Vec<Vec<(usize, usize, Kind)>> = vec![Vec::new(); letters.len()];
    for hit in words_in(&text) {
        if let Some(at) = known.get_mut(hit.start) {
            at.push((hit.end, hit.count, kind_of(&hit.kind)));
        }
    }
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); letters.len()];
    for hit in gazetteer.find(&text, None) {
        if let Some(at) = places.get_mut(hit.start) {
            at.push(hit.end);
        }
    }
    let table = Table { letters, known, places, cues: cues(), chances: chances() };
    let mut out = Vec::new();
    let in_run = |c: char| is_han(c) || c.is_ascii_alphanumeric() || DOTS.contains(c) || c == DASH;
    let mut start = 0;
    while start < letters.len() {
        let end = start + letters[start..].iter().take_while(|c| in_run(**c)).count();
        // A word in square brackets is a picture of a chat, and no name.
        let picture =
            start > 0 && letters[start - 1] == '[' && letters.get(end) == Some(&']') && end - start <= 4;
        if end > start && !picture {
            table.cut_run(start, end, &mut out);
        }
        start = end.max(start) + 1;
    }
    out
}

/// The kinds of the dictionary's tags.
fn kind_of(tag: &str) -> Kind {
    match tag {
        "nr" | "nrt" | "nrfg" => Kind::SaidPerson,
        "ns" => Kind::SaidPlace,
        "nt" => Kind::SaidBody,
        "n" | "vn" | "nz" | "j" | "b" | "ng" | "g" | "an" | "l" | "s" | "i" | "x" | "f" | "m" => Kind::Noun,
        "v" | "a" | "d" | "c" | "r" => Kind::Verb,
        _ => Kind::Other,
    }
}

struct Table<'t> {
    letters: &'t [char],
    /// Where each word of the dictionary ends, its count and kind, by where it begins.
    known: Vec<Vec<(usize, usize, Kind)>>,
    /// Where each place ends, by where it begins.
    places: Vec<Vec<usize>>,
    cues: &'t Cues,
    chances: &'t Chances,
}

/// The best way to a position.
#[derive(Clone, Copy)]
struct Way {
    chance: f64,
    from: usize,
    kind: Kind,
    count: usize,
}

/// The best ways to the positions of a run.
struct Ways {
    start: usize,
    best: Vec<Option<Way>>,
}

impl Ways {
    fn to(&self, at: usize) -> Option<Way> {
        self.best.get(at - self.start).copied().flatten()
    }

    fn offer(&mut self, from: usize, to: usize, cost: f64, kind: Kind, count: usize) {
        let Some(before) = self.to(from) else { return };
        let chance = before.chance + cost;
        if let Some(place) = self.best.get_mut(to - self.start)
            && place.is_none_or(|old| chance > old.chance)
        {
            *place = Some(Way { chance, from, kind, count });
        }
    }
}

impl Table<'_> {
    fn cut_run(&self, start: usize, end: usize, out: &mut Vec<Word>) {
        let mut ways = Ways { start, best: vec![None; end - start + 1] };
        ways.best[0] = Some(Way { chance: 0.0, from: start, kind: Kind::Other, count: 0 });
        for at in start..end {
            if ways.to(at).is_none() {
                continue;
            }
            if is_han(self.letters[at]) {
                self.words(at, end, &mut ways);
                self.chinese(at, start..end, &mut ways);
                self.foreign(at, start..end, &mut ways);
            } else {
                let is_word = |c: &&char| c.is_ascii_alphanumeric();
                let length = self.letters[at..end].iter().take_while(is_word).count();
                let kind = if length > 0 { Kind::Letters } else { Kind::Noun };
                ways.offer(at, at + length.max(1), LETTERS, kind, 0);
            }
        }
        let mut words = Vec::new();
        let mut at = end;
        while at > start {
            let Some(way) = ways.to(at) else { break };
            let text = self.letters[way.from..at].iter().collect();
            words.push(Word { start: way.from, end: at, kind: way.kind, count: way.count, text });
            at = way.from;
        }
        words.reverse();
        out.append(&mut words);
    }

    fn words(&self, at: usize, end: usize, ways: &mut Ways) {
        // A character that is nothing else costs what a word costs that was hardly ever counted.
        ways.offer(at, at + 1, (0.6 / COUNTED).ln(), Kind::Noun, 0);
        let cost = |to: usize| {
            let word = self.known[at].iter().find(|(end, ..)| *end == to);
            word.map_or((0.6 / COUNTED).ln(), |(_, count, _)| (*count as f64 / COUNTED).ln())
        };
        let mut listed = Vec::new();
        for to in at + 2..=end.min(at + LONGEST) {
            let word: String = self.letters[at..to].iter().collect();
            if self.cues.bodies.contains(word.as_str()) {
                let least = if to - at == 2 { KNOWN_SHORT } else { KNOWN };
                ways.offer(at, to, cost(to).max(least), Kind::Body, 0);
                listed.push(to);
            } else if self.cues.places.contains(word.as_str()) || self.places[at].contains(&to) {
                ways.offer(at, to, cost(to).max(KNOWN), Kind::Place, 0);
                listed.push(to);
            }
        }
        for (to, count, kind) in self.known[at].iter().filter(|(to, ..)| *to <= end && !listed.contains(to)) {
            if *to == at + 1 || !self.holds_a_name(&self.letters[at..*to]) {
                ways.offer(at, *to, (*count as f64 / COUNTED).ln(), *kind, *count);
            }
        }
    }

    /// Phrases of the dictionary that hold a name and are none themselves: 邓小平理论, 江主席, 日本政府.
    fn holds_a_name(&self, word: &[char]) -> bool {
        let text: String = word.iter().collect();
        let begins = |n: usize| word.get(..n).map_or(0.0, |first| self.chances.surname(first));
        let ends = |list: &[&str]| list.iter().any(|end| text.ends_with(end));
        let states = word.iter().take(2).all(|c| STATES.contains(*c));
        match word.len() {
            0..=2 => false,
            length => {
                let titled = length <= 4 && begins(1) > 60.0 && {
                    let rest: String = word[1..].iter().collect();
                    self.cues.titles.contains(rest.as_str())
                };
                let thought = length >= 5 && begins(1) > 0.0 && ends(&["理论", "思想", "主义"]);
                let office = ends(&["政府"]) || length >= 4 && ends(&["地区", "书记"]);
                let hall = length >= 5 && ends(&["大会堂"]) && text != "人民大会堂";
                titled
                    || thought
                    || states
                    || office
                    || hall
                    || text.len() > REPUBLIC.len() && text.starts_with(REPUBLIC)
            }
        }
    }

    fn chinese(&self, at: usize, run: std::ops::Range<usize>, ways: &mut Ways) {
        let after_role = self.after_role(at, run.start);
        let after_name = at > run.start
            && ways.to(at).is_some_and(|way| matches!(way.kind, Kind::Chinese | Kind::Foreign));
        for (surname, given) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
            let to = at + surname + given;
            if to > run.end || !self.letters[at..to].iter().all(|c| is_han(*c)) {
                continue;
            }
            let Some(mut chance) = self.chances.chinese(&self.letters[at..to], surname) else { continue };
            let next = self.letters.get(to).copied().unwrap_or(' ');
            let whole = at == run.start && to == run.end;
            chance += match (after_role, surname == 1 && EVERYDAY_SURNAMES.contains(self.letters[at])) {
                (true, _) => AFTER_ROLE,
                (false, true) => EVERYDAY,
                (false, false) => 0.0,
            };
            chance += if "奖杯节".contains(next) { PRIZE } else { 0.0 };
            chance += if after_name { AFTER_NAME } else { 0.0 };
            chance += match (whole, surname + given) {
                (true, 3) => WHOLE_LONG,
                (true, _) => WHOLE_SHORT,
                _ => 0.0,
            };
            chance += if self.before_verb(to, run.end) { BEFORE_VERB } else { 0.0 };
            ways.offer(at, to, chance, Kind::Chinese, 0);
        }
    }

    fn foreign(&self, at: usize, run: std::ops::Range<usize>, ways: &mut Ways) {
        let role = if self.after_role(at, run.start) { AFTER_ROLE } else { 0.0 };
        let letters = &self.letters[at..run.end.min(at + LONGEST)];
        let length = letters.iter().take_while(|c| self.chances.is_foreign(**c)).count();
        for length in 2..=length {
            ways.offer(at, at + length, self.chances.foreign(&letters[..length]) + role, Kind::Foreign, 0);
        }
    }

    fn after_role(&self, at: usize, start: usize) -> bool {
        (2..=5).filter(|n| at >= start + n).any(|n| {
            let word: String = self.letters[at - n..at].iter().collect();
            self.cues.roles.contains(word.as_str())
        })
    }

    fn before_verb(&self, at: usize, end: usize) -> bool {
        (1..=3).filter(|n| at + n <= end).any(|n| {
            let word: String = self.letters[at..at + n].iter().collect();
            self.cues.said.contains(word.as_str()) || self.cues.roles.contains(word.as_str())
        })
    }
}
