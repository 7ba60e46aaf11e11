//! No name of the example stands in the program: what finds the posts there
//! must be rules, not a list of the answers.

use crate::{files, shown, third_party};
use plainsight_text::{fold, is_han};
use std::collections::BTreeSet;
use std::path::Path;

/// The kinds that are proper names, addresses and telephones; days and counts are not.
const KINDS: [&str; 11] = [
    "address",
    "body",
    "domain",
    "name",
    "organisation",
    "person",
    "phone",
    "place",
    "state",
    "street",
    "agency",
];

/// Shorter strings stand in ordinary words too.
const SHORTEST: (usize, usize) = (3, 6);

/// Complains about each file under `crates/` and `lenses/` that has a string of
/// either column of the example's list. Tables of the real world that others
/// made are left out: an invented name may happen to be a part of a real one
/// (a state's name of five characters holds three in a row).
pub fn check(root: &Path) -> anyhow::Result<Vec<String>> {
    let names = read(&root.join("examples/overseas-posts/swap.csv"))?;
    let list = third_party::read(root)?;
    let others = list.datum.iter().filter(|datum| !datum.source.starts_with("ours"));
    let others: BTreeSet<&str> = others.map(|datum| datum.path.as_str()).collect();
    let mut complaints = Vec::new();
    for folder in ["crates", "lenses"] {
        let files = files(&root.join(folder)).into_iter();
        for path in files.filter(|path| !others.contains(shown(root, path).as_str())) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let folded = fold(&text);
            for name in names.iter().filter(|name| stands_in(&folded, name)) {
                complaints.push(format!("{} holds “{name}”, a name of the example", shown(root, &path)));
            }
        }
    }
    Ok(complaints)
}

/// Reads the names of both columns, folded.
fn read(list: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for row in csv::Reader::from_path(list)?.records() {
        let row = row?;
        if row.get(0).is_some_and(|kind| KINDS.contains(&kind)) {
            names.extend(row.iter().skip(1).map(fold).filter(|name| is_telling(name)));
        }
    }
    Ok(names)
}

fn is_telling(name: &str) -> bool {
    let han = name.chars().filter(|c| is_han(*c)).count();
    let others = name.chars().filter(|c| c.is_alphanumeric() && !is_han(*c)).count();
    han >= SHORTEST.0 || others >= SHORTEST.1
}

/// Tells whether a folded text holds a folded name as whole words.
fn stands_in(text: &str, name: &str) -> bool {
    let spaced = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let (first, last) = (spaced(name.chars().next()), spaced(name.chars().next_back()));
    text.match_indices(name).any(|(at, _)| {
        let before = first && spaced(text[..at].chars().next_back());
        let after = last && spaced(text[at + name.len()..].chars().next());
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_in_any_spelling() {
        for (text, name, stands) in [
            ("in Zonneveen staat", "Zonneveen", true),
            ("ZONNEVEEN.", "zonneveen", true),
            ("Zonneveense", "Zonneveen", false),
            ("前往青礁灣的", "青礁湾", true),
            ("+99 1", "+99", true),
        ] {
            assert_eq!(stands_in(&fold(text), &fold(name)), stands, "{name} in {text}");
        }
        assert!(
            is_telling("青礁湾") && !is_telling("青礁") && !is_telling("abcde") && is_telling("12-34-56")
        );
    }
}
