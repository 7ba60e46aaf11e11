//! Hostile office documents, mails and saved pages, and what must come of each.

use super::{TYPES, docx_with, package, rels, zip};

/// Text that a reader must still find in a file whose rest is hostile.
pub const KERN: &str = "de kern";

/// What must come of a file.
#[derive(Clone, Copy, Debug)]
pub enum Want {
    /// The kernel of text is found; whether there is a complaint is open.
    Text,
    /// Both the text and a complaint of a bound.
    TextAndBound,
    /// A complaint of a bound.
    Bound,
    /// A complaint of damage.
    Damaged,
    /// No reader takes it, and it says so.
    NoReader,
    /// Any complaint or none, but no text.
    Nothing,
}

/// A paragraph of a DOCX.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn body(inner: &str) -> Vec<u8> {
    docx_with(&format!("<w:document><w:body>{inner}</w:body></w:document>"))
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook(rows, "<sst><si><t>de kern</t></si></sst>")
}

fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    package(&[
        TYPES,
        ("_rels/.rels", &rels(&[("r1", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            &rels(&[("r1", "worksheet", "s.xml"), ("r2", "sharedStrings", "t.xml")]),
        ),
        ("xl/s.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/t.xml", strings),
    ])
}

fn odt(inner: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    );
    package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

/// The same bytes with four of them replaced behind each place where a mark stands.
fn patched(mut bytes: Vec<u8>, mark: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    let places: Vec<usize> =
        (0..bytes.len().saturating_sub(mark.len())).filter(|n| bytes[*n..].starts_with(mark)).collect();
    for place in places {
        if let Some(there) = bytes.get_mut(place + at..place + at + new.len()) {
            there.copy_from_slice(new);
        }
    }
    bytes
}

pub fn office() -> Vec<(&'static str, Vec<u8>, Want)> {
    let good = body(&p(KERN));
    let spaces = " ".repeat(70 << 20);
    let many: Vec<(String, String)> = (0..3_000).map(|n| (format!("word/{n}.xml"), String::new())).collect();
    let mut many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let relations = rels(&[("r1", "officeDocument", "word/document.xml")]);
    let document = format!("<w:document><w:body>{}</w:body></w:document>", p(KERN));
    many.extend([TYPES, ("_rels/.rels", &relations), ("word/document.xml", &document)]);
    let long_name = "a/".repeat(30_000);
    let lol: String =
        (1..12).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let entities = format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{lol}]>");
    let with_doctype = |doctype: &str, text: &str| {
        docx_with(&format!("{doctype}<w:document><w:body>{}</w:body></w:document>", p(text)))
    };
    let outside = |target: &str| {
        package(&[
            TYPES,
            ("_rels/.rels", &rels(&[("r1", "officeDocument", target)])),
            ("word/document.xml", &document),
        ])
    };
    let nested_tables = |n: usize| {
        format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(n), p(KERN), "</w:tc></w:tr></w:tbl>".repeat(n))
    };
    let attributes: String = (0..200_000).map(|n| format!(" w:a{n}=\"x\"")).collect();
    let styles: String = (0..50_000)
        .map(|n| {
            format!("<w:style w:styleId=\"s{n}\"><w:basedOn w:val=\"s{}\"/></w:style>", (n + 1) % 50_000)
        })
        .collect();
    let loop_styles = package(&[
        TYPES,
        ("_rels/.rels", &relations),
        (
            "word/document.xml",
            &format!(
                "<w:document>{}</w:document>",
                "<w:p><w:pPr><w:pStyle w:val=\"s0\"/></w:pPr><w:r><w:t>de kern</w:t></w:r></w:p>"
                    .repeat(2_000)
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            &rels(&[
                ("r1", "styles", "styles.xml"),
                ("r2", "header", "document.xml"),
                ("r3", "footnotes", "document.xml"),
            ]),
        ),
        ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>")),
    ]);
    let own_header = rels(&(0..500).map(|_| ("r", "header", "document.xml")).collect::<Vec<_>>());
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(document.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let member = |bytes: &[u8]| {
        zip(&[
            (TYPES.0, TYPES.1.as_bytes()),
            ("_rels/.rels", relations.as_bytes()),
            ("word/document.xml", bytes),
        ])
    };
    let middle = good.len() / 2;
    vec![
        ("bomb in the body.docx", docx_with(&format!("<w:document><w:body>{}{spaces}{}</w:body></w:document>", p(KERN), p("na"))), Want::TextAndBound),
        ("bomb in the styles.docx", package(&[TYPES, ("_rels/.rels", &relations), ("word/document.xml", &document), ("word/_rels/document.xml.rels", &rels(&[("r1", "styles", "styles.xml")])), ("word/styles.xml", &spaces)]), Want::TextAndBound),
        ("bomb in the properties.docx", package(&[TYPES, ("_rels/.rels", &relations), ("word/document.xml", &document), ("docProps/core.xml", &spaces)]), Want::TextAndBound),
        ("bomb in the relations.docx", package(&[TYPES, ("_rels/.rels", &spaces), ("word/document.xml", &document)]), Want::TextAndBound),
        ("too much text.docx", body(&format!("{}{}", p(KERN), p(&"woord ".repeat(1000)).repeat(2_000))), Want::TextAndBound),
        ("3,000 members.docx", package(&many), Want::Text),
        ("long name.docx", package(&[TYPES, ("_rels/.rels", &relations), ("word/document.xml", &document), (&long_name[..60_000], "x")]), Want::Text),
        ("billion laughs.docx", with_doctype(&entities, "&l11;de kern"), Want::Text),
        ("quadratic entity.docx", with_doctype(&format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>", "a".repeat(100_000)), &format!("{}de kern", "&a;".repeat(100_000))), Want::Text),
        ("file entity.docx", with_doctype("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>", "&f;de kern"), Want::Text),
        ("remote DTD.docx", with_doctype("<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">", KERN), Want::Text),
        ("parameter entity.docx", with_doctype("<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]>", KERN), Want::Text),
        ("open DTD.docx", with_doctype("<!DOCTYPE x [<!ENTITY a \"", KERN), Want::Damaged),
        ("deep elements.docx", body(&format!("{}{}{}", "<w:sdt>".repeat(100_000), p(KERN), "</w:sdt>".repeat(100_000))), Want::Bound),
        ("deep tables.docx", body(&nested_tables(150)), Want::Text),
        ("deeper tables.docx", body(&nested_tables(20_000)), Want::Bound),
        ("deep text boxes.docx", body(&format!("{}{}{}", "<w:p><w:r><w:txbxContent>".repeat(160), p(KERN), "</w:txbxContent></w:r></w:p>".repeat(160))), Want::Text),
        ("open elements.docx", docx_with(&format!("<w:document>{}{}", p(KERN), "<w:p><w:r><w:t>x".repeat(1_000))), Want::Text),
        ("stray end.docx", docx_with(&format!("<w:document>{}</w:tbl></w:tc></w:document>", p(KERN))), Want::Damaged),
        ("rows outside tables.docx", body(&format!("<w:tr/><w:tc/><w:tblHeader/><w:gridSpan w:val=\"9999999999\"/>{}", p(KERN))), Want::Text),
        ("attributes.docx", body(&format!("<w:p{attributes}><w:r><w:t>de kern</w:t></w:r></w:p>")), Want::Text),
        ("styles in a ring.docx", loop_styles, Want::Text),
        ("a header that is the body.docx", package(&[TYPES, ("_rels/.rels", &relations), ("word/document.xml", &document), ("word/_rels/document.xml.rels", &own_header)]), Want::Text),
        ("target climbs out.docx", outside("../../../../etc/passwd"), Want::Text),
        ("target is absolute.docx", outside("/etc/passwd"), Want::Text),
        ("target is an address.docx", outside("http://127.0.0.1:9/a.xml"), Want::Text),
        ("names climb out.docx", package(&[TYPES, ("_rels/.rels", &relations), ("word/document.xml", &document), ("../../../tmp/plainsight-was-here", "x"), ("/tmp/plainsight-was-here", "x"), ("C:\\plainsight-was-here", "x")]), Want::Text),
        ("no body.docx", package(&[TYPES, ("_rels/.rels", &relations)]), Want::NoReader),
        ("body in UTF-16.docx", member(&utf16), Want::Text),
        ("body is no XML.docx", member(b"\0\x01\x02de kern<<<<>>>>&&&&"), Want::Nothing),
        ("body is empty.docx", member(b""), Want::Nothing),
        ("bad UTF-8.docx", member(&[format!("<w:document><w:body>{}", p(KERN)).as_bytes(), &[0xff, 0xfe, 0xc3]].concat()), Want::Text),
        ("bad references.docx", body(&p("&#0;&#xFFFFFFFFFF;&#xD800;&nosuch;&de kern")), Want::Text),
        ("cut in the middle.docx", good[..middle].to_vec(), Want::Damaged),
        ("cut at the end.docx", good[..good.len() - 10].to_vec(), Want::Damaged),
        ("cut at the head.docx", b"PK\x03\x04".to_vec(), Want::Damaged),
        ("directory alone.docx", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(), Want::NoReader),
        ("directory lies of its number.docx", patched(good.clone(), b"PK\x05\x06", 8, &[0xff; 4]), Want::Damaged),
        ("directory lies of its place.docx", patched(good.clone(), b"PK\x05\x06", 16, &[0xff; 4]), Want::Damaged),
        ("sizes lie.docx", patched(good.clone(), b"PK\x01\x02", 24, &[0xff, 0xff, 0xff, 0x7f]), Want::Text),
        ("packed sizes lie.docx", patched(good.clone(), b"PK\x01\x02", 20, &[1, 0, 0, 0]), Want::Damaged),
        ("unknown packing.docx", patched(good.clone(), b"PK\x01\x02", 10, &[99, 0]), Want::Damaged),
        ("says it is encrypted.docx", patched(patched(good.clone(), b"PK\x01\x02", 8, &[1, 0]), b"PK\x03\x04", 6, &[1, 0]), Want::Damaged),
        ("all members in one place.docx", patched(good.clone(), b"PK\x01\x02", 42, &[0, 0, 0, 0]), Want::Damaged),
        ("a ZIP of anything.zip", package(&[("a.txt", "x"), ("b/c.txt", "y")]), Want::NoReader),
        ("a million strings.xlsx", sheet(&"<row><c t=\"s\"><v>0</v></c></row>".repeat(200_000)), Want::Text),
        ("one long string a thousand times.xlsx", workbook(&"<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000), &format!("<sst><si><t>de kern {}</t></si></sst>", "woord ".repeat(20_000))), Want::TextAndBound),
        ("far cells.xlsx", sheet("<row r=\"999999999999\"><c r=\"XFD1048576\" t=\"s\"><v>0</v></c><c r=\"ZZZZZZZZZ1\"><v>1e400</v></c><c r=\"\"><v>-1</v></c></row>"), Want::Text),
        ("strings that are not there.xlsx", sheet("<row><c t=\"s\"><v>99999999999999999999</v></c><c t=\"s\"><v>-1</v></c><c t=\"s\"><v>0</v></c></row>"), Want::Text),
        ("endless columns.xlsx", sheet(&format!("<cols>{}</cols><row><c t=\"s\"><v>0</v></c></row>", "<col min=\"2\" max=\"4294967295\" hidden=\"1\"/>".repeat(50_000))), Want::Text),
        ("cells outside rows.xlsx", sheet("<c><v>x</v></c></row><row><c t=\"s\"><v>0</v></c></row>"), Want::Damaged),
        ("odd days.xlsx", sheet("<row><c s=\"4294967295\"><v>NaN</v></c><c s=\"1\"><v>inf</v></c><c t=\"d\"><v>x</v></c><c t=\"s\"><v>0</v></c></row>"), Want::Text),
        ("slide names itself.pptx", package(&[TYPES, ("_rels/.rels", &rels(&[("r1", "officeDocument", "ppt/p.xml")])), ("ppt/p.xml", &format!("<p><sldIdLst>{}</sldIdLst><sp><a:p><a:r><a:t>de kern</a:t></a:r></a:p></sp></p>", "<sldId r:id=\"r1\"/>".repeat(300))), ("ppt/_rels/p.xml.rels", &rels(&[("r1", "slide", "p.xml"), ("r2", "notesSlide", "p.xml")]))]), Want::Text),
        ("repeated cells.odt", odt(&format!("<table:table><table:table-row table:number-rows-repeated=\"4294967295\">{}</table:table-row></table:table>", "<table:table-cell table:number-columns-repeated=\"4294967295\"><text:p>de kern</text:p></table:table-cell>".repeat(1_000))), Want::Text),
        ("repeated spaces.odt", odt(&format!("<text:p>{}de kern</text:p>", "<text:s text:c=\"4294967295\"/>".repeat(20_000))), Want::Text),
        ("deep lists.odt", odt(&format!("{}<text:p>de kern</text:p>{}", "<text:list><text:list-item>".repeat(30_000), "</text:list-item></text:list>".repeat(30_000))), Want::Bound),
        ("deep spans.odt", odt(&format!("<text:p>{}de kern{}</text:p>", "<text:span>".repeat(30_000), "</text:span>".repeat(30_000))), Want::TextAndBound),
        ("no content.odt", package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")]), Want::Nothing),
        ("billion laughs.odt", odt("&l9;<text:p>de kern</text:p>"), Want::Text),
        ("styles in a ring.odt", odt(&format!("<style:style style:name=\"a\" style:parent-style-name=\"a\"/>{}", "<text:p text:style-name=\"a\">de kern</text:p>".repeat(5_000))), Want::Text),
    ]
}

pub fn mails() -> Vec<(&'static str, Vec<u8>, Want)> {
    let head = "From: a@post.example\r\nTo: b@post.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n";
    let mail = |rest: &str| format!("{head}{rest}").into_bytes();
    let deep: String = (0..5_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let wrapped = (0..200).fold("Subject: s\r\n\r\nde kern\r\n".to_owned(), |inner, _| {
        format!("Content-Type: message/rfc822\r\n\r\n{inner}")
    });
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\nde kern\r\n".repeat(20_000);
    let attachments = "--b\r\nContent-Type: application/x; name=\"../../../etc/passwd\"\r\nContent-Disposition: attachment; filename=\"..\\\\..\\\\x\"\r\n\r\nx\r\n".repeat(1_000);
    let bomb = zip(&[("[Content_Types].xml", b"x"), ("word/document.xml", &vec![b' '; 70 << 20])]);
    let encoded = |bytes: &[u8]| -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        bytes
            .chunks(3)
            .flat_map(|c| {
                let n = u32::from(c[0]) << 16
                    | u32::from(*c.get(1).unwrap_or(&0)) << 8
                    | u32::from(*c.get(2).unwrap_or(&0));
                (0..4).map(move |k| LETTERS[(n >> (18 - 6 * k)) as usize & 63] as char)
            })
            .collect()
    };
    let with_bomb = mail(&format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nde kern\r\n--b\r\nContent-Disposition: attachment; filename=a.docx\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--",
        encoded(&bomb)
    ));
    let people: String = (0..3_000).map(|n| format!("From a Tue Jun 18 10:20:11 2019\nFrom: Naam{n} <a{n}@post.example>\nTo: b@post.example\n\nde kern\n\n")).collect();
    vec![
        ("deep multiparts.eml", mail(&format!("{deep}\r\nde kern")), Want::Bound),
        ("mails in mails.eml", mail(&wrapped), Want::Bound),
        ("20,000 parts.eml", mail(&format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--")), Want::Text),
        ("1,000 attachments.eml", mail(&format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nde kern\r\n{attachments}--b--")), Want::TextAndBound),
        ("a boundary that is not there.eml", mail("Content-Type: multipart/mixed; boundary=b\r\n\r\nde kern\r\n"), Want::Text),
        ("no boundary.eml", mail("Content-Type: multipart/mixed\r\n\r\nde kern\r\n"), Want::Text),
        ("an empty boundary.eml", mail(&format!("Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n{}de kern", "--\r\n".repeat(50_000))), Want::Text),
        ("a bomb as attachment.eml", with_bomb, Want::TextAndBound),
        ("bad coding.eml", mail("Content-Transfer-Encoding: base64\r\n\r\n\u{e9}*&^%$ ZGUga2Vybg"), Want::Text),
        ("bad quoted.eml", mail("Content-Transfer-Encoding: quoted-printable\r\n\r\nde=20kern=\r\n=ZZ=\r=E"), Want::Text),
        ("a head without end.eml", format!("From: a@post.example\r\n{}", "X-Long: x\r\n y\r\n".repeat(100_000)).into_bytes(), Want::Nothing),
        ("a long header.eml", mail(&format!("X-Long: {}\r\n\r\nde kern", "=?utf-8?Q?x?= ".repeat(100_000))), Want::Text),
        ("bad words.eml", mail("Subject: =?utf-8?B?////?= =?x?y?z?= =?gb2312?B?=\r\n\r\nde kern"), Want::Text),
        ("an impossible day.eml", mail("Date: Fri, 99 Foo 99999 99:99:99 +9999\r\n\r\nde kern"), Want::Text),
        ("nested comments.eml", mail(&format!("Reply-To: {}\r\n\r\nde kern", "(".repeat(50_000))), Want::Text),
        ("nested groups.eml", mail(&format!("Cc: {}\r\n\r\nde kern", "a:<".repeat(20_000))), Want::Text),
        ("an unknown charset.eml", mail("Content-Type: text/plain; charset=\"no-such\\\"\\0\"\r\n\r\nde kern"), Want::Text),
        ("3,000 senders.mbox", people.into_bytes(), Want::Text),
        ("only separators.mbox", "From \n\n".repeat(100_000).into_bytes(), Want::Nothing),
        ("a coding of long ago.eml", mail("Content-Type: image/png\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a.png\r\n"), Want::NoReader),
        ("zeros.eml", [head.as_bytes(), b"\r\n", &[0; 100_000], KERN.as_bytes()].concat(), Want::Text),
        ("no page.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--".to_vec(), Want::Damaged),
        ("a page that names a file.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: file:///etc/passwd\r\n\r\n<p>de kern van de zaak<iframe src=file:///etc/passwd></iframe>\r\n--b--".to_vec(), Want::Text),
    ]
}
