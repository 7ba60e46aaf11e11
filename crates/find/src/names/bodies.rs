//! Names of bodies: from the word that closes one back to where it begins.
//!
//! 江苏省苏州明灯激光有限公司: a closing word, the nouns before it, and the place or body that opens
//! it. Without a place only closing words of companies, schools, papers and the like are enough, and
//! then only the noun beside them belongs to the name.

use super::cues::{Cues, cues};
use super::lattice::Kind;
use super::units::Unit;
use super::{Found, NameKind};
use plainsight_text::Pattern;
use std::sync::LazyLock;

/// How many words before the closing one may belong to a name.
const MOST_WORDS: usize = 8;
/// The longest closing word, in characters.
const LONGEST_CLOSING: usize = 5;
/// Words that look like bodies and are named by what stands beside them, if at all.
const NEVER: [&str; 4] = ["政府", "机构", "组织", "新闻中心"];
/// Words at which a name begins anew, though they are nouns or the like.
const BORDERS: [&str; 4] = ["等", "各", "有关", "全体"];
/// Closing words whose name may have several nouns and no place: 国际发展研究所.
const OF_SEVERAL: [&str; 7] = ["委员会", "公司", "协会", "学会", "法院", "分会", "研究所"];

/// A congress by its number: 十五大, 第八次全国代表大会.
static CONGRESS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::constant(
        "十[一二三四五六七八九]大|第[一二三四五六七八九十]{1,6}[次届](?:全国)?(?:人民)?代表大会",
    )
});

/// All names of the units, with those of bodies put together.
pub(super) fn with_bodies(letters: &[char], units: &[Unit]) -> Vec<Found> {
    let cues = cues();
    let mut begins: Vec<Option<usize>> = vec![None; units.len()];
    let mut at = units.len();
    while at > 0 {
        at -= 1;
        if let Some(first) = (Search { letters, units, cues, last: at }).begin() {
            begins[at] = Some(first);
            at = first;
        }
    }
    let mut out: Vec<Found> = Vec::new();
    let mut last = units.len();
    while last > 0 {
        last -= 1;
        match (begins[last], units[last].name) {
            (Some(first), _) => {
                out.push((units[first].start, units[last].end, NameKind::Body));
                last = first;
            }
            (None, Some(kind)) => out.push((units[last].start, units[last].end, kind)),
            _ => {}
        }
    }
    out.reverse();
    congresses(letters, out)
}

/// The search for where the body that one unit closes begins.
struct Search<'s> {
    letters: &'s [char],
    units: &'s [Unit],
    cues: &'s Cues,
    last: usize,
}

