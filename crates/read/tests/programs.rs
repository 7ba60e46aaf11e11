//! PDF and pictures through the programs that are installed.

mod made;

use made::pdf;
use plainsight_model::{ComplaintKind, DocumentKind, ReadSettings};
use plainsight_read::{Source, programs, read};

#[test]
fn a_pdf_is_read_or_its_program_is_named() {
    let bytes = pdf();
    let source = Source { bytes: &bytes, media_type: Some("application/pdf"), uri: "", name: "brief.pdf" };
    let (document, complaints) = read(&source, &ReadSettings::default());
    assert_eq!(document.kind, DocumentKind::Pdf);
    if programs().iter().any(|p| p.name == "pdftotext" && p.version.is_some()) {
        assert_eq!(
            document.text, "Het steunpunt aan de Kade is gesloten door de gemeente.",
            "{complaints:?}"
        );
        assert_eq!(document.blocks[0].path, "page 1");
    } else {
        assert_eq!(complaints[0].kind, ComplaintKind::MissingProgram("pdftotext".to_owned()));
        assert!(complaints[0].cure.as_deref().is_some_and(|c| c.starts_with("apt-get install")));
    }
}

#[test]
fn without_leave_no_program_is_called() {
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    for (bytes, program) in [(pdf(), "pdftotext"), (b"\x89PNG\r\n\x1a\n....".to_vec(), "tesseract")] {
        let (document, complaints) =
            read(&Source { bytes: &bytes, media_type: None, uri: "", name: "" }, &settings);
        assert!(document.text.is_empty());
        assert_eq!(complaints[0].kind, ComplaintKind::MissingProgram(program.to_owned()));
    }
}

#[test]
fn damaged_files_are_complained_of() {
    for bytes in [b"%PDF-1.7\nrommel".to_vec(), b"\x89PNG\r\n\x1a\nrommel".to_vec()] {
        let (document, complaints) =
            read(&Source { bytes: &bytes, media_type: None, uri: "", name: "" }, &ReadSettings::default());
        assert!(document.text.is_empty());
        assert!(!complaints.is_empty());
    }
}
