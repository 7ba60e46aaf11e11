//! Files with pictures in them, put together here. Their positions lie in the open sea.

use super::super::place::has_position;
use super::super::tests::{camera, chunk, exif_segment, jpeg};
use super::*;
use std::fmt::Write as _;
use zip::CompressionMethod::{Deflated, Stored};
use zip::write::SimpleFileOptions;

fn photo() -> Vec<u8> {
    jpeg(&[exif_segment(&camera())], b"")
}

fn plain() -> Vec<u8> {
    jpeg(&[], b"")
}

fn png() -> Vec<u8> {
    [PNG, &chunk(b"IHDR", b"h"), &chunk(b"eXIf", &camera()), &chunk(b"IEND", b"")].concat()
}

fn zip(members: &[(&str, zip::CompressionMethod, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, method, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(*method);
        out.start_file(*name, options).expect("memory");
        out.write_all(bytes).expect("memory");
    }
    out.finish().expect("memory").into_inner()
}

fn members(bytes: &[u8]) -> Vec<(String, zip::CompressionMethod, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("it opens");
    let count = zip.len();
    let mut member = |n: usize| {
        let mut member = zip.by_index(n).expect("a member");
        let mut out = Vec::new();
        member.read_to_end(&mut out).expect("whole, with the right sum");
        (member.name().expect("a name").into_owned(), member.compression(), out)
    };
    (0..count).map(&mut member).collect()
}

fn copy(bytes: &[u8]) -> Vec<u8> {
    match without_position(bytes) {
        Unlocated::Copy(copy) => {
            assert_eq!(without_position(&copy), Unlocated::AsItIs, "nothing is left in the copy");
            copy
        }
        other => panic!("no copy: {other:?}"),
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = bytes.iter().fold(String::new(), |mut bits, byte| {
        let _ = write!(bits, "{byte:08b}");
        bits
    });
    let digit = |six: &[u8]| {
        let six = format!("{:0<6}", String::from_utf8_lossy(six));
        char::from(DIGITS[usize::from_str_radix(&six, 2).expect("bits")])
    };
    let digits: String = bits.as_bytes().chunks(6).map(digit).collect();
    let filled = digits.len().next_multiple_of(4);
    format!("{digits:=<filled$}")
}

fn lines(bytes: &[u8]) -> String {
    let digits = base64(bytes);
    let lines: Vec<&str> =
        digits.as_bytes().chunks(76).map(|l| std::str::from_utf8(l).expect("ASCII")).collect();
    lines.join("\r\n")
}

/// A PDF of one picture, with its table of places, and a stream of something else behind it.
fn pdf(picture: &[u8], filter: &str, more: &[u8]) -> Vec<u8> {
    let length = picture.len();
    let image = format!(
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Filter{filter}/Length {length}>>"
    );
    let objects: [(&str, &[u8]); 3] = [
        ("<</Type/Catalog/Pages 2 0 R>>", b""),
        (&image, picture),
        ("<</Length 5/Filter/FlateDecode>>", more),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = String::new();
    for (n, (head, stream)) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        out.extend(format!("{} 0 obj\n{head}\nstream\n", n + 1).bytes());
        out.extend(*stream);
        out.extend(b"\nendstream\nendobj\n");
    }
    let start = out.len();
    let tail = format!(
        "xref\n0 4\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n{start}\n%%EOF\n"
    );
    out.extend(tail.bytes());
    out
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

#[test]
fn members_of_an_office_document_are_packed_anew() {
    let types: &[u8] = b"<Types/>";
    let inner = zip(&[("word/media/image1.jpeg", Deflated, &photo())]);
    let whole = zip(&[
        ("mimetype", Stored, b"application/vnd.oasis.opendocument.text"),
        ("[Content_Types].xml", Deflated, types),
        ("word/media/image1.jpeg", Deflated, &photo()),
        ("Pictures/2.png", Stored, &png()),
        ("Pictures/3.jpg", Stored, &plain()),
        ("embedded.docx", Stored, &inner),
    ]);
    let copy = copy(&whole);
    let (before, after) = (members(&whole), members(&copy));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.0, before.1), (&after.0, after.1));
        let changed = ["word/media/image1.jpeg", "Pictures/2.png", "embedded.docx"].contains(&&*before.0);
        assert_eq!(before.2 != after.2, changed, "{}", before.0);
        assert!(!has_position(&after.2));
    }
    let harmless = zip(&[("mimetype", Stored, types), ("a.jpg", Deflated, &plain())]);
    assert_eq!(without_position(&harmless), Unlocated::AsItIs);
}

