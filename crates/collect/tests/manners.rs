//! Manners: robots.txt, pauses, asking again, and letters of others.

mod web;

use plainsight_collect::{Conditions, RobotsAnswer, Settings, Stop};
use plainsight_model::{Wire, WireError};
use std::time::{Duration, Instant};
use web::{Act, Web, collector, fetch, page, send, settings, statuses, to};

#[test]
fn robots_txt_is_honoured() {
    let robots = |text: &str| page("Content-Type: text/plain\r\n", text);
    let status = |status| send(format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n"));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n16\r\nUser-agent: *\nDisallow\r\n4\r\n: /\n\r\n0\r\n\r\n";
    // What robots.txt is, what it says about /a, whether the page is fetched.
    let table = [
        (robots("User-agent: *\nDisallow: /b"), RobotsAnswer::Allowed(None)),
        (robots("User-agent: *\nDisallow: /"), RobotsAnswer::Forbidden("Disallow: /".into())),
        (robots("User-agent: Plainsight\nDisallow: /a"), RobotsAnswer::Forbidden("Disallow: /a".into())),
        (
            robots("User-agent: *\nDisallow: /\nUser-agent: Plainsight\nAllow: /a"),
            RobotsAnswer::Allowed(Some("Allow: /a".into())),
        ),
        (robots("<html>not found</html>"), RobotsAnswer::Allowed(None)),
        (send(chunked), RobotsAnswer::Forbidden("Disallow: /".into())),
        (status(404), RobotsAnswer::NoFile),
        (status(403), RobotsAnswer::NoFile),
        (status(500), RobotsAnswer::Unreachable("status 500".into())),
        (status(503), RobotsAnswer::Unreachable("status 503".into())),
        (to(301, "/there"), RobotsAnswer::Forbidden("Disallow: /a".into())),
        (to(301, "/robots.txt"), RobotsAnswer::NoFile),
        (
            send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser"),
            RobotsAnswer::Unreachable("the answer was incomplete".into()),
        ),
    ];
    for (robots, expected) in table {
        let web = Web::new();
        web.at("shop.test/robots.txt", robots).at("shop.test/a", page("", "a"));
        web.at("shop.test/there", page("", "User-agent: *\nDisallow: /a"));
        let fetched = fetch(&web, "shop.test/a", &["shop.test"]);
        assert_eq!(fetched.robots[0].answer, expected);
        assert!(!fetched.robots[0].hops.is_empty());
        let forbidden = matches!(expected, RobotsAnswer::Forbidden(_) | RobotsAnswer::Unreachable(_));
        assert_eq!(statuses(&fetched.hops), if forbidden { vec![] } else { vec![200] }, "{expected:?}");
        assert_eq!(matches!(fetched.stopped, Some(Stop::Robots(_))), forbidden);
        if forbidden {
            assert!(fetched.complaints()[0].contains("robots.txt"), "{:?}", fetched.complaints());
            let despite = Settings { despite_robots: true, ..settings(&["shop.test"]) };
            let fetched = collector(despite, &Default::default()).fetch(&web.address("shop.test/a"));
            assert_eq!(statuses(&fetched.hops), [200]);
            assert!(fetched.robots[0].despite && fetched.complaints()[0].contains("a person decided so"));
        }
    }
}

#[test]
fn robots_txt_is_read_once_a_host_and_asked_for_each_hop() {
    let web = Web::new();
    web.at("one.test/a", to(302, &web.uri("two.test/b")))
        .at("two.test/robots.txt", page("", "User-agent: *\nDisallow: /b"));
    let collector = collector(settings(&["one.test", "two.test"]), &Default::default());
    for round in 0..2 {
        let fetched = collector.fetch(&web.address("one.test/a"));
        assert_eq!(statuses(&fetched.hops), [302]);
        assert!(matches!(fetched.stopped, Some(Stop::Robots(_))));
        let read: Vec<bool> = fetched.robots.iter().map(|manners| !manners.hops.is_empty()).collect();
        assert_eq!(read, [round == 0, round == 0]);
    }
    assert_eq!(web.count(), 4);
}

#[test]
fn a_host_is_asked_one_at_a_time_with_a_pause() {
    let web = Web::new();
    web.at("slow.test/a", [vec![Act::Wait(100)], page("", "a")].concat());
    let pause = Duration::from_millis(150);
    let collector = collector(Settings { pause, ..settings(&["slow.test"]) }, &Default::default());
    collector.fetch(&web.address("slow.test/a"));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(statuses(&collector.fetch(&web.address("slow.test/a")).hops), [200]));
        }
    });
    assert!(begun.elapsed() >= (pause + Duration::from_millis(100)) * 3, "{:?}", begun.elapsed());
}

