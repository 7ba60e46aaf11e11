//! What a lens finds in a document: mentions and frames.

use crate::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that finding gives for one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// By position.
    pub mentions: Vec<Mention>,
    /// By position.
    pub frames: Vec<Frame>,
    /// Spans that an exclusion took out, with the reason.
    pub excluded: Vec<Excluded>,
    /// Whose page or paper this is, as far as it says so itself.
    pub publisher: Option<Publisher>,
}

/// Whose page or paper a document is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// The name as written.
    pub text: String,
    /// Agency key, else the folded name.
    pub key: String,
    /// On which side it stands.
    pub side: Side,
}

/// On which side a publisher or speaker stands; what makes a voice a party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// A body of the sending state at home: police, a county government.
    SendingBody,
    /// Its embassy or consulate, or a spokesperson of its foreign ministry.
    SendingMission,
    /// A body of the host state: ministry, police, parliament.
    HostState,
    /// An association, company or person said to host or head a post.
    HostBody,
    /// A newspaper, broadcaster, news site.
    Outlet,
    /// A non-governmental organisation.
    Ngo,
    /// A witness of own experience.
    Witness,
    /// Nobody known.
    #[default]
    Unknown,
}

/// A quote of a kind with a normalised key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// Where it stands.
    pub span: Span,
    /// The exact string.
    pub text: String,
    /// The normalised key: E.164 for phones, EDTF for dates, division code or
    /// folded name for places, `place|function|organ` for agencies; empty where
    /// no key is allowed (a telephone that nothing binds to a post or body).
    pub key: String,
    /// The rule that made it, such as `phone:national`, `term:post_name`.
    pub rule: String,
    /// The lens term behind it.
    pub term: Option<TermHit>,
}

/// The lens term behind a mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermHit {
    /// The term as the lens writes it.
    pub term: String,
    /// Its kind, such as `post_name`.
    pub kind: String,
    /// `strong`, `weak` or `context` after all rules.
    pub strength: String,
    /// Its English sense.
    pub meaning: String,
}

/// The kinds of mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A holder of a public role of an acting body.
    Person,
    /// An association, chamber, company.
    Organisation,
    /// A public body with place, level, function, organ.
    Agency,
    /// A place.
    Place,
    /// A street address.
    Address,
    /// A telephone number.
    Phone,
    /// A date.
    Date,
    /// A number with its unit.
    Count,
    /// A term of the lens.
    Term,
}

impl MentionKind {
    /// The word printed under `kind`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Agency => "agency",
            Self::Place => "place",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Date => "date",
            Self::Count => "count",
            Self::Term => "term",
        }
    }
}

/// The closed list of slot types (DESIGN.md section 6): none is a nationality,
/// an ethnicity, a religion or an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotType {
    /// A public body.
    Agency,
    /// An association or company.
    Organisation,
    /// A place.
    Place,
    /// A street address.
    Address,
    /// A telephone number.
    Phone,
    /// A date.
    Date,
    /// A number.
    Count,
    /// A term of the lens.
    Term,
    /// A holder of a public role.
    RoleHolder,
}

/// The name of a slot: `name`, `operator`, `host_body`, `place`, `address`,
/// `phone`, `opened`, `closed`, `services`, `award`, `head`, `count`, `by`, …
pub type SlotName = String;

/// The kind of a frame as the lens names it: `post`, `pressure`, `count`,
/// `notified`, `consented`, `reaction`, `award`.
pub type FrameKind = String;

/// Mentions bound into one statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The kind as the lens names it.
    pub kind: FrameKind,
    /// The sentence, list item or row that says it: the quote every claim from this frame rests on.
    pub span: Span,
    /// The slots that were filled.
    pub slots: BTreeMap<SlotName, Vec<Slot>>,
    /// Who says it.
    pub voice: Voice,
    /// How surely it is said.
    pub modality: Modality,
    /// A status it states.
    pub status: Option<Status>,
    /// The rule that made it, such as `post:sentence`, `post:row`.
    pub rule: String,
}

/// A filled slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Where it stands.
    pub span: Span,
    /// The exact string.
    pub text: String,
    /// The normalised key, as in [`Mention::key`].
    pub key: String,
    /// Set where the year of a date comes from the page's date or the value from another block.
    pub inferred: bool,
}

/// Who says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// The document's own voice when `None`; else the speaker as written there (a body, an outlet, a role).
    pub speaker: Option<String>,
    /// The speaker's normalised key where it is a body or outlet.
    pub key: Option<String>,
    /// On which side the speaker stands.
    pub side: Side,
    /// Word for word.
    pub verbatim: bool,
    /// The phrase that credits somebody (`据…报道`, `volgens`, `according to`).
    pub phrase: Option<Span>,
}

/// How surely it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Said plainly.
    Asserted,
    /// Said not to be so.
    Denied,
    /// Said to be said by others.
    Reported,
    /// Meant for the future.
    Planned,
    /// Said to be possible.
    Possible,
}

impl Modality {
    /// The word printed under `modality`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Reported => "reported",
            Self::Planned => "planned",
            Self::Possible => "possible",
        }
    }
}

/// The closed list of statuses (DESIGN.md section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The operator says it.
    ClaimedByOperator,
    /// Others say it.
    Reported,
    /// The host state says that it is there.
    ConfirmedByHostState,
    /// The body said to host it says no.
    DeniedByHostBody,
    /// The sending state says no.
    DeniedBySendingState,
    /// An authority looks into it.
    UnderInquiry,
    /// The host state ordered it closed.
    OrderedClosed,
    /// The sending state says that it is closed.
    ClosedPerSendingState,
    /// The inquiry ended without charges.
    InquiryEndedWithoutCharges,
    /// Of a person, never of a post alone.
    Charged,
    /// Of a person, never of a post alone.
    Convicted,
    /// Its publisher took it back.
    Withdrawn,
}

impl Status {
    /// All of them, in the order of DESIGN.md.
    pub const ALL: [Status; 12] = [
        Self::ClaimedByOperator,
        Self::Reported,
        Self::ConfirmedByHostState,
        Self::DeniedByHostBody,
        Self::DeniedBySendingState,
        Self::UnderInquiry,
        Self::OrderedClosed,
        Self::ClosedPerSendingState,
        Self::InquiryEndedWithoutCharges,
        Self::Charged,
        Self::Convicted,
        Self::Withdrawn,
    ];

    /// The words of the closed list.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::ClaimedByOperator => "claimed by operator",
            Self::Reported => "reported",
            Self::ConfirmedByHostState => "confirmed by host state",
            Self::DeniedByHostBody => "denied by host body",
            Self::DeniedBySendingState => "denied by sending state",
            Self::UnderInquiry => "under inquiry",
            Self::OrderedClosed => "ordered closed",
            Self::ClosedPerSendingState => "closed per sending state",
            Self::InquiryEndedWithoutCharges => "inquiry ended without charges",
            Self::Charged => "charged",
            Self::Convicted => "convicted",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A span that an exclusion took out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// Where it stands.
    pub span: Span,
    /// The exclusion in words, with its term.
    pub why: String,
}
