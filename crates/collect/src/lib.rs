//! Fetches public pages as evidence; the only crate that reaches the network.
//!
//! In: addresses, and what a person allowed. Out: each request and answer,
//! octet by octet, with how the host was reached and what was noticed.
//! Never: dials an address that the guard has not checked, decodes what it
//! receives, or knows where captures are kept. Whoever else needs octets from
//! outside is handed a `Wire` (`plainsight-model`).
//!
//! ```no_run
//! # use plainsight_collect::*;
//! # use std::sync::Arc;
//! # fn show(clock: Arc<dyn plainsight_model::Clock>, certificates: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let (roots, _unreadable) = Roots::pem(certificates);
//! let collector = Collector::new(Settings::default(), Arc::new(SystemResolver), roots, clock)?;
//! let fetched = collector.fetch(&Address::typed("https://zilverhaven.org/nieuws")?);
//! for hop in fetched.answers() {
//!     // A `request`, a `response` and a `metadata` record each.
//!     println!("{} {:?}: {} octets", hop.uri, hop.status(), hop.response.len());
//!     println!("{}", hop.facts());
//! }
//! println!("{}", fetched.complaints().join("\n"));
//! # Ok(())
//! # }
//! ```

mod address;
mod clocks;
mod collector;
mod dialer;
mod facts;
mod failure;
mod guard;
mod http;
mod limits;
mod markup;
mod parts;
mod redirect;
mod refusal;
mod robots;
mod seen;
mod settings;
mod tls;
mod wire;

pub use address::{Address, without_secrets};
pub use collector::{Collector, Conditions, Fetched, Manners, RobotsAnswer, Stop};
pub use dialer::{Proxy, ProxyError, Resolver, Route, SystemResolver};
pub use failure::Failure;
pub use guard::{Guard, not_public};
pub use http::{Cut, Exchange, Head};
pub use limits::Limits;
pub use parts::{MOST_PARTS, parts, parts_of_sheet};
pub use redirect::sends_on;
pub use refusal::Refusal;
pub use robots::Rules;
pub use seen::{Notice, Page, Sight, seen};
pub use settings::{Settings, SettingsError};
pub use tls::{Roots, TlsFacts};
