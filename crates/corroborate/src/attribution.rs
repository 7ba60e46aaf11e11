//! Attribution phrases: where a document says that it has something from.
//!
//! Phrases of Chinese (both scripts), Dutch, Spanish and English, matched on
//! the folded text, so that one spelling of each is enough. What a phrase
//! covers is generous on purpose: a phrase that is missed invents a second
//! witness, one that covers too much only hides one until a person looks.

use crate::DocumentInput;
use plainsight_model::{Document, DocumentId, Span};
use plainsight_text::{Folded, fold, fold_with_map};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A place where a document says where it has something from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// The phrase.
    pub span: Span,
    /// The part of the text that rests on it.
    pub covers: Span,
    /// What it credits.
    pub source: Cited,
    /// The whole text rests on it (`来源：`, an agency's mark).
    pub whole_text: bool,
}

/// What is credited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cited {
    /// An outlet, organisation or body by name.
    Named {
        /// As written.
        text: String,
        /// The folded name without article and quotation marks.
        key: String,
        /// The documents of the case that it published, sorted; empty until [`resolve`], or where none is held.
        documents: Vec<DocumentId>,
    },
    /// Pages that are not named, as described (`Chinese webpagina's`).
    UnnamedPage(String),
    /// Nobody who can be followed (`sources assure`), as written.
    Nobody(String),
    /// A speaker, as written.
    Speaker(String),
}

/// Finds the attribution phrases of a document, by position.
pub fn citations(document: &Document) -> Vec<Citation> {
    let folded = with_lines(&document.text);
    let length = folded.map.last().map_or(0, |n| *n as usize);
    let head = document.blocks.iter().find(|b| b.main && b.span.len() > 20).map_or(0, |b| b.span.start);
    let mut found = Vec::new();
    for (phrase, regex) in phrases() {
        for hit in regex.captures_iter(&folded.text) {
            let (Some(all), Some(name)) = (hit.get(0), hit.get(1)) else { continue };
            let span = source(&folded, all.start(), all.end());
            let named = source(&folded, name.start(), name.end());
            let text: String = document.text.chars().skip(named.start).take(named.len()).collect();
            let Some(cited) = cited(phrase.kind, text.trim()) else { continue };
            let near_head = span.start < head + 15;
            let whole_text = phrase.reach == Reach::Text || (phrase.reach == Reach::Block && near_head);
            let covers = match (&cited, phrase.reach) {
                (Cited::UnnamedPage(_), _) => Span::new(0, length),
                _ if whole_text => Span::new(0, length),
                (_, Reach::Block) => Span::new(span.start, block(document, span).end),
                _ => sentence(document, span),
            };
            found.push(Citation { span, covers, source: cited, whole_text });
        }
    }
    found.extend(agency_marks(document, head, length));
    found.sort();
    found.dedup();
    found
}

/// Finds the documents of the case that named sources published, by the
/// publisher, site name, author, site and host, and by the title. A document that
/// names its own publisher cites nobody.
pub fn resolve(citations: &mut BTreeMap<DocumentId, Vec<Citation>>, documents: &[DocumentInput<'_>]) {
    let names: Vec<(DocumentId, Vec<String>)> =
        documents.iter().map(|d| (d.document.id, own_names(d))).collect();
    for (id, list) in citations.iter_mut() {
        let own: &[String] = names.iter().find(|n| n.0 == *id).map_or(&[], |n| &n.1);
        list.retain_mut(|citation| {
            let Cited::Named { key, documents: held, .. } = &mut citation.source else { return true };
            if own.iter().any(|name| same_name(name, key)) {
                return false;
            }
            *held = names
                .iter()
                .filter(|(other, names)| other != id && names.iter().any(|name| same_name(name, key)))
                .map(|(other, _)| *other)
                .collect();
            held.sort();
            true
        });
    }
}

/// Tells whether a name credits nobody who can be followed.
pub(crate) fn is_nobody(text: &str) -> bool {
    static NOBODY: OnceLock<Option<Regex>> = OnceLock::new();
    let regex = NOBODY.get_or_init(|| Regex::new(NOBODY_WORDS).ok());
    regex.as_ref().is_some_and(|r| r.is_match(&fold(text)))
}

/// Tells whether a description is one of pages without a name.
pub(crate) fn is_unnamed_page(text: &str) -> bool {
    static PAGES: OnceLock<Option<Regex>> = OnceLock::new();
    let regex = PAGES.get_or_init(|| Regex::new(PAGE_WORDS).ok());
    regex.as_ref().is_some_and(|r| r.is_match(&fold(text)))
}

/// The folded name without article, quotation marks and what follows a comma.
pub(crate) fn name_key(text: &str) -> String {
    let folded = fold(text);
    let mut name = folded.trim_matches(|c: char| !c.is_alphanumeric());
    for article in ARTICLES {
        name = name.strip_prefix(article).unwrap_or(name);
    }
    name.trim().to_owned()
}

const ARTICLES: [&str; 14] = [
    "de krant ",
    "het dagblad ",
    "dagblad ",
    "el diario ",
    "el periodico ",
    "the newspaper ",
    "the ",
    "de ",
    "het ",
    "el ",
    "la ",
    "los ",
    "las ",
    "een ",
];

/// How far a phrase reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Sentence,
    Block,
    Text,
}

