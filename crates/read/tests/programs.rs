//! PDF and pictures through the programs that are installed.

mod made;

use made::pdf;
use plainsight_model::{ComplaintKind, DocumentKind, MetadatumKind, ReadSettings};
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
fn a_note_on_a_page_is_read_and_hidden() {
    if !installed("a_note_on_a_page_is_read_and_hidden", &["pdftotext"]) {
        return;
    }
    let note =
        "/Annots [<< /Type /Annot /Subtype /Text /Rect [9 9 19 19] /Contents (Klopt dit?) >>] /Contents 4";
    let bytes = String::from_utf8_lossy(&pdf()).replace("/Contents 4", note).into_bytes();
    let source = Source { bytes: &bytes, media_type: None, uri: "", name: "brief.pdf" };
    let (document, complaints) = read(&source, &ReadSettings::default());
    assert!(document.text.ends_with("gemeente.\nKlopt dit?"), "{} {complaints:?}", document.text);
    let block = &document.blocks[1];
    assert_eq!((block.path.as_str(), block.hidden), ("page 1, note", true));
}

/// Whether these are installed; else the test says that it did not run, or fails where CI is set.
fn installed(test: &str, names: &[&str]) -> bool {
    let there = programs();
    let absent: Vec<&&str> =
        names.iter().filter(|n| !there.iter().any(|p| p.name == **n && p.version.is_some())).collect();
    if !absent.is_empty() {
        assert!(std::env::var_os("CI").is_none(), "{test}: {absent:?} not installed; run `cargo xtask test`");
        eprintln!("NOT RUN: {test}: {absent:?} not installed");
    }
    absent.is_empty()
}

#[test]
fn a_photo_that_lies_on_its_side_is_read_upright() {
    if !installed("a_photo_that_lies_on_its_side_is_read_upright", &["pdftotext", "tesseract"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    // Each turn of the page is what the orientation undoes (Exif 2.32, table 6).
    for (turn, orientation) in [(270, 6), (180, 3), (90, 8)] {
        let page = String::from_utf8_lossy(&pdf()).replace("/MediaBox", &format!("/Rotate {turn} /MediaBox"));
        std::fs::write(folder.path().join("page.pdf"), page).expect("written");
        let drawn = std::process::Command::new("pdftoppm")
            .args(["-jpeg", "-r", "150", "-singlefile", "page.pdf", "page"])
            .current_dir(folder.path())
            .status()
            .expect("pdftoppm is there");
        assert!(drawn.success());
        let plain = std::fs::read(folder.path().join("page.jpg")).expect("drawn");
        let exif = [
            &b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..],
            &[orientation, 0, 0, 0, 0, 0, 0, 0],
        ]
        .concat();
        let photo = [&plain[..2], &exif, &plain[2..]].concat();
        let source = Source { bytes: &photo, media_type: None, uri: "", name: "foto.jpg" };
        let (document, complaints) = read(&source, &ReadSettings::default());
        assert!(document.text.contains("steunpunt aan de Kade"), "{turn}: {} {complaints:?}", document.text);
        assert_eq!(document.metadata[0].kind, MetadatumKind::Orientation);
    }
}

/// A second of silence with a title, as a WAV.
fn wav() -> Vec<u8> {
    let chunk = |name: &[u8], body: &[u8]| {
        let length = u32::try_from(body.len()).expect("short").to_le_bytes();
        [name, &length, body].concat()
    };
    let format = b"\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0";
    let list = [&b"INFO"[..], &chunk(b"INAM", b"Opening\0")].concat();
    let body = [&b"WAVE"[..], &chunk(b"fmt ", format), &chunk(b"LIST", &list), &chunk(b"data", &[0; 16_000])]
        .concat();
    chunk(b"RIFF", &body)
}

#[test]
fn a_recording_is_kept_with_what_it_says_of_itself() {
    let bytes = wav();
    let source = Source { bytes: &bytes, media_type: None, uri: "", name: "opening.wav" };
    let (document, complaints) = read(&source, &ReadSettings::default());
    assert_eq!((document.kind, document.text.as_str()), (DocumentKind::Recording, ""));
    if !installed("a_recording_is_kept_with_what_it_says_of_itself", &["ffprobe"]) {
        assert_eq!(complaints[0].kind, ComplaintKind::MissingProgram("ffprobe".to_owned()));
        assert!(complaints[0].cure.as_deref().is_some_and(|c| c.starts_with("apt-get install")));
        return;
    }
    let rows: Vec<String> =
        document.metadata.iter().map(|m| format!("{}: {}", m.kind.as_str(), m.value)).collect();
    let want = ["duration: 0:01", "title: Opening", "track: audio: pcm_s16le, 1 channel, 8000 Hz"];
    assert!(want.iter().all(|w| rows.contains(&(*w).to_owned())), "{rows:?} {complaints:?}");
    assert_eq!(document.title.as_deref(), Some("Opening"));
    // A list of other files is none, whatever its name.
    let list = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n";
    let source = Source { bytes: list, media_type: Some("audio/mpegurl"), uri: "", name: "opname.mp3" };
    let (document, complaints) = read(&source, &ReadSettings::default());
    assert!(document.metadata.is_empty() && complaints[0].kind == ComplaintKind::Damaged, "{complaints:?}");
}

#[test]
fn without_leave_no_program_is_called() {
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    for (bytes, program) in
        [(pdf(), "pdftotext"), (b"\x89PNG\r\n\x1a\n....".to_vec(), "tesseract"), (wav(), "ffprobe")]
    {
        let (document, complaints) =
            read(&Source { bytes: &bytes, media_type: None, uri: "", name: "" }, &settings);
        assert!(document.text.is_empty());
        assert_eq!(complaints[0].kind, ComplaintKind::MissingProgram(program.to_owned()));
    }
}

#[test]
fn damaged_files_are_complained_of() {
    for bytes in [b"%PDF-1.7\nrommel".to_vec(), b"\x89PNG\r\n\x1a\nrommel".to_vec(), b"OggS rommel".to_vec()]
    {
        let (document, complaints) =
            read(&Source { bytes: &bytes, media_type: None, uri: "", name: "" }, &ReadSettings::default());
        assert!(document.text.is_empty());
        assert!(!complaints.is_empty());
    }
}
