//! Sites that behave, and sites that do not: what is kept of each.

mod web;

use plainsight_collect::{Cut, Stop};
use web::sites::{Row, table};
use web::{Act, NOW, Web, fetch, page, send, statuses, to};

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
