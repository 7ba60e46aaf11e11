//! `cite`.

use crate::exit::Exit;
use crate::out;
use anyhow::Result;
use clap::{Args, ValueEnum};
use plainsight_case::Case;
use std::path::PathBuf;

/// The footnote of a capture.
#[derive(Debug, Args)]
pub struct CiteArgs {
    /// The case's folder.
    case: PathBuf,
    /// `cap-…`, or `doc-…` for a document's first capture.
    capture: String,
    /// The form.
    #[arg(long = "as", value_enum, default_value_t = Form::Text)]
    form: Form,
    /// One JSON object, whatever the form.
    #[arg(long)]
    json: bool,
}

/// The forms of a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A paragraph.
    Text,
    /// A BibTeX entry.
    Bibtex,
    /// An item of CSL JSON.
    Csl,
}

/// Prints the footnote of a capture.
pub fn cite(args: &CiteArgs) -> Result<Exit> {
    let citation = Case::open_read_only(&args.case)?.cite(&args.capture)?;
    match args.form {
        _ if args.json => out::line(&citation),
        Form::Text => out::say(&citation.text()),
        Form::Bibtex => out::say(&citation.bibtex()),
        Form::Csl => out::line(&citation.csl()),
    }
    Ok(Exit::Done)
}
