//! Place sync over many pages, on pairs made here of the kinds there are: an edition, a translation whose speeches are set
//! apart and which has notes of its own, and a part of a work, with a preface and an index of its own, beside the whole.

use std::fs;
use std::path::Path;

use diptych::link::Side;
use diptych::model::settings::Sync;
use serde_json::Value;

use crate::cli::printed;
use crate::place::{Dice, level, off, open};
use crate::play::Play;

#[test]
fn after_many_pages_the_same_place_is_across() {
    let (_dir, mut play, gold) = level(160);
    play.resize(120, 18);
    for pages in 1..=50 {
        let before = play.pane(Side::Left).place;
        play.keys("space");
        assert!(play.pane(Side::Left).place > before, "page {pages}");
        assert!(off(&play, &gold).is_none_or(|off| off <= 1), "page {pages}: ¶{}", play.passage(Side::Left));
    }
    // And back, with the other pane leading.
    let back: Vec<Vec<u32>> = (1..=play.pane(Side::Right).text().unwrap().passage_count() as u32)
        .map(|there| (1..=160).filter(|here| gold[*here as usize - 1].contains(&there)).collect())
        .collect();
    play.keys("tab");
    for pages in 1..=20 {
        play.keys("b");
        let across = &back[play.passage(Side::Right) as usize - 1];
        let here = play.passage(Side::Left);
        assert!(across.is_empty() || across.iter().any(|p| p.abs_diff(here) <= 1), "page {pages} back");
    }
}

/// For each passage of the left text those of the right one, counted from 1.
type Gold = Vec<Vec<u32>>;

/// Writes what is to be opened as left.md and right.md.
fn write(folder: &Path, left: &[String], right: &[String]) {
    fs::write(folder.join("left.md"), left.join("\n\n") + "\n").unwrap();
    fs::write(folder.join("right.md"), right.join("\n\n") + "\n").unwrap();
}

/// In another language: every word has one of its own there.
fn translated(sentence: &str) -> String {
    let letter = |c: char| char::from(b'a' + (c.to_ascii_lowercase() as u8 - b'a' + 5) % 26);
    let word = |word: &str| word.trim_end_matches('.').chars().rev().map(letter).collect::<String>();
    let words = sentence.split(' ').map(word).collect::<Vec<_>>().join(" ");
    format!("{}{}.", words[..1].to_uppercase(), &words[1..])
}

/// A work and its translation, in which every sixth passage is one of each of its sentences and every ninth is one with the
/// next; every eighth has a note of a sentence or two after it.
fn translation(folder: &Path) -> Gold {
    let mut dice = Dice(41);
    let (mut left, mut right, mut gold): (Vec<String>, Vec<String>, Gold) = (Vec::new(), Vec::new(), Vec::new());
    for nth in 0..150 {
        let of = if nth % 6 == 4 { [dice.passage(), dice.passage()].concat() } else { dice.passage() };
        let there: Vec<String> = of.iter().map(|sentence| translated(sentence)).collect();
        left.push(of.join(" "));
        let goes_on = nth % 9 == 8 && !right.is_empty();
        if nth % 6 == 4 {
            let first = right.len() as u32 + 1;
            right.extend(there);
            gold.push((first..=right.len() as u32).collect());
        } else {
            match right.last_mut().filter(|_| goes_on) {
                Some(last) => *last += &format!(" {}", there.join(" ")),
                None => right.push(there.join(" ")),
            }
            gold.push(vec![right.len() as u32]);
        }
        if nth % 8 == 7 {
            right.push(translated(&dice.sentence()) + " " + &translated(&dice.sentence()));
        }
    }
    write(folder, &left, &right);
    gold
}

/// The middle third of a work, reworded, with a preface and an index that the whole does not have.
fn part(folder: &Path) -> Gold {
    let mut dice = Dice(42);
    let whole: Vec<Vec<String>> = (0..360).map(|_| dice.passage()).collect();
    let mut left: Vec<String> = (0..24).map(|_| dice.passage().join(" ")).collect();
    let mut gold: Gold = vec![Vec::new(); left.len()];
    for (nth, passage) in whole.iter().enumerate().take(240).skip(120) {
        let words = passage.join(" ");
        let words: Vec<String> =
            words.split(' ').map(|word| if dice.roll(7) == 0 { dice.word() } else { word.to_owned() }).collect();
        left.push(words.join(" "));
        gold.push(vec![nth as u32 + 1]);
    }
    left.extend((0..20).map(|at| format!("{}, {}, {}", dice.word(), 3 * at + 2, 3 * at + 40)));
    gold.resize(left.len(), Vec::new());
    let right: Vec<String> = whole.iter().map(|passage| passage.join(" ")).collect();
    write(folder, &left, &right);
    gold
}

