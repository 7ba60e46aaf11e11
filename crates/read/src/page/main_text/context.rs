//! The second look: each block beside the chances of those around it.

use super::elements::Elements;
use super::features::Measured;
use crate::hashed::HashedMap;

/// How far the chance of a block reaches, in letters, until it counts half.
const REACH: [f32; 3] = [100.0, 600.0, 3000.0];

/// Adds to each row what the first look says of the block and of its neighbours.
pub(crate) fn extend(rows: &mut [Vec<f32>], chances: &[f32], measured: &[Measured], elements: &Elements) {
    let faded: Vec<Vec<f32>> = REACH
        .iter()
        .flat_map(|r| [faded(chances, measured, *r, false), faded(chances, measured, *r, true)])
        .collect();
    let mut shapes: HashedMap<Mean> = HashedMap::default();
    let mut holders = vec![Mean::default(); elements.0.len()];
    let mut total = Mean::default();
    let mut doubt = 0.0;
    for (p, m) in chances.iter().zip(measured) {
        shapes.entry(elements.0[m.home].shape).or_default().add(*p, m.letters);
        elements.up(m.home).for_each(|n| holders[n].add(*p, m.letters));
        total.add(*p, m.letters);
        doubt += p * (1.0 - p) * m.letters;
    }
    let mut sum = 0.0;
    for (n, row) in rows.iter_mut().enumerate() {
        let (p, m) = (chances[n], &measured[n]);
        let at =
            |step: isize| n.checked_add_signed(step).and_then(|i| chances.get(i)).copied().unwrap_or(0.0);
        row.push(p);
        row.extend([-4, -3, -2, -1, 1, 2, 3, 4].map(at));
        row.extend(faded.iter().map(|f| f[n]));
        let mut up = elements.up(m.home).skip(1);
        let mut holder = m.home;
        for _ in 0..4 {
            holder = up.next().unwrap_or(holder);
            row.push(holders[holder].without(p, m.letters));
        }
        row.push(shapes[&elements.0[m.home].shape].without(p, m.letters));
        sum += p * m.letters;
        row.extend([sum / total.sum.max(1.0), total.sum.ln_1p()]);
        row.extend([total.sum / total.letters.max(1.0), doubt / total.letters.max(1.0)]);
    }
}

#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f32,
    letters: f32,
}

impl Mean {
    fn add(&mut self, chance: f32, letters: f32) {
        self.sum += chance * letters;
        self.letters += letters;
    }

    /// The mean of the others.
    fn without(&self, chance: f32, letters: f32) -> f32 {
        (self.sum - chance * letters) / (self.letters - letters + 10.0)
    }
}

/// The mean chance of the blocks before (or after), the near ones weighing more.
fn faded(chances: &[f32], measured: &[Measured], reach: f32, backwards: bool) -> Vec<f32> {
    let mut out = vec![0.0; chances.len()];
    let mut mean = Mean::default();
    let mut step = |n: usize| {
        out[n] = mean.sum / (mean.letters + 20.0);
        let fade = 0.5f32.powf(measured[n].letters / reach);
        mean = Mean { sum: mean.sum * fade, letters: mean.letters * fade };
        mean.add(chances[n], measured[n].letters);
    };
    if backwards {
        (0..chances.len()).rev().for_each(&mut step)
    } else {
        (0..chances.len()).for_each(&mut step)
    }
    out
}
