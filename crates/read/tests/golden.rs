//! Whole documents in, blocks out. People and places are invented.

use plainsight_model::{BlockKind, Document, DocumentKind, ReadSettings, Script};
use plainsight_read::{Source, read};

fn read_page(html: &str, uri: &str) -> Document {
    read(
        &Source { bytes: html.as_bytes(), media_type: Some("text/html; charset=utf-8"), uri, name: "x.html" },
        &ReadSettings::default(),
    )
    .0
}

fn show(document: &Document) -> Vec<String> {
    let chars: Vec<char> = document.text.chars().collect();
    let text = |start: usize, end: usize| chars[start..end].iter().collect::<String>();
    document
        .blocks
        .iter()
        .map(|b| format!("{} {}", b.kind.as_str(), text(b.span.start, b.span.end)))
        .collect()
}

const MENU: &str =
    "<nav><ul><li><a href=/>首页</a><li><a href=/xw>新闻</a><li><a href=/gg>公告</a></ul></nav>";

#[test]
fn a_chinese_list_of_stations() {
    let html = format!(
        "<html><head><title>海外警务服务站名单_云岭县公安局</title><meta name=PubDate content='2022-01-21 10:20'></head><body>{MENU}
        <h1>海外警务服务站名单</h1><div class=info>发布时间：2022-01-21 来源：云岭县公安局</div>
        <p>为方便侨胞办理各项业务，我局在境外设立了以下服务站，现将名单予以公布，请广大侨胞相互转告。</p>
        <table><tr><th>站名</th><th>城市</th><th>电话</th></tr><tr><td>第一站</td><td>石桥港</td><td>0600 100</td></tr><tr><td>第二站</td><td>白塔城</td><td>0600 200</td></tr></table>
        <p>以上服务站均可受理驾驶证换领、户籍证明等业务，具体办理时间以各站公告为准，特此通知。</p>
        <footer>版权所有 云岭县公安局 备案号 00000</footer></body></html>"
    );
    let document = read_page(&html, "http://yunling.example/a.html");
    assert_eq!(document.title.as_deref(), Some("海外警务服务站名单"));
    assert_eq!((document.date.as_deref(), document.date_rule.as_deref()), (Some("2022-01-21"), Some("meta")));
    assert_eq!((document.lang.as_str(), document.script), ("zh", Some(Script::Hans)));
    assert!(!document.text.contains("首页") && !document.text.contains("备案号"), "{}", document.text);
    let rows: Vec<_> = document.blocks.iter().filter(|b| b.kind == BlockKind::TableRow).collect();
    assert_eq!(rows.len(), 3, "{:?}", show(&document));
    let headers: Vec<_> = rows[1].cells.iter().map(|c| c.header.as_deref()).collect();
    assert_eq!(headers, [Some("站名"), Some("城市"), Some("电话")]);
    assert_eq!(document.url.as_deref(), Some("http://yunling.example/a.html"));
}

#[test]
fn a_dutch_report() {
    let html = "<html lang=nl><head><title>Gemeente sluit steunpunt - De Veerbode</title><meta property=og:site_name content='De Veerbode'>
        <meta name=author content='Marga Tolsma'></head><body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>
        <article><h1>Gemeente sluit steunpunt</h1><time datetime=2022-09-12T08:00>12 september 2022</time>
        <p>De gemeente Oostveer heeft het steunpunt aan de Kade gesloten, zo meldt <a href='/wethouder'>de wethouder</a> in een brief aan de raad.</p>
        <p>Het steunpunt was sinds 2018 open. Volgens buurtbewoners kwamen er iedere week tientallen mensen over de vloer.</p>
        <ul><li>Wie er werkte is niet bekend gemaakt door de gemeente.</li><li>De huur was tot het eind van het jaar betaald.</li></ul></article>
        <aside><p>Lees ook: weer of geen weer</p></aside></body></html>";
    let document = read_page(html, "https://veerbode.example/nieuws/1");
    assert_eq!(document.date.as_deref(), Some("2022-09-12"));
    assert_eq!(document.author.as_deref(), Some("Marga Tolsma"));
    assert_eq!(document.site_name.as_deref(), Some("De Veerbode"));
    assert_eq!(document.lang, "nl");
    assert_eq!(document.blocks[0].kind, BlockKind::Title);
    assert_eq!(
        document.blocks.iter().filter(|b| b.kind == BlockKind::ListItem).count(),
        2,
        "{:?}",
        show(&document)
    );
    assert_eq!(document.links[0].href, "https://veerbode.example/wethouder");
    let chars: Vec<char> = document.text.chars().collect();
    assert_eq!(
        chars[document.links[0].span.start..document.links[0].span.end].iter().collect::<String>(),
        "de wethouder"
    );
    assert!(document.blocks.iter().any(|b| b.path == "html/body/article[1]/p[2]"), "{:?}", document.blocks);
    assert!(!document.text.contains("Sport") && !document.text.contains("Lees ook"), "{}", document.text);
}

