//! `add` of addresses, through the real binary, against a server on the
//! loopback device whose pages are invented.

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was asked for and what was sent, in order.
type Log = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

struct Server {
    port: u16,
    log: Log,
    pages: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Server {
    fn start(pause: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, log: Log::default(), pages: Arc::default() };
        let (log, pages) = (server.log.clone(), server.pages.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, pages) = (log.clone(), pages.clone());
                std::thread::spawn(move || answer(stream, &log, &pages, pause));
            }
        });
        let rules = "User-agent: *\nDisallow: /niet-robots/\n";
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", rules.len());
        server.page("/robots.txt", &format!("{head}{rules}"));
        server
    }

    fn page(&self, path: &str, raw: &str) {
        self.pages.lock().expect("free").insert(path.to_owned(), raw.as_bytes().to_vec());
    }

    fn html(&self, path: &str, more: &str, body: &str) {
        let length = body.len();
        self.page(path, &format!("HTTP/1.1 200 OK\r\ncontent-TYPE: text/html; charset=utf-8\r\n{more}Content-Length: {length}\r\n\r\n{body}"));
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self, path: &str) -> usize {
        self.log.lock().expect("free").iter().filter(|(asked, _)| asked == path).count()
    }
}

fn answer(mut stream: TcpStream, log: &Log, pages: &Mutex<BTreeMap<String, Vec<u8>>>, pause: Duration) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|got| got == 1) {
        request.push(byte[0]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    if path != "/robots.txt" {
        std::thread::sleep(pause);
    }
    let page = pages.lock().expect("free").get(&path).cloned();
    let mut sent = page.unwrap_or_else(|| b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec());
    if request.contains("If-None-Match: \"een\"") && String::from_utf8_lossy(&sent).contains("ETag: \"een\"")
    {
        sent = b"HTTP/1.1 304 Not Modified\r\nETag: \"een\"\r\n\r\n".to_vec();
    }
    let _ = stream.write_all(&sent);
    log.lock().expect("free").push((path, sent));
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
    command.env("XDG_CONFIG_HOME", folder.join("config")).env("HOME", folder).current_dir(folder);
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, Vec<Value>) {
    let output: Output = command(folder, arguments).output().expect("starts");
    let lines = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    (output.status.code().unwrap_or(-1), lines)
}

/// A case, and the arguments that let it ask the loopback device.
fn case(folder: &Path) -> PathBuf {
    assert_eq!(run(folder, &["new", "zaak"]).0, 0);
    folder.join("zaak")
}

fn add(folder: &Path, inputs: &[&str], more: &[&str]) -> (i32, Vec<Value>) {
    let fixed = ["add", "zaak", "--json", "--allow-private", "127.0.0.1", "--pause", "0"];
    run(folder, &[&fixed[..], inputs, more].concat())
}

fn told(row: &Value) -> String {
    let complaints = row["complaints"].as_array().cloned().unwrap_or_default();
    complaints
        .iter()
        .map(|c| c["what"].as_str().unwrap_or_default().to_owned())
        .collect::<Vec<_>>()
        .join(" | ")
}

fn kinds(folder: &Path) -> Vec<String> {
    let (_, log) = run(folder, &["log", "zaak", "--json"]);
    log.iter().map(|row| row["kind"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_address_goes_in_and_a_capture_that_can_be_checked_comes_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let server = Server::start(Duration::ZERO);
    let body = "<html><title>Buurthuis 银港</title><p>Het buurthuis van Zilverhaven is elke dinsdag open voor iedereen uit de wijk.</p></html>";
    server.html("/blad", "", body);
    server.page("/oud", "HTTP/1.1 301 Moved\r\nLocation: /blad\r\nContent-Length: 0\r\n\r\n");
    case(here);
    let (exit, rows) = add(here, &[&server.at("/oud")], &[]);
    assert_eq!((exit, rows.len()), (0, 1), "{rows:?}");
    assert_eq!(
        (rows[0]["status"].as_str(), &rows[0]["input"]),
        (Some("added"), &Value::from(server.at("/oud")))
    );
    let capture = rows[0]["captures"][0].as_str().expect("an id").to_owned();
    assert_eq!(kinds(here), ["allow-private", "robots", "robots", "capture"]);

    let (_, log) = run(here, &["log", "zaak", "--json"]);
    let told = &log.last().expect("an entry")["body"];
    assert_eq!(
        (told["uri"].as_str(), told["wire"]["hops"].as_u64()),
        (Some(server.at("/blad").as_str()), Some(2))
    );
    let archive = here.join("zaak/archive/plainsight-00001.warc.gz");
    let archive = archive.to_str().expect("UTF-8");
    let (_, records) = run(here, &["warc", "ls", "--json", archive]);
    let kind = |record: &Value| record["type"].as_str().unwrap_or_default().to_owned();
    let types: Vec<String> = records.iter().map(kind).collect();
    let exchange = ["response", "request", "metadata"];
    let wanted = [&["warcinfo"][..], &exchange, &exchange, &exchange].concat();
    assert_eq!(types, wanted, "robots.txt, the redirect, the page");
    assert_eq!(run(here, &["verify", "--json", "--allow-unsigned", "zaak"]).0, 0);
    assert_eq!(run(here, &["verify", archive]).0, 0);

    // Every byte that the server says it sent stands in the archive.
    let packed = std::fs::read(archive).expect("there");
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut plain).expect("whole");
    for (path, sent) in server.log.lock().expect("free").iter() {
        assert!(plain.windows(sent.len()).any(|window| window == &sent[..]), "{path}");
    }

    assert_eq!(run(here, &["run", "zaak"]).0, 0);
    let (_, hits) = run(here, &["search", "zaak", "Zilverhaven", "--json"]);
    assert_eq!(hits[0]["url"].as_str(), Some(server.at("/blad").as_str()));
    let (exit, csl) = run(here, &["cite", "zaak", &capture, "--as", "csl"]);
    assert_eq!(
        (exit, csl[0]["title"].as_str(), csl[0]["URL"].as_str()),
        (0, Some("Buurthuis 银港"), Some(server.at("/blad").as_str()))
    );
    assert_eq!(run(here, &["cite", "zaak", "cap-00000000000000000000000000000000"]).0, 1);
}

#[test]
fn a_second_capture_is_a_revisit_or_says_that_the_page_changed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let server = Server::start(Duration::ZERO);
    let text = |day: &str| {
        format!(
            "<html><title>Blad</title><p>Het buurthuis van Zilverhaven is op {day} open voor iedereen uit de hele wijk.</p></html>"
        )
    };
    server.html("/blad", "ETag: \"een\"\r\n", &text("dinsdag"));
    case(here);
    let address = server.at("/blad");
    let (_, first) = add(here, &[&address], &[]);
    std::thread::sleep(Duration::from_millis(1100));
    let (exit, second) = add(here, &[&address], &[]);
    assert_eq!((exit, second[0]["status"].as_str()), (0, Some("known")), "{second:?}");
    assert_eq!(second[0]["captures"], first[0]["captures"]);
    assert!(told(&second[0]).contains("unchanged since"), "{}", told(&second[0]));
    let archive = here.join("zaak/archive/plainsight-00001.warc.gz");
    let (_, records) = run(here, &["warc", "ls", "--json", archive.to_str().expect("UTF-8")]);
    assert_eq!(records.iter().filter(|record| record["type"] == "revisit").count(), 1);
    server.html("/blad", "ETag: \"twee\"\r\n", &text("woensdag"));
    let (exit, third) = add(here, &[&address], &[]);
    assert_eq!((exit, third[0]["status"].as_str()), (0, Some("added")), "{third:?}");
    assert!(told(&third[0]).contains("changed since"), "{}", told(&third[0]));
    assert_eq!(run(here, &["run", "zaak"]).0, 0);
    let case = plainsight_case::Case::open_read_only(&here.join("zaak")).expect("opens");
    let document = third[0]["documents"][0].as_str().expect("an id");
    let view = case.document(document).expect("readable").expect("there");
    let [version] = &view.versions[..] else { panic!("{:?}", view.versions) };
    assert_eq!(first[0]["documents"][0].as_str(), Some(version.document.as_str()));
    assert!(
        version.only_here[0].contains("woensdag") && version.only_there[0].contains("dinsdag"),
        "{version:?}"
    );
    assert!(view.footnotes[0].text().contains(&address));
    assert_eq!(run(here, &["verify", "--json", "--allow-unsigned", "zaak"]).0, 0);
}

#[test]
fn what_is_refused_is_asked_for_by_nobody_and_stands_in_the_ledger() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let server = Server::start(Duration::ZERO);
    server.html(
        "/niet-robots/blad",
        "",
        "<p>niet voor robots, wel voor mensen die in Zilverhaven wonen en lezen</p>",
    );
    case(here);
    // Without --allow-private the loopback device is not asked.
    let (exit, rows) = run(here, &["add", "zaak", "--json", &server.at("/blad")]);
    assert_eq!((exit, rows[0]["status"].as_str()), (1, Some("refused")));
    let secret = "http://naam:xq7geheim@127.0.0.1/";
    for address in [secret, "ftp://zilverhaven.example/x", "http://localhost/", "file:///etc/passwd"] {
        let (exit, rows) = run(here, &["add", "zaak", "--json", address]);
        assert_eq!((exit, rows[0]["status"].as_str()), (1, Some("refused")), "{address}");
    }
    assert!(server.log.lock().expect("free").is_empty(), "nobody was asked");
    assert_eq!(kinds(here), ["refusal"; 5]);
    for file in walk(&here.join("zaak")) {
        let bytes = std::fs::read(&file).expect("readable");
        assert!(!bytes.windows(9).any(|window| window == b"xq7geheim"), "{}", file.display());
    }

    // Who gives no answer is told with a record of its own: nobody listens on this port any more.
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let (exit, rows) = add(here, &[&format!("http://127.0.0.1:{port}/")], &[]);
    assert_eq!((exit, rows[0]["status"].as_str()), (1, Some("refused")));
    let (_, records) = run(
        here,
        &[
            "warc",
            "ls",
            "--json",
            here.join("zaak/archive/plainsight-00001.warc.gz").to_str().expect("UTF-8"),
        ],
    );
    assert_eq!(records.iter().filter(|record| record["type"] == "metadata").count(), 1, "{records:?}");

    let forbidden = server.at("/niet-robots/blad");
    let (exit, rows) = add(here, &[&forbidden], &[]);
    assert_eq!((exit, rows[0]["status"].as_str()), (1, Some("refused")));
    assert!(told(&rows[0]).contains("robots.txt"), "{}", told(&rows[0]));
    assert_eq!(server.asked("/niet-robots/blad"), 0);
    assert_eq!(add(here, &[&forbidden], &["--despite-robots"]).0, 2);
    let (exit, rows) = add(here, &[&forbidden], &["--despite-robots", "--reason", "van algemeen belang"]);
    assert_eq!((exit, rows[0]["status"].as_str()), (0, Some("added")), "{rows:?}");
    let (_, log) = run(here, &["log", "zaak", "--json"]);
    let robots = log.iter().rfind(|row| row["kind"] == "robots").expect("told");
    assert_eq!(
        (&robots["body"]["despite"], robots["body"]["reason"].as_str()),
        (&Value::from(true), Some("van algemeen belang"))
    );
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed").map(|entry| entry.expect("entry").path()) {
        if entry.is_dir() { files.extend(walk(&entry)) } else { files.push(entry) }
    }
    files
}

