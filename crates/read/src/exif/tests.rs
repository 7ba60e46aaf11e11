//! Pictures of one pixel or none, with EXIF data put together here. Cameras, days and places are made up:
//! the positions lie in the open sea.

use super::*;
use crate::private::{PrivateKind, private_kind};

/// An entry of a TIFF directory: tag, type, count and the value's bytes.
type Entry = (u16, u16, u32, Vec<u8>);

pub(crate) fn ascii(tag: u16, text: &str) -> Entry {
    let bytes = [text.as_bytes(), b"\0"].concat();
    (tag, 2, u32::try_from(bytes.len()).expect("short"), bytes)
}

pub(crate) fn short(tag: u16, n: u16) -> Entry {
    (tag, 3, 1, n.to_le_bytes().to_vec())
}

fn rationals(tag: u16, parts: &[(u32, u32)]) -> Entry {
    let bytes = parts.iter().flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()].concat()).collect();
    (tag, 5, u32::try_from(parts.len()).expect("short"), bytes)
}

/// A TIFF structure with a first directory and, behind it, those that its pointers lead to.
pub(crate) fn tiff(entries: &[Entry], exif: &[Entry], gps: &[Entry]) -> Vec<u8> {
    let size = |entries: &[Entry]| {
        6 + entries
            .iter()
            .map(|e| 12 + if e.3.len() > 4 { e.3.len() + e.3.len() % 2 } else { 0 })
            .sum::<usize>()
    };
    let mut first = entries.to_vec();
    let pointers = usize::from(!exif.is_empty()) + usize::from(!gps.is_empty());
    let mut next = 8 + size(entries) + 12 * pointers;
    for (tag, directory) in [(0x8769, exif), (0x8825, gps)].into_iter().filter(|(_, d)| !d.is_empty()) {
        first.push((tag, 4, 1, u32::try_from(next).expect("short").to_le_bytes().to_vec()));
        next += size(directory);
    }
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    for directory in [&first[..], exif, gps].into_iter().filter(|d| !d.is_empty()) {
        let mut data = out.len() + 6 + 12 * directory.len();
        out.extend(u16::try_from(directory.len()).expect("few").to_le_bytes());
        let mut values = Vec::new();
        for (tag, kind, count, bytes) in directory {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            out.extend(count.to_le_bytes());
            if bytes.len() > 4 {
                out.extend(u32::try_from(data).expect("short").to_le_bytes());
                let filled = [&bytes[..], &vec![0; bytes.len() % 2]].concat();
                data += filled.len();
                values.extend(filled);
            } else {
                out.extend(bytes);
                out.extend(vec![0; 4 - bytes.len()]);
            }
        }
        out.extend([0; 4]);
        out.extend(values);
    }
    out
}

/// 12°34′56.5″ S, 25°30′0″ W.
fn at_sea() -> Vec<Entry> {
    vec![
        ascii(1, "S"),
        rationals(2, &[(12, 1), (34, 1), (565, 10)]),
        ascii(3, "W"),
        rationals(4, &[(25, 1), (30, 1), (0, 1)]),
    ]
}

pub(crate) fn camera() -> Vec<u8> {
    let first = [ascii(0x10f, "Halvik Optics"), ascii(0x110, "H-2 青湾"), short(0x112, 6)];
    tiff(&first, &[ascii(0x9003, "2021:03:04 08:09:10"), ascii(0x9011, "+08:00")], &at_sea())
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("short").to_be_bytes();
    [&[0xff, marker], &length[..], body].concat()
}

/// A JPEG of these segments, a scan with a stuffed zero and a restart in it, and what stands behind its end.
pub(crate) fn jpeg(segments: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let scan = segment(0xda, b"\x01\x01\0\0\x3f\0");
    [&b"\xff\xd8"[..], &segments.concat(), &scan, b"ab\xff\0cd\xff\xd0ef", b"\xff\xd9", behind].concat()
}

pub(crate) fn exif_segment(tiff: &[u8]) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", tiff].concat())
}

pub(crate) fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short").to_be_bytes();
    [&length[..], name, body, b"CRC!"].concat()
}

