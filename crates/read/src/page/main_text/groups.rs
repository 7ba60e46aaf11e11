//! Elements of one template side by side: posts of a forum, goods of a shop, headlines of a list.

use super::elements::{Elements, Sums};
use std::collections::HashMap;

/// From this many elements of one template under one parent on they are a group.
const LEAST: f32 = 3.0;

/// The groups of a page.
pub(crate) struct Groups {
    /// By parent and template: how many, and what they hold together.
    groups: HashMap<(Option<usize>, u64), (f32, Sums)>,
    /// The letters of the biggest.
    biggest: f32,
}

impl Groups {
    pub(crate) fn new(elements: &Elements) -> Self {
        let mut groups: HashMap<(Option<usize>, u64), (f32, Sums)> = HashMap::new();
        for element in &elements.0 {
            let group = groups.entry((element.parent, element.shape)).or_default();
            group.0 += 1.0;
            group.1.add(element.sums);
        }
        groups.retain(|_, group| group.0 >= LEAST);
        let biggest = groups.values().map(|g| g.1.letters).fold(0.0, f32::max);
        Self { groups, biggest }
    }

    /// The group with most text that an element is part of, as numbers: members, share of the page,
    /// of links and of running text, blocks and letters of a member, size beside the biggest group.
    pub(crate) fn around(&self, home: usize, elements: &Elements) -> [f32; 7] {
        let of = |n: usize| self.groups.get(&(elements.0[n].parent, elements.0[n].shape));
        let best = elements.up(home).filter_map(of).max_by(|a, b| a.1.letters.total_cmp(&b.1.letters));
        let Some((members, sums)) = best else { return [0.0; 7] };
        let letters = sums.letters.max(1.0);
        [
            *members,
            letters / elements.0[0].sums.letters.max(1.0),
            sums.linked / letters,
            sums.running / letters,
            sums.blocks / members,
            letters / members,
            letters / self.biggest.max(1.0),
        ]
    }
}
