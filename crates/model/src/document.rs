//! A document: what reading a capture gives.

use crate::{DocumentId, Metadatum, Span};
use serde::{Deserialize, Serialize};

/// ISO 639-1 in lower case, or `und`.
pub type Lang = String;

/// What reading a capture gives: canonical text, blocks, title, date, language,
/// links. Complaints stand beside it, never in its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The payload's id.
    pub id: DocumentId,
    /// What kind of thing was read.
    pub kind: DocumentKind,
    /// The address that the page names for itself (canonical link, `og:url`), else the capture's.
    pub url: Option<String>,
    /// The title in its own script.
    pub title: Option<String>,
    /// The canonical text: NFC, LF, original script, the same for the same bytes. Empty where nothing could be read.
    pub text: String,
    /// Its parts in order; spans do not overlap and cover all text that is not white space.
    pub blocks: Vec<Block>,
    /// The publication day as EDTF.
    pub date: Option<String>,
    /// Which rule found the day.
    pub date_rule: Option<String>,
    /// The author, or the outlet as the page names it.
    pub author: Option<String>,
    /// The outlet or site name as the page names it (`og:site_name` and the like).
    pub site_name: Option<String>,
    /// What stands beside the page's own heading in the title bar, where the page names no site: a weak
    /// site name, for it may be a section as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_site: Option<String>,
    /// The language of most of the text.
    pub lang: Lang,
    /// The script, for Chinese.
    pub script: Option<Script>,
    /// WHATWG name of the encoding, where bytes were text.
    pub encoding: Option<String>,
    /// The step that decided it: `bom`, `header`, `meta`, `utf-8`, `guess`.
    pub encoding_rule: Option<String>,
    /// Reader and version.
    pub reader: String,
    /// Links that stand in the main text.
    pub links: Vec<Link>,
    /// What it says of itself beside its text, in the order in which it stands there; often nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metadata: Vec<Metadatum>,
}

impl Document {
    /// Whether neither a text nor anything that it says of itself was read.
    pub fn says_nothing(&self) -> bool {
        self.text.is_empty() && self.metadata.is_empty()
    }
}

/// What kind of thing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// HTML or XHTML.
    Page,
    /// Plain text.
    Text,
    /// An exported chat.
    Chat,
    /// PDF.
    Pdf,
    /// A picture, read by OCR.
    Picture,
    /// A text, presentation or spreadsheet of an office program.
    Office,
    /// A mail or a mailbox.
    Mail,
    /// Sound or film: no text, but what it says of itself.
    Recording,
    /// Something no reader of this version reads.
    Other,
}

impl DocumentKind {
    /// The word shown and stored.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Text => "text",
            Self::Chat => "chat",
            Self::Pdf => "pdf",
            Self::Picture => "picture",
            Self::Office => "office",
            Self::Mail => "mail",
            Self::Recording => "recording",
            Self::Other => "other",
        }
    }
}

/// Simplified or traditional.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Script {
    /// Simplified characters.
    Hans,
    /// Traditional characters.
    Hant,
}

impl Script {
    /// ISO 15924.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Hans => "Hans",
            Self::Hant => "Hant",
        }
    }
}

/// A part of the canonical text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its range in the canonical text.
    pub span: Span,
    /// Its path in the DOM (`html/body/div[2]/p[1]`), the line for plain text, the page for PDF.
    pub path: String,
    /// For a post or message: `speaker 1`, `speaker 2`, … or a public account's name.
    pub speaker: Option<String>,
    /// For a post or message: its moment or day as it stands there.
    pub time: Option<String>,
    /// For a table row: its cells with the text of the header cell above each.
    pub cells: Vec<Cell>,
    /// The main text, as against menus, footers and other chrome that was kept for search.
    pub main: bool,
    /// Invisible on the page: read, but never found in.
    pub hidden: bool,
}

/// A cell of a table row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its range in the canonical text.
    pub span: Span,
    /// The text of its column's header cell.
    pub header: Option<String>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The page's or document's own title.
    Title,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A list item.
    ListItem,
    /// A row of a table.
    TableRow,
    /// A block quotation.
    Quote,
    /// A caption.
    Caption,
    /// A message of a chat or a forum post.
    Message,
}

impl BlockKind {
    /// The word printed under `kind`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list-item",
            Self::TableRow => "table-row",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::Message => "message",
        }
    }
}

/// A link in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The linked words.
    pub span: Span,
    /// Where they lead, made absolute where the page's address is known.
    pub href: String,
}

/// Something a reader noticed and could not use, with its place; never an abort.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Complaint {
    /// What group of cures it belongs to.
    pub kind: ComplaintKind,
    /// What is wrong, in words a person understands.
    pub what: String,
    /// The place: a byte offset, a record, a page, a line.
    pub place: String,
    /// What to do, where there is something to do.
    pub cure: Option<String>,
}

impl Complaint {
    /// Makes one without a cure.
    pub fn new(kind: ComplaintKind, what: impl Into<String>, place: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: place.into(), cure: None }
    }
    /// Adds what to do.
    pub fn cure(mut self, cure: impl Into<String>) -> Self {
        self.cure = Some(cure.into());
        self
    }
}

/// Groups of complaints by cure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintKind {
    /// A program such as `tesseract` or `pdftotext` is missing.
    MissingProgram(String),
    /// The container or record is damaged.
    Damaged,
    /// A bound was reached: size, depth, time.
    Bound,
    /// No reader for this kind of content.
    NoReader,
    /// Text is there but doubtful: encoding, hidden, garbage.
    Doubtful,
    /// Anything else that a person may want to know.
    Note,
}

/// What a reader may be told from outside; its digest is part of the stage's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSettings {
    /// Tesseract's language names, in order.
    pub ocr_languages: Vec<String>,
    /// Words of the lens, for the segmenter.
    pub extra_words: Vec<String>,
    /// Lines that other captures of the same site share (filled in a second pass; empty in this version).
    pub site_chrome: Vec<String>,
    /// Accounts of public bodies and outlets, whose names stay.
    pub public_accounts: Vec<String>,
    /// Whether programs (poppler, Tesseract) may be called.
    pub programs: bool,
}

impl Default for ReadSettings {
    fn default() -> Self {
        Self {
            ocr_languages: ["chi_sim", "chi_tra", "nld", "spa", "eng"].map(str::to_owned).to_vec(),
            extra_words: Vec::new(),
            site_chrome: Vec::new(),
            public_accounts: Vec::new(),
            programs: true,
        }
    }
}
