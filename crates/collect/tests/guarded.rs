//! Addresses that aim at what is not public: nobody is dialled, shown by listeners that count.

mod web;

use plainsight_collect::{Address, Failure, Refusal, Stop};
use std::net::{Ipv6Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use web::{Names, Web, collector, page, settings, statuses, to};

/// Hosts in every spelling; each is tried with the port of the listeners, and some without.
const HOSTS: &str = "
    # This machine: decimal, octal, hex, short, mixed, wide, encoded, with dots at the end.
    127.0.0.1 127.0.0.2 127.1 127.0.1 127.255.255.254 127.0.0.1. 2130706433 0x7f000001 017700000001
    0177.0.0.1 0177.1 0x7f.1 0x7F.0x0.0x0.0x1 0x7f.0.0.01 127.0.0.0x1 127.000.000.001 00000177.0.0.1
    0x0000007f.0.0.1 %31%32%37%2e0.0.1 127%2E0%2E0%2E1 １２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 127｡0｡0｡1
    𝟏𝟐𝟕.𝟎.𝟎.𝟏 127.0.0.1%E2%80%8B
    # What means this host on this network reaches this machine too.
    0 0.0.0.0 0x0 00 0.0 0.0.0.1
    # Private, carrier NAT, link-local with the clouds' services, and their spellings.
    10.0.0.1 10.255.255.255 167772161 0x0a000001 012.0.0.1 172.16.0.1 172.31.255.255 0xac.0x10.0x0.0x1
    192.168.0.1 192.168.1.1 3232235777 0xc0a80101 0300.0250.1.1 192.168.257 100.64.0.1 100.100.100.200
    100.127.255.255 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 169.16689662
    # Protocols, documentation, benchmarking, relays, multicast, reserved, broadcast.
    192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 4294967295 0xffffffff
    # IPv6: this machine, wrapped IPv4, local and reserved ranges.
    [::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:10.0.0.1]
    [0:0:0:0:0:ffff:a9fe:a9fe] [::127.0.0.1] [::7f00:1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1]
    [64:ff9b::a9fe:a9fe] [64:ff9b::c0a8:101] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:a9fe:a9fe::1]
    [2001::1] [2001:0:7f00:1::] [2001:2::1] [2001:10::1] [2001:db8::1] [3fff::1] [5f00::1] [100::1]
    [fc00::1] [fd00:ec2::254] [fe80::1] [fec0::1] [ff02::1] [4000::1]
    # A zone names a cable of this machine.
    [fe80::1%25lo] [::1%25lo]
";

/// Names that are refused without being looked up.
const NAMES: &str = "
    localhost LOCALHOST localhost. ｌｏｃａｌｈｏｓｔ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ a.localhost router intranet
    metadata.google.internal nas.local router.home.arpa db.internal site.example a.invalid b.alt
    abcdefghij234567.onion
";

/// Whole addresses: schemes, secrets, blocked ports. `PORT` is the listeners'.
const WHOLE: [&str; 26] = [
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_x",
    "dict://127.0.0.1:PORT/",
    "ftp://127.0.0.1:PORT/",
    "ldap://127.0.0.1:PORT/",
    "ws://127.0.0.1:PORT/",
    "jar:http://127.0.0.1:PORT/!/",
    "data:text/html,x",
    "javascript:alert(1)",
    "view-source:http://127.0.0.1:PORT/",
    "http://u:p@127.0.0.1:PORT/",
    "http://kade.net@127.0.0.1:PORT/",
    "http://kade.net:80@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@kade.net/",
    "http://127.0.0.1:PORT#@kade.net/",
    "http:127.0.0.1:PORT",
    "http:/127.0.0.1:PORT/",
    "http:\\\\127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "http:///127.0.0.1:PORT/",
    "h\nttp://127.0.0.1:PORT/",
    "http://127.0.\t0.1:PORT/",
    "http://kade.net:25/",
    "http://kade.net:6379x/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://127.0.0.1:PORT/",
];

