//! PDF: poppler's `pdftotext` tells lines and their places; the order of reading, paragraphs, tables and
//! margins are found here. Pages that are pictures, or whose fonts have no map to Unicode, are drawn and
//! read by Tesseract; notes that no page shows are read from the file itself.

mod blocks;
mod boxes;
mod columns;
mod margins;
mod notes;
mod objects;
mod title;

use crate::canon::{self, Raw};
use crate::picture;
use crate::plain::join;
use crate::programs::{Call, Failed, INSTALL_POPPLER, Programs};
use crate::{Source, empty, language};
use blocks::Laid;
use boxes::{Line, Page, median};
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use std::collections::BTreeMap;

/// The most pages of one document that are drawn and read by Tesseract.
const MOST_DRAWN: usize = 20;

/// What helps where letters do not.
const AS_PICTURES: &str = "save its pages as pictures and add these";

/// The end of the path of a block that stands in a margin.
const IN_MARGIN: &str = ", margin";

pub(crate) fn read(
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
    complaints: &mut Vec<Complaint>,
) -> Document {
    let mut document = empty(DocumentKind::Pdf, "pdftotext");
    if source.bytes.is_empty() {
        complaints.push(Complaint::new(ComplaintKind::Damaged, "the PDF is empty", "byte 0"));
        return document;
    }
    let missing = || ComplaintKind::MissingProgram("pdftotext".to_owned());
    if !settings.programs {
        complaints.push(
            Complaint::new(missing(), "the PDF was not read: no program may be called", "document")
                .cure("allow programs"),
        );
        return document;
    }
    match programs.run(&Call::PdfLayout, Some(("pdf", source.bytes))) {
        Ok(output) => {
            let (pages, beyond) = boxes::pages(&output.text);
            if beyond > 0 {
                let what = format!("{beyond} lines stand on pages that are too full and were not read");
                complaints.push(Complaint::new(ComplaintKind::Bound, what, "document"));
            }
            let drawn = draw(source, &pages, settings, programs, complaints);
            fill(&mut document, pages, drawn, &output.text);
            if document.text.is_empty() {
                let what = "the PDF was opened, and no text was found in it";
                complaints.push(
                    Complaint::new(ComplaintKind::Doubtful, what, "document")
                        .cure(format!("{AS_PICTURES}; where it is Chinese, apt-get install poppler-data")),
                );
            }
            add_notes(&mut document, source.bytes, complaints);
        }
        Err(Failed::Missing) => {
            let complaint =
                Complaint::new(missing(), "the PDF was not read: pdftotext is not installed", "document");
            complaints.push(complaint.cure(INSTALL_POPPLER));
        }
        Err(Failed::Slow) => {
            complaints.push(Complaint::new(
                ComplaintKind::Bound,
                "pdftotext took more than a minute and was stopped",
                "document",
            ));
        }
        Err(Failed::Refused(why)) => {
            complaints.push(Complaint::new(
                ComplaintKind::Damaged,
                format!("pdftotext could not read the PDF: {why}"),
                "document",
            ));
        }
    }
    let found = language(&document.text);
    document.lang = found.lang;
    document.script = found.script;
    document
}

/// What `pdftotext -bbox-layout` wrote as a document, without any picture: what an outside program says
/// is bytes from outside too.
pub(crate) fn laid_out(output: &str) -> Document {
    let mut document = empty(DocumentKind::Pdf, "pdftotext");
    fill(&mut document, boxes::pages(output).0, Vec::new(), output);
    document
}

/// The notes of a PDF and nothing else.
pub(crate) fn noted(bytes: &[u8]) -> Document {
    let mut document = empty(DocumentKind::Pdf, "notes");
    add_notes(&mut document, bytes, &mut Vec::new());
    document
}

fn fill(document: &mut Document, pages: Vec<Page>, drawn: Vec<(usize, picture::Reading)>, output: &str) {
    let (first, blocks) = lay(pages, drawn, &mut document.reader);
    document.title = title::title(&first).or_else(|| title::stated(output));
    canon::lay(document, blocks);
    for block in document.blocks.iter_mut().filter(|block| block.path.ends_with(IN_MARGIN)) {
        block.main = false;
    }
}

/// Lays what somebody noted on the pages behind all that the pages show.
fn add_notes(document: &mut Document, bytes: &[u8], complaints: &mut Vec<Complaint>) {
    let chars = plainsight_text::Chars::new(&document.text);
    let mut shown: BTreeMap<usize, String> = BTreeMap::new();
    for block in &document.blocks {
        let page = block.path.strip_prefix("page ").and_then(|path| path.split(',').next()?.parse().ok());
        let text = chars.slice(&document.text, block.span.start, block.span.end);
        shown.entry(page.unwrap_or(0)).or_default().push_str(text);
    }
    canon::lay(document, notes::notes(bytes, &shown, complaints));
}

