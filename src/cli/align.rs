//! `diptych align`: two versions of one work, aligned passage by passage.

use anyhow::{Result, bail};

use super::args::aligning::{Align, AlignFormat};
use super::ending::{Ending, Usage, say, say_all};
use super::files;
use super::print::{to_stdout, width};
use super::texts::{Given, finished, patient, read_both, wholes};
use crate::align::Alignment;
use crate::align::judged_pairs::JudgedPairs;
use crate::align::one_work::{LEAST_PASSAGES, Verdict, refused, score, verdict};
use crate::export::aligned::{Aligned, html, jsonl, text, tmx};
use crate::library::Library;
use crate::model::open::called;
use crate::study::own::{FoundJudgements, PlacedJudgements, find_places};

/// Runs it.
pub(super) fn run(library: &Library, asked: &Align) -> Result<Ending> {
    wholes(library, "align", &[&asked.left, &asked.right])?;
    if asked.sentences && !matches!(asked.format, AlignFormat::Jsonl | AlignFormat::Tmx) {
        bail!(Usage("--sentences goes with --format jsonl or tmx".to_owned()));
    }
    files::may_write(library, &asked.output, &[&asked.left, &asked.right])?;
    let (left, right) = read_both(library, &asked.left, &asked.right)?;
    if asked.check {
        return check(&left, &right);
    }
    let alignment = finished(Alignment::of(&left.open.text, &right.open.text, &patient))?;
    if let Some(score) = finished(refused(&alignment, &patient))? {
        let refusal = format!(
            "{} and {} are not versions of one work, as far as can be told ({score:.2})",
            left.name(),
            right.name()
        );
        // Of a few passages there is little to tell it by.
        if left.text().passage_count().min(right.text().passage_count()) >= LEAST_PASSAGES {
            bail!("{refusal}; `diptych compare` sets two works against each other");
        }
        say(&format!("{refusal}; they are aligned all the same, being short"));
    }
    let alignment = alignment.told(&said(library, &left, &right));
    if alignment.tally().left.1 == 0 {
        say(&format!(
            "{} and {} have no passage in common; `diptych compare` sets two works against each other",
            left.name(),
            right.name()
        ));
    }
    let aligned = Aligned { left: &left.open, right: &right.open, alignment: &alignment };
    files::write(library, &asked.output, |out| match asked.format {
        AlignFormat::Text => text::write(out, &aligned, width(asked.columns.width)),
        AlignFormat::Jsonl if asked.sentences => jsonl::write_sentences(out, &aligned),
        AlignFormat::Jsonl => jsonl::write(out, &aligned),
        AlignFormat::Html => html::write(out, &aligned),
        AlignFormat::Tmx => tmx::write(out, &aligned, asked.sentences),
    })?;
    if asked.format == AlignFormat::Tmx {
        match tmx::left_out(&aligned) {
            0 => {}
            1 => say("1 pair is left out of the memory, being no more alike than chance would have it"),
            count => {
                say(&format!(
                    "{count} pairs are left out of the memory, being no more alike than chance would have it"
                ));
            }
        }
    }
    Ok(Ending::Done)
}

/// Says whether they are one work.
fn check(left: &Given, right: &Given) -> Result<Ending> {
    let alignment = finished(Alignment::of(&left.open.text, &right.open.text, &patient))?;
    let score = finished(score(&alignment, &patient))?;
    let passages = left.text().passage_count().min(right.text().passage_count());
    let verdict = verdict(score, passages);
    let is_same = alignment.tally().same == alignment.beads().len() && passages > 0;
    // Titles and headings are no passages.
    let [here, there] = [left.text(), right.text()];
    let is_whole = here.string() == there.string() && here.meta().title == there.meta().title;
    let words = match verdict {
        _ if is_same && is_whole => "the same text, word for word",
        _ if is_same => "the same passages, word for word",
        Verdict::OneWork => "versions of one work",
        Verdict::Perhaps => "perhaps versions of one work",
        Verdict::NotOne => "not versions of one work, as far as can be told",
    };
    let few = match passages {
        1 if verdict == Verdict::Perhaps && !is_same => "; one passage is too little to tell".to_owned(),
        0..LEAST_PASSAGES if verdict == Verdict::Perhaps && !is_same => {
            format!("; {passages} passages are too few to tell")
        }
        _ => String::new(),
    };
    to_stdout(|out| writeln!(out, "{words} ({score:.2}){few}"))?;
    Ok(if verdict == Verdict::NotOne && !is_same { Ending::Found } else { Ending::Done })
}

/// What the reader has joined and rejected.
fn said(library: &Library, left: &Given, right: &Given) -> JudgedPairs {
    let (judgements, faults) = library.judgements([&left.open.request, &right.open.request]);
    say_all(&faults);
    let places = find_places(&judgements, called(&left.open, &right.open));
    PlacedJudgements::of(FoundJudgements { judgements, places, faults }, [left.text(), right.text()]).said()
}
