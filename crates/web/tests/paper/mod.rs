//! A desk of paper: records written by hand, for tests and the preview.
//!
//! States, places, bodies, persons and numbers are invented.

use plainsight_case::views::*;
use plainsight_case::{Gloss, GlossRow, GlossSource, ProposalRow, ProposedQuote, RowChange};
use plainsight_model::{
    Answer, Asked, Block, BlockKind, Complaint, ComplaintKind, DocumentKind, Mention, MentionKind, Metadatum,
    MetadatumKind, Span, TermHit,
};
use plainsight_web::{Answered, Asking, Desk, DeskError, Machine, Seal, Watch};
use serde_json::json;
use std::sync::{Arc, Mutex};

mod page;
use page::{capture, view};

/// The document that most records rest on.
pub const DOC: &str = "doc-00000000000000000000000000000001";
/// A document whose title and text want to be HTML.
pub const HOSTILE: &str = "doc-00000000000000000000000000000002";
/// The post in Brenholt.
pub const POST: &str = "pos-0000000000000000000000000000000a";
/// It exists.
pub const EXISTS: &str = "clm-0000000000000000000000000000000a";
/// When it opened.
pub const OPENED: &str = "clm-0000000000000000000000000000000b";
/// A quote of both.
pub const QUOTE: &str = "quo-0000000000000000000000000000000a";
/// A body under two names that a person joined.
pub const BODY: &str = "ent-0000000000000000000000000000000a";
/// A register with two copies.
pub const REGISTER: &str = "reg-0000000000000000000000000000000a";
/// Its older copy.
pub const OLDER: &str = "reg-0000000000000000000000000000000b";
/// A pair of bodies.
pub const BODIES: &str = "pair-0000000000000000000000000000000b";
/// A pair of names.
pub const PAIR: &str = "pair-0000000000000000000000000000000a";

const TITLE: &str = "云砚市公安局驻布伦霍特警民服务站揭牌";
const FIRST: &str = "5月9日，云砚市公安局驻布伦霍特警民服务站在凯尔瓦拉茶商联合会揭牌。";
const SECOND: &str = "服务站设于码头街21号，联系电话00998-30-4440172。";
const SCRIPT: &str = "=<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// The desk.
#[derive(Default)]
pub struct Paper {
    decided: Mutex<Vec<DecisionRow>>,
    empty: bool,
    many: usize,
}

impl Paper {
    /// A case with three posts.
    pub fn shared() -> Arc<dyn Desk> {
        Arc::new(Self::default())
    }
    /// A case without anything.
    #[allow(dead_code)]
    pub fn empty() -> Arc<dyn Desk> {
        Arc::new(Self { empty: true, ..Self::default() })
    }
    /// A case with many posts of ten bodies, each with three claims.
    #[allow(dead_code)]
    pub fn many(posts: usize) -> Arc<dyn Desk> {
        Arc::new(Self { many: posts, ..Self::default() })
    }
    fn read(&self) -> bool {
        self.decided.lock().expect("paper").iter().any(|d| d.answer == "read")
    }
    fn claim_decision(&self) -> Option<DecisionRow> {
        self.decided.lock().expect("paper").iter().rev().find(|d| d.answer != "read").cloned()
    }
}

fn text() -> String {
    format!("{TITLE}\n{FIRST}\n{SECOND}")
}

fn block(kind: BlockKind, start: usize, text: &str, main: bool) -> Block {
    Block {
        kind,
        span: Span::new(start, start + text.chars().count()),
        path: "html/body/p".into(),
        speaker: None,
        time: None,
        cells: Vec::new(),
        main,
        hidden: false,
    }
}

fn mention(kind: MentionKind, text: &str, meaning: &str) -> Mention {
    let all = super_text();
    let at = all.find(text).expect("stands in the text");
    let start = all[..at].chars().count();
    Mention {
        kind,
        span: Span::new(start, start + text.chars().count()),
        text: text.into(),
        key: String::new(),
        rule: "test".into(),
        term: (!meaning.is_empty()).then(|| TermHit {
            term: text.into(),
            kind: "post_name".into(),
            strength: "strong".into(),
            meaning: meaning.into(),
        }),
    }
}