/// Why a page is not read from its letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// It has next to none.
    Letters,
    /// They mean nothing.
    Map,
}

/// Fonts without a map to Unicode give controls, private-use characters or U+FFFD: text for no one.
fn lack(page: &Page) -> Option<Lack> {
    /// A page with fewer characters is a picture, or nearly empty.
    const FEW: usize = 10;
    let letters = || page.lines.iter().flat_map(|line| line.text.chars()).filter(|c| !c.is_whitespace());
    let count = letters().count();
    let nothing = |c: &char| c.is_control() || matches!(*c as u32, 0xfffd | 0xe000..=0xf8ff | 0xf0000..);
    if count < FEW {
        Some(Lack::Letters)
    } else if letters().filter(nothing).count() * 25 > count {
        Some(Lack::Map)
    } else {
        None
    }
}

/// Reads the pages that need it from their pictures: their number from 0, and what was seen, if anything.
fn draw(
    source: &Source,
    pages: &[Page],
    settings: &ReadSettings,
    programs: &dyn Programs,
    complaints: &mut Vec<Complaint>,
) -> Vec<(usize, picture::Reading)> {
    let lacking: Vec<(usize, Lack)> =
        pages.iter().enumerate().filter_map(|(number, page)| Some((number, lack(page)?))).collect();
    let mut seen = Vec::new();
    if lacking.is_empty() {
        return seen;
    }
    let Some(wanted) = picture::languages(settings, programs, "a page without readable letters", complaints)
    else {
        return seen;
    };
    let mut read: Vec<String> = Vec::new();
    for (number, lack) in lacking.iter().take(MOST_DRAWN) {
        let place = format!("page {}", number + 1);
        let page = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let ask = |languages: &str| {
            programs.run(&Call::PdfPage(page, languages.to_owned()), Some(("pdf", source.bytes)))
        };
        match picture::best(&ask, &wanted) {
            Ok(reading) if !reading.raws.is_empty() => {
                complaints.extend(reading.doubt(&place));
                read.push((number + 1).to_string());
                seen.push((*number, reading));
                continue;
            }
            Ok(_) => {}
            Err(failed) => complaints.push(picture::not_read(failed, &place, &place)),
        }
        if *lack == Lack::Map {
            let what = "its letters mean nothing: a font of the PDF lacks its map to Unicode";
            complaints.push(Complaint::new(ComplaintKind::Doubtful, what, place).cure(AS_PICTURES));
        }
    }
    if !read.is_empty() {
        let what = format!(
            "read by tesseract from their looks, for they are pictures or a font lacks its map to Unicode, and may have faults: page {}",
            read.join(", ")
        );
        complaints.push(Complaint::new(ComplaintKind::Note, what, "document"));
    }
    if lacking.len() > MOST_DRAWN {
        let what = format!(
            "{} pages without readable letters were not read, only the first {MOST_DRAWN} such are",
            lacking.len() - MOST_DRAWN
        );
        complaints.push(
            Complaint::new(ComplaintKind::Bound, what, format!("page {}", lacking[MOST_DRAWN].0 + 1))
                .cure("split the PDF and add its parts"),
        );
    }
    seen
}