#[test]
fn what_ends_early_is_kept_with_what_arrived() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let server = Server::start(Duration::ZERO);
    server.page("/kort", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>Het begin van een lang blad uit Zilverhaven");
    server.page(
        "/lang",
        &format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{}", "银港 ".repeat(90_000)),
    );
    case(here);
    let (exit, rows) =
        add(here, &[&server.at("/kort"), &server.at("/lang"), &server.at("/weg")], &["--max-bytes", "50000"]);
    assert_eq!(exit, 0, "{rows:?}");
    for (row, beginning) in
        rows.iter().zip(["incomplete", "incomplete", "the server answered with status 404"])
    {
        assert_eq!(row["status"].as_str(), Some("added"), "{row}");
        assert!(told(row).contains(beginning), "{row}");
    }
    let archive = here.join("zaak/archive/plainsight-00001.warc.gz");
    let packed = std::fs::read(archive).expect("there");
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("whole");
    let plain = String::from_utf8_lossy(&bytes);
    assert_eq!(plain.matches("WARC-Truncated: disconnect").count(), 1);
    assert_eq!(plain.matches("WARC-Truncated: length").count(), 1);
    assert_eq!(run(here, &["verify", "--json", "--allow-unsigned", "zaak"]).0, 0);
    assert_eq!(run(here, &["run", "zaak"]).0, 0);
}

