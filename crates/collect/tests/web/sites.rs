//! Sites that behave, and sites that do not, with what is kept of each.

use super::{Act, Web, page, send, to};
use plainsight_collect::Cut;

/// A site, what it does, and what a capture of it must hold.
pub struct Row {
    pub place: &'static str,
    pub acts: Vec<Act>,
    pub statuses: &'static [u16],
    pub cut: Option<Cut>,
    /// Words that the complaints must hold; empty for none at all.
    pub says: &'static str,
}

fn row(
    place: &'static str,
    acts: Vec<Act>,
    statuses: &'static [u16],
    cut: Option<Cut>,
    says: &'static str,
) -> Row {
    Row { place, acts, statuses, cut, says }
}

/// The sites; `kade.test/far` has to be there for those that lead to it.
pub fn table(web: &Web) -> Vec<Row> {
    let gbk = b"\xba\xc9\xc0\xbc\xb0\xa2\xc4\xb7\xcb\xb9\xcc\xd8\xb5\xa4";
    let gzip: &[u8] =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xcb\x48\x05\x00\x70\xf2\x8f\xc3\x02\x00\x00\x00";
    let long = "x".repeat(150_000);
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(300));
    let elsewhere = web.uri("kade.test/far");
    vec![
        row("gbk.test/a", page("Content-Type: text/html; charset=gb2312\r\n", gbk), &[200], None, ""),
        row("mislabelled.test/a", page("Content-Type: text/html; charset=utf-8\r\n", gbk), &[200], None, ""),
        row("odd-case.test/a", page("cOnTeNt-TyPe:text/html\r\nX-a:1\r\nx-A: 2\r\n", "a"), &[200], None, ""),
        row("gzip.test/a", page("Content-Encoding: gzip\r\n", gzip), &[200], None, ""),
        row("broken-gzip.test/a", page("Content-Encoding: gzip\r\n", &gzip[..9]), &[200], None, ""),
        row("unknown-coding.test/a", page("Content-Encoding: zstd, ilse\r\n", "abc"), &[200], None, ""),
        row("pdf.test/a", page("Content-Type: application/pdf\r\n", b"%PDF-1.4\n\0\xff"), &[200], None, ""),
        row("empty.test/a", page("", ""), &[200], None, ""),
        row("no-length.test/a", send("HTTP/1.0 200 OK\r\n\r\nto the end"), &[200], None, ""),
        row(
            "chunks.test/a",
            send(format!("{chunked}{}{}0\r\n\r\n", chunk("ab"), chunk("cde"))),
            &[200],
            None,
            "",
        ),
        row("trailer.test/a", send(format!("{chunked}{}0\r\nX: y\r\n\r\n", chunk("ab"))), &[200], None, ""),
        row(
            "interim.test/a",
            send(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
            ),
            &[200],
            None,
            "",
        ),
        row(
            "cookies.test/a",
            page("Set-Cookie: a=b\r\nSet-Cookie: c=d; HttpOnly\r\n", "a"),
            &[200],
            None,
            "",
        ),
        row("hsts.test/a", page("Strict-Transport-Security: max-age=31536000\r\n", "a"), &[200], None, ""),
        row("gone.test/a", send("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"), &[410], None, ""),
        row("broken.test/a", send("HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\nno"), &[500], None, ""),
        row("next.test/a", to(302, "/b"), &[302, 404], None, ""),
        row("across.test/a", to(301, &elsewhere), &[301, 200], None, ""),
        row("refresh.test/a", page(&format!("Refresh: 0; url={elsewhere}\r\n"), "a"), &[200, 200], None, ""),
        row("reload.test/a", page("Refresh: 5; url=/a\r\n", "a"), &[200], None, ""),
        row("circle.test/a", to(302, "/a"), &[302], None, "in a circle"),
        row(
            "both.test/a",
            send(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
                chunk("ab")
            )),
            &[200],
            None,
            "length and chunks at once",
        ),
        row(
            "shorter.test/a",
            send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
            &[200],
            Some(Cut::Disconnect),
            "incomplete: the server announced 9 octets and sent 3",
        ),
        row(
            "longer.test/a",
            send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc"),
            &[200],
            Some(Cut::Unspecified),
            "incomplete: the server sent 2 octets more",
        ),
        row(
            "half-chunks.test/a",
            send(format!("{chunked}{}", chunk("ab"))),
            &[200],
            Some(Cut::Disconnect),
            "incomplete: the connection ended before the last chunk",
        ),
        row(
            "bad-chunks.test/a",
            send(format!("{chunked}zz\r\nab")),
            &[200],
            Some(Cut::Unspecified),
            "its chunks break",
        ),
        row(
            "reset.test/a",
            [send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), vec![Act::Reset]].concat(),
            &[200],
            Some(Cut::Disconnect),
            "incomplete: the server announced 9",
        ),
        row(
            "stalled.test/a",
            [send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), vec![Act::Wait(2500)]].concat(),
            &[200],
            Some(Cut::Time),
            "incomplete: the time",
        ),
        row(
            "endless.test/a",
            send(format!("HTTP/1.1 200 OK\r\n\r\n{long}")),
            &[200],
            Some(Cut::Length),
            "incomplete: the body is longer than 100000 octets",
        ),
        row(
            "wordy.test/a",
            send(many),
            &[],
            Some(Cut::Length),
            "incomplete: the header has more than 256 fields",
        ),
        row(
            "foreign.test/a",
            send("220 mail.foreign.test ESMTP\r\n"),
            &[],
            Some(Cut::Unspecified),
            "no HTTP/1",
        ),
        row(
            "half-head.test/a",
            send("HTTP/1.1 200 OK\r\nContent-"),
            &[],
            Some(Cut::Disconnect),
            "inside the header",
        ),
    ]
}
