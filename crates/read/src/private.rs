//! What looks like private correspondence: it is not taken into a case unasked.

use crate::{chat, exif, mail};

/// What kind of private material a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrivateKind {
    /// An exported chat.
    ChatExport,
    /// A mail or a mailbox.
    Mail,
    /// A recording.
    Audio,
    /// A picture that says where it was taken.
    LocatedPicture,
}

/// Tells whether a file looks like private correspondence. It looks at the
/// name and at the first 64 KiB (of a picture at all of it), and errs on the
/// side of asking.
pub fn private_kind(name: &str, bytes: &[u8]) -> Option<PrivateKind> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let head = &bytes[..bytes.len().min(64 << 10)];
    if is_audio(&ending, head) {
        return Some(PrivateKind::Audio);
    }
    if exif::has_position(bytes) {
        return Some(PrivateKind::LocatedPicture);
    }
    if is_mail(&ending, head) {
        return Some(PrivateKind::Mail);
    }
    is_chat_export(head).then_some(PrivateKind::ChatExport)
}

fn is_audio(ending: &str, head: &[u8]) -> bool {
    let magic: [&[u8]; 6] = [b"ID3", b"OggS", b"fLaC", b"#!AMR", b"#!SILK", b"\x02#!SILK"];
    let box_kind = head.get(4..11).unwrap_or(b"");
    matches!(
        ending,
        "mp3" | "m4a" | "aac" | "amr" | "opus" | "ogg" | "oga" | "wav" | "flac" | "wma" | "caf" | "silk"
    ) || magic.iter().any(|m| head.starts_with(m))
        || (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE"))
        || box_kind == b"ftypM4A"
        || box_kind == b"ftypM4B"
}

/// By its ending, or by header lines at the very start. A page that a browser saved has them, too, and is none.
fn is_mail(ending: &str, head: &[u8]) -> bool {
    matches!(ending, "eml" | "mbox" | "msg" | "pst" | "ost" | "emlx" | "mbx")
        || mail::Head::of(head).is_mail()
}

fn is_chat_export(head: &[u8]) -> bool {
    let starts = head.iter().find(|b| !b.is_ascii_whitespace());
    let text = String::from_utf8_lossy(head);
    let is_json = starts == Some(&b'{') || starts == Some(&b'[');
    if is_json
        && text.contains("\"messages\"")
        && (text.contains("\"from_id\"") || text.contains("\"from\"") || text.contains("\"sender_name\""))
    {
        return true;
    }
    // Telegram's export as pages.
    if text.contains("class=\"from_name\"") && text.contains("class=\"message default clearfix") {
        return true;
    }
    // UTF-16 exports exist; a byte order mark tells.
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, length)) => chat::is_chat(&encoding.decode_without_bom_handling(&head[length..]).0),
        None => chat::is_chat(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG with an EXIF block that has, or has not, a latitude.
    fn jpeg(with_position: bool) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        tiff.extend([1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
        tiff.extend([1, 0, if with_position { 2 } else { 0 }, 0, 5, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let mut out = b"\xff\xd8\xff\xe1".to_vec();
        out.extend(u16::try_from(tiff.len() + 8).unwrap_or(0).to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(tiff);
        out.extend(b"\xff\xd9");
        out
    }

    #[test]
    fn private_things_are_known() {
        use PrivateKind::{Audio, ChatExport, LocatedPicture, Mail};
        let chat = "12-05-2023 10:20 - Teun: ja\n12-05-2023 10:21 - 小舟: 好";
        let mail =
            "Received: from a\r\nFrom: b@example.org\r\nTo: c@example.org\r\nSubject: hola\r\n\r\ntexto";
        let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n";
        let sent = "From: b@example.org\r\nTo: c@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n";
        let telegram =
            "<div class=\"message default clearfix\" id=\"m1\"><div class=\"from_name\">Otis</div>";
        let (located, plain) = (jpeg(true), jpeg(false));
        let cases: [(&str, &[u8], Option<PrivateKind>); 16] = [
            ("chat.txt", chat.as_bytes(), Some(ChatExport)),
            ("result.json", br#"{"name":"x","messages":[{"from":"y","from_id":"user1"}]}"#, Some(ChatExport)),
            ("x", mail.as_bytes(), Some(Mail)),
            ("brief.eml", b"", Some(Mail)),
            ("pagina.mhtml", saved.as_bytes(), None),
            ("pagina.mhtml", sent.as_bytes(), Some(Mail)),
            ("messages.html", telegram.as_bytes(), Some(ChatExport)),
            ("verslag.docx", b"PK\x03\x04", None),
            (
                "wechat.txt",
                "2023-05-12 10:20:11 骆小舟\n在吗\n\n2023-05-12 10:21:09 Teun\n在\n".as_bytes(),
                Some(ChatExport),
            ),
            ("PTT-2023.opus", b"OggS", Some(Audio)),
            ("foto.jpg", &located, Some(LocatedPicture)),
            ("foto.jpg", &plain, None),
            ("pagina.html", b"<html><p>From: a, To: b", None),
            ("nota.txt", "La oficina: cerrada\nDesde: 2020".as_bytes(), None),
            ("leeg", b"", None),
            ("kort.jpg", b"\xff\xd8\xff\xe1\xff", None),
        ];
        for (name, bytes, want) in cases {
            assert_eq!(private_kind(name, bytes), want, "{name}");
        }
    }
}
