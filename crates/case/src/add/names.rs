//! What a name or the first bytes of an input say about it.

use std::io::Read;
use std::path::{Component, Path};

/// Unpacked bytes of a gzip file in which private things are looked for: 1 MiB bounds a bomb.
const PRIVATE_HEAD: u64 = 1 << 20;

/// Tells whether a file looks private by what reading would see: without one layer of gzip.
///
/// Packed bytes are noise that may look like anything, and a packed chat is a chat all the same.
pub(super) fn looks_private(name: &str, bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"\x1f\x8b") {
        return plainsight_read::private_kind(name, bytes).is_some();
    }
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    let mut head = Vec::new();
    // Whatever unpacks before the damage is looked at; reading complains about the rest.
    let _ = flate2::read::MultiGzDecoder::new(bytes).take(PRIVATE_HEAD).read_to_end(&mut head);
    plainsight_read::private_kind(inner, &head).is_some()
}

/// An argument that begins with a scheme and a colon is an address, never a path.
pub(crate) fn is_address(input: &str) -> bool {
    let Some((scheme, _)) = input.split_once(':') else { return false };
    let mut letters = scheme.chars();
    // One letter is a drive of Windows.
    scheme.len() > 1
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Names of archives that would leave the folder they are unpacked to.
pub(super) fn leaves(name: &str) -> bool {
    name.contains('\0')
        || name.starts_with(['/', '\\'])
        || name.contains(":\\")
        || Path::new(&name.replace('\\', "/"))
            .components()
            .any(|c| matches!(c, Component::ParentDir | Component::RootDir))
}

/// `file:///` and the name, percent-encoded: no path of the machine goes into the archive.
pub(super) fn file_uri(name: &str) -> String {
    let mut out = "file:///".to_owned();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// The media type that a file's ending stands for; reading looks at the bytes all the same.
pub(super) fn media_type(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let ending = name.rsplit('.').next()?;
    Some(match ending {
        "html" | "htm" => "text/html",
        "xhtml" => "application/xhtml+xml",
        "txt" => "text/plain",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "heic" => "image/heic",
        "avif" => "image/avif",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "ogg" | "opus" => "audio/ogg",
        "flac" => "audio/flac",
        "mp4" | "m4v" => "video/mp4",
        "mov" => "video/quicktime",
        "webm" => "video/webm",
        "mkv" => "video/x-matroska",
        "avi" => "video/x-msvideo",
        "json" => "application/json",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "eml" => "message/rfc822",
        "mbox" => "application/mbox",
        "mht" | "mhtml" => "multipart/related",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "gz" => "application/gzip",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for address in ["https://a.example/", "gopher:x", "HTTP://A", "file:///etc/passwd"] {
            assert!(is_address(address), "{address}");
        }
        for path in ["page.html", "./a:b", "C:\\pages", "folder/a:b", "警:务"] {
            assert!(!is_address(path), "{path}");
        }
    }

    #[test]
    fn a_packed_file_is_judged_by_what_is_in_it() {
        let pack = |bytes: &[u8]| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut gzip, bytes).expect("memory takes all");
            gzip.finish().expect("memory takes all")
        };
        let chat = "12-05-2023 10:20 - Teun: ja\n12-05-2023 10:21 - 小舟: 好";
        assert!(looks_private("chat.txt.gz", &pack(chat.as_bytes())));
        assert!(looks_private("brief.eml.gz", &pack(b"")));
        assert!(!looks_private("pagina.html.gz", &pack(b"<html><p>Beste lezers")));
        // Noise behind the magic bytes whose lines have colons, as packed pages do by chance.
        assert!(!looks_private("pagina.html.gz", b"\x1f\x8b\x08a:\nb:\nc:\nd:\ne"));
    }

    #[test]
    fn names_that_leave_are_known() {
        for name in ["../x", "a/../../x", "/etc/passwd", "..\\x", "C:\\x", "a\0b"] {
            assert!(leaves(name), "{name}");
        }
        assert!(!leaves("a/..b/c.html"));
        assert_eq!(file_uri("乙/a b.html"), "file:///%E4%B9%99/a%20b.html");
    }
}
