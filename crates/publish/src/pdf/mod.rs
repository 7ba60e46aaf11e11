//! `dossier.pdf`: the page of the dossier on paper, as PDF/A-2a.
//!
//! In: the markup of `index.html` and the fonts of the machine. Out: the bytes
//! of a PDF, or why there is none. The page is all that is read here, so the
//! paper cannot hold a word that the page does not.
//! Never: reads a clock; the day of the PDF is the day of the case.

mod flow;
mod fonts;
mod inline;
mod pages;
mod paint;
mod shapes;
mod style;
mod tags;
mod text;
mod tree;

#[cfg(test)]
mod tests;

pub use fonts::Fonts;

use flow::{Context, Flow};
use fonts::Faces;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};
use text::Missing;

/// What the PDF says of itself beside the page.
pub(crate) struct About<'a> {
    /// The name of the case as it is shown.
    pub title: String,
    /// The day of the case, in words.
    pub day: String,
    /// The same as `2031-04-02`.
    pub date: &'a str,
    /// The same content has the same id.
    pub id: String,
    /// DRAFT stands on every page.
    pub draft: bool,
}

/// Why a dossier has no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPdf {
    /// A character has no font.
    #[error(
        "the dossier is written, its PDF is left out: no font on this machine has “{letter}” ({codes}). `{install}` brings one; then publish again"
    )]
    NoFont {
        /// The letter with its marks.
        letter: String,
        /// Its code points.
        codes: String,
        /// The command that installs a font.
        install: &'static str,
    },
    /// A character that has no meaning of its own.
    #[error(
        "the dossier is written, its PDF is left out: a quote or a name holds {codes}, a character for private use, which no PDF/A may hold"
    )]
    Private {
        /// Its code points.
        codes: String,
    },
    /// The writer refused what it was given.
    #[error(
        "the dossier is written, its PDF is left out: {0}. The page index.html holds all that it would have held; please tell the makers of Plainsight"
    )]
    Refused(String),
}

impl From<Missing> for NoPdf {
    fn from(Missing(letter): Missing) -> Self {
        let codes: Vec<String> = letter.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
        let codes = codes.join(" ");
        if letter.chars().any(fonts::is_private) {
            return Self::Private { codes };
        }
        Self::NoFont { codes, install: fonts::install(&letter), letter }
    }
}

/// Prints a page.
pub(crate) fn print(html: &str, about: &About<'_>, fonts: &Fonts) -> Result<Vec<u8>, NoPdf> {
    let refused = |why: &str| NoPdf::Refused(why.to_owned());
    let page = tree::parse(html).ok_or_else(|| refused("the page could not be read back"))?;
    let main = page.find("main").ok_or_else(|| refused("the page has no main part"))?;
    let date = date(about.date).ok_or_else(|| refused("the case has no day"))?;
    // Fonts are files from outside: one that makes the writer stumble costs the PDF and nothing else.
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| write(main, about, date, fonts)));
    made.unwrap_or_else(|_| Err(refused("a font could not be used")))
}

fn write(main: &tree::Element, about: &About<'_>, date: DateTime, fonts: &Fonts) -> Result<Vec<u8>, NoPdf> {
    let refused = |why: String| NoPdf::Refused(format!("it would be no PDF/A ({why})"));
    let mut faces = Faces::new(fonts);
    let mut flow = Flow::new(&mut faces);
    let room = style::Room { x: style::LEFT, width: style::FULL };
    let context = Context { room, look: style::BODY, lang: "en".into(), tag: tags::ROOT };
    flow.children(main, &context, 0.0)?;
    let boxes: Vec<_> = flow.placed.iter().map(|one| one.y.clone()).collect();
    let cut = pages::cut(&boxes, &flow.keeps, &flow.breaks, &flow.tables, paint::HEIGHT);
    let outline = paint::outline(&flow.heads, &cut);
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .finish()
        .map_err(|_| refused("no version fits".into()))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let strip = flow.strip();
    let tags = paint::pages(&mut document, strip, &cut, about, &mut faces)?;
    document.set_outline(outline);
    document.set_tag_tree(tags.tree());
    document.set_metadata(
        Metadata::new()
            .title(about.title.clone())
            .language("en".to_owned())
            .creator("Plainsight".to_owned())
            .producer("Plainsight".to_owned())
            .document_id(about.id.clone())
            .creation_date(date),
    );
    document.finish().map_err(|why| refused(why.to_string()))
}

/// `2031-04-02` as the writer takes it; the moment is the first of the day.
fn date(day: &str) -> Option<DateTime> {
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(
        DateTime::new(year)
            .month(month)
            .day(day)
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}
