//! Laws of alignments, and editions and translations made for them: a vocabulary of nonsense, so that nothing is known of
//! any language.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;

use super::judged_pairs::JudgedPairs;
use super::one_work::{CHOSEN, OFFERED, Verdict, score, verdict};
use super::{Alignment, BeadKind};
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::text::{Builder, Text};

fn text(passages: &[String]) -> Arc<Text> {
    let mut builder = Builder::new();
    for (line, passage) in passages.iter().enumerate() {
        builder.begin(BlockKind::Paragraph, line as u32);
        builder.push(passage);
        builder.end();
    }
    Arc::new(builder.finish())
}

pub(super) fn align(left: &[String], right: &[String], said: &JudgedPairs) -> Alignment {
    let patient = |_, _| ControlFlow::Continue(());
    Alignment::of(&text(left), &text(right), &patient).continue_value().unwrap().told(said)
}

fn one_work(left: &[String], right: &[String]) -> f32 {
    score(&align(left, right, &JudgedPairs::default()), &|_, _| ControlFlow::Continue(())).continue_value().unwrap()
}

/// Draws the same numbers from the same seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    /// Prose of nonsense words, common ones often, as in any language (Zipf).
    pub(super) fn prose(&mut self, passages: usize) -> Vec<String> {
        (0..passages)
            .map(|_| {
                let words = 12 + self.roll(60);
                self.passage(words)
            })
            .collect()
    }

    pub(super) fn passage(&mut self, words: usize) -> String {
        let mut passage = String::new();
        let mut left_in_sentence = 0;
        for nth in 0..words {
            let octave = self.roll(11);
            let rank = (1 << octave) + self.roll(1 << octave);
            let word = nonsense(rank);
            if left_in_sentence == 0 {
                if nth > 0 {
                    passage.push_str(". ");
                }
                passage.push_str(&word[..1].to_uppercase());
                passage.push_str(&word[1..]);
                left_in_sentence = 6 + self.roll(14);
            } else {
                passage.push(' ');
                passage.push_str(&word);
            }
            left_in_sentence -= 1;
        }
        passage.push('.');
        passage
    }
}

fn nonsense(mut rank: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "do", "fi", "gu", "ka", "le", "mo", "ni", "pa", "ro", "su", "ta", "vo", "xe", "zi", "hu"];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
        if rank == 0 {
            return word + "n";
        }
    }
}

/// The same in another tongue: each word has one of its own there, and none looks like it did.
pub(super) fn translated(passage: &str) -> String {
    let letter = |c: char| char::from(b'a' + (c.to_ascii_lowercase() as u8 - b'a' + 7) % 26);
    let turned = |word: &str| -> String {
        let end = word.trim_end_matches('.').len();
        let mut there: String = word[..end].chars().rev().map(letter).collect();
        if word.starts_with(char::is_uppercase) {
            there[..1].make_ascii_uppercase();
        }
        there + &word[end..]
    };
    passage.split(' ').map(turned).collect::<Vec<_>>().join(" ")
}

/// Every passage of both texts is in one bead, each of which is what it says.
fn holds_everything_once(alignment: &Alignment, left: usize, right: usize) {
    let mut seen = [BTreeSet::new(), BTreeSet::new()];
    for bead in alignment.beads() {
        assert!(bead.left.clone().all(|at| seen[0].insert(at)) && bead.right.clone().all(|at| seen[1].insert(at)));
        assert_eq!(bead.left.is_empty(), bead.kind == BeadKind::OnlyRight);
        assert_eq!(bead.right.is_empty(), bead.kind == BeadKind::OnlyLeft);
        assert_eq!(bead.heading, None);
        assert!((0.0..=1.0).contains(&bead.confidence));
    }
    assert_eq!((seen[0].len(), seen[1].len()), (left, right));
    let starts: Vec<u32> = alignment.beads().iter().filter(|b| !b.left.is_empty()).map(|b| b.left.start).collect();
    assert!(starts.is_sorted());
}

#[test]
fn a_text_against_itself_is_the_same_passage_for_passage() {
    let prose = Dice(1).prose(80);
    let alignment = align(&prose, &prose, &JudgedPairs::default());
    assert_eq!(alignment.beads().len(), 80);
    for (at, bead) in alignment.beads().iter().enumerate() {
        assert_eq!(
            (bead.kind, bead.left.clone(), bead.right.clone()),
            (BeadKind::Same, at as u32..at as u32 + 1, at as u32..at as u32 + 1)
        );
    }
    assert_eq!(alignment.tally().same, 80);
}

