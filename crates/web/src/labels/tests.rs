//! What holds for every table of words.

use super::say::places;
use super::*;
use std::collections::BTreeSet;

/// A table's name and its rows.
type Table = (&'static str, &'static [(&'static str, [&'static str; 4])]);

const TABLES: [Table; 12] = [
    ("general", general::ROWS),
    ("counts", counts::ROWS),
    ("dates", dates::ROWS),
    ("terms", terms::ROWS),
    ("frame", frame::ROWS),
    ("claims", claims::ROWS),
    ("names", names::ROWS),
    ("posts", posts::ROWS),
    ("documents", documents::ROWS),
    ("views", views::ROWS),
    ("publication", publication::ROWS),
    ("machine", machine::ROWS),
];

fn rows() -> impl Iterator<Item = (String, [&'static str; 4])> {
    TABLES
        .iter()
        .flat_map(|(table, rows)| rows.iter().map(move |(name, row)| (format!("{table} {name}"), *row)))
}

/// A row of a template without its places.
fn bare(template: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in template.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn every_word_is_there_in_every_language() {
    for (name, row) in rows() {
        for word in row {
            assert!(!word.trim().is_empty(), "{name}: {row:?}");
            assert_eq!(
                word.split('|').filter(|form| !form.trim().is_empty()).count(),
                word.split('|').count(),
                "{name}"
            );
        }
        let [english, chinese, dutch, spanish] = row.map(|word| word.split('|').count());
        assert_eq!(chinese, 1, "{name}: Chinese has one form for one and for many");
        assert!(english <= 2 && dutch == english && spanish == english, "{name}: {row:?}");
    }
}

#[test]
fn every_language_has_the_same_places() {
    for (name, row) in rows() {
        let [english, others @ ..] = row.map(places);
        for other in others {
            // “One post is …” writes the number as a word where another form has the place.
            assert_eq!(other, english, "{name}: {row:?}");
        }
    }
}

/// A place at the edge of a word, and a space at the end of a label, are the same in each language.
#[test]
fn labels_end_alike() {
    for (name, row) in rows() {
        let spaces = |word: &str| word.ends_with(' ');
        let colon = |word: &str| word.trim_end().ends_with([':', '：']);
        assert!(row.iter().all(|word| spaces(word) == spaces(row[0])), "{name}: {row:?}");
        assert!(row.iter().all(|word| colon(word) == colon(row[0])), "{name}: {row:?}");
    }
}

#[test]
fn labels_are_in_sentence_case() {
    // Spanish writes a state with a capital.
    const KEPT: [&str; 2] = ["Estado", "Estados"];
    for (name, row) in TABLES[0].1.iter().chain(TABLES[1].1) {
        for word in row.iter().flat_map(|word| word.split('|')) {
            let shouting = |word: &&str| {
                let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
                let capital = letters.chars().next().is_some_and(char::is_uppercase);
                let acronym = letters.chars().all(|c| c.is_uppercase() || c.is_numeric());
                capital && !acronym && !KEPT.contains(&letters)
            };
            let shouted: Vec<&str> = word.split(' ').skip(1).filter(shouting).collect();
            assert!(shouted.is_empty(), "{name}: {word}");
        }
    }
}

/// What is still English in the Chinese column was forgotten, except names and commands.
#[test]
fn chinese_is_chinese() {
    const KEPT: [&str; 32] = [
        "BY",
        "BY-SA",
        "BibTeX",
        "CC",
        "CC-CEDICT",
        "CSV",
        "DRAFT",
        "FollowTheMoney",
        "GeoNames",
        "G1",
        "ICP",
        "Natural",
        "Earth",
        "PDF",
        "Plainsight",
        "SHA-256",
        "UTC",
        "WACZ",
        "WARC",
        "ZIP",
        "case.toml",
        "complete",
        "demo",
        "docs",
        "models.md",
        "official",
        "plainsight",
        "propose",
        "robots",
        "robots.txt",
        "A",
        "C",
    ];
    let kept: BTreeSet<&str> = KEPT.into_iter().chain(["P", "S"]).collect();
    for (name, row) in rows() {
        let text = bare(row[1]);
        let latin = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'));
        for word in latin
            .map(|word| word.trim_matches(['.', '-']))
            .filter(|w| w.chars().any(|c| c.is_ascii_alphabetic()))
        {
            assert!(kept.contains(word), "{name}: {word} in {}", row[1]);
        }
    }
}

#[test]
fn tables_are_sorted_and_hold_no_name_twice() {
    for (table, rows) in TABLES.iter().filter(|(table, _)| *table != "terms") {
        let names: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
        let mut sorted = names.clone();
        sorted.sort_by_key(|name| {
            let (head, number) = name.rsplit_once('_').unwrap_or((name, ""));
            number.parse::<u32>().map_or((name.to_string(), 0), |number| (head.to_owned(), number))
        });
        sorted.dedup();
        assert_eq!(names, sorted, "{table}");
    }
}

#[test]
fn a_browser_names_the_readers_languages_in_order() {
    for (header, wanted) in [
        ("", Language::English),
        ("nl-NL,nl;q=0.9,en;q=0.8", Language::Dutch),
        ("fr-FR, es-419;q=0.9", Language::Spanish),
        ("zh-CN,zh;q=0.9", Language::Chinese),
        ("fr, de", Language::English),
        ("*;q=0.1", Language::English),
    ] {
        assert_eq!(Language::accepted(header), wanted, "{header}");
    }
}

#[test]
fn a_thread_draws_in_the_language_it_was_told() {
    speak(Language::Dutch);
    assert_eq!(L.overview, "Overzicht");
    let other = std::thread::spawn(|| L.overview).join();
    assert_eq!(other.ok(), Some("Overview"));
}
