//! `reply`: who was asked, and what they answered.

use crate::bars::Bars;
use crate::commands::{author, open};
use crate::exit::Exit;
use crate::out;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use plainsight_case::{Asked, Case};
use std::path::PathBuf;

/// The longest letter kept, in bytes.
const LARGEST: usize = 64 * 1024;

/// Right of reply.
#[derive(Debug, Args)]
pub struct ReplyArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Writes down that a party was asked.
    Ask {
        /// The case's folder.
        case: PathBuf,
        /// Whom.
        party: String,
        /// The post (`pos-`) or claim (`clm-`) that it is about.
        #[arg(long, value_name = "ID")]
        about: String,
        /// The day it was sent.
        #[arg(long, value_name = "DAY")]
        on: String,
        /// The last day for an answer.
        #[arg(long, value_name = "DAY")]
        until: String,
        /// What was sent, as a text file.
        #[arg(long, value_name = "FILE")]
        text: Option<PathBuf>,
        /// Only says what it would be about.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Keeps a party's answer; the file becomes a public document of the case.
    Answer {
        /// The case's folder.
        case: PathBuf,
        /// The decision that asked (`dec-`).
        decision: String,
        /// The day of the answer.
        #[arg(long, value_name = "DAY")]
        on: String,
        /// The answer as it was received.
        file: PathBuf,
        /// Only says what it would be about.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Lists who was asked.
    List {
        /// The case's folder.
        case: PathBuf,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// Asks, answers, lists.
pub fn reply(args: &ReplyArgs) -> Result<Exit> {
    match &args.what {
        What::Ask { case, party, about, on, until, text, dry_run, json } => {
            let letter = match text {
                Some(file) => {
                    let bytes =
                        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
                    match String::from_utf8(bytes) {
                        Ok(text) if text.len() <= LARGEST => text,
                        Ok(_) => {
                            bail!("{} is longer than {LARGEST} bytes; give the letter itself", file.display())
                        }
                        Err(_) => bail!("{} is not UTF-8; save it as plain text in UTF-8", file.display()),
                    }
                }
                None => String::new(),
            };
            let asked = Asked { party: party.clone(), on: on.clone(), until: until.clone() };
            let decided = open(case)?.reply_ask(asked, about, &letter, &author(), *dry_run)?;
            super::decide::show(&decided, *json);
        }
        What::Answer { case, decision, on, file, dry_run, json } => {
            let bars = Bars::default();
            let decided = open(case)?.reply_answer(decision, on, file, &author(), *dry_run, &bars)?;
            super::decide::show(&decided, *json);
        }
        What::List { case, json } => {
            for row in Case::open_read_only(case)?.replies()? {
                if *json {
                    out::line(&row);
                    continue;
                }
                let state = match row.answers.len() {
                    0 => format!("no answer yet, due {}", row.until),
                    n => format!("answered ({n}), last on {}", row.answers[n - 1].on),
                };
                out::say(&format!(
                    "{}  {}: {}; asked {}, {state}",
                    row.reply, row.party, row.about_words, row.on
                ));
            }
        }
    }
    Ok(Exit::Done)
}
