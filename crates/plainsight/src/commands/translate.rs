//! `translate`: quotes in another language, by machine, to be read beside them and never quoted.

use crate::bars::Bars;
use crate::commands::fetching::WireArgs;
use crate::commands::propose::would_send;
use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_case::{AskMachine, Case};
use std::path::PathBuf;

/// Has the translator of case.toml translate quotes; shown beside them as machine work.
#[derive(Debug, Args)]
pub struct TranslateArgs {
    /// The case's folder.
    case: PathBuf,
    /// Quotes of claims (`quo-`); none means all that wait for a reader.
    quotes: Vec<String>,
    /// Asks also about quotes that were translated before.
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    wire: WireArgs,
    /// Shows what would be sent and where; with --json every byte of it but the key.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Translates; exit 1 where a quote could not be translated.
pub fn translate(args: &TranslateArgs) -> Result<Exit> {
    let Some(fetching) = args.wire.patient_or_said() else { return Ok(Exit::Usage) };
    if args.dry_run {
        let case = Case::open_read_only(&args.case)?;
        case.translator()?.check(&fetching.allow_private)?;
        would_send(&case.translation_letters(&args.quotes, args.again)?, args.json);
        return Ok(Exit::Done);
    }
    let mut case = open(&args.case)?;
    case.translator()?.check(&fetching.allow_private)?;
    let key = case.translator()?.service().secret()?;
    case.allow_private(&fetching, &author())?;
    let asked = AskMachine {
        wire: fetching.collector.as_ref(),
        key: key.as_deref(),
        allowed: &fetching.allow_private,
        what: &args.quotes,
        again: args.again,
        author: &author(),
    };
    let rows = case.translate(&asked, &Bars::default())?;
    for row in &rows {
        if args.json {
            out::line(row);
        } else {
            let text = row.text.as_deref().unwrap_or("no translation");
            out::say(&format!("{}  {}  {text} (by machine: {})", row.quote, row.status, row.by));
        }
        row.complaints.iter().for_each(|what| eprintln!("{}: {what}", row.quote));
    }
    Ok(if rows.iter().any(|row| row.status == "failed") { Exit::Undone } else { Exit::Done })
}
