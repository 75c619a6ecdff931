//! `diptych topics`: which texts treat which topics, and topics proposed from two texts.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::args::comparing::{Topics, TopicsCommand};
use super::args::{Codebook as Asked, Output, SuggestFormat};
use super::ending::{Ending, say, say_all};
use super::files;
use super::formats::{CodebookFormat, TopicsFormat};
use super::meant::Meant;
use super::print::{terminal_width, to_stdout};
use super::texts::{self, Given, finished, patient, read, read_both, wholes};
use crate::export::codebook::write_qdc;
use crate::export::coverage::write_json;
use crate::export::{grid, suggestions};
use crate::library::Library;
use crate::library::codebook_joined::{join, to_toml};
use crate::library::disk::Spot;
use crate::library::topics::NAME;
use crate::model::open::told_apart;
use crate::study::comparison::Comparison;
use crate::study::grid::{Covered, Grid};
use crate::study::proposal::PROPOSALS;
use crate::study::text::coverage;
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::qdc;
use crate::word::counted::counted;
use crate::word::language::Language;

/// Runs it.
pub(super) fn run(library: &Library, asked: &Topics) -> Result<Ending> {
    match &asked.command {
        None => covered(library, asked),
        Some(TopicsCommand::Suggest { left, right, top, format, codebook }) => {
            propose(library, left, right, *top, *format, codebook)
        }
        Some(TopicsCommand::Export { texts, format: CodebookFormat::Qdc, codebook, output }) => {
            export(library, texts, codebook, output)
        }
        Some(TopicsCommand::Import { file, output }) => import(library, file, output.as_deref()),
    }
}

/// The texts of a library; which links are none of them is said, and which files are empty.
fn told_texts(library: &Library, meant: &Meant) -> Vec<String> {
    meant.told_of_links_out(library).iter().for_each(say);
    let (empty, texts): (Vec<String>, Vec<String>) =
        meant.texts(library).into_iter().partition(|text| library.is_empty_file(text));
    if let Some(first) = empty.first() {
        let more = if empty.len() > 1 { format!(", and {} more", empty.len() - 1) } else { String::new() };
        say(&Clean::line(&format!("left out, since there is nothing in it: {first}{more}")));
    }
    texts
}

fn covered(library: &Library, asked: &Topics) -> Result<Ending> {
    let mut texts = Vec::new();
    for text in &asked.texts {
        match Meant::named(library, text) {
            Some(meant) => texts.extend(told_texts(library, &meant)),
            None => texts.push(text.clone()),
        }
    }
    if asked.texts.is_empty() {
        texts = told_texts(library, &Meant::here(library));
    }
    let given: Vec<&str> = texts.iter().map(String::as_str).collect();
    wholes(library, "topics", &given)?;
    files::may_write(library, &asked.output, &given)?;
    let topics = texts::topics(library, &given, &asked.codebook)?;
    let has_own = topics.codebook.topics().iter().any(|topic| !topics.codebook.is_borrowed(&topic.id));
    if topics.borrowed && !has_own && given.len() > 2 && asked.format == TopicsFormat::Text {
        say(
            &"these texts have no topics of their own, so these are Diptych's; `diptych topics suggest LEFT RIGHT` proposes some",
        );
    }
    let mut codebook = topics.codebook;
    let (checked, faults) = library.checked_silences(&texts);
    say_all(&faults);
    // Of two texts it is seen first what they share.
    let mut both: Vec<Given> = Vec::new();
    if given.len() == 2 && codebook.borrows() {
        both = given.iter().map(|text| read(library, text)).collect::<Result<_>>()?;
    }
    let mut proposed = Vec::new();
    if let [left, right] = both.as_slice() {
        proposed = proposed_first([left, right], &codebook)?;
        codebook = Arc::new(codebook.led_by(proposed.iter().cloned()));
    }
    let proposed: Vec<TopicId> = proposed.into_iter().map(|topic| topic.id).collect();
    let (mut covered, mut languages) = (Vec::new(), BTreeSet::new());
    let mut called: Vec<(Clean, String)> = Vec::new();
    let mut both = both.into_iter();
    for text in given {
        // One at a time: of a whole folder of texts, only the coverage is kept.
        let text = both.next().map_or_else(|| read(library, text), Ok)?;
        let coverage = finished(coverage(text.text(), &codebook, &patient))?;
        languages.insert(format!("{:?}", Language::of(text.text())));
        called.push(text.open.called());
        let silent = checked.keys().filter(|(request, _)| *request == text.open.request);
        let checked = silent.map(|(_, topic)| topic.clone()).collect();
        covered.push(Covered { name: text.name().to_owned(), id: text.id, coverage, checked });
    }
    for (covered, name) in covered.iter_mut().zip(told_apart(&called)) {
        covered.name = name.to_string();
    }
    if languages.len() > 1 {
        let languages: Vec<String> = languages.into_iter().collect();
        let languages = languages.join(", ");
        let of_terms = codebook.language().map(|language| format!("; the terms are {}", language.name()));
        let of_terms = of_terms.unwrap_or_default();
        say(&format!(
            "the texts are in several languages ({languages}{of_terms}): a term occurs only in its own, so what is not found is not silent"
        ));
    }
    let grid = || Grid::of(&codebook, &proposed, &covered);
    files::write(library, &asked.output, |out| match asked.format {
        TopicsFormat::Text => grid::text::write(out, &grid(), asked.width.or_else(terminal_width)),
        TopicsFormat::Json => write_json(out, &codebook, &proposed, &covered),
        TopicsFormat::Html => grid::html::write(out, &grid()),
        TopicsFormat::Svg => grid::svg::write(out, &grid()),
    })?;
    Ok(Ending::Done)
}

