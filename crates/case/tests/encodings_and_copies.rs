//! Acceptance test 7 of the notes on corroboration, from the bytes on: a Big5
//! copy of a GB text is found, and two Chinese texts with nothing in common have no link.
//! The texts are invented.

use plainsight_corroborate::{CopyHow, CopyInput, copies};
use plainsight_model::ReadSettings;
use plainsight_read::{Source, read};

const HANS: &str = "以下内容全属虚构。听雨县在海对岸的灯塔城开了一间小小的服务室，墙上挂着蓝色的牌子。\
每逢星期三下午，会长带着几位老人坐在长桌旁，替同乡填写换证的表格。邻居说，去年夏天门口换过一次锁，\
窗帘却一直没有拉开。室内的钟总比街上的钟慢五分钟，谁也说不出原因。";
const HANT: &str = "以下內容全屬虛構。聽雨縣在海對岸的燈塔城開了一間小小的服務室，牆上掛著藍色的牌子。\
每逢星期三下午，會長帶著幾位老人坐在長桌旁，替同鄉填寫換證的表格。鄰居說，去年夏天門口換過一次鎖，\
窗簾卻一直沒有拉開。室內的鐘總比街上的鐘慢五分鐘，誰也說不出原因。";
const OTHER: &str = "纯属编造。山城的夜市到了冬至便摆满花灯与豆腐脑，孩子们提着纸兔子从桥头跑到桥尾。\
老裁缝收起剪刀，望着河面上的薄冰，想起四十年前第一趟渡船靠岸的早晨。面馆的汤锅咕嘟作响，\
跑堂的把葱花撒得满桌都是，没有人肯先回家。";

#[test]
fn a_big5_copy_of_a_gb_text_is_one_and_strangers_are_not() {
    let page = |text: &str, encoding: &'static encoding_rs::Encoding| {
        let html = format!(
            "<!doctype html><html><head><meta charset={}><title>—</title></head><body><main><p>{text}</p></main></body></html>",
            encoding.name()
        );
        encoding.encode(&html).0.into_owned()
    };
    let texts: Vec<CopyInput> = [
        ("gb", page(HANS, encoding_rs::GB18030)),
        ("big5", page(HANT, encoding_rs::BIG5)),
        ("other", page(OTHER, encoding_rs::GB18030)),
    ]
    .iter()
    .map(|(id, bytes)| {
        let source = Source { bytes, media_type: Some("text/html"), uri: "", name: "page.html" };
        let (document, _) = read(&source, &ReadSettings::default());
        CopyInput {
            id: (*id).to_owned(),
            text: document.text,
            lang: Some(document.lang),
            ..CopyInput::default()
        }
    })
    .collect();
    assert!(texts[0].text.contains("灯塔城") && texts[1].text.contains("燈塔城"), "both were read");
    let found = copies(&texts);
    let links: Vec<(&str, &str)> = found.links.iter().map(|l| (l.a.as_str(), l.b.as_str())).collect();
    assert_eq!(links, [("big5", "gb")]);
    assert_ne!(found.links[0].how, CopyHow::Partial);
    assert_eq!(found.cluster_of("gb"), found.cluster_of("big5"));
    assert_eq!(found.cluster_of("other"), Some("other"));
}
