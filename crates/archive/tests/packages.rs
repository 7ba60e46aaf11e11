//! Packages that we write: the same bytes each time, read back whole, and
//! accepted by other people's tools.

mod common;

use common::oracles::{content, run, tool};
use common::packages::{CREATED, key, pack, sample, text};
use plainsight_archive::{Archive, Limits, PackageWriter, Page, Resource, Verdict, captures, verify};
use std::path::{Path, PathBuf};

fn faults(path: &Path) -> Vec<String> {
    verify(path).faults.iter().map(|fault| format!("{}: {}", fault.rule, fault.what)).collect()
}

#[test]
fn the_same_input_gives_the_same_bytes_and_a_package_that_verifies() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let warc = sample(folder.path());
    let [one, two] = ["een.wacz", "twee.wacz"].map(|name| {
        let path = folder.path().join(name);
        let made = pack(&path, &[("data.warc.gz", &warc)], Some(&key()));
        assert_eq!((made.records, made.indexed, made.pages), (6, 3, 1));
        assert_eq!(made.complaints, []);
        std::fs::read(path).expect("readable")
    });
    assert_eq!(one, two);
    let path = folder.path().join("een.wacz");
    let verified = verify(&path);
    assert_eq!(verified.verdict, Verdict::Valid, "{:?}", verified.faults);
    assert_eq!(verified.faults.iter().filter(|fault| fault.rule == "signature").count(), 1);
    assert_eq!(verified.faults.len(), 1, "{:?}", verified.faults);
    let unsigned = folder.path().join("los.wacz");
    pack(&unsigned, &[("data.warc.gz", &warc)], None);
    assert_eq!(verify(&unsigned).verdict, Verdict::Unsigned, "{:?}", faults(&unsigned));
    let mut payloads = 0;
    let complaints = captures(&path, "x", &Limits::default(), &mut |_| payloads += 1).expect("opens");
    assert_eq!((payloads, complaints.len()), (2, 1));
    assert!(!folder.path().join("een.wacz.new").exists());
}

#[test]
fn pages_that_the_caller_brings_are_listed_and_names_stand_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let warc = sample(folder.path());
    let path = folder.path().join("paginas.wacz");
    let mut writer = PackageWriter::create(&path, text()).expect("begun");
    writer.warc("data.warc.gz", &warc).expect("taken");
    assert!(writer.warc("data.warc.gz", &warc).is_err());
    assert!(writer.warc("../data.warc.gz", &warc).is_err());
    writer.file("logs/银港.log", "gehaald\n".as_bytes()).expect("taken");
    let page = Page {
        url: "http://zilverhaven.example/blad".into(),
        time: CREATED.into(),
        title: Some("Blad \"银港\"".into()),
    };
    writer.page(&page).expect("listed");
    let made = writer.finish(None).expect("written");
    assert_eq!(made.pages, 1);
    assert_eq!(verify(&path).verdict, Verdict::Unsigned, "{:?}", faults(&path));
    let begun = PackageWriter::create(&folder.path().join("half.wacz"), text()).expect("begun");
    drop(begun);
    let left: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).expect("listed").map(|entry| entry.expect("entry").path()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn other_tools_accept_what_we_write() {
    let test = "other_tools_accept_what_we_write";
    let (Some(wacz), Some(unzip), Some(warcio)) =
        (tool(test, "wacz"), tool(test, "unzip"), tool(test, "warcio"))
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let warc = sample(folder.path());
    let mut written = Vec::new();
    for (name, key) in [("los.wacz", None), ("getekend.wacz", Some(key()))] {
        let path = folder.path().join(name);
        pack(&path, &[("data.warc.gz", &warc)], key.as_ref());
        written.push(path);
    }
    if let Some(set) = common::set(test) {
        let path = folder.path().join("veel.wacz");
        let names = [
            "pywb/iana.warc.gz",
            "warcio/example.warc",
            "ukwa/truncated_datetime.warc",
            "warcio/example.arc.gz",
        ];
        let files: Vec<_> = names.map(|name| set.join(name)).into_iter().collect();
        let files: Vec<(&str, &Path)> = names
            .iter()
            .zip(&files)
            .map(|(name, path)| (name.rsplit('/').next().expect("a name"), path.as_path()))
            .collect();
        pack(&path, &files, None);
        let verified = verify(&path);
        assert!(verified.verdict <= Verdict::NoDigest, "{:?}", verified.faults);
        written.push(path);
    }
    for path in written {
        let name = path.to_str().expect("UTF-8");
        let output = run(&wacz, &["validate", "-f", name]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(content(&unzip, &["-tqq", name]), "{name}");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().to_str().expect("UTF-8");
        assert!(content(&unzip, &["-qq", name, "archive/*", "-d", out]), "{name}");
        for entry in std::fs::read_dir(folder.path().join("archive")).expect("unpacked") {
            let inner = entry.expect("entry").path();
            let inner = inner.to_str().expect("UTF-8");
            assert!(inner.ends_with(".arc.gz") || content(&warcio, &["check", inner]), "{inner}");
        }
    }
}

#[test]
fn the_index_in_a_package_is_the_one_that_cdxj_indexer_makes() {
    let test = "the_index_in_a_package_is_the_one_that_cdxj_indexer_makes";
    let (Some(indexer), Some(unzip)) = (tool(test, "cdxj-indexer"), tool(test, "unzip")) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let warc = sample(folder.path());
    let path = folder.path().join("een.wacz");
    pack(&path, &[("data.warc.gz", &warc)], None);
    let theirs = run(&indexer, &["-s", warc.to_str().expect("UTF-8")]).stdout;
    let packed = run(&unzip, &["-p", path.to_str().expect("UTF-8"), "indexes/index.cdx.gz"]).stdout;
    assert!(!theirs.is_empty());
    assert_eq!(common::unpacked(&packed), theirs);
}

#[test]
fn a_case_s_archive_goes_into_a_package_whatever_was_handed_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let warc = sample(folder.path());
    let received = folder.path().join("van een ander.wacz");
    pack(&received, &[("data.warc.gz", &warc)], None);
    let mut archive = Archive::create(&folder.path().join("archive")).expect("created");
    let page = Resource { bytes: b"blad", uri: "file:///blad.txt", media_type: None, date: CREATED };
    archive.put(&page).expect("kept");
    archive.receive(&warc, "data.warc.gz").expect("kept");
    archive.receive(&received, "pakket.wacz").expect("kept");
    let path = folder.path().join("zaak.wacz");
    let mut writer = PackageWriter::create(&path, text()).expect("begun");
    let mut names = Vec::new();
    for file in archive.files().expect("listed") {
        names.extend(writer.archived(archive.reader(), &file).expect("taken"));
    }
    let made = writer.finish(Some(&key())).expect("written");
    assert_eq!((names.len(), made.records), (3, 2 + 6 + 6));
    assert_eq!(verify(&path).verdict, Verdict::Valid, "{:?}", faults(&path));
    let mut payloads = 0;
    captures(&path, "x", &Limits::default(), &mut |_| payloads += 1).expect("opens");
    assert_eq!(payloads, 1 + 2 + 2);
}