fn super_text() -> String {
    text()
}

fn name(text: &str, lang: &str) -> NameRow {
    NameRow { text: text.into(), lang: lang.into() }
}

fn evidence(paper: &Paper, document: &str, lang: &str, words: &str, stance: &str) -> EvidenceRow {
    let chinese = document == DOC;
    EvidenceRow {
        quote: if chinese { QUOTE.into() } else { format!("quo-{:032x}", words.len()) },
        document: document.into(),
        lang: lang.into(),
        start: if chinese { 20 } else { 0 },
        end: if chinese { 20 + words.chars().count() } else { words.chars().count() },
        text: words.into(),
        stance: stance.into(),
        voice: "the document itself".into(),
        read_by: if chinese && paper.read() { vec!["Ida Brandt".into()] } else { Vec::new() },
        mode: if chinese { "primary".into() } else { "secondary".into() },
        origin: Some(if chinese { "ori-a".into() } else { "ori-b".into() }),
        rejected: false,
        interested_denial: stance == "contradicts",
        withdrawn: false,
        proposed_by: None,
        weighed: false,
        title: Some(if chinese { TITLE.into() } else { SCRIPT.into() }),
        date: Some("2019-05-10".into()),
    }
}

fn origin(id: &str, documents: &[&str], how: &str, mode: &str) -> OriginRow {
    OriginRow {
        origin: id.into(),
        documents: documents.iter().map(|d| (*d).to_owned()).collect(),
        how: how.into(),
        voice: "Yunyan city police".into(),
        mode: mode.into(),
        counts: true,
        letter: "F".into(),
        group: None,
        marks: Vec::new(),
    }
}

fn claim(paper: &Paper, id: &str, predicate: &str, object: &str, sentence: &str) -> ClaimRow {
    let read = paper.read();
    let grade = if read { 3 } else { 6 };
    ClaimRow {
        claim: id.into(),
        text: sentence.into(),
        subject: POST.into(),
        predicate: predicate.into(),
        object: object.into(),
        valid: None,
        count: None,
        grade,
        grade_if_read: 2,
        trace: [
            "S: ori-a ori-b",
            "P: ori-a",
            "C:",
            "line: 2 C = 0 and S >= 2",
            "read:",
            "S:",
            "P:",
            "C:",
            "line: 6 S = 0",
        ]
        .map(str::to_owned)
        .to_vec(),
        origins: vec![
            origin("ori-a", &[DOC, "doc-00000000000000000000000000000003"], "copy", "primary"),
            origin("ori-b", &[HOSTILE], "self", "secondary"),
        ],
        against: if predicate == "opened" {
            vec![AgainstRow { claim: EXISTS.into(), relation: "conflict".into(), object: "2017".into() }]
        } else {
            Vec::new()
        },
        evidence: vec![
            evidence(paper, DOC, "zh", FIRST, "supports"),
            evidence(paper, HOSTILE, "nl", "Buren zien er sinds mei 2019 bezoekers.", "supports"),
            evidence(paper, HOSTILE, "en", "The mission knows of no such desk.", "contradicts"),
        ],
        decision: if id == EXISTS { paper.claim_decision() } else { None },
        next_step: "If somebody reads the two quotes, line 2 fits.".into(),
        grade_words: if read { "possibly true".into() } else { "cannot be judged".into() },
        grade_if_read_words: "probably true".into(),
        unread: if read { 1 } else { 2 },
    }
}

