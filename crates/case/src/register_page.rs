//! A register as a person looks at it: which rows answer a question, which posts were asked of it,
//! what came near, and its other snapshots.

use crate::case::Case;
use crate::error::CaseError;
use crate::look::register_view;
use crate::register_rows::{KeptRows, OF_THE_WHOLE};
use crate::same_name::reason;
use crate::views::{AskedRow, Finding, FoundRow, NearRow, RegisterPage, RegisterView};
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_model::{Register, RegisterRow};
use plainsight_resolve::names::YES;
use plainsight_resolve::verdicts::near;
use plainsight_resolve::{NameInput, NameVerdict, PostFacts, ReadNames, match_read};
use plainsight_text::{Day, ScriptOf, fold, script_of};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

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
/// Headings under which names stand, which are matched and not only looked for.
const NAMED: [&str; 8] =
    ["name", "sending_state", "host_state", "seat", "operator", "company", "organisation", "agent"];
/// Different names of one register that are matched, the first in its order: it bounds the time of a question.
const MOST_NAMES: usize = 4000;
/// Rows that a page holds; of more that answer, the first in the register's order.
pub const MOST_ROWS: usize = 20_000;
/// Neighbours shown for a post.
const MOST_NEAR: usize = 4;
/// Posts for which neighbours are looked for: as many as the page shows.
const MOST_ASKED: usize = 30;

impl Case {
    /// A register with the rows that answer `words`; all rows where nothing is asked. Of very many rows the
    /// first 20,000 are given, and `answering` says how many there are.
    pub fn register(&self, id: &str, words: &str) -> Result<Option<RegisterPage>, CaseError> {
        let Some(register) = self.catalog.register(id)? else { return Ok(None) };
        let all: Vec<RegisterView> = self.registers()?;
        let mut snapshots: Vec<RegisterView> =
            all.into_iter().filter(|r| r.name == register.name && r.register != id).collect();
        snapshots.sort_by(|a, b| (&b.as_of, &b.register).cmp(&(&a.as_of, &a.register)));
        let found = self.found(&register, words)?;
        let findings = self.findings()?;
        let rows = KeptRows::of(&self.catalog);
        let mut asked = Vec::new();
        for finding in &findings {
            asked.extend(self.asked_of(finding, &register, &rows, asked.len() < MOST_ASKED)?);
        }
        Ok(Some(RegisterPage {
            view: register_view(&register),
            announced: register.announced,
            heads: heads(&register.heads),
            of: register.of,
            until: register.until,
            file: register.file,
            rows: found.rows,
            answering: found.answering,
            also: found.also,
            snapshots,
            asked,
        }))
    }