#[test]
fn what_is_much_the_same_is_one_work_however_little_its_words_say() {
    let lines: Vec<String> = (0..300).map(|n| if n % 3 == 0 { "* * *".into() } else { "So it goes.".into() }).collect();
    assert!(one_work(&lines, &lines) > 0.99);
    let mut prose = Dice(12).prose(200);
    let (old, one) = (prose.clone(), Dice(13).passage(40));
    prose.insert(120, one);
    prose.remove(30);
    let alignment = align(&old, &prose, &JudgedPairs::default());
    holds_everything_once(&alignment, 200, 200);
    assert_eq!(alignment.tally().same, 199);
    let of = |passage: u32| alignment.beads()[alignment.of_left(PassageNo(passage)).unwrap()].right.clone();
    assert_eq!((of(31), of(32), of(120), of(121)), (0..0, 30..31, 118..119, 120..121));
    assert!(one_work(&old, &prose) > 0.9);
}

#[test]
fn a_short_passage_of_one_text_is_not_taken_in_by_its_neighbour() {
    let mut dice = Dice(14);
    let old: Vec<String> = (0..90).map(|_| dice.passage(90)).collect();
    let mut new: Vec<String> = Vec::new();
    for (at, passage) in old.iter().enumerate() {
        // Every seventh word is another, so that no passage is the same.
        let other =
            |(nth, word): (usize, &str)| if nth % 7 == at % 7 { nonsense(nth * 31 + at) } else { word.to_owned() };
        new.push(passage.split(' ').enumerate().map(other).collect::<Vec<_>>().join(" "));
        if at % 10 == 5 {
            new.push(dice.passage(8));
        }
    }
    let alignment = align(&old, &new, &JudgedPairs::default());
    holds_everything_once(&alignment, 90, 99);
    let short = (1..=99).filter(|at| new[*at as usize - 1].len() < 120);
    let alone = short.filter(|at| alignment.beads()[alignment.of_right(PassageNo(*at)).unwrap()].is_gap());
    assert!(alone.count() >= 8);
    assert!(alignment.tally().left.1 == 90);
}

#[test]
fn speeches_that_one_text_sets_apart_are_the_paragraph_of_the_other() {
    let mut dice = Dice(31);
    let mut old: Vec<String> = dice.prose(60);
    let mut new: Vec<String> = old.iter().map(|passage| translated(passage)).collect();
    let speeches: Vec<String> = (0..14).map(|_| dice.passage(18)).collect();
    old.insert(30, speeches.join(" "));
    new.splice(30..30, speeches.iter().map(|speech| translated(speech)));
    let alignment = align(&old, &new, &JudgedPairs::default());
    holds_everything_once(&alignment, 61, 74);
    let bead = &alignment.beads()[alignment.of_left(PassageNo(31)).unwrap()];
    assert_eq!((bead.left.clone(), bead.right.clone()), (30..31, 30..44));
    // And the other way round.
    let alignment = align(&new, &old, &JudgedPairs::default());
    let bead = &alignment.beads()[alignment.of_right(PassageNo(31)).unwrap()];
    assert_eq!((bead.left.clone(), bead.right.clone()), (30..44, 30..31));
}

#[test]
fn prefaces_that_each_text_has_of_its_own_are_not_taken_for_each_other() {
    let mut dice = Dice(32);
    let work = dice.prose(90);
    let new: Vec<String> = work.iter().map(|passage| translated(passage)).collect();
    // Of about as many passages, so that it costs little to lay them along each other.
    let old = [dice.prose(18), work].concat();
    let preface: Vec<String> = dice.prose(20).iter().map(|passage| translated(passage)).collect();
    let alignment = align(&old, &[preface, new].concat(), &JudgedPairs::default());
    holds_everything_once(&alignment, 108, 110);
    let alone = (1..=18).filter(|at| alignment.beads()[alignment.of_left(PassageNo(*at)).unwrap()].is_gap());
    assert!(alone.count() >= 16);
    for at in 19..=108 {
        let bead = &alignment.beads()[alignment.of_left(PassageNo(at)).unwrap()];
        assert_eq!(bead.right, at + 1..at + 2, "{at}");
    }
}

