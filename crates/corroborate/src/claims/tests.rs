//! Claims of small cases: the worked example of the notes and the acceptance tests.

use super::*;
use crate::next_step;
use crate::test_case::{Page, with_case};
use plainsight_model::{Judgements, Modality, OriginHow, QuoteId, Side, Status};

const CITY: &str = "Zand/Port Elm";

fn run(pages: &[&Page], judgements: &Judgements) -> Vec<Claim> {
    with_case(pages, judgements, claims)
}

fn find<'c>(claims: &'c [Claim], predicate: Predicate, object: &str) -> &'c Claim {
    let found = claims.iter().find(|c| c.predicate == predicate && c.object_key == object);
    found.unwrap_or_else(|| {
        let all: Vec<&str> = claims.iter().map(|c| c.text.as_str()).collect();
        panic!("no claim {} {object} among {all:?}", predicate.as_str())
    })
}

/// S, P, C of the first trace and the two numbers.
fn numbers(claim: &Claim) -> (usize, usize, usize, u8, u8) {
    let count = |line: &str| line.split(' ').count() - 1;
    let t = &claim.trace;
    assert_eq!(t.len(), 9, "{t:?}");
    (count(&t[0]), count(&t[1]), count(&t[2]), claim.grade.number(), claim.grade_if_read.number())
}

fn read_all(pages: &[&Page]) -> Judgements {
    let mut judgements = Judgements::default();
    for page in pages {
        for frame in 0..page.findings.frames.len() {
            judgements.read.insert(page.quote(frame).id, vec!["M. Reader".into()]);
        }
    }
    judgements
}

/// A report that read pages without naming them.
fn report(name: &str, date: &str) -> Page {
    let text = format!(
        "{name} looked into it. The bureau in Port Elm opened in June 2018. The story is based on Sinean web pages, {name} writes."
    );
    Page::new(name, Side::Outlet, date, &text).frame(
        "post",
        "The bureau in Port Elm opened in June 2018.",
        &[("place", CITY), ("operator", "sandmark police"), ("opened", "2018-06")],
    )
}

/// The operator's own announcement.
fn announcement() -> Page {
    Page::new(
        "Sandmark Police",
        Side::SendingBody,
        "2018-07-01",
        "沙标县公安局海外服务站于二〇一八年六月在榆港成立。",
    )
    .frame(
        "post",
        "沙标县公安局海外服务站于二〇一八年六月在榆港成立。",
        &[("place", CITY), ("operator", "sandmark police"), ("opened", "2018-06")],
    )
}

#[test]
fn the_report_the_announcement_and_both_are_one_origin_each() {
    let (report, page) = (report("The Elm Courier", "2022-09-01"), announcement());
    for (pages, expected) in [
        (vec![&report], (1, 0, 0, 3, 3)),
        (vec![&report, &page], (1, 1, 0, 3, 3)),
        (vec![&page], (1, 1, 0, 3, 3)),
    ] {
        let claims = run(&pages, &read_all(&pages));
        assert_eq!(numbers(find(&claims, Predicate::Opened, "2018-06")), expected, "{} pages", pages.len());
    }
    let claims = run(&[&report], &Judgements::default());
    let origin = &find(&claims, Predicate::Opened, "2018-06").origins[0];
    assert_eq!((origin.how, origin.mode), (OriginHow::Stub, Mode::Secondary));
    let other = self::report("The Zand Herald", "2022-09-03");
    let claims = run(&[&report, &other], &Judgements::default());
    assert_eq!(
        numbers(find(&claims, Predicate::Opened, "2018-06")).0,
        1,
        "two reports may have read one page"
    );
}

