//! What is known about each block of a page, as a row of numbers for the trees.
//!
//! The order of the numbers is that of the learned trees: whoever changes it learns them anew.

use super::elements::{Elements, Sums};
use super::groups::Groups;
use super::hints::{HINTS, hints, section};
use super::kind::kind_of_page;
use crate::canon::Raw;
use crate::hashed::{HashedMap, HashedSet, hash, mix};
use crate::page::facts::Facts;
use plainsight_model::BlockKind;
use plainsight_text::is_han;

/// Hints are looked for in so many characters of a block.
const HINTED: f32 = 300.0;

/// The text of a block, counted once.
#[derive(Default)]
pub(crate) struct Measured {
    /// Letters, a Han character counting for three.
    pub letters: f32,
    /// Words; a Han character is one.
    pub words: f32,
    /// Where it stands among the elements.
    pub home: usize,
    chars: f32,
    sentences: f32,
    commas: f32,
    digits: f32,
    capitals: f32,
    alphabetic: f32,
    breaks: f32,
    cells: f32,
    /// The share of its characters that are links.
    linked: f32,
    /// Its letters without links, if it is running text.
    running: f32,
    /// How often its text stood on the page before, and in all.
    before: f32,
    times: f32,
    /// The hash of its text.
    text: u64,
    hints: [bool; HINTS],
    heading: Option<u8>,
    ends: f32,
    colon: f32,
}

#[cfg(test)]
impl Measured {
    /// A block of so many words.
    pub(crate) fn of_words(words: f32) -> Self {
        Self { words, ..Self::default() }
    }
}

/// Measures all blocks, and sums them up in the elements around them.
pub(crate) fn measure(blocks: &[Raw], homes: &[usize], elements: &mut Elements) -> Vec<Measured> {
    let mut seen: HashedMap<f32> = HashedMap::default();
    let mut out: Vec<Measured> = Vec::with_capacity(blocks.len());
    for (block, home) in blocks.iter().zip(homes) {
        let mut measured = count(block, *home);
        let times = seen.entry(measured.text).or_default();
        measured.before = *times;
        *times += 1.0;
        if !block.hidden {
            let letters = measured.letters;
            let linked = letters * measured.linked;
            elements.count(*home, Sums { blocks: 1.0, letters, linked, running: measured.running });
        }
        out.push(measured);
    }
    for measured in &mut out {
        measured.times = seen[&measured.text];
    }
    out
}

