//! With a proxy that dies, not one packet leaves the machine: counted by the
//! kernel, in a network namespace that the test makes.

mod web;

use plainsight_collect::{Address, Collector, Failure, Limits, Roots, Settings, Stop, SystemResolver};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use web::gate::gate;
use web::{Still, Web, page, settings};

const NAME: &str = "a_dead_proxy_lets_no_packet_out";
const INSIDE: &str = "PLAINSIGHT_TEST_NAMESPACE";

/// A way out that leads nowhere and counts: one end of a cable, all routes
/// through it, and nobody who says a word by himself (ARP, IPv6 discovery).
const CABLE: &str = "set -e
    ip link set lo up
    ip link add out type veth peer name nowhere
    ip link set out addrgenmode none arp off
    ip link set nowhere addrgenmode none arp off
    ip addr add 198.51.100.7/24 dev out
    ip link set nowhere up
    ip link set out up
    ip route add default dev out";

#[test]
fn a_dead_proxy_lets_no_packet_out() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let cable = Command::new("unshare").args(["-rn", "sh", "-c", CABLE]).output();
    let forbidden = match &cable {
        Ok(done) if done.status.success() => None,
        Ok(done) => Some(String::from_utf8_lossy(&done.stderr).into_owned()),
        Err(why) => Some(why.to_string()),
    };
    if let Some(why) = forbidden {
        eprintln!("{NAME}: not run here, because the machine forbids a network namespace: {why}");
        return;
    }
    let this = std::env::current_exe().expect("a test has a file");
    let script = format!("{CABLE}\n exec \"$0\" --exact {NAME} --nocapture");
    let done = Command::new("unshare").args(["-rn", "sh", "-c", &script]).arg(this).env(INSIDE, "1").output();
    let done = done.expect("it ran before");
    let said = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&said));
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

/// Packets that left over the cable, by the kernel's count.
fn packets_out() -> u64 {
    let table = std::fs::read_to_string("/proc/net/dev").expect("the kernel counts");
    let row = table.lines().find_map(|line| line.trim().strip_prefix("out:")).expect("the cable");
    row.split_whitespace().nth(9).and_then(|count| count.parse().ok()).expect("a count")
}

/// Datagrams that were sent, to this machine too: plain look-ups of names.
fn datagrams_out() -> u64 {
    let table = std::fs::read_to_string("/proc/net/snmp").expect("the kernel counts");
    let mut rows = table.lines().filter_map(|line| line.strip_prefix("Udp: "));
    let (heads, counts) = (rows.next().unwrap_or_default(), rows.next().unwrap_or_default());
    let column = heads.split(' ').position(|head| head == "OutDatagrams").expect("a column");
    counts.split(' ').nth(column).and_then(|count| count.parse().ok()).expect("a count")
}
