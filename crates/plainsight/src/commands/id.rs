//! `id new|show`: the key of whoever works, kept in the user's configuration folder.

use crate::commands::config_folder;
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::{Args, Subcommand};
use plainsight_archive::{KeptKey, PersonKey};
use plainsight_case::SystemClock;
use plainsight_model::Clock;
use serde_json::json;
use std::path::PathBuf;

/// Your key. It signs the head of a case's ledger after each thing you do, and
/// dossiers that you publish. The secret half never leaves its file.
#[derive(Debug, Args)]
pub struct IdArgs {
    #[command(subcommand)]
    what: IdWhat,
}

#[derive(Debug, Subcommand)]
enum IdWhat {
    /// Draws a key and keeps it for you alone; one that is there is never replaced.
    New {
        /// What it is called; stands in every case and dossier that you sign.
        /// Without one it is called after itself, and says nothing about you.
        #[arg(long)]
        name: Option<String>,
        /// Only says where it would be kept.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Shows the public half, to be given to others.
    Show {
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Draws or shows a key.
pub fn id(args: &IdArgs) -> Result<Exit> {
    match &args.what {
        IdWhat::New { name, dry_run, json } => {
            let drawn = PersonKey::draw(name.as_deref())?;
            if let Some(kept) = kept()? {
                eprintln!(
                    "there is a key already, {}, in {}; it was left alone. Move the file away to draw another one",
                    kept.key.public().short(),
                    key_file().display()
                );
                return Ok(Exit::Undone);
            }
            if *dry_run {
                out::say(&format!("would draw a key and keep it in {}", key_file().display()));
                return Ok(Exit::Done);
            }
            let kept = KeptKey::create(&key_file(), drawn, &SystemClock.now())?;
            show(&kept, *json);
            if !json {
                out::say("from now on it signs what you append to a ledger and what you publish");
                out::say(
                    "keep a copy of the file where only you can read it: nobody can make this key again",
                );
            }
            Ok(Exit::Done)
        }
        IdWhat::Show { json } => match kept()? {
            Some(kept) => {
                show(&kept, *json);
                Ok(Exit::Done)
            }
            None => {
                eprintln!("you have no key yet; plainsight id new draws one");
                Ok(Exit::Undone)
            }
        },
    }
}

/// How the line begins that shows the key for packages; `verify --key` reads it.
pub const PACKAGE_KEY: &str = "package key: ";

fn show(kept: &KeptKey, json: bool) {
    let key = kept.key.public();
    if json {
        out::line(&json!({
            "name": key.name(), "key": key.to_string(), "package_key": kept.key.package_key().public_key(),
            "file": key_file(), "created": kept.created,
        }));
    } else {
        out::say(&format!("{key}"));
        out::say(&format!("{PACKAGE_KEY}{}", kept.key.package_key().public_key()));
        out::say(&format!(
            "  called {}, drawn {}, kept in {}",
            key.name(),
            kept.created,
            key_file().display()
        ));
    }
}

/// Where the key is kept.
fn key_file() -> PathBuf {
    config_folder().join("key.json")
}

/// The key of whoever works, if they have one.
pub fn kept() -> Result<Option<KeptKey>> {
    Ok(KeptKey::open(&key_file())?)
}
