//! A register as a person looks at it: which rows answer a question, which posts were asked of it,
//! what came near, and its other snapshots.

use crate::case::Case;
use crate::catalog::Kept;
use crate::error::CaseError;
use crate::look::register_view;
use crate::same_name::reason;
use crate::views::{AskedRow, Finding, FoundRow, NearRow, RegisterPage, RegisterView};
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_model::{Register, RegisterRow};
use plainsight_resolve::names::YES;
use plainsight_resolve::verdicts::near;
use plainsight_resolve::{NameInput, NameVerdict, PostFacts, match_names};
use plainsight_text::{Day, ScriptOf, fold, script_of};
use std::collections::{BTreeMap, BTreeSet};

/// Headings in the order in which they are shown; others follow by name.
const HEADS: [&str; 13] = [
    "sending_state",
    "host_state",
    "category",
    "class",
    "name",
    "seat",
    "district",
    "address",
    "head_title",
    "recognised_on",
    "closed_on",
    "row",
    "note",
];
/// Headings that say of the whole register what its page says on top.
const OF_THE_WHOLE: [&str; 5] = ["register", "as_of", "complete", "official", "announced"];
/// Headings under which names stand, which are matched and not only looked for.
const NAMED: [&str; 8] =
    ["name", "sending_state", "host_state", "seat", "operator", "company", "organisation", "agent"];
/// Different names of one register that are matched: it bounds the time of a question.
const MOST_NAMES: usize = 4000;
/// Neighbours shown for a post.
const MOST_NEAR: usize = 4;

impl Case {
    /// A register with the rows that answer `words`; all rows where nothing is asked.
    pub fn register(&self, id: &str, words: &str) -> Result<Option<RegisterPage>, CaseError> {
        let Some(register) = self.catalog.kept_one::<Register>(Kept::Register, id)? else { return Ok(None) };
        let all: Vec<RegisterView> = self.registers()?;
        let mut snapshots: Vec<RegisterView> =
            all.into_iter().filter(|r| r.name == register.name && r.register != id).collect();
        snapshots.sort_by(|a, b| (&b.as_of, &b.register).cmp(&(&a.as_of, &a.register)));
        let gazetteer = &self.lens.gazetteer;
        let (rows, also) = found(&register.rows, words, gazetteer);
        let asked = self.findings()?;
        let asked = asked.iter().filter_map(|finding| asked_of(finding, &register, gazetteer)).collect();
        Ok(Some(RegisterPage {
            view: register_view(&register),
            announced: announced(&register.rows),
            heads: heads(&register.rows),
            of: register.of,
            until: register.until,
            file: register.file,
            rows,
            also,
            snapshots,
            asked,
        }))
    }
}

/// How many rows the authority itself announces, where every row says the same number.
fn announced(rows: &[RegisterRow]) -> Option<usize> {
    let said: BTreeSet<&str> = rows.iter().map(|row| row.get("announced").trim()).collect();
    match said.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => one.parse().ok(),
        _ => None,
    }
}

/// The headings under which anything stands.
fn heads(rows: &[RegisterRow]) -> Vec<String> {
    let filled = |row: &RegisterRow| -> Vec<String> {
        let cells = row.cells.iter().filter(|(_, cell)| !cell.trim().is_empty());
        cells.map(|(head, _)| head.clone()).collect()
    };
    let there: BTreeSet<String> = rows.iter().flat_map(filled).collect();
    let place = |head: &String| HEADS.iter().position(|known| known == head).unwrap_or(HEADS.len());
    let mut out: Vec<String> =
        there.into_iter().filter(|head| !OF_THE_WHOLE.contains(&head.as_str())).collect();
    out.sort_by_key(|head| (place(head), head.clone()));
    out
}

/// Rows in which the words stand, in any script that the gazetteer has for a place, and rows with a
/// name that the words may mean; then the other forms that were looked for.
fn found(rows: &[RegisterRow], words: &str, gazetteer: &Gazetteer) -> (Vec<FoundRow>, Vec<String>) {
    let asked = fold(words.trim());
    if asked.is_empty() {
        return (rows.iter().map(|row| FoundRow { row: row.clone(), why: None }).collect(), Vec::new());
    }
    let also = other_forms(&asked, gazetteer);
    let meant = meant(rows, words, gazetteer);
    let answer = |row: &RegisterRow| -> Option<FoundRow> {
        let cells = || row.cells.iter().filter(|(head, _)| !OF_THE_WHOLE.contains(&head.as_str()));
        if cells().any(|(_, cell)| fold(cell).contains(&asked)) {
            return Some(FoundRow { row: row.clone(), why: None });
        }
        let form = also.iter().find(|form| cells().any(|(_, cell)| stands(&fold(form), &fold(cell))));
        if let Some(form) = form {
            return Some(FoundRow {
                row: row.clone(),
                why: Some(format!("“{form}” is another form of it.")),
            });
        }
        let why = cells().find_map(|(_, cell)| meant.get(cell.trim()))?;
        Some(FoundRow { row: row.clone(), why: Some(why.clone()) })
    };
    (rows.iter().filter_map(answer).collect(), also)
}

/// Other names of the places that the words name.
fn other_forms(asked: &str, gazetteer: &Gazetteer) -> Vec<String> {
    let places = gazetteer.places_named(asked).iter().map(|place| gazetteer.get(*place));
    let mut out: Vec<String> = Vec::new();
    for place in places {
        let forms = place.forms.iter().filter(|(lang, _)| lang != "pinyin").map(|(_, form)| form);
        for form in std::iter::once(&place.name).chain(forms) {
            if fold(form) != asked && !out.iter().any(|known| fold(known) == fold(form)) {
                out.push(form.clone());
            }
        }
    }
    out
}

