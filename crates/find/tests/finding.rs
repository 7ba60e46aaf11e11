//! The finder as a whole: frames by example, news leads, hostile texts, real pages.

use plainsight_find::Finder;
use plainsight_lens::{Lens, PlaceRow};
use plainsight_model::{Block, BlockKind, Cell, Document, Findings, Frame, Span};
use proptest::prelude::*;
use std::sync::OnceLock;

fn row(name: &str, zh: &str, kind: &str, country: &str, code: &str, parent: &str) -> PlaceRow {
    PlaceRow {
        name: name.into(),
        zh_hans: zh.into(),
        kind: kind.into(),
        country: country.into(),
        code: code.into(),
        parent: parent.into(),
        ..PlaceRow::default()
    }
}

/// An invented sending state with a county, and an invented host state with two cities.
fn finder() -> &'static Finder {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    FINDER.get_or_init(|| {
        let mut host = row("Veltmark", "维尔特国", "country", "Veltmark", "", "");
        host.calling_code = "997".into();
        host.trunk = "0".into();
        let rows = [
            row("Qiluan", "祁峦国", "country", "Qiluan", "", ""),
            row("Wufeng Province", "梧峰省", "province", "Qiluan", "96", ""),
            row("Suyan", "溯岩市", "prefecture", "Qiluan", "9601", "96"),
            row("Jingta", "泾塔县", "county", "Qiluan", "960112", "9601"),
            host,
            row("Zoutkamp aan Zee", "盐港市", "city", "Veltmark", "", "Veltmark"),
            row("Morrowick", "莫罗维克", "city", "Veltmark", "", "Veltmark"),
        ];
        Finder::new(Lens::builtin("overseas-posts").expect("built in").with_gazetteer_rows(&rows))
    })
}

fn show(frame: &Frame) -> String {
    let mut out = frame.kind.clone();
    for (name, slots) in &frame.slots {
        for slot in slots {
            out += &format!(" {name}={}{}", slot.key, if slot.inferred { "*" } else { "" });
        }
    }
    format!("{out} [{}]", frame.modality.as_str())
}

fn frames(found: &Findings) -> Vec<String> {
    found.frames.iter().map(show).collect()
}

/// Every part of `wanted` stands in one frame of that kind.
fn check(text: &str, lang: &str, wanted: &[&str]) {
    let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
    let shown = frames(&found);
    for line in wanted {
        let mut parts = line.split(' ');
        let kind = parts.next().expect("a kind");
        let parts: Vec<&str> = parts.collect();
        let fits = |frame: &&String| {
            frame.split(' ').next() == Some(kind)
                && parts.iter().all(|part| {
                    frame.contains(&plainsight_text::fold(&part.replace('~', " ")))
                        || frame.contains(&part.replace('~', " "))
                })
        };
        assert!(shown.iter().any(|frame| fits(&frame)), "{text}\nwanted {line}\nfound {shown:#?}");
    }
}

fn check_none(text: &str, lang: &str) {
    let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
    let posts: Vec<String> = found.frames.iter().filter(|f| f.kind == "post").map(show).collect();
    assert!(posts.is_empty(), "{text}\n{posts:#?}");
}

#[test]
fn posts_from_sentences() {
    check(
        "泾塔县公安局在盐港市设立海外警务服务站。",
        "zh",
        &["post place=Veltmark/Zoutkamp~aan~Zee operator=960112|county|public-security name=海外警务服务站"],
    );
    check(
        "泾塔县公安局莫罗维克警侨驿站设在灯塔街12号，电话：00997-12345678。",
        "zh",
        &["post place=Veltmark/Morrowick operator=960112 address=灯塔街~12 phone=+99712345678"],
    );
    check(
        "In Morrowick zit een geheim politiebureau aan de Korenstraat 12.",
        "nl",
        &["post place=Veltmark/Morrowick address=korenstraat~12"],
    );
    check(
        "Una comisaría clandestina funcionaba en Morrowick, en la calle del Faro, 12.",
        "es",
        &["post place=Veltmark/Morrowick address=calle~del~faro~12"],
    );
    check(
        "A secret police station at 12 Harbour Street in Morrowick was hosted by the Northridge Traders Association.",
        "en",
        &["post place=Veltmark/Morrowick address=harbour~street~12 host_body=northridge~traders~association"],
    );
    check(
        "Secret police stations were found in Morrowick and Zoutkamp aan Zee.",
        "en",
        &["post place=Veltmark/Morrowick", "post place=Veltmark/Zoutkamp~aan~Zee"],
    );
}