fn count(block: &Raw, home: usize) -> Measured {
    let mut m = Measured {
        home,
        times: 1.0,
        heading: heading(block),
        text: hash(&block.text),
        ..Measured::default()
    };
    let mut lower = String::new();
    // Whether the character before goes on in a word; a Han character is a word of its own.
    let mut in_word = false;
    let (mut before, mut stop) = (' ', false);
    for c in block.text.chars() {
        let written = c.is_alphanumeric();
        let sign = !c.is_ascii() && is_han(c);
        let han = sign || ('\u{3040}'..='\u{30ff}').contains(&c);
        let begins = written && !in_word;
        // A full stop ends a sentence before white space or a closing mark only.
        let closes = c.is_whitespace() || matches!(c, '"' | '”' | '’' | '」' | ')');
        m.chars += 1.0;
        m.letters += if han { 3.0 } else { 1.0 };
        m.words += flag(han || begins);
        m.sentences += flag(matches!(c, '。' | '！' | '？' | '；') || (stop && closes));
        m.commas += flag(matches!(c, ',' | ';' | ':' | '，' | '、' | '；' | '：'));
        m.digits += flag(c.is_ascii_digit());
        m.capitals += flag(c.is_uppercase());
        m.alphabetic += flag(c.is_alphabetic());
        m.breaks += flag(c == '\n');
        m.cells += flag(c == '\t');
        stop = matches!(c, '.' | '!' | '?' | '…');
        if m.chars <= HINTED {
            match c.is_ascii() {
                true => lower.push(c.to_ascii_lowercase()),
                false => lower.extend(c.to_lowercase()),
            }
        }
        in_word = written && !sign;
        before = c;
    }
    m.sentences += flag(stop);
    m.ends = flag(matches!(before, '.' | '!' | '?' | '。' | '！' | '？' | '”' | '"' | '；' | '…'));
    m.colon = flag(matches!(before, ':' | '：'));
    m.hints = hints(&lower);
    let links: usize = block.links.iter().map(|l| l.1.saturating_sub(l.0)).sum();
    m.linked = (links as f32 / m.chars.max(1.0)).min(1.0);
    if (m.sentences >= 1.0 && m.letters >= 40.0) || m.letters >= 160.0 {
        m.running = m.letters * (1.0 - m.linked);
    }
    m
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// The level of a heading, by the last step of its path.
fn heading(block: &Raw) -> Option<u8> {
    let step = block.path.rsplit('/').next()?;
    let level = step.strip_prefix('h')?.bytes().next()?;
    (b'1'..=b'6').contains(&level).then(|| level - b'0').filter(|_| !block.hidden)
}

/// A row of numbers for each block.
pub(crate) fn rows(
    blocks: &[Raw],
    measured: &[Measured],
    elements: &Elements,
    facts: &Facts,
    title: Option<&str>,
    heard: &[Vec<f32>],
) -> Vec<Vec<f32>> {
    let title = title.or(facts.title.as_deref()).unwrap_or("");
    let page = Page::new(blocks, measured, elements, title);
    let whole = kind_of_page(blocks, measured, elements, page.core, facts);
    let mut place = Place { heading: 7.0, since: 50.0, ..Place::default() };
    let mut rows: Vec<Vec<f32>> = Vec::with_capacity(blocks.len());
    for (n, block) in blocks.iter().enumerate() {
        let mut row = Vec::with_capacity(240);
        own(block, &measured[n], &mut row);
        page.place(n, &measured[n], &mut place, &mut row);
        page.around(&measured[n], &mut row);
        neighbours(n, measured, elements, &mut row);
        for shares in heard {
            let at = |i: usize| shares.get(i).copied().unwrap_or(0.0);
            row.extend([at(n), n.checked_sub(1).map_or(0.0, at), at(n + 1), page.mean(shares, measured)]);
        }
        row.extend_from_slice(&whole);
        rows.push(row);
    }
    rows
}

/// What a block says by itself.
fn own(block: &Raw, m: &Measured, row: &mut Vec<f32>) {
    let letters = m.letters.max(1.0);
    row.extend([m.letters, m.letters / m.words.max(1.0), m.sentences, m.commas]);
    row.extend([
        m.sentences * 100.0 / letters,
        m.commas * 100.0 / letters,
        m.linked,
        block.links.len() as f32,
    ]);
    row.extend([m.digits / m.chars.max(1.0), m.capitals / m.alphabetic.max(1.0), m.ends, m.colon]);
    row.extend([m.breaks, m.cells, m.running, flag(block.kind == BlockKind::TableRow)]);
    row.extend([flag(block.hidden), m.before, m.times]);
    row.extend(m.hints.map(flag));
}

/// What changes from block to block as the page is walked.
#[derive(Default)]
struct Place {
    letters: f32,
    running: f32,
    section: f32,
    since: f32,
    heading: f32,
    /// Headings as high as the title's since the title, and the running text since it.
    titles: f32,
    told: f32,
}

struct Page<'p> {
    elements: &'p Elements,
    groups: Groups,
    articles: Vec<f32>,
    core: usize,
    /// Of each element, whether it is the core or above it.
    above_core: Vec<bool>,
    /// By template: what its blocks come to, and their different texts.
    shapes: HashedMap<(Sums, HashedSet)>,
    families: HashedMap<Sums>,
    /// The share of the first words of each block that are words of the title.
    of_title: Vec<f32>,
    title_at: Option<usize>,
    title_level: u8,
    first: usize,
    last: usize,
    count: usize,
}

