//! What a capture says of itself beside its text.

use serde::{Deserialize, Serialize};

/// One thing that a file or page says of itself: a camera, a position, a licence number, a picture's
/// caption. Somebody wrote it there, and anybody can write another: a lead, never a proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadatum {
    /// What it is about.
    pub kind: MetadatumKind,
    /// As a person reads it; never empty.
    pub value: String,
    /// The same in numbers, where there are some: degrees of latitude and longitude (WGS 84, north and east
    /// positive) of a position, pixels of a size, seconds of a duration.
    pub numbers: Vec<f64>,
    /// The address of what it speaks of, where that is not the capture itself: the picture of a caption.
    pub about: Option<String>,
    /// Where it stands: `EXIF Model`, `meta publisher`, a path of the page.
    pub source: String,
    /// Which rule read it.
    pub rule: String,
}

impl Metadatum {
    /// Makes one without numbers, about the capture itself.
    pub fn new(kind: MetadatumKind, value: impl Into<String>, source: impl Into<String>, rule: &str) -> Self {
        Self {
            kind,
            value: value.into(),
            numbers: Vec::new(),
            about: None,
            source: source.into(),
            rule: rule.to_owned(),
        }
    }

    /// Adds the same in numbers.
    pub fn numbers(mut self, numbers: impl Into<Vec<f64>>) -> Self {
        self.numbers = numbers.into();
        self
    }
}

/// What a [`Metadatum`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetadatumKind {
    /// Who made the camera or telephone.
    Maker,
    /// Its model.
    Model,
    /// The program that wrote the file.
    Program,
    /// When a picture or recording was taken, by the clock of the device.
    Taken,
    /// How a picture is turned to stand upright.
    Orientation,
    /// Where it was taken.
    Position,
    /// Width and height.
    Size,
    /// How long a recording lasts.
    Duration,
    /// The format of a recording.
    Container,
    /// A stream of pictures, sound or subtitles in a recording.
    Track,
    /// A title in the file.
    Title,
    /// The number under which a site is filed with China's ministry of industry (ICP).
    SiteFiling,
    /// The number under which a site is filed with China's police.
    PoliceFiling,
    /// Who publishes a page or is responsible for its site.
    Publisher,
    /// The words under a picture.
    Caption,
    /// The address that a page gives itself.
    Address,
}

impl MetadatumKind {
    /// The word shown and stored.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Model => "model",
            Self::Program => "program",
            Self::Taken => "taken",
            Self::Orientation => "orientation",
            Self::Position => "position",
            Self::Size => "size",
            Self::Duration => "duration",
            Self::Container => "container",
            Self::Track => "track",
            Self::Title => "title",
            Self::SiteFiling => "site-filing",
            Self::PoliceFiling => "police-filing",
            Self::Publisher => "publisher",
            Self::Caption => "caption",
            Self::Address => "address",
        }
    }
}
