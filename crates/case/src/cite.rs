//! The footnote of a capture: what it is, where it stood, when it was captured,
//! and the digest by which anybody tells it from every other.

use crate::case::Case;
use crate::error::CaseError;
use plainsight_model::{Capture, Document, DocumentId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What a footnote of a capture says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// `cap-…`.
    pub capture: String,
    /// `doc-…`.
    pub document: String,
    /// Title in its own script; the last part of the address where there is none.
    pub title: String,
    /// Author, where one is named.
    pub author: Option<String>,
    /// Site or outlet.
    pub publisher: Option<String>,
    /// The address; none for a file that somebody handed over.
    pub url: Option<String>,
    /// The file's name, where it was handed over.
    pub file: Option<String>,
    /// Publication day, EDTF.
    pub published: Option<String>,
    /// ISO 639-1 or `und`.
    pub lang: String,
    /// The moment of capture, RFC 3339 with `Z`.
    pub captured: String,
    /// SHA-256 of the payload, 64 lower-case hex digits.
    pub sha256: String,
}

impl Case {
    /// The footnote of a capture (`cap-…`), or of a document's first one (`doc-…`).
    pub fn cite(&self, id: &str) -> Result<Citation, CaseError> {
        let unknown = || CaseError::Unknown(id.to_owned());
        let capture: Capture = match id.parse::<DocumentId>() {
            Ok(document) => self.catalog.captures_of(&document)?.into_iter().next().ok_or_else(unknown)?,
            Err(_) => {
                let mut captures = self.catalog.captures()?.into_iter();
                captures.find(|capture| capture.id.to_string() == id).ok_or_else(unknown)?
            }
        };
        let read = self.catalog.document(&capture.document)?.map(|(document, _)| document);
        Ok(Citation::of(&capture, read.as_ref()))
    }
}

impl Citation {
    /// The footnote of a capture, of which `read` is the document once it was read.
    pub(crate) fn of(capture: &Capture, read: Option<&Document>) -> Self {
        let of = |text: fn(&Document) -> Option<String>| read.and_then(text);
        let handed_over = capture.uri.starts_with("file:");
        let name = capture.source.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or("untitled");
        Self {
            title: of(|d| d.title.clone()).unwrap_or_else(|| name.to_owned()),
            author: of(|d| d.author.clone()),
            publisher: of(|d| d.site_name.clone()).or_else(|| host(&capture.uri)),
            url: (!handed_over).then(|| capture.uri.clone()).or_else(|| of(|d| d.url.clone())),
            file: handed_over.then(|| name.to_owned()),
            published: of(|d| d.date.clone()),
            lang: of(|d| Some(d.lang.clone())).unwrap_or_else(|| "und".to_owned()),
            capture: capture.id.to_string(),
            document: capture.document.to_string(),
            captured: capture.date.clone(),
            sha256: capture.payload.hex(),
        }
    }

