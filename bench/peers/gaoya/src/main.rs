//! Near copies by gaoya's MinHash index, as its README shows it, one thread.
//!
//! `peer-gaoya FILE [BANDS WIDTH THRESHOLD] > PAIRS`: FILE has JSON lines with `id` and folded `text`;
//! a line with `a` and `b` goes out for every pair that the index gives. Time and peak memory go to standard error.

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let file = words.first().ok_or("which file?")?;
    let number = |at: usize, usual: usize| words.get(at).map_or(Ok(usual), |word| word.parse());
    let (bands, width) = (number(1, 25)?, number(2, 5)?);
    let threshold: f64 = words.get(3).map_or(Ok(0.5), |word| word.parse())?;

    let mut texts: Vec<(String, String)> = Vec::new();
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        texts.push((word("id"), word("text")));
    }
    let start = Instant::now();
    let hasher = MinHasher32::new(bands * width);
    let mut index = MinHashIndex::new(bands, width, threshold);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut pairs = 0u64;
    for (number, (id, text)) in texts.iter().enumerate().filter(|(_, (_, text))| !text.is_empty()) {
        let signature = hasher.create_signature(shingles(text));
        for other in index.query_owned(&signature) {
            let other: usize = other;
            writeln!(out, "{}", serde_json::json!({"a": texts[other].0, "b": id}))?;
            pairs += 1;
        }
        index.insert(number, signature);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    eprintln!("gaoya: {} texts, {pairs} pairs, {:.1} s, peak {peak}", texts.len(), start.elapsed().as_secs_f64());
    Ok(())
}

/// Five characters where most are Han, else nine, as the notes measured all libraries.
fn shingles(text: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let han = text.chars().filter(|c| matches!(*c as u32, 0x3400..=0x9fff | 0x20000..=0x3134f)).count();
    let size = if han * 2 > starts.len() { 5 } else { 9 };
    starts.push(text.len());
    let size = size.min(starts.len() - 1);
    (size..starts.len()).map(move |end| &text[starts[end - size]..starts[end]])
}
