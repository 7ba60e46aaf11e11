//! Proofs about a Merkle tree (RFC 9162, section 2.1), made and checked.
//!
//! An *inclusion* proof shows that an entry stands at its number under a head;
//! a *consistency* proof shows that a tree only grew since an older head. Both
//! are a few hashes, so that whoever holds a head need not hold the ledger.
//!
//! Entries count from 1, leaves from 0: entry 1 is leaf 0.

use crate::ledger::merkle::{Tree, node};
use plainsight_model::Digest;

/// The siblings on the way from a leaf to the root, the nearest first
/// (RFC 9162, 2.1.3.1); `None` where there is no such leaf.
pub fn prove_inclusion(leaves: &[Digest], index: u64) -> Option<Vec<Digest>> {
    let mut at = usize::try_from(index).ok().filter(|index| *index < leaves.len())?;
    let mut part = leaves;
    let mut path = Vec::new();
    while part.len() > 1 {
        let (left, right) = part.split_at(left_half(part.len()));
        if at < left.len() {
            path.push(root(right));
            part = left;
        } else {
            path.push(root(left));
            at -= left.len();
            part = right;
        }
    }
    path.reverse();
    Some(path)
}

/// The nodes that lead from the head of the first `old` leaves to the head of
/// all (RFC 9162, 2.1.4.1); `None` where there are fewer. From the empty tree,
/// and from a tree to itself, it takes none.
pub fn prove_consistency(leaves: &[Digest], old: u64) -> Option<Vec<Digest>> {
    let mut old = usize::try_from(old).ok().filter(|old| *old <= leaves.len())?;
    let mut part = leaves;
    let mut path = Vec::new();
    // Whether `part` is a whole tree that the holder of the old head knows.
    let mut known = true;
    while 0 < old && old < part.len() {
        let (left, right) = part.split_at(left_half(part.len()));
        if old <= left.len() {
            path.push(root(right));
            part = left;
        } else {
            path.push(root(left));
            old -= left.len();
            part = right;
            known = false;
        }
    }
    if !known {
        path.push(root(part));
    }
    path.reverse();
    Some(path)
}

