//! `lens check` and `lens try`: for whoever writes a lens.

use super::documents::{documents, findings_line, load_lens};
use crate::exit::Exit;
use crate::input::Named;
use crate::out;
use anyhow::Result;
use clap::{Args, Subcommand};
use plainsight_find::Finder;
use plainsight_lens::Lens;
use plainsight_model::{Document, Findings, MentionKind, ReadSettings};
use serde_json::{Value, json};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Checks and tries lenses.
#[derive(Debug, Args)]
pub struct LensArgs {
    #[command(subcommand)]
    what: LensWhat,
}

#[derive(Debug, Subcommand)]
enum LensWhat {
    /// Explains every mistake of a lens folder with its line and how to mend it.
    Check {
        /// The folder.
        dir: PathBuf,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Shows what a lens finds in a file, and which rule and term found it.
    Try {
        /// The folder, or the name of a built-in lens.
        dir: String,
        /// A page, text or archive.
        file: String,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// Runs one of them.
pub fn lens(args: &LensArgs) -> Result<Exit> {
    match &args.what {
        LensWhat::Check { dir, json } => Ok(check(dir, *json)),
        LensWhat::Try { dir, file, json } => try_on(dir, file, *json),
    }
}

fn check(dir: &Path, json: bool) -> Exit {
    match Lens::load(dir) {
        Ok(lens) => {
            if !json {
                let settings = &lens.settings;
                out::say(&format!(
                    "{} {}: no mistake in {} terms and {} kinds of frame",
                    settings.name,
                    settings.version,
                    lens.terms.len(),
                    settings.frames.len()
                ));
            }
            Exit::Done
        }
        Err(faults) => {
            for fault in faults {
                if json {
                    out::line(
                        &json!({"file": fault.file, "line": fault.line, "what": fault.what, "fix": fault.fix}),
                    );
                } else {
                    out::say(&fault.to_string());
                }
            }
            Exit::Undone
        }
    }
}

fn try_on(lens: &str, file: &str, json: bool) -> Result<Exit> {
    let finder = Finder::new(load_lens(lens)?);
    let named = Named { id: Value::String(file.to_owned()), path: file.to_owned(), url: None };
    let plain = json || !std::io::stdout().is_terminal();
    let colour = std::env::var_os("NO_COLOR").is_none();
    Ok(documents(&named, &ReadSettings::default(), &mut |id, _, document, complaints| {
        let found = finder.find(document);
        if plain {
            out::line(&with_terms(findings_line(id, &document.text, &found), &found));
        } else {
            out::say(&shown(document, &found, colour));
            out::complaints(complaints);
        }
    }))
}

/// The line of `find` with the term, its kind and strength beside each mention that a term made.
fn with_terms(mut line: Value, found: &Findings) -> Value {
    if let Some(mentions) = line["mentions"].as_array_mut() {
        for (shown, mention) in mentions.iter_mut().zip(&found.mentions) {
            shown["term"] = match &mention.term {
                Some(term) => {
                    json!({"term": term.term, "kind": term.kind, "strength": term.strength, "meaning": term.meaning})
                }
                None => Value::Null,
            };
        }
    }
    line
}

/// The colours of a terminal for kinds of mention (ECMA-48, SGR).
fn colour_of(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Term => "1;33",
        MentionKind::Agency | MentionKind::Organisation => "1;34",
        MentionKind::Place | MentionKind::Address => "1;32",
        MentionKind::Phone | MentionKind::Date | MentionKind::Count => "1;36",
        _ => "1;35",
    }
}

/// The text with what was found marked in it, and below each block by which rule and term; then the frames.
fn shown(document: &Document, found: &Findings, colour: bool) -> String {
    let letters: Vec<char> = document.text.chars().collect();
    let mut text = String::new();
    for block in &document.blocks {
        let inside: Vec<_> = found.mentions.iter().filter(|m| block.span.contains(&m.span)).collect();
        let mut at = block.span.start;
        for mention in &inside {
            if mention.span.start < at {
                continue;
            }
            text.extend(plain(&letters, at, mention.span.start));
            let inner: String = plain(&letters, mention.span.start, mention.span.end).collect();
            match colour {
                true => text.push_str(&format!("\u{1b}[{}m{inner}\u{1b}[0m", colour_of(mention.kind))),
                false => text.push_str(&format!("[{inner}]")),
            }
            at = mention.span.end;
        }
        text.extend(plain(&letters, at, block.span.end));
        text.push('\n');
        for mention in inside {
            let by = mention.term.as_ref().map_or(String::new(), |term| {
                format!(", {} term “{}”: {}", term.strength, term.term, term.meaning)
            });
            text.push_str(&format!(
                "    {} “{}” by {}{by}\n",
                mention.kind.as_str(),
                mention.text,
                mention.rule
            ));
        }
    }
    for frame in &found.frames {
        text.push_str(&format!("frame {} ({}, {})\n", frame.kind, frame.modality.as_str(), frame.rule));
        for (name, slots) in &frame.slots {
            let filled: Vec<String> = slots.iter().map(|slot| format!("“{}”", slot.text)).collect();
            text.push_str(&format!("    {name}: {}\n", filled.join(", ")));
        }
    }
    for out in &found.excluded {
        let words: String = plain(&letters, out.span.start, out.span.end).collect();
        text.push_str(&format!("left out: “{words}”, {}\n", out.why));
    }
    if found.frames.is_empty() {
        text.push_str("no frame: nothing in it says what the lens looks for\n");
    }
    text
}

/// What a page holds may not steer the terminal.
fn plain(letters: &[char], from: usize, to: usize) -> impl Iterator<Item = char> {
    let part = letters.get(from..to.max(from)).unwrap_or(&[]);
    part.iter().map(|c| if c.is_control() && *c != '\n' && *c != '\t' { ' ' } else { *c })
}
