//! An invented publication for the tests: no state, body, person or page of it exists.

use plainsight_case::views::*;
use serde_json::json;

pub(crate) const QUILL: &str = "pos-0a000000000000000000000000000001";
pub(crate) const CORVO: &str = "pos-0a000000000000000000000000000002";

fn id(prefix: &str, n: u32) -> String {
    format!("{prefix}-{n:032x}")
}

fn capture(n: u32, source: &str) -> CaptureRow {
    CaptureRow {
        capture: id("cap", n),
        document: id("doc", n),
        uri: format!("https://pages.example/{n}.html"),
        date: format!("2031-03-{:02}T08:41:07Z", n % 28 + 1),
        sha256: format!("{n:064x}"),
        bytes: 1000 + u64::from(n),
        media_type: Some("text/html".into()),
        how: "imported".into(),
        source: source.into(),
        file: "archive/0001.warc.gz".into(),
        offset: 4096 * u64::from(n),
        record: format!("<urn:uuid:00000000-0000-4000-8000-{n:012x}>"),
    }
}

#[allow(clippy::too_many_arguments)]
fn cited(
    n: u32,
    title: &str,
    site: &str,
    lang: &str,
    script: Option<&str>,
    date: Option<&str>,
) -> CitedDocument {
    CitedDocument {
        document: id("doc", n),
        title: Some(title.into()),
        author: None,
        site_name: Some(site.into()),
        url: Some(format!("https://pages.example/{n}.html")),
        date: date.map(Into::into),
        lang: lang.into(),
        script: script.map(Into::into),
        kind: "page".into(),
        captures: vec![capture(n, &format!("/home/someone/pages/{n}.html"))],
    }
}

fn evidence(
    quote: u32,
    document: u32,
    lang: &str,
    text: &str,
    stance: &str,
    voice: &str,
    read: bool,
) -> EvidenceRow {
    EvidenceRow {
        quote: id("quo", quote),
        document: id("doc", document),
        lang: lang.into(),
        start: 10,
        end: 10 + text.chars().count(),
        text: text.into(),
        stance: stance.into(),
        voice: voice.into(),
        read_by: if read { vec!["Reader Nightjar".into()] } else { Vec::new() },
        mode: if voice.contains("police") { "primary" } else { "secondary" }.into(),
        origin: Some(id("ori", document)),
        rejected: false,
        interested_denial: false,
        withdrawn: false,
        proposed_by: None,
        weighed: false,
        title: None,
        date: Some("2029-05-02".into()),
    }
}

fn origin(n: u32, documents: &[u32], how: &str, voice: &str, mode: &str) -> OriginRow {
    OriginRow {
        origin: id("ori", n),
        documents: documents.iter().map(|n| id("doc", *n)).collect(),
        how: how.into(),
        voice: voice.into(),
        mode: mode.into(),
        counts: true,
        letter: "F".into(),
        group: None,
        marks: Vec::new(),
    }
}

fn claim(n: u32, subject: &str, predicate: &str, object: &str, text: &str, grade: u8) -> ClaimRow {
    ClaimRow {
        claim: id("clm", n),
        text: text.into(),
        subject: subject.into(),
        predicate: predicate.into(),
        object: object.into(),
        valid: None,
        count: None,
        grade,
        grade_if_read: 2,
        trace: [
            "S: ori-1 ori-2",
            "P: ori-1",
            "C:",
            "line: 2 unread-only",
            "read:",
            "S: ori-1",
            "P: ori-1",
            "C:",
            "line: 3 S=1",
        ]
        .map(String::from)
        .to_vec(),
        origins: Vec::new(),
        against: Vec::new(),
        evidence: Vec::new(),
        decision: Some(DecisionRow {
            decision: id("dec", n),
            answer: "confirm".into(),
            reason: "secret reason of the desk".into(),
            author: "Reader Nightjar".into(),
            time: "2031-04-02T10:00:00Z".into(),
        }),
        next_step: "read one more quote".into(),
        grade_words: String::new(),
        grade_if_read_words: "probably true".into(),
        unread: 1,
    }
}

