//! The grammar: an organ's word, its place before or after, its branch.

use super::heads::{At, Head, Heads, heads};
use super::{AgencyHit, AgencySlots, Level, unplaced};
use plainsight_lens::{Gazetteer, PlaceHit, PlaceKind, PlaceRef};
use plainsight_text::{Chars, Day, fold, fold_with_map, is_han};
use std::collections::{BTreeMap, HashMap};

/// A branch or station has at most so many characters before 分局 or 派出所.
const BRANCH_LENGTH: usize = 8;
/// At most so many words stand between an organ and its place.
const WORDS_BETWEEN: usize = 6;

/// So many provinces and prefectures of a text are looked at to tell namesakes apart.
const MOST_WIDE: usize = 1_000;

/// Finds bodies by the words of one table.
pub(super) fn find(
    text: &str,
    gazetteer: &Gazetteer,
    day: Option<Day>,
    table: &'static Heads,
) -> Vec<AgencyHit> {
    // Most names and many texts have none of the words: that is found out without their offsets.
    if !table.automaton.as_ref().is_some_and(|automaton| automaton.is_match(&fold(text))) {
        return Vec::new();
    }
    let source: Vec<char> = text.chars().collect();
    let found = head_hits(text, &source, table);
    // Most texts name no body: the places are only looked for where one does.
    if found.is_empty() {
        return Vec::new();
    }
    let page = Page::new(text, source, gazetteer, day);
    let mut hits: Vec<AgencyHit> =
        found.iter().filter_map(|(start, end, head)| page.agency(*start, *end, head)).collect();
    hits.sort_by_key(|h| (std::cmp::Reverse(h.end - h.start), h.start, h.key.clone()));
    let mut kept: BTreeMap<usize, AgencyHit> = BTreeMap::new();
    for hit in hits {
        let before = kept.range(..hit.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= hit.start) {
            kept.insert(hit.start, hit);
        }
    }
    kept.into_values().collect()
}

/// Words for organs with word borders, the longest at each place.
fn head_hits(text: &str, source: &[char], table: &'static Heads) -> Vec<(usize, usize, &'static Head)> {
    let Some(automaton) = &table.automaton else { return Vec::new() };
    let folded = fold_with_map(text);
    let chars = Chars::new(&folded.text);
    let mut all: Vec<(usize, usize, &'static Head)> = Vec::new();
    for hit in automaton.find_overlapping_iter(&folded.text) {
        let (start, end) = folded.source(chars.code_point(hit.start()), chars.code_point(hit.end()));
        let head = &table.all[hit.pattern().as_usize()];
        if stands(head, source, start, end) {
            all.push((start, end, head));
        }
    }
    // A word inside a longer one (公安 in 公安局) is none; words of one and the same span stay.
    all.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut last = (0, 0);
    all.retain(|(start, end, _)| {
        let outer = *end > last.1 || (*start, *end) == last;
        if *end > last.1 {
            last = (*start, *end);
        }
        outer
    });
    all
}

fn stands(head: &Head, source: &[char], start: usize, end: usize) -> bool {
    if head.form.chars().all(is_han) {
        // 公安部门 is no ministry, 政府间 no government.
        return !matches!(source.get(end), Some('门' | '門' | '间' | '間'));
    }
    let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(*c));
    let before = start.checked_sub(1).and_then(|at| source.get(at));
    let whole = !letter(before) && !letter(source.get(end));
    let abbreviation = head.at == At::Body && head.form.len() <= 5;
    whole && (!abbreviation || source[start..end].iter().all(|c| c.is_uppercase()))
}

/// A text with its places by start and end.
struct Page<'a> {
    source: Vec<char>,
    gazetteer: &'a Gazetteer,
    day: Option<Day>,
    by_start: HashMap<usize, Vec<PlaceHit>>,
    by_end: HashMap<usize, Vec<PlaceHit>>,
    /// Provinces and prefectures named anywhere: they tell namesakes apart.
    wide: Vec<(usize, PlaceRef)>,
}

/// What a word beside the place says of its level.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    None,
    Digits(usize),
}

