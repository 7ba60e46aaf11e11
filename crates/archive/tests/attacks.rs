//! The standing attacks on a signed package, each on a package that the test
//! itself makes and forges. Where another tool calls the forgery sound, the
//! test says so too, so that it shows when that heals. Attacks 6 and 11 (stamps,
//! certificates) stand in `domains.rs`, 12 (the ledger) in `independent.rs`.

mod common;

use common::oracles::{content, tool};
use common::packages::{CREATED, key, pack, packed, record, records};
use plainsight_archive::{PackageKey, Verdict, verify};
use plainsight_model::Digest;
use serde_json::Value;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

const WARC: &str = "archive/data.warc.gz";
const MANIFEST: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";

type Entries = Vec<(String, Vec<u8>)>;

/// A package that somebody gets hold of and changes.
struct Forgery {
    folder: tempfile::TempDir,
    entries: Entries,
}

impl Forgery {
    fn begin() -> Self {
        Self::of(&records())
    }

    fn of(records: &[Vec<u8>]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let warc = folder.path().join("data.warc.gz");
        std::fs::write(&warc, packed(records)).expect("written");
        let path = folder.path().join("echt.wacz");
        pack(&path, &[("data.warc.gz", &warc)], Some(&key()));
        let entries = read_zip(&path);
        Self { folder, entries }
    }

    fn original(&self) -> PathBuf {
        self.folder.path().join("echt.wacz")
    }

    fn bytes(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.entries.iter_mut().find(|(known, _)| known == name).expect("an entry").1
    }

    fn json(&mut self, name: &str) -> Value {
        serde_json::from_slice(self.bytes(name)).expect("JSON")
    }

    /// Makes the manifest agree with the files, and the digest file with the
    /// manifest; a signature is left as it was.
    fn rehash(&mut self) {
        let mut manifest = self.json(MANIFEST);
        for resource in manifest["resources"].as_array_mut().expect("resources") {
            let name = resource["path"].as_str().expect("a path").to_owned();
            let bytes = self.bytes(&name);
            resource["hash"] = format!("sha256:{}", Digest::of(bytes).hex()).into();
            resource["bytes"] = bytes.len().into();
        }
        *self.bytes(MANIFEST) = manifest.to_string().into_bytes();
        self.redigest();
    }

    fn redigest(&mut self) {
        let hash = Digest::of(self.bytes(MANIFEST)).hex();
        let mut digest = self.json(DIGEST);
        digest["hash"] = format!("sha256:{hash}").into();
        *self.bytes(DIGEST) = digest.to_string().into_bytes();
    }

    fn write(&self) -> PathBuf {
        let path = self.folder.path().join("vals.wacz");
        std::fs::write(&path, write_zip(&self.entries)).expect("written");
        path
    }

    /// What we say of it: the verdict, and the rules that were broken.
    fn judged(&self) -> (Verdict, Vec<String>) {
        judged(&self.write())
    }
}

fn judged(path: &Path) -> (Verdict, Vec<String>) {
    let verified = verify(path);
    for fault in &verified.faults {
        assert!(!fault.place.is_empty() && !fault.consequence.is_empty(), "{fault:?}");
    }
    (
        verified.verdict,
        verified.faults.into_iter().map(|fault| format!("{} {}", fault.rule, fault.what)).collect(),
    )
}

fn read_zip(path: &Path) -> Entries {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).expect("opens")).expect("a ZIP");
    (0..zip.len())
        .map(|number| {
            let mut entry = zip.by_index(number).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("readable");
            (String::from_utf8_lossy(entry.name_raw()).into_owned(), bytes)
        })
        .collect()
}

