//! Han against Latin: bodies and companies by what their names mean, and the rest by its sound.
//!
//! What single words say stands in [`super::said`].

use super::cross::tile;
use super::foreign::foreign;
use super::readings::{System, readings};
use super::said::{Said, of_han, of_latin};
use super::words::ratio;
use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::is_han;
use std::collections::BTreeSet;

/// What two names reach of which one is of a division that lies in the other's: a question.
const OTHER_DIVISION: f64 = 0.66;
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
    if other_kind(here, there, gazetteer) || places_only {
        score = score.min(OTHER_KIND);
    }
    if other_division(here, there, gazetteer) {
        score = score.min(OTHER_DIVISION);
    }
    let words: Vec<&str> = common.iter().map(|c| c.as_str()).collect();
    let said = if words.is_empty() { "nothing in common".to_owned() } else { words.join(", ") };
    (score.min(0.86), format!("Both say: {said}."))
}

/// Tells whether the two name places of one sort that have nothing to do with each other: other homes
/// (divisions by code) or other hosts.
fn apart(a: &Said, b: &Said, gazetteer: &Gazetteer) -> bool {
    let near = |p: PlaceRef, q: PlaceRef| {
        p == q || gazetteer.chain(p).contains(&q) || gazetteer.chain(q).contains(&p)
    };
    [true, false].into_iter().any(|sort| {
        let of = |said: &Said| {
            said.places.iter().copied().filter(|p| home(*p, gazetteer) == sort).collect::<Vec<_>>()
        };
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

fn other_kind(a: &Said, b: &Said, gazetteer: &Gazetteer) -> bool {
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
    // The police station of a town is none of those that serve compatriots in it, or that a body of
    // another state keeps there.
    let abroad = |said: &Said| {
        ["overseas", "chinese", "liaison", "service", "assistance"].iter().any(|word| said.says(word))
            || [true, false].iter().all(|sort| said.places.iter().any(|p| home(*p, gazetteer) == *sort))
    };
    let local = |said: &Said| said.says("police") && !abroad(said);
    local(a) != local(b)
}

/// Tells whether a place is a division by code, as those of the sending state are.
fn home(place: PlaceRef, gazetteer: &Gazetteer) -> bool {
    let found = gazetteer.get(place);
    found.code.is_some() && found.kind != PlaceKind::Country
}

/// Tells whether each names a division and no one names one of the other: one lies in the other, and each may
/// keep a body of its own.
fn other_division(a: &Said, b: &Said, gazetteer: &Gazetteer) -> bool {
    let of = |said: &Said| -> BTreeSet<PlaceRef> {
        said.places.iter().copied().filter(|place| home(*place, gazetteer)).collect()
    };
    let (x, y) = (of(a), of(b));
    !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)
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
