//! Chat exports as text: WhatsApp on Android and iOS, and logs of the kind of WeChat and QQ, where a line
//! with name and moment stands above each message. Speakers become `speaker 1, 2, …`; their names leave
//! the text.

use crate::canon::{self, Raw, collapse};
use crate::empty;
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use regex::Regex;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Tells whether most lines, or at least three, begin like messages.
pub(crate) fn is_chat(text: &str) -> bool {
    let lines = text.lines().filter(|l| !l.trim().is_empty()).take(400);
    let (mut messages, mut all) = (0usize, 0usize);
    for line in lines {
        all += 1;
        messages += usize::from(message().is_match(&clean(line)));
    }
    messages >= 2 && messages * 3 >= all || is_log(text)
}

/// Two lines or more that hold a name and a moment and nothing else, the first at the head, each with a
/// message below.
fn is_log(text: &str) -> bool {
    let lines: Vec<bool> = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .take(400)
        .map(|line| above(&clean(line)).is_some())
        .collect();
    let heads = lines.iter().filter(|head| **head).count();
    let bare = lines.windows(2).filter(|pair| pair[0] && pair[1]).count();
    let first = lines.iter().position(|head| *head);
    heads >= 2 && heads * 8 >= lines.len() && bare * 4 <= heads && first.is_some_and(|n| n <= LOG_HEAD)
}

/// Lines that may stand before the first message: the name of the group, the day of the export.
const LOG_HEAD: usize = 6;

/// Name and moment of a line that stands above a message: `2019-06-18 10:20:11 name` or `name  2019/6/18 10:20`.
fn above(line: &str) -> Option<(String, String)> {
    let found = log_line().captures(line)?;
    let name = found.name("before").or_else(|| found.name("after"))?.as_str();
    // QQ and WeChat put the account's number or id behind the name.
    let name = collapse(account().replace(name.trim(), "").as_ref());
    let name = name.trim_end_matches([':', '：']).to_owned();
    let told = name.contains(['。', '，', '！', '？', '!', '?', '；', ';', '/', '|']);
    (!name.is_empty() && !told && name.chars().any(char::is_alphanumeric))
        .then(|| (name, found.name("time").map_or(String::new(), |m| collapse(m.as_str()))))
}

pub(crate) fn read(text: &str, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let mut speakers = Speakers::new(settings);
    let mut raws: Vec<Raw> = Vec::new();
    let mut notices = 0usize;
    let is_log = is_log(text);
    for (number, line) in text.lines().enumerate() {
        let line = clean(line);
        if let Some((who, time)) = above(&line).filter(|_| is_log) {
            let mut raw = Raw::new(BlockKind::Message, format!("line {}", number + 1), "");
            raw.time = Some(time);
            raw.speaker = Some(speakers.label(&who));
            raws.push(raw);
        } else if let Some(found) = message().captures(&line) {
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
                if !last.text.is_empty() {
                    last.text.push('\n');
                }
                last.text.push_str(&more);
            }
        }
    }
    if notices > 0 {
        let what = match notices {
            1 => "one line is a notice of the chat program, no message; it was left out".to_owned(),
            _ => format!("{notices} lines are notices of the chat program, not messages; they were left out"),
        };
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
    /// What each goes by in `label`; what else stands for them is in `also`.
    names: Vec<String>,
    also: Vec<(usize, String)>,
    numbers: HashMap<String, usize>,
}

impl<'s> Speakers<'s> {
    pub(crate) fn new(settings: &'s ReadSettings) -> Self {
        Self { settings, names: Vec::new(), also: Vec::new(), numbers: HashMap::new() }
    }

    /// `speaker 1`, or the name of a public account.
    pub(crate) fn label(&mut self, name: &str) -> String {
        let name = collapse(name);
        if self.settings.public_accounts.contains(&name) {
            return name;
        }
        format!("speaker {}", self.number(name) + 1)
    }

    /// The label of whoever goes by `key`, with what else the text may call them.
    pub(crate) fn label_also(&mut self, key: &str, also: &[&str]) -> String {
        let number = self.number(key.to_owned());
        for name in also {
            if *name != key && !self.also.iter().any(|(n, known)| *n == number && known == name) {
                self.also.push((number, (*name).to_owned()));
            }
        }
        format!("speaker {}", number + 1)
    }

    fn number(&mut self, name: String) -> usize {
        let next = self.names.len();
        let number = *self.numbers.entry(name.clone()).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }

