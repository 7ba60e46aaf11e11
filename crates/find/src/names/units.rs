//! Words of a cut as units: which of them are names by themselves, and which grow by what stands beside them.

use super::NameKind;
use super::chances::chances;
use super::cues::cues;
use super::lattice::{DOTS, EVERYDAY_SURNAMES, Kind, Word};
use plainsight_text::is_han;

/// A word or several that are one name, or a word that is none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub start: usize,
    pub end: usize,
    /// What it is a name of.
    pub name: Option<NameKind>,
    pub kind: Kind,
    /// A state in one character: 中 in 中美.
    pub short: bool,
    pub text: String,
}

impl Unit {
    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    fn of(word: Word) -> Self {
        let name = named(&word);
        Self { start: word.start, end: word.end, name, kind: word.kind, short: false, text: word.text }
    }
}

/// What a word of the dictionary is counted at most where it is taken for a name: the dictionary calls
/// many everyday words names.
const RARE: usize = 100;
const MOST: usize = 3000;
/// How well a word must look like a name, by its length and by how often it is met (`chances.rs`).
const LIKE_LONG: f64 = -19.5;
const LIKE_LONG_COMMON: f64 = -18.5;
const LIKE_LONG_PLAIN: f64 = -21.0;
const LIKE_DOUBLE: f64 = -22.0;
const LIKE_SHORT: f64 = -12.5;
const LIKE_FOREIGN: f64 = -4.8;
const LIKE_FOREIGN_SHORT: f64 = -4.3;
/// Surnames that were seen so often are no accident.
const COMMON_SURNAME: f64 = 60.0;
const ALONE_SURNAME: f64 = 100.0;
const NICKNAME_SURNAME: f64 = 120.0;
/// A character that ended so many given names may be one before 哥 or 姐.
const GIVEN: f64 = 20.0;
/// Characters that make kin and trades of those words: 大哥, 学姐.
const NO_GIVEN: &str = "大小老二三四五帅表堂学师阿我你他的一";
/// Surnames that are little words too: no title behind them makes them names.
const NEVER_ALONE: &str = "任向何和于连高";

/// The units of a cut; parts with a dot between are one foreign name.
pub(super) fn units(letters: &[char], words: Vec<Word>) -> Vec<Unit> {
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let last = dotted(&words, at);
        if last > at {
            let (start, end) = (words[at].start, words[last].end);
            let text = letters[start..end].iter().collect();
            let name = Some(NameKind::Person);
            out.push(Unit { start, end, name, kind: Kind::Foreign, short: false, text });
        } else {
            out.push(Unit::of(words[at].clone()));
        }
        at = last + 1;
    }
    out
}

/// The last word of a foreign name whose parts are joined by dots: 诺尔曼·韦斯特兰.
fn dotted(words: &[Word], first: usize) -> usize {
    let is_dot = |word: &Word| word.text.chars().all(|c| DOTS.contains(c));
    let follows = |at: usize| at + 1 < words.len() && words[at].end == words[at + 1].start;
    let mut last = first;
    if !words[first].text.starts_with(is_han) {
        return first;
    }
    while follows(last)
        && is_dot(&words[last + 1])
        && follows(last + 1)
        && words[last + 2].text.starts_with(is_han)
    {
        last += 2;
        while follows(last)
            && words[last + 1].kind == Kind::Foreign
            && words[last + 1].text.chars().count() <= 3
        {
            last += 1;
        }
    }
    last
}

/// What a word is a name of by itself.
fn named(word: &Word) -> Option<NameKind> {
    let cues = cues();
    let ends = |list: &std::collections::BTreeSet<&str>| list.iter().any(|end| word.text.ends_with(end));
    let length = word.end - word.start;
    match word.kind {
        Kind::Place => Some(NameKind::Place),
        Kind::Body => Some(NameKind::Body),
        Kind::Chinese | Kind::Foreign => Some(NameKind::Person),
        Kind::SaidPlace
            if length >= 3 && ends(&cues.closing_place) && !cues.generic.contains(word.text.as_str()) =>
        {
            Some(NameKind::Place)
        }
        Kind::SaidBody if word.text.ends_with("特别行政区") => Some(NameKind::Place),
        Kind::SaidBody
            if length >= 3 && !cues.generic.contains(word.text.as_str()) && !word.text.ends_with('学') =>
        {
            Some(NameKind::Body)
        }
        _ if cues.persons.contains(word.text.as_str()) => Some(NameKind::Person),
        Kind::SaidPerson if is_person(word) => Some(NameKind::Person),
        _ => None,
    }
}

