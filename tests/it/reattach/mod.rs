//! How well anchors find their places again after a text was edited; the bars are those of issue 6.

pub mod cases;
pub mod edits;
pub mod measure;
pub mod prose;
