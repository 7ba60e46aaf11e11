//! Names of places: by the gazetteer, by names that no search of texts should know, and by their parts.
//!
//! `data/place_names.csv` (ours, from general knowledge): postal names (Swatow, Amoy, Mukden: the spellings of
//! the Imperial Maritime Customs and the Post Office, in use until the 1980s), names of older times, the
//! own spellings of Hong Kong, Macao and Taiwan. Its key is the gazetteer's, or one of its own for a
//! place that the gazetteer lacks. In a text “Canton” or 中环 would be read wrongly as often as rightly.

use super::pair::{answer, has_han, reason};
use super::readings::System;
use super::tokens::tokens;
use super::{Effect, NameMatch};
use crate::places::named;
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_text::{fold, is_han};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A former and a present name of one place.
const RENAMED: f64 = 0.9;
/// Two names that one place bears, but one of them is another place's first.
const NAMESAKE: f64 = 0.75;
/// One side says which of several namesakes it means, and it is not the likeliest.
const WHICH: f64 = 0.66;
/// What the sound of a name alone may reach, in pinyin and in other systems.
const BY_SOUND: (f64, f64) = (0.85, 0.78);
/// Longer names are none of a place.
const LONGEST: usize = 80;
/// State, province, prefecture, county: no name says more of what it lies in.
const DEEPEST: usize = 4;

/// A place that a name may mean.
#[derive(Clone, PartialEq, Eq)]
struct Meant {
    key: String,
    place: Option<PlaceRef>,
}

/// The places of a name, the likeliest first, and whether the name itself tells namesakes apart.
#[derive(Default)]
struct Places {
    all: Vec<Meant>,
    told: bool,
}

/// Compares two names of places; `None` where too little is known to say something of them as places.
pub(super) fn places(a: &str, b: &str, gazetteer: &Gazetteer) -> Option<NameMatch> {
    let across = has_han(a) != has_han(b);
    let (of_a, of_b) = (of_name(a, gazetteer), of_name(b, gazetteer));
    let say = |score, effect, sentence: &str| {
        Some(answer(score, across, vec![reason("place", a, b, effect, sentence)]))
    };
    let (Some(first), Some(second)) = (of_a.all.first(), of_b.all.first()) else {
        let (score, sentence) = if has_han(a) { by_parts(a, b) } else { by_parts(b, a) }?;
        return say(score, Effect::Alike, &sentence);
    };
    let name =
        |meant: &Meant| meant.place.map_or_else(|| meant.key.clone(), |p| gazetteer.get(p).name.clone());
    if let Some(common) = of_a.all.iter().find(|p| of_b.all.iter().any(|q| q.key == p.key)) {
        let sentence = format!("Both are names of {} in the gazetteer.", name(common));
        return if first.key == second.key {
            say(super::pair::ACROSS, Effect::Same, &sentence)
        } else if of_a.told != of_b.told {
            say(WHICH, Effect::Alike, &format!("{sentence} The shorter name is another place's as well."))
        } else {
            say(NAMESAKE, Effect::Alike, &sentence)
        };
    }
    let renamed =
        |p: &Meant, q: &Meant| matches!((p.place, q.place), (Some(p), Some(q)) if renamed(p, q, gazetteer));
    if of_a.all.iter().any(|p| of_b.all.iter().any(|q| renamed(p, q))) {
        let sentence =
            format!("{} and {} are a former and a present name of one division.", name(first), name(second));
        return say(RENAMED, Effect::Alike, &sentence);
    }
    let sentence = format!("The gazetteer has them as different places: {} and {}.", first.key, second.key);
    say(0.05, Effect::Veto, &sentence)
}

/// Tells whether one division came after the other and is still the same place: a county that became
/// a district is, a district that was joined with another is not.
pub(super) fn renamed(p: PlaceRef, q: PlaceRef, gazetteer: &Gazetteer) -> bool {
    let (x, y) = (gazetteer.get(p), gazetteer.get(q));
    let after = |old: &plainsight_lens::Place, new: &plainsight_lens::Place| {
        old.successor.is_some() && old.successor == new.code
    };
    let districts = x.name.ends_with('区') && y.name.ends_with('区');
    (after(x, y) || after(y, x)) && !districts
}

