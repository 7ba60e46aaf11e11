//! A person's key: drawn once, kept for its owner, and what it signs.

mod support;

use serde_json::Value;
use std::path::Path;
use support::{Bench, PAGE_NL, PAGE_ZH, has};

#[test]
fn a_key_is_drawn_once_and_its_secret_is_never_shown() {
    let bench = Bench::new();
    let none = bench.run(&["id", "show", "--json"]).exits(1);
    assert!(none.out.is_empty() && none.err.contains("plainsight id new"), "{}", none.err);
    bench.run(&["id", "new", "--dry-run"]).exits(0);
    bench.run(&["id", "show"]).exits(1);
    for wrong in ["Ilse Vonk", "a+b", ""] {
        let ran = bench.run(&["id", "new", "--name", wrong]).exits(1);
        assert!(ran.err.contains("cannot be named"), "{}", ran.err);
    }
    let drawn = bench.run(&["id", "new", "--name", "havenkrant", "--json"]).exits(0).line();
    has(&drawn, "name key file created");
    assert_eq!(drawn["name"], "havenkrant");
    let file = drawn["file"].as_str().expect("a path");
    let kept = std::fs::read_to_string(file).expect("the key's file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(file).expect("there").permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(bench.run(&["id", "show", "--json"]).exits(0).line(), drawn);
    let again = bench.run(&["id", "new"]).exits(1);
    assert!(again.err.contains("left alone"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(file).expect("the key's file"), kept);
    let stored: Value = serde_json::from_str(&kept).expect("JSON");
    // `PRIVATE+KEY+name+hash+key`; the key is Base64 and may hold a plus sign itself.
    let secret = stored["secret"].as_str().expect("a secret").splitn(5, '+').nth(4).expect("its last part");
    assert!(secret.len() > 40, "the whole key is looked for");
    for args in [vec!["id", "show"], vec!["id", "show", "--json"], vec!["id", "new"]] {
        let ran = bench.run(&args);
        assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{args:?}");
    }
    bench.run(&["id"]).exits(2);
    bench.run(&["id", "sell"]).exits(2);
}

#[test]
fn what_a_person_appends_is_signed_and_others_can_demand_it() {
    let bench = Bench::new();
    let case = bench.case("case");
    let add = |name: &str, page: &str| {
        let page = bench.write(name, page);
        bench.run(&["add", &case, &page]).exits(0);
    };
    add("een.html", PAGE_NL);
    assert_eq!(bench.run(&["verify", &case, "--allow-unsigned"]).exits(0).line()["verdict"], "unsigned");
    let kept = bench.write("kept", std::fs::read(Path::new(&case).join("ledger/head.txt")).expect("a head"));
    let chain = Path::new(&case).join("ledger/chain.jsonl");
    let older = std::fs::read(&chain).expect("the chain");
    let drawn = bench.run(&["id", "new", "--json"]).exits(0).line();
    let name = drawn["name"].as_str().expect("a name");
    assert!(name.starts_with("key-"), "without a name a key says nothing about its owner: {name}");
    add("twee.html", PAGE_ZH);
    let line = bench.run(&["verify", &case]).exits(0).line();
    assert_eq!(line["verdict"], "valid", "{line}");
    let key = bench.write("key.txt", drawn["key"].as_str().expect("a key"));
    bench.run(&["verify", &case, "--key", &key, "--head", &kept]).exits(0);
    // `id show` prints what `--key` reads.
    let shown = bench.write("shown.txt", bench.run(&["id", "show"]).exits(0).out);
    bench.run(&["verify", &case, "--key", &shown]).exits(0);
    bench.run(&["verify", &case, "--key", &key, "--allow-unsigned"]).exits(2);
    let wrong = bench.run(&["verify", &case, "--key", &kept]).exits(1);
    assert!(wrong.err.contains("holds no public key"), "{}", wrong.err);
    let stranger = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let stranger = bench.write("stranger.txt", stranger);
    let line = bench.run(&["verify", &case, "--key", &stranger]).exits(1).line();
    assert_eq!(line["verdict"], "unsigned");

    // A head that was kept tells when the folder is put back to an older state.
    let now = bench.write("now", std::fs::read(Path::new(&case).join("ledger/head.txt")).expect("a head"));
    std::fs::write(&chain, older).expect("put back");
    std::fs::copy(&kept, Path::new(&case).join("ledger/head.txt")).expect("put back");
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    let line = bench.run(&["verify", &case, "--head", &now]).exits(1).line();
    assert_eq!(line["verdict"], "invalid");
    assert!(line.to_string().contains("an older copy of the folder was put back"), "{line}");
}

#[test]
fn a_damaged_key_stops_the_work_instead_of_leaving_it_unsigned() {
    let bench = Bench::new();
    let case = bench.case("case");
    let log = || bench.run(&["log", &case, "--json"]).exits(0).out;
    let before = log();
    let drawn = bench.run(&["id", "new", "--json"]).exits(0).line();
    std::fs::write(drawn["file"].as_str().expect("a path"), "{}").expect("written");
    let page = bench.write("een.html", PAGE_NL);
    let ran = bench.run(&["add", &case, &page]).exits(1);
    assert!(ran.err.contains("key.json") && ran.err.contains("plainsight id new"), "{}", ran.err);
    assert_eq!(log(), before, "nothing was appended");
}