/// Whether a leaf stands at `index` in the tree of `size` leaves with that
/// root (RFC 9162, 2.1.3.2).
pub fn includes(leaf: &Digest, index: u64, size: u64, path: &[Digest], root: &Digest) -> bool {
    if index >= size {
        return false;
    }
    let mut way = Way { first: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in path {
        if way.last == 0 {
            return false;
        }
        if way.is_on_the_left() {
            hash = node(sibling, &hash);
            way.skip();
        } else {
            hash = node(&hash, sibling);
        }
        way.up();
    }
    way.last == 0 && hash == *root
}

/// Whether the tree of `new` leaves is the tree of `old` leaves with more
/// behind them (RFC 9162, 2.1.4.2). Each tree is its size and root.
pub fn extends(old: (u64, &Digest), new: (u64, &Digest), path: &[Digest]) -> bool {
    let ((old, old_root), (new, new_root)) = (old, new);
    if old == 0 || old >= new {
        let same = if old == 0 { *old_root == Tree::default().root() } else { old_root == new_root };
        return old <= new && path.is_empty() && same;
    }
    let mut way = Way { first: old - 1, last: new - 1 };
    while way.first & 1 == 1 {
        way.up();
    }
    // A tree of a power of two is a node of the new tree; the proof leaves it out.
    let (start, rest) = match path.split_first() {
        _ if old.is_power_of_two() => (old_root, path),
        Some((start, rest)) => (start, rest),
        None => return false,
    };
    let (mut before, mut after) = (*start, *start);
    for hash in rest {
        if way.last == 0 {
            return false;
        }
        if way.is_on_the_left() {
            before = node(hash, &before);
            after = node(hash, &after);
            way.skip();
        } else {
            after = node(&after, hash);
        }
        way.up();
    }
    way.last == 0 && before == *old_root && after == *new_root
}

/// Where a proof stands: the numbers of a node and of the last one in its row.
struct Way {
    first: u64,
    last: u64,
}

impl Way {
    /// Whether the next hash of the proof is the left child.
    fn is_on_the_left(&self) -> bool {
        self.first & 1 == 1 || self.first == self.last
    }

    /// Passes rows in which the last node has no sibling.
    fn skip(&mut self) {
        while self.first & 1 == 0 && self.first != 0 {
            self.up();
        }
    }

    fn up(&mut self) {
        self.first >>= 1;
        self.last >>= 1;
    }
}

fn root(leaves: &[Digest]) -> Digest {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}

/// The largest power of two below a number of leaves.
fn left_half(leaves: usize) -> usize {
    leaves.next_power_of_two() / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::merkle::leaf;
    use proptest::prelude::*;

    /// The definitions of RFC 9162, word for word: MTH, PATH, SUBPROOF.
    fn mth(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => Digest::of(b""),
            [one] => *one,
            many => {
                let (left, right) = many.split_at(left_half(many.len()));
                node(&mth(left), &mth(right))
            }
        }
    }

    fn path(m: usize, leaves: &[Digest]) -> Vec<Digest> {
        if leaves.len() == 1 {
            return vec![];
        }
        let (left, right) = leaves.split_at(left_half(leaves.len()));
        if m < left.len() {
            [path(m, left), vec![mth(right)]].concat()
        } else {
            [path(m - left.len(), right), vec![mth(left)]].concat()
        }
    }

    fn subproof(m: usize, leaves: &[Digest], whole: bool) -> Vec<Digest> {
        if m == leaves.len() {
            return if whole { vec![] } else { vec![mth(leaves)] };
        }
        let (left, right) = leaves.split_at(left_half(leaves.len()));
        if m <= left.len() {
            [subproof(m, left, whole), vec![mth(right)]].concat()
        } else {
            [subproof(m - left.len(), right, false), vec![mth(left)]].concat()
        }
    }

    fn leaves(count: usize) -> Vec<Digest> {
        (0..count).map(|n| leaf(n.to_string().as_bytes())).collect()
    }

    #[test]
    fn proofs_are_those_of_the_definition_and_hold() {
        for size in 1..=40 {
            let all = leaves(size);
            let head = (size as u64, &mth(&all));
            for at in 0..size {
                let proof = prove_inclusion(&all, at as u64).expect("a leaf");
                assert_eq!(proof, path(at, &all), "{at} of {size}");
                assert!(includes(&all[at], at as u64, head.0, &proof, head.1), "{at} of {size}");
            }
            for old in 1..=size {
                let proof = prove_consistency(&all, old as u64).expect("smaller");
                assert_eq!(proof, subproof(old, &all, true), "{old} to {size}");
                assert!(extends((old as u64, &mth(&all[..old])), head, &proof), "{old} to {size}");
            }
        }
    }

    #[test]
    fn what_is_not_there_has_no_proof() {
        let all = leaves(5);
        assert_eq!(prove_inclusion(&all, 5), None);
        assert_eq!(prove_inclusion(&[], 0), None);
        assert_eq!(prove_consistency(&all, 6), None);
        assert_eq!(prove_consistency(&all, 0), Some(vec![]));
        let (empty, root) = (Digest::of(b""), mth(&all));
        assert!(extends((0, &empty), (5, &root), &[]));
        assert!(!extends((0, &root), (5, &root), &[]));
        assert!(!extends((6, &root), (5, &root), &[]));
        assert!(!extends((3, &root), (5, &root), &[]));
        assert!(!includes(&all[0], u64::MAX, u64::MAX, &[], &root));
    }

    proptest! {
        #[test]
        fn a_proof_that_was_changed_does_not_hold(
            size in 2usize..300, pick in any::<u64>(), change in any::<usize>(), bit in 0usize..256,
        ) {
            let all = leaves(size);
            let root = mth(&all);
            let at = (pick % size as u64) as usize;
            let proof = prove_inclusion(&all, at as u64).expect("a leaf");
            prop_assert!(includes(&all[at], at as u64, size as u64, &proof, &root));
            let mut wrong = proof.clone();
            let place = change % wrong.len();
            wrong[place].0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!includes(&all[at], at as u64, size as u64, &wrong, &root));
            prop_assert!(!includes(&all[at], at as u64, size as u64, &proof[1..], &root));
            prop_assert!(!includes(&all[at], at as u64 ^ 1, size as u64, &proof, &root));
            prop_assert!(!includes(&all[(at + 1) % size], at as u64, size as u64, &proof, &root));

            let old = 1 + (pick % (size as u64 - 1)) as usize;
            let before = mth(&all[..old]);
            let proof = prove_consistency(&all, old as u64).expect("smaller");
            prop_assert!(extends((old as u64, &before), (size as u64, &root), &proof));
            let mut wrong = proof.clone();
            let place = change % wrong.len();
            wrong[place].0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!extends((old as u64, &before), (size as u64, &root), &wrong));
            prop_assert!(!extends((old as u64, &before), (size as u64, &root), &proof[1..]));
            // A leaf of the past that was rewritten gives another old root.
            let mut past = all[..old].to_vec();
            past[at % old].0[0] ^= 1;
            prop_assert!(!extends((old as u64, &mth(&past)), (size as u64, &root), &proof));
        }
    }
}
