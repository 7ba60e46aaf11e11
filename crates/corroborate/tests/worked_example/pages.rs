//! The records of the worked example.
//!
//! The pages themselves are not stored. What stands in their place are short
//! sentences of ours, in our own words, that say no more than the facts of
//! `data/case/facts` (CC0) say about each page: nothing here is a quotation.
//! Pages whose id begins with `if-` are suppositions of the example ("when the
//! announcement is captured") and exist nowhere.

use crate::test_case::Page;
use plainsight_model::{DocumentId, Judgements, Letter, Modality, Side, Status};

pub const AMSTERDAM: &str = "Netherlands/Amsterdam";
pub const ROTTERDAM: &str = "Netherlands/Rotterdam";
pub const NEW_YORK: &str = "United States/New York";
const LISHUI: &str = "lishui police";
/// A county under its prefecture: 331121 lies under 3311.
const QINGTIAN: &str = "lishui police/qingtian";
const FUZHOU: &str = "fuzhou police";
/// Ministry, spokesperson and minister are one speaker.
const MINISTRY: &str = "the Dutch foreign ministry";
const NGO: &str = "Safeguard Defenders";

/// Id, publisher, day and language as `sources.jsonl` has them, and the side of the publisher.
pub const SOURCES: &[(&str, &str, &str, &str, Side)] = &[
    ("nl-rtl-1", "RTL Nieuws", "2022-10-25", "nl", Side::Outlet),
    ("nl-ftm-1", "Follow the Money", "2022-10", "en", Side::Outlet),
    ("nl-nrc-1", "NRC", "2022-10-25", "nl", Side::Outlet),
    ("nl-knack-1", "Knack", "2022-10", "nl", Side::Outlet),
    ("nl-bndestem-1", "BN DeStem", "2022-10", "nl", Side::Outlet),
    ("nl-epoch-1", "Epoch Times NL", "2022-10", "nl", Side::Outlet),
    ("nl-rtl-2", "RTL Nieuws", "2022-11-01", "nl", Side::Outlet),
    ("nl-nrc-2", "NRC", "2022-11-01", "nl", Side::Outlet),
    ("nl-nieuws-1", "nieuws.nl", "2022-11-01", "nl", Side::Outlet),
    ("nl-gelderlander-1", "De Gelderlander", "2022-11", "nl", Side::Outlet),
    ("nl-vk-1", "de Volkskrant", "2022-11", "nl", Side::Outlet),
    ("nl-hln-1", "HLN", "2022-10", "nl", Side::Outlet),
    ("nw-1", "copy of Newsweek", "2022-10-20", "en", Side::Outlet),
    ("us-verdict-1", "a2znews (language-learning rewrite)", "2026", "en", Side::Outlet),
    ("cn-cns-1", "China News Service via Sina", "2022-01-22", "zh-Hans", Side::Outlet),
    ("jp-nikkei-1", "copy of Nikkei Asia", "2022-12-11", "en", Side::Outlet),
    ("sd-1", NGO, "2022-11-07", "en", Side::Ngo),
    ("ws-1", "Western Standard", "2022-12", "en", Side::Outlet),
    ("es-rambla-1", "Revista Rambla", "2022-12", "es", Side::Outlet),
    ("vm-1", "Vermilion China", "n.d.", "en", Side::Outlet),
    ("seed", "news site, text from EFE", "2022-10", "en", Side::Outlet),
];

/// The id of a source's document.
pub fn id(source: &str) -> DocumentId {
    DocumentId::of_payload(source.as_bytes())
}

fn page(source: &str, text: &str) -> Page {
    let (_, publisher, date, lang, side) =
        SOURCES.iter().find(|row| row.0 == source).expect("a row of SOURCES");
    supposed(source, publisher, *side, date, lang, text)
}

fn supposed(source: &str, publisher: &str, side: Side, date: &str, lang: &str, text: &str) -> Page {
    let mut page = Page::new(publisher, side, if date == "n.d." { "" } else { date }, text);
    page.document.id = id(source);
    page.document.lang = lang.get(..2).unwrap_or(lang).to_owned();
    page
}

