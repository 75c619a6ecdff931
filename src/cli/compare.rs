//! `diptych compare`: topic by topic, what two texts say.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::Codebook;
use super::args::comparing::Compare;
use super::ending::{Ending, Usage, say_all};
use super::files;
use super::formats::{CompareFormat, NotesTold};
use super::print::{terminal_width, width};
use super::texts::{self, by_model, chosen, finished, not_compared, patient, read_both, wholes};
use crate::export::compare::{write_csv, write_json, write_text};
use crate::export::handout::{self, Handout};
use crate::export::linear;
use crate::library::Library;
use crate::study::comparison::{Comparison, Named};
use crate::study::remarks::{Told, put_in};

/// Runs it.
pub fn run(library: &Library, asked: &Compare) -> Result<Ending> {
    wholes(library, "compare", &[&asked.left, &asked.right])?;
    if asked.linear && asked.format != CompareFormat::Text {
        bail!(Usage("--linear is a form of text; leave --format away".to_owned()));
    }
    files::may_write(&asked.output)?;
    let (codebook, listed) = listed(asked.topics.as_deref());
    let topics = texts::topics(library, &[&asked.left, &asked.right], &codebook)?;
    let chosen = chosen(&topics.codebook, &[asked.topic.as_slice(), &listed].concat())?;
    let (left, right) = read_both(library, &asked.left, &asked.right)?;
    let made = library.of_reader(&left.open, &right.open, &topics.codebook);
    say_all(&made.faults);
    let texts = [&left.open.text, &right.open.text];
    let mut comparison = finished(Comparison::of(texts, &topics.codebook, made.own, &patient))?;
    if let Some(model) = by_model(library, None, [left.text(), right.text()])? {
        comparison = comparison.with_model(model.said().clone());
    }
    not_compared(&comparison);
    let mut compared = match chosen.as_slice() {
        [] => finished(comparison.compared_on_all(topics.borrowed, &patient))?,
        chosen => comparison.compared(chosen),
    };
    put_in(&mut compared, &told(asked).of(made.remarks));
    let left_named = Named { name: left.name(), text: left.text() };
    let right_named = Named { name: right.name(), text: right.text() };
    let opens = library.opens(&left.open, &right.open);
    let handout = || Handout::of(left_named, right_named, &compared).opened(opens);
    files::write(library, &asked.output, |out| match asked.format {
        CompareFormat::Json => write_json(out, left.text(), right.text(), &compared, opens),
        CompareFormat::Csv => write_csv(out, left.text(), right.text(), &compared),
        CompareFormat::Html => handout::html::write(out, &handout()),
        CompareFormat::Markdown => handout::markdown::write(out, &handout()),
        CompareFormat::Text if asked.linear => {
            // A line for each paragraph where nobody says how wide: a screen reader or a mail program breaks it itself.
            linear::write(out, left_named, right_named, &compared, asked.width.or_else(terminal_width))
        }
        CompareFormat::Text => write_text(out, left_named, right_named, &compared, width(asked.width)),
    })?;
    Ok(Ending::Done)
}

/// What `--topics` says: a file of topics, or those that are meant.
fn listed(said: Option<&str>) -> (Codebook, Vec<String>) {
    let is_file = |said: &&str| {
        Path::new(said).exists() || said.contains('/') || Path::new(said).extension() == Some("toml".as_ref())
    };
    let ids = |said: &str| said.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    (
        Codebook { file: said.filter(is_file).map(str::to_owned) },
        said.filter(|s| !is_file(s)).map(ids).unwrap_or_default(),
    )
}

/// What is handed out says what the two texts have to do with each other; the reader's own notes are left out.
fn told(asked: &Compare) -> Told {
    match (asked.notes, asked.format) {
        (Some(NotesTold::All), _) | (None, CompareFormat::Text | CompareFormat::Json | CompareFormat::Csv) => Told::All,
        (Some(NotesTold::Links), _) | (None, CompareFormat::Html | CompareFormat::Markdown) => Told::Links,
        (Some(NotesTold::None), _) => Told::None,
    }
}
