//! A capture's bytes to a document: encoding, main text, blocks, title, day, language.
//!
//! In: bytes with what is known about them (media type, address, file name).
//! Out: a [`Document`] and what could not be used, as complaints; date
//! expressions, the language and the words of a text.
//! Never: fails or panics on any bytes, opens the network, reads a clock, or
//! keeps the name of a person who spoke in a chat.
//!
//! [`read`] is the function; [`read_apart`] is the same function in a process
//! of its own for formats whose readers meet hostile bytes (`apart/`).
//!
//! Where a new format is added: one line in `sniff.rs`, one arm in [`read`],
//! one file with its reader.

mod apart;
mod canon;
mod chat;
mod csv;
mod dateline;
mod dates;
mod encoding;
mod exif;
mod guard;
mod hashed;
mod language;
mod mail;
mod mhtml;
mod office;
mod page;
mod pdf;
mod picture;
mod plain;
mod private;
mod programs;
mod recording;
mod sniff;
mod telegram;
mod unpack;
mod words;

pub use apart::{Isolation, isolate, isolation, read_apart, run_tool, work};
pub use dates::{DateSpan, dates};
pub use exif::{Unlocated, without_position};
pub use language::{Language, language};
#[doc(hidden)]
pub use page::{Lesson, lessons};
pub use private::{PrivateKind, private_kind};
pub use programs::{Program, programs};
pub use words::words;

use plainsight_model::{Complaint, ComplaintKind, Document, DocumentId, DocumentKind, ReadSettings};
use programs::Programs;

/// The version of all readers together; it is part of the stage's key and
/// changes whenever the same bytes would give another document.
pub const VERSION: &str = "8";

/// What is read: bytes, and what is known about them from outside.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The payload as captured.
    pub bytes: &'a [u8],
    /// The media type of the transport header, with its `charset` if it has one.
    pub media_type: Option<&'a str>,
    /// The address it was captured from; may be empty.
    pub uri: &'a str,
    /// The file's name; may be empty.
    pub name: &'a str,
}

/// Reads a capture. Whatever cannot be used becomes a complaint.
pub fn read(source: &Source, settings: &ReadSettings) -> (Document, Vec<Complaint>) {
    read_with(source, settings, &programs::Here)
}

/// Reads with whatever runs the programs.
fn read_with(
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
) -> (Document, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let mut document = read_inside(source, settings, programs, 0, &mut complaints);
    document.id = DocumentId::of_payload(source.bytes);
    if document.url.is_none() && !source.uri.is_empty() {
        document.url = Some(source.uri.to_owned());
    }
    (document, complaints)
}

/// What the name of a Chinese official paper ends with, in both scripts.
pub(crate) const PAPERS: [&str; 34] = [
    "通知",
    "公告",
    "通告",
    "通报",
    "通報",
    "公示",
    "办法",
    "辦法",
    "规定",
    "規定",
    "细则",
    "細則",
    "意见",
    "意見",
    "决定",
    "決定",
    "方案",
    "报告",
    "報告",
    "的函",
    "批复",
    "请示",
    "纪要",
    "名录",
    "名錄",
    "名单",
    "名單",
    "目录",
    "汇总表",
    "一览表",
    "规范",
    "条例",
    "启事",
    "啟事",
];

/// Lays out what `pdftotext -bbox-layout` wrote, as the reader of PDFs does: columns, paragraphs, tables,
/// margins. For tests of that reader on outputs that no PDF gives.
pub fn pdf_layout(output: &str) -> Document {
    pdf::laid_out(output)
}

/// The notes on the pages of a PDF, as blocks of a document that holds nothing else. For tests of that reader
/// without a program.
pub fn pdf_notes(bytes: &[u8]) -> Document {
    pdf::noted(bytes)
}

/// What ffprobe wrote about a recording (`-print_format json`) as metadata. For tests of that reader on
/// outputs that no recording gives.
pub fn recording_metadata(output: &str) -> Vec<plainsight_model::Metadatum> {
    recording::metadata(output)
}

/// How deep documents may stand in documents: attachments, members of a ZIP.
const DEEPEST: usize = 8;

/// Reads a document, or one that stands in another `depth` documents.
fn read_inside(
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
    depth: usize,
    complaints: &mut Vec<Complaint>,
) -> Document {
    if depth > DEEPEST {
        let what = format!("documents stand in each other deeper than {DEEPEST}; this one was not read");
        complaints.push(Complaint::new(ComplaintKind::Bound, what, "document"));
        return empty(DocumentKind::Other, "none");
    }
    let unpacked = unpack::unpack(source, complaints);
    let inner =
        Source { bytes: &unpacked.bytes, name: &unpacked.name, media_type: unpacked.media_type, ..*source };
    let mut document = match sniff::sniff(&inner) {
        sniff::Kind::Page => page_or_saved(&inner, settings, complaints),
        sniff::Kind::Text => plain::read(&inner, settings, complaints),
        sniff::Kind::Csv => csv::read(&inner, complaints),
        sniff::Kind::Telegram => telegram::read(&inner, settings, complaints),
        sniff::Kind::Packed => office::read(&inner, complaints),
        sniff::Kind::Mail => mail::read(&inner, settings, programs, depth, complaints),
        sniff::Kind::Mhtml => mhtml::read(&inner, settings, complaints),
        sniff::Kind::Pdf => pdf::read(&inner, settings, programs, complaints),
        sniff::Kind::Picture(ending) => picture::read(&inner, ending, settings, programs, complaints),
        sniff::Kind::Recording => recording::read(&inner, settings, programs, complaints),
        sniff::Kind::Other(what) => {
            complaints.push(Complaint::new(
                ComplaintKind::NoReader,
                format!("no reader of this version reads {what}"),
                "byte 0",
            ));
            empty(DocumentKind::Other, "none")
        }
    };
    let dated = matches!(document.kind, DocumentKind::Page | DocumentKind::Chat | DocumentKind::Mail);
    if document.date.is_none() && !dated {
        dateline::set(&mut document);
    }
    document
}

/// A page, or what SingleFile made of one.
fn page_or_saved(source: &Source, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let Some((bytes, url)) = mhtml::single_file(source.bytes) else {
        return page::read(source, settings, complaints);
    };
    let uri = if source.uri.is_empty() { url.as_deref().unwrap_or("") } else { source.uri };
    let mut document = page::read(&Source { bytes: &bytes, uri, ..*source }, settings, complaints);
    document.url = document.url.or(url);
    document
}

/// A document in which nothing was read yet.
fn empty(kind: DocumentKind, reader: &str) -> Document {
    Document {
        id: DocumentId::of_payload(b""),
        kind,
        url: None,
        title: None,
        text: String::new(),
        blocks: Vec::new(),
        date: None,
        date_rule: None,
        author: None,
        site_name: None,
        title_site: None,
        lang: "und".to_owned(),
        script: None,
        encoding: None,
        encoding_rule: None,
        reader: format!("{reader} {VERSION}"),
        links: Vec::new(),
        metadata: Vec::new(),
    }
}
