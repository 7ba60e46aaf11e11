//! Names of persons, bodies and places in running text, each with its span and nothing more.
//!
//! For whoever reads a text and wants its names marked (`plainsight find --names`), and for comparison
//! with other recognisers. A name found here is a span: it has no key and is never stored, joined or
//! counted. What becomes a mention is decided elsewhere: a person only beside a public role (`people.rs`).
//!
//! Chinese: words of the dictionary, places of the gazetteer and possible names compete for the
//! likeliest cut of each run (`lattice.rs`); what the cut has is read as units (`units.rs`), states in one
//! character (`states.rs`) and bodies (`bodies.rs`). Other languages: words with a capital (`latin.rs`).

mod bodies;
mod chances;
mod cues;
mod latin;
mod lattice;
mod states;
mod units;

use plainsight_lens::Gazetteer;
use plainsight_model::Span;
use plainsight_text::is_han;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An agency, company, association, paper, team.
    Body,
    /// A place.
    Place,
}

impl NameKind {
    /// The word of it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Body => "organisation",
            Self::Place => "place",
        }
    }
}

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands, in code points.
    pub span: Span,
    /// What it is of.
    pub kind: NameKind,
}

/// Finds the names of a text, by position, none over another.
///
/// ```
/// use plainsight_find::{NameKind, names};
/// let text = "记者陈远航从鹿特丹报道";
/// let found = names(text, plainsight_lens::Gazetteer::builtin());
/// let shown: Vec<(String, NameKind)> = found
///     .iter()
///     .map(|name| (text.chars().skip(name.span.start).take(name.span.len()).collect(), name.kind))
///     .collect();
/// assert_eq!(shown, [("陈远航".to_owned(), NameKind::Person), ("鹿特丹".to_owned(), NameKind::Place)]);
/// ```
pub fn names(text: &str, gazetteer: &Gazetteer) -> Vec<Name> {
    let letters: Vec<char> = text.chars().collect();
    let han = letters.iter().filter(|c| is_han(**c)).count();
    let others = letters.iter().filter(|c| c.is_alphabetic() && !is_han(**c)).count();
    let mut out = Vec::new();
    let mut start = 0;
    // Line by line: no name goes over a line's end, and the work on one stays bounded.
    for line in letters.split(|c| *c == '\n') {
        let found = if han * 4 > others { chinese(line, gazetteer) } else { latin::names(line, gazetteer) };
        out.extend(
            found
                .into_iter()
                .map(|(from, to, kind)| Name { span: Span::new(start + from, start + to), kind }),
        );
        start += line.len() + 1;
    }
    out
}

/// A name by the code points of a line.
type Found = (usize, usize, NameKind);

fn chinese(line: &[char], gazetteer: &Gazetteer) -> Vec<Found> {
    let letters: Vec<char> = line.iter().map(|c| plainsight_text::simplified(*c)).collect();
    let words = lattice::cut(&letters, gazetteer);
    let mut units = units::units(&letters, words);
    units = states::states(&letters, units);
    units = units::nicknames(units);
    units = units::longer_places(units);
    units::before_titles(&mut units);
    units = units::called(units);
    let mut out = bodies::with_bodies(&letters, &units);
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text/kind` of each name.
    fn shown(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let show = |name: &Name| {
            let word: String = letters[name.span.start..name.span.end].iter().collect();
            format!("{word}/{}", name.kind.as_str())
        };
        names(text, Gazetteer::builtin()).iter().map(show).collect()
    }

    /// All persons and bodies are invented; places are real.
    #[test]
    fn names_of_four_languages() {
        for (text, wanted) in [
            ("记者陈远航报道", &["陈远航/person"][..]),
            ("記者陳遠航報道", &["陳遠航/person"]),
            ("诺尔曼·韦斯特兰在鹿特丹说", &["诺尔曼·韦斯特兰/person", "鹿特丹/place"]),
            ("林先生昨天离开广州", &["林/person", "广州/place"]),
            ("江苏省苏州明灯激光有限公司副总经理", &["江苏省苏州明灯激光有限公司/organisation"]),
            ("北京市东城区公证处", &["北京市东城区公证处/organisation"]),
            ("荷兰—中国友好协会", &["荷兰—中国友好协会/organisation"]),
            ("泽哥没来，林老师来了", &["泽哥/person", "林老师/person"]),
            ("中美两国", &["中/place", "美/place"]),
            ("我国驻纽约总领事馆", &["纽约总领事馆/organisation"]),
            ("高速公路建设水平明显提高", &[]),
            ("天气很好，大家一起去公园", &[]),
            ("Premier Jan Lanteerman sprak in Rotterdam.", &["Jan Lanteerman/person", "Rotterdam/place"]),
            ("Het was in Zwolle, zegt voorzitter Anna Kolk.", &["Zwolle/place", "Anna Kolk/person"]),
            (
                "La Universidad de Faroles abrió en Madrid",
                &["Universidad de Faroles/organisation", "Madrid/place"],
            ),
            ("Police in Dublin said John Lantern had left.", &["Dublin/place", "John Lantern/person"]),
            ("Today it rained and nobody came.", &[]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn names_stand_in_the_text_in_order_and_never_over_each_other() {
        for text in [
            "",
            "\n\n",
            "·",
            "王",
            "王·",
            "·王·",
            "中中中中中中中中中",
            "A·B·王·",
            "第十五次全国代表大会第十五次全国代表大会",
            "——公司——公司公司公司局局局",
            "İ ẞ ﬁ van der de la",
            "Van der de",
            "王小明\n李大山\r\n公司",
            "哈哈哈哈[嘻嘻]小李@阿明：老王",
        ] {
            let long = text.repeat(300);
            for text in [text, long.as_str()] {
                let found = names(text, Gazetteer::builtin());
                let length = text.chars().count();
                assert!(found.iter().all(|n| n.span.start < n.span.end && n.span.end <= length), "{text}");
                assert!(
                    found.windows(2).all(|two| two[0].span.end <= two[1].span.start),
                    "{text}: {found:?}"
                );
            }
        }
    }
}
