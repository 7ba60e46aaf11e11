//! RFC 3161 tokens of an authority of our own, made with `openssl ts`, and the
//! tokens of public authorities in the developer set; `openssl` judges beside us.

mod common;

use common::authority::Authority;
use plainsight_archive::{Trust, Verdict, Verified, verify, verify_with};
use std::path::Path;

const TEXT: &[u8] = "het boek van 银港".as_bytes();

/// An authority with a stamper on the given kind of key, and a file to stamp.
fn office(test: &str, kind: &str) -> Option<Authority> {
    let office = Authority::open(test)?;
    office.key("stamper", kind);
    office.issue("stamper", "root", "stamper", 30);
    office.write("boek", TEXT);
    Some(office)
}

fn trust(office: &Authority) -> Trust {
    Trust::default().with_roots(&office.path("root.pem")).expect("a root")
}

fn said(verified: &Verified) -> String {
    verified.faults.iter().map(|fault| format!("{} {}: {}\n", fault.place, fault.rule, fault.what)).collect()
}

#[track_caller]
fn expect(found: &Verified, verdict: Verdict, what: &str) {
    assert_eq!(found.verdict, verdict, "{}", said(found));
    assert!(said(found).contains(what), "{what}: {}", said(found));
}

#[test]
fn sound_tokens_are_valid_whatever_key_and_attribute_they_have() {
    let test = "sound_tokens_are_valid_whatever_key_and_attribute_they_have";
    for (kind, hash) in [("rsa", "sha256"), ("P-256", "sha512"), ("P-384", "sha384")] {
        let Some(office) = office(test, kind) else { return };
        for ess in ["sha1", "sha256", "sha512"] {
            office.run(&["ts", "-query", "-data", "boek", &format!("-{hash}"), "-cert", "-out", "query"]);
            let ess = format!("ess_cert_id_alg = {ess}");
            let signed = format!("signer_digest = {hash}");
            let settings = [("ess_cert_id_alg = sha256", &*ess), ("signer_digest = sha256", &*signed)];
            let token = office.reply("boek.tsr", "stamper", &settings);
            let found = verify_with(&token, &trust(&office));
            expect(
                &found,
                Verdict::Valid,
                "(± 1.5 s) by CN=stamper, whose certificates lead to CN=Kantoor Zilverhaven",
            );
            assert!(
                office.accepts(&["ts", "-verify", "-in", "boek.tsr", "-data", "boek", "-CAfile", "root.pem"]),
                "{kind} {ess}"
            );
            // A bare token is judged as an answer is.
            office.run(&["ts", "-reply", "-in", "boek.tsr", "-token_out", "-out", "boek.1.tsr"]);
            expect(&verify_with(&office.path("boek.1.tsr"), &trust(&office)), Verdict::Valid, "stamped at");
        }
    }
}

#[test]
fn without_roots_or_file_a_token_is_not_checked() {
    let Some(office) = office("without_roots_or_file_a_token_is_not_checked", "P-256") else { return };
    let token = office.stamp("boek", "stamper", &[]);
    expect(&verify(&token), Verdict::NotChecked, "no roots were given");
    office.key("other", "P-256");
    office.root("other", "Ander Kantoor");
    let others = Trust::default().with_roots(&office.path("other.pem")).expect("a root");
    expect(&verify_with(&token, &others), Verdict::NotChecked, "which is not among the roots given");
    // A root that bears the right name, but has another key.
    office.root("other", "Kantoor Zilverhaven");
    let namesake = Trust::default().with_roots(&office.path("other.pem")).expect("a root");
    expect(&verify_with(&token, &namesake), Verdict::NotChecked, "not among the roots given");
    std::fs::rename(office.path("boek"), office.path("weg")).expect("moved");
    expect(
        &verify_with(&token, &trust(&office)),
        Verdict::NotChecked,
        "the file that it stamps is not beside it",
    );
}

#[test]
fn a_token_is_judged_at_its_own_time_and_between_two_moments() {
    let test = "a_token_is_judged_at_its_own_time_and_between_two_moments";
    let Some(office) = office(test, "P-256") else { return };
    let token = office.stamp("boek", "stamper", &[]);
    for (from, until, verdict) in [
        ("2022-01-01", "9999-01-01", Verdict::Valid),
        ("2022-01-01", "2022-12-31", Verdict::Invalid),
        ("9999-01-01", "9999-12-31", Verdict::Invalid),
    ] {
        let trust = trust(&office).with_between(from, until).expect("a span");
        let what = if verdict == Verdict::Valid { "stamped at" } else { "which is not between" };
        expect(&verify_with(&token, &trust), verdict, what);
    }
}

