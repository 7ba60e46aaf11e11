//! The example's evidence, opened by other people's programs: pywb replays it,
//! a real Chromium finds a quoted passage in it, and the usual checkers call it sound.

#[path = "../../archive/tests/common/oracles.rs"]
mod oracles;
#[path = "support/wayback.rs"]
mod wayback;

use oracles::{content, run, tool};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use wayback::shown;

/// The second verifier of the ledger, in another language.
const VERIFIER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verify_ledger.py");

fn plainsight(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
    command.env("XDG_CONFIG_HOME", folder.join("config")).env("HOME", folder).current_dir(folder);
    let output = command.args(arguments).output().expect("starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_stranger_opens_the_evidence_of_the_example() {
    let test = "a_stranger_opens_the_evidence_of_the_example";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    plainsight(here, &["demo", "--no-serve"]);
    let case = "plainsight-demo";
    let made = lines(&plainsight(
        here,
        &["export", case, "--format", "wacz", "--out", "e.wacz", "--draft", "--json"],
    ));
    assert_eq!(made.len(), 1);
    let again =
        plainsight(here, &["export", case, "--format", "wacz", "--out", "f.wacz", "--draft", "--json"]);
    assert_eq!(lines(&again)[0]["sha256"], made[0]["sha256"], "the same case gives the same bytes");
    assert_eq!(
        std::fs::read_dir(here)
            .expect("listed")
            .filter_map(Result::ok)
            .filter(|e| e.path().is_file())
            .count(),
        2
    );
    let verdict = lines(&plainsight(here, &["verify", "--allow-unsigned", "--json", "e.wacz"]));
    assert_eq!(verdict[0]["verdict"], "unsigned", "{}", verdict[0]);

    // Every quoted document is in it, and no other.
    let claims = lines(&plainsight(here, &["claims", case, "--json"]));
    let evidence: Vec<&Value> =
        claims.iter().flat_map(|claim| claim["evidence"].as_array().into_iter().flatten()).collect();
    let mut quoted: Vec<&str> = evidence.iter().filter_map(|row| row["document"].as_str()).collect();
    let read = lines(&plainsight(here, &["read", "--json", "e.wacz"]));
    let mut inside: Vec<&str> = read.iter().filter_map(|row| row["id"].as_str()).collect();
    for list in [&mut quoted, &mut inside] {
        list.sort_unstable();
        list.dedup();
    }
    assert_eq!(inside, quoted);

    let (Some(wacz), Some(unzip), Some(warcio), Some(fastwarc)) =
        (tool(test, "wacz"), tool(test, "unzip"), tool(test, "warcio"), tool(test, "fastwarc"))
    else {
        return;
    };
    let package = here.join("e.wacz");
    let package = package.to_str().expect("UTF-8");
    let said = run(&wacz, &["validate", "-f", package]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    let unpacked = here.join("unpacked");
    assert!(content(&unzip, &["-qq", package, "-d", unpacked.to_str().expect("UTF-8")]));
    let warc = unpacked.join("archive/evidence.warc.gz");
    let warc = warc.to_str().expect("UTF-8");
    assert!(content(&warcio, &["check", warc]));
    assert!(content(&fastwarc, &["check", warc]));

    // What `verify --method` prints can be typed as it stands.
    let path =
        format!("{}:{}", wacz.parent().expect("a folder").display(), std::env::var("PATH").expect("a PATH"));
    plainsight(here, &["publish", case, "--out", "dossier", "--draft"]);
    let commands = |subject: &str| -> Vec<String> {
        let printed = Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .args(["verify", "--allow-unsigned", "--method", "--json", subject])
            .current_dir(here)
            .output()
            .expect("starts");
        let printed = String::from_utf8_lossy(&printed.stderr).into_owned();
        let commands = printed.lines().filter_map(|line| line.strip_prefix("    "));
        commands.map(|command| command.replace("docs/verify_ledger.py", VERIFIER)).collect()
    };
    for subject in ["e.wacz", "unpacked/archive/evidence.warc.gz", case, "dossier"] {
        let commands = commands(subject);
        assert!(commands.len() > 1, "{subject}: {commands:?}");
        for command in commands {
            let said =
                Command::new("bash").args(["-c", &command]).current_dir(here).env("PATH", &path).output();
            let said = said.expect("starts");
            assert!(said.status.success(), "{command}: {}", String::from_utf8_lossy(&said.stderr));
        }
    }
    // Changed files do not pass the same commands.
    let page = std::fs::read_dir(here.join("dossier")).expect("listed").filter_map(Result::ok);
    let page = page.map(|e| e.path()).find(|p| p.extension().is_some_and(|e| e == "html")).expect("a page");
    std::fs::write(page, "other").expect("written");
    let chain = here.join(case).join("ledger/chain.jsonl");
    std::fs::write(
        &chain,
        std::fs::read_to_string(&chain).expect("a chain").replacen("capture", "cap7ure", 1),
    )
    .expect("written");
    for subject in ["dossier", case] {
        let typed = |command: &str| {
            let said =
                Command::new("bash").args(["-c", command]).current_dir(here).env("PATH", &path).output();
            said.expect("starts").status.success()
        };
        assert!(commands(subject).iter().any(|command| !typed(command)), "{subject}");
    }

    eprintln!(
        "NOT RUN: {test}, replayweb.page: a web application with a service worker, loaded from its own site"
    );
    // A passage of one line in a page with an address of its own.
    let (address, passage) = evidence
        .iter()
        .filter_map(|row| {
            let page = read.iter().find(|page| page["id"] == row["document"])?;
            let url = page["url"].as_str().filter(|url| url.starts_with("http"))?;
            let html = page["encoding"].is_string();
            let text =
                row["text"].as_str().filter(|text| !text.contains('\n') && text.chars().count() > 8)?;
            html.then(|| (url.to_owned(), text.to_owned()))
        })
        .min()
        .expect("a page of the web is quoted");
    let Some(dom) = shown(test, &here.join("replay"), warc, &address) else { return };
    let plain: String = dom.split_whitespace().collect();
    let wanted: String = passage.split_whitespace().collect();
    assert!(plain.contains(&wanted), "{passage} is not in what Chromium shows of {address}:\n{dom}");
}
