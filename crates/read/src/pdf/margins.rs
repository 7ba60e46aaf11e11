//! What stands in the margins of every page: running heads, page numbers. It is text, but not the text.

use super::boxes::{Line, Page};
use regex::Regex;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The margin above and below, as a share of the page's height.
const MARGIN: f32 = 0.1;

/// Takes the lines out of the pages that are running heads or page numbers; they come back page by page.
pub(super) fn take(pages: &mut [Page]) -> Vec<Vec<Line>> {
    let mut seen: HashMap<(String, bool), usize> = HashMap::new();
    for page in pages.iter() {
        let mut here: Vec<(String, bool)> = page.lines.iter().filter_map(|line| key(line, page)).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    let pages = pages.iter_mut().map(|page| {
        let lines = std::mem::take(&mut page.lines);
        let is_margin = |line: &Line| {
            key(line, page).is_some_and(|key| {
                seen.get(&key).is_some_and(|pages| *pages > 1) || page_number().is_match(line.text.trim())
            })
        };
        let (margin, rest) = lines.into_iter().partition(is_margin);
        page.lines = rest;
        margin
    });
    pages.collect()
}

/// What a line of the margin says on every page, and whether it stands above; none elsewhere.
fn key(line: &Line, page: &Page) -> Option<(String, bool)> {
    let above = line.bottom < MARGIN * page.height;
    let below = line.top > (1.0 - MARGIN) * page.height;
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let mut text: String = line.text.chars().filter(|c| !c.is_whitespace()).map(digits).collect();
    // 9 and 10 are the same place in a running head.
    while text.contains("00") {
        text = text.replace("00", "0");
    }
    (above || below).then_some((text, above))
}

fn page_number() -> &'static Regex {
    static NUMBER: OnceLock<Regex> = OnceLock::new();
    NUMBER.get_or_init(|| {
        Regex::new(
            r"(?i)^[-–—―‐•·.\s]*(?:第\s*)?(?:page|pagina|página|blz\.?|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})\s*页?(?:\s*(?:/|of|van|de|，|,|共)+\s*\d{1,4}\s*页?)?[-–—―‐•·.\s]*$",
        )
        .expect("the pattern is a constant")
    })
}

#[cfg(test)]
mod tests {
    use super::super::boxes::line;
    use super::*;

    #[test]
    fn running_heads_and_page_numbers_are_taken_out() {
        let page = |number: &str, text: &str| Page {
            width: 595.0,
            height: 842.0,
            lines: vec![
                line(60.0, 20.0, "侨情调查报告"),
                line(60.0, 90.0, text),
                line(60.0, 400.0, "12"),
                line(280.0, 810.0, number),
            ],
        };
        let mut pages = vec![page("— 9 —", "第一页"), page("— 10 —", "第二页")];
        let margins = take(&mut pages);
        let texts = |lines: &[Line]| lines.iter().map(|l| l.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&margins[1]), ["侨情调查报告", "— 10 —"]);
        assert_eq!(texts(&pages[0].lines), ["第一页", "12"]);
    }

    #[test]
    fn one_page_keeps_its_letterhead_and_loses_its_number() {
        let lines = vec![line(60.0, 20.0, "溯岩市文件"), line(280.0, 810.0, "第 1 页，共 1 页")];
        let mut pages = vec![Page { width: 595.0, height: 842.0, lines }];
        assert_eq!(take(&mut pages)[0].len(), 1);
        assert_eq!(pages[0].lines[0].text, "溯岩市文件");
    }
}
