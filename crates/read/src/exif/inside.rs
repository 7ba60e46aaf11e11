//! Pictures inside other files, for whoever is handed those.
//!
//! One rule: whatever is found inside goes the way it would go alone, and the file is put together
//! again around it. Members of a ZIP (office documents are some) are packed anew; a picture that
//! stands in a file as it is, as in most PDFs, is written over by its copy, filled up with zeros
//! behind its end so that every place in the file stays right; base64 (`coded.rs`: mail, saved
//! pages, `data:` addresses) is written anew. What cannot be put together again keeps the file back.
//!
//! Not seen: what is encrypted, base64 in UTF-16 or with percent signs, hexadecimal, and film.

use super::coded;
use super::place::{JPEG, PNG, has_latitude, is_picture};
use super::strip::{Unlocated, drawn, head_of_jpeg, may_say, picture};
use crate::{mail, unpack};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use memchr::memmem;
use std::borrow::Cow;
use std::io::{Cursor, Read, Write as _};
use zip::{ZipArchive, ZipWriter};

/// How deep files may stand in each other.
const DEEPEST: usize = 8;
/// The most bytes that come out of everything packed.
const ALTOGETHER: usize = 256 << 20;
/// So much of each packed stream of a PDF is looked at, and so much of all: a picture's EXIF data stand in
/// front, and pages of pixels are long.
const OF_STREAM: u64 = 1 << 20;
const OF_STREAMS: usize = 4 << 30;

/// Takes out of a picture where it was taken, and out of the pictures in a file. JPEG, PNG and WebP can lose
/// it; ZIP, office documents, PDF, mail, saved pages and `data:` addresses are looked into.
pub fn without_position(bytes: &[u8]) -> Unlocated {
    Search { left: ALTOGETHER }.look(bytes, 0)
}

struct Search {
    /// Bytes that may still come out of what is packed.
    left: usize,
}

impl Search {
    fn look(&mut self, bytes: &[u8], depth: usize) -> Unlocated {
        if depth > DEEPEST {
            return Unlocated::Cannot;
        }
        if is_picture(bytes) {
            return picture(bytes);
        }
        if bytes.starts_with(b"\x1f\x8b") {
            return self.packed(bytes, depth);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return self.members(bytes, depth).unwrap_or(Unlocated::Cannot);
        }
        let pdf = memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some();
        let drawn = in_place(bytes);
        let now = match &drawn {
            Unlocated::AsItIs => bytes,
            Unlocated::Copy(copy) => copy,
            Unlocated::Cannot => return drawn,
        };
        if pdf {
            return if streams_say(now) { Unlocated::Cannot } else { drawn };
        }
        let written = coded::replace(now, &mut |inner| self.look(inner, depth + 1));
        let now = match &written {
            Unlocated::AsItIs => now,
            Unlocated::Copy(copy) => copy,
            Unlocated::Cannot => return written,
        };
        if self.parts_say(now, depth) {
            return Unlocated::Cannot;
        }
        if written == Unlocated::AsItIs { drawn } else { written }
    }

    /// A gzip file is not packed anew. What comes out before damage counts.
    fn packed(&mut self, bytes: &[u8], depth: usize) -> Unlocated {
        let mut out = Vec::new();
        let _ = MultiGzDecoder::new(bytes).take(unpack::MOST as u64).read_to_end(&mut out);
        let harmless = self.take(out.len()) && self.look(&out, depth + 1) == Unlocated::AsItIs;
        if harmless { Unlocated::AsItIs } else { Unlocated::Cannot }
    }

    fn take(&mut self, length: usize) -> bool {
        let left = self.left.checked_sub(length);
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    /// The members of a ZIP. `None` where they cannot be judged or put together again.
    fn members(&mut self, bytes: &[u8], depth: usize) -> Option<Unlocated> {
        let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
            // A cut file: what was packed in it nobody gets out by common means.
            return Some(if in_place(bytes) == Unlocated::AsItIs {
                Unlocated::AsItIs
            } else {
                Unlocated::Cannot
            });
        };
        let mut copies: Vec<Option<Vec<u8>>> = Vec::new();
        for n in 0..zip.len() {
            copies.push(match self.member(&mut zip, n, depth)? {
                Unlocated::AsItIs => None,
                Unlocated::Copy(copy) => Some(copy),
                Unlocated::Cannot => return None,
            });
        }
        if copies.iter().all(Option::is_none) {
            return Some(Unlocated::AsItIs);
        }
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        out.set_raw_comment(zip.comment().into()).ok()?;
        for (n, copy) in copies.into_iter().enumerate() {
            let member = zip.by_index_raw(n).ok()?;
            match copy {
                None => out.raw_copy_file(member).ok()?,
                Some(copy) => {
                    out.start_file(member.name().ok()?, member.options()).ok()?;
                    out.write_all(&copy).ok()?;
                }
            }
        }
        Some(Unlocated::Copy(out.finish().ok()?.into_inner()))
    }

