//! Where a picture keeps its EXIF data, and whether a position stands anywhere in it.

use memchr::memmem;
use std::borrow::Cow;
use std::io::Cursor;

/// The most blocks of EXIF data that are looked at: telephones put a second picture behind the first.
const MOST_BLOCKS: usize = 64;

/// The TIFF structure that is a picture's EXIF data.
pub(super) fn block(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if bytes.starts_with(JPEG) {
        in_jpeg(bytes).map(Cow::Borrowed)
    } else if bytes.starts_with(PNG) {
        in_png(bytes).map(Cow::Borrowed)
    } else if is_webp(bytes) {
        in_webp(bytes).map(Cow::Borrowed)
    } else if is_tiff(bytes) {
        Some(Cow::Borrowed(bytes))
    } else if crate::sniff::is_heif(bytes) {
        let exif = ::exif::Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
        let exif = exif.or_else(|why| why.distill_partial_result(|_| {})).ok()?;
        Some(Cow::Owned(exif.buf().to_vec()))
    } else {
        None
    }
}

/// Whether the first EXIF data of a picture, which may be cut, name a latitude.
pub(super) fn has_latitude(bytes: &[u8]) -> bool {
    block(bytes).is_some_and(|tiff| latitude(&tiff))
}

/// Whether a picture says where it was taken: in EXIF data, in any of them, or in XMP.
pub(crate) fn has_position(bytes: &[u8]) -> bool {
    if has_latitude(bytes) {
        return true;
    }
    let further = || {
        let starts = memmem::find_iter(bytes, EXIF).take(MOST_BLOCKS);
        starts.into_iter().any(|at| bytes.get(at + EXIF.len()..).is_some_and(latitude))
    };
    let xmp =
        || ["GPSLatitude", "GPSLongitude"].iter().any(|name| memmem::find(bytes, name.as_bytes()).is_some());
    is_picture(bytes) && (bytes.starts_with(JPEG) && further() || xmp())
}

pub(super) const JPEG: &[u8] = b"\xff\xd8";
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What stands before the EXIF data in a JPEG.
pub(super) const EXIF: &[u8] = b"Exif\0\0";

pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

pub(super) fn is_tiff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

pub(super) fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG)
        || bytes.starts_with(PNG)
        || is_webp(bytes)
        || is_tiff(bytes)
        || crate::sniff::is_heif(bytes)
}

fn in_jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    for _ in 0..200 {
        let header = bytes.get(at..at + 4)?;
        if header[0] != 0xff || header[1] == 0xda {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        let body = bytes.get(at + 4..(at + 2 + length).min(bytes.len()))?;
        if header[1] == 0xe1
            && let Some(exif) = body.strip_prefix(EXIF)
        {
            return Some(exif);
        }
        at += 2 + length.max(2);
    }
    None
}

fn in_png(bytes: &[u8]) -> Option<&[u8]> {
    chunks_of_png(bytes).find(|(name, ..)| name == b"eXIf").map(|(_, body, _)| body)
}

/// Name, content and whole of each chunk of a PNG, as far as they are whole.
pub(super) fn chunks_of_png(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8], &[u8])> {
    let mut at = PNG.len();
    std::iter::from_fn(move || {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at.checked_add(8)?.checked_add(length)?;
        let after = end.checked_add(4)?;
        let (body, whole) = (bytes.get(at + 8..end)?, bytes.get(at..after)?);
        at = after;
        Some(([head[4], head[5], head[6], head[7]], body, whole))
    })
    .take(100_000)
}

fn in_webp(bytes: &[u8]) -> Option<&[u8]> {
    let body = chunks_of_webp(bytes).find(|(name, ..)| name == b"EXIF").map(|(_, body, _)| body)?;
    // Some programs put the mark of a JPEG before it.
    Some(body.strip_prefix(EXIF).unwrap_or(body))
}

/// The same of a WebP (a RIFF file: lengths from the small end, filled up to an even one).
pub(super) fn chunks_of_webp(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8], &[u8])> {
    let mut at = 12_usize;
    std::iter::from_fn(move || {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let end = at.checked_add(8)?.checked_add(length)?;
        let body = bytes.get(at + 8..end)?;
        let after = end.checked_add(length % 2)?.min(bytes.len());
        let whole = bytes.get(at..after)?;
        at = after;
        Some(([head[0], head[1], head[2], head[3]], body, whole))
    })
    .take(100_000)
}

/// Follows the TIFF structure to the GPS directory (tag 0x8825) and looks for a latitude (tag 2). Simpler
/// than reading it, and sure where the value itself is damaged.
fn latitude(tiff: &[u8]) -> bool {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| -> Option<u16> {
        let b = tiff.get(at..at.checked_add(2)?)?;
        Some(if little { u16::from_le_bytes([b[0], b[1]]) } else { u16::from_be_bytes([b[0], b[1]]) })
    };
    let long = |at: usize| -> Option<usize> {
        let b = tiff.get(at..at.checked_add(4)?)?;
        let b = [b[0], b[1], b[2], b[3]];
        Some(if little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) } as usize)
    };
    let find = |directory: usize, tag: u16| -> Option<usize> {
        let count = usize::from(short(directory)?);
        (0..count).map(|n| directory + 2 + n * 12).find(|at| short(*at) == Some(tag))
    };
    let gps = || -> Option<()> {
        let entry = find(long(4)?, 0x8825)?;
        find(long(entry + 8)?, 2).map(|_| ())
    };
    is_tiff(tiff) && gps().is_some()
}
