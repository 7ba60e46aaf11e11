//! A picture's copy without what says where it was taken, for whoever is handed it.
//!
//! Built up from the parts that draw the picture, so that no kind of metadata
//! has to be known to be left out: EXIF, XMP, IPTC, makers' notes, thumbnails,
//! comments, and whatever telephones put behind the picture. The pixels stay as
//! they are coded, and the orientation is said again.

use super::place::{JPEG, PNG, chunks_of_png, chunks_of_webp, has_position, is_picture, is_webp};
use crate::unpack;
use memchr::memmem;
use std::io::Read as _;

/// What may be handed on of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocated {
    /// It holds no position, or is no picture: it stays byte for byte.
    AsItIs,
    /// It held one; this copy does not.
    Copy(Vec<u8>),
    /// It holds one that cannot be taken out.
    Cannot,
}

/// Takes out of a picture where it was taken. Only JPEG, PNG and WebP are known well enough to be put
/// together again.
pub fn without_position(bytes: &[u8]) -> Unlocated {
    if let Some(unpacked) = unpacked(bytes) {
        let located = without_position(&unpacked) != Unlocated::AsItIs;
        return if located { Unlocated::Cannot } else { Unlocated::AsItIs };
    }
    if !is_picture(bytes) || !(has_position(bytes) || may_hide_one(bytes)) {
        return Unlocated::AsItIs;
    }
    let copy = if bytes.starts_with(JPEG) {
        jpeg(bytes)
    } else if bytes.starts_with(PNG) {
        png(bytes)
    } else if is_webp(bytes) {
        webp(bytes)
    } else {
        None
    };
    match copy {
        Some(copy) if !has_position(&copy) => Unlocated::Copy(copy),
        _ => Unlocated::Cannot,
    }
}

/// What is in a gzip file whose content is no gzip file, up to the bound of a document.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = |bytes: &[u8]| bytes.starts_with(b"\x1f\x8b");
    let mut out = Vec::new();
    // What comes out before the damage counts.
    let _ = packed(bytes)
        .then(|| flate2::read::MultiGzDecoder::new(bytes).take(unpack::MOST as u64).read_to_end(&mut out))?;
    (!packed(&out)).then_some(out)
}

/// Metadata that are packed, in hexadecimal or cut in pieces, where no search would find a position.
fn may_hide_one(bytes: &[u8]) -> bool {
    let has = |words: &str| memmem::find(bytes, words.as_bytes()).is_some();
    bytes.starts_with(PNG) && (has("Raw profile type") || has("XML:com.adobe.xmp"))
        || bytes.starts_with(JPEG) && has("http://ns.adobe.com/xmp/extension/")
}

/// Segments of a JPEG (ITU-T T.81, annex B) up to the end of the first picture.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = JPEG.to_vec();
    if let Some(turned) = super::orientation(bytes) {
        out.extend(orientation_segment(turned));
    }
    let mut at = JPEG.len();
    loop {
        // A marker may be preceded by any number of fill bytes.
        while bytes.get(at..at.checked_add(2)?)? == [0xff, 0xff] {
            at += 1;
        }
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        if marker == 0xd9 {
            out.extend([0xff, 0xd9]);
            return Some(out);
        }
        let length = bytes.get(at + 2..at + 4)?;
        let end = at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
        let body = bytes.get(at + 4..end)?;
        let draws = match marker {
            0xe0 | 0xee => true,
            0xe2 => body.starts_with(b"ICC_PROFILE\0"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if draws {
            out.extend(bytes.get(at..end)?);
        }
        at = end;
        if marker == 0xda {
            let rest = bytes.get(at..)?;
            let coded = coded(rest)?;
            out.extend(rest.get(..coded)?);
            at += coded;
        }
    }
}

/// How long the coded picture is: up to a marker that is neither a restart nor a stuffed zero.
fn coded(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(0xff, bytes.get(from..)?)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => from = at + 2,
            0xff => from = at + 1,
            _ => return Some(at),
        }
    }
}

/// EXIF data with one entry: how the picture is turned (TIFF 6.0, tag 274).
fn orientation_segment(turned: u8) -> Vec<u8> {
    let mut out = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    out.extend([turned, 0, 0, 0, 0, 0, 0, 0]);
    out
}

/// Chunks that draw a PNG or an animated one (PNG, third edition, table 5), up to its end.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const DRAW: [&[u8; 4]; 17] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let mut out = PNG.to_vec();
    for (name, _, whole) in chunks_of_png(bytes) {
        if DRAW.contains(&&name) {
            out.extend(whole);
        }
        if &name == b"IEND" {
            return Some(out);
        }
    }
    None
}

/// Chunks that draw a WebP (RFC 9649, section 2); the header's flags for EXIF and XMP are cleared.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const DRAW: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    const EXIF_AND_XMP: u8 = 0x0c;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut drawn = false;
    for (name, _, whole) in chunks_of_webp(bytes) {
        if !DRAW.contains(&&name) {
            continue;
        }
        let flags = out.len() + 8;
        out.extend(whole);
        if &name == b"VP8X" {
            *out.get_mut(flags)? &= !EXIF_AND_XMP;
        }
        drawn |= [b"VP8 ", b"VP8L", b"ANMF"].contains(&&name);
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    drawn.then_some(out)
}