/// A form stands in a cell as a whole word; in Han, which parts no words, anywhere.
fn stands(form: &str, cell: &str) -> bool {
    if matches!(script_of(form), ScriptOf::Han | ScriptOf::Hans | ScriptOf::Hant) {
        return cell.contains(form);
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    cell.match_indices(form).any(|(at, _)| {
        !letter(cell[..at].chars().next_back()) && !letter(cell[at + form.len()..].chars().next())
    })
}

/// Names of the register that the words may mean, with the reason.
fn meant(rows: &[RegisterRow], words: &str, gazetteer: &Gazetteer) -> BTreeMap<String, String> {
    let asked = NameInput::of(words.trim());
    let names: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| NAMED.iter().map(|head| row.get(head).trim()))
        .filter(|name| !name.is_empty())
        .collect();
    names
        .into_iter()
        .take(MOST_NAMES)
        .filter_map(|name| {
            let answer = match_names(&asked, &NameInput::of(name), None, gazetteer);
            let yes = answer.verdict != NameVerdict::No && answer.score >= YES;
            let why = answer.reasons.first().map(|r| r.sentence.clone()).unwrap_or_default();
            yes.then(|| (name.to_owned(), why))
        })
        .collect()
}

/// A post that was asked of the register, and the rows near it.
fn asked_of(finding: &Finding, register: &Register, gazetteer: &Gazetteer) -> Option<AskedRow> {
    let id = register.id.to_string();
    let verdict = finding.verdicts.iter().find(|v| v.register.as_deref() == Some(id.as_str()))?.clone();
    let name = finding.city.clone().or_else(|| finding.names.first().map(|n| n.text.clone()));
    let line = |number: u64| {
        let row = register.rows.iter().find(|row| row.number == number);
        let cells = ["category", "class", "seat", "address"].map(|head| row.map_or("", |row| row.get(head)));
        cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let near = near(&facts(finding, gazetteer), register, gazetteer, MOST_NEAR)
        .into_iter()
        .map(|near| NearRow {
            row: near.row,
            shown: line(near.row),
            reasons: near.reasons.into_iter().map(reason).collect(),
        })
        .collect();
    Some(AskedRow {
        post: finding.post.clone(),
        name: name.unwrap_or_else(|| "Post without a name".to_owned()),
        called: finding.names.first().map(|name| name.text.clone()),
        verdict,
        near,
    })
}

/// A post as a register is asked about it.
fn facts(finding: &Finding, gazetteer: &Gazetteer) -> PostFacts {
    let country = finding.country_code.as_deref().and_then(|code| gazetteer.by_key(code));
    let country = country.or_else(|| gazetteer.by_key(finding.country.as_deref()?));
    PostFacts {
        country,
        city: city(finding, country, gazetteer),
        addresses: finding.address.iter().cloned().collect(),
        names: finding.names.iter().map(|name| name.text.clone()).collect(),
        class_words: Vec::new(),
        day: finding.opened.as_deref().and_then(Day::parse),
        closed: None,
    }
}

fn city(finding: &Finding, country: Option<PlaceRef>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    let name = finding.city.as_deref()?;
    let of_code = finding.city_code.as_deref().and_then(|code| gazetteer.by_key(code));
    let there = |place: &&PlaceRef| country.is_none() || gazetteer.country_of(**place) == country;
    of_code.or_else(|| gazetteer.places_named(&fold(name)).iter().find(there).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Towns are real; posts, rows and names are invented.
    fn rows() -> Vec<RegisterRow> {
        let file = "register,as_of,announced,sending_state,class,seat,address,name\n\
            List,2022-01-01,3,Quelland,consulate,Amsterdam,Spiegelpad 9,Lantern Trading BV\n\
            List,2022-01-01,3,Quelland,embassy,The Hague,Hofweg 2,\n\
            List,2022-01-01,3,Quelland,consulate,Amsterdamsveld,Turfweg 4,\n";
        let options = plainsight_resolve::RegisterOptions::default();
        let (registers, _) = plainsight_resolve::read_registers("list.csv", file.as_bytes(), &options);
        registers.into_iter().flat_map(|register| register.rows).collect()
    }

    #[test]
    fn a_town_is_found_in_another_script_as_a_whole_word_and_says_why() {
        let numbers = |words: &str| -> Vec<u64> {
            found(&rows(), words, Gazetteer::builtin()).0.iter().map(|found| found.row.number).collect()
        };
        assert_eq!(numbers(""), [1, 2, 3]);
        assert_eq!(numbers("hofweg"), [2]);
        assert_eq!(numbers("阿姆斯特丹"), [1], "Amsterdamsveld is another town");
        assert_eq!(numbers("LANTERN Trading B.V."), [1]);
        assert_eq!(numbers("zzzz"), Vec::<u64>::new());
        assert_eq!(numbers("List"), Vec::<u64>::new(), "what every row says of the register answers nothing");
        let (answer, also) = found(&rows(), "阿姆斯特丹", Gazetteer::builtin());
        assert!(also.contains(&"Amsterdam".to_owned()), "{also:?}");
        assert!(answer[0].why.as_deref().is_some_and(|why| why.contains("Amsterdam")), "{answer:?}");
    }

    #[test]
    fn headings_keep_their_order_and_empty_ones_are_left_out() {
        assert_eq!(heads(&rows()), ["sending_state", "class", "name", "seat", "address"]);
        assert_eq!(announced(&rows()), Some(3));
        assert_eq!(announced(&[]), None);
    }
}
