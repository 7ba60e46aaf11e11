use super::*;
use plainsight_lens::PlaceRow;

fn key(name: &str) -> String {
    parse(name, None, Gazetteer::builtin(), None).map_or_else(|| "none".to_owned(), |a| a.key)
}

#[test]
fn names_of_bodies_in_four_languages_are_slots() {
    for (name, expected) in [
        ("青田县公安局", "331121|county|public-security|bureau|"),
        ("青田公安", "331121|county|public-security|bureau|"),
        ("青田縣公安局", "331121|county|public-security|bureau|"),
        ("浙江省丽水市青田县公安局", "331121|county|public-security|bureau|"),
        ("浙江省公安厅", "33|province|public-security|bureau|"),
        ("北京市公安局", "11|province|public-security|bureau|"),
        ("福州市公安局", "3501|prefecture|public-security|bureau|"),
        ("福清市公安局", "350181|county|public-security|bureau|"),
        ("丽水警方", "3311|prefecture|public-security|bureau|"),
        ("北京市公安局朝阳分局", "11|province|public-security|branch|110105"),
        ("Beijing Public Security Bureau, Chaoyang Branch", "11|province|public-security|branch|110105"),
        ("青田县公安局山口派出所", "331121|county|public-security|station|山口"),
        ("Qingtian County Public Security Bureau", "331121|county|public-security|bureau|"),
        ("Fuzhou Public Security Bureau", "3501|prefecture|public-security|bureau|"),
        ("the Lishui police", "3311|prefecture|public-security|bureau|"),
        ("de politie van Lishui", "3311|prefecture|public-security|bureau|"),
        ("politie van het district Qingtian", "331121|county|public-security|bureau|"),
        ("la policía de la ciudad de Fuzhou", "3501|prefecture|public-security|bureau|"),
        ("Buró de Seguridad Pública del condado de Qingtian", "331121|county|public-security|bureau|"),
        ("Nantong Municipal Bureau of State Security", "3206|prefecture|state-security|bureau|"),
        ("中国驻荷兰大使馆", "cn||mission|embassy|nl"),
        ("Chinese Embassy in the Netherlands", "cn||mission|embassy|nl"),
        ("de Chinese ambassade in Den Haag", "cn||mission|embassy|Netherlands/The Hague"),
        ("la embajada de China en Madrid", "cn||mission|embassy|Spain/Madrid"),
        ("中国大使馆", "cn||mission|embassy|"),
        ("荷蘭駐華大使館", "nl||mission|embassy|cn"),
        ("荷兰驻华大使馆", "nl||mission|embassy|cn"),
        ("荷兰外交部", "nl|national|foreign-affairs|ministry|"),
        ("Ministerie van Buitenlandse Zaken", "|national|foreign-affairs|ministry|"),
        ("la policía de Madrid", "Spain/Madrid||police|police|"),
        ("青田县人民政府", "331121|county|government|government|"),
        ("青田县", "none"),
        ("公安部门", "none"),
    ] {
        assert_eq!(key(name), expected, "{name}");
    }
}

#[test]
fn a_body_is_read_with_the_table_of_its_day() {
    let on = |year| {
        parse("海门市公安局", None, Gazetteer::builtin(), Day::new(year, 5, 1)).expect("an agency").key
    };
    assert_eq!(on(2016), "320684|county|public-security|bureau|");
    let name = "崇川区公安局";
    let at =
        |year| parse(name, None, Gazetteer::builtin(), Day::new(year, 5, 1)).expect("an agency").slots.code;
    assert_eq!((at(2016).as_str(), at(2022).as_str()), ("320602", "320613"));
}

#[test]
fn a_county_lies_under_its_city_and_a_former_name_under_its_successor() {
    let gazetteer = Gazetteer::builtin();
    let (county, city) = (key("青田县公安局"), key("丽水市公安局"));
    assert!(compatible(&county, &city, gazetteer) && compatible(&city, &county, gazetteer));
    assert!(!compatible(&county, &key("福州市公安局"), gazetteer));
    assert!(!compatible(&county, &key("青田县人民检察院"), gazetteer));
    assert!(!compatible(&key("北京市公安局朝阳分局"), &key("北京市公安局海淀分局"), gazetteer));
    assert!(compatible(
        "320684|county|public-security|bureau|",
        "320614|county|public-security|bureau|",
        gazetteer
    ));
}

