//! `terms.csv`: rows as terms.

use crate::LensFault;
use plainsight_text::fold;
use std::collections::HashSet;

/// A row of `terms.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As written.
    pub term: String,
    /// ISO 639-1.
    pub language: String,
    /// What it is.
    pub kind: TermKind,
    /// How much it says alone.
    pub strength: Strength,
    /// How it is met.
    pub mode: MatchMode,
    /// Strings inside which a hit does not count, folded.
    pub not_inside: Vec<String>,
    /// Further forms, as written.
    pub forms: Vec<String>,
    /// ISO 3166-1 alpha-2 in lower case of the state to whose practice it belongs.
    pub state: Option<String>,
    /// Meaning in English, and what else the word may be.
    pub meaning: String,
    /// Where it was seen.
    pub source: String,
}

impl Term {
    /// Gives the first sense of the meaning, without remarks: the key of a service.
    pub fn sense(&self) -> String {
        let head = self.meaning.split([';', ':', '(']).next().unwrap_or("").trim().to_lowercase();
        if head.is_empty() || head == "the same" { fold(&self.term) } else { head }
    }
}

/// How much a term says alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// Never opens, only fills.
    Context,
    /// Opens only beside other evidence.
    Weak,
    /// Opens a frame alone.
    Strong,
}

impl Strength {
    /// The word of the column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Weak => "weak",
            Self::Strong => "strong",
        }
    }
    fn parse(word: &str) -> Option<Self> {
        [Self::Context, Self::Weak, Self::Strong].into_iter().find(|s| s.as_str() == word)
    }
}

/// How a term is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchMode {
    /// Anywhere in the folded text.
    Folded,
    /// Folded, with a word border on both sides.
    Word,
    /// Case and marks kept, with word borders.
    Exact,
}

