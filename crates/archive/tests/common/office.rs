//! An authority behind a `Wire`: `openssl ts -reply` answers, no network.

use super::authority::Authority;
use super::loopback::Loopback;
use plainsight_archive::Roots;
use plainsight_model::{Wire, WireError};
use std::sync::Mutex;

pub const HERE: &str = "https://tijd.zilverhaven.example/tsa";

/// Answers with what `openssl ts -reply` makes of the request's body, changed or not.
pub struct Office {
    pub authority: Authority,
    pub change: Box<dyn Fn(Vec<u8>) -> Vec<u8> + Send + Sync>,
    /// Whose key and certificate it signs with.
    pub signer: &'static str,
    pub asked: Mutex<Vec<Vec<u8>>>,
}

impl Office {
    pub fn open(test: &str) -> Option<Self> {
        let authority = Authority::open(test)?;
        authority.key("stamper", "P-256");
        authority.issue("stamper", "root", "stamper", 30);
        Some(Self {
            authority,
            change: Box::new(|answer| answer),
            signer: "stamper",
            asked: Mutex::default(),
        })
    }

    pub fn roots(&self) -> Roots {
        Roots::read(&self.authority.read("root.pem")).expect("a root")
    }
}

impl Wire for Office {
    fn exchange(&self, address: &str, request: &[u8]) -> Result<Vec<u8>, WireError> {
        let address = address.to_owned();
        if address.starts_with("http://127.0.0.1:") {
            return Loopback.exchange(&address, request);
        }
        if address != HERE {
            return Err(WireError::Failed { address, why: "niemand thuis".into() });
        }
        let end = request.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole request") + 4;
        let head = String::from_utf8_lossy(&request[..end]).into_owned();
        assert!(head.starts_with("POST /tsa HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nContent-Type: application/timestamp-query\r\n"), "{head}");
        self.asked.lock().expect("one at a time").push(request[end..].to_vec());
        self.authority.write("query", &request[end..]);
        self.authority.reply("answer", self.signer, &[]);
        let answer = (self.change)(self.authority.read("answer"));
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        Ok([head.as_bytes(), &answer].concat())
    }
}
