//! The head of a case is stamped, the proofs are kept beside the ledger, and
//! `verify` reads them; stamps are upgraded, renewed, and forged.

mod common;

use common::loopback::Calendar;
use common::office::{HERE, Office};
use common::oracles::tool;
use common::{DAY, case, log};
use plainsight_archive::{
    EntryKind, Ledger, Roots, StampAsk, Stamps, Trust, Verdict, Verified, stamp_case, verify, verify_with,
};
use plainsight_model::Wire;
use serde_json::{Value, json};
use std::path::Path;

/// A case of two entries.
fn two_entries() -> (tempfile::TempDir, Ledger) {
    let (folder, _, mut ledger) = case();
    log(&mut ledger, EntryKind::Decision, json!({"what": "gelezen"}));
    log(&mut ledger, EntryKind::Decision, json!({"what": "银港"}));
    (folder, ledger)
}

fn said(found: &Verified) -> String {
    found.faults.iter().map(|fault| format!("{} {}: {}\n", fault.place, fault.rule, fault.what)).collect()
}

#[track_caller]
fn expect(found: &Verified, verdict: Verdict, what: &str) {
    assert_eq!(found.verdict, verdict, "{}", said(found));
    assert!(said(found).contains(what), "{what}: {}", said(found));
}

fn ask<'a>(authorities: &'a [String], calendars: &'a [String], roots: &'a Roots) -> StampAsk<'a> {
    StampAsk { authorities, calendars, upgrade: false, renew: false, roots, author: "Ilse Vonk", now: DAY }
}

fn stamp(folder: &Path, ledger: &mut Ledger, wire: &dyn Wire, ask: &StampAsk<'_>) -> Stamps {
    stamp_case(&folder.join("ledger"), ledger, wire, ask).expect("the folder can be used")
}

fn last_body(ledger: &Ledger) -> Value {
    ledger.body(ledger.size()).expect("a body")
}

#[test]
fn a_head_is_stamped_kept_and_verified_and_openssl_agrees() {
    let Some(office) = Office::open("a_head_is_stamped_kept_and_verified_and_openssl_agrees") else { return };
    let (folder, mut ledger) = two_entries();
    let (roots, addresses) =
        (office.roots(), [HERE.to_owned(), "https://weg.zilverhaven.example".to_owned()]);
    let made = stamp(folder.path(), &mut ledger, &office, &ask(&addresses, &[], &roots));
    assert_eq!((made.rows.len(), made.failed.len()), (1, 1));
    let root = ledger.head_at(2).root.hex();
    let row = serde_json::to_value(&made.rows[0]).expect("JSON");
    assert_eq!(row["head"], format!("2 {root}"));
    assert_eq!(row["authority"], "CN=stamper");
    assert_eq!(row.as_object().expect("an object").len(), 4, "{row}");
    let body = last_body(&ledger);
    assert_eq!((&body["file"], &body["head"]["root"]), (&json!("stamps/000002.head.1.tsr"), &json!(root)));
    assert_eq!((&body["time"], &body["until"]), (&row["time"], &row["until"]));
    // Without roots it is named; with them it is believed.
    expect(&verify(folder.path()), Verdict::Unsigned, "no roots were given");
    let trust = Trust { roots: office.roots(), ..Trust::default() };
    expect(
        &verify_with(folder.path(), &trust),
        Verdict::Unsigned,
        "by CN=stamper, whose certificates lead to",
    );
    let span = |from, until| trust.clone().with_between(from, until).expect("a span");
    assert_eq!(verify_with(folder.path(), &span("2022-01-01", "9999-01-01")).verdict, Verdict::Unsigned);
    let nothing = "no stamp of this case holds by what was brought";
    expect(&verify_with(folder.path(), &span("2022-01-01", "2022-12-31")), Verdict::NotChecked, nothing);
    for name in ["000002.head", "000002.head.1.tsr"] {
        office
            .authority
            .write(name, &std::fs::read(folder.path().join("ledger/stamps").join(name)).expect("there"));
    }
    let check = ["ts", "-verify", "-in", "000002.head.1.tsr", "-data", "000002.head", "-CAfile", "root.pem"];
    assert!(office.authority.accepts(&check));
    // The next head is another file; the old stamp still holds.
    assert_eq!(stamp(folder.path(), &mut ledger, &office, &ask(&addresses[..1], &[], &roots)).rows.len(), 1);
    assert!(folder.path().join("ledger/stamps/000003.head.1.tsr").is_file());
    assert_eq!(verify_with(folder.path(), &trust).verdict, Verdict::Unsigned);
    assert!(
        stamp(folder.path(), &mut ledger, &office, &ask(&[], &[], &roots)).rows.is_empty(),
        "nobody asked"
    );
}

