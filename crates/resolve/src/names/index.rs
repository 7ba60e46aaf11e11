//! Names of millions of entities in one table that is read as a byte slice.
//!
//! Layout, all numbers little-endian: [`MAGIC`]; the numbers of entities, keys, and places (u32 each);
//! the keys in order (u64); where each key's places begin (u32, one more than keys); the places,
//! numbers of entities in order (u32); where each entity's names begin (u64, one more than
//! entities); the names, parted by line ends.

use super::NameInput;
use super::keys::keys;
use plainsight_lens::Gazetteer;
use std::collections::BTreeSet;

/// The first bytes of a table of this version.
const MAGIC: &[u8; 8] = b"PSNAMES1";
/// Bits of a place's number in what is sorted while a table is made: 16 million entities.
const BITS: u32 = 24;
/// Places that one question may look at: it bounds its time, whatever the names.
const MOST_PLACES: usize = 400_000;
/// A rarity is kept in sixteenths of a natural logarithm.
const GRAIN: f64 = 16.0;

/// Why bytes are no table, or no more fits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Not made by this version, or cut.
    #[error("the bytes are no table of names of this version, or a cut one; make it again from its list")]
    NoTable,
    /// A table holds 16,777,216 entities.
    #[error("a table holds 16,777,216 entities; split the list")]
    Full,
}

/// Makes a table.
pub struct IndexBuilder<'g> {
    gazetteer: &'g Gazetteer,
    places: Vec<u64>,
    begins: Vec<u64>,
    names: Vec<u8>,
}

impl<'g> IndexBuilder<'g> {
    /// An empty one; the gazetteer is asked what bodies a name may name.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, places: Vec::new(), begins: vec![0], names: Vec::new() }
    }

    /// Adds an entity by its names; gives its number, from 0.
    pub fn add(&mut self, names: &NameInput) -> Result<u32, IndexError> {
        let number = self.begins.len() - 1;
        if number >= 1 << BITS {
            return Err(IndexError::Full);
        }
        let names = names.all_names();
        let mut own = BTreeSet::new();
        for name in &names {
            own.extend(keys(name, self.gazetteer).into_iter().map(|key| key >> BITS));
            let line = name.chars().map(|c| if c == '\n' { ' ' } else { c }).collect::<String>();
            self.names.extend_from_slice(line.as_bytes());
            self.names.push(b'\n');
        }
        self.places.extend(own.into_iter().map(|key| (key << BITS) | number as u64));
        self.begins.push(self.names.len() as u64);
        Ok(number as u32)
    }

    /// The table's bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.places.sort_unstable();
        self.places.dedup();
        let mut keys: Vec<u64> = Vec::new();
        let mut starts: Vec<u32> = Vec::new();
        for (at, place) in self.places.iter().enumerate() {
            if keys.last() != Some(&(place >> BITS)) {
                keys.push(place >> BITS);
                starts.push(at as u32);
            }
        }
        starts.push(self.places.len() as u32);
        let entities = (self.begins.len() - 1) as u32;
        let size =
            20 + 12 * keys.len() + 4 + 4 * self.places.len() + 8 * self.begins.len() + self.names.len();
        let mut out = Vec::with_capacity(size);
        out.extend_from_slice(MAGIC);
        for number in [entities, keys.len() as u32, self.places.len() as u32] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        keys.iter().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
        starts.iter().for_each(|start| out.extend_from_slice(&start.to_le_bytes()));
        let mask = (1_u64 << BITS) - 1;
        self.places.iter().for_each(|place| out.extend_from_slice(&((place & mask) as u32).to_le_bytes()));
        self.begins.iter().for_each(|begin| out.extend_from_slice(&begin.to_le_bytes()));
        out.extend_from_slice(&self.names);
        out
    }
}

/// A table of names, read where it lies.
#[derive(Clone, Copy, Debug)]
pub struct NameIndex<'b> {
    keys: &'b [u8],
    starts: &'b [u8],
    places: &'b [u8],
    begins: &'b [u8],
    names: &'b [u8],
}

/// Room for one question after the other, so that none begins with millions of zeros.
#[derive(Debug, Default)]
pub struct Scratch {
    weights: Vec<u16>,
    touched: Vec<u32>,
}

