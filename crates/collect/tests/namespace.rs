//! With a proxy that dies, not one packet leaves the machine: counted by the
//! kernel, in a network namespace that the test makes.

mod web;

use plainsight_collect::{Address, Collector, Failure, Limits, Roots, Settings, Stop, SystemResolver};
use std::sync::Arc;
use std::time::Duration;
use web::cable::{datagrams_out, in_a_namespace, is_inside, packets_out};
use web::gate::gate;
use web::{Still, Web, page, settings};

const NAME: &str = "a_dead_proxy_lets_no_packet_out";
#[test]
fn a_dead_proxy_lets_no_packet_out() {
    if is_inside() {
        return inside();
    }
    in_a_namespace(NAME);
}

fn inside() {
    let second = Duration::from_secs(1);
    let limits = Limits { total: second, stall: second, ..Limits::default() };
    let collector = |proxy| {
        let settings = Settings { proxy, limits, ..settings(&[]) };
        Collector::new(settings, Arc::new(SystemResolver), Roots::of([]).0, Arc::new(Still))
            .expect("settings")
    };
    // The cable does count: without a proxy something leaves.
    let before = packets_out();
    collector(None).fetch(&Address::typed("http://9.9.9.9/").expect("an address"));
    assert!(packets_out() > before, "the cable counts nothing");

    for socks in [true, false] {
        let web = Web::new();
        let gate = gate(socks, web.port, 8);
        let collector = collector(Some(gate.proxy));
        let before = (packets_out(), datagrams_out());
        let mut failed = 0;
        for number in 0..100 {
            let host = format!("site{number}.zilverhaven.org");
            web.at(&format!("{host}/a"), page("", "a"));
            let fetched = collector.fetch(&Address::typed(&format!("http://{host}/a")).expect("an address"));
            failed += usize::from(matches!(fetched.stopped, Some(Stop::Failed(Failure::Proxy { .. }))));
        }
        // robots.txt and the page of four sites; then the proxy is dead.
        assert_eq!((failed, packets_out(), datagrams_out()), (96, before.0, before.1));
    }
}
