//! Names of places to places: built-in tables and what a case adds.
//!
//! Forms are compared folded. The added rows are a layer of their own that
//! wins over the built-in one: an invented county behaves exactly as a real one.

mod builtin;
mod cued;
mod find;
mod layer;
mod place;
mod row;
mod towns;

pub use find::PlaceHit;
pub use place::{Place, PlaceKind, PlaceRef};
pub use row::PlaceRow;

use layer::Layer;
use plainsight_text::Day;
use std::sync::{Arc, OnceLock};

/// Places by name, key and position in a text; cheap to clone.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    added: Option<Arc<Layer>>,
}

/// The built-in tables, read when somebody first asks them: a command that
/// opens a case and names no place does not pay for them.
fn base() -> &'static Layer {
    static BASE: OnceLock<Layer> = OnceLock::new();
    BASE.get_or_init(builtin::layer)
}

impl Gazetteer {
    /// Gives the tables that ship with Plainsight.
    pub fn builtin() -> &'static Gazetteer {
        static BUILTIN: Gazetteer = Gazetteer { added: None };
        &BUILTIN
    }

    /// Adds rows; rows added before stay. A form or key of an added row hides
    /// the built-in places of the same form or key.
    pub fn with_rows(&self, rows: &[PlaceRow]) -> Gazetteer {
        let mut all: Vec<PlaceRow> = self.added.as_ref().map_or_else(Vec::new, |layer| layer.rows.clone());
        all.extend_from_slice(rows);
        if all.is_empty() {
            return self.clone();
        }
        let layer = row::layer(all, base().end(), base());
        Gazetteer { added: Some(Arc::new(layer)) }
    }

    /// Gives the SHA-256 (hex) of the built-in tables and the added rows.
    pub fn digest(&self) -> String {
        self.added.as_ref().map_or_else(|| base().digest.clone(), |layer| layer.digest.clone())
    }

    /// Gives a place.
    pub fn get(&self, place: PlaceRef) -> &Place {
        towns::get(place).unwrap_or_else(|| self.layer_of(place).get(place))
    }

    /// Gives the places whose name folds to `folded`, the likeliest first.
    pub fn places_named(&self, folded: &str) -> &[PlaceRef] {
        match self.added.as_ref().map(|layer| layer.named(folded)) {
            Some(found) if !found.is_empty() => found,
            _ => base().named(folded),
        }
    }

    /// Gives the places of a name that were so named on `day`; if none was, all of them.
    pub fn named_on(&self, folded: &str, day: Option<Day>) -> Vec<PlaceRef> {
        self.on_day(self.places_named(folded), day)
    }

    /// Finds places in a text: longest first, by position.
    pub fn find(&self, text: &str, day: Option<Day>) -> Vec<PlaceHit> {
        find::find(self, text, day)
    }

    /// Finds the smaller towns that a text's own words set somewhere: behind a word of place, in an address, beside
    /// their country. Only towns of `countries` are meant; `known` are the places of [`Gazetteer::find`], `lang` is
    /// ISO 639-1. By position.
    pub fn find_towns(
        &self,
        text: &str,
        known: &[PlaceHit],
        countries: &[PlaceRef],
        lang: Option<&str>,
    ) -> Vec<PlaceHit> {
        cued::find(text, &cued::Around { gazetteer: self, known, countries, lang })
    }

    /// Gives the smaller towns of a folded name, the greatest first: places that [`Gazetteer::places_named`] does not know.
    pub fn towns_named(&self, folded: &str) -> Vec<PlaceRef> {
        if self.places_named(folded).is_empty() { towns::named(folded) } else { Vec::new() }
    }

    /// Gives every form in a text that stands between borders, with and without a cue,
    /// overlapping ones too: for a grammar whose own words are the cue.
    pub fn forms(&self, text: &str, day: Option<Day>) -> Vec<PlaceHit> {
        find::forms(self, text, day)
    }

    /// Tells whether the gazetteer knows the divisions of a country by code: a
    /// body of such a division is one of a sending state.
    pub fn has_divisions(&self, country: PlaceRef) -> bool {
        let name = &self.get(country).name;
        self.layers().any(|layer| layer.divided.contains(name))
    }

    /// Gives a place's key: its code, else `Country/Name` by the printed names; a country without code is its name.
    pub fn key(&self, place: PlaceRef) -> String {
        self.get(place).key()
    }

    /// Gives the place of a key; for places that share one the likeliest.
    pub fn by_key(&self, key: &str) -> Option<PlaceRef> {
        let known = self.added.as_ref().and_then(|layer| layer.by_key(key)).or_else(|| base().by_key(key));
        known.or_else(|| towns::by_key(key))
    }

    /// Gives the country that a place lies in (a country lies in itself).
    pub fn country_of(&self, place: PlaceRef) -> Option<PlaceRef> {
        let found = self.get(place);
        if found.kind == PlaceKind::Country {
            return Some(place);
        }
        let by_code = found.country_code.as_deref().and_then(|code| self.by_key(code));
        by_code.or_else(|| self.by_key(found.country.as_deref()?))
    }

    /// Gives a place and what it lies in: county, prefecture, province, country.
    pub fn chain(&self, place: PlaceRef) -> Vec<PlaceRef> {
        let mut out = vec![place];
        let mut at = place;
        // Parents come from a file: a loop must end.
        while let Some(up) = self.get(at).parent.as_deref().and_then(|key| self.by_key(key)) {
            if out.contains(&up) || out.len() >= 8 {
                break;
            }
            out.push(up);
            at = up;
        }
        if let Some(country) = self.country_of(place)
            && !out.contains(&country)
        {
            out.push(country);
        }
        out
    }

    /// Tells whether a place lies outside the sending state (its key or printed name).
    /// A place of unknown country is not abroad.
    pub fn abroad(&self, place: PlaceRef, sending: &str) -> bool {
        let Some(country) = self.country_of(place) else { return false };
        Some(country) != self.by_key(sending)
    }

    /// Gives all countries, by name.
    pub fn countries(&self) -> Vec<PlaceRef> {
        let mut out: Vec<PlaceRef> = self.layers().flat_map(|layer| layer.countries()).collect();
        out.sort_by(|a, b| (&self.get(*a).name, a).cmp(&(&self.get(*b).name, b)));
        out
    }

    fn on_day(&self, places: &[PlaceRef], day: Option<Day>) -> Vec<PlaceRef> {
        let valid: Vec<PlaceRef> = places.iter().copied().filter(|p| self.get(*p).named_so_on(day)).collect();
        if valid.is_empty() { places.to_vec() } else { valid }
    }

    fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.added.as_deref().into_iter().chain([base()])
    }

    fn layer_of(&self, place: PlaceRef) -> &Layer {
        match &self.added {
            Some(layer) if place.0 >= layer.first && place.0 < towns::FIRST => layer,
            _ => base(),
        }
    }
}

#[cfg(test)]
mod tests;
