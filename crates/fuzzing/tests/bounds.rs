//! What the parsers of `archive` may take, whatever the bytes claim: time for each input, and
//! memory for all of them. Mutants seldom repeat a thing often enough to show a cost that grows
//! with its square, so here one thing fills the whole input; and there are bombs.

use plainsight_fuzzing::{TARGETS, TOKENS, seeds};
use std::io::Write;
use std::time::{Duration, Instant};

/// As much as a fuzzer gives.
const LARGEST: usize = 64 << 10;

/// Time of the processor for one input, without optimisation; what else the machine does counts not.
const LONGEST: Duration = Duration::from_secs(2);

/// Memory that all of them may take beyond what the process had, in KiB.
const MOST_HELD: u64 = 96 << 10;

/// Address space that they may ask for beyond it, in KiB. A length that is believed and reserved
/// shows here, even where it is never filled.
const MOST_ASKED: u64 = 256 << 10;

/// The targets of `archive`.
fn targets() -> impl Iterator<Item = (&'static str, plainsight_fuzzing::Target)> {
    let of_archive =
        |name: &str| ["archive_", "dossier_", "ledger_", "stamp_"].iter().any(|one| name.starts_with(one));
    TARGETS.iter().copied().filter(move |(name, _)| of_archive(name))
}

/// The most memory and address space that this process had, in KiB; none where the system does not say.
fn peak() -> Option<[u64; 2]> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let row = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    };
    Some([row("VmHWM:")?, row("VmPeak:")?])
}

/// Time of the processor that this thread took so far; where the system does not say, the time that went by.
fn taken(begun: Instant) -> Duration {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = said.and_then(|said| said.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

/// Something over and over, alone and behind the first half of a seed.
fn filled(name: &str) -> Vec<(String, Vec<u8>)> {
    let first = seeds(name).swap_remove(0).1;
    let mut inputs = Vec::new();
    for token in TOKENS.iter().copied().chain([&b" x\n"[..], b"[", b"{\"a\":", b"\x30\x80", b"a: b\r\n"]) {
        let more = token.repeat(LARGEST / token.len());
        inputs.push((format!("{} times {token:?}", LARGEST / token.len()), more.clone()));
        let mut behind = first[..first.len() / 2].to_vec();
        behind.extend(more);
        behind.truncate(LARGEST);
        inputs.push((format!("half a seed and {token:?} over and over"), behind));
    }
    inputs
}

/// A head and so many MiB of one byte, packed without ever being in memory.
fn gzip(head: &[u8], mebibytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(head).expect("in memory");
    for _ in 0..mebibytes {
        encoder.write_all(&[b'0'; 1 << 20]).expect("in memory");
    }
    encoder.finish().expect("in memory")
}

/// Few bytes that claim to be, or become, very many.
fn bombs() -> Vec<(String, Vec<u8>)> {
    let head =
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: 2022-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:1>\r\n";
    let long = format!("{head}Content-Length: {}\r\n\r\n", 60 << 20);
    let far = format!("{head}Content-Length: {}\r\n\r\n", u64::MAX - 1);
    let coded = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &gzip(b"", 60)].concat();
    // RFC 8878, 3.1.1.1.2: a window of 2^41 bytes. The LZ4 frame claims 2^63 bytes in blocks of 4 MiB.
    let window = [b"\x28\xb5\x2f\xfd\x00\xff\x01\x00\x00".as_slice(), b"0"].concat();
    let size = [b"\x28\xb5\x2f\xfd\xe0".as_slice(), &u64::MAX.to_le_bytes(), b"\x01\x00\x00"].concat();
    let lz4 = [b"\x04\x22\x4d\x18\x68\x70".as_slice(), &(1u64 << 63).to_le_bytes(), b"\x00\xff\xff\xff\x7f"]
        .concat();
    let directory = b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0";
    let inputs = [
        ("60 MiB in one gzip member", gzip(long.as_bytes(), 60)),
        ("a record of 2^64 bytes", far.into_bytes()),
        ("a header without end", gzip(b"WARC/1.1\r\nX: ", 60)),
        ("a page of 60 MiB in gzip", coded),
        ("a zstd window of 2^41 bytes", window),
        ("a zstd frame of 2^64 bytes", size),
        ("an LZ4 frame of 2^63 bytes", lz4),
        ("a ZIP of 65535 entries", directory.to_vec()),
    ];
    inputs.map(|(what, bytes)| (what.to_owned(), bytes)).to_vec()
}

#[test]
fn no_input_takes_long_or_much() {
    let clock = Instant::now();
    let bombs = bombs();
    let before = peak();
    let mut slowest = (Duration::ZERO, String::new());
    for (name, target) in targets() {
        for (what, bytes) in filled(name).iter().chain(&bombs) {
            let start = taken(clock);
            target(bytes);
            let took = taken(clock).saturating_sub(start);
            assert!(took < LONGEST, "{name} takes {took:?} for {what}");
            if took > slowest.0 {
                slowest = (took, format!("{name}, {what}"));
            }
        }
        let (Some([held, asked]), Some([held_now, asked_now])) = (before, peak()) else {
            eprintln!("NOT RUN: memory: this system has no /proc/self/status");
            continue;
        };
        let (held, asked) = (held_now - held, asked_now - asked);
        eprintln!("up to {name}: {held} KiB held, {asked} KiB asked for");
        assert!(held < MOST_HELD && asked < MOST_ASKED, "{name}: {held} KiB held, {asked} KiB asked for");
    }
    eprintln!("the slowest: {slowest:?}");
}
