//! Readers of hostile formats in a process of their own: what that process can do, that it reads the same,
//! and that nothing hostile harms the one that started it.

#[path = "../../read/tests/made/mod.rs"]
mod made;

use assert_cmd::Command;
use made::hostile::{KERN, Want, mails, office};
use plainsight_model::ReadSettings;
use plainsight_read::Source;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Well above the 20 s after which a worker is stopped would be no test of hanging.
const LONG: Duration = Duration::from_secs(120);

fn plainsight(arguments: &[&str]) -> (Vec<Value>, i32) {
    let output = Command::cargo_bin("plainsight")
        .expect("built")
        .args(arguments)
        .timeout(LONG)
        .output()
        .expect("it ends");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let values = lines.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    (values, output.status.code().unwrap_or(-1))
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_reaches_nothing() {
    let (lines, exit) = plainsight(&["read-worker", "--probe"]);
    assert_eq!(exit, 0);
    for what in ["limits", "seccomp", "network_refused", "files_refused", "programs_refused"] {
        assert_eq!(lines[0][what], true, "{what}: {}", lines[0]);
    }
    let (doctor, _) = plainsight(&["doctor", "--json"]);
    let row = doctor.iter().find(|row| row["what"] == "reading apart").expect("a row");
    assert_eq!(row["ok"], true, "{row}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_tool_reaches_its_folder_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        Command::cargo_bin("plainsight")
            .expect("built")
            .arg("read-tool")
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("it ends")
    };
    std::fs::write(folder.path().join("own"), "x").expect("written");
    assert!(run(&["/bin/cat", "own"]).status.success());
    // Without Landlock in the kernel the files of the machine stay open to the program; `doctor` says so.
    let (lines, _) = plainsight(&["read-worker", "--probe"]);
    if lines[0]["landlock"] == true {
        assert!(!run(&["/bin/cat", "/etc/passwd"]).status.success());
        assert!(!run(&["/bin/sh", "-c", "/bin/cat own"]).status.success(), "another program was started");
    }
    let network = run(&["/bin/bash", "-c", ": < /dev/tcp/127.0.0.1/9"]);
    assert!(!String::from_utf8_lossy(&network.stderr).contains("refused"), "{network:?}");
}

#[test]
fn what_is_read_apart_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in made::all() {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).expect("written");
        let (lines, exit) = plainsight(&["read", "--json", &path.to_string_lossy()]);
        let (document, complaints) = plainsight_read::read(
            &Source { bytes: &bytes, media_type: None, uri: "", name },
            &ReadSettings::default(),
        );
        assert_eq!(exit, 0, "{name}");
        assert_eq!(lines[0]["text"], document.text, "{name}");
        assert_eq!(lines[0]["reader"], document.reader, "{name}");
        assert_eq!(lines[0]["complaints"].as_array().map(Vec::len), Some(complaints.len()), "{name}");
    }
}

#[test]
fn hostile_files_give_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<_> = office().into_iter().chain(mails()).collect();
    let paths: Vec<String> = files
        .iter()
        .map(|(name, bytes, _)| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            path.to_string_lossy().into_owned()
        })
        .collect();
    let before = std::fs::read_dir(folder.path()).expect("there").count();
    for ((name, _, want), path) in files.iter().zip(&paths) {
        let start = Instant::now();
        let (lines, _) = plainsight(&["read", "--json", path]);
        assert!(start.elapsed() < Duration::from_secs(60), "{name} took {:?}", start.elapsed());
        // A ZIP gives a line a member.
        assert!(!lines.is_empty(), "{name} has no line");
        if matches!(want, Want::Text | Want::TextAndBound) {
            assert!(lines[0]["text"].as_str().is_some_and(|t| t.contains(KERN)), "{name}: {}", lines[0]);
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), before, "a file came out");
}

#[test]
fn a_zip_gives_a_line_a_member() {
    let folder = tempfile::tempdir().expect("a folder");
    let (docx, eml) = (made::docx(), made::eml());
    let bytes = made::zip(&[
        ("map/bericht.docx", &docx),
        ("../brief.eml", &eml),
        ("a.html", b"<p>De post is open.</p>"),
    ]);
    let path = folder.path().join("post.zip");
    std::fs::write(&path, bytes).expect("written");
    let (lines, exit) = plainsight(&["read", "--json", &path.to_string_lossy()]);
    assert_eq!(exit, 0);
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, ["post/map/bericht.docx", "post/../brief.eml", "post/a.html"]);
    assert!(lines.iter().all(|line| line["text"].as_str().is_some_and(|t| !t.is_empty())));
}

#[test]
fn an_office_document_is_added_as_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("case").to_string_lossy().into_owned();
    let (docx, eml) = (folder.path().join("bericht.docx"), folder.path().join("brief.txt"));
    std::fs::write(&docx, made::docx()).expect("written");
    std::fs::write(&eml, made::eml()).expect("written");
    let saved = folder.path().join("pagina.mhtml");
    std::fs::write(&saved, made::mhtml()).expect("written");
    assert_eq!(plainsight(&["new", &case, "--lens", "overseas-posts", "--json"]).1, 0);
    let add = |path: &std::path::Path, more: &[&str]| {
        plainsight(&[&["add", &case, &path.to_string_lossy(), "--json"], more].concat())
    };
    assert_eq!(add(&docx, &[]).0[0]["status"], "added");
    assert_eq!(add(&saved, &[]).0[0]["status"], "added");
    assert_eq!(add(&eml, &[]).0[0]["status"], "refused");
    assert_eq!(add(&eml, &["--public"]).0[0]["status"], "added");
    assert_eq!(plainsight(&["run", &case, "--json"]).1, 0);
    let (hits, _) = plainsight(&["search", &case, "steunpunt", "--json"]);
    assert_eq!(hits.len(), 2, "{hits:?}");
}