#[test]
fn asking_again_says_what_is_known() {
    let web = Web::new();
    web.at("news.test/a", send("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nContent-Length: 5\r\n\r\n"));
    let collector = collector(settings(&["news.test"]), &Default::default());
    let conditions = Conditions {
        etag: Some("\"v1\"".to_owned()),
        last_modified: Some("Fri, 06 May 2022 07:00:00 GMT".to_owned()),
    };
    let fetched = collector.fetch_again(&web.address("news.test/a"), &conditions);
    assert!(fetched.is_unchanged() && fetched.complaints().is_empty(), "{:?}", fetched.complaints());
    let request = String::from_utf8_lossy(&fetched.hops[0].request).into_owned();
    assert!(
        request.contains("\r\nIf-None-Match: \"v1\"\r\nIf-Modified-Since: Fri, 06 May 2022 07:00:00 GMT\r\n")
    );
    web.at("news.test/a", page("ETag: \"v2\"\r\n", "new"));
    let fetched = collector.fetch_again(&web.address("news.test/a"), &conditions);
    assert!(!fetched.is_unchanged() && statuses(&fetched.hops) == [200]);
}

#[test]
fn a_user_agent_can_be_set_and_cannot_write_fields() {
    let web = Web::new();
    web.at("a.test/robots.txt", page("", "User-agent: Vonk\nDisallow: /")).at("a.test/a", page("", "a"));
    let named = |user_agent: &str| Settings { user_agent: user_agent.to_owned(), ..settings(&["a.test"]) };
    let fetched =
        collector(named("Vonk/1.0 (research)"), &Default::default()).fetch(&web.address("a.test/a"));
    assert!(matches!(fetched.stopped, Some(Stop::Robots(_))));
    for bad in ["", "  ", "a\r\nCookie: x", "爬虫"] {
        let made = plainsight_collect::Collector::new(
            named(bad),
            std::sync::Arc::<web::Names>::default(),
            plainsight_collect::Roots::of([]).0,
            std::sync::Arc::new(web::Still),
        );
        assert!(made.is_err(), "{bad}");
    }
}

#[test]
fn letters_of_others_go_through_the_same_door() {
    let web = Web::new();
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: 3\r\n\r\n\x01\x02\x03";
    web.at("time.test/tsa", send(answer)).at("time.test/moved", to(302, "/tsa"));
    web.at("time.test/cut", send("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n\x01"));
    let wire: &dyn Wire = &collector(settings(&["time.test"]), &Default::default());
    let letter = |path: &str| {
        format!(
            "POST /{path} HTTP/1.1\r\nHost: time.test:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            web.port
        )
    };
    let send = |path: &str| wire.exchange(&web.uri(&format!("time.test/{path}")), letter(path).as_bytes());
    assert_eq!(send("tsa").expect("an answer"), answer.as_bytes());
    assert!(send("moved").expect("an answer").starts_with(b"HTTP/1.1 302"));
    assert!(matches!(send("cut"), Err(WireError::Failed { .. })));
    // No robots.txt, no second request.
    assert_eq!(web.count(), 3);
    for inside in ["http://127.0.0.1:8080/", "http://localhost/", "http://x.onion/"] {
        assert!(matches!(wire.exchange(inside, b""), Err(WireError::Refused { .. })), "{inside}");
    }
    let secret = wire.exchange("http://ilse:Gehe1m@time.test/", b"").expect_err("a password");
    assert!(!secret.to_string().contains("Gehe1m"), "{secret}");
}
