//! Filters: no case, no disk but the named files.

mod copies;
mod documents;
mod items;
mod lens;
mod method;
mod names;
mod own_model;
mod strings;
mod web_archives;

pub use copies::{CopiesArgs, copies};
pub use documents::{FindArgs, ReadArgs, find, read};
pub use items::Files;
pub use lens::{LensArgs, lens};
pub use names::{match_names, places, values};
pub use strings::{dates, lang, quote, words};
pub use web_archives::{VerifyArgs, WarcArgs, verify, warc};
