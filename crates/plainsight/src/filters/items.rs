//! What the filters of texts are asked about: JSON lines, or files.
//!
//! Without a name, JSON lines on standard input. With `FILE…`, each file: one
//! of JSON lines is taken line by line, any other is read like `read` does and
//! its text asked about. With `-`, every line of standard input: an object
//! with `path` or a bare path is a file, any other object a line of its own.

use super::documents::documents;
use crate::exit::Exit;
use crate::input::{Named, is_blank, json_line, lines, named, stdin_lines};
use crate::out;
use clap::Args;
use plainsight_model::{Document, DocumentKind, ReadSettings};
use serde_json::{Value, json};
use std::io::BufReader;

/// Files of a filter; none means JSON lines on standard input.
#[derive(Debug, Args)]
pub struct Files {
    /// Files of JSON lines, or pages to read; `-` for JSON lines or paths on stdin. Without any, JSON lines on stdin.
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// One JSON object a line, which is what a filter writes in any case.
    #[arg(long = "json")]
    _json: bool,
}

/// What a filter answers with for one line or one document.
type Answer = Result<Vec<Value>, String>;

/// Asks about every line and every file; `key` is what a line of this filter has at least.
pub fn ask(files: &Files, key: &str, mut each: impl FnMut(&Value) -> Answer) -> Exit {
    let settings = ReadSettings::default();
    each_item(files, key, &mut each, &mut |named, line| {
        documents(named, &settings, &mut |id, _, document, _| {
            let asked = object(id, &named.path, document);
            // A document is an object as good as one of a line: the answer goes out likewise.
            line(&asked);
        })
    })
}

/// Asks about lines with `on_line` and about files that are none with `on_file`.
pub fn ask_either(
    files: &Files,
    key: &str,
    mut on_line: impl FnMut(&Value) -> Answer,
    mut on_file: impl FnMut(&Named) -> Exit,
) -> Exit {
    each_item(files, key, &mut on_line, &mut |named, _| on_file(named))
}

/// Answers an object as if it had stood on a line.
type Line<'a> = dyn FnMut(&Value) + 'a;

fn each_item(
    files: &Files,
    key: &str,
    each: &mut dyn FnMut(&Value) -> Answer,
    on_file: &mut dyn FnMut(&Named, &mut Line) -> Exit,
) -> Exit {
    let mut exit = Exit::Done;
    let given: &[String] = &files.files;
    if given.is_empty() {
        for (number, line) in stdin_lines().enumerate().filter(|(_, line)| !is_blank(line)) {
            exit = exit.and(json_line(number + 1, line, None, each));
        }
        return exit;
    }
    for arg in given {
        if arg != "-" {
            exit = exit.and(file(&Named::of(arg), key, each, on_file));
            continue;
        }
        for (number, line) in stdin_lines().enumerate().filter(|(_, line)| !is_blank(line)) {
            let is_file = line.as_ref().is_ok_and(|line| names_a_file(line, key));
            exit = exit.and(match (is_file, line.as_deref().map(str::trim).map(named)) {
                (true, Ok(Ok(named))) => file(&named, key, each, on_file),
                _ => json_line(number + 1, line, None, each),
            });
        }
    }
    exit
}

/// A bare path, or an object with `path` that is no line of the filter itself.
fn names_a_file(line: &str, key: &str) -> bool {
    let line = line.trim();
    if !line.starts_with(['{', '[']) {
        return true;
    }
    let object: Option<Value> = serde_json::from_str(line).ok();
    object.is_some_and(|object| object.get("path").is_some_and(Value::is_string) && object.get(key).is_none())
}

fn file(
    named: &Named,
    key: &str,
    each: &mut dyn FnMut(&Value) -> Answer,
    on_file: &mut dyn FnMut(&Named, &mut Line) -> Exit,
) -> Exit {
    match holds_lines(&named.path, key) {
        Ok(true) => file_of_lines(named, each),
        // What cannot be opened is said where files are read.
        _ => {
            let mut exit = Exit::Done;
            let read = on_file(named, &mut |object| match each(object) {
                Ok(values) => values.iter().for_each(out::line),
                Err(why) => {
                    let error = format!("{why}, and the file is not one of JSON lines");
                    out::line(&json!({"id": object.get("id"), "path": named.path, "error": error}));
                    exit = Exit::Undone;
                }
            });
            read.and(exit)
        }
    }
}

/// Tells whether a file is one of JSON lines: by its ending, or because its
/// first line is an object with the key of this filter.
fn holds_lines(path: &str, key: &str) -> std::io::Result<bool> {
    let file = std::fs::File::open(path)?;
    if [".jsonl", ".ndjson"].iter().any(|ending| path.to_lowercase().ends_with(ending)) {
        return Ok(file.metadata()?.is_file());
    }
    let first = lines(BufReader::new(file)).find(|line| !is_blank(line));
    let object: Option<Value> = first.and_then(Result::ok).and_then(|line| serde_json::from_str(&line).ok());
    Ok(object.is_some_and(|object| object.get(key).is_some()))
}

fn file_of_lines(named: &Named, each: &mut dyn FnMut(&Value) -> Answer) -> Exit {
    let fail = |why: String| {
        out::line(&json!({"id": named.id, "path": named.path, "error": why}));
        Exit::Undone
    };
    let file = match std::fs::File::open(&named.path) {
        Ok(file) => file,
        Err(why) => return fail(format!("cannot be read: {why}")),
    };
    let (mut exit, mut any) = (Exit::Done, false);
    for (number, line) in lines(BufReader::new(file)).enumerate().filter(|(_, line)| !is_blank(line)) {
        any = true;
        exit = exit.and(json_line(number + 1, line, Some(&named.path), each));
    }
    if any { exit } else { fail("holds no line".into()) }
}

/// A document as a line of its own would say it.
fn object(id: &Value, path: &str, document: &Document) -> Value {
    json!({
        "id": id, "path": path, "text": document.text, "lang": document.lang, "date": document.date,
        "ref": document.date, "url": document.url, "ocr": document.kind == DocumentKind::Picture,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_standard_input_is_a_file_or_a_line_of_its_own() {
        for (line, is_file) in [
            ("pages/a.html", true),
            ("  pages/a.html", true),
            ("{\"path\":\"pages/a.html\"}", true),
            ("{\"text\":\"mooi weer\",\"path\":\"pages/a.html\"}", false),
            ("{\"text\":\"mooi weer\"}", false),
            ("{\"path\":7}", false),
            ("{broken", false),
            ("[1]", false),
        ] {
            assert_eq!(names_a_file(line, "text"), is_file, "{line}");
        }
    }
}
