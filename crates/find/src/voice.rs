//! Who says it: the phrase that credits somebody, in four languages.

use crate::found::Passage;
use crate::side::sided;
use crate::words::{List, list};
use plainsight_lens::Lens;
use plainsight_model::{Frame, Side, Span, Voice};
use plainsight_text::{Chars, Day, Haystack, Pattern};
use std::sync::LazyLock;

/// The longest name of a speaker that is believed, in characters.
const LONGEST: usize = 70;

static HAN_FROM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"(?:根据|根據|据|據)([^，。；！？,]{2,24}?)(?:的)?(?:报道|報道|报导|報導|消息|介绍|介紹|透露|统计|統計|通报|通報|公布|数据|數據|称|稱|披露|报告|報告)",
    )
});
static HAN_SAYS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"(?:^|[，。；！？”」,])\s*([^，。；！？,“「：:]{2,30}?)(?:也|还|則|则|曾|日前|近日|随后|隨後|当天|當天|[0-9]+日|对此|對此|在[^，。；！？,“「：:]{1,14}?(?:上|中|里|裡|时|時|后|後|期间|期間))?(?:表示|称|稱|指出|透露|强调|強調|回应|回應|证实|證實|宣布|宣佈|坦言|认为|認為|否认|否認|介绍说|介紹說|说|說|指控|报道|報道|报导|報導|披露|说明|說明|通报|通報|下令|要求|确认|確認)",
    )
});
static HAN_SAYS_AFTER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"[”」]\s*，?\s*([^，。；！？,“「]{2,24}?)(?:表示|说|說|称|稱|回应|回應|指出|回忆|回憶|讲述|講述|告诉|告訴)",
    )
});
static LATIN_FROM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r"(?i)\b(?:volgens|aldus|según|segun|de acuerdo con|according to|blijkt uit|a juicio de)\s+([^,.;:”»]{2,70})",
    )
});
const VERBS: &str = r"zegt|zei|zeiden|zeggen|stelt|stelde|meldt|meldde|melden|verklaart|verklaarde|schrijft|schreef|bevestigt|bevestigde|ontkent|ontkende|ontkennen|laat\sweten|liet\sweten|noemt|noemde|benadrukt|onthulde|onthult|reageert|dijo|dice|dicen|dijeron|afirma|afirmó|afirman|asegura|aseguró|aseguran|señala|señaló|informó|informa|niega|negó|niegan|confirma|confirmó|sostiene|declaró|declara|explicó|explica|desmiente|desmintió|reveló|revela|said|says|say|told|tells|denies|denied|deny|confirms|confirmed|reports|reported|claims|claimed|states|stated|announced|adds|added|revealed|reveals|insists|insisted|documents|found";
/// Verbs that say somebody speaks only beside quotation marks: an office “cuenta con” two clerks.
const TELLS: &str = r"cuenta|cuentan|contó|contaba|relata|relató|narra|narró|recuerda|recordó|comenta|comentó|denuncia|denunció|añade|añadió|vertelt|vertelde|vertellen|vertelden|herinnert\szich|herinnerde\szich|klaagt|klaagde|vult|antwoordt|antwoordde|recalls|recalled|recounts|recounted|remembers|remembered|explains|explained|complains|complained";
static LATIN_SAYS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(&format!(
        r"(?:^|[,.;:”»]\s+|\b(?:maar|but|pero|en|and|y|while|terwijl|mientras)\s+)((?:\p{{L}}[\p{{L}}'’.&-]*\s+){{1,9}}?)(?:{VERBS})\b"
    ))
});
static LATIN_SAYS_AFTER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(&format!(r"[,”»'’]\s*(?:{VERBS})\s+((?:\p{{L}}[\p{{L}}'’.&-]*\s*){{1,9}})"))
});
static QUOTED_SAYS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(&format!(
        r#"[”»"]\s*,?\s*(?:{VERBS}|{TELLS})\s+((?:\p{{L}}[\p{{L}}'’.&-]*\s*){{1,9}})"#
    ))
});
static QUOTED_TELLS_AFTER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(&format!(r#"[”»"]\s*,?\s*((?:\p{{L}}[\p{{L}}'’.&-]*\s+){{1,7}}?)(?:{TELLS})\b"#))
});
static LATIN_SAYS_LAST: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        r",\s+((?:\p{L}[\p{L}'’.&-]*\s+){1,7})(?:said|says|say|reports|reported|told\sreporters)\s*[.”]?\s*$",
    )
});

