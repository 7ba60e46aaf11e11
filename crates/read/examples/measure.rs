//! Reads files and prints a JSON line for each, for the scorer of the reading
//! set: `measure [--programs] FILE…`, or `measure --expr|--lang|--words < lines.jsonl`;
//! `measure --lessons FILE…` prints what `bench/reading/learn.py` learns from.

use plainsight_model::ReadSettings;
use plainsight_read::{Source, dates, language, read, words};
use serde_json::{Value, json};
use std::io::BufRead;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(mode @ ("--expr" | "--lang" | "--words")) => lines(mode),
        Some("--lessons") => lessons(&arguments[1..]),
        _ => files(&arguments),
    }
}

fn files(paths: &[String]) {
    let programs = paths.first().is_some_and(|p| p == "--programs");
    let settings = ReadSettings { programs, ..ReadSettings::default() };
    for path in paths.iter().filter(|p| !p.starts_with("--")) {
        let bytes = std::fs::read(path).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or(path);
        let start = std::time::Instant::now();
        let (document, complaints) =
            read(&Source { bytes: &bytes, media_type: None, uri: "", name }, &settings);
        let took = start.elapsed().as_millis();
        let id = name.split('.').next().unwrap_or(name);
        let complaints: Vec<String> = complaints.into_iter().map(|c| c.what).collect();
        println!(
            "{}",
            json!({"id": id, "text": document.text, "title": document.title, "date": document.date, "date_rule": document.date_rule,
                "lang": document.lang, "encoding": document.encoding, "reader": document.reader, "ms": took, "complaints": complaints})
        );
    }
}

fn lessons(paths: &[String]) {
    for path in paths {
        let bytes = std::fs::read(path).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or(path);
        let source = Source { bytes: &bytes, media_type: None, uri: "", name };
        let blocks: Vec<Value> = plainsight_read::lessons(&source)
            .into_iter()
            .map(|l| {
                let row: Vec<String> = l.row.iter().map(f32::to_string).collect();
                json!({"text": l.text, "letters": l.letters, "words": l.words, "up": l.up, "shape": l.shape, "table": l.table, "row": row.join(" ")})
            })
            .collect();
        println!("{}", json!({"id": name.split('.').next().unwrap_or(name), "blocks": blocks}));
    }
}

fn lines(mode: &str) {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(row) = serde_json::from_str::<Value>(&line) else { continue };
        let word = |key: &str| row.get(key).and_then(Value::as_str);
        let (id, text) = (word("id").unwrap_or(""), word("text").unwrap_or(""));
        let out = match mode {
            "--lang" => json!({"id": id, "lang": language(text).lang}),
            "--words" => json!({"id": id, "words": words(text)}),
            _ => {
                let spans: Vec<Value> = dates(text, word("ref"), word("lang"))
                    .into_iter()
                    .map(|s| json!({"start": s.start, "end": s.end, "text": s.text, "timex": s.timex, "values": s.values, "edtf": s.edtf}))
                    .collect();
                json!({"id": id, "spans": spans})
            }
        };
        println!("{out}");
    }
}
