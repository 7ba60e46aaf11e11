//! The quotes that wait for somebody who reads their language, and the answers that come back.

use crate::case::Case;
use crate::decide::QuoteMark;
use crate::error::CaseError;
use crate::views::{ClaimRow, Decided, ToReadClaim, ToReadRow};
use plainsight_archive::EntryKind;
use plainsight_model::{Answer, Capture, DocumentId, QuoteId, QuoteRef, RecordPlace};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The key of a ledger entry about an answered sheet: how many answers it gave.
const ANSWERS: &str = "answers";

/// Hex digits after `quo-` that an answer needs at least; the sheet prints eight.
const LEAST_DIGITS: usize = 6;
/// A context that finds no end of a sentence stops after so many characters.
const CONTEXT: usize = 300;

/// Answers as somebody sent them back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAnswers {
    /// Who read.
    pub reader: Option<String>,
    /// In which language.
    pub lang: Option<String>,
    /// The line, the quote or the head of its id, the answer, the note.
    pub lines: Vec<(usize, String, Answer, String)>,
    /// Lines that could not be used: the line and what is wrong with it.
    pub faults: Vec<(usize, String)>,
}

/// What reading an answer file gave.
#[derive(Clone, Debug, PartialEq)]
pub struct FromFile {
    /// The decisions.
    pub decided: Decided,
    /// How many lines became decisions.
    pub taken: usize,
    /// Lines that could not be used: the line and what is wrong with it.
    pub faults: Vec<(usize, String)>,
}

impl Case {
    /// Quotes that would count once somebody has read them; what could move most comes first.
    pub fn to_read(&self, lang: Option<&str>) -> Result<Vec<ToReadRow>, CaseError> {
        let mut rows: BTreeMap<String, ToReadRow> = BTreeMap::new();
        for claim in self.claims()? {
            for e in claim.evidence.iter().filter(|e| e.waits() && is_lang(&e.lang, lang)) {
                let row = rows.entry(e.quote.clone()).or_insert_with(|| ToReadRow {
                    quote: e.quote.clone(),
                    document: e.document.clone(),
                    title: e.title.clone(),
                    date: e.date.clone(),
                    lang: e.lang.clone(),
                    start: e.start,
                    end: e.end,
                    before: String::new(),
                    text: e.text.clone(),
                    after: String::new(),
                    claims: Vec::new(),
                    moves: 0,
                });
                row.moves += usize::from(claim.grade != claim.grade_if_read);
                row.claims.push(ToReadClaim {
                    claim: claim.claim.clone(),
                    text: claim.text.clone(),
                    stance: e.stance.clone(),
                    grade: claim.grade,
                    grade_if_read: claim.grade_if_read,
                });
            }
        }
        let mut rows: Vec<ToReadRow> = rows.into_values().collect();
        rows.sort_by(|a, b| {
            b.moves.cmp(&a.moves).then((&a.document, a.start, a.end).cmp(&(&b.document, b.start, b.end)))
        });
        for row in &mut rows {
            row.claims.sort_by(|a, b| (&a.text, &a.claim).cmp(&(&b.text, &b.claim)));
        }
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for row in &mut rows {
            if !texts.contains_key(&row.document) {
                let id: Option<DocumentId> = row.document.parse().ok();
                let read = id.map(|id| self.catalog.document(&id)).transpose()?.flatten();
                texts.insert(row.document.clone(), read.map(|(d, _)| d.text).unwrap_or_default());
            }
            (row.before, row.after) = around(&texts[&row.document], row.start, row.end);
        }
        Ok(rows)
    }

    /// Turns an answer file into decisions; a line that cannot be used does not stop the others.
    /// The file is kept as it came, under its name.
    pub fn decide_from(
        &mut self,
        name: &str,
        text: &str,
        author: &str,
        dry_run: bool,
    ) -> Result<FromFile, CaseError> {
        let answers = parse_answers(text);
        let known = self.quotes_of_claims()?;
        let mut faults = answers.faults;
        let mut marks = Vec::new();
        for (line, id, answer, note) in answers.lines {
            let quote = match one_of(&known, &id) {
                Ok(quote) => quote.clone(),
                Err(why) => {
                    faults.push((line, why));
                    continue;
                }
            };
            let reason = match (note.is_empty(), &answer) {
                (false, _) => note,
                (true, Answer::Read) => "read on the sheet: it says so".to_owned(),
                (true, Answer::Reject) => "read on the sheet: it does not say so".to_owned(),
                (true, _) => "read on the sheet: unsure".to_owned(),
            };
            let author = answers.reader.clone().unwrap_or_else(|| author.to_owned());
            marks.push(QuoteMark { quote, answer, reason, author, lang: answers.lang.clone() });
        }
        faults.sort();
        let taken = marks.len();
        let decided = if dry_run {
            let ids: Vec<String> = marks.iter().map(|m| m.quote.id().to_string()).collect();
            crate::moved::would_be_about(&ids)
        } else {
            if !marks.is_empty() {
                // What is forgotten later takes the sheets along that name its quotes.
                let about: BTreeSet<String> = marks.iter().map(|m| m.quote.document.to_string()).collect();
                let body = json!({"source": name, ANSWERS: taken, "about": about});
                self.bring(EntryKind::Import, name, text.as_bytes(), "text/plain", body, author)?;
            }
            self.decide_on_quotes(&marks)?
        };
        Ok(FromFile { decided, taken, faults })
    }