/// Two posts in two states, with copies, a denial, a conflict, a count, a person and both kinds of verdict.
pub(crate) fn publication() -> Publication {
    let notice = "5月2日，澈澜市公安局驻奎尔斯塔德警侨联络屋揭牌，电话0555 810 442。";
    let mut exists =
        claim(1, QUILL, "exists", "yes", "Chelan city police run a liaison room in Quillstad", 2);
    exists.evidence = vec![
        evidence(1, 1, "zh", notice, "supports", "Chelan city police", true),
        evidence(2, 2, "zh", "澈瀾市公安局駐奎爾斯塔德警僑聯絡屋揭牌", "supports", "Lantern Weekly", false),
        evidence(
            3,
            3,
            "nl",
            "De kamer boven de zeilmakerij is sinds dat voorjaar open.",
            "supports",
            "De Zeilbode",
            true,
        ),
        evidence(
            4,
            4,
            "en",
            "The legation knows of no such room.",
            "contradicts",
            "the legation of Serawan",
            true,
        ),
    ];
    exists.evidence[3].interested_denial = true;
    exists.origins = vec![
        origin(1, &[1, 2], "copy", "Chelan city police", "primary"),
        origin(3, &[3], "self", "De Zeilbode", "secondary"),
    ];
    let mut operated =
        claim(2, QUILL, "operated_by", "Chelan city police", "It is operated by the Chelan city police", 3);
    operated.evidence = vec![evidence(1, 1, "zh", notice, "supports", "Chelan city police", true)];
    operated.origins = vec![origin(1, &[1, 2], "copy", "Chelan city police", "primary")];
    let mut opened = claim(3, QUILL, "opened", "2029-05-02", "It opened on 2 May 2029", 3);
    opened.evidence = operated.evidence.clone();
    opened.origins = operated.origins.clone();
    opened.against =
        vec![AgainstRow { claim: id("clm", 90), relation: "conflict".into(), object: "2028".into() }];
    let mut headed = claim(4, QUILL, "headed_by", "Orrin Vask", "Orrin Vask heads it", 3);
    headed.evidence = vec![evidence(5, 3, "nl", "Beheerder is Orrin Vask.", "supports", "De Zeilbode", true)];
    headed.origins = vec![origin(3, &[3], "self", "De Zeilbode", "secondary")];
    let mut corvo = claim(5, CORVO, "exists", "yes", "A contact window is reported in Bahía Corvina", 6);
    corvo.evidence = vec![evidence(
        6,
        5,
        "es",
        "Abrieron una ventanilla en Bahía Corvina.",
        "supports",
        "El Faro Gris",
        false,
    )];
    corvo.origins = vec![origin(5, &[5], "self", "El Faro Gris", "secondary")];
    let mut count = claim(6, "Chelan city police", "count", "17", "Chelan city police count 17 rooms", 3);
    count.count = Some(CountRow {
        unit: "posts".into(),
        counter: Some("Chelan city police".into()),
        definition: None,
        as_of: Some("2029-06".into()),
    });
    count.evidence =
        vec![evidence(7, 1, "zh", "已设立17个警侨联络屋。", "supports", "Chelan city police", true)];
    count.origins = vec![origin(1, &[1], "self", "Chelan city police", "primary")];
    count.against =
        vec![AgainstRow { claim: id("clm", 91), relation: "incomparable".into(), object: "9".into() }];
    Publication {
        name: "A room above the sailmaker".into(),
        case_id: "c0ffee00c0ffee00c0ffee00c0ffee00".into(),
        lens: "overseas-posts 0.1".into(),
        draft: false,
        head_number: 1204,
        head: "ab".repeat(32),
        day: "2031-04-02".into(),
        findings: vec![quillstad(), corvina()],
        claims: vec![exists, operated, opened, headed, corvo, count],
        documents: vec![
            cited(1, "澈澜市公安局：联络屋揭牌", "澈澜警务", "zh", Some("Hans"), Some("2029-05-03")),
            cited(2, "聯絡屋揭牌", "Lantern Weekly", "zh", Some("Hant"), Some("2029-05-06")),
            cited(3, "Kamer boven de zeilmakerij", "De Zeilbode", "nl", None, Some("2030-10")),
            cited(4, "Answer of the legation", "legation of Serawan", "en", None, None),
            cited(5, "La ventanilla", "El Faro Gris", "es", None, Some("2030~")),
        ],
        registers: vec![RegisterView {
            register: id("reg", 1),
            name: "Norrhalm list of missions".into(),
            as_of: Some("2030-10-01".into()),
            official: true,
            complete: true,
            rows: 412,
            snapshot: "5a".repeat(32),
        }],
        named: Vec::new(),
        replies: Vec::new(),
        received: Vec::new(),
        left_out: 3,
        unread: vec![ComplaintGroup {
            what: "a picture could not be read: the program tesseract is missing".into(),
            cure: Some("apt-get install tesseract-ocr".into()),
            items: vec![ComplaintItem {
                of: id("doc", 9),
                name: "uncited-secret-name.png".into(),
                what: "not read".into(),
                place: "0".into(),
            }],
        }],
    }
}

fn finding(post: &str, name: &str, lang: &str) -> Finding {
    Finding {
        post: post.into(),
        names: vec![NameRow { text: name.into(), lang: lang.into() }],
        grade: 6,
        grade_if_read: 6,
        ..Finding::default()
    }
}

