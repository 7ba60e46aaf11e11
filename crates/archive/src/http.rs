//! One HTTP/1.1 exchange over a [`Wire`] (RFC 9112): the whole request goes
//! in, the whole answer comes out, as `Wire` has it.

use crate::warc::coding::Dechunk;
use crate::warc::fields::{Fields, header_end};
use plainsight_model::{Wire, WireError};

/// Answers of authorities, calendars and models are a few KiB.
const MOST: usize = 1024 * 1024;
/// Longer addresses are somebody's mistake.
const LONGEST: usize = 1000;
/// An answer may be preceded by interim ones.
const MOST_INTERIM: usize = 5;

/// What is asked. It has no `Debug`: a key is in it.
pub struct Ask<'a> {
    /// Whom, as an address of the web.
    pub address: &'a str,
    /// The media type that is wanted.
    pub accept: &'a str,
    /// A body with its media type; without one it is a GET.
    pub body: Option<(&'a str, &'a [u8])>,
    /// A key for the service (RFC 6750), which no message ever shows.
    pub bearer: Option<&'a str>,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The media type without its parameters, in lower case.
    pub media_type: String,
    /// The body, free of its transfer coding.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The address is none that can be asked.
    #[error("{address}: {why}; give an address that begins with https:// or http://")]
    Address {
        /// The address as it was given, without a name or password in it.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The key holds what no header may.
    #[error("the key for {address} holds a character that no key has; set it again, without a line break")]
    Key {
        /// Who was to be asked.
        address: String,
    },
    /// Nothing came back.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// What came back is no HTTP.
    #[error("{address} gave {why}; ask another one, or this one later")]
    Answer {
        /// Who was asked.
        address: String,
        /// What came instead, in words.
        why: String,
    },
}

/// Asks, and takes the answer's body out of its coding.
///
/// # Errors
/// When the address cannot be asked, or nothing came back that is whole. A
/// status of failure is no error here.
pub fn ask(wire: &dyn Wire, ask: &Ask<'_>) -> Result<Answer, AskError> {
    let request = request(ask)?;
    let answer = wire.exchange(ask.address, &request)?;
    read(&answer).map_err(|why| AskError::Answer { address: ask.address.to_owned(), why })
}

