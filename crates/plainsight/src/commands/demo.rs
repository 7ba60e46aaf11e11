//! `demo`: the bundled example as a case, from nothing to findings.

use crate::bars::Bars;
use crate::commands::look::{show_complaints, show_findings};
use crate::commands::own_key;
use crate::commands::serve::serve_case;
use crate::commands::work::show_stages;
use crate::exit::Exit;
use crate::out;
use anyhow::{Context, Result, bail};
use clap::Args;
use plainsight_case::{AddOptions, Case, CaseError, QuoteMark, QuoteRef, RegisterOptions, parse_answer};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The bundled example: invented documents, gazetteer, registers, read marks.
#[derive(RustEmbed)]
#[folder = "../../examples/overseas-posts"]
#[include = "inbox/*"]
#[include = "crawl.warc.gz"]
#[include = "gazetteer.csv"]
#[include = "registers.csv"]
#[include = "decisions.jsonl"]
struct Example;

/// Makes the bundled example, runs it, prints the findings, serves.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Does not serve the interface at the end.
    #[arg(long)]
    no_serve: bool,
    /// The folder to make.
    #[arg(long, default_value = "plainsight-demo")]
    dir: PathBuf,
    /// Another example folder of the same shape, for tests.
    #[arg(long, hide = true)]
    example: Option<PathBuf>,
    /// The findings as JSON lines.
    #[arg(long)]
    json: bool,
    /// The port of the interface.
    #[arg(long)]
    port: Option<u16>,
}

/// Who added the example's material.
const AUTHOR: &str = "plainsight demo";

/// Makes the example case.
pub fn demo(args: &DemoArgs) -> Result<Exit> {
    let unpacked = tempfile::tempdir().context("no temporary folder could be made")?;
    let example = match &args.example {
        Some(folder) => folder.clone(),
        None => {
            unpack(unpacked.path())?;
            unpacked.path().to_owned()
        }
    };
    let is_new = !args.dir.join("case.toml").exists();
    let mut case = if is_new {
        Case::create(&args.dir, "The bundled example", "overseas-posts")?
    } else {
        Case::open(&args.dir)?
    }
    .with_key(own_key()?);
    let bars = Bars::default();
    let stages = match bring(&mut case, &example, &bars) {
        Err(why) if matches!(why.downcast_ref(), Some(CaseError::Cancelled)) => return Ok(Exit::Interrupted),
        other => other?,
    };
    unpacked.close().context("the temporary folder could not be removed")?;
    let findings = case.findings()?;
    if args.json {
        findings.iter().for_each(out::line);
    } else {
        show_stages(&stages);
        out::say("");
        show_findings(&findings);
        out::say("");
        show_unread(&case)?;
        show_complaints(&case)?;
        out::say("All of this is invented: no state, body or person in it is real.");
    }
    drop(case);
    if args.no_serve { Ok(Exit::Done) } else { serve_case(&args.dir, args.port, false, &[], false) }
}

fn unpack(folder: &Path) -> Result<()> {
    for name in Example::iter() {
        let Some(file) = Example::get(&name) else { continue };
        let path = folder.join(&*name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, &file.data)
            .with_context(|| format!("{} could not be written", path.display()))?;
    }
    Ok(())
}

/// Everything that a person would do by hand, in order.
fn bring(case: &mut Case, example: &Path, bars: &Bars) -> Result<Vec<plainsight_case::views::StageRow>> {
    case.gazetteer_add(&example.join("gazetteer.csv"), None, AUTHOR, false)?;
    case.register_add(&example.join("registers.csv"), &RegisterOptions::default(), AUTHOR, false)?;
    // The chat of the example is a public group's; for real ones a person has to say so.
    let options = AddOptions { public: true, author: AUTHOR.to_owned(), ..AddOptions::default() };
    let path = |name: &str| example.join(name).to_string_lossy().into_owned();
    let rows = case.add(&[path("crawl.warc.gz"), path("inbox")], &options, bars)?;
    if let Some(refused) = rows.iter().find(|row| row.status == "refused") {
        bail!("the example's {} was refused", refused.input);
    }
    let mut stages = case.run(bars)?;
    let decided = case.decide_on_quotes(&marks(case, &example.join("decisions.jsonl"))?)?;
    if decided.decision.is_some() {
        stages.push(plainsight_case::views::StageRow {
            stage: "decide".into(),
            done: decided.changed.len(),
            reused: 0,
            complaints: 0,
            seconds: 0.0,
        });
    }
    Ok(stages)
}

/// A read mark as the example writes it.
#[derive(Deserialize)]
struct Mark {
    file: String,
    quote: String,
    nth: u32,
    #[serde(rename = "as")]
    answer: String,
    reader: String,
    lang: Option<String>,
    reason: String,
}

fn marks(case: &Case, file: &Path) -> Result<Vec<QuoteMark>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let sources = case.sources()?;
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mark: Mark =
            serde_json::from_str(line).with_context(|| format!("decisions.jsonl, line {}", number + 1))?;
        let inside = mark.file.strip_prefix("inbox/").unwrap_or(&mark.file);
        let Some(source) = sources.iter().find(|s| s.capture.source == inside || s.capture.uri == mark.file)
        else {
            continue;
        };
        let Some(document) = case.document(&source.capture.document)? else { continue };
        // A text that was not read (a missing program) has no quotes yet: the mark waits for the next run.
        if !document.text.contains(&mark.quote) {
            eprintln!("decisions.jsonl, line {}: these words were not read in {}", number + 1, mark.file);
            continue;
        }
        out.push(QuoteMark {
            quote: QuoteRef {
                document: source.capture.document.parse()?,
                exact: mark.quote,
                number: mark.nth,
            },
            answer: parse_answer(&mark.answer).map_err(anyhow::Error::msg)?,
            reason: mark.reason,
            author: mark.reader,
            lang: mark.lang,
        });
    }
    Ok(out)
}

/// What the example holds and this machine could not look for.
fn show_unread(case: &Case) -> Result<()> {
    for row in case.doctor()?.into_iter().filter(|row| !row.ok && row.found == "missing") {
        let name = match row.what.as_str() {
            "tesseract" => "Tesseract",
            "pdftotext" => "pdftotext",
            // The example has nothing for the others.
            _ => continue,
        };
        out::say(&format!("not looked for: {name} is missing ({})", row.cure.as_deref().unwrap_or("")));
    }
    Ok(())
}
