//! `diptych links`: for each passage of one text, its counterparts in the other; or the quotations both have.

use std::collections::BTreeMap;

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
use crate::export::links::{write_jsonl, write_text};
use crate::export::quotations;
use crate::library::Library;
use crate::link::Side;
use crate::link::pairing::Ask;
use crate::link::quotation::shared_quotations;
use crate::study::agreed::Judged;
use crate::study::comparison::{Comparison, Named};
use crate::text::passage::PassageNo;

/// Runs it.
pub fn run(library: &Library, asked: &Links) -> Result<Ending> {
    if asked.quotations {
        wholes(library, "links --quotations", &[&asked.left, &asked.right])?;
    } else {
        wholes(library, "links", &[&asked.right])?;
        once(library, &[&asked.left, &asked.right])?;
    }
    files::may_write(&asked.output)?;
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
            _ => quotations::write_text(out, left_text, right_text, &found, width(asked.width)),
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
    let mut all = finished(comparison.all_counterparts(&ask, &patient))?;
    all.retain(|(passage, _)| left.at.is_none_or(|at| at == *passage));
    let rejected = comparison.judged(None).rejected;
    let close = match &model {
        Some(model) => {
            let silent: Vec<PassageNo> = all.iter().filter(|(_, found)| found.is_empty()).map(|(n, _)| *n).collect();
            finished(model.close_to(Side::Left, &silent, &rejected, &patient)?)?
        }
        None => BTreeMap::new(),
    };
    files::write(library, &asked.output, |out| match asked.format {
        LinksFormat::Jsonl => write_jsonl(out, left_text, right_text, &all, &close),
        _ => write_text(out, left_text, right_text, &all, &close, width(asked.width)),
    })?;
    Ok(Ending::Done)
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
