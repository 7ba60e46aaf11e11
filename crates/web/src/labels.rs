//! The language in which a page is drawn, and its words: a column a language.
//!
//! `L` holds headings, buttons and columns, `N` what is counted, the `S` of each
//! theme its sentences, `terms` the closed lists of other crates. What sources say,
//! what stands in the ledger, commands and ids are no labels and stay as they are.

pub(crate) mod claims;
pub(crate) mod counts;
pub(crate) mod dates;
pub(crate) mod documents;
pub(crate) mod frame;
mod general;
pub(crate) mod machine;
pub(crate) mod names;
pub(crate) mod posts;
pub(crate) mod publication;
pub(crate) mod said;
pub(crate) mod say;
pub(crate) mod terms;
pub(crate) mod views;

pub(crate) use counts::N;
pub(crate) use general::L;
pub(crate) use said::said;
pub(crate) use say::{form, say, sentences, show};

use std::cell::Cell;
use std::ops::Deref;

/// A language of the labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    Chinese,
    Dutch,
    Spanish,
}

impl Language {
    /// All, as the choice shows them and as the columns stand.
    pub(crate) const ALL: [Self; 4] = [Self::English, Self::Chinese, Self::Dutch, Self::Spanish];

    /// The tag of BCP 47.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
            Self::Dutch => "nl",
            Self::Spanish => "es",
        }
    }

    /// Its own name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
            Self::Dutch => "Nederlands",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first of these in the order of a browser's `Accept-Language`, which lists the reader's own first.
    pub(crate) fn accepted(header: &str) -> Self {
        let primary = |part: &str| {
            part.trim().split(['-', ';']).next().map(str::to_ascii_lowercase).unwrap_or_default()
        };
        let known = |tag: String| Self::ALL.into_iter().find(|language| language.tag()[..2] == tag);
        header.split(',').take(16).map(primary).find_map(known).unwrap_or_default()
    }
}

thread_local! {
    /// A page is drawn on one thread from its first to its last word.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// From here on this thread draws in this language.
pub(crate) fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language in which this thread draws.
pub(crate) fn spoken() -> Language {
    SPOKEN.get()
}

/// The same in each language, in the order of [`Language::ALL`]; it reads as the one that is spoken.
pub(crate) struct Spoken<T: 'static>(pub(crate) [T; 4]);

impl<T> Deref for Spoken<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0[spoken() as usize]
    }
}

/// Makes a table of words: `NAME { name: "English", "中文", "Nederlands", "español"; }`.
macro_rules! labels {
    ($(#[$doc:meta])* $table:ident { $($name:ident: $english:literal, $chinese:literal, $dutch:literal, $spanish:literal;)* }) => {
        /// The names of the table.
        pub(crate) struct Labels { $(pub(crate) $name: &'static str,)* }
        $(#[$doc])*
        pub(crate) static $table: $crate::labels::Spoken<Labels> = $crate::labels::Spoken([
            Labels { $($name: $english,)* },
            Labels { $($name: $chinese,)* },
            Labels { $($name: $dutch,)* },
            Labels { $($name: $spanish,)* },
        ]);
        /// Every row, for the tests of all tables.
        #[cfg(test)]
        pub(super) const ROWS: &[(&str, [&str; 4])] =
            &[$((stringify!($name), [$english, $chinese, $dutch, $spanish]),)*];
    };
}
use labels;

#[cfg(test)]
mod tests;
