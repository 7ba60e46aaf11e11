//! What kind of file lies there, told by its first bytes and never by its name.

use crate::input::decoded::Decoded;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// What a file is, as far as the archive is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// WARC, plain or in gzip, zstd.
    Warc,
    /// ARC version 1, plain or in gzip.
    Arc,
    /// A ZIP with a `datapackage.json` at its root.
    Wacz,
    /// Any other ZIP.
    Zip,
    /// A gzip of something else.
    Gzip,
    /// Anything else.
    Other,
}

/// Tells what a file is.
pub fn sniff(path: &Path) -> io::Result<Container> {
    let mut file = std::fs::File::open(path)?;
    let mut head = [0; 4];
    let got = read_up_to(&mut file, &mut head)?;
    if is_zip(&head[..got]) {
        file.seek(SeekFrom::Start(0))?;
        return Ok(zip_kind(io::BufReader::new(file)));
    }
    let mut decoded = Decoded::open(path)?;
    Ok(kind_of(&head[..got], decoded.peek(HEAD)))
}

/// Tells what bytes are.
pub fn sniff_bytes(bytes: &[u8]) -> Container {
    if is_zip(bytes) {
        return zip_kind(io::Cursor::new(bytes));
    }
    let mut decoded = Decoded::of_bytes(bytes.to_vec());
    kind_of(bytes, decoded.peek(HEAD))
}

/// How many decoded bytes are looked at.
pub(crate) const HEAD: usize = 512;

fn kind_of(raw: &[u8], decoded: &[u8]) -> Container {
    if looks_like_warc(decoded) {
        Container::Warc
    } else if looks_like_arc(decoded) {
        Container::Arc
    } else if raw.starts_with(&[0x1f, 0x8b]) {
        Container::Gzip
    } else {
        Container::Other
    }
}

/// A version line, white space before it allowed.
pub(crate) fn looks_like_warc(head: &[u8]) -> bool {
    let start = head.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(head.len());
    head[start..].starts_with(b"WARC/")
}

/// The first line of an ARC: `filedesc://name address date type length`.
pub(crate) fn looks_like_arc(head: &[u8]) -> bool {
    head.starts_with(b"filedesc:")
}

pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Members that only office documents and books have (Office Open XML; OpenDocument, EPUB).
const DOCUMENTS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

fn zip_kind<R: Read + Seek>(reader: R) -> Container {
    match zip::ZipArchive::new(reader) {
        Ok(zip) if zip.index_for_name("datapackage.json").is_some() => Container::Wacz,
        // A text or spreadsheet is one file, whatever it is packed in.
        Ok(zip) if DOCUMENTS.iter().any(|name| zip.index_for_name(name).is_some()) => Container::Other,
        _ => Container::Zip,
    }
}

pub(crate) fn read_up_to(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buffer.len() {
        match reader.read(&mut buffer[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).expect("in memory");
        encoder.finish().expect("in memory")
    }

    #[test]
    fn the_first_bytes_tell_the_kind() {
        let cases: [(&[u8], Container); 7] = [
            (b"WARC/1.0\r\n", Container::Warc),
            (&gzip(b"WARC/1.1\r\n"), Container::Warc),
            (b"filedesc://x.arc 0.0.0.0 20210304050607 text/plain 4\n", Container::Arc),
            (&gzip("外国语".as_bytes()), Container::Gzip),
            (b"PK\x05\x06\0\0", Container::Zip),
            (b"", Container::Other),
            (b"\x1f\x8b", Container::Gzip),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff_bytes(bytes), kind, "{bytes:?}");
        }
    }
}