/// The places that a name means, with what tells namesakes apart taken into account.
fn of_name(name: &str, gazetteer: &Gazetteer) -> Places {
    if name.chars().nth(LONGEST).is_some() {
        return Places::default();
    }
    let (core, ups) = qualified(name);
    if !ups.is_empty() {
        let all = bare(&core, gazetteer);
        let known: Vec<Meant> = ups.iter().flat_map(|up| bare(up, gazetteer)).collect();
        let within = |meant: &Meant| known.iter().any(|up| lies_in(meant, up, gazetteer));
        let told: Vec<Meant> = all.iter().filter(|meant| within(meant)).cloned().collect();
        // What stands beside the name says nothing that is known: the whole is no known place.
        return if told.is_empty() { Places::default() } else { Places { all: told, told: true } };
    }
    let all = bare(name, gazetteer);
    if all.is_empty() && name.chars().all(is_han) {
        let characters: Vec<char> = name.chars().collect();
        let within = below(&characters, DEEPEST, gazetteer);
        let told = !within.is_empty();
        return Places { all: within, told };
    }
    Places { all, told: false }
}

/// What a name means that stands alone.
fn bare(name: &str, gazetteer: &Gazetteer) -> Vec<Meant> {
    let mut found = gazetteer.named_on(&fold(name.trim()), None);
    let mut keys: Vec<&'static str> = table().get(&letters(name)).into_iter().flatten().copied().collect();
    if found.is_empty() && keys.is_empty() {
        let said = without_kind(name);
        found = gazetteer.named_on(&fold(&said), None);
        keys.extend(table().get(&letters(&said)).into_iter().flatten());
    }
    if found.is_empty() && keys.is_empty() {
        found.extend(named(name, None, gazetteer));
    }
    let of_table = keys.iter().map(|key| Meant { key: (*key).to_owned(), place: gazetteer.by_key(key) });
    let mut out: Vec<Meant> =
        found.iter().map(|p| Meant { key: gazetteer.key(*p), place: Some(*p) }).chain(of_table).collect();
    let mut seen: Vec<String> = Vec::new();
    out.retain(|meant| !seen.contains(&meant.key) && (seen.push(meant.key.clone()), true).1);
    out
}

/// 委内瑞拉瓦伦西亚, 江西宜春, 浙江省丽水市青田县: a name after names of what it lies in.
fn below(characters: &[char], deepest: usize, gazetteer: &Gazetteer) -> Vec<Meant> {
    if deepest == 0 {
        return Vec::new();
    }
    for cut in 2..characters.len().saturating_sub(1) {
        let (up, low) = characters.split_at(cut);
        let text = |part: &[char]| part.iter().collect::<String>();
        let ups = bare(&text(up), gazetteer);
        if ups.is_empty() {
            continue;
        }
        let mut lows = bare(&text(low), gazetteer);
        if lows.is_empty() {
            lows = below(low, deepest - 1, gazetteer);
        }
        lows.retain(|meant| ups.iter().any(|up| lies_in(meant, up, gazetteer)));
        if !lows.is_empty() {
            return lows;
        }
    }
    Vec::new()
}

fn lies_in(meant: &Meant, up: &Meant, gazetteer: &Gazetteer) -> bool {
    match (meant.place, up.place) {
        (Some(place), Some(up)) => gazetteer.chain(place).contains(&up),
        // A place of the table's own is written with its state: hk/Stanley.
        (None, Some(_)) => meant.key.split('/').next() == Some(up.key.as_str()),
        _ => false,
    }
}

