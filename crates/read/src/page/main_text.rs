//! Which blocks are the main text: what a reader of main text kept, found again
//! among our own blocks, plus tables of data beside it.
//!
//! The readers give text without places; we need places. So a block counts as
//! main when its runs of eight characters occur in what the reader kept.

use crate::canon::{Raw, collapse};
use plainsight_model::BlockKind;
use plainsight_text::is_han;
use std::collections::HashSet;

/// Characters of a shingle. Shorter blocks are judged by their neighbours.
const SHINGLE: usize = 8;
/// The share of a block's shingles that the reader must have kept.
const SHARE: f64 = 0.7;
/// Below this many characters a reader's answer is no answer.
const FEW: usize = 25;

/// Which blocks to keep.
pub(crate) struct Keep {
    pub main: Vec<bool>,
    /// The reader's own lines, where the text stands in no block (JSON-LD).
    lines: Option<Vec<Raw>>,
}

impl Keep {
    pub(crate) fn take(self, blocks: Vec<Raw>) -> Vec<Raw> {
        if let Some(lines) = self.lines {
            return lines;
        }
        blocks.into_iter().zip(self.main).filter(|(_, main)| *main).map(|(block, _)| block).collect()
    }
}

/// Chooses a reader by the page's script, and the blocks by the reader.
pub(crate) fn choose(
    html: &str,
    tree: dom_query::Document,
    blocks: &[Raw],
    title: Option<&str>,
) -> (&'static str, Keep) {
    let chinese = is_chinese(blocks);
    let first = if chinese { smooth(tree) } else { trafilatura(html) };
    let visible: usize = blocks.iter().filter(|b| !b.hidden).map(|b| length(&b.text)).sum();
    let enough = |text: &Option<String>| {
        text.as_ref().is_some_and(|t| length(t) >= FEW && (visible > 3000 || length(t) * 10 >= visible))
    };
    let (name, text) = match first {
        text if enough(&text) => (if chinese { "dom_smoothie" } else { "trafilatura" }, text),
        _ if chinese => ("trafilatura", trafilatura(html)),
        _ => ("dom_smoothie", smooth(dom_query::Document::from(html))),
    };
    match text {
        Some(text) if enough(&Some(text.clone())) => (name, decide(&text, blocks, title)),
        _ => ("page", Keep { main: whole_body(blocks), lines: None }),
    }
}

fn trafilatura(html: &str) -> Option<String> {
    // The day of a page is ours to find (`published.rs`).
    let options = trafilatura::Options::default()
        .with_fallback(FALLBACK)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    std::panic::catch_unwind(|| trafilatura::extract(html, &options).ok().map(|r| r.content_text))
        .ok()
        .flatten()
}

/// Whether the crate also asks its own fallback readers. On the reading set they
/// cost a third of the speed (109 to 67 documents a second on aeb); without them
/// gram F1 on mixed page types falls from 0.792 to 0.756 and on news stays.
const FALLBACK: bool = true;

fn smooth(tree: dom_query::Document) -> Option<String> {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let run = move || {
        let mut reader = dom_smoothie::Readability::with_document(tree, None, Some(config)).ok()?;
        reader.parse().ok().map(|article| article.text_content.to_string())
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).ok().flatten()
}

/// More Han than a fifth of the letters: a character carries as much as three letters.
fn is_chinese(blocks: &[Raw]) -> bool {
    let (mut han, mut letters) = (0usize, 0usize);
    for c in blocks.iter().flat_map(|b| b.text.chars()).filter(|c| c.is_alphabetic()) {
        letters += 1;
        han += usize::from(is_han(c));
    }
    han * 5 > letters * 2
}

/// Everything except what the markup itself calls navigation.
fn whole_body(blocks: &[Raw]) -> Vec<bool> {
    let chrome = |b: &Raw| {
        b.path.split('/').any(|s| matches!(s.split('[').next(), Some("nav" | "footer" | "aside" | "menu")))
    };
    let some = blocks.iter().any(|b| !chrome(b));
    blocks.iter().map(|b| !some || !chrome(b)).collect()
}

/// Readers keep the menu of a small page; what the markup calls menu or footer
/// goes, as long as most of the text stays.
fn without_chrome(blocks: &[Raw], main: &mut [bool]) {
    let chrome = |b: &Raw| b.path.split('/').any(|s| matches!(s.split('[').next(), Some("nav" | "footer")));
    let count = |want: bool| -> usize {
        blocks
            .iter()
            .zip(main.iter())
            .filter(|(b, m)| **m && chrome(b) == want)
            .map(|(b, _)| length(&b.text))
            .sum()
    };
    if count(true) < count(false) {
        main.iter_mut().zip(blocks).filter(|(_, b)| chrome(b)).for_each(|(m, _)| *m = false);
    }
}

