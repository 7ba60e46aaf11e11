//! Pages that browsers save as one file: MHTML, and HTML of SingleFile.

use crate::mail::Part;
use crate::{Source, empty, page};
use mail_parser::MimeHeaders;
use plainsight_model::{Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use std::borrow::Cow;

/// Reads the page of an MHTML; its frames, pictures and style sheets are left out.
pub(crate) fn read(source: &Source, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let whole = Part::of(source.bytes);
    let children = whole.children().unwrap_or_default();
    let pages: Vec<&Part> = children
        .iter()
        .filter(|p| matches!(p.media().as_str(), "text/html" | "application/xhtml+xml"))
        .collect();
    let Some(root) = pages.first() else {
        let what = "no page stands in the MHTML; it is cut, or not what its name says";
        complaints.push(Complaint::new(ComplaintKind::Damaged, what, "byte 0"));
        return empty(DocumentKind::Page, "mhtml");
    };
    if pages.len() > 1 {
        let what = format!("{} frames of the page were not read", pages.len() - 1);
        complaints.push(Complaint::new(ComplaintKind::Note, what, "frames"));
    }
    let snapshot =
        whole.head.header("Snapshot-Content-Location").and_then(|value| value.as_text()).map(str::trim);
    let address = snapshot.or_else(|| root.head.content_location()).unwrap_or("");
    let web = if address.starts_with("http://") || address.starts_with("https://") { address } else { "" };
    let uri = if source.uri.is_empty() { web } else { source.uri };
    let content = root.content();
    let media = root.media_with_charset();
    let inner = Source { bytes: &content, media_type: Some(&media), uri, name: "" };
    let mut document = page::read(&inner, settings, complaints);
    if document.url.is_none() && !web.is_empty() {
        document.url = Some(web.to_owned());
    }
    document
}

/// What SingleFile writes at the head of a page that it saved.
const MARK: &[u8] = b"Page saved with SingleFile";
/// Where the mark stands, at most.
const NEAR: usize = 4096;
/// Data of this length and more are pictures, fonts and sounds.
const LONG: usize = 512;

/// A page that SingleFile saved, without the pictures and fonts that stand in it as `data:`, which would
/// fill the bound on a page; and the address it was saved from. `None` for any other page.
pub(crate) fn single_file(bytes: &[u8]) -> Option<(Cow<'_, [u8]>, Option<String>)> {
    let head = &bytes[..bytes.len().min(NEAR)];
    let at = head.windows(MARK.len()).position(|w| w == MARK)?;
    let comment = String::from_utf8_lossy(&head[at..]);
    let comment = comment.split("-->").next().unwrap_or("");
    let url =
        comment.lines().find_map(|line| line.trim().strip_prefix("url:")).map(|url| url.trim().to_owned());
    let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    let mut from = 0;
    while let Some(n) = bytes[from..].windows(5).position(|w| w == b"data:") {
        let start = from + n + 5;
        let is_data = |b: &u8| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'+' | b'/' | b'=' | b';' | b',' | b'-' | b'.' | b'%' | b'_')
        };
        let end = start + bytes[start..].iter().take_while(|b| is_data(b)).count();
        if end - start >= LONG {
            out.extend_from_slice(&bytes[copied..start]);
            copied = end;
        }
        from = end;
    }
    out.extend_from_slice(&bytes[copied..]);
    Some((Cow::Owned(out), url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_in_a_page_go_and_its_address_stays() {
        let page = format!(
            "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://krant.example/a \n saved date: x\n--><img src=data:image/png;base64,{}><p>Tekst data:kort</p>",
            "A".repeat(2000)
        );
        let (bytes, url) = single_file(page.as_bytes()).expect("its mark is there");
        assert_eq!(url.as_deref(), Some("https://krant.example/a"));
        assert!(bytes.len() < 300 && bytes.ends_with(b"<img src=data:><p>Tekst data:kort</p>"));
        assert_eq!(single_file(b"<p>Page"), None);
    }
}
