//! How long one name takes among many: `names_among PAIRS.jsonl MILLIONS [questions]`.
//! The table holds invented names made of the words of the set's names and of syllables, and all
//! names of the set; each question is one name of a true pair, and the time is that of finding the
//! candidates and comparing each in full, in time of the processor where the system tells it. It prints the table's size, the time of making it, the
//! median and the 95th of 100 questions, and how many partners were found with a yes.

use plainsight_lens::Gazetteer;
use plainsight_resolve::names::{IndexBuilder, NameIndex, Scratch, YES};
use plainsight_resolve::{NameInput, match_names};
use serde_json::Value;
use std::time::Instant;

/// Candidates that are compared in full, as `xref` does.
const MOST: usize = 200;

/// Milliseconds that this thread had the processor (Linux), else since the program began.
fn clock(begin: &Instant) -> f64 {
    let own = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = own.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| begin.elapsed().as_secs_f64() * 1e3, |nanos| nanos / 1e6)
}

struct Dice(u64);

impl Dice {
    fn next(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    /// Small numbers far oftener than great ones, as names are: a few of a third, most once.
    fn skewed(&mut self, sides: usize) -> usize {
        let share = self.next(1 << 20) as f64 / f64::from(1 << 20);
        ((sides as f64) * share.powi(3)) as usize
    }
}

fn invented(dice: &mut Dice, words: &[String], han: &[char]) -> String {
    let syllables = [
        "ka", "ro", "mi", "ten", "sul", "var", "bo", "dri", "lam", "ne", "sha", "gor", "fi", "pel", "wu",
        "zan",
    ];
    if dice.next(10) == 0 {
        let surname = han[dice.skewed(han.len().min(200))];
        return std::iter::once(surname)
            .chain((0..1 + dice.next(2)).map(|_| han[dice.skewed(han.len())]))
            .collect();
    }
    let word = |dice: &mut Dice| match dice.next(5) {
        0..=2 => (0..2 + dice.next(3)).map(|_| syllables[dice.next(syllables.len())]).collect::<String>(),
        _ => words[dice.skewed(words.len())].clone(),
    };
    (0..2 + dice.next(3)).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(path), Some(millions)) = (args.first(), args.get(1).and_then(|n| n.parse::<f64>().ok())) else {
        eprintln!("names_among needs a file of pairs and how many millions of names");
        std::process::exit(2);
    };
    let questions: usize = args.get(2).and_then(|n| n.parse().ok()).unwrap_or(400);
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let rows: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let name = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let all: Vec<String> = rows.iter().flat_map(|row| [name(&row["a"]), name(&row["b"])]).collect();
    let mut words: Vec<String> = all.iter().flat_map(|n| n.split_whitespace().map(str::to_owned)).collect();
    words.sort();
    words.dedup();
    words.retain(|word| word.is_ascii());
    let han: Vec<char> = ('\u{4e00}'..'\u{5800}').collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let gazetteer = Gazetteer::builtin();
    let begin = Instant::now();
    let mut builder = IndexBuilder::new(gazetteer);
    for name in &all {
        let _ = builder.add(&NameInput::of(name));
    }
    for _ in 0..(millions * 1e6) as usize {
        let _ = builder.add(&NameInput::of(&invented(&mut dice, &words, &han)));
    }
    let bytes = builder.finish();
    let index = NameIndex::open(&bytes).unwrap_or_else(|error| panic!("{error}"));
    println!(
        "{} names, {} MB, made in {:.0} s",
        index.len(),
        bytes.len() >> 20,
        begin.elapsed().as_secs_f64()
    );
    let mut scratch = Scratch::default();
    let (mut times, mut lookups, mut found, mut asked) = (Vec::new(), Vec::new(), 0, 0);
    let pairs = rows.iter().enumerate().filter(|(_, row)| row["match"] == true);
    for (at, row) in pairs.cycle().take(questions) {
        let schema = row["schema"].as_str();
        let (question, partner) = (NameInput::of(&name(&row["a"])), 2 * at as u32 + 1);
        if match_names(&question, &NameInput::of(&all[partner as usize]), schema, gazetteer).score < YES {
            continue;
        }
        let from = clock(&begin);
        let candidates = index.candidates(&question, gazetteer, MOST, &mut scratch);
        lookups.push(clock(&begin) - from);
        let yes: Vec<u32> = candidates
            .into_iter()
            .filter(|n| {
                let names = index.names(*n).into_iter().map(str::to_owned).collect();
                let other = NameInput { names, ..NameInput::default() };
                match_names(&question, &other, schema, gazetteer).score >= YES
            })
            .collect();
        times.push(clock(&begin) - from);
        asked += 1;
        if yes.contains(&partner) {
            found += 1;
        } else if std::env::var_os("NAMES_SHOW").is_some() {
            println!("lost: {:?} {:?}", question.names, index.names(partner));
        }
    }
    for (what, times) in [("candidates", &mut lookups), ("candidates and comparing", &mut times)] {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times.get(((times.len() as f64) * share) as usize).copied().unwrap_or(0.0);
        println!("{what}: median {:.1} ms, p95 {:.1} ms", at(0.5), at(0.95));
    }
    println!("{found} of {asked} partners found");
}
