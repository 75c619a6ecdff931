//! `diptych links`: for each passage of one text, its counterparts in the other; or the quotations both have.

use anyhow::Result;

use super::args::{LinesFormat, Links};
use super::ending::{Ending, say_all};
use super::print::{to_stdout, width};
use super::texts::{finished, once, pairing, patient, read_both, wholes};
use crate::export::links::{Linked, write_jsonl, write_text};
use crate::export::quotations;
use crate::library::Library;
use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::pairing::{Ask, Counterpart};
use crate::link::quotation::{UNASKED, shared_quotations};
use crate::model::open::called;
use crate::study::own::{FoundOwn, Own, find_places};
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
    let (judgements, faults) = library.judgements([&left.open.request, &right.open.request]);
    say_all(&faults);
    let places = find_places(&judgements, called(&left.open, &right.open));
    let own = Own::of(FoundOwn { judgements, places, faults }, [left_text, right_text]);
    let ask = Ask { topic: None, limit: asked.top, all: asked.all, reasons: true };
    let pairing = pairing(&left, &right)?;
    if left_text.string().len() + right_text.string().len() <= UNASKED {
        pairing.know_quotations(&finished(shared_quotations(left_text, right_text, &patient))?);
    }
    let all = finished(pairing.all(Side::Left, &ask, &patient))?;
    let asked_of = match left.at {
        Some(passage) => passage..=passage,
        None => PassageNo(1)..=PassageNo(u32::MAX),
    };
    let all = (1..).map(PassageNo).zip(all).filter(|(passage, _)| asked_of.contains(passage));
    let all: Vec<(PassageNo, Vec<Linked>)> =
        all.map(|(passage, found)| (passage, linked(&own, passage, found))).collect();
    to_stdout(|out| match asked.format {
        LinesFormat::Text => write_text(out, left_text, right_text, &all, width(asked.width)),
        LinesFormat::Jsonl => write_jsonl(out, left_text, right_text, &all),
    })?;
    Ok(Ending::Done)
}

/// The reader's own links of a passage first, then the counterparts that were found and not rejected.
fn linked(own: &Own, passage: PassageNo, found: Vec<Counterpart>) -> Vec<Linked> {
    let judged = own.judged();
    let rejected = judged.rejected_for(Side::Left, passage);
    let mut all: Vec<Linked> = Vec::new();
    for ((_, right), judgement) in own.links().filter(|((left, _), _)| *left == passage) {
        let known = found.iter().find(|c| c.passage == right).cloned();
        let nothing = || Counterpart {
            passage: right,
            score: 0.0,
            evidence: Evidence::default(),
            because: Vec::new(),
            treatment: None,
        };
        all.push(Linked { counterpart: known.unwrap_or_else(nothing), own: Some(judgement.clone()) });
    }
    let joined = judged.joined_to(Side::Left, passage);
    let others = found.into_iter().filter(|c| !joined.contains(&c.passage) && !rejected.contains(&c.passage));
    all.extend(others.map(|counterpart| Linked { counterpart, own: None }));
    all
}
