//! A set of places with its index: by form, by key, and one lexicon of all forms.

use super::{Place, PlaceKind, PlaceRef, PlaceRow};
use plainsight_text::{Entry, Lexicon, fold, is_han};
use std::collections::{BTreeMap, HashMap, HashSet};

#[derive(Debug, Default)]
pub(super) struct Layer {
    pub(super) first: u32,
    pub(super) rows: Vec<PlaceRow>,
    pub(super) digest: String,
    places: Vec<Place>,
    forms: HashMap<String, Vec<PlaceRef>>,
    keys: HashMap<String, PlaceRef>,
    patterns: Vec<Pattern>,
    lexicon: Lexicon,
    pub(super) divided: HashSet<String>,
}

/// A folded form in the lexicon.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) folded: String,
    /// Ordinary word, or too short: counts only beside a cue.
    pub(super) cue: bool,
    /// Written in Han: no word borders.
    pub(super) han: bool,
    /// Its length in characters.
    pub(super) length: usize,
}

impl Layer {
    pub(super) fn end(&self) -> u32 {
        self.first + self.places.len() as u32
    }

    pub(super) fn get(&self, place: PlaceRef) -> &Place {
        &self.places[(place.0 - self.first) as usize]
    }

    pub(super) fn named(&self, folded: &str) -> &[PlaceRef] {
        self.forms.get(folded).map_or(&[], Vec::as_slice)
    }

    pub(super) fn by_key(&self, key: &str) -> Option<PlaceRef> {
        self.keys.get(key).copied()
    }

    pub(super) fn countries(&self) -> Vec<PlaceRef> {
        let all = (self.first..self.end()).map(PlaceRef);
        all.filter(|p| self.get(*p).kind == PlaceKind::Country).collect()
    }

    /// The countries that have divisions with codes.
    pub(super) fn divided(&self) -> HashSet<String> {
        let division = |place: &&Place| {
            matches!(place.kind, PlaceKind::Province | PlaceKind::Prefecture | PlaceKind::County)
                && place.code.is_some()
        };
        self.places.iter().filter(division).filter_map(|place| place.country.clone()).collect()
    }

    /// Calls `found` with every form in a folded text, overlapping ones too: where it begins and ends (code
    /// points of the fold), and its pattern.
    pub(super) fn each<'l>(&'l self, folded: &str, mut found: impl FnMut(usize, usize, &'l Pattern)) {
        self.lexicon.each(folded, |Entry { number, start, .. }| {
            let pattern = &self.patterns[number];
            found(start, start + pattern.length, pattern);
        });
    }
}

/// Collects places and their forms, then makes the index.
#[derive(Debug, Default)]
pub(super) struct Builder {
    first: u32,
    places: Vec<Place>,
    keys: HashMap<String, PlaceRef>,
    /// Folded form to places; `true` where the form alone is too weak for this place.
    forms: BTreeMap<String, Vec<(PlaceRef, bool)>>,
}

impl Builder {
    pub(super) fn starting_at(first: u32) -> Self {
        Self { first, ..Self::default() }
    }

    /// Adds a place under its key; among places of one key the first stays.
    pub(super) fn add(&mut self, place: Place) -> PlaceRef {
        let at = PlaceRef(self.first + self.places.len() as u32);
        self.keys.entry(place.key()).or_insert(at);
        // A country is also found by its printed name, however its key reads.
        if place.kind == PlaceKind::Country {
            self.keys.entry(place.name.clone()).or_insert(at);
        }
        self.places.push(place);
        at
    }

    /// Gives a key to another place.
    pub(super) fn rekey(&mut self, key: &str, place: PlaceRef) {
        self.keys.insert(key.to_owned(), place);
    }

    pub(super) fn get_mut(&mut self, place: PlaceRef) -> &mut Place {
        &mut self.places[(place.0 - self.first) as usize]
    }

    pub(super) fn by_key(&self, key: &str) -> Option<PlaceRef> {
        self.keys.get(key).copied()
    }

    pub(super) fn get(&self, place: PlaceRef) -> &Place {
        &self.places[(place.0 - self.first) as usize]
    }

    /// The places that already bear a form.
    pub(super) fn named(&self, folded: &str) -> impl Iterator<Item = PlaceRef> {
        self.forms.get(folded).into_iter().flatten().map(|(place, _)| *place)
    }

    /// Adds a name of a place; `weak` where this form alone does not stand for it.
    pub(super) fn name(&mut self, place: PlaceRef, lang: &str, form: &str, weak: bool) {
        let form = form.trim();
        if form.is_empty() {
            return;
        }
        self.index(place, &fold(form), weak);
        // Pinyin is written with and without the apostrophe: Xi'an, Xian.
        let plain = fold(form).replace('\'', "");
        if plain.chars().count() >= 4 {
            self.index(place, &plain, weak);
        }
        let known = &mut self.get_mut(place).forms;
        if !known.iter().any(|(l, f)| l == lang && f == form) {
            known.push((lang.to_owned(), form.to_owned()));
        }
    }

    fn index(&mut self, place: PlaceRef, folded: &str, weak: bool) {
        if folded.is_empty() {
            return;
        }
        let places = self.forms.entry(folded.to_owned()).or_default();
        if !places.iter().any(|(known, _)| *known == place) {
            places.push((place, weak));
        }
    }

    pub(super) fn finish(mut self, rows: Vec<PlaceRow>, digest: String) -> Layer {
        let words = super::builtin::words();
        let mut forms = HashMap::with_capacity(self.forms.len());
        let mut patterns = Vec::with_capacity(self.forms.len());
        let mut free = vec![false; self.places.len()];
        for (folded, mut places) in std::mem::take(&mut self.forms) {
            let han = folded.chars().all(is_han);
            let length = folded.chars().count();
            let short = if han { length < 2 } else { length <= 3 };
            let wide = places.iter().any(|(p, _)| self.get(*p).kind <= PlaceKind::Province);
            let word = words.contains(folded.as_str());
            let cue =
                (!wide && (short || word)) || places.iter().all(|(_, weak)| *weak) || (wide && han && short);
            places.sort_by_key(|(place, _)| (rank(self.get(*place)), *place));
            for (place, weak) in &places {
                free[(place.0 - self.first) as usize] |= !cue && !weak;
            }
            // A single Han character is never looked for in a text.
            if !(han && length < 2) {
                patterns.push(Pattern { folded: folded.clone(), cue, han, length });
            }
            forms.insert(folded, places.into_iter().map(|(place, _)| place).collect());
        }
        for (place, free) in self.places.iter_mut().zip(free) {
            place.cue = !free;
        }
        let lexicon = Lexicon::new(patterns.iter().map(|p| p.folded.as_str()));
        let mut layer = Layer {
            first: self.first,
            rows,
            digest,
            places: self.places,
            forms,
            keys: self.keys,
            patterns,
            lexicon,
            divided: HashSet::new(),
        };
        layer.divided = layer.divided();
        layer
    }
}

/// Likelier places first: states, provinces, great cities; former names last.
fn rank(place: &Place) -> (bool, u8, std::cmp::Reverse<u64>) {
    let class = match place.kind {
        PlaceKind::Country => 0,
        PlaceKind::Province => 1,
        PlaceKind::Prefecture => 2,
        PlaceKind::City if place.population >= 500_000 => 2,
        _ => 3,
    };
    (place.until.is_some(), class, std::cmp::Reverse(place.population))
}