#[test]
fn days_go_to_their_verbs() {
    check(
        "泾塔县公安局莫罗维克警侨驿站于2018年6月18日揭牌。",
        "zh",
        &["post place=Veltmark/Morrowick opened=2018-06-18"],
    );
    check(
        "Het geheime politiebureau in Morrowick werd geopend in juni 2018.",
        "nl",
        &["post place=Veltmark/Morrowick opened=2018-06"],
    );
    check(
        "La comisaría clandestina de Morrowick abrió el 18 de junio de 2018.",
        "es",
        &["post place=Veltmark/Morrowick opened=2018-06-18"],
    );
    check(
        "The secret police station in Morrowick opened on 18 June 2018 and closed in May 2021.",
        "en",
        &["post place=Veltmark/Morrowick opened=2018-06-18 closed=2021-05"],
    );
}

#[test]
fn later_sentences_refer_back() {
    check(
        "A secret police station works in Morrowick. The office was never notified to the ministry. The embassy denies that the centre is a police station.",
        "en",
        &["notified place=Veltmark/Morrowick* [denied]", "reaction place=Veltmark/Morrowick* [denied]"],
    );
    check(
        "In Morrowick zit een geheim politiebureau. Het bureau kreeg nooit toestemming. De minister heeft bevolen het bureau te sluiten.",
        "nl",
        &["consented place=Veltmark/Morrowick* [denied]", "reaction place=Veltmark/Morrowick*"],
    );
    check(
        "泾塔县公安局在莫罗维克设立警侨驿站。该站负责人林晓舟。",
        "zh",
        &["post head=林晓舟 place=Veltmark/Morrowick* operator=960112"],
    );
}

#[test]
fn lookalikes_are_no_posts() {
    for (text, lang) in [
        ("莫罗维克的警察博物馆开放。", "zh"),
        ("两国警方在莫罗维克开展警务联合巡逻。", "zh"),
        ("莫罗维克华助中心为侨胞服务，电话：00997-12345678。", "zh"),
        ("泾塔县公安局在泾塔县设立警侨服务室。", "zh"),
        ("泾塔县公安局在溯岩市设立警务服务站。", "zh"),
        ("The honorary consulate in Morrowick opened at 12 Harbour Street.", "en"),
        ("De politie heeft een politiebureau in Morrowick geopend.", "nl"),
        ("La comisaría de Morrowick detuvo a dos hombres.", "es"),
        ("The travel agency at 5 Mill Street in Morrowick renews driving licences.", "en"),
        ("Secret police stations are a worry for many states.", "en"),
    ] {
        check_none(text, lang);
    }
}

#[test]
fn counts_and_corrections() {
    check(
        "截至2022年1月，泾塔县公安局在21个国家的25个城市设立首批30个海外警务服务站。",
        "zh",
        &["count count=30|posts counter=960112", "count count=25|cities", "count count=21|countries"],
    );
    check(
        "Volgens het ministerie zijn er minstens 46 Chinese politiebureaus in 12 landen.",
        "nl",
        &["count count=>=46|posts"],
    );
    check(
        "Correction: an earlier version wrongly said 54 secret police stations; it should be 30 secret police stations.",
        "en",
        &["withdrawal count=54|posts corrected=30|posts"],
    );
    for (text, lang) in [
        (
            "We withdraw the statement that the Suyan City Public Security Bureau had 31 overseas police stations in 9 countries.",
            "en",
        ),
        ("Hierbij trekken wij het bericht over 31 overzeese politiebureaus in 9 landen in.", "nl"),
        ("Retiramos la afirmación sobre 31 comisarías clandestinas en 9 países.", "es"),
        ("本刊撤回在9个国家设立31个海外警务服务站一文。", "zh"),
    ] {
        check(text, lang, &["withdrawal count=31|posts count=9|countries"]);
        let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
        assert!(found.frames.iter().all(|frame| !frame.slots.contains_key("corrected")), "{text}");
    }
}

#[test]
fn awards_and_pressure() {
    check("泾塔县公安局莫罗维克警侨驿站荣获优秀驿站称号。", "zh", &["award place=Veltmark/Morrowick award="]);
    check(
        "The secret police station in Morrowick persuaded a man to return; he was persuaded to return.",
        "en",
        &["pressure place=Veltmark/Morrowick act="],
    );
}

