//! A place.

use plainsight_text::Day;

/// A place of the gazetteer that gave it, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceRef(pub(crate) u32);

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A state or territory.
    Country,
    /// A division with a code of two digits.
    Province,
    /// A division with a code of four digits.
    Prefecture,
    /// A division with a code of six digits.
    County,
    /// A town or township below a county.
    Town,
    /// A city, as a rule abroad.
    City,
    /// A quarter of a city.
    District,
    /// A street.
    Street,
    /// Anything else.
    Other,
}

impl PlaceKind {
    /// Reads the word of a gazetteer file; an unknown word is [`PlaceKind::Other`].
    pub fn parse(word: &str) -> Self {
        match word.trim().to_lowercase().as_str() {
            "country" | "state" => Self::Country,
            "province" => Self::Province,
            "prefecture" => Self::Prefecture,
            "county" => Self::County,
            "town" | "township" => Self::Town,
            "city" => Self::City,
            "district" | "quarter" => Self::District,
            "street" => Self::Street,
            _ => Self::Other,
        }
    }

    /// The word printed under `kind`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Town => "town",
            Self::City => "city",
            Self::District => "district",
            Self::Street => "street",
            Self::Other => "other",
        }
    }
}

/// A place with its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The name printed.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 in lower case for a country, else a division code of 2, 4 or 6 digits.
    pub code: Option<String>,
    /// The country's name as printed.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2 in lower case.
    pub country_code: Option<String>,
    /// The key of what it lies in, nearer than the country.
    pub parent: Option<String>,
    /// Names by language: `zh`, `nl`, `es`, `en`, …; `pinyin` for toneless pinyin.
    pub forms: Vec<(String, String)>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// A country's calling code, digits without `+`.
    pub calling_code: Option<String>,
    /// A country's trunk prefix, such as `0`.
    pub trunk: Option<String>,
    /// The first day of this name or code.
    pub from: Option<Day>,
    /// The day on which this name or code ended.
    pub until: Option<Day>,
    /// The code of the division that came after.
    pub successor: Option<String>,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// Every name of it is an ordinary word: it counts only beside a cue.
    pub cue: bool,
}

impl Place {
    /// The key: the code, else `Country/Name`; a country without code is its name.
    pub fn key(&self) -> String {
        match (&self.code, &self.country) {
            (Some(code), _) => code.clone(),
            (None, Some(country)) if self.kind != PlaceKind::Country => format!("{country}/{}", self.name),
            (None, _) => self.name.clone(),
        }
    }

    /// Tells whether it bore this name and code on `day`. Without a day only the present name counts.
    pub fn named_so_on(&self, day: Option<Day>) -> bool {
        match day {
            None => self.until.is_none(),
            Some(day) => {
                self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
            }
        }
    }
}
