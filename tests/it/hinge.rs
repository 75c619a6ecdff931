//! What every counterpart keeps to, whatever the texts: reasons are true of both passages, scores are numbers, both sides
//! say the same, and thin evidence is not shown.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use diptych::import::of_markdown;
use diptych::link::Side;
use diptych::link::index::PassageIndex;
use diptych::link::pairing::{Ask, Counterpart, Pairing, TopicInBoth};
use diptych::link::quotation::shared_quotations;
use diptych::link::reason::{Reason, ReasonKind};
use diptych::text::Text;
use diptych::text::passage::PassageNo;
use diptych::topic::codebook::Topic;
use diptych::topic::coverage::TopicCoverage;
use diptych::word::language::Language;
use diptych::word::stem::Stemmer;
use diptych::word::token::tokens;
use diptych::word::variant::root;
use proptest::prelude::*;

const UNWATCHED: &dyn Fn(usize, usize) -> ControlFlow<()> = &|_, _| ControlFlow::Continue(());

fn pairing(left: &Arc<Text>, right: &Arc<Text>) -> Pairing {
    let index =
        |text: &Arc<Text>| Arc::new(PassageIndex::of(text, Language::English, UNWATCHED).continue_value().unwrap());
    let pairing = Pairing::new(index(left), index(right));
    pairing.know_quotations(&shared_quotations(left, right, UNWATCHED).continue_value().unwrap());
    pairing
}

fn all(pairing: &Pairing, side: Side, limit: usize) -> Vec<Vec<Counterpart>> {
    let ask = Ask { all: true, limit, ..Ask::default() };
    pairing.all(side, &ask, UNWATCHED).continue_value().unwrap()
}

fn stems(words: &str) -> Vec<String> {
    let stemmer = Stemmer::new(Language::English);
    tokens(words).map(|range| stemmer.stem(&words[range])).collect()
}

/// Whether the words of a reason stand where it says, in both texts: the same stems, or two variants, each as its text has it. Of a
/// quotation, which may be cut or put otherwise, that both passages have a good part of its words.
fn is_true(reason: &Reason, here: &Text, there: &Text) -> bool {
    let (here, there) = (&here.string()[reason.here.clone()], &there.string()[reason.there.clone()]);
    let (mine, theirs) = (stems(here), stems(there));
    if reason.kind == ReasonKind::Quotation {
        let shared = mine.iter().filter(|stem| theirs.contains(stem)).count();
        return shared * 3 >= mine.len().min(theirs.len());
    }
    match reason.text.split_once(" ~ ") {
        None => mine == theirs && stems(&reason.text) == mine,
        Some((one, other)) => {
            let roots = |stems: &[String]| stems.iter().map(|s| root(s, Language::English)).collect::<Vec<_>>();
            (one, other) == (here, there) && one != other && roots(&mine) == roots(&theirs)
        }
    }
}

fn within(reason: &Reason, text: &Text, passage: PassageNo, here: bool) -> bool {
    let range = if here { &reason.here } else { &reason.there };
    text.block_at(range.start).and_then(|block| text.numbering().passage_of(block)) == Some(passage)
}

fn reasons_are_true(pairing: &Pairing, found: &[Vec<Counterpart>]) {
    let (left, right) = (pairing.side(Side::Left).text(), pairing.side(Side::Right).text());
    for (here, counterparts) in (1..).map(PassageNo).zip(found) {
        for counterpart in counterparts {
            for reason in &counterpart.because {
                let stands = within(reason, left, here, true) && within(reason, right, counterpart.passage, false);
                assert!(stands && is_true(reason, left, right), "¶{here} {}: {reason:?}", counterpart.passage);
            }
        }
    }
}

fn both_sides_say_the_same(pairing: &Pairing) {
    let scores = |side: Side| {
        let found = all(pairing, side, usize::MAX);
        let mut scores = HashMap::new();
        for (here, counterparts) in (1..).zip(found) {
            for c in counterparts {
                assert!(c.score.is_finite() && (0.0..=1.0).contains(&c.score), "{c:?}");
                assert!(c.evidence.parts().iter().all(|part| part.is_finite()), "{c:?}");
                let pair = if side == Side::Left { (here, c.passage.0) } else { (c.passage.0, here) };
                scores.insert(pair, c.score);
            }
        }
        scores
    };
    let (left, right) = (scores(Side::Left), scores(Side::Right));
    for (pair, score) in &left {
        let other = right.get(pair).unwrap_or_else(|| panic!("{pair:?} is seen from one side only"));
        assert!((score - other).abs() < 1e-3, "{pair:?}: {score} and {other}");
    }
}