/// Verbs at which a speaker's name ends.
static VERB_STARTS: List = list![
    "is", "was", "zijn", "waren", "heeft", "hebben", "had", "zou", "zouden", "werd", "wordt", "worden",
    "werden", "kan", "moet", "are", "were", "has", "have", "would", "will", "es", "son", "ha", "han", "era",
    "eran", "esta", "estan", "habia", "hay", "fue", "fueron", "there", "er", "existe", "existen", "funciona",
    "opera", "telt", "heeft", "mantiene", "gaat", "gaan", "bestaat", "bestaan"
];

/// Words that are no speaker, folded.
static NOBODY: List = list![
    "there", "it", "this", "that", "he", "she", "they", "we", "i", "who", "which", "er", "het", "dit", "dat",
    "hij", "zij", "ze", "we", "wij", "ik", "die", "que", "quien", "se", "lo", "esto", "ya", "también", "据",
    "他", "她", "他们", "有人", "并", "也", "who had", "wie", "nobody", "niemand", "nadie", "是", "被", "可",
    "从未", "未", "没有", "拒绝", "不", "以", "公开", "自", "号", "名", "简", "宣", "声",
];

/// Finds who is credited in a sentence of a passage.
pub(crate) fn voice(passage: &Passage, sentence: Span, lens: &Lens, day: Option<Day>) -> Voice {
    let text = passage.cut(sentence);
    let (chars, haystack) = (Chars::new(&text), Haystack::new(&text));
    let han = text.chars().filter(|c| plainsight_text::is_han(*c)).count() * 3 > chars.len();
    let patterns: &[&Pattern] = if han {
        &[&HAN_FROM, &HAN_SAYS_AFTER, &HAN_SAYS]
    } else {
        &[&LATIN_FROM, &LATIN_SAYS_LAST, &LATIN_SAYS_AFTER, &LATIN_SAYS]
    };
    // Words in quotation marks are said by whom the verb behind them names, whatever they quote.
    if let Some(voice) = after_quotation(&haystack, &chars, sentence, han, lens, day) {
        return voice;
    }
    let mut best: Option<(Voice, bool)> = None;
    for pattern in patterns {
        for found in pattern.captures_iter(&haystack) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
            // 称号 and 称为 name a thing, they quote nobody.
            let says = whole.as_str().ends_with(['称', '稱']);
            if says && text[whole.end()..].starts_with(['号', '號', '为', '為', '呼', '赞', '贊', '作', '之'])
            {
                continue;
            }
            let Some(speaker) = speaker(name.as_str()) else { continue };
            let sided = sided(&speaker, lens, day);
            let phrase = Span::new(
                sentence.start + chars.code_point(whole.start()),
                sentence.start + chars.code_point(whole.end()),
            );
            let known = sided.side != Side::Unknown;
            let voice = Voice {
                speaker: Some(speaker),
                key: Some(sided.key),
                side: sided.side,
                verbatim: false,
                phrase: Some(phrase),
            };
            // A speaker whose side is known goes before a guess at a name.
            if best.as_ref().is_none_or(|(_, was)| known && !was) {
                best = Some((voice, known));
            }
        }
    }
    match best {
        // In Latin sentences any subject of “found” or “added” looks like a speaker: an unknown
        // one counts only as a name with a capital.
        Some((voice, known)) if known || han || capital(voice.speaker.as_deref()) => voice,
        _ => speaker_of_message(passage, lens, day),
    }
}

/// “…”, says a spokesman of X: the speaker behind closing quotation marks.
fn after_quotation(
    text: &Haystack,
    chars: &Chars,
    sentence: Span,
    han: bool,
    lens: &Lens,
    day: Option<Day>,
) -> Option<Voice> {
    let found = if han {
        HAN_SAYS_AFTER.captures_at(text, 0)
    } else {
        QUOTED_SAYS.captures_at(text, 0).or_else(|| QUOTED_TELLS_AFTER.captures_at(text, 0))
    }?;
    let (whole, name) = (found.get(0)?, found.get(1)?);
    let speaker = speaker(name.as_str())?;
    let sided = sided(&speaker, lens, day);
    if !han && sided.side == Side::Unknown && !capital(Some(&speaker)) {
        return None;
    }
    let phrase = Span::new(
        sentence.start + chars.code_point(whole.start()),
        sentence.start + chars.code_point(whole.end()),
    );
    Some(Voice {
        speaker: Some(speaker),
        key: Some(sided.key),
        side: sided.side,
        verbatim: true,
        phrase: Some(phrase),
    })
}