#[test]
fn a_person_may_split_and_join() {
    let (report, page) = (report("The Elm Courier", "2022-09-01"), announcement());
    let (a, b) = (report.document.id, page.document.id);
    let mut judgements = read_all(&[&report, &page]);
    judgements.independent.insert((a, b));
    let claims = run(&[&report, &page], &judgements);
    assert_eq!(numbers(find(&claims, Predicate::Opened, "2018-06")), (2, 1, 0, 2, 2));
    let saw = Page::new(
        "The Zand Herald",
        Side::Outlet,
        "2022-10-01",
        "Our own visit: the bureau in Port Elm is there.",
    )
    .frame("post", "the bureau in Port Elm is there.", &[("place", CITY)]);
    let pages = [&saw, &page];
    assert_eq!(
        numbers(find(&run(&pages, &Judgements::default()), Predicate::Exists, "yes")),
        (2, 1, 0, 6, 2)
    );
    let mut joined = Judgements::default();
    joined.dependent.insert((b, saw.document.id));
    let claims = run(&pages, &joined);
    let claim = find(&claims, Predicate::Exists, "yes");
    assert_eq!((numbers(claim).0, claim.origins[0].how), (1, OriginHow::Decision));
}

#[test]
fn one_ministry_in_two_papers_is_one_speaker_and_a_letter_counts() {
    let paper = |name: &str| {
        let text =
            format!("{name} asked. “The bureau in Port Elm was never notified,” the Foreign Office said.");
        Page::new(name, Side::Outlet, "2022-10-01", &text)
            .frame(
                "notified",
                "“The bureau in Port Elm was never notified,” the Foreign Office said.",
                &[("place", CITY)],
            )
            .voice("the Foreign Office", Side::HostState, true)
            .modality(Modality::Denied)
    };
    let (a, b) = (paper("The Elm Courier"), paper("The Zand Herald"));
    let claims = run(&[&a, &b], &Judgements::default());
    let claim = find(&claims, Predicate::Notified, "no");
    assert_eq!(numbers(claim), (1, 1, 0, 6, 3));
    assert_eq!(
        (claim.origins[0].how, claim.origins[0].voice.as_str()),
        (OriginHow::SameSpeaker, "the Foreign Office")
    );
    assert!(next_step(claim).contains("would be 3 if 2 quotes hold"), "{}", next_step(claim));
    let mut judged = read_all(&[&a, &b]);
    judged.speaker_letters.insert("the foreign office".into(), Letter::A);
    assert_eq!(numbers(find(&run(&[&a, &b], &judged), Predicate::Notified, "no")), (1, 1, 0, 2, 2));
}

#[test]
fn an_embassys_denial_is_printed_and_not_counted() {
    let denial = Page::new(
        "The Elm Courier",
        Side::Outlet,
        "2022-10-01",
        "“We know of no bureau in Port Elm,” the embassy said.",
    )
    .frame("post", "“We know of no bureau in Port Elm,” the embassy said.", &[("place", CITY)])
    .voice("the embassy", Side::SendingMission, true)
    .modality(Modality::Denied);
    let claims = run(&[&denial, &announcement()], &Judgements::default());
    let claim = find(&claims, Predicate::Exists, "yes");
    assert_eq!(numbers(claim), (1, 1, 0, 6, 3));
    assert!(claim.evidence.iter().any(|e| e.interested_denial && e.stance == Stance::Contradicts));
}

#[test]
fn hearsay_is_no_origin() {
    let rumour = Page::new(
        "The Elm Courier",
        Side::Outlet,
        "2022-10-01",
        "Sources assure that the bureau in Port Elm exists.",
    )
    .frame("post", "Sources assure that the bureau in Port Elm exists.", &[("place", CITY)]);
    let claims = run(&[&rumour], &read_all(&[&rumour]));
    let claim = find(&claims, Predicate::Exists, "yes");
    assert_eq!(numbers(claim), (0, 0, 0, 6, 6));
    assert_eq!((claim.evidence[0].mode, claim.evidence[0].origin), (Mode::Tertiary, None));
}

