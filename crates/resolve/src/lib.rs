//! Decides whether names, bodies and posts may be one and the same, with reasons.
//!
//! In: names, frames, a gazetteer, registers as bytes. Out: scores with their
//! reasons, agencies as slots, posts with suggestions, verdicts of registers.
//! Never: reads files, opens the network, or merges what only looks alike:
//! people merge.

pub mod agency;
pub mod ftm;
pub mod lists;
pub mod names;
pub mod places;
pub mod posts;
pub mod registers;
pub mod tables;
pub mod verdicts;

pub use agency::{
    Agency, AgencyHit, AgencySlots, Level, compatible, country_adjective, find_agencies,
    parse as parse_agency,
};
pub use lists::{ListRow, each_list_row};
pub use names::{Effect, NameInput, NameMatch, NameVerdict, ReadNames, Reason, match_names, match_read};
pub use places::{PlaceAnswer, places};
pub use posts::{DocumentFrames, FrameRef, Post, PostPair, Posts, resolve_posts};
pub use registers::{Listed, RegisterOptions, each_register_row, read_gazetteer, read_registers};
pub use verdicts::{PostFacts, RegisterRows, ask};
