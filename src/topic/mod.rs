//! Topics: the codebook, where its terms are mentioned, and which passages treat a topic. Knows no panes, notes or keys.

use std::ops::ControlFlow;

mod announced;
pub mod belonging;
pub mod catch;
pub mod code;
pub mod codebook;
mod continued;
pub mod coverage;
pub mod described;
pub mod fault;
pub mod guid;
mod hint;
mod label;
mod lexicon;
pub mod matcher;
mod nouns;
mod phrase;
pub mod qdc;
mod runs;
mod scan;
pub mod source;
pub mod suggest;
pub mod term;
mod topics_file;
pub mod treatment;
pub mod union;
mod weight;

/// Who watches a long job: is told how far it is (`done` of `of`), and says whether it is to go on.
pub type Watcher<'a> = &'a dyn Fn(usize, usize) -> ControlFlow<()>;