/// A text whose blocks that begin with `## ` are headings.
pub(super) fn with_headings(blocks: &[String]) -> Arc<Text> {
    let mut builder = Builder::new();
    for (line, block) in blocks.iter().enumerate() {
        let heading = block.strip_prefix("## ");
        let kind = if heading.is_some() { BlockKind::Heading } else { BlockKind::Paragraph };
        builder.begin(kind, line as u32);
        builder.push(heading.unwrap_or(block));
        builder.end();
    }
    Arc::new(builder.finish())
}

#[test]
fn the_notes_of_an_edition_are_across_from_nothing() {
    let mut dice = Dice(41);
    let work = dice.prose(90);
    let plain: Vec<String> = work.iter().map(|passage| translated(passage)).collect();
    let mut edition = Vec::new();
    let mut notes = Vec::new();
    for (at, passage) in work.into_iter().enumerate() {
        let last = at == 89;
        if at % 7 == 3 || last {
            edition.push(format!("{passage}[{at}]"));
            notes.push(edition.len() as u32);
            edition.push(format!("[{at}] {}", dice.passage(if last { 30 } else { 12 })));
        } else {
            edition.push(passage);
        }
    }
    let (all, count) = (edition.len(), notes.len());
    let alignment = align(&edition, &plain, &JudgedPairs::default());
    holds_everything_once(&alignment, all, 90);
    let alone: Vec<u32> =
        alignment.beads().iter().filter(|b| b.kind == BeadKind::OnlyLeft).map(|b| b.left.start).collect();
    assert_eq!((&alone, alignment.tally().right.1), (&notes, 90), "{count} notes");
}

#[test]
fn titles_in_other_words_at_one_place_are_one_title() {
    let mut dice = Dice(42);
    let prose = dice.prose(80);
    let with = |titles: [&str; 3]| -> Vec<String> {
        let mut blocks = prose.clone();
        for (at, title) in [60, 40, 20].into_iter().zip(titles) {
            blocks.insert(at, title.to_owned());
        }
        blocks
    };
    let left = with_headings(&with(["Of owls", "## Mill by a river", "Winter and ice"]));
    let right = with_headings(&with(["The loft at night", "How they came down", "## Frost"]));
    let patient = |_, _| ControlFlow::Continue(());
    let alignment = Alignment::of(&left, &right, &patient).continue_value().unwrap();
    let titled: Vec<_> = alignment.beads().iter().filter(|bead| bead.kind != BeadKind::Same).collect();
    assert_eq!(titled.len(), 3, "{titled:?}");
    assert!(titled.iter().all(|bead| bead.kind == BeadKind::Changed && bead.is_unsure()));
    // The headings' blocks: the one of the right text before its passage 21, the one of the left text after its 41.
    let places = [(20..21, 20..20, Some(20)), (41..41, 40..41, Some(41)), (60 + 1..62, 61..62, None)];
    let found: Vec<_> = titled.iter().map(|bead| (bead.left.clone(), bead.right.clone(), bead.heading)).collect();
    assert_eq!(found, places);
}

#[test]
fn what_was_rewritten_in_its_place_has_not_moved() {
    let mut dice = Dice(43);
    let old = dice.prose(70);
    let mut new = old.clone();
    // A third of it is left, among much that is new on both sides.
    for at in [30, 31, 32] {
        let words: Vec<&str> = old[at].split(' ').collect();
        new[at] = format!("{} {}", dice.passage(words.len()), words[..words.len() / 2].join(" "));
    }
    new.splice(31..31, (0..3).map(|_| dice.passage(30)));
    new.splice(30..30, (0..2).map(|_| dice.passage(30)));
    let alignment = align(&old, &new, &JudgedPairs::default());
    holds_everything_once(&alignment, 70, 75);
    assert_eq!(alignment.tally().moved, 0);
}

