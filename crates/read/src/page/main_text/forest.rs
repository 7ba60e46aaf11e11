//! Trees of decisions, learned by `bench/reading/learn.py`.

/// A sum of trees, squeezed to a chance.
///
/// Nobody walks down a tree: a processor would wait at every question to know where it goes on. Instead all
/// questions are asked, those about one feature together, and each whose answer is "more" crosses out the leaves
/// on its lower side; the first leaf that is left is the one a walk would find. It is the idea of QuickScorer
/// (Lucchese et al., SIGIR 2015), asked for several rows at once (the same, SIGIR 2016).
pub(crate) struct Forest {
    /// In the order of their features.
    questions: Vec<Question>,
    /// The leaves of each tree, from the lowest on.
    leaves: Vec<Vec<f32>>,
}

struct Question {
    feature: usize,
    border: f32,
    tree: usize,
    /// The leaves that stay where the feature is above the border, a bit each.
    kept: u32,
}

/// So many rows are asked at once; with fewer the compiler asks them one by one.
const ABREAST: usize = 32;

impl Forest {
    /// Reads a tree a line: `12:0.5` asks feature 12, `=0.1` is a leaf; they stand in the order of a walk that
    /// takes the lower side first. A tree has at most 32 leaves.
    pub(crate) fn parse<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut forest = Self { questions: Vec::new(), leaves: Vec::new() };
        for line in lines {
            forest.read(line)?;
        }
        forest.questions.sort_by_key(|question| question.feature);
        Some(forest)
    }

    fn read(&mut self, line: &str) -> Option<()> {
        let tree = self.leaves.len();
        let mut leaves = Vec::new();
        // Questions whose lower side is being read.
        let mut open: Vec<usize> = Vec::new();
        for word in line.split(' ') {
            if let Some(value) = word.strip_prefix('=') {
                leaves.push(value.parse().ok()?);
                if let Some(question) = open.pop() {
                    let below = u32::MAX.checked_shl(leaves.len().try_into().ok()?)?;
                    self.questions[question].kept |= below;
                }
            } else {
                let (feature, border) = word.split_once(':')?;
                let first = u32::MAX.checked_shl(leaves.len().try_into().ok()?)?;
                open.push(self.questions.len());
                self.questions.push(Question {
                    feature: feature.parse().ok()?,
                    border: border.parse().ok()?,
                    tree,
                    kept: !first,
                });
            }
        }
        self.leaves.push(leaves);
        open.is_empty().then_some(())
    }

    /// The chance between 0 and 1 for each row of features.
    pub(crate) fn chances(&self, rows: &[Vec<f32>]) -> Vec<f32> {
        rows.chunks(ABREAST)
            .flat_map(|rows| self.sums(rows).into_iter().take(rows.len()))
            .map(squeeze)
            .collect()
    }

    fn sums(&self, rows: &[Vec<f32>]) -> [f32; ABREAST] {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut columns = vec![[0.0; ABREAST]; width];
        for (n, row) in rows.iter().enumerate() {
            row.iter().zip(&mut columns).for_each(|(value, column)| column[n] = *value);
        }
        let mut left = vec![[u32::MAX; ABREAST]; self.leaves.len()];
        for question in &self.questions {
            let Some(column) = columns.get(question.feature) else { continue };
            let (border, kept) = (question.border, question.kept);
            for (left, value) in left[question.tree].iter_mut().zip(column) {
                // All ones up to the border; a branch here would cost more than all the rest.
                *left &= kept | u32::from(*value <= border).wrapping_neg();
            }
        }
        let mut sums = [0.0; ABREAST];
        for (left, leaves) in left.iter().zip(&self.leaves) {
            for (sum, left) in sums.iter_mut().zip(left) {
                *sum += leaves.get(left.trailing_zeros() as usize).copied().unwrap_or(0.0);
            }
        }
        sums
    }
}

fn squeeze(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_walked_and_summed() {
        let forest = Forest::parse(["0:1 =-2 1:5 =0 =3", "=1"].into_iter()).expect("two trees");
        let chance = |row: [f32; 2]| forest.chances(&[row.to_vec()])[0];
        assert_eq!(chance([1.0, 9.0]), squeeze(-1.0));
        assert_eq!(chance([2.0, 5.0]), squeeze(1.0));
        assert_eq!(chance([2.0, 6.0]), squeeze(4.0));
    }

    #[test]
    fn as_many_rows_as_there_are() {
        // Leaves on both sides of the other feature's border, in a tree that bends both ways.
        let forest = Forest::parse(["0:10 1:3 =1 0:5 =2 =3 1:7 =4 =5"].into_iter()).expect("a tree");
        let rows: Vec<Vec<f32>> = (0..70).map(|n| vec![(n % 21) as f32, (n * 7 % 10) as f32]).collect();
        let wanted = |row: &[f32]| match (row[0] <= 10.0, row[1]) {
            (true, b) if b <= 3.0 => 1.0,
            (true, _) => {
                if row[0] <= 5.0 {
                    2.0
                } else {
                    3.0
                }
            }
            (false, b) => {
                if b <= 7.0 {
                    4.0
                } else {
                    5.0
                }
            }
        };
        let all: Vec<f32> = rows.iter().map(|row| squeeze(wanted(row))).collect();
        for count in [0, 1, 31, 32, 33, 70] {
            assert_eq!(forest.chances(&rows[..count]), all[..count]);
        }
    }

    #[test]
    fn a_tree_that_ends_in_a_question_or_has_too_many_leaves_is_none() {
        assert!(Forest::parse(["0:1 =2"].into_iter()).is_some_and(|f| f.leaves[0].len() == 1));
        assert!(Forest::parse(["0:1"].into_iter()).is_none());
        let chain = |leaves: usize| format!("{}=1", "0:1 =0 ".repeat(leaves - 1));
        assert!(Forest::parse([chain(32).as_str()].into_iter()).is_some());
        assert!(Forest::parse([chain(40).as_str()].into_iter()).is_none());
    }
}
