//! `diptych links --quotations --format html`: every quotation that two texts share on a page to print, in the middle between
//! what leads each text into it and what each infers from it.

use std::io::{self, Write};

use serde::Serialize;

use super::handout::source;
use super::html::escaped;
use super::opened::Opens;
use super::page::{self, PartyView, STYLE};
use crate::link::Side;
use crate::link::quotation::SharedQuotation;
use crate::link::sides::Sides;
use crate::study::comparison::Named;
use crate::study::dispute::{Dispute, Piece, Reading, Standing, told_marks};

const TEMPLATE: &str = include_str!("disputes.html");

#[derive(Serialize)]
struct PageView<'a> {
    style: &'a str,
    left: PartyView<'a>,
    right: PartyView<'a>,
    disputes: Vec<DisputeView>,
}

#[derive(Serialize)]
struct DisputeView {
    number: usize,
    marked: &'static str,
    /// Whether both have the same words, which then stand there once.
    same: bool,
    /// What opens it in Diptych, escaped.
    address: Option<String>,
    left: ReadingView,
    right: ReadingView,
}

#[derive(Serialize)]
struct ReadingView {
    place: String,
    about: String,
    leads_in: String,
    /// The wording as elements.
    wording: String,
    changes: String,
    goes_on: String,
}

/// Writes the page.
pub(crate) fn write(
    out: &mut dyn Write,
    left: Named<'_>,
    right: Named<'_>,
    found: &[SharedQuotation],
    opens: Opens<'_>,
) -> io::Result<()> {
    let texts = Sides { left: left.text, right: right.text };
    let disputes = found.iter().enumerate().map(|(at, quotation)| {
        let dispute = Dispute::of(texts, quotation);
        let address = opens.pair(dispute.readings.left.passage, dispute.readings.right.passage);
        let view = |side: Side| reading_view(&dispute.readings[side]);
        DisputeView {
            number: at + 1,
            marked: told_marks(dispute.marked),
            same: dispute.is_same(),
            address: address.map(|address| escaped(&address)),
            left: view(Side::Left),
            right: view(Side::Right),
        }
    });
    let disputes = disputes.collect();
    let (left, right) = (party(left), party(right));
    page::write(out, &[TEMPLATE], &PageView { style: STYLE, left, right, disputes })
}

fn party(named: Named<'_>) -> PartyView<'_> {
    PartyView {
        name: named.name,
        source: source(named.text.meta(), named.name).into(),
        language: page::language(named.text),
    }
}

fn reading_view(reading: &Reading) -> ReadingView {
    let about = [reading.voice.clone(), reading.section.clone()];
    ReadingView {
        place: reading.place(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        leads_in: reading.leads_in.clone(),
        wording: reading.wording.iter().map(element).collect::<Vec<_>>().join(" "),
        changes: reading.told_changes(),
        goes_on: reading.goes_on.clone(),
    }
}

/// Words with an element for what became of them. What tells them apart in print is not a colour.
fn element(piece: &Piece) -> String {
    let words = escaped(&piece.words);
    match piece.standing {
        Standing::Both => words,
        Standing::Here => format!("<ins>{words}</ins>"),
        Standing::Other => format!("<em>{words}</em>"),
        Standing::Gap => format!("<span class=\"gap\" title=\"{words}\">^</span>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    #[test]
    fn the_page_has_the_quotation_between_what_both_make_of_it() {
        let text = |words: &str| {
            let mut builder = Builder::new();
            builder.begin(BlockKind::Paragraph, 1).push(words);
            builder.finish()
        };
        let left = text("He said: “the mill is <old> and dear”. So it was sold.");
        let right = text("They heard that “the mill is dear” and kept it.");
        let range = |text: &crate::text::Text| {
            let string = text.string();
            string.find("the mill").unwrap()..string.find('”').unwrap()
        };
        let found = SharedQuotation { left: range(&left), right: range(&right), score: 0.9, marked: [true, true] };
        let mut out = Vec::new();
        let (one, other) = (Named { name: "A & B", text: &left }, Named { name: "C", text: &right });
        let opens = Opens::by("/a.md", "embedded:b");
        write(&mut out, one, other, &[found], opens).unwrap();
        let page = String::from_utf8(out).unwrap();
        for words in [
            "A &amp; B",
            "He said:",
            "<ins>&lt;old&gt; and</ins>",
            "So it was sold.",
            "both quote it",
            "2 words missing",
            "<a href=\"diptych://read?left=/a.md:1&amp;right=embedded:b:1\"",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("<old>") && !page.contains("<script"));
    }
}