#[test]
fn days_and_agencies_that_contain_each_other_do_not_conflict() {
    // Each in its own words: short texts that differ in a letter are copies.
    let paper = |name: &str, opened: &str, operator: &str| {
        let own = match name {
            "A Paper" => "Its reporter counted the shutters on the quay.",
            "B Paper" => "The harbour master did not want to speak with us about the matter.",
            _ => "Neighbours remember a red sign over a kitchen door, and a car with curtains.",
        };
        let text = format!("{own} {name} saw the bureau in Port Elm; it opened then.");
        Page::new(name, Side::Outlet, "2022-10-01", &text).frame(
            "post",
            "the bureau in Port Elm; it opened then.",
            &[("place", CITY), ("opened", opened), ("operator", operator)],
        )
    };
    let (a, b, c) = (
        paper("A Paper", "2018-06", "north"),
        paper("B Paper", "2018", "north/elm"),
        paper("C Paper", "2019", "south"),
    );
    let claims = run(&[&a, &b, &c], &Judgements::default());
    let june = find(&claims, Predicate::Opened, "2018-06");
    let relation =
        |claim: &Claim, other: &Claim| claim.against.iter().find(|x| x.claim == other.id).map(|x| x.relation);
    assert_eq!(relation(june, find(&claims, Predicate::Opened, "2018")), Some(Relation::Compatible));
    assert_eq!(relation(june, find(&claims, Predicate::Opened, "2019")), Some(Relation::Conflict));
    assert_eq!(numbers(june), (1, 0, 1, 6, 4));
    let north = find(&claims, Predicate::OperatedBy, "north");
    assert_eq!(
        relation(north, find(&claims, Predicate::OperatedBy, "north/elm")),
        Some(Relation::Compatible)
    );
    assert_eq!(relation(north, find(&claims, Predicate::OperatedBy, "south")), Some(Relation::Conflict));
}

/// A story about two posts, long enough to be seen as a copy.
fn story(name: &str, date: &str, elm: &str, oak: &str) -> Page {
    let text = format!(
        "In the harbour of Port Elm the shutters of a travel shop have been closed since the spring, neighbours of the quay recall. \
         The bureau in Port Elm is run by {elm}. Across the bay the ferry to Port Oak leaves twice a day, and the owner of the kiosk \
         at its pier remembers a sign in red letters. The bureau in Port Oak is run by {oak}. Nobody on either side of the water had \
         asked the town hall about it, the mayor of the smaller town told visitors in the long and rainy week before the fair."
    );
    let sentence = |city: &str, by: &str| format!("The bureau in {city} is run by {by}.");
    Page::new(name, Side::Outlet, date, &text)
        .frame("post", &sentence("Port Elm", elm), &[("place", CITY), ("operator", elm)])
        .frame("post", &sentence("Port Oak", oak), &[("place", "Zand/Port Oak"), ("operator", oak)])
}

#[test]
fn a_reprint_that_swaps_two_facts_adds_no_origin_and_no_conflict() {
    let first = story("The Elm Courier", "2022-09-01", "Sandmark police", "Lakeshire police");
    let reprint = story("The Zand Herald", "2022-09-03", "Lakeshire police", "Sandmark police");
    for pages in [[&first, &reprint], [&reprint, &first]] {
        let claims = run(&pages, &Judgements::default());
        let operators: Vec<&Claim> = claims.iter().filter(|c| c.predicate == Predicate::OperatedBy).collect();
        assert_eq!(operators.len(), 2);
        for claim in operators {
            assert_eq!(numbers(claim), (1, 0, 0, 6, 3), "{}", claim.text);
            assert!(claim.against.is_empty());
            assert!(claim.evidence.iter().any(|e| e.stance == Stance::Mentions), "{}", claim.text);
        }
    }
}

#[test]
fn forty_one_papers_with_one_wire_story_are_one_origin() {
    let papers: Vec<Page> = (0..41)
        .map(|n| story(&format!("Paper {n}"), "2022-09-01", "Sandmark police", "Lakeshire police"))
        .map(|mut page| {
            // Each paper has a frame of its own around the story.
            let name = page.findings.publisher.as_ref().map(|p| p.text.clone()).unwrap_or_default();
            page.document.text.push_str(&format!(" Read more in {name}."));
            page
        })
        .collect();
    let claims = run(&papers.iter().collect::<Vec<_>>(), &Judgements::default());
    let claim = find(&claims, Predicate::OperatedBy, "Sandmark police");
    assert_eq!(numbers(claim).0, 1);
    assert_eq!((claim.origins[0].documents.len(), claim.origins[0].how), (41, OriginHow::Copy));
}