/// Certificates end, stamps do not: what counts is whether the certificate was
/// in force when it stamped, not whether it is today.
#[test]
fn a_stamp_outlives_its_certificate_and_a_late_one_is_invalid() {
    let test = "a_stamp_outlives_its_certificate_and_a_late_one_is_invalid";
    let Some(office) = office(test, "P-256") else { return };
    office.stamp("boek", "stamper", &[]);
    let info = office.info("boek.tsr");
    office.key("old", "P-256");
    office.issue_between("old", "root", "stamper", "20220101000000Z", "20221231000000Z");
    for (moment, verdict, what) in [
        ("20220506070809Z", Verdict::Valid, "stamped at 2022-05-06T07:08:09Z (± 1.5 s) by CN=old"),
        ("20211231235959Z", Verdict::Invalid, "CN=old was not in force at that moment"),
        ("20230101000000Z", Verdict::Invalid, "CN=old was not in force at that moment"),
    ] {
        let token = office.sign(&at_moment(&info, moment), "boek.tsr", "old", &["-cades"]);
        expect(&verify_with(&token, &trust(&office)), verdict, what);
        let (day, attime) = (moment, ["-attime", "1651820889"]);
        let check = ["ts", "-verify", "-in", "boek.tsr", "-token_in", "-data", "boek", "-CAfile", "root.pem"];
        // A root that is younger than the stamp: only the verifier says whom to trust.
        assert!(
            !office.accepts(&[&check[..], &attime[..]].concat()),
            "{day}: openssl wants the root in force too"
        );
    }
}

/// A `TSTInfo` with another moment in it, which has as many digits.
fn at_moment(info: &[u8], moment: &str) -> Vec<u8> {
    let at = info.windows(2).rposition(|pair| pair == [0x18, 15]).expect("a moment");
    [&info[..at + 2], moment.as_bytes(), &info[at + 17..]].concat()
}

#[test]
fn ways_through_offices_in_between() {
    let Some(office) = office("ways_through_offices_in_between", "P-256") else { return };
    for (extensions, verdict, what) in [
        ("middle", Verdict::Valid, "lead to CN=Kantoor Zilverhaven"),
        ("middle_for_servers", Verdict::Invalid, "may not issue certificates for time stamps"),
        ("leaf", Verdict::Invalid, "CN=middle may not issue certificates"),
        ("secret", Verdict::NotChecked, "has a critical extension (1.2.3.4.5) that is not judged here"),
    ] {
        office.key("middle", "P-256");
        office.issue("middle", "root", extensions, 30);
        office.issue("stamper", "middle", "stamper", 30);
        office.write("chain.pem", &office.read("middle.pem"));
        let token = office.stamp("boek", "stamper", &[]);
        expect(&verify_with(&token, &trust(&office)), verdict, what);
    }
    // An office that had ended before it stamped.
    office.issue_between("middle", "root", "middle", "20220101000000Z", "20221231000000Z");
    office.issue("stamper", "middle", "stamper", 30);
    office.write("chain.pem", &office.read("middle.pem"));
    let token = office.stamp("boek", "stamper", &[]);
    expect(
        &verify_with(&token, &trust(&office)),
        Verdict::Invalid,
        "CN=middle was not in force at that moment",
    );
    office.key("upper", "P-256");
    office.issue("upper", "root", "middle_short", 30);
    office.issue("middle", "upper", "middle", 30);
    office.issue("stamper", "middle", "stamper", 30);
    office.write("chain.pem", &[office.read("middle.pem"), office.read("upper.pem")].concat());
    let token = office.stamp("boek", "stamper", &[]);
    expect(&verify_with(&token, &trust(&office)), Verdict::Invalid, "has issued a longer chain than it may");
}

/// What `openssl` will not make with its own commands is made by changing its answer.
#[test]
fn forged_tokens_are_invalid() {
    let Some(office) = office("forged_tokens_are_invalid", "P-256") else { return };
    let token = office.stamp("boek", "stamper", &[]);
    let sound = office.read("boek.tsr");
    office.write("ander", b"een ander boek");
    std::fs::copy(&token, office.path("ander.tsr")).expect("copied");
    expect(
        &verify_with(&office.path("ander.tsr"), &trust(&office)),
        Verdict::Invalid,
        "of something else than this file",
    );
    let at = |wanted: &[u8]| sound.windows(wanted.len()).position(|window| window == wanted).expect("there");
    let imprint = at(&hash(TEXT));
    let serial = at(b"stamper");
    for (place, what) in [
        (imprint, "of something else than this file"),
        (sound.len() - 3, "does not verify under the certificate"),
        // A letter of the certificate: its hash is not the one that was signed.
        (serial, "names another certificate"),
    ] {
        let mut forged = sound.clone();
        forged[place] ^= 1;
        let path = office.write("boek.tsr", &forged);
        expect(&verify_with(&path, &trust(&office)), Verdict::Invalid, what);
    }
    // The file changed with its imprint: the signature is over the old one.
    let other = "het boek van 银湾".as_bytes();
    let mut forged = sound.clone();
    forged[imprint..imprint + 32].copy_from_slice(&hash(other));
    office.write("boek", other);
    let path = office.write("boek.tsr", &forged);
    expect(
        &verify_with(&path, &trust(&office)),
        Verdict::Invalid,
        "its content is not the one that was signed",
    );
    office.write("boek", TEXT);
    let path = office.write("boek.tsr", &sound[..sound.len() - 9]);
    expect(&verify_with(&path, &trust(&office)), Verdict::Incomplete, "cut");
    let path = office.write("boek.tsr", &[&sound[..], b"x"].concat());
    expect(&verify_with(&path, &trust(&office)), Verdict::Invalid, "bytes after the end");
}

