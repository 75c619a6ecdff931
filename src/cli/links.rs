//! `diptych links`: for each passage of one text, its counterparts in the other; or the quotations both have.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::args::Codebook;
use super::args::linking::{Links, LinksFormat};
use super::ending::{Ending, Usage, say, say_all};
use super::print::{to_stdout, width};
use super::texts::{Given, finished, not_compared, once, patient, read_both, topics, wholes};
use crate::export::argument::{ArgumentMap, argdown, svg};
use crate::export::links::{CloseTo, write_jsonl, write_text};
use crate::export::quotations;
use crate::library::Library;
use crate::library::models::{ModelFolder, NoModel};
use crate::link::pairing::Ask;
use crate::link::quotation::shared_quotations;
use crate::meaning::bert::Bert;
use crate::meaning::close::{Close, closest, closest_sentences};
use crate::study::comparison::{Comparison, Named};
use crate::study::counterparts::Linked;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;
use crate::word::related::Meanings;

/// A model takes some 50 ms a passage, and looks at every pair.
const MOST_FOR_MODEL: usize = 2000;

/// Runs it.
pub fn run(library: &Library, asked: &Links) -> Result<Ending> {
    if asked.quotations {
        wholes(library, "links --quotations", &[&asked.left, &asked.right])?;
    } else {
        wholes(library, "links", &[&asked.right])?;
        once(library, &[&asked.left, &asked.right])?;
    }
    let (left, right) = read_both(library, &asked.left, &asked.right)?;
    let (left_text, right_text) = (left.text(), right.text());
    if matches!(asked.format, LinksFormat::Argdown | LinksFormat::Svg) {
        return map(library, asked, &left, &right);
    }
    if asked.quotations {
        let found = finished(shared_quotations(left_text, right_text, &patient))?;
        to_stdout(|out| match asked.format {
            LinksFormat::Jsonl => quotations::write_jsonl(out, left_text, right_text, &found),
            _ => quotations::write_text(out, left_text, right_text, &found, width(asked.width)),
        })?;
        return Ok(Ending::Done);
    }
    let codebook = topics(library, &[&asked.left, &asked.right], &Codebook::default())?.codebook;
    let (own, faults) = library.own_of(&left.open, &right.open);
    say_all(&faults);
    let texts = [&left.open.text, &right.open.text];
    let mut comparison = finished(Comparison::of(texts, &codebook, own, &patient))?;
    let model = by_model(library, asked, [left_text, right_text])?;
    if let Some(model) = &model {
        comparison = comparison.with_model(model.said.clone());
    }
    not_compared(&comparison);
    let ask = Ask { topic: None, limit: asked.top, all: asked.all, reasons: true };
    let mut all = finished(comparison.all_counterparts(&ask, &patient))?;
    all.retain(|(passage, _)| left.at.is_none_or(|at| at == *passage));
    let rejected = comparison.judged(None).rejected;
    let close = match &model {
        Some(model) => close_to(model, &rejected, [left_text, right_text], &all)?,
        None => BTreeMap::new(),
    };
    to_stdout(|out| match asked.format {
        LinksFormat::Jsonl => write_jsonl(out, left_text, right_text, &all, &close),
        _ => write_text(out, left_text, right_text, &all, &close, width(asked.width)),
    })?;
    Ok(Ending::Done)
}

/// The reader's own links as an argument map.
fn map(library: &Library, asked: &Links, left: &Given, right: &Given) -> Result<Ending> {
    if asked.quotations {
        bail!(Usage("--quotations goes with --format text or jsonl".to_owned()));
    }
    let (own, faults) = library.own_of(&left.open, &right.open);
    say_all(&faults);
    let [left, right] = [left, right].map(|given| Named { name: given.name(), text: given.text() });
    let map = ArgumentMap::of(left, right, &own);
    if map.is_empty() {
        bail!("there is no link between the two texts; in the reader, + joins the passages you read");
    }
    to_stdout(|out| if asked.format == LinksFormat::Svg { svg::write(out, &map) } else { argdown::write(out, &map) })?;
    Ok(Ending::Done)
}

/// A sentence model of the reader's, and what it said of the passages of both texts.
struct Model {
    folder: ModelFolder,
    loaded: OnceCell<Bert>,
    said: [Arc<Meanings>; 2],
}

/// The model, where the reader has one and it can be asked of these texts.
fn by_model(library: &Library, asked: &Links, texts: [&Text; 2]) -> Result<Option<Model>> {
    let folder = match &asked.meaning {
        Some(folder) => Some(ModelFolder::open(folder)),
        None => library.model_named(&library.settings().0),
    };
    let Some(folder) = folder.transpose()? else { return Ok(None) };
    if texts.iter().any(|text| Language::of(text) != Language::English) {
        say("the sentence model is asked of English texts only");
        return Ok(None);
    }
    if texts.iter().any(|text| text.passage_count() > MOST_FOR_MODEL) {
        say(&format!("the sentence model is asked of texts of up to {MOST_FOR_MODEL} passages only"));
        return Ok(None);
    }
    let loaded = OnceCell::new();
    let cache = library.said_by_models();
    let meanings = |text: &Text| -> Result<Arc<Meanings>> {
        let passages = (1..=text.passage_count() as u32).map(|number| text.passage_str(PassageNo(number)));
        let passages: Vec<&str> = passages.collect();
        Ok(Arc::new(finished(cache.meanings(&folder, &passages, || load(&folder, &loaded), &patient)?)?))
    };
    let said = [meanings(texts[0])?, meanings(texts[1])?];
    Ok(Some(Model { folder, loaded, said }))
}

fn load<'m>(folder: &ModelFolder, loaded: &'m OnceCell<Bert>) -> Result<&'m Bert, NoModel> {
    match loaded.get() {
        Some(model) => Ok(model),
        None => folder.load().map(|model| loaded.get_or_init(|| model)),
    }
}

/// For the passages without a counterpart what the model holds to be close.
fn close_to(
    model: &Model,
    rejected: &[(PassageNo, PassageNo)],
    texts: [&Text; 2],
    all: &[(PassageNo, Vec<Linked>)],
) -> Result<BTreeMap<PassageNo, CloseTo>> {
    let found = closest(&model.said[0], &model.said[1]);
    let mut close = BTreeMap::new();
    for (number, _) in all.iter().filter(|(_, counterparts)| counterparts.is_empty()) {
        let Some(Close { passage, score }) = found.get(number.0 as usize - 1).copied().flatten() else { continue };
        let passage = PassageNo(passage as u32 + 1);
        if rejected.contains(&(*number, passage)) {
            continue;
        }
        let bert = load(&model.folder, &model.loaded)?;
        let sentences = closest_sentences(bert, texts[0].passage_str(*number), texts[1].passage_str(passage));
        close.insert(*number, CloseTo { passage, score, sentences });
    }
    Ok(close)
}
