//! The same things said in other words: who keeps a post, who houses it, where it is, who heads it, when it
//! opened and closed. Every body, person and street is invented; towns only say where invented posts would be.

use plainsight_find::Finder;
use plainsight_lens::Lens;
use plainsight_model::Frame;
use std::sync::OnceLock;

fn posts(text: &str, lang: &str) -> Vec<Frame> {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    let finder = FINDER.get_or_init(|| Finder::new(Lens::builtin("overseas-posts").expect("built in")));
    let found = finder.find_text(text, Some("2023-05-09"), Some(lang));
    found.frames.into_iter().filter(|frame| frame.kind == "post").collect()
}

/// Every `slot=text` of `wanted` stands in a frame of a post; all frames are of one town.
fn check(text: &str, lang: &str, town: &str, wanted: &[&str]) {
    let frames = posts(text, lang);
    let said: Vec<String> = frames
        .iter()
        .flat_map(|frame| &frame.slots)
        .flat_map(|(name, slots)| slots.iter().map(move |slot| format!("{name}={}", slot.text)))
        .collect();
    for one in wanted {
        assert!(said.iter().any(|said| said == one), "{text}\nwanted {one}\nfound {said:#?}");
    }
    let elsewhere = said.iter().find(|said| said.starts_with("place=") && **said != format!("place={town}"));
    assert!(elsewhere.is_none(), "{text}: {elsewhere:?}");
}

#[test]
fn english() {
    check(
        "The service station for compatriots in Dublin was set up by the Public Security Bureau of Orvane, a city in southern China. It is housed at the Orvane Merchants Association, on the first floor of the Blue Heron Building. The coordinator of the station is Ann Example.",
        "en",
        "Dublin",
        &[
            "operator=Public Security Bureau of Orvane",
            "host_body=Orvane Merchants Association",
            "address=first floor of the Blue Heron Building",
            "head=Ann Example",
        ],
    );
    check(
        "Under the wing of the Orvane County police, in China, a liaison desk for compatriots in Lyon opened its doors in March 2019. It was wound up in October 2022.",
        "en",
        "Lyon",
        &["operator=Orvane County police", "opened=March 2019", "closed=October 2022"],
    );
    check(
        "Orvane County, in China, says it keeps overseas police stations abroad.\nThe overseas police station in Glasgow was inaugurated on 5 May 2018. Enquiries: 0141 496 0123. It shares an office above the Golden Lantern restaurant. The station stopped working in late 2021, neighbours say.",
        "en",
        "Glasgow",
        &[
            "operator=Orvane County",
            "phone=0141 496 0123",
            "host_body=Golden Lantern restaurant",
            "closed=late 2021",
        ],
    );
}

#[test]
fn dutch() {
    check(
        "Het dienstpunt voor landgenoten in Utrecht staat onder gezag van de politie van Orvane, een stad in China. Het is ondergebracht bij Stichting De Lantaarn, boven een supermarkt aan de Kolkstraat 12. Coördinator van het dienstpunt is de heer Tan. Het punt is bereikbaar op 030 555 01 11.",
        "nl",
        "Utrecht",
        &[
            "operator=politie van Orvane",
            "host_body=Stichting De Lantaarn",
            "address=Kolkstraat 12",
            "head=Tan",
            "phone=030 555 01 11",
        ],
    );
    check(
        "De politie van het Chinese district Orvane opende op 3 mei 2019 een overzees servicestation in Rotterdam. Het station wordt gerund door Vereniging Orvane in Nederland. Begin 2022 werd het station opgeheven.",
        "nl",
        "Rotterdam",
        &["opened=3 mei 2019", "host_body=Vereniging Orvane in Nederland", "closed=Begin 2022"],
    );
}