fn ngo(name: &str, date: &str, words: &str, counts: &[&str]) -> Page {
    let slots: Vec<(&str, &str)> = counts.iter().map(|c| ("count", *c)).collect();
    Page::new(name, Side::Ngo, date, words).frame("count", words, &slots)
}

#[test]
fn a_wrong_join_of_two_counts_adds_nothing() {
    let own = ngo(
        "Harbour Watch",
        "2022-09-10",
        "We found 54 posts in 30 countries.",
        &["54|posts", "30|countries"],
    );
    let paper = Page::new(
        "The Elm Courier",
        Side::Outlet,
        "2022-10-01",
        "Harbour Watch found 54 posts in 21 countries.",
    )
    .frame(
        "count",
        "Harbour Watch found 54 posts in 21 countries.",
        &[("count", "54|posts"), ("count", "21|countries"), ("counter", "harbour watch")],
    )
    .voice("Harbour Watch", Side::Ngo, false);
    let claims = run(&[&own, &paper], &Judgements::default());
    assert_eq!(claims.len(), 2, "{:?}", claims.iter().map(|c| &c.text).collect::<Vec<_>>());
    let countries = find(&claims, Predicate::Count, "30");
    assert_eq!(numbers(countries), (1, 1, 0, 6, 3));
    assert!(countries.against.is_empty());
    assert_eq!(numbers(find(&claims, Predicate::Count, "54")).0, 1);
}

#[test]
fn a_publisher_takes_a_count_back() {
    let brief = ngo(
        "Harbour Watch",
        "2022-09-10",
        "There are 54 posts in 21 countries.",
        &["54|posts", "21|countries"],
    );
    let correction =
        Page::new("Harbour Watch", Side::Ngo, "2022-12-01", "Correction: not 21 but 30 countries.")
            .frame(
                "withdrawal",
                "Correction: not 21 but 30 countries.",
                &[("count", "21|countries"), ("corrected", "30|countries")],
            )
            .frame("count", "30 countries.", &[("count", "30|countries")]);
    let mut correction = correction;
    correction.document.id = plainsight_model::DocumentId::of_payload(b"correction");
    let claims = run(&[&brief, &correction], &Judgements::default());
    let (wrong, right) = (find(&claims, Predicate::Count, "21"), find(&claims, Predicate::Count, "30"));
    assert_eq!(numbers(wrong), (0, 0, 0, 5, 5));
    assert_eq!(wrong.against, vec![Against { claim: right.id, relation: Relation::Denied }]);
    assert_eq!(numbers(right), (1, 1, 0, 6, 3));
    assert_eq!(numbers(find(&claims, Predicate::Count, "54")).4, 3);
}

#[test]
fn counts_of_two_counters_cannot_be_compared_and_a_bound_is_compatible() {
    let a = ngo("Harbour Watch", "2022-09-10", "We found 54 posts.", &["54|posts"]);
    let b = ngo("Bay Forum", "2022-09-11", "There are 46 posts.", &["46|posts"]);
    let mut c = ngo("Harbour Watch", "2022-09-10", "We found at least 46 posts.", &[">=46|posts"]);
    c.document.id = plainsight_model::DocumentId::of_payload(b"bound");
    let claims = run(&[&a, &b, &c], &Judgements::default());
    let claim = find(&claims, Predicate::Count, "54");
    let relations: BTreeSet<Relation> = claim.against.iter().map(|x| x.relation).collect();
    assert_eq!(relations, BTreeSet::from([Relation::Incomparable, Relation::Compatible]));
}