fn finding(paper: &Paper, at: usize) -> Finding {
    let places = [
        ("Brenholt", "Kelvarra", 54.1, 7.2, "not listed"),
        ("Osmara", "Kelvarra", 51.9, 9.8, "cannot tell"),
        ("Vell", "Sorrland", 60.2, 12.4, "listed"),
    ];
    let (city, country, lat, lon, outcome) = places[at];
    Finding {
        post: if at == 0 { POST.into() } else { format!("pos-{at:032x}") },
        names: vec![name("云砚市公安局驻布伦霍特警民服务站", "zh"), name("politieloket", "nl")],
        country: Some(country.into()),
        country_code: Some("xk".into()),
        city: Some(city.into()),
        city_code: None,
        operator: Some("云砚市公安局".into()),
        operator_ids: vec!["998800".into()],
        operator_country: None,
        host_body: Some("Kelvarra Tea Traders' Union".into()),
        address: Some("码头街21号".into()),
        phone: Some("+998304440172".into()),
        opened: Some("2019-05-09".into()),
        opened_conflicts: vec![OpenedConflict {
            value: "2017".into(),
            origins: 1,
            relation: "conflict".into(),
        }],
        services: vec!["driving licences".into()],
        statuses: vec![StatusRow {
            word: "claimed by operator".into(),
            date: Some("2019-05-10".into()),
            quote: QUOTE.into(),
            withdrawn: false,
        }],
        verdicts: vec![VerdictRow {
            register: Some(REGISTER.into()),
            name: Some("Kelvarra consular list".into()),
            as_of: Some("2022-10-01".into()),
            outcome: outcome.into(),
            proof: Some(
                json!({"asked": ["云砚市公安局", "码头街21号"], "snapshot": "ab", "rows": 0, "day": "2022-10-05"}),
            ),
            why: "No row has this seat, address or class.".into(),
        }],
        claims: if at == 0 { vec![EXISTS.into(), OPENED.into()] } else { Vec::new() },
        evidence: vec![evidence(paper, DOC, "zh", FIRST, "supports")],
        origins: 2,
        grade: 6,
        grade_if_read: 2,
        position: Some((lat, lon)),
    }
}

/// One post of many: all over the earth, and some in one place.
fn one_of_many(paper: &Paper, at: usize) -> Finding {
    let spread = at % 97;
    Finding {
        post: format!("pos-{:032x}", at + 1),
        city: Some(format!("Town {at}")),
        country: Some(format!("State {}", at % 40)),
        position: Some((spread as f64 - 45.0, (spread * 7 % 300) as f64 - 150.0)),
        operator: Some(format!("{}市公安局", at % 10)),
        ..finding(paper, at % 3)
    }
}

fn claims_of_many(paper: &Paper, at: usize) -> Vec<ClaimRow> {
    let (post, body) = (format!("pos-{:032x}", at + 1), format!("{}市公安局", at % 10));
    [("exists", "yes"), ("operated_by", body.as_str()), ("opened", "2019-05-09")]
        .into_iter()
        .enumerate()
        .map(|(n, (predicate, object))| {
            let id = format!("clm-{:032x}", at * 3 + n + 1);
            ClaimRow { subject: post.clone(), ..claim(paper, &id, predicate, object, "One claim of many") }
        })
        .collect()
}

