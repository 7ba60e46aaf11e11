//! From chances to blocks.

use super::features::Measured;

/// Picks the blocks whose expected F1 is best. Where chances are clear, all above a half;
/// on a page of doubtful blocks less, since losing all of them costs more than keeping some too many.
pub(crate) fn pick(chances: &[f32], measured: &[Measured]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|a, b| chances[*b].total_cmp(&chances[*a]).then(a.cmp(b)));
    let wanted: f32 = chances.iter().zip(measured).map(|(p, m)| p * m.words).sum();
    let (mut right, mut taken, mut best, mut end) = (0.0, 0.0, 0.0, 0);
    for (n, block) in order.iter().enumerate() {
        right += chances[*block] * measured[*block].words;
        taken += measured[*block].words;
        let f1 = 2.0 * right / (taken + wanted);
        if f1 > best {
            (best, end) = (f1, n + 1);
        }
    }
    let mut out = vec![false; chances.len()];
    order[..end].iter().for_each(|n| out[*n] = true);
    out
}