#[test]
fn a_pdf_keeps_its_length_and_every_place() {
    let whole = pdf(&photo(), "/DCTDecode", &deflated(b"words"));
    let copy = copy(&whole);
    assert_eq!(whole.len(), copy.len());
    let upright = without_position(&photo());
    let Unlocated::Copy(upright) = upright else { panic!("a photo can lose its place") };
    let filled = [&upright[..], &vec![0; photo().len() - upright.len()]].concat();
    assert_eq!(copy, pdf(&filled, "/DCTDecode", &deflated(b"words")));

    // What is packed once more, says it in XMP or is damaged keeps the file back.
    let half = photo();
    for kept_back in [
        pdf(&deflated(&photo()), "[/FlateDecode/DCTDecode]", b""),
        pdf(b"<x exif:GPSLatitude='12,34.5S'/>", "", b""),
        pdf(&plain(), "/DCTDecode", &deflated(b"<x exif:GPSLatitude='12,34.5S'/>")),
        pdf(&half[..half.len() - 9], "/DCTDecode", b""),
    ] {
        assert_eq!(without_position(&kept_back), Unlocated::Cannot);
    }
    for stays in [pdf(&plain(), "/DCTDecode", &deflated(b"words")), pdf(b"(GPSLatitude) Tj", "", b"")] {
        assert_eq!(without_position(&stays), Unlocated::AsItIs);
    }
}

#[test]
fn a_mail_keeps_its_lines() {
    let mail = |picture: &str| {
        format!(
            "From: a@paper.example\r\nTo: b@paper.example\r\nSubject: foto\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nZie foto.\r\n\
             --x\r\nContent-Type: image/jpeg; name=foto.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--x--\r\n"
        )
    };
    let Unlocated::Copy(upright) = without_position(&photo()) else { panic!("a photo can lose its place") };
    assert_eq!(copy(mail(&lines(&photo())).as_bytes()), mail(&lines(&upright)).into_bytes());
    assert_eq!(without_position(mail(&lines(&plain())).as_bytes()), Unlocated::AsItIs);
    let document = zip(&[("a.jpg", Stored, &photo())]);
    let changed = copy(mail(&lines(&document)).as_bytes());
    assert!(changed.split(|b| *b == b'\n').all(|line| line.len() < 90), "lines stay short");
    // Base64 with an empty line in it, and quoted-printable, are seen but not written anew.
    let torn = lines(&photo()).replacen("\r\n", "\r\n\r\n", 1);
    let coded: String = photo().iter().map(|byte| format!("={byte:02X}=\r\n")).collect();
    let quoted = mail(&coded).replace("base64", "quoted-printable");
    for kept_back in [mail(&torn), quoted, format!("From x\n{}", mail(&torn))] {
        assert_eq!(without_position(kept_back.as_bytes()), Unlocated::Cannot);
    }
}

#[test]
fn data_addresses_are_written_anew() {
    type Form<'f> = (&'f str, &'f dyn Fn(&[u8]) -> String);
    let Unlocated::Copy(upright) = without_position(&photo()) else { panic!("a photo can lose its place") };
    let forms: [Form; 4] = [
        ("<img src=\"data:image/jpeg;base64,", &base64),
        ("{\"url\":\"data:image\\/jpeg;base64,", &|bytes| base64(bytes).replace('/', "\\/")),
        ("<image href=\"data:image/jpeg;base64,", &|bytes| lines(bytes).replace("\r\n", "&#10;")),
        ("<office:binary-data>\n   ", &|bytes| lines(bytes).replace("\r\n", "\n   ")),
    ];
    for (before, form) in forms {
        let page = |bytes: &[u8]| format!("<p>Foto: 青湾</p>{before}{}\" alt=''><p>GPSLatitude", form(bytes));
        assert_eq!(copy(page(&photo()).as_bytes()), page(&upright).into_bytes(), "{before}");
        assert_eq!(without_position(page(&plain()).as_bytes()), Unlocated::AsItIs);
        assert_eq!(without_position(page(&camera()).as_bytes()), Unlocated::Cannot, "a TIFF");
    }
}

#[test]
fn what_cannot_be_put_together_keeps_the_file_back() {
    let cut = |bytes: Vec<u8>, by: usize| bytes[..bytes.len() - by].to_vec();
    let old_office = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), photo()].concat();
    let mut bent = zip(&[("a.jpg", Stored, &photo())]);
    bent[60] ^= 1;
    let mut nested = photo();
    (0..=DEEPEST).for_each(|_| nested = zip(&[("a", Deflated, &nested)]));
    for kept_back in [
        zip(&[("a.tif", Deflated, &camera())]),
        cut(zip(&[("a.jpg", Stored, &photo())]), 10),
        old_office,
        bent,
        nested,
    ] {
        assert_eq!(without_position(&kept_back), Unlocated::Cannot);
    }
    let cut_text = cut(zip(&[("a.txt", Stored, b"tekst")]), 10);
    assert_eq!(without_position(&cut_text), Unlocated::AsItIs);
}

#[test]
fn cut_and_bent_files_are_no_matter() {
    let page = format!("data:image/jpeg;base64,{}", base64(&photo()));
    for whole in [pdf(&photo(), "/DCTDecode", b""), zip(&[("a.png", Deflated, &png())]), page.into_bytes()] {
        for end in 0..whole.len() {
            let mut bent = whole.clone();
            bent[end] ^= 0x5a;
            for bytes in [&whole[..end], &bent] {
                if let Unlocated::Copy(copy) = without_position(bytes) {
                    assert_eq!(without_position(&copy), Unlocated::AsItIs, "byte {end}");
                }
            }
        }
    }
}
