//! `diptych links`: for each passage of one text, its counterparts in the other; or the quotations both have.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;

use anyhow::{Result, bail};

use super::args::linking::{Links, LinksFormat};
use super::args::{Codebook, Output};
use super::ending::{Ending, Usage, say, say_all};
use super::files;
use super::print::width;
use super::texts::{Given, by_model, finished, not_compared, once, patient, read_both, topics, wholes};
use crate::export::agreement;
use crate::export::argument::{ArgumentMap, argdown, svg};
use crate::export::disputes;
use crate::export::links::{Found, List, write_json_line};
use crate::export::quotations;
use crate::library::Library;
use crate::library::modelled::Modelled;
use crate::link::Side;
use crate::link::pairing::Ask;
use crate::link::quotation::shared_quotations;
use crate::meaning::close::CloseTo;
use crate::study::agreed::Judged;
use crate::study::comparison::{Comparison, Named};
use crate::study::counterparts::Linked;
use crate::text::Text;
use crate::text::passage::PassageNo;

type Closely = (Vec<(PassageNo, Vec<Linked>)>, BTreeMap<PassageNo, CloseTo>);

/// Runs it.
pub(super) fn run(library: &Library, asked: &Links) -> Result<Ending> {
    if asked.quotations {
        wholes(library, "links --quotations", &[&asked.left, &asked.right])?;
    } else {
        wholes(library, "links", &[&asked.right])?;
        once(library, &[&asked.left, &asked.right])?;
    }
    files::may_write(library, &asked.output, &[&asked.left, &asked.right])?;
    let (left, right) = read_both(library, &asked.left, &asked.right)?;
    let (left_text, right_text) = (left.text(), right.text());
    if asked.agreement {
        return agreement(library, &asked.output, &left, &right);
    }
    if asked.format == LinksFormat::Html && !asked.quotations {
        bail!(Usage(
            "--format html goes with --quotations; `compare` writes a page of the whole comparison".to_owned()
        ));
    }
    if matches!(asked.format, LinksFormat::Argdown | LinksFormat::Svg) {
        return map(library, asked, &left, &right);
    }
    if asked.quotations {
        let found = finished(shared_quotations(left_text, right_text, &patient))?;
        files::write(library, &asked.output, |out| match asked.format {
            LinksFormat::Jsonl => quotations::write_jsonl(out, left_text, right_text, &found),
            LinksFormat::Html => disputes::write(
                out,
                Named { name: left.name(), text: left_text },
                Named { name: right.name(), text: right_text },
                &found,
                library.opens(&left.open, &right.open),
            ),
            _ => quotations::write_text(out, left_text, right_text, &found, width(asked.columns.width)),
        })?;
        return Ok(Ending::Done);
    }
    let codebook = topics(library, &[&asked.left, &asked.right], &Codebook::default())?.codebook;
    let (own, faults) = library.own_of(&left.open, &right.open);
    say_all(&faults);
    let texts = [&left.open.text, &right.open.text];
    let mut comparison = finished(Comparison::of(texts, &codebook, own, &patient))?;
    let model = by_model(library, asked.meaning.as_deref(), [left_text, right_text])?;
    if let Some(model) = &model {
        comparison = comparison.with_model(model.said().clone());
    }
    not_compared(&comparison);
    let ask = Ask { topic: None, limit: asked.top, all: asked.all, reasons: true };
    // What a model says is asked for together, and before anything is written.
    let with_model = model.as_ref().map(|model| closely(&comparison, &ask, left.at, model)).transpose()?;
    files::write(library, &asked.output, |out| {
        let texts: [&Text; 2] = [left_text, right_text];
        let mut list = (asked.format != LinksFormat::Jsonl).then(|| List::new(texts, width(asked.columns.width)));
        let mut write = |found: Found<'_>| match &mut list {
            Some(list) => list.write(out, found),
            None => write_json_line(out, texts, found),
        };
        match &with_model {
            Some((all, close)) => {
                for (passage, counterparts) in all {
                    write(Found { passage: *passage, counterparts, close: close.get(passage) })?;
                }
            }
            None => write_each(&comparison, &ask, left.at, &mut write)?,
        }
        list.map_or(Ok(()), |list| list.end(out))
    })?;
    Ok(Ending::Done)
}

/// What each passage has, and where that is nothing, what is close to it by a sentence model.
fn closely(comparison: &Comparison, ask: &Ask, only: Option<PassageNo>, model: &Modelled<'_>) -> Result<Closely> {
    let mut all = finished(comparison.all_counterparts(ask, &patient))?;
    all.retain(|(passage, _)| only.is_none_or(|at| at == *passage));
    let silent: Vec<PassageNo> = all.iter().filter(|(_, found)| found.is_empty()).map(|(n, _)| *n).collect();
    let rejected = comparison.judged(None).rejected;
    let close = finished(model.close_to(Side::Left, &silent, &rejected, &patient)?)?;
    Ok((all, close))
}

/// Writes what each passage has as it is found: of two long texts all of it takes more room than the texts.
fn write_each(
    comparison: &Comparison,
    ask: &Ask,
    only: Option<PassageNo>,
    write: &mut dyn FnMut(Found<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut written = Ok(());
    let flow = comparison.each_counterparts(ask, &patient, &mut |passage, counterparts| {
        if only.is_none_or(|at| at == passage) {
            written = write(Found { passage, counterparts: &counterparts, close: None });
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written?;
    finished(flow).map_err(io::Error::other)
}

/// How far the readers who judged these texts agree.
fn agreement(library: &Library, output: &Output, left: &Given, right: &Given) -> Result<Ending> {
    let (own, faults) = library.own_of(&left.open, &right.open);
    say_all(&faults);
    let judged = Judged::of(&own);
    if judged.nobodys > 0 {
        let count = if judged.nobodys == 1 {
            "1 judgement does".to_owned()
        } else {
            format!("{} judgements do", judged.nobodys)
        };
        say(&format!("{count} not say whose: not counted"));
    }
    files::write(library, output, |out| agreement::write(out, &judged))?;
    Ok(Ending::Done)
}

/// The reader's own links as an argument map.
fn map(library: &Library, asked: &Links, left: &Given, right: &Given) -> Result<Ending> {
    if asked.quotations {
        bail!(Usage("--quotations goes with --format text, jsonl or html".to_owned()));
    }
    let (own, faults) = library.own_of(&left.open, &right.open);
    say_all(&faults);
    let opens = library.opens(&left.open, &right.open);
    let [left, right] = [left, right].map(|given| Named { name: given.name(), text: given.text() });
    let map = ArgumentMap::of(left, right, &own, opens);
    if map.is_empty() {
        bail!("there is no link between the two texts; in the reader, + joins the passages you read");
    }
    files::write(library, &asked.output, |out| {
        if asked.format == LinksFormat::Svg { svg::write(out, &map) } else { argdown::write(out, &map) }
    })?;
    Ok(Ending::Done)
}
