//! `publish` and `export`.

use crate::commands::{author, open, own_key};
use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::Args;
use plainsight_archive::PersonKey;
use plainsight_case::views::Publication;
use plainsight_case::{Case, Evidence, Published};
use plainsight_model::{Complaint, Digest};
use plainsight_publish::{Fonts, Format};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Writes a dossier.
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// The case's folder.
    case: PathBuf,
    /// The folder to write.
    #[arg(long)]
    out: PathBuf,
    /// Prints all claims, with DRAFT on every page and in the file names.
    #[arg(long)]
    draft: bool,
    /// Only says what would be printed.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Publishes what was confirmed.
pub fn publish(args: &PublishArgs) -> Result<Exit> {
    let mut case = open(&args.case)?;
    let publication = case.publication(args.draft)?;
    let mut complaints = Vec::new();
    if args.dry_run {
        out::say(&format!(
            "would print {} claims, leaving out {}",
            publication.claims.len(),
            publication.left_out
        ));
        return Ok(Exit::Done);
    }
    // A draft is nobody's word, so nobody signs it.
    let key = if args.draft { None } else { own_key()? };
    let mut pack = packer(&case, &publication, key.as_ref(), &mut complaints);
    let published =
        plainsight_publish::publish(&publication, &args.out, key.as_ref(), &mut pack, &Fonts::installed());
    drop(pack);
    out::complaints(&complaints);
    let rows = match published {
        Ok(written) => {
            if let Some(why) = &written.no_pdf {
                eprintln!("{why}");
            }
            written.files
        }
        Err(why) => {
            eprintln!("{why}");
            return Ok(Exit::Undone);
        }
    };
    for row in rows.iter().filter(|_| args.json) {
        out::line(&serde_json::json!({"file": row.file, "sha256": row.sha256}));
    }
    // The manifest names every file with its digest, wherever the dossier lies.
    if let Some(manifest) = rows.iter().find(|row| row.file.ends_with("dossier.json")) {
        let digest =
            Digest::from_hex(&manifest.sha256).unwrap_or_else(|| Digest::of(manifest.sha256.as_bytes()));
        case.published(Published::Dossier(&digest), args.draft, key.as_ref(), &author())?;
    }
    if !args.json {
        out::say(&format!("{} files in {}", rows.len(), args.out.display()));
        let allow = if key.is_some() { "" } else { "--allow-unsigned " };
        out::say(&format!("anyone can check it: plainsight verify {allow}{}", args.out.display()));
    }
    Ok(Exit::Done)
}

/// Writes an export.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The case's folder.
    case: PathBuf,
    /// `ftm`, `csv`, `geojson`, `graphml` or `wacz`.
    #[arg(long)]
    format: String,
    /// The file or folder to write.
    #[arg(long)]
    out: PathBuf,
    /// Everything, not only what was confirmed.
    #[arg(long)]
    draft: bool,
    /// Only says what would be written.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Exports what was confirmed.
pub fn export(args: &ExportArgs) -> Result<Exit> {
    let format: Format = match args.format.parse() {
        Ok(format) => format,
        Err(why) => {
            eprintln!("{why}");
            return Ok(Exit::Usage);
        }
    };
    // A package that somebody signs is a publication, so the ledger names it.
    let key = if format == Format::Wacz && !args.draft { own_key()? } else { None };
    let mut case = match key {
        Some(_) if !args.dry_run => open(&args.case)?,
        _ => Case::open_read_only(&args.case)?,
    };
    let publication = case.publication(args.draft)?;
    if args.dry_run {
        out::say(&format!(
            "would write {} claims, leaving out {}",
            publication.claims.len(),
            publication.left_out
        ));
        return Ok(Exit::Done);
    }
    let mut complaints = Vec::new();
    let mut pack = packer(&case, &publication, key.as_ref(), &mut complaints);
    let exported = plainsight_publish::export(&publication, format, &args.out, &mut pack);
    drop(pack);
    out::complaints(&complaints);
    match exported {
        Ok(rows) => {
            for row in &rows {
                if let (Some(key), Some(digest)) = (&key, Digest::from_hex(&row.sha256)) {
                    case.published(Published::Package(&digest), args.draft, Some(key), &author())?;
                }
                if args.json {
                    out::line(&serde_json::json!({"file": row.file, "sha256": row.sha256}));
                } else {
                    out::say(&format!("{}  {}", row.sha256, row.file));
                }
            }
            Ok(Exit::Done)
        }
        Err(why) => {
            eprintln!("{why}");
            Ok(Exit::Undone)
        }
    }
}

/// Has the case write the captures of what is printed; what it complained of comes out beside.
fn packer<'a>(
    case: &'a Case,
    publication: &'a Publication,
    key: Option<&PersonKey>,
    complaints: &'a mut Vec<Complaint>,
) -> impl FnMut(&BTreeSet<&str>, &Path) -> Result<Evidence, String> + 'a {
    let key = key.map(PersonKey::package_key);
    move |documents, path| {
        let made =
            case.evidence(publication, documents, path, key.as_ref()).map_err(|why| why.to_string())?;
        complaints.extend(made.complaints.iter().cloned());
        Ok(made)
    }
}