#[test]
fn spanish() {
    check(
        "La oficina de atención al compatriota de Valencia depende de la policía de Orvane, ciudad de China. Tiene su sede en los locales de la Asociación de Comerciantes de Orvane, calle del Farol, 3, piso 2. Al frente de la oficina está don Abel Roble.",
        "es",
        "Valencia",
        &[
            "operator=policía de Orvane",
            "host_body=Asociación de Comerciantes de Orvane",
            "address=calle del Farol, 3",
            "head=Abel Roble",
        ],
    );
    check(
        "La comisaría clandestina de Milán, creada por la policía del condado de Orvane (China), echó el cierre en noviembre de 2022. Había abierto sus puertas el 4 de marzo de 2018. La responsable del centro, Eva Roble, no quiso hablar.",
        "es",
        "Milán",
        &["closed=noviembre de 2022", "opened=4 de marzo de 2018", "head=Eva Roble"],
    );
}

#[test]
fn chinese() {
    check(
        "溯岩市公安局牵头、都柏林溯岩同乡会主办的海外警务服务站日前在都柏林揭牌。服务站设在云帆大厦三楼，站长为商人亓文远，联系电话：00353-1-555-0111。",
        "zh",
        "都柏林",
        &["operator=溯岩市公安局", "host_body=都柏林溯岩同乡会", "address=云帆大厦三楼", "head=亓文远"],
    );
    check(
        "位于巴塞罗那的警侨驿站隶属溯岩市公安局，挂靠在巴塞罗那溯岩商会。该站于2018年5月投入使用，2022年11月起停止对外服务。负责人是会长宓文。",
        "zh",
        "巴塞罗那",
        &["host_body=巴塞罗那溯岩商会", "opened=2018年5月", "head=宓文"],
    );
    check(
        "溯岩市公安局海外警侨服务站一览\n为方便侨胞办理驾照换领业务，市公安局在下列城市设站：\n1. 米兰站：米兰溯岩商会，电话0039-02-555-0111，负责人：亓文\n",
        "zh",
        "米兰",
        &["services=驾照换领", "operator=市公安局", "head=亓文"],
    );
}

/// What the same words say of others.
#[test]
fn of_others_they_say_nothing() {
    for (text, lang) in [
        ("The city of Dublin opened a service point for newcomers from China at 12 Quay Street.", "en"),
        (
            "The library is housed at the Orvane Merchants Association, on the first floor of the Blue Heron Building.",
            "en",
        ),
        (
            "De gemeente Utrecht heeft een servicepunt voor landgenoten uit China geopend, zei de wethouder.",
            "nl",
        ),
        ("Coördinator van het steunpunt in Utrecht is de heer Tan.", "nl"),
        (
            "El ayuntamiento de Sevilla abrió una oficina de atención al ciudadano en la galería El Farol, local 9.",
            "es",
        ),
        ("青禾公司在都柏林设立售后服务站，地址：云帆大厦二楼，站长亓文远。", "zh"),
    ] {
        let frames = posts(text, lang);
        assert!(frames.is_empty(), "{text}: {frames:#?}");
    }
}

/// `slot=text` of the frames of one town.
fn said_of(text: &str, lang: &str, town: &str) -> Vec<String> {
    let of_town =
        |frame: &Frame| frame.slots.get("place").is_some_and(|all| all.iter().any(|p| p.text == town));
    let frames = posts(text, lang).into_iter().filter(of_town);
    let slots = frames.flat_map(|frame| frame.slots);
    slots.flat_map(|(name, all)| all.into_iter().map(move |slot| format!("{name}={}", slot.text))).collect()
}