/// Turns fifty pages, and looks across after each.
fn turn_pages(mut play: Play, gold: &Gold) {
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    play.resize(120, 18);
    for pages in 1..=50 {
        let before = play.pane(Side::Left).place;
        play.keys("space");
        assert!(play.pane(Side::Left).place > before, "page {pages}");
        let (here, there) = (play.passage(Side::Left), play.passage(Side::Right));
        assert!(off(&play, gold).is_none_or(|off| off <= 1), "page {pages}: ¶{here} beside ¶{there}");
    }
}

#[test]
fn after_many_pages_of_a_translation_the_same_place_is_across() {
    let dir = tempfile::tempdir().unwrap();
    let gold = translation(dir.path());
    turn_pages(open(dir.path(), "left.md", "right.md"), &gold);
}

#[test]
fn after_many_pages_of_a_part_the_same_place_of_the_whole_is_across() {
    let dir = tempfile::tempdir().unwrap();
    let gold = part(dir.path());
    turn_pages(open(dir.path(), "left.md", "right.md"), &gold);
}

/// A work whose chapters have their titles as headings, and an edition that has them as passages of their own, but for one
/// that begins its passage.
fn titles(folder: &Path) {
    let mut dice = Dice(43);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for chapter in 1..=12 {
        let title = format!("Chapter {chapter}");
        left.push(title.to_uppercase());
        let passages: Vec<String> = (0..6).map(|_| dice.passage().join(" ")).collect();
        left.extend(passages.iter().cloned());
        if chapter == 7 {
            right.push(format!("{title}. {}", passages[0]));
        } else {
            right.extend([format!("## {title}"), passages[0].clone()]);
        }
        right.extend(passages[1..].iter().cloned());
    }
    left.push("A passage that only this one has, of words that stand nowhere else in either of them.".to_owned());
    write(folder, &left, &right);
}

#[test]
fn a_title_that_is_a_heading_in_the_other_version_is_level_with_it_and_no_difference() {
    let dir = tempfile::tempdir().unwrap();
    titles(dir.path());
    let lines = printed(dir.path(), &["align", "left.md", "right.md", "--format", "jsonl"]);
    let beads: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let third = beads.iter().find(|bead| bead["left"] == Value::from(vec![15])).unwrap();
    let expected = (Value::from(Vec::<u32>::new()), Value::from("changed"), Value::from("Chapter 3"));
    assert_eq!((&third["right"], &third["kind"], &third["heading"]), (&expected.0, &expected.1, &expected.2));
    let seventh = beads.iter().find(|bead| bead["left"].as_array().unwrap().contains(&Value::from(43))).unwrap();
    assert_eq!((&seventh["left"], &seventh["right"]), (&Value::from(vec![43, 44]), &Value::from(vec![37])));
    assert_eq!(beads.iter().filter(|bead| bead["kind"] == "only-left").count(), 1, "{lines}");
    let columns = printed(dir.path(), &["align", "left.md", "right.md"]);
    assert_eq!(columns.matches("(nothing across)").count(), 1);
    let page = printed(dir.path(), &["align", "right.md", "right.md", "--format", "html"]);
    assert_eq!(page.matches("<p>Chapter 3</p>").count(), 2, "both columns have their titles");
    let memory = printed(dir.path(), &["align", "left.md", "right.md", "--format", "tmx"]);
    assert!(memory.contains("<seg>CHAPTER 3</seg>") && memory.contains("<seg>Chapter 3</seg>"));
    let mut play = open(dir.path(), "left.md", "right.md");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    play.keys("1 5 G");
    let there = play.pane(Side::Right);
    assert_eq!(there.text().unwrap().block_str(there.place.block as usize), "Chapter 3");
    let screen = play.screen().join("\n");
    assert!(screen.contains("15⇄§") && !screen.contains("only here"), "{screen}");
    assert!(play.footer().contains("1 only left"), "{}", play.footer());
    // And seen from the other text.
    play.keys("tab 1 3 G");
    let screen = play.screen().join("\n");
    assert!(screen.contains("15─§") && !screen.contains("╌╌"), "{screen}");
}