fn invented() -> Gazetteer {
    let row = |name: &str, zh: &str, kind: &str, country: &str, code: &str| PlaceRow {
        name: name.into(),
        zh_hans: zh.into(),
        kind: kind.into(),
        country: country.into(),
        code: code.into(),
        ..PlaceRow::default()
    };
    Gazetteer::builtin().with_rows(&[
        row("Ostravia", "奥斯特维亚", "country", "", ""),
        row("Quelland", "魁兰", "country", "", ""),
        row("Denmoor Province", "登穆省", "province", "Ostravia", "98"),
        row("Halvik City", "哈维克市", "prefecture", "Ostravia", "9803"),
        row("Torsund County", "托松县", "county", "Ostravia", "980307"),
        row("Brackwater", "布拉克沃特", "city", "Quelland", ""),
    ])
}

#[test]
fn invented_states_behave_exactly_as_real_ones() {
    let gazetteer = invented();
    for (text, expected, side) in [
        ("托松县公安局今天开会", "980307|county|public-security|bureau|", Side::SendingBody),
        (
            "opened by the Torsund County Public Security Bureau",
            "980307|county|public-security|bureau|",
            Side::SendingBody,
        ),
        ("volgens de politie van Halvik", "9803|prefecture|public-security|bureau|", Side::SendingBody),
        ("la policía de Brackwater", "Quelland/Brackwater||police|police|", Side::HostState),
        (
            "the Ministry of Foreign Affairs of Quelland said",
            "Quelland|national|foreign-affairs|ministry|",
            Side::HostState,
        ),
        ("奥斯特维亚驻魁兰大使馆称", "Ostravia||mission|embassy|Quelland", Side::SendingMission),
        ("the Embassy of Ostravia in Quelland", "Ostravia||mission|embassy|Quelland", Side::SendingMission),
    ] {
        let hits = find_agencies(text, &gazetteer, None);
        assert_eq!(hits.iter().map(|h| h.key.as_str()).collect::<Vec<_>>(), [expected], "{text}");
        assert_eq!(hits[0].side, side, "{text}");
    }
}

#[test]
fn bodies_stand_in_sentences() {
    for (text, expected) in [
        ("据福州市公安局消息，该局在马德里设站", &["福州市公安局=3501"][..]),
        (
            "De politie uit de Chinese stad Lishui opende een kantoor",
            &["politie uit de Chinese stad Lishui=3311"],
        ),
        ("the police in Qingtian and the police in Madrid", &["police in Qingtian=331121"]),
        (
            "la policía del condado de Qingtian y el Ministerio del Interior",
            &["policía del condado de Qingtian=331121", "Ministerio del Interior="],
        ),
        ("In the Qingtian County police building", &["Qingtian County police=331121"]),
        ("浙江省青田縣公安局、溫州市公安局", &["浙江省青田縣公安局=331121", "溫州市公安局=3303"]),
        ("公安部门和有关部门", &[]),
        ("el gobierno habló con la policía", &[]),
    ] {
        let hits = find_agencies(text, Gazetteer::builtin(), None);
        let shown: Vec<String> = hits.iter().map(|h| format!("{}={}", h.text, h.slots.code)).collect();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn a_page_of_nothing_but_bodies_ends_soon() {
    let start = std::time::Instant::now();
    let text = "公安局police Nice、福州市公安局, Madrid ".repeat(4_000);
    assert!(!find_agencies(&text, Gazetteer::builtin(), None).is_empty());
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn no_text_makes_it_panic_and_hits_do_not_overlap() {
    for text in [
        "",
        "公安局",
        "、公安局分局派出所",
        "police",
        "Embassy of",
        "驻大使馆",
        "a\u{301}公安局",
        "ﬁ police of ﬁ",
    ] {
        let _ = find_agencies(text, Gazetteer::builtin(), None);
    }
}