#[test]
fn what_was_cut_added_split_merged_and_moved_is_found() {
    let mut dice = Dice(2);
    let old = dice.prose(120);
    let mut new = old.clone();
    // From the end, so that the numbers before stay as they were.
    let moved: Vec<String> = new.drain(90..94).collect();
    let added = dice.passage(50);
    new.insert(70, added);
    let merged = format!("{} {}", new[50], new[51]);
    new.splice(50..52, [merged]);
    let whole = new[30].clone();
    let middle = whole.match_indices(". ").map(|(at, _)| at + 1).min_by_key(|at| at.abs_diff(whole.len() / 2));
    let parts = middle.map(|at| vec![whole[..at].to_owned(), whole[at + 1..].to_owned()]);
    let parts = parts.unwrap_or_else(|| vec![whole.clone()]);
    let split = parts.len() - 1;
    new.splice(30..31, parts);
    new.splice(10..10, moved);
    new.remove(5);
    let alignment = align(&old, &new, &JudgedPairs::default());
    holds_everything_once(&alignment, old.len(), new.len());
    let of = |passage: u32| &alignment.beads()[alignment.of_left(PassageNo(passage + 1)).unwrap()];
    assert_eq!(of(5).kind, BeadKind::OnlyLeft);
    assert_eq!(of(30).right.len(), 1 + split);
    assert_eq!((of(50).left.clone(), of(50).right.len()), (50..52, 1));
    assert!((90..94).all(|at| of(at).kind == BeadKind::Moved), "{:?}", &alignment.beads()[85..95]);
    assert_eq!(of(91).right, 10..11);
    let only_right: Vec<_> = alignment.beads().iter().filter(|b| b.kind == BeadKind::OnlyRight).collect();
    assert_eq!(only_right.len(), 1);
}

#[test]
fn a_translation_is_learned_from_the_pair_itself() {
    let mut dice = Dice(3);
    let original = dice.prose(150);
    let mut translation: Vec<String> = original.iter().map(|passage| translated(passage)).collect();
    translation.drain(40..47);
    let alignment = align(&original, &translation, &JudgedPairs::default());
    holds_everything_once(&alignment, 150, 143);
    let right = |at: u32| match at {
        0..40 => Some(at),
        47.. => Some(at - 7),
        _ => None,
    };
    let found = (0..150).filter(|&at| {
        let bead = &alignment.beads()[alignment.of_left(PassageNo(at + 1)).unwrap()];
        right(at).map_or(bead.kind == BeadKind::OnlyLeft, |right| bead.right.contains(&right))
    });
    let found = found.count();
    assert!(found >= 145, "{found} of 150");
}

#[test]
fn sentences_keep_level_inside_a_bead() {
    let mut dice = Dice(4);
    let original = dice.prose(100);
    let translation: Vec<String> = original.iter().map(|passage| translated(passage)).collect();
    let alignment = align(&original, &translation, &JudgedPairs::default());
    let bead = alignment.beads().iter().max_by_key(|bead| original[bead.left.start as usize].len()).unwrap();
    let pairs = alignment.sentences(bead);
    assert!(pairs.len() > 2);
    let words = |passages: &[String], all: &[super::sentences::Stretch]| -> String {
        all.iter().map(|s| passages[s.passage.0 as usize - 1][s.range.clone()].to_owned()).collect()
    };
    let level =
        pairs.iter().filter(|pair| translated(&words(&original, &pair.left)) == words(&translation, &pair.right));
    assert!(level.count() + 1 >= pairs.len(), "{pairs:?}");
}

#[test]
fn a_foreign_preface_and_a_part_of_the_book_are_told_from_the_rest() {
    let mut dice = Dice(8);
    let book = dice.prose(150);
    let mut prefaced = dice.prose(12);
    prefaced.extend(book.iter().cloned());
    let alignment = align(&book, &prefaced, &JudgedPairs::default());
    holds_everything_once(&alignment, 150, 162);
    let first = &alignment.beads()[alignment.of_right(PassageNo(1)).unwrap()];
    assert_eq!(first.kind, BeadKind::OnlyRight);
    assert_eq!(alignment.gap(alignment.of_right(PassageNo(5)).unwrap()), Some(&super::Gap { run: 0..12, point: 0 }));
    assert!(
        (0..150)
            .all(|at| { alignment.beads()[alignment.of_left(PassageNo(at + 1)).unwrap()].right.contains(&(at + 12)) })
    );
    let third = &book[50..100];
    let alignment = align(&book, third, &JudgedPairs::default());
    holds_everything_once(&alignment, 150, 50);
    let level = (50..100)
        .filter(|at| alignment.beads()[alignment.of_left(PassageNo(at + 1)).unwrap()].right.contains(&(at - 50)));
    let level = level.count();
    assert!(level >= 48, "{level} of 50");
}

