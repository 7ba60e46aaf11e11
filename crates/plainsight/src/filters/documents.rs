//! `read` and `find`.

use super::items::{Files, ask_either};
use super::own_model::OwnModel;
use crate::exit::Exit;
use crate::input::{Named, files};
use crate::out;
use anyhow::{Context, Result};
use clap::Args;
use plainsight_archive::{Container, Limits};
use plainsight_find::Finder;
use plainsight_lens::Lens;
use plainsight_model::{Complaint, Document, Findings, ReadSettings, Slot};
use plainsight_read::Source;
use serde_json::{Value, json};
use std::cell::Cell;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Reads files: what they say, in which language, and when.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Files, or `-` for a path or `{"id","path","url"?}` a line on stdin; a WARC or WACZ gives a line a record.
    #[arg(required = true)]
    files: Vec<String>,
    /// A complaint makes the exit code 1.
    #[arg(long)]
    strict: bool,
    /// One JSON object a line; without it a terminal gets text to read.
    #[arg(long)]
    json: bool,
}

/// Finds mentions and frames.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// A built-in lens or a lens folder.
    #[arg(long, default_value = "overseas-posts")]
    lens: String,
    /// Also gives `names`: every name of a person, body or place as a span, and nothing else of it.
    #[arg(long)]
    names: bool,
    /// A folder with an ONNX model of your own, which gives `names` in place of ours; each says the model and its hash.
    #[arg(long, value_name = "FOLDER", requires = "names")]
    model: Option<PathBuf>,
    #[command(flatten)]
    files: Files,
}

/// The largest file that a filter reads, 512 MiB.
const MOST: u64 = 512 << 20;

/// A document for a person at a terminal. What a page holds may not steer the terminal.
fn show(path: &str, document: &Document, complaints: &[Complaint]) {
    let plain = |text: &str| text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', " ");
    let known = [document.date.as_deref(), document.author.as_deref(), Some(document.lang.as_str())];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    out::say(&plain(&format!("── {path} · {}", known.join(" · "))));
    if let Some(title) = &document.title {
        out::say(&plain(title));
    }
    for row in &document.metadata {
        out::say(&plain(&format!("{}: {} ({})", row.kind.as_str(), row.value, row.source)));
    }
    out::say(&format!("\n{}\n", plain(document.text.trim())));
    out::complaints(complaints);
}

/// Reads each file.
pub fn read(args: &ReadArgs) -> Exit {
    let settings = ReadSettings::default();
    let mut exit = Exit::Done;
    let read = files(&args.files, |named| {
        documents(named, &settings, &mut |id, capture, document, complaints| {
            if args.strict && !complaints.is_empty() {
                exit = Exit::Undone;
            }
            if args.json || !std::io::stdout().is_terminal() {
                out::line(&document_line(id, &named.path, capture, document, complaints));
            } else {
                show(&named.path, document, complaints);
            }
        })
    });
    read.and(exit)
}

/// Finds in each text or file.
pub fn find(args: &FindArgs) -> Result<Exit> {
    let lens = load_lens(&args.lens)?;
    let finder = Finder::new(lens);
    let settings = ReadSettings::default();
    let model = args.model.as_deref().map(OwnModel::load).transpose()?;
    let failed = Cell::new(Exit::Done);
    let with_names = |mut line: Value, text: &str| {
        let names = match &model {
            None if !args.names => return line,
            None => Ok(names_of(text, &finder)),
            Some(model) => model.names(text),
        };
        match names {
            Ok(names) => line["names"] = names,
            Err(why) => {
                line["error"] = Value::String(why.to_string());
                failed.set(Exit::Undone);
            }
        }
        line
    };
    let on_line = |line: &Value| {
        let text = line.get("text").and_then(Value::as_str).ok_or("there is no “text”")?;
        let date = line.get("date").and_then(Value::as_str);
        let lang = line.get("lang").and_then(Value::as_str);
        let findings = finder.find_text(text, date, lang);
        Ok(vec![with_names(findings_line(line.get("id").unwrap_or(&Value::Null), text, &findings), text)])
    };
    let done = ask_either(&args.files, "text", on_line, |named| {
        documents(named, &settings, &mut |id, _, document, _| {
            let line = findings_line(id, &document.text, &finder.find(document));
            out::line(&with_names(line, &document.text));
        })
    });
    Ok(done.and(failed.get()))
}

