//! Bytes to characters, keeping which step decided.
//!
//! The order is that of the WHATWG Encoding Standard and of browsers: byte
//! order mark, transport header, `meta`, then valid UTF-8, then a guess from
//! the bytes (chardetng). A label that yields replacement characters where
//! another encoding decodes cleanly is not believed, and that is complained of.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use plainsight_model::{Complaint, ComplaintKind};

/// Text with the encoding that was used.
pub(crate) struct Decoded {
    pub text: String,
    /// WHATWG name.
    pub encoding: &'static str,
    /// `bom`, `header`, `meta`, `utf-8` or `guess`.
    pub rule: &'static str,
}

/// Decodes; `prescan` looks for a `meta` tag as pages have it.
pub(crate) fn decode(
    bytes: &[u8],
    media_type: Option<&str>,
    prescan: bool,
    complaints: &mut Vec<Complaint>,
) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return finish(encoding, &bytes[length..], "bom");
    }
    let header = media_type.and_then(header_charset).map(|e| (e, "header"));
    let meta = || if prescan { meta_charset(bytes).map(|e| (e, "meta")) } else { None };
    if let Some((declared, rule)) = header.or_else(meta) {
        return believe(declared, rule, bytes, complaints);
    }
    guess(bytes)
}

/// Uses a declared encoding unless the bytes speak against it.
fn believe(
    declared: &'static Encoding,
    rule: &'static str,
    bytes: &[u8],
    complaints: &mut Vec<Complaint>,
) -> Decoded {
    let stated = finish(declared, bytes, rule);
    let wrong = replacements(&stated.text);
    if wrong == 0 {
        return stated;
    }
    let other = guess(bytes);
    // One broken character in a long page is a damaged page; a wrong label breaks many.
    let clean = replacements(&other.text);
    let (better, what) = if other.encoding != stated.encoding && (clean == 0 || clean * 20 < wrong) {
        let what = format!(
            "the page says its encoding is {}, but {wrong} places do not decode so; read as {}",
            stated.encoding, other.encoding
        );
        (other, what)
    } else {
        let what = format!("{wrong} places do not decode as {}; they stand as �", stated.encoding);
        (stated, what)
    };
    complaints.push(Complaint::new(ComplaintKind::Doubtful, what, place_of_replacement(declared, bytes)));
    better
}

/// The byte offset up to which the declared encoding decoded without a fault.
fn place_of_replacement(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let mut decoder = widen(encoding).new_decoder_without_bom_handling();
    let mut out = vec![0u8; 4096];
    let mut read = 0;
    loop {
        let (result, n, _) = decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut out, true);
        read += n;
        match result {
            encoding_rs::DecoderResult::OutputFull => {}
            _ => return format!("byte {read}"),
        }
    }
}

/// Valid UTF-8, else UTF-16 by its zeros, else chardetng.
fn guess(bytes: &[u8]) -> Decoded {
    if let Some(encoding) = utf16_without_bom(bytes) {
        return finish(encoding, bytes, "guess");
    }
    if std::str::from_utf8(bytes).is_ok() {
        return finish(UTF_8, bytes, "utf-8");
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guessed = finish(detector.guess(None, Utf8Detection::Allow), bytes, "guess");
    // A page cut in the middle of a character, or with one broken byte, is still
    // UTF-8; chardetng then says windows-1252.
    let as_utf8 = finish(UTF_8, bytes, "utf-8");
    let broken = replacements(&as_utf8.text);
    let sound = as_utf8.text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if guessed.encoding != "UTF-8" && broken * 50 < sound {
        return as_utf8;
    }
    guessed
}

/// UTF-16 without a byte order mark: chardetng leaves it out by design. Two
/// signs: zeros on one side only (Latin text), or line feeds and spaces as
/// pairs on one side together with Han high bytes (Chinese text).
pub(crate) fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(16_384) & !1];
    if head.len() < 8 {
        return None;
    }
    let (mut even, mut odd) = (0usize, 0usize);
    let (mut pairs_le, mut pairs_be) = (0usize, 0usize);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
        pairs_le += usize::from(matches!(pair, [b'\n' | b' ' | b'<' | b'.', 0]));
        pairs_be += usize::from(matches!(pair, [0, b'\n' | b' ' | b'<' | b'.']));
    }
    let pairs = head.len() / 2;
    let encoding = if odd * 4 > pairs && even * 20 < odd.max(1) {
        UTF_16LE
    } else if even * 4 > pairs && odd * 20 < even.max(1) {
        UTF_16BE
    } else if pairs_le > 0 && even == 0 && odd * 100 > pairs {
        UTF_16LE
    } else if pairs_be > 0 && odd == 0 && even * 100 > pairs {
        UTF_16BE
    } else {
        return None;
    };
    let (text, _) = encoding.decode_without_bom_handling(head);
    let plausible =
        text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_graphic()).count();
    (plausible * 10 > text.chars().count() * 8).then_some(encoding)
}

