//! TLS: what is kept of it, and whom it is refused to.

mod web;

use plainsight_collect::{Address, Cut, Failure, Fetched, Roots, Stop};
use rustls::version::{TLS12, TLS13};
use web::tls::{Authority, self_signed};
use web::{Web, collector_trusting, page, send, settings, statuses};

fn fetch(web: &Web, roots: Roots, host: &str) -> Fetched {
    let address = Address::typed(&format!("https://{host}:{}/a", web.port)).expect("an address");
    collector_trusting(settings(&[host]), &Default::default(), roots).fetch(&address)
}

#[test]
fn version_cipher_and_chain_are_kept() {
    let authority = Authority::named("Zilverhaven Root");
    for (version, name) in [(&TLS13, "TLSv1.3"), (&TLS12, "TLSv1.2")] {
        let shown = authority.vouch("safe.test", false);
        let web = web::tls::web(&shown, &[version]);
        web.at("safe.test/a", page("", "behind the curtain"));
        let (roots, bad) = Roots::of([authority.root.clone(), b"no certificate".to_vec()]);
        assert_eq!((roots.count(), bad), (1, 1));
        let fetched = fetch(&web, roots, "safe.test");
        assert_eq!(statuses(&fetched.hops), [200], "{:?}", fetched.complaints());
        let tls = fetched.hops[0].tls.as_ref().expect("encrypted");
        assert_eq!((tls.version.as_str(), &tls.chain), (name, &shown.chain));
        assert!(tls.cipher.starts_with("TLS_"), "{}", tls.cipher);
        assert_eq!(fetched.hops[0].body(), b"behind the curtain");
        // The server logs once its side is closed.
        for _ in 0..300 {
            if !web.served("/a").sent.is_empty() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert_eq!(web.served("/a").sent, fetched.hops[0].response);
    }
}

#[test]
fn roots_are_read_as_systems_keep_them() {
    let authority = Authority::named("Zilverhaven Root");
    let pem = |der: &[u8]| {
        let lines = data_encoding::BASE64.encode(der);
        format!("# a comment\n-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n")
    };
    let file =
        [pem(&authority.root), pem(b"no certificate"), pem(&Authority::named("Windvang Root").root)].concat();
    let (roots, bad) = Roots::pem(file.as_bytes());
    assert_eq!((roots.count(), bad), (2, 1));
    assert_eq!(Roots::pem(b"\xff\x00 nothing").0.count(), 0);
}

#[test]
fn a_bad_certificate_is_refused_and_kept() {
    let authority = Authority::named("Zilverhaven Root");
    let stranger = Authority::named("Windvang Root");
    let table = [
        (authority.vouch("bad.test", true), "it has expired"),
        (authority.vouch("other.test", false), "it belongs to another name"),
        (stranger.vouch("bad.test", false), "nobody who is trusted"),
        (self_signed("bad.test"), "nobody who is trusted"),
    ];
    for (shown, expected) in table {
        let web = web::tls::web(&shown, &[&TLS13, &TLS12]);
        web.at("bad.test/a", page("", "never seen"));
        let fetched = fetch(&web, Roots::of([authority.root.clone()]).0, "bad.test");
        let Some(Stop::Failed(Failure::Certificate { why, chain, .. })) = &fetched.stopped else {
            panic!("{expected}: {:?}", fetched.stopped);
        };
        assert!(why.contains(expected), "{why}");
        assert_eq!(chain, &shown.chain);
        assert_eq!((fetched.hops.len(), web.asked()), (0, Vec::<String>::new()));
    }
}

#[test]
fn a_server_that_speaks_no_tls_or_trusts_nobody_is_told_so() {
    let web = Web::new();
    let authority = Authority::named("Zilverhaven Root");
    let fetched = fetch(&web, Roots::of([authority.root]).0, "plain.test");
    assert!(
        matches!(fetched.stopped, Some(Stop::Failed(Failure::Tls { .. } | Failure::Time { .. }))),
        "{:?}",
        fetched.stopped
    );
    let fetched = fetch(&web, Roots::of([]).0, "plain.test");
    assert!(fetched.complaints()[0].contains("no trusted certificates"), "{:?}", fetched.complaints());
}

#[test]
fn an_end_that_nobody_signed_is_incomplete() {
    // Without close_notify somebody in between may have cut the page (RFC 9112, section 9.8).
    let authority = Authority::named("Zilverhaven Root");
    let web = web::tls::web(&authority.vouch("cut.test", false), &[&TLS13]);
    web.at("cut.test/a", send("HTTP/1.1 200 OK\r\n\r\nwho knows"));
    let fetched = fetch(&web, Roots::of([authority.root]).0, "cut.test");
    assert_eq!(fetched.hops[0].cut, Some(Cut::Disconnect), "{:?}", fetched.hops[0].complaints);
    assert_eq!(fetched.hops[0].body(), b"who knows");
}

#[test]
fn encryption_reaches_through_a_proxy_to_the_host() {
    let authority = Authority::named("Zilverhaven Root");
    let shown = authority.vouch("zilverhaven.org", false);
    let web = web::tls::web(&shown, &[&TLS13]);
    web.at("zilverhaven.org/a", page("", "behind both"));
    for socks in [true, false] {
        let gate = web::gate::gate(socks, web.port, usize::MAX);
        let settings = plainsight_collect::Settings { proxy: Some(gate.proxy), ..settings(&[]) };
        let roots = Roots::of([authority.root.clone()]).0;
        let collector = collector_trusting(settings, &Default::default(), roots);
        let fetched = collector.fetch(&Address::typed("https://zilverhaven.org/a").expect("an address"));
        assert_eq!(statuses(&fetched.hops), [200], "{:?}", fetched.complaints());
        assert_eq!(fetched.hops[0].tls.as_ref().map(|tls| &tls.chain), Some(&shown.chain));
    }
}
