//! Claims, evidence, origins and grades (`corroborate`'s words).

use crate::{ClaimId, DocumentId, Lang, OriginId, PostId, Quote};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A statement with its evidence for and against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Lens, subject, predicate and object as one id.
    pub id: ClaimId,
    /// What it is about.
    pub subject: Subject,
    /// What is said of it.
    pub predicate: Predicate,
    /// The object as shown: an EDTF date, an address, a body's name, `yes`.
    pub object: String,
    /// The object's normalised key.
    pub object_key: String,
    /// The claim as one English sentence.
    pub text: String,
    /// EDTF of its validity, where it has one.
    pub valid: Option<String>,
    /// For counts only.
    pub count: Option<CountOf>,
    /// By document and position.
    pub evidence: Vec<Evidence>,
    /// Independent sources, by id.
    pub origins: Vec<Origin>,
    /// Other claims of the same subject and predicate.
    pub against: Vec<Against>,
    /// Rule G1 over the quotes that a person has read.
    pub grade: Grade,
    /// Rule G1 over all machine-found quotes.
    pub grade_if_read: Grade,
    /// The lines of COMMANDS.md under `trace`.
    pub trace: Vec<String>,
}

/// What a claim is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The normalised key that goes into the claim's id.
    pub key: String,
    /// The words shown.
    pub text: String,
    /// The post, where it is about one.
    pub post: Option<PostId>,
}

/// The predicates of the first lens, a closed list (COMMANDS.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predicate {
    /// A post is there.
    Exists,
    /// A body runs it.
    OperatedBy,
    /// A body hosts it.
    HostedBy,
    /// It is at an address.
    LocatedAt,
    /// It opened on a day.
    Opened,
    /// It closed on a day.
    Closed,
    /// It offers a service.
    Offers,
    /// A holder of a public role heads it.
    HeadedBy,
    /// It was honoured.
    Awarded,
    /// The host state was (not) told.
    Notified,
    /// The host state agreed, or did not.
    Consented,
    /// It stands in a register.
    ListedInRegister,
    /// It is said to have put pressure on persons.
    PressureBy,
    /// An event there was attended by a role holder.
    AttendedBy,
    /// A number of posts.
    Count,
}

impl Predicate {
    /// The word printed under `predicate`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::OperatedBy => "operated_by",
            Self::HostedBy => "hosted_by",
            Self::LocatedAt => "located_at",
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Offers => "offers",
            Self::HeadedBy => "headed_by",
            Self::Awarded => "awarded",
            Self::Notified => "notified",
            Self::Consented => "consented",
            Self::ListedInRegister => "listed_in_register",
            Self::PressureBy => "pressure_by",
            Self::AttendedBy => "attended_by",
            Self::Count => "count",
        }
    }
}

/// What a count counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountOf {
    /// What is counted: `posts`, `cities`, `countries`.
    pub unit: String,
    /// Who counts, as written.
    pub counter: Option<String>,
    /// The rule of counting, where stated.
    pub definition: Option<String>,
    /// The day it holds for, EDTF.
    pub as_of: Option<String>,
}

/// A quote with stance, voice and mode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The words.
    pub quote: Quote,
    /// The document's language.
    pub lang: Lang,
    /// For, against, or merely naming it.
    pub stance: Stance,
    /// Who says it, in words: `the document itself`, or the speaker.
    pub voice: String,
    /// Maker, reporter or repeater.
    pub mode: Mode,
    /// The origin it belongs to; `None` for tertiary.
    pub origin: Option<OriginId>,
    /// Names of those who read it, in the order of the ledger.
    pub read_by: Vec<String>,
    /// A person said that the quote does not say so.
    pub rejected: bool,
    /// A bare denial by a party with an interest: printed, never counted.
    pub interested_denial: bool,
}

/// For, against, or merely naming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that it is so.
    Supports,
    /// Says that it is not so.
    Contradicts,
    /// Names it without saying so.
    Mentions,
}

impl Stance {
    /// The word printed under `stance`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Mentions => "mentions",
        }
    }
}

