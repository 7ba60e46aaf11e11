//! Hostile bytes: nothing panics, nothing is slow, and what was left out is complained of.

use plainsight_model::{Complaint, ComplaintKind, Document, ReadSettings};
use plainsight_read::{Source, dates, language, private_kind, read, words};
use proptest::prelude::*;
use std::io::Write;
use std::time::{Duration, Instant};

/// None of these takes a second of CPU time; the clock on the wall of a shared
/// machine may show far more. What is quadratic would still run into this.
const LONG: Duration = Duration::from_secs(60);

fn read_as(bytes: &[u8], media_type: Option<&str>, name: &str) -> (Document, Vec<Complaint>) {
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    let start = Instant::now();
    let (document, complaints) = read(&Source { bytes, media_type, uri: "", name }, &settings);
    assert!(start.elapsed() < LONG, "{name} took {:?}", start.elapsed());
    check_spans(&document);
    (document, complaints)
}

/// Spans are in order, do not overlap, and cover everything but white space.
fn check_spans(document: &Document) {
    let chars: Vec<char> = document.text.chars().collect();
    let mut at = 0;
    for block in &document.blocks {
        assert!(block.span.start >= at && block.span.end <= chars.len() && block.span.start < block.span.end);
        assert!(chars[at..block.span.start].iter().all(|c| c.is_whitespace()));
        at = block.span.end;
        for cell in &block.cells {
            assert!(cell.span.start >= block.span.start && cell.span.end <= block.span.end);
        }
    }
    assert!(chars[at..].iter().all(|c| c.is_whitespace()));
    for link in &document.links {
        assert!(link.span.start <= link.span.end && link.span.end <= chars.len());
    }
}

#[test]
fn a_table_of_attacks() {
    let deep = format!("<html><body>{}de kern{}", "<div>".repeat(8_000), "</div>".repeat(8_000));
    let deep_mixed = format!("<body>{}de kern", "<table><tr><td><ul><li><b>".repeat(3_000));
    let outside_ruby = format!("<p>de kern{}", "<rt>kana".repeat(5_000));
    let deep_drawing = format!("<p>de kern{}", "<svg><td><td>".repeat(3_000));
    // As deep as a page may be that both readers see, on the small stack of a test's thread.
    let both =
        format!("<body>{}<p>{}</body>", "<div><ins><span>".repeat(80), "de kern, het hek. ".repeat(90));
    let attributes: String = (0..200_000).map(|n| format!(" a{n}='x'")).collect();
    let attributes = format!("<p{attributes}>de kern</p>");
    let formatting: String = (0..3_000).map(|n| format!("<p><font size={n}><b>x")).collect();
    let line = format!("<p>{}", "het hek ".repeat(100_000));
    let unterminated = format!("<p>de kern{}", "<a href='".repeat(20_000));
    let comments = format!("<p>de kern{}", "<!--".repeat(100_000));
    let ends = format!("<p>de kern{}", "</b></i></x>".repeat(50_000));
    let quotes = format!("<div title=\"{}\">de kern</div>", "<div>".repeat(50_000));
    let entities = format!("<p>de kern {}", "&amp;&#0;&#x110000;&nosuch;".repeat(20_000));
    let tables = format!(
        "<p>de kern</p>{}",
        "<table><tr><td rowspan=65534 colspan=1000>a<td>b<tr><td>c<td>d</table>".repeat(200)
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("one byte", vec![b'<']),
        ("zeros", vec![0; 100_000]),
        ("zeros in a page", b"<html><p>de\0 kern\0</p>".to_vec()),
        ("deep", deep.into_bytes()),
        ("deep mixed", deep_mixed.into_bytes()),
        ("deep outside ruby", outside_ruby.into_bytes()),
        ("deep drawing", deep_drawing.into_bytes()),
        ("deep for both readers", both.into_bytes()),
        ("attributes", attributes.into_bytes()),
        ("formatting", formatting.into_bytes()),
        ("one line", line.into_bytes()),
        ("unterminated", unterminated.into_bytes()),
        ("comments", comments.into_bytes()),
        ("end tags", ends.into_bytes()),
        ("quotes", quotes.into_bytes()),
        ("entities", entities.into_bytes()),
        ("tables", tables.into_bytes()),
        (
            "bad UTF-8",
            [
                b"<html><meta charset=utf-8><p>de kern ".to_vec(),
                vec![0xff, 0xfe, 0xc3, 0x28, 0xf8, 0x80],
                b" slot".to_vec(),
            ]
            .concat(),
        ),
        (
            "bad GB18030",
            [
                b"<html><meta charset=gb2312><p>\xce\xe5 ".to_vec(),
                vec![0x81, 0x30, 0xff, 0x80, 0xfe, 0xfe, 0x20],
                b"x".to_vec(),
            ]
            .concat(),
        ),
        (
            "bad Big5",
            [b"<html><meta charset=big5><p>\xa4\xa4 ".to_vec(), vec![0x81, 0x20, 0xff, 0xa4], b"x".to_vec()]
                .concat(),
        ),
        (
            "UTF-16 with half a pair",
            "<html><p>de kern".encode_utf16().chain([0xd800]).flat_map(u16::to_le_bytes).collect(),
        ),
        ("cut PDF", b"%PDF-1.7\n1 0 obj\n<<".to_vec()),
        ("cut PNG", b"\x89PNG\r\n\x1a\n\0\0".to_vec()),
        ("cut gzip", vec![0x1f, 0x8b, 8, 0, 0, 0]),
    ];
    for (name, bytes) in &cases {
        for media_type in [None, Some("text/html"), Some("text/plain"), Some("text/html; charset=utf-16")] {
            let (document, _) = read_as(bytes, media_type, name);
            if name.starts_with("deep") && media_type == Some("text/html") {
                assert!(document.text.contains("de kern"), "{name}");
            }
        }
        private_kind(name, bytes);
    }
}