fn write_zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in entries {
        zip.start_file(name, options).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

fn says(faults: &[String], what: &str) {
    assert!(faults.iter().any(|fault| fault.contains(what)), "“{what}” is not in {faults:#?}");
}

/// `wacz validate` on the forgery; `None` where it is not installed.
fn wacz_accepts(test: &str, path: &Path) -> Option<bool> {
    Some(content(&tool(test, "wacz")?, &["validate", "-f", path.to_str().expect("UTF-8")]))
}

/// `warcio check` on the WARC inside.
fn warcio_accepts(test: &str, forgery: &mut Forgery) -> Option<bool> {
    let warcio = tool(test, "warcio")?;
    let path = forgery.folder.path().join("inner.warc.gz");
    std::fs::write(&path, forgery.bytes(WARC)).expect("written");
    Some(content(&warcio, &["check", path.to_str().expect("UTF-8")]))
}

/// The second record with another word in its page, digests as they were.
fn with_another_word() -> Vec<Vec<u8>> {
    let mut records = records();
    let text = String::from_utf8(records[1].clone()).expect("UTF-8");
    records[1] = text.replace("is open</html>", "is shut</html>").into_bytes();
    records
}

/// The same, with digests that fit.
fn with_another_word_and_digests() -> Vec<Vec<u8>> {
    let mut records = records();
    let body = "<html><title>Blad</title>社区中心 De Linde is shut</html>".as_bytes();
    let page =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".as_slice(), body].concat();
    let payload = format!("WARC-Payload-Digest: sha256:{}\r\n", Digest::of(body).hex());
    records[1] = record("response", 2, "http://zilverhaven.example/blad", CREATED, &payload, &page);
    records
}

#[test]
fn attack_1_a_byte_in_a_body_changed() {
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&with_another_word());
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "record-digest the block digest does not agree");
    says(&faults, "record-digest the payload digest does not agree");
    says(&faults, "package-resource its hash is not that of the manifest");
    let test = "attack_1_a_byte_in_a_body_changed";
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(true));
    assert_ne!(warcio_accepts(test, &mut forgery), Some(true));
}

#[test]
fn attack_2_the_digests_in_the_record_rewritten_too() {
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&with_another_word_and_digests());
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "package-resource its hash is not that of the manifest");
    says(&faults, "package-index");
    let test = "attack_2_the_digests_in_the_record_rewritten_too";
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(true));
    // Inside the WARC everything fits.
    assert_ne!(warcio_accepts(test, &mut forgery), Some(false));
}

#[test]
fn attack_3_the_manifest_rewritten_too() {
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&with_another_word_and_digests());
    let digest = forgery.bytes(DIGEST).clone();
    forgery.rehash();
    *forgery.bytes(DIGEST) = digest;
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "package-binding its hash is not that of datapackage.json");
    says(&faults, "another manifest was signed");
    assert_ne!(wacz_accepts("attack_3_the_manifest_rewritten_too", &forgery.write()), Some(true));
}

#[test]
fn attack_4_the_digest_file_rewritten_around_the_old_signature() {
    let test = "attack_4_the_digest_file_rewritten_around_the_old_signature";
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&with_another_word_and_digests());
    forgery.rehash();
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "signature signedData.hash is not that of datapackage.json: another manifest was signed");
    // Nothing in py-wacz compares what was signed with the package.
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
    assert_ne!(warcio_accepts(test, &mut forgery), Some(false));
}

#[test]
fn attack_4b_the_signed_hash_rewritten_as_well() {
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&with_another_word_and_digests());
    forgery.rehash();
    let mut digest = forgery.json(DIGEST);
    digest["signedData"]["hash"] = digest["hash"].clone();
    *forgery.bytes(DIGEST) = digest.to_string().into_bytes();
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "signature the signature does not verify under its public key");
    let test = "attack_4b_the_signed_hash_rewritten_as_well";
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
}

#[test]
fn attack_4c_a_title_in_the_manifest_alone() {
    let test = "attack_4c_a_title_in_the_manifest_alone";
    let mut forgery = Forgery::begin();
    let mut manifest = forgery.json(MANIFEST);
    manifest["title"] = "Een ander blad".into();
    *forgery.bytes(MANIFEST) = manifest.to_string().into_bytes();
    forgery.redigest();
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "another manifest was signed");
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
}

#[test]
fn attack_5_the_signature_stripped() {
    let test = "attack_5_the_signature_stripped";
    let mut forgery = Forgery::begin();
    let mut digest = forgery.json(DIGEST);
    digest.as_object_mut().expect("an object").remove("signedData");
    *forgery.bytes(DIGEST) = digest.to_string().into_bytes();
    // That there was one, only the ledger can say.
    assert_eq!(forgery.judged().0, Verdict::Unsigned);
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
    forgery.entries.retain(|(name, _)| name != DIGEST);
    assert_eq!(forgery.judged().0, Verdict::Unsigned);
    let mut forgery = Forgery::begin();
    let mut digest = forgery.json(DIGEST);
    digest["signedData"] = serde_json::json!({});
    *forgery.bytes(DIGEST) = digest.to_string().into_bytes();
    assert_eq!(forgery.judged().0, Verdict::Invalid);
}

