//! The Merkle tree of RFC 6962 and RFC 9162 (section 2.1 of both).

use plainsight_model::Digest;
use sha2::{Digest as _, Sha256};

/// SHA-256(0x00 ‖ line): the leaf of a ledger line, without its LF.
pub(crate) fn leaf(line: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update([0x00]);
    hash.update(line);
    Digest(hash.finalize().into())
}

pub(crate) fn node(left: &Digest, right: &Digest) -> Digest {
    let mut hash = Sha256::new();
    hash.update([0x01]);
    hash.update(left.0);
    hash.update(right.0);
    Digest(hash.finalize().into())
}

/// A tree that grows by a leaf at a time: the roots of its full parts, the
/// largest first, each with its number of leaves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    parts: Vec<(u64, Digest)>,
}

impl Tree {
    pub(crate) fn push(&mut self, leaf: Digest) {
        let mut part = (1, leaf);
        while let Some((size, left)) = self.parts.last()
            && *size == part.0
        {
            part = (size * 2, node(left, &part.1));
            self.parts.pop();
        }
        self.parts.push(part);
    }

    /// The root; of the empty tree the hash of nothing.
    pub(crate) fn root(&self) -> Digest {
        let mut parts = self.parts.iter().rev().map(|(_, root)| *root);
        match parts.next() {
            None => Digest::of(b""),
            Some(last) => parts.fold(last, |right, left| node(&left, &right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, word for word.
    fn root_by_definition(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => Digest::of(b""),
            [one] => *one,
            many => {
                let split = many.len().next_power_of_two() / 2;
                node(&root_by_definition(&many[..split]), &root_by_definition(&many[split..]))
            }
        }
    }

    #[test]
    fn the_growing_tree_has_the_roots_of_the_definition() {
        let leaves: Vec<Digest> = (0u8..70).map(|n| leaf(&[n])).collect();
        let mut tree = Tree::default();
        for (n, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), root_by_definition(&leaves[..n]));
            tree.push(*leaf);
        }
    }

    #[test]
    fn published_roots_agree() {
        // Test vectors of certificate-transparency's merkle tree tests: inputs "", 0x00, 0x10.
        let mut tree = Tree::default();
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ];
        for (input, root) in [&b""[..], b"\x00", b"\x10"].into_iter().zip(roots) {
            tree.push(leaf(input));
            assert_eq!(tree.root().hex(), root);
        }
    }
}