impl<'a> Page<'a> {
    fn new(text: &str, source: Vec<char>, gazetteer: &'a Gazetteer, day: Option<Day>) -> Self {
        let forms = gazetteer.forms(text, day);
        let (mut by_start, mut by_end) = (HashMap::new(), HashMap::new());
        let mut wide = Vec::new();
        for hit in forms {
            // 公安 is a county too, and in 公安局 it is none.
            let organ = matches!(source.get(hit.end), Some('局' | '厅' | '廳' | '分' | '机' | '機' | '部'));
            if organ && source[hit.start..hit.end] == ['公', '安'] {
                continue;
            }
            let first = gazetteer.get(hit.places[0]);
            if matches!(first.kind, PlaceKind::Province | PlaceKind::Prefecture) && hit.places.len() == 1 {
                wide.push((hit.start, hit.places[0]));
            }
            by_start.entry(hit.start).or_insert_with(Vec::new).push(hit.clone());
            by_end.entry(hit.end).or_insert_with(Vec::new).push(hit);
        }
        // Enough to tell namesakes apart; a page of many thousand names shall not cost their square.
        wide.truncate(MOST_WIDE);
        for hits in by_start.values_mut().chain(by_end.values_mut()) {
            hits.sort_by_key(|h| std::cmp::Reverse(h.end - h.start));
        }
        Self { source, gazetteer, day, by_start, by_end, wide }
    }

    fn agency(&self, start: usize, end: usize, head: &Head) -> Option<AgencyHit> {
        match head.at {
            At::Han => self.han(start, end, head),
            At::MissionHan => self.mission_han(start, end, head),
            At::Both | At::After => self.latin(start, end, head),
            At::Mission => self.mission(start, end, head),
            At::Body => {
                let place = self.gazetteer.by_key(&head.place);
                Some(self.hit(
                    start,
                    end,
                    head,
                    place,
                    AgencySlots { level: Some(Level::National), ..Default::default() },
                ))
            }
        }
    }

    /// `浙江省丽水市青田县公安局`, `X公安局Y分局`, `X公安局Y派出所`.
    fn han(&self, start: usize, end: usize, head: &Head) -> Option<AgencyHit> {
        let mut at = start;
        if head.organ == "station" {
            // A station's own name stands between the place and 派出所.
            at = (start.saturating_sub(BRANCH_LENGTH)..=start)
                .rev()
                .find(|at| self.by_end.contains_key(at))
                .unwrap_or(start);
        }
        // 青田县公安局山口派出所 is read from its bureau on.
        if head.organ == "station" && self.source[at..start].starts_with(&['公', '安']) {
            return None;
        }
        let hint = match self.source[start..end].iter().collect::<String>() {
            unit if unit.ends_with("总队") || unit.ends_with("總隊") => Hint::Digits(2),
            unit if unit.ends_with("支队") || unit.ends_with("支隊") => Hint::Digits(4),
            unit if unit.ends_with("大队") || unit.ends_with("大隊") => Hint::Digits(6),
            _ => Hint::None,
        };
        // 青田县（浙江）公安局: a gloss in brackets stands between the place and its body.
        let at = if head.organ == "station" { at } else { self.skip_gloss(at) };
        let Some((from, place)) = self.place_before(at, hint) else {
            let national = head.organ == "ministry";
            let name_end = self.skip_gloss(start);
            if !national && let Some(from) = unplaced::han_before(&self.source, name_end) {
                return Some(self.unplaced((from, end), (from, name_end), head));
            }
            let acting = ["public-security", "state-security"].contains(&head.function.as_str());
            if !national
                && acting
                && head.organ == "bureau"
                && let Some(from) = unplaced::han_bare_before(&self.source, start)
            {
                return Some(self.unplaced((from, end), (from, start), head));
            }
            let slots = AgencySlots { level: Some(Level::National), ..Default::default() };
            return national.then(|| self.hit(start, end, head, None, slots));
        };
        let mut slots = AgencySlots::default();
        let mut end = end;
        if head.organ == "station" {
            slots.branch = self.folded(at, start);
            slots.level = Some(Level::Below);
        } else if head.organ == "bureau"
            && let Some((branch, organ, to)) = self.branch(end, place)
        {
            slots.branch = branch;
            slots.organ = organ.to_owned();
            end = to;
        }
        Some(self.hit(from, end, head, Some(place), slots))
    }

