//! What the session and the disk both know: texts as they are opened, and what is kept of a session and for the reader.
//!
//! These are values. What is done with them is the session's (`app`) and the disk's (`library`).

pub(crate) mod address;
pub(crate) mod citation;
pub(crate) mod elsewhere;
pub mod exporting;
pub mod hook;
pub mod keeping;
pub mod notes;
pub mod open;
pub mod own_theme;
pub(crate) mod recall;
pub mod settings;
pub mod snapshot;
pub(crate) mod sought;
pub mod strays;
pub(crate) mod touring;