/// All blocks in the order of reading; the first value has those of the first page for the title.
fn lay(
    mut pages: Vec<Page>,
    mut drawn: Vec<(usize, picture::Reading)>,
    reader: &mut String,
) -> (Vec<Laid>, Vec<Raw>) {
    // What Tesseract read stands for the letters of its page.
    for (number, _) in &drawn {
        pages[*number].lines.clear();
    }
    if let Some((_, reading)) = drawn.first() {
        *reader = format!("{reader} and tesseract ({})", reading.languages);
    }
    let margins = margins::take(&mut pages);
    let heights = pages.iter().flat_map(|page| &page.lines).filter(|line| line.text.chars().count() > 8);
    let body = median(heights.map(Line::height).collect());
    let mut laid: Vec<(Laid, Vec<Raw>)> = Vec::new();
    for ((number, page), margin) in pages.into_iter().enumerate().zip(margins) {
        let path = format!("page {}", number + 1);
        let mut notes = Vec::new();
        for column in columns::columns(boxes::turned(page).lines) {
            let mut blocks = blocks::lay(column, &path, body);
            let from = blocks.iter().rposition(|block| !is_note(block, body)).map_or(0, |last| last + 1);
            if from > 0 {
                notes.extend(blocks.drain(from..).map(|block| block.raw));
            }
            add(blocks, &mut laid);
        }
        if let Some(at) = drawn.iter().position(|(drawn, _)| *drawn == number) {
            let (_, reading) = drawn.swap_remove(at);
            let raws =
                reading.raws.into_iter().map(|raw| Raw { path: format!("{path}, {}", raw.path), ..raw });
            add(raws.map(|raw| Laid { raw, height: 0.0, open: false, flush: false }).collect(), &mut laid);
        }
        let margin = margin
            .iter()
            .map(|line| Raw::new(BlockKind::Paragraph, format!("{path}{IN_MARGIN}"), line.text.trim()));
        let after: Vec<Raw> = notes.into_iter().chain(margin).collect();
        match laid.last_mut() {
            Some((_, own)) => own.extend(after),
            None => laid.extend(
                after
                    .into_iter()
                    .map(|raw| (Laid { raw, height: 0.0, open: false, flush: false }, Vec::new())),
            ),
        }
    }
    let mut raws = Vec::new();
    let mut first = Vec::new();
    for (block, after) in laid {
        raws.push(block.raw.clone());
        raws.extend(after);
        if block.raw.path == "page 1" {
            first.push(block);
        }
    }
    (first, raws)
}

/// Adds a column's blocks; a paragraph that the column before left open goes on.
fn add(blocks: Vec<Laid>, laid: &mut Vec<(Laid, Vec<Raw>)>) {
    let mut blocks = blocks.into_iter();
    let Some(first) = blocks.next() else { return };
    match laid.last_mut() {
        Some((last, _)) if last.goes_on_in(&first) => {
            last.raw.text = join(&last.raw.text, &first.raw.text);
            last.open = first.open;
        }
        _ => laid.push((first, Vec::new())),
    }
    laid.extend(blocks.map(|block| (block, Vec::new())));
}

/// A note at the foot of a column: smaller than the text and begun by a mark.
fn is_note(block: &Laid, body: f32) -> bool {
    let marked = |c: char| matches!(c, '①'..='⑳' | '*' | '†' | '注' | '[' | '〔') || c.is_ascii_digit();
    block.raw.kind == BlockKind::Paragraph
        && block.height > 0.0
        && block.height < 0.88 * body
        && block.raw.text.starts_with(marked)
}

#[cfg(test)]
mod tests {
    use super::boxes::line;
    use super::*;

    fn texts(pages: Vec<Page>) -> Vec<String> {
        let (_, raws) = lay(pages, Vec::new(), &mut String::new());
        raws.into_iter().map(|raw| format!("{}: {}", raw.path, raw.text)).collect()
    }

    fn page(lines: Vec<Line>) -> Page {
        Page { width: 595.0, height: 842.0, lines }
    }

    #[test]
    fn a_paragraph_goes_on_over_the_foot_of_the_page() {
        let mut note = line(60.0, 700.0, "① 不含未成年随迁人员。");
        note.bottom = note.top + 10.0;
        let got = texts(vec![
            page(vec![
                line(60.0, 100.0, "青湾县公安局的海外联络点由各地侨团自愿"),
                line(60.0, 118.0, "设立，每一处联络点都由侨团自己承担全部的费"),
                note,
                line(290.0, 810.0, "- 1 -"),
            ]),
            page(vec![line(60.0, 100.0, "用。"), line(80.0, 130.0, "以下是第二段。")]),
        ]);
        assert_eq!(
            got,
            [
                "page 1: 青湾县公安局的海外联络点由各地侨团自愿设立，每一处联络点都由侨团自己承担全部的费用。",
                "page 1: ① 不含未成年随迁人员。",
                "page 1, margin: - 1 -",
                "page 2: 以下是第二段。"
            ]
        );
    }

    #[test]
    fn letters_that_mean_nothing_are_noticed() {
        let of = |text: &str| lack(&page(vec![line(60.0, 100.0, text)]));
        assert!(of("\u{e001}\u{e002}\u{fffd}\u{e004} geen woord hier") == Some(Lack::Map));
        assert!(of("OFLetI}WpTm\u{86}zLY CkJhI:I{Zs]I\u{93}SD\u{9d}wad") == Some(Lack::Map));
        assert!(of("12") == Some(Lack::Letters));
        assert!(of("De politiepost is open.").is_none());
    }
}
