//! `stamp` through the real binary and its guard: an authority made with
//! `openssl ts` answers on the loopback device.

// Shared with the tests of `archive`, which use more of it.
#[allow(dead_code)]
#[path = "../../archive/tests/common/authority.rs"]
mod authority;
#[allow(dead_code)]
#[path = "../../archive/tests/common/oracles.rs"]
mod oracles;

use authority::Authority;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

fn run(folder: &Path, arguments: &[&str]) -> (i32, Vec<Value>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
    command.env("XDG_CONFIG_HOME", folder.join("config")).env("HOME", folder).current_dir(folder);
    let output = command.args(arguments).stdin(Stdio::null()).output().expect("starts");
    let lines = String::from_utf8_lossy(&output.stdout);
    let lines = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    (output.status.code().unwrap_or(-1), lines)
}

/// Answers one request with what the authority says; gives what was asked.
fn answer(mut stream: TcpStream, authority: &Authority) -> Vec<u8> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|got| got == 1) {
        request.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&request).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut query = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut query).expect("the whole query");
    authority.write("query", &query);
    let reply = std::fs::read(authority.reply("reply.tsr", "clock", &[])).expect("an answer");
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        reply.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&reply)).expect("sent");
    query
}

#[test]
fn a_case_is_stamped_and_a_stranger_checks_the_stamp() {
    let test = "a_case_is_stamped_and_a_stranger_checks_the_stamp";
    let Some(authority) = Authority::open(test) else { return };
    authority.key("clock", "P-256");
    authority.issue("clock", "root", "stamper", 3000);
    let roots = authority.path("root.pem");
    let roots = roots.to_str().expect("UTF-8").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody asks");
        (answer(stream, &authority), authority)
    });

    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    std::fs::write(here.join("blad.txt"), "Het buurthuis van Zilverhaven is open.").expect("written");
    assert_eq!(run(here, &["new", "zaak"]).0, 0);
    assert_eq!(run(here, &["add", "zaak", "blad.txt"]).0, 0);
    assert_eq!(run(here, &["stamp", "zaak"]).0, 2, "nobody to ask");
    let address = format!("http://127.0.0.1:{port}/tsa");
    // The guard holds for stamps too: without leave the loopback device is not asked.
    let (exit, rows) = run(here, &["stamp", "zaak", "--json", "--tsa", &address]);
    assert_eq!((exit, rows.len()), (1, 0));
    let asked =
        ["stamp", "zaak", "--json", "--tsa", &address, "--allow-private", "127.0.0.1", "--roots", &roots];
    let (exit, rows) = run(here, &asked);
    assert_eq!((exit, rows.len()), (0, 1), "{rows:?}");
    let (query, _authority) = served.join().expect("served");
    assert!(query.len() < 200, "nothing but a hash went out");
    assert!(rows[0]["time"].is_string() && rows[0]["until"].is_string(), "{rows:?}");

    let (_, log) = run(here, &["log", "zaak", "--json"]);
    let kinds: Vec<&str> = log.iter().filter_map(|row| row["kind"].as_str()).collect();
    assert_eq!(kinds, ["capture", "allow-private", "stamp"]);
    let whole = ["verify", "zaak", "--allow-unsigned", "--json", "--roots", &roots];
    let (exit, verified) = run(here, &whole);
    assert_eq!((exit, verified[0]["verdict"].as_str()), (0, Some("unsigned")), "{verified:?}");
    let (exit, verified) = run(here, &[&whole[..], &["--between", "2001-01-01", "2001-01-02"]].concat());
    assert_eq!((exit, verified[0]["verdict"].as_str()), (1, Some("not checked")), "{verified:?}");
    // A stamp over something else is found.
    let stamps = here.join("zaak/ledger/stamps");
    let head = std::fs::read_dir(&stamps).expect("listed").map(|entry| entry.expect("entry").path());
    let head =
        head.into_iter().find(|path| path.extension().is_some_and(|end| end == "head")).expect("a head");
    let mut text = std::fs::read(&head).expect("there");
    text[0] ^= 1;
    std::fs::write(&head, text).expect("written");
    assert_eq!(run(here, &whole).1[0]["verdict"].as_str(), Some("invalid"));
}
