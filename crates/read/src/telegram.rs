//! Telegram's export as JSON, simple form: messages with day, speaker and text.

use crate::canon::{self, Raw, collapse};
use crate::chat::Speakers;
use crate::{Source, empty, encoding, language};
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use serde_json::Value;

pub(crate) fn read(source: &Source, settings: &ReadSettings, complaints: &mut Vec<Complaint>) -> Document {
    let decoded = encoding::decode(source.bytes, source.media_type, false, complaints);
    let mut document = empty(DocumentKind::Chat, "telegram");
    document.encoding = Some(decoded.encoding.to_owned());
    document.encoding_rule = Some(decoded.rule.to_owned());
    let export: Value = match serde_json::from_str(&decoded.text) {
        Ok(export) => export,
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            complaints.push(Complaint::new(
                ComplaintKind::Damaged,
                "the export is not sound JSON; nothing of it was read",
                place,
            ));
            return document;
        }
    };
    let word = |key: &str| export.get(key).and_then(Value::as_str).unwrap_or("");
    if word("type").starts_with("public") {
        document.title = Some(collapse(word("name"))).filter(|n| !n.is_empty());
    }
    let mut speakers = Speakers::new(settings);
    let mut raws = Vec::new();
    for (number, message) in
        export.get("messages").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        if message.get("type").and_then(Value::as_str).is_some_and(|t| t != "message") {
            continue;
        }
        let mut raw =
            Raw::new(BlockKind::Message, format!("message {}", number + 1), text_of(message.get("text")));
        raw.time = message.get("date").and_then(Value::as_str).map(str::to_owned);
        raw.speaker = message.get("from").and_then(Value::as_str).map(|n| speakers.label(n));
        raws.push(raw);
    }
    for raw in &mut raws {
        raw.text = speakers.hide(&raw.text);
    }
    canon::lay(&mut document, raws);
    let found = language(&document.text);
    document.lang = found.lang;
    document.script = found.script;
    document
}

/// A string, or a list of strings and of objects with a `text`.
fn text_of(value: Option<&Value>) -> String {
    let part = |v: &Value| v.as_str().or_else(|| v.get("text")?.as_str()).unwrap_or("").to_owned();
    let whole = match value {
        Some(Value::Array(parts)) => parts.iter().map(part).collect(),
        Some(other) => part(other),
        None => String::new(),
    };
    whole.lines().map(collapse).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_keep_text_and_day() {
        let json = r#"{"name":"Buurtkanaal","type":"public_channel","messages":[
            {"id":1,"type":"service","actor":"Otis Varga"},
            {"id":2,"type":"message","date":"2023-05-12T10:20:00","from":"Otis Varga","text":["Zie ",{"type":"link","text":"https://a.example"}]}]}"#;
        let source = Source { bytes: json.as_bytes(), media_type: None, uri: "", name: "result.json" };
        let document = read(&source, &ReadSettings::default(), &mut Vec::new());
        assert_eq!(document.text, "Zie https://a.example");
        assert_eq!(document.blocks[0].speaker.as_deref(), Some("speaker 1"));
        assert_eq!(document.blocks[0].time.as_deref(), Some("2023-05-12T10:20:00"));
        assert_eq!(document.title.as_deref(), Some("Buurtkanaal"));
    }
}