fn capital(name: Option<&str>) -> bool {
    name.is_some_and(|name| name.split_whitespace().any(|word| word.starts_with(char::is_uppercase)))
}

/// A message of a chat is said by its account.
fn speaker_of_message(passage: &Passage, lens: &Lens, day: Option<Day>) -> Voice {
    match &passage.block.speaker {
        Some(account) => {
            let sided = sided(account, lens, day);
            Voice {
                speaker: Some(account.clone()),
                key: Some(sided.key),
                side: sided.side,
                verbatim: true,
                phrase: None,
            }
        }
        None => Voice::default(),
    }
}

fn speaker(raw: &str) -> Option<String> {
    let mut name =
        raw.trim().trim_matches(['“', '”', '"', '「', '」', '(', ')', '《', '》', '«', '»', '.', ',']).trim();
    for stop in [" that ", " dat ", " que ", " who ", " die ", " whose ", " en que "] {
        if let Some((before, _)) = name.split_once(stop) {
            name = before;
        }
    }
    // According to the ministry the office is …: the speaker ends before the verb.
    if let Some(at) = name
        .split_whitespace()
        .skip(1)
        .position(|word| VERB_STARTS.is(&plainsight_text::fold(word)))
        .map(|at| at + 1)
    {
        let kept: Vec<&str> = name.split_whitespace().take(at).collect();
        let length = kept.iter().map(|word| word.len()).sum::<usize>() + kept.len().saturating_sub(1);
        name = name.get(..length).unwrap_or(name).trim();
    }
    for opening in
        ["对此", "對此", "但", "而", "不过", "然而", "同时", "but ", "maar ", "pero ", "and ", "en ", "y "]
    {
        name = name.strip_prefix(opening).unwrap_or(name).trim();
    }
    let folded = plainsight_text::fold(name);
    let count = name.chars().count();
    ((2..=LONGEST).contains(&count) && !NOBODY.is(folded.trim())).then(|| name.to_owned())
}

const QUOTES: &[(char, char)] =
    &[('“', '”'), ('「', '」'), ('『', '』'), ('«', '»'), ('‘', '’'), ('"', '"'), ('„', '”')];

/// Whether `inner` stands inside quotation marks that hold more than a name: the words themselves.
pub(crate) fn quoted(passage: &Passage, sentence: Span, inner: Span) -> bool {
    let letters: Vec<char> = passage.cut(sentence).chars().collect();
    let at = inner.start.saturating_sub(sentence.start);
    QUOTES.iter().any(|(open, close)| {
        let Some(from) = letters[..at.min(letters.len())].iter().rposition(|c| c == open) else {
            return false;
        };
        if open != close && letters[from + 1..at.min(letters.len())].contains(close) {
            return false;
        }
        if open == close && letters[..at.min(letters.len())].iter().filter(|c| *c == open).count() % 2 == 0 {
            return false;
        }
        let to = letters[at.min(letters.len())..]
            .iter()
            .position(|c| c == close)
            .map_or(letters.len(), |k| at + k);
        // Scare quotes hold the term alone.
        to.saturating_sub(from + 1) > inner.len() + 6
    })
}

