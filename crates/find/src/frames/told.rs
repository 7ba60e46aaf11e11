//! Whether a sentence says that the host state was told, or that it agreed.

use crate::words::{List, list};
use regex::Regex;
use std::sync::LazyLock;

static NOT_NOTIFIED: List = list![
    "未申报",
    "未经申报",
    "没有申报",
    "从未申报",
    "未通报",
    "从未接到",
    "未向",
    "没有通知",
    "从未通知",
    "未获通知",
    "未报备",
    "未备案",
    "没有备案",
    "niet aangemeld",
    "nooit aangemeld",
    "geen melding",
    "niet gemeld",
    "nooit gemeld",
    "niet op de hoogte gesteld",
    "nooit op de hoogte gesteld",
    "niet geinformeerd",
    "nooit geinformeerd",
    "wist van niets",
    "wisten van niets",
    "nooit laten weten",
    "no declarad",
    "no notific",
    "nunca notific",
    "sin notificar",
    "sin declarar",
    "no fue informad",
    "nunca fue informad",
    "no fueron informad",
    "no se comunico",
    "nunca se comunico",
    "no ha sido notificad",
    "no habia sido notificad",
    "nunca comunico",
    "never notified",
    "not notified",
    "never been notified",
    "not been notified",
    "was never told",
    "were never told",
    "not told",
    "never told",
    "without notifying",
    "not declared",
    "never declared",
    "no notification",
    "not informed",
    "never informed",
];
static NOTIFIED: List = list![
    "已申报",
    "已通报",
    "已报备",
    "已备案",
    "事先通报",
    "事先通知",
    "werd aangemeld",
    "is aangemeld",
    "was aangemeld",
    "op de hoogte gesteld",
    "fue notificad",
    "fueron notificad",
    "notifico al",
    "was notified",
    "were notified",
    "had been notified",
    "has been notified",
    "was informed",
    "were informed",
];
static NOT_CONSENTED: List = list![
    "未经同意",
    "未经批准",
    "未经授权",
    "未经许可",
    "未经东道国",
    "未经当地",
    "没有批准",
    "从未批准",
    "从未同意",
    "没有同意",
    "未获批准",
    "未获许可",
    "未获得",
    "zonder toestemming",
    "geen toestemming",
    "nooit toestemming",
    "zonder medeweten",
    "buiten medeweten",
    "niet toegestaan",
    "nooit ingestemd",
    "sin autorizacion",
    "sin permiso",
    "sin consentimiento",
    "nunca autorizo",
    "no autorizo",
    "no ha autorizado",
    "no habia autorizado",
    "sin el consentimiento",
    "no dio permiso",
    "nunca dio",
    "no se ha concedido",
    "without permission",
    "without consent",
    "without the consent",
    "without the permission",
    "without our permission",
    "without authorisation",
    "without authorization",
    "no permission",
    "never gave",
    "never consented",
    "never agreed",
    "not consent",
    "never authorised",
    "never authorized",
    "not authorised",
    "not authorized",
    "did not agree",
    "never asked for permission",
    "never sought permission",
    "consent was never",
    "no consent",
];
static CONSENTED: List = list![
    "经东道国同意",
    "获得批准",
    "经批准",
    "已获许可",
    "met toestemming",
    "toestemming gegeven",
    "toestemming verleend",
    "con autorizacion",
    "con el consentimiento",
    "autorizo la",
    "fue autorizad",
    "with the consent",
    "with consent",
    "with permission",
    "gave permission",
    "had agreed to",
    "was authorised",
    "was authorized",
    "gave its consent",
];
/// A negation and its verb with words between them, folded: “nooit bij het ministerie aangemeld”.
static NEVER_NOTIFIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:nooit|niet)\b[^.;:]{0,60}\b(?:aangemeld|gemeld|genotificeerd|geregistreerd)\b|\b(?:nunca|no|jamas)\b[^.;:]{0,40}\b(?:notificad[oa]s?|comunicad[oa]s?|inscrit[oa]s?)\b|\b(?:never|not)\b[^.;:]{0,40}\b(?:notified|declared|registered)\b|(?:从未|未曾|未|没有)[^。；，]{0,16}(?:通报|通知|报备|登记|申报|备案)",
    )
});
static NEVER_CONSENTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:nooit|niet|geen)\b[^.;:]{0,60}\b(?:toestemming|ingestemd|instemming)\b|\btoestemming\b[^.;:]{0,30}\b(?:nooit|niet)\b|\b(?:nunca|no|sin)\b[^.;:]{0,40}\b(?:consinti\p{L}*|consentimiento|permiso)\b|\b(?:never|not)\b[^.;:]{0,40}\b(?:consented|consent|permission)\b|(?:从未|未曾|未|没有)[^。；，]{0,12}(?:同意|批准|许可|授权)",
    )
});
static DID_CONSENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bconsented to\b|\bha(?:s|ve|d) consented\b|\bgave (?:its|their) consent\b|\b(?:heeft|hebben|had)\b[^.;]{0,40}\bingestemd\b|\bstemde\b[^.;]{0,30}\bin met\b|\bconsintio\b|\bdio su consentimiento\b|\bha consentido\b|同意设立|批准设立|经[^。，；]{1,12}同意",
    )
});

/// Compiles a pattern of this folder. Han letters are folded as the sentence is, so that either script may be written here.
pub(super) fn pattern(text: &str) -> Regex {
    let letter =
        |c: char| if plainsight_text::is_han(c) { plainsight_text::fold_char(c) } else { c.to_string() };
    let folded: String = text.chars().map(letter).collect();
    Regex::new(&folded).expect("a pattern of this folder, compiled in its tests")
}

/// Whether a folded sentence says that the host state was (not) told, did (not) agree.
pub(super) fn told(kind: &str, folded: &str) -> Option<bool> {
    let (not, yes) = match kind {
        "notified" => {
            (NOT_NOTIFIED.begins_in(folded) || NEVER_NOTIFIED.is_match(folded), NOTIFIED.begins_in(folded))
        }
        _ => (
            NOT_CONSENTED.begins_in(folded) || NEVER_CONSENTED.is_match(folded),
            CONSENTED.begins_in(folded) || DID_CONSENT.is_match(folded),
        ),
    };
    if not { Some(false) } else { yes.then_some(true) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_text::fold;

    #[test]
    fn told_and_agreed_by_example() {
        for (text, notified, consented) in [
            ("Het punt is nooit bij mijn ministerie aangemeld.", Some(false), None),
            ("Nunca ha sido notificada al Gobierno.", Some(false), None),
            ("It was never in any form notified to us.", Some(false), None),
            ("该站从未向外交部通报。", Some(false), None),
            (
                "Zij zijn niet bij ons gemeld en er is nooit toestemming voor gevraagd.",
                Some(false),
                Some(false),
            ),
            ("The ministry consented to a station.", None, Some(true)),
            ("Het kabinet heeft daarmee ingestemd.", None, Some(true)),
            ("El Gobierno consintió el centro.", None, Some(true)),
            ("该站经内政部同意设立。", None, Some(true)),
            ("未经内政部同意。", None, Some(false)),
            ("It opened in May.", None, None),
        ] {
            let folded = fold(text);
            assert_eq!(
                (told("notified", &folded), told("consented", &folded)),
                (notified, consented),
                "{text}"
            );
        }
    }
}
