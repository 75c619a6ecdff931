//! `diptych links`: for each passage of one text, its counterparts in the other; or the quotations both have.

use anyhow::Result;

use super::args::{LinesFormat, Links};
use super::ending::Ending;
use super::print::{to_stdout, width};
use super::texts::{finished, once, pairing, patient, read_both, wholes};
use crate::export::links::{write_jsonl, write_text};
use crate::export::quotations;
use crate::library::Library;
use crate::link::Side;
use crate::link::pairing::Ask;
use crate::link::quotation::shared_quotations;
use crate::text::passage::PassageNo;

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
    if asked.quotations {
        let found = finished(shared_quotations(left_text, right_text, &patient))?;
        to_stdout(|out| match asked.format {
            LinesFormat::Text => quotations::write_text(out, left_text, right_text, &found, width(asked.width)),
            LinesFormat::Jsonl => quotations::write_jsonl(out, left_text, right_text, &found),
        })?;
        return Ok(Ending::Done);
    }
    let ask = Ask { topic: None, limit: asked.top, all: asked.all, reasons: true };
    let pairing = pairing(&left, &right)?;
    pairing.know_quotations(&finished(shared_quotations(left_text, right_text, &patient))?);
    let all = finished(pairing.all(Side::Left, &ask, &patient))?;
    let asked_of = match left.at {
        Some(passage) => passage..=passage,
        None => PassageNo(1)..=PassageNo(u32::MAX),
    };
    let all: Vec<_> = (1..).map(PassageNo).zip(all).filter(|(passage, _)| asked_of.contains(passage)).collect();
    to_stdout(|out| match asked.format {
        LinesFormat::Text => write_text(out, left_text, right_text, &all, width(asked.width)),
        LinesFormat::Jsonl => write_jsonl(out, left_text, right_text, &all),
    })?;
    Ok(Ending::Done)
}
