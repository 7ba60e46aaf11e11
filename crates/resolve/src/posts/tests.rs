use super::*;
use crate::names::Effect;
use plainsight_lens::PlaceRow;
use plainsight_model::{Modality, Slot, Span, Voice};
use proptest::prelude::*;

const TORSUND: &str = "980307|county|public-security|bureau|";
const HALVIK: &str = "9803|prefecture|public-security|bureau|";
const MERREN: &str = "980401|county|public-security|bureau|";

fn gazetteer() -> Gazetteer {
    let row = |name: &str, kind: &str, country: &str, code: &str| PlaceRow {
        name: name.into(),
        kind: kind.into(),
        country: country.into(),
        code: code.into(),
        ..PlaceRow::default()
    };
    Gazetteer::builtin().with_rows(&[
        row("Ostravia", "country", "", ""),
        row("Quelland", "country", "", ""),
        row("Halvik City", "prefecture", "Ostravia", "9803"),
        row("Torsund County", "county", "Ostravia", "980307"),
        row("Merren County", "county", "Ostravia", "980401"),
        row("Brackwater", "city", "Quelland", ""),
        row("Sandhollow", "city", "Quelland", ""),
    ])
}

/// A document of frames written as `kind; slot=key; …`.
struct Written {
    document: DocumentId,
    frames: Vec<Frame>,
    quotes: Vec<Quote>,
}

fn written(name: &str, lines: &[&str]) -> Written {
    let text = lines.join("\n");
    let document = DocumentId::of_payload(name.as_bytes());
    let mut at = 0;
    let (mut frames, mut quotes) = (Vec::new(), Vec::new());
    for line in lines {
        let span = Span::new(at, at + line.chars().count());
        at = span.end + 1;
        let mut parts = line.split("; ");
        let kind = parts.next().expect("a kind").to_owned();
        let (kind, modality) = match kind.strip_prefix("no-") {
            Some(kind) => (kind.to_owned(), Modality::Denied),
            None => (kind, Modality::Asserted),
        };
        let mut slots: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
        for (slot, key) in parts.filter_map(|part| part.split_once('=')) {
            let fill = Slot { span, text: key.to_owned(), key: key.to_owned(), inferred: false };
            slots.entry(slot.to_owned()).or_default().push(fill);
        }
        frames.push(Frame {
            kind,
            span,
            slots,
            voice: Voice::default(),
            modality,
            status: None,
            rule: "test".into(),
        });
        quotes.push(Quote::cut(document, &text, span).expect("inside"));
    }
    Written { document, frames, quotes }
}

fn resolve(documents: &[Written], judgements: &Judgements, copies: &[(usize, usize)]) -> Posts {
    let input: Vec<DocumentFrames> = documents
        .iter()
        .map(|d| DocumentFrames { document: d.document, day: None, frames: &d.frames, quotes: &d.quotes })
        .collect();
    let copies = copies.iter().map(|(c, s)| (documents[*c].document, documents[*s].document)).collect();
    resolve_posts(&input, &gazetteer(), judgements, &copies)
}

