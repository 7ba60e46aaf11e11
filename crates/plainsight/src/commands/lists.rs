//! `xref` and `import`: lists and entities that others made.

use crate::commands::{author, bring::read_map, open};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Complaints that are shown; `--json` has all.
const SHOWN: usize = 10;

/// A list against the entities of a case.
#[derive(Debug, Args)]
pub struct XrefArgs {
    /// The case's folder.
    case: PathBuf,
    /// A CSV with a column `name`, or entities of FollowTheMoney (JSON lines, statements).
    list: PathBuf,
    /// TOML, ours = theirs, for other headings.
    #[arg(long)]
    map: Option<PathBuf>,
    /// Only says how many rows would meet how many entities.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Compares a list with the entities of a case; each use is an entry of the ledger.
pub fn xref(args: &XrefArgs) -> Result<Exit> {
    let map = read_map(args.map.as_ref())?;
    let found = open(&args.case)?.xref(&args.list, map.as_deref(), &author(), args.dry_run)?;
    out::complaints(&found.complaints);
    if args.dry_run {
        out::say(&format!("would compare {} rows with {} entities", found.rows, found.entities));
        return Ok(Exit::Done);
    }
    for hit in &found.hits {
        if args.json {
            out::line(hit);
            continue;
        }
        out::say(&format!("row {}  {:.2} {}  {}", hit.row, hit.score, hit.verdict, hit.entity));
        out::say(&format!("    {}\n    {}", hit.name, hit.entity_name));
        for reason in &hit.reasons {
            out::say(&format!("      {}", reason.sentence));
        }
    }
    if !args.json {
        out::say(&format!(
            "{} hits; {} rows against {} entities",
            found.hits.len(),
            found.rows,
            found.entities
        ));
    }
    Ok(Exit::Done)
}

/// Imports what others made.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The case's folder.
    case: PathBuf,
    #[command(subcommand)]
    what: ImportWhat,
}

#[derive(Debug, Subcommand)]
enum ImportWhat {
    /// Entities of FollowTheMoney: JSON lines, or statements in CSV.
    Ftm {
        /// The file.
        file: PathBuf,
        /// Only says what would be imported.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Imports entities.
pub fn import(args: &ImportArgs) -> Result<Exit> {
    let ImportWhat::Ftm { file, dry_run, json } = &args.what;
    let imported = open(&args.case)?.import_ftm(file, &author(), *dry_run)?;
    if *json {
        out::line(&json!({
            "in": imported.read, "held_back": imported.held_back, "kept_unknown": imported.kept_unknown,
            "complaints": imported.complaints,
        }));
        return Ok(Exit::Done);
    }
    out::say(&format!(
        "{} entities, {} unknown schemata and properties kept",
        imported.read, imported.kept_unknown
    ));
    for c in imported.complaints.iter().take(SHOWN) {
        out::say(&format!("    {}: {}", c.place, c.what));
    }
    Ok(Exit::Done)
}