#[test]
fn attack_5b_signed_anew_by_somebody_else_shows_another_key() {
    let mut forgery = Forgery::begin();
    let other = PackageKey::from_secret(&[8; 48]).expect("a key");
    let warc = forgery.folder.path().join("data.warc.gz");
    std::fs::write(&warc, packed(&with_another_word_and_digests())).expect("written");
    let path = forgery.folder.path().join("ander.wacz");
    pack(&path, &[("data.warc.gz", &warc)], Some(&other));
    // A key that names nobody proves no more than that its holder signed.
    let (verdict, faults) = judged(&path);
    assert_eq!(verdict, Verdict::Valid);
    says(&faults, "key that names nobody");
    let digest = forgery.json(DIGEST);
    assert_eq!(digest["signedData"]["publicKey"], key().public_key());
    assert_ne!(key().public_key(), other.public_key());
}

#[test]
fn attack_7_the_last_records_dropped() {
    let test = "attack_7_the_last_records_dropped";
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&records()[..4]);
    forgery.rehash();
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "package-records 4 records, the manifest says 6");
    says(&faults, "package-index leads to byte");
    says(&faults, "another manifest was signed");
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
    assert_ne!(warcio_accepts(test, &mut forgery), Some(false));
}

#[test]
fn attack_8_an_unlisted_file_added() {
    let mut forgery = Forgery::begin();
    forgery.entries.push(("archive/extra.warc.gz".into(), packed(&records())));
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "package-unlisted");
    assert_ne!(wacz_accepts("attack_8_an_unlisted_file_added", &forgery.write()), Some(true));
    // py-wacz looks at names with a dot only.
    let mut forgery = Forgery::begin();
    forgery.entries.push(("logs/extra".into(), b"x".to_vec()));
    assert_eq!(forgery.judged().0, Verdict::Invalid);
    assert_ne!(wacz_accepts("attack_8_an_unlisted_file_added", &forgery.write()), Some(false));
}

/// Writes the package with an entry under a placeholder, then gives it the name.
fn renamed(forgery: &Forgery, from: &str, to: &str) -> PathBuf {
    assert_eq!(from.len(), to.len());
    let mut bytes = write_zip(&forgery.entries);
    let mut at = 0;
    while let Some(here) = bytes[at..].windows(from.len()).position(|window| window == from.as_bytes()) {
        bytes[at + here..at + here + to.len()].copy_from_slice(to.as_bytes());
        at += here + to.len();
    }
    let path = forgery.folder.path().join("vals.wacz");
    std::fs::write(&path, bytes).expect("written");
    path
}

#[test]
fn attack_9_two_entries_of_one_name() {
    let mut forgery = Forgery::begin();
    forgery.entries.push(("archive/dxtx.warc.gz".into(), packed(&with_another_word_and_digests())));
    let path = renamed(&forgery, "archive/dxtx.warc.gz", WARC);
    let (verdict, faults) = judged(&path);
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "two entries have one name");
    if let Some(unzip) = tool("attack_9_two_entries_of_one_name", "unzip") {
        assert!(content(&unzip, &["-tqq", path.to_str().expect("UTF-8")]), "unzip -t does not see it");
    }
}

#[test]
fn attack_9b_names_that_leave_the_package() {
    for name in
        ["archive/../../../../xx", "/etc/plainsight.conf", "C:/windows/plainsight", "archive\\..\\..\\plain"]
    {
        let mut forgery = Forgery::begin();
        let placeholder = "x".repeat(name.len());
        forgery.entries.push((placeholder.clone(), b"x".to_vec()));
        let (verdict, faults) = judged(&renamed(&forgery, &placeholder, name));
        assert_eq!(verdict, Verdict::Invalid, "{name}");
        says(&faults, "leaves the package");
    }
}

#[test]
fn attack_9c_two_readers_two_names() {
    // The name in front of the data is changed, that in the directory is not.
    let forgery = Forgery::begin();
    let mut bytes = write_zip(&forgery.entries);
    let name = b"pages/pages.jsonl";
    let at = bytes.windows(name.len()).position(|window| window == name).expect("there");
    bytes[at..at + name.len()].copy_from_slice(b"pages/wages.jsonl");
    let path = forgery.folder.path().join("vals.wacz");
    std::fs::write(&path, &bytes).expect("written");
    let (verdict, faults) = judged(&path);
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "the name in front of the data is not that of the directory");
}

#[test]
fn attack_9d_an_entry_that_the_directory_does_not_name() {
    let test = "attack_9d_an_entry_that_the_directory_does_not_name";
    let forgery = Forgery::begin();
    let hidden = write_zip(&[("archive/extra.warc.gz".into(), packed(&records()))]);
    let end = hidden.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    // Put in front: the offsets in the directory still count from the ZIP's own first byte.
    let mut bytes = hidden[..end].to_vec();
    bytes.extend(write_zip(&forgery.entries));
    let path = forgery.folder.path().join("vals.wacz");
    std::fs::write(&path, &bytes).expect("written");
    let (verdict, faults) = judged(&path);
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "an entry stands here that the directory does not name");
    assert_ne!(wacz_accepts(test, &path), Some(false));
}