fn bundled() -> Vec<Arc<Text>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "md"));
    files.sort();
    files.iter().map(|file| Arc::new(of_markdown(&fs::read_to_string(file).unwrap()))).collect()
}

#[test]
fn reasons_of_the_bundled_texts_are_true_and_their_scores_the_same_from_both_sides() {
    let texts = bundled();
    for (at, left) in texts.iter().enumerate() {
        for right in &texts[at + 1..] {
            let pairing = pairing(left, right);
            reasons_are_true(&pairing, &all(&pairing, Side::Left, 3));
            both_sides_say_the_same(&pairing);
        }
    }
}

fn text(passages: &[String]) -> Arc<Text> {
    Arc::new(of_markdown(&passages.join("\n\n")))
}

/// Words with variants, lookalikes, names, dates, stop words and signs among them.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "controversy",
        "control",
        "controls",
        "country",
        "counter",
        "commissars",
        "commissionaire",
        "democracy",
        "democratic",
        "election",
        "electors",
        "Lenin",
        "Petrograd",
        "1917",
        "July",
        "12",
        "the",
        "of",
        "and",
        "not",
        "produced",
        "production",
        "party",
        "part",
        "“quoted",
        "end.”",
        "so.",
        "—",
        "…",
        "é",
        "说",
        "harbour",
        "pilots",
    ])
    .prop_map(str::to_owned)
}

fn passages() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::collection::vec(word(), 0..30).prop_map(|words| words.join(" ")), 0..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn laws_hold_for_any_texts(left in passages(), right in passages()) {
        let pairing = pairing(&text(&left), &text(&right));
        reasons_are_true(&pairing, &all(&pairing, Side::Left, 4));
        both_sides_say_the_same(&pairing);
    }

    #[test]
    fn a_topic_in_every_passage_has_scores_that_are_numbers(left in passages(), right in passages()) {
        let named = |passages: Vec<String>| text(&passages.iter().map(|p| format!("Canal {p}")).collect::<Vec<_>>());
        let (left, right) = (named(left), named(right));
        let topic = Arc::new(Topic::of_terms("canals", "Canals", &["canal*"]));
        let on = |text: &Text| {
            Arc::new(TopicCoverage::of(text, &topic, Language::English, UNWATCHED).continue_value().unwrap())
        };
        let held = TopicInBoth { left: on(&left), right: on(&right) };
        let pairing = pairing(&left, &right);
        for pair in pairing.treatment_pairs(&held) {
            prop_assert!((0.0..=1.0).contains(&pair.score), "{:?}", pair);
            let [one, other] = pair.treatments;
            prop_assert!(held.left.treatments()[one].contains(pair.left) && held.right.treatments()[other].contains(pair.right));
        }
    }
}

fn shown(left: &[&str], right: &[&str]) -> Vec<Vec<u32>> {
    let text = |passages: &[&str]| text(&passages.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
    let pairing = pairing(&text(left), &text(right));
    let found = pairing.all(Side::Left, &Ask::default(), UNWATCHED).continue_value().unwrap();
    found.iter().map(|counterparts| counterparts.iter().map(|c| c.passage.0).collect()).collect()
}

#[test]
fn one_word_in_common_carries_no_counterpart() {
    let left = [
        "The ferry ran twice a day between the island and the mainland, and in winter it did not run at all.",
        "Remember what the ferryman answered:",
        "Members of the island's board are chosen for three years and cannot be recalled by those who chose them.",
    ];
    let right = [
        "My aunt kept bees under the pear trees and sold the honey at the church door on Sundays.",
        "I remember the year when the swarm settled in the bell tower and nobody dared to ring for mass.",
        "She never recalled where she had left her gloves, and bought a new pair each spring.",
    ];
    assert_eq!(shown(&left, &right), vec![Vec::<u32>::new(); 3]);
}

#[test]
fn texts_without_sentences_are_harmless() {
    let words: Vec<String> = (0..400).map(|n| format!("word{}", n % 37)).collect();
    let pairing = pairing(&text(&words), &text(&["word3".to_owned(), "word4 word5".to_owned()]));
    let found = pairing.all(Side::Left, &Ask::default(), UNWATCHED).continue_value().unwrap();
    assert!(found.iter().all(Vec::is_empty), "a word each is nothing to go by");
}
