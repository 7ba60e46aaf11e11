//! On which side a speaker or publisher stands, from the words of its name.

use crate::words::{List, list};
use plainsight_lens::{Lens, TermKind};
use plainsight_model::Side;
use plainsight_resolve::find_agencies;
use plainsight_text::{Day, fold};

/// A name with its side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sided {
    pub key: String,
    pub side: Side,
}

static MISSION: List = list![
    "大使馆",
    "使馆",
    "领事馆",
    "领馆",
    "大使",
    "总领事",
    "ambassade",
    "ambassadeur",
    "consulaat",
    "embajada",
    "embajador",
    "embajadora",
    "consulado",
    "embassy",
    "ambassador",
    "consulate",
];
static OUTLET: List = list![
    "日报",
    "晚报",
    "时报",
    "早报",
    "快报",
    "导报",
    "侨报",
    "华报",
    "周刊",
    "新闻网",
    "通讯社",
    "社记者",
    "电视台",
    "电台",
    "广播",
    "新闻社",
    "本报",
    "本刊",
    "记者",
    "媒体",
    "都市报",
    "商报",
    "krant",
    "courant",
    "nieuws",
    "dagblad",
    "omroep",
    "weekblad",
    "journalisten",
    "diario",
    "periodico",
    "noticias",
    "prensa",
    "gaceta",
    "gazette",
    "news",
    "newspaper",
    "herald",
    "times",
    "post online",
    "tribune",
    "courier",
    "daily",
    "weekly",
    "journal",
    "broadcaster",
    "press agency",
    "observer",
    "chronicle",
    "heraldo",
    "correo",
    "medios",
    "media",
    "reporters",
    "bode",
    "tijdingen",
];
static NGO: List = list![
    "人权组织",
    "人权团体",
    "民间组织",
    "非政府组织",
    "维权",
    "观察组织",
    "mensenrechtenorganisatie",
    "mensenrechten",
    "ngo",
    "ong",
    "organizacion de derechos humanos",
    "derechos humanos",
    "rights group",
    "human rights",
    "watch",
    "defenders",
    "monitor",
    "non-governmental",
];
static WITNESS: List = list![
    "证人",
    "目击者",
    "受访者",
    "当事人",
    "居民",
    "一名男子",
    "一名女子",
    "不愿透露姓名",
    "getuige",
    "dissident",
    "omwonende",
    "buurman",
    "buurvrouw",
    "testigo",
    "vecino",
    "vecina",
    "victima",
    "witness",
    "neighbour",
    "resident",
    "dissidents",
    "a man who",
    "a woman who",
];
static HOST_STATE: List = list![
    "minister",
    "ministers",
    "ministerie",
    "kabinet",
    "burgemeester",
    "wethouder",
    "regering",
    "tweede kamer",
    "kamer",
    "rijksoverheid",
    "ministro",
    "ministra",
    "ministerio",
    "gobierno",
    "alcalde",
    "alcaldesa",
    "ayuntamiento",
    "policia nacional",
    "parlamento",
    "ministry",
    "government",
    "mayor",
    "parliament",
    "home office",
    "justice department",
    "city council",
    "municipality",
    "town hall",
    "city hall",
    "council",
    "port authority",
    "harbour service",
    "harbour office",
    "autoridad portuaria",
    "concejo",
    "市政府",
    "市政厅",
    "港务局",
    "gemeente",
    "prosecutor",
    "openbaar ministerie",
    "fiscalia",
    "内政部",
    "司法部",
    "检察",
    "议会",
    "国会",
    "市长",
    "政府发言人",
    "总理",
    "prime minister",
    "department of",
    "secretary of state",
    "部长",
    "politie",
    "police",
    "policia",
];
static HOST_BODY: List = list![
    "同乡会",
    "商会",
    "联谊会",
    "联合会",
    "总会",
    "公会",
    "促进会",
    "协会",
    "会长",
    "侨领",
    "association",
    "chamber of commerce",
    "vereniging",
    "stichting",
    "voorzitter",
    "asociacion",
    "federacion",
    "camara de comercio",
    "presidente de la asociacion",
    "society",
];

static FOREIGN: List = list!["外交部"];
static SPOKESPERSON: List = list!["中国", "发言人"];
static SENDING: List = list!["公安局", "县政府", "人民政府", "侨办", "政法委"];

/// Whether a folded text names a mission: an embassy, a consulate, who heads one.
pub(crate) fn names_a_mission(folded: &str) -> bool {
    MISSION.within(folded)
}

/// A word that ends in -dienst names a municipal service of the host, but no news service.
fn service(folded: &str) -> bool {
    folded.split_whitespace().any(|word| {
        word.ends_with("dienst") && word.len() > 8 && !word.starts_with("nieuws") && !word.starts_with("pers")
    })
}

/// Decides the side of a name; nothing known gives [`Side::Unknown`].
pub(crate) fn sided(name: &str, lens: &Lens, day: Option<Day>) -> Sided {
    let folded = fold(name);
    let folded = folded.trim();
    let agencies = find_agencies(name, &lens.gazetteer, day);
    if let Some(agency) = agencies.first()
        && agency.side != Side::Unknown
    {
        return Sided { key: agency.key.clone(), side: agency.side };
    }
    let key = agencies.first().map_or_else(|| folded.to_owned(), |agency| agency.key.clone());
    let terms = lens.find_terms(name);
    let kind = |kind: TermKind| terms.iter().any(|hit| lens.terms[hit.term].kind == kind);
    // A word of another state's body, such as an embassy, is one of a mission unless the host's own
    // ministry says so: the ministry's name is longer and stands in the text beside it.
    let side = if MISSION.within(folded) {
        Side::SendingMission
    } else if FOREIGN.within(folded) {
        if SPOKESPERSON.within(folded) { Side::SendingMission } else { Side::HostState }
    } else if NGO.within(folded) {
        Side::Ngo
    } else if OUTLET.within(folded) {
        Side::Outlet
    } else if HOST_BODY.within(folded) {
        Side::HostBody
    } else if kind(TermKind::HostStateBody) {
        Side::HostState
    } else if kind(TermKind::Body) && !agencies.is_empty() || SENDING.within(folded) {
        Side::SendingBody
    } else if WITNESS.within(folded) {
        Side::Witness
    } else if HOST_STATE.within(folded) || service(folded) {
        Side::HostState
    } else if kind(TermKind::Body) {
        Side::SendingBody
    } else {
        Side::Unknown
    };
    Sided { key, side }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_by_example() {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        for (name, side) in [
            ("de Chinese ambassade", Side::SendingMission),
            ("de minister van Buitenlandse Zaken", Side::HostState),
            ("Oosterse Courant", Side::Outlet),
            ("外交部发言人", Side::SendingMission),
            ("该国内政部", Side::HostState),
            ("人权组织", Side::Ngo),
            ("北岭同乡会会长", Side::HostBody),
            ("a witness", Side::Witness),
            ("Pietje", Side::Unknown),
        ] {
            assert_eq!(sided(name, &lens, None).side, side, "{name}");
        }
    }
}