/// Maker of the act or record, reporter, or repeater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The maker of the act or record speaks of it.
    Primary,
    /// Own reporting on it.
    Secondary,
    /// Repeats others: never an origin.
    Tertiary,
}

impl Mode {
    /// The word printed under `mode`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
        }
    }
}

/// A set of documents that rest on one and the same knowledge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its documents (and stub key) as one id.
    pub id: OriginId,
    /// Sorted.
    pub documents: Vec<DocumentId>,
    /// What made it one.
    pub how: How,
    /// Whose knowledge it is, in words.
    pub voice: String,
    /// Primary or secondary.
    pub mode: Mode,
    /// Whether it counts: not withdrawn, not letter E, not merely mentioning.
    pub counts: bool,
    /// The letter of whose knowledge it is.
    pub letter: Letter,
    /// The control group, where known: origins of one group count once.
    pub group: Option<String>,
    /// Special marks.
    pub marks: Vec<Mark>,
}

/// What made an origin one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum How {
    /// One document, itself.
    #[serde(rename = "self")]
    Itself,
    /// Copies of one text.
    #[serde(rename = "copy")]
    Copy,
    /// A text that says where it has it from.
    #[serde(rename = "cites")]
    Cites,
    /// Something that was read and is not held.
    #[serde(rename = "stub")]
    Stub,
    /// Translations of one text.
    #[serde(rename = "translation")]
    Translation,
    /// One speaker, quoted by several.
    #[serde(rename = "same_speaker")]
    SameSpeaker,
    /// A person said so.
    #[serde(rename = "decision")]
    Decision,
}

impl How {
    /// The word printed under `how`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::Copy => "copy",
            Self::Cites => "cites",
            Self::Stub => "stub",
            Self::Translation => "translation",
            Self::SameSpeaker => "same_speaker",
            Self::Decision => "decision",
        }
    }
}

/// Special marks of an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A witness whom a person marked disputed.
    Disputed,
    /// A party that speaks against its own interest.
    OwnInterest,
    /// A record that is official, complete and in force on the date.
    Record,
    /// Withdrawn.
    Withdrawn,
}

impl Mark {
    /// The word printed under `marks`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::OwnInterest => "own_interest",
            Self::Record => "record",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The Admiralty letter of a source; `F`, cannot be judged, until a person says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Letter {
    A,
    B,
    C,
    D,
    E,
    #[default]
    F,
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        })
    }
}

/// The number of rule G1, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// 1.
    Confirmed = 1,
    /// 2.
    ProbablyTrue = 2,
    /// 3.
    PossiblyTrue = 3,
    /// 4.
    Doubtful = 4,
    /// 5.
    Improbable = 5,
    /// 6.
    CannotBeJudged = 6,
}

impl Grade {
    /// 1 to 6.
    pub fn number(&self) -> u8 {
        *self as u8
    }
    /// The grade of a number, if it is one.
    pub fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Confirmed,
            2 => Self::ProbablyTrue,
            3 => Self::PossiblyTrue,
            4 => Self::Doubtful,
            5 => Self::Improbable,
            6 => Self::CannotBeJudged,
            _ => return None,
        })
    }
    /// The words of rule G1.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::ProbablyTrue => "probably true",
            Self::PossiblyTrue => "possibly true",
            Self::Doubtful => "doubtful",
            Self::Improbable => "improbable",
            Self::CannotBeJudged => "cannot be judged",
        }
    }
}

/// Another claim of the same subject and predicate, and how the two stand to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// The other claim.
    pub claim: ClaimId,
    /// How the two stand.
    pub relation: Relation,
}

/// How two values stand to each other (notes on corroboration, 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Another definition or counter.
    Incomparable,
    /// Another day.
    Succession,
    /// One contains the other.
    Compatible,
    /// A party says no.
    Denied,
    /// Both cannot be.
    Conflict,
}

impl Relation {
    /// The word printed under `relation`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Incomparable => "incomparable",
            Self::Succession => "succession",
            Self::Compatible => "compatible",
            Self::Denied => "denied",
            Self::Conflict => "conflict",
        }
    }
}
