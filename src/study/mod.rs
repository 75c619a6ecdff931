//! The comparison: what two texts say, topic by topic, and what the reader has made of it.
//!
//! The one place that the screen, the shell and the exports ask, so that they cannot contradict each other.

pub mod agreed;
pub mod chart;
pub mod comparison;
pub mod counterparts;
pub mod dispute;
pub mod grid;
pub mod own;
pub mod proposal;
pub mod remarks;
pub mod rows;
pub mod text;
