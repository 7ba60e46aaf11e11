//! Han against Latin: bodies and companies by what their names mean, and the rest by its sound.
//!
//! `data/concepts.csv` (ours): what a word says, in Chinese and in English, Dutch and Spanish. Its role is
//! `word`; `silent` for what may be left out (Co., Ltd.); or a kind of body: two names of other kinds are
//! two bodies (an association and the bank of its members).

use super::cross::tile;
use super::foreign::foreign;
use super::readings::{System, readings};
use super::tokens::tokens;
use super::words::ratio;
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
struct Said {
    /// Words and places (`place:` and the key) that are the same in every language.
    concepts: BTreeSet<String>,
    places: Vec<PlaceRef>,
    /// Kinds of bodies.
    kinds: BTreeSet<&'static str>,
    /// Han that no table has, run by run.
    han: Vec<Vec<char>>,
    /// Latin words that no table has.
    latin: Vec<String>,
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
        if self.concepts.insert(format!("place:{}", gazetteer.key(place))) {
            self.places.push(place);
        }
    }

    fn says(&self, concept: &str) -> bool {
        self.concepts.contains(concept)
    }
}

/// What two names reach that are of other kinds, or of which one alone is abroad.
const OTHER_KIND: f64 = 0.5;

/// The chance that an organisation's Latin name means or sounds what its Han name does.
pub(super) fn meaning(han: &str, latin: &str, gazetteer: &Gazetteer) -> (f64, String) {
    let there = of_latin(latin, gazetteer);
    let found = compare(&of_han(han, gazetteer, true), &there, sounds, gazetteer);
    if found.0 >= super::YES {
        return found;
    }
    // 永隆 is a town of Vietnam and a bank: the name is read without towns as well.
    let without = compare(&of_han(han, gazetteer, false), &there, sounds, gazetteer);
    if without.0 > found.0 && found.0 > APART { without } else { found }
}

/// Names in one script may be one body's in two languages, or in two orders of words: all words that the table
/// lacks must be on both sides, and nearly all of what is said.
pub(super) fn same_script(a: &str, b: &str, gazetteer: &Gazetteer) -> Option<(f64, String)> {
    let said = |name: &str| {
        if name.chars().any(is_han) { of_han(name, gazetteer, true) } else { of_latin(name, gazetteer) }
    };
    let (here, there) = (said(a), said(b));
    let rest = |said: &Said| -> BTreeSet<String> {
        said.han.iter().map(|run| run.iter().collect()).chain(said.latin.iter().cloned()).collect()
    };
    let enough = here.concepts.len() >= LEAST_SAID && there.concepts.len() >= LEAST_SAID;
    if !enough || rest(&here) != rest(&there) {
        return None;
    }
    let common = here.concepts.intersection(&there.concepts).count() as f64;
    let share = 2.0 * common / (here.concepts.len() + there.concepts.len()) as f64;
    let found = compare(&here, &there, |_, _| (0, 0), gazetteer);
    (share >= NEARLY_ALL).then_some(found)
}

/// So many things two names in one script must say, and that share of them in common.
const LEAST_SAID: usize = 3;
const NEARLY_ALL: f64 = 0.85;
/// What is left to names that name different places.
const APART: f64 = 0.1;

/// Tells whether a Han name names a place: then its sound alone says little of which body there it is.
pub(super) fn names_place(han: &str, gazetteer: &Gazetteer) -> bool {
    !of_han(han, gazetteer, true).places.is_empty()
}

fn compare(
    here: &Said,
    there: &Said,
    sounds: impl Fn(&[Vec<char>], &[String]) -> (usize, usize),
    gazetteer: &Gazetteer,
) -> (f64, String) {
    if apart(here, there, gazetteer) {
        return (APART, "They name different places.".to_owned());
    }
    let common: Vec<&String> = here.concepts.intersection(&there.concepts).collect();
    // Places that lie in one another say the same, less exactly.
    let within = nested(here, there, gazetteer);
    let (sounded, unlike) = sounds(&here.han, &there.latin);
    let all = here.concepts.len() + there.concepts.len() + 2 * sounded + unlike;
    if all == 0 {
        return (0.0, "Nothing of the two can be compared.".to_owned());
    }
    let dice = 2.0 * (common.len() + within + sounded) as f64 / all as f64;
    let mut score = if dice >= 0.5 { 0.62 + 0.25 * dice } else { dice };
    // Two bodies of one town have no more in common than that.
    let places_only = sounded == 0 && common.iter().all(|concept| concept.starts_with("place:"));
    if other_kind(here, there) || places_only {
        score = score.min(OTHER_KIND);
    }
    let words: Vec<&str> = common.iter().map(|c| c.as_str()).collect();
    let said = if words.is_empty() { "nothing in common".to_owned() } else { words.join(", ") };
    (score.min(0.86), format!("Both say: {said}."))
}