    /// The branch after a bureau: its folded name or code, the organ, and where it ends.
    fn branch(&self, from: usize, over: PlaceRef) -> Option<(String, &'static str, usize)> {
        let text: String =
            self.source[from..(from + BRANCH_LENGTH + 3).min(self.source.len())].iter().collect();
        let (cut, organ) = [("分局", "branch"), ("派出所", "station")]
            .into_iter()
            .filter_map(|(word, organ)| Some((text.find(word)?, word, organ)))
            .min_by_key(|(at, ..)| *at)
            .map(|(at, word, organ)| ((at, at + word.len()), organ))?;
        let name = &text[..cut.0];
        let length = name.chars().count();
        let plain = |c: char| {
            is_han(c) && !matches!(c, '的' | '在' | '和' | '与' | '及' | '对' | '向' | '将' | '了' | '并')
        };
        if length == 0 || length > BRANCH_LENGTH || !name.chars().all(plain) {
            return None;
        }
        let to = from + length + word_length(organ);
        Some((self.branch_key(name, over), organ, to))
    }

    /// A branch is named after a district of its city where there is one.
    fn branch_key(&self, name: &str, over: PlaceRef) -> String {
        let named = self.gazetteer.named_on(&fold(name.trim()), self.day);
        let under = named.into_iter().find(|p| self.gazetteer.chain(*p).iter().skip(1).any(|up| *up == over));
        under.map_or_else(|| fold(name.trim()), |p| self.gazetteer.key(p))
    }

    /// `中国驻荷兰大使馆`, `驻鹿特丹总领事馆`, `荷兰大使馆`.
    fn mission_han(&self, start: usize, end: usize, head: &Head) -> Option<AgencyHit> {
        let stay = |c: Option<&char>| matches!(c, Some('驻' | '駐'));
        let short = start
            .checked_sub(2)
            .filter(|at| stay(self.source.get(*at)))
            .and_then(|at| Some((at + 1, self.gazetteer.by_key(one_character_state(self.source[at + 1])?)?)));
        let (from, place) = short.or_else(|| self.place_before(start, Hint::None))?;
        let stays = from.checked_sub(1).filter(|at| stay(self.source.get(*at)));
        let Some(at) = stays else {
            // An office of some town is no mission; an embassy is one of a state.
            let state = self.gazetteer.get(place).kind == PlaceKind::Country;
            let mission = head.form.ends_with(&fold("馆"));
            return (state && mission)
                .then(|| self.hit(from, end, head, Some(place), AgencySlots::default()));
        };
        let slots = AgencySlots { host: self.gazetteer.key(place), ..Default::default() };
        let sender = self
            .place_before(at, Hint::None)
            .filter(|(_, p)| self.gazetteer.get(*p).kind == PlaceKind::Country);
        let (from, sender) = sender.map_or((at, None), |(from, place)| (from, Some(place)));
        Some(self.hit(from, end, head, sender, slots))
    }

    /// `Qingtian County Public Security Bureau`, `politie van Lishui`, `Buró de Seguridad Pública de Fuzhou`.
    fn latin(&self, start: usize, end: usize, head: &Head) -> Option<AgencyHit> {
        let national = head.organ == "ministry";
        let found = (head.at == At::Both).then(|| self.latin_before(start)).flatten();
        let found = found.map(|(from, place)| (from, end, place));
        let found = found.or_else(|| self.latin_after(end, false).map(|(to, place)| (start, to, place)));
        let found = found.or_else(|| self.adjective(start, end));
        let Some((from, to, place)) = found else {
            if national {
                let slots = AgencySlots { level: Some(Level::National), ..Default::default() };
                return Some(self.hit(start, end, head, None, slots));
            }
            // A place that is known and did not fit is no body's: “the police in Madrid”.
            let unknown = |name: &(usize, usize)| {
                !self.by_start.contains_key(&name.0) && !self.by_end.contains_key(&name.1)
            };
            // “Directorate of Provincial Security in X” is X's; “the police in X” only says where.
            // “The municipal police in X” is that of X.
            let directs =
                ["directorate", "bureau of", "municipal", "city p", "county p", "provincial", "district p"]
                    .iter()
                    .any(|word| head.form.contains(word));
            if let Some(name) = unplaced::latin_after(&self.source, end, directs).filter(unknown) {
                return Some(self.unplaced((start, name.1), name, head));
            }
            let before = (head.at == At::Both)
                .then(|| unplaced::latin_before(&self.source, start))
                .flatten()
                .filter(unknown);
            return before.map(|name| self.unplaced((name.0, end), name, head));
        };
        let mut slots = AgencySlots::default();
        let mut to = to;
        if let Some((branch, end)) = self.latin_branch(to, place) {
            slots.branch = branch;
            slots.organ = "branch".to_owned();
            to = end;
        }
        Some(self.hit(from, to, head, Some(place), slots))
    }

