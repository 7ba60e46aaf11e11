//! `propose` and `proposals`: a language model reads along, a person decides.

use crate::bars::Bars;
use crate::commands::fetching::WireArgs;
use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_case::{AskMachine, Case, Letter, ProposalRow, ProposeRow};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Asks the language model of case.toml what documents state; proposals, never findings.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    /// The case's folder.
    case: PathBuf,
    /// Documents: `doc-` or `cap-` ids, or names of imported files; none means all.
    documents: Vec<String>,
    /// Asks also about documents that were asked about before.
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    wire: WireArgs,
    /// Shows what would be sent and where; with --json every byte of it.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Asks; exit 1 where a document could not be asked about.
pub fn propose(args: &ProposeArgs) -> Result<Exit> {
    let Some(fetching) = args.wire.patient_or_said() else { return Ok(Exit::Usage) };
    if args.dry_run {
        let case = Case::open_read_only(&args.case)?;
        case.model()?.check("model", &fetching.allow_private)?;
        would_send(&case.letters(&args.documents, args.again)?, args.json);
        return Ok(Exit::Done);
    }
    let mut case = open(&args.case)?;
    case.model()?.check("model", &fetching.allow_private)?;
    let key = case.model()?.secret()?;
    case.allow_private(&fetching, &author())?;
    let ask = AskMachine {
        wire: fetching.collector.as_ref(),
        key: key.as_deref(),
        allowed: &fetching.allow_private,
        what: &args.documents,
        again: args.again,
        author: &author(),
    };
    let rows = case.propose(&ask, &Bars::default())?;
    for row in &rows {
        if args.json {
            out::line(row)
        } else {
            out::say(&sentence(row))
        }
        row.complaints.iter().for_each(|what| eprintln!("{}: {what}", row.document));
    }
    let made: usize = rows.iter().map(|row| row.proposals).sum();
    eprintln!(
        "{}; `plainsight proposals {}` lists them, and nothing changes until somebody decides",
        out::counted(made, "proposal"),
        args.case.display()
    );
    Ok(if rows.iter().any(|row| row.status == "failed") { Exit::Undone } else { Exit::Done })
}

pub(super) fn would_send(letters: &[Letter], json: bool) {
    for letter in letters {
        if json {
            let request: Value = serde_json::from_slice(&letter.body).unwrap_or_default();
            out::line(&json!({
                "document": letter.document, "address": letter.address, "start": letter.start, "end": letter.end,
                "bytes": letter.body.len(), "request": request,
            }));
        } else {
            out::say(&format!(
                "would send {} bytes to {}: characters {} to {} of {}",
                letter.body.len(),
                letter.address,
                letter.start,
                letter.end,
                letter.document
            ));
        }
    }
    let bytes: usize = letters.iter().map(|letter| letter.body.len()).sum();
    eprintln!(
        "would send {} of {bytes} bytes together; nothing was sent",
        out::counted(letters.len(), "question")
    );
}

fn sentence(row: &ProposeRow) -> String {
    let dropped: usize = row.dropped.values().sum();
    let why: Vec<String> = row.dropped.iter().map(|(why, count)| format!("{count} {why}")).collect();
    match row.status.as_str() {
        "asked" if dropped > 0 => {
            format!(
                "{}: {}; {dropped} dropped: {}",
                row.document,
                out::counted(row.proposals, "proposal"),
                why.join(", ")
            )
        }
        "asked" => format!("{}: {}", row.document, out::counted(row.proposals, "proposal")),
        status => format!("{}: {status}", row.document),
    }
}

/// Lists what models proposed.
#[derive(Debug, Args)]
pub struct ProposalsArgs {
    /// The case's folder.
    case: PathBuf,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Lists the proposals and how they stand.
pub fn proposals(args: &ProposalsArgs) -> Result<Exit> {
    let rows = Case::open_read_only(&args.case)?.proposals()?;
    if args.json {
        rows.iter().for_each(out::line);
        return Ok(Exit::Done);
    }
    rows.iter().for_each(say);
    let waiting = rows.iter().filter(|row| row.state == "waits").count();
    out::say(&format!(
        "{} by machine, {waiting} waiting; `plainsight decide {} ID --as confirm|reject --reason T` decides",
        out::counted(rows.len(), "proposal"),
        args.case.display()
    ));
    Ok(Exit::Done)
}

fn say(row: &ProposalRow) {
    let version = if row.version.is_empty() { &row.model } else { &row.version };
    out::say(&format!("{}  {}  {} (proposed by the machine {version})", row.proposal, row.state, row.kind));
    out::say(&format!("    “{}”", row.quote.text));
    for (name, values) in &row.slots {
        let words: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
        out::say(&format!("    {name}: {}", words.join(" · ")));
    }
}