    /// Where the answered sheets lie that name quotes of these documents.
    pub(crate) fn answered_sheets(
        &self,
        documents: &BTreeSet<DocumentId>,
    ) -> Result<Vec<RecordPlace>, CaseError> {
        let mut places = Vec::new();
        for (_, body) in self.chain.bodies(EntryKind::Import)? {
            let about = body.get("about").and_then(Value::as_array).into_iter().flatten();
            let mut about = about.filter_map(|id| id.as_str()?.parse::<DocumentId>().ok());
            if body.get(ANSWERS).is_none() || !about.any(|id| documents.contains(&id)) {
                continue;
            }
            let capture = body.get("capture").and_then(|c| serde_json::from_value::<Capture>(c.clone()).ok());
            places.extend(capture.map(|c| c.place));
        }
        Ok(places)
    }

    /// The quotes of all claims by their ids.
    pub(crate) fn quotes_of_claims(&self) -> Result<BTreeMap<String, QuoteRef>, CaseError> {
        let mut out = BTreeMap::new();
        let claims: Vec<ClaimRow> = self.claims()?;
        for e in claims.iter().flat_map(|c| &c.evidence) {
            if out.contains_key(&e.quote) {
                continue;
            }
            let Ok(document) = e.document.parse::<DocumentId>() else { continue };
            let number = (0..1000).find(|n| QuoteId::of(&document, &e.text, *n).to_string() == e.quote);
            if let Some(number) = number {
                out.insert(e.quote.clone(), QuoteRef { document, exact: e.text.clone(), number });
            }
        }
        Ok(out)
    }
}

fn is_lang(lang: &str, wanted: Option<&str>) -> bool {
    let base = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    wanted.is_none_or(|wanted| base(lang) == base(wanted))
}

/// The one quote whose id begins so.
fn one_of<'k>(known: &'k BTreeMap<String, QuoteRef>, id: &str) -> Result<&'k QuoteRef, String> {
    let mut found = known.range(id.to_owned()..).take_while(|(known, _)| known.starts_with(id));
    match (found.next(), found.next()) {
        (Some((_, quote)), None) => Ok(quote),
        (Some(_), Some(_)) => Err(format!("{id} stands for several quotes; write more of the number")),
        (None, _) => {
            Err(format!("{id} is no quote of this case; copy the number from the sheet of this case"))
        }
    }
}

/// Reads an answer file; the sheet says how it is written:
/// `reader: NAME`, `language: zh`, and a line a quote: its number, `yes`, `no` or `unsure`, a note.
pub fn parse_answers(text: &str) -> ReadAnswers {
    let mut out = ReadAnswers::default();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (number, line) = (number + 1, line.trim());
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let head = line.split_once([':', '：']).map(|(key, value)| (key.trim().to_lowercase(), value.trim()));
        match head {
            Some((key, value)) if key == "reader" => {
                out.reader = Some(value.chars().filter(|c| !c.is_control()).take(80).collect::<String>())
                    .filter(|name| !name.is_empty());
                continue;
            }
            Some((key, value)) if key == "language" => {
                out.lang = Some(value.to_lowercase()).filter(|lang| !lang.is_empty());
                continue;
            }
            _ => {}
        }
        match answer_line(line) {
            Ok(Some((id, answer, note))) => out.lines.push((number, id, answer, note)),
            // A quote that was left open is no answer and no fault.
            Ok(None) => {}
            Err(why) => out.faults.push((number, why)),
        }
    }
    out
}

type AnswerLine = Option<(String, Answer, String)>;

