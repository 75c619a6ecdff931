//! The arguments of `links`, `merge` and `cards`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Columns, Output, Paged};
use crate::export::cards::DECK;
use crate::study::counterparts::COUNTERPARTS;

/// Arguments of `links`.
#[derive(Debug, Args)]
pub struct Links {
    /// The text whose passages are asked about
    pub left: String,
    /// The text that answers
    pub right: String,
    /// At most so many counterparts of each passage
    #[arg(long, value_name = "N", default_value_t = COUNTERPARTS)]
    pub top: usize,
    /// Also those too weak to be shown unasked
    #[arg(long)]
    pub all: bool,
    /// The sentences that both texts quote, instead
    #[arg(long, conflicts_with_all = ["top", "all"])]
    pub quotations: bool,
    /// How far several readers agree, instead: Krippendorff's alpha over their relations and over what each text treats, and
    /// where they differ
    #[arg(long, conflicts_with_all = ["top", "all", "quotations", "meaning", "format"])]
    pub agreement: bool,
    /// Where words show nothing: what the sentence model in this folder holds to be close [default: `meaning` of config.toml]
    #[arg(long, value_name = "DIR", conflicts_with = "quotations")]
    pub meaning: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Columns says it")]
    pub columns: Columns,
    /// How to print it; your own links as an argument map: argdown, svg; with --quotations a page to print: html
    #[arg(long, value_enum, default_value_t = LinksFormat::Text)]
    pub format: LinksFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Output says it")]
    pub output: Output,
}

/// The formats of links: a list, a line of JSON for each passage; the reader's own as a document of Argdown or as a picture;
/// shared quotations as a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinksFormat {
    Text,
    #[value(alias = "json")]
    Jsonl,
    Argdown,
    Svg,
    /// With `--quotations`: a page to print
    Html,
}

/// Arguments of `cards`.
#[derive(Debug, Args)]
pub struct Cards {
    /// The text whose passages are shown
    pub left: String,
    /// The text whose passages are to be recalled
    pub right: String,
    /// Make a card of every link, not of contrasts alone
    #[arg(long)]
    pub all: bool,
    /// The deck that the cards go into
    #[arg(long, value_name = "NAME", default_value = DECK)]
    pub deck: String,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Output says it")]
    pub output: Output,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// The folders, each of one person: as a path, or as NAME=DIR, which says whose it is
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<String>,
    /// The folder to put them together in; what is there already takes part, and is never written over
    #[arg(short, long, value_name = "LIBRARY")]
    pub output: PathBuf,
}