/// Adds a frame about a post that somebody is quoted with.
fn says(page: Page, kind: &str, words: &str, slots: &[(&str, &str)], who: &str, side: Side) -> Page {
    page.frame(kind, words, slots).voice(who, side, true)
}

/// Adds what the ministry said: neither post was notified.
fn not_notified(page: Page, words: &str) -> Page {
    [AMSTERDAM, ROTTERDAM].into_iter().fold(page, |page, city| {
        says(page, "notified", words, &[("place", city)], MINISTRY, Side::HostState)
            .modality(Modality::Denied)
    })
}

/// Adds the minister's act: both posts ordered closed on 1 November 2022.
fn ordered_closed(page: Page, words: &str) -> Page {
    let slots = |city| [("place", city), ("on", "2022-11-01"), ("closed", "2022-11-01")];
    [AMSTERDAM, ROTTERDAM].into_iter().fold(page, |page, city| {
        says(page, "reaction", words, &slots(city), MINISTRY, Side::HostState).status(Status::OrderedClosed)
    })
}

/// Adds the account of the witness.
fn call(page: Page, words: &str) -> Page {
    let slots = [("place", ROTTERDAM), ("act", "pressed to return")];
    says(page, "pressure", words, &slots, "a dissident", Side::Witness)
}

/// Adds the two posts as the inquiry has them, each with its operator and day.
fn both(page: Page, amsterdam: &str, by: &str, rotterdam: &str, other: &str) -> Page {
    page.frame("post", amsterdam, &[("place", AMSTERDAM), ("operator", by), ("opened", "2018-06")]).frame(
        "post",
        rotterdam,
        &[("place", ROTTERDAM), ("operator", other), ("opened", "2022")],
    )
}

/// The inquiry, with the two operators in this order.
fn inquiry(amsterdam: &str, rotterdam: &str) -> (String, String, String) {
    let first =
        format!("The one in Amsterdam opened in June 2018, according to the inquiry, under {amsterdam}.");
    let first = first.replace(", according to the inquiry,", "");
    let second = format!("The other, in Rotterdam, works for {rotterdam} and opened in 2022.");
    let text = format!(
        "Two offices in the Netherlands do police work for bodies abroad, a joint inquiry found. {first} {second} \
         What it knows of both is drawn from Chinese web pages. The offices were told to nobody, as the ministry answered both papers. \
         From the office in Rotterdam came the call that pressed him, as a dissident tells."
    );
    (text, first, second)
}

/// The case of the notes: what is held before anything else is captured.
pub fn held() -> Vec<Page> {
    let mut pages = family();
    pages.extend(ministers());
    pages.extend(counts());
    pages.push(
        page("us-verdict-1", "It is said that a jury found the other defendant of the New York post guilty.")
            .frame(
                "post",
                "It is said that a jury found the other defendant of the New York post guilty.",
                &[("place", NEW_YORK)],
            ),
    );
    pages
}

