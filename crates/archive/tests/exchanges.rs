//! What went over the wire, kept as it was sent and received.

mod common;

use common::oracles::{content, tool};
use plainsight_archive::{Archive, DigestState, Exchange, Revisited, Row, Verdict, list, verify};
use std::path::Path;

const ASKED: &[u8] = b"GET /blad HTTP/1.1\r\nHost: zilverhaven.example\r\nuser-AGENT: x\r\n\r\n";
const CAME: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nblad\r\n0\r\n\r\n";

fn exchange() -> Exchange {
    Exchange {
        uri: "http://zilverhaven.example/blad".into(),
        date: "2022-05-06T07:08:09Z".into(),
        ip: Some("192.0.2.7".into()),
        request: ASKED.to_vec(),
        response: CAME.to_vec(),
        facts: "server-clock: 2022-05-06T07:08:11Z\r\n".into(),
        ..Exchange::default()
    }
}

fn rows(path: &Path) -> Vec<Row> {
    let mut rows = Vec::new();
    list(path, plainsight_archive::Check::Digests, &mut |row| rows.push(row)).expect("opens");
    rows
}

#[test]
fn request_response_and_facts_stand_beside_each_other_as_they_were() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("a")).expect("created");
    let kept = archive.put_exchanges(&[exchange()]).expect("kept").remove(0);
    let response = kept.response.expect("something came");
    let record = archive.record(&response).expect("there");
    assert_eq!((record.kind.as_str(), record.block.as_slice()), ("response", CAME));
    let request = archive.record(&kept.request.expect("something was sent")).expect("there");
    assert_eq!((request.kind.as_str(), request.block.as_slice()), ("request", ASKED));
    let metadata = archive.record(&kept.metadata).expect("there");
    assert_eq!(metadata.block, b"server-clock: 2022-05-06T07:08:11Z\r\n");
    for record in [&request, &metadata] {
        let to = record.fields.iter().find(|(name, _)| name == "WARC-Concurrent-To").expect("names it");
        assert_eq!(to.1, response.record_id);
    }
    assert_eq!(archive.payload(&response).expect("decoded"), b"blad");
    let path = folder.path().join("a/plainsight-00001.warc.gz");
    let all = rows(&path);
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|row| row.block == DigestState::Ok && row.complaints.is_empty()), "{all:?}");
    assert_eq!(all[1].payload, DigestState::Ok);
    assert_eq!(verify(&path).verdict, Verdict::Valid, "{:?}", verify(&path).faults);
    let test = "request_response_and_facts_stand_beside_each_other_as_they_were";
    for checker in ["warcio", "fastwarc"] {
        if let Some(checker) = tool(test, checker) {
            assert!(content(&checker, &["check", path.to_str().expect("UTF-8")]));
        }
    }
}

#[test]
fn what_ended_early_or_never_came_or_did_not_change_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::create(&folder.path().join("a")).expect("created");
    let first = archive.put_exchanges(&[exchange()]).expect("kept").remove(0).response.expect("there");
    let cut = Exchange { response: CAME[..80].to_vec(), truncated: Some("disconnect"), ..exchange() };
    let nothing = Exchange { response: Vec::new(), ip: None, ..exchange() };
    let revisited =
        Revisited { record_id: first.record_id.clone(), uri: exchange().uri, date: exchange().date };
    let same = Exchange {
        response: b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec(),
        date: "2022-05-07T07:08:09Z".into(),
        revisit: Some(revisited),
        ..exchange()
    };
    let kept = archive.put_exchanges(&[cut, nothing, same]).expect("kept");
    let field = |place: &plainsight_model::RecordPlace, name: &str| {
        let record = archive.record(place).expect("there");
        record.fields.into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
    };
    let [cut, nothing, same] = &kept[..] else { panic!("three") };
    assert_eq!(field(cut.response.as_ref().expect("some"), "WARC-Truncated").as_deref(), Some("disconnect"));
    assert_eq!((&nothing.response, field(&nothing.metadata, "WARC-IP-Address")), (&None, None));
    let revisit = same.response.as_ref().expect("some");
    assert_eq!(archive.record(revisit).expect("there").kind, "revisit");
    assert_eq!(field(revisit, "WARC-Refers-To"), Some(first.record_id));
    let path = folder.path().join("a/plainsight-00001.warc.gz");
    assert_eq!(verify(&path).verdict, Verdict::Valid, "{:?}", verify(&path).faults);
}
