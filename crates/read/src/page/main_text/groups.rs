//! Elements of one template side by side: posts of a forum, goods of a shop, headlines of a list.

use super::elements::{Elements, Sums};
use std::collections::HashMap;

/// From this many elements of one template under one parent on they are a group.
const LEAST: f32 = 3.0;

/// Elements side by side, and what they hold together.
#[derive(Default)]
struct Group {
    members: f32,
    sums: Sums,
    /// The letters of running text on the page before the first.
    before: f32,
}

/// The groups of a page.
pub(crate) struct Groups {
    /// By parent and template.
    groups: HashMap<(Option<usize>, u64), Group>,
    /// The number of each element in its group, from 1.
    numbers: Vec<f32>,
    /// The letters of the biggest.
    biggest: f32,
}

impl Groups {
    pub(crate) fn new(elements: &Elements) -> Self {
        let mut groups: HashMap<(Option<usize>, u64), Group> = HashMap::new();
        let mut numbers = Vec::with_capacity(elements.0.len());
        for element in &elements.0 {
            let group = groups.entry((element.parent, element.shape)).or_default();
            if group.members == 0.0 {
                group.before = element.before;
            }
            group.members += 1.0;
            group.sums.add(element.sums);
            numbers.push(group.members);
        }
        groups.retain(|_, group| group.members >= LEAST);
        let biggest = groups.values().map(|g| g.sums.letters).fold(0.0, f32::max);
        Self { groups, numbers, biggest }
    }

    /// The group with most text that an element is part of, as numbers: members, share of the page, of links
    /// and of running text, blocks and letters of a member, size beside the biggest group; how much runs before
    /// it (comments follow an article, posts of a forum do not), and which member this is.
    pub(crate) fn around(&self, home: usize, elements: &Elements) -> [f32; 10] {
        let of = |n: usize| Some((n, self.groups.get(&(elements.0[n].parent, elements.0[n].shape))?));
        let most = |a: &(usize, &Group), b: &(usize, &Group)| a.1.sums.letters.total_cmp(&b.1.sums.letters);
        let Some((member, group)) = elements.up(home).filter_map(of).max_by(most) else { return [0.0; 10] };
        let (sums, all) = (&group.sums, &elements.0[0].sums);
        let letters = sums.letters.max(1.0);
        [
            group.members,
            letters / all.letters.max(1.0),
            sums.linked / letters,
            sums.running / letters,
            sums.blocks / group.members,
            letters / group.members,
            letters / self.biggest.max(1.0),
            group.before / all.running.max(1.0),
            group.before / letters,
            self.numbers[member],
        ]
    }
}
