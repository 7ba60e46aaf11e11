//! A row of a gazetteer that somebody brings, and the layer that such rows make.

use super::builtin::{empty, first_day};
use super::layer::{Builder, Layer};
use super::{Place, PlaceKind, PlaceRef};
use plainsight_model::Digest;
use plainsight_text::{fold, is_han};

/// A row by the headings of COMMANDS.md; empty cells are empty strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceRow {
    /// The name printed.
    pub name: String,
    /// The name in simplified characters.
    pub zh_hans: String,
    /// The name in traditional characters.
    pub zh_hant: String,
    /// `country`, `province`, `prefecture`, `county`, `city`, `district`, `street`.
    pub kind: String,
    /// The country's name as printed or its ISO code.
    pub country: String,
    /// ISO code of a country, division code of a division.
    pub code: String,
    /// The code or name of what it lies in.
    pub parent: String,
    /// The name in Dutch.
    pub nl: String,
    /// The name in Spanish.
    pub es: String,
    /// Former names, parted by a vertical bar.
    pub former: String,
    /// The first day (or year) of this name or code.
    pub from: String,
    /// The day (or year) on which it ended.
    pub until: String,
    /// Degrees north.
    pub lat: String,
    /// Degrees east.
    pub lon: String,
    /// A country's calling code.
    pub calling_code: String,
    /// A country's trunk prefix.
    pub trunk: String,
}

/// Makes the layer of added rows; what they lie in is looked up among them first, then in `base`.
pub(super) fn layer(rows: Vec<PlaceRow>, first: u32, base: &Layer) -> Layer {
    let mut builder = Builder::starting_at(first);
    // Countries first: the other rows name them.
    let (countries, others): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| PlaceKind::parse(&row.kind) == PlaceKind::Country);
    for row in countries {
        let at = builder.add(country(row));
        names(&mut builder, at, row);
    }
    let mut added = Vec::new();
    for row in others {
        let place = other(row, &builder, base);
        let at = builder.add(place);
        names(&mut builder, at, row);
        added.push((at, row));
    }
    for (at, row) in added {
        let parent = parent(&builder, base, at, row);
        builder.get_mut(at).parent = parent;
    }
    let text: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    let digest = Digest::of_parts(&[base.digest.as_bytes(), text.join("\n").as_bytes()]).to_string();
    builder.finish(rows, digest)
}

fn country(row: &PlaceRow) -> Place {
    let code = cell(&row.code).map(|c| c.to_lowercase());
    Place {
        name: row.name.trim().to_owned(),
        country: Some(row.name.trim().to_owned()),
        country_code: code.clone(),
        code,
        calling_code: cell(&row.calling_code).map(|c| c.trim_start_matches('+').to_owned()),
        trunk: cell(&row.trunk),
        ..common(row, PlaceKind::Country)
    }
}

fn other(row: &PlaceRow, builder: &Builder, base: &Layer) -> Place {
    let asked = row.country.trim();
    let lower = asked.to_lowercase();
    let folded = fold(asked);
    // A country is named by its printed name, its code, or any of its names.
    let here =
        builder.by_key(asked).or_else(|| builder.by_key(&lower)).or_else(|| builder.named(&folded).next());
    let there = || {
        base.by_key(asked).or_else(|| base.by_key(&lower)).or_else(|| base.named(&folded).first().copied())
    };
    let found = here.map(|c| builder.get(c)).or_else(|| there().map(|c| base.get(c)));
    let code = cell(&row.code);
    let digits = code.as_deref().is_some_and(|c| c.bytes().all(|b| b.is_ascii_digit()));
    // The level of a division comes from its code, never from a word.
    let kind = match code.as_deref().map(str::len) {
        Some(2) if digits => PlaceKind::Province,
        Some(4) if digits => PlaceKind::Prefecture,
        Some(6) if digits => PlaceKind::County,
        _ => PlaceKind::parse(&row.kind),
    };
    Place {
        name: row.name.trim().to_owned(),
        code,
        country: found.map(|c| c.name.clone()).or_else(|| cell(asked)),
        country_code: found.and_then(|c| c.country_code.clone()),
        ..common(row, kind)
    }
}

fn common(row: &PlaceRow, kind: PlaceKind) -> Place {
    Place {
        lat: row.lat.trim().parse().ok().filter(|lat: &f64| (-90.0..=90.0).contains(lat)),
        lon: row.lon.trim().parse().ok().filter(|lon: &f64| (-180.0..=180.0).contains(lon)),
        from: first_day(&row.from),
        until: first_day(&row.until),
        ..empty(kind)
    }
}

fn parent(builder: &Builder, base: &Layer, at: PlaceRef, row: &PlaceRow) -> Option<String> {
    let asked = row.parent.trim();
    if !asked.is_empty() {
        let folded = fold(asked);
        let here = builder.by_key(asked).or_else(|| builder.named(&folded).find(|p| *p != at));
        let there = || base.by_key(asked).or_else(|| base.named(&folded).first().copied());
        return here.map(|p| builder.get(p).key()).or_else(|| there().map(|p| base.get(p).key()));
    }
    // Division codes carry their parents: 970112 lies in 9701, that in 97.
    let code = cell(&row.code).filter(|c| c.bytes().all(|b| b.is_ascii_digit()))?;
    let shorter = [code.get(..4), code.get(..2)].into_iter().flatten().filter(|up| up.len() < code.len());
    shorter.map(str::to_owned).find(|up| builder.by_key(up).is_some())
}

fn names(builder: &mut Builder, at: PlaceRef, row: &PlaceRow) {
    let kind = builder.get(at).kind;
    for (lang, form) in
        [("name", &row.name), ("zh", &row.zh_hans), ("zh", &row.zh_hant), ("nl", &row.nl), ("es", &row.es)]
    {
        builder.name(at, lang, form, false);
        if let Some(bare) = bare(form, kind) {
            builder.name(at, lang, &bare, false);
        }
    }
    for form in row.former.split(['|', ';']) {
        builder.name(at, "former", form, false);
    }
}

/// The name without the word for what it is: 青田县 is also 青田, Marn County also Marn.
fn bare(form: &str, kind: PlaceKind) -> Option<String> {
    let form = form.trim();
    let division = matches!(kind, PlaceKind::Province | PlaceKind::Prefecture | PlaceKind::County);
    if !division && kind != PlaceKind::City {
        return None;
    }
    if form.chars().all(is_han) {
        let cut = form.strip_suffix(if division {
            &['省', '市', '县', '縣', '区', '區', '州'][..]
        } else {
            &['市'][..]
        })?;
        return (cut.chars().count() >= 2).then(|| cut.to_owned());
    }
    let words = ["County", "City", "Province", "Prefecture", "District", "Municipality"];
    let after = words.iter().find_map(|w| form.strip_suffix(w)?.strip_suffix(' '));
    let heads = [
        "condado de ",
        "ciudad de ",
        "provincia de ",
        "distrito de ",
        "district ",
        "provincie ",
        "regio ",
        "stad ",
    ];
    let lower = form.to_lowercase();
    let before = heads.iter().find(|h| lower.starts_with(**h)).and_then(|h| form.get(h.len()..));
    after.or(before).map(|bare| bare.trim().to_owned()).filter(|bare| bare.chars().count() >= 3)
}

fn cell(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}
