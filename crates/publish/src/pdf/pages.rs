//! Where the strip is cut into pages.

use std::ops::Range;

/// Cuts a strip into pages of at most `height`. No `box` is cut in two, no
/// `keep` unless it is higher than a page, and a page begins at each of `breaks`.
pub(crate) fn cut(
    boxes: &[Range<f32>],
    keeps: &[Range<f32>],
    breaks: &[f32],
    height: f32,
) -> Vec<Range<f32>> {
    let end = boxes.iter().map(|one| one.end).fold(0.0, f32::max);
    let keeps: Vec<&Range<f32>> = keeps.iter().filter(|keep| keep.end - keep.start <= height).collect();
    let mut pages = Vec::new();
    let mut from = 0.0;
    while from < end {
        let forced = breaks.iter().copied().filter(|at| *at > from + 1.0).fold(end, f32::min);
        let to = if forced <= from + height { forced } else { best(boxes, &keeps, from, from + height) };
        pages.push(from..to);
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
            cut(&lines, keeps, breaks, 45.0).iter().map(|page| page.start).collect()
        };
        assert_eq!(starts(&[], &[]), [0.0, 40.0, 80.0]);
        assert_eq!(starts(&[30.0..49.0], &[]), [0.0, 30.0, 70.0], "what is kept goes over as a whole");
        assert_eq!(starts(&[0.0..99.0], &[]), [0.0, 40.0, 80.0], "what is higher than a page is torn");
        assert_eq!(starts(&[], &[20.0]), [0.0, 20.0, 60.0]);
    }
}
