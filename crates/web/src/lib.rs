//! The local interface: pages of one case on 127.0.0.1, for one person.
//!
//! In: a [`Desk`], which is what a case answers and takes. Out: HTML that
//! works without script, CSV of every list, archived pages that stay inert.
//! Never: SQL, judgement of its own, anything from afar, a cookie, a state
//! change by GET, foreign text as anything but a text node.
//!
//! The way of a request: [`serve`] binds the loopback → `door` asks for the
//! exact host, the origin and the secret in the path, all else being an empty
//! 404 → `routes` picks the page → the page asks the desk and draws itself
//! with the parts of `parts`, `table`, `map` and `gloss` inside `shell`.

#[cfg(test)]
extern crate self as plainsight_web;

mod act;
mod assets;
mod case_desk;
mod claim;
mod claims;
mod csv;
mod desk;
mod document;
mod door;
mod dossier;
mod entities;
mod entity;
mod follows;
mod gates;
mod gloss;
mod inert;
mod job;
mod labels;
mod land;
mod layers;
mod ledger;
mod machines;
mod map;
mod map_page;
mod markers;
mod names;
mod net;
mod network;
mod overview;
mod pair;
mod parts;
mod post;
mod posts;
mod proposed;
mod query;
mod register;
mod registers;
mod replies;
mod routes;
mod search;
mod server;
mod sheet;
mod shell;
mod sources;
mod table;
mod timeline;
mod to_read;
mod track;
mod upload;
mod versions;
mod words;

#[cfg(test)]
#[path = "../tests/paper/mod.rs"]
mod paper;

pub use case_desk::CaseDesk;
pub use desk::{Answered, Asking, Desk, DeskError, Machine, Payload, Seal, Watch};
pub use routes::{Inside, router};
pub use server::{Running, ServeError, ServeOptions, serve};
pub use sheet::reading_sheet;
