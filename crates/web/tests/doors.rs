//! Who gets in, what goes out, and what a decision does: the whole interface
//! over a case of paper, without a socket.

mod paper;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use paper::{BODIES, BODY, DOC, EXISTS, HOSTILE, OLDER, OPENED, PAIR, POST, Paper, QUOTE, REGISTER};
use plainsight_web::{Inside, router};
use tower::ServiceExt as _;

const HOST: &str = "127.0.0.1:4000";
const PAGES: [&str; 53] = [
    "",
    "posts",
    "post/POST",
    "claims",
    "claims?open=1&sort=-grade",
    "claim/EXISTS",
    "claim/OPENED",
    "doc/DOC",
    "doc/HOSTILE",
    "search?q=警民服务站",
    "search",
    "sources",
    "names",
    "names?kind=agency&sort=-name",
    "names?table=1",
    "names?decided=1",
    "pair/PAIR",
    "pair/PAIR?if=same",
    "pair/BODIES",
    "entities",
    "entities?kind=agency&sort=name",
    "entity/BODY",
    "entity/BODY?sort=-value",
    "entity/MADE",
    "registers",
    "registers?official=yes&sort=-day",
    "register/REGISTER",
    "register/REGISTER?q=Osmara&sort=-seat",
    "register/REGISTER?against=OLDER",
    "register/OLDER",
    "ledger",
    "to-read",
    "to-read?lang=zh",
    "proposals",
    "replies",
    "replies?open=1",
    "replies?sort=-party&about=EXISTS",
    "map",
    "map?register=listed&sort=-post",
    "map?bbox=5,50,12,56&z=2",
    "map?place=none",
    "timeline",
    "timeline?from=2019&to=2020-06&post=POST",
    "timeline?from=yesterday",
    "timeline?grade=2",
    "timeline?undated=1",
    "network",
    "network?of=POST&steps=2",
    "network?of=<script>alert(1)</script>",
    "dossier",
    "dossier?standing=open&sort=-grade",
    "ledger?kind=publication",
    "job",
];
const LISTS: [&str; 17] = [
    "posts.csv",
    "claims.csv",
    "search.csv?q=警民服务站",
    "sources.csv",
    "names.csv",
    "map.csv",
    "timeline.csv",
    "timeline.csv?undated=1",
    "network.csv",
    "replies.csv",
    "dossier.csv",
    "names.csv?decided=1",
    "entities.csv",
    "entity/BODY.csv",
    "registers.csv",
    "register/REGISTER.csv",
    "ledger.csv",
];

fn path(page: &str) -> String {
    let page = page.replace("POST", POST).replace("EXISTS", EXISTS).replace("OPENED", OPENED);
    let page = page.replace("BODIES", BODIES).replace("BODY", BODY).replace("MADE", "NK%2B1%2Fa");
    let page = page.replace("REGISTER", REGISTER).replace("OLDER", OLDER);
    let page = page.replace("HOSTILE", HOSTILE).replace("DOC", DOC).replace("PAIR", PAIR);
    let page = page.replace('<', "%3C").replace('>', "%3E");
    page.replace("警民服务站", "%E8%AD%A6%E6%B0%91%E6%9C%8D%E5%8A%A1%E7%AB%99")
}

