//! Foreign names written in Han, back to Latin letters: each character stands for a
//! few letters, with chances learned from pairs of names (`data/translit.txt`).

use pinyin::ToPinyin;
use plainsight_text::fold_char;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// The most letters that one character stands for.
pub const MOST_LETTERS: usize = 6;
/// Longer names are not compared by this model; no transliterated name is longer.
const MOST_CHARACTERS: usize = 24;
const LONGEST_WORD: usize = 60;
/// How many sightings the wider group's chance is worth: the letters of all characters of
/// one sound for a character, those of the character anywhere for its place in the name.
const BY_SOUND: f64 = 60.0;
const BY_CHARACTER: f64 = 20.0;
const BY_LETTERS: f64 = 100.0;
/// Stands for all letters that a character stood for too seldom to be listed.
pub const RARE: u32 = u32::MAX;
/// The chance of a number of letters for a character that nothing is known of.
const LENGTHS: [f64; MOST_LETTERS + 1] = [0.05, 0.25, 0.35, 0.2, 0.1, 0.04, 0.01];

/// How often a character stood for which letters.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    total: f64,
    chunks: Vec<(u32, f64)>,
}

impl Unit {
    fn new(counts: &BTreeMap<u32, f64>) -> Self {
        Self { total: counts.values().sum(), chunks: counts.iter().map(|(k, n)| (*k, *n)).collect() }
    }

    /// Its own sightings and the wider group's chance, weighed.
    fn chance(&self, chunk: u32, wider: f64, weight: f64) -> f64 {
        let own =
            self.chunks.binary_search_by_key(&chunk, |(key, _)| *key).map_or(0.0, |at| self.chunks[at].1);
        (own + weight * wider) / (self.total + weight)
    }
}

/// Counts by folded character and by whether it is the name's last.
pub type Counts = BTreeMap<(char, bool), BTreeMap<u32, f64>>;

/// Chances of letters for characters, and of letters for letters.
#[derive(Clone, Debug, Default)]
pub struct Model {
    units: HashMap<char, Characters>,
    sounds: HashMap<&'static str, Unit>,
    /// The chance of a letter after a letter; 0 is the border of a word.
    letters: Vec<[f64; 27]>,
}

#[derive(Clone, Debug, Default)]
struct Characters {
    anywhere: Unit,
    inner: Unit,
    last: Unit,
}

