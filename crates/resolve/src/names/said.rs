//! What a name of a body says, word by word, in Han or in Latin letters.
//!
//! `data/concepts.csv` (ours): what a word says, in Chinese and in English, Dutch and Spanish. Its role is
//! `word`; `silent` for what may be left out (Co., Ltd.); or a kind of body: two names of other kinds are
//! two bodies (an association and the bank of its members). `_` stands between the words of one form.

use super::tokens::tokens;
use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::{fold, is_han};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

struct Concept {
    name: String,
    role: String,
}

struct Concepts {
    all: Vec<Concept>,
    zh: HashMap<String, Vec<usize>>,
    latin: HashMap<String, Vec<usize>>,
}

fn concepts() -> &'static Concepts {
    static CONCEPTS: OnceLock<Concepts> = OnceLock::new();
    CONCEPTS.get_or_init(|| {
        let mut out = Concepts { all: Vec::new(), zh: HashMap::new(), latin: HashMap::new() };
        for line in include_str!("../../data/concepts.csv").lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [name, role, zh, latin] = cells.as_slice() else { continue };
            for (forms, index) in [(zh, &mut out.zh), (latin, &mut out.latin)] {
                for form in forms.split(' ').map(|form| fold(form).replace('\'', "")) {
                    index.entry(form).or_default().push(out.all.len());
                }
            }
            out.all.push(Concept { name: (*name).to_owned(), role: (*role).to_owned() });
        }
        out
    })
}

/// What one name says.
#[derive(Default)]
pub(super) struct Said {
    /// Words and places (`place:` and the key) that are the same in every language.
    pub(super) concepts: BTreeSet<String>,
    pub(super) places: Vec<PlaceRef>,
    /// Kinds of bodies.
    pub(super) kinds: BTreeSet<&'static str>,
    /// Han that no table has, run by run.
    pub(super) han: Vec<Vec<char>>,
    /// Latin words that no table has.
    pub(super) latin: Vec<String>,
}

impl Said {
    fn add(&mut self, concept: &'static Concept) {
        match concept.role.as_str() {
            "silent" => {}
            "word" => drop(self.concepts.insert(concept.name.clone())),
            kind => {
                self.kinds.insert(kind);
                self.concepts.insert(concept.name.clone());
            }
        }
    }

    fn place(&mut self, place: PlaceRef, gazetteer: &Gazetteer) {
        // “Chinese” is said of the state, of its people and of those abroad alike.
        if gazetteer.get(place).code.as_deref() == Some("cn") {
            self.concepts.insert(CHINESE.to_owned());
            return;
        }
        if self.concepts.insert(format!("place:{}", gazetteer.key(place))) {
            self.places.push(place);
        }
    }

    pub(super) fn says(&self, concept: &str) -> bool {
        self.concepts.contains(concept)
    }
}

/// What 中国, 华人 and “Chinese” say.
const CHINESE: &str = "chinese";

/// What a name says in words and places that are the same in every language.
pub(super) fn concepts_of(name: &str, gazetteer: &Gazetteer) -> BTreeSet<String> {
    let mut found = of_latin(name, gazetteer).concepts;
    if name.chars().any(is_han) {
        found.extend(of_han(name, gazetteer, true).concepts);
    }
    found
}

/// What a Han name says, longest form first; with or without towns abroad.
pub(super) fn of_han(name: &str, gazetteer: &Gazetteer, towns: bool) -> Said {
    let table = concepts();
    let folded: Vec<char> = fold(name).chars().filter(|c| is_han(*c) || c.is_alphanumeric()).collect();
    let (mut said, mut run) = (Said::default(), Vec::new());
    let mut at = 0;
    while at < folded.len() {
        if let Some((length, number)) = number(&folded[at..]) {
            said.concepts.insert(number);
            at += length;
            continue;
        }
        if let Some(state) = of_state(&folded[at..], gazetteer) {
            said.place(state, gazetteer);
            at += 2;
            continue;
        }
        let step = (1..=(folded.len() - at).min(8)).rev().find_map(|length| {
            let form: String = folded[at..at + length].iter().collect();
            if let Some(found) = table.zh.get(&form) {
                found.iter().for_each(|n| said.add(&table.all[*n]));
                return Some(length);
            }
            let place = (length >= 2).then(|| place_of(&form, gazetteer)).flatten();
            let place = place.filter(|p| towns || gazetteer.get(*p).kind != PlaceKind::City)?;
            said.place(place, gazetteer);
            Some(length)
        });
        match step {
            Some(length) => {
                said.han.extend(Some(std::mem::take(&mut run)).filter(|run| !run.is_empty()));
                at += length;
            }
            None => {
                run.push(folded[at]);
                at += 1;
            }
        }
    }
    said.han.extend(Some(run).filter(|run| !run.is_empty()));
    said
}