fn quillstad() -> Finding {
    Finding {
        country: Some("Norrhalm".into()),
        city: Some("Quillstad".into()),
        operator: Some("Chelan city police".into()),
        operator_ids: vec!["9907".into()],
        operator_country: None,
        // Not confirmed: no printed claim gives it.
        host_body: Some("Unconfirmed Rowing Club".into()),
        address: Some("Unconfirmed Quay 8".into()),
        phone: Some("+99555810442".into()),
        opened: Some("2029-05-02".into()),
        services: vec!["unconfirmed service".into()],
        statuses: vec![
            StatusRow {
                word: "claimed by operator".into(),
                date: Some("2029-05-02".into()),
                quote: id("quo", 1),
                withdrawn: false,
            },
            StatusRow {
                word: "denied by sending state".into(),
                date: None,
                quote: id("quo", 4),
                withdrawn: false,
            },
            StatusRow {
                word: "charged".into(),
                date: Some("2030".into()),
                quote: id("quo", 8),
                withdrawn: false,
            },
            StatusRow { word: "reported".into(), date: None, quote: id("quo", 99), withdrawn: false },
        ],
        verdicts: vec![VerdictRow {
            register: Some(id("reg", 1)),
            name: Some("Norrhalm list of missions".into()),
            as_of: Some("2030-10-01".into()),
            outcome: "not listed".into(),
            proof: Some(json!({
                "asked": ["澈澜市公安局驻奎尔斯塔德警侨联络屋", "Chelan city police", "Orrin Vask"],
                "snapshot": "5a".repeat(32), "rows": 0, "day": "2029-05-02",
            })),
            why: "the list is official and complete, and no row has any of the forms".into(),
        }],
        evidence: vec![evidence(
            8,
            3,
            "nl",
            "In 2030 is iemand aangeklaagd.",
            "mentions",
            "De Zeilbode",
            true,
        )],
        claims: (1..=4).map(|n| id("clm", n)).collect(),
        position: Some((-33.25, 12.5)),
        ..finding(QUILL, "澈澜市公安局驻奎尔斯塔德警侨联络屋", "zh-Hans")
    }
}

fn corvina() -> Finding {
    Finding {
        country: Some("Ostermarra".into()),
        city: Some("Bahía Corvina".into()),
        verdicts: vec![VerdictRow {
            register: None,
            name: None,
            as_of: None,
            outcome: "cannot tell".into(),
            proof: None,
            why: "the case holds no register of this state".into(),
        }],
        claims: vec![id("clm", 5)],
        ..finding(CORVO, "ventanilla de Bahía Corvina", "es")
    }
}

/// Replaces every foreign string by one that wants out.
pub(crate) fn hostile() -> Publication {
    const WORDS: [&str; 5] = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "=cmd|'/c calc'!A0 \u{202E}txt.exe",
        "</p><base href=//evil.example><object data=x><embed src=x><iframe srcdoc=x>",
        "' onmouseover='x\u{0}\u{7}<meta http-equiv=refresh content=0>",
    ];
    let mut next = 0;
    let mut word = || {
        next += 1;
        WORDS[next % WORDS.len()].to_owned()
    };
    let mut p = publication();
    p.draft = true;
    p.name = word();
    p.lens = word();
    for d in &mut p.documents {
        (d.title, d.author, d.site_name, d.url) = (Some(word()), Some(word()), Some(word()), Some(word()));
        (d.lang, d.date, d.script) = (word(), Some(word()), Some(word()));
        for c in &mut d.captures {
            (c.source, c.uri, c.record, c.sha256, c.date) = (word(), word(), word(), word(), word());
        }
    }
    for c in &mut p.claims {
        (c.text, c.object) = (word(), word());
        for e in &mut c.evidence {
            (e.text, e.voice, e.lang, e.mode, e.date) = (word(), word(), word(), word(), Some(word()));
        }
        for o in &mut c.origins {
            (o.voice, o.how, o.group, o.letter) = (word(), word(), Some(word()), word());
            o.marks = vec![word()];
        }
        for a in &mut c.against {
            (a.object, a.relation) = (word(), word());
        }
        if let Some(d) = &mut c.decision {
            (d.answer, d.time) = (word(), word());
        }
    }
    for f in &mut p.findings {
        f.names = vec![NameRow { text: word(), lang: word() }];
        (f.city, f.country, f.phone) = (Some(word()), Some(word()), Some(word()));
        for s in &mut f.statuses {
            (s.word, s.date) = (word(), Some(word()));
        }
        for v in &mut f.verdicts {
            (v.name, v.outcome, v.why, v.as_of) = (Some(word()), word(), word(), Some(word()));
            v.proof = Some(json!({ "asked": [word()], "snapshot": word(), "day": word() }));
        }
    }
    for g in &mut p.unread {
        g.what = word();
    }
    p
}
