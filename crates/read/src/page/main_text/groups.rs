//! Elements of one template side by side: posts of a forum, goods of a shop, headlines of a list.

use super::elements::{Elements, Sums};
use crate::hashed::{HashedMap, mix};

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
    groups: Vec<Group>,
    /// For each element the group with most text that it or one above it is part of, with the number of that
    /// member in it, from 1.
    most: Vec<Option<(usize, f32)>>,
    /// The letters of the biggest.
    biggest: f32,
}

impl Groups {
    pub(crate) fn new(elements: &Elements) -> Self {
        // By parent and template.
        let mut known: HashedMap<usize> = HashedMap::default();
        let mut groups: Vec<Group> = Vec::new();
        let mut own = Vec::with_capacity(elements.0.len());
        for element in &elements.0 {
            let parent = element.parent.map_or(0, |p| p as u64 + 1);
            let number = *known.entry(mix(element.shape, parent)).or_insert(groups.len());
            if number == groups.len() {
                groups.push(Group { before: element.before, ..Group::default() });
            }
            let group = &mut groups[number];
            group.members += 1.0;
            group.sums.add(element.sums);
            own.push((number, group.members));
        }
        let real = |group: &Group| group.members >= LEAST;
        let biggest = groups.iter().filter(|g| real(g)).map(|g| g.sums.letters).fold(0.0, f32::max);
        let mut most: Vec<Option<(usize, f32)>> = Vec::with_capacity(own.len());
        for (element, own) in elements.0.iter().zip(own) {
            let above = element.parent.and_then(|p| most[p]);
            let letters = |group: usize| groups[group].sums.letters;
            let better = real(&groups[own.0]) && above.is_none_or(|a| letters(own.0) > letters(a.0));
            most.push(if better { Some(own) } else { above });
        }
        Self { groups, most, biggest }
    }

    /// The group with most text that an element is part of, as numbers: members, share of the page, of links
    /// and of running text, blocks and letters of a member, size beside the biggest group; how much runs before
    /// it (comments follow an article, posts of a forum do not), and which member this is.
    pub(crate) fn around(&self, home: usize, elements: &Elements) -> [f32; 10] {
        let Some((group, number)) = self.most[home] else { return [0.0; 10] };
        let group = &self.groups[group];
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
            number,
        ]
    }
}
