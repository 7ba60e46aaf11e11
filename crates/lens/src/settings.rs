//! `lens.toml`: predicates, slots, frames, exclusions, register rules, roles.

use crate::LensFault;
use plainsight_model::SlotType;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What `lens.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The lens's name, that of its folder.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// The closed list of predicates.
    pub predicates: Vec<String>,
    /// Whose bodies act.
    pub sending: Sending,
    /// Slots with their types.
    pub slots: BTreeMap<String, SlotType>,
    /// Frames.
    pub frames: Vec<FrameRule>,
    /// Kinds of term that take out what is said of them, with the words shown.
    pub exclusions: BTreeMap<String, String>,
    /// Plain words for an office, where a town or quotes make a name of them.
    #[serde(default)]
    pub offices: Offices,
    /// Roles that may bind a name.
    pub roles: Roles,
    /// What a register's answer may rest on.
    pub register: RegisterRules,
    /// Names that are put together from parts.
    #[serde(default)]
    pub compositions: Vec<Composition>,
}

/// Terms made of one part from each list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// Kind of term.
    pub kind: String,
    /// ISO 639-1.
    pub language: String,
    /// `strong`, `weak` or `context`.
    pub strength: String,
    /// `folded`, `word` or `exact`.
    #[serde(rename = "match")]
    pub mode: String,
    /// Meaning in English.
    pub meaning: String,
    /// The lists of parts, in order.
    pub parts: Vec<Vec<String>>,
}

/// Whose bodies act.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sending {
    /// The sending state where a text names no operator: its key in the gazetteer.
    pub default: String,
    /// Functions that make a body an operator by its name alone.
    pub acting: Vec<String>,
    /// Words in the names of its bodies that no other state's bodies have: they tell whose body
    /// it is where no gazetteer has the place.
    #[serde(default)]
    pub own: Vec<String>,
}

/// Plain words for an office. None is a term by itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offices {
    /// Chinese, directly behind a town: 米兰站.
    #[serde(default)]
    pub behind: Vec<String>,
    /// Latin script in small letters, before or behind a town: “station Tilburg”, “Milan desk”.
    #[serde(default)]
    pub beside: Vec<String>,
    /// The same in the plural.
    #[serde(default)]
    pub many: Vec<String>,
    /// Words that make what stands in quotes the name of an office.
    #[serde(default)]
    pub named: Vec<String>,
    /// Words for serving people somewhere: “receives citizens”, 常驻.
    #[serde(default)]
    pub serves: Vec<String>,
    /// What says of a town that one more of the same kind is there, as short for the one just named: “one in X too”, 另一处.
    #[serde(default)]
    pub another: Vec<String>,
    /// What compares an office in a town with the one just named: “a similar one in X”.
    #[serde(default)]
    pub similar: Vec<String>,
}

/// A frame.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameRule {
    /// Its kind.
    pub kind: String,
    /// Kinds of term that open it.
    pub opens: Vec<String>,
    /// The slots that may be filled.
    pub slots: Vec<String>,
    /// At least one of these is filled.
    pub needs: Vec<String>,
}

/// Roles that may bind a name; nobody else is mentioned.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// Heads of a post.
    pub head: Vec<String>,
    /// Heads of an association.
    pub president: Vec<String>,
    /// “Head of the” and the like: the role of whoever heads an office, before a word for an office.
    #[serde(default)]
    pub leads: Vec<String>,
}

/// What a register's answer may rest on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterRules {
    /// Columns that are compared.
    #[serde(rename = "match")]
    pub compared: Vec<String>,
    /// What is never enough.
    pub never: Vec<String>,
    /// What a register must be for `not listed`.
    pub not_listed_needs: Vec<String>,
    /// What to expect beside a match.
    pub lookalikes: Vec<String>,
}

/// Words of a role, a slot or a frame that would name a people, a faith or an opinion.
const FORBIDDEN: [&str; 8] =
    ["nationality", "ethnicity", "religion", "opinion", "race", "diaspora", "chinese people", "believer"];

const SLOT_TYPES: &str = "agency, organisation, place, address, phone, date, count, term, role-holder (a closed list: none is a nationality, an ethnicity, a religion or an opinion)";

/// Reads `lens.toml`.
pub(crate) fn read(bytes: &[u8]) -> (Option<Settings>, Vec<LensFault>) {
    let fault = |line, what: String, fix: &str| LensFault::new("lens.toml", line, what, fix);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return (None, vec![fault(0, "is not UTF-8".into(), "save it as UTF-8")]);
    };
    let settings: Settings = match toml::from_str(text) {
        Ok(settings) => settings,
        Err(why) => {
            let at = why.span().map_or(0, |span| line_of(text, span.start));
            let fix = format!("see the built-in lens for an example; slot types are {SLOT_TYPES}");
            return (None, vec![fault(at, why.message().to_owned(), &fix)]);
        }
    };
    let mut faults = Vec::new();
    let place = |word: &str| text.find(&format!("\"{word}\"")).map_or(0, |at| line_of(text, at));
    for frame in &settings.frames {
        for slot in frame.slots.iter().filter(|slot| !settings.slots.contains_key(*slot)) {
            let what = format!("frame “{}” has a slot “{slot}” without a type", frame.kind);
            faults.push(fault(place(slot), what, "add it to [slots]"));
        }
        for slot in frame.needs.iter().filter(|slot| !frame.slots.contains(slot)) {
            let what = format!("frame “{}” needs “{slot}”, which is not among its slots", frame.kind);
            faults.push(fault(place(slot), what, "add it to the frame's slots"));
        }
        for kind in frame.opens.iter().filter(|kind| crate::TermKind::parse(kind).is_none()) {
            let what = format!("frame “{}” opens from “{kind}”, which is no kind of term", frame.kind);
            faults.push(fault(place(kind), what, "use a kind of terms.csv"));
        }
    }
    for kind in settings.exclusions.keys().filter(|kind| crate::TermKind::parse(kind).is_none()) {
        faults.push(fault(place(kind), format!("“{kind}” is no kind of term"), "use a kind of terms.csv"));
    }
    let roles = settings.roles.head.iter().chain(&settings.roles.president).chain(&settings.roles.leads);
    for word in roles.chain(settings.slots.keys()) {
        if FORBIDDEN.iter().any(|bad| word.to_lowercase().contains(bad)) {
            let what = format!("“{word}” names a people, a faith or an opinion");
            faults.push(fault(place(word), what, "use the word of a public role or of a thing"));
        }
    }
    (Some(settings), faults)
}

fn line_of(text: &str, byte: usize) -> u64 {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_of_another_type_is_refused_with_its_line() {
        let good = include_str!("../../../lenses/overseas-posts/lens.toml");
        let bad = good.replace("head = \"role-holder\"", "head = \"nationality\"");
        let (settings, faults) = read(bad.as_bytes());
        assert!(settings.is_none());
        assert!(faults[0].line > 20, "{faults:?}");
        assert!(faults[0].what.contains("nationality"), "{faults:?}");
        let bad = good.replace("\"role-holder\"", "\"term\"").replace("\"voorzitter\"", "\"diaspora elder\"");
        let (_, faults) = read(bad.as_bytes());
        assert!(faults.iter().any(|fault| fault.what.contains("names a people")), "{faults:?}");
        let bad = good.replace("needs = [\"act\"]", "needs = [\"nobody\"]");
        assert!(!read(bad.as_bytes()).1.is_empty());
        assert_eq!(read(b"\xff").1[0].what, "is not UTF-8");
    }
}
