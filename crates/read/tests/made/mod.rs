//! Small good files of each format, made by hand. All names, places, numbers and offices in them are
//! invented.
#![allow(dead_code)]

pub mod hostile;

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A ZIP of members with these names and contents.
pub fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zip(&members)
}

/// The same of any bytes. The day of the members is that of the format's beginning, so that the bytes are stable.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

pub const TYPES: (&str, &str) = (
    "[Content_Types].xml",
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
);

/// Relations: id, kind, target; a target with a scheme leads outside.
pub fn rels(relations: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"{mode}/>"
        )
    };
    format!("<Relationships>{}</Relationships>", relations.iter().map(one).collect::<String>())
}

const CORE: &str = r#"<cp:coreProperties><dc:title>Word Document</dc:title><dc:creator>Steunpunt Oever</dc:creator>
<dcterms:created xsi:type="dcterms:W3CDTF">2021-03-04T08:00:00Z</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">2021-03-05T09:30:00Z</dcterms:modified></cp:coreProperties>"#;

pub const DOCX_BODY: &str = r#"<w:document><w:body>
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Bericht over het steunpunt</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr><w:r><w:t>一、服务</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Het steunpunt aan de </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>Kade 12</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> is open.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen zin</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>Paspoorten</w:t></w:r></w:p>
<w:p><w:del><w:r><w:delText>geschrapt</w:delText></w:r></w:del><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>wit op wit</w:t></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>站点</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>电话</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>一号</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>020</w:t></w:r><w:r><w:tab/><w:t>555</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;

pub fn docx() -> Vec<u8> {
    docx_with(DOCX_BODY)
}

/// A DOCX with this body.
pub fn docx_with(body: &str) -> Vec<u8> {
    let styles = r#"<w:styles><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
    package(&[
        TYPES,
        ("_rels/.rels", &rels(&[("rId1", "officeDocument", "word/document.xml")])),
        ("word/document.xml", body),
        ("word/styles.xml", styles),
        (
            "word/footnotes.xml",
            r#"<w:footnotes><w:footnote w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>Zie bijlage.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        ),
        ("word/header1.xml", r#"<w:hdr><w:p><w:r><w:t>Gemeente Oever</w:t></w:r></w:p></w:hdr>"#),
        (
            "word/comments.xml",
            r#"<w:comments><w:comment w:id="0" w:author="X"><w:p><w:r><w:t>klopt dit?</w:t></w:r></w:p></w:comment></w:comments>"#,
        ),
        (
            "word/_rels/document.xml.rels",
            &rels(&[
                ("rId2", "styles", "styles.xml"),
                ("rId3", "footnotes", "footnotes.xml"),
                ("rId4", "header", "header1.xml"),
                ("rId5", "comments", "comments.xml"),
                ("rId9", "hyperlink", "https://oever.example/kade"),
            ]),
        ),
        ("docProps/core.xml", CORE),
    ])
}

pub fn pptx() -> Vec<u8> {
    let slide = r#"<p:sld><p:cSld><p:spTree>
<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>海外服务站</a:t></a:r></a:p></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:cNvPr id="3" name="b"/></p:nvSpPr><p:txBody><a:p><a:pPr><a:buChar char="-"/></a:pPr><a:r><a:t>Eerste punt</a:t></a:r></a:p><a:p><a:r><a:t>Gewone zin.</a:t></a:r></a:p></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:cNvPr id="4" name="h" hidden="1"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>onzichtbaar</a:t></a:r></a:p></p:txBody></p:sp>
<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Stad</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Aantal</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl>
</p:spTree></p:cSld></p:sld>"#;
    package(&[
        TYPES,
        ("_rels/.rels", &rels(&[("rId1", "officeDocument", "ppt/presentation.xml")])),
        (
            "ppt/presentation.xml",
            r#"<p:presentation><p:sldIdLst><p:sldId id="257" r:id="rId3"/><p:sldId id="256" r:id="rId2"/></p:sldIdLst></p:presentation>"#,
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            &rels(&[("rId2", "slide", "slides/slide1.xml"), ("rId3", "slide", "slides/slide2.xml")]),
        ),
        (
            "ppt/slides/slide1.xml",
            r#"<p:sld show="0"><p:sp><p:txBody><a:p><a:r><a:t>Niet getoond</a:t></a:r></a:p></p:txBody></p:sp></p:sld>"#,
        ),
        ("ppt/slides/slide2.xml", slide),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            &rels(&[("rId1", "notesSlide", "../notesSlides/notesSlide1.xml")]),
        ),
        (
            "ppt/notesSlides/notesSlide1.xml",
            r#"<p:notes><p:sp><p:txBody><a:p><a:r><a:t>Zeg dit langzaam</a:t></a:r></a:p></p:txBody></p:sp></p:notes>"#,
        ),
        ("docProps/core.xml", CORE),
    ])
}

pub fn xlsx() -> Vec<u8> {
    let sheet = r#"<worksheet><cols><col min="4" max="4" hidden="1"/></cols><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Geopend</t></is></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>31205551234</v></c><c r="C2" s="1"><v>43634</v></c><c r="D2" t="str"><v>geheim</v></c></row>
<row r="3" hidden="1"><c r="A3" t="s"><v>2</v></c><c r="C3" s="1"><v>43635</v></c></row>
</sheetData></worksheet>"#;
    package(&[
        TYPES,
        ("_rels/.rels", &rels(&[("rId1", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="Lijst" sheetId="1" r:id="rId1"/><sheet name="Kladblok" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &rels(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rId3", "sharedStrings", "sharedStrings.xml"),
                ("rId4", "styles", "styles.xml"),
            ]),
        ),
        (
            "xl/sharedStrings.xml",
            r#"<sst><si><t>站点</t></si><si><r><t>Tele</t></r><r><t>foon</t></r></si><si><t>青湾<rPh><t>qing</t></rPh></t></si></sst>"#,
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        (
            "xl/worksheets/sheet2.xml",
            r#"<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>klad</v></c></row></sheetData></worksheet>"#,
        ),
        ("docProps/core.xml", CORE),
    ])
}

const META: &str = r#"<office:document-meta><office:meta><dc:title>Jaarverslag</dc:title><meta:initial-creator>Stichting De Sluis</meta:initial-creator><dc:date>2020-02-03T10:00:00</dc:date></office:meta></office:document-meta>"#;

pub fn odt() -> Vec<u8> {
    let content = r#"<office:document-content><office:automatic-styles><style:style style:name="T1"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text>
<text:tracked-changes><text:deletion><text:p>weg ermee</text:p></text:deletion></text:tracked-changes>
<text:h text:outline-level="1">Het loket</text:h>
<text:p>Open<text:s text:c="3"/>sinds <text:a xlink:href="https://sluis.example/">mei</text:a>.<text:span text:style-name="T1">onzichtbaar</text:span><office:annotation><dc:creator>X</dc:creator><text:p>opmerking</text:p></office:annotation></text:p>
<text:list><text:list-item><text:p>Eén</text:p></text:list-item></text:list>
<table:table table:name="Loketten"><table:table-header-rows><table:table-row><table:table-cell><text:p>Stad</text:p></table:table-cell><table:table-cell><text:p>Tel</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><office:annotation><dc:creator>X</dc:creator><text:p>bel ze</text:p></office:annotation><text:p>Halvik</text:p></table:table-cell><table:table-cell><text:p>030 555</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"#;
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
        ("meta.xml", META),
    ])
}

pub fn ods() -> Vec<u8> {
    let content = r#"<office:document-content><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="Blad1"><table:table-row><table:table-cell office:value-type="string"><text:p>Naam</text:p></table:table-cell><table:table-cell/><table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell><text:p>ingeklapt</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="Blad2" table:style-name="ta2"><table:table-row><table:table-cell><text:p>verstopt blad</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"#;
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("meta.xml", META),
    ])
}

