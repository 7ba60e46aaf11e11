//! HTML and XHTML: one walk over our own tree gives every visible block; a
//! reader of main text says which of them count.

mod address;
mod facts;
mod hour;
mod main_text;
mod meta;
mod metadata;
mod months;
mod published;
mod shown;
mod table;
mod walk;

use crate::canon::{self, Raw};
use crate::{Source, empty, encoding, guard, language};
pub use main_text::Lesson;
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use std::panic::AssertUnwindSafe;

/// Reads a page; a panic in a third-party reader does not harm the rest.
pub(crate) fn read(source: &Source, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let mut decoded = encoding::decode(source.bytes, source.media_type, true, complaints);
    bound(&mut decoded.text, complaints);
    let run = AssertUnwindSafe(|| {
        let mut complaints = Vec::new();
        let document = read_text(&decoded.text, source.uri, settings, &mut complaints);
        (document, complaints)
    });
    let result = std::panic::catch_unwind(run);
    let mut document = match result {
        Ok((document, more)) => {
            complaints.extend(more);
            document
        }
        Err(_) => {
            complaints.push(Complaint::new(
                ComplaintKind::Damaged,
                "the page could not be read: a reader stopped",
                "byte 0",
            ));
            empty(DocumentKind::Page, "page")
        }
    };
    document.encoding = Some(decoded.encoding.to_owned());
    document.encoding_rule = Some(decoded.rule.to_owned());
    document
}

/// The most text of one page that is parsed, in bytes: a tree takes some 25
/// bytes a letter, and two pages are read at a time within 1 GiB.
const MOST: usize = 8 << 20;

/// Takes out U+0000, which a parser turns into text of its own at hundreds of
/// bytes each (a small file can hold a gibibyte of them), and cuts what is too long.
fn bound(text: &mut String, complaints: &mut Vec<Complaint>) {
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    if text.len() > MOST {
        let mut end = MOST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        let what = format!("the page has more than {MOST} bytes of text; the rest was not read");
        complaints.push(Complaint::new(ComplaintKind::Bound, what, format!("byte {end}")));
    }
}

fn read_text(source: &str, uri: &str, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let (html, dropped) = guard::guard(source);
    complain(&dropped, complaints);
    let tree = dom_query::Document::from(html.as_ref());
    let facts = facts::Facts { script_day: facts::wechat_day(source), ..facts::collect(&tree) };
    let mut walked = walk::walk(&tree, &meta::base(&facts, uri));
    reveal(&mut walked.blocks, complaints);
    let title = meta::title(&facts);
    let (reader, keep) = main_text::choose(tree, &mut walked, &facts, title.as_deref());
    let blocks = walked.blocks;

    let mut document = empty(DocumentKind::Page, reader);
    document.title = title;
    let (date, rule) = published::published(&facts, &blocks, &keep.main, uri).unzip();
    document.date = date;
    document.date_rule = rule.map(str::to_owned);
    document.author = meta::author(&facts);
    document.site_name = meta::site_name(&facts);
    document.title_site = meta::title_site(&facts);
    document.url = meta::url(&facts, uri);
    document.metadata = metadata::metadata(&facts, &blocks, &keep.main, &meta::base(&facts, uri));
    if blocks.is_empty() && facts.scripts > 0 {
        complaints.push(
            Complaint::new(
                ComplaintKind::Doubtful,
                "the page holds scripts and no text; a browser would have to run it",
                "body",
            )
            .cure("capture it again with a browser"),
        );
    }
    let kept = lead_with_title(&document, keep.take(blocks), settings);
    canon::lay(&mut document, kept);
    let found = language(&document.text);
    document.lang = if found.sure { found.lang } else { declared(&facts).unwrap_or(found.lang) };
    document.script = if document.lang == "zh" { found.script } else { None };
    document
}

/// The blocks of a page with what is known of each, for those who learn the trees of `main_text`.
#[doc(hidden)]
#[must_use]
pub fn lessons(source: &Source) -> Vec<Lesson> {
    let mut complaints = Vec::new();
    let unpacked = crate::unpack::unpack(source, &mut complaints);
    let mut decoded = encoding::decode(&unpacked.bytes, unpacked.media_type, true, &mut complaints);
    bound(&mut decoded.text, &mut complaints);
    let (html, _) = guard::guard(&decoded.text);
    let tree = dom_query::Document::from(html.as_ref());
    let facts = facts::collect(&tree);
    let mut walked = walk::walk(&tree, &meta::base(&facts, source.uri));
    reveal(&mut walked.blocks, &mut complaints);
    let title = meta::title(&facts);
    main_text::lessons(tree, &mut walked, &facts, title.as_deref())
}

fn complain(dropped: &guard::Dropped, complaints: &mut Vec<Complaint>) {
    let mut bound = |what: String| complaints.push(Complaint::new(ComplaintKind::Bound, what, "markup"));
    if dropped.deep > 0 {
        bound(format!("{} tags are nested too deep and were left out; their text was read", dropped.deep));
    }
    if dropped.attributes > 0 {
        bound(format!(
            "{} tags have more than 128 attributes; the rest of these was left out",
            dropped.attributes
        ));
    }
    if dropped.tags > 0 {
        bound(format!("{} tags beyond the 400,000th were left out; their text was read", dropped.tags));
    }
}

/// Text that waits for a script is the page's text; text hidden beside the
/// visible text is not.
fn reveal(blocks: &mut [Raw], complaints: &mut Vec<Complaint>) {
    let length = |hidden: bool| {
        blocks.iter().filter(|b| b.hidden == hidden).map(|b| b.text.chars().count()).sum::<usize>()
    };
    let (hidden, visible) = (length(true), length(false));
    if hidden > 0 && hidden >= visible {
        blocks.iter_mut().for_each(|b| b.hidden = false);
        complaints.push(Complaint::new(
            ComplaintKind::Doubtful,
            "most of the text is hidden until a script reveals it; read as if revealed by script",
            "body",
        ));
    }
}

/// Puts the title first, unless the first blocks say it already.
fn lead_with_title(document: &Document, mut blocks: Vec<Raw>, settings: &ReadSettings) -> Vec<Raw> {
    blocks.retain(|b| !settings.site_chrome.contains(&b.text));
    let Some(title) = &document.title else { return blocks };
    let squashed = main_text::squash(title);
    let same = |b: &Raw| !b.hidden && main_text::squash(&b.text) == squashed;
    if let Some(found) = blocks.iter_mut().take(6).find(|b| same(b)) {
        found.kind = BlockKind::Title;
        return blocks;
    }
    blocks.insert(0, Raw::new(BlockKind::Title, "html/head/title", title.clone()));
    blocks
}

/// The language that the page names for itself.
fn declared(facts: &facts::Facts) -> Option<String> {
    let lang = facts.lang.as_deref()?.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    (lang.len() == 2 && lang.bytes().all(|b| b.is_ascii_lowercase())).then_some(lang)
}