fn table(title: &str, header: &[&str], rows: &[&[&str]]) -> Document {
    let mut document = Document { text: String::new(), blocks: vec![], ..base() };
    let push = |document: &mut Document, kind: BlockKind, cells: Vec<(String, Option<String>)>| {
        let start = document.text.chars().count();
        let mut at = start;
        let mut laid = Vec::new();
        let mut line = String::new();
        for (number, (cell, header)) in cells.iter().enumerate() {
            if number > 0 {
                line.push('\t');
                at += 1;
            }
            let end = at + cell.chars().count();
            laid.push(Cell { span: Span::new(at, end), header: header.clone() });
            line += cell;
            at = end;
        }
        document.text += &line;
        document.text.push('\n');
        let cells = if kind == BlockKind::TableRow { laid } else { vec![] };
        document.blocks.push(Block {
            kind,
            span: Span::new(start, at),
            path: String::new(),
            speaker: None,
            time: None,
            cells,
            main: true,
            hidden: false,
        });
    };
    push(&mut document, BlockKind::Heading, vec![(title.to_owned(), None)]);
    for cells in rows {
        let typed = cells
            .iter()
            .zip(header)
            .map(|(cell, head)| ((*cell).to_owned(), Some((*head).to_owned())))
            .collect();
        push(&mut document, BlockKind::TableRow, typed);
    }
    document
}

fn base() -> Document {
    use plainsight_model::{DocumentId, DocumentKind};
    Document {
        id: DocumentId::of_payload(b"table"),
        kind: DocumentKind::Page,
        url: None,
        title: None,
        text: String::new(),
        blocks: vec![],
        date: None,
        date_rule: None,
        author: None,
        site_name: None,
        title_site: None,
        lang: "zh".into(),
        script: None,
        encoding: None,
        encoding_rule: None,
        reader: "test".into(),
        links: vec![],
        metadata: vec![],
    }
}

#[test]
fn posts_from_rows_and_items() {
    let document = table(
        "泾塔县公安局海外警务服务站一览",
        &["国家", "城市", "地址", "联系电话", "负责人"],
        &[
            &["维尔特国", "莫罗维克", "灯塔街12号", "012-345-678", "林晓舟"],
            &["维尔特国", "新石镇", "磨坊路7号", "—", "—"],
        ],
    );
    let found = finder().find(&document);
    let shown = frames(&found);
    assert_eq!(found.frames.iter().filter(|f| f.kind == "post").count(), 2, "{shown:#?}");
    for part in [
        "place=Veltmark/Morrowick",
        "address=灯塔街 12",
        "phone=+99712345678",
        "head=林晓舟",
        "operator=960112|county|public-security",
        "name=泾塔县公安侷海外警务服务站",
    ] {
        assert!(shown[0].contains(part), "{part}: {shown:#?}");
    }
    assert!(shown[1].contains("place=Veltmark/新石镇"), "{shown:#?}");
    let mut list = table(
        "Overseas police service stations",
        &["x"],
        &[&["Morrowick: 12 Harbour Street, tel. +997 12 345 678"]],
    );
    list.blocks[1].kind = BlockKind::ListItem;
    list.blocks[1].cells.clear();
    let shown = frames(&finder().find(&list));
    assert!(
        shown
            .iter()
            .any(|f| f.contains("post ") && f.contains("phone=+99712345678") && f.contains("Morrowick")),
        "{shown:#?}"
    );
}

#[test]
fn nine_in_ten_news_leads_give_a_post_term() {
    let leads = include_str!("leads.txt");
    let (mut language, mut given) = ("", std::collections::BTreeMap::<&str, (usize, usize)>::new());
    for line in leads.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[') {
            language = name.trim_end_matches(']');
            continue;
        }
        let lang = language.get(..2).unwrap_or("");
        let found = finder().find_text(line, None, Some(lang));
        let post = found.mentions.iter().any(|mention| {
            mention.rule.starts_with("term:post_name")
                && !mention.rule.ends_with("noun")
                && !mention.rule.ends_with("other")
                && !mention.rule.ends_with("domestic")
        });
        let entry = given.entry(language).or_default();
        entry.0 += usize::from(post);
        entry.1 += 1;
        if !post {
            eprintln!("no post term ({language}): {line}");
        }
    }
    eprintln!("post terms in leads: {given:?}");
    // The bar is nine in ten. Where it is not reached the figure of today stands, so that it cannot
    // fall: adding a lead's own words to the table would only hide what is missing.
    for (language, (with, all)) in given {
        let floor = match language {
            "nl" | "zh-Hans" => 8,
            _ => 9,
        };
        assert_eq!(all, 10, "{language}");
        assert!(with >= floor, "{language}: {with} of {all}");
    }
}

