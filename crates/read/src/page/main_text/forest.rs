//! Trees of decisions, learned by `bench/reading/learn.py`.

/// A sum of trees, squeezed to a chance.
pub(crate) struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Node {
    /// Which feature is asked, or [`LEAF`].
    feature: u16,
    /// Up to this much goes to the next node, more to `other`; the value of a leaf.
    value: f32,
    other: u32,
}

const LEAF: u16 = u16::MAX;

impl Forest {
    /// Reads a tree a line: `12:0.5` asks feature 12, `=0.1` is a leaf; nodes stand
    /// in the order of a walk that takes the lower side first.
    pub(crate) fn parse<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut forest = Self { nodes: Vec::new(), roots: Vec::new() };
        for line in lines {
            forest.roots.push(u32::try_from(forest.nodes.len()).ok()?);
            // Questions whose lower side is being read.
            let mut open: Vec<usize> = Vec::new();
            for word in line.split(' ') {
                let at = forest.nodes.len();
                if let Some(value) = word.strip_prefix('=') {
                    forest.nodes.push(Node { feature: LEAF, value: value.parse().ok()?, other: 0 });
                    if let Some(question) = open.pop() {
                        forest.nodes[question].other = u32::try_from(at + 1).ok()?;
                    }
                } else {
                    let (feature, value) = word.split_once(':')?;
                    open.push(at);
                    forest.nodes.push(Node {
                        feature: feature.parse().ok()?,
                        value: value.parse().ok()?,
                        other: 0,
                    });
                }
            }
        }
        Some(forest)
    }

    /// The chance between 0 and 1 for one row of features.
    pub(crate) fn chance(&self, row: &[f32]) -> f32 {
        let sum: f32 = self.roots.iter().map(|root| self.walk(*root as usize, row)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn walk(&self, mut at: usize, row: &[f32]) -> f32 {
        loop {
            let node = self.nodes[at];
            if node.feature == LEAF {
                return node.value;
            }
            let low = row.get(usize::from(node.feature)).is_none_or(|x| *x <= node.value);
            at = if low { at + 1 } else { node.other as usize };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_walked_and_summed() {
        let forest = Forest::parse(["0:1 =-2 1:5 =0 =3", "=1"].into_iter()).expect("two trees");
        let chance = |row: [f32; 2]| forest.chance(&row);
        let squeeze = |sum: f32| 1.0 / (1.0 + (-sum).exp());
        assert_eq!(chance([1.0, 9.0]), squeeze(-1.0));
        assert_eq!(chance([2.0, 5.0]), squeeze(1.0));
        assert_eq!(chance([2.0, 6.0]), squeeze(4.0));
    }
}
