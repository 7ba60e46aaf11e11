//! Texts that are the same after folding: they are compared with others once.

use super::CopyInput;
use super::shingle::letters;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Texts grouped by their folded letters.
pub(super) struct Equal {
    /// The texts of each group by their number among the inputs, the smallest id first.
    groups: Vec<Vec<u32>>,
}

impl Equal {
    pub fn group(inputs: &[CopyInput]) -> Self {
        let mut order: Vec<u32> = (0..inputs.len() as u32).collect();
        order.sort_by(|&x, &y| (&inputs[x as usize].id, x).cmp(&(&inputs[y as usize].id, y)));
        // The digests have a key that nobody knows, so that no texts can be made of which all have the same one.
        let keyed = RandomState::new();
        let marks: Vec<Option<u64>> = order
            .par_iter()
            .map(|&number| {
                let own = letters(&inputs[number as usize].text);
                (!own.is_empty()).then(|| keyed.hash_one(&own))
            })
            .collect();
        let mut by_letters: HashMap<u64, u32> = HashMap::new();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for (number, mark) in order.into_iter().zip(marks) {
            // Texts without a letter, such as pages that could not be read, are not copies of each other.
            let Some(mut key) = mark else {
                groups.push(vec![number]);
                continue;
            };
            // The letters decide, and another text of the same digest goes by the next number.
            let same = |group: u32| {
                let first = groups[group as usize][0];
                letters(&inputs[first as usize].text) == letters(&inputs[number as usize].text)
            };
            let known = loop {
                match by_letters.get(&key) {
                    Some(&group) if same(group) => break Some(group),
                    Some(_) => key = key.wrapping_add(1),
                    None => break None,
                }
            };
            match known {
                Some(group) => groups[group as usize].push(number),
                None => {
                    by_letters.insert(key, groups.len() as u32);
                    groups.push(vec![number]);
                }
            }
        }
        Self { groups }
    }

    /// The first text of each group.
    pub fn firsts<'a>(&self, inputs: &'a [CopyInput]) -> Vec<&'a CopyInput> {
        self.groups.iter().map(|group| &inputs[group[0] as usize]).collect()
    }

    /// The texts of a group by their number among the inputs.
    pub fn group_of(&self, number: usize) -> impl ExactSizeIterator<Item = usize> + Clone {
        self.groups[number].iter().map(|member| *member as usize)
    }
}
