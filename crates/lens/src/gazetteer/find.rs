//! Places in a text: every form by one automaton, then borders, cues, longest first.

use super::layer::Pattern;
use super::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::{Day, fold_with_map, is_han};

/// How far from an ordinary word its country or province may stand to be its cue, in code points.
const CUE_REACH: usize = 40;
/// How far a state or province may stand to decide which of several namesakes is meant.
const CONTEXT_REACH: usize = 80;

/// How far the start of a name may stand from another one that it may help, in code points.
const FARTHEST: usize = 160;

/// A place name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceHit {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What it may name, the likeliest first; never empty.
    pub places: Vec<PlaceRef>,
}

/// A hit before the rules about cues and overlaps.
struct Candidate {
    hit: PlaceHit,
    cue: bool,
    han: bool,
}

pub(super) fn find(gazetteer: &Gazetteer, text: &str, day: Option<Day>) -> Vec<PlaceHit> {
    let source: Vec<char> = text.chars().collect();
    let (certain, doubtful) = candidates(gazetteer, text, &source, day).into_iter().partition(|c| !c.cue);
    let certain: Vec<Candidate> = certain;
    let doubtful: Vec<Candidate> = doubtful;
    let cued: Vec<bool> = doubtful.iter().map(|c| has_cue(gazetteer, c, &certain, &source)).collect();
    let mut all: Vec<PlaceHit> = certain.into_iter().map(|c| c.hit).collect();
    all.extend(doubtful.into_iter().zip(cued).filter(|(_, cued)| *cued).map(|(c, _)| c.hit));
    let mut kept = longest(all);
    by_context(gazetteer, &mut kept);
    kept
}

pub(super) fn forms(gazetteer: &Gazetteer, text: &str, day: Option<Day>) -> Vec<PlaceHit> {
    let source: Vec<char> = text.chars().collect();
    candidates(gazetteer, text, &source, day).into_iter().map(|c| c.hit).collect()
}

fn candidates(gazetteer: &Gazetteer, text: &str, source: &[char], day: Option<Day>) -> Vec<Candidate> {
    let folded = fold_with_map(text);
    let mut out = Vec::new();
    for layer in gazetteer.layers() {
        layer.each(&folded.text, |start, end, pattern| {
            // A ligature or a wide letter folds to several: a hit inside one is none.
            let (start, end) = folded.source(start, end);
            if start >= end || end > source.len() || !fits(pattern, source, start, end) {
                return;
            }
            let mut places = gazetteer.named_on(&pattern.folded, day);
            let word = &source[start..end];
            if !pattern.han && !word.iter().all(char::is_ascii) {
                let word: String = word.iter().collect();
                places.retain(|place| written(gazetteer, *place, &word));
            }
            if !places.is_empty() {
                out.push(Candidate {
                    hit: PlaceHit { start, end, places },
                    cue: pattern.cue,
                    han: pattern.han,
                });
            }
        });
    }
    out.sort_by_key(|c| (c.hit.start, c.hit.end, c.cue));
    out.dedup_by(|b, a| a.hit.start == b.hit.start && a.hit.end == b.hit.end);
    out
}

/// Whether a place is ever written with these marks: Vân is not Van, but Málaga is Malaga.
fn written(gazetteer: &Gazetteer, place: PlaceRef, word: &str) -> bool {
    let word = word.to_lowercase();
    gazetteer.get(place).forms.iter().any(|(_, form)| form.to_lowercase() == word)
}

/// Latin names stand between borders and begin with a capital; short ones (US, UK) are all capitals.
fn fits(pattern: &Pattern, source: &[char], start: usize, end: usize) -> bool {
    if pattern.han {
        return true;
    }
    let letter = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric() && !is_han(*c));
    let before = start.checked_sub(1).and_then(|at| source.get(at));
    if letter(before) || letter(source.get(end)) {
        return false;
    }
    let word = &source[start..end];
    // 's-Gravenhage begins with a small letter that belongs to an article.
    let head =
        if word.first() == Some(&'\'') || word.first() == Some(&'’') { word.get(3) } else { word.first() };
    // “El centro” is no El Centro: the last word of a name begins with a capital too.
    let last = word.iter().rposition(|c| *c == ' ').and_then(|at| word.get(at + 1));
    let capital = [head, last].into_iter().flatten().all(|c| !c.is_lowercase()) && head.is_some();
    let letters = word.iter().filter(|c| c.is_alphabetic()).count();
    let short = letters <= 2 || (letters == 3 && ABBREVIATIONS.contains(&pattern.folded.as_str()));
    capital && (!short || word.iter().all(|c| !c.is_lowercase()))
}

/// Three letters that are a state only when all are capitals (es EAU, fr eau).
const ABBREVIATIONS: [&str; 6] = ["drc", "eau", "prc", "uae", "usa", "vae"];

