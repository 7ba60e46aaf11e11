//! `decide`, `withdraw`, `forget`.

use crate::bars::Bars;
use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_case::parse_answer;
use plainsight_case::views::Decided;
use serde_json::Value;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// Decides about claims, quotes, pairs, posts, documents, origins.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// The case's folder.
    case: PathBuf,
    /// Ids: `clm-`, `quo-`, `pair-`, `pos-`, `doc-`, `ori-`, `pro-`.
    what: Vec<String>,
    /// The answer.
    #[arg(long = "as", value_name = "ANSWER", conflicts_with = "undo")]
    answer: Option<String>,
    /// Takes in the answers of a reading sheet (`to-read` says how they are written).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["answer", "undo", "what"])]
    from: Option<PathBuf>,
    /// Takes a decision back, or an undo, so that its decision stands again.
    #[arg(long, value_name = "DEC")]
    undo: Option<String>,
    /// Why.
    #[arg(long, default_value = "")]
    reason: String,
    /// Only says what it would be about.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Decides.
pub fn decide(args: &DecideArgs) -> Result<Exit> {
    if let Some(file) = &args.from {
        return super::to_read::decide_from(&args.case, file, args.dry_run, args.json);
    }
    if let Some(decision) = &args.undo {
        let decided = open(&args.case)?.undo(decision, &args.reason, &author(), args.dry_run)?;
        show(&decided, args.json);
        return Ok(Exit::Done);
    }
    let Some(word) = &args.answer else {
        eprintln!("decide needs --as ANSWER, --from FILE or --undo DEC");
        return Ok(Exit::Usage);
    };
    let answer = match parse_answer(word) {
        Ok(answer) => answer,
        Err(why) => {
            eprintln!("{why}");
            return Ok(Exit::Usage);
        }
    };
    if args.what.is_empty() {
        eprintln!("decide needs an id; `plainsight claims CASE` lists them");
        return Ok(Exit::Usage);
    }
    if args.reason.is_empty() {
        eprintln!("decide needs --reason T: a decision without a reason helps nobody later");
        return Ok(Exit::Usage);
    }
    let decided = open(&args.case)?.decide(&args.what, answer, &args.reason, &author(), args.dry_run)?;
    show(&decided, args.json);
    Ok(Exit::Done)
}

pub(super) fn show(decided: &Decided, json: bool) {
    if json {
        out::line(decided);
        return;
    }
    match &decided.decision {
        Some(id) => out::say(&format!("{id}  {} moved", out::counted(decided.changed.len(), "thing"))),
        None => out::say(&format!("{} would move", out::counted(decided.changed.len(), "thing"))),
    }
    for c in &decided.changed {
        match (&c.before, &c.after) {
            (Value::Null, Value::Null) => out::say(&format!("    {} {}", c.id, c.what)),
            (before, after) => out::say(&format!("    {} {}: {before} → {after}", c.id, c.what)),
        }
    }
    for id in &decided.waiting {
        out::say(&format!(
            "    {id} waits: it found nothing that it rests on, or more than one thing; it is kept and listed on Overview"
        ));
    }
}

/// Marks a source as withdrawn.
#[derive(Debug, Args)]
pub struct WithdrawArgs {
    /// The case's folder.
    case: PathBuf,
    /// A `doc-` or `cap-` id, or the imported file's name.
    source: String,
    /// Why.
    #[arg(long)]
    reason: String,
    /// Only says what it would be about.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Withdraws a source; can be undone.
pub fn withdraw(args: &WithdrawArgs) -> Result<Exit> {
    let decided = open(&args.case)?.withdraw(&args.source, &args.reason, &author(), args.dry_run)?;
    show(&decided, args.json);
    Ok(Exit::Done)
}

/// Forgets captures for good.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The case's folder.
    case: PathBuf,
    /// `doc-` or `cap-` ids, or imported files' names.
    #[arg(required = true)]
    captures: Vec<String>,
    /// Why; it must not say again what is to be forgotten.
    #[arg(long)]
    reason: String,
    /// Answers both questions with yes.
    #[arg(long)]
    yes: bool,
    /// Only says what would go.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Forgets; asks twice.
pub fn forget(args: &ForgetArgs) -> Result<Exit> {
    let mut case = open(&args.case)?;
    if !args.dry_run && !args.yes {
        if !std::io::stdin().is_terminal() {
            eprintln!("forget cannot be undone; say --yes where nobody can be asked");
            return Ok(Exit::Usage);
        }
        let plan = case.forget(&args.captures, &args.reason, &author(), true, &Bars::default())?;
        let question = format!("{} captures will be forgotten for good. Type yes: ", plan.changed.len());
        if !ask(&question) || !ask("Nothing brings them back. Type yes again: ") {
            out::say("nothing was forgotten");
            return Ok(Exit::Undone);
        }
    }
    let decided = case.forget(&args.captures, &args.reason, &author(), args.dry_run, &Bars::default())?;
    show(&decided, args.json);
    Ok(Exit::Done)
}

fn ask(question: &str) -> bool {
    eprint!("{question}");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).is_ok() && line.trim() == "yes"
}