/// What a name says in words and places that are the same in every language.
pub(super) fn concepts_of(name: &str, gazetteer: &Gazetteer) -> BTreeSet<String> {
    let mut found = of_latin(name, gazetteer).concepts;
    if name.chars().any(is_han) {
        found.extend(of_han(name, gazetteer, true).concepts);
    }
    found
}

/// What a Han name says, longest form first; with or without towns abroad.
fn of_han(name: &str, gazetteer: &Gazetteer, towns: bool) -> Said {
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

fn of_latin(name: &str, gazetteer: &Gazetteer) -> Said {
    let table = concepts();
    let mut said = Said::default();
    let words = tokens(name);
    let mut at = 0;
    while at < words.len() {
        // A place of several words before its words one by one: Buenos Aires, New York.
        let longer = (2..=LONGEST_PLACE.min(words.len() - at)).rev().find_map(|length| {
            let run = &words[at..at + length];
            let bordered = !SMALL.contains(&run[0].as_str()) && !SMALL.contains(&run[length - 1].as_str());
            Some((length, place_of(&run.join(" "), gazetteer).filter(|_| bordered)?))
        });
        if let Some((length, place)) = longer {
            said.place(place, gazetteer);
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

/// Tells whether the two name places of one sort that have nothing to do with each other: other homes
/// (divisions by code) or other hosts.
fn apart(a: &Said, b: &Said, gazetteer: &Gazetteer) -> bool {
    let home = |place: &PlaceRef| {
        let found = gazetteer.get(*place);
        found.code.is_some() && found.kind != PlaceKind::Country
    };
    let near = |p: PlaceRef, q: PlaceRef| {
        p == q || gazetteer.chain(p).contains(&q) || gazetteer.chain(q).contains(&p)
    };
    [true, false].into_iter().any(|sort| {
        let of = |said: &Said| said.places.iter().copied().filter(|p| home(p) == sort).collect::<Vec<_>>();
        let (x, y) = (of(a), of(b));
        !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| near(*p, *q)))
    })
}

/// How many places of the one lie in a place of the other and are not in it themselves.
fn nested(a: &Said, b: &Said, gazetteer: &Gazetteer) -> usize {
    let own =
        |x: &Said, y: &Said| x.places.iter().copied().filter(|p| !y.places.contains(p)).collect::<Vec<_>>();
    let (x, y) = (own(a, b), own(b, a));
    let near =
        |p: &PlaceRef| y.iter().any(|q| gazetteer.chain(*p).contains(q) || gazetteer.chain(*q).contains(p));
    x.iter().filter(|p| near(p)).count().min(y.len())
}

fn other_kind(a: &Said, b: &Said) -> bool {
    // A chamber may call itself an association of business people.
    let business = |said: &Said| said.says("commerce") || said.says("entrepreneurs");
    let kinds = |said: &Said| {
        let mut kinds = said.kinds.clone();
        if kinds.contains("association") && business(said) {
            kinds.insert("chamber");
        }
        kinds
    };
    let (x, y) = (kinds(a), kinds(b));
    if !x.is_empty() && !y.is_empty() && x.is_disjoint(&y) {
        return true;
    }
    // The police station of a town is none of those that serve compatriots in it.
    let abroad = |said: &Said| {
        ["overseas", "overseas-chinese", "liaison", "service", "assistance"]
            .iter()
            .any(|word| said.says(word))
    };
    a.says("police") && b.says("police") && abroad(a) != abroad(b)
}

/// How many parts of the names without meaning sound alike, and how many do not.
fn sounds(han: &[Vec<char>], latin: &[String]) -> (usize, usize) {
    if han.is_empty() || latin.is_empty() {
        return (0, han.len() + latin.len());
    }
    let (all, letters) = (han.concat(), latin.concat());
    let systems = [System::Pinyin, System::WadeGiles, System::Cantonese];
    if systems.into_iter().any(|system| tile(&all, &letters, letters.len(), system)) {
        return (1, 0);
    }
    let alike = |run: &Vec<char>| {
        let sound: String = run.iter().filter_map(|c| readings(*c, false).into_iter().next()).collect();
        let name: String = run.iter().collect();
        let by_word = |word: &String| {
            ratio(&sound, word) >= 0.8
                || systems.into_iter().any(|system| tile(run, word, word.len(), system))
                || run.len() >= 2 && foreign(&name, std::slice::from_ref(word)) >= super::YES
        };
        latin.iter().any(by_word)
    };
    let sounded = han.iter().filter(|run| alike(run)).count().min(latin.len());
    (sounded, han.len() + latin.len() - 2 * sounded)
}
