//! OpenTimestamps: proofs of others, beside the `ots` client; proofs that a
//! small calendar of the tests' own begins (`ots_calendar.py`, over the reference
//! library; the reference server is in no package registry); the first block
//! of Bitcoin, whose header everybody knows.

mod common;

use common::loopback::{Calendar, Loopback};
use common::oracles::{run, tool};
use data_encoding::HEXLOWER;
use plainsight_archive::{Trust, Verdict, Verified, begin_proof, upgrade_proof, verify, verify_with};
use plainsight_model::Digest;
use std::path::{Path, PathBuf};

/// Header of Bitcoin's first block, 2009-01-03.
const FIRST: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
/// The one transaction in it. Its hash, made twice, is the block's merkle root.
const COINBASE: &str = "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

fn said(found: &Verified) -> String {
    found.faults.iter().map(|fault| format!("{} {}: {}\n", fault.place, fault.rule, fault.what)).collect()
}

#[track_caller]
fn expect(found: &Verified, verdict: Verdict, what: &str) {
    assert_eq!(found.verdict, verdict, "{}", said(found));
    assert!(said(found).contains(what), "{what}: {}", said(found));
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Headers as a verifier brings them, in a file.
fn headers(folder: &Path, lines: &str) -> Trust {
    let path = folder.join("headers.txt");
    std::fs::write(&path, lines).expect("written");
    Trust::default().with_headers(&path).expect("headers")
}

/// A proof that the first block commits to the transaction in it: the file's
/// SHA-256, a SHA-256 of that, and the word of a block at a height.
fn first_block(folder: &Path, height: u8) -> PathBuf {
    let file = HEXLOWER.decode(COINBASE.as_bytes()).expect("hex");
    std::fs::write(folder.join("tx"), &file).expect("written");
    let magic = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";
    let word = [&[0x00, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, 0x01], &[height][..]].concat();
    let proof = [&magic[..], &Digest::of(&file).0, &[0x08], &word].concat();
    std::fs::write(folder.join("tx.ots"), proof).expect("written");
    folder.join("tx.ots")
}

#[test]
fn a_block_that_everybody_knows_proves_its_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let proof = first_block(folder.path(), 0);
    expect(
        &verify(&proof),
        Verdict::NotChecked,
        "merkle root 4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    );
    for lines in [FIRST.to_owned(), format!("0 {FIRST}")] {
        let trust = headers(folder.path(), &lines);
        expect(&verify_with(&proof, &trust), Verdict::Valid, "there before 2009-01-03T18:15:05Z");
        let early = trust.clone().with_between("2008-01-01", "2008-12-31").expect("a span");
        expect(&verify_with(&proof, &early), Verdict::Invalid, "which is not between");
    }
    // A header whose work was not done; the root stays.
    let forged = FIRST.replace("29ab5f49", "29ab5f48");
    expect(
        &verify_with(&proof, &headers(folder.path(), &format!("0 {forged}"))),
        Verdict::Invalid,
        "has not the work that it claims",
    );
    // Another height: the header that was brought says nothing of it.
    let other = first_block(folder.path(), 7);
    expect(
        &verify_with(&other, &headers(folder.path(), &format!("0 {FIRST}"))),
        Verdict::NotChecked,
        "block 7 of Bitcoin has to have",
    );
    expect(
        &verify_with(&other, &headers(folder.path(), &format!("7 {}", forged.replace("3ba3", "3ba4")))),
        Verdict::Invalid,
        "block 7 of Bitcoin does not have the merkle root",
    );
    std::fs::write(folder.path().join("tx"), b"iets anders").expect("written");
    expect(&verify_with(&proof, &headers(folder.path(), FIRST)), Verdict::Invalid, "the proof is not of");
}

/// What `ots info` prints of the public proofs we say as well: every block
/// with its merkle root, every calendar that still owes one.
#[test]
fn public_proofs_say_what_the_ots_client_says() {
    let test = "public_proofs_say_what_the_ots_client_says";
    let (Some(set), Some(ots)) = (common::set(test), tool(test, "ots")) else { return };
    let mut compared = 0;
    for name in ["hello-world", "bad-stamp", "incomplete", "two-calendars"] {
        let proof = set.join(format!("ots/{name}.txt.ots"));
        let found = verify(&proof);
        assert_eq!(found.verdict, Verdict::NotChecked, "{name}: {}", said(&found));
        let output = run(&ots, &["info", text(&proof)]);
        let info = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in info.lines().map(str::trim) {
            let inside =
                |begin: &str| Some(line.strip_prefix(begin)?.trim_end_matches([')', '\'']).to_owned());
            let wanted = inside("verify PendingAttestation('")
                .map(|uri| format!("{uri} has promised"))
                .or_else(|| {
                    inside("verify BitcoinBlockHeaderAttestation(")
                        .map(|height| format!("block {height} of Bitcoin has to have"))
                })
                .or_else(|| inside("# Bitcoin block merkle root ").map(|root| format!("merkle root {root}")));
            if let Some(wanted) = wanted {
                assert!(said(&found).contains(&wanted), "{name}: {wanted} in {}", said(&found));
                compared += 1;
            }
        }
        // A header of that height with another root.
        let folder = tempfile::tempdir().expect("a folder");
        if let Some(height) = said(&found)
            .split("header: block ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next().map(str::to_owned))
        {
            let trust = headers(folder.path(), &format!("{height} {FIRST}"));
            expect(&verify_with(&proof, &trust), Verdict::Invalid, "does not have the merkle root");
        }
    }
    assert!(compared >= 6, "{compared}");
    eprintln!("NOT RUN: {test}, `ots verify`: it asks a Bitcoin node");
}

#[test]
fn a_proof_is_begun_upgraded_and_judged() {
    let test = "a_proof_is_begun_upgraded_and_judged";
    let Some(ots) = tool(test, "ots") else { return };
    let calendar = Calendar::start(&ots.with_file_name("python3"));
    eprintln!("{test}: with a calendar of the tests' own, not the reference server");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kop");
    std::fs::write(&file, "plainsight/zilverhaven\n3\n银港\n").expect("written");
    let digest = Digest::of(&std::fs::read(&file).expect("readable"));
    // One calendar answers, one is not there.
    let calendars = [calendar.address.clone(), "http://127.0.0.1:1".to_owned()];
    let begun = begin_proof(&Loopback, &calendars, digest).expect("begun");
    assert_eq!(begun.calendars, calendars[..1]);
    assert_eq!(begun.failed.len(), 1, "{:?}", begun.failed);
    let path = folder.path().join("kop.ots");
    let info = |proof: &[u8]| {
        std::fs::write(&path, proof).expect("written");
        let output = run(&ots, &["info", text(&path)]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(info(&begun.proof).contains(&format!("PendingAttestation('{}')", calendar.address)));
    expect(&verify(&path), Verdict::NotChecked, "has promised a block and not named it yet");
    // No block yet; then one.
    let upgrade = |proof: &[u8], calendars: &[String]| {
        upgrade_proof(&Loopback, "kop.ots", proof, calendars).expect("a proof")
    };
    let early = upgrade(&begun.proof, &calendars);
    assert!(early.proof.is_none() && !early.is_complete);
    assert!(early.failed[0].to_string().contains("no block has it yet"), "{:?}", early.failed);
    let header = calendar.mine();
    let stranger = upgrade(&begun.proof, &[]);
    assert!(stranger.proof.is_none(), "an address of a proof alone is not asked");
    let upgraded = upgrade(&begun.proof, &calendars);
    assert!(upgraded.is_complete, "{:?}", upgraded.failed);
    let proof = upgraded.proof.expect("more than before");
    assert!(info(&proof).contains("BitcoinBlockHeaderAttestation(4242)"));
    expect(&verify(&path), Verdict::NotChecked, "block 4242 of Bitcoin has to have the merkle root");
    let agrees = "a block of 2022-05-06T07:08:09Z agrees, but its target is easier than any of Bitcoin's";
    expect(&verify_with(&path, &headers(folder.path(), &header)), Verdict::NotChecked, agrees);
    let other = header.replace("4242 04000000", "4242 05000000");
    assert_ne!(verify_with(&path, &headers(folder.path(), &other)).verdict, Verdict::Valid);
    expect(
        &verify_with(&path, &headers(folder.path(), &format!("4242 {FIRST}"))),
        Verdict::Invalid,
        "does not have the merkle root",
    );
    // `ots` itself says what is to be compared.
    let output = run(&ots, &["--no-bitcoin", "verify", "-f", text(&file), text(&path)]);
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(told.contains("block 4242"), "{told}");
    // Upgraded once more: nothing new.
    assert!(upgrade(&proof, &calendars).proof.is_none());
    std::fs::write(&file, "plainsight/zilverhaven\n3\n银湾\n").expect("written");
    expect(&verify(&path), Verdict::Invalid, "the proof is not of");
}

#[test]
fn calendars_that_answer_nonsense_begin_nothing() {
    struct Says(&'static [u8]);
    impl plainsight_model::Wire for Says {
        fn exchange(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, plainsight_model::WireError> {
            Ok([b"HTTP/1.1 200 OK\r\n\r\n", self.0].concat())
        }
    }
    // Two hundred and fifty-five operations and a word: with the salt before them they are too many.
    let word = b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x07";
    let deep: &'static [u8] = Box::leak([&[0x08; 255], &word[..]].concat().into_boxed_slice());
    for answer in [&b""[..], b"<html>", b"\xf0\x01", b"\x08\x08", &[0xff; 20_000], deep] {
        let failed =
            begin_proof(&Says(answer), &["https://kalender.zilverhaven.example".into()], Digest([7; 32]));
        assert!(failed.is_err(), "{answer:?}");
    }
    assert!(begin_proof(&Says(b""), &[], Digest([7; 32])).is_err(), "no calendar");
}