fn riff(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short").to_le_bytes();
    [&name[..], &length, body, &vec![0; body.len() % 2]].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = chunks.concat();
    let length = u32::try_from(body.len() + 4).expect("short").to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &body].concat()
}

fn said(bytes: &[u8]) -> (Vec<String>, usize) {
    let mut complaints = Vec::new();
    let rows = metadata(bytes, &mut complaints);
    let rows = rows.iter().map(|m| format!("{}: {} ({})", m.kind.as_str(), m.value, m.source)).collect();
    (rows, complaints.len())
}

#[test]
fn a_picture_says_by_what_when_and_where() {
    let want = [
        "maker: Halvik Optics (EXIF Make)",
        "model: H-2 青湾 (EXIF Model)",
        "taken: 2021-03-04 08:09:10+08:00 (EXIF DateTimeOriginal)",
        "orientation: to be turned by 90° clockwise (EXIF Orientation)",
        "position: 12°34′56.5″ S, 25°30′00.0″ W (EXIF GPSLatitude, GPSLongitude)",
    ];
    let png = [place::PNG, &chunk(b"IHDR", b"x"), &chunk(b"eXIf", &camera())].concat();
    for picture in [
        jpeg(&[exif_segment(&camera())], b""),
        png,
        webp(&[riff(b"VP8 ", b"x"), riff(b"EXIF", &camera())]),
        camera(),
    ] {
        assert_eq!(said(&picture), (want.map(str::to_owned).to_vec(), 0), "{:?}", &picture[..12]);
        assert_eq!(orientation(&picture), Some(6));
    }
    let rows = metadata(&camera(), &mut Vec::new());
    assert_eq!(rows[4].numbers, [-12.582361, -25.5]);
}