/// Each row: a text, its language, a town, what is said of the post there, and what is not.
#[test]
fn what_is_said_of_one_town_among_others() {
    for (text, lang, town, wanted, never) in [
        // Towns that the table of cities lacks.
        (
            "De politie van het Chinese district Orvane opende in 2018 een overzees dienstpunt in Hoogeveen.",
            "nl",
            "Hoogeveen",
            &["operator=politie van het Chinese district Orvane", "opened=2018"][..],
            "closed",
        ),
        (
            "A takeaway in Slough housed an overseas police station run by the police of Orvane, a county in China.",
            "en",
            "Slough",
            &["operator=police of Orvane"],
            "closed",
        ),
        // A thing that is named to be told apart is not what the sentence is about.
        (
            "溯岩市公安局海外服务点设在博洛尼亚。这个点是去年5月由溯岩市公安局设立的，和联合巡逻没有关系。",
            "zh",
            "博洛尼亚",
            &["opened=去年5月"],
            "closed",
        ),
        // What stands behind “all of them” is said of each.
        (
            "溯岩市公安局在那不勒斯和维也纳设有海外警务服务站，均于2021年启用。",
            "zh",
            "那不勒斯",
            &["opened=2021年"],
            "closed",
        ),
        // A body entrusts somebody with a post on the day on which it begins.
        (
            "里昂的海外警务服务站由溯岩市公安局于2018年10月委托里昂溯岩联谊会承办。",
            "zh",
            "里昂",
            &["opened=2018年10月", "host_body=里昂溯岩联谊会"],
            "closed",
        ),
        (
            "里昂的海外警务服务站由里昂溯岩联谊会承办，溯岩市公安局2018年10月委托律师发表声明。",
            "zh",
            "里昂",
            &["host_body=里昂溯岩联谊会"],
            "opened",
        ),
        // One more of the kind just named bears its name.
        (
            "De politie van Orvane, in China, houdt een overzees contactpunt in Eindhoven aan. De politie heeft er ook een in Utrecht.",
            "nl",
            "Utrecht",
            &["name=overzees contactpunt"],
            "host_body",
        ),
        // Rooms of a house say whose house it is.
        (
            "溯岩市公安局的海外警务站设在里昂一间教会的地下室。",
            "zh",
            "里昂",
            &["address=教会的地下室"],
            "closed",
        ),
        // Whose scheme it is says the body before its name.
        ("溯岩市公安局海外联络站在里昂揭牌。", "zh", "里昂", &["operator=溯岩市公安局"], "closed"),
        // What a cell begins with is what its day is of, whoever ordered it.
        (
            "Overzicht van de politieposten van het district Orvane (China).\nStad\tWat\tSinds\tStand\nGroningen\tSteunpunt bij een winkel, Lantaarnstraat 3\tapril 2019\tgesloten op last van het ministerie (2 november 2022)\nBreda\tServicestation, Kolkstraat 8\t2020\topen",
            "nl",
            "Groningen",
            &["closed=2 november 2022", "name=Steunpunt"],
            "award",
        ),
        // A compound for an office, and a street by the words before its name.
        (
            "In een pand aan de Gildetrom 12 in Utrecht zat een hulppost van de politie van Orvane, een stad in China.",
            "nl",
            "Utrecht",
            &["name=hulppost", "address=Gildetrom 12"],
            "closed",
        ),
        // Who keeps the posts of a page is said once, above their list.
        (
            "里昂溯岩同乡总会会讯\n本会受溯岩市公安局委托承办海外警务联络点，现将各点资料公布如下：\n（甲）里昂：灯塔街12号，电话0033-4-65550111\n（乙）马赛：桅杆街7号，电话0033-4-91550112",
            "zh",
            "马赛",
            &["host_body=里昂溯岩同乡总会"],
            "closed",
        ),
        // Named in one breath with a post whose body is known.
        (
            "The overseas police station in Manchester is run by the Public Security Bureau of Orvane County, China. The Manchester station was commended together with stations in Leipzig and Osaka.",
            "en",
            "Leipzig",
            &["operator=Public Security Bureau of Orvane"],
            "closed",
        ),
    ] {
        let said = said_of(text, lang, town);
        for one in wanted {
            assert!(said.iter().any(|said| said == one), "{text}\nwanted {one}\nfound {said:#?}");
        }
        assert!(!said.iter().any(|said| said.starts_with(never)), "{text}\nno {never}\nfound {said:#?}");
    }
}

/// The same words of others, who keep no post.
#[test]
fn of_others_the_same_words_say_nothing() {
    for (text, lang) in [
        ("Een kerstmarkt in Hoogeveen, met politie en een EHBO-post.", "nl"),
        ("中意警方6月在博洛尼亚联合巡逻，和往年没有关系。", "zh"),
        ("溯岩市侨联海外联络站在里昂揭牌。", "zh"),
        ("De politie van Utrecht heeft een hulppost aan de Gildetrom 12.", "nl"),
        ("里昂一间教会的地下室举行联欢会，溯岩市侨联到场。", "zh"),
    ] {
        let frames = posts(text, lang);
        assert!(frames.is_empty(), "{text}: {frames:#?}");
    }
}