/// No byte of an answer can be changed so that it stays valid; but for the
/// few that nobody signed (status texts, the unsigned list of certificates).
#[test]
fn every_changed_byte_is_noticed() {
    let Some(office) = office("every_changed_byte_is_noticed", "P-256") else { return };
    let token = office.stamp("boek", "stamper", &[]);
    let sound = office.read("boek.tsr");
    let trust = trust(&office);
    assert_eq!(verify_with(&token, &trust).verdict, Verdict::Valid);
    let mut passed = Vec::new();
    for place in 0..sound.len() {
        let mut forged = sound.clone();
        forged[place] ^= 0x01;
        let path = office.write("boek.tsr", &forged);
        if verify_with(&path, &trust).verdict == Verdict::Valid {
            passed.push(place);
        }
    }
    // Status 0 and 1 both grant; two version numbers of CMS; the unsigned list
    // of hash algorithms (15 bytes); the empty parameters of another (2).
    assert!(passed.len() <= 20, "{} of {} bytes: {passed:?}", passed.len(), sound.len());
    let imprint = sound.windows(32).position(|window| window == hash(TEXT)).expect("there");
    assert!(!passed.iter().any(|place| (imprint..imprint + 80).contains(place)), "{passed:?}");
}

#[test]
fn certificates_that_are_not_for_time_stamps_alone() {
    let test = "certificates_that_are_not_for_time_stamps_alone";
    let Some(office) = office(test, "P-256") else { return };
    // `openssl ts` refuses to stamp with such a certificate, `openssl cms` does not.
    office.stamp("boek", "stamper", &[]);
    let info = office.info("boek.tsr");
    for (extensions, what) in [
        ("wide", "not one for time stamps alone"),
        ("leaf", "not one for time stamps alone"),
        ("mild", "does not say critically"),
        ("no_signing", "has a key that is not for signing"),
    ] {
        office.issue_between("stamper", "root", extensions, "20220101000000Z", "20491231000000Z");
        let token = office.sign(&info, "boek.tsr", "stamper", &["-cades"]);
        let found = verify_with(&token, &trust(&office));
        expect(&found, Verdict::Invalid, what);
        let wrong = found.faults.iter().filter(|fault| fault.consequence == "it proves nothing").count();
        assert_eq!(wrong, 1, "nothing else is wrong: {}", said(&found));
    }
    // A token that does not say which certificate it was signed with.
    office.issue("stamper", "root", "stamper", 30);
    let token = office.sign(&info, "boek.tsr", "stamper", &[]);
    expect(
        &verify_with(&token, &trust(&office)),
        Verdict::Invalid,
        "no signed attribute names the certificate",
    );
}

