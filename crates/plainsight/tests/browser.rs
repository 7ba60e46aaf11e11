//! The interface in a real Chromium, over the demo case: what a person does
//! with mouse and keys, on every page, light and dark, wide and narrow.
//!
//! WebDriver is plain HTTP on the loopback; the few calls needed stand below.

use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const AXE: &str = include_str!("../../web/tests/vendor/axe.min.js");
/// A word of the lens, not of the example.
const WORD: &str = "服务站";

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Driver {
    port: u16,
    session: String,
    _process: Process,
}

fn http(port: u16, method: &str, path: &str, body: &Value) -> Value {
    let body = body.to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("chromedriver listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("time-out");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    stream.write_all(format!("{head}Content-Type: application/json\r\n\r\n{body}").as_bytes()).expect("sent");
    let mut answer = Vec::new();
    let mut chunk = [0; 16384];
    loop {
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
            if length.and_then(|l| l.trim().parse().ok()).is_some_and(|l: usize| body.len() >= l) {
                return serde_json::from_str(body).expect("json");
            }
        }
        let read = stream.read(&mut chunk).expect("answer");
        assert!(read > 0, "chromedriver ended in the middle of an answer");
        answer.extend_from_slice(&chunk[..read]);
    }
}

impl Driver {
    fn start(folder: &Path) -> Self {
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("port").port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let process = Process(process);
        wait_for("chromedriver", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        let profile = folder.join("profile");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1440,900",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let wish = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}});
        let answer = http(port, "POST", "/session", &wish);
        let session = answer["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        Self { port, session, _process: process }
    }
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = http(self.port, method, &format!("/session/{}/{path}", self.session), body);
        assert!(answer["value"]["error"].is_null(), "{path}: {}", answer["value"]["message"]);
        answer["value"].clone()
    }
    fn go(&self, address: &str) {
        self.call("POST", "url", &json!({"url": address}));
    }
    fn address(&self) -> String {
        self.call("GET", "url", &json!({})).as_str().unwrap_or_default().to_owned()
    }
    fn js(&self, script: &str) -> Value {
        self.call("POST", "execute/sync", &json!({"script": script, "args": []}))
    }
    fn holds(&self, text: &str) -> bool {
        self.js("return document.body.innerText").as_str().is_some_and(|body| body.contains(text))
    }
    fn keys(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})]
            })
            .collect();
        self.call("POST", "actions", &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}));
    }
    fn control(&self, key: char) {
        let press = |kind: &str, key: char| json!({"type": kind, "value": key});
        let actions = [
            press("keyDown", '\u{e009}'),
            press("keyDown", key),
            press("keyUp", key),
            press("keyUp", '\u{e009}'),
        ];
        self.call("POST", "actions", &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}));
    }
    fn click(&self, selector: &str, button: u8) {
        let element = self.call("POST", "element", &json!({"using": "css selector", "value": selector}));
        self.js(&format!("document.querySelector('{selector}').scrollIntoView({{block: 'center'}})"));
        let actions = json!([
            {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element},
            {"type": "pointerDown", "button": button},
            {"type": "pointerUp", "button": button},
        ]);
        self.call(
            "POST",
            "actions",
            &json!({"actions": [{"type": "pointer", "id": "p", "actions": actions}]}),
        );
    }
    fn cdp(&self, command: &str, parameters: Value) {
        self.call("POST", "goog/cdp/execute", &json!({"cmd": command, "params": parameters}));
    }
    fn width(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.cdp("Emulation.setDeviceMetricsOverride", size);
    }
    /// What axe-core finds wrong with the page, one line each.
    fn axe(&self) -> Vec<String> {
        self.js(AXE);
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {iframes: false}).then(r => done(r.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' ') + ' ' + n.failureSummary)))).catch(e => done([String(e)]))";
        let found = self.call("POST", "execute/async", &json!({"script": script, "args": []}));
        found
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| line.as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        http(self.port, "DELETE", &format!("/session/{}", self.session), &json!({}));
    }
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

