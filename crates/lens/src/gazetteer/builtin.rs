//! The tables that are looked for in every text: divisions of China (modood, WTFPL 2),
//! populated places (Natural Earth, public domain), country names (CLDR), and
//! our own short tables of aliases, former names and ordinary words.

use super::layer::{Builder, Layer};
use super::{Place, PlaceKind};
use plainsight_text::{Edtf, fold};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

const DIVISIONS: &str = include_str!("../../data/divisions.csv");
const FORMER: &str = include_str!("../../data/former.csv");
const SINCE: &str = include_str!("../../data/since.csv");
const PLACES: &str = include_str!("../../data/places.csv");
const COUNTRIES: &str = include_str!("../../data/countries.csv");
const ALIASES: &str = include_str!("../../data/aliases.csv");
const WORDS: &str = include_str!("../../data/words.txt");

/// A Chinese form of two characters stands alone only for a city of this size:
/// smaller ones are met as parts of other words more often than as themselves.
const KNOWN_CITY: u64 = 300_000;

pub(super) fn layer() -> Layer {
    let mut builder = Builder::starting_at(0);
    countries(&mut builder);
    divisions(&mut builder);
    former(&mut builder);
    places(&mut builder);
    aliases(&mut builder);
    let all = [DIVISIONS, FORMER, SINCE, PLACES, COUNTRIES, ALIASES, WORDS, super::towns::DIGEST].concat();
    builder.finish(Vec::new(), plainsight_model::Digest::of(all.as_bytes()).to_string())
}

/// Folded names of places that are ordinary words.
pub(super) fn words() -> &'static HashSet<String> {
    static WORD_SET: OnceLock<HashSet<String>> = OnceLock::new();
    WORD_SET.get_or_init(|| {
        WORDS.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).map(fold).collect()
    })
}

fn countries(builder: &mut Builder) {
    for row in rows(COUNTRIES) {
        let code = row.get("code");
        let country = Place {
            name: row.get("en").to_owned(),
            code: Some(code.to_owned()),
            country: Some(row.get("en").to_owned()),
            country_code: Some(code.to_owned()),
            ..empty(PlaceKind::Country)
        };
        let at = builder.add(country);
        for (heading, lang) in
            [("en", "en"), ("nl", "nl"), ("es", "es"), ("zh_hans", "zh"), ("zh_hant", "zh"), ("fr", "fr")]
        {
            builder.name(at, lang, row.get(heading), false);
            builder.name(at, lang, &row.get(heading).replace(" & ", " and "), false);
        }
    }
}

fn divisions(builder: &mut Builder) {
    let since: HashMap<&str, &str> = SINCE.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
    for row in rows(DIVISIONS) {
        let code = row.get("code");
        let parent = (code.len() > 2).then(|| code.get(..code.len() - 2).unwrap_or(code).to_owned());
        // A county that its province governs directly (429004) has no prefecture.
        let parent = parent.map(|p| if builder.by_key(&p).is_some() { p } else { p[..2].to_owned() });
        let mut place = division(code, row.get("name"), parent);
        place.lat = row.get("lat").parse().ok();
        place.lon = row.get("lon").parse().ok();
        place.population = row.get("population").parse().unwrap_or(0);
        place.from = since.get(code).and_then(|year| first_day(year));
        let at = builder.add(place);
        division_names(builder, at, &row);
        for form in row.get("forms").split('|') {
            builder.name(at, "latin", form, false);
        }
    }
}

fn former(builder: &mut Builder) {
    for row in rows(FORMER) {
        let mut place = division(row.get("code"), row.get("name"), Some(row.get("parent").to_owned()));
        place.from = first_day(row.get("from"));
        place.until = first_day(row.get("until"));
        place.successor = Some(row.get("successor").to_owned()).filter(|code| !code.is_empty());
        let at = builder.add(place);
        division_names(builder, at, &row);
    }
}

fn division_names(builder: &mut Builder, at: super::PlaceRef, row: &Row) {
    builder.name(at, "zh", row.get("name"), false);
    builder.name(at, "zh", row.get("bare"), false);
    builder.name(at, "pinyin", row.get("pinyin"), false);
}

fn places(builder: &mut Builder) {
    for row in rows(PLACES) {
        let at = city(builder, &row);
        builder.name(at, "name", row.get("name"), false);
        for lang in ["ascii", "en", "es", "de", "fr"] {
            builder.name(at, lang, row.get(lang), false);
        }
        let (zh, population) = (row.get("zh"), builder.get(at).population);
        builder.name(at, "zh", zh, zh.chars().count() <= 2 && population < KNOWN_CITY);
    }
}

/// A city of a row, without its names.
fn city(builder: &mut Builder, row: &Row) -> super::PlaceRef {
    let code = row.get("country");
    let country = builder.by_key(code).map(|c| builder.get(c).name.clone());
    let population: u64 = row.get("population").parse().unwrap_or(0);
    let place = Place {
        name: row.get("name").to_owned(),
        country,
        country_code: Some(code.to_owned()).filter(|c| !c.is_empty()),
        lat: row.get("lat").parse().ok(),
        lon: row.get("lon").parse().ok(),
        population,
        ..empty(PlaceKind::City)
    };
    // Of two cities of one name and country the greater keeps the key.
    let key = place.key();
    let greater = builder.by_key(&key).is_some_and(|other| builder.get(other).population < population);
    let at = builder.add(place);
    if greater {
        builder.rekey(&key, at);
    }
    at
}

fn aliases(builder: &mut Builder) {
    for row in rows(ALIASES) {
        if let Some(at) = builder.by_key(row.get("key")) {
            builder.name(at, row.get("lang"), row.get("form"), false);
        }
    }
}

fn division(code: &str, name: &str, parent: Option<String>) -> Place {
    let kind = match code.len() {
        2 => PlaceKind::Province,
        4 => PlaceKind::Prefecture,
        _ => PlaceKind::County,
    };
    Place {
        name: name.to_owned(),
        code: Some(code.to_owned()),
        country: Some("China".to_owned()),
        country_code: Some("cn".to_owned()),
        parent,
        ..empty(kind)
    }
}

pub(super) fn empty(kind: PlaceKind) -> Place {
    Place {
        name: String::new(),
        kind,
        code: None,
        country: None,
        country_code: None,
        parent: None,
        forms: Vec::new(),
        lat: None,
        lon: None,
        calling_code: None,
        trunk: None,
        from: None,
        until: None,
        successor: None,
        population: 0,
        cue: false,
    }
}

/// The first day of a year, month or day.
pub(super) fn first_day(text: &str) -> Option<plainsight_text::Day> {
    Edtf::parse(text.trim()).ok()?.first
}

/// A row of one of our own tables, by heading.
struct Row {
    heads: Arc<csv::StringRecord>,
    cells: csv::StringRecord,
}

impl Row {
    fn get(&self, heading: &str) -> &str {
        let at = self.heads.iter().position(|head| head == heading);
        at.and_then(|at| self.cells.get(at)).unwrap_or("")
    }
}

fn rows(table: &str) -> impl Iterator<Item = Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = Arc::new(reader.headers().cloned().unwrap_or_default());
    let records: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    records.into_iter().map(move |cells| Row { heads: heads.clone(), cells })
}