#[test]
fn what_is_sound_but_not_judged_here_is_never_invalid() {
    let test = "what_is_sound_but_not_judged_here_is_never_invalid";
    let Some(curve) = office(test, "P-521") else { return };
    let token = curve.stamp("boek", "stamper", &[]);
    expect(
        &verify_with(&token, &trust(&curve)),
        Verdict::NotChecked,
        "algorithm (1.2.840.10045.4.3.2) or key that is not judged",
    );
    assert!(curve.accepts(&["ts", "-verify", "-in", "boek.tsr", "-data", "boek", "-CAfile", "root.pem"]));
    let Some(office) = office(test, "rsa") else { return };
    let honest = office.stamp("boek", "stamper", &[]);
    let info = office.info("boek.tsr");
    let pss = office.sign(&info, "boek.1.tsr", "stamper", &["-cades", "-keyopt", "rsa_padding_mode:pss"]);
    expect(
        &verify_with(&pss, &trust(&office)),
        Verdict::NotChecked,
        "algorithm (1.2.840.113549.1.1.10) or key that is not judged",
    );
    let plain = office.sign(&info, "boek.1.tsr", "stamper", &["-cades"]);
    expect(&verify_with(&plain, &trust(&office)), Verdict::Valid, "stamped at");
    assert_eq!(verify_with(&honest, &trust(&office)).verdict, Verdict::Valid);
    // A SHA-1 as imprint.
    office.run(&["ts", "-query", "-data", "boek", "-sha1", "-cert", "-out", "query"]);
    let token = office.reply("boek.tsr", "stamper", &[]);
    expect(
        &verify_with(&token, &trust(&office)),
        Verdict::NotChecked,
        "two files with one SHA-1 can be made",
    );
    office.write("boek", b"een ander boek");
    expect(&verify_with(&token, &trust(&office)), Verdict::Invalid, "of something else");
    office.write("boek", TEXT);
    // Without the authority's certificate: it is looked for among what the verifier brought.
    office.run(&["ts", "-query", "-data", "boek", "-sha256", "-out", "query"]);
    let token = office.reply("boek.tsr", "stamper", &[]);
    expect(
        &verify_with(&token, &trust(&office)),
        Verdict::NotChecked,
        "the authority's certificate is not in it",
    );
    let all = office.write("all.pem", &[office.read("root.pem"), office.read("stamper.pem")].concat());
    let brought = Trust::default().with_roots(&all).expect("roots");
    expect(&verify_with(&token, &brought), Verdict::Valid, "stamped at");
    // BER: the same answer with its outer length left open.
    let sound = office.read("boek.tsr");
    let open = [&[0x30, 0x80], &sound[4..], &[0, 0]].concat();
    let path = office.write("boek.tsr", &open);
    expect(&verify_with(&path, &trust(&office)), Verdict::NotChecked, "BER");
}

#[test]
fn tokens_of_public_authorities_hold_and_openssl_agrees() {
    let test = "tokens_of_public_authorities_hold_and_openssl_agrees";
    let (Some(set), Some(office)) = (common::set(test), Authority::open(test)) else { return };
    // Both stamp one text of the authors' tests, of which only the hash is known.
    let hash = "fb71a6009f6fa1f43baf746a09cb6339df7f1ad46ee62390847d92438c23abf4f50b0de3f1c2e1cd6c f40dc5bf42e30852c744ddcb2a47e0c3e2f8061223cc64".replace(' ', "");
    for (name, moment) in [("digicert", "1742815067"), ("valid_timestamp", "1741689838")] {
        let token = set.join("tsr").join(format!("{name}.tsr"));
        // The last certificate of the token, taken as a root by this test.
        office.write("token.tsr", &std::fs::read(&token).expect("readable"));
        let last = last_certificate(&office, name);
        let root = office.write("own.pem", last.as_bytes());
        let trust = Trust::default().with_roots(&root).expect("a root");
        let found = verify_with(&token, &trust);
        expect(&found, Verdict::NotChecked, "stamped at 2025-03-");
        assert_eq!(found.faults.len(), 2, "only the file is missing: {}", said(&found));
        assert!(found.faults.iter().any(|fault| fault.rule == "partner"), "{}", said(&found));
        let arguments = [
            "ts",
            "-verify",
            "-digest",
            &hash,
            "-in",
            "token.tsr",
            "-CAfile",
            "own.pem",
            "-partial_chain",
            "-attime",
            moment,
        ];
        assert!(office.accepts(&arguments), "{name}");
    }
}

/// The certificate of a token that issued the others, in PEM.
fn last_certificate(office: &Authority, name: &str) -> String {
    office.run(&["ts", "-reply", "-in", "token.tsr", "-token_out", "-out", "token"]);
    office.run(&["pkcs7", "-inform", "DER", "-in", "token", "-print_certs", "-out", "all.pem"]);
    let text = String::from_utf8(office.read("all.pem")).expect("text");
    let end = text.rfind("-----BEGIN CERTIFICATE-----").unwrap_or_else(|| panic!("{name} has certificates"));
    text[end..].to_owned()
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    plainsight_model::Digest::of(bytes).0.to_vec()
}

/// Whatever stands in a token file, it is judged in the end.
#[test]
fn a_token_that_is_no_token_is_never_valid() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("niets.tsr");
    let kind = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
    for bytes in [
        &[&[0x30, 13], &kind[..]].concat(),
        &[&[0x30, 0x80], &kind[..]].concat(),
        &[&[0x30, 0x84, 255, 255, 255, 255], &kind[..]].concat(),
    ] {
        std::fs::write(&path, bytes).expect("written");
        assert_ne!(verify(Path::new(&path)).verdict, Verdict::Valid);
    }
}
