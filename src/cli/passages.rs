//! `diptych passages`: a text with the numbers of its passages.

use anyhow::Result;

use super::args::{LinesFormat, Passages};
use super::ending::Ending;
use super::print::{terminal_width, to_stdout};
use super::texts::read;
use crate::export::passages::{write_jsonl, write_text};
use crate::library::Library;

/// Runs it.
pub(super) fn run(library: &Library, asked: &Passages) -> Result<Ending> {
    let given = read(library, &asked.text)?;
    to_stdout(|out| match asked.format {
        LinesFormat::Text => write_text(out, given.text(), given.at, asked.width.or_else(terminal_width)),
        LinesFormat::Jsonl => write_jsonl(out, given.text(), given.at),
    })?;
    Ok(Ending::Done)
}
