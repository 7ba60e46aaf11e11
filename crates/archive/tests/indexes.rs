//! CDXJ and SURT beside `cdxj-indexer` and the `surt` it uses.

mod common;

use common::oracles::{run, tool};
use plainsight_archive::{index, surt};
use std::collections::BTreeSet;
use std::path::Path;

/// Sorted and without repeated lines, as an index of one file stands on disk.
fn ours(path: &Path) -> Vec<String> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut lines = BTreeSet::new();
    index(path, &name, &mut |entry| {
        lines.insert(entry.line());
    })
    .expect("can be opened");
    lines.into_iter().collect()
}

#[test]
fn lines_are_those_of_cdxj_indexer_on_every_sound_file() {
    let test = "lines_are_those_of_cdxj_indexer_on_every_sound_file";
    let (Some(set), Some(indexer)) = (common::set(test), tool(test, "cdxj-indexer")) else { return };
    let text = std::fs::read(set.join("expected.json")).expect("readable");
    let all: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    let (mut files, mut lines, mut wrong) = (0, 0, Vec::new());
    for (name, file) in all["files"].as_object().expect("files") {
        // warcio, on which the indexer stands, reads neither zstd nor LZ4.
        let readable = [".warc", ".warc.gz", ".arc", ".arc.gz"].iter().any(|end| name.ends_with(end));
        if !readable || !file["must_fail"].is_null() {
            continue;
        }
        let path = set.join(name);
        let output = run(&indexer, &["-s", path.to_str().expect("UTF-8")]);
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            eprintln!("cdxj-indexer fails on {name}: {}", why.lines().last().unwrap_or_default());
            continue;
        }
        let theirs: Vec<String> =
            String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
        let ours = ours(&path);
        files += 1;
        lines += theirs.len();
        for (ours, theirs) in ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).take(3) {
            wrong.push(format!("{name}\n ours   {ours}\n theirs {theirs}"));
        }
        if ours.len() != theirs.len() {
            wrong.push(format!("{name}: {} lines instead of {}", ours.len(), theirs.len()));
        }
    }
    eprintln!("{lines} lines of {files} files compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files >= 41 && lines >= 1000, "{files} files, {lines} lines");
}

#[test]
fn keys_are_those_of_the_surt_module() {
    let test = "keys_are_those_of_the_surt_module";
    let Some(indexer) = tool(test, "cdxj-indexer") else { return };
    let python = indexer.with_file_name("python3");
    let addresses = [
        "http://www.havenkade.example/",
        "https://www2.Havenkade.Example:443/A//b/./c/../d/",
        "http://havenkade.example:8080/x?b=2&a=1&&c=",
        "http://user:word@havenkade.example/pad",
        "http://havenkade.example?vraag",
        "http://havenkade.example/?",
        "http://havenkade.example/%E6%96%B0%2520?q=%E6%96%b0+x%26",
        "http://havenkade.example/a b#c",
        "http://127.0.0.1/x",
        "http://0177.1/x",
        "http://1234567890123/x",
        "http://300.1.1.1x/",
        "HTTP://HAVENKADE.EXAMPLE/X",
        "ftp://havenkade.example:21/x",
        "havenkade.example/zonder/schema",
        "http:havenkade.example/x",
        "http:////havenkade.example/x",
        "http://http://https://havenkade.example/x",
        "dns:havenkade.example",
        "whois://whois.example/havenkade.example",
        "urn:uuid:0001",
        "screenshot:https://havenkade.example/Pad",
        "metadata://havenkade.example/x?Y=1",
        "http://havenkade.example/;jsessionid=0123456789abcdefghijklmnopqrstuv?x=1",
        "http://havenkade.example/?jsessionid=0123456789abcdefghijklmnopqrstuv&x=1",
        "http://havenkade.example/?a=1&ASPSESSIONIDabcdefgh=abcdefghijklmnopqrstuvwx",
        "http://havenkade.example/?cfid=12&cftoken=34&z=1",
        "http://havenkade.example/(abcdefghijklmnopqrstuvwx)/p.aspx?q=1",
        "http://havenkade.example/(a(abcdefghijklmnopqrstuvwx)b(abcdefghijklmnopqrstuvwx))/p.aspx",
        "http://havenkade.example/../../x",
        "http://havenkade..example./x",
        "http://havenkade.example:/x",
        "http://[2001:db8::1]/x",
        "http://银港.example/新闻?问=答",
        "  http://havenkade.example/ruimte  ",
        "http://havenkade.example/x\tz",
        "mailto:redactie@havenkade.example",
        "file:///map/Blad 1.txt",
    ];
    let program = "import json,sys,surt\nfor u in json.load(sys.stdin):\n try: print(json.dumps(surt.surt(u)))\n except Exception: print(json.dumps(u))";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let list = folder.path().join("addresses.json");
    std::fs::write(&list, serde_json::to_vec(addresses.as_slice()).expect("JSON")).expect("written");
    let output = std::process::Command::new(python)
        .args(["-W", "ignore", "-c", program])
        .stdin(std::fs::File::open(&list).expect("readable"))
        .output()
        .expect("the tool starts");
    let theirs = String::from_utf8_lossy(&output.stdout);
    let theirs: Vec<String> =
        theirs.lines().map(|line| serde_json::from_str(line).expect("a JSON string")).collect();
    assert_eq!(theirs.len(), addresses.len(), "{}", String::from_utf8_lossy(&output.stderr));
    for (address, theirs) in addresses.iter().zip(&theirs) {
        assert_eq!(&surt(address), theirs, "{address}");
    }
}
