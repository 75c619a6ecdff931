//! The formats of `diptych compare`: each with its name on the command line, and what writes it.

use std::io::{self, Write};

use clap::ValueEnum;

use super::print::{terminal_width, width};
use crate::export::compare::{write_csv, write_json, write_text};
use crate::export::handout::{self, Handout};
use crate::export::linear;
use crate::export::opened::Opens;
use crate::study::comparison::{Compared, Named};
use crate::study::remarks::Told;

/// The formats of a comparison: columns, a handout for a browser and a printer, a handout as plain text, JSON, a table for
/// spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    Text,
    Html,
    #[value(alias = "md")]
    Markdown,
    #[value(alias = "jsonl")]
    Json,
    Csv,
}

/// How a comparison is to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    /// Text as labelled passages one after the other, not in columns.
    pub linear: bool,
    /// Columns, if the reader said how many.
    pub columns: Option<u16>,
    /// How a pair is opened again from what is written.
    pub opens: Opens<'a>,
}

impl CompareFormat {
    /// What of the reader's own goes along unless `--notes` says otherwise: what is handed out says what the two texts have
    /// to do with each other, and leaves out the reader's notes.
    pub(super) fn told(self) -> Told {
        match self {
            Self::Text | Self::Json | Self::Csv => Told::All,
            Self::Html | Self::Markdown => Told::Links,
        }
    }

    /// Writes the comparison of two texts.
    pub(super) fn write(
        self,
        out: &mut dyn Write,
        (left, right): (Named<'_>, Named<'_>),
        compared: &[Compared],
        written: Written<'_>,
    ) -> io::Result<()> {
        let Written { linear, columns, opens } = written;
        let handout = || Handout::of(left, right, compared).opened(opens);
        match self {
            Self::Json => write_json(out, left.text, right.text, compared, opens),
            Self::Csv => write_csv(out, left.text, right.text, compared),
            Self::Html => handout::html::write(out, &handout()),
            Self::Markdown => handout::markdown::write(out, &handout()),
            // A line for each paragraph unless a width is given: a screen reader or a mail program breaks it itself.
            Self::Text if linear => linear::write(out, left, right, compared, columns.or_else(terminal_width)),
            Self::Text => write_text(out, left, right, compared, width(columns)),
        }
    }
}