impl MatchMode {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "folded" => Some(Self::Folded),
            "word" => Some(Self::Word),
            "exact" => Some(Self::Exact),
            _ => None,
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// The closed list of kinds of term.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TermKind { $($(#[$doc])* $name),* }
        impl TermKind {
            /// The word of the column.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
            /// Reads the word of the column.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// Names that operators use for posts.
    PostName = "post_name",
    /// Words that press and officials use for them.
    PostNameOutside = "post_name_outside",
    /// Plain nouns for a post already named.
    PostNameNoun = "post_name_noun",
    /// Similar schemes of other bodies.
    PostNameOther = "post_name_other",
    /// Police rooms and windows inside the sending state.
    PostNameDomestic = "post_name_domestic",
    /// What looks alike and is lawful or unrelated.
    Decoy = "decoy",
    /// Bodies and missions of a sending state.
    Body = "body",
    /// Bodies of the host state.
    HostStateBody = "host_state_body",
    /// Associations and rooms that may host a post.
    HostBody = "host_body",
    /// Public roles.
    Role = "role",
    /// Words for a diaspora; context only.
    Community = "community",
    /// What is offered.
    Service = "service",
    /// By which remote channel.
    ServiceChannel = "service_channel",
    /// Acts of pressure and accusations used for them.
    Pressure = "pressure",
    /// Words for those who are said to be pressed; context only.
    Affected = "affected",
    /// What the host state did.
    Reaction = "reaction",
    /// Consent and treaties.
    Law = "law",
    /// Lists to look into.
    Register = "register",
    /// Opening and closing words.
    Verb = "verb",
    /// Honours that a sender gives.
    Award = "award",
    /// Names of the whole phenomenon.
    Frame = "frame",
    /// Denials.
    Denial = "denial",
    /// Hearsay.
    Hearsay = "hearsay",
    /// Plans.
    Plan = "plan",
    /// Vague dates.
    DateWord = "date_word",
}

impl TermKind {
    /// Tells whether it names a post.
    pub fn is_post(self) -> bool {
        matches!(self, Self::PostName | Self::PostNameOutside)
    }
    /// Tells whether it takes out its own span.
    pub fn is_exclusion(self) -> bool {
        matches!(self, Self::Decoy | Self::PostNameDomestic | Self::PostNameOther)
    }
}

const FILE: &str = "terms.csv";

/// The columns that are read, in the order of [`Columns`].
const COLUMNS: [&str; 10] =
    ["term", "language", "kind", "strength", "match", "not_inside", "forms", "state", "meaning_en", "source"];

/// So many of them must be there.
const NEEDED: usize = 5;

/// Where each of [`COLUMNS`] stands in a row.
type Columns = [Option<usize>; COLUMNS.len()];

/// Reads the rows; a faulty row is told with its line.
pub(crate) fn read(bytes: &[u8]) -> (Vec<Term>, Vec<LensFault>) {
    let (mut terms, mut faults) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headings = reader.headers().cloned().unwrap_or_default();
    let columns: Columns = COLUMNS
        .map(|name| headings.iter().position(|heading| heading.trim_start_matches('\u{feff}') == name));
    for (name, _) in COLUMNS.iter().zip(columns).take(NEEDED).filter(|(_, column)| column.is_none()) {
        faults.push(LensFault::new(FILE, 1, format!("has no column “{name}”"), "add it to the first line"));
    }
    if !faults.is_empty() {
        return (terms, faults);
    }
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(why) => {
                let line = why.position().map_or(0, csv::Position::line);
                faults.push(LensFault::new(FILE, line, "cannot be read as CSV in UTF-8", "check the quotes"));
                continue;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        match term(&record, &columns) {
            Ok(term) if seen.insert((fold(&term.term), term.language.clone(), term.kind)) => terms.push(term),
            Ok(term) => faults.push(LensFault::new(
                FILE,
                line,
                format!("“{}” stands here a second time with the same language and kind", term.term),
                "keep one of the two rows",
            )),
            Err((what, fix)) => faults.push(LensFault::new(FILE, line, what, fix)),
        }
    }
    (terms, faults)
}

/// The most terms that one composition may make.
const MOST: usize = 10_000;

/// Makes the terms of compositions that no row has already.
pub(crate) fn compose(
    compositions: &[crate::settings::Composition],
    terms: &mut Vec<Term>,
) -> Vec<LensFault> {
    let mut faults = Vec::new();
    let mut known: HashSet<String> = terms
        .iter()
        .flat_map(|term| std::iter::once(&term.term).chain(&term.forms))
        .map(|form| fold(form))
        .collect();
    for composition in compositions {
        let fault = |what: String| LensFault::new("lens.toml", 0, what, "mend the composition");
        let (Some(kind), Some(strength), Some(mode)) = (
            TermKind::parse(&composition.kind),
            Strength::parse(&composition.strength),
            MatchMode::parse(&composition.mode),
        ) else {
            faults.push(fault(format!(
                "a composition of kind “{}” has an unknown kind, strength or match",
                composition.kind
            )));
            continue;
        };
        let count = composition.parts.iter().try_fold(1usize, |all, part| all.checked_mul(part.len()));
        if count.is_none_or(|count| count == 0 || count > MOST) {
            faults.push(fault(format!("a composition makes no term or more than {MOST}")));
            continue;
        }
        let mut made = vec![String::new()];
        for part in &composition.parts {
            made =
                made.iter().flat_map(|head| part.iter().map(move |tail| format!("{head}{tail}"))).collect();
        }
        for term in made {
            if known.insert(fold(&term)) {
                terms.push(Term {
                    term,
                    language: composition.language.clone(),
                    kind,
                    strength,
                    mode,
                    not_inside: Vec::new(),
                    forms: Vec::new(),
                    state: None,
                    meaning: composition.meaning.clone(),
                    source: "composition".to_owned(),
                });
            }
        }
    }
    faults
}

fn term(record: &csv::StringRecord, columns: &Columns) -> Result<Term, (String, &'static str)> {
    let [written, language, kind, strength, mode, not_inside, forms, state, meaning, source] =
        columns.map(|column| column.and_then(|at| record.get(at)).unwrap_or("").trim());
    if fold(written).trim().is_empty() {
        return Err(("the term is empty".to_owned(), "write the term or drop the row"));
    }
    let kind = TermKind::parse(kind)
        .ok_or_else(|| (format!("“{kind}” is no kind of term"), "use a kind of the closed list"))?;
    let strength = Strength::parse(strength)
        .ok_or_else(|| (format!("“{strength}” is no strength"), "use strong, weak or context"))?;
    let mode = MatchMode::parse(mode)
        .ok_or_else(|| (format!("“{mode}” is no way to match"), "use folded, word or exact"))?;
    let parts = |cell: &'_ str| -> Vec<String> {
        cell.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    Ok(Term {
        term: written.to_owned(),
        language: language.to_owned(),
        kind,
        strength,
        mode,
        not_inside: parts(not_inside).iter().map(|blocker| fold(blocker)).collect(),
        forms: parts(forms),
        state: Some(state.to_lowercase()).filter(|state| !state.is_empty()),
        meaning: meaning.to_owned(),
        source: source.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_with_line_and_cure() {
        let head = "term,language,script,kind,strength,match,not_inside,forms,state,meaning_en,source\n";
        let row = "站,zh,any,post_name,strong,folded,,,,post,general\n";
        let (terms, faults) = read(format!("{head}{row}").as_bytes());
        assert_eq!((terms.len(), faults.len()), (1, 0));
        for (bad, what) in [
            ("站,zh,any,people,strong,folded,,,,x,general\n", "no kind of term"),
            ("站,zh,any,post_name,loud,folded,,,,x,general\n", "no strength"),
            ("站,zh,any,post_name,weak,fuzzy,,,,x,general\n", "no way to match"),
            (",zh,any,post_name,weak,folded,,,,x,general\n", "is empty"),
            (row, "a second time"),
        ] {
            let (_, faults) = read(format!("{head}{row}{bad}").as_bytes());
            assert_eq!(faults.len(), 1, "{bad}");
            assert!(faults[0].what.contains(what) && faults[0].line == 3, "{faults:?}");
        }
        assert!(read(b"term,language\n").1[0].what.contains("no column"));
        assert!(!read(b"\xff\xfe,\xff").1.is_empty());
    }

    #[test]
    fn the_sense_of_a_meaning_leaves_remarks_away() {
        let row = "term,language,kind,strength,match,meaning_en\n驾照,zh,service,weak,folded,\"driving licence, everyday form (x)\"\n";
        assert_eq!(read(row.as_bytes()).0[0].sense(), "driving licence, everyday form");
    }
}