impl Search<'_> {
    fn begin(&self) -> Option<usize> {
        let unit = &self.units[self.last];
        let is_body = unit.name == Some(NameKind::Body);
        let closing = self.closing(unit);
        let word = unit.text.as_str();
        let none = self.cues.generic.contains(word) || NEVER.contains(&word) || word.ends_with("公报");
        if !is_body && (closing.is_none() || none) {
            return None;
        }
        // A company that is known by its name stands alone: 上海 is where, and no part of it.
        if is_body && unit.kind == Kind::Body && closing.is_none() {
            return Some(self.last);
        }
        let (first, opened) = self.back(closing);
        if let Some(place) = opened {
            let beside = place + 1 == self.last && self.units[place].short;
            let one = closing.is_some_and(|closing| closing.chars().count() == 1);
            if is_body || !(one && beside) {
                return Some(place);
            }
        }
        if is_body {
            return Some(self.last);
        }
        self.without_place(closing?, first)
    }

    /// The closing word of a unit.
    fn closing<'u>(&self, unit: &'u Unit) -> Option<&'u str> {
        if unit.name == Some(NameKind::Person) {
            return None;
        }
        let text = unit.text.as_str();
        let tail = |n: usize| text.char_indices().rev().nth(n - 1).map(|(at, _)| &text[at..]);
        let long = (2..=LONGEST_CLOSING).rev().filter_map(tail).find(|tail| self.cues.closing.contains(tail));
        let noun = matches!(unit.kind, Kind::Noun | Kind::SaidBody) && unit.len() >= 3;
        let short =
            || tail(1).filter(|tail| self.cues.closing_one.contains(tail) && (noun || unit.len() == 1));
        long.or_else(short)
    }

    /// How far back the words belong to one name, and the place or body that opens it.
    fn back(&self, closing: Option<&str>) -> (usize, Option<usize>) {
        let mut first = self.last;
        let mut opened = None;
        while first > 0 && self.last - first < MOST_WORDS {
            let unit = &self.units[first - 1];
            if unit.end != self.units[first].start {
                break;
            }
            let long = closing.is_some_and(|closing| closing.chars().count() > 1);
            match unit.name {
                Some(NameKind::Body)
                    if unit.kind == Kind::Body && self.closing(unit).is_none() && !is_party(unit) =>
                {
                    break;
                }
                // The troops in a place are not the place's.
                Some(NameKind::Place) if closing == Some("部队") && self.before(unit) == Some('驻') => {
                    opened = None;
                    break;
                }
                Some(NameKind::Place | NameKind::Body) if !unit.short || long => opened = Some(first - 1),
                Some(NameKind::Person) if long && !matches!(closing, Some("代表团" | "办公室")) => {}
                Some(_) => break,
                None if unit.text == "—"
                    && first >= 2
                    && self.units[first - 2].name == Some(NameKind::Place) => {}
                None if self.belongs(first - 1) => {}
                None => break,
            }
            first -= 1;
        }
        (first, opened)
    }

    fn before(&self, unit: &Unit) -> Option<char> {
        self.letters.get(unit.start.checked_sub(1)?).copied()
    }

    /// Whether a word that is no name may stand inside the name of a body.
    fn belongs(&self, at: usize) -> bool {
        let unit = &self.units[at];
        let word = unit.text.as_str();
        if self.cues.roles.contains(word) || BORDERS.contains(&word) {
            return false;
        }
        match unit.kind {
            Kind::Noun | Kind::SaidPerson | Kind::SaidPlace | Kind::SaidBody | Kind::Letters => {
                !self.cues.not_before.contains(word)
            }
            // 友好 in 中国友好协会: between two words of the name.
            Kind::Verb if unit.len() >= 2 && !self.cues.verbs.contains(word) => {
                let before =
                    at.checked_sub(1).map(|n| &self.units[n]).filter(|before| before.end == unit.start);
                before.is_some_and(|before| match before.name {
                    Some(NameKind::Place | NameKind::Body) => true,
                    Some(NameKind::Person) => false,
                    None => before.kind == Kind::Noun && before.len() > 1,
                })
            }
            _ => false,
        }
    }

    fn without_place(&self, closing: &str, first: usize) -> Option<usize> {
        let unit = &self.units[self.last];
        if first < self.last && self.cues.named_by_kind.contains(closing) {
            return Some(if OF_SEVERAL.contains(&closing) { first } else { self.last - 1 });
        }
        let told = unit.kind == Kind::SaidBody && unit.len() >= closing.chars().count() + 2;
        (told || self.cues.alone.contains(unit.text.as_str())).then_some(self.last)
    }
}

/// A party is the beginning of its congresses and committees.
fn is_party(unit: &Unit) -> bool {
    unit.text.ends_with(['共', '革', '进'])
}

/// Adds congresses that are named by their number, with the body that holds them before it. Names
/// come by position, and what lies under a congress gives way to it.
fn congresses(letters: &[char], found: Vec<Found>) -> Vec<Found> {
    let text: String = letters.iter().collect();
    let chars = plainsight_text::Chars::new(&text);
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    let mut names = found.into_iter().peekable();
    for hit in CONGRESS.captures_iter(&plainsight_text::Haystack::new(&text)).filter_map(|hit| hit.get(0)) {
        let (mut start, end) = (chars.code_point(hit.start()), chars.code_point(hit.end()));
        while let Some(before) = names.next_if(|(_, to, _)| *to <= start) {
            out.push(before);
        }
        if names.peek().is_some_and(|(from, to, _)| *from <= start && *to >= end) {
            continue;
        }
        while names.next_if(|(from, ..)| *from < end).is_some() {}
        if let Some((from, ..)) = out.pop_if(|(_, to, kind)| *to == start && *kind == NameKind::Body) {
            start = from;
        }
        if out.last().is_none_or(|(_, to, _)| *to <= start) {
            out.push((start, end, NameKind::Body));
        }
    }
    out.extend(names);
    out
}