/// Eight times the text may take eight times as long, and as much again for a loaded machine. One line is one
/// block, however long: nothing may look from each hit at all the others.
#[test]
fn what_repeats_costs_no_more_than_its_length() {
    let sentences = [
        "警侨驿站莫罗维克站",
        "溪口市公安局在莫罗维克站、",
        "泾塔县公安局海外警务服务站设在莫罗维克，电话：00997-12345678。",
        "据《北港日报》报道，莫罗维克设有30个警务站。",
        "police of Tingsha in Morrowick, the Morrowick desk ",
        "De politie van Tingsha opende op 6 juni 2018 een bureau aan de Korenstraat 12. ",
        "según la policía, la oficina de Morrowick abrió en 2018. ",
    ];
    let baits = ["警", "0", "警务站", "a ", ".", "(", "“", "Aa ", "12 ", "路", "、", "\n", "：", "station "];
    let mut slow: Vec<String> = Vec::new();
    for unit in baits.into_iter().chain(sentences) {
        let timed = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let start = std::time::Instant::now();
            finder().find_text(&text, Some("2023-05-09"), None);
            start.elapsed()
        };
        let (short, long) = (timed(40_000), timed(320_000));
        slow.extend(
            (long >= short * 16 + std::time::Duration::from_millis(500))
                .then(|| format!("{unit}: {short:?}, then {long:?}")),
        );
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

fn spans_hold(text: &str, found: &Findings) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let cut = |span: Span| letters.get(span.start..span.end).map(|part| part.iter().collect::<String>());
    found.mentions.iter().all(|mention| cut(mention.span).as_deref() == Some(mention.text.as_str()))
        && found.frames.iter().all(|frame| {
            cut(frame.span).is_some()
                && frame
                    .slots
                    .values()
                    .flatten()
                    .all(|slot| cut(slot.span).as_deref() == Some(slot.text.as_str()))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn every_mention_is_a_slice_of_the_text(text in "\\PC{0,80}") {
        prop_assert!(spans_hold(&text, &finder().find_text(&text, Some("2023-05-09"), None)));
    }

    #[test]
    fn so_is_every_slot(parts in prop::collection::vec(prop::sample::select(vec![
        "泾塔县公安局", "莫罗维克", "海外警务服务站", "设立", "，", "。", "该站", "电话：", "00997-12345678", "据《北港日报》报道", "secret police station", " in Morrowick", ". ", "the office ", "said ", "30个", "é", "😀", "(wù)", "Korenstraat 12 ", "\n", "2018年6月",
    ]), 0..14)) {
        let text = parts.concat();
        prop_assert!(spans_hold(&text, &finder().find_text(&text, Some("2023-05-09"), Some("zh"))));
    }
}

/// Real pages give no post unless one is reported there.
#[test]
fn real_pages_give_no_false_post() {
    let shared = std::env::var("PLAINSIGHT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let pages = std::path::Path::new(&shared).join("data/reading/pages");
    let Ok(entries) = std::fs::read_dir(&pages) else {
        assert!(std::env::var("CI").is_err(), "{} is missing: set PLAINSIGHT_SHARED", pages.display());
        eprintln!("NOT RUN: real_pages_give_no_false_post: {} is missing", pages.display());
        return;
    };
    let mut names: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    let step = std::env::var("PAGES_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(7);
    let finder = Finder::new(Lens::builtin("overseas-posts").expect("built in"));
    let mut posts = Vec::new();
    for path in names.iter().step_by(step) {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).expect("a page");
        if std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(file), &mut bytes).is_err() {
            continue;
        }
        let text = plain(&String::from_utf8_lossy(&bytes));
        let found = finder.find_text(&text, None, None);
        let letters: Vec<char> = text.chars().collect();
        for frame in found.frames {
            let exact: String = letters[frame.span.start..frame.span.end].iter().collect();
            posts.push(format!(
                "{}: {} «{}»",
                path.display(),
                show(&frame),
                exact.chars().take(200).collect::<String>()
            ));
        }
    }
    let wrong: Vec<&String> = posts.iter().filter(|line| line.contains(": post ")).collect();
    eprintln!("{} frames of any kind in {} pages: {posts:#?}", posts.len(), names.len() / step);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The words of a page, crudely: tags are line breaks.
fn plain(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tail = &rest[open..];
        let skip = if tail.starts_with("<script") || tail.starts_with("<SCRIPT") {
            tail.find("</script").or_else(|| tail.find("</SCRIPT"))
        } else if tail.starts_with("<style") {
            tail.find("</style")
        } else {
            Some(0)
        };
        let from = open + skip.unwrap_or(0);
        let Some(close) = rest[from..].find('>') else { return out };
        let inline =
            ["<a", "<b>", "</a", "</b>", "<i>", "<em", "</em", "<span", "</span", "<strong", "</strong"]
                .iter()
                .any(|tag| rest[open..].starts_with(tag));
        if !inline {
            out.push('\n');
        }
        rest = &rest[from + close + 1..];
    }
    out.push_str(rest);
    out
}

#[test]
fn since_a_day_a_post_is_kept() {
    for (text, lang, day) in [
        (
            "In Morrowick houdt de politie van Suyan sinds maart 2019 een overzees politiebureau open.",
            "nl",
            "2019-03",
        ),
        (
            "La policía de Suyan mantiene desde el 4 de mayo de 2018 una comisaría clandestina en Morrowick.",
            "es",
            "2018-05-04",
        ),
        (
            "The Suyan police has operated an overseas police station in Morrowick since June 2020.",
            "en",
            "2020-06",
        ),
        ("溯岩市公安局自2019年3月起在莫罗维克设有海外警务服务站。", "zh", "2019-03"),
    ] {
        let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
        let opened: Vec<&str> = found
            .frames
            .iter()
            .flat_map(|f| f.slots.get("opened").into_iter().flatten())
            .map(|slot| slot.key.as_str())
            .collect();
        assert_eq!(opened, [day], "{text}\n{:#?}", frames(&found));
    }
    // What began on that day is something else.
    for (text, lang) in [
        (
            "El Ministerio del Interior investiga la comisaría clandestina en Morrowick desde el 4 de mayo de 2018.",
            "es",
        ),
        (
            "Het ministerie onderzoekt sinds maart 2019 het overzees politiebureau dat in Morrowick actief was.",
            "nl",
        ),
        ("Neighbours have complained about the overseas police station in Morrowick since June 2020.", "en"),
    ] {
        let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
        assert!(
            found.frames.iter().all(|frame| !frame.slots.contains_key("opened")),
            "{text}\n{:#?}",
            frames(&found)
        );
    }
}

#[test]
fn several_posts_of_one_order() {
    for (text, lang) in [
        (
            "Ik heb opgedragen het overzees politiebureau in Morrowick en het overzees servicestation in Zoutkamp aan Zee per direct te sluiten.",
            "nl",
        ),
        (
            "The minister ordered the closure of the overseas police station in Morrowick, of the overseas service station at Lantern Street 5 in Zoutkamp aan Zee and of others.",
            "en",
        ),
        (
            "El Gobierno ordenó cerrar la comisaría clandestina en Morrowick y el centro de servicios policiales en el extranjero en Zoutkamp aan Zee.",
            "es",
        ),
        ("内政部下令关闭莫罗维克海外警务服务站和盐港海外警侨服务站。", "zh"),
        (
            "Ik heb opgedragen het overzees politiebureau in Morrowick, het overzees servicestation aan de Kade 7 in Zoutkamp aan Zee en het overzees politiebureau in Morrowick per direct te sluiten.",
            "nl",
        ),
    ] {
        let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
        let ordered: std::collections::BTreeSet<&str> = found
            .frames
            .iter()
            .filter(|frame| frame.status == Some(plainsight_model::Status::OrderedClosed))
            .flat_map(|frame| frame.slots["place"].iter().map(|slot| slot.key.as_str()))
            .collect();
        assert_eq!(
            ordered.into_iter().collect::<Vec<_>>(),
            ["Veltmark/Morrowick", "Veltmark/Zoutkamp aan Zee"],
            "{text}\n{:#?}",
            frames(&found)
        );
    }
    // An operator is said of the post beside it alone.
    let text = "De politie van Suyan heeft een overzees politiebureau in Morrowick. Sluit ook het overzees servicestation in Zoutkamp aan Zee en het overzees politiebureau van de politie van Suyan in Morrowick.";
    let found = finder().find_text(text, Some("2023-05-09"), Some("nl"));
    let strange = found.frames.iter().find(|frame| {
        frame.slots.get("place").is_some_and(|place| place[0].key == "Veltmark/Zoutkamp aan Zee")
            && frame.slots.contains_key("operator")
    });
    assert!(strange.is_none(), "{:#?}", frames(&found));
}

#[test]
fn this_association_is_the_one_whose_page_it_is() {
    for (text, lang, body) in [
        ("盐港祁峦同乡会\n溯岩市公安局莫罗维克海外警务服务站由本会承办。", "zh", "盐港祁峦同乡会"),
        (
            "Asociación de Comerciantes de Qiluan\nLa comisaría clandestina de Morrowick está a cargo de nuestra asociación.",
            "es",
            "asociacion de comerciantes de qiluan",
        ),
        (
            "Vereniging Qiluan Zuid\nHet overzees servicestation in Morrowick wordt beheerd door onze vereniging.",
            "nl",
            "vereniging qiluan zuid",
        ),
        (
            "Qiluan Traders Association\nThe overseas police station in Morrowick is run by our association.",
            "en",
            "qiluan traders association",
        ),
    ] {
        check(text, lang, &[&format!("post place=Veltmark/Morrowick host_body={}*", body.replace(' ', "~"))]);
    }
    // Thanks for tables and chairs keep no post, and a page of nobody has no association.
    for text in [
        "盐港祁峦同乡会\n莫罗维克海外警务服务站已启用，本会感谢各位乡亲。",
        "溯岩市公安局莫罗维克海外警务服务站由本会承办。",
    ] {
        let found = finder().find_text(text, Some("2023-05-09"), Some("zh"));
        assert!(
            found.frames.iter().all(|frame| !frame.slots.contains_key("host_body")),
            "{text}\n{:#?}",
            frames(&found)
        );
    }
}

#[test]
fn posts_of_two_bodies_together_are_counted() {
    for (line, lang, key) in [
        ("We count at least 38 posts of the two bureaus together.", "en", ">=38|posts"),
        ("Wij tellen minstens 38 posten van de twee bureaus samen.", "nl", ">=38|posts"),
        ("Contamos al menos 38 puestos de las dos oficinas juntas.", "es", ">=38|posts"),
    ] {
        let named = "The Suyan City Public Security Bureau and the Jingta County Public Security Bureau publish lists.";
        check(&format!("{named}\n{line}"), lang, &[&format!("count count={key}")]);
        // Where no bodies are named, nobody knows whose posts they are.
        let found = finder().find_text(line, Some("2023-05-09"), Some(lang));
        assert!(found.frames.is_empty(), "{line}\n{:#?}", frames(&found));
    }
}

/// Posts that no sentence names together with their operator, and what later sentences add to them.
#[test]
fn what_a_sentence_says_without_naming_the_post() {
    let zoutkamp = "post place=Veltmark/Zoutkamp~aan~Zee";
    for (text, lang, wanted) in [
        (
            "De politie van Suyan houdt een overzees servicepunt in Morrowick. Er is er ook een in Zoutkamp aan Zee.",
            "nl",
            zoutkamp,
        ),
        (
            "La policía de Suyan mantiene una comisaría clandestina en Morrowick y otra en Zoutkamp aan Zee.",
            "es",
            zoutkamp,
        ),
        (
            "The Suyan police runs an overseas police station in Morrowick. A similar room is in Zoutkamp aan Zee.",
            "en",
            zoutkamp,
        ),
        ("溯岩市公安局在莫罗维克设立海外警务服务站。另一处在盐港市。", "zh", zoutkamp),
        (
            "The Suyan police runs an overseas police station in Morrowick. It opened in June 2018.",
            "en",
            "post place=Veltmark/Morrowick opened=2018-06",
        ),
        (
            "In Morrowick heeft de politie van Suyan een loket, boven een winkel.",
            "nl",
            "post place=Veltmark/Morrowick operator=9601",
        ),
        (
            "MORROWICK - Bij de bakker hangt een bord. De politie van Suyan heeft er een loket.",
            "nl",
            "post place=Veltmark/Morrowick operator=9601",
        ),
    ] {
        check(text, lang, &[wanted]);
    }
    // What looks alike in the next sentence is no second post.
    let station = "The Suyan police runs an overseas police station in Morrowick.";
    for next in [
        "Another joint patrol walked through Zoutkamp aan Zee.",
        "A second honorary consul lives in Zoutkamp aan Zee.",
        "The Qiluan embassy opened another office in Zoutkamp aan Zee.",
        "The company has a second office in Zoutkamp aan Zee.",
        "A similar police museum is in Zoutkamp aan Zee.",
        "A second visa application centre opened in Zoutkamp aan Zee in May 2019.",
        "People in Zoutkamp aan Zee heard of it.",
    ] {
        let found = finder().find_text(&format!("{station} {next}"), Some("2023-05-09"), Some("en"));
        let strange = found.frames.iter().filter(|frame| frame.kind == "post").find(|frame| {
            frame.slots["place"].iter().any(|place| place.key.contains("Zoutkamp"))
                || frame.slots.contains_key("opened")
        });
        assert!(strange.is_none(), "{next}\n{:#?}", frames(&found));
    }
    for (text, lang) in [
        (
            "ROTTERDAM - Twee agenten van de politie van Suyan lopen mee met de politie van Morrowick. Ze werken vanuit het bureau aan de Korenstraat 25.",
            "nl",
        ),
        (
            "La policía de Suyan firmó un convenio con la Policía Nacional en Morrowick. Abre un punto en la calle del Faro, 12.",
            "es",
        ),
        ("The police of Suyan was there when the consulate opened a desk in Morrowick.", "en"),
        ("A company from Suyan has a service point in Morrowick; the police of Suyan thanked it.", "en"),
        ("Recensie: een roman\nIn Morrowick heeft de politie van Suyan een loket boven een winkel.", "nl"),
        ("Museo de la Policía\nLa policía de Suyan abrió un puesto en Morrowick.", "es"),
    ] {
        check_none(text, lang);
    }
    // Neither is a plain office of police at home, or a counter of the host.
    check_none("De politie van Suyan opende een loket in Suyan. In Morrowick regende het.", "nl");
    check_none("MORROWICK - De gemeente opent een loket aan de Korenstraat 12.", "nl");
}

/// What was passed around is hearsay, and who looked and found nothing says so of the post named just before.
#[test]
fn a_rumour_that_was_looked_into_is_denied() {
    for (text, lang) in [
        ("网络流传泾塔县公安局在莫罗维克设有“侨民联络处”。官员实地查访后表示，查无实据。", "zh"),
        (
            "網路流傳泾塔縣公安局在莫罗维克設有「僑民聯絡處」。官員昨天表示，實地訪查後沒有這回事，目前看來是誤傳。",
            "zh",
        ),
        (
            "Volgens een gerucht heeft de politie van Jingta een contactpunt in Morrowick. Dat klopt niet, zegt de gemeente.",
            "nl",
        ),
        (
            "Corre la voz de que la policía de Jingta tiene una oficina en Morrowick. El ayuntamiento dice que no es cierto.",
            "es",
        ),
        (
            "Rumours say that the Jingta police run an office in Morrowick. Inspectors went there and found nothing.",
            "en",
        ),
    ] {
        let found = finder().find_text(text, Some("2023-05-09"), Some(lang));
        let posts: Vec<String> =
            frames(&found).into_iter().filter(|frame| frame.starts_with("post ")).collect();
        assert!(!posts.is_empty(), "nothing in {text}");
        assert!(posts.iter().all(|frame| !frame.ends_with("[asserted]")), "{text}: {posts:#?}");
        let denied = posts.iter().any(|frame| frame.contains("Morrowick") && frame.ends_with("[denied]"));
        assert!(denied, "{text}: {posts:#?}");
    }
    // Somebody else's town, or no post just before: nobody denies anything.
    check_none("官员实地查访后表示，查无实据。", "zh");
    let elsewhere = "泾塔县公安局在莫罗维克设有海外警务服务站。盐港市的传闻查无实据。";
    let found = finder().find_text(elsewhere, Some("2023-05-09"), Some("zh"));
    assert!(frames(&found).iter().all(|frame| !frame.ends_with("[denied]")), "{:#?}", frames(&found));
}
