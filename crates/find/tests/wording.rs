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