fn decide(text: &str, blocks: &[Raw], title: Option<&str>) -> Keep {
    let kept = Kept::new(text);
    let squashed: Vec<Vec<char>> = blocks.iter().map(|b| squash(&b.text).chars().collect()).collect();
    let title: Vec<char> = title.map(squash).unwrap_or_default().chars().collect();
    let mut main: Vec<bool> =
        squashed.iter().map(|s| s.len() >= SHINGLE + 4 && kept.share(s) >= SHARE).collect();
    once(&squashed, &mut main);
    let ends = (main.iter().position(|m| *m), main.iter().rposition(|m| *m));
    if let (Some(first), Some(last)) = ends {
        short_blocks(&kept, &squashed, &mut main, first, last);
        tables(blocks, &mut main, first, last);
    } else {
        for (flag, block) in main.iter_mut().zip(&squashed) {
            *flag = kept.has_line(block) || (block.len() >= 4 && kept.contains(block));
        }
    }
    without_chrome(blocks, &mut main);
    let found: usize =
        main.iter().zip(&squashed).filter(|(m, s)| **m && **s != title).map(|(_, s)| s.len()).sum();
    if found * 2 < kept.length {
        let raw = |line: &str| Raw::new(BlockKind::Paragraph, "html", collapse(line));
        return Keep { main, lines: Some(text.lines().map(raw).collect()) };
    }
    Keep { main, lines: None }
}

/// The same long text twice (a teaser, a copy for printing) counts once: where its neighbours are main too.
fn once(squashed: &[Vec<char>], main: &mut [bool]) {
    let mut seen: std::collections::HashMap<&[char], usize> = std::collections::HashMap::new();
    for n in 0..squashed.len() {
        if !main[n] || squashed[n].len() < 30 {
            continue;
        }
        if let Some(before) = seen.insert(&squashed[n], n) {
            let company =
                |i: usize| (i.saturating_sub(2)..(i + 3).min(main.len())).filter(|j| main[*j]).count();
            let drop = if company(n) > company(before) { before } else { n };
            if drop == n {
                seen.insert(&squashed[n], before);
            }
            main[drop] = false;
        }
    }
}

/// Short blocks (headings, names, list items) count between main blocks when the reader kept them as a line.
fn short_blocks(kept: &Kept, squashed: &[Vec<char>], main: &mut [bool], first: usize, last: usize) {
    let strong = main.to_vec();
    for n in first.saturating_sub(6)..(last + 7).min(main.len()) {
        if main[n] || squashed[n].len() >= SHINGLE + 4 {
            continue;
        }
        let near = |range: std::ops::Range<usize>| range.clone().any(|j| strong[j]);
        let between =
            n > first && n < last && near(n.saturating_sub(3)..n) && near(n + 1..(n + 4).min(strong.len()));
        main[n] =
            kept.has_line(&squashed[n]) || (between && squashed[n].len() >= 2 && kept.contains(&squashed[n]));
    }
}

/// Readers drop tables as layout; a table of data between or beside main blocks stays.
fn tables(blocks: &[Raw], main: &mut [bool], first: usize, last: usize) {
    let mut n = 0;
    while n < blocks.len() {
        if blocks[n].kind != BlockKind::TableRow {
            n += 1;
            continue;
        }
        let table = blocks[n].path.rsplit_once('/').map_or("", |(t, _)| t);
        let end = (n..blocks.len()).find(|i| !blocks[*i].path.starts_with(table)).unwrap_or(blocks.len());
        let rows = n..end.max(n + 1);
        let letters: usize = blocks[rows.clone()].iter().map(|b| b.text.chars().count()).sum();
        let linked: usize =
            blocks[rows.clone()].iter().flat_map(|b| &b.links).map(|l| l.1.saturating_sub(l.0)).sum();
        let near = rows.end + 3 > first && rows.start < last + 4;
        let some = rows.clone().any(|i| main[i]);
        if (near && linked * 2 < letters && rows.len() >= 2) || some {
            main[rows.clone()].fill(true);
        }
        n = rows.end;
    }
}

/// What the reader kept, ready to be asked.
struct Kept {
    squashed: String,
    length: usize,
    lines: HashSet<String>,
    shingles: HashSet<u64>,
}

impl Kept {
    fn new(text: &str) -> Self {
        let squashed = squash(text);
        let chars: Vec<char> = squashed.chars().collect();
        let lines = text.lines().map(squash).filter(|l| !l.is_empty()).collect();
        Self { length: chars.len(), shingles: shingles(&chars).collect(), lines, squashed }
    }

    fn share(&self, block: &[char]) -> f64 {
        let all = block.len() + 1 - SHINGLE;
        let kept = shingles(block).filter(|s| self.shingles.contains(s)).count();
        kept as f64 / all as f64
    }

    fn has_line(&self, block: &[char]) -> bool {
        self.lines.contains(&block.iter().collect::<String>())
    }

    fn contains(&self, block: &[char]) -> bool {
        self.squashed.contains(&block.iter().collect::<String>())
    }
}

fn shingles(chars: &[char]) -> impl Iterator<Item = u64> + '_ {
    chars.windows(SHINGLE).map(|w| {
        w.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, c| {
            (h.rotate_left(5) ^ u64::from(*c as u32)).wrapping_mul(0x517c_c1b7_2722_0a95)
        })
    })
}

/// Letters and digits only, in lower case: readers change spaces and marks.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