/// The inquiry and all that follows it; the swapped reprint is among it.
fn family() -> Vec<Page> {
    let (text, first, second) = inquiry("the Lishui police", "the Fuzhou police");
    let rtl = both(page("nl-rtl-1", &text), &first, LISHUI, &second, FUZHOU);
    let rtl = not_notified(rtl, "The offices were told to nobody, as the ministry answered both papers.");
    let rtl = call(rtl, "From the office in Rotterdam came the call that pressed him, as a dissident tells.");
    let (text, first, second) = inquiry("the Fuzhou police", "the Lishui police");
    let reprint = supposed("if-reprint", "A reprint", Side::Outlet, "2022-10-29", "nl", &text);
    let reprint = both(reprint, &first, FUZHOU, &second, LISHUI);

    let ftm = "June 2018: Amsterdam, Lishui. Early 2022: Rotterdam, Fuzhou. All of it was read on Chinese web pages.";
    let ftm = both(
        page("nl-ftm-1", ftm),
        "June 2018: Amsterdam, Lishui.",
        LISHUI,
        "Early 2022: Rotterdam, Fuzhou.",
        FUZHOU,
    );
    let derived = [
        (
            "nl-nrc-1",
            "Amsterdam has had a Lishui desk since June 2018, as reported by RTL Nieuws.",
            "Rotterdam has had one of Fuzhou since 2022, as reported by RTL Nieuws.",
        ),
        (
            "nl-knack-1",
            "Since June 2018 there is an Amsterdam branch of Lishui, as reported by RTL Nieuws.",
            "Since 2022 Fuzhou has a branch in Rotterdam, as reported by RTL Nieuws.",
        ),
        (
            "nl-bndestem-1",
            "As reported by RTL Nieuws, Lishui came to Amsterdam in June 2018.",
            "As reported by RTL Nieuws, Fuzhou came to Rotterdam in 2022.",
        ),
    ]
    .map(|(source, amsterdam, rotterdam)| {
        both(page(source, &format!("{amsterdam} {rotterdam}")), amsterdam, LISHUI, rotterdam, FUZHOU)
    });
    let [nrc, knack, bndestem] = derived;
    let epoch = "Qingtian county runs the Amsterdam one; Fuzhou began in Rotterdam in 2022. An NGO had found this, drawn from Chinese web pages. \
                 Asked by this paper, the ministry knew of no notice. Somebody was pressed from Rotterdam, he says.";
    let epoch = page("nl-epoch-1", epoch)
        .frame(
            "post",
            "Qingtian county runs the Amsterdam one",
            &[("place", AMSTERDAM), ("operator", QINGTIAN)],
        )
        .frame(
            "post",
            "Fuzhou began in Rotterdam in 2022.",
            &[("place", ROTTERDAM), ("operator", FUZHOU), ("opened", "2022")],
        );
    let epoch = not_notified(epoch, "Asked by this paper, the ministry knew of no notice.");
    let epoch = call(epoch, "Somebody was pressed from Rotterdam, he says.");
    let founding = "An official of the embassy came to the founding meeting in Amsterdam.";
    let founding =
        supposed("if-founding", "A Chinese news page, read in a copy", Side::Outlet, "", "zh", founding)
            .frame("post", founding, &[("place", AMSTERDAM)]);
    let embassy = "The embassy knows of no station in Amsterdam or Rotterdam.";
    let embassy = [AMSTERDAM, ROTTERDAM].into_iter().fold(
        supposed("if-embassy", "The embassy", Side::SendingMission, "2022-10", "en", embassy),
        |page, city| page.frame("post", embassy, &[("place", city)]).modality(Modality::Denied),
    );
    vec![rtl, reprint, ftm, nrc, knack, bndestem, epoch, founding, embassy]
}

/// The order of 1 November 2022, in own reports and in copies of one agency text.
fn ministers() -> Vec<Page> {
    let own = [
        ("nl-rtl-2", "The minister has found consular acts there and closes both with effect from today."),
        ("nl-nrc-2", "Both must shut immediately, the minister wrote, as no consent was given. They were never notified, he adds."),
    ]
    .map(|(source, words)| {
        let sentence = words.split_inclusive('.').next().unwrap_or(words);
        ordered_closed(page(source, words), sentence)
    });
    let [rtl, nrc] = own;
    let nrc = not_notified(nrc, "They were never notified, he adds.");
    let agency = "THE HAGUE (ANP) - Chinese police desks in the Netherlands have to go at once. The minister announced so on Tuesday in a letter.";
    let words = "The minister announced so on Tuesday in a letter.";
    let copies =
        ["nl-nieuws-1", "nl-gelderlander-1"].map(|source| ordered_closed(page(source, agency), words));
    [rtl, nrc].into_iter().chain(copies).collect()
}