#[test]
fn forged_stamps_of_a_case_are_invalid() {
    let Some(office) = Office::open("forged_stamps_of_a_case_are_invalid") else { return };
    type Forge = fn(&Path);
    let cases: [(&str, Forge, &str); 6] = [
        (
            "a token that is gone",
            |stamps| std::fs::remove_file(stamps.join("000002.head.1.tsr")).expect("gone"),
            "is missing; entry 3 of the ledger names it",
        ),
        (
            "a head that is gone",
            |stamps| std::fs::remove_file(stamps.join("000002.head")).expect("gone"),
            "the file that it stamps is not beside it",
        ),
        (
            "a head of another ledger",
            |stamps| {
                let path = stamps.join("000002.head");
                let text = std::fs::read_to_string(&path).expect("text");
                std::fs::write(path, text.replace("zilverhaven", "havenkade")).expect("written");
            },
            "this is no head that the ledger ever had",
        ),
        (
            "a token whose signature is changed",
            |stamps| {
                let path = stamps.join("000002.head.1.tsr");
                let mut bytes = std::fs::read(&path).expect("readable");
                let end = bytes.len() - 5;
                bytes[end] ^= 1;
                std::fs::write(path, bytes).expect("written");
            },
            "was changed; entry 3",
        ),
        (
            "a token that nobody logged",
            |stamps| {
                std::fs::copy(stamps.join("000002.head.1.tsr"), stamps.join("000002.head.2.tsr"))
                    .expect("copied");
            },
            "no entry of the ledger names it",
        ),
        ("nothing at all", |stamps| std::fs::remove_dir_all(stamps).expect("gone"), ""),
    ];
    for (name, forge, what) in cases {
        let (folder, mut ledger) = two_entries();
        let (roots, addresses) = (office.roots(), [HERE.to_owned()]);
        stamp(folder.path(), &mut ledger, &office, &ask(&addresses, &[], &roots));
        forge(&folder.path().join("ledger/stamps"));
        let trust = Trust { roots: office.roots(), ..Trust::default() };
        let found = verify_with(folder.path(), &trust);
        // What is only left over or moved away is named, and proves nothing.
        let verdict = match name {
            "a head that is gone" => Verdict::NotChecked,
            "a token that nobody logged" => Verdict::Unsigned,
            _ => Verdict::Invalid,
        };
        assert_eq!(found.verdict, verdict, "{name}: {}", said(&found));
        assert!(said(&found).contains(what), "{name}: {}", said(&found));
        // Without anything brought it is seen as well.
        let plain = verify(folder.path()).verdict;
        assert_eq!(plain == Verdict::Invalid, verdict == Verdict::Invalid, "{name}: {plain:?}");
    }
}

#[test]
fn a_stamp_is_renewed_before_it_ends_and_the_sequence_is_walked() {
    let test = "a_stamp_is_renewed_before_it_ends_and_the_sequence_is_walked";
    let Some(mut office) = Office::open(test) else { return };
    let (folder, mut ledger) = two_entries();
    let (roots, addresses) = (office.roots(), [HERE.to_owned()]);
    stamp(folder.path(), &mut ledger, &office, &ask(&addresses, &[], &roots));
    let ends = last_body(&ledger)["until"].as_str().expect("a moment").to_owned();
    // Two years before its end nothing is due; a month before it is.
    let renew = StampAsk { renew: true, ..ask(&[], &[], &roots) };
    let early = format!("{}{}", ends[..4].parse::<u32>().expect("a year") - 2, &ends[4..]);
    assert!(stamp(folder.path(), &mut ledger, &office, &StampAsk { now: &early, ..renew }).rows.is_empty());
    office.authority.key("stamper2", "P-384");
    office.authority.issue("stamper2", "root", "stamper", 4000);
    office.signer = "stamper2";
    let made = stamp(folder.path(), &mut ledger, &office, &StampAsk { now: &ends, ..renew });
    assert_eq!(made.rows.len(), 1, "{:?}", made.failed);
    assert_eq!(last_body(&ledger)["renews"], "stamps/000002.head.1.tsr");
    assert!(made.rows[0].until.as_deref() > Some(&*ends));
    let newest = folder.path().join("ledger/stamps/000002.head.1.tsr.1.tsr");
    let trust = Trust { roots: office.roots(), ..Trust::default() };
    let found = verify_with(&newest, &trust);
    expect(&found, Verdict::Valid, "by CN=stamper2");
    assert!(said(&found).contains("000002.head.1.tsr, byte"), "the older one is walked: {}", said(&found));
    assert_eq!(verify_with(folder.path(), &trust).verdict, Verdict::Unsigned);
    assert!(
        stamp(folder.path(), &mut ledger, &office, &StampAsk { now: &ends, ..renew }).rows.is_empty(),
        "renewed once"
    );
    // A change below is seen from above.
    let head = folder.path().join("ledger/stamps/000002.head");
    std::fs::write(&head, "plainsight/zilverhaven\n2\n").expect("written");
    expect(&verify_with(&newest, &trust), Verdict::Invalid, "of something else than this file");
}

