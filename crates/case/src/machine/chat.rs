//! One question to a service that speaks as OpenAI's chat completions do, which most servers of language
//! models understand (`POST …/chat/completions`, <https://platform.openai.com/docs/api-reference/chat>).

use crate::machine::Service;
use plainsight_archive::{Ask, ask};
use plainsight_model::Wire;
use serde_json::{Value, json};

/// Characters of a version or of a foreign word in a message.
const LONGEST_WORD: usize = 80;

/// What a model said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its words.
    pub text: String,
    /// The model and build as the service names them; empty where it does not.
    pub version: String,
}

/// The bytes of a question: the same for the same words.
pub(crate) fn body(service: &Service, task: &str, material: &str) -> Vec<u8> {
    let message = |role: &str, content: &str| json!({"role": role, "content": content});
    let body = json!({
        "model": service.name, "temperature": 0, "stream": false,
        "messages": [message("system", task), message("user", material)],
    });
    body.to_string().into_bytes()
}

/// Where a question goes.
pub(crate) fn address(service: &Service) -> String {
    format!("{}/chat/completions", service.address.trim_end_matches('/'))
}

/// Asks, and takes the words out of the answer.
///
/// # Errors
/// Why there are none, in words that say what to do.
pub(crate) fn ask_model(
    wire: &dyn Wire,
    service: &Service,
    key: Option<&str>,
    body: &[u8],
) -> Result<Said, String> {
    let address = address(service);
    let asked = Ask {
        address: &address,
        accept: "application/json",
        body: Some(("application/json", body)),
        bearer: key,
    };
    let answer = ask(wire, &asked).map_err(|why| why.to_string())?;
    match answer.status {
        200 => {
            said(&answer.body).map_err(|why| format!("{} {why}; ask again, or another model", service.host()))
        }
        status => Err(refusal(service, status)),
    }
}

/// What a status other than 200 means, and what to do.
pub(crate) fn refusal(service: &Service, status: u16) -> String {
    let host = service.host();
    match status {
        401 | 403 => format!(
            "{host} does not take the key (status {status}); look at the variable that case.toml names"
        ),
        404 => format!(
            "{host} does not know the address or the model “{}” (status 404); look at case.toml",
            service.name
        ),
        429 => format!("{host} was asked too often (status 429); ask later"),
        status => format!("{host} answered with status {status}; ask later"),
    }
}

/// Reads an answer. Its nesting is bounded by the parser (128), its size by whoever fetched it.
fn said(answer: &[u8]) -> Result<Said, &'static str> {
    let answer: Value = serde_json::from_slice(answer).map_err(|_| "gave an answer that is no whole JSON")?;
    let choice =
        answer.get("choices").and_then(|choices| choices.get(0)).ok_or("gave no answer of a model")?;
    if choice.get("finish_reason").and_then(Value::as_str) == Some("length") {
        return Err("stopped in the middle of its answer");
    }
    let content = choice.get("message").and_then(|message| message.get("content")).and_then(Value::as_str);
    let text = content.ok_or("gave an answer without words")?;
    let names = ["model", "system_fingerprint"].map(|name| answer.get(name).and_then(Value::as_str));
    let version = names.into_iter().flatten().map(word).collect::<Vec<_>>().join(" ");
    Ok(Said { text: text.to_owned(), version })
}

/// A foreign word as it may be kept and shown.
pub(crate) fn word(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && *c != '|')
        .take(LONGEST_WORD)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The JSON object among the words: models like to put a frame around it.
pub(crate) fn object(text: &str) -> &str {
    match (text.find('{'), text.rfind('}')) {
        (Some(start), Some(end)) if start < end => &text[start..=end],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_among_the_words() {
        for (words, inside) in [
            ("Here:\n```json\n{\"frames\":[]}\n```", "{\"frames\":[]}"),
            ("{}", "{}"),
            ("} {", "} {"),
            ("none", "none"),
        ] {
            assert_eq!(object(words), inside);
        }
    }

    #[test]
    fn answers_of_services() {
        let ok = |text: &str, version: &str| Ok(Said { text: text.into(), version: version.into() });
        let deep = "[".repeat(100_000);
        for (answer, found) in [
            (
                r#"{"model":"small-1-q4","system_fingerprint":"fp_7","choices":[{"message":{"content":"{}"}}]}"#,
                ok("{}", "small-1-q4 fp_7"),
            ),
            (
                r#"{"choices":[{"message":{"content":"Here:\n```json\n{\"frames\":[]}\n```"}}]}"#,
                ok("Here:\n```json\n{\"frames\":[]}\n```", ""),
            ),
            (r#"{"choices":[{"message":{"content":"nothing"}}],"model":"a|b\nc"}"#, ok("nothing", "abc")),
            (
                r#"{"choices":[{"finish_reason":"length","message":{"content":"{"}}]}"#,
                Err("stopped in the middle of its answer"),
            ),
            (r#"{"choices":[{"message":{"content":"{}"#, Err("gave an answer that is no whole JSON")),
            (r#"{"choices":[{"message":{"content":7}}]}"#, Err("gave an answer without words")),
            (r#"{"choices":[]}"#, Err("gave no answer of a model")),
            ("[1]", Err("gave no answer of a model")),
            ("<html>", Err("gave an answer that is no whole JSON")),
            (deep.as_str(), Err("gave an answer that is no whole JSON")),
        ] {
            assert_eq!(said(answer.as_bytes()), found, "{}", &answer[..answer.len().min(90)]);
        }
    }
}