    /// One paragraph for a footnote.
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.author.clone().map(|author| one_line(&author)));
        parts.push(format!("“{}”", one_line(&self.title)));
        parts
            .extend(self.publisher.clone().filter(|p| Some(p) != self.author.as_ref()).map(|p| one_line(&p)));
        parts.extend(self.published.clone());
        parts.extend(self.url.clone().or_else(|| self.file.clone()).map(|place| one_line(&place)));
        parts.push(format!("Captured {}, SHA-256 {}", self.captured, self.sha256));
        parts.join(". ") + "."
    }

    /// A BibTeX entry; letters that TeX reads otherwise are escaped.
    pub fn bibtex(&self) -> String {
        let mut fields = vec![("title", format!("{{{}}}", tex(&self.title)))];
        fields.extend(self.author.iter().map(|author| ("author", format!("{{{}}}", tex(author)))));
        fields.extend(self.publisher.iter().map(|publisher| ("organization", tex(publisher))));
        fields.extend(self.published.iter().map(|day| ("date", tex(day))));
        // Addresses go into \url, which reads all letters but braces as they are.
        fields.extend(self.url.iter().map(|url| ("url", url.replace('{', "%7B").replace('}', "%7D"))));
        fields.extend(self.file.iter().map(|file| ("howpublished", tex(file))));
        fields.push(("urldate", self.captured.get(..10).unwrap_or_default().to_owned()));
        fields.push(("note", format!("Captured {}; SHA-256 {}", self.captured, self.sha256)));
        let lines: Vec<String> =
            fields.into_iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@misc{{{},\n{}\n}}", self.capture, lines.join(",\n"))
    }

    /// An item of CSL JSON.
    pub fn csl(&self) -> Value {
        let mut item = json!({
            "id": self.capture,
            "type": if self.url.is_some() { "webpage" } else { "document" },
            "title": self.title,
            "accessed": {"date-parts": [date_parts(&self.captured)]},
            "note": format!("Captured {}; SHA-256 {}", self.captured, self.sha256),
        });
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                item[name] = value;
            }
        };
        put("author", self.author.as_ref().map(|author| json!([{"literal": author}])));
        put("container-title", self.publisher.as_ref().map(|publisher| json!(publisher)));
        put("URL", self.url.as_ref().map(|url| json!(url)));
        put("source", self.file.as_ref().map(|file| json!(file)));
        put("language", (self.lang != "und").then(|| json!(self.lang)));
        let parts = self.published.as_deref().map(date_parts).filter(|parts| !parts.is_empty());
        put("issued", parts.map(|parts| json!({"date-parts": [parts]})));
        item
    }
}

fn host(uri: &str) -> Option<String> {
    let rest = uri.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

/// Year, month, day as far as they are whole numbers; `201X` gives none.
fn date_parts(date: &str) -> Vec<u32> {
    let day = date.split(['T', '/']).next().unwrap_or_default().trim_end_matches(['~', '?', '%']);
    day.split('-').map_while(|part| part.parse().ok()).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tex(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation() -> Citation {
        Citation {
            capture: "cap-00000000000000000000000000000001".into(),
            document: "doc-00000000000000000000000000000002".into(),
            title: "银港服务站 50% & meer_{x}".into(),
            author: None,
            publisher: Some("Zilverhaven\nDagblad".into()),
            url: Some("https://zilverhaven.example/a_b?c={d}".into()),
            file: None,
            published: Some("2022-05~".into()),
            lang: "zh".into(),
            captured: "2026-11-29T08:00:00Z".into(),
            sha256: "ab".repeat(32),
        }
    }

    #[test]
    fn the_three_forms_say_the_same() {
        let citation = citation();
        assert_eq!(
            citation.text(),
            format!(
                "“银港服务站 50% & meer_{{x}}”. Zilverhaven Dagblad. 2022-05~. https://zilverhaven.example/a_b?c={{d}}. Captured 2026-11-29T08:00:00Z, SHA-256 {}.",
                "ab".repeat(32)
            )
        );
        let bibtex = citation.bibtex();
        assert!(bibtex.starts_with("@misc{cap-00000000000000000000000000000001,\n  title = {{银港服务站 50\\% \\& meer\\_\\{x\\}}},\n"), "{bibtex}");
        assert!(bibtex.contains("url = {https://zilverhaven.example/a_b?c=%7Bd%7D}"));
        assert_eq!(
            bibtex.matches('{').count() - bibtex.matches("\\{").count(),
            bibtex.matches('}').count() - bibtex.matches("\\}").count()
        );
        let csl = citation.csl();
        assert_eq!(
            (&csl["type"], &csl["URL"]),
            (&json!("webpage"), &json!("https://zilverhaven.example/a_b?c={d}"))
        );
        assert_eq!(csl["issued"]["date-parts"], json!([[2022, 5]]));
        assert_eq!(csl["accessed"]["date-parts"], json!([[2026, 11, 29]]));
    }

    #[test]
    fn a_file_that_was_handed_over_has_no_address() {
        let citation = Citation { url: None, file: Some("blad.pdf".into()), publisher: None, ..citation() };
        assert_eq!(citation.csl()["type"], "document");
        assert!(citation.bibtex().contains("howpublished = {blad.pdf}"));
        assert!(!citation.text().contains("http"));
    }
}
