//! The filter `places`: a name to a place.

use plainsight_lens::{Gazetteer, PlaceKind, PlaceRef};
use plainsight_text::fold;

/// The answer about a place name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceAnswer {
    /// The name as asked.
    pub name: String,
    /// The language as asked.
    pub lang: Option<String>,
    /// Country or division code.
    pub code: Option<String>,
    /// `country`, `province`, …
    pub kind: Option<String>,
    /// Names of what it lies in, the nearest first.
    pub parents: Vec<String>,
}

/// Answers for one name: countries first. Of a country the language of the
/// name decides between namesakes; a name of no known place has no code and no kind.
pub fn places(name: &str, lang: Option<&str>, gazetteer: &Gazetteer) -> PlaceAnswer {
    let mut answer =
        PlaceAnswer { name: name.to_owned(), lang: lang.map(str::to_owned), ..PlaceAnswer::default() };
    let Some(found) = named(name, lang, gazetteer) else { return answer };
    let place = gazetteer.get(found);
    answer.code = place.code.clone();
    answer.kind = Some(place.kind.as_str().to_owned());
    answer.parents =
        gazetteer.chain(found).iter().skip(1).map(|up| gazetteer.get(*up).name.clone()).collect();
    answer
}

pub(crate) fn named(name: &str, lang: Option<&str>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    let lang = lang.map(|l| l.split(['_', '-']).next().unwrap_or(l).to_lowercase());
    for form in spellings(name) {
        let found = gazetteer.named_on(&form, None);
        let country = |p: &&PlaceRef| gazetteer.get(**p).kind == PlaceKind::Country;
        let countries: Vec<PlaceRef> = found.iter().filter(country).copied().collect();
        let in_lang = |p: &&PlaceRef| {
            gazetteer.get(**p).forms.iter().any(|(l, f)| Some(l) == lang.as_ref() && fold(f) == form)
        };
        let best = countries.iter().find(in_lang).or_else(|| countries.first()).or_else(|| found.first());
        if best.is_some() {
            return best.copied();
        }
    }
    None
}

/// The name folded, then with the small differences that spellings of one name have.
fn spellings(name: &str) -> Vec<String> {
    let folded = fold(name.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = folded
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\''))
        .collect();
    let bare =
        ["the ", "de ", "het ", "la ", "el ", "los ", "las "].iter().find_map(|a| folded.strip_prefix(a));
    let mut out = vec![folded.clone()];
    out.extend(bare.map(str::to_owned));
    out.push(folded.replace(" & ", " and "));
    out.push(folded.replace(" and ", " & "));
    out.push(folded.replace("st. ", "saint "));
    out.push(plain.replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" "));
    out.push(plain);
    out.push(folded.split(" (").next().unwrap_or("").to_owned());
    out.retain(|form| !form.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_in_four_languages_and_divisions_with_what_they_lie_in() {
        for (name, lang, code, kind, parents) in [
            ("Zwitserland", "nl", "ch", "country", &[][..]),
            ("Países Bajos", "es", "nl", "country", &[]),
            ("荷蘭", "zh", "nl", "country", &[]),
            ("the Netherlands", "en", "nl", "country", &[]),
            ("青田县", "zh", "331121", "county", &["丽水市", "浙江省", "China"]),
            ("Qingtian", "en", "331121", "county", &["丽水市", "浙江省", "China"]),
            ("Chongqing", "en", "50", "province", &["China"]),
            ("Georgia", "en", "ge", "country", &[]),
        ] {
            let answer = places(name, Some(lang), Gazetteer::builtin());
            assert_eq!((answer.code.as_deref(), answer.kind.as_deref()), (Some(code), Some(kind)), "{name}");
            assert_eq!(answer.parents, parents, "{name}");
        }
        let amsterdam = places("阿姆斯特丹", Some("zh"), Gazetteer::builtin());
        assert_eq!((amsterdam.code, amsterdam.parents), (None, vec!["Netherlands".to_owned()]));
        assert_eq!(places("Nowhere-at-all", None, Gazetteer::builtin()).kind, None);
    }
    #[test]
    fn country_names_in_every_language_of_the_set() {
        let root = std::env::var("PLAINSIGHT_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
        let Ok(text) =
            std::fs::read_to_string(std::path::Path::new(&root).join("data/names/places/countries.jsonl"))
        else {
            assert!(
                std::env::var_os("CI").is_none(),
                "data/names/places/countries.jsonl is missing under {root}"
            );
            eprintln!("NOT RUN: country_names_in_every_language_of_the_set: the set is missing under {root}");
            return;
        };
        let rows: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let right = |row: &&serde_json::Value| {
            let answer =
                places(row["name"].as_str().expect("a name"), row["lang"].as_str(), Gazetteer::builtin());
            answer.code.as_deref() == row["code"].as_str()
        };
        let wrong: Vec<_> = rows.iter().filter(|row| !right(row)).collect();
        assert!(wrong.len() * 200 <= rows.len(), "{} of {}: {wrong:?}", wrong.len(), rows.len());
    }
}
