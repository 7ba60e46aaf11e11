//! Measures [`copies`] over many short invented texts of which many are copies.
//!
//! `copies_speed NUMBER [FILE]` makes so many texts (the same on every machine),
//! compares them on one thread and prints time, peak memory, and how many of
//! the known copies were found; `copies_speed NUMBER FILE --write` only writes
//! the texts, a JSON line each, for the peers of `bench/copies`.
//!
//! The texts have some 250 characters, half of them of Han and half of Latin
//! words that mean nothing, drawn as unevenly as words of a language are, with
//! stock phrases between them. Three in ten are an edited copy of an earlier
//! one; one in twenty quotes a sentence of an earlier one.

use plainsight_corroborate::{CopyHow, CopyInput, copies};
use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = words.first().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let made = Instant::now();
    let texts = Maker::new(20_260_101).texts(number);
    if let Some(file) = words.get(1) {
        let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
        for (n, text) in texts.iter().enumerate() {
            let line = serde_json::json!({"id": id(n), "text": text.text, "family": id(text.family)});
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
    if words.iter().any(|word| word == "--write") {
        return Ok(());
    }
    let families: Vec<usize> = texts.iter().map(|text| text.family).collect();
    let quotes: Vec<(usize, usize)> =
        texts.iter().enumerate().filter_map(|(n, text)| Some((text.quoted?, n))).collect();
    // Held without slack, as what was read from a line is.
    let input = |(n, made): (usize, Made)| {
        let text = made.text.into_boxed_str().into_string();
        CopyInput { id: id(n), text, ..CopyInput::default() }
    };
    let inputs: Vec<CopyInput> = texts.into_iter().enumerate().map(input).collect();
    let bytes: usize = inputs.iter().map(|input| input.text.len()).sum();
    println!("{number} texts, {:.0} MB, made in {:.1} s", bytes as f64 / 1e6, made.elapsed().as_secs_f64());
    println!("peak before comparing {:.0} MiB", peak());

    let (start, used) = (Instant::now(), processor());
    let found = copies(&inputs);
    println!(
        "compared in {:.1} s, {:.1} s of a processor; peak {:.0} MiB with the texts themselves",
        start.elapsed().as_secs_f64(),
        processor() - used,
        peak()
    );
    let partial = found.links.iter().filter(|link| link.how == CopyHow::Partial).count();
    println!("{} links, {partial} of them partial", found.links.len());

    let of: HashMap<&str, &str> =
        found.clusters.iter().map(|c| (c.id.as_str(), c.cluster.as_str())).collect();
    let names: Vec<String> = (0..number).map(id).collect();
    let same = |a: usize, b: usize| of[names[a].as_str()] == of[names[b].as_str()];
    let copied: Vec<usize> = (0..number).filter(|&n| families[n] != n).collect();
    let right = copied.iter().filter(|&&n| same(n, families[n])).count();
    println!("{right} of {} edited copies stand with their source", copied.len());
    let mut mixed: HashMap<&str, HashSet<usize>> = HashMap::new();
    (0..number).for_each(|n| {
        mixed.entry(of[names[n].as_str()]).or_default().insert(families[n]);
    });
    let wrong = mixed.values().filter(|families| families.len() > 1).count();
    println!("{wrong} of {} clusters mix sources; {} sources", mixed.len(), number - copied.len());
    let linked: HashSet<(&str, &str)> =
        found.links.iter().map(|link| (link.a.as_str(), link.b.as_str())).collect();
    let seen = quotes.iter().filter(|(a, b)| linked.contains(&(names[*a].as_str(), names[*b].as_str())));
    println!("{} of {} quoted sentences are linked", seen.count(), quotes.len());
    Ok(())
}

fn id(number: usize) -> String {
    format!("t{number:07}")
}

/// The most memory that this process has held, in MiB; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Seconds of a processor that this process has used; 0 where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // User and system time are the twelfth and thirteenth word after the name, in hundredths.
    let after = stat.rsplit(')').next().unwrap_or_default();
    after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// An invented text.
struct Made {
    text: String,
    /// The text that it is a copy of; its own number if of none.
    family: usize,
    /// The text of which it quotes a sentence.
    quoted: Option<usize>,
}

/// Makes texts. The numbers are those of SplitMix64 (Steele, Lea, Flood 2014).
struct Maker {
    state: u64,
    han: Vec<String>,
    latin: Vec<String>,
    phrases: [Vec<String>; 2],
}

const HAN: usize = 0;

impl Maker {
    fn new(seed: u64) -> Self {
        let mut maker = Self { state: seed, han: vec![], latin: vec![], phrases: [vec![], vec![]] };
        for _ in 0..30_000 {
            let length = [1, 2, 2, 2, 3][maker.below(5)];
            let han =
                (0..length).filter_map(|_| char::from_u32(0x4e00 + maker.uneven(6_000) as u32)).collect();
            maker.han.push(han);
            let length = 1 + maker.below(4);
            let syllable = |maker: &mut Self| {
                let (a, b) = (maker.below(16), maker.below(6));
                [&"bcdfghklmnprstvz"[a..=a], &"aeiouy"[b..=b]].concat()
            };
            let latin = (0..length).map(|_| syllable(&mut maker)).collect();
            maker.latin.push(latin);
        }
        for script in 0..2 {
            maker.phrases[script] = (0..2_000).map(|_| maker.words(script, 5)).collect();
        }
        maker
    }

    fn texts(&mut self, number: usize) -> Vec<Made> {
        let mut texts: Vec<Made> = Vec::with_capacity(number);
        for own in 0..number {
            let earlier = (own > 0).then(|| texts[self.below(own)].family);
            let kind = self.below(20);
            let made = match earlier {
                Some(family) if kind < 6 => {
                    Made { text: self.edited(&texts[family].text), family, quoted: None }
                }
                Some(quoted) if kind == 6 => {
                    let source = &texts[quoted].text;
                    let sentences: Vec<&str> = source.split_inclusive(['。', '.']).collect();
                    let sentence = sentences[self.below(sentences.len())].to_owned();
                    let script = usize::from(source.is_ascii());
                    let text = format!("{}{sentence} {}", self.story(script, 120), self.story(script, 80));
                    Made { text, family: own, quoted: Some(quoted) }
                }
                _ => {
                    let script = self.below(2);
                    Made { text: self.story(script, 250), family: own, quoted: None }
                }
            };
            texts.push(made);
        }
        texts
    }

    /// Sentences of about so many characters.
    fn story(&mut self, script: usize, length: usize) -> String {
        let (comma, stop) = if script == HAN { ("，", "。") } else { (", ", ". ") };
        let mut text = String::new();
        let mut written = 0;
        while written < length {
            if self.below(6) == 0 {
                let phrase = self.uneven(2_000);
                text.push_str(&self.phrases[script][phrase]);
                text.push_str(comma);
            }
            let count = 4 + self.below(9);
            text.push_str(&self.words(script, count));
            text.push_str(if self.below(3) == 0 { comma } else { stop });
            written = text.chars().count();
        }
        text
    }

    fn words(&mut self, script: usize, count: usize) -> String {
        let numbers: Vec<usize> = (0..count).map(|_| self.uneven(30_000)).collect();
        let words = if script == HAN { &self.han } else { &self.latin };
        let words: Vec<&str> = numbers.iter().map(|number| words[*number].as_str()).collect();
        words.join(if script == HAN { "" } else { " " })
    }

    /// A copy as papers make them: cut, misread, with words around it, or in another order.
    fn edited(&mut self, source: &str) -> String {
        let script = usize::from(source.is_ascii());
        let sentences: Vec<&str> = source.split_inclusive(['。', '.']).collect();
        match self.below(4) {
            0 => sentences[..sentences.len().div_ceil(2).max(sentences.len() * 2 / 3)].concat(),
            1 => {
                let misread = |c: char| if c.is_alphabetic() && self.below(33) == 0 { 'x' } else { c };
                source.chars().map(misread).collect()
            }
            2 => format!("{}\n{source}\n{}", self.story(script, 30), self.story(script, 30)),
            _ => {
                let turn = self.below(sentences.len());
                [&sentences[turn..], &sentences[..turn]].concat().concat()
            }
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number below `end`, the first ones much more often, as words of a language are.
    fn uneven(&mut self, end: usize) -> usize {
        let part = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((end + 1) as f64).powf(part) as usize).clamp(1, end) - 1
    }
}
