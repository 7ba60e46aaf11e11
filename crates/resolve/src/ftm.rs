//! FollowTheMoney: its values, its model, its entities and statements.
//!
//! The model and its tables are data of followthemoney 4.11.2 and rigour 2.6.1
//! (MIT) in `data/ftm`; the rules are written anew.

mod entity;
mod model;
mod net;
mod read;
mod stamps;
mod tables;
mod values;
mod write;

pub use entity::{Admitted, Entity, without_persons};
pub use model::{Edge, Model, Property, Schema};
pub use read::{Imported, read_entities};
pub use values::{ValueType, clean, is_valid};
pub use write::{to_lines, to_statements};
