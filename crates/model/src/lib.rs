//! The words of an investigation as types.
//!
//! In: nothing. Out: the types that every other crate speaks, and the traits
//! through which the outside comes in ([`Wire`], [`Store`], [`Clock`]).
//! Never: does I/O, reads a clock, or knows another crate.
//!
//! The types derive serde because the derived part of a case keeps them; that
//! form is free to change with a stage's version. What the commands print is
//! built by hand in `case::views`, which is the contract.
//!
//! Offsets are Unicode code points of a document's canonical text, end
//! exclusive, everywhere; `plainsight_text::Chars` converts to bytes.

mod capture;
mod claim;
mod decision;
mod document;
mod finding;
mod ids;
mod metadata;
mod ports;
mod quote;
mod register;

pub use capture::{Capture, How, RecordPlace};
pub use claim::{
    Against, Claim, CountOf, Evidence, Grade, How as OriginHow, Letter, Mark, Mode, Origin, Predicate,
    Relation, Stance, Subject,
};
pub use decision::{Answer, Answered, Asked, Decision, Judgements, QuoteRef};
pub use document::{
    Block, BlockKind, Cell, Complaint, ComplaintKind, Document, DocumentKind, Lang, Link, ReadSettings,
    Script,
};
pub use finding::{
    Excluded, Findings, Frame, FrameKind, Mention, MentionKind, Modality, Publisher, Side, Slot, SlotName,
    SlotType, Status, TermHit, Voice,
};
pub use ids::{
    CaptureId, ClaimId, DecisionId, Digest, DocumentId, EntityId, IdError, OriginId, PairId, PostId, QuoteId,
    RegisterId,
};
pub use metadata::{Metadatum, MetadatumKind};
pub use ports::{Clock, Output, Store, Wire, WireError};
pub use quote::{Quote, Span};
pub use register::{Outcome, Proof, Register, RegisterRow, Verdict};
