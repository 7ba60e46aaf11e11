//! Bodies and companies that are known by names no rule leads to: 全国妇联, CCDI, 国泰航空.
//!
//! `data/known.csv` is ours, from general knowledge of public facts; a row can be checked on the body's own
//! site in its languages, an organ of China in the list of organs on english.www.gov.cn. A row is one body with
//! its full and short names; a name that several rows bear says only that it may be any of them.

use super::read::ReadName;
use plainsight_lens::{Gazetteer, PlaceKind};
use plainsight_text::{fold, is_han};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// A row of the table.
pub(super) struct Known {
    /// Its English name, which is shown.
    pub(super) name: String,
    /// Part of a state or of several: its name fills every slot of an agency.
    pub(super) public: bool,
    country: String,
}

struct Table {
    rows: Vec<Known>,
    forms: HashMap<String, Vec<usize>>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let (mut rows, mut forms) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        let mut reader = csv::Reader::from_reader(include_str!("../../data/known.csv").as_bytes());
        for row in reader.records().filter_map(Result::ok) {
            let cell = |n: usize| row.get(n).unwrap_or("");
            let names = (3..7).flat_map(|n| cell(n).split('|')).filter(|name| !name.is_empty());
            for name in names {
                let at = forms.entry(letters(name)).or_default();
                if at.last() != Some(&rows.len()) {
                    at.push(rows.len());
                }
            }
            let name = cell(4).split('|').next().unwrap_or("").to_owned();
            rows.push(Known { name, public: cell(1) == "body", country: cell(2).to_owned() });
        }
        Table { rows, forms }
    })
}

/// Names longer than this are none of the table's.
const LONGEST: usize = 160;
/// The name of a state before a Han name has at most so many characters (中华人民共和国).
const LONGEST_STATE: usize = 8;

/// What two names are by the table: the row that both may be, or that they are two different ones;
/// `None` where one of them is not in it.
pub(super) fn compare(a: &ReadName, b: &ReadName) -> Option<Result<&'static Known, [&'static Known; 2]>> {
    let first = a.known().first()?;
    let (x, y) = (a.known(), b.known());
    let second = y.first()?;
    let rows = &table().rows;
    Some(match x.intersection(y).next() {
        Some(common) => Ok(&rows[*common]),
        None => Err([&rows[*first], &rows[*second]]),
    })
}

/// The rows that a name may be: as it stands, without the state before or after it, or with another
/// name of the same body in brackets.
fn rows_of(name: &str, gazetteer: &Gazetteer) -> BTreeSet<usize> {
    if name.len() > LONGEST {
        return BTreeSet::new();
    }
    let folded = fold(name);
    let han = folded.chars().any(is_han);
    let words = if han { Vec::new() } else { bare(&folded) };
    let whole = rows_with(&if han { plain(&folded) } else { plain(&words.concat()) });
    if !whole.is_empty() {
        return whole;
    }
    let (outer, inner) = bracket(name);
    if let Some(inner) = inner {
        let outer = rows_of(outer, gazetteer);
        let of_state = state(&fold(inner), gazetteer);
        let inner = rows_with(&letters(inner));
        return outer
            .into_iter()
            .filter(|row| inner.contains(row) || of_state.as_deref() == Some(&table().rows[*row].country))
            .collect();
    }
    let stripped = if han { after_state(name, gazetteer) } else { beside_state(&words, gazetteer) };
    let Some((state, rest)) = stripped else { return BTreeSet::new() };
    rows_with(&letters(&rest)).into_iter().filter(|row| table().rows[*row].country == state).collect()
}

/// The numbers of the rows that a name may be, by which it is looked up among many.
pub(super) fn numbers(name: &str, gazetteer: &Gazetteer) -> BTreeSet<usize> {
    rows_of(name, gazetteer)
}

fn rows_with(letters: &str) -> BTreeSet<usize> {
    table().forms.get(letters).into_iter().flatten().copied().collect()
}

/// The folded letters of a name without article and without legal form.
fn letters(name: &str) -> String {
    let folded = fold(name);
    if folded.chars().any(is_han) {
        return plain(&folded);
    }
    plain(&bare(&folded).concat())
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a folded Latin name without article and without legal form.
fn bare(folded: &str) -> Vec<&str> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let article = matches!(words.first(), Some(&("the" | "de" | "het" | "la" | "el" | "los" | "las")));
    let from = usize::from(article && words.len() > 1);
    let form = |word: &&&str| {
        let letters = || word.chars().filter(|c| c.is_alphanumeric());
        LEGAL_FORMS.iter().any(|form| form.chars().eq(letters()))
    };
    let ends = words[from..].iter().rev().take_while(form).count();
    let until = if ends + from < words.len() { words.len() - ends } else { words.len() };
    words[from..until].to_vec()
}

/// What a company's name may end with or not; as they stand without dots.
const LEGAL_FORMS: [&str; 14] = [
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "plc",
    "ag",
    "sa",
    "bv",
    "nv",
];

/// A name and what stands in brackets at its end.
fn bracket(name: &str) -> (&str, Option<&str>) {
    let inner = name.trim().strip_suffix([')', '）']);
    match inner.and_then(|rest| rest.rsplit_once(['(', '（'])) {
        Some((outer, inner)) => (outer, Some(inner)),
        None => (name, None),
    }
}

/// 荷兰 and what stands after it.
fn after_state(name: &str, gazetteer: &Gazetteer) -> Option<(String, String)> {
    let characters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let longest = LONGEST_STATE.min(characters.len().saturating_sub(2));
    (2..=longest).rev().find_map(|length| {
        let state = state(&fold(&characters[..length].iter().collect::<String>()), gazetteer)?;
        Some((state, characters[length..].iter().collect()))
    })
}

/// “Chinese …”, “China's …”, “… of the People's Republic of China”, “… van China”.
fn beside_state(words: &[&str], gazetteer: &Gazetteer) -> Option<(String, String)> {
    let (first, rest) = words.split_first()?;
    let adjective = crate::agency::country_adjective(first).map(str::to_owned);
    let owner = || state(first.strip_suffix("'s")?, gazetteer);
    if let Some(code) = adjective.or_else(|| state(first, gazetteer)).or_else(owner) {
        return Some((code, rest.join(" ")));
    }
    let link = |word: &str| matches!(word, "of" | "van" | "de" | "del" | "in");
    (1..words.len()).filter(|n| link(words[*n])).find_map(|n| {
        let after = words[n + 1..].join(" ");
        let bare = ["the ", "la ", "los ", "de "].iter().find_map(|article| after.strip_prefix(article));
        Some((state(bare.unwrap_or(&after), gazetteer)?, words[..n].join(" ")))
    })
}

/// The code of a state by its folded name.
fn state(folded: &str, gazetteer: &Gazetteer) -> Option<String> {
    let place = gazetteer.get(*gazetteer.places_named(folded.trim()).first()?);
    (place.kind == PlaceKind::Country).then(|| place.code.clone()).flatten()
}
