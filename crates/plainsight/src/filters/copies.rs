//! `copies`: clusters, pairs, suggestions. The one filter that reads all its input first.

use super::items::{Files, ask};
use crate::exit::Exit;
use crate::out;
use clap::Args;
use plainsight_corroborate::CopyInput;
use serde_json::{Value, json};

/// Which texts are copies of which.
#[derive(Debug, Args)]
pub struct CopiesArgs {
    /// A line a pair (and run) instead of a cluster a text.
    #[arg(long, conflicts_with = "suggest")]
    pairs: bool,
    /// Likely translations, ranked.
    #[arg(long)]
    suggest: bool,
    #[command(flatten)]
    files: Files,
}

/// Compares all texts.
pub fn copies(args: &CopiesArgs) -> Exit {
    let mut texts: Vec<CopyInput> = Vec::new();
    let exit = ask(&args.files, "text", |line| {
        let id = match line.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => return Err("there is no “id”".into()),
        };
        let text = line.get("text").and_then(Value::as_str).ok_or("there is no “text”")?.to_owned();
        let word = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        texts.push(CopyInput {
            id,
            text,
            site: word("site"),
            lang: word("lang"),
            date: word("date"),
            ocr: line.get("ocr").and_then(Value::as_bool).unwrap_or(false),
        });
        Ok(Vec::new())
    });
    if args.suggest {
        for s in plainsight_corroborate::suggest(&texts) {
            out::line(&json!({"a": s.a, "b": s.b, "how": "translation", "rank": s.rank}));
        }
        return exit;
    }
    let copies = plainsight_corroborate::copies(&texts);
    if args.pairs {
        for l in &copies.links {
            out::line(&json!({
                "a": l.a, "b": l.b, "how": l.how.as_str(), "score": l.score,
                "span_a": [l.span_a.start, l.span_a.end], "span_b": [l.span_b.start, l.span_b.end],
            }));
        }
    } else {
        for c in &copies.clusters {
            out::line(&json!({"id": c.id, "cluster": c.cluster}));
        }
    }
    exit
}
