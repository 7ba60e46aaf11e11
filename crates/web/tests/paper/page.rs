//! A page of the case of paper as its Document page shows it, with its capture.

use super::*;

pub(super) fn capture(document: &str, uri: &str) -> CaptureRow {
    CaptureRow {
        capture: format!("cap-{}", &document[4..]),
        document: document.into(),
        uri: uri.into(),
        date: "2026-10-02T08:41:07Z".into(),
        sha256: "00".repeat(32),
        bytes: 18_204,
        media_type: Some("text/html".into()),
        how: "received from".into(),
        source: "pages.warc.gz".into(),
        file: "received/pages.warc.gz".into(),
        offset: 1204,
        record: "urn:uuid:0".into(),
    }
}

pub(super) fn view(document: &str) -> DocumentView {
    let hostile = document == HOSTILE;
    let text = if hostile { SCRIPT.to_owned() } else { text() };
    let (a, b) = (TITLE.chars().count() + 1, TITLE.chars().count() + FIRST.chars().count() + 2);
    DocumentView {
        versions: Vec::new(),
        footnotes: Vec::new(),
        document: document.into(),
        kind: DocumentKind::Page,
        title: Some(if hostile { SCRIPT.into() } else { TITLE.into() }),
        url: Some("https://police.yunyan.example/a.html".into()),
        lang: if hostile { "nl".into() } else { "zh".into() },
        script: None,
        date: Some("2019-05-10".into()),
        date_rule: Some("stated on the page".into()),
        author: None,
        site_name: None,
        encoding: Some("gb18030".into()),
        encoding_rule: Some("meta".into()),
        reader: "html 1".into(),
        metadata: if hostile {
            vec![Metadatum::new(MetadatumKind::Publisher, SCRIPT, SCRIPT, "meta")]
        } else {
            let place = "12°34′56.5″ S, 25°30′00.0″ W";
            let row = Metadatum::new(MetadatumKind::Position, place, "EXIF GPSLatitude", "exif:gps");
            vec![row.numbers([-12.582361, -25.5])]
        },
        blocks: if hostile {
            vec![block(BlockKind::Paragraph, 0, SCRIPT, true)]
        } else {
            vec![
                block(BlockKind::Title, 0, TITLE, true),
                block(BlockKind::Paragraph, a, FIRST, true),
                block(BlockKind::Paragraph, b, SECOND, false),
            ]
        },
        mentions: if hostile {
            Vec::new()
        } else {
            vec![
                mention(MentionKind::Agency, "云砚市公安局", ""),
                mention(MentionKind::Term, "警民服务站", "service station of police and people"),
                mention(MentionKind::Date, "5月9日", ""),
                mention(MentionKind::Address, "码头街21号", ""),
            ]
        },
        excluded: vec![(0, 3, "stands inside a longer word".into())],
        captures: vec![capture(document, "https://police.yunyan.example/a.html")],
        rests: vec![RestsRow {
            claim: EXISTS.into(),
            text: "The Brenholt post exists".into(),
            quote: QUOTE.into(),
            start: a,
            end: a + 4,
            stance: "supports".into(),
            read: false,
        }],
        copies: vec![CopyRow {
            document: HOSTILE.into(),
            title: Some(SCRIPT.into()),
            how: "copy".into(),
            score: 0.93,
        }],
        complaints: vec![Complaint::new(ComplaintKind::Note, "two letters fit no charset", "byte 902")],
        text,
    }
}
