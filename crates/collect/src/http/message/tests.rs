//! Answers that end as they should, and answers that do not.

use super::*;
use proptest::prelude::*;

/// What a server sends, so many octets at a time, and how it ends.
struct Script {
    octets: Vec<u8>,
    at: usize,
    step: usize,
    end: Option<ErrorKind>,
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.octets[self.at..];
        let count = rest.len().min(self.step).min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        match self.end {
            Some(kind) if count == 0 => Err(kind.into()),
            _ => Ok(count),
        }
    }
}

impl Source for Script {
    fn hurry(&mut self, _most: Duration) {}
}

fn taken(octets: &[u8], end: Option<ErrorKind>, step: usize) -> Answer {
    let limits = Limits { body: 100, head: 1000, fields: 5, ..Limits::default() };
    read(&mut Script { octets: octets.to_vec(), at: 0, step, end }, &limits)
}

#[test]
fn each_ending_is_told_and_the_octets_are_all_kept() {
    let reset = Some(ErrorKind::ConnectionReset);
    let late = Some(ErrorKind::TimedOut);
    // What is sent, how the connection ends, status, how the capture was cut.
    type Row = (&'static str, Option<ErrorKind>, Option<u16>, Option<Cut>);
    let table: [Row; 25] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", None, Some(200), None),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", late, Some(200), None),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", reset, Some(200), None),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", None, Some(200), Some(Cut::Disconnect)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", reset, Some(200), Some(Cut::Disconnect)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", late, Some(200), Some(Cut::Time)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc", None, Some(200), Some(Cut::Unspecified)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", None, Some(200), None),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab", None, Some(200), None),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab", None, Some(200), None),
        ("HTTP/1.1 200 OK\r\n\r\nab", None, Some(200), None),
        ("HTTP/1.1 200 OK\r\n\r\nab", reset, Some(200), Some(Cut::Disconnect)),
        ("HTTP/1.0 200\r\n\r\nab", late, Some(200), Some(Cut::Time)),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", None, Some(304), None),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
            late,
            Some(204),
            None,
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", late, Some(200), None),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            late,
            Some(200),
            None,
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nxyz", None, Some(200), None),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
            None,
            Some(200),
            Some(Cut::Disconnect),
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxx\r\na\r\n",
            None,
            Some(200),
            Some(Cut::Unspecified),
        ),
        ("HTTP/1.1 200 OK\r\nA: b\r\n", None, None, Some(Cut::Disconnect)),
        ("HTTP/1.1 200 OK\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\n\r\n", None, None, Some(Cut::Length)),
        ("<html>\nno header at all</html>", None, None, Some(Cut::Unspecified)),
        ("", None, None, None),
        ("", late, None, Some(Cut::Time)),
    ];
    for (sent, end, status, cut) in table {
        for step in [1, 7, 10_000] {
            let answer = taken(sent.as_bytes(), end, step);
            assert_eq!(answer.head.map(|head| head.status), status, "{sent}");
            assert_eq!(answer.cut, cut, "{sent} {end:?}: {:?}", answer.complaints);
            // Behind a limit nothing more is taken.
            let whole = answer.octets.len() == sent.len() || cut == Some(Cut::Length);
            assert!(whole && sent.as_bytes().starts_with(&answer.octets), "{sent}");
            let says = answer.complaints.iter().any(|complaint| complaint.starts_with("incomplete"));
            assert_eq!(says, cut.is_some() && !sent.is_empty(), "{sent}: {:?}", answer.complaints);
        }
    }
}

#[test]
fn what_is_too_long_is_cut_and_the_cut_is_exact() {
    let long = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(500));
    let answer = taken(long.as_bytes(), None, 10_000);
    assert_eq!((answer.cut, answer.octets.len()), (Some(Cut::Length), 19 + 100));
    let endless = format!("HTTP/1.1 200 OK\r\nA: {}", "x".repeat(5000));
    assert_eq!(taken(endless.as_bytes(), None, 100).cut, Some(Cut::Length));
    let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(40);
    assert_eq!(taken(interim.as_bytes(), None, 10_000).cut, Some(Cut::Length));
}

#[test]
fn the_content_is_free_of_chunks() {
    let table = [
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nx", "a"),
        ("HTTP/1.1 200 OK\r\n\r\nabc", "abc"),
    ];
    for (sent, expected) in table {
        let answer = taken(sent.as_bytes(), None, 9);
        let head = answer.head.expect("a header");
        assert_eq!(content(&head, &answer.octets), expected.as_bytes());
    }
}

proptest! {
    #[test]
    fn no_octets_panic(octets in prop::collection::vec(any::<u8>(), 0..300), chunked: bool, step in 1usize..40) {
        let head = if chunked { "Transfer-Encoding: chunked" } else { "Content-Length: 90" };
        let sent = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").into_bytes(), octets.clone()].concat();
        for sent in [sent, octets] {
            let answer = taken(&sent, None, step);
            prop_assert!(sent.starts_with(&answer.octets));
        }
    }
}
