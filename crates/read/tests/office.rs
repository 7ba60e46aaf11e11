//! What is read of good office documents, mails and saved pages, block by block.

mod made;

use plainsight_model::{Complaint, Document, DocumentKind, ReadSettings};
use plainsight_read::{Source, read};

fn read_file(name: &str, bytes: &[u8]) -> (Document, Vec<Complaint>) {
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    read(&Source { bytes, media_type: None, uri: "", name }, &settings)
}

/// A line a block: `kind path: text`, a hidden one in brackets, cells with a header as `header=cell`.
fn shown(document: &Document) -> Vec<String> {
    let chars: Vec<char> = document.text.chars().collect();
    let cut = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let block = |b: &plainsight_model::Block| {
        let text = match b.cells.iter().any(|c| c.header.is_some()) {
            true => b
                .cells
                .iter()
                .map(|c| format!("{}={}", c.header.as_deref().unwrap_or(""), cut(c.span.start, c.span.end)))
                .collect::<Vec<_>>()
                .join(" | "),
            false => cut(b.span.start, b.span.end).replace(['\n', '\t'], "/"),
        };
        let who = b.speaker.as_ref().map(|s| format!(" [{s}]")).unwrap_or_default();
        let line = format!("{} {}{who}: {text}", b.kind.as_str(), b.path);
        if b.hidden { format!("({line})") } else { line }
    };
    document.blocks.iter().map(block).collect()
}

fn facts(document: &Document) -> (Option<&str>, Option<&str>, Option<&str>, Option<&str>) {
    (
        document.title.as_deref(),
        document.author.as_deref(),
        document.date.as_deref(),
        document.date_rule.as_deref(),
    )
}

#[test]
fn a_text_document() {
    let (document, complaints) = read_file("bericht.docx", &made::docx());
    assert_eq!(
        shown(&document),
        [
            "title body/p[1]: Bericht over het steunpunt",
            "heading body/p[2]: 一、服务",
            "paragraph body/p[3]: Het steunpunt aan de Kade 12 is open.",
            "(paragraph body/p[3]: verborgen zin)",
            "list-item body/p[4]: Paspoorten",
            "(paragraph body/p[5]: geschraptwit op wit)",
            "table-row body/tbl[1]/tr[1]: 站点/电话",
            "table-row body/tbl[1]/tr[2]: 站点=一号 | 电话=020 555",
            "paragraph footnotes/p[1]: Zie bijlage.",
            "paragraph header/p[1]: Gemeente Oever",
            "(paragraph comments/p[1]: klopt dit?)",
        ]
    );
    assert_eq!(
        facts(&document),
        (
            Some("Bericht over het steunpunt"),
            Some("Steunpunt Oever"),
            Some("2021-03-05"),
            Some("meta:dcterms:modified")
        )
    );
    assert_eq!((document.kind, document.reader.split(' ').next()), (DocumentKind::Office, Some("docx")));
    let link = &document.links[0];
    assert_eq!(
        document.text.chars().skip(link.span.start).take(link.span.end - link.span.start).collect::<String>(),
        "Kade 12"
    );
    assert!(complaints.iter().any(|c| c.what.starts_with("3 blocks are hidden")), "{complaints:?}");
}

#[test]
fn a_day_in_the_text_goes_before_that_of_the_file() {
    let (document, _) = read_file(
        "a.docx",
        &made::docx_with(
            "<w:document><w:body><w:p><w:r><w:t>Halvik, 3 februari 2020</w:t></w:r></w:p></w:body></w:document>",
        ),
    );
    assert_eq!(facts(&document).2, Some("2020-02-03"));
    assert_eq!(document.date_rule.as_deref(), Some("dateline"));
}

#[test]
fn a_presentation_in_the_order_of_its_show() {
    let (document, _) = read_file("show.pptx", &made::pptx());
    assert_eq!(
        shown(&document),
        [
            "heading slide 1, p 1: 海外服务站",
            "list-item slide 1, p 2: Eerste punt",
            "paragraph slide 1, p 3: Gewone zin.",
            "(paragraph slide 1, p 4: onzichtbaar)",
            "table-row slide 1, table 1, row 1: Stad/Aantal",
            "(paragraph slide 1, notes, p 1: Zeg dit langzaam)",
            "(paragraph slide 2, p 1: Niet getoond)",
        ]
    );
}

