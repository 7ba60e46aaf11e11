//! Decides which reader takes the bytes: by what they are, then by what the
//! transport says, last by the file's name.

use crate::{Source, mail, picture};

/// Which reader takes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Page,
    Text,
    Telegram,
    Csv,
    Pdf,
    /// A ZIP: an office document, or something else.
    Packed,
    /// A mail or a mailbox.
    Mail,
    /// A page with its parts, as browsers save it.
    Mhtml,
    /// A picture, with the ending that OCR programs expect.
    Picture(&'static str),
    /// Sound or film.
    Recording,
    /// Nothing here reads it; the word says what it looks like.
    Other(String),
}

/// First bytes of pictures.
const PICTURES: [(&[u8], &str); 6] = [
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
];

/// First bytes of recordings: MP3 with a tag, Ogg, FLAC, Matroska and WebM, AMR, Flash video, Windows Media,
/// MPEG program streams, CAF.
const RECORDINGS: [&[u8]; 9] = [
    b"ID3",
    b"OggS",
    b"fLaC",
    b"\x1a\x45\xdf\xa3",
    b"#!AMR",
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    b"\0\0\x01\xba",
    b"caff\0\x01",
];

/// Endings of recordings that begin with nothing of their own.
const RECORDING_ENDINGS: [&str; 8] = ["mp3", "aac", "mpg", "mpeg", "ts", "mts", "m2ts", "wma"];

/// First bytes of what no reader of this version reads.
const OTHERS: [(&[u8], &str); 5] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office file"),
    (b"\0asm", "a program"),
    (b"\x7fELF", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

pub(crate) fn sniff(source: &Source) -> Kind {
    let bytes = source.bytes;
    if let Some((_, ending)) = PICTURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Kind::Picture(ending);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Kind::Picture("webp");
    }
    if is_heif(bytes) {
        return Kind::Picture(picture::HEIC);
    }
    if is_recording(bytes) {
        return Kind::Recording;
    }
    // Producers put up to a kilobyte of rubbish before a PDF's header, and readers accept it.
    if bytes.iter().take(1024).collect::<Vec<_>>().windows(5).any(|w| w.iter().copied().eq(b"%PDF-")) {
        return Kind::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Packed;
    }
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Kind::Other((*what).to_owned());
    }
    let media = source.media_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let ending = source.name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    by_text(bytes, &media, &ending)
}

/// The brands of a file of boxes (ISO/IEC 14496-12), the first of them in front; empty where it is none.
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = bytes.get(..4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let boxed = bytes.get(4..8) == Some(b"ftyp");
    let body = bytes.get(8..length.min(256).min(bytes.len())).filter(|_| boxed).unwrap_or(b"");
    body.chunks_exact(4)
}

/// Pictures as newer telephones take them, HEIC and AVIF among them.
pub(crate) fn is_heif(bytes: &[u8]) -> bool {
    brands(bytes).any(|brand| matches!(brand, b"mif1" | b"heic" | b"heix" | b"avif"))
}

fn is_recording(bytes: &[u8]) -> bool {
    let of_riff = bytes.starts_with(b"RIFF") && matches!(bytes.get(8..12), Some(b"WAVE" | b"AVI "));
    of_riff || brands(bytes).next().is_some() || RECORDINGS.iter().any(|magic| bytes.starts_with(magic))
}

