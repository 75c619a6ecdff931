//! The arguments of `align`.

use clap::{Args, ValueEnum};

use super::{Columns, Output, Paged};

/// Arguments of `align`.
#[derive(Debug, Args)]
pub struct Align {
    /// One version
    pub left: String,
    /// The other
    pub right: String,
    /// Say whether the two are versions of one work, and how sure that is, instead; exit 1 where they are not
    #[arg(long, conflicts_with_all = ["format", "sentences", "width", "output"])]
    pub check: bool,
    /// Sentence by sentence (jsonl and tmx)
    #[arg(long)]
    pub sentences: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Columns says it")]
    pub columns: Columns,
    /// How to print it: in columns, a bead a line, as a page, as a translation memory
    #[arg(long, value_enum, default_value_t = AlignFormat::Text)]
    pub format: AlignFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Output says it")]
    pub output: Output,
}

/// The formats of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AlignFormat {
    Text,
    #[value(alias = "json")]
    Jsonl,
    Html,
    Tmx,
}
