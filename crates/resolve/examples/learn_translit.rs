//! Learns which letters the characters of transliterated names stand for, by expectation
//! maximisation over pairs of names, and prints the table `data/translit.txt`.
//!
//! `cargo run -p plainsight-resolve --example learn_translit -- train.jsonl [rank.jsonl]`:
//! the pairs are lines with `latin` and `hanzi`; with a second file (`hanzi`, `candidates`,
//! `gold`) it prints instead how often the right candidate comes first.

#[path = "../src/names/translit.rs"]
#[allow(dead_code)]
mod translit;

use plainsight_text::fold;
use serde_json::Value;
use std::collections::BTreeMap;
use translit::{Counts, MOST_LETTERS, Model, characters, forward, letters};

/// Letters that a character stood for less often are summed up as `*`.
const LISTED: f64 = 0.5;

/// More rounds learn the pairs that are no transliterations (a given name beside the surname): with 2 the right
/// one of 20 candidates came first most often, for names that were not learned from.
const ROUNDS: usize = 2;

fn lines(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{path}: {error}")))
        .collect()
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut pairs: Vec<(Vec<char>, Vec<u8>, f64)> = Vec::new();
    for row in lines(&args[0]) {
        let hanzi = characters(row["hanzi"].as_str().unwrap_or(""));
        let latin = letters(&fold(row["latin"].as_str().unwrap_or("")));
        if !hanzi.is_empty() && hanzi.len() <= 8 && !latin.is_empty() && latin.len() <= 6 * hanzi.len() {
            pairs.push((hanzi, latin, 1.0 + row["count"].as_f64().unwrap_or(1.0).ln()));
        }
    }
    let mut bigrams = [[0.0; 27]; 27];
    for (_, latin, _) in &pairs {
        let mut before = 0;
        for letter in latin.iter().copied().chain([0]) {
            bigrams[before][usize::from(letter)] += 1.0;
            before = usize::from(letter);
        }
    }
    let mut model = Model::new(&Counts::new(), &bigrams);
    let mut counts = Counts::new();
    for round in 0..ROUNDS {
        counts = Counts::new();
        for (hanzi, latin, weight) in &pairs {
            expect(&model, hanzi, latin, *weight, &mut counts);
        }
        model = Model::new(&counts, &bigrams);
        for path in args.iter().skip(1) {
            eprint!("{round}: {:.4} ", top(&model, path));
        }
        eprintln!();
    }
    for path in args.iter().skip(1) {
        thresholds(&model, path);
    }
    if args.len() < 2 {
        print_table(&counts, &bigrams);
    }
}

/// Adds to the counts what a pair says: each way of cutting the letters by its chance.
fn expect(model: &Model, hanzi: &[char], latin: &[u8], weight: f64, counts: &mut Counts) {
    let width = latin.len() + 1;
    let table = model.table(hanzi, latin);
    let ahead = forward(&table, hanzi.len(), latin.len());
    let mut behind = vec![0.0; (hanzi.len() + 1) * width];
    behind[hanzi.len() * width + latin.len()] = 1.0;
    for n in (0..hanzi.len()).rev() {
        for start in 0..width {
            behind[n * width + start] = (0..=MOST_LETTERS.min(latin.len() - start))
                .map(|length| table[n * width + start][length] * behind[(n + 1) * width + start + length])
                .sum();
        }
    }
    let whole = behind[0];
    for (n, c) in hanzi.iter().enumerate() {
        let unit = counts.entry((*c, n + 1 == hanzi.len())).or_default();
        for start in 0..width {
            let mut chunk = 0;
            for length in 0..=MOST_LETTERS.min(latin.len() - start) {
                if length > 0 {
                    chunk = chunk * 27 + u32::from(latin[start + length - 1]);
                }
                let share = ahead[n * width + start]
                    * table[n * width + start][length]
                    * behind[(n + 1) * width + start + length]
                    / whole;
                if share * weight > 0.01 {
                    *unit.entry(chunk).or_default() += share * weight;
                }
            }
        }
    }
}

fn top(model: &Model, path: &str) -> f64 {
    let rows = lines(path);
    let right = rows.iter().filter(|row| {
        let hanzi = characters(row["hanzi"].as_str().unwrap_or(""));
        let names = row["candidates"].as_array().cloned().unwrap_or_default();
        let score = |name: &Value| {
            model.evidence(&hanzi, &letters(&fold(name.as_str().unwrap_or("")))).unwrap_or(f64::MIN)
        };
        let best = names.iter().max_by(|a, b| score(a).total_cmp(&score(b)));
        best.is_some_and(|best| row["gold"].as_array().is_some_and(|gold| gold.contains(best)))
    });
    right.count() as f64 / rows.len() as f64
}

/// Prints how many right and wrong candidates reach which evidence.
fn thresholds(model: &Model, path: &str) {
    let mut found: Vec<(f64, bool)> = Vec::new();
    for row in lines(path) {
        let hanzi = characters(row["hanzi"].as_str().unwrap_or(""));
        for name in row["candidates"].as_array().cloned().unwrap_or_default() {
            let gold = row["gold"].as_array().is_some_and(|gold| gold.contains(&name));
            let letters = letters(&fold(name.as_str().unwrap_or("")));
            found.push((model.evidence(&hanzi, &letters).unwrap_or(f64::MIN), gold));
        }
    }
    for least in [-4.0, -2.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0] {
        let share = |gold: bool| {
            let all: Vec<&(f64, bool)> = found.iter().filter(|(_, g)| *g == gold).collect();
            all.iter().filter(|(e, _)| *e >= least).count() as f64 / all.len() as f64
        };
        eprintln!("evidence {least}: right {:.3}, wrong {:.4}", share(true), share(false));
    }
}

const HEAD: &str = "\
# How often a Han character stood for which Latin letters in names of persons, inside a name and at its end.
# Learned by examples/learn_translit.rs from the training part of NETransliteration-COLING2018
# (steveash, commit 5d5f59e): names of persons in Wikidata, CC0-1.0.
# First 27 rows: how often a letter (the row: border, a to z) was followed by which (the column).";

fn print_table(counts: &Counts, bigrams: &[[f64; 27]; 27]) {
    let spell = |mut chunk: u32| {
        let mut out = Vec::new();
        while chunk > 0 {
            out.push((chunk % 27) as u8 - 1 + b'a');
            chunk /= 27;
        }
        out.reverse();
        String::from_utf8(out).unwrap_or_default()
    };
    let list = |unit: Option<&BTreeMap<u32, f64>>| {
        let mut all: Vec<(f64, String)> =
            unit.into_iter().flatten().filter(|(_, n)| **n >= LISTED).map(|(k, n)| (*n, spell(*k))).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let rare: f64 = unit.into_iter().flatten().map(|(_, n)| *n).filter(|n| *n < LISTED).sum();
        if !all.is_empty() {
            all.push((rare, "*".to_owned()));
        }
        all.iter().map(|(n, letters)| format!("{letters}:{n:.1}")).collect::<Vec<_>>().join(" ")
    };
    println!("{HEAD}");
    for row in bigrams {
        println!("{}", row.iter().map(|n| format!("{n:.0}")).collect::<Vec<_>>().join(" "));
    }
    let all: std::collections::BTreeSet<char> = counts.keys().map(|(c, _)| *c).collect();
    for c in all {
        let (inner, last) = (list(counts.get(&(c, false))), list(counts.get(&(c, true))));
        if !inner.is_empty() || !last.is_empty() {
            println!("{c}\t{inner}\t{last}");
        }
    }
}
