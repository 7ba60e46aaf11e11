//! Chat exports as text (WhatsApp on Android and iOS). Speakers become
//! `speaker 1, 2, …`; their names leave the text.

use crate::canon::{self, Raw, collapse};
use crate::empty;
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use regex::Regex;
use std::sync::OnceLock;

/// Tells whether most lines, or at least three, begin like messages.
pub(crate) fn is_chat(text: &str) -> bool {
    let lines = text.lines().filter(|l| !l.trim().is_empty()).take(400);
    let (mut messages, mut all) = (0usize, 0usize);
    for line in lines {
        all += 1;
        messages += usize::from(message().is_match(&clean(line)));
    }
    messages >= 2 && messages * 3 >= all
}

pub(crate) fn read(text: &str, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let mut speakers = Speakers::new(settings);
    let mut raws: Vec<Raw> = Vec::new();
    let mut notices = 0usize;
    for (number, line) in text.lines().enumerate() {
        let line = clean(line);
        if let Some(found) = message().captures(&line) {
            let body = found.name("text").map_or("", |m| m.as_str());
            let mut raw = Raw::new(BlockKind::Message, format!("line {}", number + 1), collapse(body));
            raw.time = found.name("time").map(|m| m.as_str().to_owned());
            raw.speaker = found.name("who").map(|m| speakers.label(m.as_str()));
            raws.push(raw);
        } else if stamped().is_match(&line) {
            // "… added …", "… left": lines of the program, full of names.
            notices += 1;
        } else if let Some(last) = raws.last_mut() {
            let more = collapse(&line);
            if !more.is_empty() {
                last.text.push('\n');
                last.text.push_str(&more);
            }
        }
    }
    if notices > 0 {
        let what =
            format!("{notices} lines are notices of the chat program, not messages; they were left out");
        complaints.push(Complaint::new(ComplaintKind::Note, what, "chat"));
    }
    for raw in &mut raws {
        raw.text = speakers.hide(&raw.text);
    }
    let mut document = empty(DocumentKind::Chat, "chat");
    canon::lay(&mut document, raws);
    document
}

/// The names of one export in the order in which they first speak.
pub(crate) struct Speakers<'s> {
    settings: &'s ReadSettings,
    names: Vec<String>,
}

impl<'s> Speakers<'s> {
    pub(crate) fn new(settings: &'s ReadSettings) -> Self {
        Self { settings, names: Vec::new() }
    }

    /// `speaker 1`, or the name of a public account.
    pub(crate) fn label(&mut self, name: &str) -> String {
        let name = collapse(name);
        if self.settings.public_accounts.contains(&name) {
            return name;
        }
        let number = self.names.iter().position(|n| *n == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        format!("speaker {}", number + 1)
    }

    /// Replaces the speakers' names where a message says them.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let mut longest_first: Vec<(usize, &String)> = self.names.iter().enumerate().collect();
        longest_first.sort_by_key(|(_, n)| std::cmp::Reverse(n.len()));
        for (number, name) in longest_first {
            if name.chars().count() >= 2 && out.contains(name.as_str()) {
                out = replace_word(&out, name, &format!("speaker {}", number + 1));
            }
        }
        out
    }
}

/// Replaces a name where it stands as a whole word (Han has no word borders).
fn replace_word(text: &str, name: &str, label: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = (rest[..at].chars().last(), rest[at + name.len()..].chars().next());
        let joined = |a: Option<char>, b: Option<char>| {
            matches!((a, b), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric()
                && !plainsight_text::is_han(a) && !plainsight_text::is_han(b))
        };
        let inside = joined(before, name.chars().next()) || joined(name.chars().last(), after);
        out.push_str(&rest[..at]);
        out.push_str(if inside { name } else { label });
        rest = &rest[at + name.len()..];
    }
    out + rest
}

fn clean(line: &str) -> String {
    line.chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{202a}'..='\u{202e}'))
        .collect()
}

const TIME: &str = r"(?P<time>\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4},?\s(?:上午|下午|凌晨|早上|中午|晚上)?\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[APap]\.?\s?[Mm]\.?)?)";

fn message() -> &'static Regex {
    static MESSAGE: OnceLock<Regex> = OnceLock::new();
    MESSAGE.get_or_init(|| {
        Regex::new(&format!(r"^\s*\[?{TIME}(?:\]\s?|\s[-–]\s)(?P<who>[^:：]{{1,60}})[:：]\s?(?P<text>.*)$"))
            .expect("the pattern is a constant")
    })
}

fn stamped() -> &'static Regex {
    static STAMPED: OnceLock<Regex> = OnceLock::new();
    STAMPED.get_or_init(|| {
        Regex::new(&format!(r"^\s*\[?{TIME}(?:\]|\s[-–]\s)")).expect("the pattern is a constant")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_leave_the_text() {
        let android = "12-05-2023 10:20 - Teun Wouda: De post is open\n12-05-2023 10:21 - 骆小舟: 谢谢 Teun Wouda\n电话见下\n12-05-2023 10:22 - Teun Wouda added 骆小舟";
        let ios = "[12/05/2023, 10:20:11] Teun Wouda: De post is open\n[12/05/2023, 10:21:09] 骆小舟: 谢谢 Teun Wouda\n电话见下\n[12/05/2023, 10:22:00] Teun Wouda left";
        for export in [android, ios] {
            assert!(is_chat(export));
            let mut complaints = Vec::new();
            let document = read(export, &ReadSettings::default(), &mut complaints);
            assert_eq!(document.text, "De post is open\n谢谢 speaker 1\n电话见下");
            assert_eq!(document.blocks[1].speaker.as_deref(), Some("speaker 2"));
            assert!(document.blocks[0].time.as_deref().is_some_and(|t| t.starts_with("12")));
            assert_eq!(complaints.len(), 1);
        }
    }

    #[test]
    fn a_public_account_keeps_its_name() {
        let settings =
            ReadSettings { public_accounts: vec!["Gemeente Oever".to_owned()], ..ReadSettings::default() };
        let text = "1/2/23, 9:05 PM - Gemeente Oever: dicht\n1/2/23, 9:06 PM - Pía Robledal: gracias";
        let document = read(text, &settings, &mut Vec::new());
        let speakers: Vec<_> = document.blocks.iter().filter_map(|b| b.speaker.clone()).collect();
        assert_eq!(speakers, ["Gemeente Oever", "speaker 1"]);
    }

    #[test]
    fn a_diary_is_no_chat() {
        assert!(!is_chat("12-05-2023 markt geopend\nDaarna regen: veel"));
        assert!(!is_chat("10:20 - Opening: de wethouder\n10:40 - Koffie: zaal 2"));
    }
}
