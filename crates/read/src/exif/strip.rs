//! A picture's copy without what says where it was taken, for whoever is handed it.
//!
//! Built up from the parts that draw the picture, so that no kind of metadata
//! has to be known to be left out: EXIF, XMP, IPTC, makers' notes, thumbnails,
//! comments, and whatever telephones put behind the picture. The pixels stay as
//! they are coded, and the orientation is said again. Pictures in other files: `inside.rs`.

use super::place::{JPEG, PNG, chunks_of_png, chunks_of_webp, has_position, is_picture, is_webp};
use memchr::memmem;

/// What may be handed on of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocated {
    /// No picture that it is or holds says where it was taken: it stays byte for byte.
    AsItIs,
    /// One did; this copy does not.
    Copy(Vec<u8>),
    /// One does, and that cannot be taken out.
    Cannot,
}

/// Takes out of a picture where it was taken. Only JPEG, PNG and WebP are known well enough to be put
/// together again.
pub(super) fn picture(bytes: &[u8]) -> Unlocated {
    if !may_say(bytes) {
        return Unlocated::AsItIs;
    }
    match drawn(bytes) {
        Some((copy, _)) if !has_position(&copy) => Unlocated::Copy(copy),
        _ => Unlocated::Cannot,
    }
}

/// Whether a picture, or a JPEG's head alone, says where it was taken or may.
pub(super) fn may_say(bytes: &[u8]) -> bool {
    is_picture(bytes) && (has_position(bytes) || may_hide_one(bytes))
}

/// What draws the picture that the bytes begin with, and how long that picture is as it stands.
pub(super) fn drawn(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    if bytes.starts_with(JPEG) {
        jpeg(bytes)
    } else if bytes.starts_with(PNG) {
        png(bytes)
    } else if is_webp(bytes) {
        webp(bytes)
    } else {
        None
    }
}

/// How long the head of a JPEG is, up to where the coded picture begins; `None` where it does not get there.
pub(super) fn head_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = JPEG.len();
    loop {
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        if marker == 0xda {
            return Some(at);
        }
        // A marker may be preceded by any number of fill bytes.
        at = if marker == 0xff { at + 1 } else { end_of_segment(bytes, at)? };
    }
}

/// Metadata that are packed, in hexadecimal or cut in pieces, where no search would find a position.
fn may_hide_one(bytes: &[u8]) -> bool {
    let has = |words: &str| memmem::find(bytes, words.as_bytes()).is_some();
    bytes.starts_with(PNG) && (has("Raw profile type") || has("XML:com.adobe.xmp"))
        || bytes.starts_with(JPEG) && has("http://ns.adobe.com/xmp/extension/")
}

/// Segments of a JPEG (ITU-T T.81, annex B) up to the end of the first picture.
fn jpeg(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
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
            return Some((out, at + 2));
        }
        let end = end_of_segment(bytes, at)?;
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

/// Where the segment ends whose marker stands at a byte.
fn end_of_segment(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at + 2..at + 4)?;
    Some(at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2))
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
fn png(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    const DRAW: [&[u8; 4]; 17] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let (mut out, mut length) = (PNG.to_vec(), PNG.len());
    for (name, _, whole) in chunks_of_png(bytes) {
        length += whole.len();
        if DRAW.contains(&&name) {
            out.extend(whole);
        }
        if &name == b"IEND" {
            return Some((out, length));
        }
    }
    None
}

/// Chunks that draw a WebP (RFC 9649, section 2); the header's flags for EXIF and XMP are cleared.
fn webp(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    const DRAW: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    const EXIF_AND_XMP: u8 = 0x0c;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut drawn = false;
    let said = bytes.get(4..8)?;
    let end = (u32::from_le_bytes([said[0], said[1], said[2], said[3]]) as usize).saturating_add(8);
    let bytes = &bytes[..end.min(bytes.len())];
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
    drawn.then_some((out, bytes.len()))
}