struct Got {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

struct Browser {
    router: axum::Router,
    inside: Inside,
}

impl Browser {
    fn new() -> Self {
        Self::over(Paper::shared())
    }
    fn over(desk: std::sync::Arc<dyn plainsight_web::Desk>) -> Self {
        let (router, inside) = router(desk, 4000, "Ida Brandt").expect("random secrets");
        Self { router, inside }
    }
    async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 8 << 20).await.expect("body");
        Got { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
    async fn get(&self, page: &str) -> Got {
        let uri = format!("/{}/{}", self.inside.secret, path(page));
        self.send(Request::get(uri).header("host", HOST).body(Body::empty()).expect("request")).await
    }
    /// The page as a browser asks for it whose reader prefers these languages.
    async fn get_in(&self, languages: &str, page: &str) -> Got {
        let uri = format!("/{}/{page}", self.inside.secret);
        let request = Request::get(uri).header("host", HOST).header("accept-language", languages);
        self.send(request.body(Body::empty()).expect("request")).await
    }
    async fn post(&self, page: &str, form: &str) -> Got {
        let uri = format!("/{}/{page}", self.inside.secret);
        let request = Request::post(uri)
            .header("host", HOST)
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.send(request.expect("request")).await
    }
}

#[tokio::test]
async fn without_the_secret_every_route_is_an_empty_404() {
    let browser = Browser::new();
    let wrong = "0".repeat(32);
    for page in
        PAGES.into_iter().chain(LISTS).chain(["a/plainsight.css", "decide", "add", "verify", "nowhere"])
    {
        for key in ["", wrong.as_str(), &browser.inside.frame] {
            for method in ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"] {
                let uri = format!("/{key}/{}", path(page)).replace("//", "/");
                let request = Request::builder().method(method).uri(uri.clone()).header("host", HOST);
                let got = browser.send(request.body(Body::empty()).expect("request")).await;
                assert_eq!((got.status, got.body.as_str()), (StatusCode::NOT_FOUND, ""), "{method} {uri}");
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_host_or_a_foreign_page_gets_an_empty_404() {
    let browser = Browser::new();
    let foreign: [&[(&str, &str)]; 7] = [
        &[("host", "rebind.example:4000")],
        &[("host", "127.0.0.1:4001")],
        &[("host", "127.0.0.1.evil.example:4000")],
        &[],
        &[("host", HOST), ("sec-fetch-site", "cross-site")],
        &[("host", HOST), ("sec-fetch-site", "same-site")],
        &[("host", HOST), ("sec-fetch-site", "none, cross-site")],
    ];
    for headers in foreign {
        let mut request = Request::get(format!("/{}/", browser.inside.secret));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let got = browser.send(request.body(Body::empty()).expect("request")).await;
        assert_eq!((got.status, got.body.as_str()), (StatusCode::NOT_FOUND, ""), "{headers:?}");
    }
    for origin in ["null", "http://127.0.0.1:5000", "https://127.0.0.1:4000"] {
        let request = Request::post(format!("/{}/decide", browser.inside.secret))
            .header("host", HOST)
            .header("origin", origin)
            .body(Body::from(format!("what={EXISTS}&as=confirm&back=")))
            .expect("request");
        assert_eq!(browser.send(request).await.status, StatusCode::NOT_FOUND, "{origin}");
    }
    assert!(!browser.get("claim/EXISTS").await.body.contains("d-yes"));
}

#[tokio::test]
async fn every_page_is_there_with_its_armour_and_without_a_live_foreign_word() {
    let browser = Browser::new();
    for page in PAGES.into_iter().chain(LISTS) {
        let got = browser.get(page).await;
        assert_eq!(got.status, StatusCode::OK, "{page}");
        for (name, part) in [
            ("content-security-policy", "script-src 'self'"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=()"),
        ] {
            assert!(got.header(name).contains(part), "{page}: {name}");
        }
        assert!(got.headers.get("set-cookie").is_none());
        assert!(
            got.header("content-type").contains("text/csv") || !got.body.contains("<script>alert"),
            "{page}"
        );
        let html = !got.header("content-type").contains("text/csv");
        assert!(!html || !got.body.contains("<img"), "{page}");
        assert!(!got.body.contains(" style="), "{page}: the policy forbids style attributes");
        assert!(!got.body.contains(&browser.inside.frame) || page.starts_with("doc/"), "{page}");
    }
}

#[tokio::test]
async fn lists_go_out_inert() {
    let browser = Browser::new();
    for list in LISTS {
        let got = browser.get(list).await;
        assert!(got.header("content-disposition").starts_with("attachment; filename=\""), "{list}");
        for formula in ["=", "+", "@", "-"] {
            let starts = [format!(",\"{formula}"), format!("\n\"{formula}")];
            assert!(!starts.iter().any(|start| got.body.contains(start.as_str())), "{list}: {formula}");
        }
    }
    assert!(browser.get("sources.csv").await.body.contains("\"'=<script>"));
}

#[tokio::test]
async fn archived_bytes_stand_under_their_own_secret_and_are_dead() {
    let browser = Browser::new();
    let get = |uri: String| Request::get(uri).header("host", HOST).body(Body::empty()).expect("request");
    let page = browser.send(get(format!("/{}/page/{DOC}", browser.inside.frame))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.header("content-security-policy"),
        "sandbox; default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
    );
    assert!(
        page.body.contains("<h1>Archived") && !page.body.contains("<script") && !page.body.contains("<a ")
    );
    let raw = browser.send(get(format!("/{}/raw/{DOC}", browser.inside.frame))).await;
    assert_eq!(raw.header("content-type"), "application/octet-stream");
    assert!(raw.header("content-disposition").contains("attachment"));
    for inside in ["page", "raw"] {
        let got = browser.send(get(format!("/{}/{inside}/{DOC}", browser.inside.secret))).await;
        assert_eq!((got.status, got.body.as_str()), (StatusCode::NOT_FOUND, ""));
    }
}

#[tokio::test]
async fn a_decision_leads_back_and_can_be_taken_back() {
    let browser = Browser::new();
    let back = format!("claim%2F{EXISTS}%23decide");
    let done =
        browser.post("decide", &format!("what={EXISTS}&as=confirm&reason=two+origins&back={back}")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(done.header("location"), format!("/{}/claim/{EXISTS}#decide", browser.inside.secret));
    let page = browser.get("claim/EXISTS").await.body;
    assert!(
        page.contains("Confirmed by Ida Brandt")
            && page.contains("two origins")
            && page.contains("id=\"undo\"")
    );
    assert!(browser.get("posts").await.body.contains("id=\"undo\""), "the undo stays on every page");
    let undone = browser.post("undo", &format!("decision=dec-{:032x}&back={back}", 1)).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(browser.get("claim/EXISTS").await.body.contains("Nobody has decided"));
}

#[tokio::test]
async fn an_undo_can_be_taken_back_from_the_ledger() {
    let browser = Browser::new();
    let page = browser.get("ledger").await.body;
    let button = |number: u128| format!("name=\"decision\" value=\"dec-{number:032x}\"");
    assert!(page.contains(&button(4)) && page.contains("Let it stand"), "the undo of entry 2 is offered");
    assert!(!page.contains(&button(2)), "what was taken back is not offered again");
    let back = browser.post("undo", &format!("decision=dec-{:032x}&back=ledger", 4)).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(browser.get("ledger").await.body.contains("It stands again"));
}

#[tokio::test]
async fn a_refused_address_is_seen_under_sources_and_in_the_ledger() {
    let browser = Browser::new();
    for page in ["sources", "ledger?kind=refusal"] {
        let body = browser.get(page).await.body;
        assert!(body.contains("this version fetches nothing") || body.contains("refusal"), "{page}");
        assert!(!body.contains("<script>alert"), "{page}");
    }
    assert!(browser.get("sources").await.body.contains("this version fetches nothing"));
}

#[tokio::test]
async fn each_facet_is_a_link_and_a_chosen_one_is_taken_away_by_a_link() {
    let browser = Browser::new();
    let links = |body: &str| -> Vec<String> {
        let facets = body.split("class=\"facets\"").nth(1).and_then(|rest| rest.split("</nav>").next());
        let parts = facets.expect("facets").split("<a ").skip(1);
        let href = |part: &str| {
            let rest = part.split("href=\"").nth(1).expect("a link, for a new tab too");
            rest.split('"').next().expect("its end").replace("&amp;", "&")
        };
        parts.map(href).collect()
    };
    let inside = format!("/{}/", browser.inside.secret);
    let first = browser.get("search?q=警民服务站").await.body;
    let facets = links(&first);
    assert!(!facets.is_empty());
    for facet in facets {
        let page = facet.strip_prefix(&inside).expect("an address of this interface").to_owned();
        let chosen = browser.get(&page).await;
        assert_eq!(chosen.status, StatusCode::OK, "{page}");
        assert!(
            chosen.body.contains("aria-current=\"true\"") && chosen.body.contains("take this filter away"),
            "{page}"
        );
        let away = links(&chosen.body);
        let without = browser.get("search?q=警民服务站").await.body;
        let q = away.iter().find(|link| !link.contains('&')).expect("a link without any filter");
        let again = browser.get(q.strip_prefix(&inside).expect("inside")).await.body;
        assert_eq!(again.contains("take this filter away"), without.contains("take this filter away"), "{q}");
    }
}

#[tokio::test]
async fn rejecting_asks_a_reason_and_a_decision_asks_a_name() {
    let browser = Browser::new();
    let asked =
        browser.post("decide", &format!("what={EXISTS}&as=reject&reason=++&back=claim%2F{EXISTS}")).await;
    assert!(asked.header("location").contains("ask=reason"), "{}", asked.header("location"));
    let page = browser.get("claim/EXISTS?ask=reason").await.body;
    assert!(page.contains("Say in a few words why you reject it") && page.contains("aria-invalid=\"true\""));
    let (router, inside) = router(Paper::shared(), 4000, "").expect("router");
    let nameless = Browser { router, inside };
    let asked = nameless.post("decide", &format!("what={EXISTS}&as=confirm&back=claim%2F{EXISTS}")).await;
    assert!(asked.header("location").contains("ask=name"));
    let given = nameless
        .post("decide", &format!("what={EXISTS}&as=confirm&reader=Ove+Lind&back=claim%2F{EXISTS}"))
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    assert!(nameless.get("claim/EXISTS").await.body.contains("Confirmed by Ove Lind"));
}

#[tokio::test]
async fn reading_a_quote_moves_the_grade_in_words() {
    let browser = Browser::new();
    assert!(
        browser
            .get("claim/EXISTS")
            .await
            .body
            .contains("cannot be judged yet; would be probably true if two quotes hold")
    );
    browser.post("decide", &format!("what={QUOTE}&as=read&back=claim%2F{EXISTS}")).await;
    let page = browser.get("claim/EXISTS").await.body;
    assert!(
        page.contains("possibly true; would be probably true if one quote holds")
            && page.contains("Read by Ida Brandt")
    );
}

#[tokio::test]
async fn no_get_changes_anything_and_a_busy_case_says_so() {
    let browser = Browser::new();
    for act in ["decide?what=x&as=confirm", "undo", "run", "verify", "add", "reader?reader=x", "stop", "hide"]
    {
        let got = browser.get(act).await;
        assert_eq!((got.status, got.body.as_str()), (StatusCode::NOT_FOUND, ""), "{act}");
    }
    let busy = browser.post("decide", "what=bad-1&as=confirm&back=").await;
    assert_eq!(busy.status, StatusCode::CONFLICT);
    assert!(busy.body.contains("another process writes") && busy.body.contains("Nothing was changed"));
    let large = browser.post("decide", &"a".repeat(70_000)).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn dropped_files_come_in_and_refusals_are_said() {
    let browser = Browser::new();
    let body = "--b\r\nContent-Disposition: form-data; name=\"back\"\r\n\r\nsources\r\n\
        --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.html\"\r\n\r\n<p>x\r\n\
        --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"letter.eml\"\r\n\r\nx\r\n--b--\r\n";
    let request = Request::post(format!("/{}/add", browser.inside.secret))
        .header("host", HOST)
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .expect("request");
    let got = browser.send(request).await;
    assert_eq!(
        (got.status, got.header("location")),
        (StatusCode::SEE_OTHER, format!("/{}/sources", browser.inside.secret).as_str())
    );
    for _ in 0..100 {
        let page = browser.get("sources").await.body;
        if page.contains("1 input added") {
            assert!(page.contains("letter.eml") && page.contains("looks like private correspondence"));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the work did not end");
}

/// A form as a browser sends it with files.
fn parts(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--b--\r\n"
}

#[tokio::test]
async fn an_answer_is_recorded_on_its_row_and_can_be_taken_back() {
    let asked = format!("dec-{:032x}", 7);
    let words = "Wij weten van niets.";
    for (fields, said) in [
        (
            vec![("reply", asked.as_str()), ("on", "2022-01-21"), ("words", words)],
            "The answer is a document of the case",
        ),
        (vec![("reply", asked.as_str()), ("on", "2022-02-30"), ("words", words)], "Nothing was written down"),
        (vec![("reply", "dec-1"), ("on", "2022-01-21"), ("words", words)], "Nothing was written down"),
    ] {
        let browser = Browser::new();
        let page = browser.get("replies").await.body;
        assert!(page.contains("Record another answer") && page.contains("Quoted in: "));
        let body = parts(&[fields, vec![("back", "replies")]].concat());
        let request = Request::post(format!("/{}/add", browser.inside.secret))
            .header("host", HOST)
            .header("content-type", "multipart/form-data; boundary=b")
            .body(Body::from(body))
            .expect("request");
        let got = browser.send(request).await;
        assert_eq!(got.header("location"), format!("/{}/replies", browser.inside.secret));
        let mut page = String::new();
        for _ in 0..100 {
            page = browser.get("replies").await.body;
            if page.contains(said) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(page.contains(said), "{said}");
        let undo = format!("name=\"decision\" value=\"dec-{:032x}\"", 10);
        assert_eq!(page.contains(&undo), said.starts_with("The answer"), "{said}");
    }
}

#[tokio::test]
async fn a_claim_leads_to_the_question_about_it() {
    let browser = Browser::new();
    let claim = browser.get(&format!("claim/{EXISTS}")).await.body;
    assert!(claim.contains(&format!("replies?about={EXISTS}#ask")));
    let form = browser.get(&format!("replies?about={EXISTS}")).await.body;
    assert!(form.contains(&format!("<option value=\"{EXISTS}\" selected>")));
}

#[tokio::test]
async fn unknown_ids_and_empty_cases_are_said_in_words() {
    let browser = Browser::new();
    for page in
        ["doc/doc-1", "claim/clm-1", "post/pos-1", "entity/ent-2", "register/reg-2", "register/reg-2.csv"]
    {
        let got = browser.get(page).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{page}");
        assert!(got.body.contains("This case holds no"), "{page}");
    }
    let empty = Browser::over(Paper::empty());
    let views = ["map", "timeline", "network"];
    let pages = ["", "posts", "claims", "sources", "names", "ledger", "search?q=x"];
    for page in
        pages.into_iter().chain(["names?decided=1", "names?table=1", "entities", "registers"]).chain(views)
    {
        let got = empty.get(page).await;
        assert!(got.status == StatusCode::OK && got.body.contains("class=\"empty\""), "{page}");
    }
}

/// Labels come in the browser's language until a person chooses one; what sources say stays as it is.
#[tokio::test]
async fn labels_are_in_the_language_of_the_reader() {
    let browser = Browser::new();
    let page = browser.get_in("nl-NL,nl;q=0.9,en;q=0.5", "posts").await.body;
    assert!(page.contains("<html lang=\"nl\">") && page.contains("Tijdlijn") && !page.contains("Timeline"));
    let page = browser.get("posts").await.body;
    assert!(page.contains("<html lang=\"en\">") && page.contains("Timeline"));
    browser.post("language", "language=zh-Hans&back=posts").await;
    let page = browser.get_in("nl", "posts").await.body;
    assert!(page.contains("<html lang=\"zh-Hans\">") && page.contains("时间线"));
    assert!(page.contains("<option value=\"zh-Hans\" lang=\"zh-Hans\" selected>"));
    browser.post("language", "language=tlh&back=posts").await;
    assert!(
        browser.get("posts").await.body.contains("时间线"),
        "a language that is not there changes nothing"
    );
}

#[tokio::test]
async fn a_quote_is_marked_and_its_place_is_an_anchor() {
    let browser = Browser::new();
    let page = browser.get(&format!("doc/DOC?q={QUOTE}")).await.body;
    assert!(page.contains("<mark id=\"c19-23\""), "{}", &page[page.find("passage").unwrap_or(0)..][..600]);
    let page = browser.get("doc/DOC").await.body;
    assert!(
        page.contains("id=\"c19-")
            && page.contains("class=\"m term\"")
            && page.contains("jǐng mín fú wù zhàn")
    );
    assert!(page.contains("service station of police and people") && page.contains("sandbox=\"\""));
}

#[tokio::test]
async fn two_names_stand_with_their_quotes_and_what_follows_before_anybody_answers() {
    let browser = Browser::new();
    let page = browser.get("pair/PAIR").await.body;
    for part in [
        "<mark>云砚市公安局驻布伦霍特警民服务站</mark>",
        "one level: city",
        "probably the same",
        "1 post goes into the other. 1 grade moves. 1 claim comes or goes.",
        "would be probably true if read; 3 origins",
        "not a claim yet",
        "Nothing moves.",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let bodies = browser.get("pair/BODIES").await.body;
    assert!(bodies.contains("No claim and no grade moves") && bodies.contains("1 slot speaks against it"));
    assert!(browser.get("names?kind=agency").await.body.contains(&format!("value=\"{BODIES}\"")));
    assert!(browser.get("names?band=probably+the+same").await.body.contains(&format!("value=\"{PAIR}\"")));
    assert!(browser.get("names?kind=person").await.body.contains("No pair fits these filters"));
    let gone = browser.get("pair/pair-1").await.body;
    assert!(gone.contains("waits no longer") && gone.contains(&format!("value=\"{PAIR}\"")));
}

#[tokio::test]
async fn telling_two_names_apart_asks_a_reason_and_is_undone_under_decided() {
    let browser = Browser::new();
    let asked = browser.post("decide", &format!("what={PAIR}&as=different&reason=&back=pair%2F{PAIR}")).await;
    assert!(asked.header("location").contains("ask=reason"), "{}", asked.header("location"));
    assert!(
        browser.get("pair/PAIR?ask=reason").await.body.contains("Say in a few words why they are different")
    );
    let form = format!("what={PAIR}&as=different&reason=two+floors&back=pair%2F{PAIR}");
    assert_eq!(browser.post("decide", &form).await.status, StatusCode::SEE_OTHER);
    let page = browser.get("names?decided=1").await.body;
    assert!(page.contains("two floors") && page.contains("1 decision by a person"), "{page}");
    assert!(browser.get("names.csv?decided=1").await.body.contains("\"two floors\""));
    browser.post("undo", &format!("decision=dec-{:032x}&back=names", 1)).await;
    assert!(browser.get("names?decided=1").await.body.contains("Nobody has decided about a pair yet"));
}

#[tokio::test]
async fn an_entity_stands_by_whose_words_and_can_be_split() {
    let browser = Browser::new();
    let page = browser.get("entity/BODY").await.body;
    let place = format!("doc/{DOC}?at=");
    assert!(page.contains(&place) && page.contains("<mark>云砚市公安局</mark>"), "{page}");
    for part in ["its source was withdrawn", "Split", "May be the same as", "operated_by", "Operator"] {
        assert_eq!(page.contains(part), part != "operated_by", "{part}");
    }
    let made = browser.get("entity/MADE").await.body;
    assert!(made.contains("made by others") && made.contains("Company, received"));
    let list = browser.get("entities").await.body;
    assert!(list.contains("entity/NK%2B1%2Fa") && list.contains("1 decision"));
    assert!(!browser.get("entities?kind=agency").await.body.contains("NK%2B1%2Fa"));
    assert!(browser.get("entities?about=zzzz").await.body.contains("No entity fits these filters"));
}

#[tokio::test]
async fn a_register_answers_words_says_how_far_it_speaks_and_what_changed() {
    let browser = Browser::new();
    let page = browser.get("register/REGISTER").await.body;
    for part in [
        "not about the law",
        "2 of 3 rows announced",
        "--official --complete",
        "Another class of post.",
        "consulate, Brenholt",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let found = browser.get("register/REGISTER?q=Osmara").await.body;
    assert!(
        found.contains("1 row answers") && found.contains("id=\"row-2\"") && !found.contains("id=\"row-1\"")
    );
    assert!(found.contains("布伦霍特"), "the other forms are said");
    assert!(browser.get("register/REGISTER?q=zzzz").await.body.contains("No row answers"));
    let changed = browser.get("register/REGISTER?against=OLDER").await.body;
    assert!(
        changed.contains("From 1 October 2021 to 1 October 2022: 1 added, 0 gone, 1 changed"),
        "{changed}"
    );
    let back = browser.get("register/OLDER?against=REGISTER").await.body;
    assert!(back.contains("From 1 October 2021 to 1 October 2022: 1 added"), "the older copy comes first");
}

#[tokio::test]
async fn each_list_and_its_file_have_the_same_rows() {
    let browser = Browser::new();
    let rows = |html: &str| -> usize {
        let list = html.split("data-list").nth(1).and_then(|rest| rest.split("</tbody>").next());
        list.map_or(0, |list| list.matches("<tr").count())
    };
    for (page, file) in [
        ("names?table=1", "names.csv"),
        ("names?table=1&kind=agency", "names.csv?kind=agency"),
        ("entities", "entities.csv"),
        ("entities?about=Brenholt", "entities.csv?about=Brenholt"),
        ("entity/BODY", "entity/BODY.csv"),
        ("registers", "registers.csv"),
        ("registers?official=no", "registers.csv?official=no"),
        ("register/REGISTER", "register/REGISTER.csv"),
        ("register/REGISTER?q=Osmara", "register/REGISTER.csv?q=Osmara"),
    ] {
        let (html, csv) = (browser.get(page).await.body, browser.get(file).await.body);
        assert_eq!(rows(&html), csv.lines().count() - 1, "{page} and {file}:\n{csv}");
    }
}
