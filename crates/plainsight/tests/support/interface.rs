//! The interface of a case as `serve` serves it, one request at a time.

// Each test binary uses its part.
#![allow(dead_code)]

use crate::support::{BINARY, Bench};
use std::io::{BufRead as _, Read as _, Write as _};
use std::time::Duration;

/// The interface of a case, and one request to it at a time.
pub struct Interface {
    child: std::process::Child,
    /// `http://127.0.0.1:PORT/SECRET/`.
    address: String,
}

impl Drop for Interface {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Interface {
    /// Serves a case; the services of this machine may be asked.
    pub fn of(bench: &Bench, case: &str) -> Self {
        let mut command = bench.command(BINARY);
        command.args(["serve", case, "--port", "0", "--allow-private", "127.0.0.1"]);
        let mut child = command.stdout(std::process::Stdio::piped()).spawn().expect("it starts");
        let mut address = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        std::io::BufReader::new(stdout).read_line(&mut address).expect("an address");
        Self { child, address: address.trim().to_owned() }
    }

    /// Sends a form, or asks for a page where there is none.
    pub fn send(&self, page: &str, form: Option<&str>) -> String {
        self.send_in("en", page, form)
    }

    /// The same for somebody whose browser asks for this language.
    pub fn send_in(&self, language: &str, page: &str, form: Option<&str>) -> String {
        let rest = self.address.strip_prefix("http://").expect("an address");
        let (host, path) = rest.split_once('/').expect("a path");
        let mut stream = std::net::TcpStream::connect(host).expect("it listens");
        let method = if form.is_some() { "POST" } else { "GET" };
        let form = form.unwrap_or_default();
        let head = format!(
            "{method} /{path}{page} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: {}\r\nAccept-Language: {language}\r\nConnection: close\r\n\r\n{form}",
            form.len()
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The page once it holds these words; what it holds after twenty seconds otherwise.
    pub fn once(&self, page: &str, words: &str) -> String {
        let start = std::time::Instant::now();
        loop {
            let answer = self.send(page, None);
            if answer.contains(words) || start.elapsed().as_secs() > 20 {
                return answer;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