/// Whether a word that the dictionary calls a person looks like one.
fn is_person(word: &Word) -> bool {
    let chances = chances();
    let letters: Vec<char> = word.text.chars().collect();
    let (like, rare) = (chances.like_chinese(&letters), word.count < RARE);
    let seen = chances.surname(&letters[..1]);
    let chinese = match letters.len() {
        2 => rare && like > LIKE_SHORT,
        3 if seen > 0.0 => {
            rare && like > LIKE_LONG
                || like > LIKE_LONG_COMMON && seen >= COMMON_SURNAME
                || like > LIKE_LONG_PLAIN && !EVERYDAY_SURNAMES.contains(letters[0])
        }
        4 => chances.surname(&letters[..2]) > 0.0 && like > LIKE_DOUBLE,
        _ => false,
    };
    let least = if letters.len() == 2 { LIKE_FOREIGN_SHORT } else { LIKE_FOREIGN };
    chinese || letters.len() >= 2 && word.count < MOST && chances.like_foreign(&letters) > least
}

/// Names by which people call each other: 小李, 老王.
pub(super) fn nicknames(units: Vec<Unit>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for mut unit in units {
        if unit.name.is_none() {
            let before =
                out.last().filter(|last| last.end == unit.start && last.name.is_none() && last.len() == 1);
            if let Some(before) = before.filter(|_| unit.len() == 1) {
                let text = format!("{}{}", before.text, unit.text);
                if is_nickname(&text) {
                    let start = before.start;
                    out.pop();
                    unit = Unit { start, text, name: Some(NameKind::Person), ..unit };
                }
            } else if is_nickname(&unit.text) {
                unit.name = Some(NameKind::Person);
            }
        }
        out.push(unit);
    }
    out
}

fn is_nickname(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let [first, surname] = letters.as_slice() else { return false };
    "小老".contains(*first)
        && chances().surname(&[*surname]) > NICKNAME_SURNAME
        && !cues().not_nicknames.contains(text)
}

/// A place with the word that ends its name: 鹿特丹 and 港.
pub(super) fn longer_places(units: Vec<Unit>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        if let Some(last) = out.last_mut()
            && last.end == unit.start
            && (last.name == Some(NameKind::Place) && !last.short || last.kind == Kind::Foreign)
            && cues().closing_place.contains(unit.text.as_str())
            && unit.text != "地区"
        {
            last.end = unit.end;
            last.text.push_str(&unit.text);
            (last.name, last.kind) = (Some(NameKind::Place), Kind::Place);
        } else {
            out.push(unit);
        }
    }
    out
}

/// A surname alone before a title: 林 in 林先生.
pub(super) fn before_titles(units: &mut [Unit]) {
    for at in 1..units.len() {
        let (before, title) = units.split_at_mut(at);
        let (Some(unit), Some(title)) = (before.last_mut(), title.first()) else { continue };
        let one: Vec<char> = unit.text.chars().collect();
        if unit.name.is_none()
            && one.len() == 1
            && unit.end == title.start
            && chances().surname(&one) > ALONE_SURNAME
            && !NEVER_ALONE.contains(one[0])
            && cues().titles.contains(title.text.as_str())
        {
            unit.name = Some(NameKind::Person);
        }
    }
}

/// A name with the word by which people are called behind it: 林老师, 泽哥.
pub(super) fn called(units: Vec<Unit>) -> Vec<Unit> {
    let cues = cues();
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        let before = out.last().filter(|before| before.end == unit.start && before.kind != Kind::Foreign);
        let joins = before.is_some_and(|before| {
            let person = before.name == Some(NameKind::Person);
            let short = before.len() <= 2;
            let given = |c: char| chances().ends_given(c) >= GIVEN && !NO_GIVEN.contains(c);
            let courtesy = cues.courtesies.contains(unit.text.as_str()) && unit.name.is_none();
            let kin = cues.kin.contains(unit.text.as_str());
            short && person && courtesy
                || short
                    && kin
                    && (person || before.name.is_none() && before.len() == 1)
                    && before.text.chars().all(given)
        });
        match out.last_mut().filter(|_| joins) {
            Some(last) => {
                last.end = unit.end;
                last.text.push_str(&unit.text);
                last.name = Some(NameKind::Person);
            }
            None => out.push(unit),
        }
    }
    out
}
