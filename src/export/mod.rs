//! Comparisons, coverage, counterparts and passages as text and JSON; topics as other programs read them.
//!
//! Everything here writes to a writer it is given; nothing opens a file, and nothing asks how wide a terminal is. The
//! JSON is a contract: fields are added, never renamed.

pub(crate) mod agreement;
pub(crate) mod aligned;
pub(crate) mod argument;
pub(crate) mod cards;
pub(crate) mod codebook;
pub(crate) mod columns;
pub(crate) mod compare;
pub(crate) mod comparison;
pub(crate) mod coverage;
pub(crate) mod disputes;
mod enclosed;
pub mod grid;
pub mod handout;
mod harmless;
mod html;
pub(crate) mod json;
pub(crate) mod linear;
pub(crate) mod links;
pub(crate) mod made_here;
pub mod notes;
mod offered;
pub(crate) mod opened;
mod page;
pub(crate) mod passages;
mod picture;
pub(crate) mod quotations;
pub(crate) mod reference;
pub(crate) mod suggestions;
pub(crate) mod tour;
mod xml;
