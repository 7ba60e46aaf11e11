//! A set of shingles, for texts that are compared over and over.

/// Distinct hashes with a table to find them in (open addressing, linear probing, half full at most).
pub(super) struct Set {
    distinct: Vec<u32>,
    /// One more than a place in `distinct`; 0 where none is.
    slots: Vec<u32>,
}

impl Set {
    pub fn new(hashes: impl Iterator<Item = u32>) -> Self {
        let all: Vec<u32> = hashes.collect();
        let slots = vec![0; (all.len() * 2).next_power_of_two()];
        let mut set = Self { distinct: Vec::with_capacity(all.len()), slots };
        for hash in all {
            if let Err(slot) = set.find(hash) {
                set.distinct.push(hash);
                set.slots[slot] = set.distinct.len() as u32;
            }
        }
        set
    }

    pub fn len(&self) -> usize {
        self.distinct.len()
    }

    pub fn has(&self, hash: u32) -> bool {
        self.find(hash).is_ok()
    }

    /// How many hashes both sets have.
    pub fn shared(&self, other: &Self) -> usize {
        let (fewer, more) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        fewer.distinct.iter().filter(|hash| more.has(**hash)).count()
    }

    /// The slot of a hash, or the free one where it would be.
    fn find(&self, hash: u32) -> Result<usize, usize> {
        let last = self.slots.len() - 1;
        let mut slot = hash as usize & last;
        while let Some(place) = (self.slots[slot] as usize).checked_sub(1) {
            if self.distinct[place] == hash {
                return Ok(slot);
            }
            slot = (slot + 1) & last;
        }
        Err(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_answers_as_a_set_does(
            one in prop::collection::vec(0u32..40, 0..60), other in prop::collection::vec(0u32..40, 0..60),
        ) {
            let (a, b) = (Set::new(one.iter().copied()), Set::new(other.iter().copied()));
            let (x, y): (BTreeSet<u32>, BTreeSet<u32>) = (one.into_iter().collect(), other.into_iter().collect());
            prop_assert_eq!((a.len(), a.shared(&b)), (x.len(), x.intersection(&y).count()));
            prop_assert!((0..40).all(|hash| a.has(hash) == x.contains(&hash)));
        }
    }
}
