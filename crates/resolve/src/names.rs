//! Names against names.

mod bodies;
mod cantonese;
mod cross;
mod foreign;
mod forms;
mod index;
mod keys;
mod known;
mod meaning;
mod pair;
mod persons;
mod place;
mod read;
mod readings;
mod romanised;
mod said;
mod similar;
mod slots;
mod tokens;
mod translit;
mod wade_giles;
mod words;

pub use index::{IndexBuilder, IndexError, NameIndex, Scratch};
pub use read::ReadNames;

use plainsight_lens::Gazetteer;

/// A name, or an entity's names, on one side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameInput {
    /// All its names; the best pair of names decides.
    pub names: Vec<String>,
    /// Other properties of FollowTheMoney (`country`, `birthDate`, …).
    pub properties: std::collections::BTreeMap<String, Vec<String>>,
}

impl NameInput {
    /// One bare string.
    pub fn of(name: &str) -> Self {
        Self { names: vec![name.to_owned()], ..Self::default() }
    }

    /// FollowTheMoney properties: names and aliases are taken as names.
    pub fn of_properties(properties: std::collections::BTreeMap<String, Vec<String>>) -> Self {
        Self { names: Vec::new(), properties }
    }
}

/// What a slot does to a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// The two are the same.
    Same,
    /// The two look alike.
    Alike,
    /// The two cannot be one.
    Veto,
    /// One side or both say nothing.
    Empty,
}

impl Effect {
    /// The word printed under `effect`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Alike => "alike",
            Self::Veto => "veto",
            Self::Empty => "empty",
        }
    }
}

/// One slot's part in a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The slot: `name`, `place`, `level`, `function`, `organ`, `branch`, `reading`, …
    pub slot: String,
    /// What the one side has.
    pub a: Option<String>,
    /// What the other side has.
    pub b: Option<String>,
    /// What that does.
    pub effect: Effect,
    /// The same in one English sentence.
    pub sentence: String,
}

/// What the machine may do alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameVerdict {
    /// The same, and the machine may say so.
    Match,
    /// A person decides.
    Review,
    /// Not the same.
    No,
}

impl NameVerdict {
    /// The word printed under `verdict`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Review => "review",
            Self::No => "no",
        }
    }
}

/// The answer about two names.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMatch {
    /// The chance that they may name the same thing, 0 to 1; 0.70 and more counts as yes.
    pub score: f64,
    /// What the machine may do alone.
    pub verdict: NameVerdict,
    /// Slot by slot; never empty.
    pub reasons: Vec<Reason>,
}

/// The score from which two names count as the same (DESIGN.md section 6).
pub const YES: f64 = 0.70;
/// The score below which they do not even make a question.
pub const QUESTION: f64 = 0.30;

/// Compares two names; the order of the two does not change score or verdict.
/// Of several names on a side the best pair decides, a veto by the slots
/// of two agencies counts for that pair only.
pub fn match_names(a: &NameInput, b: &NameInput, schema: Option<&str>, gazetteer: &Gazetteer) -> NameMatch {
    match_read(&ReadNames::of(a, gazetteer), &ReadNames::of(b, gazetteer), schema)
}

/// As [`match_names`], of names that were read before; both by one gazetteer.
pub fn match_read(a: &ReadNames, b: &ReadNames, schema: Option<&str>) -> NameMatch {
    if let Some(answer) = by_parts(&a.input, &b.input, a.gazetteer) {
        return answer;
    }
    let pairs = a.names.iter().flat_map(|x| b.names.iter().map(move |y| (x, y)));
    let compared = pairs.take(MOST_PAIRS).map(|(x, y)| pair::compare(x, y, schema));
    let best = compared.reduce(|best, next| if next.score > best.score { next } else { best });
    best.unwrap_or_else(|| NameMatch {
        score: 0.0,
        verdict: NameVerdict::No,
        reasons: vec![Reason {
            slot: "name".to_owned(),
            a: a.names.first().map(|name| name.name.clone()),
            b: b.names.first().map(|name| name.name.clone()),
            effect: Effect::Empty,
            sentence: "One side or both have no name.".to_owned(),
        }],
    })
}

/// Where both sides say which name is the given and which the family name, each
/// is compared with its like: Hans Friedrich is not Friedrich Hans.
fn by_parts(a: &NameInput, b: &NameInput, gazetteer: &Gazetteer) -> Option<NameMatch> {
    let part = |side: &NameInput, key: &str| side.properties.get(key)?.first().cloned();
    let whole = |side: &NameInput| !side.names.is_empty() || side.properties.contains_key("name");
    if whole(a) || whole(b) {
        return None;
    }
    let both = |key: &str| Some((part(a, key)?, part(b, key)?));
    let (first, last) = (both("firstName")?, both("lastName")?);
    let read = |name: &String| read::ReadName::of(name, gazetteer);
    let compare = |(x, y): &(String, String)| pair::compare(&read(x), &read(y), Some("Person"));
    let (mut first, last) = (compare(&first), compare(&last));
    first.score = first.score.min(last.score);
    first.verdict = first.verdict.max(last.verdict);
    first.reasons.extend(last.reasons);
    let middle =
        |side: &NameInput| ["middleName", "fatherName", "secondName"].iter().find_map(|key| part(side, key));
    if let (Some(x), Some(y)) = (middle(a), middle(b)) {
        let middle = compare(&(x, y));
        // Another father's name is another person; an initial that fits says nothing against it.
        if middle.score < YES {
            first.score = first.score.min(middle.score);
            first.verdict = first.verdict.max(middle.verdict);
        }
        first.reasons.extend(middle.reasons);
    }
    Some(first)
}

/// Entities with hundreds of aliases on both sides are compared up to here.
const MOST_PAIRS: usize = 10_000;

impl NameInput {
    /// All its names, sorted: given properties, then parts of a person's name put together.
    fn all_names(&self) -> Vec<String> {
        let mut out: Vec<String> = self.names.clone();
        for key in ["name", "alias", "weakAlias", "previousName"] {
            out.extend(self.properties.get(key).into_iter().flatten().cloned());
        }
        let part = |keys: &[&str]| keys.iter().find_map(|key| self.properties.get(*key)?.first().cloned());
        let first = part(&["firstName"]);
        let middle = part(&["middleName", "fatherName", "secondName"]);
        let last = part(&["lastName"]);
        if let Some(last) = last {
            let parts = [first, middle, Some(last)];
            out.push(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
        }
        out.retain(|name| !name.trim().is_empty());
        out.sort();
        out.dedup();
        out
    }
}

#[cfg(test)]
mod tests;