#[test]
fn attack_10_a_revisit_without_its_original() {
    let test = "attack_10_a_revisit_without_its_original";
    let mut without = records();
    without.remove(1);
    let mut forgery = Forgery::of(&without);
    let (verdict, faults) = judged(&forgery.original());
    assert_eq!(verdict, Verdict::NotChecked);
    says(&faults, "package-revisit a revisit whose original is not in the package");
    assert_ne!(wacz_accepts(test, &forgery.original()), Some(false));
    assert_ne!(warcio_accepts(test, &mut forgery), Some(false));
}

#[test]
fn attack_13_the_date_of_a_record_moved() {
    let test = "attack_13_the_date_of_a_record_moved";
    let moved = |records: &mut Vec<Vec<u8>>| {
        let text = String::from_utf8(records[5].clone()).expect("UTF-8");
        records[5] = text.replace("2022-05-06T09", "2021-05-06T09").into_bytes();
    };
    let mut late = records();
    moved(&mut late);
    let mut forgery = Forgery::begin();
    *forgery.bytes(WARC) = packed(&late);
    forgery.rehash();
    // The index still tells.
    says(&forgery.judged().1, "package-index gives the record at byte");
    // With the index of the changed WARC nothing but the signature does.
    let other = Forgery::of(&late);
    for name in ["indexes/index.cdx.gz", "indexes/index.idx"] {
        let own = other.entries.iter().find(|(known, _)| known == name).expect("an entry").1.clone();
        *forgery.bytes(name) = own;
    }
    forgery.rehash();
    let (verdict, faults) = forgery.judged();
    assert_eq!(verdict, Verdict::Invalid);
    assert_eq!(faults.len(), 1, "{faults:?}");
    says(&faults, "another manifest was signed");
    assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
    assert_ne!(warcio_accepts(test, &mut forgery), Some(false));
}

#[test]
fn a_package_without_index_or_pages_is_none() {
    let test = "a_package_without_index_or_pages_is_none";
    for gone in ["pages/pages.jsonl", "indexes/"] {
        let mut forgery = Forgery::begin();
        forgery.entries.retain(|(name, _)| !name.starts_with(gone));
        let mut manifest = forgery.json(MANIFEST);
        let resources = manifest["resources"].as_array_mut().expect("resources");
        resources.retain(|resource| !resource["path"].as_str().expect("a path").starts_with(gone));
        *forgery.bytes(MANIFEST) = manifest.to_string().into_bytes();
        forgery.rehash();
        let mut digest = forgery.json(DIGEST);
        digest.as_object_mut().expect("an object").remove("signedData");
        *forgery.bytes(DIGEST) = digest.to_string().into_bytes();
        let (verdict, faults) = forgery.judged();
        assert_eq!(verdict, Verdict::Invalid, "{gone}");
        says(&faults, "package-form the package has no");
        assert_ne!(wacz_accepts(test, &forgery.write()), Some(false));
    }
}

#[test]
fn one_warc_without_digests_does_not_spoil_a_package() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bare = "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:00000009-0000-4000-8000-000000000000>\r\nWARC-Date: 2022-05-06T07:08:09Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    let (info, data) = (folder.path().join("info.warc"), folder.path().join("data.warc.gz"));
    std::fs::write(&info, bare).expect("written");
    std::fs::write(&data, packed(&records())).expect("written");
    let path = folder.path().join("twee.wacz");
    pack(&path, &[("info.warc", &info), ("data.warc.gz", &data)], Some(&key()));
    assert_eq!(judged(&path).0, Verdict::Valid);
    pack(&path, &[("info.warc", &info)], Some(&key()));
    assert_eq!(judged(&path).0, Verdict::NoDigest);
}

#[test]
fn an_entry_that_swells_beyond_what_the_directory_says_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in &Forgery::begin().entries {
        zip.start_file(name, options).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    let mut bytes = zip.finish().expect("in memory").into_inner();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("packed.wacz");
    std::fs::write(&path, &bytes).expect("written");
    assert_eq!(judged(&path).0, Verdict::Valid);
    // The size in the first entry of the directory, made one byte smaller.
    let at = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory") + 24;
    let size = u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    bytes[at..at + 4].copy_from_slice(&(size - 1).to_le_bytes());
    std::fs::write(&path, &bytes).expect("written");
    let (verdict, faults) = judged(&path);
    assert_eq!(verdict, Verdict::Invalid);
    says(&faults, "more than the ZIP's directory says");
}