    /// Keeps room for the speakers of another document, and says how far their numbers move.
    pub(crate) fn reserve(&mut self, document: &Document) -> usize {
        let number = |label: &str| label.strip_prefix("speaker ")?.parse::<usize>().ok();
        let most = document.blocks.iter().filter_map(|b| number(b.speaker.as_deref()?)).max().unwrap_or(0);
        let shift = self.names.len();
        self.names.extend(std::iter::repeat_n(String::new(), most));
        shift
    }

    /// A label of that document, moved.
    pub(crate) fn shifted(label: &str, shift: usize) -> String {
        match label.strip_prefix("speaker ").and_then(|n| n.parse::<usize>().ok()) {
            Some(number) => format!("speaker {}", number + shift),
            None => label.to_owned(),
        }
    }

    /// Replaces the speakers' names where a message says them.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let names = self.names.iter().enumerate();
        let mut longest_first: Vec<(usize, &String)> =
            names.chain(self.also.iter().map(|(n, name)| (*n, name))).collect();
        longest_first.sort_by_key(|(_, n)| std::cmp::Reverse(n.len()));
        for (number, name) in longest_first {
            if name.chars().count() >= 2 && out.contains(name.as_str()) {
                out = replace_word(&out, name, &format!("speaker {}", number + 1));
            }
        }
        out
    }

    /// The same in a block, whose links and cells keep their places where no name stands across their ends.
    pub(crate) fn hide_in(&self, raw: &mut Raw) {
        let whole = self.hide(&raw.text);
        if whole == raw.text {
            return;
        }
        let mut pieces = raw.clone();
        canon::map(&mut pieces, |piece| self.hide(piece));
        if pieces.text == whole {
            *raw = pieces;
        } else {
            (raw.text, raw.links, raw.cells) = (whole, Vec::new(), Vec::new());
        }
        raw.links.iter_mut().for_each(|(_, _, href)| {
            if self.hide(href) != *href {
                href.clear();
            }
        });
        raw.links.retain(|(_, _, href)| !href.is_empty());
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

/// A day and a time, in the forms of logs.
const MOMENT: &str = r"\d{4}(?:[-/.]|年)\d{1,2}(?:[-/.]|月)\d{1,2}日?\s*(?:星期.|周.)?\s*(?:上午|下午|凌晨|早上|中午|晚上)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?";

fn log_line() -> &'static Regex {
    static LINE: OnceLock<Regex> = OnceLock::new();
    LINE.get_or_init(|| {
        Regex::new(&format!(
            r"^\s*(?:(?P<before>[^\d\s][^\t]{{0,40}}?)\s+)?[\[(（]?(?P<time>{MOMENT})[\])）]?(?:\s+(?P<after>\S.{{0,40}}?))?\s*$"
        ))
        .expect("the pattern is a constant")
    })
}

/// `(12345678)`, `<a@b.example>` or `(wxid_abc)` behind a name.
fn account() -> &'static Regex {
    static ACCOUNT: OnceLock<Regex> = OnceLock::new();
    ACCOUNT.get_or_init(|| {
        Regex::new(r"\s*(?:[(（](?:\d{5,12}|wxid_\w+|gh_\w+)[)）]|<[^<>\s]{3,60}>)\s*$")
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
    fn logs_have_the_name_above_the_message() {
        let wechat = "群聊：老乡会\n\n2023-05-12 10:20:11 骆小舟\n服务站开了\n电话见下\n\n2023-05-12 10:21:09 Teun Wouda\n谢谢骆小舟\n";
        let qq = "骆小舟(12345678) 2023/5/12 10:20:11\n服务站开了\n电话见下\nTeun Wouda<tw@post.example> 2023/5/12 10:21:09\n谢谢骆小舟\n";
        for log in [wechat, qq] {
            assert!(is_chat(log), "{log}");
            let document = read(log, &ReadSettings::default(), &mut Vec::new());
            assert_eq!(document.text, "服务站开了\n电话见下\n谢谢speaker 1");
            assert_eq!(document.blocks[1].speaker.as_deref(), Some("speaker 2"));
            assert!(document.blocks[1].time.as_deref().is_some_and(|t| t.ends_with("10:21:09")));
        }
    }

    #[test]
    fn a_diary_is_no_chat() {
        assert!(!is_chat(
            "2023-05-12 10:20 Opening van de markt.\n2023-05-12 10:40 Koffie\n2023-05-12 11:00 Einde"
        ));
        assert!(!is_chat("来源：青湾日报 2019-06-18 10:20\n全文如下。\n第二段。"));
        assert!(!is_chat("12-05-2023 markt geopend\nDaarna regen: veel"));
        assert!(!is_chat("10:20 - Opening: de wethouder\n10:40 - Koffie: zaal 2"));
    }
}
