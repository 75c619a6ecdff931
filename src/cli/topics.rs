//! `diptych topics`: which texts treat which topics; and topics proposed from two texts.

use anyhow::Result;

use super::args::{Codebook, Format, SuggestFormat, Topics, TopicsCommand};
use super::ending::{Ending, say};
use super::print::to_stdout;
use super::texts::{self, coverage, finished, patient, read, read_both, wholes};
use crate::export::coverage::{Covered, write_json, write_text};
use crate::export::suggestions;
use crate::library::Library;
use crate::topic::suggest::suggest;

/// Runs it.
pub fn run(library: &Library, asked: &Topics) -> Result<Ending> {
    if let Some(TopicsCommand::Suggest { left, right, top, format, codebook }) = &asked.command {
        return propose(library, left, right, *top, *format, codebook);
    }
    let given: Vec<&str> = asked.texts.iter().map(String::as_str).collect();
    wholes(library, "topics", &given)?;
    let codebook = texts::topics(library, &given, &asked.codebook)?.codebook;
    let mut covered = Vec::new();
    for text in given {
        // One at a time: of a whole folder of texts, only the coverage is kept.
        let text = read(library, text)?;
        let coverage = coverage(text.text(), &codebook)?;
        covered.push(Covered { name: text.name().to_owned(), id: text.id, coverage });
    }
    to_stdout(|out| match asked.format {
        Format::Text => write_text(out, &codebook, &covered),
        Format::Json => write_json(out, &codebook, &covered),
    })?;
    Ok(Ending::Done)
}

fn propose(
    library: &Library,
    left: &str,
    right: &str,
    top: usize,
    format: SuggestFormat,
    codebook: &Codebook,
) -> Result<Ending> {
    wholes(library, "topics suggest", &[left, right])?;
    let known = texts::topics(library, &[left, right], codebook)?.codebook;
    let (left, right) = read_both(library, left, right)?;
    let found = finished(suggest(left.text(), right.text(), &known, top, &patient))?;
    if found.is_empty() {
        say(&format!("{} and {}: no topic was found that both treat and topics.toml does not have", left.id, right.id));
    }
    to_stdout(|out| match format {
        SuggestFormat::Toml => suggestions::write_toml(out, &found),
        SuggestFormat::Json => suggestions::write_json(out, &found),
    })?;
    Ok(Ending::Done)
}
