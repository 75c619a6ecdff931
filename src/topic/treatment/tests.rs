//! Treatments as a careful reader would mark them.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Treatment;
use crate::text::block::BlockKind;
use crate::text::span::SpanKind;
use crate::text::{Builder, Text};
use crate::topic::codebook::Topic;
use crate::topic::coverage::TopicCoverage;
use crate::word::language::Language;

/// Words about nothing in particular, to make a passage long.
const FILLER: &str =
    "The weather of that year was mild and the harvest fair, as the parish books record at some length. ";

/// A line each passage; `#` begins a heading.
fn text_of(lines: &[&str]) -> Text {
    let mut b = Builder::new();
    for line in lines {
        match line.strip_prefix("# ") {
            Some(heading) => b.begin(BlockKind::Heading, 1).depth(2).push(heading),
            None => b.begin(BlockKind::Paragraph, 1).push(line),
        };
    }
    b.finish()
}

fn treatments(text: &Text) -> Vec<Treatment> {
    let topic = Topic::of_terms("canals", "Canals", &["canal*", "lock keeper", "towpath*", "barge*"]);
    let watch = |_, _| ControlFlow::Continue(());
    match TopicCoverage::of(text, &Arc::new(topic), Language::English, &watch) {
        ControlFlow::Continue(coverage) => coverage.treatments().to_vec(),
        ControlFlow::Break(()) => Vec::new(),
    }
}

fn runs(lines: &[&str]) -> Vec<(u32, u32)> {
    treatments(&text_of(lines)).iter().map(|t| (t.from.0, t.to.0)).collect()
}

const STRONG: &str = "The canals came first. A lock keeper walked the towpath beside every barge.";
const OTHER: &str = "The weather of that year was mild and the harvest was fair.";

#[test]
fn what_goes_on_about_a_topic_belongs_to_it() {
    assert_eq!(runs(&[OTHER, STRONG, OTHER, STRONG, OTHER]), [(2, 4)]);
    assert_eq!(runs(&[OTHER, STRONG, OTHER, OTHER, OTHER, OTHER, STRONG]), [(2, 2), (7, 7)]);
    assert_eq!(runs(&["# One", OTHER, STRONG, "# Two", STRONG, OTHER]), [(2, 2), (3, 3)]);
}

#[test]
fn a_list_belongs_to_its_lead_in_and_a_lead_in_to_its_quotation() {
    let kinds = |parts: &[(BlockKind, &str)]| {
        let mut b = Builder::new();
        for (kind, words) in parts {
            b.begin(*kind, 1).push(words);
        }
        treatments(&b.finish()).iter().map(|t| (t.from.0, t.to.0)).collect::<Vec<_>>()
    };
    let (paragraph, item, quotation) = (BlockKind::Paragraph, BlockKind::Item, BlockKind::Quotation);
    let lead_in = STRONG.replace("barge.", "barge, and there were three kinds:");
    let list = [
        (paragraph, &*lead_in),
        (item, "the narrow;"),
        (item, "the wide;"),
        (item, "those never dug."),
        (paragraph, OTHER),
    ];
    assert_eq!(kinds(&list), [(1, 4)]);
    assert_eq!(kinds(&[&[(paragraph, STRONG)], &list[1..]].concat()), [(1, 1)]);
    let quoted = [(paragraph, OTHER), (paragraph, "One who knew says:"), (quotation, STRONG), (paragraph, OTHER)];
    assert_eq!(kinds(&quoted), [(2, 3)]);
    // What is only one's own list of other things is not carried by one of them.
    assert_eq!(kinds(&[(paragraph, "He spoke of much:"), (item, STRONG), (item, "the harvest;")]), [(2, 2)]);
}

#[test]
fn a_mention_in_passing_is_no_treatment() {
    let passing = format!("{}He came by barge. {}", FILLER.repeat(8), FILLER.repeat(8));
    assert_eq!(runs(&[OTHER, STRONG, OTHER, OTHER, OTHER, OTHER, &passing]), [(2, 2)]);
}

#[test]
fn a_heading_lends_its_topic_and_no_more_than_its_section() {
    let lines = ["# Of canals", OTHER, OTHER, "# Of roads", OTHER, OTHER];
    let found = treatments(&text_of(&lines));
    assert_eq!(found.iter().map(|t| (t.from.0, t.to.0, t.mentions)).collect::<Vec<_>>(), [(1, 2, 1)]);
}

#[test]
fn a_footnote_speaks_for_the_passage_that_cites_it() {
    let mut b = Builder::new();
    for nth in 0..6 {
        b.begin(BlockKind::Paragraph, 1).push(OTHER);
        if nth == 2 {
            let at = b.here();
            b.push("[1]");
            let note = b.note("1");
            b.span(SpanKind::NoteRef(note), at);
        }
    }
    b.end();
    let first = b.block_count();
    b.begin(BlockKind::Footnote, 7).push(STRONG);
    let note = b.note("1");
    b.define_note(note, first);
    let found = treatments(&b.finish());
    assert_eq!(found.iter().map(|t| (t.from.0, t.to.0)).collect::<Vec<_>>(), [(3, 3)]);
}

#[test]
fn the_sentence_that_says_most_is_decisive() {
    let passage = format!("{OTHER} A barge lay there. {STRONG} {OTHER}");
    let text = text_of(&[OTHER, OTHER, &passage, OTHER]);
    let found = treatments(&text);
    let place = found[0].decisive;
    assert_eq!((found[0].best.0, place.block), (3, 2));
    assert!(text.block_str(2)[place.offset as usize..].starts_with("A lock keeper"));
}

#[test]
fn more_said_is_stronger_and_never_more_than_one() {
    let one = "They saw a canal there, and went on to the town on the hill.";
    let strength = |lines: &[&str]| treatments(&text_of(lines)).iter().map(|t| t.strength).fold(0.0, f32::max);
    let all = [strength(&[OTHER, one, OTHER]), strength(&[OTHER, STRONG, OTHER]), strength(&[STRONG; 6])];
    assert!(0.0 < all[0] && all[0] < all[1] && all[1] < 1.0 && all[2] < 1.0, "{all:?}");
}

#[test]
fn a_long_run_is_cut_into_parts() {
    let lines: Vec<&str> = (0..40).map(|n| if n % 9 == 8 { "One barge." } else { STRONG }).collect();
    let found = treatments(&text_of(&lines));
    assert!(found.len() >= 5 && found.iter().all(|t| t.to.0 - t.from.0 < 8), "{found:?}");
    assert_eq!(found.iter().map(|t| t.to.0 + 1 - t.from.0).sum::<u32>(), 40);
}