impl<'p> Page<'p> {
    fn new(blocks: &[Raw], measured: &[Measured], elements: &'p Elements, title: &str) -> Self {
        let core = elements.core();
        let mut shapes: HashedMap<(Sums, HashedSet)> = HashedMap::default();
        let mut families: HashedMap<Sums> = HashedMap::default();
        for (_, m) in blocks.iter().zip(measured).filter(|(b, _)| !b.hidden) {
            let home = &elements.0[m.home];
            let sums =
                Sums { blocks: 1.0, letters: m.letters, linked: m.letters * m.linked, running: m.running };
            let shape = shapes.entry(home.shape).or_default();
            shape.0.add(sums);
            shape.1.insert(m.text);
            if let Some(parent) = home.parent {
                families.entry(elements.0[parent].shape).or_default().add(sums);
            }
        }
        let mut above_core = vec![false; elements.0.len()];
        elements.up(core).for_each(|n| above_core[n] = true);
        let (title_at, of_title) = find_title(blocks, measured, title);
        let long = |m: &Measured| m.running > 150.0;
        Self {
            above_core,
            first: measured.iter().position(long).unwrap_or(0),
            last: measured.iter().rposition(long).unwrap_or(blocks.len().saturating_sub(1)),
            count: blocks.len(),
            title_at,
            title_level: title_at.and_then(|n| measured[n].heading).unwrap_or(2),
            of_title,
            groups: Groups::new(elements),
            articles: elements.articles(),
            elements,
            core,
            shapes,
            families,
        }
    }

    fn place(&self, n: usize, m: &Measured, place: &mut Place, row: &mut Vec<f32>) {
        if let Some(level) = m.heading {
            place.section = if m.letters < 120.0 { section(&m.hints) as f32 } else { 0.0 };
            (place.since, place.heading) = (0.0, f32::from(level));
        } else {
            place.since = (place.since + 1.0).min(50.0);
        }
        if self.title_at.is_some_and(|at| n > at) {
            place.titles += flag(m.heading.is_some_and(|level| level <= self.title_level));
            place.told += m.running;
        }
        let all = self.elements.0.first().map(|e| e.sums).unwrap_or_default();
        let from = |other: usize| n as f32 - other as f32;
        row.extend([n as f32 / self.count as f32, n as f32, (self.count - n) as f32]);
        row.extend([place.letters / all.letters.max(1.0), place.running / all.running.max(1.0)]);
        row.extend([self.title_at.map_or(-99.0, from), from(self.first), from(self.last)]);
        row.push(self.of_title[n]);
        row.extend([place.section, place.since, place.heading, place.titles, place.told]);
        row.extend([self.articles[m.home], place.told / all.running.max(1.0)]);
        place.letters += m.letters;
        place.running += m.running;
    }

    fn around(&self, m: &Measured, row: &mut Vec<f32>) {
        let element = &self.elements.0[m.home];
        let shared = self.elements.up(m.home).find(|n| self.above_core[*n]).unwrap_or(0);
        let depth = |n: usize| self.elements.0[n].depth as f32;
        row.extend([element.name as f32, element.parent.map_or(30.0, |p| self.elements.0[p].name as f32)]);
        row.extend([
            element.depth as f32,
            depth(self.core) - depth(shared),
            element.depth as f32 - depth(shared),
        ]);
        let all = self.elements.0[0].sums.letters.max(1.0);
        let ratios = |s: &Sums| {
            let letters = s.letters.max(1.0);
            [s.blocks, s.letters / s.blocks.max(1.0), s.linked / letters, s.running / letters]
        };
        let shape = self.shapes.get(&element.shape);
        let (sums, texts) = shape.map_or((Sums::default(), 0), |(sums, texts)| (*sums, texts.len()));
        row.extend(ratios(&sums));
        row.extend([sums.letters / all, texts as f32 / sums.blocks.max(1.0)]);
        let family = element.parent.and_then(|p| self.families.get(&self.elements.0[p].shape));
        row.extend(ratios(family.unwrap_or(&Sums::default())));
        let mut up = self.elements.up(m.home).skip(1);
        let mut at = m.home;
        for _ in 0..5 {
            at = up.next().unwrap_or(at);
            let s = &self.elements.0[at].sums;
            let letters = s.letters.max(1.0);
            row.extend([s.letters, s.linked / letters, s.running / letters, s.blocks, s.letters / all]);
        }
        row.extend(self.groups.around(m.home, self.elements));
        row.extend(element.marks.map(f32::from));
        row.extend(element.around.map(f32::from));
    }

