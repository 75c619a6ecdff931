//! Two versions as lines of JSON: a line a bead, or a line for sentences that say the same.

use std::io::{self, Write};

use serde::Serialize;

use super::{Aligned, heading_on};
use crate::align::sentences::{Sentences, Stretch};
use crate::align::{Bead, BeadKind};
use crate::export::json::{line, rounded};
use crate::link::Side;
use crate::text::Text;

#[derive(Serialize)]
struct BeadJson<'a> {
    left: Vec<u32>,
    right: Vec<u32>,
    kind: &'static str,
    confidence: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
}

#[derive(Serialize)]
struct SentencesJson<'a> {
    left: Vec<StretchJson<'a>>,
    right: Vec<StretchJson<'a>>,
    kind: &'static str,
}

/// A stretch of a passage, counted in characters.
#[derive(Serialize)]
struct StretchJson<'a> {
    passage: u32,
    from: usize,
    to: usize,
    text: &'a str,
}

/// Writes a line a bead: the numbers of its passages, what it is, how sure that is (nothing is claimed of a gap), and where
/// it is a heading that a passage is level with, that heading's words.
pub(crate) fn write(out: &mut dyn Write, aligned: &Aligned<'_>) -> io::Result<()> {
    aligned.alignment.beads().iter().try_for_each(|bead| {
        let confidence = (!bead.is_gap()).then(|| rounded(bead.confidence));
        let (left, right) = (bead.left_passages().map(|p| p.0), bead.right_passages().map(|p| p.0));
        let texts = [(Side::Left, &aligned.left.text), (Side::Right, &aligned.right.text)];
        let heading = texts.into_iter().find_map(|(side, text)| Some(text.block_str(heading_on(bead, side)?)));
        line(out, &BeadJson { left: left.collect(), right: right.collect(), kind: kind(bead), confidence, heading })
    })
}

/// Writes a line for the sentences of each bead that say the same.
pub(crate) fn write_sentences(out: &mut dyn Write, aligned: &Aligned<'_>) -> io::Result<()> {
    for bead in aligned.alignment.beads() {
        for pair in aligned.alignment.sentences(bead) {
            let kind = kind_of_sentences(bead, &pair, aligned);
            let left = pair.left.iter().map(|s| stretch(&aligned.left.text, s)).collect();
            let right = pair.right.iter().map(|s| stretch(&aligned.right.text, s)).collect();
            line(out, &SentencesJson { left, right, kind })?;
        }
    }
    Ok(())
}

fn stretch<'a>(text: &'a Text, stretch: &Stretch) -> StretchJson<'a> {
    let whole = text.passage_str(stretch.passage);
    let from = whole[..stretch.range.start].chars().count();
    let words = &whole[stretch.range.clone()];
    StretchJson { passage: stretch.passage.0, from, to: from + words.chars().count(), text: words }
}

/// What sentences are: one may be the same, or on one side alone, in a passage that was reworded.
fn kind_of_sentences(bead: &Bead, pair: &Sentences, aligned: &Aligned<'_>) -> &'static str {
    let letters = |text: &Text, side: &[Stretch]| -> String {
        let words = side.iter().map(|s| &text.passage_str(s.passage)[s.range.clone()]);
        words.flat_map(str::split_whitespace).collect()
    };
    match (pair.left.is_empty(), pair.right.is_empty()) {
        _ if bead.heading.is_some() => kind(bead),
        (false, true) => "only-left",
        (true, false) => "only-right",
        _ if bead.kind == BeadKind::Moved => kind(bead),
        _ if letters(&aligned.left.text, &pair.left) == letters(&aligned.right.text, &pair.right) => "same",
        _ => "changed",
    }
}

/// What a bead is, as the contract names it.
fn kind(bead: &Bead) -> &'static str {
    match bead.kind {
        BeadKind::Same => "same",
        BeadKind::Changed => "changed",
        BeadKind::Moved => "moved",
        BeadKind::OnlyLeft => "only-left",
        BeadKind::OnlyRight => "only-right",
    }
}