/// 110: a number is the same in every script.
fn number(text: &[char]) -> Option<(usize, String)> {
    let length = text.iter().take_while(|c| c.is_ascii_digit()).count();
    (length > 0).then(|| (length, format!("number:{}", text[..length].iter().collect::<String>())))
}

/// 旅荷, 全意: those of a state abroad, in the names of associations, by one character of its name.
fn of_state(text: &[char], gazetteer: &Gazetteer) -> Option<PlaceRef> {
    static FOLDED: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let states = FOLDED.get_or_init(|| {
        let before =
            |state: &'static str| ["旅", "全", "留", "驻"].map(|word| fold(&format!("{word}{state}")));
        STATES.iter().flat_map(|(state, code)| before(state).map(|form| (form, *code))).collect()
    });
    gazetteer.by_key(states.get(&text.get(..2)?.iter().collect::<String>())?)
}

/// States by the character that stands for them (general knowledge, as newspapers use them).
const STATES: [(&str, &str); 30] = [
    ("荷", "nl"),
    ("比", "be"),
    ("德", "de"),
    ("法", "fr"),
    ("英", "gb"),
    ("意", "it"),
    ("西", "es"),
    ("葡", "pt"),
    ("奥", "at"),
    ("匈", "hu"),
    ("捷", "cz"),
    ("波", "pl"),
    ("罗", "ro"),
    ("希", "gr"),
    ("爱", "ie"),
    ("丹", "dk"),
    ("挪", "no"),
    ("芬", "fi"),
    ("俄", "ru"),
    ("美", "us"),
    ("加", "ca"),
    ("墨", "mx"),
    ("澳", "au"),
    ("日", "jp"),
    ("韩", "kr"),
    ("泰", "th"),
    ("菲", "ph"),
    ("柬", "kh"),
    ("越", "vn"),
    ("缅", "mm"),
];

/// Words that join others.
const SMALL: [&str; 20] = [
    "of", "the", "for", "and", "de", "van", "voor", "het", "la", "el", "en", "del", "los", "las", "y", "in",
    "a", "para", "te", "aan",
];

/// Places have at most so many words.
const LONGEST_PLACE: usize = 4;

pub(super) fn of_latin(name: &str, gazetteer: &Gazetteer) -> Said {
    let table = concepts();
    let mut said = Said::default();
    let words = tokens(name);
    let mut at = 0;
    while at < words.len() {
        // What several words say together before what they say one by one: public security, Buenos Aires.
        let longer = (2..=LONGEST_PLACE.min(words.len() - at)).rev().find_map(|length| {
            let run = &words[at..at + length];
            if let Some(found) = table.latin.get(&run.join("_")) {
                found.iter().for_each(|n| said.add(&table.all[*n]));
                return Some((length, None));
            }
            let bordered = !SMALL.contains(&run[0].as_str()) && !SMALL.contains(&run[length - 1].as_str());
            Some((length, Some(place_of(&run.join(" "), gazetteer).filter(|_| bordered)?)))
        });
        if let Some((length, place)) = longer {
            place.into_iter().for_each(|place| said.place(place, gazetteer));
            at += length;
            continue;
        }
        let word = &words[at];
        at += 1;
        if SMALL.contains(&word.as_str()) {
            continue;
        }
        if let Some((_, number)) = number(&word.chars().collect::<Vec<_>>()) {
            said.concepts.insert(number);
            continue;
        }
        let country = || gazetteer.by_key(crate::agency::country_adjective(word)?);
        if let Some(found) = table.latin.get(word) {
            found.iter().for_each(|n| said.add(&table.all[*n]));
        } else if let Some(place) = country().or_else(|| place_of(word, gazetteer)) {
            said.place(place, gazetteer);
        } else if let Some(parts) = compound(word, MOST_PARTS) {
            let found = parts.iter().filter_map(|part| table.latin.get(*part)).flatten();
            found.for_each(|n| said.add(&table.all[*n]));
        } else {
            said.latin.push(word.clone());
        }
    }
    said
}

/// A Dutch compound has at most so many words, each of at least so many letters.
const MOST_PARTS: usize = 3;
const SHORTEST_PART: usize = 4;

/// Cuts a compound into words of the table: politieservicepunt, ondernemersvereniging.
fn compound(word: &str, most: usize) -> Option<Vec<&str>> {
    let table = concepts();
    let known = |part: &str| part.len() >= SHORTEST_PART && table.latin.contains_key(part);
    if known(word) {
        return Some(vec![word]);
    }
    if most < 2 || !word.is_ascii() {
        return None;
    }
    (SHORTEST_PART..word.len()).rev().filter(|cut| known(&word[..*cut])).find_map(|cut| {
        let rest = &word[cut..];
        // An s may join the two.
        let after = compound(rest, most - 1).or_else(|| compound(rest.strip_prefix('s')?, most - 1))?;
        Some([vec![&word[..cut]], after].concat())
    })
}

fn place_of(folded: &str, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    gazetteer.named_on(folded, None).first().copied()
}
