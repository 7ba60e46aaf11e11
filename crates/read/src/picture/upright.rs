//! A photo whose orientation says that it lies on its side, as a PDF page on which it stands.
//!
//! The coded picture goes into the page as it is (PDF has the same coding,
//! `DCTDecode`), so that nothing here decodes it; poppler draws the page.

use crate::exif;

/// A PDF of one page with the JPEG upright on it; `None` where it stands so already, is no JPEG, or has
/// colours that need a profile (four channels).
pub(super) fn page(jpeg: &[u8]) -> Option<Vec<u8>> {
    let turned = exif::orientation(jpeg)?;
    let (width, height, space) = frame(jpeg)?;
    let (page_width, page_height) = if turned >= 5 { (height, width) } else { (width, height) };
    // The picture fills the unit square; each matrix puts that on the page, y upwards.
    let (w, h) = (i64::from(page_width), i64::from(page_height));
    let matrix = match turned {
        2 => [-w, 0, 0, h, w, 0],
        3 => [-w, 0, 0, -h, w, h],
        4 => [w, 0, 0, -h, 0, h],
        5 => [0, -h, -w, 0, w, h],
        6 => [0, -h, w, 0, 0, h],
        7 => [0, h, w, 0, 0, 0],
        _ => [0, h, -w, 0, w, 0],
    };
    let draw = format!("{} cm /P Do", matrix.map(|n| n.to_string()).join(" "));
    let objects: [(String, &[u8]); 5] = [
        ("<< /Type /Catalog /Pages 2 0 R >>".to_owned(), b""),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(), b""),
        (
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w} {h}] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>"
            ),
            b"",
        ),
        (format!("<< /Length {} >>", draw.len()), draw.as_bytes()),
        (
            format!(
                "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode /Length {} >>",
                jpeg.len()
            ),
            jpeg,
        ),
    ];
    Some(pdf(&objects))
}

fn pdf(objects: &[(String, &[u8])]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, (dictionary, stream)) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{} 0 obj\n{dictionary}\n", number + 1).into_bytes());
        if !stream.is_empty() {
            out.extend(b"stream\n");
            out.extend(*stream);
            out.extend(b"\nendstream\n");
        }
        out.extend(b"endobj\n");
    }
    let start = out.len();
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend(table.into_bytes());
    out.extend(end.into_bytes());
    out
}

/// Width, height and colours by the frame header of a JPEG (ITU-T T.81, B.2.2).
fn frame(jpeg: &[u8]) -> Option<(u16, u16, &'static str)> {
    let mut at = 2;
    for _ in 0..200 {
        let [0xff, marker, high, low] = *jpeg.get(at..at + 4)? else { return None };
        let body = jpeg.get(at + 4..)?;
        let framed = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if framed {
            let two = |n: usize| Some(u16::from_be_bytes([*body.get(n)?, *body.get(n + 1)?]));
            let (height, width) = (two(1)?, two(3)?);
            let space = match (body.first()?, body.get(5)?) {
                (8, 1) => "DeviceGray",
                (8, 3) => "DeviceRGB",
                _ => return None,
            };
            return (width > 0 && height > 0).then_some((width, height, space));
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
    }
    None
}