#[test]
fn what_is_no_moment_and_no_place_is_not_said() {
    type Case<'c> = (&'c [Entry], &'c [Entry], &'c [&'c str], usize);
    let cases: [Case; 6] = [
        (&[ascii(0x9003, "0000:00:00 00:00:00")], &[], &[], 0),
        (&[ascii(0x9003, "2021:03:04 28:09:10")], &[], &[], 0),
        (&[ascii(0x9003, "    :  :     :  :  ")], &[], &[], 0),
        // Neither 95 degrees north nor a part of nothing nor a side that is none.
        (
            &[],
            &[
                ascii(1, "N"),
                rationals(2, &[(95, 1), (0, 1), (0, 1)]),
                ascii(3, "E"),
                rationals(4, &[(1, 1); 3]),
            ],
            &[],
            1,
        ),
        (
            &[],
            &[
                ascii(1, "N"),
                rationals(2, &[(5, 0), (0, 1), (0, 1)]),
                ascii(3, "E"),
                rationals(4, &[(1, 1); 3]),
            ],
            &[],
            1,
        ),
        (
            &[],
            &[
                ascii(1, "X"),
                rationals(2, &[(5, 1), (0, 1), (0, 1)]),
                ascii(3, "E"),
                rationals(4, &[(1, 1); 3]),
            ],
            &[],
            1,
        ),
    ];
    for (exif, gps, want, complaints) in cases {
        let picture = jpeg(&[exif_segment(&tiff(&[short(0x112, 1)], exif, gps))], b"");
        assert_eq!(said(&picture), (want.iter().map(|w| (*w).to_owned()).collect(), complaints));
    }
}

#[test]
fn a_copy_without_position_draws_the_same() {
    let (table, icc) = (segment(0xdb, b"q"), segment(0xe2, b"ICC_PROFILE\0p"));
    let (note, xmp) = (segment(0xfe, b"note"), segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>"));
    let second = jpeg(&[exif_segment(&camera())], b"");
    let picture = jpeg(&[exif_segment(&camera()), note, table.clone(), xmp, icc.clone()], &second);
    let upright = exif_segment(&tiff(&[short(0x112, 6)], &[], &[]));
    assert_eq!(without_position(&picture), Unlocated::Copy(jpeg(&[upright, table, icc], b"")));

    let (head, data, end) = (chunk(b"IHDR", b"h"), chunk(b"IDAT", b"d"), chunk(b"IEND", b""));
    let parts = [&head, &chunk(b"eXIf", &camera()), &chunk(b"tEXt", b"Comment\0x"), &data, &end];
    let whole = [place::PNG, &parts.map(Vec::clone).concat(), b"behind"].concat();
    assert_eq!(without_position(&whole), Unlocated::Copy([place::PNG, &head, &data, &end].concat()));

    let flags = |n: u8| riff(b"VP8X", &[n, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let whole = webp(&[flags(0x1c), riff(b"VP8 ", b"odd"), riff(b"EXIF", &camera())]);
    let copy = webp(&[flags(0x10), riff(b"VP8 ", b"odd")]);
    assert_eq!(without_position(&whole), Unlocated::Copy(copy));
}

#[test]
fn a_position_is_found_wherever_it_hides() {
    let xmp = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='12,34.5S'/>");
    let second = jpeg(&[exif_segment(&camera())], b"");
    let cut = segment(0xe1, b"http://ns.adobe.com/xmp/extension/\0GPSLat");
    for (picture, private) in
        [(jpeg(&[xmp], b""), true), (jpeg(&[], &second), true), (jpeg(&[cut], b""), false)]
    {
        assert_eq!(without_position(&picture), Unlocated::Copy(jpeg(&[], b"")));
        let want = private.then_some(PrivateKind::LocatedPicture);
        assert_eq!(private_kind("foto.jpg", &picture), want);
    }
    let hidden = [place::PNG, &chunk(b"zTXt", b"Raw profile type exif\0\0xx"), &chunk(b"IEND", b"")].concat();
    assert_eq!(without_position(&hidden), Unlocated::Copy([place::PNG, &chunk(b"IEND", b"")].concat()));
}

#[test]
fn what_has_no_position_stays_and_what_cannot_lose_it_is_kept_back() {
    let plain = jpeg(&[exif_segment(&tiff(&[ascii(0x10f, "Halvik")], &[], &[]))], b"behind");
    for bytes in [&plain[..], b"", b"\xff\xd8", b"GPSLatitude", b"%PDF-1.4 GPSLatitude"] {
        assert_eq!(without_position(bytes), Unlocated::AsItIs);
    }
    let mut broken = jpeg(&[exif_segment(&camera())], b"");
    broken.truncate(broken.len() - 4);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &jpeg(&[exif_segment(&camera())], b"")).expect("memory");
    for bytes in
        [gzip.finish().expect("memory"), broken, camera(), [place::PNG, &chunk(b"eXIf", &camera())].concat()]
    {
        assert_eq!(without_position(&bytes), Unlocated::Cannot);
    }
}

#[test]
fn an_attached_picture_says_so_with_its_mail() {
    let coded: String = camera().iter().map(|byte| format!("={byte:02X}=\r\n")).collect();
    let mail = format!(
        "From: a@paper.example\r\nTo: b@paper.example\r\nSubject: foto\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nZie foto.\r\n\
         --x\r\nContent-Type: image/tiff; name=foto.tif\r\nContent-Disposition: attachment; filename=foto.tif\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{coded}\r\n--x--\r\n"
    );
    let source = crate::Source { bytes: mail.as_bytes(), media_type: None, uri: "", name: "brief.eml" };
    let settings = plainsight_model::ReadSettings { programs: false, ..Default::default() };
    let (document, _) = crate::read(&source, &settings);
    let model = document.metadata.iter().find(|m| m.kind == MetadatumKind::Model).expect("a model");
    assert_eq!(model.value, "H-2 青湾");
    assert!(model.source.ends_with(", EXIF Model") && model.source.len() > 12, "{}", model.source);
}

#[test]
fn cut_and_bent_data_are_no_matter() {
    let whole = jpeg(&[exif_segment(&camera())], b"");
    for end in 0..whole.len() {
        let _ = (said(&whole[..end]), orientation(&whole[..end]), without_position(&whole[..end]));
        let mut bent = whole.clone();
        bent[end] ^= 0x5a;
        let _ = (said(&bent), orientation(&bent));
        if let Unlocated::Copy(copy) = without_position(&bent) {
            assert!(!has_position(&copy), "byte {end}");
        }
    }
}
