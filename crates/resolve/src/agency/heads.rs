//! The words by which bodies are known, as tables (`data/heads.csv`, `bodies.csv`, `adjectives.csv`; ours).

use aho_corasick::{AhoCorasick, MatchKind};
use plainsight_text::fold;
use std::collections::HashMap;
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

pub(super) fn heads() -> &'static Heads {
    static HEADS: OnceLock<Heads> = OnceLock::new();
    HEADS.get_or_init(|| {
        let mut all: Vec<Head> =
            rows(include_str!("../../data/heads.csv")).into_iter().filter_map(head).collect();
        all.extend(rows(include_str!("../../data/bodies.csv")).into_iter().filter_map(body));
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
        Heads { all, automaton, adjectives }
    })
}

fn head(row: Vec<String>) -> Option<Head> {
    let [form, function, organ, at] = row.as_slice() else { return None };
    let at = match at.as_str() {
        "han" => At::Han,
        "mission-han" => At::MissionHan,
        "both" => At::Both,
        "after" => At::After,
        _ => At::Mission,
    };
    Some(Head {
        form: fold(form),
        function: function.clone(),
        organ: organ.clone(),
        at,
        place: String::new(),
    })
}

fn body(row: Vec<String>) -> Option<Head> {
    let [form, place, _, function, organ] = row.as_slice() else { return None };
    let place = place.clone();
    Some(Head { form: fold(form), function: function.clone(), organ: organ.clone(), at: At::Body, place })
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.records().filter_map(Result::ok).map(|r| r.iter().map(str::to_owned).collect()).collect()
}