fn serve(folder: &Path) -> (Process, String) {
    let program = env!("CARGO_BIN_EXE_plainsight");
    let command = || {
        let mut command = Command::new(program);
        command.env("XDG_CONFIG_HOME", folder.join("config")).env("HOME", folder).current_dir(folder);
        command
    };
    let made = command().args(["demo", "--no-serve"]).output().expect("demo runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut serving =
        command().args(["serve", "plainsight-demo"]).stdout(Stdio::piped()).spawn().expect("serves");
    let mut out = std::io::BufReader::new(serving.stdout.take().expect("output"));
    let serving = Process(serving);
    let mut line = String::new();
    while !line.starts_with("http://") {
        line.clear();
        assert!(
            std::io::BufRead::read_line(&mut out, &mut line).expect("line") > 0,
            "no address was printed"
        );
    }
    (serving, line.trim().to_owned())
}

#[test]
fn a_person_works_through_the_interface() {
    if !has("chromium") || !has("chromedriver") {
        assert!(
            std::env::var_os("CI").is_none(),
            "chromium and chromedriver are missing: apt install chromium chromium-driver"
        );
        eprintln!(
            "NOT RUN: a_person_works_through_the_interface: chromium or chromedriver is missing (apt install chromium chromium-driver)"
        );
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    let (_serving, home) = serve(folder.path());
    let driver = Driver::start(folder.path());
    let start = Instant::now();
    driver.go(&home);
    assert!(start.elapsed() < Duration::from_secs(5), "the first page took {:?}", start.elapsed());
    by_keys_from_search_to_undo(&driver, &home);
    tabs_reload_back_and_download(&driver, &home, folder.path());
    a_pasted_address_is_answered_on_the_page(&driver, &home);
    views_hold_the_same_as_their_tables(&driver, &home);
    a_pair_is_decided_by_keys_and_taken_back(&driver, &home);
    an_entity_leads_to_its_quote_and_a_register_answers(&driver, &home);
    every_page_is_sound(&driver, &home);
}

/// Names: different asks why, the answer stands under Decided, Ctrl+Z takes it back; same joins.
fn a_pair_is_decided_by_keys_and_taken_back(driver: &Driver, home: &str) {
    driver.go(&format!("{home}names"));
    let pairs = || driver.js("return document.querySelectorAll('form.decide').length");
    assert_eq!(pairs(), json!(1), "the demo has a pair to decide");
    let what = "return document.querySelector('form.decide [name=what]').value";
    let pair = driver.js(what);
    driver.keys("n");
    assert_eq!(driver.js("return document.activeElement.id"), json!("reason"), "different asks a reason");
    driver.keys("a county is no city");
    driver.keys("\u{e007}");
    wait_for("the decision", || driver.holds("Different, by"));
    assert!(driver.js("return document.querySelector('form.decide [name=what]')?.value") != pair);
    driver.go(&format!("{home}names?decided=1"));
    assert!(driver.holds("a county is no city"), "it stands under Decided");
    driver.control('z');
    wait_for("the undo", || {
        driver.holds("Taken back") && driver.holds("Nobody has decided about a pair yet")
    });
    driver.go(&format!("{home}pair/{}", pair.as_str().unwrap_or_default()));
    assert_eq!(driver.js(what), pair, "the pair waits again");
    driver.js("document.querySelector('#reason').focus()");
    driver.keys("\u{e007}");
    assert_eq!(driver.js(what), pair, "Enter in the field decides nothing");
    driver.js("document.activeElement.blur()");
    driver.keys("y");
    wait_for("the other decision", || driver.holds("Same, by"));
    driver.go(&format!("{home}entities?several=1&kind=agency"));
    driver.click("tbody .name a", 0);
    wait_for("the entity", || driver.address().contains("/entity/") && driver.holds("Joined from"));
    driver.click("button.btn:has(.vh):is(li *)", 0);
    wait_for("the split", || driver.holds("Taken back"));
    driver.go(&format!("{home}entities?several=1&kind=agency"));
    assert!(driver.holds("No entity fits these filters"), "split again");
}

/// The words of an entity stand where its link leads; a register is asked, and its file has the same rows.
fn an_entity_leads_to_its_quote_and_a_register_answers(driver: &Driver, home: &str) {
    driver.go(&format!("{home}entities?kind=agency"));
    driver.click("tbody .name a", 0);
    wait_for("the entity", || driver.address().contains("/entity/"));
    let value = driver.js("return document.querySelector('.said mark').textContent");
    driver.click(".said tbody a[href*=\"/doc/\"]", 0);
    wait_for("the document", || driver.address().contains("/doc/"));
    let mark = "return document.getElementById(decodeURIComponent(location.hash.slice(1)))?.textContent";
    assert_eq!(driver.js(mark), value, "{}", driver.address());

    driver.go(&format!("{home}registers"));
    driver.click("tbody .name a", 0);
    wait_for("the register", || driver.address().contains("/register/"));
    let rows = "return document.querySelectorAll('#rows tbody tr').length";
    let all = driver.js(rows).as_u64().unwrap_or(0);
    let seat = driver.js("return document.querySelector('#rows td[data-l=Seat]').textContent");
    driver.js("document.querySelector('#rows [name=q]').focus()");
    driver.keys(seat.as_str().unwrap_or_default());
    driver.keys("\u{e007}");
    wait_for("the answer", || driver.address().contains("q=") && driver.holds("“"));
    let found = driver.js(rows).as_u64().unwrap_or(0);
    assert!((1..=all).contains(&found) && all > 0, "{found} of {all} rows hold {seat}");
    let file = "const ask = new XMLHttpRequest(); ask.open('GET', document.querySelector('.head a[href*=\".csv\"]').href, false); ask.send(); return ask.responseText.trim().split('\\n').length";
    assert_eq!(driver.js(file).as_u64(), Some(found + 1), "the file has the rows of the table");
}

/// Picture, table and list of a view have the same rows under every filter; a press on a mark opens its claim.
fn views_hold_the_same_as_their_tables(driver: &Driver, home: &str) {
    let count = |script: &str| driver.js(&format!("return {script}")).as_u64().unwrap_or(u64::MAX);
    let rows = || count("document.querySelectorAll('main tbody tr').length");
    let listed = || {
        let list = "const list = new XMLHttpRequest(); list.open('GET', document.querySelector('.head a[href*=\".csv\"]').href, false); list.send(); \
            return list.responseText.trim().split('\\r\\n').length - 1";
        driver.js(list).as_u64().unwrap_or(u64::MAX)
    };
    // A marker of several posts says how many.
    let posts = "[...document.querySelectorAll('svg.map a')].reduce((sum, a) => sum + (parseInt(a.querySelector('title').textContent.match(/^(\\d+) posts close/)?.[1]) || 1), 0)";
    let views = [
        ("timeline", "document.querySelectorAll('.track .mark').length"),
        ("timeline?what=opened", "document.querySelectorAll('.track .mark').length"),
        ("timeline?from=2022&to=2022-10", "document.querySelectorAll('.track .mark').length"),
        ("map", posts),
        ("map?register=not+listed", posts),
        ("map?z=2", posts),
        ("network", "document.querySelectorAll('svg.net a[href*=\"/claim/\"]').length"),
        ("network?what=hosted_by", "document.querySelectorAll('svg.net a[href*=\"/claim/\"]').length"),
    ];
    let mut seen = Vec::new();
    for (view, picture) in views {
        driver.go(&format!("{home}{view}"));
        let drawn = count(picture);
        assert_eq!((drawn, rows(), listed()), (drawn, drawn, drawn), "{view}: picture, table, list");
        seen.push(drawn);
    }
    assert!(
        seen[1] < seen[0] && seen[1] > 0 && seen[2] < seen[0] && seen[2] > 0,
        "{seen:?}: a filter takes away"
    );
    assert!(
        seen[4] < seen[3] && seen[4] > 0 && seen[7] < seen[6] && seen[7] > 0,
        "{seen:?}: a filter takes away"
    );

    driver.go(&format!("{home}timeline?what=opened"));
    let claim = driver.js("return document.querySelector('.track .row div a').href");
    driver.click(".track .row .mark svg", 0);
    wait_for("the claim of a mark", || driver.address().contains("/claim/"));
    assert_eq!(json!(driver.address()), claim, "mark and words lead to one claim");
    driver.call("POST", "back", &json!({}));
    wait_for("the timeline", || driver.address().ends_with("timeline?what=opened"));

    driver.go(&format!("{home}map"));
    driver.click("svg.map a", 0);
    wait_for("the post of a marker, or its part of the map", || {
        driver.address().contains("/post/") || driver.address().contains("bbox=")
    });
    driver.go(&format!("{home}network"));
    driver.click("svg.net a[href*=\"network?of=\"] circle", 0);
    wait_for("what lies around a body", || driver.address().contains("network?of="));
    let strange = "[...document.querySelectorAll('svg.net a[href*=\"of=\"]')].length";
    assert!(count(strange) < 16, "around one body stands less than the whole");

    // From Dossier by keys alone: the first gate's link is the next in the list.
    driver.go(&format!("{home}dossier"));
    assert!(driver.holds("Nothing would be printed") && driver.holds("plainsight publish plainsight-demo"));
    driver.keys("j");
    driver.keys("\u{e007}");
    wait_for("the claims to decide", || driver.address().contains("claims?open=1"));
}

/// An address is typed into the field of Overview and sent off; what became of it stands there.
fn a_pasted_address_is_answered_on_the_page(driver: &Driver, home: &str) {
    driver.go(home);
    driver.js("document.querySelector('#address').focus()");
    driver.keys("127.0.0.1/geheim");
    driver.click("form:has(#address) button", 0);
    wait_for("the answer", || driver.holds("https://127.0.0.1/geheim") && driver.holds("was not taken"));
    assert!(driver.address().starts_with(home), "the page stays: {}", driver.address());
    driver.go(&format!("{home}sources"));
    assert!(driver.holds("https://127.0.0.1/geheim"), "Sources lists what was refused");
}

/// Search → document → claim → confirm → undo, the mouse untouched.
fn by_keys_from_search_to_undo(driver: &Driver, home: &str) {
    driver.keys("/");
    driver.keys(WORD);
    driver.keys("\u{e007}");
    wait_for("the hits", || {
        driver.address().contains("search?q=")
            && driver.js("return !!document.querySelector('.hits a')") == json!(true)
    });
    driver.js("document.querySelector('.hits a').focus()");
    driver.keys("\u{e007}");
    wait_for("the document", || driver.address().contains("/doc/"));
    assert_eq!(
        driver.js("return document.querySelector('.archived iframe').getAttribute('sandbox')"),
        json!("")
    );
    driver.go(&format!("{home}claims"));
    // A key that comes before the script listens is lost, as it is to a person.
    wait_for("a row", || {
        driver.keys("j");
        driver.js("return !!document.activeElement.closest('[data-list]')") == json!(true)
    });
    driver.keys("\u{e007}");
    wait_for("the claim", || driver.address().contains("/claim/"));
    if driver.js("return !!document.querySelector('#who')") == json!(true) {
        driver.js("document.querySelector('#who').focus()");
        driver.keys("Ida Brandt");
        driver.js("document.querySelector('main').focus()");
    }
    driver.keys("y");
    wait_for("the decision", || driver.js("return !!document.querySelector('#undo')") == json!(true));
    assert!(driver.holds("Confirmed by"), "{}", driver.address());
    driver.control('z');
    wait_for("the undo", || driver.holds("Nobody has decided") && driver.holds("Taken back"));
    driver.keys("n");
    assert_eq!(driver.js("return document.activeElement.id"), json!("reason"), "rejecting asks a reason");
}

fn tabs_reload_back_and_download(driver: &Driver, home: &str, folder: &Path) {
    driver.go(&format!("{home}posts"));
    let windows =
        |driver: &Driver| driver.call("GET", "window/handles", &json!({})).as_array().map_or(0, Vec::len);
    let before = windows(driver);
    driver.click(".name a", 1);
    wait_for("a new tab", || windows(driver) == before + 1);
    let handles = driver.call("GET", "window/handles", &json!({}));
    let first = driver.call("GET", "window", &json!({}));
    let other =
        handles.as_array().into_iter().flatten().find(|h| **h != first).cloned().expect("the new tab");
    driver.call("POST", "window", &json!({"handle": other}));
    wait_for("the post", || driver.address().contains("/post/") && driver.holds("kept apart"));
    driver.call("DELETE", "window", &json!({}));
    driver.call("POST", "window", &json!({"handle": first}));
    driver.click(".name a", 0);
    wait_for("the post", || driver.address().contains("/post/"));
    driver.call("POST", "refresh", &json!({}));
    assert!(driver.holds("kept apart"));
    driver.call("POST", "back", &json!({}));
    wait_for("the list", || driver.address().ends_with("/posts"));
    let downloads = folder.join("downloads");
    driver.cdp("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": downloads}));
    driver.click(".head .btns a[href*=\"posts.csv\"]", 0);
    let file = downloads.join("posts.csv");
    wait_for("the download", || {
        std::fs::read(&file).is_ok_and(|bytes| bytes.starts_with(b"\xef\xbb\xbf\"number\""))
    });
}

