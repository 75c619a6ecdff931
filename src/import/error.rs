//! Why a file could not be imported at all: what it is, and what its reader can do.

use super::format::Format;

/// A file that holds no text that Diptych can read. The file's name stands before it where it is printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it, or nothing but white space.
    #[error("the file is empty: nothing to read")]
    Empty,
    /// Neither text nor a container that is known.
    #[error("this is {what}, not a text: convert it to text, Markdown or HTML first")]
    Binary {
        /// What its first bytes say that it is: "a PNG picture", "binary data".
        what: &'static str,
    },
    /// Offsets into a text are 32 bits wide.
    #[error("the file is above 4 GiB ({bytes} bytes): split it into smaller ones")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The order of pages that was asked for cannot be had.
    #[error("--pages {order}: {why}")]
    Pages {
        /// The order as it was written.
        order: String,
        /// What is wrong with it.
        why: String,
    },
    /// A format that this build was made without.
    #[error("this build of Diptych does not read {0}: convert it to text, Markdown or HTML first")]
    NotBuilt(Format),
}
