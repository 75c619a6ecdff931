//! Comparisons, coverage, counterparts and passages as text and JSON; topics as other programs read them.
//!
//! Everything here writes to a writer it is given; nothing opens a file, and nothing asks how wide a terminal is. The
//! JSON is a contract: fields are added, never renamed.

pub mod agreement;
pub mod aligned;
pub mod argument;
pub mod cards;
pub mod codebook;
pub mod columns;
pub mod compare;
pub mod coverage;
pub mod disputes;
mod enclosed;
pub mod grid;
pub mod handout;
mod harmless;
mod html;
pub mod json;
pub mod linear;
pub mod links;
pub mod made_here;
pub mod notes;
pub mod opened;
mod page;
pub mod passages;
mod picture;
pub mod quotations;
pub mod reference;
pub mod suggestions;
pub mod tour;
mod xml;