#[test]
fn a_slip_in_copying_from_a_held_page_is_no_conflict() {
    let source = Page::new(
        "The Zand Herald",
        Side::Outlet,
        "2022-01-12",
        "We saw the bureau in Port Elm open on 10 January 2022.",
    )
    .frame(
        "post",
        "the bureau in Port Elm open on 10 January 2022.",
        &[("place", CITY), ("opened", "2022-01-10")],
    );
    let slip = Page::new(
        "The Elm Courier",
        Side::Outlet,
        "2022-09-01",
        "According to The Zand Herald, the bureau in Port Elm opened on 20 January 2022.",
    )
    .frame(
        "post",
        "According to The Zand Herald, the bureau in Port Elm opened on 20 January 2022.",
        &[("place", CITY), ("opened", "2022-01-20")],
    );
    let claims = run(&[&source, &slip], &Judgements::default());
    assert_eq!(numbers(find(&claims, Predicate::Opened, "2022-01-10")), (1, 0, 0, 6, 3));
    assert!(!claims.iter().any(|c| c.object_key == "2022-01-20"));
    assert_eq!(
        numbers(find(&claims, Predicate::Exists, "yes")).0,
        1,
        "the report rests on the page it names"
    );
}

#[test]
fn a_report_that_read_two_held_pages_leaves_two_origins() {
    let page =
        |name: &str| {
            Page::new(name, Side::Outlet, "2022-01-01", &format!("{name} visited the bureau in Port Elm."))
                .frame("post", "visited the bureau in Port Elm.", &[("place", CITY)])
        };
    let (a, b) = (page("The Zand Herald"), page("The Bay Gazette"));
    let words =
        "According to The Zand Herald, and as reported by The Bay Gazette, the bureau in Port Elm exists.";
    let both = Page::new("The Elm Courier", Side::Outlet, "2022-09-01", words).frame(
        "post",
        words,
        &[("place", CITY)],
    );
    assert_eq!(numbers(find(&run(&[&a, &b, &both], &Judgements::default()), Predicate::Exists, "yes")).0, 2);
}

#[test]
fn a_witness_marked_disputed_takes_only_that_claim_along() {
    let page = Page::new(
        "The Elm Courier",
        Side::Outlet,
        "2022-09-01",
        "“They called me from the bureau in Port Elm,” he said. The bureau in Port Elm is there.",
    )
    .frame(
        "pressure",
        "“They called me from the bureau in Port Elm,” he said.",
        &[("place", CITY), ("act", "calls")],
    )
    .voice("he", Side::Witness, true)
    .frame("post", "The bureau in Port Elm is there.", &[("place", CITY)]);
    let mut judgements = read_all(&[&page]);
    assert_eq!(numbers(find(&run(&[&page], &judgements), Predicate::PressureBy, "calls")), (1, 1, 0, 3, 3));
    judgements.disputed.insert(page.quote(0).id);
    let claims = run(&[&page], &judgements);
    assert_eq!(numbers(find(&claims, Predicate::PressureBy, "calls")), (1, 1, 0, 4, 4));
    assert_eq!(numbers(find(&claims, Predicate::Exists, "yes")), (1, 0, 0, 3, 3));
}

#[test]
fn a_witness_of_pressure_only_names_the_office() {
    let words = "“They called me from the bureau in Port Elm and threatened me,” a witness said.";
    let page = Page::new("The Elm Courier", Side::Outlet, "2022-09-01", words)
        .frame("pressure", words, &[("place", CITY), ("act", "calls")])
        .voice("a witness", Side::Witness, true)
        .frame("post", words, &[("place", CITY), ("address", "quay 5")])
        .voice("a witness", Side::Witness, true);
    let visit = Page::new("The Zand Herald", Side::Outlet, "2022-09-02", "We saw the bureau in Port Elm.")
        .frame("post", "the bureau in Port Elm.", &[("place", CITY)]);
    let claims = run(&[&page, &visit], &Judgements::default());
    assert_eq!(numbers(find(&claims, Predicate::PressureBy, "calls")), (1, 1, 0, 6, 3));
    let exists = find(&claims, Predicate::Exists, "yes");
    assert_eq!(numbers(exists), (1, 0, 0, 6, 3));
    assert!(exists.evidence.iter().any(|e| e.stance == Stance::Mentions && e.voice == "a witness"));
    assert!(!claims.iter().any(|c| c.predicate == Predicate::LocatedAt));
    // A witness who was there, and tells of no pressure, does vouch for it.
    let words = "“I saw the bureau in Port Elm myself,” a neighbour said.";
    let saw = Page::new("The Bay Gazette", Side::Outlet, "2022-09-03", words)
        .frame("post", words, &[("place", CITY)])
        .voice("a neighbour", Side::Witness, true);
    let claims = run(&[&saw, &visit], &Judgements::default());
    assert_eq!(numbers(find(&claims, Predicate::Exists, "yes")), (2, 1, 0, 6, 2));
}

