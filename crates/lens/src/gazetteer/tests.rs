use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> Vec<String> {
    let gazetteer = Gazetteer::builtin();
    let cut = |hit: &PlaceHit| text.chars().skip(hit.start).take(hit.end - hit.start).collect::<String>();
    gazetteer
        .find(text, None)
        .iter()
        .map(|hit| format!("{}={}", cut(hit), gazetteer.key(hit.places[0])))
        .collect()
}

#[test]
fn places_stand_in_texts_of_four_languages() {
    for (text, expected) in [
        (
            "浙江省青田县公安局在荷兰阿姆斯特丹设立",
            &["浙江省=33", "青田县=331121", "荷兰=nl", "阿姆斯特丹=Netherlands/Amsterdam"][..],
        ),
        ("荷蘭鹿特丹的華人", &["荷蘭=nl", "鹿特丹=Netherlands/Rotterdam"]),
        (
            "Politie uit Qingtian opende in Den Haag en Parijs",
            &["Qingtian=331121", "Den Haag=Netherlands/The Hague", "Parijs=France/Paris"],
        ),
        ("la policía de Fuzhou en Madrid, España", &["Fuzhou=3501", "Madrid=Spain/Madrid", "España=es"]),
        (
            "Yueqing and Xiamen are in China; Lu'an too",
            &["Yueqing=330382", "Xiamen=3502", "China=cn", "Lu'an=3415"],
        ),
        ("El centro abre. Parisian rivers, amsterdam in small letters, us and uk", &[]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// Towns that are ordinary words: none is found without a cue, whatever the language around it.
#[test]
fn ordinary_words_need_a_cue() {
    let words = [
        "Nice",
        "Cork",
        "Reading",
        "Bath",
        "Split",
        "Orange",
        "Buffalo",
        "Phoenix",
        "Mobile",
        "Concord",
        "Independence",
        "Eagle",
        "Flint",
        "Salem",
        "Aurora",
        "Bend",
        "Butte",
        "Sale",
        "Gander",
        "Alert",
        "Resolute",
        "Nome",
        "Angers",
        "Tours",
        "Nancy",
        "Essen",
        "Hof",
        "Man",
        "Esperanza",
        "Dolores",
        "Mercedes",
        "Victoria",
        "Price",
        "Progress",
        "Police",
        "Male",
        "Young",
        "Come",
        "Same",
        "Hope",
        "Best",
        "Goes",
        "Leek",
        "Silly",
        "As",
        "Lens",
        "Ham",
        "Halle",
        "Mol",
        "Spa",
        "Peer",
        "Most",
        "Bar",
        "Van",
        "Hue",
        "Salt",
        "Orange",
        "Temple",
        "George",
        "David",
        "Como",
        "Natal",
        "常山",
        "平安",
        "和平",
        "友谊",
        "解放",
        "公安",
        "合作",
        "资源",
        "方正",
        "比如",
        "日照",
        "东方",
    ];
    assert!(words.len() >= 60);
    for word in words {
        let text = if word.is_ascii() {
            format!("{word} is what they said of it")
        } else {
            format!("他们说{word}很好")
        };
        assert!(shown(&text).is_empty(), "{text}: {:?}", shown(&text));
    }
    for (text, expected) in [
        ("a shop in Nice", "Nice=France/Nice"),
        ("Nice, France", "Nice=France/Nice"),
        ("浙江常山的人", "常山=330822"),
        ("常山县的人", "常山县=330822"),
        ("at 12 Lantern Arcade, Nice, since", "Nice=France/Nice"),
        ("una tienda en Mercedes", "Mercedes=Argentina/Mercedes"),
    ] {
        assert!(shown(text).iter().any(|s| s == expected), "{text}: {:?}", shown(text));
    }
}

/// Towns that are ordinary words, and what the word (not the town) is in other languages.
const TRANSLATED: &str = "
Nice: 不错 好 leuk agradable bonito schön | Cork: 软木 軟木 kurk corcho liège | Reading: 阅读 閱讀 lezen lectura lecture
Best: 最好的 最佳 beste mejor meilleur | Goes: 去 gaat va | Leek: Prei 韭葱 puerro poireau | Silly: 愚蠢 dom tonto
Bath: 洗澡 浴缸 bad baño bain | Split: 分裂 gesplitst dividir | Orange: 橙色 oranje naranja | Mobile: 移动 mobiel móvil
Concord: 和谐 eendracht | Independence: onafhankelijkheid independencia | Eagle: 鹰 adelaar águila aigle | Flint: 燧石 vuursteen pedernal
Salem: 塞勒姆的 | Aurora: 极光 poollicht | Bend: 弯曲 buigen doblar | Butte: 孤峰 | Sale: 销售 verkoop venta | Gander: 公鹅 gent ganso
Alert: 警报 alarm alerta | Resolute: 坚决 vastberaden resuelto | Angers: 激怒 boos | Tours: 旅游 rondleidingen giras | Essen: 吃 eten comida
Hof: 法院 rechtbank | Man: 男人 hombre homme | Esperanza: 希望 hoop hope | Dolores: 疼痛 pijn pain | Mercedes: 怜悯 genade
Victoria: 胜利 overwinning victory | Price: 价格 prijs precio prix | Progress: 进步 vooruitgang progreso | Police: 警察 politie policía
Male: 男性 mannelijk masculino | Young: 年轻 jong joven jeune | Come: 来 kom ven | Same: 相同 hetzelfde mismo | Hope: 希望 hoop esperanza
As: 作为 als como | Lens: 镜头 lente lentille | Ham: 火腿 jamón jambon | Halle: 大厅 hal | Mol: 鼹鼠 mole topo | Spa: 水疗 kuuroord balneario
Peer: 同行 gelijke par | Most: 大多数 meeste mayoría | Bar: 酒吧 kroeg | Van: 货车 bestelwagen furgoneta | Hue: 色调 tint matiz
Salt: 盐 鹽 zout sal sel | Temple: 寺庙 tempel templo | Como: 如同 hoe how | Natal: 出生 geboorte birth | Chiny: Chinees
Phoenix: feniks fénix | Buffalo: 野牛 buffel | Liège: Feudal kurk | Alert: 警觉 waakzaam | Colon: 冒号 dubbelepunt | Coral: 珊瑚 koraal
常山: Mountain | 平安: Safe Peaceful veilig | 和平: Peace vrede paz | 友谊: Friendship vriendschap amistad | 解放: Liberation bevrijding
合作: Cooperation samenwerking | 资源: Resources hulpbronnen recursos | 方正: Upright | 东方: East oosten oriente | 日照: Sunshine zonneschijn";

#[test]
fn no_form_of_a_place_is_a_translated_word() {
    let gazetteer = Gazetteer::builtin();
    let rows: Vec<(&str, &str)> = TRANSLATED
        .split(['|', '\n'])
        .filter_map(|row| row.split_once(':'))
        .map(|(w, t)| (w.trim(), t))
        .collect();
    assert!(rows.len() >= 60, "{}", rows.len());
    for (word, translations) in rows {
        for translation in translations.split_whitespace() {
            for place in gazetteer.places_named(&plainsight_text::fold(translation)) {
                let place = gazetteer.get(*place);
                let is_it = place.name == word || place.forms.iter().any(|(_, form)| form == word);
                assert!(!is_it, "{translation} stands for the town {word}");
            }
        }
    }
    for translated in ["Chinees", "去", "最好的", "Prei", "阅读", "软木", "Feudal"] {
        assert!(gazetteer.places_named(&plainsight_text::fold(translated)).is_empty(), "{translated}");
    }
}

#[test]
fn a_chain_goes_up_to_the_country_and_keys_lead_back() {
    let gazetteer = Gazetteer::builtin();
    let county = gazetteer.by_key("331121").expect("Qingtian");
    let keys: Vec<String> = gazetteer.chain(county).iter().map(|p| gazetteer.key(*p)).collect();
    assert_eq!(keys, ["331121", "3311", "33", "cn"]);
    assert_eq!(gazetteer.by_key("China"), gazetteer.by_key("cn"));
    let amsterdam = gazetteer.by_key("Netherlands/Amsterdam").expect("Amsterdam");
    assert!(gazetteer.abroad(amsterdam, "cn") && !gazetteer.abroad(county, "cn"));
    let china = gazetteer.by_key("cn").expect("China");
    assert!(
        gazetteer.has_divisions(china)
            && !gazetteer.has_divisions(gazetteer.country_of(amsterdam).expect("nl"))
    );
    // Xiantao is governed by its province directly.
    let direct = gazetteer.by_key("429004").expect("Xiantao");
    assert_eq!(gazetteer.get(direct).parent.as_deref(), Some("42"));
}

#[test]
fn names_have_years() {
    let gazetteer = Gazetteer::builtin();
    let on = |name: &str, year| {
        let day = plainsight_text::Day::new(year, 6, 1);
        gazetteer.key(gazetteer.named_on(&plainsight_text::fold(name), day)[0])
    };
    assert_eq!((on("海安", 2015), on("海安", 2021)), ("320621".to_owned(), "320685".to_owned()));
    assert_eq!((on("海门市", 2016), on("海门区", 2022)), ("320684".to_owned(), "320614".to_owned()));
}

/// Counties and cities that became districts, and names that were given up.
#[test]
fn former_divisions_lead_to_what_came_after() {
    let gazetteer = Gazetteer::builtin();
    for (old, year, after) in [
        ("江宁县", 1999, "320115"),
        ("吴江市", 2005, "320509"),
        ("白下区", 2010, "320104"),
        ("萧山市", 2000, "330109"),
        ("上虞市", 2010, "330604"),
        ("下城区", 2015, "330105"),
        ("同安县", 1995, "350212"),
        ("沙县", 2015, "350405"),
        ("建阳市", 2012, "350703"),
        ("番禺市", 1998, "440113"),
        ("顺德市", 2000, "440606"),
        ("电白县", 2012, "440904"),
        ("襄樊市", 2005, "4206"),
        ("中甸县", 1999, "533401"),
        ("大庸市", 1990, "4308"),
    ] {
        let day = plainsight_text::Day::new(year, 6, 1);
        let found = gazetteer.named_on(&plainsight_text::fold(old), day);
        let place = gazetteer.get(found[0]);
        assert_eq!((place.successor.as_deref(), place.named_so_on(None)), (Some(after), false), "{old}");
        assert!(gazetteer.by_key(after).is_some_and(|new| gazetteer.get(new).until.is_none()), "{after}");
    }
    // A successor that the table names without having it would be a slip.
    for row in include_str!("../../data/former.csv").lines().skip(1) {
        let after = row.rsplit(',').next().unwrap_or("");
        assert!(after.is_empty() || gazetteer.by_key(after).is_some(), "{row}");
    }
}

#[test]
fn built_in_tables_stay_small_and_are_made_fast() {
    let start = std::time::Instant::now();
    let layer = super::builtin::layer();
    // Generous: the machine of a test is shared. It is some 100 ms where the crate is optimised.
    assert!(start.elapsed().as_secs() < 20 && layer.end() > 10_000);
}

fn row(name: &str, zh: &str, kind: &str, country: &str, code: &str) -> PlaceRow {
    PlaceRow {
        name: name.into(),
        zh_hans: zh.into(),
        kind: kind.into(),
        country: country.into(),
        code: code.into(),
        ..PlaceRow::default()
    }
}

#[test]
fn added_rows_win_and_behave_as_built_in_ones() {
    let rows = [
        PlaceRow {
            calling_code: "+999".into(),
            trunk: "0".into(),
            ..row("Ostravia", "奥斯特维亚", "country", "", "")
        },
        row("Denmoor Province", "登穆省", "province", "奥斯特维亚", "98"),
        row("Torsund County", "托松县", "county", "Ostravia", "980307"),
        PlaceRow { nl: "Zoutstad".into(), ..row("Amsterdam", "新阿姆", "city", "Ostravia", "") },
    ];
    let gazetteer = Gazetteer::builtin().with_rows(&rows);
    let find = |text: &str| {
        gazetteer.find(text, None).iter().map(|h| gazetteer.key(h.places[0])).collect::<Vec<_>>()
    };
    assert_eq!(find("登穆省托松县和 Torsund"), ["98", "980307", "980307"]);
    assert_eq!(find("托松的人在 Zoutstad, Ostravia"), ["980307", "Ostravia/Amsterdam", "Ostravia"]);
    assert_eq!(find("Amsterdam"), ["Ostravia/Amsterdam"]);
    let county = gazetteer.by_key("980307").expect("added");
    let chain: Vec<String> = gazetteer.chain(county).iter().map(|p| gazetteer.key(*p)).collect();
    assert_eq!(chain, ["980307", "98", "Ostravia"]);
    assert_eq!(
        gazetteer.get(gazetteer.by_key("Ostravia").expect("added")).calling_code.as_deref(),
        Some("999")
    );
    assert_ne!(gazetteer.digest(), Gazetteer::builtin().digest());
    assert_eq!(gazetteer.digest(), Gazetteer::builtin().with_rows(&rows[..2]).with_rows(&rows[2..]).digest());
}

#[test]
fn rows_that_name_each_other_as_parents_end() {
    let parent =
        |name: &str, of: &str| PlaceRow { parent: of.into(), ..row(name, "", "city", "Nowhere", "") };
    let gazetteer = Gazetteer::builtin().with_rows(&[
        parent("Ayle", "Bexle"),
        parent("Bexle", "Ayle"),
        row("", "", "", "", ""),
    ]);
    let at = gazetteer.by_key("Nowhere/Ayle").expect("added");
    assert!(gazetteer.chain(at).len() <= 8);
}

proptest! {
    #[test]
    fn hits_lie_inside_the_text_in_order_and_apart(text in "(Paris|巴黎|青田县|ﬁ|e\u{301}|Nice|in| |浙江|[a-zA-Z中国]){0,12}") {
        let length = text.chars().count();
        let mut last = 0;
        for hit in Gazetteer::builtin().find(&text, None) {
            prop_assert!(last <= hit.start && hit.start < hit.end && hit.end <= length);
            prop_assert!(!hit.places.is_empty());
            last = hit.end;
        }
    }
}