/// What a phrase credits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Nobody,
    Page,
    Speaker,
}

struct Phrase {
    pattern: &'static str,
    kind: Kind,
    reach: Reach,
}

const fn phrase(pattern: &'static str, kind: Kind, reach: Reach) -> Phrase {
    Phrase { pattern, kind, reach }
}

const NOBODY_WORDS: &str = r"知情人士|消息人士|匿名|坊间|网传|据悉|据了解|据传|\bbronnen\b|ingewijden|anoniem|\bfuentes\b|an[oó]nim|\bsources\b|insiders|anonymous|rumou?rs?|people familiar|unnamed";
const PAGE_WORDS: &str = r"\bweb ?pagina'?s?|\bwebsites?\b|\bweb ?pages?\b|p[aá]ginas? web|\bsitios? web|\bweb ?sites?\b|网页|网站上|公开资料|openbare (bronnen|documenten)|\bonline sources\b|public(ly available)? (records|posts|pages)";

/// The phrases. They are folded before they are compiled, so that either
/// Chinese script may be written here; group 1 is what is credited.
const PHRASES: &[Phrase] = &[
    phrase(
        r"据([^，。；：:,\s据]{2,24}?)(?:\d{1,2}月\d{1,2}日|日前|近日)?(?:的)?(?:报道|报导|消息|公布|通报|介绍|发布|网站|披露|刊文)",
        Kind::Name,
        Reach::Block,
    ),
    phrase(r"援引([^，。；：,\s]{2,24}?)(?:的)?(?:报道|报导|消息|称|说|，)", Kind::Name, Reach::Block),
    // The line of a headline goes on with other labels ("来源：…　发布时间：…　阅读：…"), which are no part of a name.
    phrase(
        r"(?:来源|稿源)\s*[:丨|]\s*([^\n()|]{2,30}?)(?:\s+(?:[\d\[]|[^\s\n:]{2,5}:)|[\n()|]|$)",
        Kind::Name,
        Reach::Text,
    ),
    phrase(r"转(?:载|贴|帖|发)?自\s*:?\s*([^\n，。；)]{2,30})", Kind::Name, Reach::Text),
    phrase(r"([^\s，。(（【]{2,6}社)(?:[^\s，。]{0,12}日)?电", Kind::Name, Reach::Text),
    phrase(
        r"(据悉|据了解|据传|网传|坊间(?:传|流传)|知情人士(?:透露|称|说)?|消息人士(?:透露|称|说)?)",
        Kind::Nobody,
        Reach::Sentence,
    ),
    phrase(
        r"(?:本报|本报记者|记者|我们)(?:查阅|查看|浏览)(?:了|到)?([^，。\n]{0,24})",
        Kind::Page,
        Reach::Text,
    ),
    phrase(
        r"\bvolgens ([^,.;:\n]{2,60}?)(?:[,.;:\n]| (?:is|zijn|was|waren|heeft|hebben|had|wordt|worden|werd|zou|zouden|kan|gaat|staat|gaan|opende|opereert)\b)",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(
        r"\b(?:meldt|melden|meldde|schrijft|schreef|bericht|berichtte|onthulde|onthulden) ([^,.;:\n]{2,50})",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(r"\bblijkt uit ([^,.;:\n]{2,80})", Kind::Name, Reach::Sentence),
    phrase(
        r"\b(?:lijst|bericht|pagina|mededeling|aankondiging|document) (?:op|van) (?:de (?:web)?site van )?([^,.;:\n]{2,90}?) (?:noemt|vermeldt|meldt|toont|spreekt)\b",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(
        r"\b(?:list|notice|page|announcement|document) (?:on|of) (?:the (?:web ?)?site of )?([^,.;:\n]{2,90}?) (?:lists|names|mentions|says|shows)\b",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(
        r"\b(?:lista|nota|pagina|anuncio|documento) (?:en|de) (?:la web de |el sitio de )?([^,.;:\n]{2,90}?) (?:menciona|cita|nombra|muestra)\b",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(
        r"\bop basis van ([^,.;:\n]{0,40}?(?:web ?pagina|website|openbare bron)[^,.;:\n]{0,10})",
        Kind::Page,
        Reach::Text,
    ),
    phrase(r"\baldus ([^,.;:\n]{2,50})", Kind::Speaker, Reach::Sentence),
    phrase(
        r"\bsegun ([^,.;:\n]{2,60}?)(?:[,.;:\n]| (?:es|son|era|eran|fue|fueron|hay|habria|habrian|tiene|tienen|esta|estan)\b)",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(r"\bde acuerdo con ([^,.;:\n]{2,50})", Kind::Name, Reach::Sentence),
    phrase(
        r"\b(?:informo|informa|publico|publica|revelo) ((?:el|la|los) [^,.;:\n]{2,40})",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(
        r"\baccording to ([^,.;:\n]{2,60}?)(?:[,.;:\n]| (?:is|are|was|were|has|have|had|there)\b)",
        Kind::Name,
        Reach::Sentence,
    ),
    phrase(r"\b(?:as reported by|first reported by|citing) ([^,.;:\n]{2,50})", Kind::Name, Reach::Sentence),
    phrase(r"(?:^|[.\n] ?)((?:the )?[a-z][a-z' -]{2,40}?) reported\b", Kind::Name, Reach::Sentence),
    phrase(
        r"\b(?:based on|found on|read on|drawn from) ([^,.;:\n]{0,40}?web ?(?:sites?|pages?))",
        Kind::Page,
        Reach::Text,
    ),
    phrase(
        r"\b((?:some |several |well-placed |local )?sources (?:assure|say|said|close|told)|it is said|rumou?r has it|(?:bronnen|ingewijden) (?:zeggen|melden|verzekeren)|naar verluidt|fuentes (?:cercanas|consultadas|aseguran|afirman)|se dice que)",
        Kind::Nobody,
        Reach::Sentence,
    ),
    phrase(
        r"(?:^|\n)\s*(?:bron|fuente|source|overgenomen van|reprinted from)\s*: ?([^\n]{2,40})",
        Kind::Name,
        Reach::Text,
    ),
];

fn phrases() -> impl Iterator<Item = (&'static Phrase, &'static Regex)> {
    static COMPILED: OnceLock<Vec<Option<Regex>>> = OnceLock::new();
    // A pattern that did not compile is a mistake in the table above; a test looks for it.
    // A dot inside an address (`www.paper.example`) ends no name.
    let pattern = |p: &Phrase| fold(p.pattern).replace(r"[^,.;:\n]", r"(?:[^,.;:\n]|\.[a-z0-9])");
    let compiled = COMPILED.get_or_init(|| PHRASES.iter().map(|p| Regex::new(&pattern(p)).ok()).collect());
    PHRASES.iter().zip(compiled).filter_map(|(p, r)| Some((p, r.as_ref()?)))
}

fn cited(kind: Kind, text: &str) -> Option<Cited> {
    let text = text.to_owned();
    match kind {
        Kind::Nobody => Some(Cited::Nobody(text)),
        Kind::Page => Some(Cited::UnnamedPage(text)),
        _ if is_nobody(&text) => Some(Cited::Nobody(text)),
        _ if is_unnamed_page(&text) => Some(Cited::UnnamedPage(text)),
        Kind::Speaker => Some(Cited::Speaker(text)),
        Kind::Name => {
            let key = address_in(&text).unwrap_or_else(|| name_key(&text));
            (key.chars().count() >= 2).then_some(Cited::Named { text, key, documents: Vec::new() })
        }
    }
}

/// The host of an address that stands in a name (`a notice on www.paper.example`).
fn address_in(text: &str) -> Option<String> {
    let folded = fold(text);
    let word = folded
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .map(|word| word.trim_matches('.'))
        .find(|word| word.contains('.') && word.split('.').all(|part| !part.is_empty()))?;
    let host = word.strip_prefix("www.").unwrap_or(word);
    // Numbers with a point in them are no address.
    host.rsplit('.').next().filter(|end| end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic()))?;
    Some(host.to_owned())
}

/// `(ANP)` and the like: capitals in brackets at the head, or a last line of capitals.
fn agency_marks(document: &Document, head: usize, length: usize) -> Vec<Citation> {
    let chars: Vec<char> = document.text.chars().collect();
    let at_edge = |at: usize| at < head + 120 || at + 40 > length;
    let mut marks = Vec::new();
    for start in (0..chars.len()).filter(|&at| chars[at] == '(' && at_edge(at)) {
        let capitals = chars[start + 1..].iter().take(9).take_while(|c| c.is_ascii_uppercase()).count();
        if (2..=8).contains(&capitals) && chars.get(start + 1 + capitals) == Some(&')') {
            let text: String = chars[start + 1..start + 1 + capitals].iter().collect();
            let source = Cited::Named { key: fold(&text), text, documents: Vec::new() };
            let span = Span::new(start, start + capitals + 2);
            marks.push(Citation { span, covers: Span::new(0, length), source, whole_text: true });
        }
    }
    marks
}

/// The folded text with its line ends kept: a name ends where its line ends.
fn with_lines(text: &str) -> Folded {
    let mut folded = fold_with_map(text);
    let chars: Vec<char> = text.chars().collect();
    let line_end = |at: Option<&u32>| at.and_then(|n| chars.get(*n as usize)) == Some(&'\n');
    folded.text = folded
        .text
        .chars()
        .enumerate()
        .map(|(at, c)| if c == ' ' && line_end(folded.map.get(at)) { '\n' } else { c })
        .collect();
    folded
}

fn source(folded: &Folded, start: usize, end: usize) -> Span {
    let count = |to: usize| folded.text.get(..to).map_or(0, |t| t.chars().count());
    let (from, to) = folded.source(count(start), count(end));
    Span::new(from, to)
}

fn block(document: &Document, span: Span) -> Span {
    let whole = Span::new(0, document.text.chars().count());
    document.blocks.iter().map(|b| b.span).find(|b| b.overlaps(&span)).unwrap_or(whole)
}

/// The sentence around a phrase. One that points back ("Dat blijkt uit …")
/// takes along what stands before it in its block.
fn sentence(document: &Document, span: Span) -> Span {
    let block = block(document, span);
    let chars: Vec<char> = document.text.chars().skip(block.start).take(block.len()).collect();
    let ends = |at: usize| match chars[at] {
        '。' | '！' | '？' | '\n' => true,
        '.' | '!' | '?' => chars.get(at + 1).is_none_or(|c| c.is_whitespace()),
        _ => false,
    };
    let (from, to) =
        (span.start.saturating_sub(block.start).min(chars.len()), span.end.saturating_sub(block.start + 1));
    let start = (0..from).rev().find(|&at| ends(at)).map_or(0, |at| at + 1);
    let end = (to..chars.len()).find(|&at| ends(at)).map_or(chars.len(), |at| at + 1);
    let head: String = chars[start..end.max(start)].iter().collect::<String>().trim_start().to_lowercase();
    let points_back = ["dat ", "dit ", "zo ", "that ", "this ", "así ", "esto ", "此事", "上述"];
    let start = if points_back.iter().any(|word| head.starts_with(word)) { 0 } else { start };
    Span::new(block.start + start, block.start + end)
}

/// What a document calls itself and is called.
fn own_names(input: &DocumentInput<'_>) -> Vec<String> {
    let publisher = input.findings.publisher.as_ref();
    let address = input.host.as_deref().map(|h| h.trim_start_matches("www."));
    let host = address.map(|h| h.split('.').next().unwrap_or(""));
    let mut names: Vec<String> = [
        publisher.map(|p| p.text.as_str()),
        publisher.map(|p| p.key.as_str()),
        input.document.site_name.as_deref(),
        input.document.author.as_deref(),
        input.site.as_deref(),
        host,
        address,
        input.document.title.as_deref(),
    ]
    .into_iter()
    .flatten()
    .map(name_key)
    .filter(|name| is_telling(name))
    .collect();
    names.sort();
    names.dedup();
    names
}

/// Two letters of Latin or one of Han name nobody.
fn is_telling(name: &str) -> bool {
    name.chars().map(|c| if plainsight_text::is_han(c) { 2 } else { 1 }).sum::<usize>() >= 3
}

/// Tells whether two folded names are one, or one stands in the other as whole words.
pub(crate) fn same_name(name: &str, key: &str) -> bool {
    let squeeze = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (a, b) = (squeeze(name), squeeze(key));
    if a == b {
        return true;
    }
    let (short, long) = if name.len() <= key.len() { (name, key) } else { (key, name) };
    if !is_telling(short) || short.chars().count() < 3 {
        return false;
    }
    if short.chars().any(plainsight_text::is_han) {
        return long.contains(short);
    }
    // Latin: whole words, and no single common word such as "police".
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (short, long) = (words(short), words(long));
    short.len() >= 2 && long.windows(short.len()).any(|part| part == short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_case::document;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(phrases().count(), PHRASES.len());
        assert!(is_nobody("bronnen rond het college") && !is_nobody("het college"));
        assert!(is_unnamed_page("Chinese webpagina’s"));
    }

    #[test]
    fn who_is_credited() {
        for (text, source, whole_text) in [
            ("昨天有人开会。据晨海日报报道，该站已经成立，多名居民前往办理业务。", "named 晨海日报", true),
            ("昨天有人開會。據晨海日報報導，該站已經成立，多名居民前往辦理業務。", "named 晨海日報", true),
            ("某地成立服务站。\n来源：晨海网", "named 晨海网", true),
            ("来源：晨海网　发布时间：2018-06-19　阅读：88\n某地成立服务站。", "named 晨海网", true),
            ("来源：晨海网 2018-06-19\n某地成立服务站。", "named 晨海网", true),
            ("來源：The Harbour Courier\n某地成立服務站。", "named The Harbour Courier", true),
            ("發布時間：2018-06-19 轉貼自晨海網\n某地成立服務站。", "named 晨海網", true),
            ("本文转自晨海网。该站成立。", "named 晨海网", true),
            ("这里没有别的消息。据悉，该站已经成立。", "nobody 据悉", false),
            ("本报查阅多个网页后发现，该站于2018年成立。", "page 多个网页后发现", true),
            ("Er is een post. Volgens De Zeebode, opende die in 2018.", "named De Zeebode", false),
            (
                "Dat blijkt uit Zandse webpagina’s die de redactie las.",
                "page Zandse webpagina’s die de redactie las",
                false,
            ),
            ("De post opende in 2018, zo meldt De Zeebode.", "named De Zeebode", false),
            ("ZEESTAD (ANP) - De post opende in 2018.", "named ANP", true),
            ("Hay un puesto. Según El Faro del Puerto, abrió en 2018.", "named El Faro del Puerto", false),
            ("Abrió en 2018. Fuentes cercanas lo confirman.", "nobody Fuentes cercanas", false),
            (
                "It is there. According to the Harbour Courier, it opened in 2018.",
                "named the Harbour Courier",
                false,
            ),
            ("It is there. Sources assure us that it is.", "nobody Sources assure", false),
            ("The list is based on Zandian web pages.", "page Zandian web pages", true),
        ] {
            let document = document("x", text);
            let found = citations(&document);
            let shown: Vec<(String, bool)> = found
                .iter()
                .map(|c| {
                    let source = match &c.source {
                        Cited::Named { text, .. } => format!("named {text}"),
                        Cited::UnnamedPage(text) => format!("page {text}"),
                        Cited::Nobody(text) => format!("nobody {text}"),
                        Cited::Speaker(text) => format!("speaker {text}"),
                    };
                    (source, c.whole_text)
                })
                .collect();
            assert!(shown.contains(&(source.to_owned(), whole_text)), "{text}: {shown:?}");
        }
        assert!(citations(&document("x", "该站于2018年成立，提供驾照服务。")).is_empty());
    }

    #[test]
    fn names_are_found_among_the_documents() {
        assert!(same_name("zeebode", &name_key("De Zeebode")));
        assert!(same_name("晨海日报", "晨海日报社"));
        assert!(same_name("harbour courier", "harbour courier of zand"));
        assert!(!same_name("police", "police of zand"));
        assert!(!same_name("晨", "晨海"));
    }
}
