//! PDF and pictures through the programs that are installed.

use plainsight_model::{ComplaintKind, DocumentKind, ReadSettings};
use plainsight_read::{Source, programs, read};

/// A PDF of one page with two lines, written by hand.
fn pdf() -> Vec<u8> {
    let stream = "BT /F1 14 Tf 72 720 Td (Het steunpunt aan de Kade is ge-) Tj 0 -18 Td (sloten door de gemeente.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let start = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

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