/// Two versions in two languages, in chapters with a number and a title: this one has the title as a heading, the other as
/// a passage. That of each third chapter is worded otherwise, and there the other has in one passage what this one has in
/// two. For each title of the other its passage and what it is in this one.
fn titles_otherwise(folder: &Path, seed: u64) -> Vec<(u32, String)> {
    let mut dice = Dice(seed);
    let back = |words: &str| {
        let turned = |word: &str| -> String {
            let end = if word.ends_with('.') { "." } else { "" };
            word.trim_end_matches('.').to_lowercase().chars().rev().collect::<String>() + end
        };
        words.split(' ').map(turned).collect::<Vec<_>>().join(" ")
    };
    let title = |dice: &mut Dice| (0..6).map(|_| dice.word()).collect::<Vec<_>>().join(" ");
    let (mut left, mut right, mut titles, mut passages) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for (at, number) in ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"].into_iter().enumerate() {
        let text: Vec<String> =
            (0..12).map(|nth| if nth == 0 { dice.sentence() } else { dice.passage().join(" ") }).collect();
        let own = title(&mut dice);
        let is_other = at % 3 == 2;
        let other = if is_other { title(&mut dice) } else { back(&own) };
        left.extend([format!("## {number}"), format!("## {own}")]);
        left.extend(text.iter().cloned());
        titles.push((passages + 1, own));
        right.extend([format!("## {number}"), format!("{other}.")]);
        let mut translated: Vec<String> = text.iter().map(|passage| back(passage)).collect();
        if is_other {
            let second = translated.remove(1);
            translated[0] = format!("{} {second}", translated[0]);
        }
        passages += 1 + translated.len() as u32;
        right.extend(translated);
    }
    for (name, language, lines) in [("left.md", "de", left), ("right.md", "en", right)] {
        let text = format!("---\nlanguage: {language}\n---\n\n{}\n", lines.join("\n\n"));
        fs::write(folder.join(name), text).unwrap();
    }
    titles
}

#[test]
fn a_title_in_other_words_is_never_surely_the_passage_behind_the_title() {
    let mut unsure = 0;
    for seed in [1, 2, 3, 4] {
        let dir = tempfile::tempdir().unwrap();
        let titles = titles_otherwise(dir.path(), seed);
        let lines = printed(dir.path(), &["align", "left.md", "right.md", "--format", "jsonl"]);
        let beads: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut level = 0;
        for (passage, title) in titles {
            let bead =
                beads.iter().find(|bead| bead["right"].as_array().unwrap().contains(&Value::from(passage))).unwrap();
            let is_silent = bead["kind"] == "only-right";
            let is_sure = bead["confidence"].as_f64().is_some_and(|confidence| confidence >= 0.92);
            let is_right = bead["heading"].as_str() == Some(&title);
            assert!(is_right || is_silent || !is_sure, "{seed}: {bead} is not {title}");
            level += usize::from(is_right);
            unsure += usize::from(is_right && !is_sure);
        }
        assert!(level >= 6, "{seed}: {level}");
    }
    assert!(unsure > 0, "what its place alone says is a question");
}

#[test]
fn how_the_other_pane_follows_belongs_to_the_pair_it_was_chosen_for() {
    let (dir, mut play, _) = level(90);
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    fs::write(dir.path().join("third.md"), "Something else.\n\nAnd no more of it.\n").unwrap();
    play.keys("s s s");
    assert_eq!(play.app.hinge.sync(), Sync::Off);
    play.open(Side::Right, &path("third.md"));
    assert_eq!(play.app.hinge.sync(), Sync::Topic, "chosen for the two before");
    play.keys("s");
    assert_eq!(play.app.hinge.sync(), Sync::Scroll);
    play.open(Side::Right, &path("edition.md"));
    assert_eq!(play.app.hinge.sync(), Sync::Off, "the two have it still");
    play.keys("x");
    assert_eq!(play.app.hinge.sync(), Sync::Off, "and exchanged too");
    play.keys("x");
    play.open(Side::Right, &path("third.md"));
    assert_eq!(play.app.hinge.sync(), Sync::Scroll);
}