fn finish(encoding: &'static Encoding, bytes: &[u8], rule: &'static str) -> Decoded {
    let used = widen(encoding);
    let (text, _) = used.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: used.name(), rule }
}

/// Pages labelled GBK or gb2312 hold characters that only GB18030 has; it is a superset.
fn widen(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn replacements(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}

/// The `charset` of a media type.
fn header_charset(media_type: &str) -> Option<&'static Encoding> {
    let lower = media_type.to_ascii_lowercase();
    let rest = &lower[lower.find("charset")? + 7..];
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_matches(['"', '\'']);
    let end = value.find([';', ' ', '"', '\'', ',']).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

/// The prescan of the HTML standard, thinner: the first `charset=` inside a
/// `meta` tag, or the encoding of an XML declaration, outside comments, in the
/// first 4 KiB (the standard says 1 KiB, but Chinese portals put scripts first).
fn meta_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|b| if b.is_ascii() { b.to_ascii_lowercase() as char } else { '\u{b7}' })
        .collect();
    let mut rest = head.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with("<meta") || rest.starts_with("<?xml") {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            let word = if tag.starts_with("<meta") { "charset" } else { "encoding" };
            if let Some(found) = labelled(tag, word) {
                return Some(found);
            }
            rest = &rest[5..];
        } else {
            rest = &rest[1..];
        }
    }
    None
}

fn labelled(tag: &str, word: &str) -> Option<&'static Encoding> {
    let rest = &tag[tag.find(word)? + word.len()..];
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| c == '"' || c == '\'' || c == ';' || c == '/' || c.is_whitespace())
        .unwrap_or(value.len());
    let encoding = Encoding::for_label(&value.as_bytes()[..end])?;
    // A page whose meta could be read is not UTF-16, whatever the meta says (HTML standard).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], media_type: Option<&str>, encoding: &str, rule: &str, text: &str) {
        let mut complaints = Vec::new();
        let decoded = decode(bytes, media_type, true, &mut complaints);
        assert_eq!((decoded.encoding, decoded.rule), (encoding, rule), "{text}");
        assert!(decoded.text.contains(text), "{text} in {}", decoded.text);
    }

    #[test]
    fn each_step_decides_once() {
        let sentence = "青湾县公安局通报，警务站设在河畔路八号，联系电话另行公布。";
        let gb = GB18030.encode(sentence).0.into_owned();
        let big5 =
            encoding_rs::BIG5.encode("青灣縣警務聯絡點設在河畔路八號，聯絡電話另行公布。").0.into_owned();
        let utf16: Vec<u8> = "Het bureau is open\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_zh: Vec<u8> =
            format!("{sentence}\n{sentence} {sentence}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(b"\xef\xbb\xbfcaf\xc3\xa9", Some("text/html; charset=latin1"), "UTF-8", "bom", "café");
        check(b"caf\xe9", Some("text/html; charset=iso-8859-1"), "windows-1252", "header", "café");
        check(&[b"<meta charset=gb2312>".to_vec(), gb.clone()].concat(), None, "gb18030", "meta", "警务站");
        check("señal".as_bytes(), None, "UTF-8", "utf-8", "señal");
        check(&gb, None, "gb18030", "guess", "警务站");
        check(&big5, None, "Big5", "guess", "警務聯絡點");
        check(&utf16, None, "UTF-16LE", "guess", "bureau");
        check(&utf16_zh, None, "UTF-16BE", "guess", "警务站");
        check(b"<!-- <meta charset=big5> --><meta charset='utf-8'>\xc3\xa9", None, "UTF-8", "meta", "é");
    }

    #[test]
    fn a_wrong_label_is_not_believed() {
        let gb = GB18030.encode("青湾县公安局通报，警务站设在河畔路八号，联系电话另行公布。").0.into_owned();
        let mut complaints = Vec::new();
        let decoded = decode(&gb, Some("text/html; charset=utf-8"), true, &mut complaints);
        assert_eq!(decoded.encoding, "gb18030");
        assert_eq!(complaints[0].kind, ComplaintKind::Doubtful);
        assert_eq!(complaints[0].place, "byte 1");
    }
}
