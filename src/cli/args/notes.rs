//! The arguments of `notes`.

use clap::{Args, Subcommand};

use super::{Codebook, LinesFormat, Output};
use crate::cli::formats::NotesFormat;

const NOTES_ABOUT: &str = "Without a text, all texts of this folder are meant; where it has none, those that come with \
                        Diptych.";

/// Arguments of `notes`.
#[derive(Debug, Args)]
pub struct Notes {
    /// What to do
    #[command(subcommand)]
    pub command: NotesCommand,
}

const NOTES_OF: &str = "Without LIBRARY, the notes on the texts of this folder and of those below it; where it holds \
                        none, on those that come with Diptych (`embedded:`).";

/// The subcommands of `notes`.
#[derive(Debug, Subcommand)]
pub enum NotesCommand {
    /// List notes, a line each
    #[command(after_help = NOTES_OF)]
    List {
        /// Folders of texts, or texts: those whose notes are meant
        #[arg(value_name = "LIBRARY")]
        of: Vec<String>,
        /// Only those of this author, or of any whose name has these letters
        #[arg(long, value_name = "NAME")]
        author: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = LinesFormat::Text)]
        format: LinesFormat,
    },
    /// Say of each note how its passage was found again; exit 1 if any needs a person
    #[command(after_help = NOTES_OF)]
    Check {
        /// Folders of texts, or texts: those whose notes are meant
        #[arg(value_name = "LIBRARY")]
        of: Vec<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = LinesFormat::Text)]
        format: LinesFormat,
    },
    /// Write the notes about texts, with the passages they are about
    #[command(after_help = NOTES_ABOUT)]
    Export {
        /// The texts whose notes are meant
        #[arg(value_name = "TEXT")]
        texts: Vec<String>,
        /// To be read (markdown, html), as Web Annotations (json), or as a project for programs that code texts (qdpx)
        #[arg(long, value_enum, default_value_t = NotesFormat::Markdown)]
        format: NotesFormat,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Codebook says it")]
        codebook: Codebook,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Output says it")]
        output: Output,
    },
    /// Read Web Annotations (JSON) of another program as notes
    #[command(after_help = NOTES_ABOUT)]
    Import {
        /// The annotations; - for standard input
        #[arg(value_name = "FILE.json")]
        file: String,
        /// The texts they may be about
        #[arg(value_name = "TEXT")]
        texts: Vec<String>,
    },
}
