//! Two versions as a translation memory: TMX 1.4b (Localization Industry Standards Association, 2005).

use std::io::{self, Write};
use std::ops::Range;

use super::{Aligned, heading_on};
use crate::align::changed::joined;
use crate::align::sentences::Stretch;
use crate::export::xml::Xml;
use crate::link::Side;
use crate::text::Text;
use crate::word::language::Language;

/// How many beads are no units because they are shown with a question mark: a memory offers what is in it to translators as
/// right.
pub(crate) fn left_out(aligned: &Aligned<'_>) -> usize {
    aligned.alignment.beads().iter().filter(|bead| bead.is_unsure()).count()
}

/// Writes a unit for each bead that is sure, or where `sentences`, for each run of sentences that says the same. What only
/// one text has is no unit.
pub(crate) fn write(out: &mut dyn Write, aligned: &Aligned<'_>, sentences: bool) -> io::Result<()> {
    let (left, right) = (&aligned.left.text, &aligned.right.text);
    let languages = [left, right].map(|text| Language::of(text).tag());
    let mut xml = Xml::begin(out)?;
    xml.open("tmx", &[("version", "1.4")])?;
    let segments = if sentences { "sentence" } else { "paragraph" };
    xml.empty(
        "header",
        &[
            ("creationtool", "Diptych"),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", segments),
            ("o-tmf", "diptych"),
            ("adminlang", "en"),
            ("srclang", languages[0]),
            ("datatype", "plaintext"),
        ],
    )?;
    xml.open("body", &[])?;
    for bead in aligned.alignment.beads().iter().filter(|bead| !bead.is_gap() && !bead.is_unsure()) {
        if sentences && bead.heading.is_none() {
            for pair in aligned.alignment.sentences(bead) {
                unit(&mut xml, languages, [&words(left, &pair.left), &words(right, &pair.right)])?;
            }
        } else {
            let words = |text: &Text, range: &Range<u32>, side: Side| match heading_on(bead, side) {
                Some(block) => text.block_str(block).to_owned(),
                None => joined(text, range).0,
            };
            let (ours, theirs) = (words(left, &bead.left, Side::Left), words(right, &bead.right, Side::Right));
            unit(&mut xml, languages, [&ours, &theirs])?;
        }
    }
    xml.close("body")?;
    xml.close("tmx")?;
    xml.end()
}

fn unit(xml: &mut Xml<'_>, languages: [&str; 2], words: [&str; 2]) -> io::Result<()> {
    if words.iter().any(|words| words.trim().is_empty()) {
        return Ok(());
    }
    xml.open("tu", &[])?;
    for (language, words) in languages.into_iter().zip(words) {
        xml.open("tuv", &[("xml:lang", language)])?;
        xml.words("seg", words)?;
        xml.close("tuv")?;
    }
    xml.close("tu")
}

fn words(text: &Text, stretches: &[Stretch]) -> String {
    let all: Vec<&str> = stretches.iter().map(|s| &text.passage_str(s.passage)[s.range.clone()]).collect();
    all.join(" ")
}