impl Model {
    /// The model that comes with the program.
    pub fn builtin() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::read(include_str!("../../data/translit.txt")))
    }

    /// Reads the table as `examples/learn_translit.rs` prints it: 27 rows of numbers, then a
    /// row for each character; lines that begin with # are remarks.
    fn read(table: &str) -> Self {
        let mut counts = Counts::new();
        let mut pairs = Vec::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if pairs.len() < 27 {
                let mut row = [0.0; 27];
                for (cell, n) in row.iter_mut().zip(line.split(' ')) {
                    *cell = n.parse().unwrap_or(0.0);
                }
                pairs.push(row);
                continue;
            }
            let mut cells = line.split('\t');
            let Some(c) = cells.next().and_then(|cell| cell.chars().next()) else { continue };
            for (last, cell) in [false, true].into_iter().zip(cells) {
                let unit: &mut BTreeMap<u32, f64> = counts.entry((c, last)).or_default();
                for (spelled, n) in cell.split(' ').filter_map(|entry| entry.split_once(':')) {
                    if spelled == "*" {
                        unit.insert(RARE, n.parse().unwrap_or(0.0));
                        continue;
                    }
                    let key = letters(spelled).iter().fold(0, |key, letter| key * 27 + u32::from(*letter));
                    unit.insert(key, n.parse().unwrap_or(0.0));
                }
            }
        }
        Self::new(&counts, &pairs)
    }

    /// From counts, and how often a letter (1 to 26, 0 for the border) followed another.
    pub fn new(counts: &Counts, pairs: &[[f64; 27]]) -> Self {
        let mut sounds: HashMap<&'static str, BTreeMap<u32, f64>> = HashMap::new();
        let mut anywhere: HashMap<char, BTreeMap<u32, f64>> = HashMap::new();
        for ((c, _), chunks) in counts {
            for (chunk, n) in chunks {
                *anywhere.entry(*c).or_default().entry(*chunk).or_default() += n;
                if let Some(sound) = sound(*c) {
                    *sounds.entry(sound).or_default().entry(*chunk).or_default() += n;
                }
            }
        }
        let none = BTreeMap::new();
        let unit = |c: char, last: bool| Unit::new(counts.get(&(c, last)).unwrap_or(&none));
        let units = anywhere.iter().map(|(c, all)| {
            (*c, Characters { anywhere: Unit::new(all), inner: unit(*c, false), last: unit(*c, true) })
        });
        let letters = pairs.iter().map(|row| {
            let total: f64 = row.iter().sum::<f64>() + 27.0 * 0.5;
            row.map(|n| (n + 0.5) / total)
        });
        Self {
            units: units.collect(),
            sounds: sounds.iter().map(|(s, chunks)| (*s, Unit::new(chunks))).collect(),
            letters: letters.collect(),
        }
    }

    /// The chance that a character stands for these letters.
    fn chance(&self, c: char, last: bool, chunk: u32, letters: &[u8]) -> f64 {
        let plain = LENGTHS.get(letters.len()).copied().unwrap_or(0.0) * COMMON.powi(letters.len() as i32);
        let of_sound = sound(c).and_then(|s| self.sounds.get(s));
        let wide = of_sound.map_or(plain, |unit| unit.chance(chunk, plain, BY_LETTERS));
        let Some(unit) = self.units.get(&c) else { return wide };
        let anywhere = unit.anywhere.chance(chunk, wide, BY_SOUND);
        let place = if last { &unit.last } else { &unit.inner };
        place.chance(chunk, anywhere, BY_CHARACTER)
    }

    /// The letters that a character stands for most often, with their shares; its sound where nothing is known of it.
    pub(super) fn likely(&self, c: char, most: usize) -> Vec<(String, f64)> {
        let unit = self.units.get(&c).map(|unit| &unit.anywhere);
        let Some(unit) = unit.or_else(|| self.sounds.get(sound(c)?)) else {
            return sound(c).map(|s| (s.to_owned(), 1.0)).into_iter().collect();
        };
        let mut chunks: Vec<(u32, f64)> =
            unit.chunks.iter().filter(|(key, _)| *key != RARE).copied().collect();
        chunks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        chunks.into_iter().take(most).map(|(key, n)| (spelled(key), n / unit.total.max(1.0))).collect()
    }

    /// The chances of every run of letters for every character: `[character][start][length]`.
    pub fn table(&self, characters: &[char], letters: &[u8]) -> Vec<[f64; MOST_LETTERS + 1]> {
        let mut out = Vec::with_capacity(characters.len() * (letters.len() + 1));
        for (n, c) in characters.iter().enumerate() {
            for start in 0..=letters.len() {
                let mut row = [0.0; MOST_LETTERS + 1];
                let mut chunk = 0u32;
                for (length, cell) in row.iter_mut().enumerate() {
                    if start + length > letters.len() {
                        break;
                    }
                    if length > 0 {
                        chunk = chunk * 27 + u32::from(letters[start + length - 1]);
                    }
                    *cell =
                        self.chance(*c, n + 1 == characters.len(), chunk, &letters[start..start + length]);
                }
                out.push(row);
            }
        }
        out
    }

    /// The logarithm of how much likelier the letters are for these characters than for any
    /// name; `None` if one of the two is empty or too long.
    pub fn evidence(&self, characters: &[char], letters: &[u8]) -> Option<f64> {
        if characters.is_empty() || letters.is_empty() {
            return None;
        }
        if characters.len() > MOST_CHARACTERS || letters.len() > LONGEST_WORD {
            return None;
        }
        let table = self.table(characters, letters);
        let forward = forward(&table, characters.len(), letters.len());
        let whole = forward.last().copied().unwrap_or(0.0);
        Some(whole.max(1e-300).ln() - self.background(letters))
    }

    /// The logarithm of the chance that any name has these letters.
    fn background(&self, letters: &[u8]) -> f64 {
        let ends = letters.iter().copied().chain([0]);
        let starts = [0].into_iter().chain(letters.iter().copied());
        let chance =
            |(a, b): (u8, u8)| self.letters.get(usize::from(a)).map_or(1.0 / 27.0, |row| row[usize::from(b)]);
        starts.zip(ends).map(|pair| chance(pair).ln()).sum()
    }
}

/// Letters out of their number to the base of 27.
fn spelled(mut key: u32) -> String {
    let mut out = Vec::new();
    while key > 0 {
        out.push((b'a' + ((key % 27) as u8).saturating_sub(1)) as char);
        key /= 27;
    }
    out.iter().rev().collect()
}

/// A letter's chance where nothing is known.
const COMMON: f64 = 1.0 / 20.0;

/// Sums over all ways to give the first letters to the first characters: `[character][letter]`.
pub fn forward(table: &[[f64; MOST_LETTERS + 1]], characters: usize, letters: usize) -> Vec<f64> {
    let width = letters + 1;
    let mut sums = vec![0.0; (characters + 1) * width];
    sums[0] = 1.0;
    for n in 0..characters {
        for start in 0..=letters {
            let here = sums[n * width + start];
            if here == 0.0 {
                continue;
            }
            for length in 0..=MOST_LETTERS.min(letters - start) {
                sums[(n + 1) * width + start + length] += here * table[n * width + start][length];
            }
        }
    }
    sums
}

/// The letters a to z of a folded name as 1 to 26; others are left out.
pub fn letters(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for c in name.chars() {
        let plain: &str = match c {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ð' | 'đ' => "d",
            'þ' => "th",
            'ł' => "l",
            'ı' => "i",
            'ə' => "a",
            'a'..='z' => {
                out.push(c as u8 - b'a' + 1);
                continue;
            }
            _ => continue,
        };
        out.extend(plain.bytes().map(|b| b - b'a' + 1));
    }
    out
}

/// The toneless sound of a folded character.
fn sound(c: char) -> Option<&'static str> {
    Some(c.to_pinyin()?.plain())
}

/// The folded Han characters of a name.
pub fn characters(name: &str) -> Vec<char> {
    name.chars()
        .flat_map(|c| fold_char(c).chars().collect::<Vec<_>>())
        .filter(|c| plainsight_text::is_han(*c))
        .collect()
}