#[test]
fn empty_files_of_programs_are_damaged() {
    for (name, media_type) in [("leeg.pdf", Some("application/pdf")), ("leeg.png", Some("image/png"))] {
        let (document, complaints) = read_as(b"", media_type, name);
        assert!(document.text.is_empty());
        assert_eq!(complaints[0].kind, ComplaintKind::Damaged, "{name}");
    }
}

#[test]
fn a_gzip_bomb_stops_at_the_bound() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        encoder.write_all(&zeros).expect("memory");
    }
    let bomb = encoder.finish().expect("memory");
    assert!(bomb.len() < 200_000);
    let (_, complaints) = read_as(&bomb, None, "bom.txt.gz");
    assert!(complaints.iter().any(|c| c.kind == ComplaintKind::Bound), "{complaints:?}");
}

#[test]
fn a_page_of_scripts_alone_is_complained_of() {
    let page =
        b"<html><head><title>App</title></head><body><div id=root></div><script>render()</script></body>";
    let (document, complaints) = read_as(page, None, "app.html");
    assert_eq!(document.text, "App");
    assert!(
        complaints.iter().any(|c| c.kind == ComplaintKind::Doubtful && c.what.contains("scripts")),
        "{complaints:?}"
    );
}

#[test]
fn attacks_on_the_filters() {
    let digits = "1".repeat(200_000);
    let dashes = "2019-".repeat(40_000);
    let years = "2019年".repeat(40_000);
    let han = "二〇".repeat(40_000);
    for text in
        [digits.as_str(), &dashes, &years, &han, "", "\0", "日", "2019年13月45日", "民国999年", "99999年"]
    {
        for lang in ["zh", "nl", "es", "en", "xx", ""] {
            let start = Instant::now();
            dates(text, Some("2019-02-30"), Some(lang));
            dates(text, Some("9999-12-31T99:99:99"), Some(lang));
            assert!(start.elapsed() < LONG, "{lang} {}", text.chars().take(8).collect::<String>());
        }
        language(text);
        words(text);
    }
}

/// A letter and its mark become one letter; the link around them ended on a break that was cut off.
#[test]
fn a_link_that_reaches_beyond_its_text_takes_no_letter_away() {
    for (page, text) in [
        ("<html><body><a href=/x>e\u{301}<br><a href=/x><math>", "\u{e9}"),
        ("<html><body><p>Cafe\u{301} <a href=/x>Ze\u{301}lande<br></a></p>", "Caf\u{e9} Z\u{e9}lande"),
    ] {
        assert_eq!(read_as(page.as_bytes(), Some("text/html"), "x.html").0.text, text, "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..2000), name in "[a-z]{0,4}(\\.(html|txt|pdf|png|json|gz))?") {
        let (document, _) = read_as(&bytes, None, &name);
        let (again, _) = read_as(&bytes, None, &name);
        prop_assert_eq!(document, again);
        private_kind(&name, &bytes);
    }

    #[test]
    fn any_markup_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("<table>"), Just("<tr>"), Just("<td>"), Just("</table>"), Just("<p>"), Just("</p>"), Just("<a href=/x>"), Just("</a>"), Just("<div hidden>"), Just("</div>"),
        Just("<svg>"), Just("<math>"), Just("<template>"), Just("<select>"), Just("<br>"), Just("<li>"), Just("<pre>"), Just("青湾 "), Just("e\u{301}"), Just(" een zin met woorden. "), Just("&lt;"),
    ], 0..120)) {
        let html = format!("<html><body>{}", parts.concat());
        read_as(html.as_bytes(), Some("text/html"), "x.html");
    }

    #[test]
    fn spans_of_dates_are_in_the_text(text in "[0-9年月日至 ./:a-z一二三十]{0,60}", lang in prop_oneof![Just("zh"), Just("nl"), Just("es"), Just("en")]) {
        let count = text.chars().count();
        let mut at = 0;
        for span in dates(&text, Some("2019-06-18"), Some(lang)) {
            prop_assert!(span.start >= at && span.start < span.end && span.end <= count);
            at = span.end;
        }
    }
}
