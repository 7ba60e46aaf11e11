//! Plain text: a paragraph per run of lines, or a chat export.

use crate::canon::{self, Raw, collapse};
use crate::{Source, chat, empty, encoding, language};
use plainsight_model::{BlockKind, Complaint, Document, DocumentKind, ReadSettings};

pub(crate) fn read(source: &Source, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let decoded = encoding::decode(source.bytes, source.media_type, false, complaints);
    let mut document = if chat::is_chat(&decoded.text) {
        chat::read(&decoded.text, settings, complaints)
    } else {
        let mut document = empty(DocumentKind::Text, "text");
        canon::lay(&mut document, paragraphs(&decoded.text));
        document
    };
    document.encoding = Some(decoded.encoding.to_owned());
    document.encoding_rule = Some(decoded.rule.to_owned());
    let found = language(&document.text);
    document.lang = found.lang;
    document.script = found.script;
    document
}

/// Where blank lines part the text, lines between them belong together; where
/// there are none, each line stands alone. The path names the first line.
fn paragraphs(text: &str) -> Vec<Raw> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().collect();
    // Hard-wrapped text has lines of one length; a list or a chat has not.
    let wrapped =
        lines.windows(2).any(|w| w[0].trim().is_empty() && !w[1].trim().is_empty()) && is_wrapped(&lines);
    let mut out: Vec<Raw> = Vec::new();
    let mut open = false;
    for (number, line) in lines.iter().enumerate() {
        let line = collapse(line);
        if line.is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open && wrapped => last.text = join(&last.text, &line),
            _ => out.push(Raw::new(BlockKind::Paragraph, format!("line {}", number + 1), line)),
        }
        open = true;
    }
    out
}

/// Most lines that have a successor are of nearly the same length, between 50 and 90 characters.
fn is_wrapped(lines: &[&str]) -> bool {
    let inner: Vec<usize> = lines
        .windows(2)
        .filter(|w| !w[0].trim().is_empty() && !w[1].trim().is_empty())
        .map(|w| w[0].chars().count())
        .collect();
    let fitting = inner.iter().filter(|n| (50..=90).contains(*n)).count();
    !inner.is_empty() && fitting * 10 >= inner.len() * 7
}

/// Joins two lines of one paragraph: a hyphen at the end goes where a word goes
/// on in lower case, and Han needs no space.
pub(crate) fn join(before: &str, after: &str) -> String {
    let (last, first) = (before.chars().last().unwrap_or(' '), after.chars().next().unwrap_or(' '));
    let wide = |c: char| plainsight_text::is_han(c) || matches!(c as u32, 0x3000..=0x30ff | 0xff00..=0xffef);
    let inner = before.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    if last == '-' && inner && first.is_lowercase() {
        return format!("{}{after}", &before[..before.len() - 1]);
    }
    if wide(last) && wide(first)
        || (wide(last) && first.is_ascii_digit())
        || (last.is_ascii_digit() && wide(first))
    {
        return format!("{before}{after}");
    }
    format!("{before} {after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_as_their_script_does() {
        let cases = [
            ("de politie-", "post", "de politiepost"),
            ("警务", "站", "警务站"),
            ("en la", "calle", "en la calle"),
            ("Jean-", "Luc", "Jean- Luc"),
        ];
        for (before, after, want) in cases {
            assert_eq!(join(before, after), want);
        }
    }

    #[test]
    fn a_list_stays_a_list() {
        let got: Vec<String> = paragraphs("appels\nperen\n\n苹果")
            .into_iter()
            .map(|r| format!("{}: {}", r.path, r.text))
            .collect();
        assert_eq!(got, ["line 1: appels", "line 2: peren", "line 4: 苹果"]);
    }
}
