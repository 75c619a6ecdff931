//! An index of all passages of a library: which of them have these words, the most telling first.
//!
//! It lies in the cache, beside the imports, and can be made again at any time. [`Engine`] is all that the rest of the
//! program knows of it, so that a shared archive of millions of texts can be asked in the same way (`docs/archive.md`).
//! [`store::Store`] is the one that is built in: the passages' stems by their hashes, in a few files that are written
//! once and read in pieces. It holds nothing else of a text.

pub(crate) mod build;
pub(crate) mod segment;
pub(crate) mod store;
pub(crate) mod terms;

use crate::text::passage::PassageNo;

/// What is looked for: words by their stems, each with how much it counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Asked {
    /// For each word what it may be: its stems in the languages of the texts, by their hashes.
    pub words: Vec<(Vec<u64>, f32)>,
    /// Whether a passage has to have every one of them.
    pub all: bool,
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    /// The text: its place among [`Engine::texts`].
    pub text: usize,
    /// The passage.
    pub passage: PassageNo,
    /// How much it says of what was asked for; comparable only within one answer.
    pub score: f32,
}

/// A text that is in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Indexed {
    /// Its path within the library.
    pub name: String,
    /// How many passages it has.
    pub passages: u32,
}

/// Something that knows the passages of a library by their words.
pub(crate) trait Engine: std::fmt::Debug + Send + Sync {
    /// The texts.
    fn texts(&self) -> &[Indexed];

    /// The passages that say most of what is asked for, the best first: at most `most`, and of one text at most `of_each`.
    fn best(&self, asked: &Asked, most: usize, of_each: usize) -> Vec<Hit>;
}