    /// `, Chaoyang Branch` after a bureau.
    fn latin_branch(&self, end: usize, over: PlaceRef) -> Option<(String, usize)> {
        let (word, from, to) = self.word_after(end)?;
        let (next, _, end) = self.word_after(to)?;
        let branch = matches!(next.as_str(), "branch" | "sub-bureau" | "subbureau");
        let gap = self.folded(end.min(to), from.max(to));
        (branch && gap.len() <= 2).then(|| (self.branch_key(&word, over), end))
    }

    fn latin_before(&self, start: usize) -> Option<(usize, PlaceRef)> {
        let mut at = start;
        let mut hint = Hint::None;
        for _ in 0..4 {
            at = self.skip_back(at);
            if let Some((from, place)) = self.place_before(at, hint) {
                return Some((from, place));
            }
            let (word, from) = self.word_before(at)?;
            hint = match level_word(&word) {
                Some(Hint::None) => hint,
                Some(found) => found,
                None => return None,
            };
            at = from;
        }
        None
    }

    fn latin_after(&self, end: usize, host: bool) -> Option<(usize, PlaceRef)> {
        let mut at = end;
        let mut hint = Hint::None;
        let mut inside = false;
        for _ in 0..=WORDS_BETWEEN {
            let (word, from, to) = self.word_after(at)?;
            if self.source[at..from].iter().any(|c| !c.is_whitespace()) {
                return None;
            }
            if let Some(hits) = self.by_start.get(&from)
                && let Some((end, place)) =
                    hits.iter().find_map(|h| Some((h.end, self.choose(&h.places, hint, None, h.start)?)))
            {
                let allowed = !inside || self.has_code(place);
                return allowed.then(|| (self.trailing_level(end), place));
            }
            let links: &[&str] = if host {
                &[
                    "in", "to", "te", "en", "bij", "a", "ante", "the", "het", "de", "los", "las", "la", "el",
                    "los",
                ]
            } else {
                &["of", "from", "van", "uit", "de", "del", "la", "el", "las", "los", "the", "het", "voor"]
            };
            match level_word(&word) {
                Some(Hint::None) => {}
                Some(found) => hint = found,
                None if links.contains(&word.as_str()) => {}
                // “the police in Qingtian” is a body; “the police in Madrid” only says where.
                None if !host && matches!(word.as_str(), "in" | "en") => inside = true,
                // “politie uit de Chinese stad Lishui”.
                None if at > end && heads().adjectives.contains_key(&word) => {}
                None => return None,
            }
            at = to;
        }
        None
    }

    fn has_code(&self, place: PlaceRef) -> bool {
        let place = self.gazetteer.get(place);
        place.kind != PlaceKind::Country && place.code.is_some()
    }

    /// `police of Qingtian county`: the word after the place belongs to it.
    fn trailing_level(&self, end: usize) -> usize {
        match self.word_after(end) {
            Some((word, from, to))
                if from == end + 1 && matches!(level_word(&word), Some(Hint::Digits(_))) =>
            {
                to
            }
            _ => end,
        }
    }

    /// `Chinese embassy`, `Nederlandse politie`, `gobierno chino`.
    fn adjective(&self, start: usize, end: usize) -> Option<(usize, usize, PlaceRef)> {
        let country = |word: &str| self.gazetteer.by_key(heads().adjectives.get(word)?);
        let before = self.word_before(self.skip_back(start));
        if let Some((from, place)) = before.and_then(|(word, from)| Some((from, country(&word)?))) {
            return Some((from, end, place));
        }
        let (word, from, to) = self.word_after(end)?;
        (from == end + 1).then_some(()).and_then(|()| Some((start, to, country(&word)?)))
    }

