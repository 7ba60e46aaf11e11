//! `to-read`, and `decide --from`, which takes its answers in.

use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::{Context, Result, bail};
use clap::Args;
use plainsight_case::views::ToReadRow;
use plainsight_case::{Case, GlossRow, TranslationRow};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The largest answer file, in bytes: a hundred thousand lines are no sheet.
const LARGEST: u64 = 8 * 1024 * 1024;

/// The quotes that wait for somebody who reads their language.
#[derive(Debug, Args)]
pub struct ToReadArgs {
    /// The case's folder.
    case: PathBuf,
    /// Only those of a language (ISO 639-1).
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Writes a page to print or send, which says how to answer.
    #[arg(long, value_name = "FILE.html")]
    out: Option<PathBuf>,
    /// Only says what would be written.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Lists them, or writes the sheet.
pub fn to_read(args: &ToReadArgs) -> Result<Exit> {
    let case = Case::open_read_only(&args.case)?;
    let rows = case.to_read(args.lang.as_deref())?;
    if let Some(file) = &args.out {
        let gloss = |text: &str| case.gloss(text);
        let page = plainsight_web::reading_sheet(case.name(), &rows, args.lang.as_deref(), &gloss);
        if !args.dry_run {
            std::fs::write(file, page).with_context(|| format!("{} could not be written", file.display()))?;
        }
        let verb = if args.dry_run { "would be written to" } else { "written to" };
        eprintln!("{} quotes {verb} {}", rows.len(), file.display());
    }
    if args.json {
        let made = case.translations()?;
        for row in &rows {
            let gloss = case.gloss(&row.text).rows.iter().map(term).collect();
            out::line(&WithGloss { row, gloss, translation: made.get(&row.quote) });
        }
    } else if args.out.is_none() {
        for row in &rows {
            out::say(&format!("{}  {}  {}", row.quote, row.lang, row.text));
            for claim in &row.claims {
                out::say(&format!("    {}: {}", claim.stance, claim.text));
            }
        }
        out::say(&format!("{} quotes wait for a reader", rows.len()));
    }
    Ok(Exit::Done)
}

/// A quote with its terms and its translation, as `--json` prints it.
#[derive(Serialize)]
struct WithGloss<'a> {
    #[serde(flatten)]
    row: &'a ToReadRow,
    gloss: Vec<Value>,
    /// By machine; `null` where none was asked for.
    translation: Option<&'a TranslationRow>,
}

fn term(row: &GlossRow) -> Value {
    let source = row.source.as_str();
    json!({"start": row.start, "end": row.end, "text": row.text, "pinyin": row.pinyin, "meaning": row.meaning, "source": source})
}

/// Takes an answer file in: each line a decision; lines that cannot be used are named.
pub fn decide_from(case: &Path, file: &Path, dry_run: bool, json: bool) -> Result<Exit> {
    let length = std::fs::metadata(file).with_context(|| format!("{} cannot be read", file.display()))?.len();
    if length > LARGEST {
        bail!("{} is no answer file: it has {length} bytes, and {LARGEST} are the most", file.display());
    }
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("{} is no answer file: it is not UTF-8; save it as plain text in UTF-8", file.display());
    };
    let name =
        file.file_name().map_or_else(|| "answers.txt".to_owned(), |n| n.to_string_lossy().into_owned());
    let done = open(case)?.decide_from(&name, &text, &author(), dry_run)?;
    super::decide::show(&done.decided, json);
    for (line, why) in &done.faults {
        eprintln!("{}, line {line}: {why}", file.display());
    }
    let taken = if dry_run { "would be taken" } else { "taken" };
    eprintln!("{} answers {taken}, {} lines could not be used", done.taken, done.faults.len());
    Ok(if done.faults.is_empty() { Exit::Done } else { Exit::Undone })
}