impl Desk for Paper {
    fn asking(&self, machine: Machine, what: &[String]) -> Result<Option<Asking>, DeskError> {
        if self.empty {
            return Ok(None);
        }
        let one = Asking {
            name: SCRIPT.into(),
            host: "models.zilverhaven.org".into(),
            questions: what.len().max(1),
            bytes: 1234,
            trouble: None,
        };
        Ok(Some(match machine {
            Machine::Translator => one,
            // What is said of a missing key is a sentence of another crate.
            Machine::Model => Asking { questions: 0, ..one },
        }))
    }
    fn ask_machine(
        &self,
        _machine: Machine,
        what: &[String],
        _author: &str,
        _watch: &dyn Watch,
    ) -> Result<Answered, DeskError> {
        Ok(Answered { answered: what.len(), failed: Vec::new() })
    }
    fn overview(&self) -> Result<Overview, DeskError> {
        if self.empty {
            return Ok(Overview { name: "Empty".into(), ..Overview::default() });
        }
        Ok(Overview {
            name: "Tea houses".into(),
            lens: "overseas-posts 1".into(),
            captures: 2,
            documents: 2,
            read: 2,
            languages: vec![("zh".into(), 1), ("nl".into(), 1)],
            posts: 3,
            countries: 2,
            claims: 2,
            open_claims: 2,
            unread_quotes: 2,
            pairs: 2,
            entities: 3,
            registers: 2,
            verdicts: vec![("not listed".into(), 1)],
            complaints: 1,
            waiting_decisions: 1,
            stale: true,
            last_decisions: self.decided.lock().expect("paper").clone(),
        })
    }
    fn findings(&self) -> Result<Vec<Finding>, DeskError> {
        if self.many > 0 {
            return Ok((0..self.many).map(|at| one_of_many(self, at)).collect());
        }
        Ok(if self.empty { Vec::new() } else { (0..3).map(|at| finding(self, at)).collect() })
    }
    fn finding(&self, id: &str) -> Result<Option<Finding>, DeskError> {
        Ok(self.findings()?.into_iter().find(|f| f.post == id))
    }
    fn claims(&self) -> Result<Vec<ClaimRow>, DeskError> {
        if self.many > 0 {
            return Ok((0..self.many).flat_map(|at| claims_of_many(self, at)).collect());
        }
        if self.empty {
            return Ok(Vec::new());
        }
        Ok(vec![
            claim(self, EXISTS, "exists", "yes", "The Brenholt post exists"),
            claim(self, OPENED, "opened", "2019-05-09", "The Brenholt post opened on 9 May 2019"),
        ])
    }
    fn claim(&self, id: &str) -> Result<Option<ClaimRow>, DeskError> {
        Ok(self.claims()?.into_iter().find(|c| c.claim == id))
    }
    fn names(&self) -> Result<Vec<PairRow>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        let side = |id: &str, text: &str, lang: &str| PairSide {
            id: id.into(),
            text: text.into(),
            lang: lang.into(),
            quote: QUOTE.into(),
        };
        Ok(vec![
            PairRow {
                pair: PAIR.into(),
                a: side(POST, "云砚市公安局", "zh"),
                b: side("pos-1", "Yunyan Municipal Public Security Bureau", "en"),
                score: 0.83,
                verdict: "review".into(),
                reasons: vec![ReasonRow {
                    slot: "level".into(),
                    a: "市".into(),
                    b: "Municipal".into(),
                    effect: "same".into(),
                    sentence: "one level: city".into(),
                }],
                would_merge: vec![POST.into()],
                kind: "post".into(),
            },
            PairRow {
                pair: BODIES.into(),
                a: side(BODY, "云砚市公安局", "zh"),
                b: side("ent-1", SCRIPT, "en"),
                score: 0.45,
                verdict: "review".into(),
                reasons: vec![ReasonRow {
                    slot: "name".into(),
                    a: "云砚市公安局".into(),
                    b: SCRIPT.into(),
                    effect: "veto".into(),
                    sentence: SCRIPT.into(),
                }],
                would_merge: vec![BODY.into(), "ent-1".into()],
                kind: "agency".into(),
            },
        ])
    }
    fn names_done(&self) -> Result<NamesDone, DeskError> {
        let decided = self.decided.lock().expect("paper");
        let same = |d: &&DecisionRow| matches!(d.answer.as_str(), "same" | "different" | "unsure");
        let side = |name: &str| PairQuote {
            name: Some(name.into()),
            document: DOC.into(),
            quote: QUOTE.into(),
            text: FIRST.into(),
        };
        let row = |d: &DecisionRow| PairDecision {
            decision: d.decision.clone(),
            answer: d.answer.clone(),
            kind: "agency".into(),
            sides: vec![side("云砚市公安局"), side(SCRIPT)],
            reason: d.reason.clone(),
            author: d.author.clone(),
            time: d.time.clone(),
            waits: false,
        };
        Ok(NamesDone {
            decided: decided.iter().filter(same).map(row).collect(),
            same_by_rule: if self.empty { 0 } else { 4 },
            apart_by_rule: if self.empty { 0 } else { 2 },
        })
    }
    fn would_change(&self, _: &[String], answer: Answer) -> Result<WouldChange, DeskError> {
        let change = Changed { id: EXISTS.into(), what: "grade".into(), before: json!(6), after: json!(3) };
        let at = |grade, origins| Some(Standing { grade, grade_if_read: 2, origins });
        let row = |claim: Option<&str>, now, then| MovedClaim {
            claim: claim.map(str::to_owned),
            text: SCRIPT.into(),
            now,
            then,
        };
        Ok(if answer == Answer::Same {
            WouldChange {
                changed: vec![change],
                posts_gone: 1,
                posts_new: 0,
                claims: vec![row(Some(EXISTS), at(6, 2), at(3, 3)), row(None, None, at(6, 1))],
            }
        } else {
            WouldChange::default()
        })
    }
    fn entities(&self) -> Result<Vec<EntityRow>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        let entity = |id: &str, kind: &str, schema: &str, names: &[(&str, &str)]| EntityRow {
            entity: id.into(),
            kind: kind.into(),
            schema: schema.into(),
            names: names.iter().map(|(text, lang)| name(text, lang)).collect(),
            statements: Vec::new(),
            claims: Vec::new(),
            joined: Vec::new(),
            received: kind == "received",
        };
        let at = text()[..text().find("云砚市公安局驻").expect("there")].chars().count();
        let statement = |value: &str, document: &str| StatementRow {
            property: "name".into(),
            value: value.into(),
            lang: "zh".into(),
            claim: Some(EXISTS.into()),
            quote: QUOTE.into(),
            document: document.into(),
            title: Some(if document == DOC { TITLE.into() } else { SCRIPT.into() }),
            date: Some("2019-05-10".into()),
            start: at,
            end: at + 6,
            text: FIRST.into(),
            of_lang: "zh".into(),
            voice: "the document itself".into(),
            read_by: Vec::new(),
            withdrawn: document != DOC,
        };
        let mut body = entity(
            BODY,
            "agency",
            "PublicBody",
            &[("云砚市公安局", "zh"), ("Yunyan Municipal Bureau", "en")],
        );
        body.statements = vec![statement("云砚市公安局", DOC), statement(SCRIPT, HOSTILE)];
        body.claims = vec![EntityClaim {
            claim: EXISTS.into(),
            text: SCRIPT.into(),
            predicate: "operated_by".into(),
            post: Some(POST.into()),
            grade: 6,
            grade_if_read: 2,
        }];
        body.joined = vec![JoinedRow {
            decision: format!("dec-{:032x}", 11),
            a: "云砚市公安局".into(),
            b: SCRIPT.into(),
            reason: SCRIPT.into(),
            author: "Ida Brandt".into(),
            time: "2026-11-24T10:00:00Z".into(),
        }];
        let mut post = entity(POST, "post", "Organization", &[("云砚市公安局驻布伦霍特警民服务站", "zh")]);
        post.statements = vec![statement("云砚市公安局驻布伦霍特警民服务站", DOC)];
        let made = entity("NK+1/a", "received", "Company", &[(SCRIPT, "und")]);
        Ok(vec![post, body, made])
    }
    fn entity(&self, id: &str) -> Result<Option<EntityRow>, DeskError> {
        Ok(self.entities()?.into_iter().find(|entity| entity.entity == id))
    }
    fn to_read(&self, _: Option<&str>) -> Result<Vec<ToReadRow>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        Ok(vec![ToReadRow {
            quote: QUOTE.into(),
            document: DOC.into(),
            title: Some(SCRIPT.into()),
            date: Some("2019-05-10".into()),
            lang: "zh".into(),
            start: 4,
            end: 12,
            before: "前言。".into(),
            text: FIRST.into(),
            after: SCRIPT.into(),
            claims: vec![ToReadClaim {
                claim: EXISTS.into(),
                text: SCRIPT.into(),
                stance: "supports".into(),
                grade: 6,
                grade_if_read: 2,
            }],
            moves: 1,
        }])
    }
    fn replies(&self) -> Result<Vec<ReplyRow>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        Ok(vec![ReplyRow {
            reply: format!("dec-{:032x}", 7),
            party: SCRIPT.into(),
            about: Some(POST.into()),
            about_words: SCRIPT.into(),
            on: "2022-01-02".into(),
            until: "2022-01-20".into(),
            letter: SCRIPT.into(),
            author: "Ida Brandt".into(),
            answers: vec![AnswerRow {
                answer: format!("dec-{:032x}", 8),
                on: "2022-01-19".into(),
                document: DOC.into(),
                lang: "nl".into(),
                text: SCRIPT.into(),
                cut: false,
                capture: None,
            }],
            withdrawn: false,
        }])
    }
    fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, DeskError> {
        if self.empty || !text().contains(&ask.text) {
            return Ok(SearchAnswer::default());
        }
        let at = text()[..text().find(&ask.text).unwrap_or(0)].chars().count();
        Ok(SearchAnswer {
            hits: vec![HitRow {
                document: DOC.into(),
                title: Some(TITLE.into()),
                lang: "zh".into(),
                date: Some("2019-05-10".into()),
                url: Some("https://police.yunyan.example/a.html".into()),
                group: "word".into(),
                quotes: vec![HitQuote {
                    start: at,
                    end: at + ask.text.chars().count(),
                    text: ask.text.clone(),
                }],
                passage: (0, text().replace('\n', " ")),
                copies: vec![HOSTILE.into()],
            }],
            total_word: 1,
            total_inside: 2,
            facets: [("lang".to_owned(), vec![("zh".to_owned(), 1)])].into(),
            also: vec!["雲硯市公安局".into()],
        })
    }
    fn document(&self, id: &str) -> Result<Option<DocumentView>, DeskError> {
        Ok((!self.empty && (id == DOC || id == HOSTILE)).then(|| view(id)))
    }
    fn payload(&self, document: &str) -> Result<Option<plainsight_web::Payload>, DeskError> {
        let page = "<!doctype html><link rel=preconnect href=//x.example><h1>Archived</h1><script>alert(1)</script><a href=//x.example>x</a>";
        Ok((document == DOC || document == HOSTILE)
            .then(|| (page.into(), Some("text/html; charset=gb2312".into()))))
    }
    fn sources(&self) -> Result<Vec<SourceRow>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        let row = |document: &str, title: &str, lang: &str, complaints| SourceRow {
            capture: capture(document, "https://police.yunyan.example/a.html"),
            title: Some(title.into()),
            lang: Some(lang.into()),
            kind: Some("page".into()),
            state: "read".into(),
            complaints,
        };
        Ok(vec![row(DOC, TITLE, "zh", 0), row(HOSTILE, SCRIPT, "nl", 1)])
    }
    fn complaints(&self) -> Result<Vec<ComplaintGroup>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        Ok(vec![ComplaintGroup {
            what: "Letters that fit no charset".into(),
            cure: Some("Choose one".into()),
            items: vec![ComplaintItem {
                of: DOC.into(),
                name: SCRIPT.into(),
                what: "two letters".into(),
                place: "byte 902".into(),
            }],
        }])
    }
    fn log(&self) -> Result<Vec<LogRow>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        let row = |number: u64, kind: &str, body| LogRow {
            number,
            time: format!("2026-10-02T08:41:0{number}Z"),
            author: "Ida Brandt".into(),
            kind: kind.into(),
            hash: format!("{number:032x}{:032x}", 0),
            body,
        };
        Ok(vec![
            row(1, "import", Some(json!({"source": SCRIPT}))),
            row(
                2,
                "decision",
                Some(
                    json!({"about": [EXISTS], "answer": "confirm", "reason": "=cmd()", "quotes": [{"exact": FIRST}]}),
                ),
            ),
            row(3, "capture", None),
            row(4, "decision", Some(json!({"undo": format!("dec-{:032x}", 2), "reason": "too early"}))),
            row(5, "refusal", Some(json!({"input": SCRIPT, "why": "this version fetches nothing"}))),
        ])
    }
    fn head(&self) -> Result<(u64, String), DeskError> {
        Ok((5, "ab".repeat(32)))
    }
    fn registers(&self) -> Result<Vec<RegisterView>, DeskError> {
        if self.empty {
            return Ok(Vec::new());
        }
        let view = |register: &str, as_of: &str, rows| RegisterView {
            register: register.into(),
            name: "Kelvarra consular list".into(),
            as_of: Some(as_of.into()),
            official: true,
            complete: true,
            rows,
            snapshot: "cd".repeat(32),
        };
        Ok(vec![view(REGISTER, "2022-10-01", 2), view(OLDER, "2021-10-01", 1)])
    }
    fn register_diff(&self, older: &str, newer: &str) -> Result<Vec<RowChange>, DeskError> {
        let rows = |id: &str, each: &mut dyn FnMut(plainsight_model::RegisterRow)| {
            let page = self.register(id, "")?;
            page.into_iter().flat_map(|page| page.rows).for_each(|found| each(found.row));
            Ok(())
        };
        plainsight_case::diff(&|each| rows(older, each), &|each| rows(newer, each))
    }
    fn register(&self, id: &str, words: &str) -> Result<Option<RegisterPage>, DeskError> {
        let all = self.registers()?;
        let Some(view) = all.iter().find(|r| r.register == id).cloned() else { return Ok(None) };
        let row = |number: u64, seat: &str, note: &str| FoundRow {
            row: plainsight_model::RegisterRow {
                number,
                cells: [("seat", seat), ("class", "consulate"), ("note", note)]
                    .map(|(head, cell)| (head.to_owned(), cell.to_owned()))
                    .into(),
            },
            why: None,
        };
        let rows = if id == REGISTER {
            vec![row(1, "Brenholt", SCRIPT), row(2, "Osmara", "=cmd()")]
        } else {
            vec![row(1, "Brenholt", "old")]
        };
        let fits = |found: &FoundRow| found.row.cells.values().any(|cell| cell.contains(words));
        Ok(Some(RegisterPage {
            of: "posts".into(),
            until: None,
            file: "list.csv".into(),
            announced: Some(3),
            heads: ["class", "seat", "note"].map(str::to_owned).to_vec(),
            answering: rows.iter().filter(|row| fits(row)).count(),
            rows: rows.into_iter().filter(fits).collect(),
            also: if words.is_empty() { Vec::new() } else { vec!["布伦霍特".into()] },
            snapshots: all.into_iter().filter(|r| r.register != id).collect(),
            asked: vec![AskedRow {
                post: POST.into(),
                name: "Brenholt".into(),
                called: Some(SCRIPT.into()),
                verdict: finding(self, 0).verdicts[0].clone(),
                near: vec![NearRow {
                    row: 1,
                    shown: "consulate, Brenholt".into(),
                    reasons: vec![ReasonRow {
                        slot: "class".into(),
                        a: "station".into(),
                        b: "consulate".into(),
                        effect: "veto".into(),
                        sentence: "Another class of post.".into(),
                    }],
                }],
            }],
            view,
        }))
    }
    fn proposals(&self) -> Result<Vec<ProposalRow>, DeskError> {
        let words = |start: usize, text: &str| ProposedQuote {
            start: Some(start),
            end: Some(start + text.chars().count()),
            text: text.into(),
        };
        let row = |state: &str| ProposalRow {
            proposal: format!("pro-{state}"),
            document: DOC.into(),
            kind: "post".into(),
            quote: words(0, "<b>警民服务站</b>"),
            quote_id: "quo-none".into(),
            slots: [("place".to_owned(), vec![words(3, "警民服务站")])].into(),
            model: "small-1".into(),
            version: "<i>small-1-q4</i>".into(),
            time: "2024-05-03T10:00:00Z".into(),
            state: state.into(),
            decision: None,
        };
        Ok(["accepted", "waits"].map(row).into_iter().filter(|_| !self.empty).collect())
    }
    fn gloss(&self, text: &str) -> Gloss {
        let term = "警民服务站";
        let row = |at: usize| GlossRow {
            start: at,
            end: at + 5,
            text: term.into(),
            pinyin: "jǐng mín fú wù zhàn".into(),
            meaning: "service station of police and people".into(),
            source: GlossSource::Lens,
        };
        let at = text.find(term).map(|at| text[..at].chars().count());
        Gloss { rows: at.map(row).into_iter().collect(), cut: false }
    }
    fn verify(&self) -> Result<Seal, DeskError> {
        Ok(Seal {
            verdict: "unsigned".into(),
            intact: true,
            lines: vec![("Archive".into(), "2 of 2 captures match their hashes".into())],
            faults: Vec::new(),
        })
    }
    fn decide(
        &self,
        what: &[String],
        answer: Answer,
        reason: &str,
        author: &str,
    ) -> Result<Decided, DeskError> {
        if what.iter().any(|id| id.starts_with("bad")) {
            return Err(DeskError::Busy("another process writes to it".into()));
        }
        let mut decided = self.decided.lock().expect("paper");
        let decision = format!("dec-{:032x}", decided.len() + 1);
        decided.push(DecisionRow {
            decision: decision.clone(),
            answer: serde_json::to_value(&answer)
                .ok()
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default(),
            reason: reason.into(),
            author: author.into(),
            time: "2026-11-24T10:00:00Z".into(),
        });
        Ok(Decided { decision: Some(decision), changed: Vec::new(), waiting: Vec::new() })
    }
    fn undo(&self, decision: &str, _: &str, _: &str) -> Result<Decided, DeskError> {
        self.decided.lock().expect("paper").retain(|d| d.decision != decision);
        Ok(Decided { decision: None, changed: Vec::new(), waiting: Vec::new() })
    }
    fn reply_ask(&self, asked: Asked, _: &str, _: &str, _: &str) -> Result<Decided, DeskError> {
        if asked.party.is_empty() {
            return Err(DeskError::Other("nobody is named; say who was asked".into()));
        }
        Ok(Decided { decision: Some(format!("dec-{:032x}", 9)), changed: Vec::new(), waiting: Vec::new() })
    }
    fn reply_answer(
        &self,
        ask: &str,
        on: &str,
        file: &std::path::Path,
        _: &str,
        watch: &dyn Watch,
    ) -> Result<Decided, DeskError> {
        watch.stage("add", 1, 1, 0);
        let words = std::fs::read_to_string(file).map_err(|error| DeskError::Other(error.to_string()))?;
        if ask != format!("dec-{:032x}", 7) || on != "2022-01-21" || words != "Wij weten van niets." {
            return Err(DeskError::Other(format!("{ask} on {on}: {words}")));
        }
        Ok(Decided { decision: Some(format!("dec-{:032x}", 10)), changed: Vec::new(), waiting: Vec::new() })
    }
    fn add(&self, inputs: &[String], _: &str, watch: &dyn Watch) -> Result<Vec<AddRow>, DeskError> {
        watch.stage("add", inputs.len(), inputs.len(), 0);
        Ok(inputs
            .iter()
            .map(|input| AddRow {
                input: input.clone(),
                status: if input.ends_with(".eml") { "refused".into() } else { "added".into() },
                captures: Vec::new(),
                documents: Vec::new(),
                complaints: vec![Complaint::new(
                    ComplaintKind::Note,
                    "this looks like private correspondence",
                    "",
                )],
            })
            .collect())
    }
    fn run(&self, watch: &dyn Watch) -> Result<Vec<StageRow>, DeskError> {
        watch.stage("read", 1, 1, 0);
        Ok(vec![StageRow { stage: "read".into(), done: 1, reused: 2, complaints: 0, seconds: 0.1 }])
    }
}
