//! The whole test web, sites that behave and sites that do not, through `add`:
//! which records each leaves, what other people's checkers say of the file,
//! and a sentence of it in a real browser.

#[path = "../../archive/tests/common/oracles.rs"]
mod oracles;
#[path = "support/wayback.rs"]
mod wayback;
#[path = "../../collect/tests/web/mod.rs"]
mod web;

use oracles::{content, tool};
use plainsight_archive::{Check, Verdict, list, verify};
use plainsight_case::{AddOptions, Case, Fetching, NoProgress};
use std::collections::BTreeMap;
use std::sync::Arc;
use web::sites::{Row, table};
use web::tls::{Authority, self_signed};
use web::{Names, Web, collector, page, settings};

/// What an exchange leaves.
const EXCHANGE: [&str; 3] = ["response", "request", "metadata"];

/// What `add` says of an address, and the records that stand under it: types in order.
struct Kept {
    status: String,
    complaints: String,
    records: Vec<String>,
}

#[test]
fn every_site_leaves_exactly_its_records_and_others_call_the_file_sound() {
    let test = "every_site_leaves_exactly_its_records_and_others_call_the_file_sound";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let web = Web::new();
    let sentence = "银港同乡会的办公室每周二开放";
    let gbk = encoding_rs::GBK
        .encode(&format!("<html><title>银港</title><p>{sentence}。</p></html>"))
        .0
        .into_owned();
    web.at("kade.test/far", page("", "far"));
    web.at("zilver.test/a", page("Content-Type: text/html; charset=gb2312\r\n", gbk));
    let login = "<html><title>Inloggen</title><form><input name=u><input type=password name=p></form></html>";
    web.at("login.test/a", page("Content-Type: text/html\r\n", login));
    let gone = "<html><title>404 Niet gevonden</title><h1>404</h1><p>Pagina niet gevonden</p></html>";
    web.at("soft404.test/a", page("Content-Type: text/html\r\n", gone));
    let rows = table(&web);
    let own_word = web::tls::web(&self_signed("eigen.test"), rustls::ALL_VERSIONS);
    let old = web::tls::web(&Authority::named("Zilverhaven").vouch("oud.test", true), rustls::ALL_VERSIONS);

    let mut wanted: Vec<(String, Row)> = Vec::new();
    for row in rows {
        web.at(row.place, row.acts.clone());
        wanted.push((web.uri(row.place), row));
    }
    let more = [
        (web.uri("zilver.test/a"), "added", ""),
        (web.uri("login.test/a"), "added", "log"),
        (web.uri("soft404.test/a"), "added", "404"),
        (own_word.uri("eigen.test/a").replace("http:", "https:"), "refused", "certificate"),
        (old.uri("oud.test/a").replace("http:", "https:"), "refused", "certificate"),
    ];
    let inputs: Vec<String> =
        wanted.iter().map(|(uri, _)| uri).chain(more.iter().map(|(uri, ..)| uri)).cloned().collect();
    assert!(inputs.len() >= 25);
    let hosts: Vec<&str> = inputs
        .iter()
        .filter_map(|uri| uri.split('/').nth(2)?.split(':').next())
        .chain(["kade.test"])
        .collect();

    let names = Arc::new(Names::default());
    let mut case = Case::create(&here.join("zaak"), "zaak", "overseas-posts").expect("a case");
    let fetching = Fetching {
        collector: Arc::new(collector(settings(&hosts), &names)),
        robots_reason: None,
        allow_private: hosts.iter().map(|host| (*host).to_owned()).collect(),
        with_parts: false,
    };
    let options = AddOptions {
        public: false,
        site: None,
        dry_run: false,
        author: "ilse".to_owned(),
        fetching: Some(fetching),
    };
    let said = case.add(&inputs, &options, &NoProgress).expect("added");
    drop(case);
    let warc = here.join("zaak/archive/plainsight-00001.warc.gz");
    let mut records: BTreeMap<String, Vec<String>> = BTreeMap::new();
    list(&warc, Check::Digests, &mut |row| {
        assert!(row.complaints.is_empty(), "{row:?}");
        let uri = row.uri.clone().unwrap_or_default();
        records.entry(uri).or_default().push(row.kind.clone().unwrap_or_default());
    })
    .expect("listed");
    let kept: BTreeMap<&str, Kept> = inputs
        .iter()
        .map(|uri| {
            let row = said.iter().find(|row| row.input == *uri).unwrap_or_else(|| panic!("no row for {uri}"));
            let complaints = row.complaints.iter().map(|c| c.what.as_str()).collect::<Vec<_>>().join("; ");
            let records = records.get(uri).cloned().unwrap_or_default();
            (uri.as_str(), Kept { status: row.status.clone(), complaints, records })
        })
        .collect();
    for (uri, row) in &wanted {
        let kept = &kept[uri.as_str()];
        assert_eq!(kept.status, "added", "{uri}: {}", kept.complaints);
        assert_eq!(kept.records, EXCHANGE, "{uri}");
        assert!(kept.complaints.contains(row.says), "{uri}: {}", kept.complaints);
    }
    for (uri, status, says) in &more {
        let kept = &kept[uri.as_str()];
        assert_eq!(kept.status, *status, "{uri}: {}", kept.complaints);
        assert!(kept.complaints.to_lowercase().contains(says), "{uri}: {}", kept.complaints);
        // Without a sound certificate nothing was asked: only the certificate that was shown is kept.
        assert_eq!(kept.records, if *status == "added" { &EXCHANGE[..] } else { &["metadata"] }, "{uri}");
    }
    // Where redirects led to; asked for by two sites, and each time an exchange of its own.
    let led = |place: &str| records.get(&web.uri(place)).map_or(0, Vec::len);
    assert_eq!((led("next.test/b"), led("kade.test/far")), (3, 6));
    // Nothing else stands in the file but what was said of robots.txt, once a host.
    let robots: Vec<_> = records.iter().filter(|(uri, _)| uri.ends_with("/robots.txt")).collect();
    assert!(robots.iter().all(|(_, kept)| *kept == &EXCHANGE || *kept == &["metadata"]), "{robots:?}");
    let of_robots: usize = robots.iter().map(|(_, kept)| kept.len()).sum();
    let count: usize = records.values().map(Vec::len).sum();
    let (warcinfo, refused) = (1, 2);
    assert_eq!(count, warcinfo + refused + 3 * (wanted.len() + 3 + 1 + 2) + of_robots, "{records:#?}");

    assert_eq!(verify(&warc).verdict, Verdict::Valid, "{:?}", verify(&warc).faults);
    let path = warc.to_str().expect("UTF-8");
    let (Some(warcio), Some(fastwarc)) = (tool(test, "warcio"), tool(test, "fastwarc")) else { return };
    assert!(content(&warcio, &["check", path]));
    assert!(content(&fastwarc, &["check", path]));
    let address = &more[0].0;
    let Some(dom) = wayback::shown(test, &here.join("replay"), path, address) else { return };
    assert!(dom.contains(sentence), "{sentence} is not in what Chromium shows of {address}:\n{dom}");
}
