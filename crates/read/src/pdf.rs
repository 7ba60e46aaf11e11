//! PDF through poppler's `pdftotext`, page by page.

use crate::canon::{self, Raw, collapse};
use crate::plain::join;
use crate::programs::{Call, Failed, INSTALL_POPPLER, Programs};
use crate::{Source, empty, language};
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};

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
    match programs.run(&Call::PdfText, Some(("pdf", source.bytes))) {
        Ok(output) => {
            let raws = pages(&output.text);
            doubt(&raws, complaints);
            canon::lay(&mut document, raws);
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

/// Pages are parted by form feeds, paragraphs by blank lines.
fn pages(text: &str) -> Vec<Raw> {
    let mut out = Vec::new();
    for (number, page) in text.split('\u{c}').enumerate() {
        let path = format!("page {}", number + 1);
        let mut paragraph = String::new();
        let widest = page.lines().map(|line| line.trim().chars().count()).max().unwrap_or(0);
        for line in page.lines().chain([""]) {
            // Chinese papers indent a paragraph by two wide spaces instead of a blank line.
            let begins = line.trim().is_empty() || line.starts_with('\u{3000}');
            if begins && !paragraph.is_empty() {
                out.push(Raw::new(BlockKind::Paragraph, path.clone(), std::mem::take(&mut paragraph)));
            }
            let line = collapse(line);
            if !line.is_empty() {
                // A line that stops well before the margin ends what it says: letterheads, datelines.
                let short = widest > SHORT_LINES_FROM && line.chars().count() * 10 < widest * 6;
                paragraph = if paragraph.is_empty() { line } else { join(&paragraph, &line) };
                if short {
                    out.push(Raw::new(BlockKind::Paragraph, path.clone(), std::mem::take(&mut paragraph)));
                }
            }
        }
    }
    out
}

/// Pages narrower than this, in characters, have no margin to measure by.
const SHORT_LINES_FROM: usize = 30;

/// Fonts without a map to Unicode give private-use characters or U+FFFD: text for no one.
fn doubt(raws: &[Raw], complaints: &mut Vec<Complaint>) {
    let all: usize = raws.iter().map(|r| r.text.chars().count()).sum();
    let garbage = raws
        .iter()
        .flat_map(|r| r.text.chars())
        .filter(|c| matches!(*c as u32, 0xfffd | 0xe000..=0xf8ff))
        .count();
    if all < 10 {
        let what = "the PDF holds next to no text; its pages are probably pictures";
        complaints.push(
            Complaint::new(ComplaintKind::Doubtful, what, "document")
                .cure("save its pages as pictures and add these"),
        );
    } else if garbage * 20 > all {
        let what =
            format!("{garbage} of {all} characters mean nothing: a font of the PDF lacks its map to Unicode");
        complaints.push(
            Complaint::new(ComplaintKind::Doubtful, what, "document")
                .cure("save its pages as pictures and add these"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs() {
        let got: Vec<String> =
            pages("De politie-\npost is open.\n\nTel. 020\n\u{c}　　青湾县公安\n局通报\n　　第二段\n")
                .into_iter()
                .map(|r| format!("{}: {}", r.path, r.text))
                .collect();
        assert_eq!(
            got,
            [
                "page 1: De politiepost is open.",
                "page 1: Tel. 020",
                "page 2: 青湾县公安局通报",
                "page 2: 第二段"
            ]
        );
    }

    #[test]
    fn garbage_is_complained_of() {
        let mut complaints = Vec::new();
        doubt(
            &[Raw::new(BlockKind::Paragraph, "page 1", "\u{e001}\u{e002}\u{fffd}\u{e004} geen woord hier")],
            &mut complaints,
        );
        assert_eq!(complaints[0].kind, ComplaintKind::Doubtful);
    }
}