#[test]
fn long_texts_are_laid_along_each_other_by_large_parts_first() {
    let mut dice = Dice(9);
    // More than large units of one size are made of.
    let old: Vec<String> = (0..20_000).map(|_| dice.passage(6)).collect();
    let new: Vec<String> =
        old.iter().enumerate().filter(|(at, _)| !(9000..9100).contains(at)).map(|(_, p)| p.clone()).collect();
    let alignment = align(&old, &new, &JudgedPairs::default());
    let right = |at: u32| if at < 9000 { at } else { at - 100 };
    let level = (0..20_000)
        .filter(|at| !(9000..9100).contains(at))
        .filter(|at| alignment.beads()[alignment.of_left(PassageNo(at + 1)).unwrap()].right.contains(&right(*at)));
    let level = level.count();
    assert!(level > 19_700, "{level} of 19900");
}

#[test]
fn what_the_reader_says_is_kept_to() {
    let prose = Dice(5).prose(60);
    let pair = |left, right| (PassageNo(left), PassageNo(right));
    let said = JudgedPairs {
        joined: vec![pair(20, 22), pair(40, 12)],
        related: vec![pair(47, 48), pair(50, 3)],
        rejected: vec![pair(30, 30)],
    };
    let alignment = align(&prose, &prose, &said);
    holds_everything_once(&alignment, 60, 60);
    let of = |passage: u32| &alignment.beads()[alignment.of_left(PassageNo(passage)).unwrap()];
    assert!(of(20).right.contains(&21));
    assert!(of(40).right.contains(&11));
    assert!(!of(30).right.contains(&29));
    assert!(of(47).right.contains(&47));
    assert_eq!(of(50).right, 49..50, "set against another place of the work, it stays at its own");
    // Elsewhere nothing has changed.
    assert_eq!(of(55).right, 54..55);
}

#[test]
fn one_work_is_told_from_two() {
    let mut dice = Dice(6);
    let original = dice.prose(120);
    let translation: Vec<String> = original.iter().map(|passage| translated(passage)).collect();
    let edition: Vec<String> = original.iter().filter(|p| p.len() % 9 != 0).cloned().collect();
    let other = dice.prose(90);
    for version in [&translation, &edition] {
        let score = one_work(&original, version);
        assert!(score > CHOSEN, "{score}");
    }
    assert!(one_work(&original, &other) < OFFERED);
    assert_eq!(verdict(0.9, 20), Verdict::Perhaps, "short texts are never taken for one work unasked");
    assert_eq!(verdict(0.9, 0), Verdict::NotOne);
}

#[test]
fn words_that_all_begin_alike_are_not_each_others_kin() {
    let mut dice = Dice(10);
    // Twelve thousand words on either side, and each with each would be kin.
    let mut side = |count: usize| -> Vec<String> {
        let word = |n: usize| format!("inter{}{}", "abcdefgh".chars().nth(n % 8).unwrap_or('a'), n);
        (0..count).map(|_| (0..10).map(|_| word(dice.roll(1 << 22))).collect::<Vec<_>>().join(" ")).collect()
    };
    let (left, right) = (side(1200), side(1200));
    holds_everything_once(&align(&left, &right, &JudgedPairs::default()), 1200, 1200);
}

#[test]
fn empty_texts_and_a_stop_in_the_middle_break_nothing() {
    let prose = Dice(7).prose(5);
    for (left, right) in [(&prose[..], &[][..]), (&[], &prose), (&[], &[])] {
        let alignment = align(left, right, &JudgedPairs::default());
        holds_everything_once(&alignment, left.len(), right.len());
        assert!(one_work(left, right) <= 0.0);
    }
    let stop = |_, _| ControlFlow::Break(());
    assert!(Alignment::of(&text(&prose), &text(&prose), &stop).is_break());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_the_texts_are_each_passage_is_in_one_bead(
        left in prop::collection::vec("[a-c语 .?!\"0-9]{0,24}", 0..24),
        right in prop::collection::vec("[a-c语 .?!\"0-9]{0,24}", 0..24),
        joined in prop::collection::vec((0u32..30, 0u32..30), 0..5),
        related in prop::collection::vec((0u32..30, 0u32..30), 0..5),
        rejected in prop::collection::vec((0u32..30, 0u32..30), 0..5),
    ) {
        let pairs = |all: Vec<(u32, u32)>| all.into_iter().map(|(l, r)| (PassageNo(l), PassageNo(r))).collect();
        let said = JudgedPairs { joined: pairs(joined), related: pairs(related), rejected: pairs(rejected) };
        let (left_text, right_text) = (text(&left), text(&right));
        let alignment = align(&left, &right, &said);
        holds_everything_once(&alignment, left_text.passage_count(), right_text.passage_count());
    }
}
