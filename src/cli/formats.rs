//! Export formats, by their names on the command line.

use clap::ValueEnum;

/// What of the reader's own goes along with a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NotesTold {
    All,
    Links,
    None,
}

/// The formats of the table of topics and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TopicsFormat {
    Text,
    #[value(alias = "jsonl")]
    Json,
    Html,
    Svg,
}

/// The formats of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NotesFormat {
    #[value(alias = "md")]
    Markdown,
    Html,
    #[value(alias = "jsonld")]
    Json,
    Qdpx,
}

/// The formats of bibliographies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CiteFormat {
    #[value(alias = "biblatex")]
    Bibtex,
    #[value(alias = "json")]
    CslJson,
}

/// The formats of codebooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CodebookFormat {
    Qdc,
}

/// The formats of a tour: the leader's sheet, a handout for a browser and a printer, a handout as plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TourFormat {
    Text,
    Html,
    #[value(alias = "md")]
    Markdown,
}