/// Names as spans: no key and no id, so that nothing can be joined by them.
fn names_of(text: &str, finder: &Finder) -> Value {
    let chars = plainsight_text::Chars::new(text);
    let name = |name: &plainsight_find::Name| {
        let (start, end) = (name.span.start, name.span.end);
        json!({"kind": name.kind.as_str(), "start": start, "end": end, "text": chars.slice(text, start, end)})
    };
    plainsight_find::names(text, &finder.lens().gazetteer).iter().map(name).collect()
}

/// A built-in lens by name, or a folder.
pub fn load_lens(name: &str) -> Result<Lens> {
    if let Some(lens) = Lens::builtin(name) {
        return Ok(lens);
    }
    let faults = |faults: Vec<plainsight_lens::LensFault>| {
        anyhow::anyhow!(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    Lens::load(Path::new(name)).map_err(faults).with_context(|| format!("the lens {name} cannot be used"))
}

/// Takes an id, the record of an archive, a document, its complaints.
pub type Each<'a> = dyn FnMut(&Value, Option<&str>, &Document, &[Complaint]) + 'a;

/// Reads a named file, or each record of a web archive.
pub fn documents(named: &Named, settings: &ReadSettings, each: &mut Each) -> Exit {
    let path = Path::new(&named.path);
    let fail = |why: String| {
        out::line(&json!({"id": named.id, "path": named.path, "error": why}));
        Exit::Undone
    };
    let container = match plainsight_archive::sniff(path) {
        Ok(container) => container,
        Err(why) => return fail(format!("cannot be read: {why}")),
    };
    if matches!(container, Container::Warc | Container::Arc | Container::Wacz) {
        let mut lines = 0;
        let taken = plainsight_archive::captures(path, &named.path, &Limits::default(), &mut |record| {
            let source = Source {
                bytes: &record.payload,
                media_type: record.media_type.as_deref(),
                uri: &record.uri,
                name: "",
            };
            let (document, mut complaints) = plainsight_read::read_apart(&source, settings);
            complaints.extend(record.complaints);
            if document.says_nothing() {
                return;
            }
            lines += 1;
            let id = Value::String(document.id.to_string());
            each(&id, Some(&record.record.record_id), &document, &complaints);
        });
        return match taken {
            Ok(complaints) if lines == 0 => {
                let why = complaints.first().map_or("no record in it can be read", |c| c.what.as_str());
                fail(why.to_owned())
            }
            Ok(complaints) => {
                for complaint in complaints {
                    eprintln!("{}: {} ({})", named.path, complaint.what, complaint.place);
                }
                Exit::Done
            }
            Err(why) => fail(why.to_string()),
        };
    }
    if container == Container::Zip {
        return members(named, settings, each);
    }
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => return fail("is a folder; name its files".into()),
        Ok(meta) if meta.len() > MOST => return fail(format!("has more than {MOST} bytes")),
        _ => {}
    }
    match std::fs::read(path) {
        Ok(bytes) => {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let uri = named.url.as_deref().unwrap_or("");
            let source = Source { bytes: &bytes, media_type: None, uri, name: &name };
            let (document, complaints) = plainsight_read::read_apart(&source, settings);
            each(&named.id, None, &document, &complaints);
            Exit::Done
        }
        Err(why) => fail(format!("cannot be read: {why}")),
    }
}

/// The most members of a ZIP, as `add` takes them.
const MOST_MEMBERS: usize = 100_000;
/// The most bytes of one member; what is longer is read up to here, and says so.
const MOST_OF_MEMBER: u64 = 65 << 20;

/// Reads each member of a ZIP; its name stands behind the id, and is never a path.
fn members(named: &Named, settings: &ReadSettings, each: &mut Each) -> Exit {
    let line = |member: Option<&str>, why: String| {
        let id = member.map_or(named.id.clone(), |member| member_id(named, member));
        out::line(&json!({"id": id, "path": named.path, "error": why}));
        Exit::Undone
    };
    let file = match std::fs::File::open(&named.path) {
        Ok(file) => file,
        Err(why) => return line(None, format!("cannot be read: {why}")),
    };
    let mut zip = match zip::ZipArchive::new(std::io::BufReader::new(file)) {
        Ok(zip) => zip,
        Err(why) => return line(None, format!("no readable ZIP: {why}")),
    };
    if zip.len() > MOST_MEMBERS || zip.is_empty() {
        return line(None, format!("{} members; between 1 and {MOST_MEMBERS} are read", zip.len()));
    }
    let (mut exit, mut left) = (Exit::Done, MOST);
    for number in 0..zip.len() {
        let mut bytes = Vec::new();
        let member = match zip.by_index(number) {
            Ok(member) if member.is_dir() => continue,
            Ok(member) => member,
            Err(why) => {
                exit = exit.and(line(Some(&format!("member {number}")), format!("cannot be read: {why}")));
                continue;
            }
        };
        let name = member.name().map_or_else(|_| format!("member {number}"), |name| name.into_owned());
        if let Err(why) =
            std::io::Read::read_to_end(&mut std::io::Read::take(member, MOST_OF_MEMBER.min(left)), &mut bytes)
        {
            exit = exit.and(line(Some(&name), format!("cannot be unpacked: {why}")));
            continue;
        }
        left -= bytes.len() as u64;
        if left == 0 {
            return exit.and(line(
                Some(&name),
                format!("the ZIP unpacks to more than {MOST} bytes; the rest was not read"),
            ));
        }
        let label = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        let source = Source { bytes: &bytes, media_type: None, uri: "", name: label };
        let (document, complaints) = plainsight_read::read_apart(&source, settings);
        each(&member_id(named, &name), None, &document, &complaints);
    }
    exit
}

/// The id of the ZIP and the member's name.
fn member_id(named: &Named, member: &str) -> Value {
    let id = named.id.as_str().map_or_else(|| named.id.to_string(), str::to_owned);
    Value::String(format!("{id}/{member}"))
}

fn document_line(
    id: &Value,
    path: &str,
    capture: Option<&str>,
    document: &Document,
    complaints: &[Complaint],
) -> Value {
    let blocks: Vec<Value> = document
        .blocks
        .iter()
        .map(|b| {
            json!({
                "kind": b.kind.as_str(), "start": b.span.start, "end": b.span.end, "path": b.path, "speaker": b.speaker,
            })
        })
        .collect();
    let metadata: Vec<Value> = document
        .metadata
        .iter()
        .map(|m| {
            json!({
                "kind": m.kind.as_str(), "value": m.value, "numbers": m.numbers, "about": m.about, "source": m.source,
                "rule": m.rule,
            })
        })
        .collect();
    let complaints: Vec<Value> =
        complaints.iter().map(|c| json!({"what": c.what, "where": c.place, "cure": c.cure})).collect();
    json!({
        "id": id, "path": path, "capture": capture, "url": document.url, "text": document.text, "title": document.title,
        "date": document.date, "date_rule": document.date_rule, "author": document.author, "lang": document.lang,
        "script": document.script.map(|s| s.as_str()), "encoding": document.encoding,
        "encoding_rule": document.encoding_rule, "reader": document.reader, "blocks": blocks, "metadata": metadata,
        "complaints": complaints,
    })
}

pub fn findings_line(id: &Value, text: &str, findings: &Findings) -> Value {
    let chars = plainsight_text::Chars::new(text);
    let document = plainsight_model::DocumentId::of_payload(text.as_bytes());
    let mentions: Vec<Value> = findings
        .mentions
        .iter()
        .map(|m| {
            let quote = plainsight_model::Quote::cut(document, text, m.span);
            json!({
                "id": quote.map(|q| q.id.to_string()), "kind": m.kind.as_str(), "start": m.span.start, "end": m.span.end,
                "text": m.text, "key": m.key, "rule": m.rule,
            })
        })
        .collect();
    let slot = |s: &Slot| json!({"start": s.span.start, "end": s.span.end, "text": s.text, "key": s.key});
    let frames: Vec<Value> = findings
        .frames
        .iter()
        .map(|f| {
            let slots: serde_json::Map<String, Value> = f
                .slots
                .iter()
                .map(|(name, fills)| (name.clone(), fills.iter().map(slot).collect()))
                .collect();
            json!({
                "kind": f.kind, "start": f.span.start, "end": f.span.end, "slots": slots,
                "voice": f.voice.speaker, "modality": f.modality.as_str(),
                "status": f.status.map(|s| s.as_str()), "rule": f.rule,
            })
        })
        .collect();
    let excluded: Vec<Value> = findings
        .excluded
        .iter()
        .map(|e| {
            let text = chars.slice(text, e.span.start, e.span.end);
            json!({"start": e.span.start, "end": e.span.end, "text": text, "why": e.why})
        })
        .collect();
    json!({"id": id, "mentions": mentions, "frames": frames, "excluded": excluded})
}
