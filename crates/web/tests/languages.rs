//! Every page in each language: what a person reads who chose Dutch, Spanish or Chinese
//! holds no word of the interface in English.
//!
//! Text that is the same in English and in another language is what the case says, what is
//! typed as it stands (code, keys, ids), or a word that both languages have.

mod paper;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use paper::{BODIES, BODY, DOC, EXISTS, HOSTILE, OLDER, OPENED, PAIR, POST, Paper, REGISTER};
use plainsight_case::views::SearchAsk;
use plainsight_web::{Desk, Inside, router};
use serde_json::{Value, to_value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tower::ServiceExt as _;

const HOST: &str = "127.0.0.1:4000";

/// Words that are spelled alike; `*` stands before what all languages share.
const ALIKE: &str = "\
* BibTeX|CSL|JSON|PDF|Plainsight|SHA-256|UTC
nl Bytes|Document|Dossier|Filters|Lens|Menu|Open|Post|Record|Register|Registers|Score|West|document|in|open|post|register|status
es Bytes|Material|No|improbable|no|veto";

struct Browser {
    router: axum::Router,
    inside: Inside,
    language: &'static str,
}

impl Browser {
    fn over(desk: Arc<dyn Desk>, author: &str, language: &'static str) -> Self {
        let (router, inside) = router(desk, 4000, author).expect("random secrets");
        Self { router, inside, language }
    }

    async fn send(&self, request: axum::http::request::Builder, body: String) -> String {
        let request = request.header("host", HOST).header("accept-language", self.language);
        let response = self.router.clone().oneshot(request.body(Body::from(body)).expect("request"));
        let body = response.await.expect("answers").into_body();
        let bytes = to_bytes(body, 8 << 20).await.expect("body");
        String::from_utf8_lossy(&bytes).replace(&self.inside.secret, "~").replace(&self.inside.frame, "~")
    }

    async fn get(&self, page: &str) -> String {
        let uri = format!("/{}/{page}", self.inside.secret);
        self.send(Request::get(uri), String::new()).await
    }

    async fn post(&self, act: &str, form: &str) -> String {
        let uri = format!("/{}/{act}", self.inside.secret);
        self.send(Request::post(uri).header("origin", format!("http://{HOST}")), form.to_owned()).await
    }
}

/// The pages without an id.
const FIXED: &str = "\
|posts|posts?sort=-opened|claims|claims?open=1&grade=1|search|search?q=zzzz|search?q=%E6%9C%8D%E5%8A%A1%E7%AB%99\
|sources|sources?state=waiting|names|names?table=1|names?decided=1|names?kind=person|entities\
|entities?several=1&kind=person|entity/NK%2B1%2Fa|registers|registers?official=no|ledger|ledger?who=nobody|to-read\
|to-read?lang=zh|to-read.html|proposals|replies|replies?open=1|map|map?place=none|map?bbox=100,0,101,1|map?register=none|timeline\
|timeline?from=yesterday|timeline?undated=1|timeline?from=2030|network|network?of=nobody|dossier\
|dossier?standing=printed|job|claim/none|doc/none|register/none";

fn pages() -> Vec<String> {
    let mut pages: Vec<String> = FIXED.split('|').map(str::to_owned).collect();
    for (page, id) in [
        ("post", POST),
        ("claim", EXISTS),
        ("claim", OPENED),
        ("doc", DOC),
        ("doc", HOSTILE),
        ("pair", PAIR),
        ("pair", BODIES),
        ("entity", BODY),
        ("register", REGISTER),
        ("register", OLDER),
    ] {
        pages.push(format!("{page}/{id}"));
    }
    pages.push(format!("claim/{EXISTS}?ask=reason"));
    pages.push(format!("claim/{EXISTS}?ask=name"));
    pages.push(format!("pair/{PAIR}?ask=reason&if=same"));
    pages.push(format!("register/{REGISTER}?q=Osmara&against={OLDER}"));
    pages.push(format!("network?of={POST}&steps=2"));
    pages
}

/// Each page as one person meets it: before a decision, after it, after the undo and a check.
async fn walk(language: &'static str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (case, desk, author) in [
        ("", Paper::shared(), "Ida Brandt"),
        ("nameless ", Paper::shared(), ""),
        ("empty ", Paper::empty(), ""),
    ] {
        let browser = Browser::over(desk, author, language);
        for page in pages() {
            out.push((format!("{case}{page}"), browser.get(&page).await));
        }
    }
    let browser = Browser::over(Paper::shared(), "Ida Brandt", language);
    for (act, form, page) in [
        ("decide", format!("what={EXISTS}&as=confirm&reason=two&back="), format!("claim/{EXISTS}")),
        ("decide", format!("what={EXISTS}&as=reject&reason=two&back="), "claims".to_owned()),
        ("decide", format!("what={PAIR}&as=unsure&reason=two&back="), "names?decided=1".to_owned()),
        ("undo", format!("decision=dec-{:032x}&back=", 1), String::new()),
        ("undo", format!("decision=dec-{:032x}&back=", 4), "ledger".to_owned()),
        ("verify", "back=".to_owned(), "ledger".to_owned()),
        ("run", "back=".to_owned(), "sources".to_owned()),
        (
            "ask",
            format!("party=Ove+Lind&about={POST}&on=2022-01-02&until=2022-01-20&letter=x&back="),
            "replies".to_owned(),
        ),
    ] {
        browser.post(act, &form).await;
        // The work of a run is told by how it ended, once it has.
        for _ in 0..200 {
            if !browser.get("job").await.contains("hx-get") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        out.push((format!("{page} after {act}"), browser.get(&page).await));
    }
    out.push(("a busy case".to_owned(), browser.post("decide", "what=bad-1&as=confirm&back=").await));
    out
}

/// Texts of a page and what a person hears or sees of its attributes, in order. What is typed
/// as it stands, archived words and pinyin are left out.
fn texts(html: &str) -> Vec<String> {
    const SPOKEN: [&str; 6] =
        ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\"", "data-l=\"", "data-say=\""];
    let mut out = Vec::new();
    let mut silent = 0;
    let mut open: Vec<(String, bool)> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if tag.starts_with('/') {
            while let Some((inner, was_silent)) = open.pop() {
                silent -= usize::from(was_silent);
                if inner == name {
                    break;
                }
            }
        } else if !matches!(name.as_str(), "" | "meta" | "link" | "input" | "br") {
            let typed = matches!(name.as_str(), "code" | "kbd" | "pre" | "script" | "style" | "blockquote");
            let other = ["class=\"hash\"", "class=\"q\"", "class=\"q ", "zh-Latn-pinyin"];
            // The names of the languages in the choice of one.
            let own = name == "option" && tag.contains(" lang=");
            let is_silent = typed || own || other.iter().any(|mark| tag.contains(mark));
            silent += usize::from(is_silent);
            open.push((name, is_silent));
        }
        for mark in SPOKEN {
            // `subtitle="` would be another attribute.
            let value = tag.split(mark).nth(1).filter(|_| tag.contains(&format!(" {mark}")));
            out.extend(value.and_then(|rest| rest.split('"').next()).map(plain));
        }
        if silent == 0 {
            out.push(plain(text));
        }
    }
    out.retain(|text| !text.is_empty());
    out
}

