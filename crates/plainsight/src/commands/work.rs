//! `new`, `add`, `run`.

use crate::bars::Bars;
use crate::commands::fetching::FetchArgs;
use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_case::views::{AddRow, StageRow};
use plainsight_case::{AddOptions, Case, CaseError};
use std::path::PathBuf;

/// Makes a case.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make.
    dir: PathBuf,
    /// A built-in lens or a lens folder.
    #[arg(long, default_value = "overseas-posts")]
    lens: String,
    /// The case's name; else the folder's.
    #[arg(long)]
    name: Option<String>,
    /// Only says what would be made.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Makes a case.
pub fn new(args: &NewArgs) -> Result<Exit> {
    let folder = args.dir.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = args.name.clone().or(folder).unwrap_or_else(|| "case".to_owned());
    if args.dry_run {
        out::say(&format!(
            "would make the case “{name}” in {} with the lens {}",
            args.dir.display(),
            args.lens
        ));
        return Ok(Exit::Done);
    }
    let case = Case::create(&args.dir, &name, &args.lens)?;
    if args.json {
        out::line(&serde_json::json!({"case": case.id(), "name": name, "dir": args.dir, "lens": args.lens}));
    } else {
        out::say(&format!("made the case “{name}” in {}", args.dir.display()));
        out::say(&format!("next: plainsight add {0} FILES…, then plainsight run {0}", args.dir.display()));
    }
    Ok(Exit::Done)
}

/// Adds material to a case.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The case's folder.
    case: PathBuf,
    /// Addresses, lists of addresses, files, folders, WARC, ARC, WACZ, ZIP.
    #[arg(required = true)]
    inputs: Vec<String>,
    #[command(flatten)]
    fetch: FetchArgs,
    /// What looks like private correspondence is public and may be kept and cited.
    #[arg(long)]
    public: bool,
    /// The site it stands on.
    #[arg(long)]
    site: Option<String>,
    /// Only says what would be added.
    #[arg(long)]
    dry_run: bool,
    /// A complaint makes the exit code 1.
    #[arg(long)]
    strict: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Adds material.
pub fn add(args: &AddArgs) -> Result<Exit> {
    let fetching = match args.fetch.fetching() {
        Ok(fetching) => fetching,
        Err(what) => {
            eprintln!("{what}");
            return Ok(Exit::Usage);
        }
    };
    let mut case = open(&args.case)?;
    let options = AddOptions {
        public: args.public,
        site: args.site.clone(),
        dry_run: args.dry_run,
        author: author(),
        fetching: Some(fetching),
    };
    let rows = match case.add(&args.inputs, &options, &Bars::default()) {
        Err(CaseError::Cancelled) => return Ok(Exit::Interrupted),
        other => other?,
    };
    let mut exit = Exit::Done;
    for row in &rows {
        if row.status == "refused" || (args.strict && !row.complaints.is_empty()) {
            exit = Exit::Undone;
        }
        if args.json {
            out::line(row);
        } else {
            show(row);
        }
    }
    Ok(exit)
}

fn show(row: &AddRow) {
    let count = row.captures.len();
    let captures = if count == 1 { "1 capture".to_owned() } else { format!("{count} captures") };
    match row.status.as_str() {
        "refused" => out::say(&format!("refused  {}", row.input)),
        status => out::say(&format!("{status:<8} {} ({captures})", row.input)),
    }
    for complaint in row.complaints.iter().take(5) {
        let cure = complaint.cure.as_deref().map(|c| format!(" ({c})")).unwrap_or_default();
        out::say(&format!("         {}: {}{cure}", complaint.place, complaint.what));
    }
    if row.complaints.len() > 5 {
        out::say(&format!("         and {} more", row.complaints.len() - 5));
    }
}

/// Brings a case up to date.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The case's folder.
    case: PathBuf,
    /// Only says whether something would be done.
    #[arg(long)]
    dry_run: bool,
    /// A complaint makes the exit code 1.
    #[arg(long)]
    strict: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Reads, finds, judges, indexes what changed.
pub fn run(args: &RunArgs) -> Result<Exit> {
    if args.dry_run {
        let rows = Case::open_read_only(&args.case)?.doctor()?;
        for row in rows.iter().filter(|row| row.what == "what was derived") {
            out::say(if row.ok { "nothing would be done: up to date" } else { &row.found });
        }
        return Ok(Exit::Done);
    }
    let mut case = open(&args.case)?;
    let stages = match case.run(&Bars::default()) {
        Err(CaseError::Cancelled) => return Ok(Exit::Interrupted),
        other => other?,
    };
    let complaints: usize = stages.iter().map(|s| s.complaints).sum();
    if args.json {
        stages.iter().for_each(out::line);
    } else {
        show_stages(&stages);
        if complaints > 0 {
            let case = args.case.display();
            out::say(&format!("{complaints} complaints: plainsight doctor {case} says what cures them"));
        }
    }
    Ok(if args.strict && complaints > 0 { Exit::Undone } else { Exit::Done })
}

/// The stages as a table; one line where nothing changed.
pub fn show_stages(stages: &[StageRow]) {
    if stages.iter().all(|s| s.done == 0) {
        let reused = stages.iter().map(|s| s.reused).max().unwrap_or(0);
        out::say(&format!("unchanged: everything was reused ({reused} documents or more per stage)"));
        return;
    }
    let rows: Vec<Vec<String>> = stages
        .iter()
        .map(|s| {
            vec![
                s.stage.clone(),
                s.done.to_string(),
                s.reused.to_string(),
                s.complaints.to_string(),
                format!("{:.2} s", s.seconds),
            ]
        })
        .collect();
    out::table(&["stage", "done", "reused", "complaints", "time"], &rows);
}
