//! `diptych cite`: texts as entries of a bibliography.

use anyhow::Result;

use super::args::Cite;
use super::ending::Ending;
use super::files;
use super::formats::CiteFormat;
use super::texts::{read, wholes};
use crate::export::reference::key::with_keys;
use crate::export::reference::{Reference, bibtex, csl};
use crate::library::Library;

/// Runs it.
pub(super) fn run(library: &Library, asked: &Cite) -> Result<Ending> {
    let texts: Vec<&str> = asked.texts.iter().map(String::as_str).collect();
    wholes(library, "cite", &texts)?;
    files::may_write(library, &asked.output, &texts)?;
    let mut references = Vec::new();
    for text in texts {
        let text = read(library, text)?;
        references.push(Reference::of(text.text().meta(), text.name()));
    }
    let references = with_keys(references);
    files::write(library, &asked.output, |out| match asked.format {
        CiteFormat::Bibtex => bibtex::write(out, &references),
        CiteFormat::CslJson => csl::write(out, &references),
    })?;
    Ok(Ending::Done)
}