/// “Valencia (Venezuela)”, “Richmond, British Columbia, Canada”: the name and what it is said to lie in.
fn qualified(name: &str) -> (String, Vec<String>) {
    let parts = |text: &str| {
        let parts = text.split([',', '，', '、']).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    let closed = name.trim().strip_suffix([')', '）']).and_then(|rest| rest.split_once(['(', '（']));
    if let Some((core, inner)) = closed {
        return (core.trim().to_owned(), parts(inner));
    }
    let mut all = parts(name);
    if all.len() < 2 || has_han(name) {
        return (name.to_owned(), Vec::new());
    }
    let core = all.remove(0);
    (core, all)
}

/// Letters without signs: Tsim Sha Tsui, Tsimshatsui.
fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn table() -> &'static HashMap<String, Vec<&'static str>> {
    static TABLE: OnceLock<HashMap<String, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut forms: HashMap<String, Vec<&'static str>> = HashMap::new();
        for line in include_str!("../../data/place_names.csv").lines().skip(1) {
            let Some((key, names)) = line.split_once(',') else { continue };
            for name in names.split([',', '|']).filter(|name| !name.is_empty()) {
                let at = forms.entry(letters(name)).or_default();
                if !at.contains(&key) {
                    at.push(key);
                }
            }
        }
        forms
    })
}

/// Kinds of places by the end of a Han name and by words in Latin letters.
const KINDS: [(&str, &[&str]); 14] = [
    ("街道", &["subdistrict", "sub-district", "jiedao"]),
    ("省", &["province", "provincie", "provincia"]),
    ("市", &["city", "stad", "ciudad", "municipality", "shi"]),
    ("县", &["county", "district", "condado", "distrito", "xian"]),
    ("区", &["district", "distrito", "wijk", "qu"]),
    ("镇", &["town", "township", "stadje", "dorp", "pueblo", "villa", "zhen"]),
    ("乡", &["township", "town", "village", "dorp", "pueblo", "xiang"]),
    ("村", &["village", "dorp", "aldea", "pueblo", "cun", "tsuen", "chuen"]),
    ("岛", &["island", "eiland", "isla"]),
    ("湖", &["lake", "meer", "lago"]),
    ("河", &["river", "rivier", "rio"]),
    ("山", &["mountain", "mount", "berg", "monte", "hill"]),
    ("路", &["road", "weg", "calle", "avenue"]),
    ("街", &["street", "straat", "calle"]),
];

/// A Latin name without words for its kind and the words that join them: Shantou City, stad Wenzhou, condado de Qingtian.
fn without_kind(name: &str) -> String {
    if has_han(name) {
        return name.to_owned();
    }
    let words = tokens(name);
    let kept: Vec<&String> = words.iter().filter(|word| !joins(word) && !any_kind(word)).collect();
    if kept.is_empty() { name.to_owned() } else { kept.into_iter().cloned().collect::<Vec<_>>().join(" ") }
}

fn joins(word: &str) -> bool {
    matches!(word, "of" | "the" | "de" | "van" | "het" | "la" | "el" | "del")
}

fn any_kind(word: &str) -> bool {
    KINDS[..8].iter().any(|(_, words)| words.contains(&word))
}

/// A Chinese place that no table has, by the sound of its name and the kind that both say: 山口镇, Shankou Town.
fn by_parts(han: &str, latin: &str) -> Option<(f64, String)> {
    let characters: Vec<char> = fold(han).chars().filter(|c| is_han(*c)).collect();
    if characters.len() < 2
        || characters.len() > 8
        || has_han(latin)
        || characters.len() != han.chars().count()
    {
        return None;
    }
    let whole: String = characters.iter().collect();
    let words = tokens(latin);
    let kinds = KINDS.iter().filter_map(|(end, names)| Some((whole.strip_suffix(&fold(end))?, *names)));
    let fits = |core: &str, names: &[&str]| -> Option<(f64, String)> {
        let core: Vec<char> = core.chars().collect();
        let said = words.iter().any(|word| names.contains(&word.as_str()));
        let rest: String =
            words.iter().filter(|w| !joins(w) && !names.contains(&w.as_str())).cloned().collect();
        (said && core.len() >= 2).then_some(())?;
        let tiled = |system| super::cross::tile(&core, &rest, rest.len(), system);
        let score = if tiled(System::Pinyin) {
            BY_SOUND.0
        } else if tiled(System::WadeGiles) || tiled(System::Cantonese) {
            BY_SOUND.1
        } else {
            return None;
        };
        Some((score, format!("“{latin}” is a reading of {han} with the kind of place translated.")))
    };
    kinds.into_iter().find_map(|(core, names)| fits(core, names))
}
