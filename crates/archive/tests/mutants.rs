//! Two thousand changed copies of a small committed corpus: no parser of
//! foreign bytes may panic, run on, or fill the memory.
//!
//! The seeds lie in `tests/seeds/`; the order of the changes is fixed, so a
//! failure is found again by its number. Longer runs belong to the fuzz targets.

use plainsight_archive::{
    Check, Ledger, Limits, PersonKey, captures, index, list, sniff_bytes, surt, verify,
};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Changed copies of each seed.
const EACH: u32 = 125;

/// xorshift: enough to choose places with, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// One to four changes: a bit, a byte, a cut, a stretch taken out, doubled or moved.
fn mutant(seed: &[u8], number: u64) -> Vec<u8> {
    const TOKENS: [&[u8]; 9] = [
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b"\r\n\r\n",
        b"Content-Length: 99999999999999\r\n",
        b"ffffffff\r\n",
        b"PK\x03\x04",
        b"\x28\xb5\x2f\xfd",
        b"\xff\xff\xff\xff",
        b"\0\0\0\0",
    ];
    let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        if bytes.is_empty() {
            return bytes;
        }
        let (at, other) = (dice.roll(bytes.len()), dice.roll(bytes.len()));
        let (from, until) = (at.min(other), at.max(other).min(at.min(other) + 64));
        match dice.roll(7) {
            0 => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes[at] = dice.roll(256) as u8,
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(from..until)),
            4 => {
                let piece = bytes[from..until].to_vec();
                bytes.splice(from..from, piece);
            }
            5 => {
                let token = TOKENS[dice.roll(TOKENS.len())];
                bytes.splice(at..at, token.iter().copied());
            }
            _ => {
                let token = TOKENS[dice.roll(TOKENS.len())];
                let end = (at + token.len()).min(bytes.len());
                bytes.splice(at..end, token.iter().copied());
            }
        }
    }
    bytes
}

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the seeds").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("readable"))
        })
        .collect()
}

/// Everything that reads foreign bytes, on one file.
fn read_all(folder: &Path, name: &str, bytes: &[u8]) {
    sniff_bytes(bytes);
    if name.ends_with(".jsonl") || name == "head.txt" {
        let ledger = folder.join("ledger");
        let _ = std::fs::remove_dir_all(&ledger);
        drop(Ledger::create(&ledger, "zilverhaven").expect("made"));
        std::fs::write(ledger.join(name), bytes).expect("written");
        if name == "head.txt" {
            std::fs::create_dir(ledger.join("signed")).expect("made");
            std::fs::write(ledger.join("signed/00000000.txt"), bytes).expect("written");
            std::fs::write(ledger.join("keys"), bytes).expect("written");
            let text = String::from_utf8_lossy(bytes);
            assert!(text.lines().all(|line| PersonKey::read(line).is_err()));
        }
        Ledger::check(&ledger);
        let _ = Ledger::read(&ledger);
        return;
    }
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    verify(&path);
    let _ = list(&path, Check::Digests, &mut |_| {});
    let limits = Limits { output: 1 << 20, ..Limits::default() };
    let _ = captures(&path, name, &limits, &mut |received| {
        assert!(received.payload.len() <= 1 << 20);
    });
    let _ = index(&path, name, &mut |entry| {
        entry.line();
    });
    surt(&String::from_utf8_lossy(&bytes[..bytes.len().min(200)]));
}

#[test]
fn two_thousand_mutants_and_not_one_panic() {
    let seeds = seeds();
    assert!(seeds.len() >= 16, "{} seeds", seeds.len());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut read, began) = (0, Instant::now());
    for (name, seed) in &seeds {
        read_all(folder.path(), name, seed);
        for number in 0..EACH {
            let bytes = mutant(seed, u64::from(number) + 1);
            let one = Instant::now();
            let done = std::panic::catch_unwind(|| read_all(folder.path(), name, &bytes));
            assert!(done.is_ok(), "mutant {number} of {name} makes a reader panic");
            assert!(
                one.elapsed() < Duration::from_secs(5),
                "mutant {number} of {name} takes {:?}",
                one.elapsed()
            );
            read += 1;
        }
    }
    eprintln!("{read} mutants of {} seeds in {:?}", seeds.len(), began.elapsed());
    assert!(read >= 2000);
}

#[test]
fn the_seeds_are_what_their_names_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, seed) in seeds() {
        let verdict = match name.as_str() {
            "chain.jsonl" | "head.txt" => continue,
            "folded.warc" | "old.arc" | "old.arc.gz" => "no digest",
            // Of the signed package every step runs up to the name in its certificate.
            "onemember.warc.gz" | "signed.wacz" => "invalid",
            "index.cdxj" | "proof.ots" | "stamp.tsr" => "not checked",
            "package.wacz" => "unsigned",
            _ => "valid",
        };
        let path = folder.path().join(&name);
        std::fs::write(&path, seed).expect("written");
        let found = verify(&path);
        assert_eq!(found.verdict.word(), verdict, "{name}: {:?}", found.faults);
    }
}
