//! Sites that behave, and sites that do not: what is kept of each.

mod web;

use plainsight_collect::{Cut, Stop};
use web::{Act, NOW, Web, fetch, page, send, statuses, to};

/// A site, what it does, and what a capture of it must hold.
struct Row {
    place: &'static str,
    acts: Vec<Act>,
    statuses: &'static [u16],
    cut: Option<Cut>,
    /// Words that the complaints must hold; empty for none at all.
    says: &'static str,
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

fn table(web: &Web) -> Vec<Row> {
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

#[test]
fn every_site_gives_exactly_what_it_sent() {
    let web = Web::new();
    web.at("kade.test/far", page("", "far"));
    let rows = table(&web);
    assert!(rows.len() >= 25);
    for row in rows {
        let Row { place, acts, statuses: expected, cut, says } = row;
        web.at(place, acts);
        let host = place.split('/').next().expect("a host");
        let fetched = fetch(&web, place, &[host, "kade.test"]);
        assert_eq!(statuses(&fetched.hops), expected, "{place}: {:?}", fetched.complaints());
        let first = fetched.hops.first().unwrap_or_else(|| panic!("{place}: {:?}", fetched.stopped));
        assert_eq!(first.cut, cut, "{place}: {:?}", first.complaints);
        let complaints = fetched.complaints().join("; ");
        assert!(
            complaints.contains(says) && complaints.is_empty() == says.is_empty(),
            "{place}: {complaints}"
        );
        assert_eq!((first.started.as_str(), first.finished.as_str()), (NOW, NOW));
        assert_eq!(first.route.ip, Some("127.0.0.1".parse().expect("an address")));
        assert_eq!(first.route.looked_up.as_deref(), Some(&["127.0.0.1".parse().expect("an address")][..]));
        // The server logs when it is done, which may be after us.
        for _ in 0..300 {
            if !web.served("/a").sent.is_empty() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let served = web.served("/a");
        assert_eq!(first.request.escape_ascii().to_string(), served.request.escape_ascii().to_string());
        let whole = cut != Some(Cut::Length);
        assert!(
            if whole { served.sent == first.response } else { served.sent.starts_with(&first.response) },
            "{place}"
        );
        web.log.lock().expect("log").clear();
    }
}

#[test]
fn a_drip_ends_by_the_clock_and_keeps_the_drops() {
    let web = Web::new();
    let drip =
        [send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"), vec![Act::Drip(b"x".to_vec(), 200)]];
    web.at("drip.test/a", drip.concat());
    let begun = std::time::Instant::now();
    let fetched = fetch(&web, "drip.test/a", &["drip.test"]);
    assert_eq!(fetched.hops[0].cut, Some(Cut::Time));
    assert!(fetched.hops[0].body().len() > 10, "{}", fetched.hops[0].body().len());
    assert!(begun.elapsed().as_secs() < 8, "{:?}", begun.elapsed());
}

#[test]
fn who_sends_nothing_is_told_beside_what_was_asked() {
    let web = Web::new();
    web.at("mute.test/a", vec![]);
    let fetched = fetch(&web, "mute.test/a", &["mute.test"]);
    assert!(fetched.hops[0].response.is_empty() && fetched.answers().count() == 0);
    assert!(fetched.hops[0].request.starts_with(b"GET /a HTTP/1.1\r\nHost: mute.test:"));
    assert!(
        fetched.complaints()[0].contains("mute.test closed the connection"),
        "{:?}",
        fetched.complaints()
    );
}

#[test]
fn the_servers_clock_is_set_beside_ours() {
    let web = Web::new();
    web.at("clock.test/a", page("Date: Fri, 06 May 2022 07:09:09 GMT\r\n", "a"));
    let fetched = fetch(&web, "clock.test/a", &["clock.test"]);
    let hop = &fetched.hops[0];
    assert_eq!(hop.server_date.as_deref(), Some("2022-05-06T07:09:09Z"));
    assert!(
        hop.clock_difference.is_some_and(|ahead| (57..=60).contains(&ahead)),
        "{:?}",
        hop.clock_difference
    );
}

#[test]
fn a_chain_that_never_ends_is_kept_as_far_as_it_went() {
    let web = Web::new();
    for step in 0..12 {
        web.at(&format!("chain.test/{step}"), to(302, &format!("/{}", step + 1)));
    }
    let fetched = fetch(&web, "chain.test/0", &["chain.test"]);
    assert_eq!(fetched.hops.len(), 11);
    assert!(matches!(fetched.stopped, Some(Stop::Redirects { most: 10, .. })), "{:?}", fetched.stopped);
}

#[test]
fn a_request_says_who_asks_and_nothing_about_the_case() {
    let web = Web::new();
    web.at("plain.test/a?b=c", page("Set-Cookie: x=y\r\n", "a"));
    let collector = web::collector(web::settings(&["plain.test"]), &Default::default());
    for _ in 0..2 {
        let fetched = collector.fetch(&web.address("plain.test/a?b=c#d"));
        let request = String::from_utf8(fetched.hops[0].request.clone()).expect("ASCII");
        let agent =
            format!("Plainsight/{} (archives single public pages as evidence)", env!("CARGO_PKG_VERSION"));
        let expected = format!(
            "GET /a?b=c HTTP/1.1\r\nHost: plain.test:{}\r\nUser-Agent: {agent}\r\nAccept: */*\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
            web.port
        );
        assert_eq!(request, expected);
    }
}
