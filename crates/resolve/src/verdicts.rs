//! What registers answer about a post.
//!
//! Never on the city alone: a listed consulate of the same city declares no
//! other office. Never from silence of a list that is not official, complete
//! and in force: then nobody can tell.

mod near;

pub use near::{Near, near};

use crate::places::named;
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_model::{Outcome, Proof, Register, RegisterId, RegisterRow, Verdict};
use plainsight_text::{Day, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// What is known of a post when a register is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostFacts {
    /// The host state.
    pub country: Option<PlaceRef>,
    /// The city.
    pub city: Option<PlaceRef>,
    /// Addresses as written.
    pub addresses: Vec<String>,
    /// Names as written.
    pub names: Vec<String>,
    /// Words of its class: consulate, embassy, station, …
    pub class_words: Vec<String>,
    /// The day asked about: the post's opening or the first report.
    pub day: Option<Day>,
    /// The day on which it is said to have closed.
    pub closed: Option<Day>,
}

/// Where the rows of registers lie. A register may have millions, so only those are handed on that can
/// matter, in the order of their numbers, until `each` gives [`ControlFlow::Break`].
pub trait RegisterRows {
    /// Why rows cannot be had.
    type Error;

    /// Hands on the rows of a register whose seat `wanted` takes.
    fn at_seats(
        &self,
        register: &RegisterId,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;

    /// Hands on the rows of a register whose address `wanted` takes.
    fn at_addresses(
        &self,
        register: &RegisterId,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;
}

/// Asks every register of the post's host state, of each the edition that
/// fits its day best; without one gives a single `cannot tell`.
pub fn ask<R: RegisterRows>(
    post: &PostFacts,
    registers: &[Register],
    rows: &R,
    gazetteer: &Gazetteer,
) -> Result<Vec<Verdict>, R::Error> {
    let Some(country) = post.country else {
        return Ok(vec![nobody("The host state of the post is not known.".to_owned())]);
    };
    let mut editions: BTreeMap<&str, Vec<&Register>> = BTreeMap::new();
    for register in registers.iter().filter(|r| is_of(r, country, gazetteer)) {
        editions.entry(&register.name).or_default().push(register);
    }
    if editions.is_empty() {
        let state = &gazetteer.get(country).name;
        return Ok(vec![nobody(format!("The case has no register of {state}."))]);
    }
    let chosen = editions.into_values().map(|of_name| edition(of_name, post.day));
    chosen.map(|register| answer(post, register, rows, country, gazetteer)).collect()
}

fn nobody(why: String) -> Verdict {
    Verdict { register: None, name: None, as_of: None, outcome: Outcome::CannotTell, why, proof: None }
}

/// A register is of the state that its rows name as host.
fn is_of(register: &Register, country: PlaceRef, gazetteer: &Gazetteer) -> bool {
    register.host_states.iter().any(|state| same_state(state, country, gazetteer))
}

fn same_state(state: &str, country: PlaceRef, gazetteer: &Gazetteer) -> bool {
    !state.is_empty()
        && (gazetteer.by_key(&state.to_lowercase()) == Some(country)
            || gazetteer.by_key(state) == Some(country)
            || named(state, None, gazetteer) == Some(country))
}

/// The first edition drawn up on or after the day, else the newest.
fn edition(mut editions: Vec<&Register>, day: Option<Day>) -> &Register {
    editions.sort_by_key(|r| (r.as_of.clone(), r.id));
    let after = |r: &&&Register| day.is_some_and(|day| as_of(r).is_some_and(|of| of >= day));
    editions.iter().find(after).or_else(|| editions.last()).copied().expect("a name has at least one edition")
}

fn as_of(register: &Register) -> Option<Day> {
    Day::parse(register.as_of.as_deref()?)
}

fn answer<R: RegisterRows>(
    post: &PostFacts,
    register: &Register,
    rows: &R,
    country: PlaceRef,
    gazetteer: &Gazetteer,
) -> Result<Verdict, R::Error> {
    let verdict = |outcome, why: String, proof| Verdict {
        register: Some(register.id),
        name: Some(register.name.clone()),
        as_of: register.as_of.clone(),
        outcome,
        why,
        proof,
    };
    if let Some(why) = unfit(post, register) {
        return Ok(verdict(Outcome::CannotTell, why, None));
    }
    let day = post.day.or_else(|| as_of(register));
    let (mut same, mut doubtful) = (None, None);
    rows.at_seats(&register.id, &|seat| same_seat(post, seat, gazetteer), &mut |row| {
        match compare(post, &row, country, day, gazetteer) {
            RowAnswer::Same => {
                same = Some(row);
                return ControlFlow::Break(());
            }
            RowAnswer::Doubtful => doubtful = doubtful.or(Some(row.number)),
            RowAnswer::Other => {}
        }
        ControlFlow::Continue(())
    })?;
    if let Some(row) = same {
        let why = format!("Row {} has the same seat, address and class.", row.number);
        return Ok(verdict(Outcome::Listed, why, Some(Proof::Row(row))));
    }
    if let Some(number) = doubtful {
        let why =
            format!("Row {number} has the same seat and class, but one of the two addresses is not known.");
        return Ok(verdict(Outcome::CannotTell, why, None));
    }
    if !register.complete {
        let why = "The register does not say that it is complete.".to_owned();
        return Ok(verdict(Outcome::CannotTell, why, None));
    }
    let miss = Proof::Miss {
        asked: asked(post, gazetteer),
        snapshot: register.snapshot,
        day: day.map(|day| day.to_string()),
    };
    let why = "The register is official, complete and in force, and no row has its seat, address and class."
        .to_owned();
    Ok(verdict(Outcome::NotListed, why, Some(miss)))
}

/// Why a register cannot answer whatever its rows say.
fn unfit(post: &PostFacts, register: &Register) -> Option<String> {
    if !register.official {
        return Some("The register is not an authority's own.".to_owned());
    }
    let Some(of) = as_of(register) else {
        return Some("The register does not say for which day it holds.".to_owned());
    };
    let until = register.until.as_deref().and_then(Day::parse);
    if let Some(day) = post.day
        && day > of
        && until.is_none_or(|until| day > until)
    {
        return Some(format!("The newest edition ({of}) is older than the day asked about ({day})."));
    }
    if let Some(closed) = post.closed
        && closed < of
    {
        return Some(format!(
            "The post is said to have closed ({closed}) before the register was drawn up ({of})."
        ));
    }
    if post.city.is_none() {
        return Some("The city of the post is not known.".to_owned());
    }
    None
}

enum RowAnswer {
    Same,
    Doubtful,
    Other,
}

/// What a row at the post's seat says of it.
fn compare(
    post: &PostFacts,
    row: &RegisterRow,
    country: PlaceRef,
    day: Option<Day>,
    gazetteer: &Gazetteer,
) -> RowAnswer {
    let closed = Day::parse(row.get("closed_on")).zip(day).is_some_and(|(closed, day)| closed <= day);
    let state = row.get("host_state");
    if closed || !(state.is_empty() || same_state(state, country, gazetteer)) || !same_class(post, row) {
        return RowAnswer::Other;
    }
    let theirs = row.get("address");
    if theirs.is_empty() || post.addresses.is_empty() {
        return RowAnswer::Doubtful;
    }
    let same = post.addresses.iter().any(|ours| same_address(ours, theirs));
    if same { RowAnswer::Same } else { RowAnswer::Other }
}

fn same_seat(post: &PostFacts, seat: &str, gazetteer: &Gazetteer) -> bool {
    let Some(city) = post.city else { return false };
    let folded = fold(seat.trim());
    let place = gazetteer.get(city);
    gazetteer.places_named(&folded).contains(&city) || fold(&place.name) == folded
}

/// Words of class, the more exact first: a consulate general is no consulate of another kind.
const CLASSES: [(&str, &[&str]); 8] = [
    ("honorary", &["honorary", "honorair", "honorari", "名誉"]),
    (
        "consulate-general",
        &[
            "consulate general",
            "consulate-general",
            "consulaat-generaal",
            "consulado general",
            "总领事馆",
            "总领馆",
        ],
    ),
    ("embassy", &["embassy", "ambassade", "embajada", "大使馆", "使馆", "mission"]),
    (
        "consular-agency",
        &[
            "consular agency",
            "agency",
            "agencia consular",
            "vice-consulate",
            "vice consulate",
            "领事代理处",
            "副领事馆",
        ],
    ),
    ("consulate", &["consulate", "consulaat", "consulado", "consular", "领事馆", "领馆"]),
    ("representation", &["representative", "representation", "liaison office", "代表处", "办事处"]),
    (
        "station",
        &[
            "station",
            "service point",
            "service centre",
            "service center",
            "servicepunt",
            "puesto",
            "centro de servicio",
            "服务站",
            "服务点",
            "联络点",
            "驿站",
            "服务中心",
            "警务",
        ],
    ),
    ("office", &["office", "kantoor", "oficina", "bureau", "centre", "center", "centro"]),
];

fn class_of(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    let has = |forms: &[&str]| forms.iter().any(|form| folded.contains(&fold(form)));
    CLASSES.iter().find(|(_, forms)| has(forms)).map(|(class, _)| *class)
}

/// The classes must be the same; a row without a class takes any.
fn same_class(post: &PostFacts, row: &RegisterRow) -> bool {
    let words = format!("{} {}", row.get("class"), row.get("category"));
    let theirs = class_of(&words);
    let ours: BTreeSet<&str> =
        post.class_words.iter().chain(&post.names).filter_map(|w| class_of(w)).collect();
    match theirs {
        None => words.trim().is_empty() || post.class_words.iter().any(|w| fold(w) == fold(words.trim())),
        Some(class) => ours.contains(class),
    }
}

/// The same house number and the same words of the street, in any order; 28 is not 28-30.
fn same_address(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> (BTreeSet<String>, BTreeSet<String>) {
        let folded = fold(text);
        let words = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 1 || w.chars().any(|c| c.is_ascii_digit()));
        words.map(str::to_owned).partition(|word| word.chars().any(|c| c.is_ascii_digit()))
    };
    let ((numbers_a, words_a), (numbers_b, words_b)) = (parts(a), parts(b));
    let (few, many) =
        if words_a.len() <= words_b.len() { (&words_a, &words_b) } else { (&words_b, &words_a) };
    let numbers = if numbers_a.len() <= numbers_b.len() {
        numbers_a.is_subset(&numbers_b)
    } else {
        numbers_b.is_subset(&numbers_a)
    };
    !few.is_empty() && few.is_subset(many) && numbers && numbers_a.is_empty() == numbers_b.is_empty()
}

/// Every form of name, address and seat that was looked for.
fn asked(post: &PostFacts, gazetteer: &Gazetteer) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let cities = post.city.map(|city| gazetteer.get(city));
    let seats =
        cities.into_iter().flat_map(|c| std::iter::once(&c.name).chain(c.forms.iter().map(|(_, form)| form)));
    for form in post.names.iter().chain(&post.addresses).chain(seats) {
        if !out.contains(form) {
            out.push(form.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests;
