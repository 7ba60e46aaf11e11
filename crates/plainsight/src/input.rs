//! What filters read: JSON lines on stdin, named files, or `-` with a path or object a line.

use crate::exit::Exit;
use crate::out;
use serde_json::{Value, json};
use std::io::BufRead;

/// The longest line that is read, 64 MiB.
const MOST: u64 = 64 << 20;

/// Answers one line of JSON: what `each` gives of its object, or an error line
/// that keeps its id and names the file it stands in (none: standard input).
pub fn json_line(
    number: usize,
    line: Result<String, String>,
    path: Option<&str>,
    each: &mut dyn FnMut(&Value) -> Result<Vec<Value>, String>,
) -> Exit {
    let parsed = line.map_err(|why| format!("line {number}: {why}")).and_then(|line| {
        serde_json::from_str::<Value>(&line).map_err(|why| format!("line {number} is no JSON: {why}"))
    });
    let answer = match &parsed {
        Ok(value) if value.is_object() => each(value),
        Ok(_) => Err(format!("line {number} is no JSON object")),
        Err(why) => Err(why.clone()),
    };
    match answer {
        Ok(values) => {
            values.iter().for_each(out::line);
            Exit::Done
        }
        Err(why) => {
            let id = parsed.ok().and_then(|v| v.get("id").cloned()).unwrap_or(Value::Null);
            out::line(&json!({"id": id, "path": path, "error": why}));
            Exit::Undone
        }
    }
}

/// A line with nothing on it; it has no answer.
pub fn is_blank(line: &Result<String, String>) -> bool {
    line.as_ref().is_ok_and(|line| line.trim().is_empty())
}

/// The lines of standard input.
pub fn stdin_lines() -> impl Iterator<Item = Result<String, String>> {
    lines(std::io::stdin().lock())
}

/// The lines of a reader, each bounded; bytes that are no UTF-8 are an error of that line.
pub fn lines(mut from: impl BufRead) -> impl Iterator<Item = Result<String, String>> {
    std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        match std::io::Read::take(&mut from, MOST).read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) if bytes.len() as u64 >= MOST => Some(Err(format!("longer than {MOST} bytes"))),
            Ok(_) => Some(String::from_utf8(bytes).map_err(|e| format!("no UTF-8: {e}"))),
            Err(why) => Some(Err(why.to_string())),
        }
    })
}

/// A file that a filter was given.
#[derive(Clone, Debug)]
pub struct Named {
    /// The id that comes out.
    pub id: Value,
    /// The path.
    pub path: String,
    /// The address, where the caller knows it.
    pub url: Option<String>,
}

impl Named {
    /// A path with nothing known about it.
    pub fn of(path: &str) -> Self {
        Self { id: Value::String(stem(path)), path: path.to_owned(), url: None }
    }
}

/// The named files, or those that stdin lists where `-` is given. A line that
/// names no file gives an error line through `bad`.
pub fn files(args: &[String], mut each: impl FnMut(&Named) -> Exit) -> Exit {
    let mut exit = Exit::Done;
    for arg in args {
        if arg != "-" {
            exit = exit.and(each(&Named::of(arg)));
            continue;
        }
        for line in stdin_lines() {
            let named = match line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => named(line.trim()),
                Err(why) => Err(why),
            };
            match named {
                Ok(named) => exit = exit.and(each(&named)),
                Err(why) => {
                    out::line(&json!({"id": null, "path": null, "error": why}));
                    exit = Exit::Undone;
                }
            }
        }
    }
    exit
}

/// A line of standard input that names a file: its path, or an object with `path`.
pub fn named(line: &str) -> Result<Named, String> {
    if !line.starts_with('{') {
        return Ok(Named::of(line));
    }
    let value: Value = serde_json::from_str(line).map_err(|e| format!("no JSON: {e}"))?;
    let path = value.get("path").and_then(Value::as_str).ok_or("the object has no “path”")?.to_owned();
    let id =
        value.get("id").cloned().filter(|id| !id.is_null()).unwrap_or_else(|| Value::String(stem(&path)));
    let url = value.get("url").and_then(Value::as_str).map(str::to_owned);
    Ok(Named { id, path, url })
}

/// Endings of formats that are read; what packs comes first.
const ENDINGS: [&str; 25] = [
    ".gz", ".zip", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".txt", ".csv", ".tsv", ".pdf", ".docx",
    ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".eml", ".mbox", ".png", ".jpg", ".jpeg", ".json", ".warc",
    ".wacz",
];

/// The name of a file without the endings of its format.
pub fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut stem = name;
    for ending in ENDINGS {
        let low = stem.to_lowercase();
        if low.ends_with(ending)
            && stem.len() > ending.len()
            && stem.is_char_boundary(stem.len() - ending.len())
        {
            stem = &stem[..stem.len() - ending.len()];
        }
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_file_is_its_name_without_endings() {
        for (path, id) in [
            ("pages/d83b98a6.html.gz", "d83b98a6"),
            ("enc-01436ef1cd0b", "enc-01436ef1cd0b"),
            ("a/b.pdf", "b"),
            (".html", ".html"),
            ("x.tar", "x.tar"),
        ] {
            assert_eq!(stem(path), id, "{path}");
        }
    }
}