/// axe finds nothing, light and dark, wide and narrow; nothing scrolls sideways at 320.
fn every_page_is_sound(driver: &Driver, home: &str) {
    let first = |page: &str, selector: &str| {
        driver.go(&format!("{home}{page}"));
        let link = driver.js(&format!("return document.querySelector('{selector}')?.href"));
        link.as_str().map(|link| link.replace(home, ""))
    };
    let mut pages: Vec<String> = [
        "",
        "posts",
        "claims",
        "sources",
        "ledger",
        "names",
        "names?table=1",
        "names?decided=1",
        "names?kind=zzzz",
        "entities",
        "entities?kind=person",
        "registers",
        "proposals",
        "to-read",
        "search",
        "search?q=%E6%9C%8D%E5%8A%A1%E7%AB%99",
        "search?q=zzzz",
        "doc/none",
        "map",
        "map?z=1",
        "map?place=none",
        "timeline",
        "timeline?from=x&post=none",
        "timeline?undated=1",
        "network",
        "network?of=nobody",
        "dossier",
    ]
    .map(str::to_owned)
    .to_vec();
    pages.extend(first("posts", ".name a"));
    pages.extend(first("claims", ".name a"));
    pages.extend(first("sources", ".name a"));
    pages.extend(first("network", "#table .name a"));
    pages.extend(first("names?table=1", ".name a"));
    pages.extend(first("entities?kind=agency", ".name a"));
    pages.extend(first("entities?kind=post", ".name a"));
    let register = first("registers?complete=yes", ".name a");
    pages.extend(register.iter().map(|page| format!("{page}?q=zzzz")));
    pages.extend(register);
    let mut faults = Vec::new();
    for page in &pages {
        for theme in ["light", "dark"] {
            driver.cdp(
                "Emulation.setEmulatedMedia",
                json!({"features": [{"name": "prefers-color-scheme", "value": theme}]}),
            );
            for width in [1440, 390] {
                driver.width(width, 900);
                driver.go(&format!("{home}{page}"));
                faults
                    .extend(driver.axe().into_iter().map(|fault| format!("{page} {theme} {width}: {fault}")));
            }
        }
        driver.width(320, 800);
        driver.go(&format!("{home}{page}"));
        // On a busy machine the page is narrowed a moment after it was asked for.
        let mut wide = driver.js("return document.documentElement.scrollWidth");
        for _ in 0..50 {
            if wide.as_u64().is_some_and(|wide| wide <= 320) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
            wide = driver.js("return document.documentElement.scrollWidth");
        }
        if wide.as_u64().is_none_or(|wide| wide > 320) {
            let who = driver.js("return [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.scroll')).slice(0, 4).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)).join(' | ')");
            faults.push(format!("{page} at 320: {wide} wide: {who}"));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