fn plain(html: &str) -> String {
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.trim_matches(|c: char| c.is_whitespace() || ",;:.·“”«»()/×…".contains(c)).to_owned()
}

/// What the case of paper says, so that a page may show it as it is. Keys of closed lists are no
/// words of the case: the interface has its own for them.
fn said_by_the_case() -> Vec<String> {
    const LISTS: &str = "answer|change|effect|how|kind|mode|outcome|predicate|property|relation|slot|stance|state\
        |verdict|voice|word";
    fn leaves(value: &Value, out: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                out.insert(plain(text));
            }
            Value::Array(all) => all.iter().for_each(|value| leaves(value, out)),
            Value::Object(map) => {
                for (key, value) in map {
                    out.insert(key.clone());
                    if !LISTS.split('|').any(|list| list == key) {
                        leaves(value, out);
                    }
                }
            }
            _ => {}
        }
    }
    let desk = Paper::shared();
    let ask = SearchAsk {
        text: "服务站".into(),
        substring: false,
        limit: 9,
        offset: 0,
        facets: Default::default(),
    };
    let all = [
        to_value(desk.overview().expect("paper")),
        to_value(desk.findings().expect("paper")),
        to_value(desk.claims().expect("paper")),
        to_value(desk.names().expect("paper")),
        to_value(desk.entities().expect("paper")),
        to_value(desk.to_read(None).expect("paper")),
        to_value(desk.replies().expect("paper")),
        to_value(desk.search(&ask).expect("paper")),
        to_value(desk.document(DOC).expect("paper")),
        to_value(desk.document(HOSTILE).expect("paper")),
        to_value(desk.sources().expect("paper")),
        to_value(desk.complaints().expect("paper")),
        to_value(desk.log().expect("paper")),
        to_value(desk.registers().expect("paper")),
        to_value(desk.verify().expect("paper").lines),
    ];
    let mut out = BTreeSet::new();
    for value in all {
        leaves(&value.expect("a record"), &mut out);
    }
    // One small word may be a key of a list; the few that the case says are named.
    out.retain(|text| text.contains(' ') || text.chars().any(|c| !c.is_ascii_lowercase() && c != '_'));
    const MORE: &str = "Another class of post|CASE|Empty|Ida Brandt|No row has this seat, address or class|Ove Lind|Yunyan city police\
        |another process writes to it|consulate|https|meta|nobody|old|police.yunyan.example|politieloket|station|two\
        |yesterday|zzzz";
    out.extend(MORE.split('|').map(str::to_owned));
    // The longest first, so that nothing of it is left by a shorter one.
    let mut out: Vec<String> = out.into_iter().filter(|part| part.chars().count() > 2).collect();
    out.sort_by_key(|part| std::cmp::Reverse(part.len()));
    out
}