fn request(ask: &Ask<'_>) -> Result<Vec<u8>, AskError> {
    let (host, target) =
        split(ask.address).map_err(|why| AskError::Address { address: without_name(ask.address), why })?;
    let method = if ask.body.is_some() { "POST" } else { "GET" };
    let mut head = format!(
        "{method} {target} HTTP/1.1\r\nHost: {host}\r\nAccept: {}\r\nUser-Agent: plainsight/{}\r\nConnection: close\r\n",
        ask.accept,
        env!("CARGO_PKG_VERSION")
    );
    if let Some(key) = ask.bearer {
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(AskError::Key { address: ask.address.to_owned() });
        }
        head.push_str(&format!("Authorization: Bearer {key}\r\n"));
    }
    if let Some((media_type, body)) = ask.body {
        if !media_type.is_empty() {
            head.push_str(&format!("Content-Type: {media_type}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let body = ask.body.map_or(&[][..], |(_, body)| body);
    Ok([head.as_bytes(), body].concat())
}

/// An address as messages may show it: whatever stands before an `@` is
/// somebody's name or password.
fn without_name(address: &str) -> String {
    address.rsplit_once('@').map_or_else(|| address.to_owned(), |(_, rest)| format!("…@{rest}"))
}

/// The host with its port, and the path with its query.
fn split(address: &str) -> Result<(&str, &str), &'static str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let rest = rest.ok_or("no address of the web")?;
    if address.len() > LONGEST {
        return Err("too long");
    }
    if !address.bytes().all(|byte| byte.is_ascii_graphic()) || address.contains('#') {
        return Err("holds a character that no address has");
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at(end);
    match (host, target) {
        ("", _) => Err("names no host"),
        (host, _) if host.contains('@') => Err("holds a name or password"),
        (host, "") => Ok((host, "/")),
        (_, query) if query.starts_with('?') => Err("has no path before its query"),
        (host, target) => Ok((host, target)),
    }
}

/// Reads an answer's bytes as they came.
fn read(mut bytes: &[u8]) -> Result<Answer, String> {
    if bytes.len() > MOST {
        return Err(format!("an answer of more than {} KiB", MOST / 1024));
    }
    for _ in 0..MOST_INTERIM {
        let end = header_end(bytes).ok_or("an answer that breaks off before its body")?;
        let (head, body) = bytes.split_at(end);
        let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let line = String::from_utf8_lossy(first).into_owned();
        let status =
            line.strip_prefix("HTTP/1.").and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        let status: u16 = status.ok_or("an answer that is no HTTP")?;
        if (100..200).contains(&status) {
            bytes = body;
            continue;
        }
        let (fields, _) = Fields::read(head.get(first.len()..).unwrap_or_default());
        let media_type = fields.get("Content-Type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        return Ok(Answer { status, media_type, body: plain(body, &fields)? });
    }
    Err("nothing but interim answers".into())
}

fn plain(body: &[u8], fields: &Fields) -> Result<Vec<u8>, String> {
    if fields.get("Content-Encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err("an answer in a content coding that was not asked for".into());
    }
    match fields.get("Transfer-Encoding") {
        Some(coding) if coding.eq_ignore_ascii_case("chunked") => {
            let (mut plain, mut dechunk) = (Vec::new(), Dechunk::default());
            dechunk.push(body, &mut |bytes| plain.extend_from_slice(bytes));
            if dechunk.is_whole() { Ok(plain) } else { Err("an answer whose chunks break off".into()) }
        }
        Some(_) => Err("an answer in a transfer coding that does not exist".into()),
        None => match fields.get("Content-Length").map(str::parse::<usize>) {
            None => Ok(body.to_vec()),
            Some(Ok(length)) => {
                body.get(..length).map(<[u8]>::to_vec).ok_or_else(|| "an answer that breaks off".into())
            }
            Some(Err(_)) => Err("an answer whose length is no number".into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_written_as_the_standard_has_it() {
        let made = |address, body| {
            let ask = Ask { address, accept: "a/b", body, bearer: None };
            request(&ask)
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .map_err(|why| why.to_string())
        };
        let post =
            made("https://tijd.zilverhaven.example:8443/tsa?x=1", Some(("c/d", &b"123"[..]))).expect("made");
        assert!(
            post.starts_with(
                "POST /tsa?x=1 HTTP/1.1\r\nHost: tijd.zilverhaven.example:8443\r\nAccept: a/b\r\n"
            )
        );
        assert!(post.ends_with("Content-Type: c/d\r\nContent-Length: 3\r\n\r\n123"), "{post}");
        let get = made("http://tijd.zilverhaven.example", None).expect("made");
        assert!(get.starts_with("GET / HTTP/1.1\r\nHost: tijd.zilverhaven.example\r\n"), "{get}");
        assert!(get.ends_with("Connection: close\r\n\r\n"), "{get}");
        for bad in [
            "ftp://a/",
            "https://",
            "https://jan:geheim@a/",
            "https://a/ b",
            "https://a/\r\nX: y",
            "https://a?x",
            "https://a/#b",
        ] {
            let why = made(bad, None).expect_err(bad);
            assert!(!why.contains("geheim"), "{why}");
        }
    }

    #[test]
    fn a_key_is_one_header_and_no_message_shows_it() {
        let made = |key| {
            let ask = Ask {
                address: "https://model.zilverhaven.example/v1",
                accept: "a/b",
                body: None,
                bearer: Some(key),
            };
            request(&ask).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        assert!(made("sleutel-1").expect("made").contains("\r\nAuthorization: Bearer sleutel-1\r\n"));
        for bad in ["", "sleutel 1", "sleutel\r\nX: y", "sleutel\n"] {
            let why = made(bad).expect_err(bad).to_string();
            assert!(!why.contains("sleutel"), "{why}");
        }
    }

    #[test]
    fn answers_are_read_as_they_come() {
        let body = |text: &str| {
            read(text.as_bytes())
                .map(|answer| (answer.status, String::from_utf8_lossy(&answer.body).into_owned()))
        };
        let ok = |text: &str| Ok((200, text.to_owned()));
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc"), ok("ab"));
        assert_eq!(body("HTTP/1.0 200 OK\r\n\r\nabc"), ok("abc"));
        assert_eq!(body("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc"), ok("abc"));
        assert_eq!(
            body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"),
            ok("abc")
        );
        for bad in [
            "",
            "abc",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 tweehonderd\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc",
        ] {
            assert!(body(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_answer_makes_it_panic(bytes in proptest::collection::vec(0u8..=255, 0..200), text in "\\PC{0,60}") {
            let _ = read(&[b"HTTP/1.1 200 OK\r\n", bytes.as_slice()].concat());
            let _ = split(&text);
        }
    }
}