/// A mail with two bodies and two attachments, in Chinese with charsets of its time.
pub fn eml() -> Vec<u8> {
    let (table, _, _) = encoding_rs::GBK.encode("站点,电话\n一号,010 1\n二号,020 2\n");
    let head = "Received: from post.example\r\nFrom: =?utf-8?B?6aqG5bCP6Iif?= <xz@post.example>\r\nTo: \"Wouda, Teun\" <tw@oever.example>\r\nSubject: =?utf-8?Q?Het_steunpunt_=E9=9D=92=E6=B9=BE?=\r\nDate: Tue, 18 Jun 2019 10:20:11 +0800\r\nMessage-ID: <1@post.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b2\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Dag Wouda, Teun, het steunpunt aan de Kade is open.</p><p>Groet, =E9=AA=86=E5=B0=8F=E8=88=9F (xz@post.example)</p>\r\n--b2--\r\n--b1\r\nContent-Type: text/csv; charset=gbk; name=lijst.csv\r\nContent-Disposition: attachment; filename=lijst.csv\r\n\r\n";
    let tail = "\r\n--b1\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=UTF-8''chat%20log.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nMTItMDUtMjAyMyAxMDoyMCAtIE90aXM6IGphCjEyLTA1LTIwMjMgMTA6MjEgLSBQw61hOiBuZWUK\r\n--b1--\r\n";
    [head.as_bytes(), &table, tail.as_bytes()].concat()
}

pub fn mbox() -> Vec<u8> {
    "From a@post.example Tue Jun 18 10:20:11 2019\nFrom: A <a@post.example>\nTo: b@oever.example\nSubject: een\nDate: Tue, 18 Jun 2019 10:20:11 +0200\n\nDe eerste brief.\n>From here on.\n\nFrom b@oever.example Wed Jun 19 10:20:11 2019\nFrom: b@oever.example\nTo: A <a@post.example>\nSubject: twee\n\nDe tweede, aan a@post.example.\n".as_bytes().to_vec()
}

/// As a browser saves a page of 2004 in GB2312: the charset stands in the page alone.
pub fn mhtml() -> Vec<u8> {
    let (page, _, _) = encoding_rs::GBK.encode("<html><head><meta charset=gb2312><title>通报</title></head><body><p>该联络点由溯岩市公安局设立，地址在港口路十二号，电话见下。</p></body></html>");
    let head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://suyan.example/tb.htm\r\nSubject: x\r\nDate: Tue, 18 Jun 2019 10:20:11 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----M--x----\"\r\n\r\n\r\n------M--x----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\nContent-Location: https://suyan.example/tb.htm\r\n\r\n";
    let tail = "\r\n------M--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://suyan.example/a.png\r\n\r\niVBORw0KGgo=\r\n------M--x------\r\n";
    [head.as_bytes(), &page, tail.as_bytes()].concat()
}

/// A PDF of one page with two lines.
pub fn pdf() -> Vec<u8> {
    let stream = "BT /F1 14 Tf 72 720 Td (Het steunpunt aan de Kade is ge-) Tj 0 -18 Td (sloten door de gemeente.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let start = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

/// Every good file with the name it would have.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("bericht.docx", docx()),
        ("show.pptx", pptx()),
        ("lijst.xlsx", xlsx()),
        ("verslag.odt", odt()),
        ("blad.ods", ods()),
        ("brief.eml", eml()),
        ("post.mbox", mbox()),
        ("pagina.mhtml", mhtml()),
        ("brief.pdf", pdf()),
    ]
}