/// The words between the quotation marks that hold everything that `frame` binds.
///
/// Where somebody is quoted word for word, the quote of a statement is what was said; who said it
/// stands beside it. `None` where a part of the statement stands outside the marks.
pub(crate) fn quoted_words(passage: &Passage, frame: &Frame) -> Option<Span> {
    let phrase = frame.voice.phrase.filter(|_| frame.voice.verbatim)?;
    let bound = || frame.slots.values().flatten().filter(|slot| !slot.inferred).map(|slot| slot.span);
    let hull = Span::new(bound().map(|span| span.start).min()?, bound().map(|span| span.end).max()?);
    let name = bound().map(|span| span.len()).max()?;
    if !frame.span.contains(&hull) {
        return None;
    }
    let letters: Vec<char> = passage.cut(frame.span).chars().collect();
    let before = letters.get(..hull.start - frame.span.start)?;
    let after = letters.get(hull.end - frame.span.start..)?;
    QUOTES
        .iter()
        .filter_map(|(open, close)| {
            let mut opening = (0..before.len()).filter(|at| before[*at] == *open);
            let start = if open == close {
                // Where both marks look alike, the odd ones open.
                let count = opening.clone().count();
                opening.nth((count % 2 == 1).then(|| count - 1)?)?
            } else {
                opening.find(|at| !before[*at..].contains(close))?
            };
            let end = hull.end + after.iter().position(|c| c == close)?;
            Some(Span::new(frame.span.start + start + 1, end))
        })
        // Scare quotes hold a name alone, and “According to X, …” inside the marks is said by another.
        .filter(|words| words.len() > name + 6 && !words.overlaps(&phrase))
        .max_by_key(Span::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::{Block, BlockKind};

    fn says(text: &str) -> String {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        let letters: Vec<char> = text.chars().collect();
        let span = Span::new(0, letters.len());
        let block = Block {
            kind: BlockKind::Paragraph,
            span,
            path: String::new(),
            speaker: None,
            time: None,
            cells: vec![],
            main: true,
            hidden: false,
        };
        let passage = Passage {
            block: &block,
            letters,
            sentences: vec![span],
            terms: vec![],
            places: vec![],
            agencies: vec![],
            others: vec![],
        };
        let voice = voice(&passage, span, &lens, None);
        format!("{} {:?}", voice.speaker.unwrap_or_default(), voice.side)
    }

    #[test]
    fn speakers_by_example() {
        for (text, wanted) in [
            ("据《北港日报》报道，该站已关闭。", "北港日报 Outlet"),
            ("对此，使馆表示并不知情。", "使馆 SendingMission"),
            ("使馆在一份声明中表示，该站并不存在。", "使馆 SendingMission"),
            ("市政府發言人在記者會上說，該站已經關閉。", "市政府發言人 HostState"),
            ("Volgens het ministerie is het bureau gesloten.", "het ministerie HostState"),
            ("Het bureau is dicht, zegt de ambassade.", "de ambassade SendingMission"),
            ("Según la embajada, son voluntarios.", "la embajada SendingMission"),
            ("The ministry said that it was never told.", "The ministry HostState"),
            ("The office is closed, the mayor said.", "the mayor HostState"),
            (
                "\"Volgens ons register is het punt open\", zegt een woordvoerder van de Bruggendienst.",
                "een woordvoerder van de Bruggendienst HostState",
            ),
            (
                "«Según el registro, el local abrió en mayo», dice una portavoz del ayuntamiento.",
                "una portavoz del ayuntamiento HostState",
            ),
            ("“该站早已开放”，市政府发言人说。", "市政府发言人 HostState"),
            ("«Me llamaron desde la oficina», cuenta la testigo.", "la testigo Witness"),
            ("\"Ze belden mij vanuit het kantoor\", vertelt een omwonende.", "een omwonende Witness"),
            ("“They called me from the office,” a witness recalled.", "a witness Witness"),
            ("“他们从站里打电话给我”，一名证人回忆。", "一名证人 Witness"),
            // Only beside quotation marks do these verbs say that somebody speaks.
            ("La oficina cuenta con dos empleados.", " Unknown"),
            ("The station opened in 2018.", " Unknown"),
            ("该站于2018年揭牌。", " Unknown"),
        ] {
            assert_eq!(says(text), wanted, "{text}");
        }
    }
    /// The words that a statement about the office in `text` rests on.
    fn rests_on(text: &str) -> String {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        let finder = crate::Finder::new(lens);
        let findings = finder.find_text(text, None, None);
        let frame = findings
            .frames
            .iter()
            .find(|frame| frame.kind == "post")
            .unwrap_or_else(|| panic!("no post: {text}"));
        text.chars().skip(frame.span.start).take(frame.span.len()).collect()
    }

    #[test]
    fn what_is_quoted_word_for_word_is_the_quote() {
        for (text, wanted) in [
            (
                "«Me llamaron desde la estación de servicio policial de la Calle Falsa 12», cuenta el testigo.",
                "Me llamaron desde la estación de servicio policial de la Calle Falsa 12",
            ),
            (
                "\"Het overzees servicepunt aan de Verzonnenstraat 12 is al jaren open\", zegt de burgemeester.",
                "Het overzees servicepunt aan de Verzonnenstraat 12 is al jaren open",
            ),
            (
                "“海外警务服务站去年就在Verzonnenstraat 12开门了”，市政府发言人说。",
                "海外警务服务站去年就在Verzonnenstraat 12开门了",
            ),
            // A name in quotation marks is no speech, and one part outside keeps the sentence whole.
            (
                "De burgemeester zegt dat het \"overzees servicepunt\" aan de Verzonnenstraat 12 open is.",
                "De burgemeester zegt dat het \"overzees servicepunt\" aan de Verzonnenstraat 12 open is.",
            ),
        ] {
            assert_eq!(rests_on(text), wanted, "{text}");
        }
    }
}
