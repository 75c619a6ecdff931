//! How well anchors find their places again after a text was edited.
//!
//! The bars are those of issue 6. Right means that at least half of the true place is covered (by a place not more than
//! twice as long), or that nothing is attached when not one of its words is left. What "changed" means says
//! [`edits::change_words`]. These tests hold the bars on some hundred anchors a case in made-up prose and in the project's
//! own texts; `cargo bench --bench reattach` measures 3,000 anchors a case, also in files of one's own.

pub mod cases;
pub mod edits;
pub mod measure;
pub mod prose;

use std::path::Path;

use diptych::text::Text;

use cases::CASES;
use measure::{SORTS, Sort, Tally, measure, places};
use prose::Dice;

/// Anchors a case, sort of place, and text; the costlier and surer sorts get fewer.
fn anchors(sort: Sort) -> usize {
    if matches!(sort, Sort::Sentence | Sort::FewWords) { 80 } else { 20 }
}

fn texts() -> Vec<Text> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    let all = [prose::made_up(7, 60_000), prose::read_folder(&own)];
    all.iter().filter(|paragraphs| !paragraphs.is_empty()).map(|paragraphs| prose::build(paragraphs)).collect()
}

/// Anchors are drawn anew whenever a bundled text changes: `times` as many, where a bar is near to what is reached.
fn hold(cases: &str, times: usize) {
    let texts = texts();
    for case in CASES.iter().filter(|c| c.name.starts_with(cases)) {
        for sort in SORTS {
            let mut sum = Tally::default();
            for text in &texts {
                let (old, edited) = case.apply(text, &mut Dice::new(11));
                let places = places(&old, sort, anchors(sort) * times, &mut Dice::new(12));
                sum.add(&measure(&old, &edited, sort, &places, true));
            }
            assert!(case.holds(sort, &sum), "{}, {sort:?}: {sum}", case.name);
        }
    }
}

#[test]
fn words_changed() {
    hold("5% of words", 3);
    hold("20% of words", 8);
}

#[test]
fn paragraphs_moved_and_deleted() {
    hold("20% of blocks", 1);
}

#[test]
fn type_and_lines_set_anew() {
    hold("typeset", 1);
    hold("wrapped", 1);
    hold("blocks", 1);
    hold("capitals", 1);
}

#[test]
fn hyphens() {
    hold("hyphenated", 1);
    hold("soft hyphens", 1);
}

#[test]
fn markdown_and_plain_text() {
    hold("Markdown", 1);
    hold("plain text", 1);
}
