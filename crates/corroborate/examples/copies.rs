//! Reads JSON lines (`id, text, site?, lang?, date?, ocr?`) on stdin and
//! prints the lines of the filter `copies`; `--pairs` and `--suggest` as there,
//! `--ocr` says that all texts were read from pictures, `--no-site` leaves the sites out.

use plainsight_corroborate::{CopyInput, copies, suggest};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| options.iter().any(|o| o == name);
    let mut inputs = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let string = |key: &str| row[key].as_str().map(str::to_owned);
        inputs.push(CopyInput {
            id: string("id").unwrap_or_default(),
            text: string("text").unwrap_or_default(),
            site: string("site").filter(|_| !has("--no-site")),
            lang: string("lang"),
            date: string("date"),
            ocr: has("--ocr") || row["ocr"].as_bool().unwrap_or(false),
        });
    }
    let start = std::time::Instant::now();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if has("--suggest") {
        for s in suggest(&inputs) {
            writeln!(out, "{}", json!({"a": s.a, "b": s.b, "how": "translation", "rank": s.rank}))?;
        }
    } else {
        let found = copies(&inputs);
        if has("--pairs") {
            for l in found.links {
                let spans = [[l.span_a.start, l.span_a.end], [l.span_b.start, l.span_b.end]];
                let line = json!({"a": l.a, "b": l.b, "how": l.how.as_str(), "score": l.score,
                    "span_a": spans[0], "span_b": spans[1]});
                writeln!(out, "{line}")?;
            }
        } else {
            for c in found.clusters {
                writeln!(out, "{}", json!({"id": c.id, "cluster": c.cluster}))?;
            }
        }
    }
    eprintln!("{} texts in {:.2} s", inputs.len(), start.elapsed().as_secs_f64());
    Ok(())
}
