use super::*;
use proptest::prelude::*;

fn compare(a: &str, b: &str, schema: &str) -> NameMatch {
    let schema = Some(schema).filter(|s| !s.is_empty());
    match_names(&NameInput::of(a), &NameInput::of(b), schema, Gazetteer::builtin())
}

#[test]
fn verdicts_follow_the_rules_of_judgement() {
    for (a, b, schema, verdict, yes) in [
        // Folding-equal, within one script.
        ("青田縣公安局", "青田县公安局", "PublicBody", "match", true),
        // Equal by code across scripts.
        ("青田县公安局", "Qingtian County Public Security Bureau", "PublicBody", "match", true),
        ("青田县公安局", "politie van Qingtian", "PublicBody", "match", true),
        // A slot that differs is a veto.
        ("青田县公安局", "福州市公安局", "PublicBody", "no", false),
        ("南通市公安局", "Nantong Municipal Bureau of State Security", "PublicBody", "no", false),
        ("中国驻荷兰大使馆", "Dutch Embassy in Beijing", "PublicBody", "no", false),
        // A county under its city is a question.
        ("青田县公安局", "丽水市公安局", "PublicBody", "review", false),
        // No place on one side: never more than a question.
        ("荷兰外交部", "Ministerie van Buitenlandse Zaken", "PublicBody", "review", true),
        // Han against Latin is a question whatever the score.
        ("阿姆斯特丹", "Amsterdam", "Address", "review", true),
        ("重庆", "Chungking", "Address", "review", true),
        ("苏州", "宿州", "Address", "no", false),
        ("文若兰", "Wen Ruolan", "Person", "review", true),
        ("文若兰", "Ruolan Wen", "Person", "review", true),
        ("文若兰", "Julia Ruolan Wen", "Person", "review", true),
        ("文若兰", "Wen Ruoyu", "Person", "no", false),
        // The same sound with other characters.
        ("文若兰", "闻若岚", "Person", "no", false),
        ("Maria Jansen", "Jansen, Maria", "Person", "review", true),
        ("Pieter Vos", "Pieter Bakker", "Person", "review", false),
    ] {
        let found = compare(a, b, schema);
        assert_eq!((found.verdict.as_str(), found.score >= YES), (verdict, yes), "{a} | {b}: {found:?}");
        assert!(!found.reasons.is_empty());
    }
}

/// One pair for each rule on words, and one beside it that the rule must not reach.
/// Fictional persons and bodies.
#[test]
fn rules_on_words_one_by_one() {
    for (schema, a, b, yes) in [
        // A slip in a long word; in a short one it is another name.
        ("Person", "Marta Lindenhorst", "Marta Lindenhorts", true),
        ("Person", "Oscar Rost", "Oscar Trost", false),
        ("Person", "Anna Merkur", "Anna Merkel", false),
        // Letters twice, spellings of one sound.
        ("Person", "Kees Jannsen", "Kees Jansen", true),
        ("Person", "Sami Husayn", "Sami Hussein", true),
        ("Person", "Sergei Tolmachov", "Sergey Tolmachov", true),
        ("Person", "Frederick Buchenau", "Friedrich Buchenau", false),
        // Words joined and parted, initials.
        ("Person", "Ewan Mac Donald", "Ewan MacDonald", true),
        ("Person", "Nikolai Patr ushin", "Nikolai Patrushin", true),
        ("Person", "JC Dubois", "Jean-Claude Dubois", true),
        ("Person", "JC Dubois", "Jean-Luc Dubois", false),
        // The father's name on one side; another on each.
        ("Person", "Oleg Viktorovich Baranov", "Oleg Baranov", true),
        ("Person", "Oleg Viktorovich Baranov", "Oleg Ivanovich Baranov", false),
        ("Person", "Salman bin Omar Rawi", "Omar bin Salman Rawi", false),
        // A surname beside an office, and alone.
        ("Person", "President Zilver", "Pieter Jan Zilver", true),
        ("Person", "Zilver", "Pieter Jan Zilver", false),
        // Other scripts.
        ("Person", "Аркадий Вольнов", "Arkadii Volnov", true),
        ("Person", "فرناندو بيريز", "Fernando Pérez", true),
        ("Person", "Γιώργος Παπαδάκης", "Giorgos Papadakis", true),
        ("Person", "გიორგი მელაძე", "Giorgi Meladze", true),
        ("Person", "김민수", "Kim Min-su", true),
        ("Person", "김민수", "Kim Tae-ho", false),
        ("Person", "サトウハナコ", "Sato Hanako", true),
        ("Person", "სამ", "Tom", false),
        ("Person", "გიორგი მელაძე", "Nino Kalandadze", false),
        // A further word tells bodies apart, a country or a legal form does not.
        ("Company", "Zilverhaven Ltd", "Zilverhaven Limited", true),
        ("Company", "Zilverhaven Systems Ltd", "Zilverhaven Ltd", false),
        ("Company", "Zilverhaven (Nederland) BV", "Zilverhaven BV", true),
        ("Company", "Zilverhaven GmbH", "Zilverhaven AG", false),
        ("Company", "Zilverhaven Fund II", "Zilverhaven Fund", false),
        // Numbers in words, names beside a slash, a field cut off.
        ("Organization", "Brigade Forty-Four", "Brigade 44", true),
        ("Organization", "Brigade Forty-Five", "Brigade 44", false),
        ("Organization", "Zilver Front", "Zilver Front/Northern Army", true),
        ("Company", "ZILVERHAVEN INSTRUMENT CORPORAT", "Zilverhaven Instrument Corporation", true),
        ("Vessel", "MV Zilver Spirit", "Zilver Spirit", true),
        ("Vessel", "Zilver Spirit 5", "Zilver Spirit 6", false),
    ] {
        let found = compare(a, b, schema);
        assert_eq!(found.score >= YES, yes, "{schema}: {a} | {b}: {}", found.score);
        assert_eq!(found.score, compare(b, a, schema).score, "{a} | {b}");
    }
}

