//! `register add|list|diff`, `gazetteer add`.

use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use plainsight_case::{Case, RegisterOptions, RowChange};
use serde_json::json;
use std::path::PathBuf;

/// Registers of a case.
#[derive(Debug, Args)]
pub struct RegisterArgs {
    #[command(subcommand)]
    what: RegisterWhat,
}

#[derive(Debug, Subcommand)]
enum RegisterWhat {
    /// Adds the registers of a CSV, or of the tables in a page or PDF.
    Add(RegisterAdd),
    /// Lists the registers.
    List {
        /// The case's folder.
        case: PathBuf,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Compares two snapshots of a register: rows added, gone, changed.
    Diff(RegisterDiff),
}

#[derive(Debug, Args)]
struct RegisterAdd {
    /// The case's folder.
    case: PathBuf,
    /// CSV in UTF-8 or GB18030, or a page (HTML) or PDF with tables.
    file: PathBuf,
    /// The register's name; wins over the column.
    #[arg(long)]
    name: Option<String>,
    /// The day it holds for, YYYY-MM-DD.
    #[arg(long)]
    as_of: Option<String>,
    /// The last day it is in force.
    #[arg(long)]
    until: Option<String>,
    /// An authority's own list.
    #[arg(long)]
    official: bool,
    /// Says of itself that nothing is missing.
    #[arg(long)]
    complete: bool,
    /// `posts`, `companies` or `agents`.
    #[arg(long, value_parser = ["posts", "companies", "agents"])]
    of: Option<String>,
    /// TOML, ours = theirs, for other headings.
    #[arg(long)]
    map: Option<PathBuf>,
    /// Only says what would be added.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct RegisterDiff {
    /// The older and the newer: two files, or a case's folder and two of its registers by id.
    #[arg(num_args = 2..=3, value_names = ["CASE", "OLDER", "NEWER"], required = true)]
    which: Vec<String>,
    /// TOML, ours = theirs, for other headings of the files.
    #[arg(long)]
    map: Option<PathBuf>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Adds, lists or compares registers.
pub fn register(args: &RegisterArgs) -> Result<Exit> {
    match &args.what {
        RegisterWhat::Add(add) => register_add(add),
        RegisterWhat::List { case, json } => {
            for r in Case::open_read_only(case)?.registers()? {
                if *json {
                    out::line(&r);
                } else {
                    let word = |yes: bool, word: &'static str| {
                        if yes { word.to_owned() } else { format!("not {word}") }
                    };
                    out::say(&format!(
                        "{}  {} as of {} · {} · {} · {} rows",
                        r.register,
                        r.name,
                        r.as_of.as_deref().unwrap_or("an unknown day"),
                        word(r.official, "official"),
                        word(r.complete, "complete"),
                        r.rows
                    ));
                }
            }
            Ok(Exit::Done)
        }
        RegisterWhat::Diff(args) => register_diff(args),
    }
}

fn register_add(add: &RegisterAdd) -> Result<Exit> {
    let map = read_map(add.map.as_ref())?;
    let options = RegisterOptions {
        name: add.name.clone(),
        as_of: add.as_of.clone(),
        until: add.until.clone(),
        official: add.official,
        complete: add.complete,
        of: add.of.clone(),
        map,
    };
    let brought = open(&add.case)?.register_add(&add.file, &options, &author(), add.dry_run)?;
    if add.json {
        for r in &brought.registers {
            out::line(&json!({
                "register": r.register, "name": r.name, "as_of": r.as_of, "rows": r.rows,
                "complaints": brought.complaints,
            }));
        }
    } else {
        for r in &brought.registers {
            out::say(&format!("{}  {} · {} rows", r.register, r.name, r.rows));
        }
        for c in brought.complaints.iter().take(10) {
            out::say(&format!("    {}: {}", c.place, c.what));
        }
    }
    Ok(Exit::Done)
}

fn register_diff(args: &RegisterDiff) -> Result<Exit> {
    let changes = match args.which.as_slice() {
        [case, older, newer] => {
            let case = Case::open_read_only(std::path::Path::new(case))?;
            let known = case.registers()?;
            for id in [older, newer] {
                if !known.iter().any(|register| register.register == *id) {
                    bail!("the case has no register {id}; `plainsight register list` names them");
                }
            }
            case.register_diff(older, newer)?
        }
        [older, newer] => {
            let map = read_map(args.map.as_ref())?;
            let (changes, complaints) = plainsight_case::diff_files(
                std::path::Path::new(older),
                std::path::Path::new(newer),
                map.as_deref(),
            )?;
            out::complaints(&complaints);
            changes
        }
        _ => return Ok(Exit::Usage),
    };
    for change in &changes {
        if args.json {
            let RowChange { row, change, before, after } = change;
            out::line(&json!({"row": row, "change": change, "before": before, "after": after}));
        } else {
            out::say(&format!("{:<8} row {}  {}", change.change, change.row, told(change)));
        }
    }
    if changes.is_empty() && !args.json {
        out::say("no row was added, is gone or changed");
    }
    Ok(Exit::Done)
}

/// A change in words: the cells that differ, or all of a row that came or went.
fn told(change: &RowChange) -> String {
    let none = std::collections::BTreeMap::new();
    let (before, after) = (change.before.as_ref().unwrap_or(&none), change.after.as_ref().unwrap_or(&none));
    let heads: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let cell = |cells: &std::collections::BTreeMap<String, String>, head: &String| {
        cells.get(head).cloned().unwrap_or_default()
    };
    let differing = heads.into_iter().map(|head| (head, cell(before, head), cell(after, head)));
    let words = differing.filter(|(_, before, after)| before != after).map(|(head, before, after)| {
        match (before.is_empty(), after.is_empty()) {
            (true, _) => format!("{head}: {after}"),
            (_, true) => format!("{head}: {before}"),
            _ => format!("{head}: {before} → {after}"),
        }
    });
    words.collect::<Vec<_>>().join(" · ")
}

/// Gazetteers of a case.
#[derive(Debug, Args)]
pub struct GazetteerArgs {
    #[command(subcommand)]
    what: GazetteerWhat,
}

#[derive(Debug, Subcommand)]
enum GazetteerWhat {
    /// Adds the rows of a CSV file; they win over the built-in tables.
    Add {
        /// The case's folder.
        case: PathBuf,
        /// CSV in UTF-8 or GB18030.
        file: PathBuf,
        /// TOML, ours = theirs, for other headings.
        #[arg(long)]
        map: Option<PathBuf>,
        /// Only says what would be added.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Adds a gazetteer.
pub fn gazetteer(args: &GazetteerArgs) -> Result<Exit> {
    let GazetteerWhat::Add { case, file, map, dry_run, json } = &args.what;
    let map = read_map(map.as_ref())?;
    let brought = open(case)?.gazetteer_add(file, map.as_deref(), &author(), *dry_run)?;
    if *json {
        out::line(&json!({"rows": brought.rows, "complaints": brought.complaints}));
    } else {
        out::say(&format!("{} rows; run the case to use them", brought.rows));
        for c in brought.complaints.iter().take(10) {
            out::say(&format!("    {}: {}", c.place, c.what));
        }
    }
    Ok(Exit::Done)
}

pub(super) fn read_map(file: Option<&PathBuf>) -> Result<Option<String>> {
    file.map(|file| {
        std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
    })
    .transpose()
}
