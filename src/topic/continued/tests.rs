//! What goes on about a topic, as a reader would say, and what never happens.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::text::block::BlockKind;
use crate::text::{Builder, Text};
use crate::topic::codebook::{Codebook, Topic};
use crate::topic::coverage::{Coverage, TopicCoverage};
use crate::word::language::Language;

const SHIP: &str = "The ship was old, and every ship of the yard was like it: a ship needs timber.";
const SAILORS: &str = "The sailors rowed out with the tide, and their captain watched the waves from the deck.";
const SCHOOL: &str = "The school stood on the hill, a school for the poor; no other school would take them.";
const BANK: &str = "The bank had closed, as each bank did that year, and a bank that closes pays nobody.";
const WEATHER: &str = "The morning was cold, and the leaves of the oak had fallen on the grass.";

fn codebook() -> Codebook {
    let topic = |id, name, about: &str, term| {
        let mut topic = Topic::of_terms(id, name, &[term]);
        about.clone_into(&mut topic.about);
        topic
    };
    Codebook::new([
        topic("ships", "Ships", "Seafaring: crews, navigation and harbours.", "ship*"),
        topic("schools", "Schools", "Education: teachers and their pupils.", "school*"),
        topic("banks", "Banks", "Money, debt and payment.", "bank*"),
    ])
}

fn text(passages: &[&str]) -> Text {
    let mut b = Builder::new();
    for passage in passages {
        b.begin(BlockKind::Paragraph, 1).push(passage);
    }
    b.finish()
}

/// The first and last passages of the treatments of each topic.
fn treated(passages: &[&str], language: Language) -> Vec<Vec<(u32, u32)>> {
    let watch = |_, _| ControlFlow::Continue(());
    let ControlFlow::Continue(coverage) = Coverage::of(&text(passages), &codebook(), language, &watch) else {
        return Vec::new();
    };
    coverage.topics().iter().map(|t| t.treatments().iter().map(|t| (t.from.0, t.to.0)).collect()).collect()
}

#[test]
fn what_goes_on_in_other_words_belongs_to_it() {
    let passages = [SHIP, SAILORS, WEATHER, SCHOOL, WEATHER, WEATHER, BANK];
    assert_eq!(treated(&passages, Language::English), [vec![(1, 2)], vec![(4, 4)], vec![(7, 7)]]);
    // Nor does it where the subject is another one, or the treatment far away.
    let far = [SHIP, WEATHER, WEATHER, WEATHER, SAILORS, WEATHER, SCHOOL, BANK];
    assert_eq!(treated(&far, Language::English)[0], [(1, 1)]);
}

#[test]
fn it_takes_a_table_and_other_topics_to_compare_with() {
    assert_eq!(treated(&[SHIP, SAILORS, SCHOOL, BANK], Language::Other)[0], [(1, 1)]);
    assert_eq!(treated(&[SHIP, SAILORS, SCHOOL, WEATHER], Language::English)[0], [(1, 1)]);
}

proptest! {
    #[test]
    fn what_the_terms_found_stays_and_runs_are_apart(picked in prop::collection::vec(0_usize..5, 0..24)) {
        let pool = [SHIP, SAILORS, SCHOOL, BANK, WEATHER];
        let passages: Vec<&str> = picked.iter().map(|p| pool[*p]).collect();
        let found = treated(&passages, Language::English);
        let watch = |_, _| ControlFlow::Continue(());
        for (topic, runs) in codebook().topics().iter().zip(found) {
            prop_assert!(runs.windows(2).all(|two| two[0].1 < two[1].0), "{runs:?}");
            prop_assert!(runs.iter().all(|(from, to)| from <= to && *to as usize <= passages.len() && to - from < 8));
            let alone = TopicCoverage::of(&text(&passages), topic, Language::English, &watch);
            let ControlFlow::Continue(alone) = alone else { continue };
            for treatment in alone.treatments() {
                let kept = runs.iter().any(|(from, to)| *from <= treatment.from.0 && treatment.to.0 <= *to);
                prop_assert!(kept, "{treatment:?} {runs:?}");
            }
            prop_assert_eq!(alone.is_silent(), runs.is_empty());
        }
    }
}