fn answer_line(line: &str) -> Result<AnswerLine, String> {
    let is_space = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '=' | ',' | '，' | ';');
    let (id, rest) = line.split_once(is_space).unwrap_or((line, ""));
    let digits = id.trim_start_matches("quo-").to_lowercase();
    if digits.len() < LEAST_DIGITS || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(format!(
            "“{id}” is no number of a quote; a line begins with the number from the sheet, such as quo-1a2b3c4d"
        ));
    }
    let rest = rest.trim_start_matches(is_space);
    if rest.is_empty() {
        return Ok(None);
    }
    const WORDS: [(&str, Answer); 10] = [
        ("says so", Answer::Read),
        ("yes", Answer::Read),
        ("是", Answer::Read),
        ("does not say so", Answer::Reject),
        ("does not", Answer::Reject),
        ("no", Answer::Reject),
        ("否", Answer::Reject),
        ("unsure", Answer::Unsure),
        ("不确定", Answer::Unsure),
        ("?", Answer::Unsure),
    ];
    let lower = rest.to_lowercase();
    for (word, answer) in WORDS {
        let Some(after) = lower.strip_prefix(word) else { continue };
        if after.chars().next().is_some_and(|c| c.is_alphanumeric() && word.is_ascii()) {
            continue;
        }
        let note: String = rest.chars().skip(word.chars().count()).collect();
        let note = note.trim_matches(is_space).to_owned();
        return Ok(Some((format!("quo-{digits}"), answer, note)));
    }
    Err(format!("“{rest}” is no answer; write yes, no or unsure after the number"))
}

/// What stands around a span: from the start of the sentence before to the end of the one after.
fn around(text: &str, start: usize, end: usize) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = (start.min(chars.len()), end.min(chars.len()));
    let sentences = sentences(&chars);
    let at = |place: usize| sentences.iter().position(|s| s.contains(&place));
    let first = at(start).unwrap_or(0).saturating_sub(1);
    let last = at(end.saturating_sub(1)).map_or(0, |n| n + 1);
    let from = sentences.get(first).map_or(0, |s| s.start).clamp(start.saturating_sub(CONTEXT), start);
    let to = sentences.get(last).map_or(chars.len(), |s| s.end).clamp(end, end + CONTEXT).min(chars.len());
    let tidy =
        |part: &[char]| part.iter().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    (tidy(&chars[from..start]), tidy(&chars[end..to]))
}

/// Cuts a text into sentences that follow one another without a gap.
fn sentences(chars: &[char]) -> Vec<std::ops::Range<usize>> {
    let ends = |at: usize| match chars[at] {
        '。' | '！' | '？' | '\n' => true,
        '.' | '!' | '?' => chars.get(at + 1).is_none_or(|c| c.is_whitespace()),
        _ => false,
    };
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    let mut from = 0;
    for at in (0..chars.len()).filter(|&at| ends(at)) {
        // A blank line or a closing mark belongs to the sentence before it.
        match out.last_mut() {
            Some(last) if !chars[from..=at].iter().any(|c| c.is_alphanumeric()) => last.end = at + 1,
            _ => out.push(from..at + 1),
        }
        from = at + 1;
    }
    if from < chars.len() {
        out.push(from..chars.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_before_and_the_one_after() {
        for (text, quote, before, after) in [
            ("甲。乙乙。丙丙丙。丁丁。戊。", "丙丙丙。", "乙乙。", "丁丁。"),
            ("One is here. Two is there. Three.", "Two is there.", "One is here.", "Three."),
            (
                "Head\nOne is here. Two is there, and more.\nThree.",
                "Two is there",
                "One is here.",
                ", and more. Three.",
            ),
            ("只有这句。", "只有这句。", "", ""),
        ] {
            let at = text.find(quote).expect("there");
            let start = text[..at].chars().count();
            let found = around(text, start, start + quote.chars().count());
            assert_eq!(found, (before.to_owned(), after.to_owned()), "{quote}");
        }
    }

    #[test]
    fn answers_line_by_line() {
        let sent = "\u{feff}# a comment\nReader: M. Reader\nlanguage: ZH\n\n\
                    quo-1a2b3c4d yes\n1a2b3c4e: no — another town\nquo-1a2b3c4f = Does not say so\n\
                    quo-1a2b3c50 unsure, the photo is cut\nquo-1a2b3c51\nquo-1a2b3c52 perhaps\nhello\n\
                    quo-1a2b3c53 是\nquo-1a2b3c54 nobody knows";
        let read = parse_answers(sent);
        assert_eq!((read.reader.as_deref(), read.lang.as_deref()), (Some("M. Reader"), Some("zh")));
        let said: Vec<(usize, &str, &Answer, &str)> =
            read.lines.iter().map(|(n, id, answer, note)| (*n, id.as_str(), answer, note.as_str())).collect();
        assert_eq!(
            said,
            [
                (5, "quo-1a2b3c4d", &Answer::Read, ""),
                (6, "quo-1a2b3c4e", &Answer::Reject, "— another town"),
                (7, "quo-1a2b3c4f", &Answer::Reject, ""),
                (8, "quo-1a2b3c50", &Answer::Unsure, "the photo is cut"),
                (12, "quo-1a2b3c53", &Answer::Read, ""),
            ]
        );
        assert_eq!(read.faults.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [10, 11, 13]);
    }
}