    /// `Embassy of X in Y`, `X's embassy in Y`, `Chinese ambassade in Den Haag`, `embajada de X en Y`.
    fn mission(&self, start: usize, end: usize, head: &Head) -> Option<AgencyHit> {
        let mut span = (start, end);
        let mut sender = self.adjective(start, end).map(|(from, to, place)| (from, to, Some(place)));
        if sender.is_none() {
            let state = |p: &PlaceRef| self.gazetteer.get(*p).kind == PlaceKind::Country;
            let after =
                self.latin_after(end, false).filter(|(_, p)| state(p)).map(|(to, p)| (start, to, Some(p)));
            let before =
                || self.latin_before(start).filter(|(_, p)| state(p)).map(|(from, p)| (from, end, Some(p)));
            sender = after.or_else(before);
        }
        let place = sender.and_then(|(from, to, place)| {
            span = (from, to);
            place
        });
        let mut slots = AgencySlots::default();
        if let Some((to, host)) = self.latin_after(span.1, true) {
            slots.host = self.gazetteer.key(host);
            span.1 = to;
        }
        (place.is_some() || !slots.host.is_empty()).then(|| self.hit(span.0, span.1, head, place, slots))
    }

    /// The place whose name ends at `at`, with what it lies in before it; where all of it begins.
    fn place_before(&self, at: usize, hint: Hint) -> Option<(usize, PlaceRef)> {
        let hits = self.by_end.get(&at)?;
        let hit = hits.first()?;
        let over = self.by_end.get(&hit.start).and_then(|ups| ups.first());
        let place = self.choose(&hit.places, hint, over.map(|h| h.places.as_slice()), hit.start)?;
        let mut start = hit.start;
        let chain = self.gazetteer.chain(place);
        for _ in 0..3 {
            let up = self
                .by_end
                .get(&start)
                .into_iter()
                .flatten()
                .find(|h| h.places.iter().any(|p| chain[1..].contains(p)));
            match up {
                Some(up) => start = up.start,
                None => break,
            }
        }
        Some((start, place))
    }

    /// Which of several namesakes: the one that lies in what stands before it,
    /// then the one whose level the words name, then the one whose province the
    /// text names nearest, then the likeliest.
    fn choose(
        &self,
        places: &[PlaceRef],
        hint: Hint,
        over: Option<&[PlaceRef]>,
        at: usize,
    ) -> Option<PlaceRef> {
        let lies_in = |place: &PlaceRef, ups: &[PlaceRef]| {
            self.gazetteer.chain(*place).iter().skip(1).any(|up| ups.contains(up))
        };
        let wrong_level = |place: &PlaceRef| match hint {
            Hint::None => false,
            Hint::Digits(n) => self.gazetteer.get(*place).code.as_ref().is_none_or(|c| c.len() != n),
        };
        let near = |place: &PlaceRef| {
            let chain = self.gazetteer.chain(*place);
            let ups = self.wide.iter().filter(|(_, up)| chain[1..].contains(up));
            ups.map(|(start, _)| start.abs_diff(at)).min().unwrap_or(usize::MAX)
        };
        if let [one] = places {
            return Some(*one);
        }
        let order = |(n, place): &(usize, &PlaceRef)| {
            (over.is_none_or(|ups| !lies_in(place, ups)), wrong_level(place), near(place), *n)
        };
        places.iter().enumerate().min_by_key(order).map(|(_, place)| *place)
    }

    fn hit(
        &self,
        start: usize,
        end: usize,
        head: &Head,
        place: Option<PlaceRef>,
        mut slots: AgencySlots,
    ) -> AgencyHit {
        slots.place = place;
        slots.code = place.map_or_else(String::new, |p| self.gazetteer.key(p));
        slots.function = head.function.clone();
        if slots.organ.is_empty() {
            slots.organ = head.organ.clone();
        }
        if slots.level.is_none() && head.function != "mission" {
            slots.level = place.and_then(|p| level_of(self.gazetteer, p));
        }
        // Police of a state whose divisions are not known by code is the host's police.
        let country = place.and_then(|p| self.gazetteer.country_of(p));
        if head.function == "public-security"
            && head.organ == "bureau"
            && country.is_some_and(|c| !self.gazetteer.has_divisions(c))
        {
            slots.function = "police".to_owned();
            slots.organ = "police".to_owned();
        }
        let text = self.source[start..end].iter().collect();
        AgencyHit { start, end, text, key: slots.key(), side: slots.side(self.gazetteer), slots }
    }

