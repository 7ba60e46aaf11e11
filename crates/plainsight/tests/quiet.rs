//! Nothing but fetching an address reaches the network: the rest of the tool
//! runs where the kernel counts each packet that leaves.

#[path = "../../collect/tests/web/cable.rs"]
mod cable;
mod support;

use cable::{datagrams_out, in_a_namespace, is_inside, packets_out};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::{BINARY, Bench};

const NAME: &str = "all_but_fetching_sends_no_packet";

#[test]
fn all_but_fetching_sends_no_packet() {
    if !is_inside() {
        return in_a_namespace(NAME);
    }
    let bench = Bench::new();
    // The cable does count: an address that is fetched sends something.
    let probe = bench.at("probe");
    bench.run(&["new", &probe, "--lens", "overseas-posts"]).exits(0);
    let before = packets_out();
    bench.run(&["add", &probe, "http://9.9.9.9/", "--max-seconds", "1"]);
    assert!(packets_out() > before, "the cable counts nothing");

    let before = (packets_out(), datagrams_out());
    let case = bench.at("demo");
    bench.run(&["demo", "--no-serve", "--dir", &case]).exits(0);
    bench.run(&["id", "new"]).exits(0);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let claim = claims[0]["claim"].as_str().expect("an id").to_owned();
    bench.run(&["decide", &case, &claim, "--as", "confirm", "--reason", "r"]).exits(0);
    for command in [
        vec!["doctor", &case],
        vec!["findings", &case],
        vec!["names", &case],
        vec!["search", &case, "警务"],
        vec!["check", &case],
        vec!["log", &case],
        vec!["run", &case],
        vec!["verify", &case],
        vec!["publish", &case, "--out", &bench.at("dossier")],
        vec!["export", &case, "--format", "wacz", "--out", &bench.at("e.wacz")],
        vec!["read", "--json", &bench.at("e.wacz")],
        vec!["verify", &bench.at("dossier"), &bench.at("e.wacz")],
    ] {
        bench.run(&command).exits(0);
    }
    // The interface answers over the loopback device, which is no way out.
    let serving = Serving::start(&bench, &case);
    for page in ["", "posts", "sources", "search?q=%E8%AD%A6", "claims", "names", "ledger"] {
        let answer = serving.get(page);
        assert!(answer.starts_with("HTTP/1.1 200"), "{page}: {}", answer.lines().next().unwrap_or_default());
    }
    assert_eq!((packets_out(), datagrams_out()), before);
    serving.captures_what_is_pasted();
}

/// `serve`, asked by hand.
struct Serving {
    child: Child,
    host: String,
    path: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start(bench: &Bench, case: &str) -> Self {
        let mut command = bench.command(BINARY);
        command.args(["serve", case, "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it starts");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("piped"));
        while !line.starts_with("http://") {
            line.clear();
            assert!(said.read_line(&mut line).expect("a line") > 0, "it prints its address");
        }
        let (host, path) = line.trim()["http://".len()..].split_once('/').expect("a path");
        Self { host: host.to_owned(), path: path.to_owned(), child }
    }

    fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        let host = &self.host;
        write!(stream, "{head} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{body}").expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, page: &str) -> String {
        self.ask(&format!("GET /{}{page}", self.path), "\r\n")
    }

    /// A pasted address becomes a capture: a public one, which in here is on this machine.
    fn captures_what_is_pasted(&self) {
        let own = Command::new("ip").args(["addr", "add", "9.9.9.9/32", "dev", "lo"]).status();
        assert!(own.is_ok_and(|own| own.success()), "an address of our own");
        let site = TcpListener::bind("9.9.9.9:80").expect("the port of the web");
        std::thread::spawn(move || {
            for mut stream in site.incoming().flatten() {
                let mut asked = [0; 4096];
                let count = stream.read(&mut asked).unwrap_or(0);
                let body = "<title>Buurthuis Zilverhaven</title><p>Het buurthuis is elke dinsdag open.</p>";
                let answer = match asked[..count].starts_with(b"GET /robots.txt") {
                    true => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
                    false => format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    ),
                };
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        // As people write it, and one that leads nowhere public.
        let pasted = field("address", "http://9.9.9.9/blad\n10.0.0.1/x\n");
        let form = format!("{}{pasted}--x--\r\n", field("back", "sources"));
        let head = format!(
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n",
            form.len()
        );
        let answer = self.ask(&format!("POST /{}add", self.path), &format!("{head}{form}"));
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        let start = Instant::now();
        loop {
            let sources = self.get("sources");
            if sources.contains("Buurthuis Zilverhaven") && sources.contains("https://10.0.0.1/x") {
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{sources}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}
