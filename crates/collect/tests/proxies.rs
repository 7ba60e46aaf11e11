//! A proxy is the only way out: names go to it, and when it dies nothing goes around it.

mod web;

use plainsight_collect::{Address, Failure, Settings, Stop};
use std::sync::Arc;
use web::gate::{Gate, gate};
use web::{Names, Web, collector, page, settings, statuses};

fn through(gate: &Gate) -> Settings {
    Settings { proxy: Some(gate.proxy), ..settings(&[]) }
}

#[test]
fn names_go_to_the_proxy_and_to_nobody_else() {
    for socks in [true, false] {
        let web = Web::new();
        let (names, gate) = (Arc::<Names>::default(), gate(socks, web.port, usize::MAX));
        let collector = collector(through(&gate), &names);
        for host in ["zilverhaven.org", "abcdefghij234567.onion", "windvang.nl"] {
            web.at(&format!("{host}/a"), page("", host));
            let fetched = collector.fetch(&Address::typed(&format!("http://{host}/a")).expect("an address"));
            assert_eq!(statuses(&fetched.hops), [200], "{host}: {:?}", fetched.complaints());
            let route = &fetched.hops[0].route;
            assert_eq!((route.ip, &route.looked_up), (None, &None));
            assert_eq!(route.proxy, Some(gate.proxy.to_string()));
            assert_eq!(fetched.hops[0].body(), host.as_bytes());
            assert!(gate.asked.lock().expect("log").iter().all(|asked| asked.contains('.')));
        }
        assert_eq!(names.asked(), Vec::<String>::new());
        // robots.txt and the page of each; the gate writes them down when it has let them through.
        for _ in 0..500 {
            if gate.asked.lock().expect("log").len() == 6 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert_eq!(gate.asked.lock().expect("log").len(), 6);
    }
}

#[test]
fn what_is_not_public_is_not_asked_of_the_proxy_either() {
    let web = Web::new();
    let gate = gate(false, web.port, usize::MAX);
    let collector = collector(through(&gate), &Default::default());
    for typed in
        ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://router/"]
    {
        let stopped = collector.fetch(&Address::typed(typed).expect(typed)).stopped;
        assert!(matches!(stopped, Some(Stop::Failed(Failure::Refused(_)))), "{typed}: {stopped:?}");
    }
    assert!(gate.asked.lock().expect("log").is_empty());
}

#[test]
fn when_the_proxy_dies_nothing_goes_around_it() {
    for socks in [true, false] {
        let web = Web::new();
        let (names, gate) = (Arc::<Names>::default(), gate(socks, web.port, 8));
        let collector = collector(through(&gate), &names);
        let mut outcomes = Vec::new();
        for number in 0..1000 {
            // The web would answer if it were asked directly.
            let host = format!("site{number}.zilverhaven.org");
            names.know(&host, &[&["127.0.0.1"]]);
            web.at(&format!("{host}/a"), page("", "a"));
            let address = format!("http://{host}:{}/a", web.port);
            let fetched = collector.fetch(&Address::typed(&address).expect("an address"));
            outcomes.push(fetched.stopped.is_none());
            if let Some(stopped) = fetched.stopped {
                assert!(matches!(stopped, Stop::Failed(Failure::Proxy { .. })), "{stopped:?}");
                assert!(stopped.to_string().contains("nothing was sent around it"));
            }
        }
        let expected: Vec<bool> = (0..1000).map(|number| number < 4).collect();
        assert_eq!((outcomes, web.count(), names.asked()), (expected, 8, Vec::new()));
    }
}
