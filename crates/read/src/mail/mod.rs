//! Mails and mailboxes: what was written, with its attachments behind it.
//!
//! Who wrote becomes `speaker 1, 2, …` as in a chat, and the names and addresses of senders and
//! recipients leave the text, unless they are those of a public account.

mod head;
mod mime;

pub(crate) use head::Head;
pub(crate) use mime::{Part, base64};

use crate::canon::{self, Raw};
use crate::chat::Speakers;
use crate::office::Sink;
use crate::programs::Programs;
use crate::{Source, empty, language, read_inside};
use mail_parser::Addr;
use mime::DEEPEST;
use plainsight_model::{
    BlockKind, Complaint, ComplaintKind, Document, DocumentKind, Metadatum, ReadSettings,
};

/// The most mails of a mailbox.
const MAILS: usize = 100_000;
/// The most attachments that are read; more are only counted.
const ATTACHMENTS: usize = 200;
/// The most rows of what attachments say of themselves.
const MOST_METADATA: usize = 1000;

pub(crate) fn read(
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
    depth: usize,
    complaints: &mut Vec<Complaint>,
) -> Document {
    let mut document = empty(DocumentKind::Mail, "mail");
    let mails = mails(source.bytes);
    let mut reading = Reading {
        settings,
        programs,
        depth,
        speakers: Speakers::new(settings),
        sink: Sink::new(),
        complaints: Vec::new(),
        attachments: 0,
        metadata: Vec::new(),
    };
    for (number, mail) in mails.iter().enumerate() {
        if reading.sink.is_full() {
            break;
        }
        let path = if mails.len() == 1 { "mail".to_owned() } else { format!("mail[{}]", number + 1) };
        let letter = reading.letter(mail, &path, 0);
        if mails.len() == 1 {
            document.title = letter.subject.map(|s| reading.speakers.hide(&s));
            document.author = letter.public_sender;
            document.date_rule = letter.day.as_ref().map(|_| "header:Date".to_owned());
            document.date = letter.day;
        }
    }
    let Reading { speakers, sink, complaints: inner, metadata, .. } = reading;
    document.metadata = metadata;
    for row in &mut document.metadata {
        row.value = speakers.hide(&row.value);
    }
    let (mut raws, more) = sink.into_parts();
    complaints.extend(inner.into_iter().chain(more));
    raws.iter_mut().for_each(|raw| speakers.hide_in(raw));
    canon::lay(&mut document, raws);
    let found = language(&document.text);
    (document.lang, document.script) = (found.lang, found.script);
    document
}

/// The mails of a mailbox, or the one mail. A line that begins with `From ` parts them; inside a mail it is quoted.
pub(crate) fn mails(bytes: &[u8]) -> Vec<&[u8]> {
    if !bytes.starts_with(b"From ") {
        return vec![bytes];
    }
    let (mut out, mut start, mut at, mut blank) = (Vec::new(), None, 0, true);
    while at < bytes.len() && out.len() < MAILS {
        let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
        let line = &bytes[at..end];
        if blank && line.starts_with(b"From ") {
            out.extend(start.replace(end).map(|from| &bytes[from..at]));
        }
        blank = line.iter().all(|b| matches!(b, b'\r' | b'\n'));
        at = end;
    }
    out.extend(start.map(|from| &bytes[from..]));
    out
}

/// What is known of one mail when it was read.
struct Letter {
    subject: Option<String>,
    public_sender: Option<String>,
    day: Option<String>,
}

struct Reading<'r> {
    settings: &'r ReadSettings,
    programs: &'r dyn Programs,
    /// Of the document that holds this mail.
    depth: usize,
    speakers: Speakers<'r>,
    sink: Sink,
    complaints: Vec<Complaint>,
    attachments: usize,
    /// What attachments say of themselves.
    metadata: Vec<Metadatum>,
}

/// Whose words the blocks are.
#[derive(Clone, Default)]
struct Said {
    speaker: Option<String>,
    time: Option<String>,
}

