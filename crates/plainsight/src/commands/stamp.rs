//! `stamp`: others say when the case was as it is.

use crate::commands::fetching::WireArgs;
use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_archive::Trust;
use plainsight_case::StampTo;
use std::path::PathBuf;

/// Has the head of a case's ledger stamped; nothing but a hash goes out.
#[derive(Debug, Args)]
pub struct StampArgs {
    /// The case's folder.
    case: PathBuf,
    /// The address of a time stamp authority (RFC 3161); several may be named.
    #[arg(long, value_name = "URL")]
    tsa: Vec<String>,
    /// The address of an OpenTimestamps calendar; several may be named.
    #[arg(long, value_name = "URL")]
    ots: Vec<String>,
    /// Asks the calendars after the blocks that they promised.
    #[arg(long)]
    upgrade: bool,
    /// Stamps over what ends soon.
    #[arg(long)]
    renew: bool,
    /// Certificates (PEM) of authorities that are believed.
    #[arg(long, value_name = "FILE")]
    roots: Option<PathBuf>,
    #[command(flatten)]
    wire: WireArgs,
    /// Only says who would be asked for what.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Stamps a case; exit 1 where somebody who was asked gave no stamp.
pub fn stamp(args: &StampArgs) -> Result<Exit> {
    if args.tsa.is_empty() && args.ots.is_empty() && !args.upgrade && !args.renew {
        eprintln!(
            "nobody to ask: name an authority (--tsa URL) or a calendar (--ots URL), or say --upgrade or --renew"
        );
        return Ok(Exit::Usage);
    }
    let fetching = match args.wire.fetching() {
        Ok(fetching) => fetching,
        Err(what) => {
            eprintln!("{what}");
            return Ok(Exit::Usage);
        }
    };
    let trust = match &args.roots {
        Some(file) => Trust::default().with_roots(file)?,
        None => Trust::default(),
    };
    let mut case = open(&args.case)?;
    if args.dry_run {
        let (number, root) = case.head()?;
        out::say(&format!("would ask for a stamp over the head {number} {root}"));
        return Ok(Exit::Done);
    }
    let to = StampTo {
        authorities: args.tsa.clone(),
        calendars: args.ots.clone(),
        upgrade: args.upgrade,
        renew: args.renew,
        roots: trust.roots,
    };
    case.allow_private(&fetching, &author())?;
    let stamps = case.stamp(fetching.collector.as_ref(), &to, &author())?;
    for row in stamps.rows.iter().filter(|_| args.json) {
        out::line(row);
    }
    if !args.json {
        let rows: Vec<Vec<String>> = stamps
            .rows
            .iter()
            .map(|row| {
                let or = |text: &Option<String>, none: &str| text.clone().unwrap_or_else(|| none.to_owned());
                vec![
                    row.head.chars().take(24).collect(),
                    row.authority.clone(),
                    or(&row.time, "no block yet"),
                    or(&row.until, "without end"),
                ]
            })
            .collect();
        out::table(&["head", "authority", "time", "until"], &rows);
    }
    for failed in &stamps.failed {
        eprintln!("{failed}");
    }
    Ok(if stamps.failed.is_empty() { Exit::Done } else { Exit::Undone })
}