#[test]
fn a_list_goes_on_where_it_was_killed_and_fetches_nothing_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let server = Server::start(Duration::from_millis(150));
    let paths: Vec<String> = (1..=8).map(|number| format!("/blad-{number}")).collect();
    for path in &paths {
        server.html(
            path,
            "",
            &format!("<p>Het buurthuis van Zilverhaven, blad {path}, voor iedereen uit de hele wijk.</p>"),
        );
    }
    let list: String = paths.iter().map(|path| server.at(path) + "\n").collect();
    std::fs::write(here.join("lijst.txt"), format!("# de bladen\n{list}")).expect("written");
    case(here);
    let fixed = ["add", "zaak", "--json", "--allow-private", "127.0.0.1", "--pause", "0", "lijst.txt"];
    let mut first =
        command(here, &fixed).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    let start = std::time::Instant::now();
    while server.asked("/blad-3") == 0 {
        assert!(start.elapsed() < Duration::from_secs(60), "the third page was never asked for");
        std::thread::sleep(Duration::from_millis(10));
    }
    first.kill().expect("killed");
    first.wait().expect("ended");
    let (exit, rows) = run(here, &fixed);
    assert_eq!(exit, 0, "{rows:?}");
    let of_paths =
        rows.iter().filter(|row| row["input"].as_str().is_some_and(|input| input.starts_with("http")));
    assert_eq!(of_paths.count(), 8);
    let twice: Vec<&String> = paths.iter().filter(|path| server.asked(path) > 1).collect();
    assert!(twice.len() <= 1, "only what was on its way when it was killed: {twice:?}");
    assert!(server.asked("/blad-1") == 1 && server.asked("/blad-8") == 1);
    assert_eq!(run(here, &["verify", "--json", "--allow-unsigned", "zaak"]).0, 0);
    // A sitemap names its pages.
    let pages: String =
        paths[..2].iter().map(|path| format!("<url><loc>{}</loc></url>", server.at(path))).collect();
    server.page("/sitemap.xml", &format!("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<?xml version=\"1.0\"?><urlset>{pages}</urlset>"));
    let before = server.asked("/blad-1");
    let (exit, rows) = add(here, &[&server.at("/sitemap.xml"), &server.at("/blad-1")], &[]);
    assert_eq!((exit, rows.len()), (0, 4), "{rows:?}");
    assert_eq!(server.asked("/blad-1"), before + 1, "named twice, fetched once");
    assert!(told(&rows[0]).contains("names 2 addresses"), "{}", told(&rows[0]));
    // The same list once more is a new wish: all is asked for again.
    assert_eq!(run(here, &fixed).0, 0);
    assert_eq!(server.asked("/blad-8"), 2);
    // A list with an address that is refused says so and takes the rest.
    std::fs::write(
        here.join("half.csv"),
        format!("url,noot\nhttp://10.0.0.1/,intern\n{},goed\n", server.at("/blad-1")),
    )
    .expect("written");
    let (exit, rows) = add(here, &["half.csv"], &[]);
    let statuses: Vec<&str> = rows.iter().filter_map(|row| row["status"].as_str()).collect();
    assert_eq!(
        (exit, statuses.contains(&"refused"), statuses.contains(&"added")),
        (1, true, true),
        "{rows:?}"
    );
}

