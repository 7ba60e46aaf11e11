//! How surely a sentence says it: denial, plan, possibility, hearsay.

use crate::words::{List, list};
use plainsight_lens::TermKind;
use plainsight_model::Modality;
use plainsight_text::fold;

/// Denials beside the terms of the lens, folded.
static DENIED: List = list![
    "不知情",
    "并不存在",
    "没有设立",
    "没有所谓",
    "从未设立",
    "未设立",
    "不是警察",
    "并没有",
    "不了解有关情况",
    "没有任何",
    "niet op de hoogte van het bestaan",
    "er is geen",
    "er zijn geen",
    "is geen politie",
    "zijn geen politie",
    "weet niet van",
    "kent geen",
    "geen sprake van",
    "heeft geen weet",
    "onjuist",
    "bestaat niet",
    "bestaan niet",
    "no existe",
    "no existen",
    "no hay ninguna",
    "no es una comisaria",
    "no son comisarias",
    "no tiene conocimiento",
    "no tiene constancia",
    "es falso",
    "son falsas",
    "there is no",
    "there are no",
    "is not a police",
    "are not police",
    "is not aware of",
    "knows of no",
    "knows nothing",
    "does not exist",
    "do not exist",
    "no such",
    "never existed",
    "no han permitido localizar",
    "no se ha localizado",
    "came to nothing",
    "重复计算",
    "暂不考虑",
    "没有这个计划",
    "没有计划",
];
/// Words for something that was looked into and is not so, folded: they deny what the sentence before them
/// tells, without naming it again.
static REFUTED: List = list![
    "查无实据",
    "查无此事",
    "查无此处",
    "纯属误传",
    "是误传",
    "系误传",
    "纯属谣言",
    "是谣言",
    "系谣言",
    "并无此事",
    "没有此事",
    "没有这回事",
    "绝无此事",
    "不实信息",
    "不实传言",
    "找不到任何",
    "未发现任何",
    "没有发现任何",
    "bleek niet waar",
    "blijkt niet waar",
    "klopt niet",
    "klopte niet",
    "blijkt niet te kloppen",
    "bleek niet te kloppen",
    "geen spoor van",
    "geen enkel bewijs",
    "nooit bestaan",
    "berust op een misverstand",
    "berust op niets",
    "uit de lucht gegrepen",
    "niets aangetroffen",
    "es un bulo",
    "era un bulo",
    "resulto falso",
    "resulto ser falso",
    "resulto ser falsa",
    "no hay rastro",
    "no hallo rastro",
    "sin fundamento",
    "carece de fundamento",
    "no es cierto",
    "nunca existio",
    "nunca ha existido",
    "no encontro nada",
    "no encontraron nada",
    "turned out to be false",
    "turned out to be untrue",
    "proved to be false",
    "proved unfounded",
    "is unfounded",
    "are unfounded",
    "is untrue",
    "was a hoax",
    "is a hoax",
    "no trace of",
    "found no evidence",
    "found nothing",
    "nothing of the kind",
    "no truth in",
];
/// A denial that is itself denied.
static NOT_DENIED: List = list![
    "没有否认",
    "不否认",
    "未否认",
    "ontkent niet",
    "ontkende niet",
    "niet ontkend",
    "no niega",
    "no nego",
    "no desmiente",
    "did not deny",
    "does not deny",
    "not denied",
    "could not be denied",
];
static PLANNED: List = list![
    "将在",
    "将于",
    "准备设立",
    "即将",
    "计划在",
    "拟在",
    "zal openen",
    "gaat openen",
    "zullen openen",
    "moet openen",
    "wordt geopend",
    "abrira",
    "abriran",
    "va a abrir",
    "se abrira",
    "will open",
    "will be opened",
    "is to open",
    "to be opened",
    "is due to open",
    "plans a",
    "plans for",
    "quieren poner",
    "quieren abrir",
    "estudia abrir",
    "wil openen",
    "筹备中",
    "尚在筹备",
    "说要搞",
    "待定",
    "aangekondigd",
    "anunciado",
];
static POSSIBLE: List = list![
    "可能",
    "或许",
    "也许",
    "是否",
    "mogelijk",
    "wellicht",
    "misschien",
    "kan zijn",
    "zou kunnen",
    "posiblemente",
    "podria",
    "podrian",
    "quizas",
    "tal vez",
    "may be",
    "may have",
    "might be",
    "might have",
    "possibly",
    "perhaps",
    "could be",
    "whether",
    "of er",
    "never confirmed",
    "not been confirmed",
    "could not be confirmed",
    "nooit bevestigd",
    "niet bevestigd",
    "loopt het onderzoek nog",
    "nunca fue confirmad",
    "no ha sido confirmad",
    "未获证实",
    "尚未证实",
    "没有证实",
    "还没有证实",
    "不能证明",
    "想办",
];

/// Decides the modality of a sentence. `kinds` are the kinds of the terms in it; `credited` tells that
/// it is laid in somebody's mouth.
pub(crate) fn modality(sentence: &str, kinds: &[TermKind], credited: bool) -> Modality {
    let folded = fold(sentence);
    let has = |words: &List| words.within(&folded);
    let term = |kind: TermKind| kinds.contains(&kind);
    let undenied = has(&NOT_DENIED);
    if !undenied && (term(TermKind::Denial) || has(&DENIED) || has(&REFUTED)) {
        Modality::Denied
    } else if term(TermKind::Plan) || has(&PLANNED) {
        Modality::Planned
    } else if has(&POSSIBLE) || folded.trim_end_matches(['”', '"', '」']).ends_with('?') {
        Modality::Possible
    } else if credited || term(TermKind::Hearsay) {
        Modality::Reported
    } else {
        Modality::Asserted
    }
}

/// Whether a sentence says of something told before it that it is not so.
pub(crate) fn refutes(sentence: &str) -> bool {
    REFUTED.within(&fold(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modalities_by_example() {
        for (text, kinds, credited, wanted) in [
            ("使馆予以否认", vec![TermKind::Denial], true, Modality::Denied),
            ("The embassy did not deny it", vec![TermKind::Denial], true, Modality::Reported),
            ("Er is geen politiebureau", vec![], false, Modality::Denied),
            ("拟设立服务站", vec![TermKind::Plan], false, Modality::Planned),
            ("Is there a station?", vec![], false, Modality::Possible),
            ("El centro podría estar abierto", vec![], false, Modality::Possible),
            ("据称设有一处", vec![TermKind::Hearsay], false, Modality::Reported),
            ("设有一处", vec![], false, Modality::Asserted),
            ("It opened in May", vec![], false, Modality::Asserted),
        ] {
            assert_eq!(modality(text, &kinds, credited), wanted, "{text}");
        }
    }
}
