//! The words by which bodies are known, as tables (`data/heads.csv`, `bodies.csv`, `adjectives.csv`; ours).
//!
//! A text is searched for few of them: 教育局 in a sentence says nothing to a lens, and each word more is
//! one more that may be read wrongly. A whole name is read with all (`duties.csv`, `heads_names.csv`; ours).

use aho_corasick::{AhoCorasick, MatchKind};
use plainsight_text::fold;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Where the place of a body stands, seen from the word for its organ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// Directly before, in Chinese.
    Han,
    /// A mission, in Chinese: 驻 and the host before.
    MissionHan,
    /// Before or after, in English.
    Both,
    /// After, in Dutch and Spanish.
    After,
    /// A mission in English, Dutch, Spanish.
    Mission,
    /// Nowhere: the name alone says which body.
    Body,
}

/// A word for an organ, or the whole name of a body.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) form: String,
    pub(super) function: String,
    pub(super) organ: String,
    pub(super) at: At,
    /// The place key of a whole name.
    pub(super) place: String,
}

pub(super) struct Heads {
    pub(super) all: Vec<Head>,
    pub(super) automaton: Option<AhoCorasick>,
    /// Folded adjective to country code.
    pub(super) adjectives: HashMap<String, String>,
}

/// The words that are looked for in texts.
pub(super) fn heads() -> &'static Heads {
    static HEADS: OnceLock<Heads> = OnceLock::new();
    HEADS.get_or_init(|| Heads::of(in_texts()))
}

/// The words with which a whole name is read.
pub(super) fn heads_of_names() -> &'static Heads {
    static HEADS: OnceLock<Heads> = OnceLock::new();
    HEADS.get_or_init(|| {
        let mut all = in_texts();
        let known: HashSet<String> = all.iter().map(|head| head.form.clone()).collect();
        let more = rows(include_str!("../../data/heads_names.csv")).into_iter().flat_map(named);
        let more = more.chain(rows(include_str!("../../data/duties.csv")).into_iter().flat_map(duty));
        all.extend(more.filter(|head| !known.contains(&head.form)));
        all.extend(all.iter().filter_map(below_bureau).collect::<Vec<_>>());
        Heads::of(all)
    })
}

impl Heads {
    fn of(all: Vec<Head>) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(all.iter().map(|head| head.form.as_str()))
            .ok();
        let mut adjectives = HashMap::new();
        for row in rows(include_str!("../../data/adjectives.csv")) {
            let [code, forms] = row.as_slice() else { continue };
            // Adjectives of Spanish have a plural, and so have the English and Dutch words for people.
            let all = forms.split(' ').flat_map(|form| [fold(form), format!("{}s", fold(form))]);
            adjectives.extend(all.map(|form| (form, code.clone())));
        }
        Self { all, automaton, adjectives }
    }
}

fn in_texts() -> Vec<Head> {
    let mut all: Vec<Head> =
        rows(include_str!("../../data/heads.csv")).into_iter().filter_map(head).collect();
    all.extend(rows(include_str!("../../data/bodies.csv")).into_iter().filter_map(body));
    all
}

fn head(row: Vec<String>) -> Option<Head> {
    let [form, function, organ, at] = row.as_slice() else { return None };
    Some(Head::new(form, function, organ, At::read(at)))
}

/// A row of `heads_names.csv`: one function and organ, its forms parted by `|`.
fn named(row: Vec<String>) -> Vec<Head> {
    let [function, organ, at, forms] = row.as_slice() else { return Vec::new() };
    forms.split('|').map(|form| Head::new(form, function, organ, At::read(at))).collect()
}

/// A row of `duties.csv`: what a body does, in four languages, as its names are made of it. The Chinese
/// forms are whole but for units of the police, the others stand beside a word for the kind of body:
/// Justice Bureau, Bureau of Justice, bureau voor justitie, Oficina de Justicia.
fn duty(row: Vec<String>) -> Vec<Head> {
    let [kind, function, organ, zh, en, nl, es] = row.as_slice() else { return Vec::new() };
    let (mut han, mut both, mut after) = (Vec::new(), Vec::new(), Vec::new());
    // The work alone does not say whether a bureau or a unit does it: Exit-Entry Administration.
    let mut alone = Vec::new();
    let words = |cell: &str| -> Vec<String> {
        cell.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    match kind.as_str() {
        "unit" => {
            for word in words(zh) {
                han.extend(["总队", "支队", "大队"].map(|unit| format!("{word}{unit}")));
            }
            for word in words(en) {
                let units = ["corps", "brigade", "detachment", "division", "unit", "team", "department"];
                both.extend(units.map(|unit| format!("{word} {unit}")));
                alone.push((word, At::Both));
            }
            alone.extend(words(nl).into_iter().chain(words(es)).map(|word| (word, At::After)));
        }
        "ministry" => {
            han.extend(words(zh));
            both.extend(words(en).iter().flat_map(|w| [format!("ministry of {w}"), format!("{w} ministry")]));
            after.extend(words(nl).iter().map(|w| format!("ministerie van {w}")));
            after.extend(words(es).iter().map(|w| format!("ministerio de {w}")));
        }
        _ => {
            han.extend(words(zh));
            for word in words(en) {
                for body in ["bureau", "department", "office"] {
                    both.extend([format!("{word} {body}"), format!("{body} of {word}")]);
                }
            }
            for word in words(nl) {
                for body in ["bureau", "departement", "dienst", "afdeling"] {
                    after.extend(["voor ", "van ", ""].map(|link| format!("{body} {link}{word}")));
                }
            }
            for word in words(es) {
                let bodies = ["oficina", "departamento", "buro", "direccion"];
                after.extend(bodies.map(|body| format!("{body} de {word}")));
            }
        }
    }
    let all = [(han, At::Han), (both, At::Both), (after, At::After)];
    all.into_iter()
        .flat_map(|(forms, at)| forms.into_iter().map(move |form| (form, at)))
        .map(|(form, at)| Head::new(&form, function, organ, at))
        .chain(alone.iter().map(|(form, at)| Head::new(form, function, "", *at)))
        .collect()
}

/// 公安局交警支队: a unit of the police is often named with its bureau before it.
fn below_bureau(head: &Head) -> Option<Head> {
    let below = head.at == At::Han
        && matches!(
            head.function.as_str(),
            "traffic-police"
                | "criminal-police"
                | "exit-entry"
                | "cyber-police"
                | "special-police"
                | "narcotics"
                | "economic-crime"
                | "vehicle-office"
        );
    below.then(|| Head::new(&format!("公安局{}", head.form), &head.function, &head.organ, At::Han))
}

impl At {
    fn read(word: &str) -> Self {
        match word {
            "han" => Self::Han,
            "mission-han" => Self::MissionHan,
            "both" => Self::Both,
            "after" => Self::After,
            _ => Self::Mission,
        }
    }
}

impl Head {
    /// A word for an organ.
    fn new(form: &str, function: &str, organ: &str, at: At) -> Self {
        Self {
            form: fold(form),
            function: function.to_owned(),
            organ: organ.to_owned(),
            at,
            place: String::new(),
        }
    }
}

fn body(row: Vec<String>) -> Option<Head> {
    let [form, place, _, function, organ] = row.as_slice() else { return None };
    Some(Head { place: place.clone(), ..Head::new(form, function, organ, At::Body) })
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.records().filter_map(Result::ok).map(|r| r.iter().map(str::to_owned).collect()).collect()
}