#[test]
fn an_authority_is_primary_for_its_own_records_and_parted_from_the_paper() {
    for (words, primary) in [
        ("“Volgens ons havenregister is het kantoor in Port Elm open,” zegt de havenmeester.", 1),
        ("«La oficina de Port Elm consta en nuestra licencia de apertura», dice el alcalde.", 1),
        ("“According to our records the bureau in Port Elm is open,” the mayor said.", 1),
        ("“据我局登记，榆港的服务站早已开放”，市政府发言人说。", 1),
        ("“Our police saw the bureau in Port Elm,” the mayor said.", 0),
    ] {
        let text = format!("Our own visit: the bureau is there.\n{words}");
        let page = Page::new("The Elm Courier", Side::Outlet, "2022-09-01", &text)
            .frame("post", "the bureau is there.", &[("place", CITY)])
            .frame("post", words, &[("place", CITY)])
            .voice("the mayor", Side::HostState, true);
        let claims = run(&[&page], &Judgements::default());
        let found = numbers(find(&claims, Predicate::Exists, "yes"));
        assert_eq!((found.0, found.1), (2, primary), "{words}");
    }
}

#[test]
fn a_reprint_that_slips_still_repeats_all_else() {
    let paper = |name: &str, elm: &str, oak: &str| {
        let mut page = story(name, "2022-09-01", elm, oak);
        let words = " “Neither was notified to us,” the Foreign Office said.";
        page.document.text.push_str(words);
        let end = page.document.text.chars().count();
        if let Some(block) = page.document.blocks.last_mut() {
            block.span.end = end;
        }
        page.frame("notified", words.trim(), &[("place", CITY), ("operator", elm)])
            .voice("the Foreign Office", Side::HostState, true)
            .modality(Modality::Denied)
    };
    let first = paper("The Elm Courier", "Sandmark police", "Lakeshire police");
    let mut reprint = paper("The Zand Herald", "Lakeshire police", "Sandmark police");
    reprint.document.date = Some("2022-09-03".into());
    let claims = run(&[&first, &reprint], &Judgements::default());
    let claim = find(&claims, Predicate::Notified, "no");
    assert_eq!(numbers(claim), (1, 1, 0, 6, 3));
    assert_eq!(claim.origins[0].documents.len(), 2, "the reprint carries the speaker's words too");
}

#[test]
fn a_body_that_counts_has_one_name() {
    let own =
        Page::new("沙标县公安局", Side::SendingBody, "2021-12-01", "沙标县公安局在11个国家设立26个站点。")
            .frame(
                "count",
                "沙标县公安局在11个国家设立26个站点。",
                &[("count", "11|countries"), ("counter", "sandmark")],
            );
    let brief =
        ngo("Harbour Watch", "2022-03-10", "Sandmark police has posts in 9 countries.", &["9|countries"]);
    let named = |mut page: Page, name: &str, times: usize| {
        let mut slots = page.findings.frames[0].slots.clone();
        let counter = slots.entry("counter".into()).or_default();
        let slot = plainsight_model::Slot {
            span: page.findings.frames[0].span,
            text: name.into(),
            key: "sandmark".into(),
            inferred: false,
        };
        *counter = vec![slot; times];
        page.findings.frames[0].slots = slots;
        page
    };
    let (own, brief) = (named(own, "沙标县公安局", 2), named(brief, "Sandmark police", 1));
    let claims = run(&[&own, &brief], &Judgements::default());
    for number in ["9", "11"] {
        let count = find(&claims, Predicate::Count, number).count.clone().expect("a count");
        assert_eq!(count.counter.as_deref(), Some("沙标县公安局"), "{number}");
    }
}

