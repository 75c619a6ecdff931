//! Topics: the codebook, where its terms are mentioned, and which passages treat a topic. Knows no panes, notes or keys.

use std::ops::ControlFlow;

mod announced;
pub(crate) mod belonging;
pub(crate) mod catch;
pub(crate) mod code;
pub mod codebook;
pub mod continued;
pub mod coverage;
pub(crate) mod described;
pub(crate) mod fault;
pub(crate) mod guid;
mod hint;
mod label;
mod lexicon;
pub mod matcher;
mod nouns;
mod phrase;
pub mod qdc;
mod runs;
mod scan;
pub(crate) mod source;
pub(crate) mod suggest;
pub mod term;
mod topics_file;
pub(crate) mod treatment;
pub(crate) mod union;
mod weight;

/// Who watches a long job: is told how far it is (`done` of `of`), and says whether it is to go on.
pub type Watcher<'a> = &'a dyn Fn(usize, usize) -> ControlFlow<()>;