fn has_cue(gazetteer: &Gazetteer, candidate: &Candidate, certain: &[Candidate], source: &[char]) -> bool {
    let hit = &candidate.hit;
    if !candidate.han
        && (after_preposition(source, hit.start)
            || after_post_code(source, hit.start)
            || after_street(source, hit.start))
    {
        return true;
    }
    // Only what stands near is looked at: a page may hold very many names.
    let from = certain.partition_point(|c| c.hit.start + FARTHEST < hit.start);
    let near = certain[from..].iter().take_while(|c| c.hit.start < hit.end + FARTHEST);
    near.filter(|c| !overlap(&c.hit, hit)).any(|c| {
        let gap =
            if c.hit.end <= hit.start { hit.start - c.hit.end } else { c.hit.start.saturating_sub(hit.end) };
        // In Han a province stands directly before its county; Latin names may be parted by a comma or words.
        let reach = if candidate.han { 1 } else { CUE_REACH };
        let over = |p: &PlaceRef| gazetteer.chain(*p).iter().skip(1).any(|up| c.hit.places.contains(up));
        gap <= reach && hit.places.iter().any(over)
    })
}

/// English, Dutch and Spanish words that a place follows.
const PREPOSITIONS: [&str; 10] = ["in", "te", "bij", "naar", "near", "en", "nabij", "uit", "desde", "at"];

fn after_preposition(source: &[char], start: usize) -> bool {
    let before: String = source[start.saturating_sub(10)..start].iter().collect();
    let Some(rest) = before.strip_suffix(' ') else { return false };
    let word = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    // “In Reading” at the head of a sentence counts too.
    PREPOSITIONS.contains(&word.to_lowercase().as_str())
}

/// `5684 AB Best`, `28013 Madrid`: a post code directly before.
pub(super) fn after_post_code(source: &[char], start: usize) -> bool {
    let before: String = source[start.saturating_sub(10)..start].iter().collect();
    let Some(rest) = before.strip_suffix(' ') else { return false };
    let bare = rest.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let letters = rest.len() - bare.len();
    let digits = bare.trim_end().chars().rev().take_while(char::is_ascii_digit).count();
    matches!((digits, letters), (4..=6, 0) | (4, 2))
}

/// `at 12 Lantern Arcade, Best`: a street with its number, and a comma.
pub(super) fn after_street(source: &[char], start: usize) -> bool {
    const LONGEST: usize = 40;
    let before: String = source[start.saturating_sub(LONGEST)..start].iter().collect();
    let Some(rest) = before.strip_suffix(", ") else { return false };
    let street = rest.rsplit([',', ';', ':', '(', '.', '\n']).next().unwrap_or("");
    let words = || street.split_whitespace();
    let number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().filter(char::is_ascii_digit).count() <= 4
            && word.len() <= 5
    };
    let name = |word: &str| word.chars().count() >= 4 && word.starts_with(char::is_uppercase);
    words().any(number) && words().any(name) && street.chars().filter(char::is_ascii_digit).count() <= 5
}

/// The longest hit wins over every hit that it overlaps; of equal length the first.
fn longest(mut all: Vec<PlaceHit>) -> Vec<PlaceHit> {
    all.sort_by_key(|h| (std::cmp::Reverse(h.end - h.start), h.start));
    let mut taken: std::collections::BTreeMap<usize, PlaceHit> = std::collections::BTreeMap::new();
    for hit in all {
        let before = taken.range(..hit.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= hit.start) {
            taken.insert(hit.start, hit);
        }
    }
    taken.into_values().collect()
}

/// Puts the namesake first whose state or province is named nearby.
fn by_context(gazetteer: &Gazetteer, hits: &mut [PlaceHit]) {
    let wide: Vec<(usize, usize, PlaceRef)> = hits
        .iter()
        .filter(|h| h.places.len() == 1 && gazetteer.get(h.places[0]).kind <= PlaceKind::Prefecture)
        .map(|h| (h.start, h.end, h.places[0]))
        .collect();
    for hit in hits.iter_mut().filter(|h| h.places.len() > 1) {
        let from = wide.partition_point(|(start, ..)| start + FARTHEST < hit.start);
        let around: Vec<_> =
            wide[from..].iter().take_while(|(start, ..)| *start < hit.end + FARTHEST).collect();
        let near = |place: &PlaceRef| {
            let ups = gazetteer.chain(*place);
            let gap = |(start, end, _): &&&(usize, usize, PlaceRef)| {
                if *end <= hit.start { hit.start - *end } else { start.saturating_sub(hit.end) }
            };
            let over = around.iter().filter(|(_, _, up)| ups[1..].contains(up));
            over.map(|w| gap(&w)).filter(|gap| *gap <= CONTEXT_REACH).min().unwrap_or(usize::MAX)
        };
        let mut order: Vec<(usize, PlaceRef)> = hit.places.iter().map(|p| (near(p), *p)).collect();
        order.sort_by_key(|(gap, _)| *gap);
        hit.places = order.into_iter().map(|(_, place)| place).collect();
    }
}

fn overlap(a: &PlaceHit, b: &PlaceHit) -> bool {
    a.start < b.end && b.start < a.end
}
