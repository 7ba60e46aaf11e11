//! Files that somebody drops, to a temporary folder, addresses that somebody
//! pastes, and a party's answer: then to the desk.

use crate::act;
use crate::job::{self, Task};
use crate::labels::documents::S;
use crate::labels::publication::S as P;
use crate::labels::{self, Language};
use crate::query::Query;
use crate::routes::{App, Reply, lock};
use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use std::io::Write as _;
use std::sync::Arc;

/// All files of one form together, in bytes.
const BOUND: u64 = 2 << 30;
/// Files of one form.
const FILES: usize = 10_000;

/// Bytes of pasted addresses.
const PASTED: usize = 1 << 20;

/// Takes the form `file`…, `address` (one a line) and `back`, and starts the work. With `reply` and
/// `on` the file, or the text `words`, is what a party answered on that day.
pub(crate) async fn add(app: Arc<App>, language: Language, headers: &HeaderMap, body: Body) -> Reply {
    let mut request = Request::new(body);
    *request.method_mut() = axum::http::Method::POST;
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    // axum's own bound of 2 MB is for bodies held in memory; here a file goes
    // to the disk piece by piece under the bound above.
    axum::extract::DefaultBodyLimit::disable().apply(&mut request);
    let Ok(form) = Multipart::from_request(request, &()).await else {
        return Reply::nothing().status(StatusCode::BAD_REQUEST);
    };
    match take(form).await {
        Ok(sent) => {
            let back = act::local(&Query::parse(&format!("back={}", crate::query::escape(&sent.back))));
            let to = format!("/{}/{back}", app.doors.secret);
            if !sent.reader.trim().is_empty() {
                *lock(&app.author) = sent.reader.trim().to_owned();
            }
            if sent.files.is_empty() {
                return Reply::see_other(to);
            }
            // Nothing waits between here and the words, so that no other page is drawn in between.
            labels::speak(language);
            let task = match sent.reply {
                Some(ask) => Task::Answer { ask, on: sent.on, files: sent.files, said: P.answered },
                None => Task::Add(sent.files),
            };
            if !job::start(&app, task, Some(sent.folder)) {
                *lock(&app.last) = Some(act::Last::note(S.nothing_added_busy));
            }
            Reply::see_other(to)
        }
        Err(Refused::TooMuch) => Reply::nothing().status(StatusCode::PAYLOAD_TOO_LARGE),
        Err(Refused::Broken) => Reply::nothing().status(StatusCode::BAD_REQUEST),
    }
}

enum Refused {
    TooMuch,
    Broken,
}

/// A form as it came in.
struct Sent {
    /// Holds the files; they are gone when it is dropped.
    folder: tempfile::TempDir,
    /// Paths of files, and addresses.
    files: Vec<String>,
    back: String,
    /// The asking that the files answer.
    reply: Option<String>,
    /// The day of that answer.
    on: String,
    /// The name under it.
    reader: String,
}

impl Sent {
    /// A path for one more file. Each has a folder of its own, so that two of one name do not meet.
    fn room(&mut self, name: &str) -> Result<std::path::PathBuf, Refused> {
        if self.files.len() >= FILES {
            return Err(Refused::TooMuch);
        }
        let home = self.folder.path().join(self.files.len().to_string());
        std::fs::create_dir(&home).map_err(|_| Refused::Broken)?;
        let path = home.join(name);
        self.files.push(path.to_string_lossy().into_owned());
        Ok(path)
    }
}

async fn take(mut form: Multipart) -> Result<Sent, Refused> {
    let folder = tempfile::tempdir().map_err(|_| Refused::Broken)?;
    let empty = String::new;
    let mut sent =
        Sent { folder, files: Vec::new(), back: empty(), reply: None, on: empty(), reader: empty() };
    let mut bytes = 0u64;
    while let Some(mut field) = form.next_field().await.map_err(|_| Refused::Broken)? {
        let named = field.name().unwrap_or_default().to_owned();
        if named != "file" {
            let most = if matches!(named.as_str(), "address" | "words") { PASTED } else { 4096 };
            let mut text = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(|_| Refused::Broken)? {
                text.extend_from_slice(&chunk);
                if text.len() > most {
                    return Err(Refused::TooMuch);
                }
            }
            let text = String::from_utf8_lossy(&text).into_owned();
            match named.as_str() {
                "address" => sent.files.extend(addresses(&text)),
                // An answer that came as words is kept as what it is: a text.
                "words" if !text.trim().is_empty() => {
                    std::fs::write(sent.room("answer.txt")?, text).map_err(|_| Refused::Broken)?;
                }
                "back" => sent.back = text,
                "reply" => sent.reply = Some(text).filter(|id| !id.is_empty()),
                "on" => sent.on = text,
                "reader" => sent.reader = text.chars().filter(|c| !c.is_control()).take(80).collect(),
                _ => {}
            }
            continue;
        }
        let name = plain(field.file_name().unwrap_or_default());
        if name.is_empty() {
            continue;
        }
        let path = sent.room(&name)?;
        let mut file = std::fs::File::create_new(&path).map_err(|_| Refused::Broken)?;
        while let Some(chunk) = field.chunk().await.map_err(|_| Refused::Broken)? {
            bytes += chunk.len() as u64;
            if bytes > BOUND {
                return Err(Refused::TooMuch);
            }
            file.write_all(&chunk).map_err(|_| Refused::Broken)?;
        }
    }
    Ok(sent)
}

/// The addresses that somebody pasted, one a line. A line without a scheme is
/// the way people write addresses; it must never become a path.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| match line.contains("://") {
        true => line.to_owned(),
        false => format!("https://{line}"),
    })
}

/// A name somebody sent never becomes a path: its last part, without what a
/// file system reads as more than a letter.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .map(|c| if c.is_control() || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        .take(80)
        .collect();
    if kept.trim_matches(['.', ' ']).is_empty() { String::new() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::{addresses, plain};

    #[test]
    fn what_is_pasted_is_an_address_and_never_a_path() {
        let pasted =
            " https://zilverhaven.example/a \n\nzilverhaven.example/b\r\n/etc/passwd\nfile:///etc/passwd";
        let found: Vec<String> = addresses(pasted).collect();
        assert_eq!(
            found,
            [
                "https://zilverhaven.example/a",
                "https://zilverhaven.example/b",
                "https:///etc/passwd",
                "file:///etc/passwd"
            ]
        );
    }

    #[test]
    fn names_never_become_paths() {
        for (sent, kept) in [
            ("../../x", "x"),
            ("C:\\a\\b.html", "b.html"),
            ("公告.html", "公告.html"),
            ("..", ""),
            ("a\0b", "a_b"),
            ("", ""),
        ] {
            assert_eq!(plain(sent), kept, "{sent:?}");
        }
    }
}