/// Nothing in the first bytes tells: text of some kind, or a kind that only its label names.
fn by_text(bytes: &[u8], media: &str, ending: &str) -> Kind {
    if looks_like_telegram(bytes) {
        return Kind::Telegram;
    }
    match (media, ending) {
        ("text/html" | "application/xhtml+xml", _) => return Kind::Page,
        ("text/css" | "text/javascript" | "application/javascript" | "application/x-javascript", _) => {
            return Kind::Other("style sheets and scripts".to_owned());
        }
        ("multipart/related" | "application/x-mimearchive", _) | (_, "mht" | "mhtml") => return Kind::Mhtml,
        ("message/rfc822" | "application/mbox", _) | (_, "eml" | "mbox") => return Kind::Mail,
        ("application/json", _) | (_, "json") => return Kind::Other("JSON".to_owned()),
        ("application/pdf", _) | ("", "pdf") => return Kind::Pdf,
        ("image/svg+xml", _) => return Kind::Other("SVG".to_owned()),
        ("image/png", _) | ("", "png") => return Kind::Picture("png"),
        ("image/jpeg", _) | ("", "jpg" | "jpeg") => return Kind::Picture("jpg"),
        ("image/gif", _) | ("", "gif") => return Kind::Picture("gif"),
        ("image/webp", _) | ("", "webp") => return Kind::Picture("webp"),
        ("image/tiff", _) | ("", "tif" | "tiff") => return Kind::Picture("tif"),
        _ => {}
    }
    let label = media.split('/').next().unwrap_or("");
    if label == "font" {
        return Kind::Other(media.to_owned());
    }
    let binary = || looks_like_binary(bytes);
    if matches!(label, "audio" | "video") || RECORDING_ENDINGS.contains(&ending) && binary() {
        return Kind::Recording;
    }
    let head = mail::Head::of(bytes);
    if head.is_mhtml() {
        return Kind::Mhtml;
    }
    if head.is_mail() {
        return Kind::Mail;
    }
    if looks_like_page(bytes) {
        return Kind::Page;
    }
    if matches!(media, "text/csv" | "text/tab-separated-values") || matches!(ending, "csv" | "tsv") {
        return Kind::Csv;
    }
    if media.starts_with("text/") || matches!(ending, "txt" | "md" | "csv" | "log") {
        return Kind::Text;
    }
    if matches!(ending, "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp") {
        return Kind::Page;
    }
    if looks_like_binary(bytes) {
        return Kind::Other("unknown bytes".to_owned());
    }
    Kind::Text
}

fn looks_like_telegram(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{')
        && has(head, b"\"messages\"")
        && (has(head, b"\"type\"") || has(head, b"\"from\""))
}

/// Tags that only pages have, in the first two kilobytes; bytes of any ASCII-like encoding, or UTF-16.
fn looks_like_page(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(4096).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    [
        &b"<html"[..],
        b"<!doctype html",
        b"<head",
        b"<body",
        b"<meta ",
        b"<title",
        b"<div",
        b"<table",
        b"<p>",
        b"<br",
    ]
    .iter()
    .any(|tag| has(&head, tag))
}

fn has(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|w| w == needle)
}

/// Control characters that no text holds, unless every second byte is zero (UTF-16).
fn looks_like_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let odd = head.iter().filter(|b| matches!(b, 0x01..=0x08 | 0x0e..=0x1a | 0x7f)).count();
    let zeros = head.iter().filter(|b| **b == 0).count();
    if crate::encoding::utf16_without_bom(bytes).is_some()
        || head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
    {
        return false;
    }
    (odd + zeros) * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_bytes() {
        let cases: [(&[u8], Option<&str>, &str, Kind); 17] = [
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", None, "foto.heic", Kind::Picture(picture::HEIC)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", Some("text/html"), "", Kind::Recording),
            (b"RIFF\0\0\0\0WAVEfmt ", None, "", Kind::Recording),
            (b"OggS\0\x02", None, "", Kind::Recording),
            (b"\xff\xfb\x90\x64\0\0", None, "opname.mp3", Kind::Recording),
            (b"een lijst van opnamen", None, "lijst.ts", Kind::Text),
            (b"", Some("video/mp4"), "", Kind::Recording),
            (b"<!DOCTYPE html><p>x", None, "", Kind::Page),
            (b"  \n<html lang=zh>", None, "x.txt", Kind::Page),
            (b"%PDF-1.4", Some("text/html"), "", Kind::Pdf),
            (b"\x89PNG\r\n\x1a\n", None, "", Kind::Picture("png")),
            (b"", None, "leeg.pdf", Kind::Pdf),
            (b"", None, "leeg.png", Kind::Picture("png")),
            (b"", None, "", Kind::Text),
            (b"goed nieuws", None, "", Kind::Text),
            (b"\x01\x02\x00\x00\x03", None, "", Kind::Other("unknown bytes".to_owned())),
            (
                b"{\"name\":\"x\",\"type\":\"public_channel\",\"messages\":[]}",
                None,
                "result.json",
                Kind::Telegram,
            ),
        ];
        for (bytes, media_type, name, want) in cases {
            assert_eq!(sniff(&Source { bytes, media_type, uri: "", name }), want, "{name} {bytes:?}");
        }
    }
}