impl<'b> NameIndex<'b> {
    /// Takes a table's bytes. Only their lengths are checked: a damaged place leads nowhere and is passed over.
    pub fn open(bytes: &'b [u8]) -> Result<Self, IndexError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(IndexError::NoTable)?;
        let read = || -> Option<Self> {
            let mut cut = Cut(rest);
            let (entities, keys, places) = (cut.number()?, cut.number()?, cut.number()?);
            Some(Self {
                keys: cut.take(keys.checked_mul(8)?)?,
                starts: cut.take(keys.checked_add(1)?.checked_mul(4)?)?,
                places: cut.take(places.checked_mul(4)?)?,
                begins: cut.take(entities.checked_add(1)?.checked_mul(8)?)?,
                names: cut.0,
            })
        };
        read().ok_or(IndexError::NoTable)
    }

    /// How many entities it has.
    pub fn len(&self) -> usize {
        (self.begins.len() / 8).saturating_sub(1)
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An entity's names.
    pub fn names(&self, number: u32) -> Vec<&'b str> {
        let at =
            |n: usize| Some(u64::from_le_bytes(self.begins.get(8 * n..8 * n + 8)?.try_into().ok()?) as usize);
        let slice = || self.names.get(at(number as usize)?..at(number as usize + 1)?);
        let text = slice().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
        text.lines().collect()
    }

    /// The entities whose names share most with these, by how rare what they share is; at most `most`.
    pub fn candidates(
        &self,
        names: &NameInput,
        gazetteer: &Gazetteer,
        most: usize,
        scratch: &mut Scratch,
    ) -> Vec<u32> {
        let mut asked: BTreeSet<u64> = BTreeSet::new();
        for name in names.all_names() {
            asked.extend(keys(&name, gazetteer).into_iter().map(|key| key >> BITS));
        }
        let mut found: Vec<&[u8]> = asked.iter().filter_map(|key| self.places_of(*key)).collect();
        // The rarest first, until enough is looked at.
        found.sort_by_key(|places| places.len());
        scratch.weights.resize(self.len(), 0);
        let mut looked = 0;
        for places in found {
            let count = places.len() / 4;
            if looked + count > MOST_PLACES && looked > 0 {
                break;
            }
            looked += count;
            let rarity = (self.len() as f64 / count as f64).ln() * GRAIN;
            let weight = rarity.clamp(1.0, f64::from(u16::MAX) / 64.0) as u16;
            for place in places.chunks_exact(4) {
                let number = u32::from_le_bytes([place[0], place[1], place[2], place[3]]);
                let Some(sum) = scratch.weights.get_mut(number as usize) else { continue };
                if *sum == 0 {
                    scratch.touched.push(number);
                }
                *sum = sum.saturating_add(weight);
            }
        }
        let weights = &scratch.weights;
        let order = |number: &u32| (std::cmp::Reverse(weights[*number as usize]), *number);
        let mut touched = std::mem::take(&mut scratch.touched);
        if touched.len() > most {
            touched.select_nth_unstable_by_key(most, order);
        }
        let mut best: Vec<u32> = touched.iter().take(most).copied().collect();
        best.sort_unstable_by_key(order);
        touched.iter().for_each(|number| scratch.weights[*number as usize] = 0);
        touched.clear();
        scratch.touched = touched;
        best
    }

    /// The places of a key, 4 bytes each.
    fn places_of(&self, key: u64) -> Option<&'b [u8]> {
        let key_at = |n: usize| Some(u64::from_le_bytes(self.keys.get(8 * n..8 * n + 8)?.try_into().ok()?));
        let (mut low, mut high) = (0, self.keys.len() / 8);
        while low < high {
            let middle = low.midpoint(high);
            if key_at(middle)? < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if key_at(low)? != key {
            return None;
        }
        let start =
            |n: usize| Some(u32::from_le_bytes(self.starts.get(4 * n..4 * n + 4)?.try_into().ok()?) as usize);
        self.places
            .get(start(low)?.checked_mul(4)?..start(low + 1)?.checked_mul(4)?)
            .filter(|p| !p.is_empty())
    }
}

struct Cut<'b>(&'b [u8]);

impl<'b> Cut<'b> {
    fn number(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }
}
