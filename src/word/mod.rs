//! What a word is: tokens, folding, stems, sentences, languages. The one place that decides it.
//!
//! Every comparison of words in the program goes through here, so that a topic's term, a search and a counterpart agree
//! on what is the same word: `Workers’`, `worker's` and `WORKER` are one, `trade-union` and `trade union` are the same two.

mod chance;
pub mod closed;
pub mod counted;
pub mod fold;
pub mod frequency;
pub mod hash;
pub mod irregular;
pub mod language;
pub mod letter;
pub mod nearest;
pub mod related;
pub mod roman;
pub mod sentence;
pub mod spelling;
pub mod spots;
pub mod stem;
pub mod stop;
pub mod token;
pub mod typed;
pub mod variant;
mod walk;