/// Another father's name makes another person, also where the parts come one by one.
#[test]
fn parts_of_a_persons_name_are_compared_with_their_like() {
    let person = |first: &str, middle: &str, last: &str| {
        let parts = [("firstName", first), ("middleName", middle), ("lastName", last)];
        let given = parts.into_iter().filter(|(_, value)| !value.is_empty());
        NameInput::of_properties(given.map(|(key, value)| (key.to_owned(), vec![value.to_owned()])).collect())
    };
    for (a, b, yes) in [
        (person("Oleg", "Viktorovich", "Baranov"), person("Oleg", "Viktorovich", "Baranov"), true),
        (person("Oleg", "Viktorovich", "Baranov"), person("Oleg", "Ivanovich", "Baranov"), false),
        (person("Oleg", "Viktorovich", "Baranov"), person("Oleg", "", "Baranov"), true),
        (person("Oleg", "V", "Baranov"), person("Oleg", "Viktorovich", "Baranov"), true),
        (person("Hans", "", "Friedrich"), person("Friedrich", "", "Hans"), false),
    ] {
        let found = match_names(&a, &b, Some("Person"), Gazetteer::builtin());
        assert_eq!(found.score >= YES, yes, "{a:?} | {b:?}: {}", found.score);
    }
}

#[test]
fn an_answer_without_names_has_a_reason_too() {
    let found = match_names(&NameInput::default(), &NameInput::of("x"), None, Gazetteer::builtin());
    assert_eq!((found.verdict, found.reasons.len()), (NameVerdict::No, 1));
}

/// Names that were made to be slow: the answer comes in bounded time and with a reason.
#[test]
fn hostile_names_cost_little() {
    let many = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    for (what, a, b) in [
        ("10 MB in one word", many("a", 10_000_000), many("a", 9_999_999)),
        ("10 MB of words", many("an ", 10_000_000), many("na ", 10_000_000)),
        ("10 MB of Han", many("文若兰", 10_000_000), many("wen ruolan ", 10_000_000)),
        // The longest that are still compared as names (2,000 characters).
        ("one word", many("a", 2_000), many("a", 1_999)),
        ("words", many("an ", 1_999), many("na ", 1_999)),
        ("Han", many("文若兰", 6_000), many("wen ruolan ", 1_999)),
        ("slashes", many("abcd/", 2_000), many("abcde/", 1_999)),
        ("dots", many("文·", 5_000), "Wen".to_owned()),
        ("marks without letters", many("\u{301}", 4_000), many("\u{200b}", 6_000)),
        ("right to left", many("محمد ", 3_600), many("Mohammed ", 1_999)),
    ] {
        let begin = std::time::Instant::now();
        for schema in ["Person", "Company", "Address"] {
            assert!(!compare(&a, &b, schema).reasons.is_empty(), "{what}");
        }
        assert!(begin.elapsed().as_secs() < 2, "{what}: {:?}", begin.elapsed());
        eprintln!("{what}: {:?}", begin.elapsed());
    }
}

proptest! {
    #[test]
    fn the_order_of_the_two_changes_neither_score_nor_verdict(a in "[a-cA-C文兰公安局青田县 ]{0,9}", b in "[a-cA-C文兰公安局青田县 ]{0,9}") {
        let (x, y) = (compare(&a, &b, ""), compare(&b, &a, ""));
        prop_assert_eq!((x.score, x.verdict), (y.score, y.verdict));
        prop_assert!((0.0..=1.0).contains(&x.score));
    }

    #[test]
    fn no_string_makes_it_panic(a in "\\PC{0,20}", b in "\\PC{0,20}") {
        let _ = compare(&a, &b, "Person");
        let _ = compare(&a, &b, "Organization");
    }
}
