//! A capture's bytes to a document: encoding, main text, blocks, title, day, language.
//!
//! In: bytes with what is known about them (media type, address, file name).
//! Out: a [`Document`] and what could not be used, as complaints; date
//! expressions, the language and the words of a text.
//! Never: fails or panics on any bytes, opens the network, reads a clock, or
//! keeps the name of a person who spoke in a chat.
//!
//! Where a new format is added: one line in `sniff.rs`, one arm in [`read`],
//! one file with its reader.

mod canon;
mod chat;
mod dateline;
mod dates;
mod encoding;
mod guard;
mod language;
mod page;
mod pdf;
mod picture;
mod plain;
mod private;
mod programs;
mod sniff;
mod telegram;
mod unpack;
mod words;

pub use dates::{DateSpan, dates};
pub use language::{Language, language};
pub use private::{PrivateKind, private_kind};
pub use programs::{Program, programs};
pub use words::words;

use plainsight_model::{Complaint, ComplaintKind, Document, DocumentId, DocumentKind, ReadSettings};

/// The version of all readers together; it is part of the stage's key and
/// changes whenever the same bytes would give another document.
pub const VERSION: &str = "4";

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
    let mut complaints = Vec::new();
    let unpacked = unpack::unpack(source, &mut complaints);
    let inner =
        Source { bytes: &unpacked.bytes, name: &unpacked.name, media_type: unpacked.media_type, ..*source };
    let mut document = match sniff::sniff(&inner) {
        sniff::Kind::Page => page::read(&inner, settings, &mut complaints),
        sniff::Kind::Text => plain::read(&inner, settings, &mut complaints),
        sniff::Kind::Telegram => telegram::read(&inner, settings, &mut complaints),
        sniff::Kind::Pdf => pdf::read(&inner, settings, &mut complaints),
        sniff::Kind::Picture(ending) => picture::read(&inner, ending, settings, &mut complaints),
        sniff::Kind::Other(what) => {
            complaints.push(Complaint::new(
                ComplaintKind::NoReader,
                format!("no reader of this version reads {what}"),
                "byte 0",
            ));
            empty(DocumentKind::Other, "none")
        }
    };
    if document.date.is_none() && document.kind != DocumentKind::Page && document.kind != DocumentKind::Chat {
        dateline::set(&mut document);
    }
    document.id = DocumentId::of_payload(source.bytes);
    if document.url.is_none() && !source.uri.is_empty() {
        document.url = Some(source.uri.to_owned());
    }
    (document, complaints)
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
    }
}
