//! Alignments of what has parts, and of what was rewritten or retold: titles, tables of contents, paragraphs put together.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::judged_pairs::JudgedPairs;
use super::tests::{Dice, align, translated, with_headings};
use super::{Alignment, BeadKind};
use crate::text::Builder;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;

fn align_parts(left: &[String], right: &[String]) -> Alignment {
    let texts = [with_headings(left), with_headings(right)];
    Alignment::of(&texts[0], &texts[1], &|_, _| ControlFlow::Continue(())).continue_value().unwrap()
}

#[test]
fn a_title_right_behind_a_heading_is_the_heading_that_the_other_text_has_more_there() {
    let mut dice = Dice(31);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for chapter in 1..=9 {
        let title = dice.passage(6);
        let prose: Vec<String> = (0..5).map(|_| dice.passage(50)).collect();
        left.extend([format!("## {chapter}"), format!("## {}", title.trim_end_matches('.'))]);
        // A last line that only this text has is no title.
        left.extend(prose.iter().cloned().chain([dice.passage(5)]));
        right.extend([format!("## {chapter}"), title]);
        right.extend(prose);
    }
    let alignment = align_parts(&left, &right);
    for chapter in 0..9 {
        let title = &alignment.beads()[alignment.of_right(PassageNo(6 * chapter + 1)).unwrap()];
        assert_eq!(title.heading, Some(8 * chapter + 1), "{title:?}");
        let first = &alignment.beads()[alignment.of_left(PassageNo(6 * chapter + 1)).unwrap()];
        assert_eq!(first.right, 6 * chapter + 1..6 * chapter + 2);
    }
}

#[test]
fn a_table_of_contents_is_neither_moved_nor_taken_for_an_imprint() {
    let mut dice = Dice(32);
    let titles: Vec<String> = (0..12).map(|_| dice.passage(7)).collect();
    let mut left: Vec<String> = titles.iter().map(|title| title.trim_end_matches('.').to_owned()).collect();
    let mut right: Vec<String> = (0..3).map(|_| dice.passage(45)).collect();
    for (nth, title) in titles.iter().enumerate() {
        let prose: Vec<String> = (0..6).map(|_| dice.passage(40)).collect();
        left.extend([format!("## {nth}"), format!("## {}", title.trim_end_matches('.'))]);
        left.extend(prose.iter().cloned());
        right.extend([format!("## {nth}"), title.clone()]);
        right.extend(prose);
    }
    let alignment = align_parts(&left, &right);
    let moved: Vec<_> = alignment.beads().iter().filter(|bead| bead.kind == BeadKind::Moved).collect();
    assert!(moved.is_empty(), "{moved:?}");
    for passage in 1..=12 {
        assert!(alignment.beads()[alignment.of_left(PassageNo(passage)).unwrap()].is_gap(), "{passage}");
    }
}

#[test]
fn what_was_rewritten_throughout_keeps_its_place_beside_what_was_added() {
    // Every passage keeps a third of its words, and before some of them a dozen new ones stand.
    let mut dice = Dice(33);
    let left = dice.prose(60);
    let (mut right, mut gold) = (Vec::new(), Vec::new());
    for (nth, passage) in left.iter().enumerate() {
        if nth % 15 == 7 {
            right.extend(dice.prose(12));
        }
        gold.push(right.len() as u32);
        let words = passage.split(' ').map(|word| if dice.roll(3) == 0 { word.to_owned() } else { dice.passage(1) });
        right.push(words.collect::<Vec<_>>().join(" "));
    }
    let alignment = align(&left, &right, &JudgedPairs::default());
    let claimed = |nth: usize| {
        let bead = &alignment.beads()[alignment.of_left(PassageNo(nth as u32 + 1)).unwrap()];
        (!bead.is_gap() && !bead.is_unsure()).then(|| bead.right.contains(&gold[nth]))
    };
    let claims: Vec<bool> = (0..60).filter_map(claimed).collect();
    assert!(claims.iter().all(|right| *right) && claims.len() >= 50, "{claims:?}");
}

#[test]
fn what_a_translator_put_into_the_next_paragraph_is_taken_in() {
    let mut dice = Dice(34);
    let left: Vec<String> = (0..160).map(|_| dice.passage(30)).collect();
    let mut right: Vec<String> = Vec::new();
    for (nth, passage) in left.iter().enumerate() {
        let there = translated(passage);
        // Four are one there, of which the last was shortened by half.
        match right.last_mut().filter(|_| matches!(nth % 16, 6..=8)) {
            Some(last) if nth % 16 == 8 => {
                let words: Vec<&str> = there.split(' ').collect();
                *last += &format!(" {}", words[..words.len() / 2].join(" "));
            }
            Some(last) => *last += &format!(" {there}"),
            None => right.push(there),
        }
    }
    let alignment = align(&left, &right, &JudgedPairs::default());
    let alone = alignment.beads().iter().filter(|bead| bead.is_gap()).count();
    assert!(alone <= 1, "{alone}");
}

#[test]
fn rows_of_a_table_are_level_row_by_row() {
    let mut dice = Dice(35);
    let rows: Vec<[String; 2]> = (0..14).map(|nth| [format!("~{nth}{}", dice.passage(1)), dice.passage(6)]).collect();
    let table = |translate: bool| {
        let mut builder = Builder::new();
        builder.begin(BlockKind::Table, 0);
        let row = |[key, words]: &[String; 2]| {
            format!("{key}\t{}", if translate { translated(words) } else { words.clone() })
        };
        builder.push(&rows.iter().map(row).collect::<Vec<_>>().join("\n"));
        builder.end();
        Arc::new(builder.finish())
    };
    let [left, right] = [false, true].map(table);
    let alignment = Alignment::of(&left, &right, &|_, _| ControlFlow::Continue(())).continue_value().unwrap();
    let level = alignment.sentences(&alignment.beads()[0]);
    assert_eq!(level.iter().filter(|row| row.left.len() == 1 && row.right.len() == 1).count(), 14, "{level:?}");
}

#[test]
fn a_poem_in_many_stanzas_is_the_passage_that_it_is_in_the_other_text() {
    let mut dice = Dice(36);
    let mut left = dice.prose(40);
    let mut right = left.clone();
    let stanzas: Vec<String> = (0..90).map(|_| dice.passage(14)).collect();
    right.insert(20, stanzas.join("\n"));
    left.splice(20..20, stanzas);
    // And what stands beside it, of the same length, and is something else, is not.
    right.push(dice.passage(14 * 90));
    let alignment = align(&left, &right, &JudgedPairs::default());
    let poem = &alignment.beads()[alignment.of_left(PassageNo(70)).unwrap()];
    assert_eq!((poem.left.clone(), poem.right.clone()), (20..110, 20..21));
    assert!(!poem.is_unsure());
    assert!(alignment.beads()[alignment.of_right(PassageNo(42)).unwrap()].is_gap());
}