/// What is proposed for two texts that share none of the topics known here, which were made for others.
fn proposed_first([left, right]: [&Given; 2], codebook: &Codebook) -> Result<Vec<Topic>> {
    let treated = |text: &Given| finished(coverage(text.text(), codebook, &patient));
    let (in_left, in_right) = (treated(left)?, treated(right)?);
    let is_shared = in_left.topics().iter().zip(in_right.topics()).any(|(l, r)| !l.is_silent() && !r.is_silent());
    if is_shared {
        return Ok(Vec::new());
    }
    let found = finished(Comparison::proposals([left.text(), right.text()], codebook, PROPOSALS, &patient))?;
    Ok(found.into_iter().map(|proposal| proposal.topic).collect())
}

fn propose(
    library: &Library,
    left: &str,
    right: &str,
    top: usize,
    format: SuggestFormat,
    codebook: &Asked,
) -> Result<Ending> {
    wholes(library, "topics suggest", &[left, right])?;
    let known = texts::topics(library, &[left, right], codebook)?.codebook;
    let (left, right) = read_both(library, left, right)?;
    let found = finished(Comparison::proposals([left.text(), right.text()], &known, top, &patient))?;
    if found.is_empty() {
        say(&format!("{} and {}: no topic was found that both treat and topics.toml does not have", left.id, right.id));
    }
    to_stdout(|out| match format {
        SuggestFormat::Toml => suggestions::write_toml(out, &found),
        SuggestFormat::Json => suggestions::write_json(out, &found),
    })?;
    Ok(Ending::Done)
}

fn export(library: &Library, texts: &[String], asked: &Asked, output: &Output) -> Result<Ending> {
    // A link is the library's to follow, where it does not lead out.
    let here = Path::new(NAME).symlink_metadata().is_ok_and(|here| here.is_file()).then(|| NAME.to_owned());
    let asked = Asked { file: asked.file.clone().or_else(|| here.filter(|_| texts.is_empty())) };
    let meant = if texts.is_empty() { Meant::here(library).texts(library) } else { texts.to_vec() };
    let texts: Vec<&str> = meant.iter().map(String::as_str).collect();
    let topics = texts::topics(library, &texts, &asked)?.codebook;
    if topics.topics().is_empty() {
        bail!("there are no topics to export, and a codebook has at least one code; name a text, or a --topics file");
    }
    files::write(library, output, |out| write_qdc(out, &topics))?;
    Ok(Ending::Done)
}

fn import(library: &Library, file: &str, output: Option<&str>) -> Result<Ending> {
    let shown = Clean::line(file);
    let bytes = files::read(file)?;
    let parsed = qdc::decode(&bytes).and_then(|source| qdc::parse(&source));
    let (book, faults) = match parsed {
        Ok(read) => read,
        Err(fault) => bail!("{shown}:{fault}"),
    };
    for fault in faults {
        say(&format!("{shown}:{fault}"));
    }
    let Some(output) = output.filter(|o| *o != "-") else {
        to_stdout(|out| out.write_all(to_toml(&book).as_bytes()))?;
        return Ok(Ending::Done);
    };
    let joined = join(library.disk(), &Spot::own(output), &book)?;
    let known = match joined.known.as_slice() {
        [] => String::new(),
        known => format!("; it had these already, and they stay as they are: {}", known.join(", ")),
    };
    say(&format!("{}: {} added{known}", Clean::line(output), counted(joined.added, "topic")));
    Ok(Ending::Done)
}
