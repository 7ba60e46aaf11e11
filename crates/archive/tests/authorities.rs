//! Authorities asked over a `Wire`: `openssl ts -reply` behind a wire of the
//! test's own, and authorities that answer something else.

mod common;

use common::office::{HERE, Office};
use plainsight_archive::{StampError, Trust, Verdict, ask_authorities, ask_authority, verify_with};
use plainsight_model::Digest;

#[test]
fn one_authority_that_fails_does_not_stop_the_others() {
    let test = "one_authority_that_fails_does_not_stop_the_others";
    let Some(office) = Office::open(test) else { return };
    let text = b"plainsight/zilverhaven";
    let addresses =
        ["https://weg.zilverhaven.example/", HERE, "gopher://oud.zilverhaven.example"].map(str::to_owned);
    let (stamped, failed) = ask_authorities(&office, &addresses, Digest::of(text), &office.roots());
    let why: Vec<String> = failed.iter().map(StampError::to_string).collect();
    assert_eq!(stamped.len(), 1, "{why:?}");
    assert!(why[0].contains("niemand thuis") && why[1].contains("begins with https://"), "{why:?}");
    assert_eq!(stamped[0].said.authority, "CN=stamper");
    assert!(stamped[0].said.until.is_some());
    let asked = office.asked.lock().expect("done").concat();
    assert!(asked.windows(32).any(|window| window == Digest::of(text).0), "the hash is what was sent");
    assert!(!asked.windows(4).any(|window| window == &text[..4]), "and nothing else of the text");
    // What came back is a token file like any other.
    let token = office.authority.write("kop.tsr", &stamped[0].token);
    office.authority.write("kop", text);
    let trust = Trust { roots: office.roots(), ..Trust::default() };
    assert_eq!(verify_with(&token, &trust).verdict, Verdict::Valid);
    assert!(
        office.authority.accepts(&["ts", "-verify", "-in", "kop.tsr", "-data", "kop", "-CAfile", "root.pem"])
    );
}

#[test]
fn answers_to_something_else_are_refused() {
    let Some(mut office) = Office::open("answers_to_something_else_are_refused") else { return };
    let digest = Digest::of(b"kop");
    let roots = office.roots();
    let ask = |office: &Office, digest, nonce| {
        ask_authority(office, HERE, digest, nonce, &roots).map_err(|why| why.to_string())
    };
    let first = ask(&office, digest, [1; 8]).expect("a stamp");
    // An old answer over the same hash, kept back and sent again.
    office.change = Box::new(move |_| first.token.clone());
    let why = ask(&office, digest, [2; 8]).expect_err("an old number");
    assert!(why.contains("its nonce is another"), "{why}");
    assert!(ask(&office, digest, [1; 8]).is_ok(), "the same number");
    let why = ask(&office, Digest::of(b"anders"), [1; 8]).expect_err("another hash");
    assert!(why.contains("of something else than this hash"), "{why}");
    office.change = Box::new(|mut answer| {
        let end = answer.len() - 5;
        answer[end] ^= 1;
        answer
    });
    let why = ask(&office, digest, [3; 8]).expect_err("a signature that does not hold");
    assert!(why.contains("does not verify"), "{why}");
    office.change = Box::new(|_| b"<html>te koop</html>".to_vec());
    let why = ask(&office, digest, [4; 8]).expect_err("no answer");
    assert!(why.contains("no time stamp answer"), "{why}");
}
