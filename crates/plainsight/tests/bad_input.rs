//! Bad input: each gets a clear message and the right exit code, and harms nothing else.

mod support;

use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use support::{
    BINARY, Bench, PAGE_NL, PAGE_ZH, contains, files, gzip, gzip_bomb, has, kept, not_run, occurrences,
    program,
};

/// A case that already holds a good page, and the bench it lies on.
fn bench_with_case() -> (Bench, String) {
    let bench = Bench::new();
    let case = bench.case("case");
    let good = bench.write("good.html", PAGE_ZH);
    bench.run(&["add", &case, &good]).exits(0);
    (bench, case)
}

/// Bytes of no format, the same each time, without colons: four lines with one look like the head of a mail.
fn noise(length: u32) -> Vec<u8> {
    (0..length)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .map(|b| if b == b':' { b'.' } else { b })
        .collect()
}

/// The good page is found as if nothing had happened, and the case is sound.
#[track_caller]
fn still_good(bench: &Bench, case: &str) {
    let hits = bench.run(&["search", case, "警侨服务站", "--json"]).exits(0).lines();
    assert!(hits.iter().any(|h| h["title"].as_str().is_some_and(|t| t.starts_with("箧垣县"))), "{hits:?}");
    bench.run(&["verify", case, "--allow-unsigned"]).exits(0);
    bench.run(&["check", case]).exits(0);
}

/// All complaints that the catalog keeps, as `doctor` prints them.
fn complaints(bench: &Bench, case: &str) -> String {
    bench.run(&["doctor", case]).exits(0).out
}

#[test]
fn damaged_files_with_known_endings_are_complaints_and_the_rest_is_read() {
    let (bench, case) = bench_with_case();
    let packed = gzip(PAGE_NL.as_bytes());
    let noise = noise(4096);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend_from_slice(&noise);
    for (name, bytes) in [
        ("cut.html.gz", &packed[..packed.len() / 2]),
        ("empty.html", b"".as_slice()),
        ("noise.pdf", &noise),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type"),
        ("noise.png", &png),
        ("noise.jpg", &noise),
        ("noise.html", &noise),
        ("half.txt", b"half a sign: \xe8\xad"),
    ] {
        bench.write(&format!("inbox/{name}"), bytes);
    }
    let row = bench.run(&["add", &case, &bench.at("inbox"), "--json"]).exits(0).line();
    assert_eq!(row["complaints"][0]["place"], "empty.html", "an empty file is said to be one: {row}");
    let stages = bench.run(&["run", &case, "--json"]).exits(0).lines();
    assert!(stages.iter().any(|s| s["complaints"].as_u64() > Some(0)), "{stages:?}");
    let said = complaints(&bench, &case);
    for name in ["cut.html.gz", "noise.pdf", "noise.png"] {
        let lines = bench.run(&["read", &bench.at(&format!("inbox/{name}"))]).exits(0).lines();
        let all: Vec<&Value> =
            lines.iter().flat_map(|l| l["complaints"].as_array().expect("complaints")).collect();
        assert!(!all.is_empty(), "{name} was read without a complaint");
        all.iter().for_each(|c| has(c, "what where"));
    }
    assert!(said.contains('×'), "{said}");
    bench.run(&["run", &case, "--strict"]).exits(1);
    still_good(&bench, &case);
}

#[test]
fn damaged_web_archives_are_kept_as_they_are_and_complained_about() {
    let (bench, case) = bench_with_case();
    let noise = noise(9000);
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE_NL}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:30000000-0000-4000-8000-000000000000>\r\n\
         WARC-Date: 2023-04-01T10:00:00Z\r\nWARC-Target-URI: https://paper.example/\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let mut behind = gzip(record.as_bytes());
    behind.extend_from_slice(&gzip(record.as_bytes())[..200]);
    let cut = bench.write("cut.warc.gz", &behind);
    let lying = bench.write("lying.warc", record.replace("Content-Length: ", "Content-Length: 99"));
    bench.write("noise.warc.gz", &noise);
    let rows =
        bench.run(&["add", &case, &cut, &lying, &bench.at("noise.warc.gz"), "--json"]).exits(0).lines();
    assert!(rows[0]["complaints"].as_array().is_some_and(|c| !c.is_empty()), "{}", rows[0]);
    bench.run(&["run", &case]).exits(0);
    let hits = bench.run(&["search", &case, "Halvoort", "--json"]).exits(0).lines();
    assert!(
        hits.iter().any(|h| h["url"] == "https://paper.example/"),
        "the whole record before the cut is read"
    );
    bench.run(&["warc", "ls", &cut]).exits(1);
    bench.run(&["verify", &cut, "--allow-no-digest"]).exits(1);
    let hits = bench.run(&["search", &case, "警侨服务站", "--json"]).exits(0).lines();
    assert!(!hits.is_empty(), "the rest is untouched");
}

