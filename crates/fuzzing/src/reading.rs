//! Targets of `read`: pages, texts and chats, office documents, mails, dates, charsets.

use plainsight_model::{Document, ReadSettings};
use plainsight_read::Source;
use plainsight_text::Chars;

/// Reads as a run does, without starting a program, and looks whether the document is sound.
fn read(bytes: &[u8], media_type: Option<&str>, name: &str) {
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    let source = Source { bytes, media_type, uri: "https://paper.example/a", name };
    let (document, complaints) = plainsight_read::read(&source, &settings);
    sound(&document);
    assert!(complaints.iter().all(|c| !c.what.is_empty()), "a complaint says what is wrong");
    let _ = plainsight_read::private_kind(name, bytes);
}

/// Every range lies in the text.
fn sound(document: &Document) {
    let length = document.text.chars().count();
    for block in &document.blocks {
        assert!(
            block.span.start <= block.span.end && block.span.end <= length,
            "{:?} of {length}",
            block.span
        );
        for cell in &block.cells {
            assert!(
                cell.span.start <= cell.span.end && cell.span.end <= length,
                "{:?} of {length}",
                cell.span
            );
        }
    }
    for link in &document.links {
        assert!(link.span.start <= link.span.end && link.span.end <= length, "{:?} of {length}", link.span);
    }
}

/// HTML in whatever encoding.
pub fn page(bytes: &[u8]) {
    read(bytes, Some("text/html"), "page.html");
}

/// Plain text, chats, exports of chats.
pub fn text(bytes: &[u8]) {
    read(bytes, Some("text/plain"), "chat.txt");
    read(bytes, Some("application/json"), "result.json");
}

/// The XML of an office document, put into the packages in which each reader finds it: behind packing and
/// checksum a fuzzer would hardly ever get there. And the bytes themselves, as a package.
pub fn office(bytes: &[u8]) {
    read(bytes, None, "paper.docx");
    for parts in OFFICE {
        read(&package(parts, bytes), None, "paper");
    }
}

/// Members that lead to one main part, which is empty here and gets the bytes.
const OFFICE: [&[(&str, &str)]; 4] = [
    &[("[Content_Types].xml", ""), ("word/document.xml", "")],
    &[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", ""), ("meta.xml", "")],
    &[
        ("[Content_Types].xml", ""),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/><Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"s.xml\"/><Relationship Id=\"r3\" Type=\"x/styles\" Target=\"s.xml\"/></Relationships>",
        ),
        ("xl/s.xml", ""),
    ],
    &[
        ("[Content_Types].xml", ""),
        ("ppt/presentation.xml", "<p><sldId r:id=\"r1\"/></p>"),
        (
            "ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/slide\" Target=\"s.xml\"/></Relationships>",
        ),
        ("ppt/s.xml", ""),
    ],
];

/// A package of these members; those without text get the bytes. Stored, not packed: that is faster.
fn package(parts: &[(&str, &str)], bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).expect("memory");
        let content = if text.is_empty() { bytes } else { text.as_bytes() };
        std::io::Write::write_all(&mut writer, content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// What poppler says of the lines of a PDF and their places.
pub fn pdf(bytes: &[u8]) {
    sound(&plainsight_read::pdf_layout(&String::from_utf8_lossy(bytes)));
}

/// Pictures: what they say of themselves, and their copy for others, which says no place.
pub fn picture(bytes: &[u8]) {
    read(bytes, Some("image/jpeg"), "photo.jpg");
    if let plainsight_read::Unlocated::Copy(copy) = plainsight_read::without_position(bytes) {
        let again = plainsight_read::without_position(&copy);
        assert!(again == plainsight_read::Unlocated::AsItIs, "the copy says where it was taken");
    }
}

/// What ffprobe says of a recording.
pub fn recording(bytes: &[u8]) {
    let rows = plainsight_read::recording_metadata(&String::from_utf8_lossy(bytes));
    assert!(rows.iter().all(|row| !row.value.is_empty()), "{rows:?}");
}

/// The objects of a PDF, and the notes on its pages.
pub fn notes(bytes: &[u8]) {
    let document = plainsight_read::pdf_notes(bytes);
    sound(&document);
    assert!(document.blocks.iter().all(|block| block.hidden), "a note is hidden");
}

/// Mails, mailboxes and pages saved as mails.
pub fn mail(bytes: &[u8]) {
    read(bytes, Some("message/rfc822"), "letter.eml");
    read(bytes, Some("application/mbox"), "letters.mbox");
    read(bytes, Some("multipart/related"), "page.mhtml");
}

/// Exports of chats, as text and as JSON, and tables.
pub fn chat(bytes: &[u8]) {
    read(bytes, Some("text/plain"), "chat.txt");
    read(bytes, None, "result.json");
    read(bytes, Some("text/csv"), "chat.csv");
}

/// Bytes of which nothing is known: sniffing and unpacking.
pub fn any(bytes: &[u8]) {
    read(bytes, None, "");
}

/// A page under a charset of the header that its first byte chooses, right or wrong.
pub fn charset(bytes: &[u8]) {
    const LABELS: [&str; 10] = [
        "utf-8",
        "gb2312",
        "gb18030",
        "big5",
        "big5-hkscs",
        "utf-16le",
        "utf-16be",
        "iso-2022-jp",
        "windows-1252",
        "no-such-charset",
    ];
    let (first, rest) = bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest));
    read(rest, Some(&format!("text/html; charset={}", LABELS[first % LABELS.len()])), "page.html");
}

/// Date expressions; the first line is the day of writing, the language is guessed and given.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (reference, text) = text.split_once('\n').map_or((None, &*text), |(day, rest)| (Some(day), rest));
    let chars = Chars::new(text);
    for lang in [None, Some("zh"), Some("nl"), Some("es"), Some("en")] {
        for date in plainsight_read::dates(text, reference, lang) {
            assert!(date.start < date.end && date.end <= chars.len(), "{date:?}");
            assert_eq!(chars.slice(text, date.start, date.end), date.text);
        }
    }
    let _ = plainsight_read::language(text);
    let _ = plainsight_read::words(text);
}
