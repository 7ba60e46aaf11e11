//! The body that calls itself “this association” is the one whose page it is.

use super::Page;
use super::unit::Unit;
use crate::found::Passage;
use crate::words::{List, list};
use plainsight_model::{MentionKind, Publisher, Side, Slot};
use plainsight_text::fold;

/// The longest first line that may say whose page it is, in characters.
const LONGEST_HEAD: usize = 80;

/// How a body calls itself, folded.
static OWN: List = list![
    "本会",
    "我会",
    "敝会",
    "本商会",
    "本协会",
    "本社团",
    "本同乡会",
    "本联谊会",
    "本公司",
    "our association",
    "this association",
    "our chamber",
    "this chamber",
    "our federation",
    "this federation",
    "our company",
    "onze vereniging",
    "deze vereniging",
    "onze stichting",
    "deze stichting",
    "onze kamer",
    "ons bedrijf",
    "nuestra asociacion",
    "esta asociacion",
    "nuestra camara",
    "esta camara",
    "nuestra federacion",
    "nuestra empresa",
];

/// Its own rooms, folded: what is kept there is kept by it.
static ROOMS: List = list![
    "nuestra sede",
    "nuestro local",
    "nuestros locales",
    "onze verenigingszaal",
    "onze zaal",
    "ons gebouw",
    "ons clubhuis",
    "our hall",
    "our premises",
    "our clubhouse",
    "our rooms",
    "本会会所",
    "本会会馆",
    "本会受",
];

/// Words that say who keeps the post for its operator, folded.
static KEEPS: List = list![
    "承办",
    "协办",
    "代办",
    "主办",
    "托管",
    "管理",
    "运营",
    "经营",
    "负责",
    "委托",
    "提供场地",
    "提供场所",
    "借出",
    "腾出",
    "设在",
    "hosted by",
    "housed at",
    "housed in",
    "made available",
    "lent",
    "run by",
    "managed by",
    "operated by",
    "kept by",
    "housed by",
    "in the care of",
    "entrusted to",
    "hosts",
    "runs",
    "manages",
    "beheerd door",
    "gerund door",
    "ondergebracht bij",
    "ondergebracht in",
    "ter beschikking",
    "huisvest",
    "stelt beschikbaar",
    "verzorgd door",
    "toevertrouwd aan",
    "beheert",
    "runt",
    "gestionado por",
    "gestionada por",
    "a cargo de",
    "con sede en",
    "cedido por",
    "cedida por",
    "cede",
    "alojado en",
    "alojada en",
    "atendido por",
    "atendida por",
    "encomendado a",
    "encomendada a",
    "gestiona",
    "acoge",
];

/// The association that publishes the page, as it stands in one of its own names there; where nobody knows whose
/// page it is, the only one that its first line names.
pub(super) fn publishing_body(passages: &[Passage], publisher: Option<&Publisher>) -> Option<Slot> {
    let Some(publisher) = publisher else {
        let head = passages.first().filter(|passage| passage.letters.len() <= LONGEST_HEAD)?;
        let mut named = head.others.iter().filter(|found| found.kind == MentionKind::Organisation);
        let only = named.next().filter(|_| named.next().is_none())?;
        return Some(Slot { inferred: true, ..only.slot() });
    };
    if publisher.side != Side::HostBody {
        return None;
    }
    let named = passages.iter().flat_map(|passage| &passage.others).filter(|found| {
        found.kind == MentionKind::Organisation && publisher.text.contains(found.text.as_str())
    });
    let longest =
        named.max_by_key(|found| (found.text.chars().count(), std::cmp::Reverse(found.span.start)))?;
    Some(Slot { inferred: true, ..longest.slot() })
}

/// The publisher, where the statement says that the post is kept by “this association”.
pub(super) fn own_body(unit: &Unit, page: &Page) -> Option<Slot> {
    let body = page.body.clone()?;
    let folded = fold(&unit.text());
    // Somebody else's “our association” is not the page's.
    ((OWN.within(&folded) && KEEPS.within(&folded) || ROOMS.within(&folded))
        && unit.voice().speaker.is_none())
    .then_some(body)
}