#[test]
fn withdrawing_every_source_gives_five_whoever_has_read_what() {
    let page = announcement();
    let mut judgements = Judgements::default();
    judgements.withdrawn.insert(page.document.id);
    assert_eq!(numbers(find(&run(&[&page], &judgements), Predicate::Opened, "2018-06")), (0, 0, 0, 5, 5));
    let saw = Page::new(
        "The Zand Herald",
        Side::Outlet,
        "2022-10-01",
        "Our own visit: the bureau in Port Elm is there.",
    )
    .frame("post", "the bureau in Port Elm is there.", &[("place", CITY)]);
    let claims = run(&[&page, &saw], &judgements);
    assert_eq!(numbers(find(&claims, Predicate::Exists, "yes")), (1, 0, 0, 6, 3));
}

/// A case with a bit of everything.
fn mixed() -> Vec<Page> {
    vec![
        announcement(),
        report("The Elm Courier", "2022-09-01"),
        report("The Zand Herald", "2022-09-03"),
        story("Bay Gazette", "2022-09-05", "Sandmark police", "Lakeshire police"),
        story("Quay Post", "2022-09-06", "Lakeshire police", "Sandmark police"),
        ngo("Harbour Watch", "2022-09-10", "We found 54 posts.", &["54|posts"]),
        Page::new("Foreign Office", Side::HostState, "2022-11-01", "The bureau in Port Elm must close.")
            .frame("reaction", "The bureau in Port Elm must close.", &[("place", CITY), ("on", "2022-11-01")])
            .status(Status::OrderedClosed),
    ]
}

#[test]
fn the_order_of_documents_changes_nothing() {
    let pages = mixed();
    let forward: Vec<&Page> = pages.iter().collect();
    let expected = run(&forward, &Judgements::default());
    for turn in 1..pages.len() {
        let mut turned = forward.clone();
        turned.rotate_left(turn);
        if turn % 2 == 0 {
            turned.reverse();
        }
        assert_eq!(run(&turned, &Judgements::default()), expected, "turn {turn}");
    }
    assert!(expected.iter().all(|c| c.grade.number() == 6 && c.grade_if_read.number() > 1));
}

#[test]
fn reading_one_quote_changes_only_claims_that_rest_on_it() {
    let pages = mixed();
    let all: Vec<&Page> = pages.iter().collect();
    let before = run(&all, &Judgements::default());
    for page in &pages {
        for frame in 0..page.findings.frames.len() {
            let quote: QuoteId = page.quote(frame).id;
            let mut judgements = Judgements::default();
            judgements.read.insert(quote, vec!["M. Reader".into()]);
            for (old, new) in before.iter().zip(run(&all, &judgements)) {
                let rests = old.evidence.iter().any(|e| e.quote.id == quote);
                assert!(rests || *old == new, "{}", old.text);
                assert_eq!(old.grade_if_read, new.grade_if_read);
            }
        }
    }
}

#[test]
fn statuses_have_their_day_and_quote() {
    let pages = mixed();
    let all: Vec<&Page> = pages.iter().collect();
    let rows = with_case(&all, &Judgements::default(), |input| {
        let post = input.posts.iter().find(|p| p.key == CITY).expect("the post in Port Elm");
        crate::statuses(input, post)
    });
    let shown: Vec<(&str, Option<&str>)> =
        rows.iter().map(|r| (r.status.as_str(), r.date.as_deref())).collect();
    assert_eq!(
        shown,
        [
            ("claimed by operator", Some("2018-07-01")),
            ("reported", Some("2022-09-01")),
            ("ordered closed", Some("2022-11-01")),
        ]
    );
}
