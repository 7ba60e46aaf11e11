//! What a third party does to our evidence with tools that we did not write:
//! each check passes on what we write, and fails on a forged copy of it.
//!
//! Numbers are those of the list of checks that the project keeps. Check 4
//! (index) stands in `packages.rs`, check 7 (time) in `domains.rs`, check 9 (the ledger) in `independent.rs`.

mod common;

use common::oracles::{content, run, tool};
use common::packages::{key, pack, sample};
use data_encoding::BASE64;
use plainsight_archive::{Archive, Check, Resource, list};
use plainsight_model::{Digest, RecordPlace};
use std::path::{Path, PathBuf};

const PAGES: [(&str, &str); 3] = [
    ("file:///银港/blad 1.txt", "Buurthuis De Linde, 银港"),
    ("file:///puerto.txt", "Calle del Muelle 3, Puerto Plata del Sur"),
    ("file:///leeg.txt", ""),
];

/// A file as a case keeps it, with the places of its records.
fn ours(folder: &Path) -> (PathBuf, Vec<RecordPlace>) {
    let mut archive = Archive::create(&folder.join("archive")).expect("created");
    let resources: Vec<Resource<'_>> = PAGES
        .iter()
        .map(|(uri, text)| Resource {
            bytes: text.as_bytes(),
            uri,
            media_type: Some("text/plain"),
            date: "2022-05-06T07:08:09Z",
        })
        .collect();
    let places = archive.put_all(&resources).expect("kept");
    (folder.join("archive/plainsight-00001.warc.gz"), places)
}

/// A copy with its record `number` packed anew, one letter in it changed.
fn with_a_changed_letter(path: &Path, places: &[RecordPlace], number: usize) -> PathBuf {
    use std::io::Write;
    let bytes = std::fs::read(path).expect("readable");
    let (from, until) = (places[number].offset as usize, places[number + 1].offset as usize);
    let plain = String::from_utf8(common::unpacked(&bytes[from..until])).expect("UTF-8");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(plain.replace("De Linde", "De Linda").as_bytes()).expect("in memory");
    let member = encoder.finish().expect("in memory");
    let copy = path.with_file_name("vals.warc.gz");
    std::fs::write(&copy, [&bytes[..from], &member, &bytes[until..]].concat()).expect("written");
    copy
}

fn with_a_cut(path: &Path) -> PathBuf {
    let bytes = std::fs::read(path).expect("readable");
    let copy = path.with_file_name("half.warc.gz");
    std::fs::write(&copy, &bytes[..bytes.len() - 30]).expect("written");
    copy
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn check_1_the_container_is_whole() {
    let test = "check_1_the_container_is_whole";
    let (Some(gzip), Some(unzip)) = (tool(test, "gzip"), tool(test, "unzip")) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, _) = ours(folder.path());
    assert!(content(&gzip, &["-t", text(&path)]));
    assert!(!content(&gzip, &["-t", text(&with_a_cut(&path))]));
    let package = folder.path().join("zaak.wacz");
    pack(&package, &[("a.warc.gz", &path)], None);
    assert!(content(&unzip, &["-tqq", text(&package)]));
    let mut bytes = std::fs::read(&package).expect("readable");
    bytes[200] ^= 1;
    std::fs::write(&package, bytes).expect("written");
    assert!(!content(&unzip, &["-tqq", text(&package)]));
}

#[test]
fn check_2_records_and_digests_under_warcio() {
    let test = "check_2_records_and_digests_under_warcio";
    let Some(warcio) = tool(test, "warcio") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, places) = ours(folder.path());
    let output = run(&warcio, &["check", "-v", text(&path)]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("digest failed") && !said.contains("not checked"), "{said}");
    let lines = String::from_utf8_lossy(&run(&warcio, &["index", text(&path)]).stdout).lines().count();
    let listing = list(&path, Check::NoDigests, &mut |_| {}).expect("opens");
    assert_eq!(lines as u64, listing.rows);
    let forged = with_a_changed_letter(&path, &places, 0);
    assert!(!content(&warcio, &["check", text(&forged)]));
    // A cut is not its business: it counts one record less and is content.
    assert!(content(&warcio, &["check", text(&with_a_cut(&path))]));
}

#[test]
fn check_3_a_parser_of_other_descent() {
    let test = "check_3_a_parser_of_other_descent";
    eprintln!("NOT RUN: {test}, jwarc: a Java program that no package registry at hand has");
    let Some(fastwarc) = tool(test, "fastwarc") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, places) = ours(folder.path());
    let output = run(&fastwarc, &["check", text(&path)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(!content(&fastwarc, &["check", text(&with_a_changed_letter(&path, &places, 0))]));
}

#[test]
fn check_5_and_6_package_and_signature_by_hand() {
    let test = "check_5_and_6_package_and_signature_by_hand";
    let (Some(unzip), Some(openssl)) = (tool(test, "unzip"), tool(test, "openssl")) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("zaak.wacz");
    pack(&path, &[("data.warc.gz", sample(folder.path()))], Some(&key()));
    let entry = |name: &str| run(&unzip, &["-p", text(&path), name]).stdout;
    let manifest = format!("sha256:{}", Digest::of(&entry("datapackage.json")).hex());
    let digest: serde_json::Value = serde_json::from_slice(&entry("datapackage-digest.json")).expect("JSON");
    let signed = &digest["signedData"];
    assert_eq!((digest["hash"].as_str(), signed["hash"].as_str()), (Some(&*manifest), Some(&*manifest)));
    let bytes =
        |name: &str| BASE64.decode(signed[name].as_str().expect("a text").as_bytes()).expect("base64");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        text(&path).to_owned()
    };
    let (key, signature) = (write("k.der", &bytes("publicKey")), write("sig.der", &der(&bytes("signature"))));
    let verify = |hash: &str| {
        let hash = write("hash.txt", hash.as_bytes());
        let arguments =
            ["dgst", "-sha256", "-verify", &key, "-keyform", "DER", "-signature", &signature, &hash];
        content(&openssl, &arguments)
    };
    assert!(verify(&manifest));
    assert!(!verify(&manifest.replace("sha256:", "sha256:0")));
}

/// r and s of a signature on P-384 as openssl wants them (RFC 3279, Ecdsa-Sig-Value).
fn der(raw: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let from = number.iter().position(|&byte| byte != 0).unwrap_or(number.len() - 1);
        let number = &number[from..];
        let pad: &[u8] = if number[0] >= 0x80 { &[0] } else { &[] };
        [&[0x02, (number.len() + pad.len()) as u8], pad, number].concat()
    };
    let (r, s) = raw.split_at(48);
    let both = [integer(r), integer(s)].concat();
    [&[0x30, both.len() as u8], both.as_slice()].concat()
}

#[test]
fn check_11_a_footnote_leads_to_the_bytes() {
    let test = "check_11_a_footnote_leads_to_the_bytes";
    let Some(warcio) = tool(test, "warcio") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, places) = ours(folder.path());
    for (place, (_, page)) in places.iter().zip(PAGES) {
        let output = run(&warcio, &["extract", "--payload", text(&path), &place.offset.to_string()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(Digest::of(&output.stdout), Digest::of(page.as_bytes()), "{place:?}");
    }
    let forged = with_a_changed_letter(&path, &places, 0);
    let output = run(&warcio, &["extract", "--payload", text(&forged), &places[0].offset.to_string()]);
    assert_ne!(Digest::of(&output.stdout), Digest::of(PAGES[0].1.as_bytes()));
}
