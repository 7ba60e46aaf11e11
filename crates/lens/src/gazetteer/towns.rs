//! Towns of 5,000 inhabitants and more (GeoNames, CC BY 4.0): far more names than the other tables, many of
//! them like words and surnames. So they are never looked for in a text; they are only asked for by name, where
//! a text's own words say that a town stands there (`cued.rs`). The table is a sorted text in the program's own
//! file: nothing is read or built at the start, and only the pages asked for are ever in memory.

use super::builtin::empty;
use super::{Place, PlaceKind, PlaceRef, base};
use plainsight_text::fold;
use std::sync::OnceLock;

/// Lines of folded form, name, country, degrees north and east, inhabitants, number; by form, then the greatest first.
const TOWNS: &str = include_str!("../../data/towns.tsv");

/// The SHA-256 of the table: part of the gazetteer's own, without reading it at each start.
pub(super) const DIGEST: &str = "921e5040d7c6132f10fe1d03ed1a3e80f2a3c8890c3a76a1fa87637e81f47213";

/// How many towns there are.
const COUNT: usize = 54_505;

/// The number of the first town: above those of every other table.
pub(super) const FIRST: u32 = 1 << 31;

/// Towns as places, each made when it is first met.
fn made() -> &'static [OnceLock<Box<Place>>] {
    static MADE: OnceLock<Box<[OnceLock<Box<Place>>]>> = OnceLock::new();
    MADE.get_or_init(|| (0..COUNT).map(|_| OnceLock::new()).collect())
}

/// Gives the towns of a folded name, the greatest first.
pub(super) fn named(folded: &str) -> Vec<PlaceRef> {
    if folded.is_empty() {
        return Vec::new();
    }
    let form = |line: &'static str| line.split('\t').next().unwrap_or("");
    // Where the first line begins whose form is no smaller.
    let (mut low, mut high) = (0, TOWNS.len());
    while low < high {
        let middle = start_of_line(low + (high - low) / 2);
        let line = line_at(middle);
        if form(line) < folded {
            low = middle + line.len() + 1;
        } else {
            high = middle;
        }
    }
    let rest = TOWNS.get(low..).unwrap_or("");
    rest.lines().take_while(|line| form(line) == folded).filter_map(place).collect()
}

/// Gives the town of a key `Country/Name`; of several the greatest.
pub(super) fn by_key(key: &str) -> Option<PlaceRef> {
    let (_, name) = key.split_once('/')?;
    named(&fold(name)).into_iter().find(|town| get(*town).is_some_and(|town| town.key() == key))
}

/// Gives a town that was found before.
pub(super) fn get(town: PlaceRef) -> Option<&'static Place> {
    let number = town.0.checked_sub(FIRST)? as usize;
    made().get(number)?.get().map(Box::as_ref)
}

fn start_of_line(at: usize) -> usize {
    TOWNS.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

fn line_at(start: usize) -> &'static str {
    let rest = TOWNS.get(start..).unwrap_or("");
    rest.split_once('\n').map_or(rest, |(line, _)| line)
}

/// The town of a line.
fn place(line: &str) -> Option<PlaceRef> {
    let mut cells = line.split('\t').skip(1);
    let mut cell = || cells.next();
    let (name, country, lat, lon, population) = (cell()?, cell()?, cell()?, cell()?, cell()?);
    let number: u32 = cell()?.parse().ok()?;
    made().get(number as usize)?.get_or_init(|| {
        let state = base().by_key(country).map(|state| base().get(state).name.clone());
        Box::new(Place {
            name: name.to_owned(),
            country: state,
            country_code: Some(country.to_owned()),
            lat: lat.parse().ok(),
            lon: lon.parse().ok(),
            population: population.parse().unwrap_or(0),
            forms: vec![("name".to_owned(), name.to_owned())],
            cue: true,
            ..empty(PlaceKind::City)
        })
    });
    Some(PlaceRef(FIRST + number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_found_by_its_name_in_latin_and_in_han() {
        let shown = |name: &str| -> Vec<String> {
            named(&fold(name)).into_iter().filter_map(get).map(Place::key).collect()
        };
        assert_eq!(shown("Hoogeveen"), ["Netherlands/Hoogeveen"]);
        assert_eq!(shown("萬錦"), ["Canada/Markham"]);
        assert_eq!(shown("no such town"), [""; 0]);
        assert_eq!(shown(""), [""; 0]);
        let town = by_key("Spain/Badalona").and_then(get).expect("a town");
        assert_eq!((town.lat, town.population), (Some(41.45), 217_741));
        assert_eq!(by_key("France/Badalona"), None);
    }

    #[test]
    fn the_table_is_what_its_constants_say() {
        assert_eq!(plainsight_model::Digest::of(TOWNS.as_bytes()).to_string(), DIGEST);
        let rows: Vec<Vec<&str>> = TOWNS.lines().map(|line| line.split('\t').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == 7 && fold(row[0]) == row[0]));
        assert!(rows.is_sorted_by(|a, b| a[0] <= b[0]));
        let last = rows.iter().filter_map(|row| row[6].parse::<usize>().ok()).max();
        assert_eq!(last, Some(COUNT - 1));
    }

    /// “En paz”, “bij Jansen”: words and names of persons are no towns of this table, but Delft and Slough are.
    #[test]
    fn words_and_persons_are_left_out() {
        assert!(!named("delft").is_empty() && !named("slough").is_empty());
        for name in ["paz", "jansen", "marzo", "winter", "nice", "china", "mayo", "best", "平安"] {
            assert!(named(name).is_empty(), "{name}");
        }
    }
}