/// 30, 38, 46, 54 and 102, and a join of two of them that no origin holds.
fn counts() -> Vec<Page> {
    let count = |source: &str, words: &str, counter: &str, as_of: &str, values: &[&str]| {
        let mut slots: Vec<(&str, &str)> = values.iter().map(|v| ("count", *v)).collect();
        slots.extend([("counter", counter), ("as_of", as_of)].into_iter().filter(|(_, v)| !v.is_empty()));
        page(source, words).frame("count", words, &slots)
    };
    let ngo = NGO.to_lowercase();
    let by_ngo = |page: Page| page.voice(NGO, Side::Ngo, false);
    vec![
        count(
            "cn-cns-1",
            "A first batch of 30 in 25 cities of 21 countries, as the Fuzhou bureau announced.",
            FUZHOU,
            "2022-01-22",
            &["30|posts", "25|cities", "21|countries"],
        )
        .voice("Fuzhou police", Side::SendingBody, true),
        count("jp-nikkei-1", "Fuzhou had 38 by the end of June.", FUZHOU, "2022-06", &["38|posts"]),
        count("seed", "There are at least 46 of them.", "", "2022-10", &[">=46|posts"]),
        count("vm-1", "At least 46 assistance centres.", "", "2022", &[">=46|assistance centres"]),
        count("sd-1", "We count 54 in 30 countries.", &ngo, "2022-09", &["54|posts", "30|countries"]),
        by_ngo(count(
            "nw-1",
            "54, spread over 21 countries.",
            &ngo,
            "2022-09",
            &["54|posts", "21|countries"],
        )),
        by_ngo(count(
            "nl-vk-1",
            "Of 54 it is said: 21 countries.",
            &ngo,
            "2022-09",
            &["54|posts", "21|countries"],
        )),
        by_ngo(count("nl-hln-1", "In 21 countries: 54.", &ngo, "2022-09", &["54|posts", "21|countries"])),
        by_ngo(count("ws-1", "By now 102 in 53 countries.", &ngo, "2022-12", &["102|posts", "53|countries"])),
        by_ngo(count("es-rambla-1", "Now 102, says the NGO.", &ngo, "2022-12", &["102|posts"])),
    ]
}

/// The operator's announcement, once it is captured.
pub fn announcement() -> Page {
    let words = "Our service post in Amsterdam opened in June 2018.";
    supposed("if-announcement", "Lishui police", Side::SendingBody, "2018-06", "zh", words).frame(
        "post",
        words,
        &[("place", AMSTERDAM), ("operator", LISHUI), ("opened", "2018-06")],
    )
}

/// What the Irish Times says of the year. Its own page is not held, and the notes take nothing else
/// from it: taken whole it would be a further stub for E1.
pub fn irish_times() -> Page {
    let words = "As reported by The Irish Times, the year of Lishui in Amsterdam is 2018.";
    supposed("if-irish", "A page that names its source", Side::Outlet, "2022-10", "en", words).frame(
        "post",
        words,
        &[("place", AMSTERDAM), ("operator", LISHUI), ("opened", "2018")],
    )
}

/// An origin that does not rest on the announcement.
pub fn neighbour() -> Page {
    let words = "A neighbour saw the Amsterdam door open for the first time in June 2018.";
    says(
        supposed("if-neighbour", "A local paper", Side::Outlet, "2023", "nl", words),
        "post",
        words,
        &[("place", AMSTERDAM), ("opened", "2018-06")],
        "a neighbour",
        Side::Witness,
    )
}

/// The state `judged` of the notes: all read, letters as an editor might set them, the witness disputed.
pub fn judged(pages: &[&Page]) -> Judgements {
    let mut judgements = Judgements::default();
    for page in pages {
        for (number, frame) in page.findings.frames.iter().enumerate() {
            let quote = page.quote(number).id;
            judgements.read.insert(quote, vec!["M. Reader".into()]);
            if frame.kind == "pressure" {
                judgements.disputed.insert(quote);
            }
        }
        judgements.letters.insert(page.document.id, letter(page));
    }
    judgements.speaker_letters.insert(MINISTRY.to_lowercase(), Letter::A);
    judgements
}

fn letter(page: &Page) -> Letter {
    let named = |sources: &[&str]| sources.iter().any(|s| id(s) == page.document.id);
    match page.findings.publisher.as_ref().map(|p| p.side) {
        Some(Side::SendingBody | Side::SendingMission) => Letter::D,
        _ if named(&["nl-epoch-1"]) => Letter::D,
        _ if named(&["us-verdict-1"]) => Letter::E,
        _ if named(&["nl-rtl-1", "nl-rtl-2", "nl-ftm-1", "nl-nrc-1", "nl-nrc-2"]) => Letter::B,
        _ => Letter::C,
    }
}