#[test]
fn spreadsheets_with_days_and_what_is_hidden() {
    let (document, _) = read_file("lijst.xlsx", &made::xlsx());
    assert_eq!(
        shown(&document),
        [
            "heading sheet “Lijst”: Lijst",
            "table-row sheet “Lijst”, row 1: 站点/Telefoon/Geopend",
            "(table-row sheet “Lijst”, row 2, hidden column 4: geheim)",
            "table-row sheet “Lijst”, row 2: 站点=青湾 | Telefoon=31205551234 | Geopend=2019-06-18",
            "(table-row sheet “Lijst”, row 3: 站点=青湾 | Geopend=2019-06-19)",
            "(heading sheet “Kladblok”: Kladblok)",
            "(table-row sheet “Kladblok”, row 1: klad)",
        ]
    );
    let (document, _) = read_file("blad.ods", &made::ods());
    assert_eq!(
        shown(&document),
        [
            "table-row table “Blad1”, row 1: Naam//x",
            "(table-row table “Blad1”, row 2: ingeklapt)",
            "(table-row table “Blad2”, row 1: verstopt blad)",
        ]
    );
}

#[test]
fn an_open_document_text() {
    let (document, _) = read_file("verslag.odt", &made::odt());
    assert_eq!(
        shown(&document),
        [
            "(paragraph body/p[1]: weg ermee)",
            "heading body/p[2]: Het loket",
            "(paragraph body/p[3]: opmerking)",
            "paragraph body/p[4]: Open sinds mei.",
            "(paragraph body/p[4]: onzichtbaar)",
            "list-item body/p[5]: Eén",
            "table-row table “Loketten”, row 1: Stad/Tel",
            "table-row table “Loketten”, row 2: Stad=Halvik | Tel=030 555",
            "(table-row table “Loketten”, row 2: bel ze)",
        ]
    );
    assert_eq!(
        facts(&document),
        (Some("Jaarverslag"), Some("Stichting De Sluis"), Some("2020-02-03"), Some("meta:dc:date"))
    );
    assert_eq!(document.links.len(), 1);
}

#[test]
fn a_mail_with_attachments() {
    let (document, complaints) = read_file("brief.eml", &made::eml());
    assert_eq!(
        shown(&document),
        [
            "title mail/subject [speaker 1]: Het steunpunt 青湾",
            "paragraph mail/part[1]/part[2]/html/body/p[1] [speaker 1]: Dag speaker 2, het steunpunt aan de Kade is open.",
            "paragraph mail/part[1]/part[2]/html/body/p[2] [speaker 1]: Groet, speaker 1 (speaker 1)",
            "heading mail/part[2]/attachment: lijst.csv",
            "table-row mail/part[2]/attachment/line 1: 站点/电话",
            "table-row mail/part[2]/attachment/line 2: 站点=一号 | 电话=010 1",
            "table-row mail/part[2]/attachment/line 3: 站点=二号 | 电话=020 2",
            "heading mail/part[3]/attachment: chat log.txt",
            "message mail/part[3]/attachment/line 1 [speaker 3]: ja",
            "message mail/part[3]/attachment/line 2 [speaker 4]: nee",
        ],
        "{complaints:?}"
    );
    assert_eq!(facts(&document), (Some("Het steunpunt 青湾"), None, Some("2019-06-18"), Some("header:Date")));
    assert_eq!(document.blocks[1].time.as_deref(), Some("2019-06-18T10:20:11+08:00"));
}

#[test]
fn a_public_body_keeps_its_name_in_its_mail() {
    let settings = ReadSettings {
        public_accounts: vec!["tw@oever.example".to_owned()],
        programs: false,
        ..ReadSettings::default()
    };
    let mail = b"From: Gemeente Oever <tw@oever.example>\r\nTo: x@post.example\r\nSubject: dicht\r\n\r\nHet loket is dicht.\r\n";
    let (document, _) = read(&Source { bytes: mail, media_type: None, uri: "", name: "a.eml" }, &settings);
    assert_eq!(document.author.as_deref(), Some("tw@oever.example"));
    assert_eq!(document.blocks[1].speaker.as_deref(), Some("tw@oever.example"));
}

#[test]
fn a_mailbox() {
    let (document, _) = read_file("post.mbox", &made::mbox());
    assert_eq!(
        shown(&document),
        [
            "heading mail[1]/subject [speaker 1]: een",
            "paragraph mail[1]/line 1 [speaker 1]: De eerste brief.",
            "paragraph mail[1]/line 2 [speaker 1]: >From here on.",
            "heading mail[2]/subject [speaker 2]: twee",
            "paragraph mail[2]/line 1 [speaker 2]: De tweede, aan speaker 1.",
        ]
    );
}

#[test]
fn a_page_that_a_browser_saved() {
    let (document, _) = read_file("pagina.mhtml", &made::mhtml());
    assert_eq!(document.kind, DocumentKind::Page);
    assert!(document.text.contains("该联络点由溯岩市公安局设立"), "{}", document.text);
    assert_eq!(document.url.as_deref(), Some("https://suyan.example/tb.htm"));
    assert_eq!(document.encoding_rule.as_deref(), Some("meta"));
}

#[test]
fn the_same_bytes_give_the_same_document() {
    for (name, bytes) in made::all() {
        assert_eq!(read_file(name, &bytes), read_file(name, &bytes), "{name}");
    }
}