impl Reading<'_> {
    fn letter(&mut self, bytes: &[u8], path: &str, depth: usize) -> Letter {
        let part = Part::of(bytes);
        let sender = part.head.from().and_then(|from| from.first()).or_else(|| part.head.sender()?.first());
        let speaker = sender.map(|sender| self.person(sender));
        let lists = [part.head.to(), part.head.cc(), part.head.bcc(), part.head.reply_to()];
        for person in lists.into_iter().flatten().flat_map(|list| list.iter()) {
            self.person(person);
        }
        let date = part.head.date().filter(|date| date.is_valid());
        let said = Said { speaker: speaker.clone(), time: date.map(|date| date.to_rfc3339()) };
        let subject = part.head.subject().map(canon::collapse).filter(|s| !s.is_empty());
        if let Some(subject) = &subject {
            let kind = if path == "mail" { BlockKind::Title } else { BlockKind::Heading };
            self.put(Raw::new(kind, format!("{path}/subject"), subject.clone()), &said);
        }
        self.part(&part, path, depth, &said);
        Letter {
            subject,
            public_sender: speaker.filter(|label| self.settings.public_accounts.contains(label)),
            day: date.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day)),
        }
    }

    /// The label of a person: one for all names of an address.
    fn person(&mut self, person: &Addr) -> String {
        let name = person.name().map(canon::collapse).filter(|name| !name.is_empty());
        let address = person.address().map(canon::collapse).filter(|address| !address.is_empty());
        let public =
            [&name, &address].into_iter().flatten().find(|n| self.settings.public_accounts.contains(n));
        if let Some(public) = public {
            return public.clone();
        }
        match (name, address) {
            (Some(name), Some(address)) => {
                self.speakers.label_also(&address.to_lowercase(), &[&name, &address])
            }
            (Some(one), None) | (None, Some(one)) => self.speakers.label(&one),
            (None, None) => self.speakers.label("?"),
        }
    }

    fn part(&mut self, part: &Part, path: &str, depth: usize, said: &Said) {
        if depth > DEEPEST {
            let what =
                format!("parts stand in each other deeper than {DEEPEST}; what lies below was not read");
            self.complaints.push(Complaint::new(ComplaintKind::Bound, what, path));
            return;
        }
        let media = part.media();
        if let Some(children) = part.children() {
            return self.children(&media, &children, path, depth, said);
        }
        if media == "message/rfc822" {
            self.letter(&part.content(), &format!("{path}/mail"), depth + 1);
        } else if part.is_attachment() || !media.starts_with("text/") && !media.starts_with("multipart/") {
            self.attachment(part, path);
        } else {
            let media = part.media_with_charset();
            // What calls itself a multipart and has no boundary is read as the text it looks like.
            let media = if media.starts_with("text/") { media.as_str() } else { "text/plain" };
            self.inside(&part.content(), media, "", path, said);
        }
    }

    fn children(&mut self, media: &str, children: &[Part], path: &str, depth: usize, said: &Said) {
        let inner = |number: usize| format!("{path}/part[{}]", number + 1);
        if media == "multipart/alternative" {
            // The last is the richest (RFC 2046, 5.1.4); calendars and the like are no text.
            let readable = |part: &Part| {
                let media = part.media();
                media == "text/html" || media == "text/plain" || media.starts_with("multipart/")
            };
            let best = children.iter().rposition(readable).or(children.len().checked_sub(1));
            if let Some(best) = best {
                self.part(&children[best], &inner(best), depth + 1, said);
            }
            return;
        }
        for (number, child) in children.iter().enumerate() {
            // Logos and backgrounds belong to the page that shows them.
            let is_shown = media == "multipart/related" && number > 0 && child.media().starts_with("image/");
            if !is_shown && !self.sink.is_full() {
                self.part(child, &inner(number), depth + 1, said);
            }
        }
    }

    /// Its name as a heading, then what its own reader reads in it.
    fn attachment(&mut self, part: &Part, path: &str) {
        let name = part.name().unwrap_or_default();
        let label = format!("{path}/attachment");
        if !name.is_empty() {
            self.put(Raw::new(BlockKind::Heading, label.clone(), name.clone()), &Said::default());
        }
        self.attachments += 1;
        if self.attachments > ATTACHMENTS {
            if self.attachments == ATTACHMENTS + 1 {
                let what = format!("more than {ATTACHMENTS} attachments; the rest was named and not read");
                self.complaints.push(Complaint::new(ComplaintKind::Bound, what, label));
            }
            return;
        }
        if let Some(coding) = part.unknown_coding() {
            let what =
                format!("the attachment is coded in “{coding}”, which nothing here undoes; it was not read");
            self.complaints.push(Complaint::new(ComplaintKind::NoReader, what, label));
            return;
        }
        let media = part.media_with_charset();
        // The general type says nothing; the bytes and the name do.
        let media = if media == "application/octet-stream" { "" } else { &media };
        self.inside(&part.content(), media, &name, &label, &Said::default());
    }

    /// Reads bytes by their own reader and lays what comes out behind the rest.
    fn inside(&mut self, bytes: &[u8], media: &str, name: &str, path: &str, said: &Said) {
        let source = Source { bytes, media_type: Some(media).filter(|m| !m.is_empty()), uri: "", name };
        let mut more = Vec::new();
        let document = read_inside(&source, self.settings, self.programs, self.depth + 1, &mut more);
        self.complaints.extend(more.into_iter().map(|mut complaint| {
            complaint.place = format!("{path}, {}", complaint.place);
            complaint
        }));
        // Speakers of an attached chat are other people than those of the mail.
        let room = MOST_METADATA.saturating_sub(self.metadata.len());
        self.metadata.extend(document.metadata.iter().take(room).cloned().map(|mut row| {
            row.source = format!("{path}, {}", row.source);
            row
        }));
        let shift = self.speakers.reserve(&document);
        for mut raw in canon::lift(&document) {
            raw.path = format!("{path}/{}", raw.path);
            raw.speaker = raw.speaker.map(|speaker| Speakers::shifted(&speaker, shift));
            self.put(raw, said);
        }
    }

    fn put(&mut self, mut raw: Raw, said: &Said) {
        raw.speaker = raw.speaker.or_else(|| said.speaker.clone());
        raw.time = raw.time.or_else(|| said.time.clone());
        self.sink.put(raw);
    }
}
