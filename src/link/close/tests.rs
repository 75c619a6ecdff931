//! What a closer look tells, and that it is the same from both sides.

use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;

use super::{Close, Seen};
use crate::link::index::PassageIndex;
use crate::link::weight::{SideWeights, weigh};
use crate::text::Builder;
use crate::text::block::BlockKind;
use crate::word::language::Language;

/// The looks of the first passage of `left` at the first of `right`, and the other way.
fn looks(left: &[&str], right: &[&str]) -> [Close; 2] {
    let index = |passages: &[&str]| {
        let mut b = Builder::new();
        for passage in passages {
            b.begin(BlockKind::Paragraph, 0).push(passage);
        }
        let built = PassageIndex::of(&Arc::new(b.finish()), Language::English, &|_, _| ControlFlow::Continue(()));
        built.continue_value().unwrap()
    };
    let (left, right) = (index(left), index(right));
    let (ours, theirs) = weigh(&left, &right);
    let look = |mine: (&PassageIndex, &SideWeights), across: (&PassageIndex, &SideWeights)| {
        Close::of(&Seen::of(0, mine, across.0, |_, twin| twin), &Seen::of(0, across, mine.0, |root, _| root))
    };
    [look((&left, &ours), (&right, &theirs)), look((&right, &theirs), (&left, &ours))]
}

fn odds(close: Close) -> f32 {
    close.odds(0.5, [60, 60], [40, 40])
}

#[test]
fn what_stands_in_one_sentence_tells_more_than_what_is_scattered() {
    let asked = ["The tariff on timber ruined the shipwrights of the northern harbours."];
    let [together, _] =
        looks(&asked, &["Nobody spoke. Shipwrights in those harbours were ruined by a tariff on timber."]);
    let scattered =
        "Timber was dear. The tariff came later. Harbours froze. Shipwrights sang. Ruined walls stood there.";
    let [scattered, _] = looks(&asked, &[scattered]);
    assert!((together.weight - scattered.weight).abs() < 1e-3 && (together.together - together.weight).abs() < 1e-3);
    assert!(scattered.together < together.together / 2.0, "{scattered:?} {together:?}");
    assert!(odds(scattered) < odds(together));
}

#[test]
fn a_name_weighs_less_than_another_word_and_an_initial_ends_no_sentence() {
    let right = ["They say that Kornilov was asked about taxes."];
    let [name, _] = looks(&["We heard that Kornilov went home."], &right);
    let [word, _] = looks(&["We heard of taxes and went home."], &right);
    assert!(name.weight > 0.0 && name.weight < word.weight, "{name:?} {word:?}");
    let right = ["The tariff of M. P. Timber was the ruin of harbours."];
    let [one, _] = looks(&["The tariff was the ruin of harbours."], &right);
    assert!((one.together - one.weight).abs() < 1e-3, "{one:?}");
}

#[test]
fn a_passage_without_words_shares_nothing() {
    assert_eq!(looks(&["The of and."], &["Harbours were ruined."]), [Close::default(); 2]);
}

proptest! {
    #[test]
    fn the_look_is_the_same_from_both_sides(
        left in "([A-Z]?[a-e]{2,3}[.,!]? ){0,30}",
        right in "([A-Z]?[a-e]{2,3}[.,!]? ){0,30}",
        (odds, words, passages) in (-9.0_f32..9.0, prop::array::uniform2(any::<u16>()), prop::array::uniform2(any::<usize>())),
    ) {
        let [one, other] = looks(&[&left, "Harbours."], &[&right, "Timber."]);
        prop_assert!((one.weight - other.weight).abs() < 1e-2 && (one.together - other.together).abs() < 1e-2);
        prop_assert!((one.part - other.part).abs() < 1e-3 && (0.0..=1.001).contains(&one.part), "{one:?} {other:?}");
        prop_assert!(one.together <= one.weight + 1e-3);
        prop_assert!(one.odds(odds, words, passages).is_finite());
        prop_assert!(one.odds(odds + 1.0, words, passages) > one.odds(odds, words, passages));
    }
}