/// Posts as `place operators phones frames`, sorted.
fn shown(posts: &Posts) -> Vec<String> {
    let codes = |post: &Post| {
        post.operators.iter().map(|o| o.split('|').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let line = |p: &Post| {
        format!("{} [{}] [{}] {}", p.place, codes(p).join(" "), p.phones.join(" "), p.frames.len())
    };
    let mut out: Vec<String> = posts.posts.iter().map(line).collect();
    out.sort();
    out
}

#[test]
fn frames_join_by_phone_operator_and_city() {
    let a = written(
        "a",
        &[
            &format!("post; place=Quelland/Brackwater; operator={TORSUND}; phone=+9995550100; name=one"),
            &format!("post; place=Quelland/Sandhollow; operator={MERREN}; phone=+9995550200"),
        ],
    );
    let b = written(
        "b",
        &[
            "post; phone=+9995550100; place=Quelland/Brackwater; address=quay 4",
            &format!("post; place=Quelland/Brackwater; operator={HALVIK}"),
            "post; place=Quelland/Sandhollow",
            &format!("reaction; place=Quelland; operator={MERREN}"),
            "no-post; place=Quelland/Brackwater",
            "notified; place=Quelland",
            "count; count=30|posts",
        ],
    );
    let posts = resolve(&[a, b], &Judgements::default(), &[]);
    assert_eq!(
        shown(&posts),
        ["Quelland/Brackwater [980307 9803] [+9995550100] 5", "Quelland/Sandhollow [980401] [+9995550200] 4",]
    );
    assert_eq!(posts.loose.len(), 1);
    assert!(posts.pairs.is_empty());
}

#[test]
fn two_bodies_in_one_city_stay_two_posts_and_a_bare_frame_joins_neither() {
    let a = written(
        "a",
        &[
            &format!("post; place=Quelland/Brackwater; operator={TORSUND}; phone=+9995550100"),
            &format!("post; place=Quelland/Brackwater; operator={MERREN}; phone=+9995550101"),
        ],
    );
    let b = written("b", &["post; place=Quelland/Brackwater"]);
    let c = written("c", &["post; place=Quelland"]);
    let posts = resolve(&[a, b, c], &Judgements::default(), &[]);
    assert_eq!(posts.posts.len(), 3, "{:?}", shown(&posts));
    assert_eq!(posts.loose.len(), 1);
    assert_eq!(posts.pairs, [], "one city alone is no question");
}

#[test]
fn one_operator_with_two_telephones_is_a_question_for_a_person() {
    let a =
        written("a", &[&format!("post; place=Quelland/Brackwater; operator={TORSUND}; phone=+9995550100")]);
    let b =
        written("b", &[&format!("post; place=Quelland/Brackwater; operator={TORSUND}; phone=+9995550177")]);
    let (p, q) = (a.quotes[0].id, b.quotes[0].id);
    let documents = [a, b];
    let posts = resolve(&documents, &Judgements::default(), &[]);
    assert_eq!((posts.posts.len(), posts.pairs.len()), (2, 1));
    let same = Judgements { same: [(p, q)].into(), ..Judgements::default() };
    assert_eq!(resolve(&documents, &same, &[]).posts.len(), 1);
    let different = Judgements { different: [(q, p)].into(), ..Judgements::default() };
    let answer = resolve(&documents, &different, &[]);
    assert_eq!((answer.posts.len(), answer.pairs.len()), (2, 0));
}

#[test]
fn only_what_tells_posts_apart_makes_a_pair_a_question() {
    let place = "place=Quelland/Brackwater";
    let one = format!("post; {place}; operator={TORSUND}; phone=+9995550100");
    let other = |more: &str| format!("post; {more}; phone=+9995550101");
    // Beside a post of Torsund County at one telephone: another one, and the slots that make it a question.
    for (another, wanted) in [
        (other(&format!("{place}; operator={TORSUND}")), &["place", "operator"][..]),
        (other(&format!("{place}; operator={HALVIK}")), &["place", "operator"]),
        (other(&format!("{place}; operator={MERREN}")), &[]),
        (other(place), &[]),
        (other(&format!("place=Quelland/Sandhollow; operator={TORSUND}")), &[]),
        (other("place=Quelland"), &[]),
        (
            format!("post; place=Quelland/Sandhollow; operator={TORSUND}; phone=+9995550100"),
            &["operator", "phone"],
        ),
    ] {
        let posts = resolve(&[written("a", &[&one, &another])], &Judgements::default(), &[]);
        let shared: Vec<Vec<&str>> = (posts.pairs.iter())
            .map(|pair| {
                let alike = |r: &&Reason| matches!(r.effect, Effect::Same | Effect::Alike);
                pair.reasons.iter().filter(alike).map(|r| r.slot.as_str()).collect()
            })
            .collect();
        let wanted: Vec<Vec<&str>> = if wanted.is_empty() { vec![] } else { vec![wanted.to_vec()] };
        assert_eq!(shared, wanted, "{another}");
    }
}

#[test]
fn a_kind_that_many_posts_are_called_by_is_no_name() {
    // An invented case: a city with a post of each of so many counties, all called a service station.
    let many = |count: usize| {
        let line = |n: usize| {
            format!(
                "post; place=Quelland/Brackwater; operator=98{n:04}|county|public-security|bureau|; phone=+99955502{n:02}; name=service station"
            )
        };
        (0..count).map(|n| written(&format!("d{n}"), &[&line(n)])).collect::<Vec<_>>()
    };
    let posts = resolve(&many(60), &Judgements::default(), &[]);
    assert_eq!((posts.posts.len(), posts.pairs.len()), (60, 0));
    // A name of their own that two posts bear is a question, and the queue says so.
    let own = |n: usize| {
        let line = format!("post; place=Quelland/Brackwater; phone=+9995550{n}; name=Lantern House");
        written(&format!("own{n}"), &[&line])
    };
    let posts = resolve(&[own(300), own(301)], &Judgements::default(), &[]);
    let name = posts.pairs[0].reasons.iter().find(|r| r.slot == "name").expect("a reason");
    assert_eq!((posts.pairs.len(), name.effect, name.a.as_deref()), (1, Effect::Same, Some("lantern house")));
    assert_eq!(posts.pairs[0].verdict, NameVerdict::Review);
}

#[test]
fn a_reprint_that_swaps_two_bodies_makes_no_post() {
    let seed = written(
        "seed",
        &[
            &format!("post; place=Quelland/Brackwater; operator={TORSUND}"),
            &format!("post; place=Quelland/Sandhollow; operator={MERREN}"),
        ],
    );
    let reprint = written(
        "reprint",
        &[
            &format!("post; place=Quelland/Brackwater; operator={MERREN}"),
            &format!("post; place=Quelland/Sandhollow; operator={TORSUND}"),
        ],
    );
    let documents = [seed, reprint];
    let posts = resolve(&documents, &Judgements::default(), &[(1, 0)]);
    assert_eq!(shown(&posts), ["Quelland/Brackwater [980307] [] 2", "Quelland/Sandhollow [980401] [] 2"]);
    assert!(posts.posts.iter().all(|post| post.same_error.len() == 1));
    assert_eq!(resolve(&documents, &Judgements::default(), &[]).posts.len(), 4);
}

#[test]
fn one_sentence_about_two_posts_gives_two_ids() {
    let mut a = written("a", &["post; place=Quelland/Brackwater"]);
    let mut other = a.frames[0].clone();
    other.slots.get_mut("place").expect("a place")[0].key = "Quelland/Sandhollow".to_owned();
    a.frames.push(other);
    a.quotes.push(a.quotes[0].clone());
    let posts = resolve(&[a], &Judgements::default(), &[]).posts;
    assert_eq!(posts.len(), 2);
    assert_ne!(posts[0].id, posts[1].id);
}

proptest! {
    #[test]
    fn the_order_of_documents_changes_nothing(picks in proptest::collection::vec((0usize..5, 0usize..3, 0usize..4, 0usize..3), 1..14), turn in 0usize..14) {
        let place = ["", "; place=Quelland", "; place=Quelland/Brackwater", "; place=Quelland/Sandhollow", "; place=Quelland/Brackwater; place=Quelland/Sandhollow"];
        let operator = [String::new(), format!("; operator={TORSUND}"), format!("; operator={MERREN}"), format!("; operator={HALVIK}")];
        let phone = ["", "; phone=+9995550100", "; phone=+9995550101"];
        let kind = ["post", "reaction", "post"];
        let make = |n: usize, (p, k, o, t): &(usize, usize, usize, usize)| {
            written(&format!("d{n}"), &[&format!("{}{}{}{}", kind[*k], place[*p], operator[*o], phone[*t])])
        };
        let build = || picks.iter().enumerate().map(|(n, pick)| make(n, pick)).collect::<Vec<_>>();
        let straight = resolve(&build(), &Judgements::default(), &[]);
        let mut turned = build();
        let length = turned.len();
        turned.rotate_left(turn % length);
        turned.reverse();
        prop_assert_eq!(&resolve(&turned, &Judgements::default(), &[]), &straight);
        let ids: std::collections::BTreeSet<_> = straight.posts.iter().map(|p| p.id).collect();
        prop_assert_eq!(ids.len(), straight.posts.len());
    }
}
