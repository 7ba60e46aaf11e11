//! PDF and pictures through the programs that are installed.

mod made;

use made::pdf;
use plainsight_model::{ComplaintKind, DocumentKind, MetadatumKind, ReadSettings};
use plainsight_read::{Source, Unlocated, programs, read, without_position};
use std::path::Path;

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
        let plain = drawn(folder.path(), page.as_bytes());
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

/// The first page of a PDF as a JPEG.
fn drawn(folder: &Path, pdf: &[u8]) -> Vec<u8> {
    std::fs::write(folder.join("page.pdf"), pdf).expect("written");
    let drawn = std::process::Command::new("pdftoppm")
        .args(["-jpeg", "-r", "150", "-singlefile", "page.pdf", "page"])
        .current_dir(folder)
        .status()
        .expect("pdftoppm is there");
    assert!(drawn.success());
    std::fs::read(folder.join("page.jpg")).expect("drawn")
}

/// A PDF whose page is a JPEG as it stands.
fn pdf_of(jpeg: &[u8]) -> Vec<u8> {
    // The frame header (ITU-T T.81, B.2.2) has the height five bytes behind its marker and the width behind it.
    let frame = jpeg.windows(2).position(|two| two == b"\xff\xc0").expect("a baseline JPEG");
    let number = |at: usize| u16::from_be_bytes([jpeg[frame + at], jpeg[frame + at + 1]]);
    let (height, width) = (number(5), number(7));
    let draw = "q 300 0 0 200 0 0 cm /I Do Q";
    let page =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>";
    let image = format!(
        "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {}>>\nstream\n",
        jpeg.len()
    );
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        format!("<</Length {}>>\nstream\n{draw}\nendstream", draw.len()).into(),
        [image.as_bytes(), jpeg, b"\nendstream"].concat(),
    ];
    let (mut out, mut table) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend([format!("{} 0 obj\n", n + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let end = format!(
        "xref\n0 6\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n{}\n%%EOF\n",
        out.len()
    );
    out.extend(end.bytes());
    out
}

#[test]
fn a_pdf_draws_the_same_without_the_place_of_its_photo() {
    if !installed("a_pdf_draws_the_same_without_the_place_of_its_photo", &["pdftotext"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let plain = drawn(folder.path(), &pdf());
    // A GPS directory with a latitude: 12°34′56″, in the open sea wherever the longitude lies.
    let mut exif =
        b"\xff\xe1\0\x4cExif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"\x01\0\x02\0\x05\0\x03\0\0\0\x2c\0\0\0\0\0\0\0");
    exif.extend([12_u32, 1, 34, 1, 56, 1].iter().flat_map(|part| part.to_le_bytes()));
    let photo = [&plain[..2], &exif, &plain[2..]].concat();
    let whole = pdf_of(&photo);
    let Unlocated::Copy(copy) = without_position(&whole) else { panic!("the place can be taken out") };
    assert_eq!((copy.len(), without_position(&copy)), (whole.len(), Unlocated::AsItIs));
    assert!(!copy.windows(4).any(|four| four == b"Exif") && whole.windows(4).any(|four| four == b"Exif"));
    let [before, after] = [&whole, &copy].map(|pdf| drawn(folder.path(), pdf));
    assert!(before == after, "the pages are drawn alike");
    assert!(before.len() > 5000, "something is drawn");
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
