//! The order in which the lines of a page are read: columns from left to right, and what stands across
//! them (a title, a figure) before what follows it.
//!
//! A cut of the page along white space, as in the recursive X-Y cut (Nagy and Seth 1984), with one
//! difference: only columns of running text are parted. The columns of a table are read row by row.

use super::boxes::{Line, median};

/// Columns in columns: a page has no more than this many levels.
const DEEPEST: usize = 3;
/// A column has at least this many lines.
const LEAST: usize = 4;

/// The lines of a page as columns, in the order of reading, each from top to bottom.
pub(super) fn columns(mut lines: Vec<Line>) -> Vec<Vec<Line>> {
    lines.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut out = Vec::new();
    part(lines, 0, &mut out);
    out
}

fn part(lines: Vec<Line>, depth: usize, out: &mut Vec<Vec<Line>>) {
    let Some(gutter) = gutter(&lines, depth) else {
        if !lines.is_empty() {
            out.push(lines);
        }
        return;
    };
    // What crosses the gutter parts the page into strips.
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        if !crosses(&line, gutter) {
            if !across.is_empty() {
                out.push(std::mem::take(&mut across));
            }
            if line.right <= gutter + 1.0 { left.push(line) } else { right.push(line) }
        } else {
            part(std::mem::take(&mut left), depth + 1, out);
            part(std::mem::take(&mut right), depth + 1, out);
            across.push(line);
        }
    }
    if !across.is_empty() {
        out.push(across);
    }
    part(left, depth + 1, out);
    part(right, depth + 1, out);
}

fn crosses(line: &Line, x: f32) -> bool {
    line.left < x - 1.0 && line.right > x + 1.0
}

/// Where white space parts two columns of running text, if anywhere.
fn gutter(lines: &[Line], depth: usize) -> Option<f32> {
    if depth >= DEEPEST || lines.len() < 2 * LEAST {
        return None;
    }
    let mut edges: Vec<f32> = lines.iter().map(|line| line.left).collect();
    edges.sort_by(f32::total_cmp);
    // Where several lines begin is the left edge of a column.
    let shared = edges.chunk_by(|a, b| b - a < 2.0).filter(|same| same.len() >= 2).map(|same| same[0] - 0.5);
    let mut best: Option<(usize, f32)> = None;
    for x in shared.skip(1) {
        let across = lines.iter().filter(|line| crosses(line, x)).count();
        if across * 3 > lines.len() || best.is_some_and(|(least, _)| least <= across) {
            continue;
        }
        let (left, right): (Vec<&Line>, Vec<&Line>) =
            lines.iter().filter(|line| !crosses(line, x)).partition(|line| line.right <= x + 1.0);
        if beside(&left, &right) && is_text(&left) && (is_text(&right) || has_columns(&right, depth)) {
            best = Some((across, x));
        }
    }
    best.map(|(_, x)| x)
}

/// Whether two groups of lines stand beside each other for most of the lower one's height.
fn beside(left: &[&Line], right: &[&Line]) -> bool {
    let reach = |lines: &[&Line]| {
        let top = lines.iter().map(|line| line.top).fold(f32::INFINITY, f32::min);
        let bottom = lines.iter().map(|line| line.bottom).fold(f32::NEG_INFINITY, f32::max);
        (top, bottom)
    };
    let (a, b) = (reach(left), reach(right));
    let shared = a.1.min(b.1) - a.0.max(b.0);
    shared > 0.5 * (a.1 - a.0).min(b.1 - b.0)
}

/// Whether what stands right of a column is columns again.
fn has_columns(lines: &[&Line], depth: usize) -> bool {
    let own: Vec<Line> = lines.iter().map(|line| (*line).clone()).collect();
    gutter(&own, depth + 1).is_some()
}

/// Running text: most lines fill the column and follow each other closely.
fn is_text(lines: &[&Line]) -> bool {
    if lines.len() < LEAST {
        return false;
    }
    let height = median(lines.iter().map(|line| line.height()).collect());
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let width = median(lines.iter().map(|line| line.width()).collect());
    let steps = lines.windows(2).map(|pair| pair[1].top - pair[0].top).filter(|step| *step > 1.0);
    let fills = width >= 0.7 * (right - left) && right - left >= 6.0 * height;
    fills && median(steps.collect()) <= 1.9 * height
}

#[cfg(test)]
mod tests {
    use super::super::boxes::line;
    use super::*;

    fn texts(columns: &[Vec<Line>]) -> Vec<String> {
        columns.iter().map(|c| c.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("/")).collect()
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let mut lines = vec![line(100.0, 20.0, "横贯两栏的一个长长的大标题")];
        for (n, (left, right)) in [
            ("左一左一左一左一", "右一右一右一右一"),
            ("左二左二左二左二", "右二右二右二右二"),
            ("左三左三左三左三", "右三右三右三右三"),
            ("左四", "右四右四右四右四"),
            ("左五左五左五左五", "右五"),
        ]
        .iter()
        .enumerate()
        {
            let top = 60.0 + 18.0 * n as f32;
            lines.push(line(40.0, top, left));
            lines.push(line(160.0, top + 2.0, right));
        }
        // Columns of eight characters are narrow for a page; they are six heights wide all the same.
        for line in &mut lines[1..] {
            line.right += if line.text.chars().count() > 2 { 20.0 } else { 0.0 };
        }
        let got = texts(&columns(lines));
        assert_eq!(
            got,
            [
                "横贯两栏的一个长长的大标题",
                "左一左一左一左一/左二左二左二左二/左三左三左三左三/左四/左五左五左五左五",
                "右一右一右一右一/右二右二右二右二/右三右三右三右三/右四右四右四右四/右五"
            ]
        );
    }

    #[test]
    fn a_table_is_not_parted() {
        let mut lines = Vec::new();
        for n in 0..6 {
            let top = 60.0 + 36.0 * n as f32;
            lines.extend([
                line(40.0, top, "奥维利亚"),
                line(120.0, top, "维兰托橡果站"),
                line(220.0, top, "0999"),
            ]);
        }
        assert_eq!(columns(lines).len(), 1);
    }

    #[test]
    fn many_lines_stay_quick() {
        let lines: Vec<Line> =
            (0..4000).map(|n| line((n % 90) as f32 * 6.0, (n / 90) as f32 * 15.0, "字")).collect();
        let start = std::time::Instant::now();
        let count: usize = columns(lines).iter().map(Vec::len).sum();
        assert_eq!(count, 4000);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
