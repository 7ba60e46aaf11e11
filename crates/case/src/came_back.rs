//! Whether what came back is the page: a wall, a riddle, an empty shell, an error.

use crate::stages::{Reading, read_one};
use plainsight_collect::{Exchange, Page, seen};
use plainsight_model::{Capture, Complaint, ComplaintKind};

/// Bytes of markup in which signs are looked for.
const MOST_MARKUP: usize = 1 << 20;

/// A page with so many letters has something to say; words of a wall are looked
/// for on pages that say little, so it need not be read to the end here.
const MUCH: usize = 5_000;

/// What was noticed about an answer, with what to try next.
pub(crate) fn what_came_back(
    reading: &Reading,
    asked: &str,
    hop: &Exchange,
    capture: &Capture,
    payload: &[u8],
) -> Vec<Complaint> {
    let markup = String::from_utf8_lossy(&payload[..payload.len().min(MOST_MARKUP)]);
    let skimmed =
        std::str::from_utf8(payload).is_ok().then(|| skim(&markup)).filter(|text| letters(text) > MUCH);
    let (text, title, lang) = match skimmed {
        Some(text) => {
            let lang = plainsight_read::language(&text).lang;
            (text, None, lang)
        }
        None => {
            let (document, _) = read_one(reading, capture, payload);
            (document.text, document.title, document.lang)
        }
    };
    let status = hop.status().unwrap_or(0);
    let notices = seen(&Page {
        asked,
        uri: &hop.uri,
        status,
        fields: hop.head.as_ref().map_or(&[], |head| &head.fields),
        markup: &markup,
        text: &text,
        title: title.as_deref().unwrap_or_default(),
        lang: Some(lang.as_str()).filter(|lang| *lang != "und"),
    });
    if notices.is_empty() && status >= 400 {
        let what = format!("the server answered with status {status}");
        let cure = "check the address; look for the page in a public web archive";
        return vec![Complaint::new(ComplaintKind::Doubtful, what, asked).cure(cure)];
    }
    let told = |notice: plainsight_collect::Notice| {
        Complaint::new(ComplaintKind::Doubtful, notice.what, asked).cure(notice.next)
    };
    notices.into_iter().map(told).collect()
}

/// The text of markup without its tags, scripts and style sheets, as a glance would take it.
fn skim(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let unread = ["script", "style"]
            .into_iter()
            .find(|name| tag.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)));
        rest = match unread {
            Some(name) => {
                let end = format!("</{name}");
                tag.find(&end).map_or("", |at| &tag[at + 1..])
            }
            None => tag,
        };
        rest = rest.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::skim;

    #[test]
    fn a_glance_sees_words_and_no_code() {
        let cases = [
            ("<p>Het <b>buurthuis</b></p>", "Het buurthuis"),
            ("<SCRIPT>if (a<b) x()</script>银港<style>p{}</style>", "银港"),
            ("<script>zonder einde", ""),
            ("een < twee", "een"),
        ];
        for (markup, expected) in cases {
            let text = skim(markup);
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(words.join(" "), expected, "{markup}");
        }
    }
}