    /// Rows in which the words stand, in any script that the gazetteer has for a place, and rows with a
    /// name that the words may mean; then the other forms that were looked for.
    fn found(&self, register: &Register, words: &str) -> Result<Answering, CaseError> {
        let gazetteer = &self.lens.gazetteer;
        let id = register.id.to_string();
        let asked = fold(words.trim());
        let mut found = Answering::default();
        if asked.is_empty() {
            found.answering = register.rows;
            self.catalog.each_register_row(&id, &mut |row| found.take(row, None))?;
            return Ok(found);
        }
        found.also = other_forms(&asked, gazetteer);
        let meant = meant(&self.names_of(&id)?, words, gazetteer);
        let forms = found.also.iter().chain(meant.keys()).map(|form| fold(form));
        let sought: Vec<String> = std::iter::once(asked.clone()).chain(forms).collect();
        let also = found.also.clone();
        self.catalog.register_rows_saying(&id, &sought, &mut |row| {
            if let Some(why) = answers(&row, &asked, &also, &meant) {
                found.answering += 1;
                // The rest is only counted.
                let _ = found.take(row, why);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// The first different names of a register.
    fn names_of(&self, id: &str) -> Result<BTreeSet<String>, CaseError> {
        let mut names = BTreeSet::new();
        self.catalog.each_register_row(id, &mut |row| {
            let cells = NAMED.iter().map(|head| row.get(head).trim()).filter(|name| !name.is_empty());
            names.extend(cells.map(str::to_owned));
            if names.len() < MOST_NAMES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(names)
    }

    /// A post that was asked of the register, and the rows near it where they are wanted.
    fn asked_of(
        &self,
        finding: &Finding,
        register: &Register,
        rows: &KeptRows,
        with_near: bool,
    ) -> Result<Option<AskedRow>, CaseError> {
        let id = register.id.to_string();
        let verdict = finding.verdicts.iter().find(|v| v.register.as_deref() == Some(id.as_str()));
        let Some(verdict) = verdict.cloned() else { return Ok(None) };
        let gazetteer = &self.lens.gazetteer;
        let mut shown = Vec::new();
        if with_near {
            for near in near(&facts(finding, gazetteer), &register.id, rows, gazetteer, MOST_NEAR)? {
                shown.push(NearRow {
                    row: near.row,
                    shown: self.catalog.register_row(&id, near.row)?.as_ref().map(line).unwrap_or_default(),
                    reasons: near.reasons.into_iter().map(reason).collect(),
                });
            }
        }
        let name = finding.city.clone().or_else(|| finding.names.first().map(|n| n.text.clone()));
        Ok(Some(AskedRow {
            post: finding.post.clone(),
            name: name.unwrap_or_else(|| "Post without a name".to_owned()),
            called: finding.names.first().map(|name| name.text.clone()),
            verdict,
            near: shown,
        }))
    }
}

/// The rows that answer.
#[derive(Default)]
struct Answering {
    rows: Vec<FoundRow>,
    answering: usize,
    also: Vec<String>,
}

impl Answering {
    /// Takes a row; breaks off where there are enough.
    fn take(&mut self, row: RegisterRow, why: Option<String>) -> ControlFlow<()> {
        if self.rows.len() >= MOST_ROWS {
            return ControlFlow::Break(());
        }
        self.rows.push(FoundRow { row, why });
        ControlFlow::Continue(())
    }
}

/// Whether a row answers; and why, where the words themselves do not stand in it.
fn answers(
    row: &RegisterRow,
    asked: &str,
    also: &[String],
    meant: &BTreeMap<String, String>,
) -> Option<Option<String>> {
    let cells = || row.cells.iter().filter(|(head, _)| !OF_THE_WHOLE.contains(&head.as_str()));
    if cells().any(|(_, cell)| fold(cell).contains(asked)) {
        return Some(None);
    }
    let form = also.iter().find(|form| cells().any(|(_, cell)| stands(&fold(form), &fold(cell))));
    if let Some(form) = form {
        return Some(Some(format!("“{form}” is another form of it.")));
    }
    cells().find_map(|(_, cell)| meant.get(cell.trim())).cloned().map(Some)
}

/// Seat, class and address of a row in one line.
fn line(row: &RegisterRow) -> String {
    let cells = ["category", "class", "seat", "address"].map(|head| row.get(head));
    cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Headings in the order in which they are shown.
fn heads(there: &BTreeSet<String>) -> Vec<String> {
    let place = |head: &String| HEADS.iter().position(|known| known == head).unwrap_or(HEADS.len());
    let mut out: Vec<String> =
        there.iter().filter(|head| !OF_THE_WHOLE.contains(&head.as_str())).cloned().collect();
    out.sort_by_key(|head| (place(head), head.clone()));
    out
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
fn meant(names: &BTreeSet<String>, words: &str, gazetteer: &Gazetteer) -> BTreeMap<String, String> {
    let read = |name: &str| ReadNames::of(&NameInput::of(name), gazetteer);
    let asked = read(words.trim());
    names
        .iter()
        .filter_map(|name| {
            let answer = match_read(&asked, &read(name), None);
            let yes = answer.verdict != NameVerdict::No && answer.score >= YES;
            let why = answer.reasons.first().map(|r| r.sentence.clone()).unwrap_or_default();
            yes.then(|| (name.clone(), why))
        })
        .collect()
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
    use plainsight_resolve::RegisterOptions;

    /// Towns are real; posts, rows and names are invented.
    const FILE: &str = "register,as_of,announced,sending_state,class,seat,address,name\n\
        List,2022-01-01,3,Quelland,consulate,Amsterdam,Spiegelpad 9,Lantern Trading BV\n\
        List,2022-01-01,3,Quelland,embassy,The Hague,Hofweg 2,\n\
        List,2022-01-01,3,Quelland,consulate,Amsterdamsveld,Turfweg 4,\n";

    /// A case with the register.
    fn case(folder: &std::path::Path) -> (Case, String) {
        let file = folder.join("list.csv");
        std::fs::write(&file, FILE).expect("written");
        let mut case = Case::create(&folder.join("case"), "case", "overseas-posts").expect("a case");
        let brought = case.register_add(&file, &RegisterOptions::default(), "tester", false).expect("added");
        (case, brought.registers[0].register.clone())
    }

    #[test]
    fn a_town_is_found_in_another_script_as_a_whole_word_and_says_why() {
        let folder = tempfile::tempdir().expect("a folder");
        let (case, id) = case(folder.path());
        let page = |words: &str| case.register(&id, words).expect("a page").expect("a register");
        let numbers = |words: &str| -> Vec<u64> {
            let page = page(words);
            assert_eq!(page.answering, page.rows.len());
            page.rows.iter().map(|found| found.row.number).collect()
        };
        assert_eq!(numbers(""), [1, 2, 3]);
        assert_eq!(numbers("hofweg"), [2]);
        assert_eq!(numbers("阿姆斯特丹"), [1], "Amsterdamsveld is another town");
        assert_eq!(numbers("LANTERN Trading B.V."), [1]);
        assert_eq!(numbers("zzzz"), Vec::<u64>::new());
        assert_eq!(numbers("List"), Vec::<u64>::new(), "what every row says of the register answers nothing");
        let page = page("阿姆斯特丹");
        assert!(page.also.contains(&"Amsterdam".to_owned()), "{:?}", page.also);
        assert!(page.rows[0].why.as_deref().is_some_and(|why| why.contains("Amsterdam")), "{:?}", page.rows);
    }

    #[test]
    fn headings_keep_their_order_and_empty_ones_are_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let (case, id) = case(folder.path());
        let page = case.register(&id, "").expect("a page").expect("a register");
        assert_eq!(page.heads, ["sending_state", "class", "name", "seat", "address"]);
        assert_eq!(page.announced, Some(3));
    }
}