/// What a command may hold of memory, in MiB.
const MOST: u64 = 700;

/// Runs the binary and gives the exit code and the most memory it held, in MiB;
/// what takes too much is stopped before it harms the machine.
fn watched(bench: &Bench, args: &[&str]) -> (i32, u64) {
    let mut command = bench.command(BINARY);
    command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        if let Some(ended) = child.try_wait().expect("a child") {
            bench.nothing_left();
            return (ended.code().expect("an exit code"), most / 1024);
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("");
        most = most.max(peak.trim().trim_end_matches(" kB").parse().unwrap_or(0));
        if most / 1024 > MOST {
            child.kill().expect("a child of ours");
            child.wait().expect("a child of ours");
            return (-1, most / 1024);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Adds a bomb, runs, reads and verifies in bounded memory; the rest of the case is as before.
fn survives(bomb: &str, bytes: &[u8]) {
    if !Path::new("/proc/self/status").exists() {
        return not_run(bomb, "this system has no /proc to read the memory from");
    }
    let (bench, case) = bench_with_case();
    let file = bench.write(bomb, bytes);
    for args in [
        vec!["add", &case, &file],
        vec!["run", &case],
        vec!["read", &file],
        vec!["verify", &case, "--allow-unsigned"],
    ] {
        let (code, most) = watched(&bench, &args);
        assert!(most <= MOST, "{args:?} held {most} MiB and more");
        // A web archive in which no record can be read gives `read` nothing to print.
        assert!(code == 0 || (code == 1 && args[0] == "read"), "{args:?} ended with {code}");
    }
    let said = complaints(&bench, &case);
    assert!(said.contains(bomb), "{said}");
    still_good(&bench, &case);
}

#[test]
fn a_gibibyte_of_zeros_in_a_web_archive_is_stopped_in_bounded_memory() {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:40000000-0000-4000-8000-000000000000>\r\n\
         WARC-Date: 2023-04-01T10:00:00Z\r\nWARC-Target-URI: https://paper.example/bomb\r\nContent-Length: {}\r\n\r\n\
         HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        (1u64 << 30) + 44
    );
    survives("bomb.warc.gz", &gzip_bomb(head.as_bytes(), b"\r\n\r\n"));
}

#[test]
fn a_gibibyte_of_zeros_in_a_page_is_stopped_in_bounded_memory() {
    survives("bomb.html.gz", &gzip_bomb(b"<!doctype html><p>Verzonnen bericht.</p>", b""));
}

#[test]
fn deep_nesting_is_read_in_seconds() {
    let (bench, case) = bench_with_case();
    let tags = |open: &str| -> String { (0..8000).map(|_| open).collect() };
    for (name, page) in [
        ("divs.html", format!("{}<p>Diep verzonnen</p>", tags("<div>"))),
        ("tables.html", format!("{}Diep verzonnen", tags("<table><tr><td>"))),
        ("closed.html", format!("{}Diep verzonnen{}", tags("<b><i>"), tags("</i></b>"))),
        ("lists.html", format!("{}Diep verzonnen", tags("<ul><li>"))),
        ("deep.json", format!("{}{}", tags("["), tags("]"))),
    ] {
        let page = bench.write(&format!("deep/{name}"), format!("<!doctype html>{page}"));
        let start = Instant::now();
        bench.run(&["read", &page]).exits(0).line();
        assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    }
    bench.run(&["add", &case, &bench.at("deep")]).exits(0);
    bench.run(&["run", &case]).exits(0);
    assert!(!bench.run(&["search", &case, "verzonnen", "--json"]).exits(0).out.is_empty());
    still_good(&bench, &case);
}

#[test]
fn a_deep_json_line_is_a_bad_line() {
    let bench = Bench::new();
    let deep =
        format!("{}{}\n{{\"id\":1,\"text\":\"Mooi weer\"}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let lines = bench.feed(&["lang"], deep.as_bytes()).exits(1).lines();
    assert_eq!(lines.len(), 2);
    has(&lines[0], "id path error");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_refused_and_the_rest_is_added() {
    use std::os::unix::fs::PermissionsExt;
    let name = "a folder without rights";
    let Some(setpriv) = program("setpriv") else {
        return not_run(name, "the program setpriv is missing (util-linux)");
    };
    let bench = Bench::new();
    let root = std::fs::metadata(bench.at("")).is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    let closed = bench.at("inbox/closed");
    bench.write("inbox/open.html", PAGE_NL);
    bench.write("inbox/secret.html", PAGE_ZH);
    bench.write("inbox/closed/inside.html", PAGE_ZH);
    let set = |path: &str, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("rights")
    };
    set(&bench.at("inbox/secret.html"), 0o000);
    set(&closed, 0o000);
    // The other user needs the bench, and nothing else of it.
    for folder in ["", "temporary", "working", "configuration", "inbox"] {
        set(&bench.at(folder), 0o777);
    }
    let case = bench.at("case");
    let under = |args: &[&str]| {
        let mut command =
            if root { bench.command(setpriv.to_str().expect("a path")) } else { bench.command(BINARY) };
        if root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", BINARY]);
        }
        command.args(args).output().expect("it starts")
    };
    let made = under(&["new", &case]);
    if !made.status.success() {
        set(&closed, 0o700);
        return not_run(
            name,
            &format!("another user cannot start the binary: {}", String::from_utf8_lossy(&made.stderr)),
        );
    }
    let added = under(&["add", &case, &bench.at("inbox"), &closed, "--json"]);
    let out = String::from_utf8(added.stdout).expect("text");
    assert_eq!(added.status.code(), Some(1), "{out}{}", String::from_utf8_lossy(&added.stderr));
    let rows: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let refused: Vec<&Value> = rows.iter().filter(|r| r["status"] == "refused").collect();
    for part in ["secret.html", "closed"] {
        assert!(
            refused.iter().any(|r| r["input"].as_str().is_some_and(|i| i.ends_with(part))),
            "{part}: {out}"
        );
    }
    refused.iter().filter(|r| r["input"] != closed.as_str()).for_each(|row| {
        assert!(row["complaints"][0]["what"].as_str().is_some_and(|w| w.contains("denied")), "{row}");
    });
    assert!(rows.iter().any(|r| r["status"] == "added"), "{out}");
    assert_eq!(under(&["run", &case]).status.code(), Some(0));
    let found = under(&["search", &case, "Halvoort", "--json"]);
    assert_eq!(String::from_utf8_lossy(&found.stdout).lines().count(), 1);
    set(&closed, 0o700);
}

#[cfg(unix)]
#[test]
fn names_and_links_that_leave_are_refused_by_name() {
    let (bench, case) = bench_with_case();
    let before = files(Path::new(&bench.at("")));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain =
        || zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let bad = ["../../x.html", "/etc/x.html", "a/../../y.html", "C:\\x.html", "..\\..\\z.html"];
    for name in bad.iter().chain(&["fine/member.html"]) {
        zip.start_file(*name, plain()).expect("a member");
        std::io::Write::write_all(&mut zip, PAGE_NL.as_bytes()).expect("memory");
    }
    zip.add_symlink("link.html", "/etc/hostname", plain()).expect("a link");
    let packed = bench.write("pages.zip", zip.finish().expect("a ZIP").into_inner());
    let rows = bench.run(&["add", &case, &packed, "--json"]).exits(1).lines();
    let refused: Vec<&str> = rows
        .iter()
        .filter(|r| r["status"] == "refused")
        .map(|r| r["input"].as_str().expect("input"))
        .collect();
    for name in bad.iter().chain(&["link.html"]) {
        assert!(refused.contains(name), "{name} is not refused by name: {refused:?}");
    }
    assert_eq!(refused.len(), bad.len() + 1);
    let taken = rows.iter().find(|r| r["input"] == packed.as_str()).expect("the input's own row");
    assert_eq!(
        (taken["status"].as_str(), taken["documents"].as_array().map(Vec::len)),
        (Some("added"), Some(1))
    );

    // A folder with a link to a file outside, one that goes round, and one that stays inside.
    bench.write("outside/key.txt", "a key of whoever adds");
    bench.write("folder/page.html", PAGE_NL.replace("Halvoort", "Lissewold"));
    let folder = bench.at("folder");
    for (target, link) in
        [("../outside/key.txt", "key.txt"), (".", "round"), ("page.html", "same.html"), ("../outside", "out")]
    {
        std::os::unix::fs::symlink(target, format!("{folder}/{link}")).expect("a link");
    }
    let rows = bench.run(&["add", &case, &folder, "--json"]).exits(1).lines();
    for link in ["key.txt", "out"] {
        assert!(rows.iter().any(|r| r["input"] == link && r["status"] == "refused"), "{link}: {rows:?}");
    }
    bench.run(&["run", &case]).exits(0);
    assert_eq!(
        occurrences(&case, &["a key of whoever adds".to_owned(), "key.txt".to_owned()]),
        Vec::<String>::new()
    );
    assert!(!bench.run(&["search", &case, "Lissewold", "--json"]).exits(0).out.is_empty());
    let inside =
        |p: &std::path::PathBuf| ["case", "folder", "outside"].iter().any(|d| p.starts_with(bench.at(d)));
    let after: Vec<_> = files(Path::new(&bench.at("")))
        .into_iter()
        .filter(|p| !inside(p) && !p.ends_with("pages.zip"))
        .collect();
    let before: Vec<_> = before.into_iter().filter(|p| !inside(p)).collect();
    assert_eq!(after, before, "nothing is written outside the case");
    still_good(&bench, &case);
}

const CHAT: &str = "\
14-05-2021 10:02 - Berendina Kwakel: de verzonnen zonnewijzer ligt bij de buren
14-05-2021 10:03 - Joris Plompen: goed, ik kom morgen langs
14-05-2021 10:04 - Berendina Kwakel: neem het bord mee
";

const CHAT_IN_BRACKETS: &str = "\
[14/05/2021, 10:02:11] Berendina Kwakel: de verzonnen zonnewijzer ligt bij de buren
[14/05/2021, 10:03:40] Joris Plompen: goed, ik kom morgen langs
[14/05/2021, 10:04:02] Berendina Kwakel: neem het bord mee
";

#[test]
fn a_chat_export_in_brackets_is_refused_too() {
    let (bench, case) = bench_with_case();
    let chat = bench.write("chat.txt", CHAT_IN_BRACKETS);
    bench.run(&["add", &case, &chat]).exits(1);
}

const MAIL: &str = "\
From: Berendina Kwakel <b.kwakel@post.example>
To: Joris Plompen <joris@post.example>
Subject: de verzonnen zonnewijzer
Date: Fri, 14 May 2021 10:02:11 +0200
Message-ID: <1@post.example>

De zonnewijzer ligt bij de buren.
";

#[test]
fn private_correspondence_leaves_nothing_unless_it_is_said_to_be_public() {
    let (bench, case) = bench_with_case();
    bench.run(&["run", &case]).exits(0);
    let before = kept(&case);
    let chat = bench.write("inbox/WhatsApp met Joris.txt", CHAT);
    let mail = bench.write("inbox/zonnewijzer-brief.eml", MAIL);
    let mut needles: Vec<String> =
        ["Kwakel", "Plompen", "WhatsApp", "zonnewijzer", "kwakel@"].map(str::to_owned).to_vec();
    for bytes in [CHAT, MAIL] {
        let hex = plainsight_model::Digest::of(bytes.as_bytes()).hex();
        needles.extend([hex[..32].to_owned(), hex]);
    }
    for inputs in [vec![chat.as_str(), mail.as_str()], vec![&*bench.at("inbox")]] {
        let mut args = vec!["add", &case];
        args.extend(inputs);
        args.push("--json");
        let rows = bench.run(&args).exits(1).lines();
        let of_a_file = |r: &&Value| r["status"] == "refused" && r["input"] != bench.at("inbox");
        let refused: Vec<&Value> = rows.iter().filter(of_a_file).collect();
        assert_eq!(refused.len(), 2, "{rows:?}");
        for row in refused {
            assert!(row["complaints"][0]["what"].as_str().is_some_and(|w| w.contains("--public")), "{row}");
            assert_eq!(
                (&row["captures"], &row["documents"]),
                (&serde_json::json!([]), &serde_json::json!([]))
            );
        }
    }
    bench.run(&["run", &case]).exits(0);
    assert_eq!(occurrences(&case, &needles), Vec::<String>::new());
    assert!(kept(&case) == before, "archive and ledger are as before");
    let rows = bench.run(&["add", &case, &chat, &mail, "--public", "--json"]).exits(0).lines();
    assert!(rows.iter().all(|r| r["status"] == "added"), "{rows:?}");
    bench.run(&["run", &case]).exits(0);
    assert!(!bench.run(&["search", &case, "zonnewijzer", "--json"]).exits(0).out.is_empty());
    still_good(&bench, &case);
}

#[test]
fn a_missing_input_is_refused_and_the_rest_is_added() {
    let (bench, case) = bench_with_case();
    let page = bench.write("page.html", PAGE_NL);
    let (missing, empty) = (bench.at("nowhere.html"), bench.at("empty"));
    std::fs::create_dir_all(&empty).expect("a folder");
    let rows = bench.run(&["add", &case, &missing, &empty, &page, "--json"]).exits(1).lines();
    let status: Vec<&str> = rows.iter().map(|r| r["status"].as_str().expect("a status")).collect();
    assert_eq!(status, ["refused", "refused", "added"]);
    for row in &rows[..2] {
        assert!(!row["complaints"].as_array().expect("complaints").is_empty(), "a refusal says why: {row}");
    }
    bench.run(&["run", &case]).exits(0);
    assert!(!bench.run(&["search", &case, "Halvoort", "--json"]).exits(0).out.is_empty());
    let said = bench.run(&["add", &case, &missing]).exits(1).out;
    assert!(said.contains("refused") && said.contains("cannot be read"), "{said}");
    still_good(&bench, &case);
}

#[test]
fn an_address_is_refused_and_a_password_in_it_is_written_nowhere() {
    let (bench, case) = bench_with_case();
    let page = bench.write("page.html", PAGE_NL);
    for address in [
        "https://berendina:zandloper7@paper.example/x",
        "http:berendina:zandloper7@paper.example/x",
        "ftp://berendina:zandloper7@paper.example",
        "file:///etc/hostname",
        "javascript:zandloper7",
    ] {
        let ran = bench.run(&["add", &case, address, &page, "--json"]).exits(1);
        let rows = ran.lines();
        assert_eq!(rows[0]["status"], "refused", "{address}");
        let complaint = rows[0]["complaints"][0].to_string();
        assert!(
            !complaint.contains("zandloper7") && !ran.err.contains("zandloper7"),
            "{complaint}{}",
            ran.err
        );
        assert_ne!(rows[1]["status"], "refused", "the rest is taken");
    }
    let log = bench.run(&["log", &case, "--json"]).exits(0).lines();
    let refusals: Vec<&Value> = log.iter().filter(|e| e["kind"] == "refusal").map(|e| &e["body"]).collect();
    assert_eq!(refusals.len(), 5, "each refused address is an entry");
    assert_eq!(refusals[0]["input"], "https://paper.example/x");
    assert!(refusals.iter().all(|r| r["why"].as_str().is_some_and(|why| !why.is_empty())), "{refusals:?}");
    bench.run(&["run", &case]).exits(0);
    bench.run(&["add", &case, "https://paper.example/y"]).exits(1);
    let current = bench.run(&["run", &case, "--dry-run"]).exits(0).out;
    assert!(current.contains("up to date"), "a refusal changes nothing that was derived: {current}");
    let before = kept(&case);
    bench.run(&["add", &case, "https://paper.example/z", "--dry-run"]).exits(1);
    assert!(kept(&case) == before, "a dry run leaves no entry");
    let left = occurrences(&case, &["zandloper7".to_owned(), "berendina".to_owned()]);
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(occurrences(&bench.at("configuration"), &["zandloper7".to_owned()]), Vec::<String>::new());
    still_good(&bench, &case);
}

#[cfg(unix)]
#[test]
fn odd_names_are_kept_and_never_reach_a_terminal_raw() {
    use std::os::unix::ffi::OsStrExt;
    let (bench, case) = bench_with_case();
    let folder = bench.at("odd");
    std::fs::create_dir_all(&folder).expect("a folder");
    let long = "长".repeat(80);
    let names: [&[u8]; 6] = [
        "😀 警侨 bericht.html".as_bytes(),
        b"red\x1b[31m\x07bell\nline.html",
        b"-rf --yes.html",
        b"not utf-8 \xff\xfe.html",
        long.as_bytes(),
        "\u{202e}lmth.exe".as_bytes(),
    ];
    for (number, name) in names.iter().enumerate() {
        let page = PAGE_NL.replace("bord", &format!("bord nummer {number}"));
        std::fs::write(Path::new(&folder).join(std::ffi::OsStr::from_bytes(name)), page).expect("a file");
    }
    let row = bench.run(&["add", &case, &folder, "--json"]).exits(0).line();
    assert_eq!(row["documents"].as_array().map(Vec::len), Some(names.len()));
    bench.run(&["run", &case]).exits(0);
    let hits = bench.run(&["search", &case, "Halvoort", "--json"]).exits(0).lines();
    assert_eq!(hits.len(), names.len());
    for args in
        [vec!["log", &case], vec!["doctor", &case], vec!["findings", &case], vec!["add", &case, &folder]]
    {
        let ran = bench.run(&args).exits(0);
        assert!(!contains(ran.out.as_bytes(), b"\x1b"), "{args:?} writes an escape to the terminal");
    }
    bench
        .run(&["forget", &case, hits[0]["document"].as_str().expect("id"), "--reason", "r", "--yes"])
        .exits(0);
    still_good(&bench, &case);
}

#[test]
fn registers_and_gazetteers_that_are_none_change_nothing() {
    let (bench, case) = bench_with_case();
    bench.run(&["run", &case]).exits(0);
    let before = kept(&case);
    let noise = noise(4096);
    for (bytes, place) in [
        (b"".as_slice(), "byte 0"),
        (b"\n \n", "byte 0"),
        (b"a,b\n", "line 2"),
        (b"a,b\n1,2\n", "line 1"),
        (b"\"never closed,\n1,2\n", "line 2"),
        (b"PK\x03\x04 a spreadsheet", "byte 0"),
        (&noise, "byte"),
    ] {
        let file = bench.write("odd.csv", bytes);
        for what in ["register", "gazetteer"] {
            let ran = bench.run(&[what, "add", &case, &file]);
            assert_eq!(ran.code, 1, "{what} {place}: {}{}", ran.out, ran.err);
            let said = ran.err;
            assert!(said.starts_with(&format!("odd.csv, {place}")), "file and place: {said}");
            assert!(said.contains("; "), "what to do: {said}");
            assert!(!said.contains('\u{fffd}') && said.lines().count() == 1, "{said:?}");
        }
    }
    assert!(kept(&case) == before);
    still_good(&bench, &case);
}

#[test]
fn a_case_that_was_damaged_says_what_to_do() {
    let (bench, case) = bench_with_case();
    bench.run(&["run", &case]).exits(0);
    let catalog = format!("{case}/derived/catalog.sqlite");
    std::fs::write(&catalog, "no database at all, but long enough to be looked at").expect("written");
    let ran = bench.run(&["run", &case]).exits(1);
    assert!(ran.err.contains("derived"), "{}", ran.err);
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived");
    bench.run(&["run", &case]).exits(0);
    still_good(&bench, &case);
    std::fs::write(format!("{case}/case.toml"), "name = [").expect("written");
    let ran = bench.run(&["findings", &case]).exits(1);
    assert!(ran.err.contains("case.toml"), "{}", ran.err);
}
