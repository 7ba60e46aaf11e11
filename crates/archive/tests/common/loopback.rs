//! The network of the tests: this machine, and nobody else.

use plainsight_model::{Wire, WireError};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Sends to `127.0.0.1` alone.
pub struct Loopback;

impl Wire for Loopback {
    fn exchange(&self, address: &str, request: &[u8]) -> Result<Vec<u8>, WireError> {
        let inside = address.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let Some(host) = inside.filter(|host| host.starts_with("127.0.0.1:")) else {
            return Err(WireError::Refused { address: address.to_owned() });
        };
        let failed =
            |why: std::io::Error| WireError::Failed { address: address.to_owned(), why: why.to_string() };
        let mut stream = TcpStream::connect(host).map_err(failed)?;
        stream.write_all(request).map_err(failed)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(failed)?;
        Ok(answer)
    }
}

/// `ots_calendar.py` of the tests, running until it is dropped.
pub struct Calendar {
    child: Child,
    pub address: String,
}

impl Calendar {
    pub fn start(python: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ots_calendar.py");
        let mut child =
            Command::new(python).arg(script).stdout(Stdio::piped()).spawn().expect("python starts");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut address).expect("an address");
        Self { child, address: address.trim().to_owned() }
    }

    /// Has it make a block; gives the block's height and header in one line.
    pub fn mine(&self) -> String {
        let request = "POST /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        let answer =
            Loopback.exchange(&format!("{}/mine", self.address), request.as_bytes()).expect("an answer");
        String::from_utf8_lossy(&answer).lines().last().expect("a line").to_owned()
    }
}

impl Drop for Calendar {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
