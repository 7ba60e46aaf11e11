//! A proxy is the only way out: names go to it, and when it dies nothing goes around it.

mod web;

use plainsight_collect::{Address, Failure, Proxy, Settings, Stop};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use web::{Names, Web, collector, page, settings, statuses};

/// A proxy that leads every name to one web, and keeps what it was asked for.
/// After so many connections it dies.
struct Gate {
    proxy: Proxy,
    asked: Arc<Mutex<Vec<String>>>,
}

fn gate(socks: bool, web: u16, lives: usize) -> Gate {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let log = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten().take(lives) {
            let host = if socks { socks5(stream, web) } else { connect(stream, web) };
            log.lock().expect("log").extend(host);
        }
    });
    let scheme = if socks { "socks5" } else { "http" };
    Gate { proxy: Proxy::typed(&format!("{scheme}://127.0.0.1:{port}")).expect("a proxy"), asked }
}

fn socks5(mut stream: TcpStream, web: u16) -> Option<String> {
    let mut hello = [0; 3];
    stream.read_exact(&mut hello).ok()?;
    stream.write_all(&[5, 0]).ok()?;
    let mut head = [0; 5];
    stream.read_exact(&mut head).ok()?;
    // Only names are expected: nothing was looked up before.
    assert_eq!(head[..4], [5, 1, 0, 3]);
    let mut name = vec![0; usize::from(head[4]) + 2];
    stream.read_exact(&mut name).ok()?;
    stream.write_all(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00").ok()?;
    join(stream, web);
    Some(String::from_utf8_lossy(&name[..name.len() - 2]).into_owned())
}

fn connect(mut stream: TcpStream, web: u16) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        stream.read_exact(&mut octet).ok()?;
        head.extend(octet);
    }
    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").ok()?;
    join(stream, web);
    let text = String::from_utf8_lossy(&head).into_owned();
    let host = text.strip_prefix("CONNECT ")?.split(' ').next()?;
    Some(host.rsplit_once(':')?.0.to_owned())
}

fn join(outside: TcpStream, web: u16) {
    let inside = TcpStream::connect(("127.0.0.1", web)).expect("the web");
    for (mut from, mut to) in
        [(outside.try_clone().expect("a clone"), inside.try_clone().expect("a clone")), (inside, outside)]
    {
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(std::net::Shutdown::Write);
        });
    }
}

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
        // robots.txt and the page of each.
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