    /// The share of the page that a reader kept.
    fn mean(&self, shares: &[f32], measured: &[Measured]) -> f32 {
        let kept: f32 = shares.iter().zip(measured).map(|(s, m)| s * m.letters).sum();
        kept / self.elements.0[0].sums.letters.max(1.0)
    }
}

/// The blocks before and after.
fn neighbours(n: usize, measured: &[Measured], elements: &Elements, row: &mut Vec<f32>) {
    let at = |step: isize| n.checked_add_signed(step).and_then(|i| measured.get(i));
    for step in [-3, -2, -1, 1, 2, 3] {
        let near = step == -1 || step == 1;
        let Some(m) = at(step) else {
            row.extend(std::iter::repeat_n(0.0, if near { 8 } else { 3 }));
            continue;
        };
        row.extend([m.letters, m.linked, m.sentences * 100.0 / m.letters.max(1.0)]);
        if near {
            let (here, there) = (&elements.0[measured[n].home], &elements.0[m.home]);
            row.extend([m.commas, m.running, flag(here.shape == there.shape)]);
            row.extend([flag(m.heading.is_some()), flag(here.parent == there.parent)]);
        }
    }
    let window = &measured[n.saturating_sub(6)..(n + 7).min(measured.len())];
    let middle = n.min(6);
    row.push(window[..middle].iter().map(|m| m.running).sum());
    row.push(window[middle + 1..].iter().map(|m| m.running).sum());
    let letters: f32 = window.iter().map(|m| m.letters).sum();
    row.push(window.iter().map(|m| m.letters * m.linked).sum::<f32>() / letters.max(1.0));
}

/// The block that says the title best, a first heading before others; and for each block the share of its first
/// words that are words of the title.
fn find_title(blocks: &[Raw], measured: &[Measured], title: &str) -> (Option<usize>, Vec<f32>) {
    let title: HashedSet = words(title).into_iter().collect();
    let mut best = (0.5, None);
    let mut shares = vec![0.0; blocks.len()];
    for (n, (block, m)) in blocks.iter().zip(measured).enumerate().filter(|_| !title.is_empty()) {
        let mut said = words(&block.text);
        let first = &said[..said.len().min(60)];
        shares[n] = first.iter().filter(|w| title.contains(w)).count() as f32 / first.len().max(1) as f32;
        if m.letters >= 400.0 && m.heading.is_none() {
            continue;
        }
        said.sort_unstable();
        said.dedup();
        let both = said.iter().filter(|w| title.contains(w)).count() as f32;
        let fit = both / (said.len() + title.len()) as f32 * 2.0;
        let fit = if m.heading == Some(1) { fit + 0.1 } else { fit };
        if fit > best.0 {
            best = (fit, Some(n));
        }
    }
    (best.1.or_else(|| measured.iter().position(|m| m.heading == Some(1))), shares)
}

/// The hashes of words in lower case; each Han character is one.
fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut open = None;
    let mut put = |c: char| {
        let sign = !c.is_ascii() && is_han(c);
        if sign || !c.is_alphanumeric() {
            out.extend(open.take());
        }
        if sign {
            out.push(mix(0, u64::from(c)));
        } else if c.is_alphanumeric() {
            open = Some(mix(open.unwrap_or(0), u64::from(c)));
        }
    };
    for c in text.chars().take(400) {
        match c.is_ascii() {
            true => put(c.to_ascii_lowercase()),
            false => c.to_lowercase().for_each(&mut put),
        }
    }
    out.extend(open);
    out
}