#[test]
fn a_renewal_that_came_too_late_is_invalid() {
    let Some(office) = Office::open("a_renewal_that_came_too_late_is_invalid") else { return };
    let authority = &office.authority;
    authority.write("kop", b"plainsight/zilverhaven");
    authority.stamp("kop", "stamper", &[]);
    let info = authority.info("kop.tsr");
    let at = info.windows(2).rposition(|pair| pair == [0x18, 15]).expect("a moment");
    let past = [&info[..at + 2], b"20220506070809Z", &info[at + 17..]].concat();
    authority.key("old", "P-256");
    authority.issue_between("old", "root", "stamper", "20220101000000Z", "20221231000000Z");
    authority.sign(&past, "kop.tsr", "old", &["-cades"]);
    let renewal = authority.stamp("kop.tsr", "stamper", &[]);
    let trust = Trust { roots: office.roots(), ..Trust::default() };
    assert_eq!(verify_with(&authority.path("kop.tsr"), &trust).verdict, Verdict::Valid);
    expect(
        &verify_with(&renewal, &trust),
        Verdict::Invalid,
        "after kop.tsr had ended at 2022-12-31T00:00:00Z",
    );
}

#[test]
fn a_proof_of_calendars_is_upgraded_into_a_file_of_its_own() {
    let test = "a_proof_of_calendars_is_upgraded_into_a_file_of_its_own";
    let (Some(ots), Some(office)) = (tool(test, "ots"), Office::open(test)) else { return };
    let calendar = Calendar::start(&ots.with_file_name("python3"));
    let (folder, mut ledger) = two_entries();
    let (roots, calendars) = (Roots::default(), [calendar.address.clone()]);
    let made = stamp(folder.path(), &mut ledger, &office, &ask(&[], &calendars, &roots));
    assert_eq!((made.rows.len(), &made.rows[0].time), (1, &None), "{:?}", made.failed);
    expect(&verify(folder.path()), Verdict::Unsigned, "has promised a block and not named it yet");
    // The ledger knows whom to ask.
    let upgrade = StampAsk { upgrade: true, ..ask(&[], &[], &roots) };
    let early = stamp(folder.path(), &mut ledger, &office, &upgrade);
    assert!(early.rows.is_empty() && early.failed.len() == 1, "{early:?}");
    let header = calendar.mine();
    assert_eq!(stamp(folder.path(), &mut ledger, &office, &upgrade).rows.len(), 1);
    let body = last_body(&ledger);
    assert_eq!(
        (&body["file"], &body["upgrades"]),
        (&json!("stamps/000002.head.2.ots"), &json!("stamps/000002.head.1.ots"))
    );
    let again = stamp(folder.path(), &mut ledger, &office, &upgrade);
    assert!(again.rows.is_empty() && again.failed.is_empty(), "{again:?}");
    let path = folder.path().join("headers");
    std::fs::write(&path, header).expect("written");
    let trust = Trust::default().with_headers(&path).expect("headers");
    // The calendar's block is a test network's: it agrees, and proves nothing.
    expect(
        &verify_with(folder.path(), &trust),
        Verdict::NotChecked,
        "a block of 2022-05-06T07:08:09Z agrees",
    );
}
