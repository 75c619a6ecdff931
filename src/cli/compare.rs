//! `diptych compare`: topic by topic, what two texts say.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::Codebook;
use super::args::comparing::Compare;
use super::ending::{Ending, Usage, say_all};
use super::files;
use super::formats::NotesTold;
use super::print::{terminal_width, width};
use super::texts::{self, by_model, chosen, finished, not_compared, patient, read_both, wholes};
use crate::export::comparison::Written;
use crate::library::Library;
use crate::study::comparison::{Comparison, Named};
use crate::study::glosses::{Told, put_in};

/// Runs it.
pub(super) fn run(library: &Library, asked: &Compare) -> Result<Ending> {
    wholes(library, "compare", &[&asked.left, &asked.right])?;
    let write = if asked.linear { asked.format.write_linear } else { Some(asked.format.write) };
    let Some(write) = write else { bail!(Usage("--linear is a form of text; leave --format away".to_owned())) };
    files::may_write(library, &asked.output, &[&asked.left, &asked.right])?;
    let (codebook, listed) = listed(asked.topics.as_deref());
    let topics = texts::topics(library, &[&asked.left, &asked.right], &codebook)?;
    let named = asked.topic.iter().map(|word| ("--topic", word)).chain(listed.iter().map(|word| ("--topics", word)));
    let chosen = chosen(&topics.codebook, &named.collect::<Vec<_>>())?;
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
    put_in(&mut compared, &told(asked).of(made.glosses));
    let written = Written {
        left: Named { name: left.name(), text: left.text() },
        right: Named { name: right.name(), text: right.text() },
        compared: &compared,
        opens: library.opens(&left.open, &right.open),
        columns: width(asked.columns.width),
        breaks_at: asked.columns.width.or_else(terminal_width),
    };
    files::write(library, &asked.output, |out| write(out, &written))?;
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

/// What of the reader's own goes along.
fn told(asked: &Compare) -> Told {
    match asked.notes {
        Some(NotesTold::All) => Told::All,
        Some(NotesTold::Links) => Told::Links,
        Some(NotesTold::None) => Told::None,
        None => asked.format.told(),
    }
}
