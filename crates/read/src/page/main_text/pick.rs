//! From chances to blocks.

use super::features::Measured;

/// Into how many cases the doubt about a page is split.
const CASES: usize = 20;

/// Picks the blocks whose expected F1 is best. Blocks of one page do not err each by itself: if the comments
/// below an article are main text, they all are. So the doubt is about the page: in each of some equally likely
/// cases, the blocks above another chance are the main text.
pub(crate) fn pick(chances: &[f32], measured: &[Measured]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|a, b| chances[*b].total_cmp(&chances[*a]).then(a.cmp(b)));
    let mut cases = [0.0f32; CASES];
    for (n, case) in cases.iter_mut().enumerate() {
        let least = (n as f32 + 0.5) / CASES as f32;
        *case = order.iter().take_while(|b| chances[**b] >= least).map(|b| measured[*b].words).sum();
    }
    let (mut taken, mut best, mut end) = (0.0f32, 0.0f32, 0);
    for (n, block) in order.iter().enumerate() {
        taken += measured[*block].words;
        let f1: f32 = cases.iter().map(|main| 2.0 * taken.min(*main) / (taken + main)).sum();
        if f1 > best {
            (best, end) = (f1, n + 1);
        }
    }
    let mut out = vec![false; chances.len()];
    order[..end].iter().for_each(|n| out[*n] = true);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(blocks: &[(f32, f32)]) -> Vec<bool> {
        let measured: Vec<Measured> = blocks.iter().map(|b| Measured::of_words(b.1)).collect();
        pick(&blocks.iter().map(|b| b.0).collect::<Vec<_>>(), &measured)
    }

    #[test]
    fn long_doubtful_comments_do_not_drown_a_short_article() {
        assert_eq!(picked(&[(0.95, 300.0), (0.45, 2000.0), (0.45, 2000.0)]), [true, false, false]);
        assert_eq!(picked(&[(0.95, 300.0), (0.65, 2000.0), (0.6, 2000.0)]), [true, true, true]);
        assert_eq!(picked(&[(0.06, 9.0), (0.2, 300.0)]), [false, true]);
        assert!(picked(&[]).is_empty());
    }
}
