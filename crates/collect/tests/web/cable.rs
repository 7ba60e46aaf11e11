//! A network namespace that a test makes, with a cable out of it whose packets the kernel counts.

use std::process::Command;

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

/// Tells whether this process is the one inside.
pub fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Runs the test of this name once more inside a namespace of its own, and
/// fails as it does; says so where the machine forbids namespaces.
pub fn in_a_namespace(test: &str) {
    let cable = Command::new("unshare").args(["-rn", "sh", "-c", CABLE]).output();
    let forbidden = match &cable {
        Ok(done) if done.status.success() => None,
        Ok(done) => Some(String::from_utf8_lossy(&done.stderr).into_owned()),
        Err(why) => Some(why.to_string()),
    };
    if let Some(why) = forbidden {
        eprintln!("NOT RUN: {test}: the machine forbids a network namespace: {why}");
        return;
    }
    let this = std::env::current_exe().expect("a test has a file");
    let script = format!("{CABLE}\n exec \"$0\" --exact {test} --nocapture");
    let done = Command::new("unshare").args(["-rn", "sh", "-c", &script]).arg(this).env(INSIDE, "1").output();
    let done = done.expect("it ran before");
    let said = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// Packets that left over the cable, by the kernel's count.
pub fn packets_out() -> u64 {
    let table = std::fs::read_to_string("/proc/net/dev").expect("the kernel counts");
    let row = table.lines().find_map(|line| line.trim().strip_prefix("out:")).expect("the cable");
    row.split_whitespace().nth(9).and_then(|count| count.parse().ok()).expect("a count")
}

/// Datagrams that were sent, to this machine too: plain look-ups of names.
pub fn datagrams_out() -> u64 {
    let table = std::fs::read_to_string("/proc/net/snmp").expect("the kernel counts");
    let mut rows = table.lines().filter_map(|line| line.strip_prefix("Udp: "));
    let (heads, counts) = (rows.next().unwrap_or_default(), rows.next().unwrap_or_default());
    let column = heads.split(' ').position(|head| head == "OutDatagrams").expect("a column");
    counts.split(' ').nth(column).and_then(|count| count.parse().ok()).expect("a count")
}
