//! Office documents: text, presentations and tables of Office Open XML and OpenDocument.
//!
//! Both are ZIP files of XML. Neither is trusted: members are asked for by
//! name and never written anywhere, XML has no DTD and no entities of its own,
//! and what comes out is bounded member by member and altogether.

mod docx;
mod docx_styles;
mod odf;
mod odf_styles;
mod package;
mod para;
mod pptx;
mod props;
mod rows;
mod serial;
mod sheet_styles;
mod xlsx;
mod xml;

pub(crate) use rows::{Cell, Row, lay as lay_rows};

use crate::canon::{self, Raw};
use crate::{Source, dateline, empty, language};
use package::Package;
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind};
use props::Props;

/// The most text of one document, in bytes; as much as of a page.
const MOST_TEXT: usize = 8 << 20;

/// Where a reader puts what it reads, up to the bound.
pub(crate) struct Sink {
    raws: Vec<Raw>,
    left: usize,
    complaints: Vec<Complaint>,
}

impl Sink {
    pub(crate) fn new() -> Self {
        Self { raws: Vec::new(), left: MOST_TEXT, complaints: Vec::new() }
    }

    /// Takes a block, unless the document is full.
    pub(crate) fn put(&mut self, raw: Raw) {
        if raw.text.len() <= self.left {
            self.left -= raw.text.len();
            self.raws.push(raw);
        } else if !self.is_full() {
            self.left = 0;
            let what = format!("the document has more than {MOST_TEXT} bytes of text; the rest was not read");
            self.complaints.push(Complaint::new(ComplaintKind::Bound, what, raw.path));
        }
    }

    /// Whether nothing more is taken; a reader stops then.
    pub(crate) fn is_full(&self) -> bool {
        self.left == 0
    }

    pub(crate) fn complain(
        &mut self,
        kind: ComplaintKind,
        what: impl Into<String>,
        place: impl Into<String>,
    ) {
        self.complaints.push(Complaint::new(kind, what, place));
    }

    /// What was read, in order.
    pub(crate) fn into_parts(self) -> (Vec<Raw>, Vec<Complaint>) {
        (self.raws, self.complaints)
    }
}

/// Reads a ZIP that is an office document; any other ZIP is named as what it is.
pub(crate) fn read(source: &Source, complaints: &mut Vec<Complaint>) -> Document {
    let mut package = match Package::open(source.bytes) {
        Ok(package) => package,
        Err(complaint) => {
            complaints.push(complaint);
            return empty(DocumentKind::Other, "none");
        }
    };
    let Some(format) = Format::of(&mut package) else {
        complaints.push(
            Complaint::new(
                ComplaintKind::NoReader,
                "a ZIP with other files in it; none of them was read here",
                "document",
            )
            .cure("add the ZIP itself, or unpack it and add its files"),
        );
        complaints.append(&mut package.complaints);
        return empty(DocumentKind::Other, "none");
    };
    let mut sink = Sink::new();
    let mut document = empty(DocumentKind::Office, format.name());
    match format {
        Format::Docx(part) => docx::read(&mut package, &part, &mut sink),
        Format::Pptx(part) => pptx::read(&mut package, &part, &mut sink),
        Format::Xlsx(part) => xlsx::read(&mut package, &part, &mut sink),
        Format::Odf(_) => odf::read(&mut package, &mut sink),
    }
    let props = Props::of(&mut package);
    let (raws, more) = sink.into_parts();
    complaints.append(&mut package.complaints);
    complaints.extend(more);
    note_hidden(&raws, complaints);
    let shown = |kind| raws.iter().find(|r| r.kind == kind && !r.hidden).map(|r| r.text.replace('\n', " "));
    document.title = shown(BlockKind::Title).or(props.title.clone());
    document.author.clone_from(&props.author);
    canon::lay(&mut document, raws);
    let found = language(&document.text);
    (document.lang, document.script) = (found.lang, found.script);
    // What stands in the text is what its author says; the metadata know when somebody last saved it.
    dateline::set(&mut document);
    if document.date.is_none() {
        props.date(&mut document);
    }
    document
}

/// Says how much of the text nobody sees.
fn note_hidden(raws: &[Raw], complaints: &mut Vec<Complaint>) {
    let count = raws.iter().filter(|r| r.hidden && !r.text.trim().is_empty()).count();
    if let Some(first) = raws.iter().find(|r| r.hidden && !r.text.trim().is_empty()) {
        let what =
            format!("{count} blocks are hidden in the document; they are kept, and nothing is found in them");
        complaints.push(Complaint::new(ComplaintKind::Doubtful, what, first.path.clone()));
    }
}

/// The formats by what is in the package, with the main part where there is one.
enum Format {
    Docx(String),
    Pptx(String),
    Xlsx(String),
    /// `odt`, `ods` or `odp`.
    Odf(&'static str),
}

impl Format {
    fn of(package: &mut Package) -> Option<Self> {
        if package.has("[Content_Types].xml") {
            let main =
                package.rels("").into_iter().find(|r| r.kind.ends_with("/officeDocument")).map(|r| r.target);
            // A package whose relations are damaged is known by the usual names.
            let usual = ["word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"];
            let main = main
                .filter(|m| package.has(m))
                .or_else(|| usual.iter().find(|name| package.has(name)).map(|name| (*name).to_owned()))?;
            let folder = main.split('/').next().unwrap_or("");
            return match folder {
                "ppt" => Some(Self::Pptx(main)),
                "xl" => Some(Self::Xlsx(main)),
                _ => Some(Self::Docx(main)),
            };
        }
        if !package.has("content.xml") {
            return None;
        }
        let kind = package.text("mimetype").unwrap_or_default();
        Some(Self::Odf(match kind.trim() {
            k if k.contains("spreadsheet") => "ods",
            k if k.contains("presentation") || k.contains("graphics") => "odp",
            _ => "odt",
        }))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Docx(_) => "docx",
            Self::Pptx(_) => "pptx",
            Self::Xlsx(_) => "xlsx",
            Self::Odf(name) => name,
        }
    }
}
