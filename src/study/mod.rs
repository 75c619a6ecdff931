//! The comparison: what two texts say, topic by topic, and what the reader has made of it.
//!
//! The screen, the shell and the exports ask [`comparison::Comparison`] and nothing else for it, so that they cannot
//! contradict each other; how rows are chosen, a first pair and proposals is private to this folder.

pub(crate) mod agreed;
pub mod chart;
pub mod comparison;
pub(crate) mod counterparts;
pub(crate) mod dispute;
pub(crate) mod glosses;
pub(crate) mod grid;
pub mod own;
pub(crate) mod proposal;
pub mod rows;
pub(crate) mod text;