fn hosts(lines: &str) -> Vec<&str> {
    lines.lines().filter(|line| !line.trim().starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Listens on all addresses of this machine, and counts.
fn listeners() -> (u16, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let first = TcpListener::bind((Ipv6Addr::UNSPECIFIED, 0)).or_else(|_| TcpListener::bind("0.0.0.0:0"));
    let first = first.expect("a port");
    let port = first.local_addr().expect("bound").port();
    // Where the first one takes IPv4 too, the second finds the port taken.
    let second = TcpListener::bind(("0.0.0.0", port)).ok();
    for listener in std::iter::once(first).chain(second) {
        let count = count.clone();
        std::thread::spawn(move || {
            for _ in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
    (port, count)
}

#[test]
fn nothing_that_aims_inside_is_dialled_or_looked_up() {
    let (port, count) = listeners();
    let names = Arc::<Names>::default();
    let collector = collector(settings(&[]), &names);
    let (hosts, local) = (hosts(HOSTS), hosts(NAMES));
    let with_port = hosts.iter().chain(&local).map(|host| format!("http://{host}:{port}/"));
    let secure = hosts.iter().take(4).chain(local.iter().take(4)).map(|host| format!("https://{host}/"));
    let whole = WHOLE.iter().map(|typed| typed.replace("PORT", &port.to_string()));
    let all: Vec<String> = with_port.chain(secure).chain(whole).collect();
    assert!(all.len() >= 120);
    for typed in &all {
        let Ok(address) = Address::typed(typed) else { continue };
        let fetched = collector.fetch(&address);
        assert!(
            matches!(fetched.stopped, Some(Stop::Failed(Failure::Refused(_)))),
            "{typed} is {address}: {:?}",
            fetched.stopped
        );
        assert_eq!(fetched.hops.len(), 0, "{typed}");
    }
    assert_eq!((count.load(Ordering::SeqCst), names.asked()), (0, Vec::new()));
    // The listeners do count.
    std::net::TcpStream::connect(("127.0.0.1", port)).expect("a listener");
    std::net::TcpStream::connect(("127.0.0.1", port)).expect("a listener");
    while count.load(Ordering::SeqCst) < 2 {
        std::thread::yield_now();
    }
}

#[test]
fn addresses_that_only_look_so_are_accepted() {
    let names = Arc::<Names>::default();
    let collector = collector(settings(&[]), &names);
    let public = [
        "http://localhost.zilverhaven.org/",
        "http://127.0.0.1.zilverhaven.org/",
        "http://internal.nl/",
        "http://9.9.9.9/",
        "http://11.0.0.1/",
        "http://172.32.0.1/",
        "http://192.169.0.1/",
        "http://100.128.0.1/",
        "http://[2606:4700::1]/",
        "http://[::ffff:9.9.9.9]/",
        "http://[64:ff9b::909:909]/",
        "http://test.com/",
        "http://onion.nl/",
        "http://zilverhaven.org:8080/",
        "https://xn--bcher-kva.net/",
        "http://a.b.c.d.e.nl./",
    ];
    for typed in public {
        assert_eq!(collector.check(&Address::typed(typed).expect(typed)), Ok(()), "{typed}");
    }
}

#[test]
fn names_that_lead_inside_are_looked_up_and_not_dialled() {
    let (port, count) = listeners();
    let before = count.load(Ordering::SeqCst);
    let names = Arc::<Names>::default();
    let answers: [&[&[&str]]; 12] = [
        &[&["127.0.0.1"]],
        &[&["::1"]],
        &[&["0.0.0.0"]],
        &[&["10.0.0.1"]],
        &[&["169.254.169.254"]],
        &[&["::ffff:127.0.0.1"]],
        &[&["64:ff9b::7f00:1"]],
        &[&["fd00::1"]],
        &[&["2002:7f00:1::"]],
        // A public address first, and another one behind it.
        &[&["9.9.9.9", "127.0.0.1"]],
        &[&["2606:4700::1", "::1"]],
        &[&["127.0.0.1", "9.9.9.9"]],
    ];
    let collector = collector(settings(&[]), &names);
    for (number, answer) in answers.iter().enumerate() {
        let name = format!("inside{number}.zilverhaven.org");
        names.know(&name, answer);
        let fetched =
            collector.fetch(&Address::typed(&format!("http://{name}:{port}/")).expect("an address"));
        let refused = Some(Stop::Failed(Failure::Refused(Refusal::NotPublicName { host: name.clone() })));
        assert_ne!(fetched.stopped, refused);
        assert!(
            matches!(&fetched.stopped, Some(Stop::Failed(Failure::Refused(Refusal::NotPublicAddress { host, .. }))) if *host == name),
            "{name}: {:?}",
            fetched.stopped
        );
    }
    assert_eq!(names.asked().len(), answers.len());
    assert_eq!(count.load(Ordering::SeqCst), before);
}

#[test]
fn a_resolver_that_changes_its_answer_gains_nothing() {
    // The first look-up shows a host that is allowed to be dialled, the next one an inner address.
    let web = Web::new();
    web.at("rebind.test/a", page("", "a"));
    let names = Arc::<Names>::default();
    names.know("rebind.zilverhaven.org", &[&["127.0.0.1"], &["9.9.9.9"]]);
    let guarded = collector(settings(&[]), &names);
    let address = web.address("rebind.zilverhaven.org/a");
    let fetched = guarded.fetch(&address);
    assert!(matches!(fetched.stopped, Some(Stop::Failed(Failure::Refused(_)))), "{:?}", fetched.stopped);
    assert_eq!((web.count(), names.asked().len()), (0, 1));
    // Where a person allowed the name, each request dials what its own look-up said, and says so.
    names.know("rebind.test", &[&["127.0.0.1"], &["127.0.0.3"], &["127.0.0.1"]]);
    let fetched = collector(settings(&["rebind.test"]), &names).fetch(&web.address("rebind.test/a"));
    // robots.txt reached the web; the page was sought where nobody listens.
    assert!(
        matches!(&fetched.stopped, Some(Stop::Failed(Failure::Connect { ip, .. })) if ip.to_string() == "127.0.0.3")
    );
}

#[test]
fn redirects_lead_no_further_inside_than_a_person_allowed() {
    let (port, count) = listeners();
    let before = count.load(Ordering::SeqCst);
    let web = Web::new();
    let names = Arc::<Names>::default();
    names.know("inside.zilverhaven.org", &[&["127.0.0.1"]]);
    let targets = [
        "http://127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "http://2130706433:PORT/",
        "http://[::1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://localhost:PORT/",
        "http://inside.zilverhaven.org:PORT/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/",
        "http://u:p@gate.test/",
        "http://zilverhaven.org:22/",
        "http://zilverhaven.org:8081/",
        "http://other.test/",
        "http://router/",
        "http:\\\\127.0.0.1:PORT\\",
    ];
    for (number, target) in targets.iter().enumerate() {
        let target = target.replace("PORT", &port.to_string());
        // Straight, by a Refresh, and behind a second redirect.
        web.at(&format!("gate.test/a{number}"), to(302, &target));
        web.at(&format!("gate.test/b{number}"), page(&format!("Refresh: 0;url={target}\r\n"), "a"));
        web.at(&format!("gate.test/c{number}"), to(307, &format!("/a{number}")));
        for (way, hops) in [("a", vec![302]), ("b", vec![200]), ("c", vec![307, 302])] {
            let collector = collector(settings(&["gate.test"]), &names);
            // The listeners' port counts as typed, so that only the host decides.
            let _ =
                collector.check(&Address::typed(&format!("http://gate.test:{port}/")).expect("an address"));
            let fetched = collector.fetch(&web.address(&format!("gate.test/{way}{number}")));
            let refused = matches!(fetched.stopped, Some(Stop::Failed(Failure::Refused(_))));
            assert!(refused, "{target}: {:?}", fetched.stopped);
            assert_eq!(statuses(&fetched.hops), hops, "{target}");
            assert!(!fetched.complaints().join(" ").contains("u:p"));
        }
    }
    // A robots.txt that leads inside is no way in either.
    web.at("gate.test/robots.txt", to(302, &format!("http://127.0.0.1:{port}/")));
    let fetched = collector(settings(&["gate.test"]), &names).fetch(&web.address("gate.test/x"));
    assert!(matches!(fetched.stopped, Some(Stop::Robots(_))), "{:?}", fetched.stopped);
    assert_eq!(count.load(Ordering::SeqCst), before);
}

#[test]
fn a_port_is_open_to_redirects_once_a_person_typed_it() {
    let (one, two) = (Web::new(), Web::new());
    two.at("two.test/b", page("", "b"));
    one.at("one.test/a", to(302, &two.uri("two.test/b")));
    let collector = collector(settings(&["one.test", "two.test"]), &Default::default());
    let stopped = collector.fetch(&one.address("one.test/a")).stopped;
    assert!(matches!(stopped, Some(Stop::Failed(Failure::Refused(Refusal::Port { .. })))), "{stopped:?}");
    // What a page names is no better than what a server names.
    let stopped = collector.fetch_named(&two.address("two.test/b")).stopped;
    assert!(matches!(stopped, Some(Stop::Failed(Failure::Refused(Refusal::Port { .. })))), "{stopped:?}");
    collector.fetch(&two.address("two.test/b"));
    assert_eq!(statuses(&collector.fetch(&one.address("one.test/a")).hops), [302, 200]);
}
