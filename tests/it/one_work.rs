//! What is said of a passage in two versions of one work, whatever else both texts share.

use std::fs;

use diptych::link::Side;
use diptych::model::settings::Sync;
use diptych::text::passage::PassageNo;

use crate::place::{Dice, go, level, open};

#[test]
fn all_that_is_level_is_compared_where_a_passage_is_split() {
    let (_dir, mut play, gold) = level(130);
    let split = (30..120).find(|at| gold[*at].len() == 2 && gold[at + 1] != gold[*at]).unwrap();
    let last = PassageNo(gold[split][1]);
    play.keys(&go(split as u32 + 1)).keys("g c");
    let text = play.app.halves.pane(Side::Right).text().unwrap();
    let word = text.passage_str(last).split_whitespace().next_back().unwrap().trim_end_matches('.').to_owned();
    let page = play.screen().join("\n");
    assert!(page.contains("[words] only here") && page.contains(&word), "{word} of ¶{last:?}: {page}");
}

#[test]
fn two_versions_are_no_quotation_of_each_other_in_topic_sync() {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = Dice(51);
    let work: Vec<String> = (0..80).map(|_| dice.passage().join(" ")).collect();
    let mut edition = work.clone();
    edition.insert(20, dice.passage().join(" "));
    for (name, passages) in [("work.md", &work), ("edition.md", &edition)] {
        fs::write(dir.path().join(name), passages.join("\n\n") + "\n").unwrap();
    }
    let mut play = open(dir.path(), "work.md", "edition.md");
    play.keys("s");
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
    for passage in [15, 40, 60] {
        play.keys(&go(passage)).keys("enter");
        let there = if passage > 20 { passage + 1 } else { passage };
        assert_eq!(play.passage(Side::Right), there, "{}", play.footer());
        let screen = play.screen().join("\n");
        assert!(!screen.contains("quot") && screen.contains(&format!("{passage}⇄{there}")), "{screen}");
    }
}

#[test]
fn the_joint_has_its_numbers_at_eighty_columns() {
    let (_dir, mut play, gold) = level(130);
    play.resize(80, 24);
    for passage in (12..100).filter(|passage| gold[*passage as usize - 1].len() == 1) {
        play.keys(&go(passage));
        let screen = play.screen();
        let reading = screen.iter().find(|row| row.starts_with('█')).map_or("", String::as_str);
        let joint: String = reading.chars().skip(36).take(7).collect();
        let there = gold[passage as usize - 1][0];
        let is_joint = joint.contains(['⇄', '?', '↷']) && joint.contains(&there.to_string());
        assert!(is_joint, "{joint:?} for {passage}⇄{there}:\n{}", screen.join("\n"));
    }
}
