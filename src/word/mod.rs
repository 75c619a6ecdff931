//! What a word is: tokens, folding, stems, sentences, languages. The one place that decides it.
//!
//! Every comparison of words in the program goes through here, so that a topic's term, a search and a counterpart agree
//! on what is the same word: `Workers’`, `worker's` and `WORKER` are one, `trade-union` and `trade union` are the same two words.

mod chance;
pub(crate) mod closed;
pub(crate) mod counted;
pub mod fold;
pub(crate) mod frequency;
pub(crate) mod hash;
pub(crate) mod irregular;
pub mod language;
pub(crate) mod letter;
pub(crate) mod nearest;
pub mod related;
pub(crate) mod roman;
pub(crate) mod sentence;
pub(crate) mod spelling;
pub mod spots;
pub mod stem;
pub mod stop;
pub mod token;
pub(crate) mod typed;
pub mod variant;
mod walk;