    /// A body whose place stands in no gazetteer; the name itself is its place.
    fn unplaced(&self, span: (usize, usize), name: (usize, usize), head: &Head) -> AgencyHit {
        let mut hit = self.hit(span.0, span.1, head, None, AgencySlots::default());
        hit.slots.code = self.folded(name.0, name.1);
        hit.key = hit.slots.key();
        hit
    }

    fn folded(&self, start: usize, end: usize) -> String {
        fold(self.source[start..end.max(start)].iter().collect::<String>().trim())
    }

    /// Goes back over a short gloss in brackets.
    fn skip_gloss(&self, at: usize) -> usize {
        const LONGEST: usize = 10;
        let closes = at.checked_sub(1).is_some_and(|at| matches!(self.source[at], '）' | ')'));
        let opens = |from: &usize| matches!(self.source[*from], '（' | '(');
        if closes { (at.saturating_sub(LONGEST)..at).rev().find(opens).unwrap_or(at) } else { at }
    }

    /// Skips blanks and the possessive 's.
    fn skip_back(&self, mut at: usize) -> usize {
        while at > 0 && self.source[at - 1].is_whitespace() {
            at -= 1;
        }
        if at >= 2 && self.source[at - 1] == 's' && matches!(self.source[at - 2], '\'' | '’') {
            at -= 2;
        }
        at
    }

    fn word_before(&self, end: usize) -> Option<(String, usize)> {
        let mut start = end;
        while start > 0 && (self.source[start - 1].is_alphanumeric() || self.source[start - 1] == '-') {
            start -= 1;
        }
        (start < end).then(|| (self.folded(start, end), start))
    }

    fn word_after(&self, at: usize) -> Option<(String, usize, usize)> {
        let mut start = at;
        while self.source.get(start).is_some_and(|c| c.is_whitespace() || *c == ',') {
            start += 1;
        }
        let mut end = start;
        while self.source.get(end).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')) {
            end += 1;
        }
        (start < end).then(|| (self.folded(start, end), start, end))
    }
}

/// The level of a place: from its code, never from its name.
pub(super) fn level_of(gazetteer: &Gazetteer, place: PlaceRef) -> Option<Level> {
    let place = gazetteer.get(place);
    match place.kind {
        PlaceKind::Country => Some(Level::National),
        PlaceKind::Province => Some(Level::Province),
        PlaceKind::Prefecture => Some(Level::Prefecture),
        PlaceKind::County => Some(Level::County),
        PlaceKind::Town | PlaceKind::Street => Some(Level::Below),
        _ => None,
    }
}

/// What a word between organ and place says; `Some(Hint::None)` for a word that says nothing of the level.
pub(super) fn level_word(word: &str) -> Option<Hint> {
    Some(match word {
        "county" | "district" | "condado" | "distrito" => Hint::Digits(6),
        "city" | "municipal" | "municipality" | "stad" | "ciudad" | "gemeente" | "prefecture"
        | "prefectuur" | "prefectura" | "regio" => Hint::Digits(4),
        "province" | "provincial" | "provincie" | "provincia" => Hint::Digits(2),
        "local" | "lokale" | "people's" | "regional" | "region" | "governorate" | "gobernacion"
        | "oblast" | "gouvernement" => Hint::None,
        _ => return None,
    })
}

fn word_length(organ: &str) -> usize {
    if organ == "station" { "派出所".chars().count() } else { "分局".chars().count() }
}

/// 驻华, 驻美, 驻荷: the one character that stands for a state in the name of a mission.
fn one_character_state(c: char) -> Option<&'static str> {
    Some(match c {
        '华' | '華' => "cn",
        '美' => "us",
        '英' => "gb",
        '法' => "fr",
        '德' => "de",
        '荷' => "nl",
        '日' => "jp",
        '俄' => "ru",
        '意' => "it",
        '西' => "es",
        '澳' => "au",
        '加' => "ca",
        '韩' | '韓' => "kr",
        _ => return None,
    })
}
