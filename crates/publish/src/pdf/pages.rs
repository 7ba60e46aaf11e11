//! Where the strip is cut into pages.

use std::ops::Range;

/// A table whose head stands again on each page that its rows go on to.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// The row of headings on the strip.
    pub head: Range<f32>,
    /// The end of the last row.
    pub end: f32,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// What it holds of the strip.
    pub strip: Range<f32>,
    /// The headings that stand again above it; empty where a page begins outside a table.
    pub head: Range<f32>,
}

impl Page {
    /// How far below the top of the page a place of the strip lies.
    pub(crate) fn depth(&self, y: f32) -> f32 {
        self.head.end - self.head.start + y - self.strip.start
    }
}

/// Cuts a strip into pages of at most `height`. No `box` is cut in two, no
/// `keep` unless it is higher than a page, and a page begins at each of `breaks`.
pub(crate) fn cut(
    boxes: &[Range<f32>],
    keeps: &[Range<f32>],
    breaks: &[f32],
    tables: &[Table],
    height: f32,
) -> Vec<Page> {
    let end = boxes.iter().map(|one| one.end).fold(0.0, f32::max);
    let keeps: Vec<&Range<f32>> = keeps.iter().filter(|keep| keep.end - keep.start <= height).collect();
    let mut pages = Vec::new();
    let mut from = 0.0;
    while from < end {
        let forced = breaks.iter().copied().filter(|at| *at > from + 1.0).fold(end, f32::min);
        let table = tables.iter().find(|table| table.head.end <= from + 0.01 && from < table.end - 0.01);
        let head = table.map_or(0.0..0.0, |table| table.head.clone());
        let room = height - (head.end - head.start);
        let to = if forced <= from + room { forced } else { best(boxes, &keeps, from, from + room) };
        pages.push(Page { strip: from..to, head });
        // Space that would open a page is left out.
        from = boxes.iter().map(|one| one.start).filter(|start| *start >= to - 0.01).fold(end, f32::min);
    }
    pages
}

/// The lowest place that tears nothing.
fn best(boxes: &[Range<f32>], keeps: &[&Range<f32>], from: f32, limit: f32) -> f32 {
    let tears =
        |all: &[&Range<f32>], at: f32| all.iter().any(|one| one.start < at - 0.01 && at + 0.01 < one.end);
    let around: Vec<&Range<f32>> = boxes.iter().filter(|one| one.end > from && one.start <= limit).collect();
    let kept: Vec<&Range<f32>> =
        keeps.iter().copied().filter(|one| one.end > from && one.start <= limit).collect();
    let mut places: Vec<f32> = around
        .iter()
        .chain(&kept)
        .map(|one| one.start)
        .filter(|at| *at > from + 1.0 && *at <= limit)
        .collect();
    places.sort_by(|a, b| b.total_cmp(a));
    let whole = |at: &f32| !tears(&around, *at);
    places
        .iter()
        .copied()
        .find(|at| whole(at) && !tears(&kept, *at))
        .or_else(|| places.iter().copied().find(whole))
        .unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_torn_that_fits_a_page() {
        let lines: Vec<Range<f32>> = (0..10).map(|n| n as f32 * 10.0..n as f32 * 10.0 + 9.0).collect();
        let starts = |keeps: &[Range<f32>], breaks: &[f32]| -> Vec<f32> {
            cut(&lines, keeps, breaks, &[], 45.0).iter().map(|page| page.strip.start).collect()
        };
        assert_eq!(starts(&[], &[]), [0.0, 40.0, 80.0]);
        assert_eq!(starts(&[30.0..49.0], &[]), [0.0, 30.0, 70.0], "what is kept goes over as a whole");
        assert_eq!(starts(&[0.0..99.0], &[]), [0.0, 40.0, 80.0], "what is higher than a page is torn");
        assert_eq!(starts(&[], &[20.0]), [0.0, 20.0, 60.0]);
    }

    #[test]
    fn the_head_of_a_table_stands_again_where_its_rows_go_on() {
        let lines: Vec<Range<f32>> = (0..12).map(|n| n as f32 * 10.0..n as f32 * 10.0 + 9.0).collect();
        let table = Table { head: 10.0..19.0, end: 79.0 };
        let pages = cut(&lines, &[], &[], &[table], 45.0);
        let starts: Vec<f32> = pages.iter().map(|page| page.strip.start).collect();
        assert_eq!(starts, [0.0, 40.0, 70.0, 100.0], "the head takes its room");
        assert_eq!(pages[0].head, 0.0..0.0, "where the table begins it stands once");
        assert_eq!((pages[1].head.clone(), pages[1].depth(40.0)), (10.0..19.0, 9.0));
        assert_eq!((pages[2].head.clone(), pages[3].head.clone()), (10.0..19.0, 0.0..0.0));
    }
}