#[test]
fn a_forgotten_page_takes_its_whole_trail_with_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let server = Server::start(Duration::ZERO);
    let page = |words: &str| {
        format!("<html><title>Blad</title><p>{words}</p><img src=\"/stukken/foto.svg\"></html>")
    };
    server.html(
        "/wout-terpstra",
        "",
        &page("Bericht over een bewoner van Zilverhaven, dat hier niet hoort te staan."),
    );
    server.html(
        "/toren",
        "",
        &page("Bericht over de vuurtoren van Zilverhaven, die weer open is voor bezoek."),
    );
    server.html("/stukken/foto.svg", "", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    server.page(
        "/weg-naar-terpstra",
        "HTTP/1.1 302 Found\r\nLocation: /wout-terpstra\r\nContent-Length: 0\r\n\r\n",
    );
    case(here);
    let pages = [server.at("/weg-naar-terpstra"), server.at("/toren")];
    let (exit, rows) = add(here, &[&pages[0], &pages[1]], &["--with-parts"]);
    assert_eq!((exit, rows.len()), (0, 2), "{rows:?}");
    let document = rows[0]["documents"][0].as_str().expect("an id").to_owned();
    let (exit, _) = run(here, &["forget", "zaak", &document, "--reason", "asked for", "--yes"]);
    assert_eq!(exit, 0);

    let mut looked_at = 0;
    let mut waiting = vec![here.join("zaak")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()),
            );
            continue;
        }
        let mut bytes = std::fs::read(&path).expect("a file");
        if path.extension().is_some_and(|end| end == "gz") {
            bytes = Vec::new();
            let file = std::fs::File::open(&path).expect("a file");
            let _ = flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes);
        }
        looked_at += 1;
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("terpstra"), "{} still names it", path.display());
    }
    assert!(looked_at > 5);
    let (exit, told) = run(here, &["verify", "zaak", "--json"]);
    let faults = told[0]["faults"].as_array().map(Vec::len);
    assert_eq!((exit, faults), (1, Some(0)), "unsigned, but whole, and every record is named: {told:?}");
    let (_, log) = run(here, &["log", "zaak", "--json"]);
    let about = |path: &str| log.iter().filter(|entry| entry["body"].to_string().contains(path)).count();
    let kept = log.iter().find_map(|entry| entry["body"]["parts"]["kept"].as_array()).expect("its picture");
    let records = kept[0]["records"].as_array().expect("ids");
    let archive = std::fs::read_dir(here.join("zaak/archive")).expect("a folder");
    let mut held = String::new();
    for path in archive.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()) {
        let file = std::fs::File::open(&path).expect("a file");
        let mut bytes = Vec::new();
        let _ = flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes);
        held.push_str(&String::from_utf8_lossy(&bytes));
    }
    let id = records[0].as_str().expect("an id");
    assert!(
        held.contains(&format!("WARC-Record-ID: {id}")),
        "the other page keeps the picture that both had"
    );
    assert!(about("/toren") >= 2, "the other page keeps its capture and what robots.txt said of it");
}
