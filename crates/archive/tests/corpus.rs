//! Every file of the developer set `data/warc` against its `expected.json`.

use plainsight_archive::{Check, DigestState, End, Limits, Verdict, captures, list, verify};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Finds the set beside the project; without it the test did not run and says so.
fn set(test: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("PLAINSIGHT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let set = shared.join("data/warc");
    if set.join("expected.json").is_file() {
        return Some(set);
    }
    assert!(std::env::var_os("CI").is_none(), "{test}: data/warc is missing; set PLAINSIGHT_SHARED");
    eprintln!("NOT RUN: {test}: data/warc is missing beside the project");
    None
}

fn expected(set: &Path) -> serde_json::Map<String, Value> {
    let text = std::fs::read(set.join("expected.json")).expect("readable");
    let all: Value = serde_json::from_slice(&text).expect("JSON");
    all["files"].as_object().expect("files").clone()
}

#[test]
fn verdicts_agree_with_those_set_by_hand() {
    let Some(set) = set("verdicts_agree_with_those_set_by_hand") else { return };
    let (mut right, mut all, mut refused) = (0, 0, Vec::new());
    for (name, file) in expected(&set) {
        let found = verify(&set.join(&name));
        let mut good = vec![file["verdict"].as_str().expect("a verdict").to_owned()];
        good.extend(
            file["verdict_also"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned),
        );
        all += 1;
        if good.iter().any(|word| word == found.verdict.word()) {
            right += 1;
        } else {
            eprintln!(
                "miss: {name}: {} instead of {good:?}; {:?}",
                found.verdict.word(),
                &found.faults[..found.faults.len().min(9)]
            );
            if file["must_fail"].is_null() && found.verdict >= Verdict::Incomplete {
                refused.push(name);
            }
        }
    }
    eprintln!("verdicts: {right} of {all} right");
    assert!(refused.is_empty(), "sound files refused: {refused:?}");
    assert_eq!(right, all, "{right} of {all}");
}

#[test]
fn records_and_digests_agree_with_warcio_on_sound_files() {
    let Some(set) = set("records_and_digests_agree_with_warcio_on_sound_files") else { return };
    let mut compared = 0;
    for (name, file) in expected(&set) {
        let read = ["warcio", "warcio_after_unzstd"].map(|key| file[key]["records"].as_u64());
        let Some(records) = read.into_iter().flatten().next() else { continue };
        let check = if file["warcio_check"].is_object() {
            &file["warcio_check"]
        } else {
            &file["warcio_check_after_unzstd"]
        };
        let (mut rows, mut some_ok, mut failed) = (0, 0, 0);
        let listing = list(&set.join(&name), Check::Digests, &mut |row| {
            rows += 1;
            let states = [row.block, row.payload];
            some_ok += u64::from(states.contains(&DigestState::Ok) && !states.contains(&DigestState::Failed));
            failed += u64::from(states.contains(&DigestState::Failed));
        })
        .expect("can be opened");
        if file["must_fail"].is_null() {
            assert_eq!(rows, records, "records of {name}");
            assert_eq!(listing.rows, records, "records of {name}");
            assert_eq!(listing.end, End::Whole, "{name}: {:?}", listing.complaints);
            assert_eq!(failed, 0, "digests of {name}");
            let passed = check["digest_pass"].as_u64().unwrap_or(0);
            // warcio leaves the block digests of revisits alone; we check them.
            let left_alone = check["present_not_checked"].as_u64().unwrap_or(0);
            assert!((passed..=passed + left_alone).contains(&some_ok), "{name}: {some_ok} for {passed}");
            compared += 1;
        } else if check["digest_failed"].as_array().is_some_and(|failed| !failed.is_empty()) {
            assert!(failed > 0, "{name} has failing digests");
        }
    }
    eprintln!("{compared} sound files compared");
    assert!(compared >= 40);
}

#[test]
fn real_pages_come_back_as_they_were_before_coding() {
    let Some(set) = set("real_pages_come_back_as_they_were_before_coding") else { return };
    let text = std::fs::read(set.join("derived/decoded-bodies.json")).expect("readable");
    let bodies: Value = serde_json::from_slice(&text).expect("JSON");
    let mut seen = 0;
    let complaints = captures(
        &set.join("derived/chinese-charsets-1.1.warc.gz"),
        "x",
        &Limits::default(),
        &mut |received| {
            let digest = plainsight_model::Digest::of(&received.payload).hex();
            let wanted = find_text(&bodies, &received.uri).expect("listed");
            assert_eq!(digest, wanted, "{}", received.uri);
            assert_eq!(received.complaints, [], "{}", received.uri);
            seen += 1;
        },
    )
    .expect("can be opened");
    assert_eq!(complaints, []);
    assert!(seen >= 20, "{seen}");
}

/// The SHA-256 that is listed for a URI.
fn find_text(bodies: &Value, uri: &str) -> Option<String> {
    let pages = bodies["chinese-charsets-1.1.warc.gz"].as_array()?;
    pages.iter().find(|page| page["uri"] == uri)?["decoded_sha256"].as_str().map(str::to_owned)
}

#[test]
fn every_file_gives_payloads_or_complaints_and_never_a_panic() {
    let Some(set) = set("every_file_gives_payloads_or_complaints_and_never_a_panic") else { return };
    let (mut payloads, mut complaints) = (0, 0);
    for (name, _) in expected(&set) {
        let found = captures(&set.join(&name), &name, &Limits::default(), &mut |_| payloads += 1);
        complaints += found.expect("can be opened").len();
    }
    eprintln!("{payloads} payloads, {complaints} complaints");
    assert!(payloads > 900);
}

#[test]
fn every_file_that_must_fail_is_named_with_its_place() {
    let Some(set) = set("every_file_that_must_fail_is_named_with_its_place") else { return };
    let mut marked = 0;
    for (name, file) in expected(&set) {
        if file["must_fail"].is_null() {
            continue;
        }
        marked += 1;
        let found = verify(&set.join(&name));
        assert!(found.verdict >= Verdict::Incomplete, "{name}: {}", found.verdict.word());
        // What is only odd stands among the faults too; one must be the reason.
        let reasons: Vec<_> = found
            .faults
            .iter()
            .filter(|fault| fault.rule != "record-form" && !fault.consequence.starts_with("none"))
            .collect();
        let placed = |place: &str| {
            let byte =
                place.split_once("byte ").is_some_and(|(_, at)| at.starts_with(|c: char| c.is_ascii_digit()));
            byte || place.contains(".json") || place.contains('/')
        };
        assert!(reasons.iter().any(|fault| placed(&fault.place)), "{name}: {:?}", found.faults);
    }
    assert_eq!(marked, 27);
}

/// Where the faults of some files lie is known from how they were made, or
/// from other tools that read them by place.
#[test]
fn faults_are_named_where_they_are() {
    let Some(set) = set("faults_are_named_where_they_are") else { return };
    for (name, place, rule) in [
        ("derived/example-digest-tampered.warc", "byte 0", "record-digest"),
        ("derived/post-test-onemember.warc.gz", "byte 0", "container"),
        ("derived/signed-then-rehashed.wacz", "datapackage-digest.json", "signature"),
        ("derived/signature-stripped.wacz", "archive/rec-2022", "record-digest"),
        ("jwat/invalid-warcfile-record-then-garbage.warc", "byte 1135", "container"),
        ("wacz/invalid_example_1.wacz", "data/indexes/index.cdx.gz", "package-resource"),
        ("resiliparse/clipped.warc.gz", "byte 0", "container"),
    ] {
        let found = verify(&set.join(name));
        let here = found.faults.iter().any(|fault| fault.rule == rule && fault.place.starts_with(place));
        assert!(here, "{name}: {:?}", found.faults);
    }
}

#[test]
fn lz4_is_read_with_a_warning_as_fastwarc_reads_it() {
    let Some(set) = set("lz4_is_read_with_a_warning_as_fastwarc_reads_it") else { return };
    let packed = set.join("resiliparse/warcfile.warc.lz4");
    let rows = |path: &Path| {
        let mut rows = Vec::new();
        let listing =
            list(path, Check::Digests, &mut |row| rows.push((row.id, row.uri, row.block, row.payload)));
        (rows, listing.expect("can be opened"))
    };
    let (lz4, listing) = rows(&packed);
    let (gzip, _) = rows(&set.join("resiliparse/warcfile.warc.gz"));
    assert_eq!(listing.end, End::Whole);
    assert_eq!(listing.complaints.len(), 1, "{:?}", listing.complaints);
    assert_eq!(lz4, gzip);
    let found = verify(&packed);
    assert!(found.faults.iter().any(|fault| fault.what.contains("LZ4 stands outside")), "{:?}", found.faults);
}

/// The same records in every container are the same records.
#[test]
fn zstd_with_and_without_dictionary_holds_the_records_of_the_gzip() {
    let Some(set) = set("zstd_with_and_without_dictionary_holds_the_records_of_the_gzip") else { return };
    let rows = |name: &str| {
        let mut rows = Vec::new();
        list(&set.join(name), Check::Digests, &mut |row| rows.push((row.id, row.block, row.payload)))
            .expect("can be opened");
        rows
    };
    let gzip = rows("pywb/iana.warc.gz");
    assert_eq!(gzip.len(), 343);
    for name in ["derived/iana.warc.zst", "derived/iana-dict.warc.zst", "derived/iana-dictzstd.warc.zst"] {
        assert_eq!(rows(name), gzip, "{name}");
    }
}

/// Failing digests, one by one, of the files that must fail: `warcio check -v`
/// prints a line for each. Where ours are more or fewer, the reason stands here.
#[test]
fn failing_digests_are_as_many_as_warcio_finds_or_explained() {
    let Some(set) = set("failing_digests_are_as_many_as_warcio_finds_or_explained") else { return };
    let explained = |name: &str| match name {
        // warcio leaves the block digests of 12 revisits unchecked; FastWARC finds 42 as we do.
        "replayweb/netpreserve-twitter.warc" => 12,
        // Four values name no algorithm that exists; warcio passes over them in silence.
        "jwat/invalid-warcfile-digest-fields.warc" => 4,
        _ => 0,
    };
    let mut compared = 0;
    for (name, file) in expected(&set) {
        let Some(theirs) = file["warcio_check"]["digest_failed"].as_array() else { continue };
        if !file["warcio_check"]["exception"].is_null() {
            continue;
        }
        let mut failed = 0i64;
        let listing = list(&set.join(&name), Check::Digests, &mut |row| {
            failed +=
                [row.block, row.payload].iter().filter(|state| **state == DigestState::Failed).count() as i64;
        });
        listing.expect("can be opened");
        let more = failed - theirs.len() as i64;
        assert_eq!(more, explained(&name), "{name}");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}