    /// `None` where more comes out than is looked at, or nothing that tells what it is.
    fn member(&mut self, zip: &mut ZipArchive<Cursor<&[u8]>>, n: usize, depth: usize) -> Option<Unlocated> {
        if zip.by_index_raw(n).ok()?.encrypted() {
            return Some(Unlocated::AsItIs);
        }
        let mut out = Vec::new();
        let member = zip.by_index(n).ok()?;
        let whole = member.take(self.left as u64 + 1).read_to_end(&mut out).is_ok();
        self.take(out.len()).then_some(())?;
        match self.look(&out, depth + 1) {
            // Of a damaged member the beginning counts, if it is none of a picture.
            Unlocated::AsItIs if whole || !(out.is_empty() || is_picture(&out)) => Some(Unlocated::AsItIs),
            copy @ Unlocated::Copy(_) if whole => Some(copy),
            _ => None,
        }
    }

    /// Whether a part of a mail or a saved page still says where it was taken, without its transfer encoding.
    fn parts_say(&mut self, bytes: &[u8], depth: usize) -> bool {
        let head = mail::Head::of(bytes);
        if !(head.is_mail() || head.is_mhtml() || bytes.starts_with(b"From ")) {
            return false;
        }
        mail::mails(bytes).into_iter().any(|mail| self.part_says(&mail::Part::of(mail), depth))
    }

    fn part_says(&mut self, part: &mail::Part, depth: usize) -> bool {
        if depth > DEEPEST {
            return true;
        }
        if let Some(children) = part.children() {
            return children.iter().any(|child| self.part_says(child, depth + 1));
        }
        match part.content() {
            Cow::Owned(content) => self.look(&content, depth + 1) != Unlocated::AsItIs,
            Cow::Borrowed(mail) if part.media() == "message/rfc822" => {
                self.part_says(&mail::Part::of(mail), depth + 1)
            }
            // What stands as it is was looked at as a part of the whole.
            Cow::Borrowed(_) => false,
        }
    }
}

/// Writes copies over the pictures that stand in a file as they are. The file keeps its length.
fn in_place(bytes: &[u8]) -> Unlocated {
    // Pieces of a picture may lie apart in it, each behind a foreign one.
    let scattered = bytes.starts_with(b"\xd0\xcf\x11\xe0");
    let mut out: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(start) = next_picture(bytes, at) {
        let here = &bytes[start..];
        // Of a JPEG the head tells; where its length is told wrong, the next one is looked for byte by byte.
        let (said, length) = match here.starts_with(JPEG) {
            true => match head_of_jpeg(here) {
                Some(length) => (may_say(&here[..length]), length),
                None => (has_latitude(here), JPEG.len()),
            },
            false => match drawn(here) {
                Some((_, length)) => (may_say(&here[..length]), length),
                None => (has_latitude(here), PNG.len()),
            },
        };
        at = start + length;
        if !said {
            continue;
        }
        match drawn(here) {
            Some((copy, length)) if copy.len() <= length && !may_say(&copy) && !scattered => {
                let out = out.get_or_insert_with(|| bytes.to_vec());
                out[start..start + copy.len()].copy_from_slice(&copy);
                out[start + copy.len()..start + length].fill(0);
                at = start + length;
            }
            _ => return Unlocated::Cannot,
        }
    }
    out.map_or(Unlocated::AsItIs, Unlocated::Copy)
}

/// Where the next picture begins.
fn next_picture(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let webp = || memmem::find_iter(rest, b"RIFF").find(|at| rest.get(at + 8..at + 12) == Some(b"WEBP"));
    let starts = [memmem::find(rest, b"\xff\xd8\xff"), memmem::find(rest, PNG), webp()];
    starts.into_iter().flatten().min().map(|at| from + at)
}

/// Whether a PDF still says where a picture was taken: in XMP data, or in what is packed.
fn streams_say(bytes: &[u8]) -> bool {
    let xmp = |bytes: &[u8]| {
        let names: [&[u8]; 2] = [b"exif:GPSLatitude", b"exif:GPSLongitude"];
        names.iter().any(|name| memmem::find(bytes, name).is_some())
    };
    let mut left = OF_STREAMS;
    let mut packed = |at: usize| {
        let body = bytes.get(at + b"stream".len()..).unwrap_or(b"");
        let body = body.strip_prefix(b"\r\n").or(body.strip_prefix(b"\n")).unwrap_or(body);
        let mut out = Vec::new();
        // Another packing gives nothing, and what comes out before damage counts.
        let _ = ZlibDecoder::new(body).take(OF_STREAM).read_to_end(&mut out);
        left = left.saturating_sub(out.len());
        left == 0 || xmp(&out) || in_place(&out) != Unlocated::AsItIs
    };
    xmp(bytes) || memmem::find_iter(bytes, b"stream").any(&mut packed)
}

#[cfg(test)]
mod tests;