#[test]
fn hidden_text_is_marked_or_revealed() {
    let visible =
        "<p>El ayuntamiento de Valdelarga cerró la oficina de la calle Mayor tras una denuncia vecinal.</p>";
    let hidden = "<p style='display:none'>Texto oculto que nadie ve en la página publicada.</p>";
    let page = format!(
        "<html><body><article><h1>Cierre de la oficina</h1>{visible}{hidden}{visible}</article></body></html>"
    );
    let document = read_page(&page, "");
    assert!(
        document
            .blocks
            .iter()
            .filter(|b| !b.hidden)
            .all(|b| b.kind != BlockKind::Paragraph || b.span.start < b.span.end)
    );
    let chars: Vec<char> = document.text.chars().collect();
    for block in document.blocks.iter().filter(|b| !b.hidden) {
        assert!(!chars[block.span.start..block.span.end].iter().collect::<String>().contains("oculto"));
    }
    let page = format!("<html><body><div style='visibility: hidden'>{visible}{visible}</div></body></html>");
    let source = Source { bytes: page.as_bytes(), media_type: None, uri: "", name: "" };
    let (document, complaints) = read(&source, &ReadSettings::default());
    assert!(document.text.contains("Valdelarga"));
    assert!(complaints.iter().any(|c| c.what.contains("revealed by script")), "{complaints:?}");
}

#[test]
fn encodings_of_old_pages() {
    let text = "青灣縣警務聯絡點設在河畔路八號，聯絡電話另行公布，敬請各界人士多加利用，謝謝合作。";
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset={charset}><title>公告</title></head><body><p>{text}</p></body></html>"
        )
    };
    let big5 = encoding_rs::BIG5.encode(&page("big5")).0.into_owned();
    let no_label =
        encoding_rs::BIG5.encode(&format!("<html><body><p>{text}</p></body></html>")).0.into_owned();
    let gb = encoding_rs::GB18030.encode(&page("gb2312")).0.into_owned();
    for (bytes, encoding, rule) in
        [(big5, "Big5", "meta"), (no_label, "Big5", "guess"), (gb, "gb18030", "meta")]
    {
        let document = read(
            &Source { bytes: &bytes, media_type: Some("text/html"), uri: "", name: "" },
            &ReadSettings::default(),
        )
        .0;
        assert!(document.text.contains(text), "{encoding} {rule}: {}", document.text);
        assert_eq!(
            (document.encoding.as_deref(), document.encoding_rule.as_deref()),
            (Some(encoding), Some(rule))
        );
        assert_eq!(document.script, Some(Script::Hant));
    }
}

#[test]
fn text_and_chat() {
    let source =
        |bytes: &'static str| Source { bytes: bytes.as_bytes(), media_type: None, uri: "", name: "x.txt" };
    let settings = ReadSettings::default();
    let (text, _) = read(&source("Brief aan de raad\n\nHet steunpunt is gesloten."), &settings);
    assert_eq!(
        (text.kind, text.text.as_str()),
        (DocumentKind::Text, "Brief aan de raad\nHet steunpunt is gesloten.")
    );
    let (chat, _) =
        read(&source("2/1/23, 9:05 - Wim Dirkzoon: open?\n2/1/23, 9:06 - 苗小竹: 开门"), &settings);
    assert_eq!((chat.kind, chat.text.as_str()), (DocumentKind::Chat, "open?\n开门"));
}