fn has_latin(text: &str) -> bool {
    text.chars().filter(char::is_ascii_alphabetic).count() > 1
}

/// Takes away what the case says, wherever it stands in a text.
fn without(text: &str, said: &[String]) -> String {
    said.iter().fold(text.to_owned(), |text, part| text.replace(part.as_str(), " "))
}

fn alike(language: &str) -> BTreeSet<&'static str> {
    let of = |line: &&str| line.starts_with("* ") || line.starts_with(&format!("{language} "));
    ALIKE
        .lines()
        .filter(of)
        .flat_map(|line| line.split_once(' ').map_or("", |(_, words)| words).split('|'))
        .collect()
}

#[tokio::test]
async fn no_page_holds_a_word_of_the_interface_in_english() {
    let said = said_by_the_case();
    let english = walk("en").await;
    let mut faults = BTreeMap::new();
    for language in ["nl", "es", "zh-CN"] {
        let alike = alike(language);
        for ((page, before), (_, after)) in english.iter().zip(walk(language).await) {
            let theirs: BTreeSet<String> = texts(before).into_iter().collect();
            for text in texts(&after).into_iter().filter(|text| has_latin(text)) {
                let rest = without(&text, &said);
                let rest = plain(&rest);
                let alike = |word: &str| !has_latin(word) || is_id(word) || alike.contains(word);
                if theirs.contains(&text) && !rest.split(|c| !in_word(c)).all(alike) {
                    faults.entry(format!("{language}: {text}")).or_insert_with(|| page.clone());
                }
            }
        }
    }
    let shown: Vec<_> = faults.iter().take(80).collect();
    assert!(faults.is_empty(), "{} texts: {shown:#?}", faults.len());
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || "-./_".contains(c)
}

/// A hash or id, a file, an address, a media type.
fn is_id(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) || word.contains(['/', '_']) || word.len() >= 32
}

/// In Chinese a Latin word stands out: it is a name, or it was forgotten.
#[tokio::test]
async fn chinese_pages_hold_latin_words_of_the_case_alone() {
    const KEPT: &str = "BY|BY-SA|BibTeX|CC|CC-CEDICT|CSL|CSV|Ctrl|DRAFT|Earth|FollowTheMoney|G1|GeoNames|JSON|Natural|PDF|Plainsight|SHA-256|UTC|WACZ|WARC\
        |ZIP|case.toml|complete|demo|docs|models.md|official|plainsight|propose|robots.txt";
    let said = said_by_the_case();
    let mut faults = BTreeMap::new();
    for (page, html) in walk("zh-CN").await {
        assert!(
            page.contains("busy") || !html.contains("<html") || html.contains("<html lang=\"zh-Hans\">"),
            "{page}"
        );
        for text in texts(&html).into_iter().filter(|text| has_latin(text)) {
            let rest = without(&text, &said);
            for word in rest.split(|c| !in_word(c)) {
                let word = word.trim_matches(['-', '.', '/']);
                if has_latin(word) && !KEPT.split('|').any(|kept| kept == word) && !is_id(word) {
                    faults.entry(format!("{word} in {text}")).or_insert_with(|| page.clone());
                }
            }
        }
    }
    let shown: Vec<_> = faults.iter().take(80).collect();
    assert!(faults.is_empty(), "{} words: {shown:#?}", faults.len());
}

#[tokio::test]
async fn lists_to_keep_say_the_same_in_every_language() {
    let english = Browser::over(Paper::shared(), "Ida Brandt", "en");
    for language in ["nl", "es", "zh-CN"] {
        let other = Browser::over(Paper::shared(), "Ida Brandt", language);
        for list in [
            "posts",
            "claims",
            "sources",
            "names",
            "map",
            "timeline",
            "network",
            "dossier",
            "entities",
            "registers",
            "ledger",
        ] {
            let list = format!("{list}.csv");
            assert_eq!(english.get(&list).await, other.get(&list).await, "{language} {list}");
        }
    }
}

#[tokio::test]
async fn dates_numbers_and_sentences_are_the_readers() {
    for (language, day, count, sentence) in [
        ("en", "9 May 2019", "3 posts", "would be probably true if two quotes hold"),
        ("nl", "9 mei 2019", "3 posten", "zou waarschijnlijk waar zijn als twee citaten standhouden"),
        (
            "es",
            "9 de mayo de 2019",
            "3 puestos",
            "quedaría en «probablemente cierta» si dos citas se sostienen",
        ),
        ("zh-CN", "2019年5月9日", "3 个站点", "若 2 条引文成立，将为很可能属实"),
    ] {
        let browser = Browser::over(Paper::shared(), "Ida Brandt", language);
        let (posts, claim) = (browser.get("posts").await, browser.get(&format!("claim/{EXISTS}")).await);
        assert!(posts.contains(day) && posts.contains(count), "{language}: {posts}");
        assert!(claim.contains(sentence), "{language}: {claim}");
        // What a source says stays as it is said.
        assert!(claim.contains("The Brenholt post exists"), "{language}");
        assert!(browser.get("search?q=zzzz").await.contains("zzzz"));
    }
}
